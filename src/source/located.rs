//! JSON that people write by hand, read so that whatever is wrong can be named with its line.
//! Refuses to guess: a value of another type is an error that says what was found and what was expected.

use std::fmt;

use reading::{Value, json};

/// `config.json, line 7 is not understood: "kind": "click-house" was found; one of files, … was expected`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotUnderstood {
    pub file: String,
    /// 1-based.
    pub line: usize,
    pub found: String,
    pub expected: String,
}

impl fmt::Display for NotUnderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotUnderstood {
            file,
            line,
            found,
            expected,
        } = self;
        write!(
            f,
            "{file}, line {line} is not understood: {found} was found; {expected} was expected"
        )
    }
}

impl std::error::Error for NotUnderstood {}

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a> {
    file: &'a str,
    text: &'a str,
    /// A slice of `text`.
    json: &'a str,
    /// The member it is the value of; empty for the whole and for elements.
    name: &'a str,
}

pub type Result<T> = std::result::Result<T, NotUnderstood>;

impl<'a> Located<'a> {
    /// Reads a whole file; a byte-order mark is allowed.
    pub fn parse(file: &'a str, text: &'a str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match json::raw(text) {
            Ok(json) => Ok(Located {
                file,
                text,
                json,
                name: "",
            }),
            Err(error) => {
                let found = if text.trim().is_empty() {
                    "nothing".into()
                } else if text.trim_start().starts_with('<') {
                    // Hosts answer a missing file with a page.
                    "a web page".into()
                } else {
                    syntax_words(&error)
                };
                Err(NotUnderstood {
                    file: file.into(),
                    line: error.line().max(1),
                    found,
                    expected: "JSON".into(),
                })
            }
        }
    }

    /// 1-based.
    pub fn line(&self) -> usize {
        // `json` is a slice of `text`, so the distance of their starts is where it stands.
        let at = (self.json.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        1 + memchr::memchr_iter(b'\n', before).count()
    }

    /// An error at this value: what stands here was found.
    pub fn not(&self, expected: impl Into<String>) -> NotUnderstood {
        let found = match self.name {
            "" => shortened(self.json),
            name => format!("\"{name}\": {}", shortened(self.json)),
        };
        self.error(found, expected)
    }

    /// An error at this value, in words of one's own.
    pub fn error(&self, found: impl Into<String>, expected: impl Into<String>) -> NotUnderstood {
        NotUnderstood {
            file: self.file.into(),
            line: self.line(),
            found: found.into(),
            expected: expected.into(),
        }
    }

    /// The members in the order written.
    pub fn members(&self) -> Result<Vec<(String, Located<'a>)>> {
        let members = json::members(self.json).map_err(|_| self.not("an object"))?;
        Ok(members
            .into_iter()
            .map(|(name, json)| {
                let located = Located {
                    json,
                    name: name_in(self.text, json, &name),
                    ..*self
                };
                (name, located)
            })
            .collect())
    }

    pub fn elements(&self, expected: &str) -> Result<Vec<Located<'a>>> {
        let elements = json::elements(self.json).map_err(|_| self.not(expected))?;
        let located = |json: &'a str| Located {
            json,
            name: "",
            ..*self
        };
        Ok(elements.into_iter().map(located).collect())
    }

    /// Text that is not empty.
    pub fn text(&self, expected: &str) -> Result<String> {
        match self.value() {
            Value::String(text) if !text.trim().is_empty() => Ok(text),
            _ => Err(self.not(expected)),
        }
    }

    pub fn number(&self, expected: &str) -> Result<u64> {
        self.value().as_u64().ok_or_else(|| self.not(expected))
    }

    pub fn boolean(&self) -> Result<bool> {
        let is = self.value().as_bool();
        is.ok_or_else(|| self.not("true or false"))
    }

    pub fn is_null(&self) -> bool {
        self.json == "null"
    }

    /// Checks the version that every file of ours starts with.
    pub fn check_version(&self, version: Option<Located<'a>>, known: u64) -> Result<()> {
        let expected = format!("\"version\": {known}");
        match version {
            None => Err(self.error("no \"version\"", expected)),
            Some(version) if version.number(&expected)? == known => Ok(()),
            Some(version) => Err(version.not(expected)),
        }
    }

    fn value(&self) -> Value {
        json::read(self.json.as_bytes()).unwrap_or_default()
    }
}

/// The name as it stands in the text, before its value; nothing if it is written with escapes.
fn name_in<'a>(text: &'a str, value: &'a str, name: &str) -> &'a str {
    let at = (value.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..at).unwrap_or("").trim_end();
    let before = before.strip_suffix(':').unwrap_or(before).trim_end();
    let before = before.strip_suffix('"').unwrap_or(before);
    match before.len().checked_sub(name.len()) {
        Some(start) if before.get(start..) == Some(name) => &before[start..],
        _ => "",
    }
}

/// A value as it is quoted in an error.
fn shortened(json: &str) -> String {
    const MOST: usize = 60;
    match json.as_bytes().first() {
        Some(b'{') => "an object".into(),
        Some(b'[') => "a list".into(),
        _ if json.chars().count() > MOST => {
            let head: String = json.chars().take(MOST).collect();
            format!("{head}…")
        }
        _ => json.into(),
    }
}

/// The reader's words without the place, which is said before.
fn syntax_words(error: &json::Error) -> String {
    format!("broken text ({})", error.words())
}
