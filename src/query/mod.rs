//! Asking: the language people type, and the answers of view size that come back.

pub mod examples;
pub mod filter;
pub mod histogram;
pub mod language;
pub mod page;
pub mod row;
pub mod scan;
pub mod selection;
