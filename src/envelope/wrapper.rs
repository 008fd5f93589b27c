//! The wrappers that events come in, one file each, and the table of them.
//! A new one is one file, one row in [`FORMATS`], one fixture and one test.

use serde_json::{Map, Value};

use super::bare;
use super::{Context, Item};
use crate::cadf::Outside;

/// How well a wrapper's shape is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    /// The fixture has the shape of a record that was really sent.
    RecordedShape,
    /// The fixture follows the service's documentation.
    TranscribedFromDocumentation,
    /// No public text states the shape; it follows from what surrounds it.
    Inferred,
}

impl Mark {
    /// Words for the screen.
    pub fn words(self) -> &'static str {
        match self {
            Mark::RecordedShape => "recorded shape",
            Mark::TranscribedFromDocumentation => "transcribed from documentation",
            Mark::Inferred => "inferred",
        }
    }
}

/// One wrapper.
pub struct Wrapper {
    pub name: &'static str,
    /// What it is, in a sentence.
    pub what: &'static str,
    pub mark: Mark,
    pub(super) fits: fn(&Map<String, Value>) -> bool,
    pub(super) unwrap: fn(Map<String, Value>, Outside, &Context) -> Item,
}

/// Every wrapper, in the order in which they are tried.
pub const FORMATS: [Wrapper; 1] = [bare::WRAPPER];

/// What an object is, and the row of [`FORMATS`] that unwrapped it, if one did.
pub fn unwrap(
    object: Map<String, Value>,
    outside: Outside,
    context: &Context,
) -> (Item, Option<usize>) {
    match FORMATS.iter().position(|wrapper| (wrapper.fits)(&object)) {
        Some(row) => ((FORMATS[row].unwrap)(object, outside, context), Some(row)),
        None => (Item::Other, None),
    }
}
