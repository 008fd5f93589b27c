//! The timeline's lanes: which there are, in which order, and for those in sight their spans and marks.
//! Spans come from all events held; query and range choose the lanes and the marks.

use std::collections::HashMap;

use super::fleet::natural;
use super::histories::Histories;
use super::histories::act_of;
use super::resource_views;
use super::resource_views::gap_views;
use super::resource_views::gaps_of;
use super::resource_views::span_views;
use super::row::initiator;
use crate::cadf::Outcome;
use crate::cadf::location::REGIONS;
use crate::cadf::location::city;
use crate::coverage::Gap;
use crate::coverage::Ledger;
use crate::lifecycle::TrackName;
use crate::protocol::Lane;
use crate::protocol::LaneGroup;
use crate::protocol::LaneKey;
use crate::protocol::LaneSort;
use crate::protocol::Lanes;
use crate::protocol::Mark;
use crate::protocol::RowId;
use crate::protocol::SpanView;
use crate::sorting;
use crate::sorting::Ordered;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// Marks that one lane sends at most; what is left out is counted. Failures are kept before others.
const MARKS_PER_LANE: usize = 4_000;

#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// What the screen shows: marks and spans outside it aren't sent.
    pub window: TimeRange,
    /// The range of the whole page: chooses lanes and marks. `None`: all time.
    pub range: Option<TimeRange>,
    pub by: LaneKey,
    pub sort: LaneSort,
    pub first: u32,
    pub count: u32,
    /// Narrows the lanes by label, id or region, without regard to case.
    pub find: &'a str,
}

/// `matches` says whether an event matches the query; `None`: everything does.
pub fn lanes(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    ask: &Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Lanes {
    let drafts = drafts(store, histories, ask, matches);
    let groups = match ask.by {
        LaneKey::Resource => groups(&drafts),
        LaneKey::Initiator | LaneKey::Region => Vec::new(),
    };
    let n_marks = drafts.iter().map(|draft| draft.n_events).sum();
    let n_failures = drafts.iter().map(|draft| draft.n_failures).sum();
    let total = drafts.len() as u32;
    let mut n_marks_left_out = 0;
    // A folded region has no lane in sight and its unfetched times all the same.
    let mut regions: Vec<String> = drafts.iter().map(|draft| draft.region.clone()).collect();
    regions.dedup();
    let mut gaps: Ordered<String, Option<Vec<Gap>>> = Ordered::default();
    let lanes: Vec<Lane> = drafts
        .into_iter()
        .skip(ask.first as usize)
        .take(ask.count as usize)
        .map(|mut draft| {
            let all = draft.rows.len();
            if all > MARKS_PER_LANE {
                thin(store, &mut draft.rows);
                n_marks_left_out += (all - draft.rows.len()) as u64;
            }
            let gaps = gaps.get_or(draft.region.clone(), || gaps_of(ledger, &draft.region));
            lane(store, histories, ask.window, gaps.as_deref(), draft)
        })
        .collect();
    Lanes {
        window: ask.window,
        total,
        first: ask.first,
        gaps: gap_views(ledger, regions.iter().map(String::as_str), ask.window),
        lanes,
        groups,
        coverage_stated: ledger.regions().next().is_some(),
        n_marks,
        n_failures,
        n_marks_left_out,
    }
}

/// The number of the lane that holds an event's mark, and its region; `None` where no lane does. `first` and `count`
/// don't matter.
pub fn lane_of(
    store: &Store,
    histories: &Histories,
    ask: &Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
    row: u32,
) -> Option<(u32, String)> {
    let number = drafts(store, histories, ask, matches)
        .into_iter()
        .enumerate()
        .find(|(_, draft)| draft.rows.contains(&row))?;
    Some((number.0 as u32, number.1.region))
}

/// All lanes in their order, before their spans and marks are made.
fn drafts(
    store: &Store,
    histories: &Histories,
    ask: &Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Vec<Draft> {
    let is_match = |row: u32| matches.is_none_or(|matches| matches(row));
    let mut drafts = match ask.by {
        LaneKey::Resource => by_resource(store, histories, ask, &is_match),
        LaneKey::Initiator => by_text(store, ask, &is_match, |row| {
            initiator(store, row).unwrap_or("no initiator")
        }),
        LaneKey::Region => by_text(store, ask, &is_match, |row| {
            let region = store.rows().get(Field::Region, row as usize);
            region.unwrap_or("unknown")
        }),
    };
    let needle = ask.find.to_lowercase();
    if !needle.is_empty() {
        drafts.retain(|draft| {
            [&draft.label, &draft.key, &draft.region]
                .iter()
                .any(|text| text.to_lowercase().contains(&needle))
        });
    }
    sorting::sort_by(&mut drafts, |a, b| {
        (region_rank(&a.region), &a.region)
            .cmp(&(region_rank(&b.region), &b.region))
            .then_with(|| in_group(a, b, ask.sort))
            .then_with(|| a.name_key.cmp(&b.name_key))
            .then_with(|| a.key.cmp(&b.key))
    });
    drafts
}

/// A lane before its spans and marks are made.
struct Draft {
    key: String,
    label: String,
    /// Made once: the lanes are sorted by it.
    name_key: String,
    region: String,
    resource: Option<u32>,
    /// Rows of the marks in the window, in time order.
    rows: Vec<u32>,
    n_events: u64,
    n_failures: u64,
    /// Of the matching events in the page's range: what lanes are ordered by, so that they keep their places while
    /// somebody zooms and pans.
    n_in_range: u64,
    n_failures_in_range: u64,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

impl Draft {
    fn new(key: &str, region: String, resource: Option<u32>) -> Draft {
        Draft {
            key: key.to_owned(),
            label: String::new(),
            name_key: String::new(),
            region,
            resource,
            rows: Vec::new(),
            n_events: 0,
            n_failures: 0,
            n_in_range: 0,
            n_failures_in_range: 0,
            first: None,
            last: None,
        }
    }
}

/// The rows to mark, and what is known of the lane from its matching rows.
fn survey(store: &Store, ask: &Ask, rows: impl Iterator<Item = u32>, draft: &mut Draft) {
    for row in rows {
        let Some(at) = store.rows().time(row as usize) else {
            continue;
        };
        if ask.range.is_some_and(|range| !range.contains(at)) {
            continue;
        }
        draft.first = Some(draft.first.map_or(at, |first| first.min(at)));
        draft.last = Some(draft.last.map_or(at, |last| last.max(at)));
        let failures = u64::from(store.rows().outcome(row as usize) == Outcome::Failure);
        draft.n_in_range += 1;
        draft.n_failures_in_range += failures;
        if !ask.window.contains(at) {
            continue;
        }
        draft.n_events += 1;
        draft.n_failures += failures;
        draft.rows.push(row);
    }
}

fn by_resource(
    store: &Store,
    histories: &Histories,
    ask: &Ask,
    is_match: &dyn Fn(u32) -> bool,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for ix in 0..store.resources().len() as u32 {
        let matching: Vec<u32> = store
            .rows_of(ix)
            .iter()
            .copied()
            .filter(|&row| is_match(row))
            .collect();
        if matching.is_empty() {
            continue;
        }
        let resource = &store.resources()[ix as usize];
        let region = resource_views::location_of(store, ix).region;
        let mut draft = Draft::new(&resource.id, region, Some(ix));
        survey(store, ask, matching.into_iter(), &mut draft);
        let history = histories.of(store, ix);
        // A server that lived through the range without an event is a lane too; what has no lifecycle isn't.
        let lived = ask.range.is_some_and(|range| {
            history.track(&TrackName::Existence).is_some_and(|track| {
                track.spans.iter().any(|span| {
                    span.value == crate::lifecycle::Value::Live
                        && span.from.is_none_or(|from| from < range.to())
                        && span.to.is_none_or(|to| to > range.from())
                })
            })
        });
        if draft.first.is_none() && !lived {
            continue;
        }
        let name = history
            .name_at(ask.window.to())
            .or_else(|| history.name_now());
        draft.label = resource_views::label(resource, name);
        // As it is called at the end of the range, so that no window changes the order.
        let last_name = ask.range.and_then(|range| history.name_at(range.to()));
        let last_name = last_name.or_else(|| history.name_now());
        draft.name_key = natural(&resource_views::label(resource, last_name));
        drafts.push(draft);
    }
    drafts
}

fn by_text<'a>(
    store: &'a Store,
    ask: &Ask,
    is_match: &dyn Fn(u32) -> bool,
    text: impl Fn(u32) -> &'a str,
) -> Vec<Draft> {
    let mut rows_of: HashMap<&str, Vec<u32>> = HashMap::new();
    for place in store.events().ones_in(store.dated()) {
        let row = store.rows().row_at(place);
        if is_match(row) {
            rows_of.entry(text(row)).or_default().push(row);
        }
    }
    let mut drafts = Vec::new();
    for (key, rows) in rows_of {
        let region = match ask.by {
            LaneKey::Region => key.to_owned(),
            _ => String::new(),
        };
        let mut draft = Draft::new(key, region, None);
        draft.label = key.to_owned();
        draft.name_key = natural(key);
        survey(store, ask, rows.into_iter(), &mut draft);
        if draft.first.is_some() {
            drafts.push(draft);
        }
    }
    drafts
}

/// Keeps what fits: failures first, then every n-th of the others.
fn thin(store: &Store, rows: &mut Vec<u32>) {
    let is_failure = |row: u32| store.rows().outcome(row as usize) == Outcome::Failure;
    let n_failures = rows.iter().filter(|&&row| is_failure(row)).count();
    let room = MARKS_PER_LANE.saturating_sub(n_failures).max(1);
    let others = rows.len() - n_failures;
    let step = others.div_ceil(room).max(1);
    let failure_step = n_failures.div_ceil(MARKS_PER_LANE).max(1);
    let (mut seen, mut failures) = (0, 0);
    rows.retain(|&row| {
        if is_failure(row) {
            failures += 1;
            (failures - 1) % failure_step == 0
        } else {
            seen += 1;
            (seen - 1) % step == 0
        }
    });
}

fn lane(
    store: &Store,
    histories: &Histories,
    window: TimeRange,
    gaps: Option<&[Gap]>,
    draft: Draft,
) -> Lane {
    let spans = |track: &TrackName| -> Vec<SpanView> {
        draft.resource.map_or_else(Vec::new, |ix| {
            let history = histories.of(store, ix);
            history
                .track(track)
                .map_or_else(Vec::new, |track| span_views(history, track, gaps, window))
        })
    };
    let marks = draft
        .rows
        .iter()
        .filter_map(|&row| {
            Some(Mark {
                row: RowId(row),
                at: store.rows().time(row as usize)?,
                outcome: store.rows().outcome(row as usize),
                has_effect: act_of(store, row).is_some_and(|act| act.has_effect()),
            })
        })
        .collect();
    Lane {
        spans: spans(&TrackName::Power),
        existence: spans(&TrackName::Existence),
        resource: draft
            .resource
            .map(|ix| resource_views::head(store, ix, Some(&draft.label))),
        key: draft.key,
        label: draft.label,
        region: draft.region,
        n_events: draft.n_events,
        n_failures: draft.n_failures,
        marks,
    }
}

fn groups(drafts: &[Draft]) -> Vec<LaneGroup> {
    let mut groups: Vec<LaneGroup> = Vec::new();
    for (place, draft) in drafts.iter().enumerate() {
        let has_marks = u32::from(draft.n_events > 0);
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

/// Regions in the order in which people list them, unknown ones after.
fn region_rank(region: &str) -> usize {
    REGIONS
        .iter()
        .position(|(code, _)| *code == region)
        .unwrap_or(REGIONS.len())
}

fn in_group(a: &Draft, b: &Draft, sort: LaneSort) -> std::cmp::Ordering {
    match sort {
        LaneSort::Name => std::cmp::Ordering::Equal,
        LaneSort::FirstEvent => a.first.cmp(&b.first),
        LaneSort::LastEvent => b.last.cmp(&a.last),
        LaneSort::MostEvents => b.n_in_range.cmp(&a.n_in_range),
        LaneSort::MostFailures => b.n_failures_in_range.cmp(&a.n_failures_in_range),
    }
}
