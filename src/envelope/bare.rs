//! Envelope 1: the event itself, flat, as services have written it since 2019.

use reading::{Map, Value};

use super::wrapper::{Mark, Wrapper};
use super::{Context, Item};
use crate::cadf::{Event, Outside};

pub const WRAPPER: Wrapper = Wrapper {
    name: "Event",
    what: "A CADF event by itself, as Activity Tracker has written it since 2019",
    mark: Mark::RecordedShape,
    signs: &["action"],
    fits,
    unwrap,
};

/// An object whose `action` is no text, or empty, has none.
fn fits(object: &Map) -> bool {
    has_action(object)
}

pub fn has_action(object: &Map) -> bool {
    matches!(object.get("action"), Some(Value::String(action)) if !action.is_empty())
}

pub fn unwrap(object: Map, outside: Outside, _: &Context) -> Item {
    match Event::from_object(object, &outside) {
        Some(event) => Item::Event(Box::new(event)),
        None => Item::Other,
    }
}
