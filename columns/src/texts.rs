//! Texts, each named by its number, in blocks: many short ones cost no allocation each, and those that are written alike
//! take the bits that tell them apart (see [`crate::alike`]). Refuses to change a text once it is held.

use std::borrow::Cow;

use memchr::memmem;
use reading::hash::hash_bytes;
use reading::hash::is_same;

use crate::alike;
use crate::alike::Alike;
use crate::search::first_not;

/// Texts in a block.
pub(crate) const BLOCK: usize = 1 << 9;

#[derive(Clone, Debug, Default)]
pub struct Texts {
    blocks: Vec<Block>,
    /// What doesn't fill a block yet, end to end, and where each ends.
    open: String,
    open_ends: Vec<u32>,
}

#[derive(Clone, Debug)]
enum Block {
    Alike(Alike),
    Short(Box<str>, Box<[u16]>),
    Long(Box<str>, Box<[u32]>),
}

/// A block's texts end to end, and where each ends.
enum Ends<'a> {
    /// Each is so long.
    Every(usize),
    Short(&'a [u16]),
    Long(&'a [u32]),
}

impl Ends<'_> {
    fn end(&self, at: usize) -> usize {
        match self {
            Ends::Every(len) => (at + 1) * len,
            Ends::Short(ends) => ends[at] as usize,
            Ends::Long(ends) => ends[at] as usize,
        }
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.end(before))
    }
}

/// Where a text stands.
enum Held<'a> {
    Plain(&'a str),
    Alike(&'a Alike, usize),
}

impl Texts {
    pub fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.open_ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text gets the next number.
    pub fn push(&mut self, text: &str) {
        self.open.push_str(text);
        self.open_ends.push(self.open.len() as u32);
        if self.open_ends.len() == BLOCK {
            let ends = std::mem::take(&mut self.open_ends);
            self.blocks.push(Block::of(&self.open, &ends));
            self.open.clear();
        }
    }

    fn held(&self, number: usize) -> Held<'_> {
        let at = number % BLOCK;
        let (text, ends) = match self.blocks.get(number / BLOCK) {
            Some(Block::Alike(alike)) => return Held::Alike(alike, at),
            Some(Block::Short(text, ends)) => (&**text, Ends::Short(ends)),
            Some(Block::Long(text, ends)) => (&**text, Ends::Long(ends)),
            None => (self.open.as_str(), Ends::Long(&self.open_ends)),
        };
        Held::Plain(&text[ends.start(at)..ends.end(at)])
    }

    /// Shows a text's bytes, without an allocation. Panics beyond the end, as a slice does.
    fn with<T>(&self, number: usize, see: impl FnOnce(&[u8]) -> T) -> T {
        match self.held(number) {
            Held::Plain(text) => see(text.as_bytes()),
            Held::Alike(alike, at) => {
                let mut text = [0; alike::MOST_BYTES];
                alike.write(at, &mut text);
                see(&text[..alike.len()])
            }
        }
    }

    /// Panics beyond the end, as a slice does.
    pub fn get(&self, number: usize) -> Cow<'_, str> {
        match self.held(number) {
            Held::Plain(text) => text.into(),
            Held::Alike(alike, at) => {
                let mut text = vec![0; alike.len()];
                alike.write(at, &mut text);
                // They are ASCII.
                String::from_utf8(text).unwrap_or_default().into()
            }
        }
    }

    /// Whether a text is this one.
    pub fn is(&self, number: usize, text: &str) -> bool {
        let at = number % BLOCK;
        let (held, ends) = match self.blocks.get(number / BLOCK) {
            Some(Block::Alike(alike)) => return alike.is(at, text.as_bytes()),
            Some(Block::Short(held, ends)) => (&**held, Ends::Short(ends)),
            Some(Block::Long(held, ends)) => (&**held, Ends::Long(ends)),
            None => (self.open.as_str(), Ends::Long(&self.open_ends)),
        };
        // As bytes: a place between two letters isn't looked for.
        is_same(
            &held.as_bytes()[ends.start(at)..ends.end(at)],
            text.as_bytes(),
        )
    }

    /// See [`hash_bytes`].
    pub fn hash(&self, number: usize) -> u64 {
        self.with(number, hash_bytes)
    }

    /// By their bytes, which is by their letters.
    pub fn compare(&self, a: usize, b: usize) -> std::cmp::Ordering {
        self.with(a, |a| self.with(b, |b| a.cmp(b)))
    }

    /// All from a number on, in turn, without an allocation each.
    pub fn each(&self, first: usize, mut see: impl FnMut(usize, &str)) {
        let mut unpacked = String::new();
        for block in first / BLOCK..=self.blocks.len() {
            let (text, ends, n) = self.block(block, &mut unpacked);
            for at in first.saturating_sub(block * BLOCK)..n {
                see(block * BLOCK + at, &text[ends.start(at)..ends.end(at)]);
            }
        }
    }

    /// A block's texts end to end, where each ends, and how many they are; the last block is the open one.
    fn block<'a>(&'a self, number: usize, unpacked: &'a mut String) -> (&'a str, Ends<'a>, usize) {
        match self.blocks.get(number) {
            None => (
                &self.open,
                Ends::Long(&self.open_ends),
                self.open_ends.len(),
            ),
            Some(Block::Short(text, ends)) => (text, Ends::Short(ends), BLOCK),
            Some(Block::Long(text, ends)) => (text, Ends::Long(ends), BLOCK),
            Some(Block::Alike(alike)) => {
                let mut bytes = std::mem::take(unpacked).into_bytes();
                bytes.resize(BLOCK * alike.len(), 0);
                for (at, text) in bytes.chunks_exact_mut(alike.len()).enumerate() {
                    alike.write(at, text);
                }
                *unpacked = String::from_utf8(bytes).unwrap_or_default();
                (unpacked, Ends::Every(alike.len()), BLOCK)
            }
        }
    }

    /// By number: whether the text holds `part` without regard to case. `part` is folded, and `accepts` decides where a
    /// block is not ASCII alone. Goes through whole blocks: texts are many and short.
    #[inline(never)]
    pub fn holding(&self, part: &str, accepts: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut holding = vec![false; self.len()];
        let finder = memmem::Finder::new(part);
        let (mut folded, mut unpacked) = (Vec::new(), String::new());
        for block in 0..=self.blocks.len() {
            let (text, ends, n) = self.block(block, &mut unpacked);
            let holding = &mut holding[block * BLOCK..][..n];
            folded.clear();
            folded.extend_from_slice(text.as_bytes());
            if !fold_ascii(&mut folded) || part.is_empty() {
                for (at, holds) in holding.iter_mut().enumerate() {
                    *holds = accepts(&text[ends.start(at)..ends.end(at)]);
                }
                continue;
            }
            let (mut number, mut from) = (0, 0);
            while let Some(at) = finder.find(&folded[from..]) {
                let at = from + at;
                number = first_not(number..n, |number| ends.end(number) <= at);
                let end = ends.end(number);
                holding[number] |= at + part.len() <= end;
                from = end;
            }
        }
        holding
    }

    pub fn bytes(&self) -> usize {
        let blocks = self.blocks.iter().map(Block::bytes).sum::<usize>();
        let places = self.blocks.capacity() * size_of::<Block>();
        let open = self.open.capacity() + self.open_ends.capacity() * size_of::<u32>();
        blocks + places + open
    }
}

impl Block {
    fn of(text: &str, ends: &[u32]) -> Block {
        let len = ends[0] as usize;
        let is_every = (1..).zip(ends).all(|(n, &end)| end as usize == n * len);
        let alike = is_every.then(|| Alike::of(text.as_bytes(), len)).flatten();
        match alike {
            Some(alike) => Block::Alike(alike),
            None if text.len() <= u16::MAX as usize => {
                Block::Short(text.into(), ends.iter().map(|&end| end as u16).collect())
            }
            None => Block::Long(text.into(), ends.into()),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Block::Alike(alike) => alike.bytes(),
            Block::Short(text, ends) => text.len() + size_of_val::<[u16]>(ends),
            Block::Long(text, ends) => text.len() + size_of_val::<[u32]>(ends),
        }
    }
}

/// Large letters small; `false` where there is more than ASCII. The standard library's is not built for lanes.
fn fold_ascii(bytes: &mut [u8]) -> bool {
    let mut all = 0;
    for byte in bytes {
        all |= *byte;
        *byte |= u8::from(byte.is_ascii_uppercase()) << 5;
    }
    all.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn held(all: &[String]) -> Texts {
        let mut texts = Texts::default();
        for text in all {
            texts.push(text);
        }
        texts
    }

    fn check(all: &[String]) {
        let texts = held(all);
        assert_eq!(texts.len(), all.len());
        for (number, text) in all.iter().enumerate() {
            assert_eq!(texts.get(number), *text);
            assert!(texts.is(number, text) && !texts.is(number, &format!("{text}y")));
            assert_eq!(texts.hash(number), hash_bytes(text.as_bytes()));
            let other = (number * 7) % all.len();
            assert_eq!(texts.compare(number, other), text.cmp(&all[other]));
        }
        for first in [0, 1, BLOCK, all.len() - 1] {
            let mut seen = first;
            texts.each(first, |number, text| {
                assert_eq!((number, text), (seen, all[seen].as_str()));
                seen += 1;
            });
            assert_eq!(seen, all.len().max(first));
        }
    }

    #[test]
    fn texts_of_any_length_come_back_by_their_number() {
        let long = "x".repeat(1 << 17);
        let many = (0..6_000).map(|n| format!("{n:0>100}"));
        let all: Vec<String> = [String::new(), long, String::new()]
            .into_iter()
            .chain(many)
            .collect();
        check(&all);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn texts_written_alike_come_back_whatever_their_form(
            form in proptest::collection::vec(0..7usize, 0..170), seed in any::<u64>(), n in 1..1_200usize
        ) {
            let sorts = ["-", "0123456789", "0123456789abcdef", "0123456789ABCDEF", "AZaz09_-", " ~\u{7f}\0{", "aé"];
            let byte = |n: usize, at: usize| {
                let sort: Vec<char> = sorts[form[at]].chars().collect();
                let random = hash_bytes(&(seed ^ (n << 8 | at) as u64).to_le_bytes()) as usize;
                sort[random % sort.len()]
            };
            let all: Vec<String> = (0..n).map(|n| (0..form.len()).map(|at| byte(n, at)).collect()).collect();
            check(&all);
        }
    }

    #[test]
    fn ids_take_half_a_byte_for_each_digit_that_differs() {
        let random = |n: u64| hash_bytes(&n.to_le_bytes());
        let ids = (0..100 * BLOCK as u64).map(|n| format!("e{n:08x}-{:016x}", random(n)));
        let texts = held(&ids.collect::<Vec<String>>());
        // Eight bytes at random and three digits of the number, of 26 letters.
        assert!(texts.bytes() < 10 * 100 * BLOCK, "{}", texts.bytes());
    }
}
