//! What was said: one audit event in CADF's terms (DMTF DSP0262), whatever wrapper it came in.
//! Refuses to judge: what an action means is `catalogue`'s, what it did to a resource is `lifecycle`'s.

pub mod crn;
pub mod event;
pub mod event_ref;
pub mod json;
pub mod kind;
pub mod location;
pub mod outcome;
pub mod read;

pub use crn::Crn;
pub use event::{Event, EventTime, Initiator, Reason, Target, TimeOrigin};
pub use event_ref::{Body, EventRef};
pub use json::read_json;
pub use kind::Kind;
pub use location::Location;
pub use outcome::Outcome;
pub use read::Outside;
