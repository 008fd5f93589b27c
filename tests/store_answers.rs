//! What the store answers is what a plain look at every event answers: for random events and random queries, for any
//! cut of the bytes into pieces and any order of the files.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

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
            account: event.account.as_deref().or(store.known_account()),
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

            // Each facet's counts, its own clause left out, are those of asking for each value.
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
