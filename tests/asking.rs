//! What helps to ask and to take away, through the engine: facets, completion, exports. Over a small account of made-up
//! events, spread over ports, people and places so that names repeat and fields are missing.

use lifeline::catalogue::Catalogue;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::protocol::Answer;
use lifeline::protocol::Facet;
use lifeline::protocol::FacetName;
use lifeline::protocol::Filter;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::query::facets::field_of;
use lifeline::query::facets::value_of;
use lifeline::query::language::DottedPaths;
use lifeline::query::language::Edit;
use lifeline::query::language::parse;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::source::intake::SharedText;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

struct Kept(SharedText);

impl RawText for Kept {
    fn read(&mut self, _part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        self.0.borrow_mut().read(byte, len)
    }
}

fn now() -> Timestamp {
    at("2026-03-20T12:00:00Z")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time").at
}

fn engine(lines: &str) -> Local {
    let mut store = Store::new(Catalogue::standard(), None);
    let part = Part {
        source_name: "dallas".into(),
        name: "events.ndjson".into(),
        region: Some("us-south".into()),
        asked_at: Some(at("2026-03-20T11:30:00Z")),
        ..Part::default()
    };
    let mut intake = Intake::open(&mut store, part, Keep::Always);
    intake.push(&mut store, lines.as_bytes()).expect("readable");
    let text = intake.text().expect("is kept");
    intake.finish(&mut store, None).end.expect("readable");
    store.refresh();
    Local::new(store, Box::new(Kept(text)), Clock::UTC, now)
}

/// Events whose fields repeat, differ in case, hold two addresses, are missing, or say `none` themselves.
fn account() -> Local {
    let actions = [
        "audit-log.vsi.power-off",
        "audit-log.bare-metal.power-off",
        "audit-log.vsi.rename",
        "kms.secrets.rotate",
    ];
    let names = [
        "jane@acme.example",
        "JANE@acme.example",
        "ci-bot",
        "none",
        "",
    ];
    let addresses = [
        "10.1.2.3",
        "10.1.2.3, 192.0.2.9",
        "192.0.2.0/24172",
        "none, 10.9.9.9",
        ",",
        "",
    ];
    let targets = ["web-7", "WEB-7", "-", "118723406", "a b", ""];
    let outcomes = ["success", "failure", "pending", "odd", ""];
    let mut lines = String::new();
    for n in 0..240usize {
        let mut event = serde_json::json!({
            "id": format!("e{n}"),
            "eventTime": format!("2026-03-{:02}T{:02}:00:00Z", 1 + n % 19, n % 24),
            "action": actions[n % actions.len()],
            "initiator": {
                "id": format!("IBMid-{}", n % 7),
                "name": names[n / 2 % names.len()],
                "authnName": if n % 11 == 0 { "ci-bot" } else { "" },
                "host": {"address": addresses[n / 3 % addresses.len()]},
                "credential": {"type": if n % 3 == 0 { "token" } else { "apikey" }},
            },
            "target": {
                "id": format!("{}", 118_723_400 + n % 9),
                "name": targets[n / 5 % targets.len()],
            },
            "reason": {"reasonCode": 200 + n % 4},
            "requestData": {"port": format!("eth{}", n % 2)},
        });
        if n % 13 == 0 {
            event["initiator"] = serde_json::json!({});
        }
        if !outcomes[n % outcomes.len()].is_empty() {
            event["outcome"] = outcomes[n % outcomes.len()].into();
        }
        if n % 6 == 0 {
            event["severity"] = "Warning".into();
        }
        if n % 17 == 0 {
            event["logSourceCRN"] = "crn:v1:bluemix:public:is:dal10:a/one::instance:x".into();
        }
        if n % 31 == 0 {
            event["logSourceCRN"] = "crn:v1:bluemix:public:is:eu-de:a/two::instance:x".into();
        }
        lines += &format!("{event}\n");
    }
    engine(&lines)
}

fn filter(query: &str) -> Filter {
    Filter {
        query: query.into(),
        ..Filter::default()
    }
}

fn facet(local: &mut Local, name: FacetName, filter: &Filter, most: u32, search: &str) -> Facet {
    let question = Question::Facets {
        filter: filter.clone(),
        names: vec![name],
        values: most,
        search: search.into(),
    };
    match local.answer(&question).expect("an answer") {
        Answer::Facets(mut facets) => facets.remove(0),
        other => panic!("{other:?}"),
    }
}

fn matching(local: &mut Local, filter: &Filter) -> u64 {
    let question = Question::Page {
        filter: filter.clone(),
        order: Order::default(),
        first: 0,
        count: 0,
    };
    match local.answer(&question).expect("an answer") {
        Answer::Page(page) => page.total,
        other => panic!("{other:?}"),
    }
}

const FACETS: [FacetName; 13] = [
    FacetName::Outcome,
    FacetName::Category,
    FacetName::Action,
    FacetName::Initiator,
    FacetName::Kind,
    FacetName::Target,
    FacetName::Region,
    FacetName::Account,
    FacetName::Address,
    FacetName::Severity,
    FacetName::Reason,
    FacetName::Credential,
    FacetName::Source,
];

#[test]
fn adding_the_clause_of_a_facets_value_gives_exactly_its_count() {
    let mut local = account();
    let range = TimeRange::new(at("2026-03-03T00:00:00Z"), at("2026-03-15T00:00:00Z"));
    for query in [
        "",
        "outcome:failure",
        "-outcome:(failure OR none) who:jane@acme.example",
        "requestData.port:eth1 -ip:10.1.2.3",
        "account:a/one what:none reason:(200 OR 201)",
    ] {
        for range in [None, range] {
            let whole = Filter {
                range,
                ..filter(query)
            };
            for name in FACETS {
                let subject = field_of(name);
                let listed = facet(&mut local, name, &whole, 1_000, "");
                assert_eq!(listed.distinct as usize, listed.values.len());
                let rest = parse(query, &DottedPaths).expect(query).query;
                let rest = rest.without(&subject).to_string();
                for value in &listed.values {
                    let edit = Edit::Add(subject.clone(), value_of(&value.value));
                    let text = edit.apply(&rest, &DottedPaths).expect("a query");
                    let with = Filter {
                        query: text,
                        ..whole.clone()
                    };
                    let n = matching(&mut local, &with);
                    assert_eq!(n, value.count, "{name:?} {value:?} in {}", with.query);
                }
            }
        }
    }
}

#[test]
fn every_event_is_called_something_in_each_facet_and_none_is_a_value() {
    let mut local = account();
    for name in FACETS {
        let values = facet(&mut local, name, &filter(""), 1_000, "").values;
        let clauses: Vec<String> = values
            .iter()
            .map(|value| {
                let edit = Edit::Add(field_of(name), value_of(&value.value));
                edit.apply("", &DottedPaths).expect("a query")
            })
            .collect();
        assert_eq!(
            matching(&mut local, &filter(&clauses.join(" OR "))),
            240,
            "{name:?}"
        );
    }
    let outcomes = facet(&mut local, FacetName::Outcome, &filter(""), 1_000, "").values;
    let named: Vec<_> = outcomes
        .iter()
        .map(|v| (v.value.as_str(), v.label.as_str(), v.count))
        .collect();
    assert_eq!(
        named,
        [
            ("failure", "Failure", 48),
            ("none", "No outcome", 48),
            ("pending", "Pending", 48),
            ("success", "Success", 48),
            ("unknown", "Unknown", 48)
        ]
    );
}

#[test]
fn what_is_chosen_or_left_out_stays_listed_whatever_its_count_and_the_limit() {
    let mut local = account();
    let query = "who:(nobody OR IBMid-3) -outcome:failure -who:\"ci-bot\" account:a/one";
    let initiators = facet(&mut local, FacetName::Initiator, &filter(query), 1, "");
    let named: Vec<_> = initiators
        .values
        .iter()
        .filter(|v| v.is_chosen || v.is_excluded)
        .map(|v| (v.value.as_str(), v.is_chosen, v.is_excluded))
        .collect();
    let mut sorted = named.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            ("IBMid-3", true, false),
            ("ci-bot", false, true),
            ("nobody", true, false)
        ]
    );
    assert!(initiators.values.len() <= 4 && initiators.distinct > 4);
    let last = initiators.values.last().expect("some");
    assert_eq!((last.value.as_str(), last.count), ("nobody", 0));

    let accounts = facet(&mut local, FacetName::Account, &filter(query), 9, "");
    let chosen: Vec<_> = accounts.values.iter().filter(|v| v.is_chosen).collect();
    assert_eq!(chosen.len(), 1);
    assert_eq!(chosen[0].value, "one");
    let edit = Edit::Toggle(field_of(FacetName::Account), value_of("one"));
    let text = edit.apply(query, &DottedPaths).expect("a query");
    assert!(!text.contains("account"), "{text}");
}

#[test]
fn a_facet_can_be_searched_by_value_by_words_and_by_id() {
    let mut local = account();
    let mut found = |name, search| {
        let facet = facet(&mut local, name, &filter(""), 2, search);
        let values: Vec<_> = facet
            .values
            .into_iter()
            .map(|v| (v.value, v.label))
            .collect();
        (values, facet.distinct)
    };
    let text = |value: &str, label: &str| (value.to_owned(), label.to_owned());
    let (actions, n) = found(FacetName::Action, "POWER o");
    assert_eq!(n, 2);
    assert_eq!(
        actions,
        [
            text("audit-log.bare-metal.power-off", "Power off (bare-metal)"),
            text("audit-log.vsi.power-off", "Power off (vsi)"),
        ]
    );
    // Ids stay out of the list until they are looked for.
    let (ids, n) = found(FacetName::Initiator, "ibmid-");
    assert_eq!((ids.len(), n), (2, 7));
    assert_eq!(found(FacetName::Reason, "xyz").1, 0);
}
