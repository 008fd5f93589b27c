//! Text to query, by hand: the grammar is small and every error needs its place and a suggestion.
//! Refuses nothing that can be read as text to look for; what was read so is noted.

use super::Vocabulary;
use super::ast::{Expr, Query, Span, Subject, Test};
use super::error::{Note, NoteKind, Problem, QueryError};
use super::field::near_name;
use super::signs::{Parse, Parser, Sign};
use super::value::pattern_of;

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
    whole(Parser::new(text, &Any(vocabulary)))
}

fn whole(mut parser: Parser) -> Result<Parsed, QueryError> {
    let text = parser.text;
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

/// A vocabulary of any kind behind one type, so that there is one parser.
struct Any<'a, V: ?Sized>(&'a V);

impl<V: Vocabulary + ?Sized> Vocabulary for Any<'_, V> {
    fn has_path(&self, path: &str) -> bool {
        self.0.has_path(path)
    }

    fn regex_problem(&self, source: &str) -> Option<String> {
        self.0.regex_problem(source)
    }
}

/// Whether names may stand here, or only values of one name: `field:(…)`.
enum Mode {
    Terms,
    Values(Subject),
}

impl Parser<'_> {
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
        // A mend on trial is not mended in turn: a text of many such words would be read once for each order of them.
        if self.is_trial || word.iter().any(|sign| sign.is_literal) {
            return;
        }
        let text: String = word.iter().map(|sign| sign.c).collect();
        if matches!(text.as_str(), "and" | "or" | "not") {
            let mend = self.replaced(start, self.at, &text.to_ascii_uppercase());
            // A lone `or` can't be an operator: the mended text must itself be a query.
            let mut trial = Parser::new(&mend, self.vocabulary);
            trial.is_trial = true;
            let mend = whole(trial).is_ok().then_some(mend);
            self.note(NoteKind::OperatorInLowerCase(text), start, mend);
        } else if let Some(sign_at) = text.find(['>', '<'])
            && let (name, rest) = text.split_at(sign_at)
            && Subject::from_name(name, self.vocabulary).is_some()
        {
            let mend = self.replaced(start, self.at, &format!("{name}:{rest}"));
            self.note(NoteKind::ComparisonWithoutColon(text), start, Some(mend));
        }
    }

    pub(super) fn note(&mut self, kind: NoteKind, start: usize, mend: Option<String>) {
        let span = self.span_since(start);
        self.notes.push(Note { kind, span, mend });
    }
}
