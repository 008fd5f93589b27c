//! Lifeline, the whole viewer without a browser.
//!
//! The list below is the architecture diagram, in reading order: a module may use only those above it
//! (`tests/layers.rs` holds that). Effects live in `app/` and `worker/`, which are binaries around this library.

pub mod cadf;
pub mod protocol;
pub mod time;
