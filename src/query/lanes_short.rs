//! All lanes over the whole range in short, for the minimap: bands of lanes by parts of the time, as large whatever there
//! is. Where a band has very many lanes, the states of some of them stand for all; failures and events are never left out.

use super::histories::Histories;
use super::lane_list::Draft;
use super::lane_list::LaneList;
use super::lives::Instant;
use super::lives::Moment;
use super::resource_views::gap_views;
use crate::coverage::Ledger;
use crate::protocol::LanesShort;
use crate::protocol::ShortBand;
use crate::protocol::ShortGap;
use crate::protocol::SpanValue;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// What the picture has pixels for.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub window: TimeRange,
    pub bands: u32,
    pub parts: u32,
}

/// Lanes of a band whose states are looked at.
const LOOKED_AT: usize = 24;
/// All of a part's lanes that were looked at.
const WHOLE: usize = 255;

pub fn lanes_short(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    list: &LaneList,
    ask: Ask,
) -> LanesShort {
    let drafts: Vec<&Draft> = list.iter().collect();
    let parts = ask.parts.clamp(1, 400);
    let middles: Vec<Instant> = (0..parts)
        .map(|part| Instant::of(store, middle(ask, parts, part)))
        .collect();
    let n_bands = (ask.bands.clamp(1, 100) as usize).min(drafts.len());
    let ends = |band: usize| band * drafts.len() / n_bands;
    let mut n_looked_at = 0;
    let bands = (0..n_bands)
        .map(|number| {
            let first = ends(number);
            let lanes = &drafts[first..ends(number + 1)];
            let step = lanes.len().div_ceil(LOOKED_AT);
            let seen: Vec<&&Draft> = lanes.iter().step_by(step.max(1)).collect();
            n_looked_at += seen.len();
            let mut band = ShortBand {
                first: first as u32,
                n_lanes: lanes.len() as u32,
                on: states(store, histories, &seen, &middles, is_on),
                live: states(store, histories, &seen, &middles, is_live),
                has_events: vec![false; parts as usize],
                has_failures: vec![false; parts as usize],
            };
            for draft in lanes {
                mark(store, ask, &draft.places, &mut band.has_events);
                mark(store, ask, &draft.failures, &mut band.has_failures);
            }
            band
        })
        .collect();
    LanesShort {
        window: ask.window,
        total: drafts.len() as u32,
        n_looked_at: n_looked_at as u32,
        bands,
        gaps: gaps(ledger, &drafts, ask.window),
    }
}

fn middle(ask: Ask, parts: u32, part: u32) -> Timestamp {
    let nanos = i128::from(ask.window.nanos()) * i128::from(2 * part + 1) / i128::from(2 * parts);
    ask.window.from().plus_nanos(nanos as i64)
}

/// Of 255 how many are so in each part.
fn states(
    store: &Store,
    histories: &Histories,
    drafts: &[&&Draft],
    middles: &[Instant],
    is_so: fn(Moment) -> bool,
) -> Vec<u8> {
    let share = |instant: &Instant| {
        let is_so = |draft: &&&&Draft| {
            let moment = draft
                .resource
                .and_then(|ix| histories.lives(store).at(ix, *instant));
            moment.is_some_and(is_so)
        };
        let n = drafts.iter().filter(is_so).count();
        // One of many is seen too.
        (n * WHOLE).div_ceil(drafts.len().max(1)) as u8
    };
    middles.iter().map(share).collect()
}

fn is_on(moment: Moment) -> bool {
    moment.power == Some(SpanValue::On)
}

/// There, and not known to be switched off.
fn is_live(moment: Moment) -> bool {
    let is_recorded = moment
        .power
        .is_some_and(|power| power != SpanValue::Unknown);
    !is_recorded && moment.existence == Some(SpanValue::Live)
}

fn mark(store: &Store, ask: Ask, places: &[u32], parts: &mut [bool]) {
    let inside = store.dated_within(ask.window);
    let before = |end: usize| places.partition_point(|place| (*place as usize) < end);
    let nanos = i128::from(ask.window.nanos().max(1));
    for place in &places[before(inside.start)..before(inside.end)] {
        let at = store.rows().nanos_at(*place as usize);
        let since = i128::from(at) - i128::from(ask.window.from().nanos());
        let part = since * parts.len() as i128 / nanos;
        if let Some(part) = parts.get_mut(part as usize) {
            *part = true;
        }
    }
}

/// Lanes of a region stand together.
fn gaps(ledger: &Ledger, drafts: &[&Draft], window: TimeRange) -> Vec<ShortGap> {
    let mut gaps = Vec::new();
    let mut first = 0;
    for lanes in drafts.chunk_by(|a, b| a.region == b.region) {
        let region = lanes[0].region.as_str();
        for gap in gap_views(ledger, std::iter::once(region), window) {
            gaps.push(ShortGap {
                first,
                n_lanes: lanes.len() as u32,
                range: gap.range,
            });
        }
        first += lanes.len() as u32;
    }
    gaps
}
