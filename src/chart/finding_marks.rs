//! Findings along a time axis: a triangle each, filled where firm, hollow where suspected. Those too near each other to
//! tell apart are one, the weightiest, with their count.

use super::Font;
use super::Glyph;
use super::Ink;
use super::Shape;
use super::TimeScale;
use crate::findings::Severity;
use crate::time::Timestamp;

/// Triangles whose middles come nearer than this are one.
const NEAR_PX: f64 = 14.0;
/// From a triangle's middle to its count.
const COUNT_PX: f64 = 9.0;

/// A finding to be placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FindingPoint {
    pub at: Timestamp,
    pub severity: Severity,
    pub is_firm: bool,
}

impl FindingPoint {
    fn weight(self) -> (bool, Severity) {
        (self.is_firm, self.severity)
    }
}

/// One triangle.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedFinding {
    /// Places in the list of findings, by time.
    pub findings: Vec<usize>,
    pub x: f64,
    weight: (bool, Severity),
}

impl PlacedFinding {
    /// How far the next one must be away: a count takes room as well.
    fn reach_px(&self) -> f64 {
        match self.findings.len() {
            1 => NEAR_PX,
            _ => NEAR_PX + COUNT_PX + 4.0,
        }
    }

    pub fn is_firm(&self) -> bool {
        self.weight.0
    }
}

/// Places those in sight; the points come in the order of time.
pub fn placed_findings(points: &[FindingPoint], scale: TimeScale) -> Vec<PlacedFinding> {
    let mut found: Vec<PlacedFinding> = Vec::new();
    for (index, point) in points.iter().enumerate() {
        let x = scale.px(point.at);
        if !(0.0..=scale.width_px()).contains(&x) {
            continue;
        }
        let weight = point.weight();
        match found.last_mut().filter(|last| x - last.x < last.reach_px()) {
            Some(last) => {
                last.findings.push(index);
                last.weight = last.weight.max(weight);
            }
            None => found.push(PlacedFinding {
                findings: vec![index],
                x,
                weight,
            }),
        }
    }
    found
}

/// Draws triangles with their middles at `y`.
pub fn draw_findings(placed: &[PlacedFinding], y: f64, shapes: &mut Vec<Shape>) {
    for finding in placed {
        shapes.push(Shape::Mark {
            glyph: match finding.is_firm() {
                true => Glyph::Firm,
                false => Glyph::Suspected,
            },
            x: finding.x,
            y,
        });
        let n = finding.findings.len();
        if n > 1 {
            let x = finding.x + COUNT_PX;
            shapes.push(Shape::text(x, y, n.to_string(), Ink::Finding, Font::STRONG));
        }
    }
}

/// The triangle at a place along the axis.
pub fn finding_at(placed: &[PlacedFinding], x: f64) -> Option<&PlacedFinding> {
    placed
        .iter()
        .filter(|finding| (finding.x - x).abs() <= NEAR_PX / 2.0 + 1.0)
        .min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeRange;

    fn scale() -> TimeScale {
        let end = Timestamp::from_secs(100);
        let window = TimeRange::new(Timestamp::from_secs(0), end).expect("in order");
        TimeScale::new(window, 1000.0)
    }

    fn point(secs: i64, is_firm: bool) -> FindingPoint {
        FindingPoint {
            at: Timestamp::from_secs(secs),
            severity: Severity::Warning,
            is_firm,
        }
    }

    #[test]
    fn findings_too_near_each_other_are_one_triangle_that_is_firm_if_one_of_them_is() {
        let points = [point(10, false), point(11, true), point(50, false)];
        let placed = placed_findings(&points, scale());
        let said: Vec<(Vec<usize>, f64, bool)> = placed
            .iter()
            .map(|one| (one.findings.clone(), one.x, one.is_firm()))
            .collect();
        assert_eq!(said, [(vec![0, 1], 100.0, true), (vec![2], 500.0, false)]);
        let mut shapes = Vec::new();
        draw_findings(&placed, 11.0, &mut shapes);
        let counts: Vec<&str> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(counts, ["2"]);
    }

    #[test]
    fn a_finding_outside_the_window_is_not_drawn() {
        assert!(placed_findings(&[point(-1, true), point(101, true)], scale()).is_empty());
    }

    #[test]
    fn the_nearest_triangle_answers_a_point() {
        let placed = placed_findings(&[point(10, true), point(12, false)], scale());
        let found = |x| finding_at(&placed, x).map(|one| one.findings.clone());
        assert_eq!(found(107.0), Some(vec![0]));
        assert_eq!(found(113.0), Some(vec![1]));
        assert_eq!(found(140.0), None);
    }
}
