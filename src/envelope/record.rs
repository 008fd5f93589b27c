//! One record's text to an item: parses it once, tells a service's own frames from records, opens wrapped documents.

use reading::{Map, Value, json};

use super::answer::{Frame, Wraps, frame_of, said_beside_results, wraps};
use super::bare::has_action;
use super::document::Document;
use super::plain::Plain;
use super::wrapper::{BARE, FORMATS, unwrap, unwrap_text};
use super::{
    Context, Finish, Format, Item, MAX_RECORD_BYTES, PageError, Place, RawSpan, Sink, table,
};
use crate::cadf::{Outside, read_json};

/// Documents inside documents are opened this deep: a page of pages, and one to spare.
const MAX_NESTED: u8 = 3;

/// Why an unfinished record is rejected.
pub const TEXT_ENDS: &str = "the text ends before this record is complete";

/// Gives items to a sink and counts them.
pub struct Records {
    pub context: Context,
    pub finish: Finish,
    /// An error came first: the whole answer if nothing follows, an item like any other if something does.
    held: Option<(Place, RawSpan, Item, String)>,
    n_nested: u8,
    plain: Plain,
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
            plain: Plain::new(),
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
        if self.plain_event(text, place, sink) {
            return;
        }
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
            Value::Object(object) if !has_action(&object) => match frame_of(&object) {
                Some(frame) if found != Found::InWrapper => {
                    self.frame(frame, object, place, raw, sink);
                }
                _ => self.page_or_object(object, text, place, found, sink),
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

    /// Reads an event that stands by itself the quick way. `false`: it must be read as any other record.
    pub fn plain_event(&mut self, text: &[u8], place: Place, sink: &mut dyn Sink) -> bool {
        let Some(event) = self.plain.read(text) else {
            return false;
        };
        self.release(sink);
        if !sink.event(place, span(place, text.len() as u64), &event) {
            return false;
        }
        self.finish.records += 1;
        self.finish.wrappers[BARE] += 1;
        true
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
            Some((_, _, _, message)) => Err(PageError::ServiceError { message }),
            None => Ok(()),
        }
    }

    fn object(&mut self, object: Map, place: Place, raw: RawSpan, sink: &mut dyn Sink) {
        let (item, row) = unwrap(object, Outside::default(), &self.context);
        if let Some(row) = row {
            self.finish.wrappers[row] += 1;
        }
        self.item(place, raw, item, sink);
    }

    /// What a service says in place of records.
    fn frame(
        &mut self,
        frame: Frame,
        object: Map,
        place: Place,
        raw: RawSpan,
        sink: &mut dyn Sink,
    ) {
        match frame {
            Frame::Silent => {}
            Frame::Notice(words) => self.notice(place, raw, words, sink),
            Frame::Error { message, is_frame } => {
                let item = if is_frame {
                    Item::Notice(format!("error: {message}"))
                } else {
                    Item::Other
                };
                if self.is_first() {
                    self.held = Some((place, raw, item, message));
                } else if is_frame {
                    self.item(place, raw, item, sink);
                } else {
                    self.object(object, place, raw, sink);
                }
            }
        }
    }

    fn page_or_object(
        &mut self,
        object: Map,
        text: &[u8],
        place: Place,
        found: Found,
        sink: &mut dyn Sink,
    ) {
        let raw = span(place, text.len() as u64);
        let wraps = wraps(&object);
        let is_page = match wraps {
            Wraps::Records => self.n_nested < MAX_NESTED,
            Wraps::NoRecords => found != Found::InWrapper,
            Wraps::No => false,
        };
        if !is_page {
            return self.object(object, place, raw, sink);
        }
        for words in said_beside_results(&object) {
            self.notice(place, raw, words, sink);
        }
        drop(object);
        if wraps == Wraps::Records {
            self.open_document(text, place, sink);
        }
    }

    /// A complete document: its elements are records, each at its own place.
    fn open_document(&mut self, text: &[u8], place: Place, sink: &mut dyn Sink) {
        self.n_nested += 1;
        let mut document = Document::default();
        document.read(text, place, true, self, sink);
        self.n_nested -= 1;
    }

    fn is_first(&self) -> bool {
        self.finish.records == 0
            && self.held.is_none()
            && self.n_nested == 0
            && self.finish.format != Format::EventStream
    }

    fn release(&mut self, sink: &mut dyn Sink) {
        if let Some((place, raw, item, _)) = self.held.take() {
            self.count(&item);
            sink.item(place, raw, item);
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
    read_json(text).map_err(|error| broken(&error))
}

/// A parser's complaint in plain words, with the place inside the record.
pub fn broken(error: &json::Error) -> String {
    if error.is_eof() {
        return "the record ends before it is complete".into();
    }
    let what = match error.words() {
        "recursion limit exceeded" => "it is nested too deep",
        "invalid unicode code point" => "it is no UTF-8 text",
        "expected ident" => "a bare word is none of true, false and null",
        words if words.starts_with("control character") => {
            "a line break or another control character in a text"
        }
        other => other,
    };
    // The parser sets signs in the quotes of its own trade.
    let what = what.replace('`', "\"");
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
