//! Values as a link's text writes them, and back. Knows no part of a view.

use std::fmt::Write;

use crate::query::language::{Moment, When};
use crate::time::{TimeRange, Timestamp};

/// A name with `-` before it for descending.
pub fn signed(text: &str) -> (&str, bool) {
    match text.strip_prefix('-') {
        Some(by) => (by, true),
        None => (text, false),
    }
}

pub fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: T) -> &'static str {
    let found = names.iter().find(|(one, _)| *one == value);
    found.map_or("", |(_, name)| name)
}

pub fn named<T: Copy>(names: &[(T, &str)], text: &str) -> Option<T> {
    let found = names.iter().find(|(_, name)| *name == text);
    found.map(|(one, _)| *one)
}

pub fn flag(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

pub fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit())
}

pub fn range_text(range: TimeRange) -> String {
    format!("{}..{}", range.from(), range.to())
}

/// An instant, or a date's whole unit in UTC.
pub fn fixed_time(text: &str) -> Option<TimeRange> {
    if let Some(written) = Timestamp::parse(text) {
        return TimeRange::new(written.at, written.at);
    }
    let when = When::parse(text).filter(|when| !when.is_relative())?;
    Some(when.range(&Moment::utc(Timestamp::from_secs(0))))
}

pub fn list<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    let parts: Vec<String> = parts.into_iter().map(|part| encoded(part, true)).collect();
    parts.join(",")
}

pub fn unlisted(value: &str) -> impl Iterator<Item = String> + '_ {
    value.split(',').map(decoded)
}

/// Percent-encodes what a fragment may not hold, what parts it, and what programs that find links in text cut off.
/// The rest stays readable. `in_list` keeps commas out too.
pub fn encoded(text: &str, in_list: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_kept = byte.is_ascii_alphanumeric()
            || b"-._~!$*;:@/?=+".contains(&byte)
            || (byte == b',' && !in_list);
        if is_kept {
            out.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Undoes [`encoded`]; what is no percent code stands for itself.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|code| byte == b'%' && code.iter().all(u8::is_ascii_hexdigit))
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
