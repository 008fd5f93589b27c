//! What the page asks of the worker.

use crate::crossing::Crossing;

use crate::cadf::Kind;
use crate::findings::FindingKind;
use crate::findings::Severity;
use crate::time::TimeRange;
use crate::time::Timestamp;
use crate::time::Zone;

use super::ChangeKind;
use super::RowId;

#[derive(Clone, PartialEq, Debug, Crossing)]
pub enum Request {
    /// Files dropped or chosen; their handles come beside this message. Replaces the demo and configured sources
    /// unless `add`.
    OpenLocal {
        files: Vec<LocalFile>,
        add: bool,
    },
    /// Opens the built-in demo account, where the configuration offers it.
    OpenDemo,
    Cancel {
        source: usize,
    },
    Retry {
        source: usize,
    },
    /// Ask the engine. `slot` says which part of the screen asks: a newer ask in a slot makes the older one void.
    Ask {
        slot: u32,
        ask: u64,
        question: Question,
    },
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct LocalFile {
    /// With its folder, where one was dropped: `2026/03/events.ndjson.gz`.
    pub path: String,
    pub size: u64,
    pub modified_ms: f64,
}

/// What every view's question is seen through.
#[derive(Clone, PartialEq, Debug, Default, Crossing)]
pub struct Filter {
    /// The query as typed, canonical or not.
    pub query: String,
    /// `None`: all of it, undated events too.
    pub range: Option<TimeRange>,
    pub zone: Zone,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub enum Question {
    /// Histogram, counts and the parsed query, for the frame around every view. `domain` is the time the histogram shows;
    /// `None` takes the first to the last event held. `bins` is at most what the pixels can show.
    Overview {
        filter: Filter,
        domain: Option<TimeRange>,
        bins: u32,
    },
    /// Rows `first..first + count` of what matches.
    Page {
        filter: Filter,
        order: Order,
        first: u64,
        count: u32,
    },
    /// Where an event stands in what matches, by its id (or `#hash`) and, if given, its content hash's beginning.
    Find {
        filter: Filter,
        order: Order,
        event: String,
        hash: Option<String>,
    },
    /// The next event of a sort, from a row on, in the order given.
    Step {
        filter: Filter,
        order: Order,
        from: Option<RowId>,
        step: Step,
        backward: bool,
    },
    /// Facets with counts, each without its own clause. `values` at most for each; `search` narrows the values.
    Facets {
        filter: Filter,
        names: Vec<FacetName>,
        values: u32,
        search: String,
    },
    Detail {
        row: RowId,
    },
    /// What can stand at the cursor of the query text.
    Complete {
        filter: Filter,
        cursor: u32,
        limit: u32,
    },
    Lanes {
        filter: Filter,
        window: TimeRange,
        by: LaneKey,
        sort: LaneSort,
        first: u32,
        count: u32,
        /// Marks of a lane at most, about: more come as crowds.
        slots: u32,
        find: String,
    },
    /// Some of these lanes by their keys, in the order of the keys; those that query and range hide are left out. The
    /// search for lanes hides none.
    PinnedLanes {
        filter: Filter,
        window: TimeRange,
        by: LaneKey,
        sort: LaneSort,
        keys: Vec<String>,
        slots: u32,
    },
    /// Which of these lanes holds an event's mark, by number.
    LaneOf {
        filter: Filter,
        window: TimeRange,
        by: LaneKey,
        sort: LaneSort,
        find: String,
        row: RowId,
    },
    /// All of these lanes over a time in short: at most so many bands of lanes by so many parts of it.
    LanesShort {
        filter: Filter,
        window: TimeRange,
        by: LaneKey,
        sort: LaneSort,
        find: String,
        bands: u32,
        parts: u32,
    },
    /// The events that share an event's correlation id, each with the lane that its mark stands on.
    Related {
        filter: Filter,
        by: LaneKey,
        sort: LaneSort,
        find: String,
        row: RowId,
    },
    Fleet {
        filter: Filter,
        at: Timestamp,
        strip: TimeRange,
        include_ended: bool,
        sort: FleetSort,
        descending: bool,
        find: String,
        first: u32,
        count: u32,
    },
    /// The fleet at two instants: what is another, `first..first + count` of a kind, by name.
    Compare {
        filter: Filter,
        from: Timestamp,
        to: Timestamp,
        kind: ChangeKind,
        find: String,
        first: u32,
        count: u32,
    },
    /// One resource by its printed id (a CRN, an id, `name:…`) and kind name.
    History {
        id: String,
        kind: Option<Kind>,
    },
    /// Events `first..first + count` of its history, newest first: what each changed, in words.
    HistoryRows {
        id: String,
        kind: Option<Kind>,
        first: u32,
        count: u32,
    },
    /// Judges all that is held: fleets, lanes and histories asked for afterwards have all their findings.
    Judge,
    /// What can't be right, over the account: findings `first..first + count`, newest first.
    Findings {
        filter: Filter,
        /// Empty: all kinds.
        kinds: Vec<FindingKind>,
        least: Severity,
        firm_only: bool,
        first: u32,
        count: u32,
    },
    /// The sources sheet.
    Sources,
    /// Records that could not be read, `first..first + count`.
    Rejections {
        first: u32,
        count: u32,
    },
    /// `window.lifeline.summary()`: the first part of what `inspect` prints, as JSON text.
    Summary,
    /// The events that match, as text. The answer comes in [`Answer::Export`] as a whole file.
    Export {
        filter: Filter,
        order: Order,
        format: ExportFormat,
        columns: Vec<Column>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
pub struct Order {
    pub by: Column,
    pub ascending: bool,
}

/// The columns of the events table and of a CSV export.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Crossing)]
pub enum Column {
    #[default]
    Time,
    Outcome,
    Action,
    Initiator,
    Target,
    TargetKind,
    Region,
    Address,
    Reason,
    Severity,
    Credential,
    Source,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub enum Step {
    /// The next event that matches.
    Any,
    Failure,
    SameCorrelation,
    SameResource,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Crossing)]
pub enum FacetName {
    Outcome,
    Category,
    Action,
    Initiator,
    Kind,
    Target,
    Region,
    Account,
    Address,
    Severity,
    Reason,
    Credential,
    Source,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
pub enum LaneKey {
    #[default]
    Resource,
    Initiator,
    Region,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
pub enum LaneSort {
    #[default]
    Name,
    FirstEvent,
    LastEvent,
    MostEvents,
    MostFailures,
    MostFindings,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
pub enum FleetSort {
    #[default]
    Name,
    Kind,
    Region,
    Existence,
    Power,
    LastChange,
    /// Firm ones first.
    Findings,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub enum ExportFormat {
    Csv,
    Ndjson,
}
