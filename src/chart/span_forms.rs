//! Every form that a span can take, and which word finds room in it. Knows no window and no order.

use super::Font;
use super::Ink;
use super::Pattern;
use super::Rect;
use super::Shape;
use super::segments::Segment;
use super::shape::Dash;
use super::shape::fitted;
use super::spans::FADE_PX;
use super::spans::LEAST_PX;
use super::spans::Piece;
use super::spans::TrackBox;
use crate::protocol::Basis;
use crate::protocol::SpanValue;

/// Words in a span start here.
const TEXT_PAD: f64 = 8.0;
/// Below this a word is not cut but left out.
const LEAST_TEXT_PX: f64 = 46.0;
const CARRIED_ALPHA: f64 = 0.42;

/// Draws one piece of a segment.
pub fn draw_piece(
    segment: &Segment<'_>,
    piece: &Piece,
    place: &TrackBox<'_>,
    shapes: &mut Vec<Shape>,
) {
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

/// Draws changes that follow each other too closely for a span each: the tint says how much of the time the value
/// was one that has a bar, a dashed line that it was off in between.
pub fn draw_mixed(run: &[(Segment<'_>, Piece)], place: &TrackBox<'_>, shapes: &mut Vec<Shape>) {
    let (Some((_, first)), Some((_, last))) = (run.first(), run.last()) else {
        return;
    };
    let (y, bar) = (place.bar_top(), place.bar);
    let rect = Rect::new(first.left, y, last.right - first.left, bar);
    let mut all_nanos = 0.0;
    let mut bars: Vec<(SpanValue, f64)> = Vec::new();
    for (segment, _) in run {
        let nanos = match (segment.from, segment.to) {
            (Some(from), Some(to)) => to.nanos().saturating_sub(from.nanos()) as f64,
            _ => 0.0,
        };
        all_nanos += nanos;
        if let Look::Bar { .. } = Look::of(segment.value) {
            match bars.iter_mut().find(|(value, _)| *value == segment.value) {
                Some((_, sum)) => *sum += nanos,
                None => bars.push((segment.value, nanos)),
            }
        }
    }
    let most = bars.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((value, nanos)) = most
        && let Look::Bar { fill, edge, .. } = Look::of(*value)
    {
        let share = if all_nanos > 0.0 {
            nanos / all_nanos
        } else {
            0.5
        };
        shapes.push(Shape::fill(rect, place.ground));
        shapes.push(Shape::Fill {
            rect,
            ink: fill,
            alpha: 0.3 + 0.5 * share,
            radius: 0.0,
        });
        for edge_y in [y, y + bar - 1.0] {
            push_edge(shapes, (rect.x, rect.right()), edge_y, edge, Dash::Solid);
        }
    } else if run
        .iter()
        .any(|(segment, _)| segment.value == SpanValue::Unknown)
    {
        shapes.push(Shape::Hatch { rect });
    }
    let is_off = |value| matches!(Look::of(value), Look::Dashed);
    if run.iter().any(|(segment, _)| is_off(segment.value)) {
        shapes.push(Shape::line(
            (rect.x, place.middle()),
            (rect.right(), place.middle()),
            Ink::OffLine,
            1.5,
            Dash::Off,
        ));
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
