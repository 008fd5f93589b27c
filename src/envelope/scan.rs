//! Follows the structure of JSON text as it comes, without building values: where a value ends, where the elements of a
//! document's list of records start and end, where the text stops being JSON. Numbers and literals are not judged
//! here; the parser that reads each record judges them.

use memchr::memchr3;

/// Deeper text is refused; so does the reader of values.
const MAX_DEPTH: usize = 128;

const OPEN_TEXT: &str = "a text is not closed on its line";

/// Where one top-level value has got to.
#[derive(Clone, Default)]
pub struct Scan {
    stack: Vec<Level>,
    expect: Expect,
    inside: Inside,
    key: KeyText,
    /// How deep the list of records is, while inside it.
    list_depth: Option<usize>,
    /// The object has an `action`: it is an event, whatever lists it holds.
    has_action: bool,
}

/// What a step came to. Places are offsets into the bytes given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// All bytes are read.
    More,
    ElementStart(usize),
    /// Just past its last byte.
    ElementEnd(usize),
    /// Just past the whole value's last byte.
    End(usize),
    Broken(usize, &'static str),
}

#[derive(Clone, Copy)]
struct Level {
    is_object: bool,
    /// The member being read.
    key: Key,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
enum Expect {
    #[default]
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Nothing,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    None,
    Key,
    Text,
    /// A number or literal.
    Scalar,
    KeyEscape,
    TextEscape,
}

/// The member names that lead to a list of records.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Key {
    List,
    Hits,
    Result,
    Results,
    Response,
    Action,
    #[default]
    Other,
}

impl Key {
    pub fn of(name: &[u8]) -> Key {
        match name {
            b"records" | b"Records" | b"events" | b"logs" | b"lines" => Key::List,
            b"hits" => Key::Hits,
            b"result" => Key::Result,
            b"results" => Key::Results,
            b"response" => Key::Response,
            b"action" => Key::Action,
            _ => Key::Other,
        }
    }
}

/// Whether the member names from the top lead to a list of records.
pub fn leads_to_records(path: &[Key]) -> bool {
    matches!(
        path,
        [Key::List | Key::Hits]
            | [Key::Hits, Key::Hits]
            | [Key::Result, Key::Results]
            | [Key::Response, Key::Results, Key::Results]
    )
}

/// A member's name as far as it matters: none of those above is longer than this.
#[derive(Clone, Copy, Default)]
struct KeyText {
    bytes: [u8; 8],
    len: usize,
}

impl KeyText {
    fn push(&mut self, bytes: &[u8]) {
        let room = self.bytes.len().saturating_sub(self.len).min(bytes.len());
        if room > 0 {
            self.bytes[self.len..self.len + room].copy_from_slice(&bytes[..room]);
        }
        self.len += bytes.len();
    }

    /// An escape makes it none of ours.
    fn spoil(&mut self) {
        self.len = self.bytes.len() + 1;
    }

    fn key(&self) -> Key {
        self.bytes.get(..self.len).map_or(Key::Other, Key::of)
    }
}

impl Scan {
    /// Whether what comes next is an element, inside one, or the list's end.
    pub fn is_inside_list(&self) -> bool {
        self.list_depth.is_some()
    }

    /// Takes an element to be over and reads on at the start of the next.
    pub fn restart_element(&mut self) {
        if let Some(depth) = self.list_depth {
            self.stack.truncate(depth);
            self.expect = Expect::Value;
            self.inside = Inside::None;
        }
    }

    /// Whether the text broke just after a comma beside this list, in the object that wraps it.
    pub fn broke_beside(&self, list: &Scan) -> bool {
        self.expect == Expect::Key && list.list_depth == Some(self.stack.len() + 1)
    }

    /// Whether the list of records is the whole document.
    pub fn is_bare_list(&self) -> bool {
        self.list_depth == Some(1)
    }

    /// Reads on from `at` up to the next place of interest; returns where to go on from.
    pub fn step(&mut self, bytes: &[u8], mut at: usize) -> (usize, Step) {
        loop {
            match self.inside {
                Inside::None => {}
                Inside::Key | Inside::Text => match self.text(bytes, at) {
                    Ok(Some(end)) => {
                        at = end;
                        if let Some(step) = self.text_ended(at) {
                            return (at, step);
                        }
                    }
                    Ok(None) => return (bytes.len(), Step::More),
                    Err(newline) => {
                        return (newline, Step::Broken(newline, OPEN_TEXT));
                    }
                },
                Inside::KeyEscape | Inside::TextEscape => {
                    match bytes.get(at) {
                        None => return (at, Step::More),
                        Some(b'\n') => return (at, Step::Broken(at, OPEN_TEXT)),
                        Some(_) => at += 1,
                    }
                    self.inside = match self.inside {
                        Inside::KeyEscape => Inside::Key,
                        _ => Inside::Text,
                    };
                    continue;
                }
                Inside::Scalar => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let Some(n) = rest.iter().position(|byte| !is_scalar(*byte)) else {
                        return (bytes.len(), Step::More);
                    };
                    at += n;
                    self.inside = Inside::None;
                    if let Some(step) = self.value_ended(at) {
                        return (at, step);
                    }
                }
            }
            let Some(byte) = bytes.get(at).copied() else {
                return (at, Step::More);
            };
            let from = at;
            at += 1;
            if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                continue;
            }
            match self.sign(byte, from) {
                Ok(None) => {}
                // A number or literal is read from its first byte.
                Ok(Some(step)) => return (at, step),
                Err(why) => return (from, Step::Broken(from, why)),
            }
        }
    }

    /// The end of the text that `at` is inside of: just past its quote. `Err` where a raw line end comes first.
    fn text(&mut self, bytes: &[u8], mut at: usize) -> Result<Option<usize>, usize> {
        let is_key = self.inside == Inside::Key;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = memchr3(b'"', b'\\', b'\n', rest);
            if is_key {
                self.key.push(&rest[..found.unwrap_or(rest.len())]);
            }
            let Some(n) = found else {
                return Ok(None);
            };
            at += n;
            match bytes[at] {
                b'"' => return Ok(Some(at + 1)),
                b'\n' => return Err(at),
                _ => {
                    self.key.spoil();
                    at += 1;
                    if at >= bytes.len() {
                        self.inside = if is_key {
                            Inside::KeyEscape
                        } else {
                            Inside::TextEscape
                        };
                        return Ok(None);
                    }
                    if bytes[at] == b'\n' {
                        return Err(at);
                    }
                    at += 1;
                }
            }
        }
    }

    fn text_ended(&mut self, at: usize) -> Option<Step> {
        let was = std::mem::take(&mut self.inside);
        if was == Inside::Text {
            return self.value_ended(at);
        }
        let key = self.key.key();
        if let Some(level) = self.stack.last_mut() {
            level.key = key;
        }
        self.has_action |= key == Key::Action && self.stack.len() == 1;
        self.expect = Expect::Colon;
        None
    }

    fn sign(&mut self, byte: u8, at: usize) -> Result<Option<Step>, &'static str> {
        match (self.expect, byte) {
            (Expect::Key | Expect::KeyOrEnd, b'"') => {
                self.inside = Inside::Key;
                self.key = KeyText::default();
                Ok(None)
            }
            (Expect::Colon, b':') => {
                self.expect = Expect::Value;
                Ok(None)
            }
            (Expect::CommaOrEnd, b',') => {
                let is_object = self.stack.last().is_some_and(|level| level.is_object);
                self.expect = if is_object {
                    Expect::Key
                } else {
                    Expect::Value
                };
                Ok(None)
            }
            (Expect::KeyOrEnd | Expect::CommaOrEnd, b'}') => self.close(true, at),
            (Expect::ValueOrEnd | Expect::CommaOrEnd, b']') => self.close(false, at),
            (Expect::Value | Expect::ValueOrEnd, _) => self.open(byte, at),
            // Records that stand side by side without a comma lose nothing by it.
            (Expect::CommaOrEnd, b'{') if self.list_depth == Some(self.stack.len()) => {
                self.open(byte, at)
            }
            (Expect::Key | Expect::KeyOrEnd, _) => Err("a member's name was expected"),
            (Expect::Colon, _) => Err("a colon was expected"),
            (Expect::CommaOrEnd, _) => Err("a comma or an end was expected"),
            (Expect::Nothing, _) => Err("nothing more was expected"),
        }
    }

    /// A value begins.
    fn open(&mut self, byte: u8, at: usize) -> Result<Option<Step>, &'static str> {
        let is_first = self.expect == Expect::ValueOrEnd;
        let is_list = |scan: &Scan| scan.list_depth == Some(scan.stack.len());
        if is_first && is_list(self) && byte != b'{' && self.stack.len() > 1 {
            // `"events":["login"]` is a member like any other.
            self.list_depth = None;
        }
        let is_element = is_list(self);
        match byte {
            b'{' | b'[' => {
                if self.stack.len() >= MAX_DEPTH {
                    return Err("nested too deep");
                }
                let is_object = byte == b'{';
                if !is_object && self.list_depth.is_none() && self.is_list_of_records() {
                    self.list_depth = Some(self.stack.len() + 1);
                }
                self.stack.push(Level {
                    is_object,
                    key: Key::Other,
                });
                self.expect = if is_object {
                    Expect::KeyOrEnd
                } else {
                    Expect::ValueOrEnd
                };
            }
            b'"' => self.inside = Inside::Text,
            _ if is_scalar(byte) => self.inside = Inside::Scalar,
            _ => return Err("a value was expected"),
        }
        Ok(is_element.then_some(Step::ElementStart(at)))
    }

    /// Whether an array that begins here is the document itself, or the list that a document wraps.
    fn is_list_of_records(&self) -> bool {
        if self.stack.is_empty() {
            return true;
        }
        let n = self.stack.len();
        if n > 3 || self.has_action || self.stack.iter().any(|level| !level.is_object) {
            return false;
        }
        let mut path = [Key::Other; 3];
        for (key, level) in path.iter_mut().zip(&self.stack) {
            *key = level.key;
        }
        leads_to_records(&path[..n])
    }

    fn close(&mut self, is_object: bool, at: usize) -> Result<Option<Step>, &'static str> {
        match self.stack.last() {
            Some(level) if level.is_object == is_object => {}
            _ => return Err("a bracket closes what is not open"),
        }
        if self.list_depth == Some(self.stack.len()) {
            self.list_depth = None;
        }
        self.stack.pop();
        Ok(self.value_ended(at + 1))
    }

    fn value_ended(&mut self, at: usize) -> Option<Step> {
        if self.stack.is_empty() {
            self.expect = Expect::Nothing;
            return Some(Step::End(at));
        }
        self.expect = Expect::CommaOrEnd;
        (self.list_depth == Some(self.stack.len())).then_some(Step::ElementEnd(at))
    }
}

fn is_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// Whether the text, as far as it is JSON, is a document that holds at least one record.
pub fn holds_records(bytes: &[u8]) -> bool {
    let mut scan = Scan::default();
    let mut at = 0;
    loop {
        match scan.step(bytes, at) {
            (_, Step::ElementStart(start)) => return bytes[start] == b'{',
            (next, Step::ElementEnd(_)) => at = next,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The elements found, or the whole value, then how it went on.
    fn parts(text: &str, chunk: usize) -> (Vec<&str>, Step) {
        let bytes = text.as_bytes();
        let (mut scan, mut at, mut start, mut found) = (Scan::default(), 0, 0, Vec::new());
        let mut known = 0;
        loop {
            known = (known + chunk).min(bytes.len());
            loop {
                let (next, step) = scan.step(&bytes[..known], at);
                at = next;
                match step {
                    Step::More if known < bytes.len() => break,
                    Step::ElementStart(from) => start = from,
                    Step::ElementEnd(end) => found.push(&text[start..end]),
                    _ => return (found, step),
                }
            }
        }
    }

    #[test]
    fn elements_of_every_documented_list_are_found() {
        for text in [
            r#"[{"a":1}, {"b":[{}]} ]"#,
            r#"{"records":[{"a":1}, {"b":[{}]}], "pagination_id": null}"#,
            r#"{"took":3,"events":[{"a":1},{"b":[{}]}]}"#,
            r#"{"took":3,"hits":{"total":{"value":2},"hits":[{"a":1},{"b":[{}]}]}}"#,
            r#"{"result":{"results":[{"a":1},{"b":[{}]}]}}"#,
            r#"{"response":{"results":{"results":[{"a":1},{"b":[{}]}]}}}"#,
            "{\"Records\":[\n{\"a\":1}\n{\"b\":[{}]}\n]}",
        ] {
            for chunk in [1, 3, 1000] {
                let (found, step) = parts(text, chunk);
                assert_eq!(found, [r#"{"a":1}"#, r#"{"b":[{}]}"#], "{text}");
                assert_eq!(step, Step::End(text.len()), "{text}");
            }
        }
    }

    #[test]
    fn lists_of_an_event_are_its_own() {
        for text in [
            r#"{"action":"x","events":[{"a":1}]}"#,
            r#"{"events":["login"],"b":2}"#,
            r#"{"responseData":{"events":[{"a":1}]}}"#,
            r#"{"even\u0074s":[{"a":1}]}"#,
            r#"{"results":[{"a":1}]}"#,
        ] {
            assert_eq!(parts(text, 2), (vec![], Step::End(text.len())), "{text}");
        }
    }

    #[test]
    fn the_place_where_text_stops_being_json_is_said() {
        for (text, at) in [
            ("{\"a\":\"b\n", 7),
            ("{\"a\" 1}", 5),
            ("{\"a\":1 \"b\"", 7),
            ("[1}", 2),
            ("{\"a\":}", 5),
            ("<html>", 0),
            ("[1,,", 3),
            ("{,", 1),
        ] {
            assert!(
                matches!(parts(text, 1).1, Step::Broken(found, _) if found == at),
                "{text:?} {:?}",
                parts(text, 1)
            );
        }
        let deep = "[".repeat(200);
        assert!(matches!(parts(&deep, 7).1, Step::Broken(128, _)));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "[\\[\\]{},:\"\\\\ 1a\n]*", chunk in 1..9_usize) {
            let whole = parts(&text, text.len().max(1));
            prop_assert_eq!(parts(&text, chunk), whole);
        }

        #[test]
        fn whatever_parses_ends_where_it_ends(text in "[\\[\\]{},:\"\\\\ 1a]{0,12}") {
            if reading::read_json(text.as_bytes()).is_ok() {
                let step = parts(&text, 1).1;
                // A bare number ends with the text that follows it.
                prop_assert!(matches!(step, Step::End(_) | Step::More), "{:?}", step);
            }
        }
    }
}
