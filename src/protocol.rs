//! What crosses between page and worker, in borsh's bytes: requests, answers and pushed news.
//! Answers are as large as a view, never as large as the data. Holds no behaviour.
//!
//! Handshake first: the worker posts a message that is no news; what was posted to it before is lost. Both run the same
//! program, so each understands the other's bytes.
//! Files from the user cross beside the bytes, as an array of `File` handles in the order of [`LocalFile`].

use borsh::BorshDeserialize;
use borsh::BorshSerialize;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::time::TimeRange;
use crate::time::Timestamp;
use crate::time::Zone;

/// Counts up with every change of what the store holds. An answer names the one it was made from.
pub type Generation = u64;

/// A row in the store: names an event within one tab, never in a link.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct RowId(pub u32);

/// A resource in one generation's list; links carry its printed id and kind instead.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct ResourceIx(pub u32);

// ---------------------------------------------------------------- page -> worker

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Request {
    /// The text of `config.json` as fetched by the worker itself from beside the page; replaces all sources.
    OpenConfigured,
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct LocalFile {
    /// With its folder, where one was dropped: `2026/03/events.ndjson.gz`.
    pub path: String,
    pub size: u64,
    pub modified_ms: f64,
}

/// What every view's question is seen through.
#[derive(Clone, PartialEq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Filter {
    /// The query as typed, canonical or not.
    pub query: String,
    /// `None`: all of it, undated events too.
    pub range: Option<TimeRange>,
    pub zone: Zone,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
        find: String,
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
    /// One resource by its printed id (a CRN, an id, `name:…`) and kind name.
    History {
        id: String,
        kind: Option<Kind>,
        zone: Zone,
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

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Order {
    pub by: Column,
    pub ascending: bool,
}

/// The columns of the events table and of a CSV export.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Step {
    /// The next event that matches.
    Any,
    Failure,
    SameCorrelation,
    SameResource,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub enum LaneKey {
    #[default]
    Resource,
    Initiator,
    Region,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub enum LaneSort {
    #[default]
    Name,
    FirstEvent,
    LastEvent,
    MostEvents,
    MostFailures,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub enum FleetSort {
    #[default]
    Name,
    Kind,
    Region,
    Existence,
    Power,
    LastChange,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum ExportFormat {
    Csv,
    Ndjson,
}

// ---------------------------------------------------------------- worker -> page

/// Everything that the worker posts.
#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum News {
    /// The configuration was read (or not: then `problem` says why, and the page opens the file chooser).
    Configured {
        title: Option<String>,
        account: Option<String>,
        is_demo: bool,
        offers_demo: bool,
        problem: Option<String>,
        notes: Vec<String>,
    },
    /// The state of every source; comes often while something loads. `generation` grows when events were added.
    Progress {
        generation: Generation,
        sources: Vec<SourceState>,
        totals: Totals,
    },
    /// `Err` carries what went wrong in words; the last good answer stays on screen.
    Answered {
        slot: u32,
        ask: u64,
        generation: Generation,
        answer: Result<Answer, AskError>,
    },
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum AskError {
    /// The query can't be read. `at` and `len` count characters, `mend` is a text that could be read.
    Query {
        at: u32,
        len: u32,
        message: String,
        mend: Option<String>,
    },
    /// A resource or event that is not held, or that several answer to.
    NotFound {
        message: String,
        candidates: Vec<String>,
    },
    Failed {
        message: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Totals {
    pub events: u64,
    pub copies: u64,
    pub conflicts: u64,
    pub rejected: u64,
    pub other_records: u64,
    pub undated: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct SourceState {
    /// The configured name, else its region and kind; for local files the file's path.
    pub name: String,
    pub region: Option<String>,
    pub stage: Stage,
    pub events: u64,
    /// Compressed bytes as they came, and how many are expected where that is known.
    pub bytes: u64,
    pub bytes_expected: Option<u64>,
    pub files: u32,
    pub files_done: u32,
    /// Of a local file, in hex, once it is read to its end.
    pub sha256: Option<String>,
    /// Unfetched times inside what the manifest states; `None`: coverage is not stated.
    pub gaps: Option<u32>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Stage {
    Waiting,
    Loading,
    /// Waits before another try: attempt number, seconds.
    Retrying {
        attempt: u32,
        in_secs: u32,
        reason: String,
    },
    Done,
    Stopped,
    /// Ended early with what came kept. `status` is the HTTP status where there was one.
    Failed {
        status: Option<u16>,
        what: String,
        still: String,
        todo: String,
    },
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Answer {
    Overview(Overview),
    Page(Page),
    /// Position in what matches, with the row; `position: None` when the filter hides the event.
    Found {
        row: RowId,
        position: Option<u64>,
        time: Option<Timestamp>,
    },
    Stepped(Option<Stepped>),
    Facets(Vec<Facet>),
    Detail(Box<Detail>),
    Complete(Vec<Completion>),
    Lanes(Lanes),
    /// The lane, and the region it is grouped under; `None` when query, range or the search for lanes hide it.
    LaneOf(Option<(u32, String)>),
    Fleet(Fleet),
    History(Box<HistoryPage>),
    Sources(Vec<SourceFile>),
    Rejections {
        total: u32,
        rejections: Vec<Rejection>,
    },
    Summary(String),
    Export {
        file_name: String,
        media_type: String,
        text: String,
    },
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Bin {
    pub success: u32,
    pub failure: u32,
    pub pending: u32,
    /// `unknown` and `none`.
    pub other: u32,
    pub hidden_failure: u32,
    pub hidden: u32,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Gap {
    pub region: String,
    pub range: TimeRange,
    pub reason: GapReason,
    pub words: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum GapReason {
    NotAsked,
    Failed,
    Truncated,
    NotYet,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Page {
    pub total: u64,
    pub first: u64,
    pub rows: Vec<RowView>,
}

/// One line of the events table.
#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Stepped {
    pub row: RowId,
    /// In what matches, if it is there.
    pub position: Option<u64>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Facet {
    pub name: FacetName,
    pub values: Vec<FacetValue>,
    /// How many distinct values there are in all.
    pub distinct: u32,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct FacetValue {
    /// As a clause names it; `none` is a value.
    pub value: String,
    /// Plain words where they differ from the value.
    pub label: String,
    pub count: u64,
    pub is_chosen: bool,
    pub is_excluded: bool,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Section {
    pub title: String,
    pub fields: Vec<FieldView>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Correlation {
    pub id: String,
    pub events: u64,
    /// The outcomes in time order, and the time from the first to the last.
    pub outcomes: Vec<Outcome>,
    pub nanos: i64,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

// ---------------------------------------------------------------- resources

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, BorshSerialize, BorshDeserialize)]
pub enum Basis {
    Set,
    Implied,
    Seen,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct TrackView {
    /// `existence`, `power`, `port:eth0`, …
    pub name: String,
    pub label: String,
    pub is_inferred: bool,
    pub spans: Vec<SpanView>,
}

/// The lifecycle history of one resource.
#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct HistoryPage {
    pub head: ResourceHead,
    pub tracks: Vec<TrackView>,
    /// Newest first, all of them (a view-sized window comes with the store's next step).
    pub events: Vec<HistoryEvent>,
    pub n_events: u64,
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
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct HistoryEvent {
    pub row: RowView,
    /// What it changed: `power off → on`; empty for a mark.
    pub changes: Vec<ChangeView>,
    /// `none, refused (403)`, `no effect on state`; empty where it changed something.
    pub no_change: String,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
    /// Power within `strip`, for the small picture; existence where power isn't recorded.
    pub strip: Vec<SpanView>,
    pub strip_existence: Vec<SpanView>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
    /// Marks beyond what a lane sends: said on screen, never dropped in silence.
    pub n_marks_left_out: u64,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct LaneGroup {
    pub region: String,
    pub city: String,
    pub first_lane: u32,
    pub n_lanes: u32,
    pub n_with_marks: u32,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
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
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Mark {
    pub row: RowId,
    pub at: Timestamp,
    pub outcome: Outcome,
    pub has_effect: bool,
}

// ---------------------------------------------------------------- sources

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct SourceFile {
    pub source: usize,
    pub source_name: String,
    pub name: String,
    pub region: Option<String>,
    pub format: String,
    pub bytes: u64,
    pub text_bytes: u64,
    /// Hex; `None` while it is still read.
    pub sha256: Option<String>,
    /// `proven`, `claimed`, `not stated`, and why.
    pub standing: String,
    pub records: u64,
    pub events: u64,
    pub copies: u64,
    pub rejected: u64,
    pub other_records: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub asked_at: Option<Timestamp>,
    pub notices: Vec<String>,
    pub problem: Option<String>,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Rejection {
    pub file: String,
    pub line: u64,
    pub byte: u64,
    pub reason: String,
}

/// A member of an event, or an item of a list in it.
#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Member {
    /// An item's is its place, from 0.
    pub name: String,
    /// As a query names it; places in lists are left out.
    pub path: String,
    pub held: MemberValue,
}

#[derive(Clone, PartialEq, Debug, BorshSerialize, BorshDeserialize)]
pub enum MemberValue {
    Text(String),
    /// A number, `true` or `false`, or what lies deeper than a tree shows, as JSON.
    Plain(String),
    Null,
    Members(Vec<Member>),
    Items(Vec<Member>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_survives_the_crossing() {
        let request = Request::Ask {
            slot: 1,
            ask: 2,
            question: Question::Page {
                filter: Filter {
                    query: "outcome:failure".into(),
                    range: TimeRange::new(Timestamp::from_secs(1), Timestamp::from_secs(2)),
                    zone: Zone::Local,
                },
                order: Order::default(),
                first: 0,
                count: 60,
            },
        };
        let bytes = borsh::to_vec(&request).expect("writes");
        let back: Request = borsh::from_slice(&bytes).expect("reads");
        assert_eq!(back, request);
    }
}
