//! Distinct texts, each kept once and named by a code.
//! Refuses to forget: codes stay valid for the store's life.

use memchr::memmem;
use reading::hash::hash_bytes;
use reading::hash::is_same;

use crate::Blocks;
use crate::CodeTable;
use crate::Column;
use crate::blocks::OFFSET_BITS;
use crate::search::first_not;

/// A text's number in its dictionary. 0 is "none": the absent value.
pub type Code = u32;
pub const NONE: Code = 0;

#[derive(Clone, Debug)]
pub struct Dictionary {
    blocks: Blocks,
    /// Where each code's text begins: the block's number, then [`OFFSET_BITS`] of the place in it. It ends where the next
    /// begins, or with its block.
    places: Column<u32>,
    table: CodeTable,
    /// What was asked last.
    last: Code,
}

impl Default for Dictionary {
    /// Holds the absent value alone, which reads as the empty text.
    fn default() -> Self {
        let mut places = Column::default();
        places.push(0);
        Dictionary {
            blocks: Blocks::default(),
            places,
            table: CodeTable::default(),
            last: NONE,
        }
    }
}

impl Dictionary {
    /// How many codes there are, the absent value included.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.len() <= 1
    }

    /// The code of `text`, new or old.
    pub fn code(&mut self, text: Option<&str>) -> Code {
        let Some(text) = text else { return NONE };
        // Many say what the one before them said.
        if self.last != NONE && self.holds(self.last, text) {
            return self.last;
        }
        let hash = hash_bytes(text.as_bytes());
        self.last = match self.table.find(hash, |code| self.holds(code, text)) {
            Some(code) => code,
            None => self.add(text, hash),
        };
        self.last
    }

    fn add(&mut self, text: &str, hash: u64) -> Code {
        let code = self.places.len() as Code;
        let (block, start) = self.blocks.push(text);
        self.places.push((block << OFFSET_BITS | start) as u32);
        let (blocks, places) = (&self.blocks, &self.places);
        self.table.insert(hash, code, |code| {
            hash_bytes(text_of(blocks, places, code).as_bytes())
        });
        code
    }

    fn holds(&self, code: Code, text: &str) -> bool {
        let (block, start, end) = span_of(&self.places, code);
        let block = self.blocks.block(block).as_bytes();
        is_same(&block[start..end.unwrap_or(block.len())], text.as_bytes())
    }

    /// The code of a text that is held.
    pub fn find(&self, text: &str) -> Option<Code> {
        let hash = hash_bytes(text.as_bytes());
        self.table.find(hash, |code| self.holds(code, text))
    }

    /// The text of a code; empty for [`NONE`].
    pub fn text(&self, code: Code) -> &str {
        text_of(&self.blocks, &self.places, code)
    }

    pub fn get(&self, code: Code) -> Option<&str> {
        (code != NONE).then(|| self.text(code))
    }

    /// Every code with its text, the absent value left out.
    pub fn iter(&self) -> impl Iterator<Item = (Code, &str)> + '_ {
        (1..self.len() as Code).map(|code| (code, self.text(code)))
    }

    /// By code: whether the text holds `part` without regard to case. `part` is folded, and `accepts` decides where a
    /// block is not ASCII alone. Goes through whole blocks: texts are many and short.
    #[inline(never)]
    pub fn holding(&self, part: &str, accepts: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut holding = vec![false; self.len()];
        let finder = memmem::Finder::new(part);
        let mut folded = Vec::new();
        let mut first = 1;
        for (number, block) in self.blocks.iter().enumerate() {
            // The first code of the next block.
            let after = self.first_from(first, (number + 1) << OFFSET_BITS);
            folded.clear();
            folded.extend_from_slice(block.as_bytes());
            if !fold_ascii(&mut folded) || part.is_empty() {
                for (code, holds) in holding.iter_mut().enumerate().take(after).skip(first) {
                    *holds = accepts(self.text(code as Code));
                }
            } else {
                let (mut code, mut from) = (first, 0);
                while let Some(at) = finder.find(&folded[from..]) {
                    let at = from + at;
                    let next = self.first_from(code, (number << OFFSET_BITS | at) + 1);
                    let end = match next < after {
                        true => place_of(self.places.get(next)).1,
                        false => block.len(),
                    };
                    holding[next - 1] |= at + part.len() <= end;
                    (code, from) = (next, end);
                }
            }
            first = after;
        }
        holding
    }

    /// The first code at or after `code` whose text begins at or after a place. Looks near `code` first.
    fn first_from(&self, code: usize, place: usize) -> usize {
        let is_before = |code: usize| (self.places.get(code) as usize) < place;
        let (mut from, mut far) = (code, 1);
        while from + far < self.len() && is_before(from + far) {
            from += far;
            far *= 2;
        }
        first_not(from..(from + far).min(self.len()), is_before)
    }

    pub fn bytes(&self) -> usize {
        self.blocks.bytes() + self.places.bytes() + self.table.bytes()
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

fn text_of<'a>(blocks: &'a Blocks, places: &Column<u32>, code: Code) -> &'a str {
    let (block, start, end) = span_of(places, code);
    let block = blocks.block(block);
    &block[start..end.unwrap_or(block.len())]
}

/// A text's block and where in it the text begins and ends; no end where it ends with its block.
fn span_of(places: &Column<u32>, code: Code) -> (usize, usize, Option<usize>) {
    let (block, start) = place_of(places.get(code as usize));
    let next = code as usize + 1;
    let next = (next < places.len()).then(|| place_of(places.get(next)));
    let end = next.filter(|(next_block, _)| *next_block == block);
    (block, start, end.map(|(_, end)| end))
}

fn place_of(place: u32) -> (usize, usize) {
    let (block, start) = (place >> OFFSET_BITS, place as usize % (1 << OFFSET_BITS));
    (block as usize, start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_absent_value_is_no_text_and_the_empty_text_is_one() {
        let mut dictionary = Dictionary::default();
        assert_eq!(dictionary.code(None), NONE);
        let empty = dictionary.code(Some(""));
        assert_ne!(empty, NONE);
        assert_eq!(dictionary.get(empty), Some(""));
        assert_eq!(dictionary.get(NONE), None);
    }

    #[test]
    fn texts_come_back_and_are_found_across_blocks() {
        let mut dictionary = Dictionary::default();
        let text = |n: usize| {
            format!(
                "{n:0>100}{}",
                if n == 5_000 {
                    "x".repeat(1 << OFFSET_BITS)
                } else {
                    String::new()
                }
            )
        };
        for n in 0..9_000 {
            assert_eq!(dictionary.code(Some(&text(n))), n as Code + 1);
        }
        let holding = dictionary.holding("0123", |_| false);
        for n in 0..9_000 {
            assert_eq!(dictionary.text(n as Code + 1), text(n));
            assert_eq!(holding[n + 1], text(n).contains("0123"), "{n}");
        }
    }

    proptest! {
        #[test]
        fn a_text_keeps_its_code(texts in proptest::collection::vec("[a-f]{0,12}", 0..300)) {
            let mut dictionary = Dictionary::default();
            let codes: Vec<Code> = texts.iter().map(|t| dictionary.code(Some(t))).collect();
            for (text, code) in texts.iter().zip(codes) {
                prop_assert_eq!(dictionary.text(code), text);
                prop_assert_eq!(dictionary.find(text), Some(code));
            }
            let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
            prop_assert_eq!(dictionary.len(), distinct.len() + 1);
        }

        #[test]
        fn what_holds_a_part_is_what_a_plain_look_finds(
            texts in proptest::collection::vec("[abA\u{212a}]{0,5}", 0..60),
            is_plain: bool,
            part in "[abk]{1,3}",
        ) {
            let mut dictionary = Dictionary::default();
            for text in &texts {
                let text = if is_plain { text.replace('\u{212a}', "k") } else { text.clone() };
                dictionary.code(Some(&text));
            }
            let holds = |text: &str| reading::lowercase(text).contains(&part);
            let holding = dictionary.holding(&part, holds);
            prop_assert!(!holding[NONE as usize]);
            for (code, text) in dictionary.iter() {
                prop_assert_eq!(holding[code as usize], holds(text), "{}", text);
            }
        }
    }
}
