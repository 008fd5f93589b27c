//! Numbers of a few bits end to end, the lowest bit first. Refuses to know how many bits the number before had.

/// Spare bytes at the end, so that eight can be read anywhere.
const SPARE: usize = 8;
/// More bits than these may not lie within eight bytes that begin at any bit: a number of more takes all 64.
pub const IN_WINDOW: u32 = 57;

/// How many bits numbers up to `most` take.
pub fn needed(most: u64) -> u32 {
    match 64 - most.leading_zeros() {
        n if n > IN_WINDOW => 64,
        n => n,
    }
}

/// The number of `n_bits` (see [`needed`]) that begins at bit `at`; with 64 bits all before it have as many.
pub fn get(bits: &[u8], at: usize, n_bits: u32) -> u64 {
    window(bits, at) & u64::MAX.checked_shr(64 - n_bits).unwrap_or(0)
}

/// At least 57 bits from bit `at` on.
pub fn window(bits: &[u8], at: usize) -> u64 {
    let eight = bits.get(at / 8..).and_then(<[u8]>::first_chunk);
    eight.map_or(0, |eight| u64::from_le_bytes(*eight)) >> (at % 8)
}

/// Puts numbers end to end.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    begun: u64,
    n_begun: u32,
}

impl Writer {
    /// `number` fits `n_bits`, which are 64 or what fits a window.
    pub fn push(&mut self, number: u64, n_bits: u32) {
        self.begun |= number << self.n_begun;
        self.n_begun += n_bits;
        if self.n_begun >= 64 {
            self.bytes.extend_from_slice(&self.begun.to_le_bytes());
            self.n_begun -= 64;
            // What of the number didn't fit.
            self.begun = number.checked_shr(n_bits - self.n_begun).unwrap_or(0);
        }
    }

    pub fn finish(mut self) -> Box<[u8]> {
        let n_begun = self.n_begun.div_ceil(8) as usize;
        self.bytes
            .extend_from_slice(&self.begun.to_le_bytes()[..n_begun]);
        self.bytes.resize(self.bytes.len() + SPARE, 0);
        self.bytes.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_at_any_width(numbers in proptest::collection::vec(any::<u64>(), 0..80), width in 0..65u32) {
            let n_bits = needed(u64::MAX.checked_shr(64 - width).unwrap_or(0));
            let number = |n: u64| n & u64::MAX.checked_shr(64 - n_bits).unwrap_or(0);
            let mut writer = Writer::default();
            for &n in &numbers {
                writer.push(number(n), n_bits);
            }
            let bits = writer.finish();
            for (at, &n) in numbers.iter().enumerate() {
                prop_assert_eq!(get(&bits, at * n_bits as usize, n_bits), number(n));
            }
        }
    }
}
