//! A name in a narrow place. Names that follow a pattern differ at their ends, so a long one is cut in its middle; whoever
//! uses it gives the whole name as a title.

use crate::dom::Node;
use crate::dom::view;

/// In characters: what may be cut at all, and what of it always stays.
const LONG: usize = 24;
const END: usize = 8;

/// The parts of an element of class `long-name`.
pub fn long_name(name: &str) -> Node {
    let n = name.chars().count();
    // Of a mail address the start says who it is.
    let n = match n > LONG && !name.contains('@') {
        true => n - END,
        false => n,
    };
    let at = name.char_indices().nth(n).map_or(name.len(), |(at, _)| at);
    let (start, end) = name.split_at(at);
    view! { <span class="cut">{start.to_owned()}</span><span class="nowrap">{end.to_owned()}</span> }
}
