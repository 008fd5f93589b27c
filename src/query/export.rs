//! Events as shown, to take away: CSV for spreadsheets, NDJSON for programs. Both say as of when, and that demo data
//! is demo data. A cell that a spreadsheet would run as a formula is made text.

use serde_json::Value;
use serde_json::json;

use crate::cadf::Event;
use crate::protocol::Column;
use crate::protocol::RowView;
use crate::store::RawError;
use crate::store::Store;
use crate::time::Clock;
use crate::time::Timestamp;

use super::row::row_view;

/// What an export says of itself.
#[derive(Clone, Debug)]
pub struct About<'a> {
    pub as_of: Timestamp,
    pub is_demo: bool,
    pub query: &'a str,
    /// The zone that times are written in.
    pub clock: Clock,
}

const CRLF: &str = "\r\n";

/// RFC 4180, with a header. The last columns say as of when it was taken, and `demo` where it is demo data.
pub fn csv(store: &Store, rows: &[u32], columns: &[Column], about: &About) -> String {
    let mut text = String::new();
    let heads = columns.iter().map(|column| head(*column).to_owned());
    push_line(&mut text, heads.chain(tail("as_of", "demo data", about)));
    let as_of = about.as_of.to_string();
    for &row in rows {
        let view = row_view(store, row);
        let cells = columns
            .iter()
            .map(|column| cell(&view, *column, about.clock));
        push_line(&mut text, cells.chain(tail(&as_of, "demo", about)));
    }
    text
}

fn tail(as_of: &str, demo: &str, about: &About) -> impl Iterator<Item = String> + use<> {
    let demo = about.is_demo.then(|| demo.to_owned());
    std::iter::once(as_of.to_owned()).chain(demo)
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&quoted(&neutral(&cell)));
    }
    text.push_str(CRLF);
}

/// A leading quote keeps spreadsheets from running what somebody named `=cmd()`.
fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn head(column: Column) -> &'static str {
    match column {
        Column::Time => "time",
        Column::Outcome => "outcome",
        Column::Action => "action",
        Column::Initiator => "initiator",
        Column::Target => "target",
        Column::TargetKind => "target kind",
        Column::Region => "region",
        Column::Address => "address",
        Column::Reason => "reason",
        Column::Severity => "severity",
        Column::Credential => "credential",
        Column::Source => "source",
    }
}

fn cell(view: &RowView, column: Column, clock: Clock) -> String {
    match column {
        Column::Time => view.time.map_or_else(String::new, |at| written(at, clock)),
        Column::Outcome => view.outcome.name().into(),
        Column::Action => view.action.clone(),
        Column::Initiator => view.initiator.clone(),
        Column::Target => view.target.clone(),
        Column::TargetKind => view.kind.name().into(),
        Column::Region => view.region.clone(),
        Column::Address => view.address.clone(),
        Column::Reason => view.reason.clone(),
        Column::Severity => view.severity.clone(),
        Column::Credential => view.credential.clone(),
        Column::Source => view.source.clone(),
    }
}

/// RFC 3339 in the zone shown, with its offset.
fn written(at: Timestamp, clock: Clock) -> String {
    match clock.offset_text(at).as_str() {
        "+00:00" => at.to_string(),
        offset => {
            let secs = i64::from((clock.offset_secs)(at));
            let wall = at.plus_nanos(secs * crate::time::NANOS_PER_SEC).to_string();
            format!("{}{offset}", wall.trim_end_matches('Z'))
        }
    }
}

/// First a line about the export, then each event unwrapped, one a line. `read` gives a row's event again; one that
/// can't be read is named in its place.
pub fn ndjson(
    store: &Store,
    rows: &[u32],
    about: &About,
    mut read: impl FnMut(u32) -> Result<Event, RawError>,
) -> String {
    let mut text = String::new();
    let mut push = |value: Value| {
        text.push_str(&value.to_string());
        text.push('\n');
    };
    push(json!({"lifeline_export": {
        "as_of": about.as_of.to_string(),
        "query": about.query,
        "events": rows.len(),
        "form": "unwrapped events, bodies parsed",
        "demo_data": about.is_demo,
    }}));
    for &row in rows {
        match read(row) {
            Ok(event) => push(event.body),
            Err(error) => push(json!({"lifeline_unreadable": {
                "id": store.rows().ids.name(row as usize),
                "reason": error.to_string(),
            }})),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_as_a_formula_is_made_text() {
        for (cell, written) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("\tx", "'\tx"),
            ("web-7", "web-7"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
        ] {
            assert_eq!(quoted(&neutral(cell)), written, "{cell}");
        }
    }

    #[test]
    fn local_times_carry_their_offset() {
        let at = Timestamp::parse("2026-03-09T10:15:30.5Z")
            .expect("a time")
            .at;
        let clock = Clock {
            zone: crate::time::Zone::Local,
            offset_secs: |_| -5 * 3600,
        };
        assert_eq!(written(at, clock), "2026-03-09T05:15:30.5-05:00");
        assert_eq!(written(at, Clock::UTC), "2026-03-09T10:15:30.5Z");
    }
}
