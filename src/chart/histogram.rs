//! The histogram over all views: how bars stack, and where nothing was fetched. Counts nothing itself: the bins come from
//! the engine; how wide they are is `bins`'s.

use super::Font;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::shape::Dash;
use crate::protocol::Bin;
use crate::protocol::Gap;
use crate::sorting;
use crate::time::TimeRange;
use crate::time::Timestamp;

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
    sorting::sort(&mut cuts);
    cuts.dedup();
    let mut parts: Vec<(TimeRange, Covered)> = Vec::new();
    for pair in cuts.windows(2) {
        let Some(part) = TimeRange::new(pair[0], pair[1]) else {
            continue;
        };
        let mut missing: Vec<&str> = Vec::new();
        for gap in gaps.iter().filter(|gap| gap.range.contains(part.from())) {
            if !missing.contains(&gap.region.as_str()) {
                missing.push(&gap.region);
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;
    use crate::chart::bins::tests::march;
    use crate::chart::bins::tests::range;
    use crate::protocol::GapReason;

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
}
