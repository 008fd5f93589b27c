//! The containers and wrappers in which archives hold events (`events.md` §4), as text and as bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::archive::Draft;
use super::archive::Fault;
use super::archive::Record;
use super::clock::Form;
use super::event::Event;
use super::older;
use super::truth::Broken;

/// Lines were cut here on their way into the hosted service.
const CUT: usize = 16_384;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flavour {
    /// Bare events, one a line, gzip
    Lines,
    /// The same in two gzip members
    TwoMembers,
    /// The same, not compressed, as a Windows editor leaves it: byte-order mark, CRLF, a blank line
    PlainWindows,
    /// One JSON array
    Array,
    /// Hosted event search's export: the event is text in `_line`
    HostedExport,
    /// Event Routing's objects: the event is text in `line`
    Routing,
    /// A saved answer of IBM Cloud Logs: an event stream
    QueryAnswer,
    /// Legacy events: the event in `payload`
    Legacy,
    /// Legacy events as an index stored them
    Stored,
    /// Hosted event search's archive: names with the prefix `o_`
    Archived,
    /// Bare events, and the classic event log's records among them
    WithClassicLog,
    /// Bare events, and OpenStack's notifications among them
    WithNotifications,
}

impl Flavour {
    pub fn ending(self) -> &'static str {
        match self {
            Flavour::PlainWindows => ".ndjson",
            Flavour::Array => ".json.gz",
            Flavour::QueryAnswer => ".txt.gz",
            Flavour::Routing => ".log.gz",
            _ => ".ndjson.gz",
        }
    }
}

/// A file's bytes, how many records a reader will count, and which lines it can't read.
pub struct Written {
    pub bytes: Vec<u8>,
    pub records: usize,
    pub broken: Vec<Broken>,
}

pub fn write(draft: &Draft, path: &str) -> Written {
    let mut lines = Vec::new();
    let mut broken = Vec::new();
    let mut records = 0;
    for (n, record) in draft.records.iter().enumerate() {
        if draft.flavour == Flavour::HostedExport && n % 120 == 60 {
            lines.push(heartbeat(record));
            records += 1;
        }
        if draft.flavour == Flavour::WithNotifications && n % 40 == 20 {
            lines.push(older::notification(record));
            records += 1;
        }
        if let Some(Fault::NoiseBefore(noise)) = record.fault {
            lines.push(noise.to_owned());
            broken.push(lost(path, lines.len(), None));
            records += 1;
        }
        lines.push(line(draft.flavour, record));
        records += 1;
        if !matches!(record.fault, None | Some(Fault::NoiseBefore(_))) {
            broken.push(lost(path, lines.len(), Some(record)));
        }
        if draft.flavour == Flavour::WithClassicLog && n % 4 == 0 {
            let told = older::classic(record);
            records += usize::from(told.is_some());
            lines.extend(told);
        }
    }
    Written {
        bytes: contain(draft.flavour, &lines),
        records,
        broken,
    }
}

fn lost(file: &str, line: usize, record: Option<&Record>) -> Broken {
    Broken {
        file: file.to_owned(),
        line,
        server: record.and_then(|r| r.recorded.server.clone()),
        action: record.map(|r| r.recorded.event.action.clone()),
        time: record.map(|r| r.recorded.at),
    }
}

/// The event's own text, faults included.
fn text(record: &Record) -> String {
    let event = &record.recorded.event;
    let whole = |event: &Event| serde_json::to_string(event).unwrap_or_default();
    match record.fault {
        None | Some(Fault::NoiseBefore(_)) => whole(event),
        Some(Fault::CutAt16K) => {
            let mut grown = event.clone();
            let script = "#cloud-config\\nruncmd:\\n - [systemctl, restart, agent]\\n".repeat(400);
            grown.request_data = Some(json!({ "userMetadata": script }));
            let mut text = whole(&grown);
            text.truncate(CUT);
            text
        }
        Some(Fault::CutShort) => {
            let mut text = whole(event);
            text.truncate(text.len() * 3 / 5);
            text
        }
        Some(Fault::NoComma) => whole(event).replacen(",\"action\"", "\"action\"", 1),
    }
}

fn line(flavour: Flavour, record: &Record) -> String {
    let text = text(record);
    let recorded = &record.recorded;
    match flavour {
        Flavour::Lines
        | Flavour::TwoMembers
        | Flavour::PlainWindows
        | Flavour::Array
        | Flavour::WithClassicLog
        | Flavour::WithNotifications => text,
        Flavour::Legacy => older::legacy(members(record)).to_string(),
        Flavour::Stored => older::stored(members(record), record).to_string(),
        Flavour::Archived => older::archived(members(record), record).to_string(),
        Flavour::HostedExport => json!({
            "_account": "5c0d1f7be2",
            "_cluster": "eu-de-hosted",
            "_host": "ibm-cloud-activity-tracker",
            "_app": recorded.event.action.split('.').next(),
            "_ts": recorded.arrived.micros() / 1_000,
            "_id": recorded.arrived.micros().to_string(),
            "_line": text,
            "action": recorded.event.action,
            "outcome": recorded.event.outcome,
        })
        .to_string(),
        Flavour::Routing => json!({
            "ts": Form::Zulu.write(recorded.arrived),
            "line": text,
        })
        .to_string(),
        Flavour::QueryAnswer => {
            let stamp = Form::Zoneless.write(recorded.arrived);
            json!({
                "metadata": [
                    {"key": "timestamp", "value": format!("{stamp}000000")},
                    {"key": "severity", "value": "3"},
                ],
                "labels": [
                    {"key": "applicationname", "value": "ibm-audit-event"},
                    {"key": "subsystemname", "value": "audit-log:"},
                ],
                "user_data": text,
            })
            .to_string()
        }
    }
}

fn members(record: &Record) -> Map<String, Value> {
    match serde_json::to_value(&record.recorded.event) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

/// Logs carry other lines, too.
fn heartbeat(before: &Record) -> String {
    let row: Value = json!({
        "_account": "5c0d1f7be2",
        "_app": "supertenant-agent",
        "_ts": before.recorded.arrived.micros() / 1_000,
        "_line": "heartbeat: 4 sources connected, nothing waiting",
    });
    row.to_string()
}

fn contain(flavour: Flavour, lines: &[String]) -> Vec<u8> {
    match flavour {
        Flavour::PlainWindows => {
            // The blank line stands last, so that line numbers are the records' own.
            let text: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
            format!("\u{feff}{text}\r\n").into_bytes()
        }
        Flavour::Array => gzip(&format!("[\n{}\n]\n", lines.join(",\n"))),
        Flavour::QueryAnswer => {
            let mut text = ": success\n\n".to_owned();
            text.push_str("data: {\"query_id\":{\"query_id\":\"4rwoNx1XNcc\"}}\n\n");
            for page in lines.chunks(50) {
                let rows = page.join(",");
                text.push_str("data: {\"result\":{\"results\":[");
                text.push_str(&rows);
                text.push_str("]}}\n\n:\n\n");
            }
            gzip(&text)
        }
        Flavour::TwoMembers => {
            let (head, tail) = lines.split_at(lines.len() / 2);
            let mut bytes = gzip(&joined(head));
            bytes.extend(gzip(&joined(tail)));
            bytes
        }
        _ => gzip(&joined(lines)),
    }
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Without a time in its header: the same text gives the same bytes.
fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}
