//! Envelope 9: foreign CADF in a notification of OpenStack's messaging library, as its services log it, or once more
//! as text in `oslo.message`, as it travels.

use reading::{Map, Value};

use super::wrapper::{Mark, Wrapper, holds_object, time_of, unwrap_inner};
use super::{Context, Item};
use crate::cadf::Outside;

pub const WRAPPER: Wrapper = Wrapper {
    name: "OpenStack notification",
    what: "Foreign CADF in “payload” beside “event_type”, as OpenStack's services send it",
    mark: Mark::TranscribedFromDocumentation,
    signs: &[MESSAGE, "payload"],
    fits,
    unwrap,
};

const MESSAGE: &str = "oslo.message";

fn fits(object: &Map) -> bool {
    holds_object(object, MESSAGE) || is_notification(object)
}

fn is_notification(object: &Map) -> bool {
    holds_object(object, "payload")
        && ["event_type", "publisher_id", "message_id"]
            .iter()
            .any(|name| object.contains_key(name))
}

fn unwrap(mut object: Map, mut outside: Outside, context: &Context) -> Item {
    if let Some(message) = object.get_mut(MESSAGE).map(Value::take) {
        return unwrap_inner(message, outside, context);
    }
    outside.time = time_of(&object, &["timestamp"]).or(outside.time);
    let payload = object.get_mut("payload").map(Value::take);
    unwrap_inner(payload.unwrap_or_default(), outside, context)
}
