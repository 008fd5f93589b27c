//! Envelope 3: a flat event as the legacy service's index stored it, with the index's own members beside.

use reading::{Map, Value};

use super::bare::{self, has_action};
use super::wrapper::{Mark, Wrapper, time_of};
use super::{Context, Item};
use crate::cadf::Outside;

pub const WRAPPER: Wrapper = Wrapper {
    name: "Legacy stored record",
    what: "A flat event with members of the index that stored it (ALCH_TENANT_ID and others)",
    mark: Mark::TranscribedFromDocumentation,
    signs: &OF_A_STORE,
    fits,
    unwrap,
};

/// `event_uuid` is the event's id and stays.
const OF_THE_INDEX: [&str; 6] = [
    "ALCH_ACCOUNT_ID",
    "ALCH_TENANT_ID",
    "logmet_cluster",
    "@timestamp",
    "@version",
    "type",
];

/// Any of these beside an event tells a stored one.
const OF_A_STORE: [&str; 4] = [
    "ALCH_ACCOUNT_ID",
    "ALCH_TENANT_ID",
    "logmet_cluster",
    "@timestamp",
];

fn fits(object: &Map) -> bool {
    has_action(object) && OF_A_STORE.iter().any(|name| object.contains_key(name))
}

fn unwrap(mut object: Map, mut outside: Outside, context: &Context) -> Item {
    if let Some(Value::String(account)) = object.get("ALCH_ACCOUNT_ID")
        && !account.is_empty()
    {
        outside.account = Some(account.clone());
    }
    outside.time = time_of(&object, &["@timestamp"]).or(outside.time);
    for name in OF_THE_INDEX {
        object.shift_remove(name);
    }
    bare::unwrap(object, outside, context)
}
