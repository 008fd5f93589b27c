//! Reads the form of date and time that nearly all records write: `2026-03-01T09:14:00.25+0100`, the fraction and the
//! offset left out or not. Refuses all other forms, and days and times that aren't.

/// Nanoseconds since 1970-01-01T00:00:00Z, and the offset as written, in seconds.
pub fn read(text: &str) -> Option<(i64, Option<i32>)> {
    let (head, mut rest) = text.as_bytes().split_first_chunk::<19>()?;
    let signs = [head[4], head[7], head[10], head[13], head[16]];
    if signs != *b"--T::" {
        return None;
    }
    let year = number(&head[..4])?;
    let (month, day) = (number(&head[5..7])?, number(&head[8..10])?);
    let (hour, minute, second) = (
        number(&head[11..13])?,
        number(&head[14..16])?,
        number(&head[17..])?,
    );
    // All instants of these years can be counted in nanoseconds.
    let is_time = (1678..=2261).contains(&year) && hour < 24 && minute < 60 && second < 60;
    if !is_time || !(1..=12).contains(&month) || day < 1 || day > days_of(year, month) {
        return None;
    }
    let mut nanos = 0;
    if let Some((b'.', fraction)) = rest.split_first() {
        let n_digits = fraction
            .iter()
            .take_while(|digit| digit.is_ascii_digit())
            .count();
        if !(1..=9).contains(&n_digits) {
            return None;
        }
        let (digits, after) = fraction.split_at(n_digits);
        nanos = number(digits)? * 10_i64.pow(9 - n_digits as u32);
        rest = after;
    }
    let offset = match *rest {
        [] => None,
        [b'Z'] => Some(0),
        [sign @ (b'+' | b'-'), h, hh, m, mm] | [sign @ (b'+' | b'-'), h, hh, b':', m, mm] => {
            let (hours, minutes) = (number(&[h, hh])?, number(&[m, mm])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let secs = (hours * 60 + minutes) as i32 * 60;
            Some(if sign == b'-' { -secs } else { secs })
        }
        _ => return None,
    };
    let secs = ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    let utc = secs - i64::from(offset.unwrap_or(0));
    Some((utc * 1_000_000_000 + nanos, offset))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Years begin in March here, so that a leap day is a year's last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let years = if month < 3 { year - 1 } else { year };
    let months = (month + 9) % 12;
    let leap_days = years / 4 - years / 100 + years / 400;
    years * 365 + leap_days + (months * 153 + 2) / 5 + day - 1 - 719_468
}
