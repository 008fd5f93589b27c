//! Every transition of every kind: which act can follow which value, by the table and no further.

use super::picture::life;
use super::picture::life_of;
use crate::cadf::Kind;
use crate::catalogue::Catalogue;
use crate::catalogue::Power;
use crate::findings::FindingKind;

/// Acts that leave a server of that kind in that power, by its catalogue.
fn act_that_gives(kind: Kind, power: Power) -> Option<String> {
    let catalogue = Catalogue::standard();
    let mut acts = catalogue.acts().iter();
    let gives = acts.find(|act| {
        act.kind == kind && act.effect.power == Some(power) && !act.effect.begins_life()
    })?;
    Some(gives.name.to_string())
}

/// For each kind and each power it can have: the acts that can't follow, as `on: power-on`.
fn ruled_out(kind: Kind) -> String {
    let catalogue = Catalogue::standard();
    let mut lines = Vec::new();
    for power in [Power::On, Power::Off, Power::Suspended, Power::Rescue] {
        let Some(before) = act_that_gives(kind, power) else {
            continue;
        };
        let mut acts = Vec::new();
        for act in catalogue.acts().iter().filter(|act| act.kind == kind) {
            if act.name.ends_with('*') {
                continue;
            }
            let picture = life_of(kind, &format!("10:00 {before} ok | 11:00 {} ok", act.name));
            if !picture.of(FindingKind::UnexpectedTransition).is_empty() {
                acts.push(act.name.rsplit('.').next().unwrap_or_default().to_owned());
            }
        }
        lines.push(format!("{power:?}: {}", acts.join(" ")));
    }
    lines.join("\n")
}

#[test]
fn of_a_classic_virtual_server_only_what_the_table_names_is_ruled_out() {
    assert_eq!(
        ruled_out(Kind::Vsi),
        "On: power-on\n\
         Off: power-off soft-power-off force-power-off reboot soft-reboot hard-reboot pause\n\
         Suspended: \n\
         Rescue: "
    );
}

#[test]
fn of_a_classic_bare_metal_server_likewise_and_it_has_no_pause() {
    assert_eq!(
        ruled_out(Kind::BareMetal),
        "On: power-on\nOff: power-off reboot soft-reboot hard-reboot\nRescue: "
    );
}

#[test]
fn of_a_vpc_server_start_stop_and_restart_are_judged() {
    let expected = "On: start\nOff: stop restart";
    assert_eq!(ruled_out(Kind::Instance), expected);
    assert_eq!(ruled_out(Kind::BareMetalServer), expected);
}

#[test]
fn a_volume_has_no_power_to_be_judged() {
    assert_eq!(ruled_out(Kind::Volume), "");
}

#[test]
fn a_power_off_while_known_off_names_the_event_that_turned_it_off() {
    let picture = life("10:00 power-off ok | 10:30 power-off failure | 11:00 soft-power-off ok");
    assert_eq!(picture.found(), "unexpected-transition warning c: a c");
}

#[test]
fn a_power_off_of_a_server_that_may_be_on_is_nothing() {
    assert_eq!(life("10:00 power-off ok").found(), "");
    assert_eq!(
        life("10:00 rename ok name=web-7 | 11:00 power-off ok").found(),
        ""
    );
    assert_eq!(
        life("10:00 power-off ok | 10:30 power-on ok | 11:00 power-off ok").found(),
        ""
    );
}

#[test]
fn what_did_not_succeed_is_no_transition() {
    for outcome in ["failure", "pending", "unknown", "none"] {
        let picture = life(&format!("10:00 power-off ok | 11:00 reboot {outcome}"));
        assert_eq!(
            picture.of(FindingKind::UnexpectedTransition),
            "",
            "{outcome}"
        );
    }
}

#[test]
fn a_classic_record_raises_it_and_it_rests_on_nothing_that_could_be_proven() {
    let picture = life("10:00 power-off classic | 11:00 power-off ok");
    assert_eq!(picture.found(), "unexpected-transition warning b: a b");
    assert_eq!(picture.findings[0].rests_on, None);
}

#[test]
fn an_act_that_is_recorded_twice_is_one_act() {
    let same = "10:00 power-off ok corr=x | 10:01 power-off ok corr=x";
    assert_eq!(life(same).found(), "");
    let other = "10:00 power-off ok corr=x | 10:01 power-off ok corr=y";
    assert_eq!(life(other).found(), "unexpected-transition warning b: a b");
    // The classic log and Activity Tracker tell of one act, a moment apart.
    let two_logs = "10:00 power-off ok | 10:01 power-off classic";
    assert_eq!(life(two_logs).found(), "");
    let later = "10:00 power-off ok | 10:02 power-off classic";
    assert_eq!(life(later).found(), "unexpected-transition warning b: a b");
}

#[test]
fn where_an_instant_s_order_was_not_recorded_nothing_is_said_to_be_out_of_order() {
    let picture = life("10:00 power-off ok | 11:00 power-on ok | 11:00 power-off ok");
    assert_eq!(picture.found(), "");
}

#[test]
fn each_port_and_each_group_is_judged_by_itself() {
    let picture = life(
        "10:00 -port.disable ok port=eth0 | 11:00 -port.disable ok port=eth0,eth1 | 12:00 -port.enable ok port=eth1",
    );
    assert_eq!(picture.found(), "unexpected-transition info b: a b");
    let picture = life(
        "10:00 -security-group.add ok group=web | 11:00 -security-group.add ok group=web | \
         12:00 -security-group.remove ok group=web | 13:00 -security-group.remove ok group=web,db",
    );
    assert_eq!(
        picture.found(),
        "unexpected-transition info b: a b | unexpected-transition info d: c d"
    );
}

#[test]
fn an_act_that_does_not_say_on_which_port_may_have_been_on_this_one() {
    let disabled = "10:00 -port.disable ok port=eth0";
    let again = "12:00 -port.disable ok port=eth0";
    assert_eq!(
        life(&format!("{disabled} | 11:00 -port.enable ok | {again}")).found(),
        ""
    );
    let failed = format!("{disabled} | 11:00 -port.enable failure | {again}");
    assert_eq!(life(&failed).found(), "unexpected-transition info c: a c");
}

#[test]
fn after_the_end_it_is_an_act_after_the_end_and_no_transition() {
    let picture = life("10:00 power-off ok | 11:00 reclaim ok | 12:00 power-off ok");
    assert_eq!(picture.found(), "after-end warning c: b c");
}
