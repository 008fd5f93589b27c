//! The demo year's instants, its days and office hours, and the forms in which services write a time
//! (`events.md` §3). Reads no clock: the year is fixed.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use lifeline::time::Timestamp;
use serde::{Serialize, Serializer};

/// Microseconds since 1970, UTC: the finest that any of the forms writes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Moment(i64);

pub const DAYS: i64 = 365;
const MICROS_PER_SEC: i64 = 1_000_000;

pub fn year_start() -> Moment {
    date(2025, 11, 1)
}

pub fn year_end() -> Moment {
    year_start().plus_secs(DAYS * 86_400)
}

/// Midnight UTC of a day; a date that does not exist is the year's first day.
pub fn date(year: i32, month: u32, day: u32) -> Moment {
    let at = NaiveDate::from_ymd_opt(year, month, day)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN)
        .and_utc();
    Moment(at.timestamp_micros())
}

impl Moment {
    pub fn plus_secs(self, secs: i64) -> Self {
        Moment(self.0 + secs * MICROS_PER_SEC)
    }

    pub fn plus_mins(self, mins: i64) -> Self {
        self.plus_secs(mins * 60)
    }

    pub fn plus_micros(self, micros: i64) -> Self {
        Moment(self.0 + micros)
    }

    pub fn micros(self) -> i64 {
        self.0
    }

    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_nanos(self.0.saturating_mul(1_000))
    }

    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// `2026-03`, the name of the month's file.
    pub fn month(self) -> String {
        self.utc().format("%Y-%m").to_string()
    }

    /// 0 = Monday, of the day in the zone so many hours east of UTC.
    pub fn weekday(self, hours_east: i64) -> u32 {
        self.plus_mins(hours_east * 60)
            .utc()
            .weekday()
            .num_days_from_monday()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// How a service writes `eventTime`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `2026-03-01T09:14:00.62+0000`, the fraction without trailing zeros
    Hundredths,
    /// `.6+0000`
    Tenths,
    /// `.663+0000`
    Millis,
    /// `.663041+0000`
    Micros,
    /// `.663+00:00`
    Colon,
    /// `.663Z`
    Zulu,
    /// `.663-06:00`
    Central,
    /// `09:14:05+0000`
    Seconds,
    /// `09:14+0000`
    Minutes,
    /// `.663` and no zone: UTC all the same
    Zoneless,
}

impl Form {
    /// The smallest step this form can tell apart, in microseconds.
    pub fn step_micros(self) -> i64 {
        match self {
            Form::Micros => 1,
            Form::Millis | Form::Colon | Form::Zulu | Form::Central | Form::Zoneless => 1_000,
            Form::Hundredths => 10_000,
            Form::Tenths => 100_000,
            Form::Seconds => MICROS_PER_SEC,
            Form::Minutes => 60 * MICROS_PER_SEC,
        }
    }

    /// The instant that remains when `at` is written in this form.
    pub fn cut(self, at: Moment) -> Moment {
        Moment(at.0 - at.0.rem_euclid(self.step_micros()))
    }

    pub fn write(self, at: Moment) -> String {
        let utc = at.utc();
        let text = |pattern: &str| utc.format(pattern).to_string();
        match self {
            Form::Hundredths => {
                let body = text("%Y-%m-%dT%H:%M:%S%.3f");
                let cut = body.trim_end_matches('0').trim_end_matches('.');
                format!("{cut}+0000")
            }
            Form::Tenths => {
                let body = text("%Y-%m-%dT%H:%M:%S%.3f");
                format!("{}+0000", &body[..body.len() - 2])
            }
            Form::Millis => text("%Y-%m-%dT%H:%M:%S%.3f+0000"),
            Form::Micros => text("%Y-%m-%dT%H:%M:%S%.6f+0000"),
            Form::Colon => text("%Y-%m-%dT%H:%M:%S%.3f+00:00"),
            Form::Zulu => text("%Y-%m-%dT%H:%M:%S%.3fZ"),
            Form::Central => (utc - TimeDelta::hours(6))
                .format("%Y-%m-%dT%H:%M:%S%.3f-06:00")
                .to_string(),
            Form::Seconds => text("%Y-%m-%dT%H:%M:%S+0000"),
            Form::Minutes => text("%Y-%m-%dT%H:%M+0000"),
            Form::Zoneless => text("%Y-%m-%dT%H:%M:%S%.3f"),
        }
    }
}
