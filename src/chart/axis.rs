//! Draws an axis of ticks, the hairline under the pointer and its time plate. Chooses no ticks: see `ticks`.

use super::Font;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::shape::Dash;
use super::shape::TextAnchor;
use super::ticks::Tick;
use super::ticks::TwoLevels;

/// Days over hours in a strip of `height` at `y = 0`, its base line at the bottom.
pub fn draw_two_levels(axis: &TwoLevels, width: f64, height: f64, shapes: &mut Vec<Shape>) {
    let (major_y, minor_y) = (height * 0.27, height * 0.74);
    let tick = |x: f64, top: f64, ink: Ink, stroke: f64| {
        let left = (x.round() - stroke / 2.0).floor();
        Shape::fill(Rect::new(left, top, stroke, height - top), ink)
    };
    shapes.push(Shape::fill(
        Rect::new(0.0, height - 1.0, width, 1.0),
        Ink::Line2,
    ));
    for x in &axis.small {
        shapes.push(tick(*x, height - 5.0, Ink::Line2, 1.0));
    }
    let in_sight = |tick: &&Tick| (-0.5..=width + 0.5).contains(&tick.x);
    for minor in axis.minor.iter().filter(in_sight) {
        shapes.push(tick(minor.x, height - 9.0, Ink::Line2, 1.0));
    }
    for major in axis.major.iter().filter(in_sight) {
        shapes.push(tick(major.x, 3.0, Ink::Line2, 2.0));
    }
    for (ticks, y, ink, font) in [
        (&axis.minor, minor_y, Ink::Text3, Font::LABEL),
        (&axis.major, major_y, Ink::Text, Font::STRONG),
    ] {
        for tick in ticks.iter().filter(|tick| !tick.text.is_empty()) {
            shapes.push(Shape::text(tick.text_x, y, tick.text.clone(), ink, font));
        }
    }
}

/// `1 Mar  3  5  7  Mon 9` with ticks at the top of a strip that begins at `y`.
pub fn draw_one_level(ticks: &[Tick], width: f64, y: f64, shapes: &mut Vec<Shape>) {
    for tick in ticks {
        if (-0.5..=width + 0.5).contains(&tick.x) {
            let length = if tick.is_strong { 6.0 } else { 4.0 };
            shapes.push(Shape::fill(
                Rect::new(tick.x.round(), y, 1.0, length),
                Ink::Line2,
            ));
        }
        if !tick.text.is_empty() {
            shapes.push(Shape::text(
                tick.text_x,
                y + 11.0,
                tick.text.clone(),
                Ink::Text3,
                Font::LABEL,
            ));
        }
    }
}

/// Faint lines down from the upper ticks, behind lanes from `top` to `bottom`.
pub fn draw_grid(axis: &TwoLevels, width: f64, top: f64, bottom: f64, shapes: &mut Vec<Shape>) {
    for tick in &axis.major {
        if (0.5..=width).contains(&tick.x) {
            shapes.push(Shape::fill(
                Rect::new(tick.x.round(), top, 1.0, bottom - top),
                Ink::Line,
            ));
        }
    }
}

/// The line under the pointer, from `top` down to `bottom`.
pub fn draw_hairline(x: f64, top: f64, bottom: f64, shapes: &mut Vec<Shape>) {
    shapes.push(Shape::Line {
        from: (x, top),
        to: (x, bottom),
        ink: Ink::Accent,
        width: 1.5,
        dash: Dash::Solid,
        alpha: 0.65,
    });
}

/// The time under the pointer on its plate, centred on `x` and held within the width.
pub fn draw_time_plate(
    x: f64,
    text: &str,
    width: f64,
    axis_height: f64,
    measure: Measure<'_>,
    shapes: &mut Vec<Shape>,
) {
    let plate_px = measure(text, Font::STRONG) + 12.0;
    let left = (x - plate_px / 2.0)
        .min(width - plate_px - 2.0)
        .max(2.0)
        .round();
    let rect = Rect::new(left, axis_height - 21.0, plate_px, 18.0);
    shapes.push(Shape::Fill {
        rect,
        ink: Ink::AccentSolid,
        alpha: 1.0,
        radius: 4.0,
    });
    shapes.push(Shape::Text {
        x: rect.x + plate_px / 2.0,
        y: rect.middle(),
        text: text.to_owned(),
        ink: Ink::AccentSolidText,
        font: Font::STRONG,
        anchor: TextAnchor::Middle,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::TimeScale;
    use crate::chart::approximate_width;
    use crate::chart::ticks::two_levels;
    use crate::time::Clock;
    use crate::time::TimeRange;
    use crate::time::Timestamp;

    #[test]
    fn the_time_plate_stays_in_sight_at_both_edges() {
        for x in [0.0, 3.0, 500.0, 999.0] {
            let mut shapes = Vec::new();
            draw_time_plate(
                x,
                "21:54:10 +00:00",
                1000.0,
                40.0,
                &approximate_width,
                &mut shapes,
            );
            let Some(Shape::Fill { rect, .. }) = shapes.first() else {
                panic!("a plate comes first");
            };
            assert!(rect.x >= 0.0 && rect.right() <= 1000.0, "{x}: {rect:?}");
        }
    }

    #[test]
    fn every_shape_of_an_axis_lies_in_its_strip() {
        let day = TimeRange::new(Timestamp::from_secs(40_000), Timestamp::from_secs(140_000));
        let scale = TimeScale::new(day.expect("in order"), 900.0);
        let axis = two_levels(scale, Clock::UTC, &approximate_width);
        let mut shapes = Vec::new();
        draw_two_levels(&axis, 900.0, 40.0, &mut shapes);
        assert!(shapes.len() > 20);
        for shape in shapes {
            let (top, bottom) = match &shape {
                Shape::Fill { rect, .. } => (rect.y, rect.bottom()),
                Shape::Text { y, font, .. } => (y - font.size / 2.0, y + font.size / 2.0),
                _ => (0.0, 40.0),
            };
            assert!(top >= 0.0 && bottom <= 40.0, "{shape:?}");
        }
    }
}
