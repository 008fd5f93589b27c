//! Lines from one mark to the marks of the same correlation on other lanes, and how many of them are out of sight and
//! where. Asks for nothing: places of lanes are handed in.

use super::Glyph;
use super::Ink;
use super::Shape;
use super::TimeScale;
use super::shape::Dash;
use crate::protocol::Related;
use crate::sorting;

/// Where a lane stands on the canvas.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LanePlace {
    /// The middle of the lane.
    pub y: f64,
    pub is_in_sight: bool,
}

/// What the lines came to, for the words beside them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Relations {
    /// Joined to the mark, itself left out.
    pub n_joined: u32,
    pub n_out_of_sight: u32,
    /// The numbers of the lanes where those are, each once, in order.
    pub lanes_out_of_sight: Vec<u32>,
    /// Of those out of sight, how many are only earlier or later than the window, on lanes in sight.
    pub n_earlier: u32,
    pub n_later: u32,
}

/// Counts and draws. `place`: of a lane by number and key; `None` where its region is folded away.
pub fn relations(
    related: &Related,
    scale: TimeScale,
    place: &dyn Fn(u32, &str) -> Option<LanePlace>,
    shapes: &mut Vec<Shape>,
) -> Relations {
    let mut found = Relations::default();
    let window = scale.window();
    let own = related.marks.iter().find(|mark| mark.row == related.row);
    let from = own.and_then(|own| {
        let place = place(own.lane, &own.key)?;
        Some((scale.px_within(own.at, 8.0), place.y))
    });
    let mut rings = Vec::new();
    for mark in related.marks.iter().filter(|mark| mark.row != related.row) {
        let stands = place(mark.lane, &mark.key).filter(|place| place.is_in_sight);
        let is_inside = window.from() <= mark.at && mark.at <= window.to();
        match (stands, from) {
            (Some(place), Some(from)) if is_inside => {
                found.n_joined += 1;
                let to = (scale.px(mark.at), place.y);
                shapes.push(Shape::line(from, to, Ink::Accent, 1.5, Dash::Solid));
                rings.push(to);
            }
            (stands, _) => {
                found.n_out_of_sight += 1;
                if !found.lanes_out_of_sight.contains(&mark.lane) {
                    found.lanes_out_of_sight.push(mark.lane);
                }
                if stands.is_some() && !is_inside {
                    match mark.at < window.from() {
                        true => found.n_earlier += 1,
                        false => found.n_later += 1,
                    }
                }
            }
        }
    }
    sorting::sort_by(&mut found.lanes_out_of_sight, u32::cmp);
    for (x, y) in from.into_iter().chain(rings) {
        shapes.push(Shape::Mark {
            glyph: Glyph::HoverRing,
            x,
            y,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RelatedMark;
    use crate::protocol::RowId;
    use crate::time::TimeRange;
    use crate::time::Timestamp;

    /// Marks as `(row, second, lane)`; the first is the one that was asked about.
    fn related(marks: &[(u32, i64, u32)]) -> Related {
        Related {
            row: RowId(marks[0].0),
            total: marks.len() as u32,
            marks: marks
                .iter()
                .map(|&(row, secs, lane)| RelatedMark {
                    row: RowId(row),
                    at: Timestamp::from_secs(secs),
                    lane,
                    key: lane.to_string(),
                })
                .collect(),
            n_hidden: 0,
            labels: Vec::new(),
        }
    }

    /// A window of 100 seconds over 500 px; lanes 0 to 4 are in sight, 5 is scrolled away, 6 is folded.
    fn drawn(marks: &[(u32, i64, u32)]) -> (Relations, Vec<Shape>) {
        let range = TimeRange::new(Timestamp::from_secs(0), Timestamp::from_secs(100));
        let scale = TimeScale::new(range.expect("in order"), 500.0);
        let mut shapes = Vec::new();
        let place = |lane: u32, _: &str| {
            (lane < 6).then_some(LanePlace {
                y: f64::from(lane) * 22.0 + 11.0,
                is_in_sight: lane < 5,
            })
        };
        let found = relations(&related(marks), scale, &place, &mut shapes);
        (found, shapes)
    }

    #[test]
    fn a_line_goes_from_the_mark_to_each_of_its_relatives_in_sight() {
        let (found, shapes) = drawn(&[(1, 10, 0), (2, 20, 3), (3, 10, 1)]);
        assert_eq!((found.n_joined, found.n_out_of_sight), (2, 0));
        let lines: Vec<_> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line { from, to, .. } => Some((*from, *to)),
                _ => None,
            })
            .collect();
        let from = (50.0, 11.0);
        assert_eq!(lines, [(from, (100.0, 77.0)), (from, (50.0, 33.0))]);
    }

    #[test]
    fn what_is_out_of_sight_is_counted_with_its_lanes_each_once() {
        let marks = [(1, 10, 0), (2, 20, 5), (3, 30, 5), (4, 30, 6), (5, 500, 1)];
        let (found, _) = drawn(&marks);
        assert_eq!((found.n_joined, found.n_out_of_sight), (0, 4));
        assert_eq!(found.lanes_out_of_sight, [1, 5, 6]);
        assert_eq!((found.n_earlier, found.n_later), (0, 1));
    }

    #[test]
    fn a_mark_in_a_folded_region_has_no_lines_and_all_others_are_told_as_out_of_sight() {
        let (found, shapes) = drawn(&[(1, 10, 6), (2, 20, 0)]);
        assert_eq!((found.n_joined, found.n_out_of_sight), (0, 1));
        assert!(shapes.is_empty());
    }
}
