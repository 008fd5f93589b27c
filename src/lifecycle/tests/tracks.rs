//! `rules.md`, "Tracks": existence, power, image, ports, security groups, ties, the fleet.

use super::picture::at;
use super::picture::life;
use super::picture::life_of;
use crate::cadf::Kind;
use crate::lifecycle::TrackName;
use crate::lifecycle::fleet::Standing;
use crate::lifecycle::fleet::standing;

#[test]
fn a_failed_power_off_leaves_the_server_on() {
    let life = life("10:00 provision ok by=jane | 10:05 power-off failure");
    assert_eq!(life.power(), "on 10:00.. set a jane");
}

#[test]
fn only_a_success_changes_a_track() {
    for outcome in ["failure", "pending", "unknown", "none"] {
        let life = life(&format!("10:00 provision ok | 10:05 power-off {outcome}"));
        assert_eq!(life.power(), "on 10:00.. set a", "{outcome}");
        assert_eq!(
            life.changes(),
            "a existence ·→live | a power ·→on",
            "{outcome}"
        );
    }
}

#[test]
fn a_provision_with_nothing_before_it_begins_existence_and_power() {
    let life = life("10:00 provision ok by=jane | 11:00 reclaim ok by=joe");
    assert_eq!(
        life.existence(),
        "live 10:00..11:00 set a jane | reclaimed 11:00.. set b joe"
    );
    assert_eq!(life.power(), "on 10:00.. set a jane");
    assert_eq!(life.history.born, Some(at("10:00")));
}

#[test]
fn a_provision_s_own_tries_before_it_are_not_something_before_it() {
    let life = life("09:00 provision pending | 09:30 provision failure | 10:00 provision ok");
    assert_eq!(life.existence(), "live 10:00.. set c");
    assert_eq!(life.power(), "on 10:00.. set c");
}

#[test]
fn anything_else_before_the_provision_leaves_a_time_that_is_unknown() {
    for before in [
        "power-off failure",
        "provision unknown",
        "provision none",
        "kms.secrets.rotate ok",
    ] {
        let life = life(&format!("09:00 {before} | 10:00 provision ok"));
        assert_eq!(
            life.existence(),
            "unknown -..10:00 | live 10:00.. set b",
            "{before}"
        );
        assert_eq!(
            life.power(),
            "unknown -..10:00 | on 10:00.. set b",
            "{before}"
        );
        assert_eq!(life.history.born, None);
    }
}

#[test]
fn other_tracks_of_a_born_server_start_with_unknown_from_its_birth() {
    let life = life("10:00 provision ok by=jane | 10:30 -port.disable ok port=eth0");
    assert_eq!(
        life.track("port:eth0"),
        "unknown 10:00..10:30 set a jane | disabled 10:30.. set b"
    );
}

#[test]
fn tracks_of_a_server_that_was_there_before_start_with_unknown_from_nowhere() {
    let life = life("10:30 -port.disable ok port=eth0");
    assert_eq!(
        life.track("port:eth0"),
        "unknown -..10:30 | disabled 10:30.. set a"
    );
    assert_eq!(life.power(), "unknown -..");
}

#[test]
fn a_success_proves_life_from_then_on_and_nobody_set_it() {
    let life = life("10:00 power-off ok by=jane");
    assert_eq!(life.existence(), "unknown -..10:00~ | live 10:00.. seen a");
    assert_eq!(life.power(), "unknown -..10:00 | off 10:00.. set a jane");
}

#[test]
fn a_failure_proves_no_life() {
    assert_eq!(life("10:00 power-off failure").existence(), "unknown -..");
}

#[test]
fn a_marker_and_a_rename_prove_life_too() {
    for action in [
        "-image-template.create",
        "rename",
        "-port.enable",
        "-security-group.remove",
    ] {
        let life = life(&format!("10:00 {action} ok"));
        assert_eq!(
            life.existence(),
            "unknown -..10:00~ | live 10:00.. seen a",
            "{action}"
        );
    }
}

#[test]
fn an_action_that_the_catalogue_lacks_proves_nothing() {
    assert_eq!(
        life("10:00 kms.secrets.rotate ok").existence(),
        "unknown -.."
    );
}

#[test]
fn a_reclaim_alone_shows_an_end_and_no_life_before_it() {
    let life = life("10:00 reclaim ok by=jane");
    assert_eq!(
        life.existence(),
        "unknown -..10:00 | reclaimed 10:00.. set a jane"
    );
}

#[test]
fn a_live_server_that_is_provisioned_again_stays_one_span() {
    let life = life("09:00 reboot ok | 10:00 provision ok by=jane");
    assert_eq!(life.existence(), "unknown -..09:00~ | live 09:00.. seen a");
    assert_eq!(life.power(), "unknown -..09:00 | on 09:00.. set a");
}

#[test]
fn after_a_reclaim_power_events_move_power_alone() {
    let life = life("10:00 provision ok | 11:00 reclaim ok | 12:00 power-off ok | 13:00 rename ok");
    assert_eq!(
        life.existence(),
        "live 10:00..11:00 set a | reclaimed 11:00.. set b"
    );
    assert_eq!(life.power(), "on 10:00..12:00 set a | off 12:00.. set c");
}

#[test]
fn a_reclaim_leaves_power_as_it_was() {
    let life = life("10:00 provision ok | 10:30 power-off ok | 11:00 reclaim ok");
    assert_eq!(life.power(), "on 10:00..10:30 set a | off 10:30.. set b");
}

#[test]
fn only_a_provision_makes_a_reclaimed_server_live_again() {
    let life =
        life("10:00 provision ok | 11:00 reclaim ok | 12:00 reboot ok | 13:00 provision ok by=joe");
    assert_eq!(
        life.existence(),
        "live 10:00..11:00 set a | reclaimed 11:00..13:00 set b | live 13:00.. set d joe"
    );
}

#[test]
fn equal_neighbours_are_one_span_that_the_first_began() {
    let life =
        life("10:00 provision ok by=jane | 11:00 reboot ok by=joe | 12:00 power-on ok by=jim");
    assert_eq!(life.power(), "on 10:00.. set a jane");
    assert_eq!(life.changes(), "a existence ·→live | a power ·→on");
}

#[test]
fn rescue_lasts_until_the_next_reboot_power_or_reload() {
    for end in [
        "reboot",
        "soft-reboot",
        "hard-reboot",
        "power-on",
        "reload",
        "boot",
    ] {
        let life = life(&format!(
            "10:00 provision ok | 11:00 rescue ok | 12:00 {end} ok"
        ));
        assert_eq!(
            life.power(),
            "on 10:00..11:00 set a | rescue 11:00..12:00 set b | on 12:00.. set c",
            "{end}"
        );
    }
}

#[test]
fn suspended_lasts_until_the_next_power_event_and_its_end_is_never_known() {
    let life = life("10:00 provision ok | 11:00 pause ok | 11:30 rename ok | 12:00 power-off ok");
    assert_eq!(
        life.power(),
        "on 10:00..11:00 set a | suspended 11:00..12:00~ set b | off 12:00.. set d"
    );
}

#[test]
fn every_way_of_powering_off_is_off() {
    for way in ["power-off", "soft-power-off", "force-power-off"] {
        let life = life(&format!("10:00 {way} ok"));
        assert_eq!(
            life.power(),
            "unknown -..10:00 | off 10:00.. set a",
            "{way}"
        );
    }
}

#[test]
fn each_reload_begins_an_image_span_even_of_the_same_image() {
    let life = life(
        "10:00 provision ok | 11:00 reload ok image=ubuntu by=jane | 12:00 reload ok image=ubuntu | 13:00 boot ok",
    );
    assert_eq!(
        life.track("image"),
        "unknown 10:00..11:00 set a | ubuntu 11:00..12:00 set b jane | ubuntu 12:00..13:00 set c | not named 13:00.. set d"
    );
    assert_eq!(life.power(), "on 10:00.. set a");
}

#[test]
fn a_failed_reload_begins_no_image() {
    assert_eq!(
        life("10:00 reload failure image=ubuntu").track("image"),
        "absent"
    );
}

#[test]
fn port_speeds_and_groups_are_tracks_by_their_name() {
    let life = life(
        "10:00 -port-speed.update ok port=eth0 speed=100 | 11:00 -port-speed.update ok port=eth0 speed=1000 \
         | 12:00 -security-group.add ok group=web | 13:00 -security-group.remove ok group=web",
    );
    assert_eq!(
        life.track("port-speed:eth0"),
        "unknown -..10:00 | 100 10:00..11:00 set a | 1000 11:00.. set b"
    );
    assert_eq!(
        life.track("security-group:web"),
        "unknown -..12:00 | member 12:00..13:00 set c | not member 13:00.. set d"
    );
}

#[test]
fn an_event_that_names_no_port_and_no_group_makes_no_track() {
    let life = life(
        "10:00 -port.disable ok | 11:00 -port-speed.update ok speed=100 | 12:00 -security-group.add ok",
    );
    let names: Vec<String> = life
        .history
        .tracks
        .iter()
        .map(|t| t.name.to_string())
        .collect();
    assert_eq!(names, ["existence", "power"]);
}

#[test]
fn a_speed_that_is_not_said_is_unknown_from_then_on() {
    let life = life(
        "10:00 -port-speed.update ok port=eth0 speed=100 | 11:00 -port-speed.update ok port=eth0 by=jane",
    );
    assert_eq!(
        life.track("port-speed:eth0"),
        "unknown -..10:00 | 100 10:00..11:00 set a | unknown 11:00.. set b jane"
    );
}

#[test]
fn a_vpc_instance_is_created_live_with_its_power_unknown() {
    let life = life_of(
        Kind::Instance,
        "10:00 is.instance.instance.create ok by=jane | 11:00 is.instance.instance.stop ok \
         | 12:00 is.instance.instance.delete ok",
    );
    assert_eq!(
        life.existence(),
        "live 10:00..12:00 set a jane | deleted 12:00.. set c"
    );
    assert_eq!(
        life.power(),
        "unknown 10:00..11:00 set a jane | off 11:00.. set b"
    );
}

#[test]
fn a_request_for_an_instance_action_is_a_marker_that_proves_life() {
    let life = life_of(Kind::Instance, "10:00 is.instance.action.create ok");
    assert_eq!(life.existence(), "unknown -..10:00~ | live 10:00.. seen a");
    assert_eq!(life.power(), "unknown -..");
}

#[test]
fn an_initialization_begins_an_image_and_leaves_power() {
    let life = life_of(
        Kind::BareMetalServer,
        "10:00 is.bare-metal-server.bare-metal-server.create ok \
         | 11:00 is.bare-metal-server.bare-metal-server.restart ok \
         | 12:00 is.bare-metal-server.initialization.update ok",
    );
    assert_eq!(
        life.power(),
        "unknown 10:00..11:00 set a | on 11:00.. set b"
    );
    assert_eq!(
        life.track("image"),
        "unknown 10:00..12:00 set a | not named 12:00.. set c"
    );
}

#[test]
fn a_volume_has_no_power() {
    let life = life_of(
        Kind::Volume,
        "10:00 is.volume.volume.create ok | 11:00 is.volume.volume.delete ok",
    );
    assert_eq!(
        life.existence(),
        "live 10:00..11:00 set a | deleted 11:00.. set b"
    );
    assert!(!life.has(&TrackName::Power));
}

#[test]
fn another_kind_of_resource_has_only_the_names_seen() {
    let life = life_of(
        Kind::Other,
        "10:00 kms.secrets.rotate ok name=key-1 | 11:00 kms.secrets.rotate ok name=key-2",
    );
    assert_eq!(
        life.track("name"),
        "unknown -..10:00~ | key-1 10:00..11:00~ seen a | key-2 11:00.. seen b"
    );
    assert_eq!(life.existence(), "absent");
}

#[test]
fn a_classic_record_implies_and_proves_no_life() {
    let life = life("10:00 power-off classic by=jane | 11:00 power-on classic");
    assert_eq!(
        life.power(),
        "unknown -..10:00 | off 10:00..11:00 implied a jane | on 11:00.. implied b"
    );
    assert_eq!(life.existence(), "unknown -..");
}

#[test]
fn a_classic_provision_begins_a_life_by_implication() {
    let life = life("10:00 provision classic by=jane");
    assert_eq!(life.existence(), "live 10:00.. implied a jane");
}

#[test]
fn within_an_instant_a_provision_comes_first_and_a_reclaim_last() {
    let life = life("10:00 reclaim ok id=1 | 10:00 power-off ok id=2 | 10:00 provision ok id=3");
    assert_eq!(life.existence(), "reclaimed 10:00.. set 1");
    assert_eq!(life.power(), "off 10:00.. set 2");
    assert_eq!(
        life.changes(),
        "3 existence ·→live? | 3 power ·→on? | 2 power on→off? | 1 existence live→reclaimed?"
    );
}

#[test]
fn within_an_instant_the_rest_goes_by_id_and_says_that_the_order_is_not_recorded() {
    let life = life("09:00 provision ok | 10:00 power-on ok id=y | 10:00 power-off ok id=x");
    assert_eq!(life.power(), "on 09:00.. set a");
    assert_eq!(
        life.changes(),
        "a existence ·→live | a power ·→on | x power on→off? | y power off→on?"
    );
    assert_eq!(life.history.order_not_recorded, [1, 2]);
}

#[test]
fn events_of_an_instant_that_agree_need_no_order() {
    let life = life("10:00 power-off ok | 10:00 soft-power-off ok | 10:00 rename ok new=web-8");
    assert_eq!(life.history.order_not_recorded, [0u32; 0]);
}

#[test]
fn life_that_was_only_seen_does_not_contend_with_an_end_of_the_same_instant() {
    let life = life("10:00 power-off ok | 10:00 reclaim ok");
    assert_eq!(
        life.existence(),
        "unknown -..10:00 | reclaimed 10:00.. set b"
    );
    assert_eq!(life.history.order_not_recorded, [0u32; 0]);
}

#[test]
fn a_change_at_exactly_t_has_happened() {
    let life = life("10:00 provision ok | 11:00 power-off ok");
    assert_eq!(life.power_at("09:59"), None);
    assert_eq!(life.power_at("10:00").as_deref(), Some("on"));
    assert_eq!(life.power_at("10:59").as_deref(), Some("on"));
    assert_eq!(life.power_at("11:00").as_deref(), Some("off"));
}

#[test]
fn the_fleet_at_t_knows_the_recorded_the_unrecorded_and_those_born_later() {
    let stands = |kind, text, time| {
        let life = life_of(kind, text);
        match standing(kind, &life.history, at(time)) {
            Standing::Recorded(state) => format!(
                "{} {} {}",
                state.existence,
                state.power.map_or("null".into(), |power| power.to_string()),
                state.name.unwrap_or_else(|| "null".into())
            ),
            Standing::Unrecorded => "unrecorded".into(),
            Standing::BornLater => "born later".into(),
            Standing::NotTracked => "not tracked".into(),
        }
    };
    let vsi = "10:00 provision ok name=web-7 | 11:00 power-off ok | 12:00 reclaim ok";
    assert_eq!(stands(Kind::Vsi, vsi, "09:00"), "born later");
    assert_eq!(stands(Kind::Vsi, vsi, "10:00"), "live on web-7");
    assert_eq!(stands(Kind::Vsi, vsi, "12:00"), "reclaimed off web-7");
    let seen = "10:00 rename ok | 11:00 power-off failure";
    assert_eq!(stands(Kind::Vsi, seen, "09:00"), "unrecorded");
    assert_eq!(stands(Kind::Vsi, seen, "10:30"), "live unknown null");
    assert_eq!(
        stands(Kind::Vsi, "10:00 power-off failure", "11:00"),
        "unrecorded"
    );
    assert_eq!(
        stands(
            Kind::Vsi,
            "09:00 reboot failure | 10:00 provision ok",
            "09:30"
        ),
        "unrecorded"
    );
    assert_eq!(
        stands(Kind::Volume, "10:00 is.volume.volume.create ok", "10:00"),
        "live null null"
    );
    assert_eq!(
        stands(Kind::Other, "10:00 kms.secrets.rotate ok name=k", "10:00"),
        "not tracked"
    );
}

#[test]
fn a_change_knows_who_set_the_value_before() {
    let life = life("10:00 provision ok by=jane | 11:00 power-off ok by=joe");
    let change = life.history.changes.last().expect("a change");
    let before = change.before.as_ref().expect("a value before");
    assert_eq!(before.initiator.as_deref(), Some("jane"));
    assert_eq!((before.from, before.event), (Some(at("10:00")), Some(0)));
}
