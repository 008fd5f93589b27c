//! The histogram over all views: how wide its bins are, how bars stack, where nothing was fetched, the brush.
//! Counts nothing itself: the bins come from the engine.

use std::collections::BTreeSet;

use super::Font;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::shape::Dash;
use crate::protocol::Bin;
use crate::protocol::Gap;
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

/// Where the bars stand.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BarBox {
    /// Its window is the bins' domain.
    pub scale: TimeScale,
    pub top: f64,
    /// Of the bars; the base line and the coverage strip come below.
    pub height: f64,
}

impl BarBox {
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// Draws one bar a bin: failure, failure filtered out, what matches, what is filtered out, and pending as an
/// outlined cap. Returns the count that the full height stands for.
pub fn draw_bars(bins: &[Bin], place: &BarBox, shapes: &mut Vec<Shape>) -> u64 {
    let most = bins.iter().map(|bin| total(*bin)).max().unwrap_or(0);
    if most == 0 {
        return 0;
    }
    let step = place.scale.width_px() / bins.len() as f64;
    let gap = if step >= 4.0 { 1.0 } else { 0.0 };
    for (i, bin) in bins.iter().enumerate() {
        let left = (i as f64 * step).round();
        let right = ((i + 1) as f64 * step).round() - gap;
        let mut y = place.bottom();
        let stacked = [
            (bin.failure, Ink::FailSolid),
            (bin.hidden_failure, Ink::BarFailurePale),
            (bin.success + bin.other, Ink::BarSuccess),
            (bin.hidden, Ink::BarSuccessPale),
        ];
        for (count, ink) in stacked {
            if count > 0 {
                let height = bar_height(count, most, place.height);
                y -= height;
                shapes.push(Shape::fill(
                    Rect::new(left, y, (right - left).max(1.0), height),
                    ink,
                ));
            }
        }
        if bin.pending > 0 {
            let height = bar_height(bin.pending, most, place.height).max(3.0);
            shapes.push(Shape::Frame {
                rect: Rect::new(left, y - height - 1.0, (right - left).max(2.0), height),
                ink: Ink::Pending,
                width: 1.0,
                radius: 0.0,
                dash: Dash::Solid,
            });
        }
    }
    most
}

/// Even one event among thousands is seen: at least two pixels.
fn bar_height(count: u32, most: u64, full: f64) -> f64 {
    (f64::from(count) / most as f64 * full).max(2.0).round()
}

fn total(bin: Bin) -> u64 {
    [
        bin.success,
        bin.failure,
        bin.pending,
        bin.other,
        bin.hidden_failure,
        bin.hidden,
    ]
    .into_iter()
    .map(u64::from)
    .sum()
}

/// How much of the regions was fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Covered {
    All,
    Some,
    /// Nothing was fetched: an empty bar here means nothing.
    Nothing,
}

/// The domain cut where the number of unfetched regions changes. `n_regions` is how many there are in all.
pub fn covered_parts(
    domain: TimeRange,
    gaps: &[Gap],
    n_regions: usize,
) -> Vec<(TimeRange, Covered)> {
    let mut cuts: Vec<Timestamp> = vec![domain.from(), domain.to()];
    for gap in gaps {
        cuts.extend([gap.range.from(), gap.range.to()]);
    }
    cuts.retain(|at| domain.from() <= *at && *at <= domain.to());
    cuts.sort();
    cuts.dedup();
    let mut parts: Vec<(TimeRange, Covered)> = Vec::new();
    for pair in cuts.windows(2) {
        let Some(part) = TimeRange::new(pair[0], pair[1]) else {
            continue;
        };
        let missing: BTreeSet<&str> = gaps
            .iter()
            .filter(|gap| gap.range.contains(part.from()))
            .map(|gap| gap.region.as_str())
            .collect();
        let covered = match missing.len() {
            0 => Covered::All,
            n if n >= n_regions.max(1) => Covered::Nothing,
            _ => Covered::Some,
        };
        match parts.last_mut() {
            Some((last, same)) if *same == covered && last.to() == part.from() => {
                if let Some(joined) = TimeRange::new(last.from(), part.to()) {
                    *last = joined;
                }
            }
            _ => parts.push((part, covered)),
        }
    }
    parts
}

/// Draws the 3 px strip under the base line, and a hatched column where nothing was fetched at all, its plate where
/// the words fit.
pub fn draw_covered(
    parts: &[(TimeRange, Covered)],
    place: &BarBox,
    words: &str,
    measure: Measure<'_>,
    shapes: &mut Vec<Shape>,
) {
    let strip_top = place.bottom() + 1.0;
    for (range, covered) in parts {
        let left = place.scale.px_within(range.from(), 0.0).round();
        let right = place
            .scale
            .px_within(range.to(), 0.0)
            .round()
            .max(left + 1.0);
        let strip = Rect::new(left, strip_top, right - left, 3.0);
        match covered {
            Covered::All => shapes.push(Shape::fill(strip, Ink::BarSuccess)),
            Covered::Some => shapes.push(Shape::fill(strip, Ink::BarSuccessPale)),
            Covered::Nothing => {
                let column = Rect::new(left, place.top, right - left, place.height + 4.0);
                shapes.push(Shape::Hatch { rect: column });
                let text_px = measure(words, Font::LABEL);
                if column.width >= text_px + 14.0 && column.height >= 24.0 {
                    let plate = Rect::new(
                        column.x + (column.width - text_px) / 2.0 - 4.0,
                        place.top + place.height * 0.62 - 8.0,
                        text_px + 8.0,
                        16.0,
                    );
                    shapes.push(Shape::fill(plate, Ink::Surface));
                    shapes.push(Shape::text(
                        plate.x + 4.0,
                        plate.middle(),
                        words,
                        Ink::Text2,
                        Font::LABEL,
                    ));
                }
            }
        }
    }
}

/// Draws the chosen range: tinted, with edges and grips, the rest dimmed. Grips are 7 by 18 at its edges.
pub fn draw_brush(chosen: TimeRange, place: &BarBox, shapes: &mut Vec<Shape>) {
    let left = place.scale.px_within(chosen.from(), 0.0).round();
    let right = place
        .scale
        .px_within(chosen.to(), 0.0)
        .round()
        .max(left + 1.0);
    let (top, height) = (place.top, place.height + 4.0);
    let mut tint = |rect: Rect, ink: Ink, alpha: f64| {
        if rect.width > 0.0 {
            shapes.push(Shape::Fill {
                rect,
                ink,
                alpha,
                radius: 0.0,
            });
        }
    };
    let width = place.scale.width_px();
    tint(Rect::new(0.0, top, left, height), Ink::Surface, 0.25);
    tint(
        Rect::new(right, top, width - right, height),
        Ink::Surface,
        0.25,
    );
    tint(
        Rect::new(left, top, right - left, height),
        Ink::Accent,
        0.13,
    );
    for x in [left, right] {
        shapes.push(Shape::line(
            (x, top),
            (x, top + height),
            Ink::Accent,
            1.5,
            Dash::Solid,
        ));
    }
    for x in [left, right] {
        let grip = grip_at(x, place);
        shapes.push(Shape::Fill {
            rect: grip,
            ink: Ink::Surface,
            alpha: 1.0,
            radius: 3.5,
        });
        shapes.push(Shape::Frame {
            rect: grip,
            ink: Ink::Accent,
            width: 1.5,
            radius: 3.5,
            dash: Dash::Solid,
        });
        for dx in [-1.0, 1.0] {
            shapes.push(Shape::line(
                (x + dx, grip.middle() - 3.0),
                (x + dx, grip.middle() + 3.0),
                Ink::Accent,
                1.0,
                Dash::Solid,
            ));
        }
    }
}

/// What a press at a place takes hold of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrushPart {
    Start,
    End,
    /// The chosen range itself: moves as a whole.
    Middle,
    Outside,
}

/// Grips answer within 8 px of their edge, the nearer edge first.
pub fn brush_part(x: f64, chosen: Option<TimeRange>, scale: TimeScale) -> BrushPart {
    let Some(chosen) = chosen else {
        return BrushPart::Outside;
    };
    let (left, right) = (scale.px(chosen.from()), scale.px(chosen.to()));
    let (to_left, to_right) = ((x - left).abs(), (x - right).abs());
    match (to_left.min(to_right) <= 8.0, to_left < to_right) {
        (true, true) => BrushPart::Start,
        (true, false) => BrushPart::End,
        _ if left < x && x < right => BrushPart::Middle,
        _ => BrushPart::Outside,
    }
}

fn grip_at(x: f64, place: &BarBox) -> Rect {
    Rect::new(x - 3.5, place.top + place.height / 2.0 - 9.0, 7.0, 18.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;
    use crate::protocol::GapReason;
    use crate::time::Zone;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("readable").at
    }

    fn range(from: &str, to: &str) -> TimeRange {
        TimeRange::new(at(from), at(to)).expect("in order")
    }

    fn march() -> TimeRange {
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
    fn bars_stack_failures_at_the_bottom_and_pending_on_top() {
        let bin = Bin {
            success: 40,
            failure: 10,
            pending: 10,
            other: 0,
            hidden_failure: 20,
            hidden: 20,
        };
        let place = BarBox {
            scale: TimeScale::new(march(), 100.0),
            top: 0.0,
            height: 100.0,
        };
        let mut shapes = Vec::new();
        assert_eq!(draw_bars(&[bin], &place, &mut shapes), 100);
        let seen: Vec<(Ink, f64, f64)> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Fill { rect, ink, .. } | Shape::Frame { rect, ink, .. } => {
                    Some((*ink, rect.y, rect.height))
                }
                _ => None,
            })
            .collect();
        assert_eq!(
            seen,
            [
                (Ink::FailSolid, 90.0, 10.0),
                (Ink::BarFailurePale, 70.0, 20.0),
                (Ink::BarSuccess, 30.0, 40.0),
                (Ink::BarSuccessPale, 10.0, 20.0),
                (Ink::Pending, -1.0, 10.0),
            ]
        );
    }

    #[test]
    fn one_failure_among_ten_thousand_is_still_seen() {
        let place = BarBox {
            scale: TimeScale::new(march(), 100.0),
            top: 0.0,
            height: 60.0,
        };
        let bin = Bin {
            success: 10_000,
            failure: 1,
            ..Bin::default()
        };
        let mut shapes = Vec::new();
        draw_bars(&[bin], &place, &mut shapes);
        assert!(
            matches!(&shapes[0], Shape::Fill { rect, ink: Ink::FailSolid, .. } if rect.height >= 2.0)
        );
    }

    fn gap(region: &str, from: &str, to: &str) -> Gap {
        Gap {
            region: region.into(),
            range: range(from, to),
            reason: GapReason::NotAsked,
            words: String::new(),
        }
    }

    #[test]
    fn the_strip_tells_all_some_and_no_regions_apart() {
        let gaps = [
            gap("us-south", "2026-03-08T00:00:00Z", "2026-03-10T00:00:00Z"),
            gap("us-east", "2026-03-09T00:00:00Z", "2026-03-11T00:00:00Z"),
        ];
        let days: Vec<(String, Covered)> = covered_parts(march(), &gaps, 2)
            .into_iter()
            .map(|(part, covered)| (part.from().to_string()[8..10].to_owned(), covered))
            .collect();
        assert_eq!(
            days,
            [
                ("01".to_owned(), Covered::All),
                ("08".to_owned(), Covered::Some),
                ("09".to_owned(), Covered::Nothing),
                ("10".to_owned(), Covered::Some),
                ("11".to_owned(), Covered::All),
            ]
        );
        let place = BarBox {
            scale: TimeScale::new(march(), 1400.0),
            top: 0.0,
            height: 80.0,
        };
        let mut shapes = Vec::new();
        draw_covered(
            &covered_parts(march(), &gaps, 2),
            &place,
            "not asked",
            &approximate_width,
            &mut shapes,
        );
        let hatched = shapes.iter().filter(|s| matches!(s, Shape::Hatch { .. }));
        assert_eq!(hatched.count(), 1);
    }

    #[test]
    fn a_press_takes_the_nearer_grip_or_the_range_between() {
        let scale = TimeScale::new(march(), 310.0);
        let chosen = Some(range("2026-03-11T00:00:00Z", "2026-03-21T00:00:00Z"));
        assert_eq!(brush_part(102.0, chosen, scale), BrushPart::Start);
        assert_eq!(brush_part(195.0, chosen, scale), BrushPart::End);
        assert_eq!(brush_part(150.0, chosen, scale), BrushPart::Middle);
        assert_eq!(brush_part(50.0, chosen, scale), BrushPart::Outside);
        assert_eq!(brush_part(150.0, None, scale), BrushPart::Outside);
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
