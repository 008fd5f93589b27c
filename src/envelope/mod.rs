//! Bytes in, records out: what every file and every answer goes through, as chunks come.
//!
//! Push-based and streaming: what is held at any time is one record, never the text. No browser, no file system.
//! Refuses to drop anything: each record read is an event, another kind of record, or rejected with its reason.
//!
//! gzip → text → frame (text cut into records) → wrapper (one file per envelope) → [`Event`].

mod answer;
mod bare;
mod classic_log;
mod cloud_logs;
mod cursor;
mod document;
mod event_routing;
mod frame;
mod gzip;
mod hosted_export;
mod hosted_search;
mod legacy;
mod lines;
mod oslo;
mod page;
mod plain;
#[cfg(test)]
mod properties;
mod record;
mod recovery;
mod scan;
mod stored_legacy;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod unpack;
mod wrapper;

pub use page::PageError;
pub use wrapper::{CONTAINERS, FORMATS, LISTED, Listed, Mark, Wrapper};

use crate::cadf::Event;
use crate::cadf::EventRef;
use frame::Framer;

pub use unpack::Unpacked;
pub use unpack::Unpacker;

/// A record's text may be this long, in bytes; a longer one is rejected and costs nothing else.
pub const MAX_RECORD_BYTES: usize = 64 << 20;

/// A value is looked at as a whole while it is no longer than this; a longer one is read as it comes.
const WHOLE_BYTES: usize = 1 << 20;

/// Where a record starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// 1-based.
    pub line: u64,
    /// 0-based, of the decompressed text.
    pub byte: u64,
}

/// Where a record's text stands in the decompressed text. [`reread`] makes the same event of it again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RawSpan {
    pub byte: u64,
    pub len: u64,
    /// Which event inside that record: 0 for JSON, where each element of a document is a record of its own; the
    /// event's column in a table's row.
    pub nth: u16,
}

/// What one record turned out to be. Events, others and rejected ones are counted as records; a notice is none.
#[derive(Clone, PartialEq, Debug)]
pub enum Item {
    Event(Box<Event>),
    /// An object without an action, or text that isn't JSON in a log wrapper: logs carry other lines too.
    Other,
    /// A broken JSON line, a value that is no object, or a wrapped event that can't be parsed though it begins like
    /// one; the reason in plain words.
    Rejected(String),
    /// A warning or error frame of a service, or a remark on the file itself, in plain words.
    Notice(String),
}

/// Takes what the reader finds.
pub trait Sink {
    /// Every decompressed byte, in order, before the items cut from it.
    fn text(&mut self, chunk: &[u8]);
    fn item(&mut self, place: Place, raw: RawSpan, item: Item);
    /// An event that stands by itself, read in one pass. `false`: it is wanted as an [`Item`].
    fn event(&mut self, _: Place, _: RawSpan, _: &EventRef) -> bool {
        false
    }
}

/// What is known of the source before its first byte.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Context {
    pub source_region: Option<String>,
    /// With the folders it came in, where they are known: some services write the account there.
    pub file_name: String,
}

/// How the text was cut into records.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// No record at all: an empty hour, blank lines.
    Empty,
    /// A JSON object a line.
    JsonLines,
    /// An array, a wrapped document, or objects over several lines.
    JsonDocument,
    /// `data:` lines, as a service streams them.
    EventStream,
    /// Tab-separated values, the event in one column.
    Table,
}

/// What a whole source came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finish {
    pub format: Format,
    /// Events and their copies, others and rejected.
    pub records: u64,
    pub other_records: u64,
    pub rejected: u64,
    /// Records that each row of [`FORMATS`] unwrapped.
    pub wrappers: Vec<u64>,
    /// Of decompressed text.
    pub text_bytes: u64,
    pub is_gzip: bool,
    /// The gzip or the JSON document ended early; what came is kept.
    pub was_cut: bool,
}

/// Reads one source. Push its bytes as they come, then finish; or its text, where an [`Unpacker`] runs elsewhere.
pub struct Reader {
    unpacker: Unpacker,
    framer: Framer,
    failed: Option<PageError>,
}

impl Reader {
    pub fn new(context: Context) -> Reader {
        Reader::with_whole_bytes(context, WHOLE_BYTES)
    }

    fn with_whole_bytes(context: Context, whole_bytes: usize) -> Reader {
        Reader {
            unpacker: Unpacker::default(),
            framer: Framer::new(context, whole_bytes),
            failed: None,
        }
    }

    /// An error ends the source; what came before it is kept, and every later call returns it again.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Result<(), PageError> {
        let framer = &mut self.framer;
        let unpacked = match &self.failed {
            Some(error) => Err(error.clone()),
            None => self
                .unpacker
                .push(bytes, &mut |text| take(framer, text, sink)),
        };
        self.note(unpacked)
    }

    /// The same with text that is unpacked already.
    pub fn push_text(&mut self, text: &[u8], sink: &mut dyn Sink) -> Result<(), PageError> {
        let taken = match &self.failed {
            Some(error) => Err(error.clone()),
            None => take(&mut self.framer, text, sink),
        };
        self.note(taken)
    }

    pub fn finish(&mut self, sink: &mut dyn Sink) -> Result<Finish, PageError> {
        let framer = &mut self.framer;
        let unpacked = match &self.failed {
            Some(error) => Err(error.clone()),
            None => self.unpacker.finish(&mut |text| take(framer, text, sink)),
        };
        self.finish_text(unpacked, sink)
    }

    /// `unpacked`: what came of unpacking elsewhere.
    pub fn finish_text(
        &mut self,
        unpacked: Result<Unpacked, PageError>,
        sink: &mut dyn Sink,
    ) -> Result<Finish, PageError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let unpacked = unpacked?;
        self.framer.note_end(unpacked.words);
        let mut finish = self.framer.finish(unpacked.is_cut, sink)?;
        finish.is_gzip = unpacked.is_gzip;
        Ok(finish)
    }

    fn note(&mut self, result: Result<(), PageError>) -> Result<(), PageError> {
        if let Err(error) = &result {
            self.failed = Some(error.clone());
        }
        result
    }
}

fn take(framer: &mut Framer, text: &[u8], sink: &mut dyn Sink) -> Result<(), PageError> {
    sink.text(text);
    framer.push(text, sink)
}

/// The same event again from its record's raw text, as [`RawSpan`] delimits it.
pub fn reread(raw: &[u8], nth: u16, context: &Context) -> Option<Event> {
    match record::read_alone(raw, nth, context) {
        Item::Event(event) => Some(*event),
        _ => None,
    }
}
