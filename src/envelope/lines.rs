//! Text that is cut at line ends whatever the lines hold: a saved event stream, or tab-separated values.
//!
//! Event stream: `data:` lines carry JSON, one frame a line; comments, other fields and blank lines are no records
//! (WHATWG HTML, 9.2). Frames that span several `data:` lines are not joined: no service here sends them.

use memchr::memchr;

use super::cursor::Cursor;
use super::document::{Document, Progress};
use super::record::{Found, Records, TEXT_ENDS, parse, too_long};
use super::scan::holds_records;
use super::{Format, MAX_RECORD_BYTES, Place, RawSpan, Sink, table};

/// Reads line by line.
pub struct Lines {
    kind: Kind,
    max_whole: usize,
    /// No line end before this offset of the unconsumed text.
    searched: usize,
    inside: Inside,
}

/// What the lines are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    EventStream,
    /// Tab-separated values, the event in this column; the line that names the columns is passed already.
    Table {
        column: u16,
    },
}

enum Inside {
    LineStart,
    /// A frame that is read as it comes.
    Frame(Box<Document>),
    Rest(Rest),
}

/// The rest of a line that is not looked at.
struct Rest {
    place: Place,
    n: u64,
    why: String,
    /// Blanks alone are not worth a word.
    is_said_if_blank: bool,
    is_blank: bool,
}

impl Lines {
    /// A frame is looked at as a whole while its line is no longer than `whole_bytes`; a longer one is read as it comes.
    pub fn new(kind: Kind, whole_bytes: usize) -> Lines {
        Lines {
            kind,
            max_whole: match kind {
                Kind::EventStream => whole_bytes,
                Kind::Table { .. } => MAX_RECORD_BYTES,
            },
            searched: 0,
            inside: Inside::LineStart,
        }
    }

    /// Reads on; returns how many bytes are done with, and where it stands then. `text` starts with the first byte not yet
    /// consumed.
    pub fn read(
        &mut self,
        text: &[u8],
        place: Place,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) -> (usize, Place) {
        let max_whole = self.max_whole;
        let mut cursor = Cursor::new(text, place);
        // What is open at the end is closed there, also when no text is left.
        while !cursor.rest().is_empty() || (is_last && !matches!(self.inside, Inside::LineStart)) {
            let rest = cursor.rest();
            let newline = memchr(b'\n', &rest[self.searched..]).map(|n| self.searched + n);
            let end = newline.or(is_last.then_some(rest.len()));
            let is_cut = is_last && newline.is_none();
            match (&mut self.inside, end) {
                (Inside::LineStart, Some(end)) if end <= max_whole => {
                    self.line(&rest[..end], cursor.place, is_cut, records, sink);
                    cursor.forward(end + usize::from(newline.is_some()));
                    self.searched = 0;
                }
                (Inside::LineStart, None) if rest.len() <= max_whole => {
                    self.searched = rest.len();
                    break;
                }
                (Inside::LineStart, _) => self.begin_long_line(&mut cursor),
                (Inside::Frame(document), _) => {
                    let line = &rest[..end.unwrap_or(rest.len())];
                    let progress = document.read(line, cursor.place, end.is_some(), records, sink);
                    if let Progress::More(n) = progress {
                        cursor.forward(n);
                        self.searched = cursor.rest().len();
                        break;
                    }
                    self.end_frame(progress, &mut cursor, is_cut, records);
                }
                (Inside::Rest(passed), _) => {
                    passed.take(&mut cursor, end.unwrap_or(rest.len()));
                    self.searched = 0;
                    if end.is_some() {
                        passed.say(records, sink);
                        self.inside = Inside::LineStart;
                        cursor.forward(usize::from(newline.is_some()));
                    }
                }
            }
        }
        (cursor.at, cursor.place)
    }

    fn line(
        &self,
        line: &[u8],
        place: Place,
        is_cut: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) {
        let mut cursor = Cursor::new(line, place);
        match self.kind {
            Kind::Table { column } => {
                let row = line.strip_suffix(b"\r").unwrap_or(line);
                if !row.trim_ascii().is_empty() {
                    let raw = RawSpan {
                        byte: place.byte,
                        len: row.len() as u64,
                        nth: column,
                    };
                    let item = table::read_row(row, column, &records.context);
                    records.item(place, raw, item, sink);
                }
            }
            Kind::EventStream => match data_of(line) {
                Some(data) => {
                    cursor.forward(line.len() - data.len());
                    frame(data.trim_ascii_end(), cursor.place, is_cut, records, sink);
                }
                None if is_other_field(line) => {}
                None => {
                    let text = line.trim_ascii_end();
                    let why = "a line that belongs to no event stream".to_owned();
                    records.reject(place, text.len() as u64, why, sink);
                }
            },
        }
    }

    fn begin_long_line(&mut self, cursor: &mut Cursor) {
        let rest = cursor.rest();
        let is_comment = self.kind == Kind::EventStream && is_other_field(rest);
        self.searched = 0;
        self.inside = match data_of(rest) {
            Some(data) if self.kind == Kind::EventStream => {
                cursor.forward(rest.len() - data.len());
                Inside::Frame(Box::default())
            }
            _ if is_comment => Inside::Rest(Rest::blank(cursor.place)),
            _ => Inside::Rest(Rest::new(cursor.place, too_long())),
        };
    }

    fn end_frame(
        &mut self,
        progress: Progress,
        cursor: &mut Cursor,
        is_cut: bool,
        records: &mut Records,
    ) {
        let rest = match progress {
            Progress::More(n) | Progress::End(n) => {
                cursor.forward(n);
                Rest {
                    is_said_if_blank: false,
                    ..Rest::new(cursor.place, "text follows a frame's end".into())
                }
            }
            Progress::Cut(n) => {
                cursor.forward(n);
                records.finish.was_cut |= is_cut;
                Rest::blank(cursor.place)
            }
            Progress::Broken(n, why) => {
                cursor.forward(n);
                Rest::new(cursor.place, format!("broken JSON: {why}"))
            }
        };
        self.searched = 0;
        self.inside = Inside::Rest(rest);
    }
}

impl Rest {
    fn new(place: Place, why: String) -> Rest {
        Rest {
            place,
            n: 0,
            why,
            is_said_if_blank: true,
            is_blank: true,
        }
    }

    /// Nothing of it is a record.
    fn blank(place: Place) -> Rest {
        Rest {
            is_said_if_blank: false,
            ..Rest::new(place, String::new())
        }
    }

    fn take(&mut self, cursor: &mut Cursor, n: usize) {
        self.is_blank &= self.why.is_empty() || cursor.rest()[..n].trim_ascii().is_empty();
        self.n += n as u64;
        cursor.forward(n);
    }

    fn say(&mut self, records: &mut Records, sink: &mut dyn Sink) {
        if self.is_said_if_blank || !self.is_blank {
            records.found_format(Format::EventStream);
            records.reject(self.place, self.n, std::mem::take(&mut self.why), sink);
        }
    }
}

/// Whether a source that starts so is an event stream.
pub fn is_event_stream(start: &[u8]) -> bool {
    data_of(start).is_some() || (is_other_field(start) && !start.trim_ascii().is_empty())
}

/// What follows `data:`.
fn data_of(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"data:").map(<[u8]>::trim_ascii_start)
}

/// A comment, another field of the event stream, or a blank line.
fn is_other_field(line: &[u8]) -> bool {
    [&b":"[..], b"event:", b"id:", b"retry:"]
        .iter()
        .any(|field| line.starts_with(field))
        || line.trim_ascii().is_empty()
}

/// One frame; its text has no blanks around it.
fn frame(text: &[u8], place: Place, is_cut: bool, records: &mut Records, sink: &mut dyn Sink) {
    if text.is_empty() || text == b"[DONE]" {
        return;
    }
    match parse(text) {
        Ok(value) => records.value(value, text, place, Found::Alone, sink),
        // The records of a broken frame that can be read are read.
        Err(_) if holds_records(text) => {
            let progress = Document::default().read(text, place, true, records, sink);
            records.finish.was_cut |= is_cut && matches!(progress, Progress::Cut(_));
        }
        Err(_) if is_cut => {
            records.finish.was_cut = true;
            records.reject(place, text.len() as u64, TEXT_ENDS.into(), sink);
        }
        Err(reason) => records.reject(place, text.len() as u64, reason, sink),
    }
}
