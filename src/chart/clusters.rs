//! Marks of events along one line: those too near each other to tell apart become one pill with their count, its
//! failed part a red end. Drops none: every mark is in exactly one cluster, also one of its own, and every event is counted.

use super::Font;
use super::Glyph;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::shape::TextAnchor;
use super::swimlane::glyph_of;
use crate::cadf::Outcome;
use crate::protocol::Mark;
use crate::protocol::RowId;
use crate::sorting;
use crate::time::Timestamp;

/// Marks whose centres come nearer than this are one.
pub const NEAR_PX: f64 = 14.0;
const PILL_PX: f64 = 16.0;
/// Between two pills, and from a word to its pill's end.
const AIR_PX: f64 = 2.0;
const PAD_PX: f64 = 6.0;

/// What a mark or a pill opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opens {
    Event(RowId),
    /// The time from the first event to the last one; where that can't be looked at any closer, the event.
    Crowd(Timestamp, Timestamp, RowId),
}

impl Opens {
    pub fn of(mark: &Mark) -> Opens {
        match mark.crowd {
            None => Opens::Event(mark.row),
            Some(crowd) => Opens::Crowd(mark.at, crowd.until, mark.row),
        }
    }
}

/// One mark, or several as a pill.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedCluster {
    /// Places in the list of marks, by time.
    pub marks: Vec<usize>,
    /// Events; a mark may stand for several.
    pub n: usize,
    pub n_failed: usize,
    /// One of them.
    pub row: RowId,
    /// The first one's time and the last one's.
    pub from: Timestamp,
    pub until: Timestamp,
    pub x: f64,
    pub y: f64,
    pub rect: Rect,
    /// Of a single event.
    pub glyph: Option<Glyph>,
    /// Width of the part that counts all; what follows is the failed part.
    whole_px: f64,
}

/// Groups the marks in sight along a line at `y`. No two of the result overlap, unless one alone is wider than the
/// window.
pub fn clusters(
    marks: &[Mark],
    scale: TimeScale,
    y: f64,
    measure: Measure<'_>,
) -> Vec<PlacedCluster> {
    let window = scale.window();
    let is_in_sight = |mark: &Mark| window.from() <= until(mark) && mark.at <= window.to();
    let mut order: Vec<usize> = (0..marks.len())
        .filter(|index| is_in_sight(&marks[*index]))
        .collect();
    sorting::sort_by_key(&mut order, |index| (marks[*index].at, *index));
    let line = Line {
        scale,
        y,
        digit_px: measure("0", Font::STRONG),
        times_px: measure("×", Font::STRONG),
    };
    let mut found: Vec<PlacedCluster> = Vec::new();
    for index in order {
        let mut next = line.single(marks, index);
        // A pill grows with its count: it may reach the one before, and that the one before it.
        while let Some(last) = found.pop_if(|last| is_near(last, &next)) {
            next = line.joined(last, next);
        }
        found.push(next);
    }
    found
}

fn is_near(a: &PlacedCluster, b: &PlacedCluster) -> bool {
    b.x - a.x < NEAR_PX || b.rect.x - a.rect.right() < AIR_PX
}

fn until(mark: &Mark) -> Timestamp {
    mark.crowd.map_or(mark.at, |crowd| crowd.until)
}

/// What marks are placed along.
struct Line {
    scale: TimeScale,
    y: f64,
    digit_px: f64,
    times_px: f64,
}

impl Line {
    fn single(&self, marks: &[Mark], index: usize) -> PlacedCluster {
        let mark = &marks[index];
        let is_failed = usize::from(mark.outcome == Outcome::Failure);
        let (n, n_failed) = mark.crowd.map_or((1, is_failed), |crowd| {
            (crowd.n as usize, crowd.n_failed as usize)
        });
        self.placed(PlacedCluster {
            marks: vec![index],
            n,
            n_failed,
            row: mark.row,
            from: mark.at,
            until: until(mark),
            x: 0.0,
            y: self.y,
            rect: Rect::new(0.0, 0.0, 0.0, 0.0),
            glyph: (n == 1).then(|| glyph_of(mark)),
            whole_px: 0.0,
        })
    }

    fn joined(&self, mut first: PlacedCluster, mut second: PlacedCluster) -> PlacedCluster {
        first.marks.append(&mut second.marks);
        self.placed(PlacedCluster {
            n: first.n + second.n,
            n_failed: first.n_failed + second.n_failed,
            until: first.until.max(second.until),
            glyph: None,
            ..first
        })
    }

    /// Gives it its place, by what it stands for.
    fn placed(&self, cluster: PlacedCluster) -> PlacedCluster {
        let px = |at: Timestamp| self.scale.px(at);
        let middle = (px(cluster.from) + px(cluster.until)) / 2.0;
        if let Some(glyph) = cluster.glyph {
            let r = glyph.radius();
            return PlacedCluster {
                x: middle,
                rect: Rect::new(middle - r, self.y - r, 2.0 * r, 2.0 * r),
                ..cluster
            };
        }
        let part = |px: f64| (px + 2.0 * PAD_PX).max(PILL_PX);
        let digits_px = |n: usize| (n.max(1).ilog10() + 1) as f64 * self.digit_px;
        let whole_px = match cluster.n_failed == cluster.n {
            true => 0.0,
            false => part(digits_px(cluster.n)),
        };
        let failed_px = match cluster.n_failed {
            0 => 0.0,
            n => part(self.times_px + digits_px(n)),
        };
        let width = whole_px + failed_px;
        let left = (middle - width / 2.0)
            .min(self.scale.width_px() - width)
            .max(0.0)
            .round();
        PlacedCluster {
            x: left + width / 2.0,
            rect: Rect::new(left, self.y - PILL_PX / 2.0, width, PILL_PX),
            whole_px,
            ..cluster
        }
    }
}

fn failed_words(n: usize) -> String {
    format!("×{n}")
}

pub fn draw_cluster(cluster: &PlacedCluster, shapes: &mut Vec<Shape>) {
    if let Some(glyph) = cluster.glyph {
        shapes.push(Shape::Mark {
            glyph,
            x: cluster.x,
            y: cluster.y,
        });
        return;
    }
    let rect = cluster.rect;
    let pill = |rect: Rect, ink: Ink, radius: f64| Shape::Fill {
        rect,
        ink,
        alpha: 1.0,
        radius,
    };
    let word = |x: f64, text: String, ink: Ink| Shape::Text {
        x,
        y: cluster.y,
        text,
        ink,
        font: Font::STRONG,
        anchor: TextAnchor::Middle,
    };
    shapes.push(pill(rect.inset(-1.5), Ink::Surface, PILL_PX / 2.0 + 1.5));
    let all = match cluster.n_failed {
        0 => Ink::Text,
        _ => Ink::FailSolid,
    };
    shapes.push(pill(rect, all, PILL_PX / 2.0));
    if cluster.whole_px > 0.0 {
        let whole = Rect::new(rect.x, rect.y, cluster.whole_px, rect.height);
        if cluster.n_failed > 0 {
            shapes.push(pill(whole, Ink::Text, PILL_PX / 2.0));
            let square = Rect::new(
                whole.right() - PILL_PX / 2.0,
                whole.y,
                PILL_PX / 2.0,
                whole.height,
            );
            shapes.push(Shape::fill(square, Ink::Text));
        }
        let middle = whole.x + whole.width / 2.0;
        shapes.push(word(middle, cluster.n.to_string(), Ink::Surface));
    }
    if cluster.n_failed > 0 {
        let middle = (rect.x + cluster.whole_px + rect.right()) / 2.0;
        shapes.push(word(middle, failed_words(cluster.n_failed), Ink::FailGlyph));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;
    use crate::protocol::Crowd;
    use crate::time::TimeRange;
    use proptest::prelude::*;

    fn mark(at: i64, outcome: Outcome) -> Mark {
        Mark {
            row: RowId(0),
            at: Timestamp::from_secs(at),
            outcome,
            has_effect: true,
            crowd: None,
        }
    }

    /// A pixel a second.
    fn grouped(marks: &[Mark]) -> Vec<PlacedCluster> {
        let window = TimeRange::new(Timestamp::from_secs(0), Timestamp::from_secs(1000));
        let scale = TimeScale::new(window.expect("in order"), 1000.0);
        clusters(marks, scale, 20.0, &approximate_width)
    }

    fn sizes(marks: &[Mark]) -> Vec<(usize, usize)> {
        grouped(marks)
            .iter()
            .map(|cluster| (cluster.n, cluster.n_failed))
            .collect()
    }

    #[test]
    fn marks_nearer_than_fourteen_pixels_are_one() {
        use Outcome::{Failure, Success};
        assert_eq!(
            sizes(&[mark(100, Success), mark(114, Success)]),
            [(1, 0), (1, 0)]
        );
        assert_eq!(sizes(&[mark(100, Success), mark(113, Failure)]), [(2, 1)]);
    }

    #[test]
    fn a_pill_that_grows_into_its_neighbour_takes_it_in() {
        let many: Vec<Mark> = (0..200)
            .map(|i| mark(500 + i % 10, Outcome::Failure))
            .collect();
        let mut marks = many.clone();
        marks.push(mark(520, Outcome::Success));
        assert_eq!(sizes(&marks), [(201, 200)]);
    }

    #[test]
    fn a_crowd_is_a_pill_in_the_middle_of_its_time_and_counts_all_its_events() {
        let crowd = Mark {
            crowd: Some(Crowd {
                until: Timestamp::from_secs(140),
                n: 500,
                n_failed: 7,
            }),
            ..mark(100, Outcome::Failure)
        };
        let found = grouped(&[
            crowd,
            mark(300, Outcome::Success),
            mark(145, Outcome::Failure),
        ]);
        let sizes: Vec<_> = found
            .iter()
            .map(|c| (c.n, c.n_failed, c.glyph.is_some()))
            .collect();
        assert_eq!(sizes, [(501, 8, false), (1, 0, true)]);
        assert!((found[0].x - 122.5).abs() <= 0.5, "{}", found[0].x);
    }

    #[test]
    fn the_failed_part_is_a_red_end_with_its_count() {
        let mut shapes = Vec::new();
        let found = grouped(&[mark(100, Outcome::Success), mark(105, Outcome::Failure)]);
        draw_cluster(&found[0], &mut shapes);
        let words: Vec<(&str, Ink)> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text { text, ink, .. } => Some((text.as_str(), *ink)),
                _ => None,
            })
            .collect();
        assert_eq!(words, [("2", Ink::Surface), ("×1", Ink::FailGlyph)]);
    }

    proptest! {
        #[test]
        fn every_mark_in_sight_is_in_one_cluster_and_none_overlap(
            times in proptest::collection::vec((-50i64..1050, any::<bool>(), 1u32..9), 0..200)
        ) {
            let marks: Vec<Mark> = times
                .iter()
                .map(|(at, failed, n)| Mark {
                    crowd: (*n > 1).then(|| Crowd {
                        until: Timestamp::from_secs(*at),
                        n: *n,
                        n_failed: u32::from(*failed),
                    }),
                    ..mark(*at, if *failed { Outcome::Failure } else { Outcome::Success })
                })
                .collect();
            let found = grouped(&marks);
            for cluster in &found {
                let of = cluster.marks.iter().map(|i| times[*i]);
                let sums = of.fold((0, 0), |(n, failed), (_, f, m)| (n + m as usize, failed + usize::from(f)));
                prop_assert_eq!((cluster.n, cluster.n_failed), sums);
            }
            let mut members: Vec<usize> = found.iter().flat_map(|c| c.marks.clone()).collect();
            members.sort_unstable();
            let in_sight: Vec<usize> = (0..marks.len())
                .filter(|i| (0..=1000).contains(&times[*i].0))
                .collect();
            prop_assert_eq!(members, in_sight);
            for pair in found.windows(2) {
                prop_assert!(pair[1].rect.x >= pair[0].rect.right(), "{:?}", pair);
            }
        }
    }
}
