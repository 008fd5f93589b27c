//! An axis of time before and after an event that is zero, for lanes that are laid over each other.

use super::Font;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::shape::TextAnchor;
use crate::amounts::duration;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// Labels stand no nearer than this.
const LEAST_PX: f64 = 92.0;
const MICRO: i64 = 1_000;
const MILLI: i64 = 1_000_000;
const SECOND: i64 = 1_000_000_000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;

/// What people count time in.
const STEPS: [i64; 39] = [
    20 * MICRO,
    50 * MICRO,
    100 * MICRO,
    200 * MICRO,
    500 * MICRO,
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    900 * SECOND,
    1800 * SECOND,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY,
    730 * DAY,
    1825 * DAY,
    3650 * DAY,
    7300 * DAY,
];

/// The part of time about an event that stands where `relative` has it: zero is the first instant of 1970 there.
pub fn about(event: Timestamp, relative: TimeRange) -> TimeRange {
    let at = |relative: Timestamp| event.plus_nanos(relative.nanos());
    TimeRange::new(at(relative.from()), at(relative.to())).unwrap_or(relative)
}

/// `+2 h`, `−36 min 5 s`, `0`.
pub fn offset_words(nanos: i64) -> String {
    match nanos {
        0 => "0".into(),
        ..0 => format!("−{}", duration(nanos)),
        _ => format!("+{}", duration(nanos)),
    }
}

/// Draws the axis at the foot of a strip of `height`; zero is strong.
pub fn draw_relative_axis(
    relative: TimeScale,
    height: f64,
    measure: Measure<'_>,
    shapes: &mut Vec<Shape>,
) {
    let width = relative.width_px();
    let base = Rect::new(0.0, height - 1.0, width, 1.0);
    shapes.push(Shape::fill(base, Ink::Line2));
    for offset in ticks(relative) {
        let x = relative.px(Timestamp::from_nanos(offset));
        let (ink, font, stroke, high) = match offset {
            0 => (Ink::Accent, Font::STRONG, 2.0, height),
            _ => (Ink::Text3, Font::LABEL, 1.0, 9.0),
        };
        let line = match offset {
            0 => Ink::Accent,
            _ => Ink::Line2,
        };
        let tick = Rect::new(x.round() - stroke / 2.0, height - high, stroke, high);
        shapes.push(Shape::fill(tick, line));
        let text = offset_words(offset);
        let half = measure(&text, font) / 2.0;
        let (x, anchor) = match offset {
            // Beside its line.
            0 => (x + 6.0, TextAnchor::Start),
            _ => (x, TextAnchor::Middle),
        };
        if x - half >= 0.0 && x + half <= width {
            shapes.push(Shape::Text {
                x,
                y: height * 0.5,
                text,
                ink,
                font,
                anchor,
            });
        }
    }
}

/// Whole steps before and after zero.
fn ticks(relative: TimeScale) -> Vec<i64> {
    let wanted = relative.nanos_per_px() * LEAST_PX;
    let step = STEPS.iter().find(|step| **step as f64 >= wanted);
    let step = *step.unwrap_or(&(36_500 * DAY));
    let (from, to) = (relative.from().nanos(), relative.to().nanos());
    let first = from.div_euclid(step) + i64::from(from.rem_euclid(step) > 0);
    let last = to.div_euclid(step);
    (first..=last).map(|n| n * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;

    fn scale(from: i64, to: i64) -> TimeScale {
        let at = Timestamp::from_nanos;
        TimeScale::new(TimeRange::new(at(from), at(to)).expect("in order"), 1000.0)
    }

    fn texts(scale: TimeScale) -> Vec<String> {
        let mut shapes = Vec::new();
        draw_relative_axis(scale, 40.0, &approximate_width, &mut shapes);
        let text = |shape| match shape {
            Shape::Text { text, .. } => Some(text),
            _ => None,
        };
        shapes.into_iter().filter_map(text).collect()
    }

    #[test]
    fn time_is_counted_before_and_after_zero() {
        assert_eq!(
            texts(scale(-5 * HOUR, 5 * HOUR + HOUR)),
            ["−4 h", "−2 h", "0", "+2 h", "+4 h"]
        );
    }

    #[test]
    fn from_a_millisecond_to_decades_there_are_a_few_ticks_and_never_a_crowd() {
        let mut nanos = MILLI;
        while nanos < 80 * 365 * DAY {
            let n = ticks(scale(-nanos / 3, nanos)).len();
            assert!((2..=15).contains(&n), "{n} ticks for {nanos}");
            nanos *= 3;
        }
    }

    #[test]
    fn two_events_stand_at_the_same_place() {
        let relative = scale(-HOUR, 3 * HOUR);
        for event in [Timestamp::from_secs(0), Timestamp::from_secs(1_790_000_000)] {
            let own = TimeScale::new(about(event, relative.window()), 1000.0);
            assert_eq!(own.px(event), relative.px(Timestamp::from_secs(0)));
        }
    }

    #[test]
    fn an_offset_says_which_side_of_zero_it_is_on() {
        assert_eq!(offset_words(-90 * 60 * SECOND), "−1 h 30 min");
        assert_eq!(offset_words(1500 * MILLI), "+1.5 s");
        assert_eq!(offset_words(0), "0");
    }
}
