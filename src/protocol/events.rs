//! Answers about events: the frame around every view, lists, facets, one event by itself.

use crate::crossing::Crossing;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::time::TimeRange;
use crate::time::Timestamp;

use super::FacetName;
use super::ResourceHead;
use super::ResourceIx;
use super::RowId;

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Overview {
    pub domain: TimeRange,
    pub bins: Vec<Bin>,
    /// Of all events held.
    pub held: u64,
    /// In range, whatever the query.
    pub in_range: u64,
    /// That match query and range.
    pub matching: u64,
    pub matching_failures: u64,
    /// The query's clauses for the chips, in their order; a chip shows as written.
    pub clauses: Vec<ClauseView>,
    /// Words about the query that are no error: a name taken as text, an always-empty clause.
    pub notes: Vec<String>,
    /// Unfetched times by region inside the domain.
    pub gaps: Vec<Gap>,
    pub coverage_stated: bool,
}

/// Counts in one bin: strong bars match, pale ones are hidden by the query or lie outside the range.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
pub struct Bin {
    pub success: u32,
    pub failure: u32,
    pub pending: u32,
    /// `unknown` and `none`.
    pub other: u32,
    pub hidden_failure: u32,
    pub hidden: u32,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct ClauseView {
    /// As written, and where it stands in the text (characters).
    pub text: String,
    pub at: u32,
    pub len: u32,
    pub field: Option<String>,
    pub negated: bool,
    /// How many events in range this clause alone hides.
    pub hides: u64,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Gap {
    pub region: String,
    pub range: TimeRange,
    pub reason: GapReason,
    pub words: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub enum GapReason {
    NotAsked,
    Failed,
    Truncated,
    NotYet,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Page {
    pub total: u64,
    pub first: u64,
    pub rows: Vec<RowView>,
}

/// One line of the events table.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct RowView {
    pub row: RowId,
    /// `None`: undated.
    pub time: Option<Timestamp>,
    /// The time was not stated in full: zone assumed, or the envelope's time.
    pub time_is_marked: bool,
    pub outcome: Outcome,
    pub action: String,
    /// The action in plain words.
    pub label: String,
    pub initiator: String,
    /// Name, else id, else empty.
    pub target: String,
    pub kind: Kind,
    pub kind_words: String,
    pub region: String,
    pub location: String,
    pub address: String,
    pub reason: String,
    pub severity: String,
    pub credential: String,
    pub source: String,
    pub copies: u32,
    pub is_conflict: bool,
    pub resource: Option<ResourceIx>,
    /// The event has an effect on its resource's state (else its mark is a hollow diamond).
    pub has_effect: bool,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Stepped {
    pub row: RowId,
    /// In what matches, if it is there.
    pub position: Option<u64>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Facet {
    pub name: FacetName,
    pub values: Vec<FacetValue>,
    /// How many distinct values there are in all.
    pub distinct: u32,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct FacetValue {
    /// As a clause names it; `none` is a value.
    pub value: String,
    /// Plain words where they differ from the value.
    pub label: String,
    pub count: u64,
    pub is_chosen: bool,
    pub is_excluded: bool,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Detail {
    pub row: RowView,
    /// Event id, or `#` and the content hash.
    pub event: String,
    pub content_hash: String,
    /// `Soft power off, refused`.
    pub title: String,
    /// One sentence in plain words that says no more than the record proves.
    pub sentence: String,
    pub badges: Vec<String>,
    /// Fields by section, each with what filters for it.
    pub sections: Vec<Section>,
    pub resource: Option<ResourceHead>,
    pub resource_events: u64,
    pub correlation: Option<Correlation>,
    pub initiator_events_hour: u64,
    /// Events just before and after in time, whatever the filter.
    pub neighbours: Vec<RowView>,
    /// The unwrapped event as JSON text, for the tree.
    pub body: String,
    /// The same as a tree.
    pub members: Vec<Member>,
    /// The record as received, or why it can't be shown.
    pub raw: Result<String, String>,
    pub file: String,
    pub line: u64,
    pub byte: u64,
    pub conflicts_with: Vec<RowId>,
    pub copies_at: Vec<String>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Section {
    pub title: String,
    pub fields: Vec<FieldView>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct FieldView {
    pub label: String,
    /// CADF's name, for the tooltip.
    pub cadf: String,
    pub value: String,
    /// Quieter words after the value.
    pub note: String,
    pub is_mono: bool,
    pub is_failure: bool,
    /// The query clause that filters for this value: `initiator.name:jane@acme.example`; none where it can't be asked.
    pub clause: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Correlation {
    pub id: String,
    pub events: u64,
    /// The outcomes in time order, and the time from the first to the last.
    pub outcomes: Vec<Outcome>,
    pub nanos: i64,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Completion {
    /// What is shown, and the words beside it.
    pub text: String,
    pub note: String,
    pub count: Option<u64>,
    /// The whole query text after taking it, and the cursor in it (characters).
    pub query: String,
    pub cursor: u32,
    pub is_field: bool,
    /// `who:ja*`, `-who:ja*`: stands last, under "Or".
    pub is_pattern: bool,
}

/// A member of an event, or an item of a list in it.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Member {
    /// An item's is its place, from 0.
    pub name: String,
    /// As a query names it; places in lists are left out.
    pub path: String,
    pub held: MemberValue,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub enum MemberValue {
    Text(String),
    /// A number, `true` or `false`, or what lies deeper than a tree shows, as JSON.
    Plain(String),
    Null,
    Members(Vec<Member>),
    Items(Vec<Member>),
}
