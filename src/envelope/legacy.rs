//! Envelope 2: the event in `payload`, the account in `meta`; 2016 to 2019, some services to 2024.

use reading::{Map, Value};

use super::bare::has_action;
use super::wrapper::{Mark, Wrapper, holds_object, time_of, unwrap_inner};
use super::{Context, Item};
use crate::cadf::{Outside, read_json};

pub const WRAPPER: Wrapper = Wrapper {
    name: "Legacy event",
    what: "An event in “payload” beside “meta”, as Activity Tracker wrote it from 2016 on",
    mark: Mark::TranscribedFromDocumentation,
    signs: &["payload"],
    fits,
    unwrap,
};

fn fits(object: &Map) -> bool {
    holds_object(object, "payload")
        && (object.contains_key("meta") || object.contains_key("logSourceCRN"))
}

fn unwrap(mut object: Map, mut outside: Outside, context: &Context) -> Item {
    let meta = object.get("meta").and_then(Value::as_object);
    let account = meta
        .and_then(|meta| meta.get("userAccountIds"))
        .and_then(|ids| match ids {
            Value::Array(ids) => ids.iter().find_map(Value::as_str),
            one => one.as_str(),
        })
        .filter(|account| !account.is_empty());
    if let Some(account) = account {
        outside.account = Some(account.to_owned());
    }
    outside.time = time_of(&object, &["eventTime", "@timestamp", "timestamp"]).or(outside.time);
    let mut beside = Vec::new();
    for name in ["logSourceCRN", "saveServiceCopy"] {
        beside.extend(object.get(name).cloned().map(|value| (name, value)));
    }
    let Some(payload) = object.get_mut("payload").map(Value::take) else {
        return Item::Other;
    };
    let payload = match payload {
        Value::String(text) => match read_json(text.as_bytes()) {
            Ok(Value::Object(payload)) if has_action(&payload) => Value::Object(payload),
            _ => return unwrap_inner(Value::String(text), outside, context),
        },
        payload => payload,
    };
    unwrap_inner(with_members(payload, beside), outside, context)
}

/// The two members that belong to the event and stand beside it here.
fn with_members(mut payload: Value, beside: Vec<(&str, Value)>) -> Value {
    if let Value::Object(payload) = &mut payload {
        for (name, value) in beside {
            if !payload.contains_key(name) {
                payload.insert(name.to_owned(), value);
            }
        }
    }
    payload
}
