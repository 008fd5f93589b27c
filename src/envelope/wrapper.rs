//! The wrappers that events come in, one file each, and the table of them.
//! A new one is one file, one row in [`FORMATS`], one fixture and one test.

use reading::{Map, Value};

use super::record::broken;
use super::{Context, Item};
use super::{
    bare, classic_log, cloud_logs, event_routing, hosted_export, hosted_search, legacy, oslo,
    stored_legacy,
};
use crate::cadf::{Outside, read_json};
use crate::time::{Timestamp, WrittenTime};

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
    /// It fits no object that has none of these members.
    pub(super) signs: &'static [&'static str],
    pub(super) fits: fn(&Map) -> bool,
    pub(super) unwrap: fn(Map, Outside, &Context) -> Item,
}

/// Every wrapper, in the order in which they are tried: those that repeat an event's members beside the event first.
pub const FORMATS: [Wrapper; 9] = [
    hosted_export::WRAPPER,
    hosted_search::WRAPPER,
    cloud_logs::WRAPPER,
    event_routing::WRAPPER,
    stored_legacy::WRAPPER,
    bare::WRAPPER,
    legacy::WRAPPER,
    oslo::WRAPPER,
    classic_log::WRAPPER,
];

/// The row of events that stand by themselves.
pub const BARE: usize = 5;

/// What a person is told of a wrapper: its name, what it is, how well its shape is known.
pub type Listed = (&'static str, &'static str, Mark);

/// The page's list of [`FORMATS`]: words alone, so that the page carries no reader with them.
pub const LISTED: [Listed; FORMATS.len()] = {
    let mut listed = [("", "", Mark::Inferred); FORMATS.len()];
    let mut n = 0;
    while n < FORMATS.len() {
        listed[n] = (FORMATS[n].name, FORMATS[n].what, FORMATS[n].mark);
        n += 1;
    }
    listed
};

/// What events may stand in, besides a line each; any of them may be gzip, in several members. Words for the page's
/// list of formats, beside [`LISTED`].
pub const CONTAINERS: [&str; 5] = [
    "JSON lines, or objects over several lines",
    "A JSON array",
    "A JSON document with a list in “records”, “events”, “logs”, “hits”, “lines” or “Records”, an index's hits, or an answer of IBM Cloud Logs",
    "A saved event stream (lines that begin with “data:”)",
    "Tab-separated values with the event in the column “text” or “line”",
];

/// What an object is, and the row of [`FORMATS`] that unwrapped it, if one did.
pub fn unwrap(object: Map, outside: Outside, context: &Context) -> (Item, Option<usize>) {
    match FORMATS.iter().position(|wrapper| (wrapper.fits)(&object)) {
        Some(row) => ((FORMATS[row].unwrap)(object, outside, context), Some(row)),
        None => (Item::Other, None),
    }
}

/// Whether an object by itself is an event, in a wrapper or bare.
pub fn is_record(object: &Map) -> bool {
    FORMATS.iter().any(|wrapper| (wrapper.fits)(object))
}

/// What a wrapper holds: an object, or text that may be one. Logs carry other lines too.
pub fn unwrap_inner(inner: Value, outside: Outside, context: &Context) -> Item {
    match inner {
        Value::Object(object) => unwrap(object, outside, context).0,
        Value::String(text) => unwrap_text(&text, outside, context),
        _ => Item::Other,
    }
}

pub fn unwrap_text(text: &str, outside: Outside, context: &Context) -> Item {
    let text = text.trim();
    if !text.starts_with('{') {
        return Item::Other;
    }
    unwrap_read(read_json(text.as_bytes()), outside, context)
}

/// The same for text that is read already.
pub fn unwrap_read(
    read: reading::json::Result<Value>,
    outside: Outside,
    context: &Context,
) -> Item {
    match read {
        Ok(Value::Object(object)) => unwrap(object, outside, context).0,
        Ok(_) => Item::Other,
        Err(error) => Item::Rejected(format!(
            "the event inside its wrapper can't be read: {}",
            broken(&error)
        )),
    }
}

/// Whether a member holds an object, or text that begins like one.
pub fn holds_object(object: &Map, name: &str) -> bool {
    match object.get(name) {
        Some(Value::Object(_)) => true,
        Some(Value::String(text)) => text.trim_start().starts_with('{'),
        _ => false,
    }
}

/// The time a wrapper gives: text in any of the forms, or a count since 1970 in seconds to nanoseconds.
pub fn time_of(object: &Map, names: &[&str]) -> Option<WrittenTime> {
    names.iter().find_map(|name| read_time(object.get(name)?))
}

pub fn read_time(value: &Value) -> Option<WrittenTime> {
    let count = match value {
        Value::Number(count) => count.as_i64()?,
        Value::String(text) => match Timestamp::parse(text) {
            Some(written) => return Some(written),
            None => text.trim().parse().ok()?,
        },
        _ => return None,
    };
    // Today is about 1.8 followed by 9 digits of seconds; each unit is a thousand times the one before.
    let at = match count {
        100_000_000..100_000_000_000 => Timestamp::from_secs(count),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millis(count),
        100_000_000_000_000..100_000_000_000_000_000 => {
            Timestamp::from_nanos(count.checked_mul(1000)?)
        }
        100_000_000_000_000_000.. => Timestamp::from_nanos(count),
        _ => return None,
    };
    Some(WrittenTime {
        at,
        offset_secs: Some(0),
    })
}

/// An account as IBM Cloud writes it: 32 hexadecimal digits, with `a/` before them or not. Hosted services use
/// account numbers of their own beside it, which name nobody here.
pub fn account_like(text: &str) -> Option<String> {
    let digits = text.strip_prefix("a/").unwrap_or(text);
    (digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrappers_time_may_be_text_or_a_count_in_any_unit() {
        for value in [
            value!("2020-06-03T00:47:51Z"),
            value!("2020-06-03T00:47:51"),
            value!(1_591_145_271),
            value!(1_591_145_271_000_i64),
            value!("1591145271000"),
            value!(1_591_145_271_000_000_i64),
            value!(1_591_145_271_000_000_000_i64),
        ] {
            let read = read_time(&value).expect("a time");
            assert_eq!(read.at.to_string(), "2020-06-03T00:47:51Z", "{value}");
        }
        for value in [
            value!(7),
            value!(null),
            value!("soon"),
            value!(-1),
            value!(1.5),
        ] {
            assert_eq!(read_time(&value), None, "{value}");
        }
    }

    #[test]
    fn every_wrapper_has_a_name_of_its_own() {
        let mut names: Vec<&str> = FORMATS.iter().map(|wrapper| wrapper.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
    }
}
