//! One JSON document as it comes: an array, or an object that wraps a list of records. Each element is handed on as
//! soon as it is whole, so that a list of any length on one line never is held; a broken element costs itself.

use super::cursor::Cursor;
use super::record::{Found, Records, TEXT_ENDS, too_long};
use super::recovery::{Layout, Recovery, Search};
use super::scan::{Scan, Step};
use super::{Format, MAX_RECORD_BYTES, Place, RawSpan, Sink};

/// Why a record that never ended is rejected where others were found inside it.
const UNCLOSED: &str = "its brackets are not closed";

const GOES_ON: &str = "the list goes on after its end: a bracket closed it too early";

/// Where reading a document has got to. Offsets count from the first byte not yet consumed.
#[derive(Default)]
pub struct Document {
    scan: Scan,
    scanned: usize,
    /// What starts at offset 0, if that text has to be kept.
    held: Held,
    has_elements: bool,
    layout: Layout,
    /// The list once it has begun, to go on with after a broken element.
    list: Option<Box<Scan>>,
    /// Where the next record starts is being looked for.
    recovery: Option<Box<Recovery>>,
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
                    self.layout.pass(&cursor.rest()[..start]);
                    self.forward(&mut cursor, start);
                    self.held = Held::Element;
                    self.has_elements = true;
                    self.list.get_or_insert_with(|| Box::new(self.scan.clone()));
                }
                Step::ElementEnd(end) if self.held != Held::Element => {
                    self.element(&mut cursor, end, records, sink);
                }
                Step::ElementEnd(end) => match goes_with(cursor.rest(), end, is_last) {
                    Some(true) => self.element(&mut cursor, end, records, sink),
                    Some(false) => self.lose(&mut cursor, end, "a text stands beside other text"),
                    None => {
                        // Asked again with more text.
                        self.restart();
                        self.held = Held::Element;
                        return Progress::More(cursor.at);
                    }
                },
                Step::End(end) => {
                    self.whole(&mut cursor, end, records, sink);
                    return Progress::End(cursor.at);
                }
                Step::Broken(at, why) => {
                    if self.goes_on(&cursor, at) {
                        self.go_on(&mut cursor, at, records, sink);
                        continue;
                    }
                    if !self.has_elements || !self.scan.is_inside_list() {
                        if self.held == Held::Nothing {
                            self.forward(&mut cursor, at);
                        }
                        return Progress::Broken(cursor.at, why);
                    }
                    self.lose(&mut cursor, at, why);
                }
                Step::More if is_last && self.held == Held::Element => {
                    // It may have swallowed what follows it.
                    let end = cursor.rest().len();
                    self.lose(&mut cursor, end, UNCLOSED);
                    if !self.find_next(&mut cursor, is_last, records, sink) {
                        return Progress::Cut(cursor.at);
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
                self.layout.learn(text);
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
            Held::Nothing => self.layout.pass(&cursor.rest()[..n]),
            Held::TooLong(_, so_far) => *so_far += n as u64,
            Held::Whole | Held::Element if n > MAX_RECORD_BYTES => {
                self.held = Held::TooLong(cursor.place, n as u64);
            }
            _ => return,
        }
        self.forward(cursor, n);
    }

    /// The list was taken to have ended, and an object follows where its next element would.
    fn goes_on(&self, cursor: &Cursor, at: usize) -> bool {
        cursor.rest().get(at) == Some(&b'{')
            && self
                .list
                .as_ref()
                .is_some_and(|list| self.scan.broke_beside(list))
    }

    fn go_on(
        &mut self,
        cursor: &mut Cursor,
        at: usize,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) {
        self.forward(cursor, at);
        self.begin_element(cursor.place, records, sink);
    }

    /// Whether it is an array by itself, in which an element may follow its end.
    pub fn is_bare_list(&self) -> bool {
        self.list.as_ref().is_some_and(|list| list.is_bare_list())
    }

    /// The list was taken to have ended; reads on with another element.
    pub fn begin_element(&mut self, place: Place, records: &mut Records, sink: &mut dyn Sink) {
        let raw = RawSpan {
            byte: place.byte,
            len: 0,
            nth: 0,
        };
        records.notice(place, raw, GOES_ON.into(), sink);
        self.restart();
    }

    fn restart(&mut self) {
        if let Some(list) = &self.list {
            self.scan = (**list).clone();
        }
        self.scan.restart_element();
        self.scanned = 0;
        self.held = Held::Nothing;
    }

    fn lose(&mut self, cursor: &mut Cursor, at: usize, why: &'static str) {
        let (place, n) = match self.held {
            Held::TooLong(place, n) => (place, n),
            Held::Nothing => {
                self.forward(cursor, at);
                (cursor.place, 0)
            }
            _ => (cursor.place, 0),
        };
        let broken = if self.held == Held::Element { at } else { 0 };
        let list = self.list.as_deref().unwrap_or(&self.scan).clone();
        self.recovery = Some(Box::new(Recovery::new(list, n, broken)));
        self.held = Held::Lost(place, n, why);
        self.scanned = 0;
    }

    /// Looks for the start of the next record after a broken one. Returns whether it was found; what was passed is
    /// consumed either way.
    fn find_next(
        &mut self,
        cursor: &mut Cursor,
        is_last: bool,
        records: &mut Records,
        sink: &mut dyn Sink,
    ) -> bool {
        let (Held::Lost(place, n, why), Some(recovery)) = (self.held, &mut self.recovery) else {
            return true;
        };
        let rest = cursor.rest();
        let (lost, next) = match recovery.search(rest, is_last, &self.layout) {
            Search::Found(brace) => (trim_comma(&rest[..brace]), Some(brace)),
            Search::Nothing => (rest.trim_ascii_end().len(), None),
            Search::More(passed) => {
                cursor.forward(passed);
                self.held = Held::Lost(place, n + passed as u64, why);
                return false;
            }
        };
        let reason = match (why, next) {
            (UNCLOSED, None) => TEXT_ENDS.to_owned(),
            _ => format!("broken JSON: {why}"),
        };
        records.found_format(Format::JsonDocument);
        records.reject(place, n + lost as u64, reason, sink);
        cursor.forward(next.unwrap_or(rest.len()));
        self.recovery = None;
        self.restart();
        next.is_some()
    }
}

/// Whether an element that ends here is one: a text may be what a lost quote left of several records. `None`: not
/// known yet.
fn goes_with(rest: &[u8], end: usize, is_last: bool) -> Option<bool> {
    if rest[0] != b'"' {
        return Some(true);
    }
    match rest[end..].trim_ascii_start().first() {
        None => is_last.then_some(true),
        Some(sign) => Some(matches!(sign, b',' | b']')),
    }
}

/// The length without the comma and the blanks before the next record.
fn trim_comma(text: &[u8]) -> usize {
    let text = text.trim_ascii_end();
    text.strip_suffix(b",")
        .unwrap_or(text)
        .trim_ascii_end()
        .len()
}
