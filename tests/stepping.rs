//! Finding an event and stepping from it, through the engine: what matches, failures, the same correlation, the same
//! resource, and an event that the filter hides.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use lifeline::cadf::event::hash_name;
use lifeline::catalogue::Catalogue;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::engine::reread_row;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::Column;
use lifeline::protocol::Filter;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::protocol::Step;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::source::intake::SharedText;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use serde_json::json;

struct Kept(SharedText);

impl RawText for Kept {
    fn read(&mut self, _part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        self.0.borrow_mut().read(byte, len)
    }
}

struct NoText;

impl RawText for NoText {
    fn read(&mut self, _part: u32, _byte: u64, _len: u32) -> Result<Vec<u8>, RawError> {
        Err(RawError::NotKept)
    }
}

/// `id hour outcome target correlation`, one event a line.
fn engine(picture: &str) -> Local {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut intake = Intake::open(&mut store, Part::default(), Keep::Always);
    let text = intake.text().unwrap();
    for line in picture.trim().lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let record = json!({
            "id": words[0],
            "eventTime": format!("2026-03-01T{}:00:00Z", words[1]),
            "action": "audit-log.vsi.reboot",
            "outcome": words[2],
            "target": {"id": words[3]},
            "correlationId": words[4],
        });
        intake
            .push(&mut store, format!("{record}\n").as_bytes())
            .unwrap();
    }
    intake.finish(&mut store, None).end.unwrap();
    store.refresh();
    Local::new(store, Box::new(Kept(text)), Clock::UTC, || {
        Timestamp::from_secs(0)
    })
}

const PICTURE: &str = "
    a 01 success s1 c1
    b 02 failure s2 c2
    c 03 success s1 c1
    d 04 failure s1 c3
    e 05 success s2 c4
";

const NEWEST_FIRST: Order = Order {
    by: Column::Time,
    ascending: false,
};

fn filter(query: &str) -> Filter {
    Filter {
        query: query.into(),
        ..Filter::default()
    }
}

fn row(local: &Local, id: &str) -> RowId {
    RowId(local.store.named(id)[0])
}

/// The id stepped to, and its position; `None` where there is nothing more.
fn step(
    local: &mut Local,
    query: &str,
    from: Option<&str>,
    step: Step,
    backward: bool,
) -> Option<(String, Option<u64>)> {
    let question = Question::Step {
        filter: filter(query),
        order: NEWEST_FIRST,
        from: from.map(|id| row(local, id)),
        step,
        backward,
    };
    let Answer::Stepped(stepped) = local.answer(&question).unwrap() else {
        panic!("another answer");
    };
    stepped.map(|to| (local.store.rows().ids.name(to.row.0 as usize), to.position))
}

fn at(id: &str, position: u64) -> Option<(String, Option<u64>)> {
    Some((id.to_owned(), Some(position)))
}

#[test]
fn the_next_failure_follows_the_order_shown() {
    let mut local = engine(PICTURE);
    let failure =
        |local: &mut Local, from, backward| step(local, "", from, Step::Failure, backward);
    assert_eq!(failure(&mut local, None, false), at("d", 1));
    assert_eq!(failure(&mut local, Some("d"), false), at("b", 3));
    assert_eq!(failure(&mut local, Some("b"), false), None);
    assert_eq!(failure(&mut local, Some("b"), true), at("d", 1));
    assert_eq!(failure(&mut local, None, true), at("b", 3));
}

#[test]
fn from_an_event_that_the_filter_hides_stepping_goes_on_at_its_place_in_time() {
    let mut local = engine(PICTURE);
    let query = "outcome:failure";
    assert_eq!(
        step(&mut local, query, Some("c"), Step::Any, false),
        at("b", 1)
    );
    assert_eq!(
        step(&mut local, query, Some("c"), Step::Any, true),
        at("d", 0)
    );
}

#[test]
fn the_same_correlation_and_resource_are_found_also_where_the_filter_hides_them() {
    let mut local = engine(PICTURE);
    let query = "outcome:failure";
    let same = Step::SameCorrelation;
    assert_eq!(step(&mut local, "", Some("a"), same, false), at("c", 2));
    let hidden = step(&mut local, query, Some("a"), same, false);
    assert_eq!(hidden, Some(("c".into(), None)));
    assert_eq!(step(&mut local, "", Some("b"), same, false), None);
    let same = Step::SameResource;
    assert_eq!(step(&mut local, query, Some("c"), same, false), at("d", 0));
    assert_eq!(step(&mut local, "", Some("c"), same, true), at("a", 4));
}

#[test]
fn a_linked_event_is_found_and_said_to_be_hidden_or_not_held() {
    let mut local = engine(PICTURE);
    let find = |query: &str, event: &str, hash: Option<&str>| Question::Find {
        filter: filter(query),
        order: NEWEST_FIRST,
        event: event.into(),
        hash: hash.map(str::to_owned),
    };
    let position = |answer| match answer {
        Ok(Answer::Found { position, .. }) => position,
        other => panic!("{other:?}"),
    };
    assert_eq!(position(local.answer(&find("", "a", None))), Some(4));
    let hidden = find("outcome:failure", "a", None);
    assert_eq!(position(local.answer(&hidden)), None);
    let a = row(&local, "a").0;
    let (_, read) = reread_row(&local.store, local.raw.as_mut(), a).unwrap();
    let hash = &hash_name(&read.content_hash())[1..];
    let linked = find("", "a", Some(&hash[..12]));
    assert_eq!(position(local.answer(&linked)), Some(4));
    for missing in [find("", "zzz", None), find("", "a", Some("0123456789ab"))] {
        let answer = local.answer(&missing);
        assert!(
            matches!(answer, Err(AskError::NotFound { .. })),
            "{answer:?}"
        );
    }
    // What can't be read again may be what the link names: nothing says that it isn't.
    local.raw = Box::new(NoText);
    let unread = find("", "a", Some("0123456789ab"));
    assert_eq!(position(local.answer(&unread)), Some(4));
}
