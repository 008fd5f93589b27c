//! The columnar store: every event taken apart into dictionary-coded columns, sorted by time, grouped by resource.
//! Refuses to keep an event's text: what isn't in a column is read again from the raw text on demand.
//!
//! `append` as records come, `refresh` to make what came visible: sorting, identities and groups are made anew there.

pub mod append;
pub mod groups;
pub mod ids;
pub mod parts;
pub mod paths;
pub mod raw_text;
pub mod references;
pub mod refresh;
pub mod rows;

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;

use columns::PrefixCounts;
use columns::Run;
use reading::hash::BuildMix;

pub use append::Appended;
pub use columns::Bitmap;
pub use columns::Code;
pub use columns::CodeTable;
pub use columns::Codes;
pub use columns::Column;
pub use columns::Dictionary;
pub use columns::NONE;
pub use groups::Group;
pub use parts::Part;
pub use parts::Refused;
pub use paths::Paths;
pub use raw_text::PackedText;
pub use raw_text::RawError;
pub use raw_text::RawText;
pub use refresh::Counts;
pub use rows::Field;
pub use rows::RawRef;
pub use rows::RowColumns;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::catalogue::ActId;
use crate::catalogue::Catalogue;
use crate::lifecycle::Detail;
use crate::lifecycle::Found;
use crate::lifecycle::Identities;
use crate::lifecycle::Known;
use crate::lifecycle::Resource;
use crate::time::TimeRange;
use crate::time::Timestamp;
use ids::IdKey;
use references::References;

/// All that is held of all sources.
#[derive(Debug)]
pub struct Store {
    catalogue: Catalogue,
    config_account: Option<String>,
    rows: RowColumns,
    parts: Vec<Part>,
    /// Finds the first row of an id (or, without one, of a content hash).
    identities: CodeTable,
    /// From row to row of the same id.
    next_same: HashMap<u32, u32, BuildMix>,
    /// First rows of the ids that several rows share.
    shared_heads: Vec<u32>,
    /// Where else a row's event stood.
    copies: HashMap<u32, Vec<RawRef>, BuildMix>,
    references: References,
    /// By an action's code.
    acts: Vec<Option<ActId>>,
    details: HashMap<u32, Detail, BuildMix>,
    paths: Paths,

    // What follows is made anew by `refresh`.
    generation: u64,
    /// Rows whose event another row tells, once accounts are known, and which row that is.
    folded: HashMap<u32, u32, BuildMix>,
    conflicting: HashSet<u32, BuildMix>,
    n_conflicts: u64,
    /// A row was overwritten by a copy that says more: its place in time may be another.
    was_rewritten: bool,
    n_rewritten: u64,
    /// Places of rows that are events: all but those that another row tells.
    events: Bitmap,
    n_events: PrefixCounts,
    n_failures: PrefixCounts,
    /// Places of events by outcome, in the order of `Outcome::ALL`.
    outcomes: [Bitmap; 5],
    /// Undated rows stand before all others.
    n_undated: usize,
    resources: Identities,
    /// Where each resource's rows start in `resource_rows`, and one beyond the last.
    resource_starts: Vec<u32>,
    /// Events by resource, in the order of time.
    resource_rows: Codes,
    counts: Counts,
}

impl Store {
    /// `config_account`: the viewer's own, with or without `a/`.
    pub fn new(catalogue: Catalogue, config_account: Option<&str>) -> Store {
        Store {
            catalogue,
            config_account: config_account
                .map(|account| account.strip_prefix("a/").unwrap_or(account))
                .filter(|account| !account.is_empty())
                .map(str::to_owned),
            rows: RowColumns::default(),
            parts: Vec::new(),
            identities: CodeTable::default(),
            next_same: HashMap::default(),
            shared_heads: Vec::new(),
            copies: HashMap::default(),
            references: References::default(),
            acts: Vec::new(),
            details: HashMap::default(),
            paths: Paths::default(),
            generation: 0,
            folded: HashMap::default(),
            conflicting: HashSet::default(),
            n_conflicts: 0,
            was_rewritten: false,
            n_rewritten: 0,
            events: Bitmap::default(),
            n_events: PrefixCounts::default(),
            n_failures: PrefixCounts::default(),
            outcomes: Default::default(),
            n_undated: 0,
            resources: Identities::default(),
            resource_starts: vec![0],
            resource_rows: Codes::default(),
            counts: Counts::default(),
        }
    }

    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub fn config_account(&self) -> Option<&str> {
        self.config_account.as_deref()
    }

    /// The account that stands for an unknown one: the only one known, the configuration's included.
    pub fn known_account(&self) -> Option<Cow<'_, str>> {
        let accounts = self.rows.texts(Field::Account);
        let configured = self.config_account();
        match accounts.len() as Code - 1 {
            NONE => configured.map(Cow::from),
            only @ 1 => {
                let known = accounts.text(only);
                let is_other = configured.is_some_and(|configured| known != configured);
                (!is_other).then_some(known)
            }
            _ => None,
        }
    }

    /// A new file or answer; records that come from it name this number.
    pub fn add_part(&mut self, part: Part) -> u32 {
        self.parts.push(part);
        self.parts.len() as u32 - 1
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub fn part_mut(&mut self, part: u32) -> Option<&mut Part> {
        self.parts.get_mut(part as usize)
    }

    pub fn rows(&self) -> &RowColumns {
        &self.rows
    }

    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Grows with every `refresh`.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How often a refresh found rows told in other words than before.
    pub fn n_rewritten(&self) -> u64 {
        self.n_rewritten
    }

    /// Counts on from another store that this one takes the place of.
    pub fn continue_generations(&mut self, generation: u64) {
        self.generation = generation;
    }

    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The places of the events: undated ones first, then by time, then in a fixed order.
    pub fn events(&self) -> &Bitmap {
        &self.events
    }

    /// How many places of a range are events.
    pub fn n_events_in(&self, range: Range<usize>) -> u64 {
        self.n_events.count_in(&self.events, range)
    }

    /// How many of them failed.
    pub fn n_failures_in(&self, range: Range<usize>) -> u64 {
        self.n_failures
            .count_in(self.of_outcome(Outcome::Failure), range)
    }

    /// The places of events that ended so.
    pub fn of_outcome(&self, outcome: Outcome) -> &Bitmap {
        &self.outcomes[outcome as usize]
    }

    /// The events in that order, by row.
    pub fn by_time(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let places = 0..self.events.len();
        let is_event = |place: &usize| self.events.get(*place);
        places.filter(is_event).map(|place| self.rows.row_at(place))
    }

    /// The places of the dated rows.
    pub fn dated(&self) -> Range<usize> {
        self.n_undated..self.events.len()
    }

    /// The places of the rows dated inside a range.
    pub fn dated_within(&self, range: TimeRange) -> Range<usize> {
        let dated = self.dated();
        let place = |at: Timestamp| self.rows.first_from(dated.clone(), at.nanos());
        let from = place(range.from());
        from..place(range.to()).max(from)
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known {
            references: &self.references.0,
            columns: &self.rows,
        }
    }

    pub fn n_resources(&self) -> u32 {
        self.resources.len()
    }

    /// Panics beyond the end, as a slice does: resources are numbered by the store.
    pub fn resource(&self, ix: u32) -> Resource<'_> {
        self.resources.get(self.known(), ix)
    }

    /// Sorted by kind, id and account.
    pub fn resources(&self) -> impl Iterator<Item = Resource<'_>> {
        (0..self.n_resources()).map(|ix| self.resource(ix))
    }

    /// By a CRN, an id or `name:<name>`.
    pub fn find_resource(&self, text: &str) -> Found {
        self.resources.find(self.known(), text)
    }

    pub fn resource_of(&self, row: u32) -> Option<u32> {
        self.resource_named(self.rows.reference(row as usize))
    }

    /// The resource that a reference lands on.
    pub fn resource_named(&self, reference: u32) -> Option<u32> {
        self.resources.resource_of(reference)
    }

    /// The event's target is its resource itself, not a part of it.
    pub fn target_is_resource(&self, row: u32) -> bool {
        let reference = self.rows.reference(row as usize);
        self.resources.target_is_resource(reference)
    }

    /// The events of a resource, undated ones first, then by time.
    pub fn rows_of(&self, resource: u32) -> Run<'_> {
        let bound = |at| self.resource_starts.get(at).copied().unwrap_or(0) as usize;
        let (from, to) = (bound(resource as usize), bound(resource as usize + 1));
        self.resource_rows.run(from..to.max(from))
    }

    /// The kind of the event's resource.
    pub fn kind_of(&self, row: u32) -> Kind {
        self.kind_named(self.rows.reference(row as usize))
    }

    /// The kind of the resource that a reference lands on.
    pub fn kind_named(&self, reference: u32) -> Kind {
        self.resource_named(reference)
            .map_or(Kind::Other, |ix| self.resources.kind(ix))
    }

    pub fn act_of(&self, row: u32) -> Option<ActId> {
        self.rows.act(row as usize)
    }

    pub fn detail_of(&self, row: u32) -> Option<&Detail> {
        self.details.get(&row)
    }

    /// Where else the event stood, the same text read again left out.
    pub fn copies_of(&self, row: u32) -> impl Iterator<Item = RawRef> + '_ {
        let is_counted = |place: &RawRef| !self.parts[place.part as usize].is_superseded;
        let own = self.rows.raw(row as usize);
        let copies = self.copies.get(&row).into_iter().flatten().copied();
        // Where its own place was read again, one of the others is that very record.
        let n_again = usize::from(!is_counted(&own));
        copies.filter(is_counted).skip(n_again)
    }

    /// Another row of the same id contradicts it.
    pub fn is_conflicting(&self, row: u32) -> bool {
        self.conflicting.contains(&row)
    }

    /// Some id names more than one event.
    pub fn has_shared_ids(&self) -> bool {
        !self.shared_heads.is_empty()
    }

    /// The events named by an id, or by `#` and a content hash; several when they conflict or share an id.
    pub fn named(&self, name: &str) -> Vec<u32> {
        let keys = [IdKey::of_id(name), IdKey::of_hash(name.to_owned())];
        let is_it = |key: &IdKey, row: u32| self.rows.ids.is(row as usize, key);
        let find = |key: &IdKey| self.identities.find(key.hash(), |row| is_it(key, row));
        match keys.iter().find_map(find) {
            Some(head) => self
                .same_id(head)
                .map(|row| self.folded.get(&row).copied().unwrap_or(row))
                .collect(),
            None => Vec::new(),
        }
    }

    /// Bytes of all that grows with the events; the raw text beside.
    pub fn bytes(&self) -> usize {
        self.rows.bytes()
            + self.identities.bytes()
            + self.events.bytes()
            + self.n_events.bytes()
            + self.n_failures.bytes()
            + self.outcomes.iter().map(Bitmap::bytes).sum::<usize>()
            + self.resource_starts.capacity() * size_of::<u32>()
            + self.resource_rows.bytes()
            + self.references.0.bytes()
            + self.resources.bytes()
    }
}

#[cfg(test)]
mod tests;
