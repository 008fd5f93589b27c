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

/// The track of a CSS grid: a least width, and a share of what is left for columns whose text varies.
pub fn track(column: Column) -> &'static str {
    match column {
        Column::Time => "156px",
        Column::Outcome => "108px",
        Column::Action => "minmax(136px, 1.2fr)",
        Column::Initiator => "minmax(164px, 1.6fr)",
        Column::Target => "minmax(120px, 1.6fr)",
        Column::TargetKind => "minmax(150px, 1fr)",
        Column::Region => "minmax(72px, 0.5fr)",
        Column::Address => "minmax(116px, 0.8fr)",
        Column::Reason => "64px",
        Column::Severity => "72px",
        Column::Credential => "minmax(84px, 0.6fr)",
        Column::Source => "minmax(96px, 0.8fr)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_comes_back_from_its_name_and_says_what_the_protocol_says() {
        for column in ALL {
            assert_eq!(from_name(name(column)), Some(column));
            let crossing = serde_json::to_string(&column).expect("serialises");
            assert_eq!(crossing, format!("{:?}", name(column)));
        }
    }
}
