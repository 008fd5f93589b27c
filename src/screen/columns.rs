//! The columns of the events table: what they are called, how wide they are at least, which stand there at first.

use crate::protocol::Column;

/// In the order of the picker.
pub const ALL: [Column; 12] = [
    Column::Time,
    Column::Outcome,
    Column::Action,
    Column::Initiator,
    Column::Target,
    Column::TargetKind,
    Column::Region,
    Column::Address,
    Column::Reason,
    Column::Severity,
    Column::Credential,
    Column::Source,
];

/// What stands there beside an open detail.
pub const NARROW: [Column; 6] = [
    Column::Time,
    Column::Outcome,
    Column::Action,
    Column::Initiator,
    Column::Target,
    Column::Region,
];

/// What stands there with the whole width.
pub const WIDE: [Column; 9] = [
    Column::Time,
    Column::Outcome,
    Column::Action,
    Column::Initiator,
    Column::Target,
    Column::Region,
    Column::Address,
    Column::Reason,
    Column::Source,
];

/// As on screen.
pub fn label(column: Column) -> &'static str {
    match column {
        Column::Time => "Time",
        Column::Outcome => "Outcome",
        Column::Action => "Action",
        Column::Initiator => "Initiator",
        Column::Target => "Target",
        Column::TargetKind => "Kind",
        Column::Region => "Region",
        Column::Address => "Address",
        Column::Reason => "Reason",
        Column::Severity => "Severity",
        Column::Credential => "Credential",
        Column::Source => "Source",
    }
}

/// As in a link.
pub fn name(column: Column) -> &'static str {
    match column {
        Column::Time => "time",
        Column::Outcome => "outcome",
        Column::Action => "action",
        Column::Initiator => "initiator",
        Column::Target => "target",
        Column::TargetKind => "target-kind",
        Column::Region => "region",
        Column::Address => "address",
        Column::Reason => "reason",
        Column::Severity => "severity",
        Column::Credential => "credential",
        Column::Source => "source",
    }
}

pub fn from_name(text: &str) -> Option<Column> {
    ALL.into_iter().find(|column| name(*column) == text)
}

/// How wide a column is at least, in pixels.
pub fn least_px(column: Column) -> u32 {
    match column {
        Column::Time => 164,
        Column::Outcome => 118,
        Column::Action => 136,
        Column::Initiator => 148,
        Column::Target => 116,
        Column::TargetKind => 150,
        Column::Region => 78,
        Column::Address => 116,
        Column::Reason => 64,
        Column::Severity => 72,
        Column::Credential => 84,
        Column::Source => 96,
    }
}

/// The share of what is left that a column takes, in tenths; texts of one length take none.
fn share(column: Column) -> u32 {
    match column {
        Column::Time | Column::Outcome | Column::Reason | Column::Severity => 0,
        Column::Action => 15,
        Column::Initiator => 16,
        Column::Target => 14,
        Column::TargetKind => 10,
        Column::Address | Column::Source => 7,
        Column::Credential => 6,
        Column::Region => 5,
    }
}

/// The track of a CSS grid: the least width, and a share of what is left.
pub fn track(column: Column) -> String {
    let least_px = least_px(column);
    match share(column) {
        0 => format!("{least_px}px"),
        tenths => format!("minmax({least_px}px, {}.{}fr)", tenths / 10, tenths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_comes_back_from_its_name() {
        for column in ALL {
            assert_eq!(from_name(name(column)), Some(column));
        }
    }
}
