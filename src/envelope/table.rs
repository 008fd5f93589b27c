//! Tab-separated values with the event's JSON in the column `text` or `line`.
//! Quotes around a cell (doubled inside) and backslash escapes are undone only where the cell is no JSON as it stands.

use std::borrow::Cow;

use crate::cadf::Outside;
use crate::cadf::read_json;
use crate::time::{Timestamp, WrittenTime};

use super::wrapper::{unwrap_read, unwrap_text};
use super::{Context, Item};

/// The column that holds the event, if a source's first line names one.
pub fn column_of(header: &[u8]) -> Option<u16> {
    let header = str::from_utf8(header).ok()?;
    let column = header.split('\t').position(|name| {
        let name = name.trim().trim_matches('"');
        name.eq_ignore_ascii_case("text") || name.eq_ignore_ascii_case("line")
    })?;
    column.try_into().ok()
}

/// Reads a row, the event in the given column. Another cell that is a time stands in for an event without one.
pub fn read_row(row: &[u8], column: u16, context: &Context) -> Item {
    let Ok(row) = str::from_utf8(row) else {
        return Item::Rejected("broken line: it is no UTF-8 text".into());
    };
    let outside = Outside {
        account: None,
        time: row.split('\t').find_map(time_of),
    };
    match row.split('\t').nth(column.into()) {
        Some(cell) => read_cell(cell, outside, context),
        None => Item::Rejected(format!("the row has no column {}", u32::from(column) + 1)),
    }
}

fn read_cell(cell: &str, outside: Outside, context: &Context) -> Item {
    let cell = unquoted(cell.trim());
    if !cell.starts_with('{') {
        return unwrap_text(&cell, outside, context);
    }
    let read = read_json(cell.as_bytes())
        .or_else(|error| read_json(unescaped(&cell).as_bytes()).map_err(|_| error));
    unwrap_read(read, outside, context)
}

fn time_of(cell: &str) -> Option<WrittenTime> {
    Timestamp::parse(cell.trim().trim_matches('"'))
}

fn unquoted(cell: &str) -> Cow<'_, str> {
    match cell
        .strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'))
    {
        Some(inside) => Cow::Owned(inside.replace("\"\"", "\"")),
        None => Cow::Borrowed(cell),
    }
}

/// `\t`, `\n`, `\r` and `\\`, as databases write tab-separated values.
fn unescaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut signs = cell.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            text.push(sign);
            continue;
        }
        match signs.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    text
}
