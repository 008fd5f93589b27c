//! One column of codes, as wide as its largest: a byte, two or four. Grows wider when a larger code comes.

use std::ops::Range;

use crate::Bitmap;

#[derive(Clone, Debug)]
pub struct Codes(Width);

#[derive(Clone, Debug)]
enum Width {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

/// The same expression for each width.
macro_rules! each {
    ($codes:expr, $held:ident => $it:expr) => {
        match $codes {
            Width::One($held) => $it,
            Width::Two($held) => $it,
            Width::Four($held) => $it,
        }
    };
}

impl Default for Codes {
    fn default() -> Self {
        Codes(Width::One(Vec::new()))
    }
}

impl Codes {
    pub fn len(&self) -> usize {
        each!(&self.0, held => held.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Panics beyond the end, as a slice does.
    #[allow(clippy::useless_conversion, reason = "one expression for each width")]
    pub fn get(&self, at: usize) -> u32 {
        each!(&self.0, held => u32::from(held[at]))
    }

    /// Overwrites what stands at `at`, or appends when that is the first place beyond the end.
    pub fn put(&mut self, at: usize, code: u32) {
        self.widen(code);
        match &mut self.0 {
            Width::One(held) => put(held, at, code as u8),
            Width::Two(held) => put(held, at, code as u16),
            Width::Four(held) => put(held, at, code),
        }
    }

    /// From `from` on, what stands there comes from the places given.
    #[inline(never)]
    pub fn rearrange(&mut self, from: usize, sources: &[u32]) {
        each!(&mut self.0, held => {
            let moved: Vec<_> = sources.iter().map(|&at| held[at as usize]).collect();
            if from == 0 {
                *held = moved;
            } else {
                held.truncate(from);
                held.extend_from_slice(&moved);
            }
        });
    }

    /// The places whose code is accepted. `accepted` has an entry for each code that occurs.
    #[inline(never)]
    pub fn accepted(&self, accepted: &[bool]) -> Bitmap {
        let words = each!(&self.0, held => accepted_words(held, accepted));
        Bitmap::from_words(self.len(), words)
    }

    /// How often each code below `n_codes` occurs among the places of a range that are set.
    #[inline(never)]
    pub fn count(&self, places: &Bitmap, range: Range<usize>, n_codes: usize) -> Vec<u32> {
        let mut counts = Counts::new(n_codes);
        each!(&self.0, held => counts.add(held, places, range));
        counts.sum()
    }

    /// Adds what stands at the set places of a range to counts by code, or takes it off them.
    #[inline(never)]
    pub fn add(&self, counts: &mut [u32], places: &Bitmap, range: Range<usize>, is_off: bool) {
        let by = if is_off { u32::MAX } else { 1 };
        each!(&self.0, held => for at in places.ones_in(range) {
            let n = &mut counts[held[at] as usize];
            *n = n.wrapping_add(by);
        });
    }

    /// Set places by what their codes belong to, in their order: where each of `n` groups begins and one end beyond, and
    /// the places in turn. What belongs to no group below `n` is left out.
    #[inline(never)]
    pub fn grouped(&self, places: &Bitmap, group_of: &[u32], n: usize) -> (Vec<u32>, Vec<u32>) {
        let counts = self.count(places, 0..self.len(), group_of.len());
        let mut ends = vec![0; n + 1];
        for (&group, count) in group_of.iter().zip(counts) {
            if (group as usize) < n {
                ends[group as usize] += count;
            }
        }
        for group in 1..=n {
            ends[group] += ends[group - 1];
        }
        let mut grouped = vec![0; ends[n] as usize];
        each!(&self.0, held => for place in places.ones_back(0..self.len()) {
            let group = group_of[held[place] as usize] as usize;
            if group < n {
                ends[group] -= 1;
                grouped[ends[group] as usize] = place as u32;
            }
        });
        (ends, grouped)
    }

    pub fn bytes(&self) -> usize {
        match &self.0 {
            Width::One(held) => held.capacity(),
            Width::Two(held) => held.capacity() * 2,
            Width::Four(held) => held.capacity() * 4,
        }
    }

    fn widen(&mut self, code: u32) {
        let wider = match &self.0 {
            Width::One(held) if code > u32::from(u16::MAX) => {
                Width::Four(held.iter().map(|&code| code.into()).collect())
            }
            Width::Two(held) if code > u32::from(u16::MAX) => {
                Width::Four(held.iter().map(|&code| code.into()).collect())
            }
            Width::One(held) if code > u32::from(u8::MAX) => {
                Width::Two(held.iter().map(|&code| code.into()).collect())
            }
            _ => return,
        };
        self.0 = wider;
    }
}

/// Grows by an eighth at a time: what is held for what may come is not memory well spent.
fn put<T>(held: &mut Vec<T>, at: usize, code: T) {
    if at < held.len() {
        held[at] = code;
        return;
    }
    if held.len() == held.capacity() {
        held.reserve_exact(held.len() / 8 + 256);
    }
    held.push(code);
}

/// Codes up to this many are compared one by one, which goes in lanes; more are looked up.
const MOST_COMPARED: usize = 3;

fn accepted_words<T: Copy + Eq + TryFrom<u32> + Into<u32>>(
    codes: &[T],
    accepted: &[bool],
) -> Vec<u64> {
    let wanted = (0u32..).zip(accepted).filter(|(_, is)| **is);
    let wanted = wanted.map(|(code, _)| T::try_from(code));
    let wanted: Vec<T> = wanted.flatten().take(MOST_COMPARED + 1).collect();
    if wanted.is_empty() {
        return vec![0; codes.len().div_ceil(64)];
    }
    if wanted.len() <= MOST_COMPARED {
        return words(codes, |codes, bytes| {
            for &wanted in &wanted {
                for (byte, &code) in bytes.iter_mut().zip(codes) {
                    *byte |= u8::from(code == wanted);
                }
            }
        });
    }
    // As long as a power of two: then no code has to be compared with the length.
    let mut table = accepted.to_vec();
    table.resize(accepted.len().next_power_of_two(), false);
    let mask = table.len() - 1;
    let table = &table[..=mask];
    let bit = |code: T| {
        let code: u32 = code.into();
        u64::from(table[code as usize & mask])
    };
    let eight_bits = |eight: &[T; 8]| {
        let [a, b, c, d, e, f, g, h] = eight.map(bit);
        // By pairs: none waits for the one before it.
        ((a | b << 1) | (c << 2 | d << 3)) | ((e << 4 | f << 5) | (g << 6 | h << 7))
    };
    let word = |codes: &[T]| {
        let (eights, rest) = codes.as_chunks();
        let bytes = eights.iter().map(eight_bits);
        let word = (0..)
            .zip(bytes)
            .fold(0, |word, (at, byte)| word | byte << (8 * at));
        let rest = (8 * eights.len()..).zip(rest);
        rest.fold(word, |word, (at, &code)| word | bit(code) << at)
    };
    codes.chunks(64).map(word).collect()
}

/// A bit for each code: `tell` sets a byte to one for each that is accepted.
fn words<T>(codes: &[T], tell: impl Fn(&[T], &mut [u8; 64])) -> Vec<u64> {
    let mut words = Vec::with_capacity(codes.len().div_ceil(64));
    for codes in codes.chunks(64) {
        let mut bytes = [0; 64];
        tell(codes, &mut bytes);
        let mut word = 0;
        for (at, eight) in bytes.as_chunks().0.iter().enumerate() {
            // Gathers the lowest bits of eight bytes in the highest byte.
            let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            word |= gathered << (8 * at);
        }
        words.push(word);
    }
    words
}

/// Counters by code. Few codes have four counters each, so that a run of one code doesn't wait for itself.
struct Counts {
    n: Vec<u32>,
    n_codes: usize,
    n_lanes: usize,
}

const MOST_IN_LANES: usize = 1_024;

impl Counts {
    fn new(n_codes: usize) -> Counts {
        let n_lanes = if n_codes <= MOST_IN_LANES { 4 } else { 1 };
        Counts {
            n: vec![0; n_codes * n_lanes],
            n_codes,
            n_lanes,
        }
    }

    fn add<T: Copy + Into<u32>>(&mut self, codes: &[T], places: &Bitmap, range: Range<usize>) {
        let lane = match self.n_lanes {
            1 => 0,
            _ => self.n_codes,
        };
        let n = &mut self.n;
        let mut one = |code: T, lane: usize| {
            let code: u32 = code.into();
            if let Some(n) = n.get_mut(code as usize + lane) {
                *n += 1;
            }
        };
        for (at, mut word) in places.words_in(range) {
            let start = at << 6;
            if word == u64::MAX {
                for four in codes[start..start + 64].chunks_exact(4) {
                    one(four[0], 0);
                    one(four[1], lane);
                    one(four[2], 2 * lane);
                    one(four[3], 3 * lane);
                }
                continue;
            }
            let mut turn = 0;
            while word != 0 {
                one(codes[start + word.trailing_zeros() as usize], turn);
                word &= word - 1;
                turn = if turn == 3 * lane { 0 } else { turn + lane };
            }
        }
    }

    fn sum(mut self) -> Vec<u32> {
        for lane in 1..self.n_lanes {
            for code in 0..self.n_codes {
                self.n[code] += self.n[lane * self.n_codes + code];
            }
        }
        self.n.truncate(self.n_codes);
        self.n
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn held(codes: &[u32]) -> Codes {
        let mut held = Codes::default();
        for (at, &code) in codes.iter().enumerate() {
            held.put(at, code);
        }
        held
    }

    /// Codes of every width, few and many.
    fn codes() -> impl Strategy<Value = Vec<u32>> {
        let code = prop_oneof![0..4u32, 200..300u32, 65_000..66_000u32];
        let narrow = proptest::collection::vec(0..200u32, 0..400);
        prop_oneof![proptest::collection::vec(code, 0..400), narrow]
    }

    proptest! {
        #[test]
        fn codes_come_back_at_any_width_and_any_order(
            codes in codes(), from in 0..400usize, seed in any::<u64>()
        ) {
            let mut held = held(&codes);
            let mut expected = codes.clone();
            if let Some(last) = expected.last_mut() {
                *last = 70_000;
                held.put(codes.len() - 1, 70_000);
            }
            let from = from.min(codes.len());
            let n = codes.len() as u64 + 1;
            let sources: Vec<u32> = (from..codes.len())
                .map(|at| (seed.wrapping_mul(at as u64 + 1) % (n - 1)) as u32)
                .collect();
            let moved: Vec<u32> = sources.iter().map(|&at| expected[at as usize]).collect();
            held.rearrange(from, &sources);
            expected.splice(from.., moved);
            let back: Vec<u32> = (0..held.len()).map(|at| held.get(at)).collect();
            prop_assert_eq!(back, expected);
        }

        #[test]
        fn what_is_accepted_and_counted_is_what_a_plain_look_finds(
            codes in codes(), seed in any::<u64>(), from in 0..400usize, len in 0..400usize
        ) {
            let n_codes = 66_000;
            let held = held(&codes);
            let is_odd = |n: usize| seed.rotate_left(n as u32 % 64) & 1 == 1;
            let accepted: Vec<bool> = (0..n_codes).map(is_odd).collect();
            let found = held.accepted(&accepted);
            let plain = codes.iter().map(|&code| accepted[code as usize]);
            prop_assert_eq!(&found, &Bitmap::from_bools(codes.len(), plain));
            for places in [found, Bitmap::all(codes.len())] {
                let most = codes.iter().max().map_or(1, |most| *most as usize + 1);
                let counts = held.count(&places, from..from + len, most);
                for (code, &n) in counts.iter().enumerate() {
                    let is_it = |at: &usize| places.get(*at) && codes[*at] as usize == code;
                    let plain = (from..(from + len).min(codes.len())).filter(is_it).count();
                    prop_assert_eq!(n as usize, plain);
                }
            }
            let most = codes.iter().max().map_or(1, |most| *most as usize + 1);
            let all = Bitmap::all(codes.len());
            let mut moved = held.count(&all, 0..from, most);
            held.add(&mut moved, &all, from..from + len, false);
            held.add(&mut moved, &all, 0..from, true);
            prop_assert_eq!(moved, held.count(&all, from..from + len, most));
            let group_of: Vec<u32> = (0..n_codes).map(|code| code as u32 % 7).collect();
            let some = Bitmap::from_bools(codes.len(), (0..codes.len()).map(is_odd));
            for (places, n) in [(&all, 7), (&some, 7), (&some, 5)] {
                let (starts, grouped) = held.grouped(places, &group_of, n);
                prop_assert_eq!(grouped.len(), starts[n] as usize);
                for group in 0..n {
                    let run = &grouped[starts[group] as usize..starts[group + 1] as usize];
                    let is_it = |at: &usize| places.get(*at) && codes[*at] as usize % 7 == group;
                    let plain = (0..codes.len()).filter(is_it).map(|at| at as u32);
                    prop_assert_eq!(run, Vec::from_iter(plain));
                }
            }
        }
    }
}
