//! `rules.md`, "A resource's identity".

use std::borrow::Cow;

use columns::Code;
use columns::Dictionary;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;

use crate::cadf::Event;
use crate::cadf::Kind;
use crate::cadf::event::EventTime;
use crate::catalogue::Act;
use crate::catalogue::Catalogue;
use crate::lifecycle::Coded;
use crate::lifecycle::Columns;
use crate::lifecycle::Detail;
use crate::lifecycle::Found;
use crate::lifecycle::Identities;
use crate::lifecycle::Known;
use crate::lifecycle::References;
use crate::lifecycle::Resource;
use crate::lifecycle::detail::PATHS;
use crate::lifecycle::resolve;

const ACCOUNT: &str = "acc";

/// An event from what it says; `account` stands for the envelope's.
fn event(mut said: Value) -> Event {
    let account = said["account"].take();
    let outside = crate::cadf::Outside {
        account: account.as_str().map(str::to_owned),
        time: None,
    };
    let reading::Value::Object(said) = value!(said) else {
        panic!("an object");
    };
    Event::from_object(said, &outside).expect("an event")
}

/// An event of account `acc` on a target with that id.
fn on(action: &str, id: &str) -> Event {
    event(json!({"action": action, "outcome": "success", "account": ACCOUNT, "target": {"id": id}}))
}

/// The columns of a target's parts and of accounts.
#[derive(Default)]
struct Texts {
    accounts: Dictionary,
    ids: Dictionary,
    names: Dictionary,
}

impl Columns for Texts {
    fn account(&self, code: Code) -> Cow<'_, str> {
        self.accounts.text(code)
    }

    fn target_id(&self, code: Code) -> Cow<'_, str> {
        self.ids.text(code)
    }

    fn target_name(&self, code: Code) -> Cow<'_, str> {
        self.names.text(code)
    }

    fn find_target_id(&self, text: &str) -> Option<Code> {
        self.ids.find(text)
    }
}

/// Events and what they land on.
struct Identified {
    texts: Texts,
    references: References,
    /// By event.
    numbers: Vec<u32>,
    identities: Identities,
}

impl Identified {
    fn of(events: &[Event], config_account: Option<&str>) -> Identified {
        let catalogue = Catalogue::standard();
        let (mut texts, mut references) = (Texts::default(), References::default());
        let mut actions = Dictionary::default();
        let number = |event: &Event| {
            let event = event.lend();
            let coded = Coded {
                action: actions.code(Some(event.action)),
                account: texts.accounts.code(event.account),
                target_id: texts.ids.code(event.target_id),
                target_name: texts.names.code(event.target_name),
            };
            references.of(&event, catalogue.act_of(&event), coded)
        };
        let numbers = events.iter().map(number).collect();
        let known = Known {
            references: &references,
            columns: &texts,
        };
        let identities = resolve(known, config_account);
        Identified {
            texts,
            references,
            numbers,
            identities,
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            references: &self.references,
            columns: &self.texts,
        }
    }

    fn resources(&self) -> Vec<Resource<'_>> {
        let all = 0..self.identities.len();
        all.map(|ix| self.identities.get(self.known(), ix))
            .collect()
    }

    /// By event.
    fn resource_of(&self) -> Vec<Option<u32>> {
        let numbers = self.numbers.iter();
        numbers
            .map(|&number| self.identities.resource_of(number))
            .collect()
    }

    /// By event.
    fn target_is_resource(&self) -> Vec<bool> {
        let numbers = self.numbers.iter();
        numbers
            .map(|&number| self.identities.target_is_resource(number))
            .collect()
    }

    fn find(&self, text: &str) -> Found {
        self.identities.find(self.known(), text)
    }
}

fn identify(events: &[Event]) -> Identified {
    Identified::of(events, None)
}

/// For each event `kind id`, or `none`.
fn landings(events: &[Event]) -> Vec<String> {
    let identified = identify(events);
    let resources = identified.resources();
    identified
        .resource_of()
        .iter()
        .map(|ix| match ix {
            None => "none".into(),
            Some(ix) => {
                let resource = resources[*ix as usize];
                format!("{} {}", resource.kind().name(), resource.id())
            }
        })
        .collect()
}

fn crn(location: &str, resource_type: &str, resource: &str) -> String {
    format!("crn:v1:bluemix:public:audit-log:{location}:a/{ACCOUNT}::{resource_type}:{resource}")
}

const OFF: &str = "audit-log.vsi.power-off";
const PORT: &str = "audit-log.vsi-port.disable";

#[test]
fn crns_that_differ_in_location_only_are_one_resource() {
    let (zone, region) = (crn("us-south-1", "vsi", "7"), crn("us-south", "vsi", "7"));
    let identities = identify(&[
        on(OFF, &zone),
        on(OFF, &region),
        on(OFF, &crn("", "vsi", "7")),
    ]);
    let resources = identities.resources();
    assert_eq!(resources.len(), 1);
    let resource = resources[0];
    assert_eq!(resource.id(), zone);
    assert_eq!(
        resource.location().map(|location| location.region),
        Some("us-south".to_owned())
    );
    let others: Vec<_> = resource.also_known_as().collect();
    assert_eq!(others, [crn("", "vsi", "7"), region]);
}

#[test]
fn crns_that_differ_in_anything_else_are_two() {
    let other_account = crn("us-south", "vsi", "7").replace(ACCOUNT, "else");
    let landed = landings(&[
        on(OFF, &crn("us-south", "vsi", "7")),
        on(OFF, &crn("us-south", "vsi", "8")),
        on(OFF, &other_account),
    ]);
    assert_eq!(landed.len(), 3);
    assert_eq!(
        identify(&[on(OFF, &crn("a", "vsi", "7")), on(OFF, &other_account)])
            .resources()
            .len(),
        2
    );
}

#[test]
fn a_bare_id_joins_the_crn_of_its_kind_and_account_that_ends_with_it() {
    let full = crn("dal10", "vsi", "7");
    for events in [
        [on(OFF, "7"), on(OFF, &full)],
        [on(OFF, &full), on(OFF, "7")],
    ] {
        assert_eq!(
            landings(&events),
            [format!("vsi {full}"), format!("vsi {full}")]
        );
    }
}

#[test]
fn a_bare_id_joins_a_crn_that_is_named_by_its_instance() {
    let full = format!("crn:v1:bluemix:public:audit-log:dal10:a/{ACCOUNT}:7::");
    assert_eq!(
        landings(&[on(OFF, "7"), on(OFF, &full)])[0],
        format!("vsi {full}")
    );
}

#[test]
fn a_bare_id_joins_no_crn_of_another_kind_or_account() {
    let full = crn("dal10", "vsi", "7");
    assert_eq!(
        landings(&[on("audit-log.bare-metal.reboot", "7"), on(OFF, &full)])[0],
        "bare-metal 7"
    );
    let mut foreign = on(OFF, "7");
    foreign.account = Some("else".into());
    assert_eq!(landings(&[foreign, on(OFF, &full)])[0], "vsi 7");
}

#[test]
fn a_bare_id_that_two_crns_end_with_joins_neither() {
    let second = crn("dal10", "vsi", "7").replace("bluemix", "staging");
    assert_eq!(
        landings(&[
            on(OFF, "7"),
            on(OFF, &crn("dal10", "vsi", "7")),
            on(OFF, &second)
        ])[0],
        "vsi 7"
    );
}

#[test]
fn an_unknown_account_is_the_one_known_and_else_joins_only_a_single_candidate() {
    let mut unknown = on(OFF, "7");
    unknown.account = None;
    let ours = on(OFF, &crn("dal10", "vsi", "7"));
    let theirs = on(OFF, &crn("dal10", "vsi", "7").replace(ACCOUNT, "else"));
    let their_other = on(OFF, &crn("dal10", "vsi", "8").replace(ACCOUNT, "else"));
    let joined = format!("vsi {}", crn("dal10", "vsi", "7"));
    assert_eq!(landings(&[unknown.clone(), ours.clone()])[0], joined);
    assert_eq!(
        landings(&[unknown.clone(), ours.clone(), their_other])[0],
        joined
    );
    assert_eq!(landings(&[unknown.clone(), ours, theirs])[0], "vsi 7");
    let mut known_bare = on(OFF, "7");
    known_bare.account = Some("only".into());
    assert_eq!(identify(&[unknown, known_bare]).resources().len(), 1);
}

#[test]
fn an_id_that_joins_with_and_without_an_account_is_listed_once() {
    let full = crn("dal10", "vsi", "7");
    let mut unknown = on(OFF, "7");
    unknown.account = None;
    let mut theirs = on(OFF, "8");
    theirs.account = Some("else".into());
    let identities = identify(&[unknown, on(OFF, "7"), on(OFF, &full), theirs]);
    let ids = |r: &Resource| r.also_known_as().map(Cow::into_owned).collect();
    let others: Vec<Vec<String>> = identities.resources().iter().map(ids).collect();
    assert_eq!(others, [vec![], vec!["7".to_owned()]]);
}

#[test]
fn ids_of_two_services_and_of_two_objects_never_collide() {
    let events = [
        on("kms.secrets.rotate", "7"),
        on("kms.secrets.list", "7"),
        on("kms.policies.list", "7"),
        on("cos.secrets.list", "7"),
        on(OFF, "7"),
    ];
    assert_eq!(identify(&events).resources().len(), 4);
}

#[test]
fn an_action_that_the_catalogue_lacks_lands_on_the_server_whose_crn_it_names() {
    let full = crn("dal10", "vsi", "7");
    let landed = landings(&[
        on("audit-log.vsi.inspect", &full),
        on(OFF, &full),
        on("audit-log.vsi.inspect", "7"),
    ]);
    assert_eq!(
        landed,
        [
            format!("vsi {full}"),
            format!("vsi {full}"),
            "other 7".into()
        ]
    );
}

#[test]
fn what_is_no_id_falls_to_the_name_and_what_is_no_name_names_nothing() {
    let named = |id: &str, name: &str| {
        event(json!({"action": OFF, "account": ACCOUNT, "target": {"id": id, "name": name}}))
    };
    let landed = landings(&[
        named("", "web-7"),
        named("-", "web-7"),
        named("*", "web-8"),
        named("-", "-"),
        on(OFF, ""),
    ]);
    assert_eq!(
        landed,
        [
            "vsi name:web-7",
            "vsi name:web-7",
            "vsi name:web-8",
            "none",
            "none"
        ]
    );
}

#[test]
fn a_named_target_never_merges_with_one_that_has_an_id() {
    let named = event(json!({"action": OFF, "account": ACCOUNT, "target": {"name": "web-7"}}));
    let with_id =
        event(json!({"action": OFF, "account": ACCOUNT, "target": {"id": "7", "name": "web-7"}}));
    assert_eq!(landings(&[named, with_id]), ["vsi name:web-7", "vsi 7"]);
}

#[test]
fn a_part_s_event_lands_on_its_target_when_crn_or_type_uri_say_that_it_is_the_server() {
    let full = crn("dal10", "vsi", "7");
    let typed = event(json!({"action": PORT, "account": ACCOUNT,
        "target": {"id": "7", "name": "web-7", "typeURI": "audit-log/vsi"}}));
    assert_eq!(landings(&[on(PORT, &full)]), [format!("vsi {full}")]);
    let identities = identify(std::slice::from_ref(&typed));
    assert_eq!(identities.target_is_resource(), [true]);
    assert_eq!(landings(&[typed]), ["vsi 7"]);
}

#[test]
fn a_part_s_event_lands_on_a_target_that_the_server_s_own_events_have() {
    let full = crn("dal10", "vsi", "7");
    assert_eq!(landings(&[on(PORT, "7"), on(OFF, "7")]), ["vsi 7", "vsi 7"]);
    assert_eq!(
        landings(&[on(PORT, "7"), on(OFF, &full)])[0],
        format!("vsi {full}")
    );
    // An event of a bare metal server's own says nothing of a virtual server's port.
    assert_eq!(
        landings(&[on(PORT, "7"), on("audit-log.bare-metal.reboot", "7")])[0],
        "other 7"
    );
}

#[test]
fn a_part_s_event_finds_its_server_in_log_source_then_request_then_response() {
    let part = crn("dal10", "port", "p1");
    let server = crn("dal10", "vsi", "7");
    let both = json!({"action": PORT, "account": ACCOUNT, "target": {"id": part, "name": "eth0"},
        "logSourceCRN": server, "requestData": {"vsiId": "8"}, "responseData": {"vsiId": "9"}});
    let mut request = both.clone();
    request["logSourceCRN"] = json!(part);
    let mut response = request.clone();
    response["requestData"] = json!({"unlisted": "8"});
    let events = [event(both), event(request), event(response)];
    assert_eq!(
        landings(&events),
        [format!("vsi {server}"), "vsi 8".into(), "vsi 9".into()]
    );
    assert_eq!(identify(&events).target_is_resource(), [false; 3]);
}

#[test]
fn a_log_source_that_names_only_a_service_is_no_server() {
    let event = event(json!({"action": PORT, "target": {"id": "p1"},
        "logSourceCRN": "crn:v1:bluemix:public:audit-log:us-south:a/acc:::"}));
    assert_eq!(landings(&[event]), ["other p1"]);
}

#[test]
fn a_part_s_event_whose_server_nothing_names_stays_on_its_own() {
    let identities = identify(&[
        on(PORT, "p1"),
        on("audit-log.vsi-port.enable", "p1"),
        on("audit-log.vsi-port-speed.update", "p1"),
    ]);
    let resources = identities.resources();
    assert_eq!(resources.len(), 2);
    assert!(resources.iter().all(|r| r.kind() == Kind::Other));
}

#[test]
fn a_path_may_hold_an_object_with_the_server_s_crn_or_number() {
    let server = crn("dal10", "vsi", "7");
    let at = |request: Value| {
        event(
            json!({"action": PORT, "account": ACCOUNT, "target": {"id": "p1"}, "requestData": request}),
        )
    };
    assert_eq!(
        landings(&[at(json!({"instance": {"id": "7", "crn": server}}))]),
        [format!("vsi {server}")]
    );
    assert_eq!(
        landings(&[at(json!({"virtual_guest": {"id": 7}}))]),
        ["vsi 7"]
    );
    assert_eq!(
        landings(&[at(json!({"hardwareId": 118723406}))]),
        ["vsi 118723406"]
    );
}

#[test]
fn classic_records_land_by_their_object_and_account() {
    let record = |object: &str, name: &str, id: u32| {
        let reading::Value::Object(record) = value!({"accountId": 100, "eventName": name, "objectName": object,
            "objectId": id, "label": "web-7", "eventCreateDate": "2017-10-23T14:22:36.221541-05:00"})
        else {
            unreachable!("an object");
        };
        Event::from_classic(record).expect("an event")
    };
    let landed = landings(&[
        record("CCI", "Disable Port", 300),
        record("CCI", "Power Off", 300),
        record("Server", "Reboot", 300),
        record("Security Group", "Security Group Rule(s) Added", 300),
        record("CCI", "Something New", 300),
    ]);
    assert_eq!(
        landed,
        [
            "vsi 300",
            "vsi 300",
            "bare-metal 300",
            "other 300",
            "vsi 300"
        ]
    );
}

#[test]
fn another_account_s_resources_are_flagged_and_apart() {
    let mut foreign = on(OFF, "7");
    foreign.account = Some("else".into());
    let identities = Identified::of(&[on(OFF, "7"), foreign], Some("a/acc"));
    let resources = identities.resources();
    let flag = |r: &Resource| (r.account().map(Cow::into_owned), r.is_foreign_account());
    let flags: Vec<_> = resources.iter().map(flag).collect();
    let expected = [
        (Some("acc".to_owned()), false),
        (Some("else".to_owned()), true),
    ];
    assert_eq!(flags, expected);
}

#[test]
fn a_resource_is_found_by_crn_in_any_location_by_id_and_by_name() {
    let full = crn("dal10", "vsi", "7");
    let named = event(json!({"action": OFF, "account": ACCOUNT, "target": {"name": "web-9"}}));
    let identities = identify(&[
        on(OFF, &full),
        on(OFF, "8"),
        named,
        on("kms.secrets.list", "7"),
        on("kms.policies.list", "9"),
        on("cos.policies.list", "9"),
    ]);
    let find = |text: &str| match identities.find(text) {
        Found::Resource(ix) => identities.resources()[ix as usize].id().into_owned(),
        Found::NotFound => "not found".into(),
        Found::Ambiguous(candidates) => format!("{} candidates", candidates.len()),
    };
    assert_eq!(find(&full), full);
    assert_eq!(find(&crn("us-south", "vsi", "7")), full);
    assert_eq!(find("8"), "8");
    assert_eq!(find("name:web-9"), "name:web-9");
    assert_eq!(find("web-9"), "not found");
    assert_eq!(find("7"), "7");
    assert_eq!(find("9"), "2 candidates");
}

#[test]
fn an_id_that_several_crns_end_with_lists_them() {
    let identities = identify(&[
        on(OFF, &crn("dal10", "vsi", "7")),
        on("is.volume.volume.update", &crn("dal10", "volume", "7")),
    ]);
    assert!(matches!(identities.find("7"), Found::Ambiguous(two) if two.len() == 2));
}

fn detail(action: &str, said: Value) -> Detail {
    let catalogue = Catalogue::standard();
    let mut whole = said;
    whole["action"] = json!(action);
    let event = event(whole);
    let act: Option<&Act> = catalogue.act_of(&event.lend());
    assert!(act.is_some(), "{action} has a row");
    Detail::of(&event.lend(), act)
}

#[test]
fn values_stand_on_listed_paths_however_their_names_are_spelt() {
    for request in [
        json!({"port": "eth0"}),
        json!({"port_name": "eth0"}),
        json!({"PortName": "eth0"}),
        json!({"networkComponent": {"name": "eth0", "id": 3}}),
        json!({"ports": ["eth0"]}),
    ] {
        let detail = detail(PORT, json!({"requestData": request}));
        assert_eq!(&*detail.ports, [Box::from("eth0")], "{request}");
    }
    assert_eq!(
        detail(PORT, json!({"requestData": {"unlisted": "eth0"}})),
        Detail::default()
    );
    assert_eq!(
        detail(PORT, json!({"requestData": {"port": "-"}})),
        Detail::default()
    );
    assert_eq!(
        detail(PORT, json!({"requestData": "{\"port\":\"eth1\"}"})).ports[0],
        Box::from("eth1")
    );
}

#[test]
fn an_act_takes_only_what_its_effect_asks_for() {
    let said = json!({"requestData": {"port": "eth0", "name": "web-8", "image": "ubuntu"}});
    assert_eq!(detail(OFF, said.clone()), Detail::default());
    assert_eq!(
        detail("audit-log.vsi.rename", said.clone())
            .new_name
            .as_deref(),
        Some("web-8")
    );
    assert_eq!(
        detail("audit-log.vsi.reload", said).image.as_deref(),
        Some("ubuntu")
    );
}

#[test]
fn speeds_are_read_as_whole_mbps() {
    for (written, mbps) in [
        (json!(100), Some("100")),
        (json!("1000"), Some("1000")),
        (json!("1000 Mbps"), Some("1000")),
        (json!("1 Gbps"), Some("1000")),
        (json!(-1), Some("-1")),
        (json!(0), Some("0")),
        (json!("fast"), None),
        (json!(1.5), None),
    ] {
        let said = json!({"requestData": {"port": "eth0", "speed": written}});
        assert_eq!(
            detail("audit-log.vsi-port-speed.update", said)
                .speed_mbps
                .as_deref(),
            mbps,
            "{written}"
        );
    }
}

#[test]
fn a_target_gives_a_port_s_name_only_where_its_crn_says_that_it_is_one() {
    let port = json!({"target": {"id": crn("dal10", "vsi-port", "p1"), "name": "eth0"}});
    assert_eq!(&*detail(PORT, port).ports, [Box::from("eth0")]);
    let unnamed = json!({"target": {"id": crn("dal10", "vsi-port", "p1"), "name": "-"}});
    assert_eq!(&*detail(PORT, unnamed).ports, [Box::from("p1")]);
    let server = json!({"target": {"id": "7", "name": "web-7", "typeURI": "audit-log/vsi-port"}});
    assert_eq!(detail(PORT, server), Detail::default());
    let group = json!({"target": {"id": crn("dal10", "security-group", "g1"), "name": "web"}});
    assert_eq!(
        &*detail("audit-log.vsi-security-group.add", group).security_groups,
        [Box::from("g1")]
    );
}

#[test]
fn the_list_of_paths_has_no_path_twice() {
    let mut paths: Vec<_> = PATHS
        .iter()
        .map(|listed| (listed.attribute as u8, listed.path))
        .collect();
    paths.sort_unstable();
    let count = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), count);
}

fn an_event() -> impl Strategy<Value = Event> {
    let id = prop::sample::select(vec![
        "7".to_owned(),
        "8".to_owned(),
        "-".to_owned(),
        crn("dal10", "vsi", "7"),
        crn("us-south", "vsi", "7"),
        crn("dal10", "port", "8"),
        crn("dal10", "", "7"),
        "crn:v1:bluemix:public:is:::::vsi:8".to_owned(),
    ]);
    let action = prop::sample::select(vec![
        OFF,
        PORT,
        "kms.secrets.list",
        "audit-log.bare-metal.reboot",
    ]);
    let account = prop::option::of(prop::sample::select(vec!["acc", "else"]));
    let server = prop::option::of(id.clone());
    let type_uri = prop::option::of(Just("audit-log/vsi"));
    (id, action, account, server, type_uri).prop_map(|(id, action, account, server, type_uri)| {
        event(
            json!({"action": action, "account": account, "logSourceCRN": server,
            "target": {"id": id, "name": "n", "typeURI": type_uri}}),
        )
    })
}

proptest! {
    #[test]
    fn identities_are_the_same_for_any_order_of_arrival(
        (events, order) in prop::collection::vec(an_event(), 0..10).prop_flat_map(|events| {
            let order: Vec<usize> = (0..events.len()).collect();
            (Just(events), Just(order).prop_shuffle())
        }),
    ) {
        let straight = identify(&events);
        let shuffled: Vec<Event> = order.iter().map(|i| events[*i].clone()).collect();
        let shuffled = identify(&shuffled);
        prop_assert_eq!(straight.resources(), shuffled.resources());
        for (place, i) in order.iter().enumerate() {
            prop_assert_eq!(straight.resource_of()[*i], shuffled.resource_of()[place]);
            prop_assert_eq!(straight.target_is_resource()[*i], shuffled.target_is_resource()[place]);
        }
        let landed: std::collections::BTreeSet<u32> = straight.resource_of().into_iter().flatten().collect();
        prop_assert!(landed.len() <= straight.resources().len());
    }

    #[test]
    fn what_is_found_is_what_a_look_at_every_resource_finds(
        events in prop::collection::vec(an_event(), 0..10),
        text in prop_oneof![an_event().prop_filter_map("an id", |event| event.target.id), Just("name:n".to_owned())],
    ) {
        let identities = identify(&events);
        let resources = identities.resources();
        let all = || (0..).zip(&resources);
        let printed: Vec<u32> = all().filter(|(_, one)| one.id() == text).map(|(ix, _)| ix).collect();
        let answering: Vec<u32> = all().filter(|(_, one)| one.answers_to(&text)).map(|(ix, _)| ix).collect();
        let expected = match (&printed[..], &answering[..]) {
            ([one], _) | (_, [one]) => Found::Resource(*one),
            (_, []) => Found::NotFound,
            _ => Found::Ambiguous(answering),
        };
        prop_assert_eq!(identities.find(&text), expected);
    }
}

#[test]
fn an_undated_event_still_lands_on_its_resource() {
    let event = on(OFF, "7");
    assert!(matches!(event.event_time, EventTime { at: None, .. }));
    assert_eq!(landings(&[event]), ["vsi 7"]);
}
