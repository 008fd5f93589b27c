//! Parts that any view may use. They take props and know neither [`crate::state::App`] nor each other's insides.

pub mod button;
pub mod dismiss_form;
pub mod finding_sign;
pub mod icon;
pub mod key_cap;
pub mod long_name;
pub mod outcome;
pub mod pan_zoom;
pub mod popover;
pub mod says;
pub mod sheet;
pub mod size;
pub mod swatch;
pub mod toast;
