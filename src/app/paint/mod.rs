//! Display lists on a canvas: the one place that turns [`lifeline::chart::Shape`] into pixels. Decides nothing about
//! what is drawn or where.
//!
//! - [`Picture`]: a canvas that fills its parent and draws what a closure gives it, again whenever that changes.
//! - [`SpanStrip`]: one lane of spans, for a row of a table.
//! - [`draw`], [`measure`] and [`use_palette`] for a canvas of one's own.

mod canvas;
mod palette;
mod picture;
mod span_strip;

// Some of these wait for the resource page.
#[allow(unused_imports)]
pub use canvas::draw;
#[allow(unused_imports)]
pub use canvas::measure;
pub use palette::Palette;
#[allow(unused_imports)]
pub use palette::use_palette;
pub use picture::Picture;
pub use picture::Sheet;
// A canvas of one's own needs its size.
pub use crate::widgets::size::use_size;
#[allow(unused_imports)]
pub use span_strip::SpanStrip;
