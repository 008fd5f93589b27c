//! Marks of events along one line: those too near each other to tell apart become one pill with their count, its
//! failed part a red end. Drops none: every mark is in exactly one cluster, also one of its own.

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
use crate::sorting;

/// Marks whose centres come nearer than this are one.
pub const NEAR_PX: f64 = 14.0;
const PILL_PX: f64 = 16.0;
/// Between two pills, and from a word to its pill's end.
const AIR_PX: f64 = 2.0;
const PAD_PX: f64 = 6.0;

/// One mark, or several as a pill.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedCluster {
    /// Places in the list of marks, by time.
    pub marks: Vec<usize>,
    pub x: f64,
    pub y: f64,
    pub rect: Rect,
    pub n_failed: usize,
    /// Of a single mark.
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
    let mut order: Vec<usize> = (0..marks.len())
        .filter(|index| window.from() <= marks[*index].at && marks[*index].at <= window.to())
        .collect();
    sorting::sort_by_key(&mut order, |index| (marks[*index].at, *index));
    let make = |members: Vec<usize>| placed(members, marks, scale, y, measure);
    let mut found: Vec<PlacedCluster> = Vec::new();
    for index in order {
        let mut next = make(vec![index]);
        // A pill grows with its count: it may reach the one before, and that the one before it.
        while let Some(last) = found.pop_if(|last| is_near(last, &next)) {
            let mut members = last.marks;
            members.append(&mut next.marks);
            next = make(members);
        }
        found.push(next);
    }
    found
}

fn is_near(a: &PlacedCluster, b: &PlacedCluster) -> bool {
    b.x - a.x < NEAR_PX || b.rect.x - a.rect.right() < AIR_PX
}

fn placed(
    members: Vec<usize>,
    marks: &[Mark],
    scale: TimeScale,
    y: f64,
    measure: Measure<'_>,
) -> PlacedCluster {
    let n_failed = members
        .iter()
        .filter(|index| marks[**index].outcome == Outcome::Failure)
        .count();
    if let [one] = members[..] {
        let x = scale.px(marks[one].at);
        let glyph = glyph_of(&marks[one]);
        let r = glyph.radius();
        return PlacedCluster {
            marks: members,
            x,
            y,
            rect: Rect::new(x - r, y - r, 2.0 * r, 2.0 * r),
            n_failed,
            glyph: Some(glyph),
            whole_px: 0.0,
        };
    }
    let part = |text: String| (measure(&text, Font::STRONG) + 2.0 * PAD_PX).max(PILL_PX);
    let all_failed = n_failed == members.len();
    let whole_px = match all_failed {
        true => 0.0,
        false => part(members.len().to_string()),
    };
    let failed_px = match n_failed {
        0 => 0.0,
        _ => part(failed_words(n_failed)),
    };
    let width = whole_px + failed_px;
    let ends = members.first().zip(members.last());
    let middle = ends.map_or(0.0, |(first, last)| {
        (scale.px(marks[*first].at) + scale.px(marks[*last].at)) / 2.0
    });
    let left = (middle - width / 2.0)
        .min(scale.width_px() - width)
        .max(0.0)
        .round();
    PlacedCluster {
        marks: members,
        x: left + width / 2.0,
        y,
        rect: Rect::new(left, y - PILL_PX / 2.0, width, PILL_PX),
        n_failed,
        glyph: None,
        whole_px,
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
        shapes.push(word(middle, cluster.marks.len().to_string(), Ink::Surface));
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
    use crate::protocol::RowId;
    use crate::time::TimeRange;
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn mark(at: i64, outcome: Outcome) -> Mark {
        Mark {
            row: RowId(0),
            at: Timestamp::from_secs(at),
            outcome,
            has_effect: true,
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
            .map(|cluster| (cluster.marks.len(), cluster.n_failed))
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
            times in proptest::collection::vec((-50i64..1050, any::<bool>()), 0..200)
        ) {
            let marks: Vec<Mark> = times
                .iter()
                .map(|(at, failed)| mark(*at, if *failed { Outcome::Failure } else { Outcome::Success }))
                .collect();
            let found = grouped(&marks);
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
