//! Dates and times as people ask for them: a whole unit (`2026-03`, `2026-03-01T09`) or relative to now
//! (`now-7d`, `now-1d/d`). Reads no clock: what "now" and the shown zone are is passed in as a [`Moment`].

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::when_read;
use crate::time::written;
use crate::time::{Clock, TimeRange, Timestamp};

/// What a query's times are relative to.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: Timestamp,
    /// The zone shown, in which a time without a zone is meant.
    pub clock: Clock,
}

impl Moment {
    pub fn utc(now: Timestamp) -> Self {
        Moment {
            now,
            clock: Clock::UTC,
        }
    }
}

/// A date or time of a query, not yet fixed to a zone or to now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum When {
    Absolute {
        /// Start of the unit on the wall clock.
        wall: NaiveDateTime,
        unit: Unit,
        /// Seconds east of UTC where the text names a zone.
        offset_secs: Option<i32>,
    },
    Relative {
        steps: Vec<(i32, Unit)>,
        /// `/d`: the whole unit around it.
        round: Option<Unit>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    /// This many digits after the second's point, 1 to 9.
    Fraction(u8),
}

impl When {
    pub fn parse(text: &str) -> Option<When> {
        match text.strip_prefix("now") {
            Some(rest) => when_read::relative(rest),
            None => when_read::absolute(text),
        }
    }

    /// The instants it stands for, `[from, to)`; one nanosecond for a relative time that is not rounded.
    pub fn range(&self, moment: &Moment) -> TimeRange {
        let (from, to) = match self {
            When::Absolute {
                wall,
                unit,
                offset_secs,
            } => {
                let end = unit.after(*wall, 1);
                let at = |wall| instant(wall, *offset_secs, moment);
                (at(*wall), end.map_or(Timestamp::MAX, at))
            }
            When::Relative { steps, round } => {
                let at = steps.iter().fold(moment.now, |at, (n, unit)| {
                    step(at, *n, *unit, moment).unwrap_or(if *n < 0 {
                        Timestamp::MIN
                    } else {
                        Timestamp::MAX
                    })
                });
                match round {
                    None => (at, at.plus_nanos(1)),
                    Some(unit) => {
                        let start = unit.start(moment.clock.wall(at));
                        let end = unit.after(start, 1);
                        (
                            instant(start, None, moment),
                            end.map_or(Timestamp::MAX, |end| instant(end, None, moment)),
                        )
                    }
                }
            }
        };
        TimeRange::new(from, to.max(from)).unwrap_or(TimeRange::ALL)
    }

    /// Is it one instant, so that a value hardly ever equals it?
    pub fn is_instant(&self) -> bool {
        matches!(self, When::Relative { round: None, .. })
    }

    pub fn is_relative(&self) -> bool {
        matches!(self, When::Relative { .. })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Absolute {
                wall,
                unit,
                offset_secs,
            } => {
                let format = match unit {
                    Unit::Year => "%Y",
                    Unit::Month => "%Y-%m",
                    Unit::Week | Unit::Day => "%Y-%m-%d",
                    Unit::Hour => "%Y-%m-%dT%H",
                    Unit::Minute => "%Y-%m-%dT%H:%M",
                    Unit::Second | Unit::Fraction(_) => "%Y-%m-%dT%H:%M:%S",
                };
                f.write_str(&written(*wall, format))?;
                if let Unit::Fraction(digits) = unit {
                    let nanos = format!("{:09}", wall.nanosecond());
                    write!(f, ".{}", nanos.get(..usize::from(*digits)).unwrap_or(""))?;
                }
                match offset_secs {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(secs) => {
                        let sign = if *secs < 0 { '-' } else { '+' };
                        let minutes = secs.abs() / 60;
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
            When::Relative { steps, round } => {
                f.write_str("now")?;
                for (n, unit) in steps {
                    write!(f, "{n:+}{}", unit.letter())?;
                }
                match round {
                    Some(unit) => write!(f, "/{}", unit.letter()),
                    None => Ok(()),
                }
            }
        }
    }
}

impl Unit {
    fn letter(self) -> char {
        match self {
            Unit::Year => 'y',
            Unit::Month => 'M',
            Unit::Week => 'w',
            Unit::Day => 'd',
            Unit::Hour => 'h',
            Unit::Minute => 'm',
            Unit::Second | Unit::Fraction(_) => 's',
        }
    }

    pub(super) fn from_letter(letter: char) -> Option<Unit> {
        [
            Unit::Year,
            Unit::Month,
            Unit::Week,
            Unit::Day,
            Unit::Hour,
            Unit::Minute,
            Unit::Second,
        ]
        .into_iter()
        .find(|unit| unit.letter() == letter)
    }

    fn is_calendar(self) -> bool {
        matches!(self, Unit::Year | Unit::Month | Unit::Week | Unit::Day)
    }

    /// Nanoseconds of one, for units of fixed length.
    fn nanos(self) -> i64 {
        match self {
            Unit::Year | Unit::Month => 0,
            Unit::Week => 7 * 86_400_000_000_000,
            Unit::Day => 86_400_000_000_000,
            Unit::Hour => 3_600_000_000_000,
            Unit::Minute => 60_000_000_000,
            Unit::Second => 1_000_000_000,
            Unit::Fraction(digits) => 10i64.pow(9 - u32::from(digits.min(9))),
        }
    }

    /// `n` units later on the wall clock (earlier if negative).
    fn after(self, wall: NaiveDateTime, n: i32) -> Option<NaiveDateTime> {
        let months = |n: u32| match self {
            Unit::Year => n.checked_mul(12).map(Months::new),
            _ => Some(Months::new(n)),
        };
        let size = n.unsigned_abs();
        match (self, n < 0) {
            (Unit::Year | Unit::Month, false) => wall.checked_add_months(months(size)?),
            (Unit::Year | Unit::Month, true) => wall.checked_sub_months(months(size)?),
            (Unit::Week, false) => wall.checked_add_days(Days::new(u64::from(size) * 7)),
            (Unit::Week, true) => wall.checked_sub_days(Days::new(u64::from(size) * 7)),
            (Unit::Day, false) => wall.checked_add_days(Days::new(u64::from(size))),
            (Unit::Day, true) => wall.checked_sub_days(Days::new(u64::from(size))),
            _ => wall.checked_add_signed(TimeDelta::nanoseconds(
                self.nanos().checked_mul(i64::from(n))?,
            )),
        }
    }

    /// The start of the unit that holds this wall-clock time; weeks start on Monday.
    fn start(self, wall: NaiveDateTime) -> NaiveDateTime {
        let date = wall.date();
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN);
        let day = match self {
            Unit::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1),
            Unit::Month => NaiveDate::from_ymd_opt(date.year(), date.month(), 1),
            Unit::Week => {
                date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
            }
            _ => Some(date),
        }
        .unwrap_or(date);
        if self.is_calendar() {
            return midnight(day);
        }
        let time = wall.time();
        let nanos = i64::from(time.num_seconds_from_midnight()) * 1_000_000_000
            + i64::from(time.nanosecond() % 1_000_000_000);
        let kept = nanos - nanos % self.nanos();
        midnight(date) + TimeDelta::nanoseconds(kept)
    }
}

fn instant(wall: NaiveDateTime, offset_secs: Option<i32>, moment: &Moment) -> Timestamp {
    let beyond = if wall.year() < 1970 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    match offset_secs {
        None => moment.clock.instant(wall).unwrap_or(beyond),
        Some(secs) => wall
            .and_utc()
            .timestamp_nanos_opt()
            .map_or(beyond, |nanos| {
                Timestamp::from_nanos(nanos).plus_nanos(-i64::from(secs) * 1_000_000_000)
            }),
    }
}

/// Days and longer count on the wall clock, so that `now-1d` is the same time of day across a clock change.
fn step(at: Timestamp, n: i32, unit: Unit, moment: &Moment) -> Option<Timestamp> {
    if unit.is_calendar() {
        moment.clock.instant(unit.after(moment.clock.wall(at), n)?)
    } else {
        Some(at.plus_nanos(unit.nanos().checked_mul(i64::from(n))?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect(text).at
    }

    fn range(text: &str, moment: &Moment) -> String {
        let range = When::parse(text).expect(text).range(moment);
        format!("{} {}", range.from(), range.to())
    }

    #[test]
    fn a_date_or_time_stands_for_its_whole_unit() {
        let moment = Moment::utc(at("2026-11-21T12:00:00Z"));
        for (text, expected) in [
            ("2026", "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z"),
            ("2026-02", "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z"),
            ("2026-03-01", "2026-03-01T00:00:00Z 2026-03-02T00:00:00Z"),
            ("2026-03-01Z", "2026-03-01T00:00:00Z 2026-03-02T00:00:00Z"),
            (
                "2026-03-01+02:00",
                "2026-02-28T22:00:00Z 2026-03-01T22:00:00Z",
            ),
            ("2026-03-01T09", "2026-03-01T09:00:00Z 2026-03-01T10:00:00Z"),
            (
                "2026-03-01 09:14",
                "2026-03-01T09:14:00Z 2026-03-01T09:15:00Z",
            ),
            (
                "2026-03-01T09:14:05",
                "2026-03-01T09:14:05Z 2026-03-01T09:14:06Z",
            ),
            (
                "2026-03-01T09:14:05.25Z",
                "2026-03-01T09:14:05.25Z 2026-03-01T09:14:05.26Z",
            ),
            (
                "2026-03-01T09:14-0600",
                "2026-03-01T15:14:00Z 2026-03-01T15:15:00Z",
            ),
        ] {
            assert_eq!(range(text, &moment), expected, "{text}");
        }
    }

    #[test]
    fn a_time_relative_to_now_is_an_instant_unless_it_is_rounded() {
        let moment = Moment::utc(at("2026-03-31T12:30:00Z"));
        for (text, from) in [
            ("now", "2026-03-31T12:30:00Z"),
            ("now-7d", "2026-03-24T12:30:00Z"),
            ("now-1M", "2026-02-28T12:30:00Z"),
            ("now-1y", "2025-03-31T12:30:00Z"),
            ("now+90m", "2026-03-31T14:00:00Z"),
            ("now-1d-2h", "2026-03-30T10:30:00Z"),
        ] {
            let when = When::parse(text).expect(text);
            assert_eq!(when.range(&moment).from(), at(from), "{text}");
            assert!(when.is_instant());
        }
        assert_eq!(
            range("now-1d/d", &moment),
            "2026-03-30T00:00:00Z 2026-03-31T00:00:00Z"
        );
        assert_eq!(
            range("now/w", &moment),
            "2026-03-30T00:00:00Z 2026-04-06T00:00:00Z"
        );
        assert_eq!(
            range("now/h", &moment),
            "2026-03-31T12:00:00Z 2026-03-31T13:00:00Z"
        );
    }

    /// Berlin's spring of 2026: from +01:00 to +02:00 at 2026-03-29T01:00Z.
    fn berlin(at: Timestamp) -> i32 {
        const CHANGE: i64 = 1_774_746_000;
        if at.nanos() < CHANGE * 1_000_000_000 {
            3600
        } else {
            7200
        }
    }

    #[test]
    fn a_day_is_the_day_of_the_zone_shown_even_when_its_clock_changes() {
        let moment = Moment {
            now: at("2026-03-29T10:00:00Z"),
            clock: Clock {
                zone: Zone::Local,
                offset_secs: berlin,
            },
        };
        for (text, expected) in [
            ("2026-03-28", "2026-03-27T23:00:00Z 2026-03-28T23:00:00Z"),
            ("2026-03-29", "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z"),
            ("2026-03-29Z", "2026-03-29T00:00:00Z 2026-03-30T00:00:00Z"),
            ("now/d", "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z"),
        ] {
            assert_eq!(range(text, &moment), expected, "{text}");
        }
        let yesterday = When::parse("now-1d").expect("readable").range(&moment);
        assert_eq!(yesterday.from(), at("2026-03-28T11:00:00Z"));
    }

    #[test]
    fn years_beyond_the_clock_are_its_ends() {
        let moment = Moment::utc(at("2026-11-21T12:00:00Z"));
        let old = When::parse("1500").expect("a year").range(&moment);
        assert_eq!((old.from(), old.to()), (Timestamp::MIN, Timestamp::MIN));
        let far = When::parse("9999-12-31").expect("a day").range(&moment);
        assert_eq!((far.from(), far.to()), (Timestamp::MAX, Timestamp::MAX));
        let ago = When::parse("now-2000000000y")
            .expect("a step")
            .range(&moment);
        assert_eq!(ago.from(), Timestamp::MIN);
    }

    #[test]
    fn text_that_is_no_time_is_refused() {
        for text in [
            "",
            "10:00",
            "26-03-01",
            "2026-13",
            "2026-02-30",
            "2026-3-1",
            "2026-03-01T",
            "2026-03T09",
            "2026-03-01T25",
            "2026-03-01T09:14:05.",
            "2026-03-01T09.5",
            "2026-03-01x",
            "nowish",
            "now-7",
            "now-d",
            "now-7dd",
            "now-7d/",
            "now/x",
            "now7d",
            "yesterday",
            "2026-03-01T09:14+25:00",
            "２０２６",
            "now-99999999999d",
        ] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_prints_as_it_is_read() {
        for text in [
            "2026",
            "2026-03",
            "2026-03-01",
            "2026-03-01Z",
            "2026-03-01+02:00",
            "2026-03-01T09",
            "2026-03-01T09:14",
            "2026-03-01T09:14:05",
            "2026-03-01T09:14:05.250-05:30",
            "now",
            "now-7d",
            "now-1d+2h/d",
            "now/M",
        ] {
            assert_eq!(When::parse(text).expect(text).to_string(), text);
        }
    }
}
