//! What helps to ask and to take away, through the engine: facets, completion, exports. Over a small account of made-up
//! events, spread over ports, people and places so that names repeat and fields are missing.

use lifeline::catalogue::Catalogue;
use lifeline::coverage::Standing;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::engine::Pending;
use lifeline::protocol::Answer;
use lifeline::protocol::Column;
use lifeline::protocol::Completion;
use lifeline::protocol::ExportFormat;
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

/// Completions where the bar stands, all other things as in the filter.
fn complete_in(local: &mut Local, marked: &str, range: Option<TimeRange>) -> Vec<Completion> {
    let cursor = marked.chars().position(|c| c == '|').expect("a cursor") as u32;
    let filter = Filter {
        query: marked.replacen('|', "", 1),
        range,
        ..Filter::default()
    };
    let question = Question::Complete {
        filter,
        cursor,
        limit: 12,
    };
    match local.answer(&question).expect("an answer") {
        Answer::Complete(offered) => offered,
        other => panic!("{other:?}"),
    }
}

/// What is shown of each: text, note, count.
fn shown(offered: &[Completion]) -> Vec<(&str, &str, Option<u64>)> {
    offered
        .iter()
        .map(|c| (c.text.as_str(), c.note.as_str(), c.count))
        .collect()
}

/// `who outcome` a word, all on one day.
fn small(picture: &str) -> Local {
    let mut lines = String::new();
    for (n, word) in picture.split_whitespace().enumerate() {
        let (who, outcome) = word.split_once('/').expect("who/outcome");
        let event = serde_json::json!({
            "id": format!("e{n}"), "action": "audit-log.vsi.power-off", "outcome": outcome,
            "eventTime": format!("2026-03-{:02}T09:00:00Z", 18 + n % 2),
            "initiator": {"name": who, "id": format!("IBMid-{who}")},
            "requestData": {"port": format!("eth{}", n % 2)},
        });
        lines += &format!("{event}\n");
    }
    engine(&lines)
}

#[test]
fn values_are_counted_inside_the_other_clauses_and_then_all_that_begin_so_are_offered() {
    let mut local = small(
        "jane/failure jane/failure janitor/failure Jan/failure bob/failure james/success james/success bob/success",
    );
    let offered = complete_in(&mut local, "outcome:failure who:ja|", None);
    assert_eq!(
        shown(&offered),
        [
            ("jane", "", Some(2)),
            ("Jan", "", Some(1)),
            ("janitor", "", Some(1)),
            ("IBMid-jane", "", Some(2)),
            ("IBMid-Jan", "", Some(1)),
            ("IBMid-janitor", "", Some(1)),
            ("james", "none with outcome:failure", Some(0)),
            ("who:ja*", "any that starts so", Some(4)),
            ("-who:ja*", "leave them out", Some(1)),
        ]
    );
    assert_eq!(offered[0].query, "outcome:failure who:jane ");
    assert_eq!(offered[0].cursor, 25);
    assert_eq!(offered[8].query, "outcome:failure -who:ja* ");
    for completion in offered.iter().filter(|c| c.count.is_some()) {
        let n = matching(&mut local, &filter(&completion.query));
        assert_eq!(Some(n), completion.count, "{}", completion.query);
    }
}

#[test]
fn nothing_typed_offers_what_occurs_most_by_name() {
    let mut local = small("jane/failure bob/success bob/success");
    let offered = complete_in(&mut local, "who:|", None);
    assert_eq!(
        shown(&offered),
        [("bob", "", Some(2)), ("jane", "", Some(1))]
    );
    let offered = complete_in(&mut local, "-severity:|", None);
    assert_eq!(shown(&offered), [("none", "", Some(3))]);
    assert_eq!(offered[0].query, "-severity:none ");
}

#[test]
fn a_value_outside_the_range_says_so_and_one_that_several_clauses_hide_too() {
    let mut local = small("jane/failure jack/success bob/failure bob/success");
    let range = TimeRange::new(at("2026-03-18T00:00:00Z"), at("2026-03-19T00:00:00Z"));
    let offered = complete_in(&mut local, "who:ja|", range);
    assert_eq!(
        shown(&offered)[..3],
        [
            ("jane", "", Some(1)),
            ("IBMid-jane", "", Some(1)),
            ("jack", "none in this time range", Some(0)),
        ]
    );
    let offered = complete_in(&mut local, "outcome:success kind:vsi who:jane|", None);
    assert_eq!(
        shown(&offered)[0],
        ("jane", "none with outcome:success", Some(0))
    );
    let offered = complete_in(
        &mut local,
        "outcome:success requestData.port:eth0 who:bo|",
        None,
    );
    assert_eq!(
        shown(&offered)[0],
        ("bob", "none with the other clauses", Some(0))
    );
}

#[test]
fn names_come_before_the_values_that_a_word_may_stand_for() {
    let mut local = small("jane/failure bob/success failover-bot/success");
    let offered = complete_in(&mut local, "-fail|", None);
    assert_eq!(
        shown(&offered),
        [
            (
                "reason.reasonForFailure:",
                "why it failed, in the service's words",
                None
            ),
            ("outcome:failure", "", Some(1)),
            ("who:failover-bot", "", Some(1)),
        ]
    );
    assert_eq!(offered[1].query, "-outcome:failure ");
    let offered = complete_in(&mut local, "power|", None);
    let action = ("action:audit-log.vsi.power-off", "Power off", Some(3));
    assert_eq!(shown(&offered), [action, ("category:power", "", Some(3))]);
    let offered = complete_in(&mut local, "addr|", None);
    assert_eq!(offered[0].text, "ip:");
    let offered = complete_in(&mut local, "por|", None);
    assert_eq!(offered[0].text, "requestData.port:");
}

#[test]
fn paths_and_times_have_values_too() {
    let mut local = small("jane/failure bob/success bob/success");
    let offered = complete_in(&mut local, "outcome:success requestData.port:e|", None);
    assert_eq!(
        shown(&offered),
        [("eth0", "", Some(1)), ("eth1", "", Some(1))]
    );
    let offered = complete_in(&mut local, "outcome:success time:2026-03|", None);
    assert_eq!(
        shown(&offered),
        [("2026-03-19", "", Some(1)), ("2026-03-18", "", Some(1))]
    );
    let offered = complete_in(&mut local, "time:now-2|", None);
    assert_eq!(
        shown(&offered),
        [(">=now-24h", "the last 24 hours", Some(0))]
    );
    assert_eq!(offered[0].query, "time:>=now-24h ");
    for completion in complete_in(&mut local, "time:|", None) {
        let n = matching(&mut local, &filter(&completion.query));
        assert_eq!(Some(n), completion.count, "{}", completion.query);
    }
}

#[test]
fn a_query_that_cannot_be_read_beside_the_cursor_gives_values_without_counts() {
    let mut local = small("jane/failure bob/success");
    let offered = complete_in(&mut local, "reason:[4 who:ja|", None);
    assert_eq!(
        shown(&offered),
        [
            ("jane", "", None),
            ("IBMid-jane", "", None),
            ("who:ja*", "any that starts so", None),
            ("-who:ja*", "leave them out", None)
        ]
    );
    // A bracket that is still open is none.
    let offered = complete_in(&mut local, "outcome:failure who:(bob OR ja|", None);
    assert_eq!(shown(&offered)[0], ("jane", "", Some(1)));
    assert_eq!(
        shown(&offered).last(),
        Some(&("ja*", "any that starts so", Some(1)))
    );
}

/// File name, media type and text.
fn export(
    local: &mut Local,
    filter: &Filter,
    format: ExportFormat,
    columns: &[Column],
) -> (String, String, String) {
    let question = Question::Export {
        filter: filter.clone(),
        order: Order::default(),
        format,
        columns: columns.into(),
    };
    match local.answer(&question).expect("an answer") {
        Answer::Export {
            file_name,
            media_type,
            text,
        } => (file_name, media_type, text),
        other => panic!("{other:?}"),
    }
}

/// The cells of each line, by RFC 4180.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut signs = csv.chars().peekable();
    let mut in_quotes = false;
    while let Some(c) = signs.next() {
        let line = lines.last_mut().expect("a line");
        let cell = line.last_mut().expect("a cell");
        match c {
            '"' if in_quotes && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => line.push(String::new()),
            '\r' if !in_quotes => {
                assert_eq!(signs.next(), Some('\n'), "a line ends in CRLF");
                lines.push(vec![String::new()]);
            }
            c => cell.push(c),
        }
    }
    assert_eq!(
        lines.pop(),
        Some(vec![String::new()]),
        "the last line ends too"
    );
    lines
}

fn march() -> Option<TimeRange> {
    TimeRange::new(at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"))
}

#[test]
fn a_csv_has_pure_rows_and_each_says_where_it_came_from() {
    let mut local = small("=cmd()/success bob,\"b\"/failure -x/success");
    local.ledger.state(
        "us-south",
        TimeRange::new(at("2026-03-01T00:00:00Z"), at("2026-03-31T21:00:00Z")).expect("in order"),
        "a",
        Standing::Claimed,
    );
    let whole = Filter {
        range: march(),
        ..filter("outcome:success")
    };
    let columns = [
        Column::Time,
        Column::Action,
        Column::Initiator,
        Column::Outcome,
    ];
    let (name, media, text) = export(&mut local, &whole, ExportFormat::Csv, &columns);
    assert_eq!(name, "lifeline-events-2026-03-01-to-2026-04-01.csv");
    assert_eq!(media, "text/csv; charset=utf-8; header=present");
    let lines = cells(&text);
    assert_eq!(
        lines[0],
        [
            "id",
            "time",
            "action",
            "action_words",
            "initiator.name",
            "initiator.id",
            "outcome",
            "as_of",
            "source_note"
        ]
    );
    let note = "Exported by Lifeline. Query: outcome:success. Range: from 2026-03-01T00:00:00Z to \
        before 2026-04-01T00:00:00Z. 2 of 3 events held. Coverage: us-south: 1 time not fetched, 3 h in all.";
    assert_eq!(
        lines[1..],
        [
            [
                "e2",
                "2026-03-18T09:00:00Z",
                "audit-log.vsi.power-off",
                "Power off",
                "'-x",
                "IBMid--x",
                "success",
                "2026-03-20T11:30:00Z",
                note
            ],
            [
                "e0",
                "2026-03-18T09:00:00Z",
                "audit-log.vsi.power-off",
                "Power off",
                "'=cmd()",
                "IBMid-=cmd()",
                "success",
                "2026-03-20T11:30:00Z",
                note
            ]
        ]
    );

    local.is_demo = true;
    let (name, _, text) = export(&mut local, &filter(""), ExportFormat::Csv, &[]);
    assert_eq!(name, "lifeline-demo-events-2026-03-18-to-2026-03-19.csv");
    let lines = cells(&text);
    assert_eq!(lines.len(), 4);
    assert!(lines[1..].iter().all(|line| line[2].contains("Demo data")));
}

#[test]
fn an_ndjson_is_read_back_as_the_same_events_and_ends_with_its_statement() {
    let mut local = account();
    let whole = filter("-outcome:failure");
    let (name, _, text) = export(&mut local, &whole, ExportFormat::Ndjson, &[]);
    assert!(name.ends_with(".ndjson"), "{name}");
    let statement: serde_json::Value =
        serde_json::from_str(text.lines().last().expect("a line")).expect("JSON");
    let about = &statement["lifeline_export"];
    assert_eq!(about["events"], 192);
    assert_eq!(about["events_held"], 240);
    assert_eq!(about["unreadable"], 0);
    assert_eq!(about["demo_data"], false);
    assert_eq!(about["query"], "-outcome:failure");
    assert_eq!(about["coverage"], serde_json::json!(["not stated"]));
    assert_eq!(about["as_of"], "2026-03-20T11:30:00Z");

    let mut again = engine(&text);
    let totals = again.store.counts().totals;
    assert_eq!(
        (totals.events, totals.other_records, totals.rejected),
        (192, 1, 0)
    );
    let (_, _, second) = export(&mut again, &filter(""), ExportFormat::Ndjson, &[]);
    let events = |text: &str| {
        text.lines()
            .take(192)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(events(&second), events(&text));
}

#[test]
fn a_file_is_written_in_slices_between_which_other_questions_are_answered() {
    let picture = "jane/success bob/failure ".repeat(9_000);
    let mut local = small(&picture);
    let whole = export(&mut local, &filter(""), ExportFormat::Ndjson, &[]);
    let question = Question::Export {
        filter: filter(""),
        order: Order::default(),
        format: ExportFormat::Ndjson,
        columns: Vec::new(),
    };
    let Err(Pending::Write(mut writing)) = local.try_answer(&question) else {
        panic!("a file to write");
    };
    let mut n_slices = 1;
    while !local.step_writing(&mut writing) {
        n_slices += 1;
        let found = local.matching_rows(&filter("who:jane"));
        assert_eq!(found.expect("an answer").len(), 9_000);
    }
    assert!(n_slices > 18_000 / 1_000, "{n_slices}");
    let Answer::Export {
        file_name,
        media_type,
        text,
    } = writing.into_answer()
    else {
        panic!("a file");
    };
    assert_eq!((file_name, media_type, text), whole);
    assert_eq!(whole.2.lines().count(), 18_001);
}

#[test]
fn a_record_that_cannot_be_read_again_is_named_in_its_place() {
    struct Gone;
    impl RawText for Gone {
        fn read(&mut self, _part: u32, byte: u64, _len: u32) -> Result<Vec<u8>, RawError> {
            match byte {
                0 => Err(RawError::NotKept),
                _ => Err(RawError::Gone {
                    file: "events.ndjson".into(),
                }),
            }
        }
    }
    let mut local = small("jane/success bob/failure");
    local.raw = Box::new(Gone);
    let (_, _, text) = export(&mut local, &filter(""), ExportFormat::Ndjson, &[]);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["lifeline_unreadable"]["id"], "e0");
    assert_eq!(lines[2]["lifeline_export"]["unreadable"], 2);
}
