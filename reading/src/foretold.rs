//! How the objects read so far are built, as a tree of what stands between one plain value and the next: most objects are
//! built like one before them, and then no name of theirs is taken apart, hashed or looked for again.
//!
//! Knows nothing of its own: whatever is foretold was read by [`Walk`] once, from its first byte on. Refuses to grow
//! without bound; what it doesn't foretell is read as if nothing were.

use crate::Content;
use crate::content::Nested;
use crate::content::shape_joins;
use crate::hash::is_same;
use crate::walk::Goal;
use crate::walk::Walk;

#[derive(Clone, Debug, Default)]
pub(crate) struct Foretold {
    ways: Vec<Way>,
    /// What the ways' words are, end to end; the same for the other two.
    words: Vec<u8>,
    nests: Vec<Nest>,
    shapes: Vec<u64>,
    open: Vec<(Nested, Goal)>,
}

/// On from a plain value, or from the start, to the next one or to the end.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// What stands between, to the byte.
    words: Run,
    /// What opens and closes in it.
    nests: Run,
    /// What the shape counts of it, and what it comes to with all that stands before.
    shapes: Run,
    shape: u64,
    goal: Goal,
    is_end: bool,
    /// Another way on from where this one begins.
    other: u32,
    /// The first way on from the value that this one leads to.
    next: u32,
}

/// A piece of one of the lists above.
#[derive(Clone, Copy, Debug)]
struct Run {
    from: u32,
    len: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Nest {
    /// What opens, and what becomes of it.
    Opens(Nested, Goal),
    Closes,
}

/// What [`Walk`] passed, in the parts of which ways are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    /// Not inside of a text that holds JSON.
    pub is_on: bool,
    parts: Vec<Part>,
    nests: Vec<Nest>,
    shapes: Vec<u64>,
    passed: usize,
}

#[derive(Clone, Debug)]
struct Part {
    words: std::ops::Range<usize>,
    /// Where its part of the lists ends.
    nests: usize,
    shapes: usize,
    goal: Goal,
}

const NONE: u32 = u32::MAX;
const MOST_WAYS: usize = 4_096;
/// From one place: they are tried one after another.
const MOST_OTHERS: usize = 8;
const MOST_BYTES: usize = 1 << 18;

impl Trail {
    pub fn begin(&mut self, is_on: bool) {
        self.is_on = is_on;
        self.parts.clear();
        self.nests.clear();
        self.shapes.clear();
        self.passed = 0;
    }

    pub fn shape(&mut self, joined: u64) {
        if self.is_on {
            self.shapes.push(joined);
        }
    }

    pub fn nest(&mut self, nest: Nest) {
        if self.is_on {
            self.nests.push(nest);
        }
    }

    /// A plain value from here to there; or the end, which has no goal.
    pub fn value(&mut self, goal: Goal, from: usize, to: usize) {
        if self.is_on {
            self.parts.push(Part {
                words: self.passed..from,
                nests: self.nests.len(),
                shapes: self.shapes.len(),
                goal,
            });
            self.passed = to;
        }
    }
}

impl Foretold {
    pub fn has_room(&self) -> bool {
        self.ways.len() < MOST_WAYS && self.words.len() < MOST_BYTES
    }

    /// Reads an object that is built like one that was learnt; `None`: it is not, or is read otherwise.
    pub fn follow(&mut self, walk: &mut Walk) -> Option<Content> {
        let text = walk.text.as_bytes();
        let open = &mut self.open;
        open.clear();
        let mut inside = Nested::object();
        // The shape as far as it is foretold: what a text holds may have joined it.
        let mut foretold = 0;
        let (mut from, mut number) = (NONE, 0);
        loop {
            number = way_on(&mut self.ways, &self.words, text, walk.at, from, number)?;
            let way = &self.ways[number as usize];
            walk.at += way.words.len as usize;
            walk.shape = match walk.shape == foretold {
                true => way.shape,
                false => shape_joins(walk.shape, way.shapes.of(&self.shapes)),
            };
            foretold = way.shape;
            for nest in way.nests.of(&self.nests) {
                match nest {
                    Nest::Opens(nested, goal) => {
                        open.push((inside, *goal));
                        inside = *nested;
                    }
                    Nest::Closes => {
                        let hash = inside.hash();
                        let (around, goal) = open.pop()?;
                        if open.is_empty() {
                            return way.is_end.then_some(Content {
                                fingerprint: hash,
                                shape: walk.shape,
                            });
                        }
                        inside = around;
                        inside.add(&goal, hash);
                        walk.keep_nested(&goal);
                    }
                }
            }
            let hash = walk.plain_value(&way.goal, open.len())?;
            inside.add(&way.goal, hash);
            (from, number) = (number, way.next);
        }
    }

    /// Takes up the way that an object's reader went.
    pub fn learn(&mut self, text: &str, trail: &Trail) {
        let (mut from, mut shape) = (NONE, 0);
        let (mut nests, mut shapes) = (0, 0);
        let n_parts = trail.parts.len();
        for (at, part) in trail.parts.iter().enumerate() {
            let words = &text.as_bytes()[part.words.clone()];
            let is_end = at + 1 == n_parts;
            let (opened, joined) = (
                &trail.nests[nests..part.nests],
                &trail.shapes[shapes..part.shapes],
            );
            (nests, shapes) = (part.nests, part.shapes);
            shape = shape_joins(shape, joined);
            let first = match from {
                NONE if self.ways.is_empty() => NONE,
                NONE => 0,
                from => self.ways[from as usize].next,
            };
            let is_it = |way: &Way| way.is_end == is_end && way.words.of(&self.words) == words;
            let mut n_others = 0;
            let mut last = NONE;
            let mut number = first;
            while let Some(way) = self.ways.get(number as usize)
                && !is_it(way)
            {
                n_others += 1;
                (last, number) = (number, way.other);
            }
            if number == NONE {
                if n_others == MOST_OTHERS || !self.has_room() {
                    return;
                }
                number = self.ways.len() as u32;
                self.ways.push(Way {
                    words: Run::push(&mut self.words, words),
                    nests: Run::push(&mut self.nests, opened),
                    shapes: Run::push(&mut self.shapes, joined),
                    shape,
                    goal: part.goal,
                    is_end,
                    other: NONE,
                    next: NONE,
                });
                if last != NONE {
                    self.ways[last as usize].other = number;
                } else if from != NONE {
                    self.ways[from as usize].next = number;
                }
            }
            from = number;
        }
    }
}

/// The way from `from` that the text goes, `first` or another one; it is the first one from then on.
#[inline]
fn way_on(
    ways: &mut [Way],
    all_words: &[u8],
    text: &[u8],
    at: usize,
    from: u32,
    first: u32,
) -> Option<u32> {
    let mut before = NONE;
    let mut number = first;
    loop {
        let way = ways.get(number as usize)?;
        let end = at + way.words.len as usize;
        let words = text.get(at..end);
        if words.is_some_and(|words| is_same(words, way.words.of(all_words)))
            && match text.get(end) {
                Some(sign) => !way.is_end && is_plain(*sign),
                None => way.is_end,
            }
        {
            break;
        }
        (before, number) = (number, way.other);
    }
    // The first of all stays where it is: it is known by its number.
    if before != NONE && from != NONE {
        ways[before as usize].other = ways[number as usize].other;
        ways[number as usize].other = first;
        ways[from as usize].next = number;
    }
    Some(number)
}

impl Run {
    fn push<T: Clone>(into: &mut Vec<T>, parts: &[T]) -> Run {
        let from = into.len() as u32;
        into.extend_from_slice(parts);
        let len = parts.len() as u32;
        Run { from, len }
    }

    fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.from as usize..][..self.len as usize]
    }
}

/// Whether a value that begins so is neither an object nor a list.
fn is_plain(sign: u8) -> bool {
    matches!(sign, b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n')
}
