//! What an object says, as two numbers: whether two say the same, and whether two are built alike.

use crate::Map;
use crate::Number;
use crate::Value;
use crate::canonical;
use crate::hash::hash_bytes;
use crate::hash::join;
use crate::hash::join_ended;

/// Compares objects without keeping them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Content {
    /// Equal for objects whose canonical JSON (RFC 8785) is equal. Two others share one once in 2^64 times, or when
    /// somebody made them to.
    pub fingerprint: u64,
    /// Equal for objects with the same names, nested alike, in the same order.
    pub shape: u64,
}

/// The shape counts names nested no deeper than this.
pub const DEEPEST_SHAPE: usize = 32;

impl Content {
    /// `left_out`: names of members that the fingerprint doesn't count.
    pub fn of(object: &Map, left_out: &[&str]) -> Content {
        let mut shape = 0;
        let fingerprint = object_hash(object, left_out, &mut shape, 0);
        Content { fingerprint, shape }
    }
}

pub(crate) const NULL: u64 = 1;
pub(crate) const FALSE: u64 = 2;
pub(crate) const TRUE: u64 = 3;
const NUMBER: u64 = 4;
const TEXT: u64 = 5;
const LIST: u64 = 6;
const OBJECT: u64 = 7;

pub(crate) fn text_hash(text: &str) -> u64 {
    text_hash_of(hash_bytes(text.as_bytes()))
}

pub(crate) fn text_hash_of(hash: u64) -> u64 {
    hash ^ TEXT
}

/// Of a number's canonical digits.
pub(crate) fn digits_hash(digits: &[u8]) -> u64 {
    hash_bytes(digits) ^ NUMBER
}

pub(crate) fn number_hash(number: &Number) -> u64 {
    let mut digits = Vec::new();
    canonical::write_number(&mut digits, number);
    digits_hash(&digits)
}

/// Members and elements one after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nested {
    is_object: bool,
    n: u64,
    hash: u64,
}

impl Nested {
    pub fn list() -> Nested {
        Nested {
            is_object: false,
            n: 0,
            hash: 0,
        }
    }

    pub fn object() -> Nested {
        Nested {
            is_object: true,
            n: 0,
            hash: 0,
        }
    }

    pub fn element(&mut self, hash: u64) {
        self.n += 1;
        self.hash = join(self.hash, hash);
    }

    /// In any order.
    pub fn member(&mut self, name: u64, value: u64) {
        self.n += 1;
        self.hash = self.hash.wrapping_add(join(name, value));
    }

    /// The same with [`join_begun`] of the name.
    pub fn member_begun(&mut self, name: u64, value: u64) {
        self.n += 1;
        self.hash = self.hash.wrapping_add(join_ended(name, value));
    }

    pub fn kind(&self) -> u64 {
        if self.is_object { OBJECT } else { LIST }
    }

    pub fn hash(&self) -> u64 {
        join(self.hash, self.n << 3 | self.kind())
    }
}

/// The names so far, and what opened and closed between them.
pub(crate) fn shape_joins(shape: u64, joined: &[u64]) -> u64 {
    joined
        .iter()
        .fold(shape, |shape, joined| join(shape, *joined))
}

fn shape_opens(shape: &mut u64, nested: &Nested) {
    *shape = join(*shape, nested.kind());
}

fn shape_closes(shape: &mut u64) {
    *shape = join(*shape, 0);
}

fn shape_names(shape: &mut u64, name: u64) {
    *shape = join(*shape, name);
}

fn value_hash(value: &Value, shape: &mut u64, depth: usize) -> u64 {
    match value {
        Value::Null => NULL,
        Value::Bool(false) => FALSE,
        Value::Bool(true) => TRUE,
        Value::Number(number) => number_hash(number),
        Value::String(text) => text_hash(text),
        Value::Array(items) => {
            let mut list = Nested::list();
            if depth < DEEPEST_SHAPE {
                shape_opens(shape, &list);
            }
            for item in items {
                list.element(value_hash(item, shape, depth + 1));
            }
            if depth < DEEPEST_SHAPE {
                shape_closes(shape);
            }
            list.hash()
        }
        Value::Object(members) => object_hash(members, &[], shape, depth),
    }
}

fn object_hash(members: &Map, left_out: &[&str], shape: &mut u64, depth: usize) -> u64 {
    let mut object = Nested::object();
    if depth < DEEPEST_SHAPE {
        shape_opens(shape, &object);
    }
    for (name, value) in members {
        let name_hash = hash_bytes(name.as_bytes());
        if depth < DEEPEST_SHAPE {
            shape_names(shape, name_hash);
        }
        let value = value_hash(value, shape, depth + 1);
        if !left_out.contains(&name.as_str()) {
            object.member(name_hash, value);
        }
    }
    if depth < DEEPEST_SHAPE {
        shape_closes(shape);
    }
    object.hash()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Content {
        let value = crate::read_json(text.as_bytes()).expect("JSON");
        Content::of(value.as_object().expect("an object"), &["id"])
    }

    #[test]
    fn what_says_the_same_has_one_fingerprint_however_it_is_written() {
        let same = of(r#"{"a":1,"b":[2,"x",null],"c":{"d":true,"e":{}}}"#).fingerprint;
        for text in [
            r#"{"c":{"e":{},"d":true},"a":1.0,"id":"7","b":[2e0,"\u0078",null]}"#,
            r#"{"b":[2,"x",null],"c":{"d":true,"e":{}},"a":0.1e1}"#,
        ] {
            assert_eq!(of(text).fingerprint, same, "{text}");
        }
    }

    #[test]
    fn what_says_another_thing_has_another_fingerprint() {
        let texts = [
            r#"{}"#,
            r#"{"a":1}"#,
            r#"{"a":"1"}"#,
            r#"{"a":[1]}"#,
            r#"{"a":[[1]]}"#,
            r#"{"a":[1,1]}"#,
            r#"{"a":{"1":1}}"#,
            r#"{"a":null}"#,
            r#"{"a":[]}"#,
            r#"{"a":{}}"#,
            r#"{"a":""}"#,
            r#"{"a":true}"#,
            r#"{"a":false}"#,
            r#"{"a":1,"b":2}"#,
            r#"{"a":2,"b":1}"#,
            r#"{"a":[1,2]}"#,
            r#"{"a":[2,1]}"#,
            r#"{"a":{"b":1},"c":2}"#,
            r#"{"a":{"b":1,"c":2}}"#,
        ];
        for (at, one) in texts.iter().enumerate() {
            for other in &texts[..at] {
                assert_ne!(of(one).fingerprint, of(other).fingerprint, "{one} {other}");
            }
        }
    }

    #[test]
    fn a_shape_minds_names_nesting_and_order_and_no_values() {
        let shape = |text: &str| of(text).shape;
        assert_eq!(
            shape(r#"{"a":1,"b":[{"c":2}]}"#),
            shape(r#"{"a":"x","b":[{"c":null}]}"#)
        );
        assert_ne!(shape(r#"{"a":1,"b":2}"#), shape(r#"{"b":1,"a":2}"#));
        assert_ne!(shape(r#"{"a":{"b":2}}"#), shape(r#"{"a":1,"b":2}"#));
        assert_ne!(
            shape(r#"{"a":{"b":1},"c":2}"#),
            shape(r#"{"a":{"b":1,"c":2}}"#)
        );
    }
}
