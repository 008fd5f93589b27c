//! The lanes that stay under the axis, as one scene: each with its own unfetched times, over a ground of their own.
//! Knows no scrolling: all of them are drawn.

use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::axis::draw_grid;
use super::spans::LANE;
use super::spans::TrackBox;
use super::swimlane::Scene;
use super::swimlane::draw_gap;
use super::swimlane::draw_lane;
use super::swimlane::draw_marks;
use super::ticks::TwoLevels;
use crate::protocol::Gap;
use crate::protocol::Lane;
use crate::time::TimeRange;

/// A pinned lane is a little higher than the others.
pub const PINNED_PX: f64 = 24.0;
/// More would leave the others no room.
pub const MOST_PINNED: usize = 8;

/// Everything that the picture depends on.
pub struct PinnedInput<'a> {
    pub scale: TimeScale,
    /// `None`: not here, or hidden by the search; its row stays empty.
    pub lanes: &'a [Option<&'a Lane>],
    pub gaps: &'a [Gap],
    pub axis: &'a TwoLevels,
    pub row_px: f64,
    /// From the first to the last event held.
    pub held: Option<TimeRange>,
    pub measure: Measure<'a>,
}

/// The scene; a lane's number is its place among the pinned ones.
pub fn pinned(input: &PinnedInput<'_>) -> Scene {
    let mut scene = Scene::default();
    let width = input.scale.width_px();
    let bottom = input.row_px * input.lanes.len() as f64;
    let ground = Rect::new(0.0, 0.0, width, bottom);
    scene.shapes.push(Shape::fill(ground, Ink::Selected));
    draw_grid(input.axis, width, 0.0, bottom, &mut scene.shapes);
    for (number, lane) in input.lanes.iter().enumerate() {
        let top = number as f64 * input.row_px;
        let line = Rect::new(0.0, top + input.row_px - 1.0, width, 1.0);
        scene.shapes.push(Shape::fill(line, Ink::Line));
        let Some(lane) = lane else { continue };
        // Its label stands above it where it has no room beside it.
        let height = input.row_px.min(PINNED_PX);
        let place = TrackBox {
            ground: Ink::Selected,
            known_to: input.held.map(|held| held.to()),
            ..TrackBox::new(
                input.scale,
                top + input.row_px - height,
                (height, LANE.1),
                input.measure,
            )
        };
        if lane.spans.is_empty() && lane.existence.is_empty() {
            let line = Rect::new(0.0, place.middle().floor(), width, 1.0);
            scene.shapes.push(Shape::fill(line, Ink::Line2));
        }
        draw_lane(number as u32, lane, &place, &mut scene);
        for (index, gap) in input.gaps.iter().enumerate() {
            if gap.region == lane.region {
                let (top, bottom) = (place.top, place.top + height - 1.0);
                let drawn = draw_gap(gap, input.scale, top, bottom, &mut scene.shapes);
                scene.gaps.extend(drawn.map(|rect| (rect, index)));
            }
        }
    }
    draw_marks(&mut scene);
    scene
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Outcome;
    use crate::chart::approximate_width;
    use crate::chart::ticks::two_levels;
    use crate::protocol::GapReason;
    use crate::protocol::Mark;
    use crate::protocol::RowId;
    use crate::time::Clock;
    use crate::time::Timestamp;

    fn range(from: i64, to: i64) -> TimeRange {
        TimeRange::new(Timestamp::from_secs(from), Timestamp::from_secs(to)).expect("in order")
    }

    fn lane(region: &str) -> Lane {
        Lane {
            key: region.into(),
            label: "web-1".into(),
            resource: None,
            region: region.into(),
            n_events: 1,
            n_failures: 0,
            spans: Vec::new(),
            existence: Vec::new(),
            marks: vec![Mark {
                row: RowId(7),
                at: Timestamp::from_secs(50),
                outcome: Outcome::Success,
                has_effect: true,
                crowd: None,
            }],
            findings: Vec::new(),
        }
    }

    fn drawn(lanes: &[Option<&Lane>], row_px: f64) -> Scene {
        let scale = TimeScale::new(range(0, 100), 500.0);
        let gaps = [Gap {
            region: "us-east".into(),
            range: range(20, 40),
            reason: GapReason::Failed,
            words: "failed".into(),
        }];
        pinned(&PinnedInput {
            scale,
            lanes,
            gaps: &gaps,
            axis: &two_levels(scale, Clock::UTC, &approximate_width),
            row_px,
            held: None,
            measure: &approximate_width,
        })
    }

    #[test]
    fn a_pinned_lane_that_is_hidden_keeps_its_place_empty() {
        let lane = lane("us-south");
        let scene = drawn(&[None, Some(&lane)], PINNED_PX);
        let marks: Vec<_> = scene.marks.iter().map(|m| (m.lane, m.x, m.y)).collect();
        assert_eq!(marks, [(1, 250.0, 36.0)]);
    }

    #[test]
    fn an_unfetched_time_covers_only_pinned_lanes_of_its_region() {
        let (south, east) = (lane("us-south"), lane("us-east"));
        let scene = drawn(&[Some(&south), Some(&east)], PINNED_PX);
        assert_eq!(scene.gaps, [(Rect::new(100.0, 24.0, 100.0, 23.0), 0)]);
    }

    #[test]
    fn on_a_phone_a_pinned_lane_stands_at_the_foot_of_its_row() {
        let lane = lane("us-south");
        assert_eq!(drawn(&[Some(&lane)], 44.0).marks[0].y, 32.0);
    }
}
