//! Beginnings, ends and names that don't fit.

use super::picture::life;
use super::picture::life_of;
use crate::cadf::Kind;
use crate::findings::FindingKind;

#[test]
fn provisioned_while_live_is_provisioned_twice() {
    let picture = life("10:00 provision ok | 11:00 provision ok");
    assert_eq!(picture.found(), "provisioned-twice high b: a b");
}

#[test]
fn a_try_that_failed_or_is_pending_provisions_nothing_twice() {
    assert_eq!(
        life("10:00 provision ok | 11:00 provision failure").found(),
        ""
    );
    assert_eq!(
        life("10:00 provision pending by=ann | 10:05 provision ok by=ann").found(),
        ""
    );
    assert_eq!(
        life("10:00 provision ok corr=x | 10:01 provision ok corr=x").found(),
        ""
    );
}

#[test]
fn provisioned_again_after_the_reclaim_is_an_identity_used_again() {
    let picture = life("10:00 provision ok | 11:00 reclaim ok | 12:00 provision ok");
    assert_eq!(picture.found(), "identity-reused warning c: b c");
    let picture = life_of(
        Kind::Instance,
        "10:00 is.instance.instance.delete ok | 12:00 is.instance.instance.create ok",
    );
    assert_eq!(picture.found(), "identity-reused warning b: a b");
}

#[test]
fn what_succeeded_before_the_provision_is_an_impossible_order() {
    let picture = life("09:00 power-on ok | 10:00 provision ok");
    assert_eq!(picture.found(), "impossible-order warning b: a b");
}

#[test]
fn what_failed_before_the_provision_is_none() {
    assert_eq!(
        life("09:00 power-on failure | 10:00 provision ok").found(),
        ""
    );
    assert_eq!(life("10:00 provision ok | 11:00 power-off ok").found(), "");
}

#[test]
fn every_act_after_an_end_is_named_once_for_that_end() {
    let picture = life(
        "10:00 reclaim ok | 11:00 power-on ok | 12:00 -port.enable ok port=eth0 | 13:00 reclaim ok | 14:00 rename failure",
    );
    assert_eq!(
        picture.of(FindingKind::AfterEnd),
        "after-end warning b: a b c d"
    );
}

#[test]
fn after_a_new_beginning_nothing_is_after_the_end() {
    let picture = life("10:00 reclaim ok | 11:00 provision ok | 12:00 power-off ok");
    assert_eq!(picture.of(FindingKind::AfterEnd), "");
}

#[test]
fn what_happened_at_the_instant_of_the_end_is_not_after_it() {
    let picture = life("10:00 provision ok | 11:00 power-off ok | 11:00 reclaim ok");
    assert_eq!(picture.found(), "");
}

#[test]
fn an_act_that_proves_no_life_may_follow_the_end() {
    let picture = life("10:00 reclaim ok | 11:00 audit-log.vsi.unheard-of ok");
    assert_eq!(picture.found(), "");
}

#[test]
fn a_rename_from_a_name_it_did_not_have_contradicts_the_record() {
    let picture = life("10:00 power-on ok name=web-7 | 11:00 rename ok old=web-9 new=web-8");
    assert_eq!(picture.found(), "value-contradiction warning b: a b");
    let picture = life("10:00 power-on ok name=web-7 | 11:00 rename ok name=web-9 new=web-8");
    assert_eq!(picture.found(), "value-contradiction warning b: a b");
}

#[test]
fn a_rename_from_the_name_it_had_is_nothing() {
    for rename in [
        "old=web-7 new=web-8",
        "name=web-7 new=web-8",
        "name=web-8",
        "new=web-8",
    ] {
        let picture = life(&format!(
            "10:00 power-on ok name=web-7 | 11:00 rename ok {rename}"
        ));
        assert_eq!(picture.found(), "", "{rename}");
    }
}

#[test]
fn another_name_without_a_rename_is_said_of_classic_servers_alone() {
    let text = "10:00 power-on ok name=web-7 | 11:00 power-off failure name=web-8 | 12:00 power-off ok name=web-8";
    assert_eq!(life(text).found(), "value-contradiction info b: a b");
    let text = "10:00 is.instance.instance.start ok name=web-7 | 11:00 is.instance.instance.stop ok name=web-8";
    assert_eq!(life_of(Kind::Instance, text).found(), "");
    // A rename in between may have given it.
    let text = "10:00 power-on ok name=web-7 | 10:30 rename ok | 11:00 power-off ok name=web-8";
    assert_eq!(life(text).found(), "");
}

#[test]
fn other_kinds_have_no_life_to_judge() {
    let text = "10:00 power-off ok | 11:00 power-off ok";
    assert_eq!(life_of(Kind::Other, text).found(), "");
}
