//! What is wrong with a query, where, and what would mend it; and what is right but may not be what was meant.
//! Words here are whole sentences that the page and `inspect` can print as they stand.

use std::fmt;

use crate::crossing::Crossing;

use super::Span;

/// Why a text is no query.
#[derive(Clone, PartialEq, Eq, Debug, Crossing)]
pub struct QueryError {
    pub problem: Problem,
    /// Bytes of the text.
    pub span: Span,
    /// Characters before the place, so the first character is 0.
    pub char_at: usize,
    /// Characters of the place; 0 at the end of the text.
    pub n_chars: usize,
    /// The whole query as it was probably meant.
    pub mend: Option<String>,
}

impl fmt::Display for QueryError {
    /// `At character 21: this bracket is never closed`; characters count from 1 here.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At character {}: {}", self.char_at + 1, self.problem)
    }
}

impl std::error::Error for QueryError {}

#[derive(Clone, PartialEq, Eq, Debug, Crossing)]
pub enum Problem {
    BracketNotClosed,
    BracketNotOpened,
    BracketsEmpty,
    QuoteNotClosed,
    RegexNotClosed,
    /// Text right after the closing slash.
    RegexFollowed,
    /// The reason in the expression reader's words.
    RegexWrong(String),
    /// A backslash at the very end.
    NothingToEscape,
    /// Nothing after AND, OR, NOT.
    OperandMissingAfter(String),
    /// Nothing before AND, OR.
    OperandMissingBefore(String),
    /// Nothing after `field:`.
    ValueMissing(String),
    /// Nothing after `>=` and the like.
    OperandMissing(String),
    NotANumber(String),
    NotATime(String),
    NotANumberOrTime(String),
    /// `now-7d` is one instant: `>=` was probably meant.
    InstantOnly(String),
    RangeNotClosed,
    /// `TO` was expected.
    RangeWithoutTo,
    RangeReversed,
    /// A number on one side, a time on the other.
    RangeMixed,
    TooDeep,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::BracketNotClosed => f.write_str("this bracket is never closed"),
            Problem::BracketNotOpened => f.write_str("this bracket was never opened"),
            Problem::BracketsEmpty => {
                f.write_str("something to search for was expected between these brackets")
            }
            Problem::QuoteNotClosed => f.write_str("this quote is never closed"),
            Problem::RegexNotClosed => f.write_str(
                "this regular expression is never closed with a slash; in quotes a slash is plain text",
            ),
            Problem::RegexFollowed => f.write_str(
                "the regular expression ends at the slash before; write \\/ for a slash inside it, or put the value in quotes",
            ),
            Problem::RegexWrong(why) => write!(f, "this regular expression is not understood: {why}"),
            Problem::NothingToEscape => {
                f.write_str("a sign was expected after this backslash; write \\\\ for the backslash itself")
            }
            Problem::OperandMissingAfter(word) => {
                write!(f, "something to search for was expected after {word}")
            }
            Problem::OperandMissingBefore(word) => {
                write!(f, "something to search for was expected before {word}")
            }
            Problem::ValueMissing(field) => write!(
                f,
                "a value was expected right after {field}: (or * for any value)"
            ),
            Problem::OperandMissing(sign) => {
                write!(f, "a number or a time was expected right after {sign}")
            }
            Problem::NotANumber(text) => write!(f, "a number was expected, not {text}"),
            Problem::NotATime(text) => write!(
                f,
                "a date or time was expected, such as 2026-03-01, 2026-03-01T09:14 or now-7d, not {text}"
            ),
            Problem::NotANumberOrTime(text) => write!(
                f,
                "a number or a time was expected, such as 400, 2026-03-01 or now-7d, not {text}"
            ),
            Problem::InstantOnly(text) => write!(
                f,
                "{text} is a single instant; write >={text} for everything since"
            ),
            Problem::RangeNotClosed => f.write_str("this range is never closed with ]"),
            Problem::RangeWithoutTo => {
                f.write_str("TO was expected between the two ends of this range, as in [400 TO 499]")
            }
            Problem::RangeReversed => f.write_str("this range ends before it begins"),
            Problem::RangeMixed => {
                f.write_str("one end of this range is a number and the other a time")
            }
            Problem::TooDeep => f.write_str("the query is nested too deeply here"),
        }
    }
}

/// The query was understood, but perhaps not as meant; the page says so.
#[derive(Clone, PartialEq, Eq, Debug, Crossing)]
pub struct Note {
    pub kind: NoteKind,
    /// Bytes of the text.
    pub span: Span,
    /// The whole query as it may have been meant.
    pub mend: Option<String>,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Crossing)]
pub enum NoteKind {
    /// The name before the colon is no field: the whole token is searched as text.
    NameUnknown {
        name: String,
        /// A name that is spelled nearly so.
        near: Option<String>,
    },
    /// `and`, `or`, `not` in lower case are words.
    OperatorInLowerCase(String),
    /// `field>=value` without a colon is a word.
    ComparisonWithoutColon(String),
    /// The number after the slash is no prefix length: compared as text.
    PrefixTooLong { text: String, most: u8 },
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteKind::NameUnknown { name, near } => {
                write!(
                    f,
                    "{name} is no field of these events: the whole of it is searched as text"
                )?;
                match near {
                    Some(near) => write!(f, ". Was {near}: meant?"),
                    None => Ok(()),
                }
            }
            NoteKind::OperatorInLowerCase(word) => write!(
                f,
                "{word} is searched as a word; in capitals it joins: {}",
                word.to_ascii_uppercase()
            ),
            NoteKind::ComparisonWithoutColon(text) => write!(
                f,
                "{text} is searched as text; a comparison needs a colon after the field"
            ),
            NoteKind::PrefixTooLong { text, most } => write!(
                f,
                "{text} is compared as text: a prefix length is at most {most}"
            ),
        }
    }
}
