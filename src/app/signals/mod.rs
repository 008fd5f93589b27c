//! Signals for the page: Leptos' own, under the same names and with the same rules, but compiled once for all types.
//!
//! Leptos is generic down to its graph: each type of value brought another copy of all that reads, compares, notifies and
//! schedules, 270 kB of the page's program. Here Leptos keeps one type, [`Held`], and what is written for each type of
//! value only puts it in and takes it out again. Owners, order and batching are Leptos' as before.

#![allow(
    clippy::disallowed_types,
    reason = "what the rest of the page must not use is what these are made of"
)]

mod effect;
mod held;
mod live;
mod memo;
mod node_ref;
mod rw_signal;
mod signal;
mod stored_value;

pub use effect::Effect;
pub use live::Live;
pub use live::Origin;
pub use memo::Memo;
pub use node_ref::NodeRef;
pub use rw_signal::RwSignal;
pub use signal::Signal;
pub use stored_value::StoredValue;

use held::Held;
