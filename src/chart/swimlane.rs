//! Lays lanes out: spans below, then unfetched times, then marks with failures above all.
//! Knows no scrolling and no window of rows: see `lane_rows`.

use super::Font;
use super::Glyph;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::clusters::PlacedCluster;
use super::clusters::clusters;
use super::clusters::draw_cluster;
use super::finding_marks::FindingPoint;
use super::finding_marks::PlacedFinding;
use super::finding_marks::draw_findings;
use super::finding_marks::placed_findings;
use super::segments::Turn;
use super::segments::turns;
use super::shape::Dash;
use super::shape::fitted;
use super::spans::PlacedSpan;
use super::spans::TrackBox;
use super::spans::draw_track;
use crate::cadf::Outcome;
use crate::protocol::Gap;
use crate::protocol::GapReason;
use crate::protocol::Lane;
use crate::protocol::Mark;
use crate::protocol::RowId;
use crate::protocol::SpanView;
use crate::sorting;
use crate::time::Timestamp;

/// From the middle of an event's mark to that of its finding's triangle.
const FINDING_ASIDE_PX: f64 = 10.0;
const FINDING_UP_PX: f64 = 5.0;

/// A mark as it was drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlacedMark {
    /// The number its lane was drawn under.
    pub lane: u32,
    /// Its place among the lane's marks.
    pub index: usize,
    pub row: RowId,
    pub at: Timestamp,
    pub x: f64,
    pub y: f64,
    pub glyph: Glyph,
    /// A birth or an end, which its bracket or bar already shows.
    pub is_turn: bool,
}

/// A lane's spans as they were drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedLane {
    pub lane: u32,
    pub rect: Rect,
    pub spans: Vec<PlacedSpan>,
}

/// A gap's plate, for clicking.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedPlate {
    pub rect: Rect,
    /// Its place among the gaps.
    pub gap: usize,
}

/// Everything that is drawn, and where it lies.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scene {
    pub shapes: Vec<Shape>,
    /// Births and ends: drawn over quiet marks and under failures.
    turns: Vec<Shape>,
    pub lanes: Vec<PlacedLane>,
    pub marks: Vec<PlacedMark>,
    /// Marks too many to tell apart, as pills, with the number of their lane.
    pub crowds: Vec<(u32, PlacedCluster)>,
    /// With the number of their lane and the middle of their triangles.
    pub findings: Vec<(u32, f64, PlacedFinding)>,
    /// Unfetched times, with the gap's place in the list.
    pub gaps: Vec<(Rect, usize)>,
    pub plates: Vec<PlacedPlate>,
}

/// Draws a lane's state: spans, birth and end. Its marks come with [`draw_marks`], after all lanes.
pub fn draw_lane(number: u32, lane: &Lane, place: &TrackBox<'_>, scene: &mut Scene) {
    let spans = draw_track(&lane.spans, Some(&lane.existence), place, &mut scene.shapes);
    draw_turns(&lane.existence, place, &mut scene.turns);
    let turn_rows: Vec<RowId> = turns(&lane.existence)
        .iter()
        .filter_map(|turn| turn.row())
        .collect();
    scene.lanes.push(PlacedLane {
        lane: number,
        rect: Rect::new(0.0, place.top, place.scale.width_px(), place.height),
        spans,
    });
    place_findings(number, lane, place, scene);
    let placed = |index: usize, mark: &Mark| PlacedMark {
        lane: number,
        index,
        row: mark.row,
        at: mark.at,
        x: place.scale.px(mark.at),
        y: place.middle(),
        glyph: glyph_of(mark),
        is_turn: turn_rows.contains(&mark.row),
    };
    if lane.marks.iter().any(|mark| mark.crowd.is_some()) {
        for cluster in clusters(&lane.marks, place.scale, place.middle(), place.measure) {
            match (cluster.glyph, cluster.marks.first()) {
                (Some(_), Some(&index)) => scene.marks.push(placed(index, &lane.marks[index])),
                _ => scene.crowds.push((number, cluster)),
            }
        }
        return;
    }
    let window = place.scale.window();
    for (index, mark) in lane.marks.iter().enumerate() {
        if window.from() <= mark.at && mark.at <= window.to() {
            scene.marks.push(placed(index, mark));
        }
    }
}

/// Beside the marks of their events, a little up and to the right, so that neither hides the other.
fn place_findings(number: u32, lane: &Lane, place: &TrackBox<'_>, scene: &mut Scene) {
    let points = lane.findings.iter().map(|finding| FindingPoint {
        at: finding.at,
        severity: finding.severity,
        is_firm: finding.is_firm,
    });
    let points: Vec<FindingPoint> = points.collect();
    for mut finding in placed_findings(&points, place.scale) {
        finding.x += FINDING_ASIDE_PX;
        let y = place.middle() - FINDING_UP_PX;
        scene.findings.push((number, y, finding));
    }
}

/// Births and ends of a server over its bar: a bracket that opens to the right, a heavy bar and its word.
pub fn draw_turns(existence: &[SpanView], place: &TrackBox<'_>, shapes: &mut Vec<Shape>) {
    let (top, bottom) = (place.bar_top() - 3.0, place.bar_top() + place.bar + 3.0);
    let window = place.scale.window();
    for turn in turns(existence) {
        match turn {
            Turn::Born(at, _) if window.contains(at) => {
                let x = place.scale.px(at).round();
                shapes.push(Shape::Path {
                    points: vec![
                        (x + 4.0, top + 1.0),
                        (x, top + 1.0),
                        (x, bottom - 1.0),
                        (x + 4.0, bottom - 1.0),
                    ],
                    ink: Ink::Text,
                    width: 2.0,
                });
                if place.has_text {
                    let text_px = (place.measure)("born", Font::LABEL);
                    if x - 8.0 - text_px >= 0.0 {
                        shapes.push(Shape::text(
                            x - 8.0 - text_px,
                            place.middle(),
                            "born",
                            Ink::Text3,
                            Font::LABEL,
                        ));
                    }
                }
            }
            Turn::Ended(at, word, again, _) if at <= window.to() => {
                let x = place.scale.px_within(at, 4.0).round();
                let room_to = again.map_or(window.to(), |again| again.min(window.to()));
                if at >= window.from() {
                    shapes.push(Shape::fill(
                        Rect::new(x - 1.0, top, 3.0, bottom - top),
                        Ink::Text,
                    ));
                }
                let room = place.scale.px(room_to) - x.max(0.0) - 12.0;
                let word = fitted(word, room, f64::MAX, Font::LABEL, place.measure);
                if let Some(word) = word {
                    shapes.push(Shape::text(
                        x.max(0.0) + 7.0,
                        place.middle(),
                        word,
                        Ink::Text3,
                        Font::LABEL,
                    ));
                }
            }
            _ => {}
        }
    }
}

pub fn glyph_of(mark: &Mark) -> Glyph {
    match mark.outcome {
        Outcome::Failure => Glyph::Octagon,
        Outcome::Pending => Glyph::Ring,
        Outcome::Unknown | Outcome::None => Glyph::DashedRing,
        Outcome::Success if mark.has_effect => Glyph::Dot,
        Outcome::Success => Glyph::Diamond,
    }
}

/// The order of drawing: quiet ones first, failures on top.
fn rank(glyph: Glyph) -> u8 {
    match glyph {
        Glyph::Dot => 0,
        Glyph::Diamond => 1,
        Glyph::Ring => 2,
        Glyph::DashedRing => 3,
        _ => 4,
    }
}

/// Draws the scene's marks over all of it, births and ends between the quiet ones and the failures. Of marks that
/// would cover each other to the pixel, one is drawn.
pub fn draw_marks(scene: &mut Scene) {
    let mut order: Vec<PlacedMark> = scene.marks.clone();
    order.retain(|mark| !(mark.is_turn && mark.glyph == Glyph::Dot));
    sorting::sort_by(&mut order, |a, b| {
        (rank(a.glyph), a.lane)
            .cmp(&(rank(b.glyph), b.lane))
            .then(a.x.total_cmp(&b.x))
    });
    order.dedup_by(|next, kept| {
        next.glyph == kept.glyph && next.y == kept.y && next.x - kept.x < 0.5
    });
    let failures_from = order.partition_point(|mark| mark.glyph != Glyph::Octagon);
    let (quiet, failures) = order.split_at(failures_from);
    // All halos first: a crowd of quiet marks is one dark stretch, and no halo cuts its neighbour.
    for mark in quiet {
        scene.shapes.push(Shape::Halo {
            glyph: mark.glyph,
            x: mark.x,
            y: mark.y,
        });
    }
    for mark in quiet {
        scene.shapes.push(Shape::Body {
            glyph: mark.glyph,
            x: mark.x,
            y: mark.y,
        });
    }
    scene.shapes.append(&mut scene.turns);
    for (_, crowd) in &scene.crowds {
        draw_cluster(crowd, &mut scene.shapes);
    }
    for mark in failures {
        scene.shapes.push(Shape::Mark {
            glyph: mark.glyph,
            x: mark.x,
            y: mark.y,
        });
    }
    for (_, y, finding) in &scene.findings {
        draw_findings(std::slice::from_ref(finding), *y, &mut scene.shapes);
    }
}

/// Draws an unfetched time over the lanes from `top` to `bottom`; returns its box if it is in sight.
pub fn draw_gap(
    gap: &Gap,
    scale: TimeScale,
    top: f64,
    bottom: f64,
    shapes: &mut Vec<Shape>,
) -> Option<Rect> {
    let window = scale.window();
    let seen = gap.range.intersect(window)?;
    if seen.nanos() == 0 || bottom <= top {
        return None;
    }
    let left = scale.px_within(seen.from(), 0.0).round();
    let right = scale.px_within(seen.to(), 0.0).round().max(left + 3.0);
    let rect = Rect::new(left, top, right - left, bottom - top);
    shapes.push(Shape::Hatch { rect });
    let (ink, width, dash) = gap_edge(gap.reason);
    for (at, x) in [(gap.range.from(), left), (gap.range.to(), right)] {
        if window.contains(at) {
            shapes.push(Shape::line((x, top), (x, bottom), ink, width, dash));
        }
    }
    Some(rect)
}

/// The stroke of a gap's edge: by why nothing is there.
pub fn gap_edge(reason: GapReason) -> (Ink, f64, Dash) {
    match reason {
        GapReason::Failed | GapReason::Truncated => (Ink::FailSolid, 1.2, Dash::Gap),
        GapReason::NotYet => (Ink::Accent, 1.5, Dash::Loading),
        GapReason::NotAsked => (Ink::Control, 1.0, Dash::Gap),
    }
}

/// Draws why nothing is there, as near to `at_x` as `bounds` allows, cut to fit; returns the plate's box.
/// `None` where there is no room for a word.
pub fn draw_plate(
    gap: &Gap,
    at_x: f64,
    bounds: Rect,
    measure: Measure<'_>,
    shapes: &mut Vec<Shape>,
) -> Option<Rect> {
    let is_failure = matches!(gap.reason, GapReason::Failed | GapReason::Truncated);
    let icon = if is_failure { 18.0 } else { 0.0 };
    let room = bounds.width - 16.0 - icon;
    let words = fitted(&gap.words, room, 60.0, Font::LABEL, measure)?;
    let width = measure(&words, Font::LABEL) + 16.0 + icon;
    let x = at_x.min(bounds.right() - width).max(bounds.x);
    let height = 18.0_f64.min(bounds.height);
    let rect = Rect::new(x, bounds.middle() - height / 2.0, width, height);
    let (ink, _, _) = gap_edge(gap.reason);
    shapes.push(Shape::Fill {
        rect,
        ink: Ink::Surface,
        alpha: 1.0,
        radius: 4.0,
    });
    shapes.push(Shape::Frame {
        rect,
        ink,
        width: 1.0,
        radius: 4.0,
        dash: Dash::Solid,
    });
    if is_failure {
        shapes.push(Shape::Mark {
            glyph: Glyph::SmallOctagon,
            x: rect.x + 12.0,
            y: rect.middle(),
        });
    }
    shapes.push(Shape::text(
        rect.x + 8.0 + icon,
        rect.middle(),
        words,
        Ink::Text,
        Font::LABEL,
    ));
    Some(rect)
}
