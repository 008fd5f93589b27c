//! Amounts in words: numbers as people read them, lengths of time. Knows no instant and no zone.

use crate::time::NANOS_PER_SEC;

/// `19,285`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 event`, `2,140 events`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// `570 ms`, `2 min 45 s`, `36 h`, `31 days`: the two largest units that are not zero, days from three days on.
pub fn duration(nanos: i64) -> String {
    let nanos = nanos.unsigned_abs();
    if nanos < 1_000_000 {
        return if nanos == 0 {
            "0 ms".into()
        } else {
            format!("{} µs", nanos.div_ceil(1000))
        };
    }
    let secs = nanos / NANOS_PER_SEC as u64;
    if secs == 0 {
        return format!("{} ms", nanos / 1_000_000);
    }
    if secs < 60 {
        let tenths = nanos / 100_000_000;
        return if tenths.is_multiple_of(10) {
            format!("{secs} s")
        } else {
            format!("{}.{} s", tenths / 10, tenths % 10)
        };
    }
    let (days, hours, minutes) = (secs / 86_400, secs / 3600, secs / 60);
    let with = |large: String, small: u64, unit: &str| {
        if small == 0 {
            large
        } else {
            format!("{large} {small} {unit}")
        }
    };
    if days >= 3 {
        with(format!("{} days", count(days)), hours % 24, "h")
    } else if hours > 0 {
        with(format!("{hours} h"), minutes % 60, "min")
    } else {
        with(format!("{minutes} min"), secs % 60, "s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_name_their_two_largest_units() {
        let s = NANOS_PER_SEC;
        for (nanos, text) in [
            (0, "0 ms"),
            (1_500, "2 µs"),
            (570_000_000, "570 ms"),
            (s, "1 s"),
            (1_500_000_000, "1.5 s"),
            (165 * s, "2 min 45 s"),
            (36 * 3600 * s, "36 h"),
            (26 * 3600 * s + 36 * 60 * s, "26 h 36 min"),
            (31 * 86_400 * s, "31 days"),
        ] {
            assert_eq!(duration(nanos), text);
        }
    }
}
