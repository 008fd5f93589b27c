//! Counts of codes from the first place up to each of some places in between, so that the counts of any run of places
//! cost two differences and what lies between those places and its ends.

use std::ops::Range;

use crate::Bitmap;
use crate::Codes;

#[derive(Clone, Debug)]
pub struct Prefix {
    n_codes: usize,
    /// Places between two counts: whole words of a bitmap.
    every: usize,
    /// Counts of what stands before place 0, before place `every`, and so on, end to end.
    before: Vec<u32>,
}

/// Numbers that one of these holds at most, about: 8 MB.
const ROOM: usize = 2 << 20;
const FEWEST_PLACES: usize = 1 << 14;

impl Prefix {
    /// Of the codes below `n_codes` at the set places.
    pub fn new(codes: &Codes, places: &Bitmap, n_codes: usize) -> Prefix {
        let n_blocks = (ROOM / n_codes.max(1)).max(1);
        let every = (places.len() / n_blocks).max(FEWEST_PLACES);
        let every = every.next_multiple_of(64);
        let mut before = vec![0; n_codes];
        for start in (0..places.len()).step_by(every) {
            let counts = codes.count(places, start..start + every, n_codes);
            let last = before.len() - n_codes;
            for (code, n) in counts.into_iter().enumerate() {
                before.push(before[last + code] + n);
            }
        }
        Prefix {
            n_codes,
            every,
            before,
        }
    }

    /// The counts in a range, of the codes and places it was made of.
    #[inline(never)]
    pub fn count(&self, codes: &Codes, places: &Bitmap, range: Range<usize>) -> Vec<u32> {
        let end = range.end.min(places.len());
        let start = range.start.min(end);
        let mut counts = self.upto(codes, places, end);
        for (n, before) in counts.iter_mut().zip(self.upto(codes, places, start)) {
            *n -= before;
        }
        counts
    }

    fn upto(&self, codes: &Codes, places: &Bitmap, end: usize) -> Vec<u32> {
        let block = end / self.every;
        let mut counts = codes.count(places, block * self.every..end, self.n_codes);
        let before = &self.before[block * self.n_codes..][..self.n_codes];
        for (n, before) in counts.iter_mut().zip(before) {
            *n += before;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn any_run_is_counted_as_by_a_plain_look(
            (len, seed) in (0..70_000usize, any::<u64>()),
            ends in proptest::collection::vec((0..80_000usize, 0..80_000usize), 1..8),
        ) {
            let random = |at: usize| seed.wrapping_mul(at as u64 * 2 + 1) >> 33;
            let mut codes = Codes::default();
            for at in 0..len {
                codes.put(at, random(at) as u32 % 300);
            }
            let places = Bitmap::from_bools(len, (0..len).map(|at| random(at + 7) % 3 > 0));
            let prefix = Prefix::new(&codes, &places, 300);
            for (a, b) in ends {
                let range = a.min(b)..a.max(b);
                let plain = codes.count(&places, range.clone(), 300);
                prop_assert_eq!(prefix.count(&codes, &places, range), plain);
            }
        }
    }
}
