//! JSON text as it comes: an object a line, objects over several lines, or documents, one after another. A broken line
//! costs that line; a broken object over several lines costs the lines up to the next one that can start a value.

use memchr::memchr;
use reading::Value;

use super::cursor::Cursor;
use super::document::{Document, Progress};
use super::record::{Found, Records, TEXT_ENDS, broken};
use super::scan::{Scan, Step, holds_records};
use super::{Format, Place, Sink};
use crate::cadf::read_json;

/// Reads JSON text. Offsets count from the first byte not yet consumed.
pub struct JsonText {
    state: State,
    whole_bytes: usize,
    /// How many bytes stand before the value on its line.
    column: usize,
    /// An array that has just ended: a comma after it shows that a bracket closed it too early.
    ended: Option<Box<Document>>,
}

#[derive(Default)]
enum State {
    #[default]
    Between,
    /// A value starts; its line's end is looked for from this offset on.
    Line {
        searched: usize,
    },
    /// Its first line is incomplete by itself; its end is looked for over several lines.
    Lines {
        scan: Box<Scan>,
        scanned: usize,
    },
    Document(Box<Document>),
    /// What can't be read: its place, how much is passed, and why. Lines are passed until one can start a value.
    Lost(Lost),
}

struct Lost {
    place: Place,
    /// How much is passed, and how much of it up to the last sign that is no blank.
    n: u64,
    n_solid: u64,
    why: String,
    /// A later line that starts further right belongs to what can't be read.
    column: usize,
    /// At the start of a line other than the first.
    is_at_line: bool,
}

impl JsonText {
    /// A value is looked at as a whole while it is no longer than `whole_bytes`; a longer one is read as it comes.
    pub fn new(whole_bytes: usize) -> JsonText {
        JsonText {
            state: State::Between,
            whole_bytes,
            column: 0,
            ended: None,
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
        let mut cursor = Cursor::new(text, place);
        while self.advance(&mut cursor, is_last, records, sink) {}
        (cursor.at, cursor.place)
    }

    /// One step; `false` when more text is needed, or when there is none left.
    fn advance(
        &mut self,
        cursor: &mut Cursor,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) -> bool {
        let rest = cursor.rest();
        let whole_bytes = self.whole_bytes;
        match &mut self.state {
            State::Between => {
                let blank = rest.len() - rest.trim_ascii_start().len();
                self.column = match rest[..blank].iter().rposition(|byte| *byte == b'\n') {
                    Some(newline) => blank - newline - 1,
                    None => self.column + blank,
                };
                cursor.forward(blank);
                let rest = cursor.rest();
                if rest.is_empty() {
                    return false;
                }
                if rest[0] == b',' && self.ended.is_some() {
                    match rest[1..].trim_ascii_start().first() {
                        None if !is_last => return false,
                        Some(b'{') => {
                            cursor.forward(1);
                            if let Some(mut document) = self.ended.take() {
                                document.begin_element(cursor.place, records, sink);
                                self.state = State::Document(document);
                            }
                            return true;
                        }
                        _ => {}
                    }
                }
                self.ended = None;
                self.state = State::Line { searched: 0 };
                true
            }
            State::Line { searched } => {
                let end = memchr(b'\n', &rest[*searched..]).map(|n| *searched + n);
                match end {
                    Some(end) if end <= whole_bytes => {
                        self.line(cursor, end, false, records, sink);
                    }
                    None if rest.len() <= whole_bytes && !is_last => {
                        *searched = rest.len();
                        return false;
                    }
                    None if rest.len() <= whole_bytes => {
                        self.line(cursor, rest.len(), true, records, sink);
                    }
                    _ => self.state = State::Document(Box::default()),
                }
                true
            }
            State::Lines { scan, scanned } => {
                let known = &rest[..rest.len().min(whole_bytes)];
                let (next, step) = scan.step(known, *scanned);
                *scanned = next;
                match step {
                    Step::End(end) => self.value(cursor, end, records, sink),
                    Step::Broken(_, why) => {
                        let why = format!("broken JSON: {why}");
                        self.broken_lines(cursor, why);
                    }
                    // Only the end is of interest here.
                    Step::ElementStart(_) | Step::ElementEnd(_) => {}
                    Step::More if rest.len() >= whole_bytes => {
                        self.state = State::Document(Box::default());
                    }
                    Step::More if is_last => {
                        records.finish.was_cut = true;
                        self.broken_lines(cursor, TEXT_ENDS.into());
                    }
                    Step::More => return false,
                }
                true
            }
            State::Document(document) => {
                let progress = document.read(rest, cursor.place, is_last, records, sink);
                match progress {
                    Progress::More(n) => {
                        cursor.forward(n);
                        return false;
                    }
                    Progress::End(n) => {
                        cursor.forward(n);
                        if let State::Document(document) = std::mem::take(&mut self.state) {
                            self.ended = Some(document).filter(|list| list.is_bare_list());
                        }
                    }
                    Progress::Cut(n) => {
                        records.finish.was_cut = true;
                        cursor.forward(n);
                        self.between();
                    }
                    Progress::Broken(n, why) => {
                        cursor.forward(n);
                        self.lose(cursor.place, format!("broken JSON: {why}"));
                    }
                }
                true
            }
            State::Lost(lost) => {
                if !lost.pass(cursor, is_last) {
                    return false;
                }
                lost.say(records, sink);
                self.between();
                true
            }
        }
    }

    /// A value's first line: most often the whole value.
    fn line(
        &mut self,
        cursor: &mut Cursor,
        end: usize,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) {
        let text = cursor.rest()[..end].trim_ascii_end();
        if records.plain_event(text, cursor.place, sink) {
            records.found_format(Format::JsonLines);
            cursor.forward_in_line(end);
            return self.between();
        }
        match read_json(text) {
            Ok(Value::Array(items)) if items.iter().any(Value::is_object) => {
                drop(items);
                self.state = State::Document(Box::default());
            }
            Ok(value) => {
                records.value(value, text, cursor.place, Found::Alone, sink);
                // A document on one line has named the format by now.
                records.found_format(Format::JsonLines);
                cursor.forward_in_line(end);
                self.between();
            }
            Err(error) if error.is_eof() && !is_last => {
                self.state = State::Lines {
                    scan: Box::default(),
                    scanned: 0,
                };
            }
            Err(_) if holds_records(text) => self.state = State::Document(Box::default()),
            Err(error) => {
                records.found_format(Format::JsonLines);
                records.finish.was_cut |= is_last && error.is_eof();
                records.reject(cursor.place, text.len() as u64, broken(&error), sink);
                cursor.forward_in_line(end);
                self.between();
            }
        }
    }

    /// A whole value over several lines.
    fn value(
        &mut self,
        cursor: &mut Cursor,
        end: usize,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) {
        let text = &cursor.rest()[..end];
        match read_json(text) {
            Ok(value) => {
                records.found_format(Format::JsonDocument);
                records.value(value, text, cursor.place, Found::Alone, sink);
                cursor.forward(end);
                self.between();
            }
            Err(error) => self.broken_lines(cursor, broken(&error)),
        }
    }

    /// A document loses its broken element; anything else is lost up to the next line that can start a value.
    fn broken_lines(&mut self, cursor: &Cursor, why: String) {
        if holds_records(cursor.rest()) {
            self.state = State::Document(Box::default());
        } else {
            self.lose(cursor.place, why);
        }
    }

    fn lose(&mut self, place: Place, why: String) {
        self.state = State::Lost(Lost {
            place,
            n: 0,
            n_solid: 0,
            why,
            column: self.column,
            is_at_line: false,
        });
    }

    fn between(&mut self) {
        self.state = State::Between;
    }
}

impl Lost {
    /// Passes text; `true` when a line that can start a value, or the end, is reached.
    fn pass(&mut self, cursor: &mut Cursor, is_last: bool) -> bool {
        loop {
            let rest = cursor.rest();
            if self.is_at_line {
                let blank = rest.len() - rest.trim_ascii_start().len();
                match rest.get(blank) {
                    None if is_last => return true,
                    None => return false,
                    Some(sign) => {
                        let column = match memchr::memrchr(b'\n', &rest[..blank]) {
                            Some(newline) => blank - newline - 1,
                            None => blank,
                        };
                        if column <= self.column
                            && !matches!(sign, b'}' | b']' | b'"' | b',' | b':')
                        {
                            return true;
                        }
                    }
                }
            }
            let newline = memchr(b'\n', rest);
            self.is_at_line = newline.is_some();
            self.take(cursor, newline.map_or(rest.len(), |at| at + 1));
            if newline.is_none() {
                return is_last;
            }
        }
    }

    fn take(&mut self, cursor: &mut Cursor, n: usize) {
        let n_solid = cursor.rest()[..n].trim_ascii_end().len();
        if n_solid > 0 {
            self.n_solid = self.n + n_solid as u64;
        }
        self.n += n as u64;
        cursor.forward(n);
    }

    fn say(&mut self, records: &mut Records, sink: &mut dyn Sink) {
        records.found_format(Format::JsonDocument);
        records.reject(
            self.place,
            self.n_solid,
            std::mem::take(&mut self.why),
            sink,
        );
    }
}
