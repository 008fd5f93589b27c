//! Distinct texts, each kept once and named by a code; and the hash table of codes that finds them.
//! Refuses to forget: codes stay valid for the store's life.

use reading::hash::hash_bytes;

use crate::Column;

/// A text's number in its dictionary. 0 is "none": the absent value.
pub type Code = u32;
pub const NONE: Code = 0;

const BLOCK: usize = 1 << 18;

#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Texts end to end; a text never spans two blocks.
    blocks: Vec<String>,
    /// Block, start and length of each code's text.
    places: Column<(u32, u32, u32)>,
    table: CodeTable,
}

impl Default for Dictionary {
    /// Holds the absent value alone, which reads as the empty text.
    fn default() -> Self {
        let mut places = Column::default();
        places.push((0, 0, 0));
        Dictionary {
            blocks: vec![String::new()],
            places,
            table: CodeTable::default(),
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
        let hash = hash_bytes(text.as_bytes());
        let (blocks, places) = (&self.blocks, &self.places);
        if let Some(code) = self
            .table
            .find(hash, |code| text_of(blocks, places, code) == text)
        {
            return code;
        }
        let code = self.places.len() as Code;
        if self
            .blocks
            .last()
            .is_none_or(|b| b.len() + text.len() > BLOCK)
        {
            self.blocks
                .push(String::with_capacity(text.len().min(BLOCK)));
        }
        let block = self.blocks.len() - 1;
        let start = self.blocks[block].len() as u32;
        self.blocks[block].push_str(text);
        self.places.push((block as u32, start, text.len() as u32));
        let (blocks, places) = (&self.blocks, &self.places);
        self.table.insert(hash, code, |code| {
            hash_bytes(text_of(blocks, places, code).as_bytes())
        });
        code
    }

    /// The code of a text that is held.
    pub fn find(&self, text: &str) -> Option<Code> {
        self.table
            .find(hash_bytes(text.as_bytes()), |code| self.text(code) == text)
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

    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(String::capacity).sum::<usize>()
            + self.places.bytes()
            + self.table.bytes()
    }
}

fn text_of<'a>(blocks: &'a [String], places: &Column<(u32, u32, u32)>, code: Code) -> &'a str {
    let (block, start, len) = places.get(code as usize);
    &blocks[block as usize][start as usize..(start + len) as usize]
}

/// Open addressing over numbers that live elsewhere: the caller says what a number's key and hash are.
#[derive(Clone, Debug, Default)]
pub struct CodeTable {
    /// A number plus one; 0 is a free slot.
    slots: Vec<u32>,
    used: usize,
}

impl CodeTable {
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
    }

    pub fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                0 => return None,
                held if is_it(held - 1) => return Some(held - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds a number that is not held yet. `hash_of` gives the hash of those held, when the table grows.
    pub fn insert(&mut self, hash: u64, number: u32, hash_of: impl Fn(u32) -> u64) {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            let size = (self.slots.len() * 2).max(16);
            let old = std::mem::replace(&mut self.slots, vec![0; size]);
            for held in old.into_iter().filter(|&held| held != 0) {
                self.place(hash_of(held - 1), held);
            }
        }
        self.place(hash, number + 1);
        self.used += 1;
    }

    fn place(&mut self, hash: u64, held: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = held;
    }
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
    }
}
