//! Envelope 10: a record of the classic infrastructure event log (`SoftLayer_Event_Log`).

use reading::Map;

use super::wrapper::{Mark, Wrapper};
use super::{Context, Item};
use crate::cadf::{Event, Outside};

pub const WRAPPER: Wrapper = Wrapper {
    name: "Classic infrastructure event log",
    what: "A record of SoftLayer_Event_Log; it has no outcome, so what it says is implied",
    mark: Mark::RecordedShape,
    signs: &["eventName"],
    fits,
    unwrap,
};

fn fits(object: &Map) -> bool {
    object.contains_key("eventName")
        && ["eventCreateDate", "objectName", "objectId"]
            .iter()
            .any(|name| object.contains_key(name))
}

fn unwrap(object: Map, _: Outside, _: &Context) -> Item {
    match Event::from_classic(object) {
        Some(event) => Item::Event(Box::new(event)),
        None => Item::Other,
    }
}
