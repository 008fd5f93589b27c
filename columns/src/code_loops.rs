//! The loops over codes that filters and facets come down to.

use std::ops::Range;

use crate::Bitmap;
use crate::code_views::View;

/// Codes up to this many are compared one by one, which goes in lanes; more are looked up.
const MOST_COMPARED: usize = 3;

/// Which codes are accepted.
pub enum Accepted {
    Few(Vec<u32>),
    /// As long as a power of two: then no code has to be compared with the length.
    Table(Vec<bool>),
}

impl Accepted {
    /// `accepted` by code.
    pub fn new(accepted: &[bool]) -> Accepted {
        let wanted = (0u32..).zip(accepted).filter(|(_, is)| **is);
        let few: Vec<u32> = wanted
            .map(|(code, _)| code)
            .take(MOST_COMPARED + 1)
            .collect();
        if few.len() <= MOST_COMPARED {
            return Accepted::Few(few);
        }
        let mut table = accepted.to_vec();
        table.resize(accepted.len().next_power_of_two(), false);
        Accepted::Table(table)
    }

    /// A bit for each code, 64 in a word; only the last word may have fewer.
    pub fn add_words(&self, codes: impl View, words: &mut Vec<u64>) {
        let starts = (0..codes.len()).step_by(64);
        let parts = starts.map(|start| codes.part(start..codes.len().min(start + 64)));
        match self {
            Accepted::Few(few) if few.is_empty() => words.extend(parts.map(|_| 0)),
            Accepted::Few(few) => words.extend(parts.map(|part| compared(part, few))),
            Accepted::Table(table) => {
                let mask = table.len() - 1;
                let table = &table[..=mask];
                words.extend(parts.map(|part| looked_up(part, table, mask)));
            }
        }
    }
}

fn compared(codes: impl View, wanted: &[u32]) -> u64 {
    let mut bytes = [0; 64];
    for &wanted in wanted {
        codes.mark(wanted, &mut bytes);
    }
    let mut word = 0;
    for (at, eight) in bytes.as_chunks().0.iter().enumerate() {
        // Gathers the lowest bits of eight bytes in the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= gathered << (8 * at);
    }
    word
}

fn looked_up(codes: impl View, table: &[bool], mask: usize) -> u64 {
    let bit = |code: u32| u64::from(table[code as usize & mask]);
    let n_whole = codes.len() & !7;
    let mut word = 0;
    for start in (0..n_whole).step_by(8) {
        let eight = codes.part(start..start + 8);
        let [a, b, c, d, e, f, g, h] = [0, 1, 2, 3, 4, 5, 6, 7].map(|at| bit(eight.code(at)));
        // By pairs: none waits for the one before it.
        let byte = ((a | b << 1) | (c << 2 | d << 3)) | ((e << 4 | f << 5) | (g << 6 | h << 7));
        word |= byte << start;
    }
    (n_whole..codes.len()).fold(word, |word, at| word | bit(codes.code(at)) << at)
}

/// Counters by code. Few codes have four counters each, so that a run of one code doesn't wait for itself.
pub struct Counts {
    n: Vec<u32>,
    n_codes: usize,
    n_lanes: usize,
}

const MOST_IN_LANES: usize = 1_024;

impl Counts {
    pub fn new(n_codes: usize) -> Counts {
        let n_lanes = if n_codes <= MOST_IN_LANES { 4 } else { 1 };
        Counts {
            n: vec![0; n_codes * n_lanes],
            n_codes,
            n_lanes,
        }
    }

    /// Counts the codes of a chunk that begins at place `chunk`, at the set places of a range inside it.
    pub fn add(&mut self, codes: impl View, chunk: usize, places: &Bitmap, range: Range<usize>) {
        let lane = match self.n_lanes {
            1 => 0,
            _ => self.n_codes,
        };
        let n = &mut self.n;
        let mut one = |code: u32, lane: usize| {
            if let Some(n) = n.get_mut(code as usize + lane) {
                *n += 1;
            }
        };
        for (at, mut word) in places.words_in(range) {
            let start = (at << 6) - chunk;
            if word == u64::MAX {
                let all = codes.part(start..start + 64);
                for at in (0..64).step_by(4) {
                    one(all.code(at), 0);
                    one(all.code(at + 1), lane);
                    one(all.code(at + 2), 2 * lane);
                    one(all.code(at + 3), 3 * lane);
                }
                continue;
            }
            let mut turn = 0;
            while word != 0 {
                one(codes.code(start + word.trailing_zeros() as usize), turn);
                word &= word - 1;
                turn = if turn == 3 * lane { 0 } else { turn + lane };
            }
        }
    }

    pub fn sum(mut self) -> Vec<u32> {
        for lane in 1..self.n_lanes {
            for code in 0..self.n_codes {
                self.n[code] += self.n[lane * self.n_codes + code];
            }
        }
        self.n.truncate(self.n_codes);
        self.n
    }
}
