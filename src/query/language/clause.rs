//! The top-level parts of a query as clauses, and clicks as edits of the text: facets and the search field are
//! two views of the same clauses. An edit rewrites only the clause it touches.

use crate::crossing::Crossing;

use super::Vocabulary;
use super::ast::{Expr, ExprKind, Query, Span, Subject, Term, Test};
use super::compile::is_account;
use super::error::QueryError;
use super::parse::parse;
use super::pattern::{Pattern, fold};
use super::print::{Value, is_joined, one_subject};
use super::when::When;

/// One part of a query that must hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Clause {
    /// Its field; `None` for a part that joins several.
    pub subject: Option<Subject>,
    /// The values of its field, of which any may be; empty when `subject` is `None`.
    pub values: Vec<ClauseValue>,
    pub is_negated: bool,
    /// Where in the text it stands. Not unique to it for a value out of `field:(a b)`.
    pub span: Span,
    /// Words for a chip: the part by itself, as typed where it can stand so.
    pub text: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClauseValue {
    /// As a query writes it, with quotes where it needs them.
    pub text: String,
    /// What a facet would list, if this is one plain value.
    pub facet: Option<FacetValue>,
}

/// A value as a facet lists it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
pub enum FacetValue {
    /// Events without the field.
    None,
    Text(String),
}

impl FacetValue {
    /// Does it read the same, without regard to case?
    pub fn is_same(&self, other: &FacetValue) -> bool {
        match (self, other) {
            (FacetValue::None, FacetValue::None) => true,
            (FacetValue::Text(a), FacetValue::Text(b)) => fold(a) == fold(b),
            _ => false,
        }
    }
}

/// What a click does to a query.
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// Filter for: one more value of the field may be.
    Add(Subject, FacetValue),
    /// Filter out.
    Exclude(Subject, FacetValue),
    /// Neither for nor out.
    Remove(Subject, FacetValue),
    /// Adds, or removes what was added.
    Toggle(Subject, FacetValue),
    /// Every clause of the field gives way to `field:value`, the value as a query writes it; `None` takes them out.
    Replace(Subject, Option<String>),
    /// Takes out the clause with this index in [`clauses`].
    RemoveClause(usize),
}

/// The clauses of a query's text.
pub fn clauses<V: Vocabulary + ?Sized>(
    text: &str,
    vocabulary: &V,
) -> Result<Vec<Clause>, QueryError> {
    let query = parse(text, vocabulary)?.query;
    let is_only = query.parts().len() == 1;
    Ok(query
        .parts()
        .iter()
        .map(|part| {
            let (subject, values, is_negated) = match facet_of(part) {
                Some((terms, is_negated)) => (
                    terms.first().map(|term| term.subject.clone()),
                    terms.iter().map(|term| clause_value(term)).collect(),
                    is_negated,
                ),
                None => (None, Vec::new(), false),
            };
            Clause {
                subject,
                values,
                is_negated,
                span: part.span,
                text: part_text(part, text, is_only),
            }
        })
        .collect())
}

impl Edit {
    /// The text after the click. Fails only where the text is no query already, or a replacement is none.
    pub fn apply<V: Vocabulary + ?Sized>(
        &self,
        text: &str,
        vocabulary: &V,
    ) -> Result<String, QueryError> {
        let query = parse(text, vocabulary)?.query;
        let mut parts: Vec<Part> = query.parts().iter().map(Part::Kept).collect();
        match self {
            Edit::Add(subject, value) => add(&mut parts, subject, value, false),
            Edit::Exclude(subject, value) => add(&mut parts, subject, value, true),
            Edit::Remove(subject, value) => {
                remove(&mut parts, subject, value, false);
                remove(&mut parts, subject, value, true);
            }
            Edit::Toggle(subject, value) => {
                if !remove(&mut parts, subject, value, false) {
                    add(&mut parts, subject, value, false);
                }
            }
            Edit::Replace(subject, value) => {
                let at = parts.iter().position(|part| part.is_of(subject));
                parts.retain(|part| !part.is_of(subject));
                if let Some(value) = value {
                    let new = format!("{}:{value}", super::print::escaped_name(subject.name()));
                    let new = Part::New(parse(&new, vocabulary)?.query.expr);
                    parts.insert(at.unwrap_or(parts.len()).min(parts.len()), new);
                }
            }
            Edit::RemoveClause(n) => {
                if *n < parts.len() {
                    parts.remove(*n);
                }
            }
        }
        let is_only = parts.len() == 1;
        let texts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Part::Kept(expr) => part_text(expr, text, is_only),
                Part::New(expr) => bracketed(expr.to_string(), !is_only && is_joined(expr)),
            })
            .collect();
        Ok(texts.join(" "))
    }
}

/// The field and value of a clause's text such as `initiator.name:jane`, if it is that and no more.
pub fn facet_of_text<V: Vocabulary + ?Sized>(
    clause: &str,
    vocabulary: &V,
) -> Option<(Subject, FacetValue)> {
    match parse(clause, vocabulary).ok()?.query.expr.kind {
        ExprKind::Term(term) => facet_value(&term).map(|value| (term.subject, value)),
        _ => None,
    }
}

impl Query {
    /// Is this value filtered for (`Some(true)`), filtered out (`Some(false)`) or neither?
    pub fn state_of(&self, subject: &Subject, value: &FacetValue) -> Option<bool> {
        self.parts().iter().find_map(|part| {
            let (terms, is_negated) = facet_of(part)?;
            terms
                .iter()
                .any(|term| is_value(term, subject, value))
                .then_some(!is_negated)
        })
    }

    /// The query without the clauses that only speak of this subject: what a facet counts its values under.
    pub fn without(&self, subject: &Subject) -> Query {
        let kept = self
            .parts()
            .iter()
            .filter(|part| !Part::Kept(part).is_of(subject))
            .cloned()
            .collect();
        Query {
            expr: Expr::and(kept, self.expr.span),
        }
    }
}

/// A top-level part: as it was typed, or written anew.
enum Part<'a> {
    Kept(&'a Expr),
    New(Expr),
}

impl Part<'_> {
    fn expr(&self) -> &Expr {
        match self {
            Part::Kept(expr) => expr,
            Part::New(expr) => expr,
        }
    }

    fn is_of(&self, subject: &Subject) -> bool {
        facet_of(self.expr())
            .is_some_and(|(terms, _)| terms.first().is_some_and(|term| term.subject == *subject))
    }
}

/// The terms of a part that speaks of one subject alone, and whether it is negated.
fn facet_of(part: &Expr) -> Option<(Vec<&Term>, bool)> {
    let (inner, is_negated) = match &part.kind {
        ExprKind::Not(inner) => (&**inner, true),
        _ => (part, false),
    };
    match &inner.kind {
        ExprKind::Term(term) => Some((vec![term], is_negated)),
        ExprKind::Or(parts) => {
            one_subject(parts)?;
            let terms = parts.iter().filter_map(|part| match &part.kind {
                ExprKind::Term(term) => Some(term),
                _ => None,
            });
            Some((terms.collect(), is_negated))
        }
        _ => None,
    }
}

fn add(parts: &mut Vec<Part>, subject: &Subject, value: &FacetValue, is_negated: bool) {
    remove(parts, subject, value, !is_negated);
    let Some((test, is_absence)) = test_of(subject, value) else {
        return;
    };
    // "Has none" on a path is `-path:*`, a clause that no value can join.
    let is_negated = is_negated != is_absence;
    let mut may_join = false;
    let found = parts.iter().position(|part| {
        let Some((terms, negated)) = facet_of(part.expr()) else {
            return false;
        };
        let joins = |term: &&Term| {
            term.subject == *subject
                && *subject != Subject::AnyText
                && matches!(
                    term.test,
                    Test::Word(_) | Test::None | Test::Net(_) | Test::Regex(_) | Test::When(_)
                )
        };
        if negated != is_negated {
            return false;
        }
        may_join = !is_absence && terms.iter().all(joins);
        may_join
            || terms
                .iter()
                .all(|term| term.subject == *subject && term.test == test)
    });
    let term = |test| Expr::term(subject.clone(), test, Span::default());
    let Some(at) = found else {
        let new = term(test);
        parts.push(Part::New(match is_negated {
            true => Expr::not(new, Span::default()),
            false => new,
        }));
        return;
    };
    let Some((terms, _)) = facet_of(parts[at].expr()) else {
        return;
    };
    if !may_join || terms.iter().any(|term| is_value(term, subject, value)) {
        return;
    }
    let tests = terms.iter().map(|term| term.test.clone()).chain([test]);
    let new = Expr::or(tests.map(term).collect(), Span::default());
    parts[at] = Part::New(match is_negated {
        true => Expr::not(new, Span::default()),
        false => new,
    });
}

/// Takes a value out of the clauses that filter for it (or out); was it there?
fn remove(parts: &mut Vec<Part>, subject: &Subject, value: &FacetValue, is_negated: bool) -> bool {
    let mut removed = false;
    let mut n = 0;
    while n < parts.len() {
        let Some((terms, negated)) = facet_of(parts[n].expr()) else {
            n += 1;
            continue;
        };
        let is_absence = *value == FacetValue::None && !subject.has_none();
        let wanted = is_negated != is_absence;
        let is_it = |term: &Term| match is_absence {
            true => term.subject == *subject && term.test == Test::Present,
            false => is_value(term, subject, value),
        };
        if negated != wanted || !terms.iter().any(|term| is_it(term)) {
            n += 1;
            continue;
        }
        removed = true;
        let kept: Vec<Expr> = terms
            .iter()
            .filter(|term| !is_it(term))
            .map(|term| Expr::term(term.subject.clone(), term.test.clone(), Span::default()))
            .collect();
        if kept.is_empty() {
            parts.remove(n);
        } else {
            let new = Expr::or(kept, Span::default());
            parts[n] = Part::New(match negated {
                true => Expr::not(new, Span::default()),
                false => new,
            });
            n += 1;
        }
    }
    removed
}

/// The test for a value, and whether it is the presence whose opposite is meant. `None` for what no query can say.
fn test_of(subject: &Subject, value: &FacetValue) -> Option<(Test, bool)> {
    match value {
        FacetValue::None if *subject == Subject::AnyText => None,
        FacetValue::None if subject.has_none() => Some((Test::None, false)),
        FacetValue::None => Some((Test::Present, true)),
        FacetValue::Text(text) if subject.is_time() => Some((
            Test::When(When::parse(text).filter(|w| !w.is_instant())?),
            false,
        )),
        FacetValue::Text(text) => Some((Test::Word(Pattern::literal(text)), false)),
    }
}

fn is_value(term: &Term, subject: &Subject, value: &FacetValue) -> bool {
    term.subject == *subject
        && facet_value(term).is_some_and(|found| found.is_same(&plain(subject, value.clone())))
}

/// `a/x` is the account `x`.
fn plain(subject: &Subject, value: FacetValue) -> FacetValue {
    match value {
        FacetValue::Text(text) if is_account(subject) => {
            FacetValue::Text(text.strip_prefix("a/").unwrap_or(&text).to_owned())
        }
        value => value,
    }
}

fn facet_value(term: &Term) -> Option<FacetValue> {
    match &term.test {
        Test::None => Some(FacetValue::None),
        Test::Word(pattern) => pattern
            .as_literal()
            .map(|text| plain(&term.subject, FacetValue::Text(text.to_owned()))),
        Test::When(when) => Some(FacetValue::Text(when.to_string())),
        _ => None,
    }
}

fn clause_value(term: &Term) -> ClauseValue {
    ClauseValue {
        text: Value(term).to_string(),
        facet: facet_value(term),
    }
}

/// A part as it can stand by itself: as typed where that means the same.
fn part_text(part: &Expr, text: &str, is_only: bool) -> String {
    let is_spread = matches!(&part.kind, ExprKind::Or(parts) if one_subject(parts).is_some());
    let slice = part.span.of(text);
    let own = if part.is_whole && !is_spread && !slice.is_empty() {
        slice.to_owned()
    } else {
        part.to_string()
    };
    bracketed(own, !is_only && is_joined(part))
}

fn bracketed(text: String, is_needed: bool) -> String {
    if is_needed { format!("({text})") } else { text }
}
