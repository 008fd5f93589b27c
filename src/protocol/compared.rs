//! The fleet at T1 held against the same at T2.

use crate::crossing::Crossing;

use crate::time::Timestamp;

use super::Basis;
use super::ResourceHead;
use super::RowId;
use super::SpanValue;

/// What a resource's difference is filed under; one may be under several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Crossing)]
#[repr(u8)]
pub enum ChangeKind {
    /// Whatever is another at T2: all kinds below but `Same` and `Unknown`.
    Any,
    Born,
    Ended,
    Power,
    Name,
    Image,
    /// Ports, their speeds, security groups.
    Network,
    Same,
    /// Whether it was there at one of the two is not recorded.
    Unknown,
}

impl ChangeKind {
    pub const ALL: [ChangeKind; 9] = [
        ChangeKind::Any,
        ChangeKind::Born,
        ChangeKind::Ended,
        ChangeKind::Power,
        ChangeKind::Name,
        ChangeKind::Image,
        ChangeKind::Network,
        ChangeKind::Same,
        ChangeKind::Unknown,
    ];
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Comparison {
    /// In the order of time.
    pub from: Timestamp,
    pub to: Timestamp,
    /// Live at each.
    pub n_from: u32,
    pub n_to: u32,
    /// In the order of [`ChangeKind::ALL`].
    pub counts: Vec<u32>,
    /// Of the kind that was asked for.
    pub total: u32,
    pub first: u32,
    pub rows: Vec<ComparedRow>,
    pub coverage_stated: bool,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct ComparedRow {
    /// As it was called at T2.
    pub head: ResourceHead,
    pub kinds: Vec<ChangeKind>,
    /// What a list shows of it at each: its power while live, else its existence; `None`: not there yet.
    pub before: Option<SpanValue>,
    pub after: Option<SpanValue>,
    pub changes: Vec<AttributeView>,
    /// Attributes that are known at one of the two only, by their labels.
    pub unknown: Vec<String>,
    /// Attributes that changed and are as they were.
    pub back_again: Vec<String>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct AttributeView {
    pub label: String,
    /// Empty: it had none.
    pub before: String,
    pub after: String,
    pub at: Timestamp,
    pub row: RowId,
    /// The event's id.
    pub event: String,
    /// Who set it; empty where it was only seen.
    pub by: String,
    /// The act in plain words.
    pub what: String,
    pub basis: Basis,
    /// Nobody watched whether the value still held at that end.
    pub is_carried_before: bool,
    pub is_carried_after: bool,
}
