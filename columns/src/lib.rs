//! What columns are made of: values in chunks, codes at the width they need, texts behind codes, sets of places; with the
//! loops that every question of the store comes down to. A package of its own so that these loops are built for speed
//! in a program that is built for size. Refuses to know what a place or a code stands for.

mod alike;
pub mod bitmap;
mod bits;
mod code_loops;
pub mod code_table;
pub mod codes;
pub mod column;
pub mod dictionary;
mod equal;
pub mod packed;
pub mod prefix_counts;
pub mod recent;
mod search;
pub mod spread;
pub mod texts;
pub mod tuples;
mod widths;

pub use bitmap::Bitmap;
pub use code_table::CodeTable;
pub use codes::Codes;
pub use codes::Run;
pub use column::Column;
pub use dictionary::Code;
pub use dictionary::Dictionary;
pub use dictionary::NONE;
pub use packed::Packed;
pub use prefix_counts::PrefixCounts;
pub use recent::Recent;
pub use recent::codes_of;
pub use spread::most_frequent;
pub use spread::spread;
pub use texts::Texts;
pub use tuples::Combined;
pub use tuples::Tuples;
