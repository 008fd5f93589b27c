//! One JSON document as it comes: an array, or an object that wraps a list of records. Each element is handed on as
//! soon as it is whole, so that a list of any length on one line never is held; a broken element costs itself.

use memchr::memmem;

use super::cursor::Cursor;
use super::record::{Found, Records, TEXT_ENDS, too_long};
use super::scan::{Scan, Step};
use super::{Format, MAX_RECORD_BYTES, Place, Sink};

/// How many different first members are remembered to find the next record by after a broken one.
const MAX_SIGNATURES: usize = 8;

/// What is kept of text that is searched for the next record, so that nothing is missed between two chunks.
const OVERLAP_BYTES: usize = 512;

/// Where reading a document has got to. Offsets count from the first byte not yet consumed.
#[derive(Default)]
pub struct Document {
    scan: Scan,
    scanned: usize,
    /// What starts at offset 0, if that text has to be kept.
    held: Held,
    has_elements: bool,
    /// First members of elements, as written with their quotes.
    signatures: Vec<Vec<u8>>,
    is_named: bool,
    is_started: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Held {
    /// The document itself, which may turn out to be one record.
    #[default]
    Whole,
    Element,
    /// Between and after elements.
    Nothing,
    /// A record that is too long to hold: where it starts, and its bytes so far.
    TooLong(Place, u64),
    /// A broken element: where it starts, its bytes so far, and why.
    Lost(Place, u64, &'static str),
}

/// How far a call got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// More text is needed; so much of it is done with.
    More(usize),
    /// The document ends there.
    End(usize),
    /// It can't be read on from there: what follows starts with the next line that can start a value.
    Broken(usize, &'static str),
    /// No more text will come and the document isn't complete.
    Cut(usize),
}

impl Document {
    /// Reads on. `text` starts with the first byte that the last call did not consume, at `place`.
    pub fn read(
        &mut self,
        text: &[u8],
        place: Place,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) -> Progress {
        if !self.is_started && !text.is_empty() {
            self.is_started = true;
            self.is_named = text[0] == b'{';
        }
        let mut cursor = Cursor::new(text, place);
        loop {
            if let Held::Lost(..) = self.held
                && !self.find_next(&mut cursor, is_last, records, sink)
            {
                return if is_last {
                    Progress::End(cursor.at)
                } else {
                    Progress::More(cursor.at)
                };
            }
            let (next, step) = self.scan.step(cursor.rest(), self.scanned);
            self.scanned = next;
            match step {
                Step::ElementStart(start) => {
                    self.forward(&mut cursor, start);
                    self.held = Held::Element;
                    self.has_elements = true;
                }
                Step::ElementEnd(end) => self.element(&mut cursor, end, records, sink),
                Step::End(end) => {
                    self.whole(&mut cursor, end, records, sink);
                    return Progress::End(cursor.at);
                }
                Step::Broken(at, why) => {
                    if !self.has_elements || !self.scan.is_inside_list() {
                        if self.held == Held::Nothing {
                            self.forward(&mut cursor, at);
                        }
                        return Progress::Broken(cursor.at, why);
                    }
                    self.lose(&mut cursor, at, why);
                    if self.signatures.is_empty() {
                        return Progress::Broken(cursor.at, why);
                    }
                }
                Step::More if is_last => return self.cut(&mut cursor, records, sink),
                Step::More => {
                    self.let_go(&mut cursor);
                    return Progress::More(cursor.at);
                }
            }
        }
    }

    /// Consumes up to an offset from the cursor.
    fn forward(&mut self, cursor: &mut Cursor, n: usize) {
        cursor.forward(n);
        self.scanned -= n;
    }

    fn found(&self) -> Found {
        if self.is_named {
            Found::InWrapper
        } else {
            Found::InArray
        }
    }

    fn element(
        &mut self,
        cursor: &mut Cursor,
        end: usize,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) {
        records.found_format(Format::JsonDocument);
        match self.held {
            Held::TooLong(place, n) => {
                records.reject(place, n + end as u64, too_long(), sink);
            }
            _ if end > MAX_RECORD_BYTES => {
                records.reject(cursor.place, end as u64, too_long(), sink);
            }
            _ => {
                let text = &cursor.rest()[..end];
                self.remember(text);
                records.read(text, cursor.place, self.found(), sink);
            }
        }
        self.forward(cursor, end);
        self.held = Held::Nothing;
    }

    fn whole(
        &mut self,
        cursor: &mut Cursor,
        end: usize,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) {
        records.found_format(Format::JsonDocument);
        match self.held {
            Held::Whole if !self.has_elements && end > MAX_RECORD_BYTES => {
                records.reject(cursor.place, end as u64, too_long(), sink);
            }
            Held::Whole if !self.has_elements => {
                let text = &cursor.rest()[..end];
                records.read(text, cursor.place, Found::Alone, sink);
            }
            Held::TooLong(place, n) if !self.has_elements => {
                records.reject(place, n + end as u64, too_long(), sink);
            }
            _ => {}
        }
        self.forward(cursor, end);
    }

    /// The text ended. An unfinished record is one that can't be read.
    fn cut(&mut self, cursor: &mut Cursor, records: &mut Records, sink: &mut dyn Sink) -> Progress {
        let rest = cursor.rest().len();
        let unfinished = match self.held {
            Held::Nothing => None,
            Held::Whole if self.scan.is_inside_list() => None,
            Held::TooLong(place, n) => Some((place, n + rest as u64)),
            _ => Some((cursor.place, rest as u64)),
        };
        if let Some((place, n)) = unfinished
            && n > 0
        {
            records.found_format(Format::JsonDocument);
            records.reject(place, n, TEXT_ENDS.into(), sink);
        }
        cursor.forward(rest);
        Progress::Cut(cursor.at)
    }

    /// Drops text that no record needs.
    fn let_go(&mut self, cursor: &mut Cursor) {
        let n = self.scanned;
        match &mut self.held {
            Held::Nothing => {}
            Held::TooLong(_, so_far) => *so_far += n as u64,
            Held::Whole | Held::Element if n > MAX_RECORD_BYTES => {
                self.held = Held::TooLong(cursor.place, n as u64);
            }
            _ => return,
        }
        self.forward(cursor, n);
    }

    fn remember(&mut self, element: &[u8]) {
        if self.signatures.len() < MAX_SIGNATURES
            && let Some(signature) = first_member(element)
            && !self.signatures.iter().any(|known| known == signature)
        {
            self.signatures.push(signature.to_vec());
        }
    }

    fn lose(&mut self, cursor: &mut Cursor, at: usize, why: &'static str) {
        let (place, n) = match self.held {
            Held::TooLong(place, n) => (place, n),
            Held::Nothing => {
                self.forward(cursor, at);
                (cursor.place, 0)
            }
            _ => {
                self.remember(&cursor.rest()[..at]);
                (cursor.place, 0)
            }
        };
        self.held = Held::Lost(place, n, why);
        self.scanned = 0;
    }

    /// Looks for the start of the next record after a broken one: a brace that follows a comma and opens with the
    /// same member as another record did. Returns whether it was found; what was passed is consumed either way.
    fn find_next(
        &mut self,
        cursor: &mut Cursor,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) -> bool {
        let Held::Lost(place, n, why) = self.held else {
            return true;
        };
        let rest = cursor.rest();
        // Newest first: the broken element's own is the likeliest, and bounds where the others are looked for.
        let found = self.signatures.iter().rev().fold(None, |found, signature| {
            let until = found.unwrap_or(rest.len());
            next_record(&rest[..until], signature).or(found)
        });
        let reason = || format!("broken JSON: {why}");
        match found {
            Some(brace) => {
                let len = trim_comma(&rest[..brace]);
                records.found_format(Format::JsonDocument);
                records.reject(place, n + len as u64, reason(), sink);
                cursor.forward(brace);
                self.scanned = 0;
                self.scan.restart_element();
                self.held = Held::Nothing;
                true
            }
            None if is_last => {
                records.found_format(Format::JsonDocument);
                let len = rest.trim_ascii_end().len();
                records.reject(place, n + len as u64, reason(), sink);
                cursor.forward(rest.len());
                self.held = Held::Nothing;
                false
            }
            None => {
                let passed = rest.len().saturating_sub(OVERLAP_BYTES);
                cursor.forward(passed);
                self.held = Held::Lost(place, n + passed as u64, why);
                false
            }
        }
    }
}

/// The first member's name with its quotes, if it is all there.
fn first_member(element: &[u8]) -> Option<&[u8]> {
    let inside = element.strip_prefix(b"{")?.trim_ascii_start();
    let name = inside.strip_prefix(b"\"")?;
    let end = name.iter().position(|byte| *byte == b'"')?;
    // A long name is no good to search by: it could span what is kept between chunks.
    (end < 100).then(|| &inside[..end + 2])
}

/// The brace of the first record that opens with this member, after the text's first byte.
fn next_record(text: &[u8], signature: &[u8]) -> Option<usize> {
    memmem::find_iter(text, signature).find_map(|at| {
        let before = text[..at].trim_ascii_end();
        let (brace, before) = before.split_last()?;
        let is_opened = *brace == b'{' && before.trim_ascii_end().last() == Some(&b',');
        let after = text[at + signature.len()..].trim_ascii_start();
        (is_opened && after.first() == Some(&b':')).then_some(before.len())
    })
}

/// The length without the comma and the blanks before the next record.
fn trim_comma(text: &[u8]) -> usize {
    let text = text.trim_ascii_end();
    text.strip_suffix(b",")
        .unwrap_or(text)
        .trim_ascii_end()
        .len()
}
