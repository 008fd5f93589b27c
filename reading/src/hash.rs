//! One quick hash for the tables and comparisons of our own data, the same in every run and on every machine. Not proof
//! against texts made to collide: a table of such would be slow, never wrong, and what compares by hash says so.

use std::hash::BuildHasher;
use std::hash::Hasher;

const SEED: u64 = 0x243f_6a88_85a3_08d3;
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
const OTHER: u64 = 0xe703_7ed1_a0b4_28db;

pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = SEED ^ (bytes.len() as u64).wrapping_mul(OTHER);
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        hash = step(hash, u64::from_le_bytes(*eight));
        rest = after;
    }
    if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        hash = step(hash, u64::from(first) | u64::from(last) << 32);
    } else if let [first, .., last] | [first @ last] = rest {
        let middle = rest[rest.len() / 2];
        let three = u32::from_le_bytes([*first, middle, *last, 0]);
        hash = step(hash, u64::from(three));
    }
    finish(hash)
}

/// Eight bytes at a time: a browser's program has no quick comparison of its own.
#[inline]
pub fn is_same(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if let (Some(last_a), Some(last_b)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        while let (Some((eight_a, rest_a)), Some((eight_b, rest_b))) =
            (a.split_first_chunk::<8>(), b.split_first_chunk::<8>())
        {
            if u64::from_le_bytes(*eight_a) != u64::from_le_bytes(*eight_b) {
                return false;
            }
            (a, b) = (rest_a, rest_b);
        }
        return u64::from_le_bytes(*last_a) == u64::from_le_bytes(*last_b);
    }
    if let (Some(first_a), Some(first_b)) = (a.first_chunk::<4>(), b.first_chunk::<4>())
        && let (Some(last_a), Some(last_b)) = (a.last_chunk::<4>(), b.last_chunk::<4>())
    {
        return u32::from_le_bytes(*first_a) == u32::from_le_bytes(*first_b)
            && u32::from_le_bytes(*last_a) == u32::from_le_bytes(*last_b);
    }
    a.iter().zip(b).all(|(a, b)| a == b)
}

/// One hash of two, in their order.
pub fn join(a: u64, b: u64) -> u64 {
    join_ended(join_begun(a), b)
}

/// The first half of [`join`], to be made once for many others.
pub(crate) fn join_begun(a: u64) -> u64 {
    step(SEED, a)
}

pub(crate) fn join_ended(begun: u64, b: u64) -> u64 {
    finish(step(begun, b))
}

fn step(hash: u64, word: u64) -> u64 {
    let word = word.wrapping_mul(OTHER);
    (hash ^ word ^ word >> 31).rotate_left(27).wrapping_mul(ODD)
}

fn finish(hash: u64) -> u64 {
    let mixed = (hash ^ hash >> 32).wrapping_mul(OTHER);
    mixed ^ mixed >> 29
}

/// Builds [`Mix`] hashers for the standard maps, so that runs and targets agree.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuildMix;

impl BuildHasher for BuildMix {
    type Hasher = Mix;
    fn build_hasher(&self) -> Mix {
        Mix::default()
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = step(self.0, hash_bytes(bytes));
    }

    fn write_u8(&mut self, number: u8) {
        self.0 = step(self.0, u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = step(self.0, u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = step(self.0, number);
    }

    fn finish(&self) -> u64 {
        finish(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn short_texts_that_differ_in_any_byte_differ_in_their_hash() {
        let mut seen = HashSet::new();
        let mut n = 0;
        for len in 0..24 {
            for at in 0..len {
                for byte in 0..=255 {
                    let mut text = vec![b'a'; len];
                    text[at] = byte;
                    n += usize::from(byte != b'a');
                    if byte != b'a' {
                        assert!(seen.insert(hash_bytes(&text)), "{text:?}");
                    }
                }
            }
            n += 1;
            seen.insert(hash_bytes(&vec![b'a'; len]));
        }
        assert_eq!(seen.len(), n);
    }

    #[test]
    fn low_bits_spread_over_a_table() {
        let mut slots = vec![0; 1 << 12];
        for n in 0..1_u32 << 12 {
            slots[hash_bytes(format!("server-{n}").as_bytes()) as usize & 0xfff] += 1;
        }
        // A fair throw of as many balls leaves about a third of the slots empty, and none with more than nine or so.
        let empty = slots.iter().filter(|n| **n == 0).count();
        assert!((1300..1700).contains(&empty), "{empty} slots are empty");
        assert!(slots.iter().all(|n| *n < 12));
    }

    #[test]
    fn texts_are_the_same_only_if_every_byte_is() {
        for len in 0..40 {
            let text = "é".repeat(len / 2) + &"x".repeat(len % 2);
            let is_same = |a: &str, b: &str| is_same(a.as_bytes(), b.as_bytes());
            assert!(is_same(&text, &text.clone()));
            assert!(!is_same(&text, &format!("{text}x")));
            for at in 0..len {
                let mut other = vec![b'a'; len];
                let one = String::from_utf8(other.clone()).expect("ASCII");
                other[at] = b'b';
                assert!(!is_same(&one, &String::from_utf8(other).expect("ASCII")));
            }
        }
    }

    #[test]
    fn joining_minds_the_order() {
        assert_ne!(join(1, 2), join(2, 1));
        assert_ne!(join(0, 0), 0);
    }
}
