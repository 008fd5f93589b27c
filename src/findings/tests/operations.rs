//! Requests and completions: paired, open, never completed, ambiguous; and which events are one act.

use super::picture::life;
use super::picture::life_until;
use crate::cadf::Kind;
use crate::findings::FindingKind;
use crate::findings::has_requests;

#[test]
fn a_request_and_its_completion_share_a_correlation_id() {
    let picture = life("10:00 reload pending corr=x by=ann | 15:00 reload ok corr=x by=system");
    assert_eq!(picture.operations(), "a+b Paired");
    assert_eq!(picture.found(), "");
}

#[test]
fn without_one_the_same_person_does_the_same_within_a_day() {
    assert_eq!(
        life("10:00 reload pending by=ann | 1d10:00 reload failure by=ann").operations(),
        "a+b Paired"
    );
    assert_eq!(
        life("10:00 reload pending by=ann | 1d10:01 reload ok by=ann").operations(),
        "a+· NeverCompleted"
    );
    assert_eq!(
        life("10:00 reload pending by=ann | 11:00 reload ok by=bob").operations(),
        "a+· NeverCompleted"
    );
    assert_eq!(
        life("10:00 reload pending by=ann | 11:00 reboot ok by=ann").operations(),
        "a+· NeverCompleted"
    );
}

#[test]
fn one_id_for_both_pairs_them_before_anything_else() {
    let picture = life(
        "10:00 reload pending id=r by=ann | 11:00 reload ok id=r by=ann | 12:00 reload ok by=ann",
    );
    assert_eq!(picture.operations(), "r+r Paired");
}

#[test]
fn more_than_one_candidate_is_ambiguous_and_never_paired() {
    let picture =
        life("10:00 reload pending by=ann | 11:00 reload ok by=ann | 12:00 reload failure by=ann");
    assert_eq!(
        picture.operations(),
        "a+· Ambiguous | ·+b Ambiguous | ·+c Ambiguous"
    );
    assert_eq!(picture.found(), "");
    let picture =
        life("10:00 reload pending corr=x | 10:30 reload pending corr=x | 11:00 reload ok corr=x");
    assert_eq!(
        picture.operations(),
        "a+· Ambiguous | b+· Ambiguous | ·+c Ambiguous"
    );
}

#[test]
fn parts_under_one_correlation_id_are_told_apart_by_their_targets() {
    let picture = life(
        "10:00 -port.enable pending corr=x to=eth0 | 10:01 -port.enable pending corr=x to=eth1 | \
         10:02 -port.enable ok corr=x to=eth1 | 10:03 -port.enable ok corr=x to=eth0",
    );
    assert_eq!(picture.operations(), "a+d Paired | b+c Paired");
}

#[test]
fn a_part_that_is_asked_for_may_be_done_on_the_server() {
    let picture = life("10:00 reload pending corr=x to=image | 11:00 reload ok corr=x to=server");
    assert_eq!(picture.operations(), "a+b Paired");
}

#[test]
fn two_correlation_ids_are_two_operations() {
    let picture = life("10:00 reload pending by=ann corr=x | 11:00 reload ok by=ann corr=y");
    assert_eq!(picture.operations(), "a+· NeverCompleted");
    // One that has none may belong to it.
    let picture = life("10:00 reload pending by=ann corr=x | 11:00 reload ok by=ann");
    assert_eq!(picture.operations(), "a+b Paired");
}

#[test]
fn a_request_that_the_record_ends_after_is_open() {
    let open = life_until(Kind::Vsi, "10:00 reload pending by=ann", "1d09:59");
    assert_eq!(
        (open.operations(), open.found()),
        ("a+· Open".into(), "".into())
    );
    let missing = life_until(Kind::Vsi, "10:00 reload pending by=ann", "1d10:00");
    assert_eq!(missing.operations(), "a+· NeverCompleted");
    assert_eq!(missing.found(), "missing-completion warning a: a");
}

#[test]
fn a_completion_dated_before_its_request_is_a_disorder_of_clocks() {
    let picture = life("10:00 reload ok corr=x | 10:01 reload pending corr=x");
    assert_eq!(picture.operations(), "b+a Paired");
    assert_eq!(picture.found(), "clock-disorder warning a: a b");
    let picture = life("10:00 reload pending corr=x | 10:00 reload ok corr=x");
    assert_eq!(picture.of(FindingKind::ClockDisorder), "");
}

#[test]
fn what_is_done_to_something_that_is_no_server_is_paired_too() {
    let text = "10:00 kms.secrets.rotate pending corr=x | 10:01 kms.secrets.rotate ok corr=x";
    assert_eq!(
        life_until(Kind::Other, text, "9d00:00").operations(),
        "a+b Paired"
    );
}

#[test]
fn requests_are_missed_only_of_actions_whose_others_have_them() {
    assert!(has_requests(9, 1) && has_requests(3, 0));
    assert!(!has_requests(2, 0) && !has_requests(17, 2) && !has_requests(0, 1));
}

#[test]
fn a_create_with_what_it_brings_is_one_row() {
    let picture = life(
        "10:00 provision pending corr=x by=ann | 10:02 -port.enable ok corr=x port=eth0 | \
         10:03 -port.enable ok corr=x port=eth1 | 10:04 provision ok corr=x by=ann | 11:00 reboot ok",
    );
    assert_eq!(picture.folds(), "d(a b c)");
}

#[test]
fn a_pair_without_a_correlation_id_is_one_row() {
    let picture =
        life("10:00 reload pending by=ann | 11:00 reload ok by=ann | 12:00 reboot ok by=ann");
    assert_eq!(picture.folds(), "b(a)");
}

#[test]
fn what_shares_an_id_for_days_or_in_crowds_is_no_single_act() {
    assert_eq!(
        life("10:00 reboot ok corr=x | 1d10:01 reboot ok corr=x").folds(),
        ""
    );
    let crowd: Vec<String> = (0..51)
        .map(|n| format!("10:{n} reboot ok corr=x id=e{n:02}"))
        .collect();
    assert_eq!(life(&crowd.join(" | ")).folds(), "");
    assert!(
        life(&crowd[..50].join(" | "))
            .folds()
            .starts_with("e00(e01 e02")
    );
}
