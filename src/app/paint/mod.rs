//! Display lists on a canvas: the one place that turns [`lifeline::chart::Shape`] into pixels. Decides nothing about
//! what is drawn or where.
//!
//! - [`Picture`]: a canvas that fills its parent and draws what a closure gives it, again whenever that changes.
//! - [`bitmap`]: a picture to take away, on a canvas that nobody sees.

mod bitmap;
mod canvas;
mod palette;
mod picture;

pub use bitmap::bitmap;
pub use canvas::measure;
pub use palette::Palette;
pub use picture::Picture;
pub use picture::Sheet;
// A canvas of one's own needs its size.
pub use crate::widgets::size::use_size;
