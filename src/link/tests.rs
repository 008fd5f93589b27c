//! Links as they are written and read, by hand and over any state.

use proptest::prelude::*;

use super::*;
use crate::protocol::FleetSort;
use crate::query::language::NoPaths;
use crate::time::Clock;

fn state(fragment: &str) -> ViewState {
    let link = Link::parse(fragment).expect(fragment);
    assert_eq!(link.notes, Vec::<String>::new(), "{fragment}");
    link.state
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect(text).at
}

#[test]
fn a_link_reads_as_what_it_shows() {
    let state = ViewState {
        view: View::Timeline,
        query: "outcome:failure -who:\"Jane Roe\"".into(),
        range: RangeChoice::parse("2026-03-01..2026-03-31").expect("a range"),
        zone: Zone::Local,
        sort: Some(Sort {
            by: "time".into(),
            descending: true,
        }),
        columns: vec!["time".into(), "action".into()],
        sources: vec!["dallas".into(), "eu-de files".into()],
        ..ViewState::default()
    };
    assert_eq!(
        state.fragment(),
        "v=1&view=timeline&q=outcome:failure%20-who:%22Jane%20Roe%22\
         &range=2026-03-01T00:00:00Z..2026-04-01T00:00:00Z&zone=local\
         &cols=time,action&sort=-time&src=dallas,eu-de%20files"
    );
    assert_eq!(ViewState::default().fragment(), "v=1&view=events");
}

#[test]
fn the_order_of_lanes_and_of_the_fleet_is_read_by_name() {
    let written = state("view=timeline&lane-sort=most-failures&folded=eu-de,us-east&table=1");
    assert_eq!(written.lane_sort, LaneSort::MostFailures);
    assert_eq!(Vec::from_iter(&written.folded), ["eu-de", "us-east"]);
    assert!(written.as_table);
    let written = state("view=resources&fleet-sort=-last-change");
    let newest_first = FleetOrder {
        by: FleetSort::LastChange,
        descending: true,
    };
    assert_eq!(written.fleet_order, newest_first);
    assert_eq!(
        written.fragment(),
        "v=1&view=resources&fleet-sort=-last-change"
    );
    let link = Link::parse("lane-sort=colour&fleet-sort=-").expect("readable");
    assert_eq!(link.state, ViewState::default());
    assert_eq!(link.notes.len(), 2);
}

#[test]
fn pinned_lanes_keep_their_order_and_none_is_pinned_twice() {
    let written = state("view=timeline&pin=name:b,crn:a%2Cc,name:b,");
    assert_eq!(written.pinned, ["name:b", "crn:a,c"]);
    assert_eq!(written.fragment(), "v=1&view=timeline&pin=name:b,crn:a%2Cc");
}

#[test]
fn an_empty_fragment_is_the_default_and_a_hand_written_one_is_read() {
    assert_eq!(state(""), ViewState::default());
    assert_eq!(state("#"), ViewState::default());
    let written = state("#q=who:jane%20a+b&range=now-7d");
    assert_eq!(written.query, "who:jane a+b");
    assert_eq!(written.range.to_string(), "now-7d");
}

#[test]
fn what_is_not_understood_is_noted_and_an_unknown_version_is_an_error() {
    let link = Link::parse("v=1&colour=red&view=nowhere&at=soon&q=x").expect("readable");
    assert_eq!(
        link.notes,
        [
            "colour in the link is not known and was left aside",
            "view=nowhere in the link is not understood and was left aside",
            "at=soon in the link is not understood and was left aside",
        ]
    );
    assert_eq!(link.state.query, "x");
    for version in ["2", "0", "x", ""] {
        assert_eq!(
            Link::parse(&format!("q=a&v={version}")),
            Err(LinkError::VersionUnknown(version.into()))
        );
    }
}

#[test]
fn a_share_makes_relative_ranges_absolute() {
    let moment = Moment {
        now: at("2026-03-20T12:00:00Z"),
        clock: Clock {
            zone: Zone::Local,
            offset_secs: |_| 3600,
        },
    };
    let state = ViewState {
        query: "time:>=now-1d time:2026-03-20 who:jane".into(),
        range: RangeChoice::parse("now-7d").expect("a range"),
        zone: Zone::Local,
        ..ViewState::default()
    };
    let shared = state.shared(&moment, &NoPaths);
    assert_eq!(
        shared.range.to_string(),
        "2026-03-13T12:00:00Z..2026-03-20T12:00:00Z"
    );
    assert_eq!(
        shared.query,
        "time:>=2026-03-19T12:00:00Z time:2026-03-20+01:00 who:jane"
    );
    // What is absolute stays as typed.
    let typed = ViewState {
        query: "NOT  who:jane".into(),
        ..ViewState::default()
    };
    assert_eq!(typed.shared(&moment, &NoPaths), typed);
}

#[test]
fn a_range_is_absolute_or_moves_with_now() {
    let moment = Moment::utc(at("2026-03-20T12:00:00Z"));
    for (text, expected) in [
        ("now-7d", "2026-03-13T12:00:00Z..2026-03-20T12:00:00Z"),
        ("now-1d/d", "2026-03-19T00:00:00Z..2026-03-20T00:00:00Z"),
        (
            "now-7d..now-1d",
            "2026-03-13T12:00:00Z..2026-03-19T12:00:00Z",
        ),
        (
            "now-2d/d..now-1d/d",
            "2026-03-18T00:00:00Z..2026-03-20T00:00:00Z",
        ),
        ("now+1d", "2026-03-21T12:00:00Z..2026-03-21T12:00:00Z"),
        (
            "2026-03-01T09:14:00Z..2026-03-02T00:00:00Z",
            "2026-03-01T09:14:00Z..2026-03-02T00:00:00Z",
        ),
        (
            "2026-03..2026-03",
            "2026-03-01T00:00:00Z..2026-04-01T00:00:00Z",
        ),
    ] {
        let range = RangeChoice::parse(text).expect(text);
        assert_eq!(
            range.resolve(&moment).map(range_text).as_deref(),
            Some(expected),
            "{text}"
        );
    }
    assert_eq!(RangeChoice::parse("all"), Some(RangeChoice::All));
    for text in [
        "",
        "soon",
        "2026-03-02..2026-03-01",
        "2026-03-01",
        "now-7d..2026-03-01",
        "2026-03-01..now",
    ] {
        assert_eq!(RangeChoice::parse(text), None, "{text}");
    }
}

#[test]
fn navigation_pushes_history_and_typing_replaces_it() {
    let old = ViewState::default();
    let led = |change: fn(&mut ViewState), is_led| {
        let mut new = old.clone();
        change(&mut new);
        new.step_from(&old, is_led)
    };
    let with = |change| led(change, false);
    assert_eq!(with(|_| {}), Step::None);
    assert_eq!(led(|_| {}, true), Step::None);
    assert_eq!(led(|s| s.query = "a".into(), true), Step::Push);
    assert_eq!(with(|s| s.query = "a".into()), Step::Replace);
    assert_eq!(with(|s| s.window = Some(TimeRange::ALL)), Step::Replace);
    assert_eq!(with(|s| s.view = View::Timeline), Step::Push);
}

fn some_state() -> impl Strategy<Value = ViewState> {
    let word = "\\PC{0,12}";
    let name = "\\PC{1,12}";
    let time = || any::<i64>().prop_map(Timestamp::from_nanos);
    let range = || {
        (time(), time()).prop_map(|(a, b)| TimeRange::new(a.min(b), a.max(b)).expect("in order"))
    };
    let choice = prop_oneof![
        Just(RangeChoice::All),
        range().prop_map(RangeChoice::Absolute),
        prop::sample::select(vec!["now-7d", "now-1d/d", "now-1M..now-1d/d"])
            .prop_map(|text| RangeChoice::parse(text).expect("a range")),
    ];
    let hash = prop::option::of("[0-9a-f]{1,64}");
    let event = (name, hash.clone()).prop_map(|(event, hash)| EventName { event, hash });
    let kind = prop::option::of(prop::sample::select(Kind::LIVED.to_vec()));
    let resource = (name, kind).prop_map(|(id, kind)| ResourceName { id, kind });
    let sort =
        ("[a-z][a-z-]{0,8}", any::<bool>()).prop_map(|(by, descending)| Sort { by, descending });
    let file =
        (name, any::<u64>(), hash).prop_map(|(name, size, sha256)| FileName { name, size, sha256 });
    let first = (
        prop::sample::select(View::ALL.to_vec()),
        word,
        choice,
        any::<bool>(),
        prop::option::of(event),
        prop::option::of(resource),
        prop::option::of(time()),
        prop::collection::vec(name, 0..3),
    );
    let second = (
        prop::option::of(sort),
        prop::sample::select(LanesBy::ALL.to_vec()),
        prop::option::of(range()),
        word,
        prop::collection::vec(name, 0..3),
        any::<bool>(),
        any::<bool>(),
        prop::collection::vec(file, 0..3),
    );
    let third = (
        prop::sample::select(LANE_SORTS.map(|(sort, _)| sort).to_vec()),
        prop::collection::btree_set(name, 0..3),
        prop::collection::btree_set(name, 0..3),
        prop::collection::vec((name, time()), 0..3),
        any::<bool>(),
        prop::sample::select(FLEET_SORTS.map(|(sort, _)| sort).to_vec()),
        any::<bool>(),
    );
    (first, second, third).prop_map(|(a, b, c)| ViewState {
        view: a.0,
        query: a.1,
        range: a.2,
        zone: if a.3 { Zone::Local } else { Zone::Utc },
        selected: a.4,
        resource: a.5,
        at: a.6,
        since: a.6.map(|at| at.plus_nanos(-1)),
        columns: a.7,
        sort: b.0,
        lanes_by: b.1,
        lane_sort: c.0,
        folded: c.1,
        pinned: Vec::from_iter(c.2),
        aligned: c
            .3
            .into_iter()
            .map(|(key, at)| LaneMoment { key, at })
            .collect(),
        as_table: c.4,
        fleet_order: FleetOrder {
            by: c.5,
            descending: c.6,
        },
        window: b.2,
        find: b.3,
        sources: b.4,
        include_reclaimed: b.5,
        is_demo: b.6,
        files: b.7,
    })
}

proptest! {
    #[test]
    fn what_a_link_is_written_from_is_what_it_reads_as(state in some_state()) {
        let fragment = state.fragment();
        prop_assert!(fragment.bytes().all(|b| b.is_ascii_graphic()));
        prop_assert_eq!(Link::parse(&fragment), Ok(Link { state, notes: Vec::new() }), "{}", fragment);
    }

    #[test]
    fn no_text_makes_a_link_panic(text in "(v=1|&|view=|file=|sel=|range=|%|,|=|\\PC){0,20}") {
        let _ = Link::parse(&text).map(|link| link.state.fragment());
    }
}
