//! The brush on the histogram: how a chosen range is drawn, and what a press on it takes hold of.

use super::Ink;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::histogram::BarBox;
use super::shape::Dash;
use crate::time::TimeRange;

/// Draws the chosen range: tinted, with edges and grips, the rest dimmed. Grips are 7 by 18 at its edges.
pub fn draw_brush(chosen: TimeRange, place: &BarBox, shapes: &mut Vec<Shape>) {
    let left = place.scale.px_within(chosen.from(), 0.0).round();
    let right = place
        .scale
        .px_within(chosen.to(), 0.0)
        .round()
        .max(left + 1.0);
    let (top, height) = (place.top, place.height + 4.0);
    let mut tint = |rect: Rect, ink: Ink, alpha: f64| {
        if rect.width > 0.0 {
            shapes.push(Shape::Fill {
                rect,
                ink,
                alpha,
                radius: 0.0,
            });
        }
    };
    let width = place.scale.width_px();
    tint(Rect::new(0.0, top, left, height), Ink::Surface, 0.25);
    tint(
        Rect::new(right, top, width - right, height),
        Ink::Surface,
        0.25,
    );
    tint(
        Rect::new(left, top, right - left, height),
        Ink::Accent,
        0.13,
    );
    for x in [left, right] {
        shapes.push(Shape::line(
            (x, top),
            (x, top + height),
            Ink::Accent,
            1.5,
            Dash::Solid,
        ));
    }
    for x in [left, right] {
        let grip = grip_at(x, place);
        shapes.push(Shape::Fill {
            rect: grip,
            ink: Ink::Surface,
            alpha: 1.0,
            radius: 3.5,
        });
        shapes.push(Shape::Frame {
            rect: grip,
            ink: Ink::Accent,
            width: 1.5,
            radius: 3.5,
            dash: Dash::Solid,
        });
        for dx in [-1.0, 1.0] {
            shapes.push(Shape::line(
                (x + dx, grip.middle() - 3.0),
                (x + dx, grip.middle() + 3.0),
                Ink::Accent,
                1.0,
                Dash::Solid,
            ));
        }
    }
}

/// What a press at a place takes hold of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrushPart {
    Start,
    End,
    /// The chosen range itself: moves as a whole.
    Middle,
    Outside,
}

/// Grips answer within 8 px of their edge, the nearer edge first.
pub fn brush_part(x: f64, chosen: Option<TimeRange>, scale: TimeScale) -> BrushPart {
    let Some(chosen) = chosen else {
        return BrushPart::Outside;
    };
    let (left, right) = (scale.px(chosen.from()), scale.px(chosen.to()));
    let (to_left, to_right) = ((x - left).abs(), (x - right).abs());
    match (to_left.min(to_right) <= 8.0, to_left < to_right) {
        (true, true) => BrushPart::Start,
        (true, false) => BrushPart::End,
        _ if left < x && x < right => BrushPart::Middle,
        _ => BrushPart::Outside,
    }
}

fn grip_at(x: f64, place: &BarBox) -> Rect {
    Rect::new(x - 3.5, place.top + place.height / 2.0 - 9.0, 7.0, 18.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::bins::tests::march;
    use crate::chart::bins::tests::range;

    #[test]
    fn a_press_takes_the_nearer_grip_or_the_range_between() {
        let scale = TimeScale::new(march(), 310.0);
        let chosen = Some(range("2026-03-11T00:00:00Z", "2026-03-21T00:00:00Z"));
        assert_eq!(brush_part(102.0, chosen, scale), BrushPart::Start);
        assert_eq!(brush_part(195.0, chosen, scale), BrushPart::End);
        assert_eq!(brush_part(150.0, chosen, scale), BrushPart::Middle);
        assert_eq!(brush_part(50.0, chosen, scale), BrushPart::Outside);
        assert_eq!(brush_part(150.0, None, scale), BrushPart::Outside);
    }
}
