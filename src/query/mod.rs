//! Asking: the language people type, and the answers of view size that come back.

pub mod examples;
pub mod language;
