//! Instants, ranges and zones. Refuses reversed ranges; knows no clock and no time zone table of its own.
//!
//! Reading and printing goes through chrono, but for the form that nearly all records write.

use std::fmt;

use crate::crossing::Crossing;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use reading::instant;

pub const NANOS_PER_SEC: i64 = 1_000_000_000;

/// An instant: nanoseconds since 1970-01-01T00:00:00Z. Covers the years 1677 to 2262.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const MIN: Timestamp = Timestamp(i64::MIN);
    pub const MAX: Timestamp = Timestamp(i64::MAX);

    pub const fn from_nanos(nanos: i64) -> Self {
        Timestamp(nanos)
    }

    pub const fn nanos(self) -> i64 {
        self.0
    }

    pub fn from_secs(secs: i64) -> Self {
        Timestamp(secs.saturating_mul(NANOS_PER_SEC))
    }

    pub fn from_millis(millis: i64) -> Self {
        Timestamp(millis.saturating_mul(1_000_000))
    }

    /// Milliseconds, as JavaScript's `Date` wants them.
    pub fn millis_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    pub fn plus_nanos(self, nanos: i64) -> Self {
        Timestamp(self.0.saturating_add(nanos))
    }

    /// Reads the forms that audit events carry: RFC 3339 and its relatives, with `+0000` offsets, any number of
    /// fraction digits (beyond nine are cut), no seconds, a space for `T`, or no zone at all (then UTC, and said so).
    pub fn parse(text: &str) -> Option<WrittenTime> {
        let text = text.trim();
        if let Some((nanos, offset_secs)) = instant::read(text) {
            return Some(WrittenTime {
                at: Timestamp(nanos),
                offset_secs,
            });
        }
        Timestamp::parse_odd(text)
    }

    fn parse_odd(text: &str) -> Option<WrittenTime> {
        let (body, offset_secs) = split_offset(text)?;
        let naive = parse_naive(body)?;
        let utc = naive.and_utc().timestamp_nanos_opt()?;
        let at = utc.checked_sub(i64::from(offset_secs.unwrap_or(0)) * NANOS_PER_SEC)?;
        Some(WrittenTime {
            at: Timestamp(at),
            offset_secs,
        })
    }
}

/// RFC 3339 in UTC with `Z`, the fraction without trailing zeros: `2026-03-01T09:14:00.25Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wall = DateTime::from_timestamp_nanos(self.0).naive_utc();
        let text = written(wall, "%Y-%m-%dT%H:%M:%S%.9f");
        let kept = text.trim_end_matches('0').trim_end_matches('.');
        write!(f, "{kept}Z")
    }
}

/// A time as a record wrote it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrittenTime {
    pub at: Timestamp,
    /// The offset as written; `None` when the text named no zone and UTC was taken.
    pub offset_secs: Option<i32>,
}

/// `[from, to)`. Can't be reversed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Crossing)]
pub struct TimeRange {
    from: Timestamp,
    to: Timestamp,
}

impl TimeRange {
    pub const ALL: TimeRange = TimeRange {
        from: Timestamp::MIN,
        to: Timestamp::MAX,
    };

    /// `None` if `to` comes before `from`.
    pub fn new(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from <= to).then_some(TimeRange { from, to })
    }

    pub fn from(self) -> Timestamp {
        self.from
    }

    pub fn to(self) -> Timestamp {
        self.to
    }

    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    pub fn nanos(self) -> i64 {
        self.to.0.saturating_sub(self.from.0)
    }

    pub fn intersect(self, other: TimeRange) -> Option<TimeRange> {
        TimeRange::new(self.from.max(other.from), self.to.min(other.to))
    }
}

/// The zone that times are shown and typed in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Crossing)]
pub enum Zone {
    #[default]
    Utc,
    Local,
}

/// What turns an instant into wall-clock time: the browser's tables for [`Zone::Local`], zero for UTC.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    pub zone: Zone,
    /// Seconds east of UTC at an instant.
    pub offset_secs: fn(Timestamp) -> i32,
}

impl Clock {
    pub const UTC: Clock = Clock {
        zone: Zone::Utc,
        offset_secs: |_| 0,
    };

    /// The wall-clock date and time at an instant.
    pub fn wall(self, at: Timestamp) -> NaiveDateTime {
        let shifted = at.plus_nanos(i64::from((self.offset_secs)(at)) * NANOS_PER_SEC);
        DateTime::from_timestamp_nanos(shifted.0).naive_utc()
    }

    /// The instant of a wall-clock time. Where a clock change makes it ambiguous or skips it, the offset
    /// in force just before the change is taken.
    pub fn instant(self, wall: NaiveDateTime) -> Option<Timestamp> {
        let as_utc = Timestamp(wall.and_utc().timestamp_nanos_opt()?);
        let guess = as_utc.plus_nanos(-i64::from((self.offset_secs)(as_utc)) * NANOS_PER_SEC);
        let offset = i64::from((self.offset_secs)(guess)) * NANOS_PER_SEC;
        Some(as_utc.plus_nanos(-offset))
    }

    /// `+00:00`, `-05:30`.
    pub fn offset_text(self, at: Timestamp) -> String {
        let secs = (self.offset_secs)(at);
        let sign = if secs < 0 { '-' } else { '+' };
        let minutes = secs.abs() / 60;
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A date and time in chrono's forms, of which it knows `%Y %m %d %-d %B %b %A %a %H %M %S %.3f %.6f %.9f`; anything else
/// stands as written. What chrono prints for them is the same, in fifteen times the code.
pub fn written(wall: NaiveDateTime, form: &str) -> String {
    let mut text = String::with_capacity(32);
    let mut rest = form;
    while let Some((before, sign)) = rest.split_once('%') {
        text.push_str(before);
        let length = match sign.as_bytes().first() {
            Some(b'-') => 2,
            Some(b'.') => 3,
            _ => 1,
        };
        let (sign, after) = sign.split_at_checked(length).unwrap_or((sign, ""));
        push_part(&mut text, wall, sign);
        rest = after;
    }
    text.push_str(rest);
    text
}

fn push_part(text: &mut String, wall: NaiveDateTime, sign: &str) {
    let (number, digits) = match sign {
        "Y" => (wall.year().unsigned_abs(), 4),
        "m" => (wall.month(), 2),
        "d" => (wall.day(), 2),
        "-d" => (wall.day(), 1),
        "H" => (wall.hour(), 2),
        "M" => (wall.minute(), 2),
        "S" => (wall.second(), 2),
        ".3f" => (wall.nanosecond() / 1_000_000, 3),
        ".6f" => (wall.nanosecond() / 1000, 6),
        ".9f" => (wall.nanosecond(), 9),
        "B" | "b" => {
            let month = MONTHS[wall.month0() as usize];
            return text.push_str(if sign == "b" { &month[..3] } else { month });
        }
        "A" | "a" => {
            let day = WEEKDAYS[wall.weekday().num_days_from_monday() as usize];
            return text.push_str(if sign == "a" { &day[..3] } else { day });
        }
        other => {
            text.push('%');
            return text.push_str(other);
        }
    };
    if sign.starts_with('.') {
        text.push('.');
    }
    let number = number.to_string();
    text.extend(std::iter::repeat_n('0', digits - number.len().min(digits)));
    text.push_str(&number);
}

/// Splits `2020-10-16T21:40:21.62+0000` into its body and the offset in seconds, if one is written.
fn split_offset(text: &str) -> Option<(&str, Option<i32>)> {
    if let Some(body) = text.strip_suffix(['Z', 'z']) {
        return Some((body, Some(0)));
    }
    // A sign after the date part starts the offset; the date's own hyphens come before `T` or the space.
    let clock_start = text.find(['T', 't', ' '])?;
    let Some(sign_at) = text[clock_start..].rfind(['+', '-']) else {
        return Some((text, None));
    };
    let sign_at = clock_start + sign_at;
    let digits: String = text[sign_at + 1..].chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Ok(0), str::parse).ok()?;
    if hours > 23 || minutes > 59 {
        return None;
    }
    let secs = hours * 3600 + minutes * 60;
    let secs = if text.as_bytes()[sign_at] == b'-' {
        -secs
    } else {
        secs
    };
    Some((text[..sign_at].trim_end(), Some(secs)))
}

fn parse_naive(body: &str) -> Option<NaiveDateTime> {
    let (whole, fraction) = match body.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (body, None),
    };
    let (date, clock) = whole.split_once(['T', 't', ' '])?;
    let mut parts = date.splitn(3, '-').map(|part| {
        let is_number = part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    });
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    let mut parts = clock.split(':').map(two_digits);
    let hour = parts.next()??;
    let minute = parts.next()??;
    let second = parts.next().map_or(Some(0), |s| s)?;
    if parts.next().is_some() {
        return None;
    }
    let nanos = match fraction {
        None => 0,
        Some("") => return None,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            let kept = &digits[..digits.len().min(9)];
            kept.parse::<u32>().ok()? * 10u32.pow(9 - kept.len() as u32)
        }
        Some(_) => return None,
    };
    // A leap second is written :60; it is shown as the last nanosecond-bearing second before it.
    let (second, nanos) = if second == 60 {
        (59, 999_999_999)
    } else {
        (second, nanos)
    };
    date.and_hms_nano_opt(hour, minute, second, nanos)
}

fn two_digits(text: &str) -> Option<u32> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        Timestamp::parse(text).map_or("none".into(), |w| w.at.to_string())
    }

    #[test]
    fn every_documented_form_of_event_time_is_read() {
        for (written, expected) in [
            ("2020-10-16T21:40:21.62+0000", "2020-10-16T21:40:21.62Z"),
            ("2020-06-22T15:36:16.7+0000", "2020-06-22T15:36:16.7Z"),
            ("2020-06-03T00:47:51.818+0000", "2020-06-03T00:47:51.818Z"),
            (
                "2014-01-17T23:23:38.109989+0000",
                "2014-01-17T23:23:38.109989Z",
            ),
            ("2020-01-01T10:00:00+00:00", "2020-01-01T10:00:00Z"),
            ("2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z"),
            ("2020-01-01T10:00:00-06:00", "2020-01-01T16:00:00Z"),
            ("2020-01-01T15:00+0000", "2020-01-01T15:00:00Z"),
            (
                "2017-10-23T14:22:36.221541-05:00",
                "2017-10-23T19:22:36.221541Z",
            ),
            (
                "2026-03-09 10:15:30.123456789",
                "2026-03-09T10:15:30.123456789Z",
            ),
        ] {
            assert_eq!(shown(written), expected, "{written}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_utc_and_marked() {
        let written = Timestamp::parse("2026-03-09T10:15:30").expect("readable");
        assert_eq!(written.offset_secs, None);
        assert_eq!(written.at.to_string(), "2026-03-09T10:15:30Z");
    }

    #[test]
    fn text_that_is_no_time_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-13-01T00:00:00Z",
            "2026-03-01",
            "2026-03-01T25:00Z",
            "2026-03-01T1:00Z",
            "12345",
            "2026-03-01T10:00:00.Z",
            "1500-01-01T00:00:00Z",
        ] {
            assert!(Timestamp::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_range_is_half_open_and_never_reversed() {
        let (a, b) = (Timestamp::from_secs(1), Timestamp::from_secs(2));
        assert!(TimeRange::new(b, a).is_none());
        let range = TimeRange::new(a, b).expect("in order");
        assert!(range.contains(a) && !range.contains(b));
    }

    #[test]
    fn a_wall_clock_time_comes_back_as_its_instant() {
        let clock = Clock {
            zone: Zone::Local,
            offset_secs: |_| -5 * 3600,
        };
        let at = Timestamp::parse("2026-03-09T10:15:30Z")
            .expect("readable")
            .at;
        assert_eq!(clock.instant(clock.wall(at)), Some(at));
        assert_eq!(clock.offset_text(at), "-05:00");
    }

    proptest! {
        #[test]
        fn the_usual_form_is_read_as_any_other_is(
            date in "(16[0-9]{2}|20[0-9]{2}|19[0-9]{2}|2[0-9]{3})-(0[0-9]|1[0-3])-[0-3][0-9]",
            clock in "T([01][0-9]|2[0-5]):[0-6][0-9]:[0-6][0-9]",
            rest in "(\\.[0-9]{0,10})?(Z|[+-]([01][0-9]|2[0-4]):?[0-6][0-9])?",
        ) {
            let text = format!("{date}{clock}{rest}");
            if let Some((nanos, offset_secs)) = instant::read(&text) {
                let at = Timestamp(nanos);
                prop_assert_eq!(Timestamp::parse_odd(&text), Some(WrittenTime { at, offset_secs }), "{}", text);
            }
        }

        #[test]
        fn every_instant_is_read_in_the_usual_form(nanos in -9_200_000_000_000_000_000..9_200_000_000_000_000_000_i64) {
            let text = Timestamp(nanos).to_string();
            prop_assert_eq!(instant::read(&text), Some((nanos, Some(0))), "{}", text);
        }

        #[test]
        fn what_is_written_is_what_chrono_prints(nanos: i64) {
            let wall = Clock::UTC.wall(Timestamp::from_nanos(nanos));
            for form in [
                "%Y-%m-%dT%H:%M:%S%.3f",
                "%a %-d %b %Y %H:%M:%S%.6f",
                "%A %-d %B %Y",
                "%Ys%.9f",
            ] {
                prop_assert_eq!(written(wall, form), wall.format(form).to_string());
            }
            let at = Timestamp::from_nanos(nanos);
            let exact = DateTime::from_timestamp_nanos(nanos).to_rfc3339_opts(chrono::SecondsFormat::Nanos, true);
            let read = |text: &str| Timestamp::parse(text).map(|time| time.at);
            prop_assert_eq!(read(&at.to_string()), read(&exact));
            prop_assert!(exact.starts_with(at.to_string().trim_end_matches('Z')));
        }
    }
}
