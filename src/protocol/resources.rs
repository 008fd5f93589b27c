//! Answers about resources: the fleet, one history, lanes.

use crate::crossing::Crossing;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::findings::FindingKind;
use crate::findings::Severity;
use crate::time::TimeRange;
use crate::time::Timestamp;

use super::FindingView;
use super::Fold;
use super::Gap;
use super::OperationView;
use super::ResourceIx;
use super::RowId;
use super::RowView;

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct ResourceHead {
    pub ix: ResourceIx,
    /// As printed: the CRN if any event gave one, else the id, else `name:…`.
    pub id: String,
    pub kind: Kind,
    pub kind_words: String,
    /// Its value at that time; else the id's last part stands in on screen and this is `None`.
    pub name: Option<String>,
    /// What to call it on screen.
    pub label: String,
    pub region: String,
    pub location: String,
    pub is_foreign_account: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Crossing)]
pub enum Basis {
    Set,
    Implied,
    Seen,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct SpanView {
    pub value: SpanValue,
    pub text: String,
    /// `None`: since before anything recorded.
    pub from: Option<Timestamp>,
    /// `None`: still so.
    pub to: Option<Timestamp>,
    pub basis: Option<Basis>,
    pub end_known: bool,
    /// The event that began it, and who; the initiator is `None` where it was only seen.
    pub row: Option<RowId>,
    pub initiator: Option<String>,
    /// The parts of it that lie in unfetched time or after it without a witness.
    pub carried: Vec<TimeRange>,
    pub order_not_recorded: bool,
}

/// How a span is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Crossing)]
pub enum SpanValue {
    Unknown,
    On,
    Off,
    Suspended,
    Rescue,
    Live,
    Reclaimed,
    Deleted,
    /// A port that is disabled, a group not joined: drawn as `Off`.
    Absent,
    /// Any other value: its text says which.
    Value,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct TrackView {
    /// `existence`, `power`, `port:eth0`, …
    pub name: String,
    pub label: String,
    pub is_inferred: bool,
    pub spans: Vec<SpanView>,
}

/// The lifecycle history of one resource.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct HistoryPage {
    pub head: ResourceHead,
    pub tracks: Vec<TrackView>,
    /// All of them, newest first, the undated last.
    pub events: Vec<EventMark>,
    /// What events are called and who did them.
    pub words: Vec<String>,
    pub n_failures: u64,
    pub n_pending: u64,
    pub n_success: u64,
    pub n_undated: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub gaps: Vec<Gap>,
    pub coverage_stated: bool,
    /// Words that the page must say: a kind without an end, inferred ports, names seen.
    pub notes: Vec<String>,
    /// Ids that were merged into this resource.
    pub also_known_as: Vec<String>,
    /// Also what concerns the whole account has been judged: until then `findings` may lack some.
    pub is_judged: bool,
    /// In time order.
    pub findings: Vec<FindingView>,
    /// Those with both halves and those that lack one, in the order of their first event.
    pub operations: Vec<OperationView>,
    /// Newest first; none shares an event with another.
    pub folds: Vec<Fold>,
}

/// An event of a history in a few bytes: a life may have very many. In full it is asked for by
/// [`Question::HistoryRows`](super::Question::HistoryRows).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub struct EventMark {
    pub row: RowId,
    pub at: Option<Timestamp>,
    pub outcome: Outcome,
    pub has_effect: bool,
    /// These two by their place in [`HistoryPage::words`].
    pub label: u32,
    pub initiator: u32,
}

/// A window of a history's events.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct HistoryRows {
    /// The place of the first among all, newest first.
    pub first: u32,
    pub rows: Vec<HistoryEvent>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct HistoryEvent {
    pub row: RowView,
    /// What it changed: `power off → on`; empty for a mark.
    pub changes: Vec<ChangeView>,
    /// `none, refused (403)`, `no effect on state`; empty where it changed something.
    pub no_change: String,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct ChangeView {
    pub track: String,
    pub label: String,
    pub before: String,
    pub after: String,
    pub basis: Basis,
    /// Who set the value before and when; `None`: it was not known.
    pub before_by: Option<String>,
    pub before_at: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Fleet {
    pub at: Timestamp,
    /// Resources whose existence at T is known (after `find`, the filter and `include_ended`).
    pub total: u32,
    pub live: u32,
    pub ended: u32,
    pub rows: Vec<FleetRow>,
    pub first: u32,
    /// Existence at T is unknown, except those born later.
    pub unrecorded: Vec<ResourceHead>,
    pub n_unrecorded: u32,
    pub coverage_stated: bool,
    /// Unfetched times of every region inside the strip.
    pub gaps: Vec<Gap>,
    /// The account has been judged: until then no row counts findings.
    pub is_judged: bool,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct FleetRow {
    pub head: ResourceHead,
    pub existence: SpanValue,
    pub power: Option<SpanValue>,
    pub since: Option<Timestamp>,
    pub is_carried: bool,
    /// The last successful change at or before T: when, by whom, what (in plain words).
    pub last_change: Option<Timestamp>,
    pub last_by: String,
    pub last_what: String,
    pub last_row: Option<RowId>,
    /// Findings of all its life that are warnings or high.
    pub n_firm: u32,
    pub n_suspected: u32,
    /// Power within `strip`, for the small picture; existence where power isn't recorded.
    pub strip: Vec<SpanView>,
    pub strip_existence: Vec<SpanView>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Lanes {
    pub window: TimeRange,
    /// Lanes in all, and the window of them that was asked for.
    pub total: u32,
    pub first: u32,
    pub lanes: Vec<Lane>,
    pub groups: Vec<LaneGroup>,
    /// Unfetched times of the regions of all lanes, also of those that weren't asked for.
    pub gaps: Vec<Gap>,
    pub coverage_stated: bool,
    pub n_marks: u64,
    pub n_failures: u64,
    /// The account has been judged: until then no lane has findings.
    pub is_judged: bool,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct LaneGroup {
    pub region: String,
    pub city: String,
    pub first_lane: u32,
    pub n_lanes: u32,
    pub n_with_marks: u32,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Lane {
    pub key: String,
    pub label: String,
    pub resource: Option<ResourceHead>,
    pub region: String,
    pub n_events: u64,
    pub n_failures: u64,
    /// Power, or existence where power is not recorded; empty for lanes of initiators and regions.
    pub spans: Vec<SpanView>,
    /// Existence, for birth and end.
    pub existence: Vec<SpanView>,
    pub marks: Vec<Mark>,
    /// In the window, in time order: those that are warnings or high.
    pub findings: Vec<LaneFinding>,
}

/// A finding as a lane shows it: beside the event that raised it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub struct LaneFinding {
    pub at: Timestamp,
    pub row: RowId,
    pub kind: FindingKind,
    pub severity: Severity,
    pub is_firm: bool,
    /// Of so many that stand too near each other; the weightiest one's row.
    pub n: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub struct Mark {
    pub row: RowId,
    pub at: Timestamp,
    pub outcome: Outcome,
    pub has_effect: bool,
    pub crowd: Option<Crowd>,
}

/// All lanes in short, in bands.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct LanesShort {
    pub window: TimeRange,
    pub total: u32,
    /// Lanes whose states stand for their band's.
    pub n_looked_at: u32,
    pub bands: Vec<ShortBand>,
    pub gaps: Vec<ShortGap>,
}

/// Neighbouring lanes, for each part of the time.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct ShortBand {
    pub first: u32,
    pub n_lanes: u32,
    /// Of 255, how many are on in the middle of the part.
    pub on: Vec<u8>,
    /// Likewise, there without a record of their power.
    pub live: Vec<u8>,
    pub has_events: Vec<bool>,
    pub has_failures: Vec<bool>,
}

/// An unfetched time of a run of lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub struct ShortGap {
    pub first: u32,
    pub n_lanes: u32,
    pub range: TimeRange,
}

/// The events of one correlation.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Related {
    /// The event that was asked about.
    pub row: RowId,
    /// How many there are, itself among them.
    pub total: u32,
    /// Those that have a mark, by time, itself among them; the nearest in time where there are very many.
    pub marks: Vec<RelatedMark>,
    /// No lane shows these: query, range or search leave them out, or they name no resource.
    pub n_hidden: u32,
    /// What these lanes are called, by their number.
    pub labels: Vec<(u32, String)>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct RelatedMark {
    pub row: RowId,
    pub at: Timestamp,
    /// The number of its lane, and its key.
    pub lane: u32,
    pub key: String,
}

/// Several events that come as one mark, since they stand too near each other: its row is the first that failed, else
/// the first; its time is the first one's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub struct Crowd {
    /// The last one's time.
    pub until: Timestamp,
    pub n: u32,
    pub n_failed: u32,
}
