//! The timeline's picture: the rows in sight with their lanes, unfetched times and marks, as one scene.
//! Asks for nothing and scrolls nothing: it draws what it is handed.

use super::Font;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::axis::draw_grid;
use super::lane_rows::LaneRows;
use super::lane_rows::Row;
use super::shape::fitted;
use super::spans::LANE;
use super::spans::TrackBox;
use super::swimlane::PlacedPlate;
use super::swimlane::Scene;
use super::swimlane::draw_gap;
use super::swimlane::draw_lane;
use super::swimlane::draw_marks;
use super::swimlane::draw_plate;
use super::ticks::TwoLevels;
use super::within;
use crate::protocol::Gap;
use crate::protocol::GapReason;
use crate::protocol::Lane;
use crate::protocol::LaneGroup;
use crate::protocol::LaneKey;
use crate::time::TimeRange;

/// What lies before or after all that is held is told in words from this width on.
const WORDS_BEYOND_PX: f64 = 160.0;

/// Everything that the picture depends on.
pub struct TimelineInput<'a> {
    pub scale: TimeScale,
    pub rows: &'a LaneRows,
    pub groups: &'a [LaneGroup],
    /// A lane by its number, if it is here already.
    pub lane: &'a dyn Fn(u32) -> Option<&'a Lane>,
    pub gaps: &'a [Gap],
    pub by: LaneKey,
    pub axis: &'a TwoLevels,
    /// The part of all rows that the canvas shows: from `top`, `height` pixels.
    pub top: f64,
    pub height: f64,
    /// The lane that has the cursor.
    pub chosen: Option<u32>,
    /// From the first to the last event held: a margin before or after it needs no words.
    pub held: Option<TimeRange>,
    pub measure: Measure<'a>,
}

/// The scene, in pixels from the canvas's top.
pub fn timeline(input: &TimelineInput<'_>) -> Scene {
    let mut scene = Scene::default();
    let placed = input.rows.in_sight(input.top, input.height);
    let width = input.scale.width_px();
    let row_px = input.rows.row_px();
    for row in &placed {
        let y = row.top - input.top;
        let band = Rect::new(0.0, y, width, row_px);
        match row.row {
            Row::Group(_) => scene.shapes.push(Shape::fill(band, Ink::Sunken)),
            Row::Lane(number) if input.chosen == Some(number) => {
                scene.shapes.push(Shape::fill(band, Ink::Selected));
            }
            Row::Lane(_) => {}
        }
        let line = Rect::new(0.0, band.bottom() - 1.0, width, 1.0);
        scene.shapes.push(Shape::fill(line, Ink::Line));
    }
    let shown_bottom = within(input.rows.height_px() - input.top, 0.0, input.height);
    draw_grid(input.axis, width, 0.0, shown_bottom, &mut scene.shapes);
    for row in &placed {
        let Row::Lane(number) = row.row else { continue };
        if let Some(lane) = (input.lane)(number) {
            draw_row(number, lane, row.top - input.top, input, &mut scene);
        }
    }
    for row in &placed {
        if let Row::Group(index) = row.row
            && let Some(group) = input.groups.get(index)
        {
            draw_group(index, group, row.top - input.top, input, &mut scene);
        }
    }
    draw_gaps_of_scrolled_groups(input, &mut scene);
    draw_marks(&mut scene);
    scene
}

/// The lane stands at the foot of its row: what is above it is its label's.
fn draw_row(number: u32, lane: &Lane, y: f64, input: &TimelineInput<'_>, scene: &mut Scene) {
    let row_px = input.rows.row_px();
    let place = TrackBox {
        ground: match input.chosen == Some(number) {
            true => Ink::Selected,
            false => Ink::Surface,
        },
        known_to: input.held.map(|held| held.to()),
        ..TrackBox::new(input.scale, y + row_px - LANE.0, LANE, input.measure)
    };
    if lane.spans.is_empty() && lane.existence.is_empty() {
        // Nothing has a state here: a thin line to hang the marks on.
        let line = Rect::new(0.0, place.middle().floor(), input.scale.width_px(), 1.0);
        scene.shapes.push(Shape::fill(line, Ink::Line2));
    }
    draw_lane(number, lane, &place, scene);
    if input.by == LaneKey::Region {
        for (index, gap) in input.gaps.iter().enumerate() {
            if gap.region == lane.region {
                let drawn = draw_gap(
                    gap,
                    input.scale,
                    place.top,
                    place.top + place.height - 1.0,
                    &mut scene.shapes,
                );
                scene.gaps.extend(drawn.map(|rect| (rect, index)));
            }
        }
    }
}

fn draw_group(
    index: usize,
    group: &LaneGroup,
    y: f64,
    input: &TimelineInput<'_>,
    scene: &mut Scene,
) {
    let row_px = input.rows.row_px();
    let width = input.scale.width_px();
    draw_gaps_of(index, group, input, scene);
    let is_closed = input
        .rows
        .lanes_of_group(index)
        .is_none_or(|(top, bottom)| bottom <= top);
    let words = group_words(group);
    let words = fitted(&words, width - 20.0, 60.0, Font::LABEL, input.measure);
    let mut taken_to = 0.0;
    if let Some(words) = words {
        let text_px = (input.measure)(&words, Font::LABEL);
        let plate = Rect::new(4.0, y + 2.0, text_px + 12.0, row_px - 5.0);
        if is_closed {
            scene.shapes.push(Shape::fill(plate, Ink::Sunken));
        }
        // On a phone the region's own name stands above.
        let text_y = y + row_px - LANE.0 / 2.0;
        scene
            .shapes
            .push(Shape::text(10.0, text_y, words, Ink::Text3, Font::LABEL));
        taken_to = plate.right() + 8.0;
    }
    for (gap_index, gap) in gaps_of(group, input) {
        let Some(seen) = gap.range.intersect(input.scale.window()) else {
            continue;
        };
        let is_beyond = input
            .held
            .is_some_and(|held| gap.range.to() <= held.from() || gap.range.from() >= held.to());
        // The margin about all that is held needs none; who pans past it is told.
        let seen_px = input.scale.px(seen.to()) - input.scale.px(seen.from());
        if is_beyond && gap.reason == GapReason::NotAsked && seen_px < WORDS_BEYOND_PX {
            continue;
        }
        let bounds = Rect::new(
            taken_to,
            y + row_px - LANE.0 + 1.0,
            width - taken_to - 8.0,
            LANE.0 - 3.0,
        );
        let at_x = input.scale.px(seen.from()) + 4.0;
        let plate = draw_plate(gap, at_x, bounds, input.measure, &mut scene.shapes);
        if let Some(rect) = plate {
            taken_to = rect.right() + 6.0;
            scene.plates.push(PlacedPlate {
                rect,
                gap: gap_index,
            });
        }
    }
}

/// A group whose head is scrolled away still has its unfetched times over the lanes in sight.
fn draw_gaps_of_scrolled_groups(input: &TimelineInput<'_>, scene: &mut Scene) {
    for (index, group) in input.groups.iter().enumerate() {
        if let Some((top, bottom)) = input.rows.lanes_of_group(index) {
            let head = top - input.rows.row_px();
            let is_head_in_sight =
                head + input.rows.row_px() > input.top && head < input.top + input.height;
            if !is_head_in_sight && bottom > input.top && top < input.top + input.height {
                draw_gaps_of(index, group, input, scene);
            }
        }
    }
}

fn draw_gaps_of(index: usize, group: &LaneGroup, input: &TimelineInput<'_>, scene: &mut Scene) {
    let Some((top, bottom)) = input.rows.lanes_of_group(index) else {
        return;
    };
    let row_px = input.rows.row_px();
    // A closed group shows its unfetched times in its head.
    let (top, bottom) = match bottom <= top {
        true => (top - row_px, top - 1.0),
        false => (top, bottom - 1.0),
    };
    let (top, bottom) = (
        (top - input.top).max(-8.0),
        (bottom - input.top).min(input.height + 8.0),
    );
    for (gap_index, gap) in gaps_of(group, input) {
        let drawn = draw_gap(gap, input.scale, top, bottom, &mut scene.shapes);
        scene.gaps.extend(drawn.map(|rect| (rect, gap_index)));
    }
}

fn gaps_of<'a>(
    group: &'a LaneGroup,
    input: &'a TimelineInput<'_>,
) -> impl Iterator<Item = (usize, &'a Gap)> {
    input
        .gaps
        .iter()
        .enumerate()
        .filter(|(_, gap)| gap.region == group.region)
}

fn group_words(group: &LaneGroup) -> String {
    let noun = if group.n_lanes == 1 {
        "resource"
    } else {
        "resources"
    };
    match group.n_with_marks {
        0 => format!("{} {noun}, none with marks here", group.n_lanes),
        n if n == group.n_lanes => format!("{n} {noun} with marks here"),
        n => format!("{} {noun}, {n} with marks here", group.n_lanes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Outcome;
    use crate::chart::Glyph;
    use crate::chart::approximate_width;
    use crate::chart::lane_rows::ROW_PX;
    use crate::chart::lane_rows::ROW_PX_PHONE;
    use crate::chart::ticks::two_levels;
    use crate::protocol::Mark;
    use crate::protocol::RowId;
    use crate::time::Clock;
    use crate::time::Timestamp;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    fn range(from: i64, to: i64) -> TimeRange {
        TimeRange::new(at(from), at(to)).expect("in order")
    }

    fn lanes(n: u32) -> Vec<Lane> {
        (0..n)
            .map(|i| Lane {
                key: i.to_string(),
                label: format!("web-{i}"),
                resource: None,
                region: "us-east".into(),
                n_events: 2,
                n_failures: 1,
                findings: Vec::new(),
                spans: Vec::new(),
                existence: Vec::new(),
                marks: [(10, Outcome::Failure), (10, Outcome::Success)]
                    .into_iter()
                    .map(|(secs, outcome)| Mark {
                        row: RowId(i),
                        at: at(secs),
                        outcome,
                        has_effect: true,
                        crowd: None,
                    })
                    .collect(),
            })
            .collect()
    }

    fn group(region: &str, first_lane: u32, n_lanes: u32) -> LaneGroup {
        LaneGroup {
            region: region.into(),
            city: String::new(),
            first_lane,
            n_lanes,
            n_with_marks: n_lanes,
        }
    }

    fn drawn(top: f64, height: f64, row_px: f64, closed: bool) -> Scene {
        let lanes = lanes(6);
        let groups = [group("us-south", 0, 2), group("us-east", 2, 4)];
        let gaps = [Gap {
            region: "us-east".into(),
            range: range(40, 60),
            reason: GapReason::Failed,
            words: "failed (429). Retry".into(),
        }];
        let scale = TimeScale::new(range(0, 100), 500.0);
        let axis = two_levels(scale, Clock::UTC, &approximate_width);
        let rows = LaneRows::new(&groups, 6, row_px, |g| closed && g.region == "us-east");
        timeline(&TimelineInput {
            scale,
            rows: &rows,
            groups: &groups,
            lane: &|number| lanes.get(number as usize),
            gaps: &gaps,
            by: LaneKey::Resource,
            axis: &axis,
            top,
            height,
            chosen: Some(0),
            held: None,
            measure: &approximate_width,
        })
    }

    #[test]
    fn a_gap_covers_the_lanes_of_its_region_and_no_other() {
        let scene = drawn(0.0, 400.0, ROW_PX, false);
        let rects: Vec<Rect> = scene.gaps.iter().map(|(rect, _)| *rect).collect();
        // Two lanes and two heads stand above its own four lanes.
        assert_eq!(rects, [Rect::new(200.0, 88.0, 100.0, 87.0)]);
        assert_eq!(scene.plates.len(), 1);
        assert!(scene.plates[0].rect.y >= 66.0 && scene.plates[0].rect.bottom() <= 88.0);
    }

    #[test]
    fn a_gap_is_still_there_when_the_regions_head_is_scrolled_away() {
        let scene = drawn(100.0, 200.0, ROW_PX, false);
        assert_eq!(scene.gaps.len(), 1);
        assert_eq!(scene.gaps[0].0.bottom(), 88.0 + 87.0 - 100.0);
    }

    #[test]
    fn a_closed_region_shows_its_gap_in_its_head() {
        let scene = drawn(0.0, 400.0, ROW_PX, true);
        assert_eq!(scene.gaps[0].0, Rect::new(200.0, 66.0, 100.0, 21.0));
        assert_eq!(scene.lanes.len(), 2);
    }

    #[test]
    fn failing_marks_are_the_last_shapes_of_all_lanes() {
        let scene = drawn(0.0, 400.0, ROW_PX, false);
        let tail: Vec<&Shape> = scene.shapes.iter().rev().take(6).collect();
        assert!(tail.iter().all(|shape| matches!(
            shape,
            Shape::Mark {
                glyph: Glyph::Octagon,
                ..
            }
        )));
    }

    #[test]
    fn only_lanes_in_sight_are_drawn() {
        let scene = drawn(22.0 * 5.0, 22.0, ROW_PX, false);
        let numbers: Vec<u32> = scene.lanes.iter().map(|lane| lane.lane).collect();
        assert_eq!(numbers, [3]);
    }

    #[test]
    fn on_a_phone_the_lane_leaves_room_for_its_label_above() {
        let scene = drawn(0.0, 400.0, ROW_PX_PHONE, false);
        assert_eq!(scene.lanes[0].rect.y, 44.0 + 22.0);
        assert_eq!(scene.marks[0].y, 44.0 + 33.0);
    }
}
