//! What reads Lifeline's text. A package of its own because each byte of an event file passes through here: it is built
//! for speed where the program around it is built small. serde_json does more than is needed here and is several times as
//! large; tests hold this against it.

pub mod canonical;
pub mod content;
pub mod crc;
pub mod decimal;
mod foretold;
pub mod hash;
pub mod instant;
pub mod json;
pub mod lowercase;
pub mod pick;
pub mod signs;
pub mod sorting;
pub mod value;
mod walk;

pub use content::Content;
pub use json::read as read_json;
pub use lowercase::lowercase;
pub use pick::Picked;
pub use pick::Picker;
pub use value::Map;
pub use value::Number;
pub use value::Value;
