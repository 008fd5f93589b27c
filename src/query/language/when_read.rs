//! Reading a date or time of a query: strict, so that a mistyped one is an error and no other day.

use chrono::{NaiveDate, NaiveTime};

use super::when::{Unit, When};

pub(super) fn relative(mut rest: &str) -> Option<When> {
    let mut steps = Vec::new();
    let mut round = None;
    while !rest.is_empty() {
        if let Some(unit) = rest.strip_prefix('/') {
            let mut letters = unit.chars();
            round = Some(Unit::from_letter(letters.next()?)?);
            if letters.next().is_some() {
                return None;
            }
            break;
        }
        let sign = match rest.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let body = &rest[1..];
        let n_digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let n: i32 = body[..n_digits].parse().ok()?;
        let letter = body[n_digits..].chars().next()?;
        steps.push((sign * n, Unit::from_letter(letter)?));
        rest = &body[n_digits + letter.len_utf8()..];
    }
    Some(When::Relative { steps, round })
}

pub(super) fn absolute(text: &str) -> Option<When> {
    let (body, offset_secs) = split_zone(text)?;
    let (date, clock) = match body.split_once(['T', 't', ' ']) {
        Some((date, clock)) => (date, Some(clock)),
        None => (body, None),
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)? as i32;
    let month = parts.next().map(|m| number(m, 2));
    let day = parts.next().map(|d| number(d, 2));
    if parts.next().is_some() {
        return None;
    }
    let (month, day, date_unit) = match (month, day) {
        (None, _) => (1, 1, Unit::Year),
        (Some(month), None) => (month?, 1, Unit::Month),
        (Some(month), Some(day)) => (month?, day?, Unit::Day),
    };
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    let (time, unit) = match clock {
        None => (NaiveTime::MIN, date_unit),
        Some(clock) if date_unit == Unit::Day => parse_clock(clock)?,
        Some(_) => return None,
    };
    Some(When::Absolute {
        wall: date.and_time(time),
        unit,
        offset_secs,
    })
}

fn parse_clock(clock: &str) -> Option<(NaiveTime, Unit)> {
    let (whole, fraction) = match clock.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (clock, None),
    };
    let mut parts = whole.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = parts.next().map(|m| number(m, 2));
    let second = parts.next().map(|s| number(s, 2));
    if parts.next().is_some() {
        return None;
    }
    let (minute, second, unit) = match (minute, second) {
        (None, _) => (0, 0, Unit::Hour),
        (Some(minute), None) => (minute?, 0, Unit::Minute),
        (Some(minute), Some(second)) => (minute?, second?, Unit::Second),
    };
    let (nanos, unit) = match fraction {
        None => (0, unit),
        Some(digits) if unit == Unit::Second && (1..=9).contains(&digits.len()) => {
            let n_digits = digits.len() as u8;
            let nanos = number(digits, digits.len())? * 10u32.pow(9 - u32::from(n_digits));
            (nanos, Unit::Fraction(n_digits))
        }
        Some(_) => return None,
    };
    Some((
        NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?,
        unit,
    ))
}

/// Exactly this many digits.
fn number(text: &str, n_digits: usize) -> Option<u32> {
    (text.len() == n_digits && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `Z`, `+01:00`, `-0530` or `+01` at the end of a whole date (`2026-03-01+01:00`) or of a time.
fn split_zone(text: &str) -> Option<(&str, Option<i32>)> {
    if !text.is_ascii() {
        return None;
    }
    if let Some(body) = text.strip_suffix(['Z', 'z']) {
        return Some((body, Some(0)));
    }
    const DATE: usize = "2026-03-01".len();
    let Some(sign_at) = text.get(DATE..).and_then(|tail| tail.rfind(['+', '-'])) else {
        return Some((text, None));
    };
    let (body, zone) = text.split_at(DATE + sign_at);
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    let minutes = match digits.len() {
        2 => number(&digits, 2)? * 60,
        4 => number(&digits[..2], 2)? * 60 + number(&digits[2..], 2)?,
        _ => return None,
    };
    if minutes >= 24 * 60 || (digits.len() == 4 && number(&digits[2..], 2)? > 59) {
        return None;
    }
    let secs = minutes as i32 * 60;
    Some((body, Some(if zone.starts_with('-') { -secs } else { secs })))
}
