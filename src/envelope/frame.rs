//! Cuts text into records and says where each stands.

use serde_json::Value;

use super::wrapper::{FORMATS, unwrap};
use super::{Context, Finish, Format, Item, PageError, Place, RawSpan, Sink};
use crate::cadf::Outside;

/// Takes text in chunks and gives records to a sink.
pub struct Framer {
    context: Context,
    buffer: Vec<u8>,
    /// Where the buffer starts.
    at: Place,
    finish: Finish,
    end_words: Option<String>,
}

impl Framer {
    pub fn new(context: Context) -> Framer {
        Framer {
            context,
            buffer: Vec::new(),
            at: Place { line: 1, byte: 0 },
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
            end_words: None,
        }
    }

    pub fn push(&mut self, text: &[u8], sink: &mut dyn Sink) -> Result<(), PageError> {
        self.finish.text_bytes += text.len() as u64;
        self.buffer.extend_from_slice(text);
        let buffer = std::mem::take(&mut self.buffer);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &buffer) {
            self.line(&buffer[start..end], sink);
            self.at.line += 1;
            self.at.byte += (end + 1 - start) as u64;
            start = end + 1;
        }
        self.buffer = buffer;
        self.buffer.drain(..start);
        Ok(())
    }

    /// A remark on how the input ended.
    pub fn note_end(&mut self, words: Option<String>) {
        self.end_words = words;
    }

    pub fn finish(&mut self, is_cut: bool, sink: &mut dyn Sink) -> Result<Finish, PageError> {
        let buffer = std::mem::take(&mut self.buffer);
        self.line(&buffer, sink);
        self.finish.was_cut |= is_cut;
        if let Some(words) = self.end_words.take() {
            let raw = RawSpan {
                byte: self.at.byte,
                len: 0,
                nth: 0,
            };
            sink.item(self.at, raw, Item::Notice(words));
        }
        Ok(self.finish.clone())
    }

    fn line(&mut self, line: &[u8], sink: &mut dyn Sink) {
        let text = line.trim_ascii();
        if text.is_empty() {
            return;
        }
        let byte = self.at.byte + (line.len() - line.trim_ascii_start().len()) as u64;
        self.finish.format = Format::JsonLines;
        let (item, row) = read_record(text, &self.context);
        self.finish.records += 1;
        match &item {
            Item::Other => self.finish.other_records += 1,
            Item::Rejected(_) => self.finish.rejected += 1,
            Item::Event(_) | Item::Notice(_) => {}
        }
        if let Some(row) = row {
            self.finish.wrappers[row] += 1;
        }
        let place = Place {
            line: self.at.line,
            byte,
        };
        sink.item(
            place,
            RawSpan {
                byte,
                len: text.len() as u64,
                nth: 0,
            },
            item,
        );
    }
}

/// What a record's text holds, and the row of [`FORMATS`] that unwrapped it.
pub fn read_record(raw: &[u8], context: &Context) -> (Item, Option<usize>) {
    match serde_json::from_slice(raw) {
        Ok(Value::Object(object)) => unwrap(object, Outside::default(), context),
        Ok(_) => (Item::Rejected("a value that is no object".into()), None),
        Err(error) => (Item::Rejected(format!("broken JSON: {error}")), None),
    }
}
