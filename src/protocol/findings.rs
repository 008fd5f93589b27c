//! Answers about findings and operations.

use crate::crossing::Crossing;

use crate::findings::FindingKind;
pub use crate::findings::OperationStanding;
use crate::findings::Severity;
use crate::time::Timestamp;

use super::ResourceHead;
use super::RowId;

/// One finding as a card shows it.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct FindingView {
    /// The same in every tab that holds the same events: what a dismissal is kept under.
    pub key: String,
    pub kind: FindingKind,
    pub severity: Severity,
    /// Rests on proven coverage alone; else suspected.
    pub is_firm: bool,
    /// `None`: of the account, or where the page is about the resource anyway.
    pub resource: Option<ResourceHead>,
    /// When the event that raised it happened.
    pub at: Timestamp,
    /// The event that it stands beside.
    pub beside: RowId,
    /// The events that raise it, in time order; of very many the first ones, see `n_events`.
    pub rows: Vec<RowId>,
    pub n_events: u32,
    /// What happened, one or two sentences.
    pub words: String,
    /// Why it is firm, or what could explain it: one sentence.
    pub why: String,
}

/// A window of the account's findings.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Findings {
    /// That match what was asked.
    pub total: u32,
    pub first: u32,
    pub rows: Vec<FindingView>,
    /// In the range, whatever kinds were asked for: how many of each kind, and how many of them firm.
    pub by_kind: Vec<KindCount>,
    pub coverage_stated: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub struct KindCount {
    pub kind: FindingKind,
    pub n: u32,
    pub n_firm: u32,
}

/// A request and what came of it.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct OperationView {
    pub request: Option<RowId>,
    pub completion: Option<RowId>,
    pub standing: OperationStanding,
    /// From request to completion; negative where clocks disagree.
    pub nanos: Option<i64>,
}

/// Events of one human act that a list shows as one row until it is unfolded. By their places in `HistoryPage::events`.
#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Fold {
    /// The row that stays.
    pub head: u32,
    /// The others, in the order of the list.
    pub parts: Vec<u32>,
}
