//! Canonical text: what a query prints as, and how a value is quoted so that it is read back as itself.

use std::fmt;

use reading::decimal;

use super::ast::{Expr, ExprKind, Operand, Query, Subject, Term, Test};
use super::pattern::{Net, Pattern, Piece};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expr.kind {
            ExprKind::All => Ok(()),
            _ => self.expr.fmt(f),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::All => f.write_str("*"),
            ExprKind::Term(term) => term.fmt(f),
            ExprKind::Not(inner) => {
                f.write_str("-")?;
                in_brackets_if(is_joined(inner), inner, f)
            }
            ExprKind::And(parts) => {
                for (n, part) in parts.iter().enumerate() {
                    if n > 0 {
                        f.write_str(" ")?;
                    }
                    in_brackets_if(is_joined(part), part, f)?;
                }
                Ok(())
            }
            ExprKind::Or(parts) => match one_subject(parts) {
                Some(subject) => {
                    write!(f, "{}:(", escaped_name(subject.name()))?;
                    for (n, part) in parts.iter().enumerate() {
                        if n > 0 {
                            f.write_str(" OR ")?;
                        }
                        if let ExprKind::Term(term) = &part.kind {
                            write!(f, "{}", Value(term))?;
                        }
                    }
                    f.write_str(")")
                }
                None => {
                    for (n, part) in parts.iter().enumerate() {
                        if n > 0 {
                            f.write_str(" OR ")?;
                        }
                        // AND binds closer than OR; brackets show it.
                        in_brackets_if(is_joined(part), part, f)?;
                    }
                    Ok(())
                }
            },
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.subject != Subject::AnyText {
            write!(f, "{}:", escaped_name(self.subject.name()))?;
        }
        Value(self).fmt(f)
    }
}

/// The value of a term, as it stands after the colon or in `field:(…)`.
pub(super) struct Value<'a>(pub &'a Term);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Term { subject, test } = self.0;
        match test {
            Test::Present => f.write_str("*"),
            Test::None => f.write_str("none"),
            Test::Word(pattern) => f.write_str(&word(subject, pattern)),
            Test::Net(net) => net.fmt(f),
            Test::When(when) => when.fmt(f),
            Test::Regex(source) => write!(f, "/{}/", escaped_regex(source)),
            Test::Compare(comparison, operand) => write!(f, "{}{operand}", comparison.sign()),
            Test::Between(from, to) => {
                let end = |operand: &Option<Operand>| match operand {
                    Some(operand) => operand.to_string(),
                    None => "*".into(),
                };
                write!(f, "[{} TO {}]", end(from), end(to))
            }
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Number(number) => f.write_str(&decimal::written(*number)),
            Operand::When(when) => when.fmt(f),
        }
    }
}

/// Text in quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// The literal as a value of this subject, in quotes only where it would be read as something else.
pub(super) fn literal(subject: &Subject, text: &str) -> String {
    let is_read_otherwise = text.is_empty()
        || !text.chars().all(is_plain)
        || text.starts_with(['-', '/', '[', '>', '<'])
        || matches!(text, "AND" | "OR" | "NOT")
        || (subject.has_none() && text.eq_ignore_ascii_case("none"))
        || (subject.may_be_address() && Net::parse(text).is_ok())
        || (*subject == Subject::AnyText && text.contains(':'));
    if is_read_otherwise {
        quoted(text)
    } else {
        text.into()
    }
}

/// A name with its special signs escaped.
pub(super) fn escaped_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (n, c) in name.chars().enumerate() {
        if !is_plain(c) || c == ':' || (n == 0 && matches!(c, '-' | '/')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn word(subject: &Subject, pattern: &Pattern) -> String {
    if let Some(text) = pattern.as_literal() {
        return literal(subject, text);
    }
    let mut out = String::new();
    for piece in pattern.pieces() {
        match piece {
            Piece::Any => out.push('*'),
            Piece::Text(text) => {
                for c in text.chars() {
                    let is_first = out.is_empty();
                    if !is_plain(c)
                        || (c == ':' && *subject == Subject::AnyText)
                        || (is_first && matches!(c, '-' | '/' | '[' | '>' | '<'))
                    {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
        }
    }
    out
}

/// A sign that means itself inside an unquoted word.
fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '"' | '\\' | '*')
}

fn escaped_regex(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for c in source.chars() {
        if c == '/' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Does it print as several parts side by side?
pub(super) fn is_joined(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::And(_) => true,
        ExprKind::Or(parts) => one_subject(parts).is_none(),
        _ => false,
    }
}

/// The subject of all parts, if they are terms of one named field.
pub(super) fn one_subject(parts: &[Expr]) -> Option<&Subject> {
    let mut subjects = parts.iter().map(|part| match &part.kind {
        ExprKind::Term(term) if term.subject != Subject::AnyText => Some(&term.subject),
        _ => None,
    });
    let first = subjects.next()??;
    subjects
        .all(|subject| subject == Some(first))
        .then_some(first)
}

fn in_brackets_if(bracketed: bool, expr: &Expr, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if bracketed {
        write!(f, "({expr})")
    } else {
        write!(f, "{expr}")
    }
}
