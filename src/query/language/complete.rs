//! What can stand at the cursor of a query's text, and the text after taking it. Reads text that is no query yet;
//! which fields and values there are is the asker's to say.

use super::Vocabulary;
use super::ast::{Expr, Span, Subject, Term, Test};
use super::clause::FacetValue;
use super::pattern::Pattern;
use super::print::{Value, escaped_name, literal};

/// The word at the cursor.
#[derive(Clone, PartialEq, Debug)]
pub struct Completing {
    /// Bytes of the text that a choice replaces.
    pub replace: Span,
    /// The whole term with its name and a minus before it; `None` for a value inside `field:(…)`.
    pub term: Option<Span>,
    pub what: Completable,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Completable {
    /// A field's name, or the beginning of a bare word.
    Name { prefix: String },
    /// A value of a field.
    Value { subject: Subject, prefix: String },
}

impl Completing {
    /// The word that the cursor (in characters) stands in or behind. `None` inside quotes of a bare word, regular
    /// expressions, ranges and comparisons: there is nothing to offer.
    pub fn at<V: Vocabulary + ?Sized>(
        text: &str,
        cursor: usize,
        vocabulary: &V,
    ) -> Option<Completing> {
        let cursor = text
            .char_indices()
            .nth(cursor)
            .map_or(text.len(), |(byte, _)| byte);
        let word = Word::before(text, cursor, vocabulary);
        let (value_at, subject) = match (&word.group, word.colon) {
            (Some(subject), _) => (word.start, Some(subject.clone())),
            (None, Some(colon)) => {
                let name = unescaped(text.get(word.start..colon)?);
                match Subject::from_name(&name, vocabulary) {
                    Some(subject) => (colon + 1, Some(subject)),
                    None => (word.start, None),
                }
            }
            (None, None) => (word.start, None),
        };
        let typed = text.get(value_at..cursor)?;
        if typed.starts_with(['/', '[', '>', '<']) {
            return None;
        }
        let replace = Span::new(value_at, word_end(text, cursor, word.in_quotes));
        let has_minus = text
            .get(..word.start)
            .is_some_and(|head| head.ends_with('-'));
        let term_at = word.start - usize::from(has_minus);
        let term = word.group.is_none().then(|| Span::new(term_at, replace.to));
        let prefix = unescaped(typed);
        let what = match subject {
            Some(subject) => Completable::Value { subject, prefix },
            None if word.in_quotes => return None,
            None => Completable::Name { prefix },
        };
        Some(Completing {
            replace,
            term,
            what,
        })
    }

    /// The text after taking a field's name, and the cursor in it (characters).
    pub fn take_name(&self, text: &str, subject: &Subject) -> (String, usize) {
        self.spliced(text, &format!("{}:", escaped_name(subject.name())))
    }

    /// The text after taking a value, and the cursor in it (characters), behind a space.
    pub fn take_value(&self, text: &str, value: &FacetValue) -> (String, usize) {
        let written = match (value, &self.what) {
            (FacetValue::None, _) => "none".into(),
            (FacetValue::Text(value), Completable::Value { subject, .. }) => {
                literal(subject, value)
            }
            (FacetValue::Text(value), Completable::Name { .. }) => {
                literal(&Subject::AnyText, value)
            }
        };
        self.take_written(text, &written)
    }

    /// The text after taking a value as a query writes it, `>=now-1d`, and the cursor in it (characters), behind a
    /// space.
    pub fn take_written(&self, text: &str, written: &str) -> (String, usize) {
        spliced_with_gap(text, self.replace, written)
    }

    /// `field:value` in place of the whole term, a minus before it kept: as written, the text and the cursor in it.
    pub fn take_clause(
        &self,
        text: &str,
        subject: &Subject,
        value: &FacetValue,
    ) -> (String, (String, usize)) {
        let written = match value {
            FacetValue::None => "none".into(),
            FacetValue::Text(value) => literal(subject, value),
        };
        let written = format!("{}:{written}", escaped_name(subject.name()));
        let taken = self.take_written(text, &written);
        (written, taken)
    }

    /// All values of a pattern, or none of them: as written, the text and the cursor in it. Inside `field:(…)` there
    /// is only the pattern itself.
    pub fn take_pattern(
        &self,
        text: &str,
        pattern: &Pattern,
        is_negated: bool,
    ) -> Option<(String, (String, usize))> {
        let term = self.pattern_term(pattern)?;
        let Some(span) = self.term else {
            let written = Value(&term).to_string();
            let taken = self.take_written(text, &written);
            return (!is_negated).then_some((written, taken));
        };
        let minus = if is_negated { "-" } else { "" };
        let written = format!("{minus}{term}");
        let taken = spliced_with_gap(text, span, &written);
        Some((written, taken))
    }

    /// What a pattern asks of the value's field, by itself.
    pub fn pattern_expr(&self, pattern: &Pattern) -> Option<Expr> {
        let term = self.pattern_term(pattern)?;
        Some(Expr::term(term.subject, term.test, Span::default()))
    }

    fn pattern_term(&self, pattern: &Pattern) -> Option<Term> {
        match &self.what {
            Completable::Value { subject, .. } if !subject.is_time() && !pattern.is_any() => {
                Some(Term {
                    subject: subject.clone(),
                    test: Test::Word(pattern.clone()),
                })
            }
            _ => None,
        }
    }

    fn spliced(&self, text: &str, by: &str) -> (String, usize) {
        spliced(text, self.replace, by)
    }
}

fn spliced(text: &str, span: Span, by: &str) -> (String, usize) {
    let head = text.get(..span.from).unwrap_or("");
    let tail = text.get(span.to..).unwrap_or("");
    let cursor = head.chars().count() + by.chars().count();
    (format!("{head}{by}{tail}"), cursor)
}

/// With a space behind it, and the cursor behind that.
fn spliced_with_gap(text: &str, span: Span, by: &str) -> (String, usize) {
    let rest = text.get(span.to..).unwrap_or("");
    let gap = if rest.starts_with([' ', ')']) {
        ""
    } else {
        " "
    };
    let (text, cursor) = spliced(text, span, &format!("{by}{gap}"));
    let is_before_space = text.chars().nth(cursor) == Some(' ') && gap.is_empty();
    (text, cursor + usize::from(is_before_space))
}

/// How the text stands just before a place.
struct Word {
    /// Behind a leading `-`.
    start: usize,
    /// Its first colon outside quotes.
    colon: Option<usize>,
    in_quotes: bool,
    /// Inside `field:(…)`.
    group: Option<Subject>,
}

impl Word {
    fn before<V: Vocabulary + ?Sized>(text: &str, cursor: usize, vocabulary: &V) -> Word {
        let mut word = Word {
            start: 0,
            colon: None,
            in_quotes: false,
            group: None,
        };
        let mut groups: Vec<Option<Subject>> = Vec::new();
        let mut is_escaped = false;
        for (at, c) in text.char_indices().take_while(|&(at, _)| at < cursor) {
            let next = at + c.len_utf8();
            match c {
                _ if is_escaped => {
                    is_escaped = false;
                    continue;
                }
                '\\' => is_escaped = true,
                '"' => word.in_quotes = !word.in_quotes,
                _ if word.in_quotes => {}
                '(' => {
                    let subject = word
                        .colon
                        .filter(|colon| colon + 1 == at)
                        .and_then(|colon| text.get(word.start..colon))
                        .and_then(|name| Subject::from_name(&unescaped(name), vocabulary));
                    groups.push(subject.or_else(|| groups.last().cloned().flatten()));
                    (word.start, word.colon) = (next, None);
                }
                ')' => {
                    groups.pop();
                    (word.start, word.colon) = (next, None);
                }
                '-' if word.start == at => word.start = next,
                ':' if word.colon.is_none() => word.colon = Some(at),
                _ if c.is_whitespace() => (word.start, word.colon) = (next, None),
                _ => {}
            }
        }
        word.group = groups.pop().flatten();
        word
    }
}

/// Where the word under the cursor ends.
fn word_end(text: &str, cursor: usize, in_quotes: bool) -> usize {
    let rest = text.get(cursor..).unwrap_or("");
    let ends = |c: char| match in_quotes {
        true => c == '"',
        false => c.is_whitespace() || c == '(' || c == ')',
    };
    match rest.char_indices().find(|&(_, c)| ends(c)) {
        Some((at, _)) if in_quotes => cursor + at + 1,
        Some((at, _)) => cursor + at,
        // An open quote reaches no further than its word.
        None if in_quotes => cursor,
        None => text.len(),
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        match c {
            '\\' => out.extend(signs.next()),
            '"' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::language::{Field, NoPaths};

    /// The cursor is where the bar stands.
    fn at(marked: &str) -> Option<(String, Completing)> {
        let cursor = marked.chars().position(|c| c == '|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        Completing::at(&text, cursor, &NoPaths).map(|found| (text, found))
    }

    fn name(prefix: &str) -> Completable {
        Completable::Name {
            prefix: prefix.into(),
        }
    }

    fn value(field: Field, prefix: &str) -> Completable {
        Completable::Value {
            subject: Subject::Field(field),
            prefix: prefix.into(),
        }
    }

    #[test]
    fn the_word_at_the_cursor_is_a_name_or_a_value() {
        for (marked, what, replaced) in [
            ("|", name(""), ""),
            ("out|", name("out"), "out"),
            ("a -out|", name("out"), "out"),
            ("a (out|", name("out"), "out"),
            ("outcome:|", value(Field::Outcome, ""), ""),
            ("outcome:fa|il x", value(Field::Outcome, "fa"), "fail"),
            ("-outcome:fa|", value(Field::Outcome, "fa"), "fa"),
            ("outcome:(failure OR p|)", value(Field::Outcome, "p"), "p"),
            ("outcome:(failure) p|", name("p"), "p"),
            (
                "initiator.name:\"Jane R|",
                value(Field::InitiatorName, "Jane R"),
                "\"Jane R",
            ),
            (
                "initiator.name:\"Jane R|oe\" x",
                value(Field::InitiatorName, "Jane R"),
                "\"Jane Roe\"",
            ),
            ("foo:ba|", name("foo:ba"), "foo:ba"),
            ("éa ré|x", name("ré"), "réx"),
        ] {
            let (text, found) = at(marked).expect(marked);
            assert_eq!(found.what, what, "{marked}");
            assert_eq!(found.replace.of(&text), replaced, "{marked}");
        }
        for marked in ["\"power o|", "reason:>=4|", "message:/ab|", "reason:[4|"] {
            assert_eq!(at(marked), None, "{marked}");
        }
    }

    #[test]
    fn taking_a_choice_leaves_the_cursor_behind_it() {
        let text = |text: &str| FacetValue::Text(text.into());
        let marked = |(text, cursor): (String, usize)| {
            let head: String = text.chars().take(cursor).collect();
            let tail: String = text.chars().skip(cursor).collect();
            format!("{head}|{tail}")
        };
        let (before, found) = at("é out| x").expect("a name");
        let taken = found.take_name(&before, &Subject::Field(Field::Outcome));
        assert_eq!(marked(taken), "é outcome:| x");
        for (before, value, after) in [
            ("outcome:f|", text("failure"), "outcome:failure |"),
            ("outcome:f| x", text("failure"), "outcome:failure |x"),
            ("outcome:(f|)", text("failure"), "outcome:(failure|)"),
            (
                "initiator.name:\"Ja|",
                text("Jane Roe"),
                "initiator.name:\"Jane Roe\" |",
            ),
            ("severity:|", FacetValue::None, "severity:none |"),
            ("severity:|", text("none"), "severity:\"none\" |"),
        ] {
            let (text, found) = at(before).expect(before);
            assert_eq!(marked(found.take_value(&text, &value)), after, "{before}");
        }
    }

    #[test]
    fn a_pattern_takes_the_place_of_the_whole_term() {
        let mut pattern = Pattern::literal("ja n");
        pattern.push_any();
        for (marked, is_negated, written, after) in [
            ("a who:ja| b", false, "who:ja\\ n*", "a who:ja\\ n* b"),
            ("a -who:ja|", true, "-who:ja\\ n*", "a -who:ja\\ n* "),
            ("who:ja|", true, "-who:ja\\ n*", "-who:ja\\ n* "),
            ("who:(x OR ja|)", false, "ja\\ n*", "who:(x OR ja\\ n*)"),
        ] {
            let (text, found) = at(marked).expect(marked);
            let taken = found.take_pattern(&text, &pattern, is_negated);
            let (shown, (query, _)) = taken.expect("a pattern");
            assert_eq!(
                (shown.as_str(), query.as_str()),
                (written, after),
                "{marked}"
            );
        }
        let (text, found) = at("who:(x OR ja|)").expect("a value");
        assert_eq!(found.take_pattern(&text, &pattern, true), None);
    }

    proptest! {
        #[test]
        fn any_text_and_cursor_can_be_completed_without_a_panic(
            text in "([a-z]{0,3}|who:|[ ()\"\\\\/*:-]|é){0,12}", cursor in 0usize..20,
        ) {
            if let Some(found) = Completing::at(&text, cursor, &NoPaths) {
                prop_assert!(text.get(found.replace.from..found.replace.to).is_some());
                let (taken, cursor) = found.take_value(&text, &FacetValue::Text("x y".into()));
                prop_assert!(cursor <= taken.chars().count());
            }
        }
    }
}
