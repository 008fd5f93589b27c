//! How wide a histogram's bins are, and where they start: round lengths of time on a round wall clock.
//! Counts nothing and draws nothing.

use crate::time::Clock;
use crate::time::NANOS_PER_SEC;
use crate::time::TimeRange;
use crate::time::Timestamp;

const SECOND: i64 = NANOS_PER_SEC;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Bin widths that people count in, and what divides a wall-clock day or week starts there.
const WIDTHS: [i64; 37] = [
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    50_000_000,
    100_000_000,
    200_000_000,
    500_000_000,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    4 * HOUR,
    6 * HOUR,
    8 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    56 * DAY,
    112 * DAY,
    364 * DAY,
    3640 * DAY,
];

/// Monday 5 January 1970: weeks are counted from here.
const FIRST_MONDAY: i64 = 4 * DAY;

/// The domain widened to whole bins, all of one width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BinPlan {
    pub domain: TimeRange,
    pub bins: u32,
    pub bin_nanos: i64,
}

impl BinPlan {
    /// At most `max_bins` bins over `range`, the first starting on a round time of the zone.
    pub fn over(range: TimeRange, max_bins: u32, clock: Clock) -> Self {
        let max_bins = i128::from(max_bins.max(1));
        let shift = i64::from((clock.offset_secs)(range.from())) * SECOND;
        WIDTHS
            .into_iter()
            .find_map(|width| {
                let plan = BinPlan::of_width(range, width, shift)?;
                (i128::from(plan.bins) <= max_bins).then_some(plan)
            })
            .unwrap_or(BinPlan {
                domain: range,
                bins: max_bins as u32,
                bin_nanos: (i128::from(range.nanos()) / max_bins).max(1) as i64,
            })
    }

    /// `4 h`, `15 min`, `1 day`, `2 weeks`.
    pub fn words(self) -> String {
        width_words(self.bin_nanos)
    }

    fn of_width(range: TimeRange, width: i64, shift: i64) -> Option<Self> {
        let anchor = if width % (7 * DAY) == 0 {
            FIRST_MONDAY
        } else {
            0
        };
        let zero = i128::from(anchor) - i128::from(shift);
        let wide = i128::from(width);
        let first = (i128::from(range.from().nanos()) - zero).div_euclid(wide);
        // The range is half open: an event at its end belongs to no bin.
        let last = (i128::from(range.to().nanos()) - 1 - zero).div_euclid(wide);
        let end = last.max(first) + 1;
        let at = |bin: i128| i64::try_from(bin * wide + zero).ok();
        Some(BinPlan {
            domain: TimeRange::new(
                Timestamp::from_nanos(at(first)?),
                Timestamp::from_nanos(at(end)?),
            )?,
            bins: u32::try_from(end - first).ok()?,
            bin_nanos: width,
        })
    }
}

/// A length of time in its largest whole unit: `4 h`, `90 s`, `1 day`.
pub fn width_words(nanos: i64) -> String {
    let units = [
        (7 * DAY, "week", "weeks"),
        (DAY, "day", "days"),
        (HOUR, "h", "h"),
        (MINUTE, "min", "min"),
        (SECOND, "s", "s"),
        (1_000_000, "ms", "ms"),
        (1_000, "µs", "µs"),
    ];
    for (unit, one, many) in units {
        if nanos >= unit && nanos % unit == 0 {
            let n = nanos / unit;
            return format!("{n} {}", if n == 1 { one } else { many });
        }
    }
    format!("{nanos} ns")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::time::Zone;
    use proptest::prelude::*;

    pub(in crate::chart) fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("readable").at
    }

    pub(in crate::chart) fn range(from: &str, to: &str) -> TimeRange {
        TimeRange::new(at(from), at(to)).expect("in order")
    }

    pub(in crate::chart) fn march() -> TimeRange {
        range("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
    }

    #[test]
    fn a_month_has_bins_of_four_hours() {
        let plan = BinPlan::over(march(), 200, Clock::UTC);
        assert_eq!((plan.words().as_str(), plan.bins), ("4 h", 186));
        assert_eq!(plan.domain, march());
    }

    #[test]
    fn bins_start_on_round_times_of_the_zone_and_weeks_on_mondays() {
        let clock = Clock {
            zone: Zone::Local,
            offset_secs: |_| -5 * 3600,
        };
        let plan = BinPlan::over(
            range("2026-03-01T07:13:00Z", "2026-03-20T07:13:00Z"),
            20,
            clock,
        );
        assert_eq!(plan.words(), "1 day");
        assert_eq!(plan.domain.from().to_string(), "2026-03-01T05:00:00Z");
        let plan = BinPlan::over(
            range("2024-03-01T00:00:00Z", "2026-03-20T00:00:00Z"),
            120,
            Clock::UTC,
        );
        assert_eq!(plan.words(), "1 week");
        assert_eq!(plan.domain.from().to_string(), "2024-02-26T00:00:00Z");
    }

    proptest! {
        #[test]
        fn bins_cover_the_range_and_are_never_too_many(
            from in 0i64..2_000_000_000, exponent in 0.0f64..18.4, max in 1u32..2000, offset in -48i32..56,
        ) {
            thread_local!(static OFFSET: std::cell::Cell<i32> = const { std::cell::Cell::new(0) });
            OFFSET.set(offset * 900);
            let clock = Clock { zone: Zone::Local, offset_secs: |_| OFFSET.get() };
            let from = Timestamp::from_secs(from);
            let range = TimeRange::new(from, from.plus_nanos(10f64.powf(exponent) as i64)).expect("in order");
            let plan = BinPlan::over(range, max, clock);
            prop_assert!(plan.bins >= 1 && plan.bins <= max);
            prop_assert!(plan.domain.from() <= range.from() && range.to() <= plan.domain.to());
        }
    }

    #[test]
    fn lengths_are_told_in_their_largest_whole_unit() {
        let told = |nanos| width_words(nanos);
        assert_eq!(told(4 * HOUR), "4 h");
        assert_eq!(told(DAY), "1 day");
        assert_eq!(told(90 * SECOND), "90 s");
        assert_eq!(told(14 * DAY), "2 weeks");
        assert_eq!(told(500_000_000), "500 ms");
    }
}
