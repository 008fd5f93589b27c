//! A plain bitset over rows: one clause's answer. Refuses compression; a million rows are 125 kB.

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

    /// More rows, all of them unset.
    pub fn grow(&mut self, len: usize) {
        if len > self.len {
            self.len = len;
            self.words.resize(len.div_ceil(64), 0);
        }
    }

    pub fn and(&mut self, other: &Bitmap) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    pub fn or(&mut self, other: &Bitmap) {
        for (word, theirs) in self.words.iter_mut().zip(&other.words) {
            *word |= theirs;
        }
        self.clear_tail();
    }

    pub fn and_not(&mut self, other: &Bitmap) {
        for (word, theirs) in self.words.iter_mut().zip(&other.words) {
            *word &= !theirs;
        }
    }

    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.clear_tail();
    }

    pub fn count(&self) -> u64 {
        self.words.iter().map(|w| u64::from(w.count_ones())).sum()
    }

    /// How many bits both have.
    pub fn count_and(&self, other: &Bitmap) -> u64 {
        self.words
            .iter()
            .zip(&other.words)
            .map(|(a, b)| u64::from((a & b).count_ones()))
            .sum()
    }

    /// Set rows, ascending.
    pub fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                let rest = w & (w - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |w| (at << 6) + w.trailing_zeros() as usize)
        })
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
            prop_assert_eq!(a.count_and(&b), and.count());
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
    }
}
