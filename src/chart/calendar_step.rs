//! Steps of a calendar: where ticks and bins may stand, in wall-clock time. Knows no pixels and no words.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A distance between ticks that people count in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CalendarStep {
    /// Nanoseconds; divides a day, counted from midnight.
    Nanos(i64),
    /// Days of the month: with 2 the 1st, 3rd, 5th …
    Days(u32),
    /// Mondays.
    Weeks,
    /// Months of the year: with 3 January, April …
    Months(u32),
    /// Years divisible by this.
    Years(u32),
}

use CalendarStep::{Days as D, Months as M, Nanos as N, Weeks as W, Years as Y};

/// From fine to coarse, each with the step of the small ticks between.
pub const STEPS: [(CalendarStep, CalendarStep); 44] = [
    (N(1_000), N(1_000)),
    (N(2_000), N(1_000)),
    (N(5_000), N(1_000)),
    (N(10_000), N(5_000)),
    (N(20_000), N(10_000)),
    (N(50_000), N(10_000)),
    (N(100_000), N(50_000)),
    (N(200_000), N(100_000)),
    (N(500_000), N(100_000)),
    (N(1_000_000), N(500_000)),
    (N(2_000_000), N(1_000_000)),
    (N(5_000_000), N(1_000_000)),
    (N(10_000_000), N(5_000_000)),
    (N(20_000_000), N(10_000_000)),
    (N(50_000_000), N(10_000_000)),
    (N(100_000_000), N(50_000_000)),
    (N(200_000_000), N(100_000_000)),
    (N(500_000_000), N(100_000_000)),
    (N(SECOND), N(500_000_000)),
    (N(2 * SECOND), N(SECOND)),
    (N(5 * SECOND), N(SECOND)),
    (N(10 * SECOND), N(5 * SECOND)),
    (N(15 * SECOND), N(5 * SECOND)),
    (N(30 * SECOND), N(10 * SECOND)),
    (N(MINUTE), N(30 * SECOND)),
    (N(2 * MINUTE), N(MINUTE)),
    (N(5 * MINUTE), N(MINUTE)),
    (N(10 * MINUTE), N(5 * MINUTE)),
    (N(15 * MINUTE), N(5 * MINUTE)),
    (N(30 * MINUTE), N(10 * MINUTE)),
    (N(HOUR), N(30 * MINUTE)),
    (N(2 * HOUR), N(HOUR)),
    (N(4 * HOUR), N(HOUR)),
    (N(6 * HOUR), N(2 * HOUR)),
    (N(12 * HOUR), N(3 * HOUR)),
    (D(1), N(12 * HOUR)),
    (D(2), D(1)),
    (W, D(1)),
    (M(1), W),
    (M(3), M(1)),
    (Y(1), M(3)),
    (Y(2), Y(1)),
    (Y(5), Y(1)),
    (Y(10), Y(5)),
];

impl CalendarStep {
    /// How long it is, months and years on average.
    pub fn nanos(self) -> f64 {
        match self {
            N(nanos) => nanos as f64,
            D(days) => f64::from(days) * DAY as f64,
            W => 7.0 * DAY as f64,
            M(months) => f64::from(months) * 30.436_875 * DAY as f64,
            Y(years) => f64::from(years) * 365.2425 * DAY as f64,
        }
    }

    /// A day or longer: its ticks are dates, not clock times.
    pub fn is_dates(self) -> bool {
        !matches!(self, N(_))
    }

    /// The last place of this step at or before a wall-clock time; `None` where the calendar ends.
    pub fn floor(self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let date = wall.date();
        match self {
            N(step) => {
                let since = (wall - midnight(date)).num_nanoseconds()?;
                midnight(date).checked_add_signed(TimeDelta::nanoseconds(since - since % step))
            }
            D(days) => {
                let day = date.day() - (date.day() - 1) % days.max(1);
                date.with_day(day).map(midnight)
            }
            W => {
                let back = u64::from(date.weekday().num_days_from_monday());
                date.checked_sub_days(Days::new(back)).map(midnight)
            }
            M(months) => {
                let month = date.month() - (date.month() - 1) % months.max(1);
                NaiveDate::from_ymd_opt(date.year(), month, 1).map(midnight)
            }
            Y(years) => {
                let year = date.year() - date.year().rem_euclid(years.max(1) as i32);
                NaiveDate::from_ymd_opt(year, 1, 1).map(midnight)
            }
        }
    }

    /// The place after `at`, which is a place of this step.
    pub fn next(self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            N(step) => at.checked_add_signed(TimeDelta::nanoseconds(step)),
            D(days) => {
                let date = at.date();
                let same_month = date
                    .checked_add_days(Days::new(u64::from(days)))
                    .filter(|next| next.month() == date.month());
                match same_month {
                    Some(next) => Some(midnight(next)),
                    None => M(1).next(M(1).floor(at)?),
                }
            }
            W => at.checked_add_days(Days::new(7)),
            M(months) => at.checked_add_months(Months::new(months)),
            Y(years) => at.checked_add_months(Months::new(12 * years)),
        }
    }
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a date and a time")
    }

    fn three(step: CalendarStep, from: &str) -> Vec<String> {
        let mut at = step.floor(wall(from)).expect("in the calendar");
        let mut shown = Vec::new();
        for _ in 0..3 {
            shown.push(at.format("%Y-%m-%d %H:%M").to_string());
            at = step.next(at).expect("in the calendar");
        }
        shown
    }

    #[test]
    fn steps_stand_where_a_calendar_has_them() {
        let from = "2026-01-31 13:47";
        assert_eq!(
            three(N(4 * HOUR), from),
            ["2026-01-31 12:00", "2026-01-31 16:00", "2026-01-31 20:00"]
        );
        assert_eq!(
            three(D(2), from),
            ["2026-01-31 00:00", "2026-02-01 00:00", "2026-02-03 00:00"]
        );
        assert_eq!(
            three(W, from),
            ["2026-01-26 00:00", "2026-02-02 00:00", "2026-02-09 00:00"]
        );
        assert_eq!(
            three(M(3), from),
            ["2026-01-01 00:00", "2026-04-01 00:00", "2026-07-01 00:00"]
        );
        assert_eq!(
            three(Y(5), from),
            ["2025-01-01 00:00", "2030-01-01 00:00", "2035-01-01 00:00"]
        );
    }

    #[test]
    fn the_table_goes_from_fine_to_coarse_and_small_ticks_are_never_coarser() {
        for pair in STEPS.windows(2) {
            assert!(pair[0].0.nanos() < pair[1].0.nanos(), "{pair:?}");
        }
        for (step, small) in STEPS {
            assert!(small.nanos() <= step.nanos(), "{step:?}");
        }
    }

    proptest! {
        #[test]
        fn the_floor_is_at_or_before_and_the_next_after(secs in 0i64..4_000_000_000, index in 0usize..STEPS.len()) {
            let step = STEPS[index].0;
            let at = chrono::DateTime::from_timestamp(secs, 123_456_789).expect("in the calendar").naive_utc();
            let floor = step.floor(at).expect("in the calendar");
            let next = step.next(floor).expect("in the calendar");
            prop_assert!(floor <= at && at < next);
            prop_assert_eq!(step.floor(floor), Some(floor));
            prop_assert_eq!(step.floor(next), Some(next));
        }
    }
}
