//! What people tried, and who is new.

use super::picture::Told;
use super::picture::judged;
use super::picture::life;
use crate::cadf::Kind;
use crate::findings::FindingKind;
use crate::findings::Firsts;
use crate::lifecycle::tests::picture::at;
use crate::lifecycle::tests::picture::read_with_rest;

#[test]
fn refused_with_a_token_and_done_with_a_key_by_the_same_person() {
    let picture = life(
        "10:00 power-off failure by=ann cred=token code=403 | 10:01 power-off failure by=ann cred=token code=403 | \
         10:03 power-off ok by=ann cred=apikey code=200",
    );
    assert_eq!(picture.found(), "refused-then-done high c: a b c");
}

#[test]
fn refused_and_done_by_force() {
    let picture = life(
        "10:00 soft-power-off failure by=ann cred=token code=403 | 10:03 force-power-off ok by=ann cred=token",
    );
    assert_eq!(picture.found(), "refused-then-done high b: a b");
}

#[test]
fn a_second_sign_in_counts_as_another_credential() {
    let picture =
        life("10:00 reload failure by=ann authn=one code=401 | 10:03 reload ok by=ann authn=two");
    assert_eq!(picture.found(), "refused-then-done high b: a b");
}

#[test]
fn doing_it_again_in_the_same_way_is_no_other_way() {
    for done in [
        // The same credential: somebody may have given the right meanwhile.
        "10:03 power-off ok by=ann cred=token",
        // Nothing says which credential.
        "10:03 power-off ok by=ann",
        "10:03 power-off ok by=bob cred=apikey",
        "10:03 reload ok by=ann cred=apikey",
        "10:03 soft-power-off ok by=ann cred=token",
        "10:03 power-off pending by=ann cred=apikey",
        "11:00:01 power-off ok by=ann cred=apikey",
    ] {
        let refused = "10:00 power-off failure by=ann cred=token code=403";
        let picture = life(&format!("{refused} | {done}"));
        assert_eq!(picture.of(FindingKind::RefusedThenDone), "", "{done}");
    }
}

#[test]
fn what_failed_for_another_reason_was_not_refused() {
    let picture = life(
        "10:00 power-off failure by=ann cred=token code=500 | 10:03 power-off ok by=ann cred=apikey",
    );
    assert_eq!(picture.found(), "");
}

#[test]
fn three_failures_and_then_success() {
    let picture = life(
        "10:00 reboot failure by=ann | 10:50 reboot failure by=ann | 10:51 reboot pending by=ann corr=x | \
         11:50 reboot failure by=ann | 12:50 reboot ok by=ann corr=x",
    );
    assert_eq!(picture.found(), "failures-then-success warning e: a b d e");
}

#[test]
fn fewer_or_other_or_interrupted_failures_are_no_run() {
    for text in [
        "10:00 reboot failure by=ann | 10:01 reboot failure by=ann | 10:02 reboot ok by=ann",
        "10:00 reboot failure by=ann | 10:01 reboot failure by=ann | 10:02 reboot failure by=bob | 10:03 reboot ok by=ann",
        "10:00 reboot failure by=ann | 10:01 reboot failure by=ann | 10:02 reload failure by=ann | 10:03 reboot ok by=ann",
        "10:00 reboot failure by=ann | 10:01 reboot failure by=ann | 10:02 reboot unknown by=ann | 10:03 reboot failure by=ann | 10:04 reboot ok by=ann",
        "10:00 reboot failure by=ann | 10:01 reboot failure by=ann | 10:02 reboot failure by=ann | 11:02:01 reboot ok by=ann",
        "10:00 reboot failure | 10:01 reboot failure | 10:02 reboot failure | 10:03 reboot ok",
        "10:00 reboot failure by=ann | 10:01 reboot failure by=ann | 10:02 reboot failure by=ann | 10:03 reboot failure by=ann",
    ] {
        assert_eq!(life(text).found(), "", "{text}");
    }
}

/// Twenty reboots of ann's over the days, then another event.
fn after_a_baseline(n_days: usize, n_events: usize, last: &str) -> Vec<Told> {
    let day = |n: usize| n * n_days / n_events.max(1);
    let usual = (0..n_events).map(|n| {
        format!(
            "{}d10:00 reboot ok by=ann from=home agent=cli id=e{n}",
            day(n)
        )
    });
    let all: Vec<String> = usual
        .chain([format!("{n_days}d10:00 {last} id=new")])
        .collect();
    read_with_rest(&all.join(" | "))
}

fn firsts(told: &[Told], new_to_account: Firsts) -> String {
    judged(Kind::Vsi, told, at("900d00:00"), new_to_account).of(FindingKind::FirstTime)
}

#[test]
fn somebody_new_after_a_month_of_events_is_a_first_time() {
    for new in [
        "reboot ok by=bob from=home agent=cli",
        "reboot failure by=ann from=abroad agent=cli",
        "reboot ok by=ann from=home agent=browser",
    ] {
        let told = after_a_baseline(30, 20, new);
        assert_eq!(
            firsts(&told, Firsts::default()),
            "first-time info new: new",
            "{new}"
        );
    }
}

#[test]
fn who_was_here_before_is_no_first_time() {
    let told = after_a_baseline(30, 20, "reload ok by=ann from=home agent=cli");
    assert_eq!(firsts(&told, Firsts::default()), "");
    // What isn't said is nobody new.
    let told = after_a_baseline(30, 20, "reload ok");
    assert_eq!(firsts(&told, Firsts::default()), "");
}

#[test]
fn without_a_baseline_everybody_is_new_and_nobody_is_told() {
    let short = after_a_baseline(29, 20, "reboot ok by=bob");
    assert_eq!(firsts(&short, Firsts::default()), "");
    let few = after_a_baseline(30, 19, "reboot ok by=bob");
    assert_eq!(firsts(&few, Firsts::default()), "");
}

#[test]
fn what_is_new_for_the_account_is_not_told_again_of_the_resource() {
    let told = after_a_baseline(30, 20, "reboot ok by=bob from=abroad agent=cli");
    assert_eq!(
        firsts(&told, Firsts([true, false, false])),
        "first-time info new: new"
    );
    assert_eq!(firsts(&told, Firsts([true, true, false])), "");
}
