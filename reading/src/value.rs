//! A JSON value as it was written: members in order, numbers with their own digits.

use std::fmt;
use std::fmt::Write;

use crate::decimal;
use crate::sorting;

#[derive(Clone, PartialEq, Debug, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Value>),
    Object(Map),
}

/// A number's digits as they were written; an exponent is marked by a small `e` and has a sign.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Number(String);

/// An object's members in the order written. Few: a name is looked for from the first on.
#[derive(Clone, Debug, Default)]
pub struct Map(Vec<(String, Value)>);

impl Value {
    /// A member's value, where this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(is) => Some(*is),
            _ => None,
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Value::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&Vec<Value>> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value; leaves null.
    pub fn take(&mut self) -> Value {
        std::mem::take(self)
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    pub fn is_string(&self) -> bool {
        matches!(self, Value::String(_))
    }

    pub fn is_array(&self) -> bool {
        matches!(self, Value::Array(_))
    }

    pub fn is_object(&self) -> bool {
        matches!(self, Value::Object(_))
    }
}

impl Number {
    /// Digits that follow JSON's grammar.
    pub(crate) fn of_digits(digits: String) -> Number {
        Number(digits)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_u64(&self) -> bool {
        self.as_u64().is_some()
    }

    pub fn is_i64(&self) -> bool {
        self.as_i64().is_some()
    }

    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The closest double; `None` where none is as large.
    pub fn as_f64(&self) -> Option<f64> {
        decimal::parse(&self.0).filter(|number| number.is_finite())
    }
}

impl Map {
    pub fn new() -> Map {
        Map::default()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(held, _)| held == name)
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        Some(&self.0[self.place(name)?].1)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let at = self.place(name)?;
        Some(&mut self.0[at].1)
    }

    /// A name that is there already keeps its place.
    pub fn insert(&mut self, name: String, value: Value) -> Option<Value> {
        match self.get_mut(&name) {
            Some(held) => Some(std::mem::replace(held, value)),
            None => {
                self.0.push((name, value));
                None
            }
        }
    }

    /// The last member takes its place.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.place(name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// What follows it moves up.
    pub fn shift_remove(&mut self, name: &str) -> Option<Value> {
        let at = self.place(name)?;
        Some(self.0.remove(at).1)
    }

    /// Drops the members whose names are none to keep.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&String, &Value)> + Clone {
        self.0.iter().map(|(name, value)| (name, value))
    }

    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&String, &mut Value)> {
        self.0.iter_mut().map(|(name, value)| (&*name, value))
    }

    pub fn keys(&self) -> impl ExactSizeIterator<Item = &String> + Clone {
        self.0.iter().map(|(name, _)| name)
    }

    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    /// From members as they were written, where of several with one name the last one's value counts in the first
    /// one's place.
    pub(crate) fn of_members(members: Vec<(String, Value)>) -> Map {
        const FEW: usize = 24;
        let n = members.len();
        let is_twice = |at: usize| members[..at].iter().any(|held| held.0 == members[at].0);
        if n <= FEW && !(1..n).any(is_twice) {
            return Map(members);
        }
        let mut by_name: Vec<u32> = (0..n as u32).collect();
        sorting::sort_rows(&mut by_name, &mut |a, b| {
            members[a as usize].0.cmp(&members[b as usize].0)
        });
        let mut members: Vec<Option<(String, Value)>> = members.into_iter().map(Some).collect();
        let mut first = by_name.first().map_or(0, |at| *at as usize);
        for at in by_name.into_iter().map(|at| at as usize) {
            let name = |at: usize| members[at].as_ref().map(|(name, _)| name);
            if first != at && name(first) == name(at) {
                members[first] = members[at].take();
            } else {
                first = at;
            }
        }
        Map(members.into_iter().flatten().collect())
    }
}

/// Whatever the order.
impl PartialEq for Map {
    fn eq(&self, other: &Map) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(name, value)| other.get(name) == Some(value))
    }
}

impl IntoIterator for Map {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

type AsPair = fn(&(String, Value)) -> (&String, &Value);

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a String, &'a Value);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (String, Value)>, AsPair>;
    fn into_iter(self) -> Self::IntoIter {
        let as_pair: AsPair = |(name, value)| (name, value);
        self.0.iter().map(as_pair)
    }
}

impl FromIterator<(String, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Map {
        Map::of_members(members.into_iter().collect())
    }
}

impl Extend<(String, Value)> for Map {
    fn extend<I: IntoIterator<Item = (String, Value)>>(&mut self, members: I) {
        for (name, value) in members {
            self.insert(name, value);
        }
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Number(Number(number.to_string()))
    }
}

impl From<bool> for Value {
    fn from(is: bool) -> Value {
        Value::Bool(is)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::String(text)
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Value {
        text.map_or(Value::Null, Value::String)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self)
    }
}

/// On one line, without blanks.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_value(f, self)
    }
}

fn write_value(out: &mut dyn Write, value: &Value) -> fmt::Result {
    match value {
        Value::Null => out.write_str("null"),
        Value::Bool(true) => out.write_str("true"),
        Value::Bool(false) => out.write_str("false"),
        Value::Number(number) => out.write_str(&number.0),
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.write_char('[')?;
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.write_char(',')?;
                }
                write_value(out, item)?;
            }
            out.write_char(']')
        }
        Value::Object(members) => write_object(out, members),
    }
}

fn write_object(out: &mut dyn Write, members: &Map) -> fmt::Result {
    out.write_char('{')?;
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.write_char(',')?;
        }
        write_text(out, name)?;
        out.write_char(':')?;
        write_value(out, value)?;
    }
    out.write_char('}')
}

fn write_text(out: &mut dyn Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' | b'\\' => byte,
            8 => b'b',
            9 => b't',
            10 => b'n',
            12 => b'f',
            13 => b'r',
            0..0x20 => b'u',
            _ => continue,
        };
        out.write_str(&text[from..at])?;
        out.write_char('\\')?;
        out.write_char(char::from(escape))?;
        if escape == b'u' {
            let digit = |n: u8| char::from(b"0123456789abcdef"[usize::from(n)]);
            out.write_str("00")?;
            out.write_char(digit(byte >> 4))?;
            out.write_char(digit(byte & 15))?;
        }
        from = at + 1;
    }
    out.write_str(&text[from..])?;
    out.write_char('"')
}
