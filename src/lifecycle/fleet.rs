//! One resource at an instant: what the fleet shows of it (`rules.md`, "Fleet at T"). Knows one resource at a time.

use super::history::History;
use super::track::TrackName;
use super::track::Value;
use crate::cadf::Kind;
use crate::time::Timestamp;

/// Where a resource stands at T.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Its existence is known: it is in the fleet, also when reclaimed or deleted.
    Recorded(State),
    /// Of the five kinds, existence unknown at T: listed beside the fleet.
    Unrecorded,
    /// Provisioned or created after T.
    BornLater,
    /// A kind without a lifecycle.
    NotTracked,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// `Live`, `Reclaimed` or `Deleted`.
    pub existence: Value,
    /// `None` for a volume, which has no power.
    pub power: Option<Value>,
    pub name: Option<String>,
}

/// A change at exactly `at` has happened. A resource whose existence is unknown at `at` because something came before
/// its provision is unrecorded, not born later: what came before shows that it may have been there.
pub fn standing(kind: Kind, history: &History, at: Timestamp) -> Standing {
    if !kind.has_lifecycle() {
        return Standing::NotTracked;
    }
    let value = |track| history.at(&track, at).map(|span| span.value.clone());
    match value(TrackName::Existence) {
        None => Standing::BornLater,
        Some(Value::Unknown) => Standing::Unrecorded,
        Some(existence) => Standing::Recorded(State {
            existence,
            power: value(TrackName::Power),
            name: history.name_at(at).map(str::to_owned),
        }),
    }
}
