//! Envelope 8: a row that Event Routing writes to object storage, the event as text in `line`. The account and the
//! region stand in the object's name: `<account>/<region>/<YYYY-MM-DDTHH>/….log`.

use reading::{Map, Value};

use super::wrapper::{Mark, Wrapper, account_like, holds_object, time_of, unwrap_inner};
use super::{Context, Item};
use crate::cadf::Outside;

pub const WRAPPER: Wrapper = Wrapper {
    name: "Event Routing",
    what: "A row that Event Routing wrote to object storage, the event as text in “line”",
    mark: Mark::TranscribedFromDocumentation,
    signs: &["line"],
    fits,
    unwrap,
};

/// A row's `line` may hold other text than an event; an event may have a `line` of its own.
fn fits(object: &Map) -> bool {
    holds_object(object, "line")
        || (matches!(object.get("line"), Some(Value::String(_))) && !object.contains_key("action"))
}

fn unwrap(mut object: Map, mut outside: Outside, context: &Context) -> Item {
    outside.account = account_in(&context.file_name).or(outside.account);
    outside.time =
        time_of(&object, &["timestamp", "@timestamp", "time", "_ts", "ts"]).or(outside.time);
    let line = object.get_mut("line").map(Value::take);
    unwrap_inner(line.unwrap_or_default(), outside, context)
}

/// The first folder of the name that is an account.
fn account_in(file_name: &str) -> Option<String> {
    let (folders, _) = file_name.rsplit_once('/')?;
    folders.split('/').find_map(account_like)
}
