//! One record's text to an item: parses it once, tells a service's own frames from records, opens wrapped documents.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::bare::has_action;
use super::document::Document;
use super::scan::{Key, leads_to_records};
use super::wrapper::{FORMATS, unwrap, unwrap_text};
use super::{
    Context, Finish, Format, Item, MAX_RECORD_BYTES, PageError, Place, RawSpan, Sink, table,
};
use crate::cadf::Outside;

/// Documents inside documents are opened this deep: a page of pages, and one to spare.
const MAX_NESTED: u8 = 3;

/// Why an unfinished record is rejected.
pub const TEXT_ENDS: &str = "the text ends before this record is complete";

/// Gives items to a sink and counts them.
pub struct Records {
    pub context: Context,
    pub finish: Finish,
    /// An error body came first: the whole answer if nothing follows, another kind of record if something does.
    held: Option<(Place, RawSpan, String)>,
    n_nested: u8,
}

/// Where a record's text was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// A value by itself.
    Alone,
    /// An element of an array.
    InArray,
    /// An element of a log wrapper's list, where other text is to be expected.
    InWrapper,
}

impl Records {
    pub fn new(context: Context) -> Records {
        Records {
            context,
            finish: Finish {
                format: Format::Empty,
                records: 0,
                other_records: 0,
                rejected: 0,
                wrappers: vec![0; FORMATS.len()],
                text_bytes: 0,
                is_gzip: false,
                was_cut: false,
            },
            held: None,
            n_nested: 0,
        }
    }

    /// The first format found names the source.
    pub fn found_format(&mut self, format: Format) {
        if self.finish.format == Format::Empty {
            self.finish.format = format;
        }
    }

    /// Reads a whole value. Its text has no blanks around it.
    pub fn read(&mut self, text: &[u8], place: Place, found: Found, sink: &mut dyn Sink) {
        match parse(text) {
            Ok(value) => self.value(value, text, place, found, sink),
            Err(reason) => self.reject(place, text.len() as u64, reason, sink),
        }
    }

    /// Reads a value that is parsed already.
    pub fn value(
        &mut self,
        value: Value,
        text: &[u8],
        place: Place,
        found: Found,
        sink: &mut dyn Sink,
    ) {
        let raw = span(place, text.len() as u64);
        match value {
            Value::Object(object) if !has_action(&object) => match frame_of(&object, found) {
                Some(Frame::Silent) => {}
                Some(Frame::Notice(words)) => self.notice(place, raw, words, sink),
                Some(Frame::ErrorBody(message)) if self.is_first() => {
                    self.held = Some((place, raw, message));
                }
                _ => match wraps(&object) {
                    Wraps::Records if self.n_nested < MAX_NESTED => {
                        drop(object);
                        self.open_document(text, place, sink);
                    }
                    Wraps::NoRecords if found != Found::InWrapper => {}
                    _ => self.object(object, place, raw, sink),
                },
            },
            Value::Object(object) => self.object(object, place, raw, sink),
            Value::Array(items) if items.is_empty() && found == Found::Alone => {}
            Value::Array(items)
                if items.iter().any(may_be_record) && self.n_nested < MAX_NESTED =>
            {
                drop(items);
                self.open_document(text, place, sink);
            }
            value => {
                let item = no_object(value, found, &self.context);
                self.item(place, raw, item, sink);
            }
        }
    }

    /// Something of this length that can't be read.
    pub fn reject(&mut self, place: Place, len: u64, reason: String, sink: &mut dyn Sink) {
        self.item(place, span(place, len), Item::Rejected(reason), sink);
    }

    pub fn notice(&mut self, place: Place, raw: RawSpan, words: String, sink: &mut dyn Sink) {
        self.release(sink);
        sink.item(place, raw, Item::Notice(words));
    }

    pub fn item(&mut self, place: Place, raw: RawSpan, item: Item, sink: &mut dyn Sink) {
        self.release(sink);
        self.count(&item);
        sink.item(place, raw, item);
    }

    /// An error when the service's error was all that came.
    pub fn finish(&mut self) -> Result<(), PageError> {
        match self.held.take() {
            Some((_, _, message)) => Err(PageError::ServiceError { message }),
            None => Ok(()),
        }
    }

    fn object(
        &mut self,
        object: Map<String, Value>,
        place: Place,
        raw: RawSpan,
        sink: &mut dyn Sink,
    ) {
        let (item, row) = unwrap(object, Outside::default(), &self.context);
        if let Some(row) = row {
            self.finish.wrappers[row] += 1;
        }
        self.item(place, raw, item, sink);
    }

    /// A complete document: its elements are records, each at its own place.
    fn open_document(&mut self, text: &[u8], place: Place, sink: &mut dyn Sink) {
        self.n_nested += 1;
        let mut document = Document::default();
        document.read(text, place, true, self, sink);
        self.n_nested -= 1;
    }

    fn is_first(&self) -> bool {
        self.finish.records == 0 && self.held.is_none() && self.n_nested == 0
    }

    fn release(&mut self, sink: &mut dyn Sink) {
        if let Some((place, raw, _)) = self.held.take() {
            self.count(&Item::Other);
            sink.item(place, raw, Item::Other);
        }
    }

    fn count(&mut self, item: &Item) {
        match item {
            Item::Notice(_) => return,
            Item::Event(_) => {}
            Item::Other => self.finish.other_records += 1,
            Item::Rejected(_) => self.finish.rejected += 1,
        }
        self.finish.records += 1;
    }
}

/// What a record's text holds, read by itself: for looking at it again. `nth` is a row's column, 0 for JSON.
pub fn read_alone(raw: &[u8], nth: u16, context: &Context) -> Item {
    if nth > 0 {
        return table::read_row(raw, nth, context);
    }
    match parse(raw) {
        Ok(Value::Object(object)) => unwrap(object, Outside::default(), context).0,
        Ok(value) => no_object(value, Found::InWrapper, context),
        Err(_) => table::read_row(raw, 0, context),
    }
}

/// The value, or the reason in plain words.
pub fn parse(text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(text).map_err(|error| broken(&error))
}

/// A parser's complaint in plain words, with the place inside the record.
pub fn broken(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "the record ends before it is complete".into();
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let what = match words {
        "recursion limit exceeded" => "it is nested too deep",
        "invalid unicode code point" => "it is no UTF-8 text",
        other => other,
    };
    match (error.line(), error.column()) {
        (1, column) => format!("broken JSON: {what}, at its byte {column}"),
        (line, column) => format!("broken JSON: {what}, at its line {line}, byte {column}"),
    }
}

/// Why a record past the limit is rejected.
pub fn too_long() -> String {
    format!("longer than {} MB", MAX_RECORD_BYTES >> 20)
}

fn span(place: Place, len: u64) -> RawSpan {
    RawSpan {
        byte: place.byte,
        len,
        nth: 0,
    }
}

fn no_object(value: Value, found: Found, context: &Context) -> Item {
    match value {
        Value::String(text) if text.trim_start().starts_with('{') => {
            unwrap_text(&text, Outside::default(), context)
        }
        Value::String(_) if found == Found::InWrapper => Item::Other,
        Value::String(_) => Item::Rejected("a text stands where an event was expected".into()),
        Value::Array(_) => Item::Rejected("a list stands where an event was expected".into()),
        Value::Number(_) => Item::Rejected("a number stands where an event was expected".into()),
        _ => Item::Rejected("a bare word stands where an event was expected".into()),
    }
}

fn may_be_record(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(may_be_record),
        Value::String(text) => text.trim_start().starts_with('{'),
        _ => false,
    }
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
enum Wraps {
    No,
    /// A page without results.
    NoRecords,
    Records,
}

fn wraps(object: &Map<String, Value>) -> Wraps {
    let is_page = object
        .iter()
        .all(|(name, value)| value.is_array() || PAGE_MEMBERS.contains(&name.as_str()));
    match wraps_at(object, [Key::Other; 3], 0) {
        Wraps::NoRecords if !is_page && !object.values().any(Value::is_object) => Wraps::No,
        wraps => wraps,
    }
}

fn wraps_at(object: &Map<String, Value>, mut path: [Key; 3], depth: usize) -> Wraps {
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

/// What a service says beside its results.
enum Frame {
    /// It tells the reader nothing: a query's id.
    Silent,
    Notice(String),
    ErrorBody(String),
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

fn frame_of(object: &Map<String, Value>, found: Found) -> Option<Frame> {
    if found == Found::InWrapper {
        return None;
    }
    if object.len() == 1 {
        let (name, value) = object.iter().next()?;
        match (name.as_str(), value) {
            ("query_id", Value::Object(_) | Value::String(_)) => return Some(Frame::Silent),
            ("warning", Value::Object(warning)) => {
                return Some(Frame::Notice(warning_words(warning)));
            }
            ("error", Value::Object(error)) => {
                return Some(Frame::Notice(format!("error: {}", error_words(error))));
            }
            _ => {}
        }
    }
    let is_body = (object.contains_key("error") || object.contains_key("errors"))
        && object
            .keys()
            .all(|name| ERROR_MEMBERS.contains(&name.as_str()));
    is_body.then(|| Frame::ErrorBody(body_words(object)))
}

/// `{"compile_warning":{"warning_message":"…"}}`: its name and its message, or whatever else it says.
fn warning_words(warning: &Map<String, Value>) -> String {
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
fn error_words(error: &Map<String, Value>) -> String {
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

fn body_words(body: &Map<String, Value>) -> String {
    let status = ["status_code", "code", "status"]
        .iter()
        .find_map(|name| body.get(*name))
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
