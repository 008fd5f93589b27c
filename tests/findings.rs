//! Findings as views get them: firm or suspected by what is proven read, counted and listed over an account.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use lifeline::catalogue::Catalogue;
use lifeline::coverage::Standing;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::findings::FindingKind;
use lifeline::findings::OperationStanding;
use lifeline::findings::Severity;
use lifeline::protocol::Answer;
use lifeline::protocol::Filter;
use lifeline::protocol::Findings;
use lifeline::protocol::FleetSort;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::LaneKey;
use lifeline::protocol::LaneSort;
use lifeline::protocol::Lanes;
use lifeline::protocol::Question;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use serde_json::Value;
use serde_json::json;

/// Nothing that is asked here reads a record again.
struct NoText;

impl RawText for NoText {
    fn read(&mut self, _: u32, _: u64, _: u32) -> Result<Vec<u8>, RawError> {
        Err(RawError::Unreadable {
            what: "no text is kept".to_owned(),
        })
    }
}

fn local(events: &[Value]) -> Local {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
    for event in events {
        let line = format!("{event}\n");
        intake.push(&mut store, line.as_bytes()).unwrap();
    }
    intake.finish(&mut store, None).end.unwrap();
    store.refresh();
    Local::new(store, Box::new(NoText), Clock::UTC, || {
        Timestamp::from_secs(0)
    })
}

/// `day hour`, such as `3 10`, in March 2026.
fn at(day: i64, hour: i64) -> Timestamp {
    let start = Timestamp::parse("2026-03-01T00:00:00Z").unwrap().at;
    start.plus_nanos(((day - 1) * 24 + hour) * 3_600_000_000_000)
}

fn event(id: &str, when: Timestamp, action: &str, outcome: &str, server: &str) -> Value {
    json!({
        "eventTime": when.to_string(),
        "action": format!("audit-log.vsi.{action}"),
        "outcome": outcome,
        "id": id,
        "reason": {"reasonCode": if outcome == "failure" { 403 } else { 200 }},
        "initiator": {"id": "IBMid-jane", "name": "jane", "credential": {"type": "token"}, "host": {"address": "10.1.2.3"}},
        "target": {"id": server, "name": format!("web-{server}"), "typeURI": "audit-log/vsi"},
        "logSourceCRN": "crn:v1:bluemix:public:audit-log:us-south:a/1:::",
    })
}

/// Off on the 2nd, off again on the 4th, of server 1; of server 2 a refusal and then force.
fn account() -> Vec<Value> {
    let mut forced = event("forced", at(5, 11), "force-power-off", "success", "2");
    forced["initiator"]["credential"]["type"] = json!("apikey");
    vec![
        event("off", at(2, 10), "power-off", "success", "1"),
        event("again", at(4, 10), "power-off", "success", "1"),
        event("refused", at(5, 10), "soft-power-off", "failure", "2"),
        forced,
        event("late", at(20, 10), "reboot", "success", "3"),
    ]
}

fn proven(local: &mut Local, days: &[(i64, i64)]) {
    for (from, to) in days {
        let range = TimeRange::new(at(*from, 0), at(*to, 0)).unwrap();
        let by = format!("{from}.ndjson");
        local.ledger.state("us-south", range, &by, Standing::Proven);
    }
}

fn all() -> Question {
    Question::Findings {
        filter: Filter::default(),
        kinds: Vec::new(),
        least: Severity::Info,
        firm_only: false,
        first: 0,
        count: 50,
    }
}

fn findings(local: &mut Local, question: &Question) -> Findings {
    match local.answer(question) {
        Ok(Answer::Findings(findings)) => findings,
        other => panic!("{other:?}"),
    }
}

fn history(local: &mut Local, id: &str) -> HistoryPage {
    let question = Question::History {
        id: id.to_owned(),
        kind: None,
    };
    match local.answer(&question) {
        Ok(Answer::History(page)) => *page,
        other => panic!("{other:?}"),
    }
}

fn lanes(local: &mut Local, by: LaneKey, sort: LaneSort) -> Lanes {
    let question = Question::Lanes {
        filter: Filter::default(),
        window: TimeRange::new(at(1, 0), at(31, 0)).unwrap(),
        by,
        sort,
        first: 0,
        count: 50,
        slots: 100,
        find: String::new(),
    };
    match local.answer(&question) {
        Ok(Answer::Lanes(lanes)) => lanes,
        other => panic!("{other:?}"),
    }
}

fn judge(local: &mut Local) {
    let judged = local.answer(&Question::Judge);
    assert!(matches!(judged, Ok(Answer::Judged(2))), "{judged:?}");
}

#[test]
fn a_finding_is_firm_only_where_all_it_rests_on_is_proven_read() {
    for (days, is_firm) in [
        (&[(1, 10)][..], true),
        (&[(1, 3), (3, 10)], true),
        (&[(1, 3), (4, 10)], false),
        (&[(3, 10)], false),
    ] {
        let mut local = local(&account());
        proven(&mut local, days);
        let found = findings(&mut local, &all());
        let off = found
            .rows
            .iter()
            .find(|one| one.kind == FindingKind::UnexpectedTransition);
        let off = off.unwrap();
        assert_eq!(off.is_firm, is_firm, "{days:?}");
        let word = if is_firm { "Firm" } else { "Suspected" };
        assert!(
            off.why.starts_with(word) && off.why.contains("us-south"),
            "{}",
            off.why
        );
    }
}

#[test]
fn where_nothing_says_what_was_fetched_every_finding_is_suspected() {
    let found = findings(&mut local(&account()), &all());
    assert_eq!(found.total, 2);
    assert!(!found.coverage_stated && found.rows.iter().all(|one| !one.is_firm));
    assert!(
        found.rows[0].why.contains("nothing states"),
        "{}",
        found.rows[0].why
    );
}

#[test]
fn another_region_s_proof_proves_nothing() {
    let mut local = local(&account());
    let range = TimeRange::new(at(1, 0), at(31, 0)).unwrap();
    local.ledger.state("eu-de", range, "a", Standing::Proven);
    assert!(
        findings(&mut local, &all())
            .rows
            .iter()
            .all(|one| !one.is_firm)
    );
}

#[test]
fn the_account_s_findings_are_listed_newest_first_in_words() {
    let found = findings(&mut local(&account()), &all());
    let words: Vec<&str> = found.rows.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "1 refusal of soft power off (403), then success 1 h later with another credential (apikey) and a stronger act (force power off), by the same person, jane.",
            "Power off by jane succeeded while power was off since power off by jane 48 h before: a power on in between is not recorded.",
        ]
    );
    let resource = found.rows[1].resource.as_ref().unwrap();
    assert_eq!(
        (resource.label.as_str(), found.rows[1].n_events),
        ("web-1", 2)
    );
    assert_eq!(found.by_kind.iter().map(|one| one.n).sum::<u32>(), 2);
}

#[test]
fn kinds_severity_query_and_range_narrow_the_list() {
    let mut local = local(&account());
    let narrowed = |change: &dyn Fn(&mut Filter, &mut Vec<FindingKind>, &mut Severity)| {
        let (mut filter, mut kinds, mut least) = (Filter::default(), Vec::new(), Severity::Info);
        change(&mut filter, &mut kinds, &mut least);
        Question::Findings {
            filter,
            kinds,
            least,
            firm_only: false,
            first: 0,
            count: 50,
        }
    };
    let high = narrowed(&|_, _, least| *least = Severity::High);
    assert_eq!(findings(&mut local, &high).total, 1);
    let of_kind = narrowed(&|_, kinds, _| kinds.push(FindingKind::UnexpectedTransition));
    let of_kind = findings(&mut local, &of_kind);
    assert_eq!((of_kind.total, of_kind.by_kind.len()), (1, 2));
    let of_server = narrowed(&|filter, _, _| filter.query = "what:web-2".to_owned());
    assert_eq!(
        findings(&mut local, &of_server).rows[0].kind,
        FindingKind::RefusedThenDone
    );
    let of_day = narrowed(&|filter, _, _| filter.range = TimeRange::new(at(4, 0), at(5, 0)));
    assert_eq!(findings(&mut local, &of_day).total, 1);
    let firm = Question::Findings {
        filter: Filter::default(),
        kinds: Vec::new(),
        least: Severity::Info,
        firm_only: true,
        first: 0,
        count: 50,
    };
    assert_eq!(findings(&mut local, &firm).total, 0);
}

#[test]
fn fleet_and_lanes_count_findings_once_the_account_is_judged() {
    let mut local = local(&account());
    proven(&mut local, &[(1, 5)]);
    assert!(!lanes(&mut local, LaneKey::Resource, LaneSort::Name).is_judged);
    judge(&mut local);
    let shown = lanes(&mut local, LaneKey::Resource, LaneSort::Name);
    let found = |lane: usize| &shown.lanes[lane].findings;
    assert!(shown.is_judged && found(2).is_empty());
    assert_eq!((found(0).len(), found(0)[0].is_firm), (1, true));
    assert_eq!((found(1).len(), found(1)[0].severity), (1, Severity::High));
    let by_person = lanes(&mut local, LaneKey::Initiator, LaneSort::MostFindings);
    assert_eq!(by_person.lanes[0].findings.len(), 2);

    let question = Question::Fleet {
        filter: Filter::default(),
        at: at(30, 0),
        strip: TimeRange::new(at(1, 0), at(31, 0)).unwrap(),
        include_ended: true,
        sort: FleetSort::Name,
        descending: false,
        find: String::new(),
        first: 0,
        count: 10,
    };
    let Ok(Answer::Fleet(fleet)) = local.answer(&question) else {
        panic!("a fleet");
    };
    let counts: Vec<_> = fleet
        .rows
        .iter()
        .map(|row| (row.n_firm, row.n_suspected))
        .collect();
    assert_eq!(
        (fleet.is_judged, counts),
        (true, vec![(1, 0), (0, 1), (0, 0)])
    );
}

#[test]
fn lanes_with_most_findings_come_first_when_asked_for() {
    let mut events = account();
    events.push(event("third", at(6, 10), "power-off", "success", "2"));
    events.push(event("fourth", at(7, 10), "power-off", "success", "2"));
    let shown = lanes(
        &mut local(&events),
        LaneKey::Resource,
        LaneSort::MostFindings,
    );
    let labels: Vec<&str> = shown.lanes.iter().map(|lane| lane.label.as_str()).collect();
    assert_eq!(labels, ["web-2", "web-1", "web-3"]);
}

#[test]
fn a_resource_s_page_has_its_findings_before_the_account_is_judged() {
    let mut local = local(&account());
    let page = history(&mut local, "1");
    assert_eq!((page.is_judged, page.findings.len()), (false, 1));
    judge(&mut local);
    let judged = history(&mut local, "1");
    assert_eq!((judged.is_judged, &judged.findings), (true, &page.findings));
    let rows: Vec<_> = page.events.iter().map(|mark| mark.row).collect();
    // Newest first in the page, oldest first in the finding.
    assert_eq!(page.findings[0].rows, [rows[1], rows[0]]);
    assert_eq!(page.findings[0].beside, rows[0]);
}

#[test]
fn a_page_tells_requests_completions_and_which_events_are_one_act() {
    let mut events = vec![
        event("asked", at(2, 10), "reload", "pending", "1"),
        event("done", at(2, 11), "reload", "success", "1"),
        event("lost", at(3, 10), "reboot", "pending", "1"),
        event("end", at(9, 10), "rename", "success", "2"),
    ];
    for event in &mut events[..2] {
        event["correlationId"] = json!("one-act");
    }
    let page = history(&mut local(&events), "1");
    let standings: Vec<_> = page.operations.iter().map(|one| one.standing).collect();
    assert_eq!(
        standings,
        [OperationStanding::Paired, OperationStanding::NeverCompleted]
    );
    assert_eq!(page.operations[0].nanos, Some(3_600_000_000_000));
    // Newest first: lost, done, asked.
    assert_eq!((page.folds.len(), page.folds[0].head), (1, 1));
    assert_eq!(page.folds[0].parts, [2]);
    let kinds: Vec<_> = page.findings.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [FindingKind::MissingCompletion]);
}

#[test]
fn a_completion_whose_like_are_asked_for_misses_its_request() {
    let mut events = Vec::new();
    for n in 0..9 {
        for outcome in ["pending", "success"] {
            let id = format!("{n} {outcome}");
            let mut event = event(&id, at(2 + n, 10), "reload", outcome, &n.to_string());
            event["correlationId"] = json!(format!("act {n}"));
            events.push(event);
        }
    }
    events.push(event("alone", at(12, 10), "reload", "success", "77"));
    events.push(event("refused", at(13, 10), "reload", "failure", "78"));
    let found = findings(&mut local(&events), &all());
    let alone: Vec<_> = found
        .rows
        .iter()
        .map(|one| (one.kind, one.words.as_str()))
        .collect();
    assert_eq!(
        alone,
        [(
            FindingKind::MissingRequest,
            "Reload by jane is recorded as done, and nothing records that it was asked for; 9 of 9 others of this action are."
        )]
    );
    // Two alone among nine pairs: the action isn't one that is recorded with its requests.
    events.push(event("too", at(14, 10), "reload", "success", "79"));
    assert_eq!(findings(&mut local(&events), &all()).total, 0);
}

#[test]
fn who_is_new_to_the_account_is_told_once_with_the_baseline() {
    let start = Timestamp::parse("2026-01-01T00:00:00Z").unwrap().at;
    let hours = |n: i64| start.plus_nanos(n * 8 * 3_600_000_000_000);
    let mut events: Vec<Value> = (0..120)
        .map(|n| event(&format!("e{n:03}"), hours(n), "reboot", "success", "1"))
        .collect();
    let mut new = event("new", hours(121), "reboot", "success", "1");
    new["initiator"] = json!({"id": "IBMid-bob", "name": "bob", "host": {"address": "10.1.2.3"}});
    events.push(new);
    let found = findings(&mut local(&events), &all());
    let words: Vec<&str> = found.rows.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(
        words,
        ["First event in this account by bob in 40 days 8 h of record (120 events before it)."]
    );
    // The first of all that was fetched is the start of the baseline, which is all proven or not.
    let mut local = local(&events);
    let whole = TimeRange::new(hours(0), hours(122)).unwrap();
    local.ledger.state("us-south", whole, "a", Standing::Proven);
    assert!(findings(&mut local, &all()).rows[0].is_firm);
    local.ledger.state(
        "eu-de",
        TimeRange::new(hours(0), hours(9)).unwrap(),
        "b",
        Standing::Proven,
    );
    assert!(!findings(&mut local, &all()).rows[0].is_firm);
}

#[test]
fn findings_are_the_same_in_any_order_of_arrival_and_with_copies() {
    let events = account();
    let mut other: Vec<Value> = events.iter().rev().cloned().collect();
    other.extend(events.iter().cloned());
    let keys = |events: &[Value]| -> Vec<(String, String)> {
        let found = findings(&mut local(events), &all());
        let rows = found.rows.into_iter();
        rows.map(|one| (one.key, one.words)).collect()
    };
    assert_eq!(keys(&events), keys(&other));
}
