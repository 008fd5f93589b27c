//! All lanes over the whole range in a strip, with a frame about what is in sight; and what a press or a drag on it asks
//! for. Knows no scrolling: the lanes in sight are handed in by number.

use super::Ink;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::shape::Dash;
use super::within;
use crate::protocol::LanesShort;
use crate::time::TimeRange;

/// The strip at the foot of the timeline.
pub const MINIMAP_PX: f64 = 56.0;
/// Bands of lanes that it has room for.
pub const BANDS: u32 = 24;
/// A frame about a moment, or about a lane of thousands, is still to be taken hold of.
const LEAST_FRAME_PX: f64 = 8.0;
const AIR_PX: f64 = 4.0;

/// What is in sight.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct InSight {
    pub window: TimeRange,
    /// From this lane, by number, up to that one.
    pub lanes: (u32, u32),
}

/// The strip's measure: time from left to right, lanes from top to bottom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Minimap {
    pub scale: TimeScale,
    pub height: f64,
    pub total: u32,
}

impl Minimap {
    /// The frame, held within the strip.
    pub fn frame(&self, sight: InSight) -> Rect {
        let width = self.scale.width_px();
        let (left, right) = (
            self.scale.px_within(sight.window.from(), 0.0),
            self.scale.px_within(sight.window.to(), 0.0),
        );
        let (top, bottom) = (self.y_of(sight.lanes.0), self.y_of(sight.lanes.1));
        let (x, frame_px) = stretched(left, right, width);
        let (y, frame_high) = stretched(top, bottom, self.height);
        Rect::new(x, y, frame_px, frame_high)
    }

    /// The window of the same length about a place of the strip.
    pub fn window_about(&self, x: f64, window: TimeRange) -> TimeRange {
        let half = window.nanos() / 2;
        let from = self.scale.time_from_px(x).plus_nanos(-half);
        TimeRange::new(from, from.plus_nanos(window.nanos())).unwrap_or(window)
    }

    /// The number of the lane at a place of the strip.
    pub fn lane_at(&self, y: f64) -> u32 {
        let room = self.height - 2.0 * AIR_PX;
        let share = within((y - AIR_PX) / room, 0.0, 1.0);
        let lane = (share * f64::from(self.total)) as u32;
        lane.min(self.total.saturating_sub(1))
    }

    fn y_of(&self, lane: u32) -> f64 {
        let room = self.height - 2.0 * AIR_PX;
        AIR_PX + room * f64::from(lane) / f64::from(self.total.max(1))
    }
}

/// A frame's start and length: no shorter than can be taken hold of, and within the room.
fn stretched(from: f64, to: f64, room: f64) -> (f64, f64) {
    let length = (to - from).max(LEAST_FRAME_PX).min(room);
    let middle = (from + to) / 2.0;
    (within(middle - length / 2.0, 0.0, room - length), length)
}

pub fn draw_minimap(map: &Minimap, short: &LanesShort, sight: InSight, shapes: &mut Vec<Shape>) {
    for band in &short.bands {
        let (top, bottom) = (map.y_of(band.first), map.y_of(band.first + band.n_lanes));
        // A hair of ground between bands, where they are high enough.
        let height = match bottom - top {
            high if high > 2.0 => high - 0.75,
            high => high,
        };
        let px = map.scale.width_px() / band.on.len().max(1) as f64;
        let runs = |shares: &[u8], ink: Ink, shapes: &mut Vec<Shape>| {
            let mut from = 0;
            for run in shares.chunk_by(|a, b| a == b) {
                if run[0] > 0 {
                    let rect = Rect::new(from as f64 * px, top, run.len() as f64 * px, height);
                    let alpha = 0.15 + 0.5 * f64::from(run[0]) / 255.0;
                    shapes.push(Shape::Fill {
                        rect,
                        ink,
                        alpha,
                        radius: 0.0,
                    });
                }
                from += run.len();
            }
        };
        runs(&band.live, Ink::ValueEdge, shapes);
        runs(&band.on, Ink::OnEdge, shapes);
        let has_states = band.on.iter().chain(&band.live).any(|share| *share > 0);
        for part in 0..band.has_failures.len() {
            let rect = |least: f64| Rect::new(part as f64 * px, top, px.max(least), height);
            if band.has_failures[part] {
                shapes.push(Shape::fill(rect(2.0), Ink::FailSolid));
            } else if band.has_events[part] && !has_states {
                shapes.push(Shape::fill(rect(1.0), Ink::Line2));
            }
        }
    }
    for gap in &short.gaps {
        let left = map.scale.px_within(gap.range.from(), 0.0);
        let right = map.scale.px_within(gap.range.to(), 0.0);
        let (top, bottom) = (map.y_of(gap.first), map.y_of(gap.first + gap.n_lanes));
        if right > left {
            let rect = Rect::new(left, top, (right - left).max(1.0), bottom - top);
            shapes.push(Shape::Hatch { rect });
        }
    }
    let frame = map.frame(sight);
    shapes.push(Shape::Fill {
        rect: frame,
        ink: Ink::Accent,
        alpha: 0.1,
        radius: 2.0,
    });
    shapes.push(Shape::Frame {
        rect: frame,
        ink: Ink::Accent,
        width: 2.0,
        radius: 2.0,
        dash: Dash::Solid,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ShortBand;
    use crate::time::Timestamp;

    fn range(from: i64, to: i64) -> TimeRange {
        TimeRange::new(Timestamp::from_secs(from), Timestamp::from_secs(to)).expect("in order")
    }

    /// A thousand seconds over 500 px, a hundred lanes over 48.
    fn map() -> Minimap {
        Minimap {
            scale: TimeScale::new(range(0, 1000), 500.0),
            height: MINIMAP_PX,
            total: 100,
        }
    }

    fn sight(from: i64, to: i64, lanes: (u32, u32)) -> InSight {
        InSight {
            window: range(from, to),
            lanes,
        }
    }

    #[test]
    fn the_frame_stands_about_what_is_in_sight() {
        let frame = map().frame(sight(200, 400, (0, 50)));
        assert_eq!(frame, Rect::new(100.0, 4.0, 100.0, 24.0));
    }

    #[test]
    fn a_frame_about_a_moment_and_past_the_data_stays_within_and_can_be_taken_hold_of() {
        for sight in [
            sight(1000, 1001, (99, 100)),
            sight(-500, -400, (0, 1)),
            sight(5000, 9000, (0, 100)),
        ] {
            let frame = map().frame(sight);
            assert!(frame.width >= LEAST_FRAME_PX && frame.height >= LEAST_FRAME_PX);
            assert!(frame.x >= 0.0 && frame.right() <= 500.0);
            assert!(frame.y >= 0.0 && frame.bottom() <= MINIMAP_PX);
        }
    }

    #[test]
    fn a_press_asks_for_the_window_about_it_and_the_lane_there() {
        assert_eq!(map().window_about(250.0, range(0, 100)), range(450, 550));
        assert_eq!(map().lane_at(28.0), 50);
        assert_eq!((map().lane_at(-9.0), map().lane_at(99.0)), (0, 99));
    }

    #[test]
    fn failures_are_drawn_over_states_and_the_frame_over_all() {
        let short = LanesShort {
            window: range(0, 1000),
            total: 100,
            n_looked_at: 100,
            bands: vec![ShortBand {
                first: 0,
                n_lanes: 100,
                on: vec![255, 255, 0, 0],
                live: vec![0; 4],
                has_events: vec![true; 4],
                has_failures: vec![false, true, false, false],
            }],
            gaps: Vec::new(),
        };
        let mut shapes = Vec::new();
        draw_minimap(&map(), &short, sight(0, 100, (0, 9)), &mut shapes);
        let inks: Vec<Ink> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Fill { ink, .. } | Shape::Frame { ink, .. } => Some(*ink),
                _ => None,
            })
            .collect();
        assert_eq!(
            inks,
            [Ink::OnEdge, Ink::FailSolid, Ink::Accent, Ink::Accent]
        );
    }
}
