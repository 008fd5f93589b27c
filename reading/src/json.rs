//! Reads JSON (RFC 8259) into values, and says what is wrong with what is none and where, in the words and at the place
//! that serde_json uses: a test holds the two against each other. Refuses deeper nesting than [`DEEPEST`], and half
//! characters.

use std::fmt;

use crate::Map;
use crate::Number;
use crate::Value;
use crate::signs::next_sign;

/// A value nested so deep is refused.
pub const DEEPEST: usize = 128;

/// What is wrong, and where. Lines and columns count from 1; a column counts bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Error {
    words: &'static str,
    line: usize,
    column: usize,
}

impl Error {
    /// What is wrong, without the place.
    pub fn words(&self) -> &'static str {
        self.words
    }

    pub fn line(&self) -> usize {
        self.line
    }

    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether it is only that the text ends too early.
    pub fn is_eof(&self) -> bool {
        self.words.starts_with("EOF")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Error {
            words,
            line,
            column,
        } = self;
        write!(f, "{words} at line {line} column {column}")
    }
}

impl std::error::Error for Error {}

pub type Result<T> = std::result::Result<T, Error>;

const EOF_LIST: &str = "EOF while parsing a list";
const EOF_OBJECT: &str = "EOF while parsing an object";
const EOF_TEXT: &str = "EOF while parsing a string";
const EOF_VALUE: &str = "EOF while parsing a value";
const NO_ESCAPE: &str = "invalid escape";
const NO_NUMBER: &str = "invalid number";
const NO_VALUE: &str = "expected value";
const NO_KEY: &str = "key must be a string";
const TRAILING_COMMA: &str = "trailing comma";
const HALF_CHARACTER: &str = "lone leading surrogate in hex escape";

/// One value, and blanks around it.
pub fn read(text: &[u8]) -> Result<Value> {
    let mut reader = Reader::new(text);
    let value = reader.value()?;
    reader.end()?;
    Ok(value)
}

/// Just its place: the text of one value without the blanks around it.
pub fn raw(text: &str) -> Result<&str> {
    let mut reader = Reader::new(text.as_bytes());
    reader.is_skimming = true;
    let (from, to) = reader.span()?;
    reader.end()?;
    Ok(&text[from..to])
}

/// An object's members as they are written, none lost where a name is written twice.
pub fn members(text: &str) -> Result<Vec<(String, &str)>> {
    let mut reader = Reader::new(text.as_bytes());
    reader.open(b'{')?;
    let mut members = Vec::new();
    while let Some(name) = reader.next_name(members.is_empty())? {
        let (from, to) = reader.span()?;
        members.push((name, &text[from..to]));
    }
    reader.end()?;
    Ok(members)
}

/// A list's elements as they are written.
pub fn elements(text: &str) -> Result<Vec<&str>> {
    let mut reader = Reader::new(text.as_bytes());
    reader.open(b'[')?;
    let mut elements = Vec::new();
    while reader.has_element(elements.is_empty())? {
        let (from, to) = reader.span()?;
        elements.push(&text[from..to]);
    }
    reader.end()?;
    Ok(elements)
}

/// A text whose opening quote stands just before `from`, and where what follows its closing quote begins.
pub(crate) fn text_from(text: &str, from: usize) -> Result<(String, usize)> {
    let mut reader = Reader {
        text: text.as_bytes(),
        whole: Some(text),
        at: from,
        depth: 0,
        is_skimming: false,
    };
    let read = reader.string()?;
    Ok((read, reader.at))
}

struct Reader<'a> {
    text: &'a [u8],
    /// The same, where all of it is UTF-8: then no text in it has to be looked at again.
    whole: Option<&'a str>,
    at: usize,
    depth: usize,
    /// Only a value's end is looked for, as [`raw`] does: some faults have other words then, and half characters pass.
    is_skimming: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a [u8]) -> Self {
        Reader {
            text,
            whole: std::str::from_utf8(text).ok(),
            at: 0,
            depth: 0,
            is_skimming: false,
        }
    }

    /// The words, or those for one who skims.
    fn or(&self, words: &'static str, skimming: &'static str) -> &'static str {
        if self.is_skimming { skimming } else { words }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no blank.
    fn solid(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// At the byte that was taken last.
    #[cold]
    #[inline(never)]
    fn error<T>(&self, words: &'static str) -> Result<T> {
        Err(place(self.text, self.at, words))
    }

    /// At the byte that comes next.
    #[cold]
    #[inline(never)]
    fn error_ahead<T>(&self, words: &'static str) -> Result<T> {
        Err(place(self.text, self.text.len().min(self.at + 1), words))
    }

    fn end(&mut self) -> Result<()> {
        match self.solid() {
            Some(_) => self.error_ahead("trailing characters"),
            None => Ok(()),
        }
    }

    fn open(&mut self, bracket: u8) -> Result<()> {
        if self.solid() != Some(bracket) {
            return self.error_ahead(NO_VALUE);
        }
        self.at += 1;
        Ok(())
    }

    fn span(&mut self) -> Result<(usize, usize)> {
        self.solid();
        let from = self.at;
        self.value()?;
        Ok((from, self.at))
    }

    fn value(&mut self) -> Result<Value> {
        let Some(first) = self.solid() else {
            return self.error_ahead(EOF_VALUE);
        };
        match first {
            b'"' => {
                self.at += 1;
                Ok(Value::String(self.string()?))
            }
            b'-' | b'0'..=b'9' => self.number(),
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth == DEEPEST {
                    return self.error_ahead("recursion limit exceeded");
                }
                self.at += 1;
                let value = if first == b'{' {
                    self.object()
                } else {
                    self.list()
                };
                self.depth -= 1;
                value
            }
            b'n' => self.word(b"null", Value::Null),
            b't' => self.word(b"true", Value::Bool(true)),
            b'f' => self.word(b"false", Value::Bool(false)),
            _ => self.error_ahead(NO_VALUE),
        }
    }

    fn word(&mut self, word: &[u8], value: Value) -> Result<Value> {
        for letter in word {
            match self.next() {
                None => return self.error(EOF_VALUE),
                Some(next) if next != *letter => return self.error("expected ident"),
                Some(_) => {}
            }
        }
        Ok(value)
    }

    fn list(&mut self) -> Result<Value> {
        let mut items = Vec::new();
        while self.has_element(items.is_empty())? {
            items.push(self.value()?);
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self) -> Result<Value> {
        let mut members = Vec::new();
        while let Some(name) = self.next_name(members.is_empty())? {
            let value = self.value()?;
            members.push((name, value));
        }
        Ok(Value::Object(Map::of_members(members)))
    }

    /// Whether another element comes; passes the comma before it, or the list's end.
    fn has_element(&mut self, is_first: bool) -> Result<bool> {
        match self.solid() {
            None => self.error_ahead(EOF_LIST),
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                match self.solid() {
                    Some(b']') => self.error_ahead(self.or(TRAILING_COMMA, NO_VALUE)),
                    Some(_) => Ok(true),
                    None => self.error_ahead(EOF_VALUE),
                }
            }
            Some(_) => self.error_ahead("expected `,` or `]`"),
        }
    }

    /// The next member's name; passes what stands around it, or the object's end.
    fn next_name(&mut self, is_first: bool) -> Result<Option<String>> {
        let first = match self.solid() {
            None => return self.error_ahead(EOF_OBJECT),
            Some(b'}') => {
                self.at += 1;
                return Ok(None);
            }
            Some(first) if is_first => first,
            Some(b',') => {
                self.at += 1;
                match self.solid() {
                    Some(b'}') => return self.error_ahead(self.or(TRAILING_COMMA, NO_KEY)),
                    Some(first) => first,
                    None => return self.error_ahead(self.or(EOF_VALUE, EOF_OBJECT)),
                }
            }
            Some(_) => return self.error_ahead("expected `,` or `}`"),
        };
        if first != b'"' {
            return self.error_ahead(NO_KEY);
        }
        self.at += 1;
        let name = self.string()?;
        match self.solid() {
            Some(b':') => {
                self.at += 1;
                Ok(Some(name))
            }
            Some(_) => self.error_ahead("expected `:`"),
            None => self.error_ahead(EOF_OBJECT),
        }
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Value> {
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.next() {
            None => return self.error(self.or(EOF_VALUE, NO_NUMBER)),
            Some(b'0') => {
                if let Some(b'0'..=b'9') = self.peek() {
                    return self.error_ahead(NO_NUMBER);
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            Some(_) => return self.error(NO_NUMBER),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            match self.peek() {
                Some(b'0'..=b'9') => self.digits(),
                Some(_) => return self.error_ahead(NO_NUMBER),
                None => return self.error_ahead(self.or(EOF_VALUE, NO_NUMBER)),
            }
        }
        let mut digits = self.ascii(from, self.at);
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            digits.push('e');
            match self.peek() {
                Some(sign @ (b'+' | b'-')) => {
                    self.at += 1;
                    digits.push(char::from(sign));
                }
                _ => digits.push('+'),
            }
            let from = self.at;
            match self.next() {
                None => return self.error(self.or(EOF_VALUE, NO_NUMBER)),
                Some(b'0'..=b'9') => self.digits(),
                Some(_) => return self.error(NO_NUMBER),
            }
            digits.push_str(&self.ascii(from, self.at));
        }
        Ok(Value::Number(Number::of_digits(digits)))
    }

    fn ascii(&self, from: usize, to: usize) -> String {
        match self.whole {
            Some(whole) => whole[from..to].to_owned(),
            None => String::from_utf8_lossy(&self.text[from..to]).into_owned(),
        }
    }

    /// From after the opening quote to after the closing one.
    fn string(&mut self) -> Result<String> {
        let from = self.at;
        if let Some(b'"') = self.find_sign() {
            self.at += 1;
            if let Some(whole) = self.whole {
                return Ok(whole[from..self.at - 1].to_owned());
            }
            let bytes = self.text[from..self.at - 1].to_vec();
            return self.utf8(bytes);
        }
        self.escaped(from)
    }

    fn escaped(&mut self, mut from: usize) -> Result<String> {
        let mut out = Vec::new();
        loop {
            let sign = self.find_sign();
            out.extend_from_slice(&self.text[from..self.at]);
            self.at += usize::from(sign.is_some());
            match sign {
                None => return self.error(EOF_TEXT),
                Some(b'"') => return self.utf8(out),
                Some(b'\\') => self.escape(&mut out)?,
                Some(_) => {
                    self.at -= usize::from(self.is_skimming);
                    return self
                        .error("control character (\\u0000-\\u001F) found while parsing a string");
                }
            }
            from = self.at;
        }
    }

    fn utf8(&self, bytes: Vec<u8>) -> Result<String> {
        String::from_utf8(bytes).map_err(|error| {
            let n_after = error.as_bytes().len() - error.utf8_error().valid_up_to();
            let mut error = place(self.text, self.at, "invalid unicode code point");
            error.column = error.column.saturating_sub(n_after);
            error
        })
    }

    /// Goes to the next quote, backslash or control character.
    fn find_sign(&mut self) -> Option<u8> {
        self.at = next_sign(self.text, self.at);
        self.peek()
    }

    /// What stands after a backslash.
    fn escape(&mut self, out: &mut Vec<u8>) -> Result<()> {
        out.push(match self.next() {
            None => return self.error(EOF_TEXT),
            Some(same @ (b'"' | b'\\' | b'/')) => same,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                let sign = self.unicode()?;
                let mut bytes = [0; 4];
                out.extend_from_slice(sign.encode_utf8(&mut bytes).as_bytes());
                return Ok(());
            }
            Some(_) => return self.error(NO_ESCAPE),
        });
        Ok(())
    }

    /// One UTF-16 unit, or two.
    fn unicode(&mut self) -> Result<char> {
        let first = self.unit()?;
        if let Some(sign) = char::from_u32(first) {
            return Ok(sign);
        }
        if self.is_skimming {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        if first >= 0xdc00 {
            return self.error(HALF_CHARACTER);
        }
        for expected in *b"\\u" {
            match self.next() {
                None => return self.error(EOF_TEXT),
                Some(byte) if byte == expected => {}
                Some(_) => return self.error("unexpected end of hex escape"),
            }
        }
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            return self.error(HALF_CHARACTER);
        }
        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Result<u32> {
        let Some(four) = self.text[self.at..].first_chunk::<4>() else {
            self.at = self.text.len();
            return self.error(EOF_TEXT);
        };
        self.at += 4;
        let mut unit = 0;
        for digit in four {
            match char::from(*digit).to_digit(16) {
                Some(digit) => unit = unit << 4 | digit,
                None => return self.error(NO_ESCAPE),
            }
        }
        Ok(unit)
    }
}

fn place(text: &[u8], at: usize, words: &'static str) -> Error {
    let before = &text[..at];
    let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    Error {
        words,
        line: 1 + memchr::memchr_iter(b'\n', &before[..start]).count(),
        column: at - start,
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
