//! What lies under a point of a scene, and which mark the arrow keys reach next.

use super::Glyph;
use super::clusters::PlacedCluster;
use super::finding_marks::PlacedFinding;
use super::swimlane::PlacedLane;
use super::swimlane::PlacedMark;
use super::swimlane::Scene;
use crate::protocol::Mark;
use crate::time::Timestamp;

/// A mark answers within this distance.
pub const REACH_PX: f64 = 11.0;
/// A triangle within this one.
const FINDING_REACH_PX: f64 = 6.0;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Hit<'a> {
    /// A plate that says why nothing is there, by the gap's place.
    Plate(usize),
    Mark(&'a PlacedMark),
    /// A triangle on the lane of that number.
    Finding(u32, &'a PlacedFinding),
    /// Marks too many to tell apart, on the lane of that number.
    Crowd(u32, &'a PlacedCluster),
    /// An unfetched time, by the gap's place.
    Gap(usize),
    /// A span by its place in the lane's list of placed spans.
    Span(&'a PlacedLane, usize),
    Lane(&'a PlacedLane),
}

/// The topmost thing at a point. Of several marks the nearest; a failure before others as near.
pub fn hit(scene: &Scene, x: f64, y: f64) -> Option<Hit<'_>> {
    if let Some(plate) = scene.plates.iter().find(|plate| plate.rect.contains(x, y)) {
        return Some(Hit::Plate(plate.gap));
    }
    // Its middle is its own; around it the mark's reach goes on.
    if let Some((lane, _, finding)) = scene.findings.iter().find(|(_, middle, finding)| {
        (finding.x - x).abs() <= FINDING_REACH_PX && (middle - y).abs() <= FINDING_REACH_PX
    }) {
        return Some(Hit::Finding(*lane, finding));
    }
    if let Some(mark) = nearest_mark(scene, x, y) {
        return Some(Hit::Mark(mark));
    }
    let mut crowds = scene.crowds.iter();
    if let Some((lane, crowd)) = crowds.find(|(_, crowd)| crowd.rect.contains(x, y)) {
        return Some(Hit::Crowd(*lane, crowd));
    }
    if let Some((_, gap)) = scene.gaps.iter().find(|(rect, _)| rect.contains(x, y)) {
        return Some(Hit::Gap(*gap));
    }
    let lane = scene.lanes.iter().find(|lane| lane.rect.contains(x, y))?;
    // Later spans are drawn over earlier ones; the bar answers over the lane's whole height.
    let span = lane
        .spans
        .iter()
        .rposition(|span| span.rect.x <= x && x < span.rect.right());
    Some(match span {
        Some(index) => Hit::Span(lane, index),
        None => Hit::Lane(lane),
    })
}

fn nearest_mark(scene: &Scene, x: f64, y: f64) -> Option<&PlacedMark> {
    // Compared by whole pixels, so that a failure wins over a neighbour that is nearer by a hair.
    let key = |mark: &PlacedMark| {
        let distance = (mark.x - x).hypot(mark.y - y);
        (distance <= REACH_PX).then(|| (distance.round() as i64, mark.glyph != Glyph::Octagon))
    };
    scene
        .marks
        .iter()
        .filter_map(|mark| key(mark).map(|key| (key, mark)))
        .min_by_key(|(key, _)| *key)
        .map(|(_, mark)| mark)
}

/// The mark after (or before) one along a lane: by time, then by place, so that none of an instant is passed over.
pub fn mark_beside(marks: &[Mark], current: usize, backward: bool) -> Option<usize> {
    let key = |index: usize| marks.get(index).map(|mark| (mark.at, index));
    let here = key(current)?;
    let others = (0..marks.len()).filter_map(|index| key(index).map(|k| (k, index)));
    if backward {
        others.filter(|(k, _)| *k < here).max().map(|(_, i)| i)
    } else {
        others.filter(|(k, _)| *k > here).min().map(|(_, i)| i)
    }
}

/// The mark of a lane nearest in time: where the cursor lands when it comes from another lane.
pub fn mark_nearest(marks: &[Mark], at: Timestamp) -> Option<usize> {
    (0..marks.len()).min_by_key(|index| marks[*index].at.nanos().abs_diff(at.nanos()))
}
