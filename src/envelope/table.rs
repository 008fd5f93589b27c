//! Tab-separated values with the event's JSON in the column `text` or `line`.
//! Quotes around a cell (doubled inside) and backslash escapes are undone only where the cell is no JSON as it stands.

use std::borrow::Cow;

use crate::cadf::Outside;
use crate::time::{Timestamp, WrittenTime};

use super::wrapper::unwrap_text;
use super::{Context, Item};

/// The column that holds the event, if a source's first line names one.
pub fn column_of(header: &[u8]) -> Option<usize> {
    let header = str::from_utf8(header).ok()?;
    header.split('\t').position(|name| {
        let name = name.trim().trim_matches('"');
        name.eq_ignore_ascii_case("text") || name.eq_ignore_ascii_case("line")
    })
}

/// Reads a row. Without a column, as when a row is read again, the first cell that holds an event is it.
/// A cell that is a time stands in for an event without one.
pub fn read_row(row: &[u8], column: Option<usize>, context: &Context) -> Item {
    let Ok(row) = str::from_utf8(row) else {
        return Item::Rejected("broken line: it is no UTF-8 text".into());
    };
    let cells: Vec<&str> = row.split('\t').collect();
    let outside = Outside {
        account: None,
        time: cells.iter().find_map(|cell| time_of(cell)),
    };
    match column {
        Some(column) => match cells.get(column) {
            Some(cell) => read_cell(cell, outside, context),
            None => Item::Rejected(format!("the row has no column {}", column + 1)),
        },
        None => cells
            .iter()
            .map(|cell| read_cell(cell, outside.clone(), context))
            .find(|item| matches!(item, Item::Event(_)))
            .unwrap_or(Item::Other),
    }
}

fn read_cell(cell: &str, outside: Outside, context: &Context) -> Item {
    let cell = unquoted(cell.trim());
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if cell.starts_with('{') && !is_json(&cell) {
        let unescaped = unescaped(&cell);
        if is_json(&unescaped) {
            return unwrap_text(&unescaped, outside, context);
        }
    }
    unwrap_text(&cell, outside, context)
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
