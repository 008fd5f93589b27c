//! CSV: RFC 4180, CRLF, UTF-8 without a byte-order mark. Columns are headed by the names that a query asks them by. A
//! cell that a spreadsheet would run as a formula gets a leading `'`, which is no part of the value.

use std::borrow::Cow;

use crate::protocol::Column;
use crate::store::Field;
use crate::store::Store;

use super::About;
use super::zoned;

const CRLF: &str = "\r\n";

/// The event's id, then the columns asked for, then what the export says of itself.
pub fn push_head(text: &mut String, columns: &[Column]) {
    let heads = columns
        .iter()
        .flat_map(|column| heads(*column).iter().copied());
    let all = ["id"]
        .into_iter()
        .chain(heads)
        .chain(["as_of", "source_note"]);
    push_line(text, all.map(Cow::Borrowed));
}

pub fn push_rows(
    text: &mut String,
    store: &Store,
    rows: &[u32],
    columns: &[Column],
    about: &About,
) {
    let (as_of, note) = (about.as_of_text(), about.note());
    for &row in rows {
        let mut cells: Vec<Cow<str>> = vec![store.rows().ids.name(row as usize).into()];
        for column in columns {
            push_cells(store, row, *column, about, &mut cells);
        }
        cells.extend([Cow::Borrowed(&*as_of), Cow::Borrowed(&*note)]);
        push_line(text, cells.into_iter());
    }
}

fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        push_quoted(text, &cell);
    }
    text.push_str(CRLF);
}

/// A leading `'` keeps spreadsheets from running what somebody named `=cmd()`. The signs: OWASP, CSV injection.
fn push_quoted(text: &mut String, cell: &str) {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}

fn heads(column: Column) -> &'static [&'static str] {
    match column {
        Column::Time => &["time"],
        Column::Outcome => &["outcome"],
        Column::Action => &["action", "action_words"],
        Column::Initiator => &["initiator.name", "initiator.id"],
        Column::Target => &["target.name", "target.id"],
        Column::TargetKind => &["kind"],
        Column::Region => &["region", "location"],
        Column::Address => &["initiator.host.address"],
        Column::Reason => &["reason.reasonCode", "reason.reasonForFailure"],
        Column::Severity => &["severity"],
        Column::Credential => &["initiator.credential.type"],
        Column::Source => &["source", "source.region"],
    }
}

/// As many cells as [`heads`] has, each as recorded; empty where nothing is.
fn push_cells<'a>(
    store: &'a Store,
    row: u32,
    column: Column,
    about: &About,
    cells: &mut Vec<Cow<'a, str>>,
) {
    let rows = store.rows();
    let at = row as usize;
    let fields: &[Field] = match column {
        Column::Time => {
            let time = rows.time(at).map(|time| zoned(time, about.clock));
            return cells.push(time.unwrap_or_default().into());
        }
        Column::Outcome => return cells.push(rows.outcome(at).name().into()),
        Column::TargetKind => return cells.push(store.kind_of(row).name().into()),
        Column::Action => {
            let action = rows.get(Field::Action, at).unwrap_or_default();
            let label = store.catalogue().label(&action).into_owned();
            return cells.extend([action, label.into()]);
        }
        Column::Initiator => &[Field::InitiatorName, Field::InitiatorId],
        Column::Target => &[Field::TargetName, Field::TargetId],
        Column::Region => &[Field::Region, Field::Location],
        Column::Address => &[Field::Address],
        Column::Reason => &[Field::ReasonCode, Field::ReasonForFailure],
        Column::Severity => &[Field::Severity],
        Column::Credential => &[Field::Credential],
        Column::Source => &[Field::Source, Field::SourceRegion],
    };
    cells.extend(
        fields
            .iter()
            .map(|field| rows.get(*field, at).unwrap_or_default()),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_as_a_formula_is_made_text() {
        for (cell, expected) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("-", "'-"),
            ("@sum", "'@sum"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("web-7", "web-7"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("Ärger", "Ärger"),
            ("", ""),
        ] {
            let mut text = String::new();
            push_quoted(&mut text, cell);
            assert_eq!(text, expected, "{cell:?}");
        }
    }
}
