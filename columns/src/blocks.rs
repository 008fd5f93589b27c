//! Texts end to end in blocks, so that many short ones cost no allocation each. A text never spans two blocks.

/// Places within a block have so many bits.
pub const OFFSET_BITS: u32 = 18;
const BLOCK: usize = 1 << OFFSET_BITS;

#[derive(Clone, Debug, Default)]
pub struct Blocks(Vec<String>);

impl Blocks {
    /// The number of its block, and where in it the text begins.
    pub fn push(&mut self, text: &str) -> (usize, usize) {
        let is_full = |block: &String| block.len() + text.len() >= BLOCK;
        if self.0.last().is_none_or(is_full) {
            // Only the first block grows with what it holds: doubled at its end, a block would be half empty.
            let room = if self.0.is_empty() { 0 } else { BLOCK };
            self.0.push(String::with_capacity(text.len().max(room)));
        }
        let number = self.0.len() - 1;
        let start = self.0[number].len();
        self.0[number].push_str(text);
        (number, start)
    }

    /// All that a block holds; nothing where there is none.
    pub fn block(&self, number: usize) -> &str {
        self.0.get(number).map_or("", String::as_str)
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub fn bytes(&self) -> usize {
        self.0.iter().map(String::capacity).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_from_where_they_were_put_and_begin_within_a_block() {
        let mut blocks = Blocks::default();
        assert_eq!(blocks.block(0), "");
        let long = "x".repeat(2 * BLOCK);
        let texts: Vec<String> = (0..6_000).map(|n| format!("{n:0>100}")).collect();
        let all = ["", &long, ""]
            .into_iter()
            .chain(texts.iter().map(String::as_str));
        let places: Vec<_> = all.clone().map(|text| blocks.push(text)).collect();
        for (text, (number, start)) in all.zip(places) {
            assert!(start < BLOCK);
            assert_eq!(&blocks.block(number)[start..start + text.len()], text);
        }
        assert_eq!(
            blocks.iter().map(str::len).sum::<usize>(),
            long.len() + 600_000
        );
    }
}
