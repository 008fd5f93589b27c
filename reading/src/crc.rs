//! The checksum of gzip (RFC 1952, 8), eight bytes a step. Its tables are made when first needed: kept in the program
//! they would be data that nothing can pack.

use std::sync::LazyLock;

/// Remainders by byte: the first table's are a byte's own, each next one's are those followed by another zero byte.
type Tables = [[u32; 256]; 8];

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = [[0; 256]; 8];
    for byte in 0..256u32 {
        tables[0][byte as usize] = (0..8).fold(byte, |rest, _| match rest & 1 {
            1 => rest >> 1 ^ 0xedb8_8320,
            _ => rest >> 1,
        });
    }
    for at in 1..8 {
        for byte in 0..256 {
            let before = tables[at - 1][byte];
            tables[at][byte] = before >> 8 ^ tables[0][before as usize & 255];
        }
    }
    tables
});

pub struct Crc {
    rest: u32,
    n_bytes: u32,
}

impl Default for Crc {
    fn default() -> Self {
        Crc {
            rest: u32::MAX,
            n_bytes: 0,
        }
    }
}

impl Crc {
    pub fn add(&mut self, bytes: &[u8]) {
        let tables = &*TABLES;
        let by =
            |table: usize, word: u32, shift: u32| tables[table][(word >> shift & 255) as usize];
        let mut rest = self.rest;
        let mut eights = bytes.chunks_exact(8);
        for eight in &mut eights {
            let word = |at: usize| {
                u32::from_le_bytes([eight[at], eight[at + 1], eight[at + 2], eight[at + 3]])
            };
            let (low, high) = (word(0) ^ rest, word(4));
            rest = by(7, low, 0)
                ^ by(6, low, 8)
                ^ by(5, low, 16)
                ^ by(4, low, 24)
                ^ by(3, high, 0)
                ^ by(2, high, 8)
                ^ by(1, high, 16)
                ^ by(0, high, 24);
        }
        for byte in eights.remainder() {
            rest = rest >> 8 ^ by(0, rest ^ u32::from(*byte), 0);
        }
        self.rest = rest;
        self.n_bytes = self.n_bytes.wrapping_add(bytes.len() as u32);
    }

    /// What a member ends with: the checksum, and how many bytes it is of, the lowest 32 bits of their number.
    pub fn trailer(&self) -> [u8; 8] {
        let sum = u64::from(!self.rest);
        (sum | u64::from(self.n_bytes) << 32).to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_sum_that_others_come_to(parts: Vec<Vec<u8>>) {
            let (mut ours, mut theirs) = (Crc::default(), flate2::Crc::new());
            for part in &parts {
                ours.add(part);
                theirs.update(part);
            }
            let (sum, n_bytes) = (theirs.sum().to_le_bytes(), theirs.amount().to_le_bytes());
            prop_assert_eq!(ours.trailer().to_vec(), [sum, n_bytes].concat());
        }
    }
}
