//! One column of numbers that lie near each other: by blocks, each number as what it is above the block's least or above a
//! straight line through the block, in a unit that loses nothing, in as many bits as the largest needs; none where all
//! are alike or grow evenly.

use std::ops::Range;

use crate::bits;
use crate::search::first_not;

/// Numbers in a block.
const BLOCK: usize = 1 << 12;

#[derive(Clone, Debug, Default)]
pub struct Packed {
    blocks: Vec<Block>,
    /// What doesn't fill a block yet.
    open: Vec<i64>,
}

/// A number is `least + unit * (slope * place + what is kept)`.
#[derive(Clone, Debug)]
struct Block {
    least: i64,
    unit: i64,
    slope: i64,
    n_bits: u32,
    bits: Box<[u8]>,
}

/// Milliseconds in nanoseconds are what most times are made of.
const UNITS: [i64; 3] = [1_000_000_000, 1_000_000, 1_000];

impl Packed {
    pub fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.open.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Panics beyond the end, as a slice does.
    pub fn get(&self, at: usize) -> i64 {
        match self.blocks.get(at / BLOCK) {
            Some(block) => block.get(at % BLOCK),
            None => self.open[at - self.blocks.len() * BLOCK],
        }
    }

    /// The first of these places, whose numbers must ascend, with a number that is not below another.
    #[inline(never)]
    pub fn first_from(&self, places: Range<usize>, least: i64) -> usize {
        // By blocks first, each by its first number.
        let inside = places.start.div_ceil(BLOCK)..self.blocks.len().min(places.end / BLOCK);
        let block = first_not(inside.clone(), |block| self.blocks[block].get(0) < least);
        let from = block.saturating_sub(1) * BLOCK;
        let to = if block < inside.end {
            block * BLOCK
        } else {
            places.end
        };
        first_not(from.max(places.start)..to, |at| self.get(at) < least)
    }

    /// Overwrites what stands at `at`, or appends when that is the first place beyond the end.
    pub fn put(&mut self, at: usize, number: i64) {
        if at == self.len() {
            self.open.push(number);
            if self.open.len() == BLOCK {
                self.blocks.push(Block::of(&self.open));
                self.open.clear();
            }
            return;
        }
        match self.blocks.get_mut(at / BLOCK) {
            Some(block) if block.get(at % BLOCK) != number => {
                let mut numbers: Vec<i64> = (0..BLOCK).map(|at| block.get(at)).collect();
                numbers[at % BLOCK] = number;
                *block = Block::of(&numbers);
            }
            Some(_) => {}
            None => self.open[at % BLOCK] = number,
        }
    }

    /// From `from` on, what stands there comes from the places given.
    #[inline(never)]
    pub fn rearrange(&mut self, from: usize, sources: &[u32]) {
        let first = from - from % BLOCK;
        let mut arranged = Packed::default();
        for at in (first..from).chain(sources.iter().map(|&at| at as usize)) {
            arranged.put(arranged.len(), self.get(at));
        }
        self.blocks.truncate(first / BLOCK);
        self.blocks.append(&mut arranged.blocks);
        self.open = arranged.open;
    }

    pub fn bytes(&self) -> usize {
        let blocks = self.blocks.iter();
        blocks
            .map(|block| size_of::<Block>() + block.bits.len())
            .sum::<usize>()
            + self.open.capacity() * size_of::<i64>()
    }
}

impl Block {
    fn of(numbers: &[i64]) -> Block {
        let least = numbers.iter().copied().min().unwrap_or(0);
        let above = |number: &i64| number.wrapping_sub(least) as u64;
        let fits = |unit: &i64| numbers.iter().all(|n| above(n) % *unit as u64 == 0);
        let unit = UNITS.into_iter().find(fits).unwrap_or(1);
        let mut kept: Vec<u64> = numbers.iter().map(|n| above(n) / unit as u64).collect();
        let most = kept.iter().copied().max().unwrap_or(0);
        let mut block = Block {
            least,
            unit,
            slope: 0,
            n_bits: bits::needed(most),
            bits: Box::default(),
        };
        if let Some(line) = Line::through(&kept, most).filter(|line| line.n_bits < block.n_bits) {
            block.slope = line.slope;
            block.n_bits = line.n_bits;
            block.least = least.wrapping_add(line.lowest.wrapping_mul(unit));
            for (at, number) in (0..).zip(&mut kept) {
                *number = (*number as i64 - line.slope * at - line.lowest) as u64;
            }
        }
        let mut packed = bits::Writer::default();
        for number in kept {
            packed.push(number, block.n_bits);
        }
        block.bits = packed.finish();
        block
    }

    fn get(&self, at: usize) -> i64 {
        let kept = bits::get(&self.bits, at * self.n_bits as usize, self.n_bits);
        let units = self.slope.wrapping_mul(at as i64).wrapping_add(kept as i64);
        self.least.wrapping_add(units.wrapping_mul(self.unit))
    }
}

/// From the first number of a block to its last, and how far below or above it the others lie.
struct Line {
    slope: i64,
    lowest: i64,
    n_bits: u32,
}

/// Numbers below it can be multiplied and taken off each other without running over.
const MOST_ON_A_LINE: u64 = 1 << 61;

impl Line {
    fn through(numbers: &[u64], most: u64) -> Option<Line> {
        let ([first, .., last], true) = (numbers, most < MOST_ON_A_LINE) else {
            return None;
        };
        let slope = (*last as i64 - *first as i64) / (numbers.len() as i64 - 1);
        let off = (0..).zip(numbers).map(|(at, &n)| n as i64 - slope * at);
        let (lowest, highest) = off.fold((i64::MAX, i64::MIN), |(low, high), off| {
            (low.min(off), high.max(off))
        });
        Some(Line {
            slope,
            lowest,
            n_bits: bits::needed((highest - lowest) as u64),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn numbers_come_back_from_any_range_and_any_order(
            (len, seed) in (0..10_000usize, any::<u64>()),
            unit in prop_oneof![Just(1i64), Just(1_000_000), Just(i64::MAX / 70_000)],
            changed in proptest::collection::vec((any::<usize>(), any::<i64>()), 0..4),
            from in 0..10_000usize,
        ) {
            let random = |at: usize| (seed.wrapping_mul(2 * at as u64 + 1) >> 40) as i64;
            let number = |at: usize| (random(at) % 65_536 - 30_000).wrapping_mul(unit);
            let mut plain: Vec<i64> = (0..len).map(number).collect();
            let mut packed = Packed::default();
            for (at, &number) in plain.iter().enumerate() {
                packed.put(at, number);
            }
            for (at, number) in changed.into_iter().filter(|_| len > 0) {
                plain[at % len] = number;
                packed.put(at % len, number);
            }
            let mut ascending = plain.clone();
            ascending.sort_unstable();
            let mut sorted = Packed::default();
            for (at, &number) in ascending.iter().enumerate() {
                sorted.put(at, number);
            }
            let least = number(from);
            let first = from % (len + 1);
            let plain_place = ascending[first..].partition_point(|&number| number < least);
            prop_assert_eq!(sorted.first_from(first..len, least), first + plain_place);
            let from = from.min(len);
            let sources: Vec<u32> = (from..len).map(|at| (random(at) as usize % len) as u32).collect();
            let moved: Vec<i64> = sources.iter().map(|&at| plain[at as usize]).collect();
            plain.splice(from.., moved);
            packed.rearrange(from, &sources);
            prop_assert_eq!(packed.len(), len);
            let back: Vec<i64> = (0..len).map(|at| packed.get(at)).collect();
            prop_assert_eq!(back, plain);
        }
    }

    #[test]
    fn what_lies_near_takes_little_room() {
        let mut times = Packed::default();
        let mut even = Packed::default();
        let mut alike = Packed::default();
        for n in 0..100 * BLOCK {
            let off = (n as i64).wrapping_mul(7_919) % 1_000;
            times.put(
                n,
                1_761_955_200_000_000_000 + (n as i64 * 3_000 + off) * 1_000_000,
            );
            even.put(n, n as i64 * 700);
            alike.put(n, -7);
        }
        // Eleven bits each, where a number above the block's least would take 24.
        assert!(
            times.bytes() < 100 * BLOCK * 12 / 8 + 100_000,
            "{}",
            times.bytes()
        );
        assert!(even.bytes() < 100_000, "{}", even.bytes());
        assert!(alike.bytes() < 100_000, "{}", alike.bytes());
    }
}
