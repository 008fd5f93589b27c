//! A hash table of numbers whose keys live elsewhere: the caller says what a number's key and hash are.

/// Open addressing. A byte of each number's hash stands beside it, so that hardly any key but the one that is looked for
/// is looked at.
#[derive(Clone, Debug, Default)]
pub struct CodeTable {
    /// [`FREE`], or seven bits of the hash and the highest bit.
    tags: Vec<u8>,
    numbers: Vec<u32>,
    used: usize,
}

const FREE: u8 = 0;

fn tag_of(hash: u64) -> u8 {
    (hash >> 57) as u8 | 0x80
}

impl CodeTable {
    pub fn bytes(&self) -> usize {
        self.tags.capacity() + self.numbers.capacity() * size_of::<u32>()
    }

    pub fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        if self.tags.is_empty() {
            return None;
        }
        let mask = self.tags.len() - 1;
        let tag = tag_of(hash);
        let mut at = hash as usize & mask;
        loop {
            match self.tags[at] {
                FREE => return None,
                held if held == tag && is_it(self.numbers[at]) => return Some(self.numbers[at]),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds a number that is not held yet. `hash_of` gives the hash of those held, when the table grows.
    pub fn insert(&mut self, hash: u64, number: u32, hash_of: impl Fn(u32) -> u64) {
        if (self.used + 1) * 4 > self.tags.len() * 3 {
            let size = (self.tags.len() * 2).max(16);
            let tags = std::mem::replace(&mut self.tags, vec![FREE; size]);
            let numbers = std::mem::replace(&mut self.numbers, vec![0; size]);
            for (_, number) in tags
                .into_iter()
                .zip(numbers)
                .filter(|(tag, _)| *tag != FREE)
            {
                self.place(hash_of(number), number);
            }
        }
        self.place(hash, number);
        self.used += 1;
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mask = self.tags.len() - 1;
        let mut at = hash as usize & mask;
        while self.tags[at] != FREE {
            at = (at + 1) & mask;
        }
        self.tags[at] = tag_of(hash);
        self.numbers[at] = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_is_found_by_its_key_whatever_the_hashes(
            keys in proptest::collection::btree_set(any::<u16>(), 0..400), few in any::<bool>(), other in any::<u16>()
        ) {
            let keys: Vec<u16> = keys.into_iter().collect();
            let hash = |key: u16| if few { u64::from(key % 3) << 56 } else { u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15) };
            let mut table = CodeTable::default();
            for (number, &key) in keys.iter().enumerate() {
                table.insert(hash(key), number as u32, |number| hash(keys[number as usize]));
            }
            for key in keys.iter().copied().chain([other]) {
                let found = table.find(hash(key), |number| keys[number as usize] == key);
                let expected = keys.iter().position(|held| *held == key).map(|at| at as u32);
                prop_assert_eq!(found, expected);
            }
        }
    }
}
