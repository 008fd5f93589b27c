//! What the resource views say of a small record: fleet, lanes and one resource's page, over a ledger with a gap.

use lifeline::cadf::Outcome;
use lifeline::catalogue::Catalogue;
use lifeline::coverage::Ledger;
use lifeline::coverage::Standing;
use lifeline::lifecycle::Basis;
use lifeline::lifecycle::Change;
use lifeline::lifecycle::Span;
use lifeline::lifecycle::TrackName;
use lifeline::lifecycle::Value;
use lifeline::lifecycle::fleet::Standing as Stands;
use lifeline::lifecycle::fleet::standing;
use lifeline::protocol::FleetSort;
use lifeline::protocol::LaneKey;
use lifeline::protocol::LaneSort;
use lifeline::protocol::Lanes;
use lifeline::protocol::Mark;
use lifeline::protocol::SpanValue;
use lifeline::query::fleet;
use lifeline::query::histories::Histories;
use lifeline::query::histories::history_of;
use lifeline::query::history_page::history_page;
use lifeline::query::history_page::history_rows;
use lifeline::query::lane_list;
use lifeline::query::lane_list::lane_list;
use lifeline::query::lanes;
use lifeline::query::lanes::Sight;
use lifeline::query::lanes_short;
use lifeline::query::lives::Instant;
use lifeline::query::lives::Within;
use lifeline::query::resource_views::span_value;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::store::Part;
use lifeline::store::Store;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use proptest::prelude::*;

/// `HH:MM action outcome server` a line; all on 1 March 2026 in us-south.
fn store(picture: &str) -> Store {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
    for (n, line) in picture
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        let event = serde_json::json!({
            "eventTime": format!("2026-03-01T{}:00Z", words[0]),
            "action": format!("audit-log.vsi.{}", words[1]),
            "outcome": words[2],
            "id": format!("event-{n}"),
            "reason": {"reasonCode": if words[2] == "failure" { 403 } else { 200 }},
            "initiator": {"name": "jane"},
            "target": {"id": words[3], "name": format!("web-{}", words[3]), "typeURI": "audit-log/vsi"},
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
    Timestamp::parse(&format!("2026-03-01T{clock}:00Z"))
        .expect("a time")
        .at
}

fn range(from: &str, to: &str) -> TimeRange {
    TimeRange::new(at(from), at(to)).expect("in order")
}

/// us-south was fetched but for 12:00 to 13:00.
fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.state("us-south", range("00:00", "12:00"), "a", Standing::Proven);
    ledger.state("us-south", range("13:00", "23:00"), "b", Standing::Proven);
    ledger
}

fn histories(store: &Store) -> Histories {
    let mut histories = Histories::default();
    histories.renew(store);
    histories
}

const DAY: &str = "
    08:00 provision success 1
    09:00 power-off success 1
    10:00 power-on failure 1
    14:00 power-on success 1
    09:30 reboot success 2
    15:00 provision success 3
    16:00 reclaim success 3";

fn fleet_at(clock: &str, include_ended: bool) -> lifeline::protocol::Fleet {
    let store = store(DAY);
    let ask = fleet::Ask {
        at: at(clock),
        strip: range("00:00", "23:00"),
        include_ended,
        sort: FleetSort::Name,
        descending: false,
        find: "",
        first: 0,
        count: 10,
    };
    fleet::fleet(&store, &histories(&store), &ledger(), None, &ask, None)
}

#[test]
fn the_fleet_at_an_instant_has_those_whose_existence_is_known() {
    let fleet = fleet_at("09:15", false);
    let rows: Vec<_> = fleet
        .rows
        .iter()
        .map(|row| (row.head.label.as_str(), row.existence, row.power))
        .collect();
    assert_eq!(rows, [("web-1", SpanValue::Live, Some(SpanValue::Off))]);
    // Server 2 may have been there; server 3 was born later.
    assert_eq!(fleet.n_unrecorded, 1);
    assert_eq!(fleet.unrecorded[0].id, "2");
    assert_eq!(fleet.rows[0].last_what, "Power off");
    assert_eq!(fleet.rows[0].last_by, "jane");
}

#[test]
fn a_value_after_an_unfetched_hour_is_carried_until_an_event_shows_it() {
    let carried = |clock| {
        let fleet = fleet_at(clock, false);
        let row = fleet
            .rows
            .iter()
            .find(|row| row.head.id == "1")
            .expect("listed");
        row.is_carried
    };
    assert!(!carried("11:00"));
    assert!(carried("12:30") && carried("13:30"));
    assert!(!carried("14:30"));
}

#[test]
fn what_was_reclaimed_is_listed_only_when_asked_for() {
    assert_eq!(fleet_at("17:00", false).rows.len(), 2);
    let all = fleet_at("17:00", true);
    assert_eq!((all.live, all.ended, all.rows.len()), (2, 1, 3));
}

#[test]
fn a_lane_has_its_marks_in_the_window_and_its_state_from_before_it() {
    let store = store(DAY);
    let sight = Sight {
        window: range("09:30", "11:00"),
        ..the_day()
    };
    let lanes = lanes_in(&store, ALL, sight, None);
    let one = &lanes.lanes[0];
    assert_eq!(
        (one.label.as_str(), one.n_events, one.n_failures),
        ("web-1", 1, 1)
    );
    assert_eq!(one.spans.len(), 1);
    assert_eq!(
        (one.spans[0].value, one.spans[0].from),
        (SpanValue::Off, Some(at("09:00")))
    );
    assert_eq!(one.marks[0].at, at("10:00"));
    assert_eq!(lanes.total, 3);
    assert_eq!(
        (lanes.groups[0].n_lanes, lanes.groups[0].n_with_marks),
        (3, 2)
    );
}

#[test]
fn the_query_chooses_lanes_and_marks_but_never_the_state() {
    let store = store(DAY);
    let is_failure = |row: u32| store.rows().outcome(row as usize) == Outcome::Failure;
    let lanes = lanes_in(&store, ALL, the_day(), Some(&is_failure));
    assert_eq!(lanes.lanes.len(), 1);
    assert_eq!(lanes.lanes[0].marks.len(), 1);
    let values: Vec<_> = lanes.lanes[0].spans.iter().map(|span| span.value).collect();
    assert_eq!(values, [SpanValue::On, SpanValue::Off, SpanValue::On]);
}

#[test]
fn states_that_follow_each_other_too_fast_to_be_seen_are_one_and_cover_the_same_time() {
    let act = |minute: u32| {
        if minute.is_multiple_of(2) {
            "power-on"
        } else {
            "power-off"
        }
    };
    let lines = (0..60).map(|minute| format!("10:{minute:02} {} success 1\n", act(minute)));
    let store = store(&lines.collect::<String>());
    let spans = |slots| {
        let sight = Sight { slots, ..the_day() };
        lanes_in(&store, ALL, sight, None).lanes.remove(0).spans
    };
    let (all, few) = (spans(100), spans(20));
    assert_eq!(all.len(), 61);
    let texts: Vec<_> = few.iter().map(|span| span.text.as_str()).collect();
    assert_eq!(texts, ["unknown", "59 changes", "off"]);
    assert_eq!((few[1].from, few[1].to), (all[1].from, all[59].to));
}

#[test]
fn the_page_of_a_server_says_what_each_event_changed_and_who_set_the_value_before() {
    let store = store(DAY);
    let ix = store.resources().position(|r| r.id() == "1").expect("held") as u32;
    let histories = histories(&store);
    let page = history_page(&store, &histories, &ledger(), None, ix);
    let told = history_rows(&store, &histories, ix, 0, 10).rows;
    let said: Vec<String> = told
        .iter()
        .map(
            |event| match event.changes.iter().find(|change| change.track == "power") {
                Some(change) => format!("{} -> {}", change.before, change.after),
                None => event.no_change.clone(),
            },
        )
        .collect();
    assert_eq!(
        said,
        ["off -> on", "none, refused (403)", "on -> off", " -> on"]
    );
    assert_eq!(told[0].changes[0].before_by.as_deref(), Some("jane"));
    assert_eq!(told[0].changes[0].before_at, Some(at("09:00")));
    // In short the same events, and any window of them is a part of the whole.
    let word = |number: u32| page.words[number as usize].as_str();
    for (mark, event) in page.events.iter().zip(&told) {
        let row = &event.row;
        assert_eq!((mark.row, mark.at), (row.row, row.time));
        assert_eq!(
            (mark.outcome, mark.has_effect),
            (row.outcome, row.has_effect)
        );
        assert_eq!(
            (word(mark.label), word(mark.initiator)),
            (&*row.label, &*row.initiator)
        );
    }
    assert_eq!(page.events.len(), told.len());
    let window = history_rows(&store, &histories, ix, 1, 2);
    assert_eq!((window.first, &window.rows[..]), (1, &told[1..3]));
    assert_eq!(history_rows(&store, &histories, ix, 9, 2).rows, []);
    assert_eq!((page.n_failures, page.n_success), (1, 3));
    let power = page
        .tracks
        .iter()
        .find(|track| track.name == "power")
        .expect("a track");
    assert_eq!(power.spans[1].carried, [range("12:00", "14:00")]);
}

const ALL: lane_list::Ask<'static> = lane_list::Ask {
    range: None,
    by: LaneKey::Resource,
    sort: LaneSort::Name,
    find: "",
    judgement: None,
};

fn the_day() -> Sight {
    Sight {
        window: range("00:00", "23:00"),
        first: 0,
        count: 10,
        slots: 100,
    }
}

fn lanes_in(
    store: &Store,
    ask: lane_list::Ask,
    sight: Sight,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Lanes {
    let histories = histories(store);
    let list = lane_list(store, &histories, ask, matches);
    lanes::lanes(store, &histories, &ledger(), None, &list, sight)
}

#[test]
fn unfetched_times_are_told_of_regions_whose_lanes_were_not_asked_for() {
    let store = store(DAY);
    let sight = Sight {
        count: 0,
        ..the_day()
    };
    let lanes = lanes_in(&store, ALL, sight, None);
    assert!(lanes.lanes.is_empty());
    let gaps: Vec<_> = lanes.gaps.iter().map(|gap| gap.range).collect();
    assert_eq!(gaps, [range("12:00", "13:00")]);
}

#[test]
fn the_lane_of_an_event_is_found_in_every_order_and_none_where_it_is_hidden() {
    let store = store(DAY);
    let histories = histories(&store);
    for (by, sort) in [
        (LaneKey::Resource, LaneSort::Name),
        (LaneKey::Resource, LaneSort::MostFailures),
        (LaneKey::Resource, LaneSort::LastEvent),
        (LaneKey::Region, LaneSort::Name),
        (LaneKey::Initiator, LaneSort::MostEvents),
    ] {
        let list = lane_list(&store, &histories, lane_list::Ask { by, sort, ..ALL }, None);
        let all = lanes::lanes(&store, &histories, &ledger(), None, &list, the_day());
        for (number, lane) in all.lanes.iter().enumerate() {
            for mark in &lane.marks {
                let found = lanes::lane_of(&store, &list, the_day().window, mark.row.0);
                assert_eq!(found, Some((number as u32, lane.region.clone())));
            }
        }
    }
    let ask = lane_list::Ask {
        find: "web-2",
        ..ALL
    };
    let found = lane_list(&store, &histories, ask, None);
    assert_eq!(lanes::lane_of(&store, &found, the_day().window, 0), None);
}

#[test]
fn lanes_in_short_tell_states_failures_and_unfetched_times_of_all_lanes_by_hours() {
    let store = store(DAY);
    let histories = histories(&store);
    let list = lane_list(&store, &histories, ALL, None);
    let ask = lanes_short::Ask {
        window: range("08:00", "16:00"),
        bands: 28,
        parts: 8,
    };
    let short = lanes_short::lanes_short(&store, &histories, &ledger(), &list, ask);
    assert_eq!(
        (short.total, short.n_looked_at, short.bands.len()),
        (3, 3, 3)
    );
    // Provisioned at 8, off from 9 to 14, on after.
    let first = &short.bands[0];
    assert_eq!(first.on[1..], [0, 0, 0, 0, 0, 255, 255]);
    assert_eq!(
        first.has_failures,
        [false, false, true, false, false, false, false, false]
    );
    assert_eq!(
        first.has_events,
        [true, true, true, false, false, false, true, false]
    );
    // One band of all three: the hour before 16, one is on and two are not known to be off.
    let ask = lanes_short::Ask { bands: 1, ..ask };
    let short = lanes_short::lanes_short(&store, &histories, &ledger(), &list, ask);
    assert_eq!((short.bands.len(), short.bands[0].n_lanes), (1, 3));
    assert!(short.bands[0].has_failures[2] && short.bands[0].has_events[7]);
    let gaps: Vec<_> = short
        .gaps
        .iter()
        .map(|gap| (gap.first, gap.n_lanes, gap.range))
        .collect();
    assert_eq!(gaps, [(0, 3, range("12:00", "13:00"))]);
}

#[test]
fn pinned_lanes_come_in_the_order_of_their_keys_and_say_what_they_say_among_all() {
    let store = store(DAY);
    let histories = histories(&store);
    let list = lane_list(&store, &histories, ALL, None);
    let all = lanes::lanes(&store, &histories, &ledger(), None, &list, the_day());
    let keys = [&all.lanes[2].key, &"nobody".to_owned(), &all.lanes[0].key].map(String::clone);
    let pinned = lanes::lanes_of_keys(&store, &histories, &ledger(), None, &list, &keys, the_day());
    assert_eq!(pinned.lanes, [all.lanes[2].clone(), all.lanes[0].clone()]);
    assert_eq!((pinned.total, pinned.groups.len()), (2, 0));
    assert_eq!(pinned.gaps, all.gaps);
}

proptest! {
    #[test]
    fn however_crowded_a_lane_each_event_in_the_window_is_in_one_mark(
        minutes in proptest::collection::vec((0u32..1440, any::<bool>()), 1..300),
        from in 0u32..1200,
        length in 1u32..239,
        slots in 1u32..60,
    ) {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let lines = minutes.iter().map(|(minute, failed)| {
            let outcome = if *failed { "failure" } else { "success" };
            format!("{} power-on {outcome} 1\n", clock(*minute))
        });
        let store = store(&lines.collect::<String>());
        let window = range(&clock(from), &clock(from + length));
        let lanes = lanes_in(&store, ALL, Sight { window, slots, ..the_day() }, None);
        let lane = &lanes.lanes[0];
        let inside = |minute: u32| minute >= from && minute < from + length;
        let count = |is_counted: fn(bool) -> bool| {
            minutes.iter().filter(|(minute, failed)| inside(*minute) && is_counted(*failed)).count() as u64
        };
        let told = |mark: &Mark| match mark.crowd {
            Some(crowd) => (u64::from(crowd.n), u64::from(crowd.n_failed)),
            None => (1, u64::from(mark.outcome == Outcome::Failure)),
        };
        let sums = lane.marks.iter().map(told).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        prop_assert_eq!(sums, (count(|_| true), count(|failed| failed)));
        prop_assert_eq!(sums, (lane.n_events, lane.n_failures));
        prop_assert_eq!(sums, (lanes.n_marks, lanes.n_failures));
        prop_assert!(lane.marks.len() <= slots as usize + 2, "{} marks", lane.marks.len());
        for pair in lane.marks.windows(2) {
            prop_assert!(pair[0].crowd.map_or(pair[0].at, |crowd| crowd.until) <= pair[1].at);
        }
    }
}

#[test]
fn lanes_keep_their_places_whatever_part_of_the_range_is_in_sight() {
    let store = store(DAY);
    for (sort, order) in [
        (LaneSort::Name, ["web-1", "web-2", "web-3"]),
        (LaneSort::MostFailures, ["web-1", "web-2", "web-3"]),
        (LaneSort::MostEvents, ["web-1", "web-3", "web-2"]),
        (LaneSort::LastEvent, ["web-3", "web-1", "web-2"]),
    ] {
        for window in [
            range("00:00", "23:00"),
            range("09:15", "09:45"),
            range("14:30", "16:30"),
        ] {
            let sight = Sight {
                window,
                ..the_day()
            };
            let lanes = lanes_in(&store, lane_list::Ask { sort, ..ALL }, sight, None);
            let labels: Vec<&str> = lanes.lanes.iter().map(|lane| lane.label.as_str()).collect();
            assert_eq!(labels, order, "{sort:?} in {window:?}");
        }
    }
}

#[test]
fn two_events_of_one_id_and_instant_are_told_in_one_order_by_list_and_tracks() {
    // Whatever their hashes, the value at the end is the listed last one's.
    for n in 0..8 {
        let mut store = Store::new(Catalogue::standard(), None);
        let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
        for action in ["power-on", "power-off"] {
            let event = serde_json::json!({
                "eventTime": "2026-03-01T10:00:00Z", "action": format!("audit-log.vsi.{action}"),
                "outcome": "success", "id": "e1", "message": format!("resent {n}"),
                "target": {"id": "118"},
            });
            let line = format!("{event}\n");
            intake.push(&mut store, line.as_bytes()).expect("readable");
        }
        intake.finish(&mut store, None).end.expect("readable");
        store.refresh();
        let last = store.rows_of(0).last().expect("an event");
        let history = lifeline::query::histories::history_of(&store, 0);
        let power = history.track(&lifeline::lifecycle::TrackName::Power);
        let span = power.and_then(|track| track.last()).expect("a span");
        assert_eq!(span.event, Some(last), "{n}");
    }
}

proptest! {
    #[test]
    fn a_life_in_short_tells_at_any_instant_what_its_history_tells(
        events in proptest::collection::vec((0..30u32, 0..6usize, 0..3usize, 0..3u32, 0..4u32), 1..24),
        cut in 0..24usize,
        n_made in 0..40usize,
    ) {
        let verbs = ["provision", "reclaim", "power-on", "power-off", "rename", "pause"];
        let outcomes = ["success", "failure", "pending"];
        let line = |&(minute, verb, outcome, server, name): &(u32, usize, usize, u32, u32)| {
            let event = serde_json::json!({
                "eventTime": format!("2026-03-01T10:{minute:02}:00Z"),
                "action": format!("audit-log.vsi.{}", verbs[verb]),
                "outcome": outcomes[outcome],
                "target": {"id": server.to_string(), "name": format!("web-{name}"), "typeURI": "audit-log/vsi"},
            });
            format!("{event}\n")
        };
        let mut store = Store::new(Catalogue::standard(), None);
        let mut histories = Histories::default();
        let cut = cut.min(events.len());
        // Lives of one generation, all or some of them, are kept in the next where nothing was added to them.
        for events in [&events[..cut], &events[cut..]] {
            let lines: String = events.iter().map(line).collect();
            let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
            intake.push(&mut store, lines.as_bytes()).expect("readable");
            intake.finish(&mut store, None).end.expect("readable");
            store.refresh();
            histories.prepare(&store, n_made);
        }
        let lives = histories.lives(&store);
        for ix in 0..store.n_resources() {
            let history = history_of(&store, ix);
            let kind = store.resource(ix).kind();
            for minute in 0..32 {
                let when = at("10:00").plus_nanos(minute * 60_000_000_000 - 60_000_000_000);
                let moment = lives.at(ix, Instant::of(&store, when));
                match standing(kind, &history, when) {
                    Stands::Recorded(state) => {
                        let moment = moment.expect("a moment");
                        prop_assert_eq!(moment.existence, Some(span_value(&state.existence)));
                        prop_assert_eq!(moment.power, state.power.as_ref().map(span_value));
                        let name = lives.name(&store, moment);
                        prop_assert_eq!(name.as_deref(), state.name.as_deref());
                        let made = |change: &&Change| change.at <= when && change.basis != Basis::Seen;
                        let changed = history.changes.iter().rfind(made);
                        prop_assert_eq!(moment.changed_by, changed.map(|change| change.key));
                    }
                    Stands::Unrecorded => {
                        let moment = moment.expect("a moment");
                        prop_assert_eq!(moment.existence, Some(SpanValue::Unknown));
                        let name = lives.name(&store, moment);
                        prop_assert_eq!(name.as_deref(), history.name_at(when));
                    }
                    Stands::BornLater | Stands::NotTracked => prop_assert_eq!(moment, None),
                }
                let (from, to) = (when, when.plus_nanos(150_000_000_000));
                let within = TimeRange::new(from, to).expect("in order");
                let existence = history.track(&TrackName::Existence).expect("a track");
                let is_in = |span: &&Span| {
                    span.value == Value::Live
                        && span.from.is_none_or(|from| from < within.to())
                        && span.to.is_none_or(|to| to > within.from())
                };
                let lived = existence.spans.iter().any(|span| is_in(&span));
                prop_assert_eq!(lives.lived(ix, Within::of(&store, within)), lived);
            }
        }
    }
}
