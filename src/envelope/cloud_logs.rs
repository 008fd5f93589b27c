//! Envelope 6: a row of an IBM Cloud Logs answer. `user_data` holds the logged text, `metadata` and `labels` what the
//! service knows of it. Rows of its Parquet archive, once turned into JSON, carry the same three as text.

use reading::{Map, Value};

use super::wrapper::{Mark, Wrapper, read_time, unwrap_inner};
use super::{Context, Item};
use crate::cadf::Outside;
use crate::time::WrittenTime;

pub const WRAPPER: Wrapper = Wrapper {
    name: "IBM Cloud Logs",
    what: "A row of a query's answer, the event as text in “user_data”",
    mark: Mark::TranscribedFromDocumentation,
    signs: &USER_DATA,
    fits,
    unwrap,
};

const USER_DATA: [&str; 2] = ["user_data", "src_obj__user_data"];
const METADATA: [&str; 2] = ["metadata", "src_obj__event_metadata"];

fn fits(object: &Map) -> bool {
    USER_DATA.iter().any(|name| object.contains_key(name))
}

fn unwrap(mut object: Map, mut outside: Outside, context: &Context) -> Item {
    let metadata = METADATA.iter().find_map(|name| object.get(name));
    outside.time = metadata.and_then(timestamp_in).or(outside.time);
    let user_data = USER_DATA
        .iter()
        .find_map(|name| object.get_mut(name).map(Value::take));
    unwrap_inner(user_data.unwrap_or_default(), outside, context)
}

/// The time, in a list of keys and values, in an object, or in either as text.
fn timestamp_in(metadata: &Value) -> Option<WrittenTime> {
    match metadata {
        Value::Array(pairs) => pairs
            .iter()
            .find(|pair| pair.get("key").and_then(Value::as_str) == Some("timestamp"))
            .and_then(|pair| read_time(pair.get("value")?)),
        Value::Object(members) => read_time(members.get("timestamp")?),
        Value::String(text) => match reading::read_json(text.as_bytes()).ok()? {
            Value::String(_) => None,
            parsed => timestamp_in(&parsed),
        },
        _ => None,
    }
}
