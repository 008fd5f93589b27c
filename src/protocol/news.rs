//! What the worker tells the page: the state of its sources, and answers.

use crate::crossing::Crossing;

use crate::time::Timestamp;

use super::Comparison;
use super::Completion;
use super::Detail;
use super::Facet;
use super::Findings;
use super::Fleet;
use super::Generation;
use super::HistoryPage;
use super::HistoryRows;
use super::Lanes;
use super::LanesShort;
use super::Overview;
use super::Page;
use super::Rejection;
use super::Related;
use super::RowId;
use super::SourceFile;
use super::Stepped;

/// Everything that the worker posts.
#[derive(Clone, PartialEq, Debug, Crossing)]
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

#[derive(Clone, PartialEq, Debug, Crossing)]
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

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
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

#[derive(Clone, PartialEq, Debug, Crossing)]
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

#[derive(Clone, PartialEq, Debug, Crossing)]
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

#[derive(Clone, PartialEq, Debug, Crossing)]
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
    LanesShort(LanesShort),
    Related(Related),
    Fleet(Fleet),
    Compared(Box<Comparison>),
    History(Box<HistoryPage>),
    HistoryRows(HistoryRows),
    /// How many findings there are.
    Judged(u32),
    Findings(Findings),
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
