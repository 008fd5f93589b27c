//! Text to query, by hand: the grammar is small and every error needs its place and a suggestion.
//! Refuses nothing that can be read as text to look for; what was read so is noted.

use super::Vocabulary;
use super::ast::{Comparison, Expr, Operand, Query, Span, Subject, Test};
use super::error::{Note, NoteKind, Problem, QueryError};
use super::field::Field;
use super::pattern::{Net, NotNet, Pattern};
use super::print::quoted;
use super::when::When;

/// A query and what the page should say about how it was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Parsed {
    pub query: Query,
    pub notes: Vec<Note>,
}

/// Brackets and NOTs within each other; more is an error, not a full stack.
const MOST_NESTED: usize = 64;

/// Reads a query. Empty text asks for every event.
pub fn parse<V: Vocabulary + ?Sized>(text: &str, vocabulary: &V) -> Result<Parsed, QueryError> {
    let mut parser = Parser {
        text,
        signs: text.char_indices().collect(),
        at: 0,
        end: 0,
        n_nested: 0,
        notes: Vec::new(),
        vocabulary,
    };
    parser.skip_space();
    let expr = if parser.peek().is_none() {
        Expr::all(Span::new(0, text.len()))
    } else {
        parser.or(&Mode::Terms)?
    };
    match parser.peek() {
        None => Ok(Parsed {
            query: Query { expr },
            notes: parser.notes,
        }),
        // Only a bracket ends `or` early.
        Some(_) => {
            let at = parser.at;
            let mend = parser.without(at, at + 1);
            Err(parser.error(Problem::BracketNotOpened, at, at + 1, Some(mend)))
        }
    }
}

struct Parser<'a, V: ?Sized> {
    text: &'a str,
    /// Each character and its byte.
    signs: Vec<(usize, char)>,
    at: usize,
    /// Where the last thing read ended, before any space.
    end: usize,
    n_nested: usize,
    notes: Vec<Note>,
    vocabulary: &'a V,
}

/// Whether names may stand here, or only values of one name: `field:(…)`.
enum Mode {
    Terms,
    Values(Subject),
}

/// A character of a word. A literal one was quoted or escaped and has no meaning of its own.
#[derive(Clone, Copy)]
struct Sign {
    c: char,
    is_literal: bool,
}

type Parse<T> = Result<T, QueryError>;

impl<V: Vocabulary + ?Sized> Parser<'_, V> {
    fn or(&mut self, mode: &Mode) -> Parse<Expr> {
        let start = self.at;
        let mut parts = vec![self.and(mode)?];
        while self.keyword("OR") {
            let word = (self.at, self.at + 2);
            self.at += 2;
            self.skip_space();
            if self.is_at_end_of_operands() {
                return Err(self.lonely(Problem::OperandMissingAfter("OR".into()), word));
            }
            parts.push(self.and(mode)?);
        }
        let span = self.span_since(start);
        Ok(self.placed(Expr::or(parts, span), mode))
    }

    fn and(&mut self, mode: &Mode) -> Parse<Expr> {
        let start = self.at;
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            for word in ["AND", "OR"] {
                if self.keyword(word) && parts.is_empty() {
                    let place = (self.at, self.at + word.len());
                    return Err(self.lonely(Problem::OperandMissingBefore(word.into()), place));
                }
            }
            if self.keyword("AND") {
                let word = (self.at, self.at + 3);
                self.at += 3;
                self.skip_space();
                if self.is_at_end_of_operands() {
                    return Err(self.lonely(Problem::OperandMissingAfter("AND".into()), word));
                }
            } else if self.is_at_end_of_operands() {
                break;
            }
            parts.push(self.not(mode)?);
        }
        let span = self.span_since(start);
        Ok(self.placed(Expr::and(parts, span), mode))
    }

    fn not(&mut self, mode: &Mode) -> Parse<Expr> {
        let start = self.at;
        let is_minus = self.peek() == Some('-') && !self.is_delimiter(self.at + 1);
        let is_minus = is_minus || (self.peek() == Some('-') && self.char_at(1) == Some('('));
        if !is_minus && !self.keyword("NOT") {
            return self.primary(mode);
        }
        let word = (start, start + if is_minus { 1 } else { 3 });
        self.at = word.1;
        self.skip_space();
        if self.is_at_end_of_operands() {
            return Err(self.lonely(Problem::OperandMissingAfter("NOT".into()), word));
        }
        let inner = self.nested(word, |parser| parser.not(mode))?;
        let span = self.span_since(start);
        Ok(self.placed(Expr::not(inner, span), mode))
    }

    fn primary(&mut self, mode: &Mode) -> Parse<Expr> {
        if self.peek() == Some('(') {
            return self.brackets(mode);
        }
        let start = self.at;
        match mode {
            Mode::Values(subject) => {
                let test = self.value(subject, "")?;
                let span = self.span_since(start);
                Ok(self.placed(Expr::term(subject.clone(), test, span), mode))
            }
            Mode::Terms => self.term(),
        }
    }

    /// `( … )`, at its opening.
    fn brackets(&mut self, mode: &Mode) -> Parse<Expr> {
        let open = (self.at, self.at + 1);
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(')') {
            let place = (open.0, self.at + 1);
            let mend = self.without(place.0, place.1);
            return Err(self.error(Problem::BracketsEmpty, place.0, place.1, Some(mend)));
        }
        let inner = if self.peek().is_none() {
            None
        } else {
            Some(self.nested(open, |parser| parser.or(mode))?)
        };
        match (inner, self.peek()) {
            (Some(inner), Some(')')) => {
                self.at += 1;
                self.end = self.at;
                Ok(inner)
            }
            (inner, _) => {
                let mend = inner.map(|_| format!("{})", self.text.trim_end()));
                Err(self.error(Problem::BracketNotClosed, open.0, open.1, mend))
            }
        }
    }

    fn term(&mut self) -> Parse<Expr> {
        let start = self.at;
        if let Some(test) = self.bare_regex()? {
            let span = self.span_since(start);
            return Ok(Expr::term(Subject::AnyText, test, span));
        }
        let word = self.word(true)?;
        let is_named = self.peek() == Some(':');
        let name: String = word.iter().map(|sign| sign.c).collect();
        if is_named && let Some(subject) = Subject::from_name(&name, self.vocabulary) {
            self.at += 1;
            return self.term_of(subject, &name, start);
        }
        self.at = start;
        let word = self.word(false)?;
        if is_named && !name.is_empty() {
            self.note_unknown_name(name, start);
        } else {
            self.note_word(&word, start);
        }
        let span = self.span_since(start);
        let pattern = pattern_of(&word);
        Ok(if pattern.is_any() {
            Expr::all(span)
        } else {
            Expr::term(Subject::AnyText, Test::Word(pattern), span)
        })
    }

    /// What follows `name:`.
    fn term_of(&mut self, subject: Subject, name: &str, start: usize) -> Parse<Expr> {
        if self.peek() != Some('(') {
            let test = self.value(&subject, name)?;
            let span = self.span_since(start);
            return Ok(Expr::term(subject, test, span));
        }
        let mode = Mode::Values(subject);
        let group = self.brackets(&mode)?;
        Ok(Expr {
            span: self.span_since(start),
            is_whole: true,
            ..group
        })
    }

    /// A value of a named field; `name` as written, for the words of an error.
    fn value(&mut self, subject: &Subject, name: &str) -> Parse<Test> {
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

    fn not_for_times(&self, test: Test, subject: &Subject, start: usize) -> Parse<Test> {
        if subject.is_time() {
            let text = self.slice(start, self.at);
            return Err(self.error(Problem::NotATime(text), start, self.at, None));
        }
        Ok(test)
    }

    /// `>=a` and the like, at its sign.
    fn comparison(&mut self, subject: &Subject) -> Parse<Test> {
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
    fn range(&mut self, subject: &Subject) -> Parse<Test> {
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
    fn range_end(&mut self, subject: &Subject, open: usize) -> Parse<Option<(Operand, String)>> {
        self.skip_space();
        let start = self.at;
        let text = self.range_word(open)?;
        if text == "*" {
            return Ok(None);
        }
        let operand = self.operand(text, subject, start, self.at)?;
        Ok(Some((operand, self.slice(start, self.at))))
    }

    fn range_word(&mut self, open: usize) -> Parse<String> {
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

    fn range_not_closed(&self, open: usize) -> QueryError {
        let text = self.text.trim_end();
        // Only a range that is otherwise whole can be mended by its bracket.
        let mend = text[self.byte(open).min(text.len())..]
            .split_once(" TO ")
            .filter(|(_, to)| !to.trim().is_empty() && !to.trim().contains(char::is_whitespace))
            .map(|_| format!("{text}]"));
        self.error(Problem::RangeNotClosed, open, open + 1, mend)
    }

    fn operand(&self, text: String, subject: &Subject, from: usize, to: usize) -> Parse<Operand> {
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
    fn bare_regex(&mut self) -> Parse<Option<Test>> {
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
    fn regex_at(&mut self, start: usize) -> Parse<(String, usize)> {
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

    fn check_regex(&self, source: &str, start: usize, n_after: usize) -> Parse<()> {
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
        match regex_lite::Regex::new(source) {
            Ok(_) => Ok(()),
            Err(error) => {
                let problem = Problem::RegexWrong(error.to_string());
                Err(self.error(problem, start, self.at, None))
            }
        }
    }

    /// Reads up to a space or a bracket outside quotes; with `is_name` also up to a colon.
    fn word(&mut self, is_name: bool) -> Parse<Vec<Sign>> {
        let mut word = Vec::new();
        let mut quote: Option<usize> = None;
        while let Some(c) = self.peek() {
            let place = self.at;
            match (c, quote) {
                ('"', None) => quote = Some(place),
                ('"', Some(_)) => quote = None,
                ('\\', None) | ('\\', Some(_)) => {
                    let next = self.char_at(1);
                    let escapes = quote.is_none() || matches!(next, Some('"' | '\\'));
                    if let (true, Some(next)) = (escapes, next) {
                        word.push(Sign {
                            c: next,
                            is_literal: true,
                        });
                        self.at += 1;
                    } else if quote.is_none() {
                        let mend = format!("{}\\", self.text);
                        return Err(self.error(
                            Problem::NothingToEscape,
                            place,
                            place + 1,
                            Some(mend),
                        ));
                    } else {
                        word.push(Sign {
                            c,
                            is_literal: true,
                        });
                    }
                }
                (_, Some(_)) => word.push(Sign {
                    c,
                    is_literal: true,
                }),
                (_, None) if c.is_whitespace() || c == '(' || c == ')' => break,
                (':', None) if is_name => break,
                (_, None) => word.push(Sign {
                    c,
                    is_literal: false,
                }),
            }
            self.at += 1;
        }
        match quote {
            Some(open) => {
                let mend = format!("{}\"", self.text);
                Err(self.error(Problem::QuoteNotClosed, open, open + 1, Some(mend)))
            }
            None => {
                self.end = self.at;
                Ok(word)
            }
        }
    }

    fn nested<T>(
        &mut self,
        place: (usize, usize),
        inner: impl FnOnce(&mut Self) -> Parse<T>,
    ) -> Parse<T> {
        if self.n_nested >= MOST_NESTED {
            return Err(self.error(Problem::TooDeep, place.0, place.1, None));
        }
        self.n_nested += 1;
        let result = inner(self);
        self.n_nested -= 1;
        result
    }

    /// Inside `field:(…)` the text at a span lacks the field's name.
    fn placed(&self, expr: Expr, mode: &Mode) -> Expr {
        match mode {
            Mode::Terms => expr,
            Mode::Values(_) => Expr {
                is_whole: false,
                ..expr
            },
        }
    }

    fn note_unknown_name(&mut self, name: String, start: usize) {
        let near = near_name(&name);
        let mend = near.map(|near| {
            let end = start + name.chars().count();
            self.replaced(start, end, near)
        });
        let kind = NoteKind::NameUnknown {
            name,
            near: near.map(str::to_owned),
        };
        self.note(kind, start, mend);
    }

    fn note_word(&mut self, word: &[Sign], start: usize) {
        if word.iter().any(|sign| sign.is_literal) {
            return;
        }
        let text: String = word.iter().map(|sign| sign.c).collect();
        if matches!(text.as_str(), "and" | "or" | "not") {
            let mend = self.replaced(start, self.at, &text.to_uppercase());
            // A lone `or` can't be an operator: the mended text must itself be a query.
            let mend = parse(&mend, self.vocabulary).is_ok().then_some(mend);
            self.note(NoteKind::OperatorInLowerCase(text), start, mend);
        } else if let Some(sign_at) = text.find(['>', '<'])
            && let (name, rest) = text.split_at(sign_at)
            && Subject::from_name(name, self.vocabulary).is_some()
        {
            let mend = self.replaced(start, self.at, &format!("{name}:{rest}"));
            self.note(NoteKind::ComparisonWithoutColon(text), start, Some(mend));
        }
    }

    fn note(&mut self, kind: NoteKind, start: usize, mend: Option<String>) {
        let span = self.span_since(start);
        self.notes.push(Note { kind, span, mend });
    }

    fn lonely(&self, problem: Problem, word: (usize, usize)) -> QueryError {
        let mend = self.without(word.0, word.1);
        self.error(problem, word.0, word.1, Some(mend))
    }

    fn error(&self, problem: Problem, from: usize, to: usize, mend: Option<String>) -> QueryError {
        let to = to.min(self.signs.len());
        QueryError {
            problem,
            span: Span::new(self.byte(from), self.byte(to)),
            char_at: from,
            n_chars: to.saturating_sub(from),
            mend,
        }
    }

    /// The whole text with these characters replaced.
    fn replaced(&self, from: usize, to: usize, by: &str) -> String {
        let (head, tail) = (&self.text[..self.byte(from)], &self.text[self.byte(to)..]);
        format!("{head}{by}{tail}")
    }

    fn without(&self, from: usize, to: usize) -> String {
        let (head, tail) = (&self.text[..self.byte(from)], &self.text[self.byte(to)..]);
        let (head, tail) = (head.trim_end(), tail.trim_start());
        let gap =
            if head.is_empty() || tail.is_empty() || tail.starts_with(')') || head.ends_with('(') {
                ""
            } else {
                " "
            };
        format!("{head}{gap}{tail}")
    }

    /// The whole text with the word at `start` put in quotes, if it has none yet.
    fn quoted_word(&self, start: usize) -> Option<String> {
        let end = (start..self.signs.len())
            .find(|&at| self.is_delimiter(at))
            .unwrap_or(self.signs.len());
        let word = self.slice(start, end);
        (!word.contains('"')).then(|| self.replaced(start, end, &quoted(&word)))
    }

    fn slice(&self, from: usize, to: usize) -> String {
        self.text[self.byte(from)..self.byte(to)].to_owned()
    }

    /// From a start to the end of the last thing read.
    fn span_since(&self, start: usize) -> Span {
        Span::new(self.byte(start), self.byte(self.end.max(start)))
    }

    fn byte(&self, at: usize) -> usize {
        self.signs.get(at).map_or(self.text.len(), |sign| sign.0)
    }

    fn peek(&self) -> Option<char> {
        self.char_at(0)
    }

    fn char_at(&self, ahead: usize) -> Option<char> {
        self.signs.get(self.at + ahead).map(|sign| sign.1)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// A space, a bracket or the end.
    fn is_delimiter(&self, at: usize) -> bool {
        self.signs
            .get(at)
            .is_none_or(|&(_, c)| c.is_whitespace() || c == '(' || c == ')')
    }

    fn keyword(&self, word: &str) -> bool {
        let n_chars = word.len();
        word.chars()
            .enumerate()
            .all(|(n, c)| self.char_at(n) == Some(c))
            && self.is_delimiter(self.at + n_chars)
    }

    fn is_at_end_of_operands(&self) -> bool {
        self.peek().is_none_or(|c| c == ')') || self.keyword("OR") || self.keyword("AND")
    }
}

fn pattern_of(word: &[Sign]) -> Pattern {
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
    text.parse()
        .ok()
        .filter(|n: &f64| is_decimal && n.is_finite())
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

/// The field name that is spelled nearly like this, if one is.
fn near_name(name: &str) -> Option<&'static str> {
    let names = Field::ALL
        .into_iter()
        .flat_map(|field| [field.short_name(), field.name()])
        .chain(["who", "what"]);
    let lower = name.to_lowercase();
    let most = if lower.chars().count() < 6 { 1 } else { 2 };
    names
        .map(|known| (distance(&lower, &known.to_lowercase()), known))
        .filter(|&(distance, known)| distance <= most && known.len() > 2)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, known)| known)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (row[j] + 1)
                .min(row[j + 1] + 1)
                .min(diagonal + usize::from(ca != *cb));
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
