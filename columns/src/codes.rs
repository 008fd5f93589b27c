//! One column of codes, in chunks: each as wide as its largest, from one byte to four. It grows without copying what it
//! holds, and no allocation nears the limits of a browser's memory.

use std::ops::Range;

use crate::Bitmap;
use crate::code_loops::Accepted;
use crate::code_loops::Counts;
use crate::code_loops::looked_up;
use crate::search::first_not;
use crate::widths::SixtyFour;
use crate::widths::Three;
use crate::widths::Width;
use crate::widths::push_equal;
use crate::widths::read;

/// Codes in a chunk: whole words of a bitmap. Tests reach over several.
const CHUNK: usize = if cfg!(test) { 1 << 7 } else { 1 << 12 };
/// Room of the first chunk, which grows with what it holds, so that a small file costs little.
const FIRST_ROOM: usize = 256;

/// Fewer set places of a word are looked at one by one.
const FEW: u32 = 8;

#[derive(Clone, Debug, Default)]
pub struct Codes {
    chunks: Vec<Chunk>,
    len: usize,
}

#[derive(Clone, Debug)]
enum Chunk {
    One(Vec<u8>),
    Two(Vec<u16>),
    Three(Vec<Three>),
    Four(Vec<u32>),
}

/// The same expression for each width.
macro_rules! each {
    ($chunk:expr, $held:ident => $it:expr) => {
        match $chunk {
            Chunk::One($held) => $it,
            Chunk::Two($held) => $it,
            Chunk::Three($held) => $it,
            Chunk::Four($held) => $it,
        }
    };
}

impl Codes {
    /// So many zeros, with room for codes up to `most`.
    pub fn zeros(len: usize, most: u32) -> Codes {
        let mut codes = Codes::default();
        codes.extend_zeros(len, most);
        codes
    }

    /// Zeros up to a length, with room for codes up to `most`.
    pub fn extend_zeros(&mut self, len: usize, most: u32) {
        while self.len < len {
            let within = CHUNK.min(len - self.len / CHUNK * CHUNK);
            if self.len.is_multiple_of(CHUNK) {
                self.chunks.push(Chunk::new(most, within));
            }
            if let Some(last) = self.chunks.last_mut() {
                if most > last.most() {
                    *last = last.wider(most);
                }
                last.fill(within);
            }
            self.len = self.len / CHUNK * CHUNK + within;
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Panics beyond the end, as a slice does.
    pub fn get(&self, at: usize) -> u32 {
        self.chunks[at / CHUNK].get(at % CHUNK)
    }

    /// Overwrites what stands at `at`, or appends when that is the first place beyond the end.
    pub fn put(&mut self, at: usize, code: u32) {
        if at == self.len {
            if at.is_multiple_of(CHUNK) {
                let (most, room) = match self.chunks.last() {
                    // As wide as the one before: most columns stay as wide as they are.
                    Some(last) => (last.most(), CHUNK),
                    None => (code, FIRST_ROOM),
                };
                self.chunks.push(Chunk::new(most, room));
            }
            self.len += 1;
        }
        let chunk = &mut self.chunks[at / CHUNK];
        if code > chunk.most() {
            *chunk = chunk.wider(code);
        }
        chunk.put(at % CHUNK, code);
    }

    /// From `from` on, what stands there comes from the places given.
    #[inline(never)]
    pub fn rearrange(&mut self, from: usize, sources: &[u32]) {
        let first = from - from % CHUNK;
        let kept = (first..from).map(|at| self.get(at));
        let mut gathered: Vec<u32> = Vec::with_capacity(CHUNK.min(from - first + sources.len()));
        gathered.extend(kept);
        let mut arranged = Vec::new();
        for &at in sources {
            gathered.push(self.get(at as usize));
            if gathered.len() == CHUNK {
                arranged.push(Chunk::of(&gathered));
                gathered.clear();
            }
        }
        if !gathered.is_empty() {
            arranged.push(Chunk::of(&gathered));
        }
        self.chunks.truncate(first / CHUNK);
        self.chunks.append(&mut arranged);
        self.len = from + sources.len();
    }

    /// The places whose code is accepted. `accepted` has an entry for each code that occurs.
    #[inline(never)]
    pub fn accepted(&self, accepted: &[bool]) -> Bitmap {
        let mut words = Vec::with_capacity(self.len.div_ceil(64));
        match Accepted::new(accepted) {
            Accepted::Few(few) => {
                for chunk in &self.chunks {
                    each!(chunk, held => push_equal(held, &few, &mut words));
                }
            }
            Accepted::Table(table) => {
                let mut codes = [0; 64];
                for start in (0..self.len).step_by(64) {
                    let n = self.read(start, &mut codes);
                    words.push(looked_up(&codes, &table) & u64::MAX >> (64 - n));
                }
            }
        }
        Bitmap::from_words(self.len, words)
    }

    /// How often each code below `n_codes` occurs among the places of a range that are set.
    #[inline(never)]
    pub fn count(&self, places: &Bitmap, range: Range<usize>, n_codes: usize) -> Vec<u32> {
        let mut counts = Counts::new(n_codes);
        let mut codes = [0; 64];
        for (at, word) in places.words_in(range.start..range.end.min(self.len)) {
            let start = at << 6;
            match word.count_ones() {
                0 => {}
                64 => {
                    self.read(start, &mut codes);
                    counts.add_all(&codes);
                }
                1..FEW => counts.add_some(word, |at| self.get(start + at)),
                _ => {
                    self.read(start, &mut codes);
                    counts.add_some(word, |at| codes[at]);
                }
            }
        }
        counts.sum()
    }

    /// Adds what stands at the set places of a range to counts by code, or takes it off them.
    #[inline(never)]
    pub fn add(&self, counts: &mut [u32], places: &Bitmap, range: Range<usize>, is_off: bool) {
        let by = if is_off { u32::MAX } else { 1 };
        let mut codes = [0; 64];
        for (at, mut word) in places.words_in(range.start..range.end.min(self.len)) {
            if word != 0 {
                self.read(at << 6, &mut codes);
            }
            while word != 0 {
                let n = &mut counts[codes[word.trailing_zeros() as usize] as usize];
                *n = n.wrapping_add(by);
                word &= word - 1;
            }
        }
    }

    /// Set places by what their codes belong to, in their order: where each of `n` groups begins and one end beyond, and
    /// the places in turn, or what `names` holds at them as far as it goes. What belongs to no group below `n` is left out.
    #[inline(never)]
    pub fn grouped(
        &self,
        places: &Bitmap,
        group_of: &[u32],
        n: usize,
        names: &Codes,
    ) -> (Vec<u32>, Codes) {
        let counts = self.count(places, 0..self.len, group_of.len());
        let mut ends = vec![0; n + 1];
        for (&group, count) in group_of.iter().zip(counts) {
            if (group as usize) < n {
                ends[group as usize] += count;
            }
        }
        for group in 1..=n {
            ends[group] += ends[group - 1];
        }
        let mut grouped = Codes::zeros(ends[n] as usize, self.len as u32);
        let mut codes = [0; 64];
        for (at, mut word) in places.words_in(0..self.len).rev() {
            let start = at << 6;
            if word != 0 {
                self.read(start, &mut codes);
            }
            while word != 0 {
                let bit = 63 - word.leading_zeros() as usize;
                word &= !(1 << bit);
                let group = group_of[codes[bit] as usize] as usize;
                if group < n {
                    ends[group] -= 1;
                    let place = start + bit;
                    let is_named = place < names.len();
                    let name = if is_named {
                        names.get(place)
                    } else {
                        place as u32
                    };
                    grouped.put(ends[group] as usize, name);
                }
            }
        }
        (ends, grouped)
    }

    /// Up to 64 codes from a whole word's first place on; gives how many they are.
    fn read(&self, start: usize, into: &mut SixtyFour) -> usize {
        let at = start % CHUNK;
        each!(&self.chunks[start / CHUNK], held => read(&held[at..], into))
    }

    /// What stands at the places of a range.
    pub fn run(&self, range: Range<usize>) -> Run<'_> {
        Run { codes: self, range }
    }

    pub fn bytes(&self) -> usize {
        self.chunks.iter().map(Chunk::bytes).sum()
    }
}

/// Some neighbours of a column.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    codes: &'a Codes,
    range: Range<usize>,
}

impl Run<'_> {
    pub fn is_empty(&self) -> bool {
        self.range.is_empty()
    }

    /// `None` beyond the end.
    pub fn get(&self, at: usize) -> Option<u32> {
        (at < self.range.len()).then(|| self.codes.get(self.range.start + at))
    }

    /// How many of the first are so; none after them is.
    pub fn partition_point(&self, is_so: impl Fn(u32) -> bool) -> usize {
        first_not(self.range.clone(), |at| is_so(self.codes.get(at))) - self.range.start
    }
}

impl Iterator for Run<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.range.next().map(|at| self.codes.get(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<u32> {
        self.range.nth(n).map(|at| self.codes.get(at))
    }

    fn last(mut self) -> Option<u32> {
        self.next_back()
    }
}

impl DoubleEndedIterator for Run<'_> {
    fn next_back(&mut self) -> Option<u32> {
        self.range.next_back().map(|at| self.codes.get(at))
    }

    fn nth_back(&mut self, n: usize) -> Option<u32> {
        self.range.nth_back(n).map(|at| self.codes.get(at))
    }
}

impl ExactSizeIterator for Run<'_> {}

impl Chunk {
    /// Empty, for codes up to `most`.
    fn new(most: u32, room: usize) -> Chunk {
        match most {
            0..=0xff => Chunk::One(Vec::with_capacity(room)),
            0x100..=0xffff => Chunk::Two(Vec::with_capacity(room)),
            0x1_0000..=0xff_ffff => Chunk::Three(Vec::with_capacity(room)),
            0x100_0000.. => Chunk::Four(Vec::with_capacity(room)),
        }
    }

    fn of(codes: &[u32]) -> Chunk {
        let most = codes.iter().copied().max().unwrap_or(0);
        let mut chunk = Chunk::new(most, codes.len());
        for (at, &code) in codes.iter().enumerate() {
            chunk.put(at, code);
        }
        chunk
    }

    fn most(&self) -> u32 {
        each!(self, held => most_of(held))
    }

    /// The same codes, with room for a larger one.
    fn wider(&self, code: u32) -> Chunk {
        let room = if self.len() < FIRST_ROOM {
            FIRST_ROOM
        } else {
            CHUNK
        };
        let mut wider = Chunk::new(code, room);
        for at in 0..self.len() {
            wider.put(at, self.get(at));
        }
        wider
    }

    fn len(&self) -> usize {
        each!(self, held => held.len())
    }

    fn get(&self, at: usize) -> u32 {
        each!(self, held => held[at].code())
    }

    fn fill(&mut self, len: usize) {
        each!(self, held => held.resize(len, Width::of(0)));
    }

    fn put(&mut self, at: usize, code: u32) {
        each!(self, held => put(held, at, Width::of(code)));
    }

    fn bytes(&self) -> usize {
        each!(self, held => capacity_in_bytes(held))
    }
}

fn most_of<T: Width>(_: &[T]) -> u32 {
    T::MOST
}

fn capacity_in_bytes<T>(held: &Vec<T>) -> usize {
    held.capacity() * size_of::<T>()
}

fn put<T>(held: &mut Vec<T>, at: usize, code: T) {
    match held.get_mut(at) {
        Some(held) => *held = code,
        None => held.push(code),
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
        fn zeros_follow_what_is_held_with_room_for_what_comes(codes in codes(), more in 0..400usize, code in 0..40_000_000u32) {
            let mut held = held(&codes);
            let len = codes.len() + more;
            held.extend_zeros(len, code);
            prop_assert_eq!(held.len(), len);
            let n_bytes = held.bytes();
            for at in codes.len()..len {
                prop_assert_eq!(held.get(at), 0);
                held.put(at, code);
            }
            prop_assert_eq!(held.bytes(), n_bytes);
            let expected = codes.iter().copied().chain(std::iter::repeat_n(code, more));
            prop_assert!(held.run(0..len).eq(expected));
        }

        #[test]
        fn codes_come_back_at_any_width_and_any_order(
            codes in codes(), from in 0..400usize, seed in any::<u64>(), (at, wide) in (any::<usize>(), 0..40_000_000u32)
        ) {
            let mut held = held(&codes);
            let mut expected = codes.clone();
            if !codes.is_empty() {
                expected[at % codes.len()] = wide;
                held.put(at % codes.len(), wide);
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
            let mut names = Codes::default();
            for at in 0..codes.len() / 2 {
                names.put(at, 3 * at as u32);
            }
            for (places, n, names, by) in [(&all, 7, &Codes::default(), 1), (&some, 7, &names, 3), (&some, 5, &names, 3)] {
                let name = |at: usize| if at < codes.len() / 2 { by * at as u32 } else { at as u32 };
                let (starts, grouped) = held.grouped(places, &group_of, n, names);
                prop_assert_eq!(grouped.len(), starts[n] as usize);
                for group in 0..n {
                    let run = grouped.run(starts[group] as usize..starts[group + 1] as usize);
                    let is_it = |at: &usize| places.get(*at) && codes[*at] as usize % 7 == group;
                    let plain = (0..codes.len()).filter(is_it).map(name);
                    let plain: Vec<u32> = plain.collect();
                    prop_assert_eq!(run.clone().last(), plain.last().copied());
                    prop_assert_eq!(run.get(plain.len()), None);
                    prop_assert!(run.clone().rev().eq(plain.iter().rev().copied()));
                    prop_assert_eq!(run.collect::<Vec<u32>>(), plain);
                }
            }
        }
    }
}
