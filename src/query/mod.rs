//! Asking: the language people type, and the answers of view size that come back.

pub mod accepting;
pub mod complete;
pub mod detail;
pub mod examples;
pub mod export;
pub mod facets;
pub mod filter;
pub mod fleet;
pub mod histogram;
pub mod histories;
pub mod history_page;
pub mod lane_list;
pub mod lanes;
pub mod language;
pub mod lives;
pub mod order;
pub mod page;
pub mod recent;
pub mod resource_views;
pub mod row;
pub mod scan;
pub mod selection;
pub mod sources;
pub mod tallies;
pub mod tree;
pub mod values;
