//! Envelope 5: hosted event search, streaming and archive: the record in `_source`, the event in its `_line`, or
//! parsed into members whose names carry the prefix `o_`. An index's hit (`_source` is the event) comes the same way.

use reading::{Map, Value};

use super::bare::{self, has_action};
use super::wrapper::{
    Mark, Wrapper, account_like, holds_object, time_of, unwrap as unwrap_object, unwrap_inner,
};
use super::{Context, Item};
use crate::cadf::Outside;

pub const WRAPPER: Wrapper = Wrapper {
    name: "Hosted event search, stream and archive",
    what: "A record in “_source”, the event in its “_line” or in members with the prefix “o_”",
    mark: Mark::TranscribedFromDocumentation,
    signs: &["_source", "o_action"],
    fits,
    unwrap,
};

fn fits(object: &Map) -> bool {
    matches!(object.get("_source"), Some(Value::Object(_))) || object.contains_key("o_action")
}

fn unwrap(mut object: Map, outside: Outside, context: &Context) -> Item {
    match object.get_mut("_source").map(Value::take) {
        Some(Value::Object(source)) => unwrap_line(source, outside, context),
        _ => unwrap_line(object, outside, context),
    }
}

/// A line as the service keeps it. `_line` decides; where it holds no JSON, the parsed members may be an event.
pub fn unwrap_line(mut line: Map, mut outside: Outside, context: &Context) -> Item {
    let account = line.get("_account").and_then(Value::as_str);
    outside.account = account.and_then(account_like).or(outside.account);
    outside.time = time_of(&line, &["_ts"]).or(outside.time);
    if holds_object(&line, "_line") {
        let inner = line.get_mut("_line").map(Value::take).unwrap_or_default();
        return unwrap_inner(inner, outside, context);
    }
    let is_service_line = line
        .keys()
        .any(|name| OF_THE_SERVICE.contains(&name.as_str()));
    if !is_service_line && !line.contains_key("o_action") {
        return unwrap_object(line, outside, context).0;
    }
    line.retain(|name| !name.starts_with('_'));
    let event = without_prefix(line, true);
    if has_action(&event) {
        bare::unwrap(event, outside, context)
    } else {
        Item::Other
    }
}

/// Members by which a line of the service is known. Every name that starts so belongs to the service.
const OF_THE_SERVICE: [&str; 10] = [
    "_account", "_app", "_cluster", "_file", "_host", "_label", "_lid", "_line", "_logtype", "_ts",
];

/// Strips `o_` from names, unless the name without it is there too. Inside request and response data only objects
/// and lists lose it: their other members' names are the service's own.
fn without_prefix(object: Map, is_ours: bool) -> Map {
    let taken: Vec<String> = object
        .keys()
        .filter(|name| !name.starts_with("o_"))
        .cloned()
        .collect();
    let members = object.into_iter().map(|(name, value)| {
        let bare_name = name.strip_prefix("o_").filter(|bare_name| {
            !bare_name.is_empty()
                && !taken.iter().any(|name| name == bare_name)
                && (is_ours || value.is_object() || value.is_array())
        });
        let name = bare_name.map(str::to_owned).unwrap_or(name);
        let is_ours = is_ours && name != "requestData" && name != "responseData";
        (name, value_without_prefix(value, is_ours))
    });
    members.collect()
}

fn value_without_prefix(value: Value, is_ours: bool) -> Value {
    match value {
        Value::Object(object) => Value::Object(without_prefix(object, is_ours)),
        Value::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| value_without_prefix(item, is_ours))
                .collect(),
        ),
        other => other,
    }
}
