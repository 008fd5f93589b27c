//! The loops over codes that filters and facets come down to, 64 codes at a time.

use crate::widths::SixtyFour;

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
}

/// A bit for each code that a table accepts, which is as long as a power of two.
pub fn looked_up(codes: &SixtyFour, table: &[bool]) -> u64 {
    let mask = table.len() - 1;
    let table = &table[..=mask];
    let bit = |code: u32| u64::from(table[code as usize & mask]);
    let mut word = 0;
    for (at, eight) in codes.as_chunks().0.iter().enumerate() {
        let [a, b, c, d, e, f, g, h] = eight.map(bit);
        // By pairs: none waits for the one before it.
        let byte = ((a | b << 1) | (c << 2 | d << 3)) | ((e << 4 | f << 5) | (g << 6 | h << 7));
        word |= byte << (8 * at);
    }
    word
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

    /// Counts 64 codes.
    pub fn add_all(&mut self, codes: &SixtyFour) {
        let lane = self.lane();
        for [a, b, c, d] in codes.as_chunks().0 {
            self.add_one(*a, 0);
            self.add_one(*b, lane);
            self.add_one(*c, 2 * lane);
            self.add_one(*d, 3 * lane);
        }
    }

    /// Counts the codes whose bits are set.
    pub fn add_some(&mut self, mut word: u64, code: impl Fn(usize) -> u32) {
        let lane = self.lane();
        let mut turn = 0;
        while word != 0 {
            self.add_one(code(word.trailing_zeros() as usize), turn);
            word &= word - 1;
            turn = if turn == 3 * lane { 0 } else { turn + lane };
        }
    }

    fn lane(&self) -> usize {
        match self.n_lanes {
            1 => 0,
            _ => self.n_codes,
        }
    }

    fn add_one(&mut self, code: u32, lane: usize) {
        if let Some(n) = self.n.get_mut(code as usize + lane) {
            *n += 1;
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
