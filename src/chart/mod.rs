//! Pictures as numbers: scales, ticks, bars and lanes become a list of [`Shape`]s with roles for colours.
//! Knows no canvas, no document and no colour value, so that the same list paints a canvas, an SVG or a test.
//!
//! All lengths and places are CSS pixels; `x` grows to the right, `y` down. Time is exact nanoseconds until the
//! last step, where [`TimeScale`] turns it into pixels.

pub mod axis;
pub mod bins;
pub mod brush;
pub mod calendar_step;
pub mod clusters;
pub mod finding_cards;
pub mod finding_marks;
pub mod gesture;
pub mod histogram;
pub mod hit_test;
pub mod lane_rows;
pub mod life;
pub mod minimap;
pub mod paper;
#[cfg(test)]
mod pictures;
pub mod pinned;
pub mod relations;
pub mod relative_axis;
pub mod segments;
pub mod shape;
mod span_forms;
pub mod spans;
pub mod svg;
pub mod swimlane;
pub mod ticks;
pub mod time_scale;
pub mod timeline;

pub use shape::{Dash, Font, Glyph, Ink, Pattern, Rect, Shape, TextAnchor};
pub use time_scale::TimeScale;

/// What is closest to it from `least` to `most`. Unlike `clamp` it doesn't panic where a page is too narrow for both, and
/// brings no words with doubles in them.
pub fn within(number: f64, least: f64, most: f64) -> f64 {
    number.min(most).max(least)
}

/// How wide a text would be in a font; the page measures with its canvas, tests with [`approximate_width`].
pub type Measure<'a> = &'a dyn Fn(&str, Font) -> f64;

/// A width good enough for tests and pictures without a font: 0.56 of the size for each character.
pub fn approximate_width(text: &str, font: Font) -> f64 {
    text.chars().count() as f64 * font.size * 0.56
}
