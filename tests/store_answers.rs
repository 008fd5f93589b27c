//! What the store answers is what a plain look at every event answers: for random events and random queries, for any
//! cut of the bytes into pieces and any order of the files.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(
    clippy::disallowed_methods,
    reason = "what ours is held against is the standard library's"
)]

use lifeline::cadf::Event;
use lifeline::cadf::Location;
use lifeline::catalogue::Catalogue;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::engine::summary_text;
use lifeline::envelope::Context;
use lifeline::envelope::reread;
use lifeline::protocol::Answer;
use lifeline::protocol::Column;
use lifeline::protocol::FacetName;
use lifeline::protocol::Filter;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::protocol::Step;
use lifeline::query::filter::Held;
use lifeline::query::language;
use lifeline::query::language::EventFields;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;

/// Every part's whole text.
struct Texts(Vec<Vec<u8>>);

impl RawText for Texts {
    fn read(&mut self, part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        let text = self.0.get(part as usize).ok_or(RawError::NotKept)?;
        let from = byte as usize;
        let text = text.get(from..from + len as usize);
        text.map(<[u8]>::to_vec).ok_or(RawError::NotKept)
    }
}

const REGIONS: [Option<&str>; 2] = [None, Some("eu-de")];

fn now() -> Timestamp {
    Timestamp::from_secs(1_772_400_000)
}

/// Each file's records as lines, read in pieces of `piece` bytes, in the order given.
fn local(files: &[(usize, &[Value])], piece: usize) -> Local {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut texts = Vec::new();
    for (region, records) in files {
        let text: String = records.iter().map(|record| format!("{record}\n")).collect();
        let part = Part {
            source_name: format!("source {region}"),
            name: format!("{region}.ndjson"),
            region: REGIONS[*region].map(str::to_owned),
            ..Part::default()
        };
        let mut intake = Intake::open(&mut store, part, Keep::Never);
        for piece in text.as_bytes().chunks(piece.max(1)) {
            intake.push(&mut store, piece).unwrap();
        }
        intake.finish(&mut store, None).end.unwrap();
        texts.push(text.into_bytes());
    }
    store.refresh();
    Local::new(store, Box::new(Texts(texts)), Clock::UTC, now)
}

/// Records whose values meet those of the queries below, with some of what real ones do: odd case, escapes, letters
/// beyond ASCII, numbers, lists, empty texts, missing members.
fn record() -> impl Strategy<Value = Value> {
    let action = prop_oneof![
        Just("audit-log.vsi.power-off"),
        Just("audit-log.vsi.provision"),
        Just("audit-log.vsi-port.disable"),
        Just("is.instance.instance.create"),
        Just("kms.secrets.rotate"),
    ];
    let outcome = prop_oneof![
        Just(json!("success")),
        Just(json!("failure")),
        Just(json!("pending")),
        Just(json!("odd")),
        Just(Value::Null)
    ];
    let name = prop_oneof![
        Just(json!("Jane")),
        Just(json!("jane doe")),
        Just(json!("ci-bot")),
        Just(json!("K\u{e4}the \"k\"")),
        Just(json!("")),
        Just(Value::Null)
    ];
    let address = prop_oneof![
        Just(json!("10.0.0.7")),
        Just(json!("192.0.2.1, 10.1.2.3")),
        Just(json!("CSE")),
        Just(Value::Null)
    ];
    let reason = prop_oneof![
        Just(json!(403)),
        Just(json!("409")),
        Just(json!(200)),
        Just(Value::Null)
    ];
    let data = prop_oneof![
        Just(json!({"port": "eth0"})),
        Just(json!({"ports": [{"port": "eth1", "speed": 1000}, {"port": "eth0"}]})),
        Just(json!("{\"port\": \"eth0\", \"note\": \"Jane\"}")),
        Just(json!({"speed": 1.5, "none": null, "on": true})),
        Just(Value::Null)
    ];
    let target = prop_oneof![
        Just(json!({"id": "118", "name": "web-7"})),
        Just(json!({"id": "crn:v1:bluemix:public:is:us-south-1:a/one::instance:i1", "name": "-"})),
        Just(json!({"name": "web-7"})),
        Just(json!({"id": "*"})),
    ];
    let id = prop_oneof![Just(Value::Null), "[abc]".prop_map(Value::from)];
    let source = prop_oneof![
        Just(Value::Null),
        Just(json!("crn:v1:bluemix:public:is:dal10:a/one::instance:x")),
        Just(json!("crn:v1:bluemix:public:is:eu-gb-2:a/two::instance:x")),
    ];
    (
        (action, outcome, name, address, reason),
        (data, target, id, source, 0..4u32, any::<bool>()),
    )
        .prop_map(
            |(
                (action, outcome, name, address, reason),
                (data, target, id, source, hour, is_dated),
            )| {
                let mut record = json!({
                    "action": action,
                    "initiator": {"id": "IBMid-1", "name": name, "host": {"address": address}},
                    "target": target,
                    "reason": {"reasonCode": reason, "reasonType": "Forbidden"},
                    "requestData": data,
                    "message": format!("{action} of JANE"),
                    "dataEvent": hour == 0,
                });
                let mut put = |key: &str, value: Value| {
                    if !value.is_null() {
                        record[key] = value;
                    }
                };
                put("outcome", outcome);
                put("id", id);
                put("logSourceCRN", source);
                if is_dated {
                    put("eventTime", json!(format!("2026-03-01T0{hour}:30:00Z")));
                }
                record
            },
        )
}

const TERMS: [&str; 44] = [
    "outcome:failure",
    "outcome:none",
    "outcome:(success OR odd)",
    "action:audit-log.vsi*",
    "action:*disable",
    "who:jane",
    "who:\"Jane doe\"",
    "who:none",
    "initiator.name:*",
    "initiator.name:none",
    "initiator.name:*k*",
    "ip:10.0.0.0/8",
    "ip:CSE",
    "ip:none",
    "reason:>=400",
    "reason:[200 TO 403]",
    "reason:409",
    "what:web-7",
    "what:none",
    "target.id:*instance*",
    "kind:vsi",
    "kind:other",
    "category:power",
    "region:us-south",
    "region:unknown",
    "location:dal10",
    "account:a/one",
    "account:none",
    "source.region:eu-de",
    "time:2026-03-01T01",
    "time:>=2026-03-01T02",
    "time:*",
    "requestData.port:eth0",
    "requestData.ports.speed:>=1000",
    "requestData.port:*",
    "requestData.speed:1.5",
    "requestData.on:true",
    "message:/JANE$/",
    "jane",
    "käthe",
    "\"k\\\"\"",
    "/E[Tt]h\\d/",
    "dataEvent:true",
    "id:a",
];

fn query() -> impl Strategy<Value = String> {
    let term = proptest::sample::select(&TERMS[..]).prop_map(str::to_owned);
    term.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            inner.prop_map(|a| format!("NOT {a}")),
        ]
    })
}

/// The ids and contents of the events that match, by a plain look at each event that the store holds.
fn plainly(local: &Local, texts: &[Vec<u8>], filter: &Filter) -> Vec<u32> {
    let store = &local.store;
    let held = Held(store.paths());
    let query = language::parse(&filter.query, &held).unwrap().query;
    let moment = local.moment(filter.zone);
    let mut matching = Vec::new();
    let known_account = store.known_account();
    for row in store.by_time() {
        let event = event_of(store, texts, row);
        let part = &store.parts()[store.rows().part(row as usize) as usize];
        let location = Location::of(
            event.log_source_crn.as_deref(),
            event.target.id.as_deref(),
            part.region.as_deref(),
        );
        let fields = EventFields {
            event: &event,
            location: &location,
            kind: store.kind_of(row),
            category: Some(store.catalogue().category(&event.action).name()),
            account: event.account.as_deref().or(known_account.as_deref()),
            source_region: part.region.as_deref(),
        };
        let is_in_range = filter
            .range
            .is_none_or(|range| event.event_time.at.is_some_and(|at| range.contains(at)));
        if is_in_range && query.matches(&fields, &moment) {
            matching.push(row);
        }
    }
    matching
}

fn event_of(store: &Store, texts: &[Vec<u8>], row: u32) -> Event {
    let raw = store.rows().raw(row as usize);
    let text = &texts[raw.part as usize][raw.byte as usize..][..raw.len as usize];
    let context = Context {
        source_region: store.parts()[raw.part as usize].region.clone(),
        file_name: String::new(),
    };
    reread(text, raw.nth as u16, &context).unwrap()
}

fn texts(files: &[(usize, &[Value])]) -> Vec<Vec<u8>> {
    let lines = |records: &&[Value]| -> String {
        records.iter().map(|record| format!("{record}\n")).collect()
    };
    files
        .iter()
        .map(|(_, records)| lines(records).into_bytes())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_store_answers_as_a_plain_look_at_every_event(
        one in proptest::collection::vec(record(), 0..20),
        two in proptest::collection::vec(record(), 0..20),
        queries in proptest::collection::vec(query(), 1..6),
        hours in proptest::option::of((0..4i64, 0..4i64)),
    ) {
        let files = [(0, one.as_slice()), (1, two.as_slice())];
        let mut local = local(&files, 1 << 20);
        let texts = texts(&files);
        let start = Timestamp::parse("2026-03-01T00:00:00Z").unwrap().at;
        let hour = |n: i64| start.plus_nanos(n * 3_600_000_000_000);
        let range = hours.and_then(|(from, to)| TimeRange::new(hour(from), hour(to)));
        for query in queries {
            let filter = Filter { query: query.clone(), range, ..Filter::default() };
            let expected = plainly(&local, &texts, &filter);
            let question = Question::Page {
                filter: filter.clone(),
                order: Order { by: Column::Time, ascending: true },
                first: 0,
                count: 1000,
            };
            let Answer::Page(page) = local.answer(&question).unwrap() else {
                panic!("another answer");
            };
            let rows: Vec<u32> = page.rows.iter().map(|row| row.row.0).collect();
            prop_assert_eq!(&rows, &expected, "{}", query);

            let question = Question::Overview { filter: filter.clone(), domain: None, bins: 7 };
            let Answer::Overview(overview) = local.answer(&question).unwrap() else {
                panic!("another answer");
            };
            prop_assert_eq!(overview.matching, expected.len() as u64);
            let dated = local.store.events().count_in(local.store.dated());
            let drawn: u32 = overview.bins.iter().map(|bin| {
                bin.success + bin.failure + bin.pending + bin.other + bin.hidden + bin.hidden_failure
            }).sum();
            prop_assert_eq!(u64::from(drawn), dated, "every dated event is drawn once");

            // Each facet's counts, its own clause left out, are those of asking for each value, also while a range is
            // dragged over the same events.
            let dragged = [range, TimeRange::new(hour(0), hour(2)), TimeRange::new(hour(1), hour(4))];
            for range in dragged {
                let filter = Filter { range, ..filter.clone() };
                let question = Question::Facets {
                    filter: filter.clone(),
                    names: vec![FacetName::Outcome, FacetName::Kind, FacetName::Region],
                    values: 100,
                    search: String::new(),
                };
                let Answer::Facets(facets) = local.answer(&question).unwrap() else {
                    panic!("another answer");
                };
                for facet in facets {
                    let subject = lifeline::query::facets::field_of(facet.name);
                    let parsed = language::parse(&filter.query, &Held(local.store.paths())).unwrap();
                    let others = match parsed.query.without(&subject).to_string() {
                        all if all.is_empty() => all,
                        others => format!("({others})"),
                    };
                    for value in facet.values {
                        let asked = format!("{others} {}:{}", subject.name(), value.value);
                        let asked = Filter { query: asked, ..filter.clone() };
                        let n = plainly(&local, &texts, &asked).len() as u64;
                        prop_assert_eq!(value.count, n, "{:?} {}", facet.name, value.value);
                    }
                }
            }
        }
    }

    #[test]
    fn a_sorted_page_is_a_piece_of_all_that_matches_in_order(
        records in proptest::collection::vec(record(), 0..40),
        query in query(),
        ascending in any::<bool>(),
        first in 0..30u64,
        count in 0..12u32,
    ) {
        let files = [(0, records.as_slice())];
        let mut local = local(&files, 1 << 20);
        let filter = Filter { query, ..Filter::default() };
        let by_time = plainly(&local, &texts(&files), &filter);
        let place = |row: u32| by_time.iter().position(|&held| held == row).unwrap();
        for by in [Column::Time, Column::Outcome, Column::Initiator, Column::Region, Column::Address, Column::Reason] {
            let page = |local: &mut Local, first, count| {
                let order = Order { by, ascending };
                let question = Question::Page { filter: filter.clone(), order, first, count };
                match local.answer(&question).unwrap() {
                    Answer::Page(page) => page,
                    other => panic!("{other:?}"),
                }
            };
            let whole = page(&mut local, 0, 1000);
            let rows: Vec<u32> = whole.rows.iter().map(|row| row.row.0).collect();
            let key = |at: usize| {
                let row = &whole.rows[at];
                let word = match by {
                    Column::Time => String::new(),
                    Column::Outcome => (row.outcome as u8).to_string(),
                    Column::Initiator => row.initiator.to_lowercase(),
                    Column::Region => row.region.clone(),
                    Column::Address => row.address.to_lowercase(),
                    _ => row.reason.clone(),
                };
                (word.is_empty(), word)
            };
            for at in 1..rows.len() {
                let (a, b) = (key(at - 1), key(at));
                let is_newer = place(rows[at - 1]) > place(rows[at]);
                let in_order = match (a.0, b.0) {
                    (true, false) => by == Column::Time,
                    (false, true) => true,
                    _ if a.1 == b.1 => is_newer != (by == Column::Time && ascending),
                    _ => (a.1 < b.1) == ascending,
                };
                prop_assert!(in_order, "{:?} {:?} before {:?}", by, a, b);
            }
            let mut all = rows.clone();
            all.sort_unstable_by_key(|&row| place(row));
            prop_assert_eq!(&all, &by_time);

            let piece = page(&mut local, first, count);
            let from = (first as usize).min(rows.len());
            let to = rows.len().min(from + count as usize);
            let shown: Vec<u32> = piece.rows.iter().map(|row| row.row.0).collect();
            prop_assert_eq!(&shown, &rows[from..to]);

            // Where each stands, and the next failure from it, as by walking along.
            for (at, row) in whole.rows.iter().enumerate() {
                let question = Question::Step {
                    filter: filter.clone(),
                    order: Order { by, ascending },
                    from: Some(row.row),
                    step: Step::Failure,
                    backward: false,
                };
                let Answer::Stepped(stepped) = local.answer(&question).unwrap() else {
                    panic!("another answer");
                };
                let is_failure = |row: &&lifeline::protocol::RowView| row.outcome == lifeline::cadf::Outcome::Failure;
                let next = whole.rows[at + 1..].iter().find(is_failure).map(|row| row.row);
                prop_assert_eq!(stepped.as_ref().map(|stepped| stepped.row), next);
                let number = next.and_then(|next| rows.iter().position(|&row| row == next.0));
                prop_assert_eq!(stepped.and_then(|stepped| stepped.position), number.map(|n| n as u64));
            }
        }
    }

    #[test]
    fn any_cut_of_the_bytes_and_any_order_of_files_gives_the_same_summary(
        one in proptest::collection::vec(record(), 0..12),
        two in proptest::collection::vec(record(), 0..12),
        piece in 1..200usize,
    ) {
        let files = [(0, one.as_slice()), (1, two.as_slice())];
        let turned = [(1, two.as_slice()), (0, one.as_slice())];
        let whole = summary_text(&local(&files, 1 << 20).store);
        prop_assert_eq!(&whole, &summary_text(&local(&files, piece).store));
        prop_assert_eq!(&whole, &summary_text(&local(&turned, 1 << 20).store));
    }
}
