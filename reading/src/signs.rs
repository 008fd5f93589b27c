//! Finds signs in a text, sixteen bytes at a time: the end of a JSON text, and what parts a name.

/// The place of the first quote, backslash or control character at or after `from`; the length where there is none.
pub(crate) fn next_sign(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(sixteen) = text.get(at..).and_then(<[u8]>::first_chunk::<16>) {
        let found = signs(sixteen);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += 16;
    }
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().position(is_sign).unwrap_or(rest.len())
}

/// Cuts a text at the first places of an ASCII sign; parts that are missing are empty.
pub fn parts_of<const N: usize>(sign: u8, text: &str) -> [&str; N] {
    let mut ends = [text.len(); N];
    let n = places_of(sign, text.as_bytes(), &mut ends[..N - 1]);
    ends[n..].fill(text.len());
    let mut from = 0;
    ends.map(|end| {
        let part = text.get(from..end).unwrap_or("");
        from = end + 1;
        part
    })
}

/// Fills in the places of a sign, the first ones first; gives how many there are, at most as many as there is room.
fn places_of(sign: u8, text: &[u8], places: &mut [usize]) -> usize {
    let mut n = 0;
    let mut at = 0;
    while let Some(sixteen) = text[at..].first_chunk::<16>() {
        let mut found = equal(sixteen, sign);
        while found != 0 {
            let Some(place) = places.get_mut(n) else {
                return n;
            };
            *place = at + found.trailing_zeros() as usize;
            n += 1;
            found &= found - 1;
        }
        at += 16;
    }
    for (byte, place) in text[at..].iter().zip(at..) {
        if *byte == sign && n < places.len() {
            places[n] = place;
            n += 1;
        }
    }
    n
}

fn is_sign(byte: &u8) -> bool {
    *byte < 0x20 || *byte == b'"' || *byte == b'\\'
}

/// One bit for each byte, the first one lowest.
#[cfg(target_arch = "wasm32")]
fn signs(text: &[u8; 16]) -> u32 {
    use std::arch::wasm32::*;
    let (low, high) = halves(text);
    let text = i64x2(low, high);
    let quote = u8x16_eq(text, u8x16_splat(b'"'));
    let backslash = u8x16_eq(text, u8x16_splat(b'\\'));
    let control = u8x16_lt(text, u8x16_splat(0x20));
    u32::from(u8x16_bitmask(v128_or(v128_or(quote, backslash), control)))
}

#[cfg(target_arch = "wasm32")]
fn equal(text: &[u8; 16], sign: u8) -> u32 {
    use std::arch::wasm32::*;
    let (low, high) = halves(text);
    u32::from(u8x16_bitmask(u8x16_eq(i64x2(low, high), u8x16_splat(sign))))
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector instructions")]
fn signs(text: &[u8; 16]) -> u32 {
    #[target_feature(enable = "sse2")]
    fn of_halves(low: i64, high: i64) -> u32 {
        use std::arch::x86_64::*;
        let text = _mm_set_epi64x(high, low);
        let quote = _mm_cmpeq_epi8(text, _mm_set1_epi8(b'"' as i8));
        let backslash = _mm_cmpeq_epi8(text, _mm_set1_epi8(b'\\' as i8));
        // Unsigned: what the larger of it and 0x1f leaves at 0x1f.
        let last_control = _mm_set1_epi8(0x1f);
        let control = _mm_cmpeq_epi8(_mm_max_epu8(text, last_control), last_control);
        _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), control)) as u32
    }
    let (low, high) = halves(text);
    // SAFETY: SSE2 is part of x86-64.
    unsafe { of_halves(low, high) }
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector instructions")]
fn equal(text: &[u8; 16], sign: u8) -> u32 {
    #[target_feature(enable = "sse2")]
    fn of_halves(low: i64, high: i64, sign: i8) -> u32 {
        use std::arch::x86_64::*;
        _mm_movemask_epi8(_mm_cmpeq_epi8(
            _mm_set_epi64x(high, low),
            _mm_set1_epi8(sign),
        )) as u32
    }
    let (low, high) = halves(text);
    // SAFETY: SSE2 is part of x86-64.
    unsafe { of_halves(low, high, sign as i8) }
}

#[cfg(not(any(target_arch = "wasm32", target_arch = "x86_64")))]
fn equal(text: &[u8; 16], sign: u8) -> u32 {
    let bits = text.iter().enumerate();
    bits.fold(0, |found, (at, byte)| {
        found | u32::from(*byte == sign) << at
    })
}

#[cfg(not(any(target_arch = "wasm32", target_arch = "x86_64")))]
fn signs(text: &[u8; 16]) -> u32 {
    let bits = text.iter().enumerate();
    bits.fold(0, |found, (at, byte)| {
        found | u32::from(is_sign(byte)) << at
    })
}

#[cfg(any(target_arch = "wasm32", target_arch = "x86_64"))]
fn halves(text: &[u8; 16]) -> (i64, i64) {
    let both = u128::from_le_bytes(*text);
    (both as i64, (both >> 64) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_found_by_vectors_is_what_is_found_byte_by_byte(
            text in proptest::collection::vec(any::<u8>(), 0..80),
            plain in 0..60_usize,
        ) {
            let text: Vec<u8> = std::iter::repeat_n(b'a', plain).chain(text).collect();
            for from in 0..=text.len() {
                let expected = text[from..].iter().position(is_sign).map_or(text.len(), |n| from + n);
                prop_assert_eq!(next_sign(&text, from), expected);
            }
        }
    }

    proptest! {
        #[test]
        fn the_places_of_a_sign_are_where_it_stands(text in "[a:]{0,60}", room in 0..12_usize) {
            let expected: Vec<usize> = text.match_indices(':').map(|(at, _)| at).take(room).collect();
            let mut places = vec![0; room];
            let n = places_of(b':', text.as_bytes(), &mut places);
            prop_assert_eq!(&places[..n], &expected);
        }
    }

    #[test]
    fn every_byte_is_told_rightly_at_every_place() {
        for byte in 0..=255 {
            for at in 0..16 {
                let mut text = [0xc3; 16];
                text[at] = byte;
                assert_eq!(
                    signs(&text),
                    u32::from(is_sign(&byte)) << at,
                    "{byte:#x} at {at}"
                );
            }
        }
    }
}
