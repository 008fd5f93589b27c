//! Time to pixels and back, exact from ten years down to a millisecond. Refuses windows of no width.

use super::within;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// The narrowest window: one millisecond.
pub const MIN_WINDOW_NANOS: i64 = 1_000_000;

/// The widest window: a hundred years.
pub const MAX_WINDOW_NANOS: i64 = 100 * 366 * 86_400 * 1_000_000_000;

/// A window of time over a width of pixels. The window is kept in whole nanoseconds, so that zooming in and out again
/// comes back to the same instant; pixels are relative to its start, which keeps `f64` precise at any date.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TimeScale {
    from: Timestamp,
    to: Timestamp,
    width_px: f64,
}

impl TimeScale {
    /// A window narrower than a millisecond is widened about its middle, a width below one pixel becomes one.
    pub fn new(window: TimeRange, width_px: f64) -> Self {
        let (from, to) = widened(window.from().nanos(), window.to().nanos());
        TimeScale {
            from,
            to,
            width_px: if width_px.is_finite() {
                width_px.max(1.0)
            } else {
                1.0
            },
        }
    }

    pub fn window(self) -> TimeRange {
        TimeRange::new(self.from, self.to).unwrap_or(TimeRange::ALL)
    }

    pub fn from(self) -> Timestamp {
        self.from
    }

    pub fn to(self) -> Timestamp {
        self.to
    }

    pub fn width_px(self) -> f64 {
        self.width_px
    }

    pub fn nanos(self) -> i64 {
        self.to.nanos().saturating_sub(self.from.nanos())
    }

    pub fn nanos_per_px(self) -> f64 {
        self.nanos() as f64 / self.width_px
    }

    /// Where an instant stands, in pixels from the window's start; outside the window too.
    pub fn px(self, at: Timestamp) -> f64 {
        // The difference is exact in i128; only then it becomes a float.
        let offset = i128::from(at.nanos()) - i128::from(self.from.nanos());
        offset as f64 * self.width_px / self.nanos() as f64
    }

    /// As [`TimeScale::px`], held within `-slack..width + slack`: what a canvas can draw without overflow.
    pub fn px_within(self, at: Timestamp, slack_px: f64) -> f64 {
        within(self.px(at), -slack_px, self.width_px + slack_px)
    }

    /// The instant under a pixel.
    pub fn time_from_px(self, x_px: f64) -> Timestamp {
        let offset = (x_px * self.nanos() as f64 / self.width_px).round();
        // `as` saturates, and so does the sum: no pixel can leave the years that a timestamp has.
        self.from.plus_nanos(offset as i64)
    }

    pub fn with_width(self, width_px: f64) -> Self {
        TimeScale::new(self.window(), width_px)
    }

    /// The same window, `factor` times as wide (below 1 zooms in), with the instant under `x_px` staying there.
    pub fn zoomed_at(self, x_px: f64, factor: f64) -> Self {
        let nanos = (self.nanos() as f64 * factor)
            .round()
            .clamp(MIN_WINDOW_NANOS as f64, MAX_WINDOW_NANOS as f64) as i64;
        let share = (x_px / self.width_px).clamp(0.0, 1.0);
        let pivot = self.time_from_px(share * self.width_px);
        let before = (nanos as f64 * share).round() as i64;
        let from = pivot.nanos().saturating_sub(before);
        self.moved_to(from, nanos)
    }

    /// The window moved so that what is drawn goes `dx_px` to the right.
    pub fn panned_px(self, dx_px: f64) -> Self {
        let by = -(dx_px * self.nanos() as f64 / self.width_px).round();
        self.moved_to(self.from.nanos().saturating_add(by as i64), self.nanos())
    }

    /// Moved, if need be, so that at least a tenth of the window shows some of `domain`: one can pan past the data,
    /// and never lose it.
    pub fn kept_near(self, domain: TimeRange) -> Self {
        let tenth = self.nanos() / 10;
        let earliest = domain.from().nanos().saturating_sub(self.nanos() - tenth);
        let latest = domain.to().nanos().saturating_sub(tenth).max(earliest);
        let from = self.from.nanos().clamp(earliest, latest);
        self.moved_to(from, self.nanos())
    }

    /// A window that shows all of `range` with a little air on both sides, so that marks at the ends are whole; the
    /// hour about an instant.
    pub fn fitting(range: TimeRange, width_px: f64) -> Self {
        let air = match range.nanos() {
            ..MIN_WINDOW_NANOS => 1_800_000_000_000,
            nanos => nanos / 120,
        };
        let from = range.from().plus_nanos(-air);
        let to = range.to().plus_nanos(air);
        TimeScale::new(TimeRange::new(from, to).unwrap_or(range), width_px)
    }

    fn moved_to(self, from: i64, nanos: i64) -> Self {
        // At the ends of time the window stops as a whole instead of shrinking.
        let from = from.min(i64::MAX - nanos);
        TimeScale {
            from: Timestamp::from_nanos(from),
            to: Timestamp::from_nanos(from + nanos),
            width_px: self.width_px,
        }
    }
}

fn widened(from: i64, to: i64) -> (Timestamp, Timestamp) {
    let nanos = i128::from(to) - i128::from(from);
    let (least, most) = (i128::from(MIN_WINDOW_NANOS), i128::from(MAX_WINDOW_NANOS));
    let wanted = nanos.clamp(least, most);
    let (from, to) = if wanted == nanos {
        (from, to)
    } else {
        let middle = (i128::from(from) + i128::from(to)) / 2;
        let start =
            (middle - wanted / 2).clamp(i128::from(i64::MIN), i128::from(i64::MAX) - wanted);
        (start as i64, (start + wanted) as i64)
    };
    (Timestamp::from_nanos(from), Timestamp::from_nanos(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const YEAR: i64 = 366 * 86_400 * 1_000_000_000;

    fn scale(from: i64, nanos: i64, width: f64) -> TimeScale {
        let range = TimeRange::new(
            Timestamp::from_nanos(from),
            Timestamp::from_nanos(from + nanos),
        );
        TimeScale::new(range.expect("in order"), width)
    }

    fn scales() -> impl Strategy<Value = TimeScale> {
        // The exponent is drawn evenly, so that a millisecond is tried as often as ten years.
        (0i64..60 * YEAR, 6.0f64..17.5, 100.0f64..4000.0)
            .prop_map(|(from, exponent, width)| scale(from, 10f64.powf(exponent) as i64, width))
    }

    proptest! {
        #[test]
        fn a_pixel_turned_into_time_comes_back_as_the_same_pixel(s in scales(), share in -1.0f64..2.0) {
            let x = share * s.width_px();
            let back = s.px(s.time_from_px(x));
            // Time is whole nanoseconds: half of one is the most that can be lost.
            let lost = 0.5 / s.nanos_per_px() + 1e-6;
            prop_assert!((back - x).abs() <= lost, "{x} came back as {back}");
        }

        #[test]
        fn an_instant_turned_into_pixels_comes_back_within_a_millionth_of_a_pixel(s in scales(), share in 0.0f64..1.0) {
            let at = s.from().plus_nanos((s.nanos() as f64 * share) as i64);
            let back = s.time_from_px(s.px(at));
            let off = (back.nanos() - at.nanos()).abs() as f64;
            prop_assert!(off <= 1.0 || off / s.nanos_per_px() < 1e-6, "{at} came back as {back}");
        }

        #[test]
        fn later_is_never_further_left(s in scales(), a in any::<i64>(), b in any::<i64>()) {
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(s.px(Timestamp::from_nanos(a)) <= s.px(Timestamp::from_nanos(b)));
        }

        #[test]
        fn the_instant_under_the_pointer_stays_there_while_zooming(s in scales(), share in 0.0f64..1.0, factor in 0.1f64..10.0) {
            let x = share * s.width_px();
            let zoomed = s.zoomed_at(x, factor);
            let back = zoomed.px(s.time_from_px(x));
            let lost = 2.0 / zoomed.nanos_per_px() + 1e-3;
            prop_assert!((back - x).abs() <= lost, "{x} went to {back}");
        }

        #[test]
        fn no_zoom_or_pan_leaves_the_limits(s in scales(), steps in proptest::collection::vec((0.0f64..1.0, 0.01f64..100.0, -5000.0f64..5000.0), 1..40)) {
            let mut s = s;
            for (share, factor, dx) in steps {
                s = s.zoomed_at(share * s.width_px(), factor).panned_px(dx);
                prop_assert!((MIN_WINDOW_NANOS..=MAX_WINDOW_NANOS).contains(&s.nanos()));
                prop_assert!(s.from() < s.to());
            }
        }

        #[test]
        fn the_data_is_never_lost_from_sight(s in scales(), from in 0i64..60 * YEAR, nanos in 0i64..YEAR) {
            let domain = TimeRange::new(Timestamp::from_nanos(from), Timestamp::from_nanos(from + nanos)).expect("in order");
            let kept = s.kept_near(domain);
            prop_assert_eq!(kept.nanos(), s.nanos());
            prop_assert!(kept.from() <= domain.to() && domain.from() <= kept.to());
        }
    }

    #[test]
    fn a_millisecond_in_the_year_2026_is_told_apart_to_the_microsecond() {
        let start = Timestamp::parse("2026-03-17T03:12:07.480Z")
            .expect("readable")
            .at;
        let s = scale(start.nanos(), MIN_WINDOW_NANOS, 1000.0);
        assert_eq!(s.px(start.plus_nanos(1_000)), 1.0);
        assert_eq!(s.px(start.plus_nanos(999_000)), 999.0);
    }

    #[test]
    fn a_window_of_no_width_becomes_a_millisecond_about_its_instant() {
        let at = Timestamp::from_secs(1_000);
        let s = TimeScale::new(TimeRange::new(at, at).expect("in order"), 800.0);
        assert_eq!(s.nanos(), MIN_WINDOW_NANOS);
        assert_eq!(s.px(at), 400.0);
    }

    #[test]
    fn all_of_time_becomes_the_widest_window() {
        let s = TimeScale::new(TimeRange::ALL, 1000.0);
        assert_eq!(s.nanos(), MAX_WINDOW_NANOS);
        assert!(s.px_within(Timestamp::MIN, 50.0) == -50.0);
    }

    #[test]
    fn panning_to_the_right_shows_earlier_times() {
        let s = scale(YEAR, YEAR, 1000.0);
        let panned = s.panned_px(100.0);
        assert_eq!(panned.px(s.from()).round(), 100.0);
        assert_eq!(panned.nanos(), s.nanos());
    }
}
