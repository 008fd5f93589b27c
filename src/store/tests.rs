//! The store through its own door: records in, counts and order out.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::cadf::Event;
use crate::envelope::Context;
use crate::envelope::reread;

fn event(record: &serde_json::Value, region: Option<&str>) -> Event {
    let context = Context {
        source_region: region.map(str::to_owned),
        file_name: "events.json".into(),
    };
    reread(record.to_string().as_bytes(), 0, &context).expect("an event")
}

fn store() -> Store {
    let mut store = Store::new(Catalogue::standard(), None);
    for region in [None, Some("eu-de")] {
        store.add_part(Part {
            source_name: region.unwrap_or("local").into(),
            region: region.map(str::to_owned),
            ..Part::default()
        });
    }
    store
}

fn raw(part: u32, byte: u64) -> RawRef {
    RawRef {
        part,
        byte,
        len: 1,
        nth: 0,
        line: byte + 1,
    }
}

/// Appends each record to the part beside it and refreshes once.
fn held(records: &[(u32, serde_json::Value)]) -> Store {
    let mut store = store();
    for (byte, (part, record)) in records.iter().enumerate() {
        let region = store.parts()[*part as usize].region.clone();
        let event = event(record, region.as_deref());
        store.append(&event.lend(), raw(*part, byte as u64));
    }
    store.refresh();
    store
}

fn counts(store: &Store) -> (u64, u64, u64) {
    let totals = store.counts().totals;
    (totals.events, totals.copies, totals.conflicts)
}

fn power_off(id: &str, outcome: &str) -> serde_json::Value {
    json!({"id": id, "eventTime": "2026-03-01T10:00:00Z", "action": "audit-log.vsi.power-off",
        "outcome": outcome, "target": {"id": "118723406", "name": "web-7"}})
}

#[test]
fn a_copy_that_says_no_more_leaves_no_word_behind() {
    let record = power_off("e1", "success");
    let store = held(&[(1, record.clone()), (0, record)]);
    assert_eq!(counts(&store), (1, 1, 0));
    let sources = store.rows().texts(Field::Source);
    assert!(sources.find("eu-de").is_some() && sources.find("local").is_none());
}

#[test]
fn the_same_id_and_content_is_one_event_and_a_copy() {
    let record = power_off("e1", "success");
    let store = held(&[(0, record.clone()), (1, record)]);
    assert_eq!(counts(&store), (1, 1, 0));
    let row = store.by_time().next().expect("an event");
    assert_eq!(store.copies_of(row).count(), 1);
}

#[test]
fn the_same_id_with_other_content_is_kept_and_counted_as_a_conflict() {
    let store = held(&[
        (0, power_off("e1", "success")),
        (0, power_off("e1", "failure")),
    ]);
    assert_eq!(counts(&store), (2, 0, 1));
    assert!(store.by_time().all(|row| store.is_conflicting(row)));
    assert_eq!(store.named("e1").len(), 2);
}

#[test]
fn a_pending_event_and_its_completion_share_an_id_without_conflict() {
    let pair = [
        (0, power_off("e1", "pending")),
        (0, power_off("e1", "success")),
    ];
    assert_eq!(counts(&held(&pair)), (2, 0, 0));
    let mut other = power_off("e1", "success");
    other["action"] = json!("audit-log.vsi.reboot");
    assert_eq!(
        counts(&held(&[(0, power_off("e1", "pending")), (0, other)])),
        (2, 0, 1)
    );
}

#[test]
fn an_unknown_account_is_the_one_known() {
    let bare = power_off("e1", "success");
    let mut ours = bare.clone();
    ours["logSourceCRN"] = json!("crn:v1:bluemix:public:is:us-south:a/one::instance:x");
    let mut theirs = bare.clone();
    theirs["logSourceCRN"] = json!("crn:v1:bluemix:public:is:us-south:a/two::instance:x");
    assert_eq!(
        counts(&held(&[(0, bare.clone()), (0, ours.clone())])),
        (1, 1, 0)
    );
    assert_eq!(
        counts(&held(&[(0, ours.clone()), (0, bare.clone())])),
        (1, 1, 0)
    );
    // Of two known accounts it could be either: nothing is folded.
    assert_eq!(
        counts(&held(&[(0, bare), (0, ours), (0, theirs)])),
        (3, 0, 0)
    );
}

#[test]
fn an_event_without_an_id_is_named_by_its_content() {
    let mut record = power_off("", "success");
    record.as_object_mut().expect("an object").remove("id");
    let store = held(&[(0, record.clone()), (0, record)]);
    assert_eq!(counts(&store), (1, 1, 0));
    let row = store.by_time().next().expect("an event");
    let name = store.rows().ids.name(row as usize);
    assert!(name.starts_with('#') && name.len() == 65, "{name}");
    assert_eq!(store.named(&name), [row]);
}

#[test]
fn undated_events_come_before_all_others() {
    let mut undated = power_off("e2", "success");
    undated
        .as_object_mut()
        .expect("an object")
        .remove("eventTime");
    let store = held(&[(0, power_off("e1", "success")), (0, undated)]);
    assert_eq!(store.counts().totals.undated, 1);
    assert_eq!(Vec::from_iter(store.by_time()), [1, 0]);
    assert_eq!(store.dated(), 1..2);
}

#[test]
fn many_rows_stand_in_order_whatever_their_times_and_their_order_of_arrival() {
    let event = event(&power_off("e1", "success"), None);
    let mut random = 1_u64;
    let nanos: Vec<i64> = (0..150_000)
        .map(|at| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            match at % 1_000 {
                0 => super::rows::UNDATED,
                1 => i64::MIN + 1,
                2 => i64::MAX,
                3..20 => 7,
                _ => (random >> 30) as i64,
            }
        })
        .collect();
    let mut store = store();
    for (at, &nanos) in nanos.iter().enumerate() {
        let id = format!("e{at}");
        let mut event = event.lend();
        event.id = Some(&id);
        event.event_time.at = (nanos != super::rows::UNDATED).then(|| Timestamp::from_nanos(nanos));
        store.append(&event, raw(0, at as u64));
    }
    store.refresh();
    let rows: Vec<u32> = store.by_time().collect();
    assert!(rows.is_sorted_by(|&a, &b| store.in_order(a, b).is_lt()));
    let standing = (0..rows.len()).map(|place| store.rows().nanos_at(place));
    let mut expected = nanos;
    expected.sort_unstable();
    assert_eq!(Vec::from_iter(standing), expected);
}

#[test]
fn within_an_instant_a_provision_comes_first_and_a_reclaim_last() {
    let act = |id: &str, verb: &str| {
        let mut record = power_off(id, "success");
        record["action"] = json!(format!("audit-log.vsi.{verb}"));
        (0, record)
    };
    let store = held(&[
        act("a", "reclaim"),
        act("c", "power-off"),
        act("b", "reboot"),
        act("d", "provision"),
    ]);
    let names = store.by_time();
    let names: Vec<String> = names
        .map(|row| store.rows().ids.name(row as usize))
        .collect();
    assert_eq!(names, ["d", "b", "c", "a"]);
}

#[test]
fn what_a_shared_id_names_does_not_hide_another_resource() {
    let store = held(&[
        (0, power_off("e1", "success")),
        (0, {
            let mut other = power_off("e2", "success");
            other["target"]["id"] = json!("2");
            other
        }),
    ]);
    assert_eq!(store.counts().resources, 2);
    let sizes: Vec<usize> = (0..2).map(|ix| store.rows_of(ix).len()).collect();
    assert_eq!(sizes, [1, 1]);
}

/// Records that are often alike: the same few ids, times, outcomes, targets, accounts and places.
fn record() -> impl Strategy<Value = (u32, serde_json::Value)> {
    let id = prop_oneof![Just(None), "[ab]".prop_map(Some)];
    let outcome = prop_oneof![Just("success"), Just("failure"), Just("pending")];
    let account = prop_oneof![Just(None), "[xy]".prop_map(Some)];
    (
        0..2u32,
        id,
        0..3u32,
        outcome,
        "[pq]",
        account,
        any::<bool>(),
    )
        .prop_map(|(part, id, second, outcome, target, account, is_dated)| {
            let mut record = json!({"action": "audit-log.vsi.power-off", "outcome": outcome,
                "target": {"id": target}});
            if is_dated {
                record["eventTime"] = json!(format!("2026-03-01T10:00:0{second}Z"));
            }
            if let Some(id) = id {
                record["id"] = json!(id);
            }
            if let Some(account) = account {
                let crn = format!(
                    "crn:v1:bluemix:public:is:us-south-{second}:a/{account}::instance:{target}"
                );
                record["logSourceCRN"] = json!(crn);
            }
            (part, record)
        })
}

/// All that must not depend on arrival: counts, order by name, place and resource of each event.
fn told(store: &Store) -> serde_json::Value {
    let rows = store.rows();
    let events: Vec<serde_json::Value> = store
        .by_time()
        .map(|row| {
            let at = row as usize;
            let resource = store.resource_of(row).map(|ix| store.resource(ix).id());
            json!([
                rows.ids.name(at),
                rows.time(at).map(|at| at.nanos()),
                rows.outcome(at).name(),
                rows.get(Field::Region, at),
                rows.get(Field::Source, at),
                rows.get(Field::Account, at),
                resource,
                store.is_conflicting(row),
                store.copies_of(row).count()
            ])
        })
        .collect();
    let groups: BTreeMap<u32, usize> = (0..store.n_resources())
        .map(|ix| (ix, store.rows_of(ix).len()))
        .collect();
    json!([counts(store), store.counts().resources, events, groups])
}

proptest! {
    #[test]
    fn any_order_of_arrival_and_any_refresh_between_gives_the_same_store(
        (records, shuffled) in proptest::collection::vec(record(), 0..14)
            .prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())),
        cut in 0..14usize,
    ) {
        let once = held(&records);
        let mut store = store();
        for (byte, (part, record)) in shuffled.iter().enumerate() {
            let region = store.parts()[*part as usize].region.clone();
            store.append(&event(record, region.as_deref()).lend(), raw(*part, byte as u64));
            if byte == cut {
                store.refresh();
            }
        }
        store.refresh();
        prop_assert_eq!(told(&once), told(&store));
        let totals = once.counts().totals;
        prop_assert_eq!(totals.events + totals.copies, records.len() as u64);
    }
}
