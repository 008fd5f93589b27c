//! The timeline's lanes as one screen shows them: of those in sight their spans, and their marks for the pixels there are.
//! Spans come from all events held; query and range choose the lanes ([`super::lane_list`]) and the marks.

use std::ops::Range;

use super::finding_views::Grounds;
use super::histories::Histories;
use super::histories::act_of;
use super::judgement::Found;
use super::judgement::Judgement;
use super::lane_list::Draft;
use super::lane_list::LaneList;
use super::resource_views;
use super::resource_views::gap_views;
use super::resource_views::gaps_of;
use super::resource_views::span_views;
use crate::cadf::location::city;
use crate::coverage::Gap;
use crate::coverage::Ledger;
use crate::lifecycle::TrackName;
use crate::protocol::Crowd;
use crate::protocol::Lane;
use crate::protocol::LaneFinding;
use crate::protocol::LaneGroup;
use crate::protocol::Lanes;
use crate::protocol::Mark;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::sorting;
use crate::sorting::Ordered;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// What a screen shows of all lanes.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// Marks and spans outside it aren't sent.
    pub window: TimeRange,
    pub first: u32,
    pub count: u32,
    /// A lane with more marks than these sends one for each of so many parts of the window.
    pub slots: u32,
}

/// The lanes in sight. However many events there are, what this gives is as large as the screen.
pub fn lanes(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    judgement: Option<&Judgement>,
    list: &LaneList,
    sight: Sight,
) -> Lanes {
    let window = sight.window;
    let inside = store.dated_within(window);
    let seen: Vec<Seen> = list.iter().map(|draft| draft.seen(&inside)).collect();
    // A folded region has no lane in sight and its unfetched times all the same.
    let mut regions: Vec<&str> = list.iter().map(|draft| draft.region.as_str()).collect();
    regions.dedup();
    let in_sight = list.iter().zip(&seen);
    let in_sight = in_sight
        .skip(sight.first as usize)
        .take(sight.count as usize);
    let told = Told {
        store,
        histories,
        ledger,
        judgement,
        inside: &inside,
        sight,
    };
    Lanes {
        window,
        total: list.len() as u32,
        first: sight.first,
        lanes: told.lanes(in_sight),
        groups: groups(list, &seen),
        gaps: gap_views(ledger, regions.into_iter(), window),
        coverage_stated: ledger.regions().next().is_some(),
        n_marks: seen.iter().map(|seen| seen.places.len() as u64).sum(),
        n_failures: seen.iter().map(|seen| seen.failures.len() as u64).sum(),
        is_judged: judgement.is_some(),
    }
}

/// Lanes by their keys, in the order of the keys, as if they were all that there are; in no groups. Keys that no lane has
/// are left out.
pub fn lanes_of_keys(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    judgement: Option<&Judgement>,
    list: &LaneList,
    keys: &[String],
    sight: Sight,
) -> Lanes {
    let inside = store.dated_within(sight.window);
    let of_key = |key: &String| list.iter().find(|draft| draft.key == *key);
    let drafts: Vec<&Draft> = keys.iter().filter_map(of_key).collect();
    let seen: Vec<Seen> = drafts.iter().map(|draft| draft.seen(&inside)).collect();
    let mut regions: Vec<&str> = drafts.iter().map(|draft| draft.region.as_str()).collect();
    sorting::sort_by(&mut regions, |a, b| a.cmp(b));
    regions.dedup();
    let told = Told {
        store,
        histories,
        ledger,
        judgement,
        inside: &inside,
        sight,
    };
    Lanes {
        window: sight.window,
        total: drafts.len() as u32,
        first: 0,
        lanes: told.lanes(drafts.iter().copied().zip(&seen)),
        groups: Vec::new(),
        gaps: gap_views(ledger, regions.into_iter(), sight.window),
        coverage_stated: ledger.regions().next().is_some(),
        n_marks: seen.iter().map(|seen| seen.places.len() as u64).sum(),
        n_failures: seen.iter().map(|seen| seen.failures.len() as u64).sum(),
        is_judged: judgement.is_some(),
    }
}

/// What lanes are told from.
struct Told<'a> {
    store: &'a Store,
    histories: &'a Histories,
    ledger: &'a Ledger,
    judgement: Option<&'a Judgement>,
    inside: &'a Range<usize>,
    sight: Sight,
}

impl Told<'_> {
    fn lanes<'d>(&self, drafts: impl Iterator<Item = (&'d Draft, &'d Seen<'d>)>) -> Vec<Lane> {
        let &Told {
            store,
            histories,
            ledger,
            judgement,
            inside,
            sight,
        } = self;
        let mut gaps: Ordered<String, Option<Vec<Gap>>> = Ordered::default();
        let mut grounds = Grounds::new(store, ledger);
        let shown = judgement.map_or_else(Vec::new, |judgement| found_in(store, judgement, inside));
        let lanes = drafts.map(|(draft, seen)| {
            let gaps = gaps.get_or(draft.region.clone(), || gaps_of(ledger, &draft.region));
            let findings = lane_findings(&mut grounds, &shown, seen, sight);
            Lane {
                findings,
                ..lane(store, histories, (draft, seen), gaps.as_deref(), sight)
            }
        });
        lanes.collect()
    }
}

/// The number of the lane that holds an event's mark, and its region; `None` where no lane does.
pub fn lane_of(
    store: &Store,
    list: &LaneList,
    window: TimeRange,
    row: u32,
) -> Option<(u32, String)> {
    let inside = store.dated_within(window);
    let place = store.rows().place_of(row) as u32;
    let holds = |(_, draft): &(usize, &Draft)| {
        let seen = draft.seen(&inside);
        seen.places.binary_search(&place).is_ok()
    };
    let (number, draft) = list.iter().enumerate().find(holds)?;
    Some((number as u32, draft.region.clone()))
}

/// The places of a lane's matching events in the window, and of those of them that failed.
struct Seen<'a> {
    places: &'a [u32],
    failures: &'a [u32],
}

impl Draft {
    fn seen(&self, inside: &Range<usize>) -> Seen<'_> {
        Seen {
            places: within(&self.places, inside),
            failures: within(&self.failures, inside),
        }
    }
}

fn within<'a>(places: &'a [u32], inside: &Range<usize>) -> &'a [u32] {
    let before = |end: usize| places.partition_point(|place| (*place as usize) < end);
    &places[before(inside.start)..before(inside.end)]
}

fn lane(
    store: &Store,
    histories: &Histories,
    (draft, seen): (&Draft, &Seen),
    gaps: Option<&[Gap]>,
    sight: Sight,
) -> Lane {
    let history = draft.resource.map(|ix| histories.of(store, ix));
    let spans = |track: &TrackName| -> Vec<SpanView> {
        let track = history
            .as_ref()
            .and_then(|history| Some((history, history.track(track)?)));
        track.map_or_else(Vec::new, |(history, track)| {
            joined(span_views(history, track, gaps, sight.window), sight)
        })
    };
    // As it is called at the end of what is in sight.
    let name = history.as_ref();
    let name = name.and_then(|history| history.name_at(sight.window.to()));
    let label = match (draft.resource, name) {
        (Some(ix), Some(name)) => resource_views::label(store.resource(ix), Some(name)),
        _ => draft.label.clone(),
    };
    Lane {
        spans: spans(&TrackName::Power),
        existence: spans(&TrackName::Existence),
        resource: draft
            .resource
            .map(|ix| resource_views::head(store, ix, Some(&label))),
        key: draft.key.clone(),
        label,
        region: draft.region.clone(),
        n_events: seen.places.len() as u64,
        n_failures: seen.failures.len() as u64,
        marks: marks(store, seen, sight),
        findings: Vec::new(),
    }
}

/// Of more states than the screen has room for, those that follow each other too fast to be seen are one that says so.
fn joined(spans: Vec<SpanView>, sight: Sight) -> Vec<SpanView> {
    if spans.len() <= sight.slots as usize {
        return spans;
    }
    let shortest = sight.window.nanos() / i64::from(sight.slots.max(1));
    let is_short = |span: &SpanView| {
        let ends = span.from.zip(span.to);
        ends.is_some_and(|(from, to)| to.nanos() - from.nanos() < shortest)
    };
    let mut joined = Vec::new();
    for run in spans.chunk_by(|a, b| is_short(a) && is_short(b)) {
        match run {
            [first, _, .., last] => joined.push(SpanView {
                value: SpanValue::Value,
                text: format!("{} changes", run.len()),
                to: last.to,
                basis: None,
                end_known: last.end_known,
                row: None,
                initiator: None,
                carried: Vec::new(),
                order_not_recorded: false,
                from: first.from,
            }),
            few => joined.extend_from_slice(few),
        }
    }
    joined
}

/// Every event is in exactly one mark. The parts of the window stand still while it is moved.
fn marks(store: &Store, seen: &Seen, sight: Sight) -> Vec<Mark> {
    let nanos_at = |place: u32| store.rows().nanos_at(place as usize);
    let one = |place: u32, crowd: Option<Crowd>| {
        let row = store.rows().row_at(place as usize);
        Mark {
            row: RowId(row),
            at: Timestamp::from_nanos(nanos_at(place)),
            outcome: store.rows().outcome(row as usize),
            has_effect: act_of(store, row).is_some_and(|act| act.has_effect()),
            crowd,
        }
    };
    let slots = i64::from(sight.slots.max(1));
    if seen.places.len() as i64 <= slots {
        return seen.places.iter().map(|&place| one(place, None)).collect();
    }
    let width = (sight.window.nanos() / slots).max(1);
    let (mut places, mut failures) = (seen.places, seen.failures);
    let mut marks = Vec::new();
    while let Some(&first) = places.first() {
        let from = nanos_at(first);
        let to = (from.div_euclid(width) + 1).saturating_mul(width);
        let before = |places: &[u32]| places.partition_point(|place| nanos_at(*place) < to);
        let (here, rest) = places.split_at(before(places).max(1));
        let (failed, failed_rest) = failures.split_at(before(failures));
        (places, failures) = (rest, failed_rest);
        let last = here.last().filter(|_| here.len() > 1);
        let crowd = last.map(|&last| Crowd {
            until: Timestamp::from_nanos(nanos_at(last)),
            n: here.len() as u32,
            n_failed: failed.len() as u32,
        });
        marks.push(Mark {
            at: Timestamp::from_nanos(from),
            ..one(failed.first().copied().unwrap_or(first), crowd)
        });
    }
    marks
}

/// The findings beside events in the window, in the order of time, with the places of those events.
fn found_in<'a>(
    store: &Store,
    judgement: &'a Judgement,
    inside: &Range<usize>,
) -> Vec<(u32, &'a Found)> {
    let placed = judgement.weighty().map(|found| {
        let place = store.rows().place_of(found.finding.beside);
        (place as u32, found)
    });
    placed
        .filter(|(place, _)| inside.contains(&(*place as usize)))
        .collect()
}

/// Those beside a lane's events; too near each other for the screen, they come as one.
fn lane_findings(
    grounds: &mut Grounds,
    shown: &[(u32, &Found)],
    seen: &Seen,
    sight: Sight,
) -> Vec<LaneFinding> {
    let width = (sight.window.nanos() / i64::from(sight.slots.max(1))).max(1);
    let mut findings: Vec<LaneFinding> = Vec::new();
    let (Some(&first), Some(&last)) = (seen.places.first(), seen.places.last()) else {
        return findings;
    };
    let from = shown.partition_point(|(place, _)| *place < first);
    let here = shown[from..].iter().take_while(|(place, _)| *place <= last);
    for (_, found) in here.filter(|(place, _)| seen.places.binary_search(place).is_ok()) {
        let finding = &found.finding;
        let one = LaneFinding {
            at: finding.at,
            row: RowId(finding.beside),
            kind: finding.kind,
            severity: finding.severity,
            is_firm: grounds.is_firm(found.resource, finding),
            n: 1,
        };
        let slot = |at: Timestamp| at.nanos().div_euclid(width);
        match findings.last_mut() {
            Some(before) if slot(before.at) == slot(one.at) => {
                let weight = |one: &LaneFinding| (one.severity, one.is_firm);
                let n = before.n + 1;
                if weight(&one) > weight(before) {
                    *before = one;
                }
                before.n = n;
            }
            _ => findings.push(one),
        }
    }
    findings
}

fn groups(list: &LaneList, seen: &[Seen]) -> Vec<LaneGroup> {
    let mut groups: Vec<LaneGroup> = Vec::new();
    if !list.has_groups {
        return groups;
    }
    for (place, (draft, seen)) in list.iter().zip(seen).enumerate() {
        let has_marks = u32::from(!seen.places.is_empty());
        match groups.last_mut() {
            Some(group) if group.region == draft.region => {
                group.n_lanes += 1;
                group.n_with_marks += has_marks;
            }
            _ => groups.push(LaneGroup {
                region: draft.region.clone(),
                city: city(&draft.region).unwrap_or("").to_owned(),
                first_lane: place as u32,
                n_lanes: 1,
                n_with_marks: has_marks,
            }),
        }
    }
    groups
}
