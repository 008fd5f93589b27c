//! Tells what a text is by its start and hands it on as it comes; keeps what is not consumed yet.
//! Whatever the chunks, the same text gives the same items.

use memchr::memchr;

use super::lines::{Kind, Lines, is_event_stream};
use super::page::{is_page_start, page_error};
use super::record::Records;
use super::text::JsonText;
use super::{Context, Finish, Format, PageError, Place, RawSpan, Sink, table};

/// How much of a start is enough to tell JSON, an event stream, a web page and other files apart.
const START_BYTES: usize = 64;

/// A table's first line, or a web page up to its title, is looked for in so much text.
const MAX_START_BYTES: usize = 64 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Takes text in chunks and gives records to a sink.
pub struct Framer {
    whole_bytes: usize,
    records: Records,
    kind: Text,
    /// Text that is not consumed yet, and where it starts.
    buffer: Vec<u8>,
    at: Place,
    end_words: Option<String>,
}

enum Text {
    Unknown,
    Json(JsonText),
    Lines(Lines),
    Page,
}

impl Text {
    /// Reads on; returns how many bytes are done with, and where it stands then.
    fn read(
        &mut self,
        text: &[u8],
        place: Place,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) -> Result<(usize, Place), PageError> {
        match self {
            Text::Unknown => Ok((0, place)),
            Text::Page if is_last || text.len() >= MAX_START_BYTES => Err(page_error(text)),
            Text::Page => Ok((0, place)),
            Text::Json(json) => Ok(json.read(text, place, is_last, records, sink)),
            Text::Lines(lines) => Ok(lines.read(text, place, is_last, records, sink)),
        }
    }
}

impl Framer {
    pub fn new(context: Context, whole_bytes: usize) -> Framer {
        Framer {
            whole_bytes,
            records: Records::new(context),
            kind: Text::Unknown,
            buffer: Vec::new(),
            at: Place { line: 1, byte: 0 },
            end_words: None,
        }
    }

    pub fn push(&mut self, text: &[u8], sink: &mut dyn Sink) -> Result<(), PageError> {
        self.records.finish.text_bytes += text.len() as u64;
        let mut text = text;
        if !matches!(self.kind, Text::Unknown) {
            // What is left over goes on to the end of its line; then text is read where it stands, not copied.
            if !self.buffer.is_empty() {
                let line = memchr(b'\n', text).map_or(text.len(), |at| at + 1);
                let (now, later) = text.split_at(line);
                self.buffer.extend_from_slice(now);
                self.read(false, sink)?;
                text = later;
            }
            if self.buffer.is_empty() {
                let (n, at) = self
                    .kind
                    .read(text, self.at, false, &mut self.records, sink)?;
                self.at = at;
                self.buffer.extend_from_slice(&text[n..]);
                return Ok(());
            }
        }
        self.buffer.extend_from_slice(text);
        self.read(false, sink)
    }

    /// A remark on how the input ended.
    pub fn note_end(&mut self, words: Option<String>) {
        self.end_words = words;
    }

    /// `is_cut`: what was unpacked isn't all.
    pub fn finish(&mut self, is_cut: bool, sink: &mut dyn Sink) -> Result<Finish, PageError> {
        self.read(true, sink)?;
        self.records.finish.was_cut |= is_cut;
        if let Some(words) = self.end_words.take() {
            let raw = RawSpan {
                byte: self.at.byte,
                len: 0,
                nth: 0,
            };
            self.records.notice(self.at, raw, words, sink);
        }
        self.records.finish()?;
        Ok(self.records.finish.clone())
    }

    fn read(&mut self, is_last: bool, sink: &mut dyn Sink) -> Result<(), PageError> {
        if matches!(self.kind, Text::Unknown) {
            self.tell_kind(is_last)?;
        }
        let (n, at) = self
            .kind
            .read(&self.buffer, self.at, is_last, &mut self.records, sink)?;
        self.at = at;
        self.buffer.drain(..n);
        Ok(())
    }

    fn consume(&mut self, n: usize) {
        let n_lines = memchr::memchr_iter(b'\n', &self.buffer[..n]).count();
        self.at.line += n_lines as u64;
        self.at.byte += n as u64;
        self.buffer.drain(..n);
    }

    /// Leaves `Unknown` as soon as the start tells what the text is.
    fn tell_kind(&mut self, is_last: bool) -> Result<(), PageError> {
        if self.at.byte == 0 {
            if self.buffer.len() < START_BYTES && !is_last {
                return Ok(());
            }
            if let Some(error) = other_file(&self.buffer) {
                return Err(error);
            }
            if self.buffer.starts_with(BYTE_ORDER_MARK) {
                self.consume(BYTE_ORDER_MARK.len());
            }
        }
        let n_blank = self.buffer.len() - self.buffer.trim_ascii_start().len();
        // Blanks on the line of the first value stay: they are its indentation.
        let n_lines = memchr::memrchr(b'\n', &self.buffer[..n_blank]).map_or(0, |at| at + 1);
        self.consume(n_lines);
        let text = self.buffer.trim_ascii_start();
        if text.is_empty() || (text.len() < START_BYTES && !is_last) {
            return Ok(());
        }
        let line_end = memchr(b'\n', text);
        if text.starts_with(b"{") || text.starts_with(b"[") {
            self.kind = Text::Json(JsonText::new(self.whole_bytes));
        } else if is_page_start(text) {
            self.kind = Text::Page;
        } else if is_event_stream(text) {
            self.records.found_format(Format::EventStream);
            self.kind = Text::Lines(Lines::new(Kind::EventStream, self.whole_bytes));
        } else if line_end.is_some() || is_last || text.len() >= MAX_START_BYTES {
            let line = &text[..line_end.unwrap_or(text.len())];
            match table::column_of(line.trim_ascii_end()) {
                Some(column) => {
                    let n = self.buffer.len() - text.len() + line.len();
                    self.consume(n);
                    self.records.found_format(Format::Table);
                    self.kind = Text::Lines(Lines::new(Kind::Table { column }, self.whole_bytes));
                }
                None => self.kind = Text::Json(JsonText::new(self.whole_bytes)),
            }
        }
        Ok(())
    }
}

/// Files that are no text at all, by their first bytes.
fn other_file(start: &[u8]) -> Option<PageError> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"PK\x03\x04", "a zip archive; unpack it first"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it first"),
        (b"BZh", "a bzip2 file; unpack it first"),
        (b"\xfd7zXZ\0", "an xz file; unpack it first"),
        (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
        (b"\x1f\x8b", "gzip inside gzip; unpack it once first"),
        (b"%PDF", "a PDF file"),
        (b"\xff\xfe", "UTF-16 text; save it as UTF-8 first"),
        (b"\xfe\xff", "UTF-16 text; save it as UTF-8 first"),
    ];
    if start.starts_with(b"PAR1") {
        return Some(PageError::Parquet);
    }
    let known = KINDS.iter().find(|(magic, _)| start.starts_with(magic));
    let is_binary = start[..start.len().min(START_BYTES)].contains(&0);
    let looks_like = known
        .map(|(_, words)| *words)
        .or(is_binary.then_some("binary data"))?;
    Some(PageError::NotText { looks_like })
}
