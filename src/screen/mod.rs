//! What the screen works out without a browser: words for numbers and times, which rows stand in view.
//! Knows no element and no signal; `app/` shows what this says.

pub mod columns;
pub mod compared;
pub mod csv;
pub mod findings;
pub mod findings_csv;
pub mod fleet_csv;
pub mod folds;
pub mod highlight;
pub mod keys;
pub mod life;
pub mod linked_files;
pub mod minimap;
pub mod relations;
pub mod report;
pub mod rows;
pub mod timeline_words;
pub mod words;
