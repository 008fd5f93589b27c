//! The difference of two instants of small records, held against a plain look at the tracks at both.

use lifeline::catalogue::Catalogue;
use lifeline::coverage::Ledger;
use lifeline::coverage::Standing;
use lifeline::lifecycle::TrackName;
use lifeline::lifecycle::Value;
use lifeline::query::compare::Between;
use lifeline::query::compare::Difference;
use lifeline::query::compare::Fate;
use lifeline::query::compare::difference;
use lifeline::query::compare::is_untouched;
use lifeline::query::histories::Histories;
use lifeline::query::histories::history_of;
use lifeline::query::resource_views::gaps_of;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::store::Part;
use lifeline::store::Store;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use proptest::prelude::*;

/// `HH:MM action outcome name` a line, all of one server on 1 March 2026.
fn store(picture: &str) -> Store {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
    let lines = picture.lines().filter(|line| !line.trim().is_empty());
    for (n, line) in lines.enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let event = serde_json::json!({
            "eventTime": format!("2026-03-01T{}:00Z", words[0]),
            "action": format!("audit-log.vsi.{}", words[1]),
            "outcome": words[2],
            "id": format!("event-{n:03}"),
            "initiator": {"name": "jane"},
            "target": {"id": "1", "name": words[3], "typeURI": "audit-log/vsi"},
            "logSourceCRN": "crn:v1:bluemix:public:audit-log:us-south:a/1:::",
        });
        let line = format!("{event}\n");
        intake.push(&mut store, line.as_bytes()).expect("readable");
    }
    intake.finish(&mut store, None).end.expect("readable");
    store.refresh();
    store
}

fn at(clock: &str) -> Timestamp {
    let text = format!("2026-03-01T{clock}:00Z");
    Timestamp::parse(&text).expect("a time").at
}

fn between(from: &str, to: &str) -> Between {
    Between::new(at(from), at(to))
}

fn compared(picture: &str, from: &str, to: &str) -> Difference {
    difference(&history_of(&store(picture), 0), None, between(from, to))
}

fn changed(difference: &Difference) -> Vec<&TrackName> {
    difference.changes.iter().map(|one| &one.track).collect()
}

const DAY: &str = "
    08:00 provision success web-1
    09:00 power-on success web-1
    10:00 power-off success web-1
    14:00 power-on success web-1
    16:00 reclaim success web-1";

#[test]
fn an_instant_held_against_itself_has_no_difference() {
    let same = compared(DAY, "10:30", "10:30");
    assert_eq!((same.fate, same.changes.len()), (Fate::Same, 0));
}

#[test]
fn the_earlier_instant_is_t1_whichever_was_named_first() {
    assert_eq!(between("12:00", "09:30"), between("09:30", "12:00"));
}

#[test]
fn a_change_names_both_values_and_the_last_event_of_it() {
    let off = compared(DAY, "09:30", "12:00");
    assert_eq!(off.fate, Fate::Changed);
    assert_eq!(changed(&off), [&TrackName::Power]);
    assert_eq!(off.changes[0].before, Some(Value::On));
    assert_eq!(off.changes[0].after, Value::Off);
    assert_eq!(off.changes[0].at, at("10:00"));
}

#[test]
fn what_happens_at_t1_is_before_and_what_happens_at_t2_is_in_between() {
    assert_eq!(compared(DAY, "10:00", "12:00").fate, Fate::Same);
    assert_eq!(compared(DAY, "09:30", "10:00").fate, Fate::Changed);
}

#[test]
fn what_changed_there_and_back_is_the_same_and_said_so() {
    let back = compared(DAY, "09:30", "15:00");
    assert_eq!(back.fate, Fate::Same);
    assert_eq!(back.back_again, [TrackName::Power]);
}

#[test]
fn birth_and_end_are_told_from_other_changes() {
    assert_eq!(compared(DAY, "07:00", "07:30").fate, Fate::BornLater);
    assert_eq!(compared(DAY, "07:00", "12:00").fate, Fate::Born);
    assert_eq!(compared(DAY, "12:00", "17:00").fate, Fate::Ended);
}

#[test]
fn what_nothing_tells_of_at_t1_is_unknown_and_no_change() {
    let seen = compared("10:00 reboot success web-1", "09:00", "11:00");
    assert_eq!(seen.fate, Fate::UnknownAtFrom);
    assert_eq!(changed(&seen), Vec::<&TrackName>::new());
}

#[test]
fn a_value_over_unfetched_time_is_carried_at_that_end() {
    let store = store(DAY);
    let mut ledger = Ledger::default();
    let range = |from, to| TimeRange::new(at(from), at(to)).expect("in order");
    ledger.state("us-south", range("00:00", "11:00"), "a", Standing::Proven);
    ledger.state("us-south", range("13:00", "23:00"), "b", Standing::Proven);
    let gaps = gaps_of(&ledger, "us-south");
    let history = history_of(&store, 0);
    let carried = difference(&history, gaps.as_deref(), between("09:30", "12:00"));
    assert!(!carried.changes[0].is_carried_before && carried.changes[0].is_carried_after);
}

proptest! {
    #[test]
    fn a_difference_is_what_the_tracks_at_both_instants_are(
        acts in prop::collection::vec((0_u8..30, 0_usize..5, 0_usize..3, 0_usize..2), 1..14),
        from in 0_i64..32,
        to in 0_i64..32,
    ) {
        let verbs = ["provision", "power-off", "power-on", "reclaim", "reboot"];
        let outcomes = ["success", "failure", "pending"];
        let lines = acts.iter().map(|&(minute, verb, outcome, name)| {
            format!("10:{minute:02} {} {} web-{name}\n", verbs[verb], outcomes[outcome])
        });
        let store = store(&lines.collect::<String>());
        let instant = |minute: i64| at("10:00").plus_nanos((minute - 1) * 60_000_000_000);
        let between = Between::new(instant(from), instant(to));
        let history = history_of(&store, 0);
        let told = difference(&history, None, between);
        for track in &history.tracks {
            let value = |at| track.at(at).map(|span| span.value.clone());
            let (before, after) = (value(between.from()), value(between.to()));
            let is_known = |value: &Option<Value>| value.as_ref().is_none_or(Value::is_known);
            let differs = before != after && after.is_some() && is_known(&before) && is_known(&after);
            let one = told.changes.iter().find(|one| one.track == track.name);
            prop_assert_eq!(one.is_some(), differs, "{}", track.name);
            if let Some(one) = one {
                prop_assert_eq!((&one.before, Some(&one.after)), (&before, after.as_ref()));
                prop_assert!(one.at > between.from() && one.at <= between.to());
            }
        }
        let mut histories = Histories::default();
        histories.renew(&store);
        if is_untouched(&store, histories.lives(&store), 0, between) {
            prop_assert_eq!((&told.changes, &told.back_again), (&Vec::new(), &Vec::new()));
        }
    }
}
