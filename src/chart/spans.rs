//! Draws one track of spans: every form that a span can take, and which word finds room in it.
//! Decides nothing about what happened; see `crate::protocol::SpanView` for where the values come from.

use super::Font;
use super::Ink;
use super::Measure;
use super::Pattern;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::segments::Segment;
use super::segments::segments;
use super::shape::Dash;
use super::shape::fitted;
use crate::protocol::Basis;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::time::Timestamp;

/// An open end fades over this width.
pub const FADE_PX: f64 = 28.0;
/// A span is never drawn narrower.
pub const LEAST_PX: f64 = 3.0;
/// Words in a span start here.
const TEXT_PAD: f64 = 8.0;
/// Below this a word is not cut but left out.
const LEAST_TEXT_PX: f64 = 46.0;
const CARRIED_ALPHA: f64 = 0.42;

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
    let mut narrow: Vec<(Segment<'_>, Piece)> = Vec::new();
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
                // Drawn last, so that a wide neighbour does not cover the pixel they share; and once a place.
                let is_covered = narrow
                    .last()
                    .is_some_and(|(_, last)| piece.right <= last.right);
                if !is_covered {
                    narrow.push((segment.clone(), piece));
                }
            } else {
                draw_piece(&segment, &piece, place, shapes);
            }
        }
    }
    for (segment, piece) in &narrow {
        draw_piece(segment, piece, place, shapes);
    }
    placed
}

/// One unbroken stretch of a segment in pixels, as far as it is in sight.
#[derive(Clone, Copy, Debug)]
struct Piece {
    left: f64,
    right: f64,
    /// Its own start and end are in sight.
    has_start: bool,
    has_end: bool,
    /// The span goes on beyond the right edge of what is known.
    is_open: bool,
    /// It began before the window.
    began_before: bool,
    is_carried: bool,
    is_narrow: bool,
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
    cuts.sort();
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

fn draw_piece(segment: &Segment<'_>, piece: &Piece, place: &TrackBox<'_>, shapes: &mut Vec<Shape>) {
    match Look::of(segment.value) {
        Look::Nothing => {}
        Look::Hatched => draw_hatched(segment, piece, place, shapes),
        Look::Dashed => draw_dashed(segment, piece, place, shapes),
        Look::Bar {
            fill,
            edge,
            text,
            pattern,
        } => {
            // Nothing reports a resume: only the start of a suspension is certain.
            let fades_to_hatch = segment.value == SpanValue::Suspended;
            draw_bar(
                segment,
                piece,
                place,
                (fill, edge, pattern),
                fades_to_hatch,
                shapes,
            );
            draw_word(segment, piece, place, text, shapes);
        }
    }
}

enum Look {
    Nothing,
    Hatched,
    Dashed,
    Bar {
        fill: Ink,
        edge: Ink,
        text: Ink,
        pattern: Option<Pattern>,
    },
}

impl Look {
    fn of(value: SpanValue) -> Look {
        let bar = |fill, edge, text, pattern| Look::Bar {
            fill,
            edge,
            text,
            pattern,
        };
        match value {
            SpanValue::Unknown => Look::Hatched,
            SpanValue::Off | SpanValue::Absent => Look::Dashed,
            SpanValue::Reclaimed | SpanValue::Deleted => Look::Nothing,
            SpanValue::On => bar(Ink::OnFill, Ink::OnEdge, Ink::OnText, None),
            SpanValue::Suspended => bar(
                Ink::SuspendedFill,
                Ink::SuspendedEdge,
                Ink::SuspendedText,
                Some(Pattern::Bars),
            ),
            SpanValue::Rescue => bar(
                Ink::RescueFill,
                Ink::RescueEdge,
                Ink::RescueText,
                Some(Pattern::Pluses),
            ),
            SpanValue::Live | SpanValue::Value => {
                bar(Ink::ValueFill, Ink::ValueEdge, Ink::Text, None)
            }
        }
    }
}

fn draw_bar(
    segment: &Segment<'_>,
    piece: &Piece,
    place: &TrackBox<'_>,
    (fill, edge, pattern): (Ink, Ink, Option<Pattern>),
    fades_to_hatch: bool,
    shapes: &mut Vec<Shape>,
) {
    let (y, bar) = (place.bar_top(), place.bar);
    let width = piece.right - piece.left;
    let alpha = if piece.is_carried { CARRIED_ALPHA } else { 1.0 };
    let whole = Rect::new(piece.left, y, width, bar);
    if fades_to_hatch && !piece.is_narrow {
        shapes.push(Shape::Hatch { rect: whole });
        shapes.push(Shape::Fade {
            rect: whole,
            ink: fill,
            from: alpha,
            to: 0.0,
        });
        for edge_y in [y, y + bar - 1.0] {
            shapes.push(Shape::Fade {
                rect: Rect::new(piece.left, edge_y, width, 1.0),
                ink: edge,
                from: alpha,
                to: 0.0,
            });
        }
        // The cue stands where the value is certain: near the start.
        if let Some(pattern) = pattern {
            shapes.push(Shape::Repeat {
                rect: Rect::new(
                    piece.left + 2.0,
                    y + 1.0,
                    (width - 2.0).min(62.0),
                    bar - 2.0,
                ),
                pattern,
                ink: edge,
            });
        }
    } else {
        let fade = match piece.is_open && !piece.is_narrow {
            true => FADE_PX.min(width),
            false => 0.0,
        };
        let solid = Rect::new(piece.left, y, width - fade, bar);
        shapes.push(Shape::Fill {
            rect: solid,
            ink: fill,
            alpha,
            radius: 0.0,
        });
        if let Some(pattern) = pattern
            && !piece.is_narrow
        {
            shapes.push(Shape::Repeat {
                rect: solid.inset(1.0),
                pattern,
                ink: edge,
            });
        }
        let dash = match segment.basis {
            _ if piece.is_carried => Dash::Carried,
            Some(Basis::Implied) => Dash::Implied,
            _ => Dash::Solid,
        };
        for edge_y in [y, y + bar - 1.0] {
            push_edge(shapes, (solid.x, solid.right()), edge_y, edge, dash);
        }
        if fade > 0.0 {
            shapes.push(Shape::Fade {
                rect: Rect::new(solid.right(), y, fade, bar),
                ink: fill,
                from: alpha,
                to: 0.0,
            });
            for edge_y in [y, y + bar - 1.0] {
                shapes.push(Shape::Fade {
                    rect: Rect::new(solid.right(), edge_y, fade, 1.0),
                    ink: edge,
                    from: alpha,
                    to: 0.0,
                });
            }
            if width >= FADE_PX {
                push_chevron(shapes, piece.right - 8.0, place.middle(), 1.0, edge);
            }
        }
        if piece.has_end {
            let rect = Rect::new(piece.right - 1.0, y, 1.0, bar);
            shapes.push(Shape::fill(rect, edge));
        }
    }
    if piece.has_start {
        match segment.basis {
            Some(Basis::Implied) => shapes.push(Shape::line(
                (piece.left + 0.5, y),
                (piece.left + 0.5, y + bar),
                edge,
                1.0,
                Dash::Implied,
            )),
            _ => shapes.push(Shape::fill(Rect::new(piece.left, y, 2.0, bar), edge)),
        }
    }
    if piece.began_before && !piece.is_carried && width >= 14.0 {
        push_chevron(shapes, piece.left + 5.0, place.middle(), -1.0, edge);
    }
}

fn draw_dashed(
    segment: &Segment<'_>,
    piece: &Piece,
    place: &TrackBox<'_>,
    shapes: &mut Vec<Shape>,
) {
    let y = place.middle();
    if piece.is_narrow {
        // A short time off between two bars: cut out of them, or it could not be seen.
        shapes.push(Shape::fill(
            Rect::new(piece.left, place.bar_top(), LEAST_PX, place.bar),
            place.ground,
        ));
    }
    let dash = match segment.basis {
        Some(Basis::Implied) => Dash::Implied,
        _ => Dash::Off,
    };
    let alpha = if piece.is_carried { 0.6 } else { 1.0 };
    let mut push = |from: f64, to: f64| {
        shapes.push(Shape::Line {
            from: (from, y),
            to: (to, y),
            ink: Ink::OffLine,
            width: 1.5,
            dash,
            alpha,
        });
    };
    let room = piece.right - piece.left - 12.0 - 16.0;
    let word = match place.has_text {
        true => fitted(
            &words_of(segment, piece),
            room,
            LEAST_TEXT_PX,
            Font::SPAN,
            place.measure,
        ),
        false => None,
    };
    match word {
        None => push(piece.left, piece.right),
        Some(word) => {
            let text_px = (place.measure)(&word, Font::SPAN);
            push(piece.left, piece.left + 6.0);
            push(piece.left + 12.0 + text_px + 8.0, piece.right);
            shapes.push(Shape::text(
                piece.left + 12.0,
                y,
                word,
                Ink::Text2,
                Font::SPAN,
            ));
        }
    }
}

fn draw_hatched(
    segment: &Segment<'_>,
    piece: &Piece,
    place: &TrackBox<'_>,
    shapes: &mut Vec<Shape>,
) {
    let rect = Rect::new(
        piece.left,
        place.bar_top(),
        piece.right - piece.left,
        place.bar,
    );
    shapes.push(Shape::Hatch { rect });
    if !place.has_text {
        return;
    }
    let room = rect.width - 2.0 * TEXT_PAD - 8.0;
    if let Some(word) = fitted(segment.text, room, f64::MAX, Font::SPAN, place.measure) {
        let text_px = (place.measure)(&word, Font::SPAN);
        // Words on hatch sit on a plate of the surface.
        let plate = Rect::new(
            rect.x + TEXT_PAD - 1.0,
            rect.y + 1.0,
            text_px + 8.0,
            rect.height - 2.0,
        );
        shapes.push(Shape::fill(plate, place.ground));
        shapes.push(Shape::text(
            rect.x + TEXT_PAD + 3.0,
            place.middle(),
            word,
            Ink::Text2,
            Font::SPAN,
        ));
    }
}

fn draw_word(
    segment: &Segment<'_>,
    piece: &Piece,
    place: &TrackBox<'_>,
    ink: Ink,
    shapes: &mut Vec<Shape>,
) {
    if !place.has_text {
        return;
    }
    let pad = TEXT_PAD
        + match piece.began_before {
            true => 6.0,
            false => 0.0,
        };
    let tail = if piece.is_open { FADE_PX } else { 4.0 };
    let room = piece.right - piece.left - pad - tail;
    let text = words_of(segment, piece);
    let word = fitted(&text, room, LEAST_TEXT_PX, Font::SPAN, place.measure)
        // Rather the value alone than its words cut.
        .filter(|word| !word.ends_with('…') || text == segment.text)
        .or_else(|| fitted(segment.text, room, LEAST_TEXT_PX, Font::SPAN, place.measure));
    if let Some(word) = word {
        shapes.push(Shape::text(
            piece.left + pad,
            place.middle(),
            word,
            ink,
            Font::SPAN,
        ));
    }
}

fn words_of(segment: &Segment<'_>, piece: &Piece) -> String {
    if piece.is_carried {
        format!("{}, carried over the gap", segment.text)
    } else {
        segment.text.to_owned()
    }
}

fn push_edge(shapes: &mut Vec<Shape>, (from, to): (f64, f64), y: f64, ink: Ink, dash: Dash) {
    if to <= from {
        return;
    }
    match dash {
        Dash::Solid => shapes.push(Shape::fill(Rect::new(from, y, to - from, 1.0), ink)),
        _ => shapes.push(Shape::line((from, y + 0.5), (to, y + 0.5), ink, 1.0, dash)),
    }
}

/// A small chevron whose point looks to the right (`side` 1) or left (-1).
fn push_chevron(shapes: &mut Vec<Shape>, x: f64, y: f64, side: f64, ink: Ink) {
    shapes.push(Shape::Path {
        points: vec![
            (x - 2.0 * side, y - 3.5),
            (x + 1.5 * side, y),
            (x - 2.0 * side, y + 3.5),
        ],
        ink,
        width: 1.5,
    });
}
