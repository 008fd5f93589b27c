//! Which lanes a timeline has, and in which order. Made once for a query and a range and kept while somebody zooms and
//! pans: no window changes it, so lanes keep their places. Refuses to know what is in sight.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use reading::lowercase;

use super::fleet::natural;
use super::histories::Histories;
use super::judgement::Judgement;
use super::lives::Instant;
use super::lives::Within;
use super::resource_views;
use super::row::initiator;
use crate::cadf::Outcome;
use crate::cadf::location::REGIONS;
use crate::protocol::LaneKey;
use crate::protocol::LaneSort;
use crate::sorting;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;

#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The range of the whole page: chooses lanes and marks. `None`: all time.
    pub range: Option<TimeRange>,
    pub by: LaneKey,
    pub sort: LaneSort,
    /// Narrows the lanes by name, id or region, without regard to case.
    pub find: &'a str,
    /// What lanes are sorted by where they are sorted by their findings.
    pub judgement: Option<&'a Judgement>,
}

#[derive(Debug)]
pub struct LaneList {
    drafts: Vec<Draft>,
    /// Lanes stand under their regions.
    pub has_groups: bool,
}

/// A lane before its spans and marks are made.
#[derive(Debug)]
pub struct Draft {
    pub key: String,
    /// As it is called at the end of the range.
    pub label: String,
    pub region: String,
    pub resource: Option<u32>,
    /// Where its matching events of the range stand in the store, which is in the order of time.
    pub places: Vec<u32>,
    /// Where those of them stand that failed.
    pub failures: Vec<u32>,
    pub n_findings: u32,
}

/// `matches` says whether an event matches the query; `None`: everything does.
pub fn lane_list(
    store: &Store,
    histories: &Histories,
    ask: Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> LaneList {
    let mut drafts = match ask.by {
        LaneKey::Resource => by_resource(store, histories, ask, matches),
        LaneKey::Initiator => by_text(store, ask, matches, |row| {
            initiator(store, row).unwrap_or(Cow::Borrowed("no initiator"))
        }),
        LaneKey::Region => by_text(store, ask, matches, |row| {
            let region = store.rows().get(Field::Region, row as usize);
            region.unwrap_or(Cow::Borrowed("unknown"))
        }),
    };
    let needle = lowercase(ask.find);
    if !needle.is_empty() {
        drafts.retain(|draft| draft.is_found(store, histories, &needle));
    }
    if let Some(judgement) = ask.judgement {
        let beside = places_of_findings(store, judgement);
        for draft in &mut drafts {
            draft.n_findings = n_in_both(&draft.places, &beside);
        }
    }
    let mut keyed: Vec<(String, Draft)> = drafts
        .into_iter()
        .map(|draft| (natural(&draft.label), draft))
        .collect();
    sorting::sort_by(&mut keyed, |(a_name, a), (b_name, b)| {
        (region_rank(&a.region), &a.region)
            .cmp(&(region_rank(&b.region), &b.region))
            .then_with(|| in_group(store, a, b, ask.sort))
            .then_with(|| a_name.cmp(b_name))
            .then_with(|| a.key.cmp(&b.key))
    });
    LaneList {
        drafts: keyed.into_iter().map(|(_, draft)| draft).collect(),
        has_groups: ask.by == LaneKey::Resource,
    }
}

impl LaneList {
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.iter()
    }
}

impl Draft {
    fn new(store: &Store, key: &str, region: String, places: Vec<u32>) -> Draft {
        let failed = store.of_outcome(Outcome::Failure);
        let has_failed = |place: &u32| failed.get(*place as usize);
        Draft {
            key: key.to_owned(),
            label: key.to_owned(),
            region,
            resource: None,
            failures: places.iter().copied().filter(has_failed).collect(),
            places,
            n_findings: 0,
        }
    }

    /// By any name that it ever had: a label tells the one at the end of what is in sight.
    fn is_found(&self, store: &Store, histories: &Histories, needle: &str) -> bool {
        let holds = |text: &str| lowercase(text).contains(needle);
        let was_called = || {
            let ix = self.resource?;
            let mut names = histories.lives(store).names(store, ix);
            Some(names.any(|name| holds(&name)))
        };
        [&self.label, &self.key, &self.region]
            .into_iter()
            .any(|text| holds(text))
            || was_called().unwrap_or(false)
    }
}

fn by_resource(
    store: &Store,
    histories: &Histories,
    ask: Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Vec<Draft> {
    let lives = histories.lives(store);
    let inside = places_of(store, ask.range);
    let range = ask.range;
    let within = range.map(|range| Within::of(store, range));
    let end = range.map(|range| Instant::of(store, range.to()));
    let mut drafts = Vec::new();
    for ix in 0..store.n_resources() {
        let is_match = |row: &u32| matches.is_none_or(|matches| matches(*row));
        let mut matching = store.rows_of(ix).filter(is_match).peekable();
        if matching.peek().is_none() {
            continue;
        }
        let places = matching.map(|row| store.rows().place_of(row));
        let places = places.filter(|place| inside.contains(place));
        let places = places.map(|place| place as u32).collect();
        let resource = store.resource(ix);
        let region = lives.region(ix).into_owned();
        let mut draft = Draft::new(store, &resource.id(), region, places);
        draft.resource = Some(ix);
        // A server that lived through the range without an event is a lane too; what has no lifecycle isn't.
        let lived = within.is_some_and(|within| lives.lived(ix, within));
        if draft.places.is_empty() && !lived {
            continue;
        }
        let name = end.and_then(|end| lives.name(store, lives.at(ix, end)?));
        let name = name.or_else(|| lives.name(store, lives.last(ix)?));
        draft.label = resource_views::label(resource, name.as_deref());
        drafts.push(draft);
    }
    drafts
}

fn by_text<'a>(
    store: &'a Store,
    ask: Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
    text: impl Fn(u32) -> Cow<'a, str>,
) -> Vec<Draft> {
    let mut places_of_text: HashMap<Cow<str>, Vec<u32>> = HashMap::new();
    for place in store.events().ones_in(places_of(store, ask.range)) {
        let row = store.rows().row_at(place);
        if matches.is_none_or(|matches| matches(row)) {
            let places = places_of_text.entry(text(row)).or_default();
            places.push(place as u32);
        }
    }
    let drafts = places_of_text.into_iter().map(|(key, places)| {
        let region = match ask.by {
            LaneKey::Region => key.clone().into_owned(),
            _ => String::new(),
        };
        Draft::new(store, &key, region, places)
    });
    drafts.collect()
}

fn places_of(store: &Store, range: Option<TimeRange>) -> Range<usize> {
    range.map_or_else(|| store.dated(), |range| store.dated_within(range))
}

/// Where the events stand that findings stand beside, in order.
pub fn places_of_findings(store: &Store, judgement: &Judgement) -> Vec<u32> {
    let findings = judgement.weighty().map(|found| found.finding.beside);
    let places = findings.map(|row| store.rows().place_of(row) as u32);
    places.collect()
}

/// How many of `others`, each as often as it is there, are among `places`. Both in order.
fn n_in_both(places: &[u32], others: &[u32]) -> u32 {
    let (few, many) = match places.len() < others.len() {
        true => (places, others),
        false => (others, places),
    };
    let n_of = |place: &u32| {
        let from = many.partition_point(|other| other < place);
        many[from..]
            .iter()
            .take_while(|other| *other == place)
            .count()
    };
    few.iter().map(n_of).sum::<usize>() as u32
}

/// Regions in the order in which people list them, unknown ones after.
fn region_rank(region: &str) -> usize {
    REGIONS
        .iter()
        .position(|(code, _)| *code == region)
        .unwrap_or(REGIONS.len())
}

fn in_group(store: &Store, a: &Draft, b: &Draft, sort: LaneSort) -> std::cmp::Ordering {
    let at = |place: Option<&u32>| place.map(|place| store.rows().nanos_at(*place as usize));
    match sort {
        LaneSort::Name => std::cmp::Ordering::Equal,
        LaneSort::FirstEvent => at(a.places.first()).cmp(&at(b.places.first())),
        LaneSort::LastEvent => at(b.places.last()).cmp(&at(a.places.last())),
        LaneSort::MostEvents => b.places.len().cmp(&a.places.len()),
        LaneSort::MostFailures => b.failures.len().cmp(&a.failures.len()),
        LaneSort::MostFindings => b.n_findings.cmp(&a.n_findings),
    }
}
