//! Lays one track of spans out: which pieces are in sight, how wide, in which order they are drawn.
//! What a piece looks like is `span_forms`; what happened is `crate::protocol::SpanView`.

use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::segments::Segment;
use super::segments::segments;
use super::span_forms::draw_mixed;
use super::span_forms::draw_piece;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::sorting;
use crate::time::Timestamp;

/// An open end fades over this width.
pub const FADE_PX: f64 = 28.0;
/// A span is never drawn narrower.
pub const LEAST_PX: f64 = 3.0;
/// So many changes without room for one of them are drawn as one stretch.
const MIXED_FROM: usize = 3;

/// Where and how a track is drawn.
#[derive(Clone, Copy)]
pub struct TrackBox<'a> {
    pub scale: TimeScale,
    /// The lane's own top and height; the bar stands in its middle.
    pub top: f64,
    pub height: f64,
    pub bar: f64,
    /// Words stand in the spans (tracks), or not (lanes and strips).
    pub has_text: bool,
    /// What lies behind the lane.
    pub ground: Ink,
    /// The last instant that anything was recorded for: nothing is drawn as known after it.
    pub known_to: Option<Timestamp>,
    pub measure: Measure<'a>,
}

/// Bar 12 in a lane of 22: the timeline.
pub const LANE: (f64, f64) = (22.0, 12.0);
/// Bar 18 in a track of 26: the resource page.
pub const TRACK: (f64, f64) = (26.0, 18.0);
/// Bar 10 in a row of 32: the fleet.
pub const STRIP: (f64, f64) = (32.0, 10.0);

impl<'a> TrackBox<'a> {
    /// A lane, track or strip at `top`, on the page's surface.
    pub fn new(
        scale: TimeScale,
        top: f64,
        (height, bar): (f64, f64),
        measure: Measure<'a>,
    ) -> Self {
        TrackBox {
            scale,
            top,
            height,
            bar,
            has_text: bar >= TRACK.1,
            ground: Ink::Surface,
            known_to: None,
            measure,
        }
    }

    pub fn bar_top(&self) -> f64 {
        self.top + (self.height - self.bar) / 2.0
    }

    pub fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// A span as it was drawn, for finding it under the pointer.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedSpan {
    pub rect: Rect,
    /// Its place in the list of spans that was drawn, or of the existence spans where power isn't recorded.
    pub index: usize,
    pub is_existence: bool,
    pub is_carried: bool,
}

/// Draws `spans`. With `existence`, the track is a lane: where power isn't recorded and the server is known live, it
/// takes the existence fill; nothing is drawn after its end; birth and end are drawn from it.
pub fn draw_track(
    spans: &[SpanView],
    existence: Option<&[SpanView]>,
    place: &TrackBox<'_>,
    shapes: &mut Vec<Shape>,
) -> Vec<PlacedSpan> {
    let mut placed = Vec::new();
    // Narrow pieces are drawn last, so that a wide neighbour does not cover the pixel they share; those with no wide
    // one between them belong together.
    let mut runs: Vec<Vec<(Segment<'_>, Piece)>> = vec![Vec::new()];
    for segment in segments(spans, existence) {
        for piece in pieces(&segment, place) {
            placed.push(PlacedSpan {
                rect: Rect::new(
                    piece.left,
                    place.bar_top(),
                    piece.right - piece.left,
                    place.bar,
                ),
                index: segment.index,
                is_existence: segment.is_existence,
                is_carried: piece.is_carried,
            });
            if piece.is_narrow {
                if let Some(run) = runs.last_mut() {
                    run.push((segment.clone(), piece));
                }
            } else {
                draw_piece(&segment, &piece, place, shapes);
                runs.push(Vec::new());
            }
        }
    }
    for run in &runs {
        if run.len() >= MIXED_FROM {
            draw_mixed(run, place, shapes);
            continue;
        }
        let mut covered_to = f64::MIN;
        for (segment, piece) in run {
            if piece.right > covered_to {
                draw_piece(segment, piece, place, shapes);
                covered_to = piece.right;
            }
        }
    }
    placed
}

/// One unbroken stretch of a segment in pixels, as far as it is in sight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub left: f64,
    pub right: f64,
    /// Its own start and end are in sight.
    pub has_start: bool,
    pub has_end: bool,
    /// The span goes on beyond the right edge of what is known.
    pub is_open: bool,
    /// It began before the window.
    pub began_before: bool,
    pub is_carried: bool,
    pub is_narrow: bool,
}

/// Cuts a segment where it begins or ceases to be carried, and to the window.
fn pieces(segment: &Segment<'_>, place: &TrackBox<'_>) -> Vec<Piece> {
    let window = place.scale.window();
    let known_to = place
        .known_to
        .map_or(window.to(), |known| known.min(window.to()));
    let from = segment.from.unwrap_or(Timestamp::MIN);
    let to = segment.to.unwrap_or(Timestamp::MAX);
    // Unknown stays unknown for ever; anything else is known no longer than the record goes.
    let shown_to = match (segment.value, segment.to) {
        (SpanValue::Unknown, None) => window.to(),
        (_, None) => known_to,
        (_, Some(to)) => to.min(window.to()),
    };
    if shown_to < window.from() || from > window.to() || shown_to < from {
        return Vec::new();
    }
    let mut cuts = vec![from];
    for range in segment.carried {
        cuts.extend([range.from(), range.to()]);
    }
    cuts.push(to);
    cuts.retain(|cut| from <= *cut && *cut <= to);
    sorting::sort(&mut cuts);
    cuts.dedup();
    if cuts.len() < 2 {
        cuts = vec![from, to];
    }
    let mut found: Vec<Piece> = Vec::new();
    for pair in cuts.windows(2) {
        let (a, b) = (pair[0], pair[1].min(shown_to));
        if b < window.from() || a > window.to() || b < a {
            continue;
        }
        let is_carried = segment
            .carried
            .iter()
            .any(|range| range.from() <= a && pair[1] <= range.to());
        let left = place.scale.px_within(a, 0.0).round();
        let right = place.scale.px_within(b, 0.0).round();
        let is_narrow = right - left < LEAST_PX;
        found.push(Piece {
            left,
            right: right.max(left + LEAST_PX),
            has_start: a == from && segment.starts_here && a >= window.from() && !is_carried,
            has_end: pair[1] == to && segment.to.is_some() && b < window.to() && segment.end_known,
            is_open: pair[1] == to && segment.to.is_none(),
            began_before: a < window.from(),
            is_carried,
            is_narrow,
        });
    }
    found
}
