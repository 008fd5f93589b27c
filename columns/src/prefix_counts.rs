//! How many set bits stand before each place of a bitmap, or of what two have in common: with these, a range is counted by
//! a look at its ends, and the n-th set bit is found without a walk. Refuses to hold the bitmaps: who asks brings them.

use std::ops::Range;

use crate::Bitmap;
use crate::search::first_not;

/// Words between two counts that are kept.
const BLOCK: usize = 8;

#[derive(Clone, Debug, Default)]
pub struct PrefixCounts {
    /// Before each block, and at last all.
    before: Vec<u32>,
}

impl PrefixCounts {
    pub fn of(bits: &Bitmap) -> PrefixCounts {
        PrefixCounts::of_both(bits, bits)
    }

    #[inline(never)]
    pub fn of_both(bits: &Bitmap, others: &Bitmap) -> PrefixCounts {
        let (a, b) = (bits.words(), others.words());
        let mut before = Vec::with_capacity(a.len().div_ceil(BLOCK) + 1);
        let mut n = 0;
        before.push(n);
        for (a, b) in a.chunks(BLOCK).zip(b.chunks(BLOCK)) {
            n += a
                .iter()
                .zip(b)
                .map(|(a, b)| (a & b).count_ones())
                .sum::<u32>();
            before.push(n);
        }
        PrefixCounts { before }
    }

    /// `bits` is what these counts were made of.
    pub fn count_in(&self, bits: &Bitmap, range: Range<usize>) -> u64 {
        self.count_both_in(bits, bits, range)
    }

    /// `bits` and `others` are what these counts were made of.
    pub fn count_both_in(&self, bits: &Bitmap, others: &Bitmap, range: Range<usize>) -> u64 {
        let before = |place| self.before(bits, others, place);
        before(range.end).saturating_sub(before(range.start)).into()
    }

    fn before(&self, bits: &Bitmap, others: &Bitmap, place: usize) -> u32 {
        let (a, b) = (bits.words(), others.words());
        let (word, bit) = (place / 64, place % 64);
        let block = word / BLOCK;
        let Some(&(mut n)) = self.before.get(block) else {
            return self.before.last().copied().unwrap_or(0);
        };
        let start = block * BLOCK;
        let common = |at: usize| a.get(at).zip(b.get(at)).map_or(0, |(a, b)| a & b);
        for at in start..word {
            n += common(at).count_ones();
        }
        n + (common(word) & ((1 << bit) - 1)).count_ones()
    }

    /// The place of the set bit that `n` set bits stand before.
    pub fn nth(&self, bits: &Bitmap, n: u64) -> Option<usize> {
        let n_blocks = self.before.len().saturating_sub(1);
        let after = first_not(0..n_blocks + 1, |at| {
            self.before
                .get(at)
                .is_some_and(|&before| u64::from(before) <= n)
        });
        if after > n_blocks {
            return None;
        }
        let block = after.checked_sub(1)?;
        let mut left = n as u32 - self.before[block];
        for (at, &word) in bits.words().iter().enumerate().skip(block * BLOCK) {
            let here = word.count_ones();
            if left < here {
                let rest = (0..left).fold(word, |word, _| word & (word - 1));
                return Some(at * 64 + rest.trailing_zeros() as usize);
            }
            left -= here;
        }
        None
    }

    pub fn bytes(&self) -> usize {
        self.before.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_range_is_counted_and_a_bit_found_as_by_a_plain_look(
            pairs in proptest::collection::vec(any::<(bool, bool)>(), 0..2_000), from in 0..2_100usize, len in 0..2_100usize
        ) {
            let n = pairs.len();
            let bits = Bitmap::from_bools(n, pairs.iter().map(|pair| pair.0));
            let others = Bitmap::from_bools(n, pairs.iter().map(|pair| pair.1));
            let inside = |at: &usize| (from..from + len).contains(at);
            let counts = PrefixCounts::of(&bits);
            let plain = (0..n).filter(inside).filter(|&at| pairs[at].0).count();
            prop_assert_eq!(counts.count_in(&bits, from..from + len), plain as u64);
            let both = (0..n).filter(inside).filter(|&at| pairs[at].0 && pairs[at].1).count();
            let of_both = PrefixCounts::of_both(&bits, &others);
            prop_assert_eq!(of_both.count_both_in(&bits, &others, from..from + len), both as u64);
            let ones: Vec<usize> = (0..n).filter(|&at| pairs[at].0).collect();
            for (number, &at) in ones.iter().enumerate() {
                prop_assert_eq!(counts.nth(&bits, number as u64), Some(at));
            }
            prop_assert_eq!(counts.nth(&bits, ones.len() as u64), None);
        }
    }
}
