//! Codes that come together: each distinct combination is kept once and named by a code of its own. A million events by
//! two thousand people say who each person is two thousand times. A single code is its own combination.

use crate::Code;
use crate::CodeTable;
use crate::Codes;

#[derive(Clone, Debug)]
pub struct Tuples {
    width: usize,
    /// Combinations end to end; none where the width is one.
    flat: Codes,
    table: CodeTable,
    len: usize,
}

impl Tuples {
    pub fn new(width: usize) -> Self {
        Tuples {
            width,
            flat: Codes::default(),
            table: CodeTable::default(),
            len: 0,
        }
    }

    /// One more than the largest code.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The code of a combination, new or old; `values` are as many as the width.
    pub fn code(&mut self, values: &[u32]) -> Code {
        if let [only] = values {
            self.len = self.len.max(*only as usize + 1);
            return *only;
        }
        let (flat, width) = (&self.flat, self.width);
        let of = |code: Code| (0..width).map(move |slot| flat.get(code as usize * width + slot));
        let is_it = |code: Code| of(code).zip(values).all(|(a, &b)| a == b);
        let hash = hash_of(values.iter().copied());
        if let Some(code) = self.table.find(hash, is_it) {
            return code;
        }
        let code = self.len as Code;
        self.table.insert(hash, code, |code| hash_of(of(code)));
        for &value in values {
            self.flat.put(self.flat.len(), value);
        }
        self.len += 1;
        code
    }

    /// One of the codes of a combination.
    pub fn get(&self, code: Code, slot: usize) -> u32 {
        match self.width {
            1 => code,
            width => self.flat.get(code as usize * width + slot),
        }
    }

    pub fn bytes(&self) -> usize {
        self.flat.bytes() + self.table.bytes()
    }
}

fn hash_of(values: impl Iterator<Item = u32>) -> u64 {
    let hash = values.fold(0, |hash: u64, value| {
        let mixed = (hash ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 32
    });
    hash ^ hash >> 29
}

/// A column of combinations.
#[derive(Clone, Debug)]
pub struct Combined {
    pub codes: Codes,
    pub tuples: Tuples,
}

impl Combined {
    pub fn new(width: usize) -> Self {
        Combined {
            codes: Codes::default(),
            tuples: Tuples::new(width),
        }
    }

    pub fn put(&mut self, at: usize, values: &[u32]) {
        let code = self.tuples.code(values);
        self.codes.put(at, code);
    }

    pub fn get(&self, at: usize, slot: usize) -> u32 {
        self.tuples.get(self.codes.get(at), slot)
    }

    pub fn bytes(&self) -> usize {
        self.codes.bytes() + self.tuples.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_combination_comes_back_and_equal_ones_share_a_code(
            rows in proptest::collection::vec([0..3u32, 0..3, 0..70_000], 0..300)
        ) {
            let mut combined = Combined::new(3);
            let mut single = Combined::new(1);
            for (at, row) in rows.iter().enumerate() {
                combined.put(at, row);
                single.put(at, &row[2..]);
            }
            for (at, row) in rows.iter().enumerate() {
                let back = [0, 1, 2].map(|slot| combined.get(at, slot));
                prop_assert_eq!(&back, row);
                prop_assert_eq!(single.get(at, 0), row[2]);
            }
            let distinct: std::collections::BTreeSet<_> = rows.iter().collect();
            prop_assert_eq!(combined.tuples.len(), distinct.len());
        }
    }
}
