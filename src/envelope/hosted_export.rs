//! Envelope 4: an export of hosted event search, v1 an object a line, v2 the same objects in `lines`. `_line` holds
//! the event as text; the other members are the service's own, or repeat parsed fields.

use reading::Map;

use super::hosted_search::unwrap_line;
use super::wrapper::{Mark, Wrapper};
use super::{Context, Item};
use crate::cadf::Outside;

pub const WRAPPER: Wrapper = Wrapper {
    name: "Hosted event search, export",
    what: "A line of an export of 2019 to 2025, the event as text in “_line”",
    mark: Mark::TranscribedFromDocumentation,
    signs: &["_line"],
    fits,
    unwrap,
};

fn fits(object: &Map) -> bool {
    object.contains_key("_line")
}

fn unwrap(object: Map, outside: Outside, context: &Context) -> Item {
    unwrap_line(object, outside, context)
}
