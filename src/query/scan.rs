//! Tests that only the record itself can tell: dotted paths, bare words, fields without a column. Goes through the raw
//! text in slices, so that whoever asked can change their mind between two of them.

use memchr::memmem;

use crate::cadf::Event;
use crate::cadf::Kind;
use crate::cadf::Location;
use crate::envelope::Context;
use crate::envelope::reread;
use crate::query::language::EventFields;
use crate::query::language::Leaf;
use crate::query::language::Matcher;
use crate::query::language::Source;
use crate::query::language::ValueTest;
use crate::store::RawError;
use crate::store::RawText;
use crate::store::Store;

use super::filter::Answers;
use super::filter::Scanned;

/// A scan under way.
#[derive(Debug)]
pub struct Scan {
    tests: Vec<Test>,
    next: usize,
    end: usize,
    /// Records that could not be read again, and why the first could not.
    missed: Option<(u64, RawError)>,
}

#[derive(Debug)]
struct Test {
    leaf: Leaf,
    hint: Option<Hint>,
    scanned: Scanned,
    /// Rows before this were scanned earlier.
    from: usize,
}

impl Scan {
    /// Over every row that an earlier scan for the same test did not see.
    pub fn new(store: &Store, answers: &Answers, leaves: Vec<Leaf>) -> Scan {
        let end = store.rows().len();
        let tests: Vec<Test> = leaves
            .into_iter()
            .map(|leaf| {
                let mut scanned = answers.scanned_so_far(&leaf);
                let from = scanned.found.len();
                scanned.found.grow(end);
                let hint = Hint::of(&leaf);
                Test {
                    leaf,
                    hint,
                    scanned,
                    from,
                }
            })
            .collect();
        Scan {
            next: tests.iter().map(|test| test.from).min().unwrap_or(end),
            tests,
            end,
            missed: None,
        }
    }

    /// Looks at up to `n_rows` more records; true when all were seen.
    pub fn step(&mut self, store: &Store, raw: &mut dyn RawText, n_rows: usize) -> bool {
        let upto = self.end.min(self.next + n_rows);
        for row in self.next..upto {
            let place = store.rows().raw(row);
            let text = match raw.read(place.part, place.byte, place.len) {
                Ok(text) => text,
                Err(error) => {
                    self.missed.get_or_insert((0, error)).0 += 1;
                    continue;
                }
            };
            let mut event: Option<Option<Event>> = None;
            for test in self.tests.iter_mut().filter(|test| row >= test.from) {
                if test
                    .hint
                    .as_ref()
                    .is_some_and(|hint| !hint.may_match(&text))
                {
                    continue;
                }
                let event = event.get_or_insert_with(|| {
                    reread(&text, place.nth as u16, &context_of(store, place.part))
                });
                if event
                    .as_ref()
                    .is_some_and(|event| passes(&test.leaf, event))
                {
                    test.scanned.found.set(row);
                }
            }
        }
        self.next = upto;
        self.next == self.end
    }

    /// For a reader that goes through whole files itself: what one row's event says.
    pub fn see(&mut self, row: usize, event: &Event) {
        for test in self.tests.iter_mut().filter(|test| row >= test.from) {
            if passes(&test.leaf, event) {
                test.scanned.found.set(row);
            }
        }
    }

    /// How much of it is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        self.next as f64 / self.end.max(1) as f64
    }

    pub fn keep(self, answers: &mut Answers) {
        for mut test in self.tests {
            if let Some((n, error)) = &self.missed {
                let missed = &mut test.scanned.missed;
                missed.get_or_insert((0, error.clone())).0 += n;
            }
            answers.keep_scan(test.leaf, test.scanned);
        }
    }
}

pub fn context_of(store: &Store, part: u32) -> Context {
    let part = store.parts().get(part as usize);
    Context {
        source_region: part.and_then(|part| part.region.clone()),
        file_name: part.map(|part| part.name.clone()).unwrap_or_default(),
    }
}

/// Only for tests of what the record says itself: place, kind, category and account come from columns.
fn passes(leaf: &Leaf, event: &Event) -> bool {
    let location = Location::unknown();
    leaf.matches(&EventFields {
        event,
        location: &location,
        kind: Kind::Other,
        category: None,
        account: None,
        source_region: None,
    })
}

/// Bytes that a record without escapes must hold if it matches: most records need no parsing.
#[derive(Debug)]
struct Hint {
    /// Lower case, ASCII.
    needles: Vec<memmem::Finder<'static>>,
}

impl Hint {
    fn of(leaf: &Leaf) -> Option<Hint> {
        let matcher: &Matcher = match (&leaf.source, &leaf.test) {
            (_, ValueTest::Whole(matcher) | ValueTest::Inside(matcher)) => matcher,
            _ => return None,
        };
        // A number may be written in other ways than it is compared, and `true` is no text.
        let is_text = matches!(leaf.source, Source::AnyText);
        let needles: Vec<_> = matcher
            .parts()
            .iter()
            .filter(|part| !part.is_empty() && part.is_ascii())
            .filter(|part| is_text || part.bytes().any(|b| b.is_ascii_alphabetic() && b != b'e'))
            // What JSON must escape never stands in a record as it is.
            .filter(|part| part.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\'))
            .map(|part| memmem::Finder::new(part.as_bytes()).into_owned())
            .collect();
        (!needles.is_empty()).then_some(Hint { needles })
    }

    fn may_match(&self, text: &[u8]) -> bool {
        // Escapes and letters beyond ASCII may read as something else than they are written.
        if memchr::memchr(b'\\', text).is_some() || !text.is_ascii() {
            return true;
        }
        let folded = text.to_ascii_lowercase();
        self.needles
            .iter()
            .all(|needle| needle.find(&folded).is_some())
    }
}
