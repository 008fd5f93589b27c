//! Texts end to end in blocks, each named by its number: many short ones cost no allocation each. A text never spans two
//! blocks.

use std::ops::Range;

use memchr::memmem;
use reading::hash::is_same;

use crate::Column;
use crate::search::first_not;

/// Places within a block have so many bits.
const OFFSET_BITS: u32 = 18;
pub(crate) const BLOCK: usize = 1 << OFFSET_BITS;

#[derive(Clone, Debug, Default)]
pub struct Texts {
    blocks: Vec<String>,
    /// Where each text begins: the block's number, then [`OFFSET_BITS`] of the place in it. It ends where the next begins,
    /// or with its block.
    places: Column<u32>,
}

impl Texts {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The text gets the next number.
    pub fn push(&mut self, text: &str) {
        let is_full = |block: &String| block.len() + text.len() >= BLOCK;
        if self.blocks.last().is_none_or(is_full) {
            // Only the first block grows with what it holds: doubled at its end, a block would be half empty.
            let room = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks
                .push(String::with_capacity(text.len().max(room)));
        }
        let number = self.blocks.len() - 1;
        let start = self.blocks[number].len();
        self.blocks[number].push_str(text);
        self.places.push((number << OFFSET_BITS | start) as u32);
    }

    /// Panics beyond the end, as a slice does.
    pub fn get(&self, number: usize) -> &str {
        let (block, within) = self.span_of(number);
        &self.blocks[block][within]
    }

    /// Whether a text is this one.
    pub fn is(&self, number: usize, text: &str) -> bool {
        let (block, within) = self.span_of(number);
        is_same(&self.blocks[block].as_bytes()[within], text.as_bytes())
    }

    /// A text's block and where in it the text stands.
    fn span_of(&self, number: usize) -> (usize, Range<usize>) {
        let (block, start) = place_of(self.places.get(number));
        let next = number + 1;
        let next = (next < self.places.len()).then(|| place_of(self.places.get(next)));
        let end = match next {
            Some((next_block, end)) if next_block == block => end,
            _ => self.blocks[block].len(),
        };
        (block, start..end)
    }

    /// By number: whether the text holds `part` without regard to case. `part` is folded, and `accepts` decides where a
    /// block is not ASCII alone. Goes through whole blocks: texts are many and short.
    #[inline(never)]
    pub fn holding(&self, part: &str, accepts: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut holding = vec![false; self.len()];
        let finder = memmem::Finder::new(part);
        let mut folded = Vec::new();
        let mut first = 0;
        for (block_number, block) in self.blocks.iter().enumerate() {
            // The first text of the next block.
            let after = self.first_from(first, (block_number + 1) << OFFSET_BITS);
            folded.clear();
            folded.extend_from_slice(block.as_bytes());
            if !fold_ascii(&mut folded) || part.is_empty() {
                for (number, holds) in holding.iter_mut().enumerate().take(after).skip(first) {
                    *holds = accepts(self.get(number));
                }
            } else {
                let (mut number, mut from) = (first, 0);
                while let Some(at) = finder.find(&folded[from..]) {
                    let at = from + at;
                    let next = self.first_from(number, (block_number << OFFSET_BITS | at) + 1);
                    let end = match next < after {
                        true => place_of(self.places.get(next)).1,
                        false => block.len(),
                    };
                    holding[next - 1] |= at + part.len() <= end;
                    (number, from) = (next, end);
                }
            }
            first = after;
        }
        holding
    }

    /// The first text, from a number on, that begins at or after a place. Looks near that number first.
    fn first_from(&self, mut from: usize, place: usize) -> usize {
        let is_before = |number: usize| (self.places.get(number) as usize) < place;
        let mut far = 1;
        while from + far < self.len() && is_before(from + far) {
            from += far;
            far *= 2;
        }
        first_not(from..(from + far).min(self.len()), is_before)
    }

    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(String::capacity).sum::<usize>() + self.places.bytes()
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

fn place_of(place: u32) -> (usize, usize) {
    let (block, start) = (place >> OFFSET_BITS, place as usize % (1 << OFFSET_BITS));
    (block as usize, start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_by_their_number_and_begin_within_a_block() {
        let mut texts = Texts::default();
        let long = "x".repeat(2 * BLOCK);
        let many: Vec<String> = (0..6_000).map(|n| format!("{n:0>100}")).collect();
        let all = ["", &long, ""]
            .into_iter()
            .chain(many.iter().map(String::as_str));
        for text in all.clone() {
            texts.push(text);
        }
        assert_eq!(texts.len(), 6_003);
        for (number, text) in all.enumerate() {
            assert_eq!(texts.get(number), text);
            assert!(texts.is(number, text) && !texts.is(number, "y"));
        }
        assert!(texts.bytes() < 4 * long.len());
    }
}
