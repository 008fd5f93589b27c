//! Where events come from: what to ask a source for, how its answer is judged, how the bytes become events in the
//! store. Refuses to fetch: the worker and `inspect` bring the bytes.

pub mod demo;
pub mod files;
pub mod intake;
pub mod located;
pub mod manifest;
pub mod unpacking;

pub use intake::Intake;
pub use intake::Keep;
pub use intake::SharedText;
pub use located::NotUnderstood;
pub use manifest::{Manifest, ManifestFile};
pub use unpacking::{Arrived, Unpacking};
