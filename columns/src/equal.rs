//! Which of sixteen codes are a wanted one: a bit each, the first one lowest. In a browser's program by vectors.

pub trait Equal: Copy + Eq {
    fn equal(codes: &[Self; 16], wanted: Self) -> u16;
}

#[cfg(not(target_arch = "wasm32"))]
impl<T: Copy + Eq> Equal for T {
    fn equal(codes: &[T; 16], wanted: T) -> u16 {
        let bytes = codes.map(|code| u8::from(code == wanted));
        let gathered = bytes.as_chunks().0.iter().map(|eight| {
            // The lowest bits of eight bytes in the highest byte.
            u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
        });
        (0..)
            .zip(gathered)
            .fold(0, |bits, (at, byte)| bits | (byte as u16) << (8 * at))
    }
}

#[cfg(target_arch = "wasm32")]
mod vectors {
    use std::arch::wasm32::*;

    use super::Equal;
    use crate::widths::Three;

    /// Sixteen bytes as they stand in memory.
    fn vector(bytes: [u8; 16]) -> v128 {
        let [low, high] = [0, 8].map(|at| {
            let eight = bytes[at..].first_chunk();
            eight.map_or(0, |eight| i64::from_le_bytes(*eight))
        });
        i64x2(low, high)
    }

    impl Equal for u8 {
        fn equal(codes: &[u8; 16], wanted: u8) -> u16 {
            u8x16_bitmask(u8x16_eq(vector(*codes), u8x16_splat(wanted)))
        }
    }

    impl Equal for u16 {
        fn equal(codes: &[u16; 16], wanted: u16) -> u16 {
            let [a, b] = [0, 8].map(|at| {
                let eight = codes[at..].first_chunk::<8>().copied().unwrap_or_default();
                let [a, b, c, d, e, f, g, h] = eight;
                u16x8_eq(u16x8(a, b, c, d, e, f, g, h), u16x8_splat(wanted))
            });
            u8x16_bitmask(i8x16_narrow_i16x8(a, b))
        }
    }

    fn narrow(fours: [v128; 4]) -> u16 {
        let [a, b, c, d] = fours;
        let (low, high) = (i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d));
        u8x16_bitmask(i8x16_narrow_i16x8(low, high))
    }

    impl Equal for u32 {
        fn equal(codes: &[u32; 16], wanted: u32) -> u16 {
            narrow([0, 4, 8, 12].map(|at| {
                let four = codes[at..].first_chunk::<4>().copied().unwrap_or_default();
                let [a, b, c, d] = four;
                u32x4_eq(u32x4(a, b, c, d), u32x4_splat(wanted))
            }))
        }
    }

    impl Equal for Three {
        fn equal(codes: &[Three; 16], wanted: Three) -> u16 {
            let bytes = codes.as_flattened();
            let [first, second, third] = [0, 16, 32]
                .map(|at| vector(bytes[at..].first_chunk().copied().unwrap_or_default()));
            let [a, b, c] = wanted;
            let wanted = u32x4_splat(u32::from_le_bytes([a, b, c, 0]));
            // Four bytes for each code, the last of which is another code's.
            let fours = [
                i8x16_shuffle::<0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8, 0, 9, 10, 11, 0>(first, first),
                i8x16_shuffle::<12, 13, 14, 0, 15, 16, 17, 0, 18, 19, 20, 0, 21, 22, 23, 0>(
                    first, second,
                ),
                i8x16_shuffle::<8, 9, 10, 0, 11, 12, 13, 0, 14, 15, 16, 0, 17, 18, 19, 0>(
                    second, third,
                ),
                i8x16_shuffle::<4, 5, 6, 0, 7, 8, 9, 0, 10, 11, 12, 0, 13, 14, 15, 0>(third, third),
            ];
            narrow(fours.map(|four| u32x4_eq(v128_and(four, u32x4_splat(0xff_ffff)), wanted)))
        }
    }
}
