//! Decimal digits to doubles and back, exact in both directions, with a few lines of long arithmetic instead of tables:
//! the standard library's own two ways take 25 kB of tables. Quick where a double's arithmetic is exact already.

/// Powers of ten up to here are doubles.
const MOST_EXACT: i32 = 22;

/// More digits change nothing but whether something follows.
const MOST_DIGITS: usize = 800;

/// With so many digits after the point; the standard library's own way takes 9 kB more. Not for numbers past 64 bits.
pub fn rounded(number: f64, n_digits: usize) -> String {
    let unit = 10_u64.pow(n_digits as u32);
    let scaled = (number * unit as f64).round() as i64;
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, rest) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    match n_digits {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:0n_digits$}"),
    }
}

/// Like `str::parse::<f64>`: the closest double, the even one of two as close; also `inf`, `infinity` and `nan`.
pub fn parse(text: &str) -> Option<f64> {
    let (is_negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let number = match unsigned(rest.as_bytes()) {
        Some(number) => number,
        None if rest.eq_ignore_ascii_case("inf") || rest.eq_ignore_ascii_case("infinity") => {
            f64::INFINITY
        }
        None if rest.eq_ignore_ascii_case("nan") => f64::NAN,
        None => return None,
    };
    Some(if is_negative { -number } else { number })
}

fn unsigned(text: &[u8]) -> Option<f64> {
    // Leading zeros are left out; `point` is how many places the digits are to be moved to the left.
    let mut digits: Vec<u8> = Vec::new();
    let (mut n_seen, mut point, mut is_past, mut is_more) = (0, 0i64, false, false);
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'0'..=b'9' => {
                n_seen += 1;
                if digits.len() < MOST_DIGITS {
                    if *byte != b'0' || !digits.is_empty() {
                        digits.push(byte - b'0');
                    }
                    point -= i64::from(is_past);
                } else {
                    is_more |= *byte != b'0';
                    point += i64::from(!is_past);
                }
            }
            b'.' if !is_past => is_past = true,
            _ => break,
        }
        at += 1;
    }
    if n_seen == 0 {
        return None;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        at += 1;
        let is_negative = text.get(at) == Some(&b'-');
        at += usize::from(matches!(text.get(at), Some(b'-' | b'+')));
        let from = at;
        let mut exponent = 0i64;
        while let Some(digit @ b'0'..=b'9') = text.get(at) {
            exponent = (exponent * 10 + i64::from(digit - b'0')).min(1 << 40);
            at += 1;
        }
        if at == from {
            return None;
        }
        point += if is_negative { -exponent } else { exponent };
    }
    if at < text.len() {
        return None;
    }
    if is_more {
        digits.push(1);
        point -= 1;
    }
    Some(of_digits(&digits, point))
}

/// `digits` times ten to the power of `point`.
fn of_digits(digits: &[u8], point: i64) -> f64 {
    let size = digits.len() as i64 + point;
    if digits.is_empty() || size < -400 {
        return 0.0;
    }
    if size > 400 {
        return f64::INFINITY;
    }
    let point = point as i32;
    if digits.len() <= 15 && point.abs() <= MOST_EXACT {
        let whole = digits
            .iter()
            .fold(0u64, |n, digit| n * 10 + u64::from(*digit)) as f64;
        let power = (0..point.abs()).fold(1.0, |power, _| power * 10.0);
        return if point < 0 {
            whole / power
        } else {
            whole * power
        };
    }
    let mut above = Long::of(0);
    for digit in digits {
        above.times(10, u32::from(*digit));
    }
    let mut below = Long::of(1);
    let scaled = if point < 0 { &mut below } else { &mut above };
    for _ in 0..point.abs() {
        scaled.times(10, 0);
    }
    // So that the quotient has 64 bits or 65.
    let shift = 64 - (above.n_bits() as i32 - below.n_bits() as i32);
    if shift > 0 {
        above.shift(shift as u32);
    } else {
        below.shift(shift.unsigned_abs());
    }
    let mut quotient = 0u128;
    below.shift(65);
    for _ in 0..66 {
        quotient <<= 1;
        if above.cmp(&below).is_ge() {
            above.minus(&below);
            quotient |= 1;
        }
        above.shift(1);
    }
    let is_more = !above.is_zero();
    // The quotient times two to the power of -shift; a double keeps 53 bits of it, fewer near zero.
    let n_bits = 128 - quotient.leading_zeros() as i32;
    let n_dropped = (n_bits - 53).max(shift - 1074);
    if n_dropped > n_bits + 1 {
        return 0.0;
    }
    let half = 1u128 << (n_dropped - 1);
    let rest = quotient & (2 * half - 1);
    let mut kept = quotient >> n_dropped;
    if rest > half || rest == half && (is_more || kept & 1 == 1) {
        kept += 1;
    }
    let exponent = n_dropped - shift;
    // Above the smallest numbers the highest kept bit isn't written; a carry out of the digits raises the exponent.
    let bits = kept as u64 + (((exponent + 1074) as u64) << 52);
    if exponent + 1074 >= 2046 || bits >= f64::INFINITY.to_bits() {
        return f64::INFINITY;
    }
    f64::from_bits(bits)
}

/// The fewest significant digits that read back as this finite number above zero, the closest of them, the even one of
/// two as close; and the place of the decimal point counted from the first digit.
pub fn shortest_digits(number: f64) -> (String, i32) {
    let bits = number.to_bits();
    let (written, digits) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    let digits = if written == 0 {
        digits
    } else {
        digits | 1 << 52
    };
    let exponent = written.max(1) - 1075;
    // The number is `above / below`; what reads back as it reaches down by `lower / below` and up by `upper / below`.
    let is_uneven = digits == 1 << 52 && written > 1;
    let (mut above, mut below) = (Long::of(digits), Long::of(1));
    let (mut lower, mut upper) = (Long::of(1), Long::of(1));
    let more = 1 + u32::from(is_uneven);
    above.shift(more);
    below.shift(more);
    upper.shift(more - 1);
    if exponent > 0 {
        for part in [&mut above, &mut lower, &mut upper] {
            part.shift(exponent as u32);
        }
    } else {
        below.shift(exponent.unsigned_abs());
    }
    let is_even = digits % 2 == 0;
    let reaches = |above: &Long, upper: &Long, below: &Long| {
        let order = above.plus(upper).cmp(below);
        order.is_gt() || is_even && order.is_eq()
    };
    let mut point = 0;
    while reaches(&above, &upper, &below) {
        below.times(10, 0);
        point += 1;
    }
    loop {
        let mut next = [above.clone(), lower.clone(), upper.clone()];
        next.iter_mut().for_each(|part| part.times(10, 0));
        if reaches(&next[0], &next[2], &below) {
            break;
        }
        [above, lower, upper] = next;
        point -= 1;
    }
    let mut text = String::new();
    loop {
        for part in [&mut above, &mut lower, &mut upper] {
            part.times(10, 0);
        }
        let mut digit = 0;
        while above.cmp(&below).is_ge() {
            above.minus(&below);
            digit += 1;
        }
        let order = above.cmp(&lower);
        let is_low = order.is_lt() || is_even && order.is_eq();
        let is_high = reaches(&above, &upper, &below);
        if is_low || is_high {
            let half = above.plus(&above).cmp(&below);
            let is_nearer_above = half.is_gt() || half.is_eq() && digit % 2 == 1;
            if is_high && (!is_low || is_nearer_above) {
                digit += 1;
            }
        }
        text.push(char::from(b'0' + digit));
        if is_low || is_high {
            return (text, point);
        }
    }
}

/// A whole number of any size, its lowest 32 bits first, without zeros at the end.
#[derive(Clone)]
struct Long(Vec<u32>);

impl Long {
    fn of(number: u64) -> Long {
        let mut long = Long(vec![number as u32, (number >> 32) as u32]);
        long.trim();
        long
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn n_bits(&self) -> u32 {
        match self.0.last() {
            None => 0,
            Some(last) => self.0.len() as u32 * 32 - last.leading_zeros(),
        }
    }

    fn times(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift(&mut self, n: u32) {
        self.times(1 << (n % 32), 0);
        if !self.is_zero() {
            self.0.splice(0..0, vec![0; n as usize / 32]);
        }
    }

    fn plus(&self, other: &Long) -> Long {
        let mut sum = Vec::new();
        let mut carry = 0u64;
        for at in 0..self.0.len().max(other.0.len()) {
            let part = |long: &Long| u64::from(long.0.get(at).copied().unwrap_or(0));
            carry += part(self) + part(other);
            sum.push(carry as u32);
            carry >>= 32;
        }
        if carry > 0 {
            sum.push(carry as u32);
        }
        Long(sum)
    }

    /// Takes away a number that isn't larger.
    fn minus(&mut self, other: &Long) {
        let mut borrow = 0i64;
        for (at, part) in self.0.iter_mut().enumerate() {
            let other = other.0.get(at).copied().unwrap_or(0);
            borrow += i64::from(*part) - i64::from(other);
            *part = borrow as u32;
            borrow >>= 32;
        }
        self.trim();
    }

    fn cmp(&self, other: &Long) -> std::cmp::Ordering {
        let by_size = self.0.len().cmp(&other.0.len());
        by_size.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// `Number::toString` of ECMAScript (ECMA-262, 6.1.6.1.20) for a finite number.
pub fn written(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let (digits, point) = shortest_digits(number.abs());
    let n_digits = digits.len() as i32;
    let body = if (n_digits..=21).contains(&point) {
        format!("{digits}{}", "0".repeat((point - n_digits) as usize))
    } else if (1..n_digits).contains(&point) {
        let (whole, fraction) = digits.split_at(point as usize);
        format!("{whole}.{fraction}")
    } else if (-5..=0).contains(&point) {
        format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
    } else {
        let exponent = point - 1;
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        let (first, rest) = digits.split_at(1);
        let fraction = if rest.is_empty() {
            String::new()
        } else {
            format!(".{rest}")
        };
        format!("{first}{fraction}e{exponent_sign}{}", exponent.abs())
    };
    format!("{sign}{body}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where a double's own digits are many, few, at the ends of the range, or in the middle between two.
    const CORNERS: [&str; 22] = [
        "0",
        "-0",
        "1",
        "0.1",
        "1e22",
        "1e23",
        "1e-22",
        "9007199254740993",
        "9007199254740992.5",
        "5e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "123456789012345678901234567890",
        ".5",
        "5.",
        "1e400",
    ];

    #[test]
    fn corners_read_as_the_standard_library_reads_them() {
        for text in CORNERS {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        let long = format!("1{}1", "0".repeat(900));
        assert_eq!(
            parse(&format!("{long}e-901")),
            format!("{long}e-901").parse().ok()
        );
        for text in [
            "", "-", "+", ".", "e5", "1e", "1e+", "1 ", " 1", "1x", "--1", "0x1", "1_0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        for text in ["inf", "-Infinity", "+INF"] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        assert!(parse("NaN").is_some_and(f64::is_nan));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn rounded_is_the_closest_with_so_many_digits(number in -1e9..1e9, n_digits in 0..4_usize) {
            let text = rounded(number, n_digits);
            let half = 0.5 / 10_f64.powi(n_digits as i32);
            let back: f64 = text.parse().expect("a number");
            prop_assert!((back - number).abs() <= half * 1.000_001, "{text}");
            prop_assert_eq!(text.split_once('.').map_or(0, |(_, digits)| digits.len()), n_digits);
        }

        #[test]
        fn any_digits_read_as_the_standard_library_reads_them(
            text in r"[-+]?[0-9]{0,25}(\.[0-9]{0,25})?([eE][-+]?[0-9]{1,3})?"
        ) {
            prop_assert_eq!(parse(&text), text.parse().ok());
        }

        #[test]
        fn any_double_reads_back(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            prop_assert_eq!(parse(&format!("{number:e}")), Some(number));
            // And what lies between it and the next, to one side and the other.
            let digits = format!("{:.780e}", number);
            prop_assert_eq!(parse(&digits), Some(number));
        }

        #[test]
        fn the_digits_are_the_shortest(bits: u64) {
            let number = f64::from_bits(bits & !(1 << 63));
            prop_assume!(number.is_finite() && number > 0.0);
            let (digits, point) = shortest_digits(number);
            let written = serde_json::Value::from(number).to_string();
            let read: f64 = format!("0.{digits}e{point}").parse().expect("a number");
            prop_assert_eq!(read, number);
            let (mantissa, _) = written.split_once('e').unwrap_or((&written, ""));
            let expected = mantissa.replace('.', "");
            prop_assert_eq!(digits, expected.trim_matches('0'));
        }
    }

    #[test]
    fn powers_of_two_have_the_shortest_digits() {
        for exponent in 0..2046u64 {
            let number = f64::from_bits(exponent << 52 | u64::from(exponent == 0));
            let written = serde_json::Value::from(number).to_string();
            let (mantissa, _) = written.split_once('e').unwrap_or((&written, ""));
            let expected = mantissa.replace('.', "");
            assert_eq!(
                shortest_digits(number).0,
                expected.trim_matches('0'),
                "{number:e}"
            );
        }
    }
}
