//! After a broken element of a list: where the next record starts. Never takes a nested object for a record, and
//! costs at most the records that the damage touches, and those that stand broken beside them.
//!
//! Two kinds of evidence count, since neither brackets nor quotes can be trusted inside a broken record:
//! - **Lines**: where every record so far began a line of its own, indented alike, and none had a line that far left
//!   inside it, the next such line that begins an object begins a record.
//! - **The list's end**: an object starts a record if from there on whole elements follow up to the list's own end:
//!   after the end of a list inside a record, more of that record would follow. So much text is waited for, at most as
//!   much as a record may have. Where the text ends or breaks again first, the object must be a record by itself that
//!   was not read as a part of the broken one.
//!
//! Bounds: the first byte of a list's first record tells that it is a list of records at all. A record that lost its
//! end may be closed by what follows it and then is one well-formed record with it; and where it holds a list of whole
//! events on one line with the list around it, the last of those can't be told from the list's own.

use memchr::memchr;
use memchr::memchr_iter;
use memchr::memrchr;
use reading::Value;

use super::MAX_RECORD_BYTES;
use super::scan::{Scan, Step};
use super::wrapper::is_record;
use crate::cadf::read_json;

/// Between two records stand no more blanks than these.
const MAX_BLANKS: usize = 256;

/// How the list's elements stand on lines, learnt from whole ones.
#[derive(Default)]
pub struct Layout {
    /// The blanks since the last line end, if nothing else stands there.
    line_start: Option<Vec<u8>>,
    indent: Indent,
}

#[derive(Default)]
enum Indent {
    #[default]
    Unknown,
    /// Every element begins a line with these blanks.
    Alike(Vec<u8>),
    Mixed,
}

impl Layout {
    /// Text between elements.
    pub fn pass(&mut self, between: &[u8]) {
        if let Some(newline) = memrchr(b'\n', between) {
            let after = &between[newline + 1..];
            self.line_start = is_blank(after).then(|| after.to_vec());
        } else if !is_blank(between) {
            self.line_start = None;
        } else if let Some(blanks) = &mut self.line_start {
            blanks.extend_from_slice(between);
        }
    }

    /// A whole element that starts here.
    pub fn learn(&mut self, element: &[u8]) {
        let start = self.line_start.take();
        self.indent = match (std::mem::take(&mut self.indent), start) {
            // The first may share its line with the list's start.
            (Indent::Unknown, None) => Indent::Unknown,
            (Indent::Unknown, Some(own)) if stays_right_of(element, &own) => Indent::Alike(own),
            (Indent::Alike(all), Some(own)) if own == all && stays_right_of(element, &own) => {
                Indent::Alike(all)
            }
            _ => Indent::Mixed,
        };
    }
}

/// No line of the element but its last begins as far left as the element itself.
fn stays_right_of(element: &[u8], indent: &[u8]) -> bool {
    memchr_iter(b'\n', element).all(|newline| {
        let line = &element[newline + 1..];
        let rest = line.trim_ascii_start();
        let n_blank = line.len() - rest.len();
        rest.len() <= 1 || n_blank > indent.len()
    })
}

fn is_blank(text: &[u8]) -> bool {
    text.trim_ascii().is_empty()
}

/// What a search came to. Offsets are into the text given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Search {
    /// The next record's brace.
    Found(usize),
    /// More text is needed; so much of it is done with.
    More(usize),
    /// No record follows.
    Nothing,
}

/// One search, begun at a broken element. Text that a call is done with stands no longer in the next call's text.
pub struct Recovery {
    /// At the start of an element.
    list: Scan,
    /// How much text was lost before the text given.
    n_lost: u64,
    /// No candidate before this offset.
    searched: usize,
    /// Up to where the element was read as JSON before it broke, how far that is followed again here, and whether
    /// that place is inside a text.
    broken: usize,
    followed: usize,
    is_in_text: bool,
    candidate: Option<Candidate>,
}

/// An object that may start a record.
struct Candidate {
    brace: usize,
    scan: Scan,
    scanned: usize,
    /// Its own end, once that is reached.
    end: Option<usize>,
    /// It was read as a part of the broken element: only the list's end can tell that it is none.
    is_part: bool,
}

enum Verdict {
    Yes,
    No,
    NeedsMore,
}

impl Recovery {
    /// `list` reads on inside the list. The element's text starts the text to be given, `n_lost` bytes of it gone
    /// already, and broke at `broken`, which may be where all text ends.
    pub fn new(mut list: Scan, n_lost: u64, broken: usize) -> Recovery {
        list.restart_element();
        Recovery {
            list,
            n_lost,
            searched: 0,
            broken: if n_lost == 0 { broken } else { 0 },
            followed: 0,
            is_in_text: false,
            candidate: None,
        }
    }

    pub fn search(&mut self, text: &[u8], is_last: bool, layout: &Layout) -> Search {
        loop {
            if let Some(mut candidate) = self.candidate.take() {
                match self.judge(&mut candidate, text, is_last) {
                    Verdict::Yes => return Search::Found(candidate.brace),
                    Verdict::No => {}
                    Verdict::NeedsMore => {
                        self.candidate = Some(candidate);
                        return Search::More(0);
                    }
                }
            }
            let Some(n) = memchr(b'{', &text[self.searched..]) else {
                self.searched = text.len();
                if is_last {
                    return Search::Nothing;
                }
                return Search::More(self.let_go());
            };
            let brace = self.searched + n;
            self.searched = brace + 1;
            let Some(blanks) = separator(&text[..brace]) else {
                continue;
            };
            match &layout.indent {
                Indent::Alike(indent) => {
                    let line = memrchr(b'\n', blanks).map(|newline| &blanks[newline + 1..]);
                    if line == Some(indent) {
                        return Search::Found(brace);
                    }
                }
                _ => {
                    self.candidate = Some(Candidate {
                        brace,
                        scan: self.list.clone(),
                        scanned: brace,
                        end: None,
                        is_part: self.is_part(text, brace),
                    });
                }
            }
        }
    }

    /// Whether what stands there was read as a part of the element before that broke. What stood inside a text was
    /// not: its quote may be what is lost.
    fn is_part(&mut self, text: &[u8], brace: usize) -> bool {
        if brace >= self.broken {
            return false;
        }
        while self.followed < brace {
            match text[self.followed] {
                b'"' => self.is_in_text = !self.is_in_text,
                b'\\' => self.followed += 1,
                _ => {}
            }
            self.followed += 1;
        }
        !self.is_in_text
    }

    fn judge(&self, candidate: &mut Candidate, text: &[u8], is_last: bool) -> Verdict {
        loop {
            let (next, step) = candidate.scan.step(text, candidate.scanned);
            candidate.scanned = next;
            let yes = match step {
                Step::ElementStart(_) => continue,
                Step::ElementEnd(end) => {
                    candidate.end.get_or_insert(end);
                    if self.n_lost + (end as u64) < MAX_RECORD_BYTES as u64 {
                        continue;
                    }
                    candidate.is_record(text)
                }
                Step::End(end) => match may_end(&text[end..], is_last) {
                    Some(may_end) if !candidate.is_part => may_end,
                    // What looks like another document may be the rest of the broken element: its end alone counts.
                    Some(may_end) => may_end && is_blank(&text[end..]) && candidate.is_record(text),
                    None => {
                        // Asked again with more text.
                        candidate.scanned = candidate.brace;
                        candidate.scan = self.list.clone();
                        return Verdict::NeedsMore;
                    }
                },
                Step::More if !is_last => return Verdict::NeedsMore,
                // The text breaks again, or ends, before the list does.
                Step::Broken(..) | Step::More => {
                    !candidate.is_part
                        && candidate.scan.is_inside_list()
                        && candidate.is_record(text)
                }
            };
            return if yes { Verdict::Yes } else { Verdict::No };
        }
    }

    /// What no candidate needs: all but a separator that may have begun.
    fn let_go(&mut self) -> usize {
        if self.searched < self.broken {
            return 0;
        }
        let n = self.searched.saturating_sub(MAX_BLANKS + 1);
        self.searched -= n;
        self.broken = 0;
        self.followed = 0;
        self.n_lost += n as u64;
        n
    }
}

impl Candidate {
    fn is_record(&self, text: &[u8]) -> bool {
        let end = self.end.unwrap_or(self.brace);
        let object = read_json(&text[self.brace..end]);
        matches!(object, Ok(Value::Object(object)) if is_record(&object))
    }
}

/// Whether a document may end before this text: nothing follows, or another document on another line. `None`: not
/// known yet.
fn may_end(after: &[u8], is_last: bool) -> Option<bool> {
    let rest = after.trim_ascii_start();
    let is_on_another_line = after[..after.len() - rest.len()].contains(&b'\n');
    match rest.first() {
        None => is_last.then_some(true),
        Some(sign) => Some(matches!(sign, b'{' | b'[') && is_on_another_line),
    }
}

/// The blanks between a comma and the end of this text.
fn separator(before: &[u8]) -> Option<&[u8]> {
    let nearest = &before[before.len().saturating_sub(MAX_BLANKS + 1)..];
    let head = nearest.trim_ascii_end();
    (head.last() == Some(&b',')).then(|| &nearest[head.len()..])
}
