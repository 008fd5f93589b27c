//! The one sort, as `reading` has it. Refuses nothing.

pub use reading::sorting::*;
