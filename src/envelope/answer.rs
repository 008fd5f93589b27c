//! What a service's answer says beside its records: frames of a stream, error bodies, and whether an object is a page
//! that wraps records at all. Reads objects without an action only: an event is never a frame.

use std::borrow::Cow;

use reading::{Map, Value};

use super::scan::{Key, leads_to_records};

/// What an object says instead of records.
pub enum Frame {
    /// It tells the reader nothing: a query's id.
    Silent,
    Notice(String),
    /// As the whole answer it is the service's refusal.
    Error {
        message: String,
        /// A frame of a stream; else it is an object like any other when it is not the whole answer.
        is_frame: bool,
    },
}

/// Members of the error bodies that the services answer with.
const ERROR_MEMBERS: [&str; 12] = [
    "error",
    "errors",
    "code",
    "status",
    "status_code",
    "trace",
    "message",
    "more_info",
    "success",
    "request_id",
    "incident_id",
    "details",
];

pub fn frame_of(object: &Map) -> Option<Frame> {
    if object.len() == 1 {
        let (name, value) = object.iter().next()?;
        match (name.as_str(), value) {
            ("query_id", Value::Object(_) | Value::String(_)) => return Some(Frame::Silent),
            ("warning", Value::Object(warning)) => {
                return Some(Frame::Notice(warning_words(warning)));
            }
            ("error", Value::Object(error)) => {
                return Some(Frame::Error {
                    message: error_words(error),
                    is_frame: true,
                });
            }
            _ => {}
        }
    }
    let is_body = (object.contains_key("error") || object.contains_key("errors"))
        && object
            .keys()
            .all(|name| ERROR_MEMBERS.contains(&name.as_str()));
    is_body.then(|| Frame::Error {
        message: body_words(object),
        is_frame: false,
    })
}

/// Warnings and errors that stand in one object with results.
pub fn said_beside_results(object: &Map) -> Vec<String> {
    let warnings = match (object.get("warning"), object.get("warnings")) {
        (Some(one), _) => std::slice::from_ref(one),
        (_, Some(Value::Array(all))) => all,
        _ => &[],
    };
    let warnings = warnings
        .iter()
        .filter_map(Value::as_object)
        .map(warning_words);
    let error = object.get("error").and_then(Value::as_object);
    warnings
        .chain(error.map(|error| format!("error: {}", error_words(error))))
        .collect()
}

/// Members beside an empty list that make it an empty page rather than a record with an empty member.
const PAGE_MEMBERS: [&str; 16] = [
    "pagination_id",
    "total",
    "count",
    "took",
    "timed_out",
    "_shards",
    "next",
    "first",
    "last",
    "limit",
    "offset",
    "start",
    "has_more",
    "nextToken",
    "next_token",
    "query_id",
];

/// Whether an object is a document that wraps a list of records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wraps {
    No,
    /// A page without results.
    NoRecords,
    Records,
}

pub fn wraps(object: &Map) -> Wraps {
    let is_page = object
        .iter()
        .all(|(name, value)| value.is_array() || PAGE_MEMBERS.contains(&name.as_str()));
    match wraps_at(object, [Key::Other; 3], 0) {
        Wraps::NoRecords if !is_page && !object.values().any(Value::is_object) => Wraps::No,
        wraps => wraps,
    }
}

fn wraps_at(object: &Map, mut path: [Key; 3], depth: usize) -> Wraps {
    let member = |(name, value): (&String, &Value)| {
        path[depth] = Key::of(name.as_bytes());
        match value {
            Value::Array(items) if leads_to_records(&path[..=depth]) => match items.first() {
                None => Wraps::NoRecords,
                Some(Value::Object(_)) => Wraps::Records,
                Some(_) => Wraps::No,
            },
            Value::Object(inner) if depth < 2 && path[depth] != Key::Other => {
                wraps_at(inner, path, depth + 1)
            }
            _ => Wraps::No,
        }
    };
    object.iter().map(member).max().unwrap_or(Wraps::No)
}

/// `{"compile_warning":{"warning_message":"…"}}`: its name and its message, or whatever else it says.
fn warning_words(warning: &Map) -> String {
    let all: Vec<String> = warning
        .iter()
        .map(|(name, details)| {
            let name = name.replace('_', " ");
            match details.get("warning_message").and_then(Value::as_str) {
                Some(message) => format!("{name}: {message}"),
                None => format!("{name}: {details}"),
            }
        })
        .collect();
    all.join("; ")
}

/// `{"message":"…","code":{"rate_limit_reached":{}}}`.
fn error_words(error: &Map) -> String {
    let message = error
        .get("message")
        .map_or(Cow::Borrowed("no message"), plain);
    let code = match error.get("code") {
        Some(Value::Object(code)) => code.keys().next().map(|name| name.replace('_', " ")),
        Some(Value::Null) | None => None,
        Some(other) => Some(plain(other).into_owned()),
    };
    match code {
        Some(code) => format!("{message} ({code})"),
        None => message.into_owned(),
    }
}

fn body_words(body: &Map) -> String {
    let status = ["status_code", "code", "status"]
        .iter()
        .find_map(|name| body.get(name))
        .map(|status| format!(" ({})", plain(status)))
        .unwrap_or_default();
    let words = match (body.get("errors"), body.get("error")) {
        (Some(Value::Array(errors)), _) if !errors.is_empty() => {
            let all: Vec<String> = errors
                .iter()
                .map(|error| {
                    error
                        .as_object()
                        .map_or_else(|| plain(error).into_owned(), error_words)
                })
                .collect();
            all.join("; ")
        }
        (_, Some(Value::Object(error))) => error_words(error),
        (_, Some(error)) => plain(error).into_owned(),
        (Some(errors), None) => plain(errors).into_owned(),
        (None, None) => String::new(),
    };
    words + &status
}

fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
