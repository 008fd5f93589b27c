//! A hash table of numbers whose keys live elsewhere: the caller says what a number's key and hash are.

use crate::Bitmap;

/// Open addressing, four bytes a number: what a number doesn't need of its slot holds bits of its hash, so that hardly any
/// key but the one that is looked for is looked at.
#[derive(Clone, Debug, Default)]
pub struct CodeTable {
    /// [`FREE`], or bits of the hash above a number.
    slots: Vec<u32>,
    /// Beyond [`FEWEST_BITS`].
    n_more_bits: u32,
    used: usize,
}

const FREE: u32 = u32::MAX;
/// So many slots grow by half: what is free takes room. Fewer grow to twice as many, which asks for less hashes.
const MANY: usize = 1 << 20;
/// Numbers have at least so many bits of a slot.
const FEWEST_BITS: u32 = 24;

impl CodeTable {
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
    }

    fn n_bits(&self) -> u32 {
        FEWEST_BITS + self.n_more_bits
    }

    /// The hash's highest bits, as many as stand beside a number.
    fn tag_of(&self, hash: u64) -> u32 {
        (hash >> 32) as u32 >> self.n_bits()
    }

    /// The hash's lower half, stretched over the table: its size is no power of two.
    fn first_slot(&self, hash: u64) -> usize {
        (((hash & u64::from(u32::MAX)) * self.slots.len() as u64) >> 32) as usize
    }

    fn number_in(&self, slot: u32) -> u32 {
        slot & !(u32::MAX << self.n_bits())
    }

    pub fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let tag = self.tag_of(hash);
        let mut at = self.first_slot(hash);
        loop {
            let slot = self.slots[at];
            if slot == FREE {
                return None;
            }
            let number = self.number_in(slot);
            if slot >> self.n_bits() == tag && is_it(number) {
                return Some(number);
            }
            at = self.after(at);
        }
    }

    fn after(&self, at: usize) -> usize {
        if at + 1 == self.slots.len() {
            0
        } else {
            at + 1
        }
    }

    /// Adds a number that is not held yet. `hash_of` gives the hash of those held, when the table grows.
    pub fn insert(&mut self, hash: u64, number: u32, hash_of: impl Fn(u32) -> u64) {
        // A slot of ones is a free one.
        while number >= self.number_in(FREE) {
            self.widen();
        }
        if (self.used + 1) * 8 > self.slots.len() * 7 {
            self.grow(hash_of);
        }
        self.place(hash, number);
        self.used += 1;
    }

    /// From what the keys say: the old slots are gone before the new ones are made.
    fn grow(&mut self, hash_of: impl Fn(u32) -> u64) {
        let size = match self.slots.len() {
            0 => 16,
            n if n < MANY => n * 2,
            n => n * 3 / 2,
        };
        let held = || self.slots.iter().filter(|slot| **slot != FREE);
        let most = held().map(|slot| self.number_in(*slot)).max();
        let mut numbers = Bitmap::none(most.map_or(0, |most| most as usize + 1));
        for slot in held() {
            numbers.set(self.number_in(*slot) as usize);
        }
        self.slots = Vec::new();
        self.slots = vec![FREE; size];
        // In their order: keys that came together lie together.
        for number in numbers.ones() {
            self.place(hash_of(number as u32), number as u32);
        }
    }

    /// Takes a bit of the hash from each slot for a number.
    fn widen(&mut self) {
        let n_bits = self.n_bits();
        for at in 0..self.slots.len() {
            let slot = self.slots[at];
            if slot != FREE {
                let tag = slot.checked_shr(n_bits + 1).unwrap_or(0);
                let above = tag.checked_shl(n_bits + 1).unwrap_or(0);
                self.slots[at] = above | self.number_in(slot);
            }
        }
        self.n_more_bits += 1;
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mut at = self.first_slot(hash);
        while self.slots[at] != FREE {
            at = self.after(at);
        }
        self.slots[at] = self.tag_of(hash) << self.n_bits() | number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_is_found_by_its_key_whatever_the_hashes(
            keys in proptest::collection::btree_set(any::<u16>(), 0..400), few in any::<bool>(), other in any::<u16>(),
            apart in prop_oneof![Just(1u32), Just(100_003)],
        ) {
            let keys: Vec<u16> = keys.into_iter().collect();
            let hash = |key: u16| if few { u64::from(key % 3) << 56 } else { u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15) };
            let mut table = CodeTable::default();
            // Numbers far apart need more of a slot.
            let key_of = |number: u32| keys[(number / apart) as usize];
            for (number, &key) in (0..).zip(&keys) {
                table.insert(hash(key), number * apart, |number| hash(key_of(number)));
            }
            for key in keys.iter().copied().chain([other]) {
                let found = table.find(hash(key), |number| key_of(number) == key);
                let expected = keys.iter().position(|held| *held == key).map(|at| at as u32 * apart);
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn slots_of_any_number_keep_what_they_hold() {
        let numbers = [0, 0xff_fffe, 0xff_ffff, 0x100_0000, 0x7fff_fffd];
        let hash = |number: u32| u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut table = CodeTable::default();
        for number in numbers {
            table.insert(hash(number), number, hash);
        }
        for number in numbers {
            assert_eq!(
                table.find(hash(number), |held| held == number),
                Some(number)
            );
        }
        assert_eq!(table.find(hash(7), |held| held == 7), None);
    }
}
