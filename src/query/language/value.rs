//! The values after a colon: words, numbers, times, networks, ranges and regular expressions.

use super::ast::{Comparison, Operand, Subject, Test};
use super::error::{NoteKind, Problem, QueryError};
use super::pattern::{Net, NotNet, Pattern};
use super::signs::{Parse, Parser, Sign};
use super::when::When;

use reading::decimal;

impl Parser<'_> {
    /// A value of a named field; `name` as written, for the words of an error.
    pub(super) fn value(&mut self, subject: &Subject, name: &str) -> Parse<Test> {
        let start = self.at;
        match self.peek() {
            Some('/') => {
                let (source, n_after) = self.regex_at(start)?;
                self.check_regex(&source, start, n_after)?;
                return self.not_for_times(Test::Regex(source), subject, start);
            }
            Some('[') => return self.range(subject),
            Some('>' | '<') => return self.comparison(subject),
            _ => {}
        }
        let word = self.word(false)?;
        if self.at == start {
            let rest = self.text[self.byte(start)..].trim_start();
            let mend = (!rest.is_empty() && !rest.starts_with([')', '(']))
                .then(|| format!("{}{rest}", &self.text[..self.byte(start)]));
            let from = start.saturating_sub(name.chars().count() + 1);
            return Err(self.error(Problem::ValueMissing(name.into()), from, start, mend));
        }
        let pattern = pattern_of(&word);
        if pattern.is_any() {
            return Ok(Test::Present);
        }
        let text: String = word.iter().map(|sign| sign.c).collect();
        if subject.is_time() {
            return match When::parse(&text) {
                Some(when) if when.is_instant() => {
                    let mend = self.replaced(start, self.at, &format!(">={text}"));
                    Err(self.error(Problem::InstantOnly(text), start, self.at, Some(mend)))
                }
                Some(when) => Ok(Test::When(when)),
                None => Err(self.error(Problem::NotATime(text), start, self.at, None)),
            };
        }
        if word.iter().all(|sign| !sign.is_literal) {
            if subject.has_none() && text.eq_ignore_ascii_case("none") {
                return Ok(Test::None);
            }
            if subject.may_be_address() {
                match Net::parse(&text) {
                    Ok(net) => return Ok(Test::Net(net)),
                    Err(NotNet::TooLong { most }) => {
                        let kind = NoteKind::PrefixTooLong { text, most };
                        self.note(kind, start, None);
                    }
                    Err(NotNet::Other) => {}
                }
            }
        }
        Ok(Test::Word(pattern))
    }

    pub(super) fn not_for_times(&self, test: Test, subject: &Subject, start: usize) -> Parse<Test> {
        if subject.is_time() {
            let text = self.slice(start, self.at);
            return Err(self.error(Problem::NotATime(text), start, self.at, None));
        }
        Ok(test)
    }

    /// `>=a` and the like, at its sign.
    pub(super) fn comparison(&mut self, subject: &Subject) -> Parse<Test> {
        let start = self.at;
        let is_above = self.peek() == Some('>');
        self.at += 1;
        let or_equal = self.peek() == Some('=');
        if or_equal {
            self.at += 1;
        }
        let comparison = match (is_above, or_equal) {
            (true, true) => Comparison::AtLeast,
            (true, false) => Comparison::Above,
            (false, true) => Comparison::AtMost,
            (false, false) => Comparison::Below,
        };
        let from = self.at;
        let word = self.word(false)?;
        if self.at == from {
            let rest = self.text[self.byte(from)..].trim_start();
            let mend = (!rest.is_empty() && !rest.starts_with([')', '(']))
                .then(|| format!("{}{rest}", &self.text[..self.byte(from)]));
            let problem = Problem::OperandMissing(comparison.sign().into());
            return Err(self.error(problem, start, from, mend));
        }
        let text: String = word.iter().map(|sign| sign.c).collect();
        let operand = self.operand(text, subject, from, self.at)?;
        Ok(Test::Compare(comparison, operand))
    }

    /// `[a TO b]`, at its opening.
    pub(super) fn range(&mut self, subject: &Subject) -> Parse<Test> {
        let start = self.at;
        self.at += 1;
        let from = self.range_end(subject, start)?;
        self.skip_space();
        let place = self.at;
        let word = self.range_word(start)?;
        if !word.eq_ignore_ascii_case("to") {
            let to = self.at.max(place + 1);
            return Err(self.error(Problem::RangeWithoutTo, place, to, None));
        }
        let to = self.range_end(subject, start)?;
        self.skip_space();
        if self.peek() != Some(']') {
            return Err(self.range_not_closed(start));
        }
        self.at += 1;
        self.end = self.at;
        match (&from, &to) {
            (None, None) => Ok(Test::Present),
            (Some((a, a_text)), Some((b, b_text))) => {
                match is_reversed(a, b) {
                    None => return Err(self.error(Problem::RangeMixed, start, self.at, None)),
                    Some(false) => {}
                    Some(true) => {
                        let swapped = format!("[{b_text} TO {a_text}]");
                        let mend = self.replaced(start, self.at, &swapped);
                        return Err(self.error(Problem::RangeReversed, start, self.at, Some(mend)));
                    }
                }
                Ok(Test::Between(Some(a.clone()), Some(b.clone())))
            }
            _ => Ok(Test::Between(from.map(|f| f.0), to.map(|t| t.0))),
        }
    }

    /// One end of a range with its text; `None` for `*`.
    pub(super) fn range_end(
        &mut self,
        subject: &Subject,
        open: usize,
    ) -> Parse<Option<(Operand, String)>> {
        self.skip_space();
        let start = self.at;
        let text = self.range_word(open)?;
        if text == "*" {
            return Ok(None);
        }
        let operand = self.operand(text, subject, start, self.at)?;
        Ok(Some((operand, self.slice(start, self.at))))
    }

    pub(super) fn range_word(&mut self, open: usize) -> Parse<String> {
        let mut text = String::new();
        let mut in_quotes = false;
        while let Some(c) = self.peek() {
            match c {
                '"' => in_quotes = !in_quotes,
                _ if !in_quotes && (c.is_whitespace() || c == ']') => break,
                _ => text.push(c),
            }
            self.at += 1;
        }
        if self.peek().is_none() {
            return Err(self.range_not_closed(open));
        }
        Ok(text)
    }

    pub(super) fn range_not_closed(&self, open: usize) -> QueryError {
        let text = self.text.trim_end();
        // Only a range that is otherwise whole can be mended by its bracket.
        let mend = text[self.byte(open).min(text.len())..]
            .split_once(" TO ")
            .filter(|(_, to)| !to.trim().is_empty() && !to.trim().contains(char::is_whitespace))
            .map(|_| format!("{text}]"));
        self.error(Problem::RangeNotClosed, open, open + 1, mend)
    }

    pub(super) fn operand(
        &self,
        text: String,
        subject: &Subject,
        from: usize,
        to: usize,
    ) -> Parse<Operand> {
        let number = parse_number(&text).map(Operand::Number);
        let when = || When::parse(&text).map(Operand::When);
        let (found, problem): (_, fn(String) -> Problem) = if subject.is_time() {
            (when(), Problem::NotATime)
        } else if subject.is_number() {
            (number, Problem::NotANumber)
        } else {
            (number.or_else(when), Problem::NotANumberOrTime)
        };
        found.ok_or_else(|| {
            let text = if text.is_empty() {
                "nothing".into()
            } else {
                text.clone()
            };
            self.error(problem(text), from, to, None)
        })
    }

    /// `/regex/` as a bare word, or nothing when the slash only begins text, such as a path.
    pub(super) fn bare_regex(&mut self) -> Parse<Option<Test>> {
        if self.peek() != Some('/') {
            return Ok(None);
        }
        let start = self.at;
        match self.regex_at(start) {
            Ok((source, n_after)) if !source.is_empty() && n_after == 0 => {
                self.check_regex(&source, start, 0)?;
                Ok(Some(Test::Regex(source)))
            }
            _ => {
                self.at = start;
                Ok(None)
            }
        }
    }

    /// Reads from slash to slash and returns the source and how many characters stick to the closing one.
    pub(super) fn regex_at(&mut self, start: usize) -> Parse<(String, usize)> {
        let mut source = String::new();
        self.at = start + 1;
        loop {
            let Some(c) = self.peek() else {
                self.at = start;
                let mend = self.quoted_word(start);
                return Err(self.error(Problem::RegexNotClosed, start, start + 1, mend));
            };
            self.at += 1;
            match c {
                '/' => {
                    self.end = self.at;
                    break;
                }
                '\\' => match self.peek() {
                    Some('/') => {
                        source.push('/');
                        self.at += 1;
                    }
                    Some(next) => {
                        source.extend(['\\', next]);
                        self.at += 1;
                    }
                    None => source.push('\\'),
                },
                _ => source.push(c),
            }
        }
        let n_after = (self.at..self.signs.len())
            .take_while(|&at| !self.is_delimiter(at))
            .count();
        Ok((source, n_after))
    }

    pub(super) fn check_regex(&self, source: &str, start: usize, n_after: usize) -> Parse<()> {
        if n_after > 0 {
            let end = self.at + n_after;
            let mend = if self.slice(self.at, end) == "i" {
                let body = self.slice(start + 1, self.at);
                Some(self.replaced(start, end, &format!("/(?i){body}")))
            } else {
                self.quoted_word(start)
            };
            return Err(self.error(Problem::RegexFollowed, self.at, end, mend));
        }
        match self.vocabulary.regex_problem(source) {
            None => Ok(()),
            Some(problem) => Err(self.error(Problem::RegexWrong(problem), start, self.at, None)),
        }
    }
}

pub(super) fn pattern_of(word: &[Sign]) -> Pattern {
    let mut pattern = Pattern::default();
    for sign in word {
        match sign {
            Sign {
                c: '*',
                is_literal: false,
            } => pattern.push_any(),
            sign => pattern.push(sign.c),
        }
    }
    pattern
}

/// A plain decimal number; not `inf` or `nan`, which Rust would read too.
fn parse_number(text: &str) -> Option<f64> {
    let is_decimal = text.bytes().any(|b| b.is_ascii_digit())
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    decimal::parse(text).filter(|n| is_decimal && n.is_finite())
}

/// `None` when one is a number and the other a time. Times relative to now are compared only with their like.
fn is_reversed(a: &Operand, b: &Operand) -> Option<bool> {
    match (a, b) {
        (Operand::Number(a), Operand::Number(b)) => Some(a > b),
        (Operand::When(a), Operand::When(b)) => {
            if a.is_relative() != b.is_relative() {
                return Some(false);
            }
            // The order of two such times hardly hangs on the moment; an empty range is the worst.
            let moment = super::Moment::utc(crate::time::Timestamp::from_secs(1_767_225_600));
            Some(a.range(&moment).from() > b.range(&moment).to())
        }
        _ => None,
    }
}
