//! Hexadecimal digits to the number they write.

/// The number of 32 digits; `None` where one is no lower-case digit, so that the number prints as it was written.
pub fn lower_hex(digits: &[u8; 32]) -> Option<u128> {
    const NO_DIGIT: u8 = 0x80;
    let mut values = [0; 32];
    let mut all = 0;
    // Without a branch: all digits are told at once by a vector.
    for (value, &digit) in values.iter_mut().zip(digits) {
        let (number, letter) = (digit.wrapping_sub(b'0'), digit.wrapping_sub(b'a'));
        *value = match (number < 10, letter < 6) {
            (true, _) => number,
            (_, true) => letter + 10,
            _ => NO_DIGIT,
        };
        all |= *value;
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(values.as_chunks::<2>().0) {
        *byte = pair[0] << 4 | pair[1];
    }
    (all & NO_DIGIT == 0).then(|| u128::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_give_the_number_they_write(number: u128, at in 0..32_usize, byte: u8) {
            let mut digits = [0; 32];
            digits.copy_from_slice(format!("{number:032x}").as_bytes());
            prop_assert_eq!(lower_hex(&digits), Some(number));
            digits[at] = byte;
            let is_digit = matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            prop_assert_eq!(lower_hex(&digits).is_some(), is_digit);
        }
    }
}
