//! A plain bitset over places: one clause's answer. Refuses compression; a million places are 125 kB.

use std::ops::Range;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bitmap {
    words: Vec<u64>,
    len: usize,
}

impl Bitmap {
    pub fn none(len: usize) -> Self {
        Bitmap {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    pub fn all(len: usize) -> Self {
        let mut bitmap = Bitmap {
            words: vec![u64::MAX; len.div_ceil(64)],
            len,
        };
        bitmap.clear_tail();
        bitmap
    }

    /// The places of a range alone.
    pub fn of_range(len: usize, range: Range<usize>) -> Self {
        let mut bitmap = Bitmap::all(len);
        bitmap.keep(range);
        bitmap
    }

    /// Set bits of a last word beyond `len` are dropped.
    pub(crate) fn from_words(len: usize, words: Vec<u64>) -> Self {
        let mut bitmap = Bitmap { words, len };
        bitmap.clear_tail();
        bitmap
    }

    /// One bit for each item; the iterator must yield `len` items at most.
    pub fn from_bools(len: usize, bits: impl Iterator<Item = bool>) -> Self {
        let mut bitmap = Bitmap::none(len);
        for (at, bit) in bits.take(len).enumerate() {
            bitmap.words[at >> 6] |= u64::from(bit) << (at & 63);
        }
        bitmap
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn get(&self, at: usize) -> bool {
        self.words
            .get(at >> 6)
            .is_some_and(|word| word >> (at & 63) & 1 == 1)
    }

    pub fn set(&mut self, at: usize) {
        if at < self.len {
            self.words[at >> 6] |= 1 << (at & 63);
        }
    }

    pub fn clear(&mut self, at: usize) {
        if at < self.len {
            self.words[at >> 6] &= !(1 << (at & 63));
        }
    }

    /// More places, all of them unset.
    pub fn grow(&mut self, len: usize) {
        if len > self.len {
            self.len = len;
            self.words.resize(len.div_ceil(64), 0);
        }
    }

    /// Unsets all that lies outside.
    pub fn keep(&mut self, range: Range<usize>) {
        let (words, low, high) = self.touched(range);
        self.words[..words.start].fill(0);
        self.words[words.end..].fill(0);
        if let Some(first) = self.words[words.clone()].first_mut() {
            *first &= low;
        }
        if let Some(last) = self.words[words].last_mut() {
            *last &= high;
        }
    }

    #[inline(never)]
    pub fn and(&mut self, other: &Bitmap) {
        let shared = self.words.len().min(other.words.len());
        for (word, theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= theirs;
        }
        self.words[shared..].fill(0);
    }

    #[inline(never)]
    pub fn or(&mut self, other: &Bitmap) {
        for (word, theirs) in self.words.iter_mut().zip(&other.words) {
            *word |= theirs;
        }
        self.clear_tail();
    }

    #[inline(never)]
    pub fn and_not(&mut self, other: &Bitmap) {
        for (word, theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= !theirs;
        }
    }

    #[inline(never)]
    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.clear_tail();
    }

    #[inline(never)]
    pub fn count(&self) -> u64 {
        self.words.iter().map(|w| u64::from(w.count_ones())).sum()
    }

    /// How many bits are set in a range.
    #[inline(never)]
    pub fn count_in(&self, range: Range<usize>) -> u64 {
        self.words_in(range)
            .map(|(_, word)| u64::from(word.count_ones()))
            .sum()
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Set places, ascending.
    pub fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.ones_in(0..self.len)
    }

    /// Set places of a range, ascending.
    pub fn ones_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.words_in(range).flat_map(|(at, word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                let rest = w & (w - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |w| (at << 6) + w.trailing_zeros() as usize)
        })
    }

    /// Set places of a range, descending.
    pub fn ones_back(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.words_in(range).rev().flat_map(|(at, word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                let rest = w & !(1 << (63 - w.leading_zeros()));
                (rest != 0).then_some(rest)
            })
            .map(move |w| (at << 6) + 63 - w.leading_zeros() as usize)
        })
    }

    pub fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u64>()
    }

    /// The words that a range touches, with their numbers and without the bits outside it.
    pub(crate) fn words_in(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, u64)> + '_ {
        let (words, low, high) = self.touched(range);
        let (first, last) = (words.start, words.end.wrapping_sub(1));
        let held = self.words[words].iter().enumerate();
        held.map(move |(at, &word)| {
            let at = first + at;
            let low = if at == first { low } else { u64::MAX };
            let high = if at == last { high } else { u64::MAX };
            (at, word & low & high)
        })
    }

    /// The numbers of the words that a range touches, and what of the first and the last of them lies inside.
    fn touched(&self, range: Range<usize>) -> (Range<usize>, u64, u64) {
        let end = range.end.min(self.len);
        let start = range.start.min(end);
        let last = if start < end {
            end.div_ceil(64)
        } else {
            start >> 6
        };
        let high = u64::MAX >> (end.wrapping_neg() & 63);
        (start >> 6..last, u64::MAX << (start & 63), high)
    }

    fn clear_tail(&mut self) {
        let used = self.len & 63;
        if used != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_algebra_of_bitmaps_is_that_of_booleans(
            pairs in proptest::collection::vec(any::<(bool, bool)>(), 0..200)
        ) {
            let n = pairs.len();
            let a = Bitmap::from_bools(n, pairs.iter().map(|p| p.0));
            let b = Bitmap::from_bools(n, pairs.iter().map(|p| p.1));
            let of = |f: fn(&(bool, bool)) -> bool| Bitmap::from_bools(n, pairs.iter().map(f));
            let mut and = a.clone();
            and.and(&b);
            prop_assert_eq!(&and, &of(|p| p.0 && p.1));
            let mut or = a.clone();
            or.or(&b);
            prop_assert_eq!(&or, &of(|p| p.0 || p.1));
            let mut minus = a.clone();
            minus.and_not(&b);
            prop_assert_eq!(&minus, &of(|p| p.0 && !p.1));
            let mut not = a.clone();
            not.invert();
            prop_assert_eq!(&not, &of(|p| !p.0));
            let ones: Vec<usize> = (0..n).filter(|&i| pairs[i].0).collect();
            prop_assert_eq!(a.ones().collect::<Vec<_>>(), ones);
            prop_assert_eq!(Bitmap::all(n).count(), n as u64);
        }

        #[test]
        fn a_range_sees_what_stands_in_it(
            bits in proptest::collection::vec(any::<bool>(), 0..300),
            from in 0..320usize,
            len in 0..320usize,
        ) {
            let n = bits.len();
            let range = from..from + len;
            let a = Bitmap::from_bools(n, bits.iter().copied());
            let inside: Vec<usize> = (0..n).filter(|i| range.contains(i) && bits[*i]).collect();
            prop_assert_eq!(a.count_in(range.clone()), inside.len() as u64);
            prop_assert_eq!(a.ones_in(range.clone()).collect::<Vec<_>>(), inside.clone());
            let mut back: Vec<usize> = a.ones_back(range.clone()).collect();
            back.reverse();
            prop_assert_eq!(&back, &inside);
            let mut kept = a.clone();
            kept.keep(range.clone());
            prop_assert_eq!(kept.ones().collect::<Vec<_>>(), inside);
            prop_assert_eq!(Bitmap::of_range(n, range.clone()).count(), (0..n).filter(|i| range.contains(i)).count() as u64);
        }
    }
}
