//! The characters of a query's text, one by one: words with their quotes and escapes, and errors with their place.
//! Knows no grammar.

use super::Vocabulary;
use super::ast::Span;
use super::error::{Note, Problem, QueryError};
use super::print::quoted;

pub(super) type Parse<T> = Result<T, QueryError>;

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    /// Each character and its byte.
    pub(super) signs: Vec<(usize, char)>,
    pub(super) at: usize,
    /// Where the last thing read ended, before any space.
    pub(super) end: usize,
    pub(super) n_nested: usize,
    pub(super) notes: Vec<Note>,
    /// Only whether the text can be read is asked for.
    pub(super) is_trial: bool,
    pub(super) vocabulary: &'a dyn Vocabulary,
}
/// A character of a word. A literal one was quoted or escaped and has no meaning of its own.
#[derive(Clone, Copy)]
pub(super) struct Sign {
    pub(super) c: char,
    pub(super) is_literal: bool,
}
impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, vocabulary: &'a dyn Vocabulary) -> Self {
        Parser {
            text,
            signs: text.char_indices().collect(),
            at: 0,
            end: 0,
            n_nested: 0,
            notes: Vec::new(),
            is_trial: false,
            vocabulary,
        }
    }

    /// Reads up to a space or a bracket outside quotes; with `is_name` also up to a colon.
    pub(super) fn word(&mut self, is_name: bool) -> Parse<Vec<Sign>> {
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

    pub(super) fn lonely(&self, problem: Problem, word: (usize, usize)) -> QueryError {
        let mend = self.without(word.0, word.1);
        self.error(problem, word.0, word.1, Some(mend))
    }

    pub(super) fn error(
        &self,
        problem: Problem,
        from: usize,
        to: usize,
        mend: Option<String>,
    ) -> QueryError {
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
    pub(super) fn replaced(&self, from: usize, to: usize, by: &str) -> String {
        let (head, tail) = (&self.text[..self.byte(from)], &self.text[self.byte(to)..]);
        format!("{head}{by}{tail}")
    }

    pub(super) fn without(&self, from: usize, to: usize) -> String {
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
    pub(super) fn quoted_word(&self, start: usize) -> Option<String> {
        let end = (start..self.signs.len())
            .find(|&at| self.is_delimiter(at))
            .unwrap_or(self.signs.len());
        let word = self.slice(start, end);
        (!word.contains('"')).then(|| self.replaced(start, end, &quoted(&word)))
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> String {
        self.text[self.byte(from)..self.byte(to)].to_owned()
    }

    /// From a start to the end of the last thing read.
    pub(super) fn span_since(&self, start: usize) -> Span {
        Span::new(self.byte(start), self.byte(self.end.max(start)))
    }

    pub(super) fn byte(&self, at: usize) -> usize {
        self.signs.get(at).map_or(self.text.len(), |sign| sign.0)
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.char_at(0)
    }

    pub(super) fn char_at(&self, ahead: usize) -> Option<char> {
        self.signs.get(self.at + ahead).map(|sign| sign.1)
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// A space, a bracket or the end.
    pub(super) fn is_delimiter(&self, at: usize) -> bool {
        self.signs
            .get(at)
            .is_none_or(|&(_, c)| c.is_whitespace() || c == '(' || c == ')')
    }

    pub(super) fn keyword(&self, word: &str) -> bool {
        let n_chars = word.len();
        word.chars()
            .enumerate()
            .all(|(n, c)| self.char_at(n) == Some(c))
            && self.is_delimiter(self.at + n_chars)
    }

    pub(super) fn is_at_end_of_operands(&self) -> bool {
        self.peek().is_none_or(|c| c == ')') || self.keyword("OR") || self.keyword("AND")
    }
}
