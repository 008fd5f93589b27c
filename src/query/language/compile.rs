//! What a query says of an event: exact and plain. [`Query::matches`] walks the tree, and is what faster ways are
//! held against; [`Compiled`] splits it into tests of single values, which a store asks once of each value it
//! holds, and the structure that joins them. Refuses to know rows and columns.

use regex_lite::Regex;

use super::ast::{Comparison, Expr, ExprKind, Operand, Query, Subject, Term, Test};
use super::field::{Field, FieldKind};
use super::pattern::{Matcher, Net, Pattern};
use super::when::Moment;
use reading::decimal;

use crate::time::{TimeRange, Timestamp};

use super::look::Fields;

/// A query ready to be asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Compiled {
    pub root: Node,
    pub leaves: Vec<Leaf>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    All,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// Index into [`Compiled::leaves`].
    Leaf(usize),
}

/// Holds for an event if any value of the source passes the test.
#[derive(Clone, PartialEq, Debug)]
pub struct Leaf {
    pub source: Source,
    pub test: ValueTest,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Source {
    Field(Field),
    Path(String),
    /// Every text value of the event.
    AnyText,
}

/// A test of one value's text. For [`Field::EventTime`] it is `Present` or `Times`.
#[derive(Clone, PartialEq, Debug)]
pub enum ValueTest {
    /// Any value at all.
    Present,
    Whole(Matcher),
    Inside(Matcher),
    Regex(Expression),
    Net(Net),
    Numbers(NumberRange),
    /// Texts that are times, and the event's own time.
    Times(TimeRange),
}

/// A regular expression made ready; two that are written alike are alike.
#[derive(Clone, Debug)]
pub struct Expression(Regex);

impl PartialEq for Expression {
    fn eq(&self, other: &Expression) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct NumberRange {
    from: f64,
    to: f64,
    is_from_in: bool,
    is_to_in: bool,
}

impl NumberRange {
    pub fn contains(self, n: f64) -> bool {
        let above = if self.is_from_in {
            n >= self.from
        } else {
            n > self.from
        };
        let below = if self.is_to_in {
            n <= self.to
        } else {
            n < self.to
        };
        above && below
    }
}

impl ValueTest {
    pub fn accepts(&self, value: &str) -> bool {
        match self {
            ValueTest::Present => true,
            ValueTest::Whole(matcher) => matcher.is_whole(value),
            ValueTest::Inside(matcher) => matcher.is_inside(value),
            ValueTest::Regex(regex) => regex.0.is_match(value),
            ValueTest::Net(net) => net.contains_text(value),
            ValueTest::Numbers(range) => {
                decimal::parse(value.trim()).is_some_and(|n| range.contains(n))
            }
            ValueTest::Times(range) => {
                Timestamp::parse(value).is_some_and(|written| range.contains(written.at))
            }
        }
    }

    pub fn accepts_time(&self, at: Timestamp) -> bool {
        match self {
            ValueTest::Present => true,
            ValueTest::Times(range) => range.contains(at),
            _ => false,
        }
    }
}

impl Leaf {
    /// Does this value of the source pass? Of two addresses with a comma either may.
    pub fn accepts(&self, value: &str) -> bool {
        let may_be_two = match &self.source {
            Source::Field(field) => field.kind() == FieldKind::Address,
            Source::Path(_) => matches!(self.test, ValueTest::Net(_)),
            Source::AnyText => false,
        };
        self.test.accepts(value)
            || (may_be_two
                && value.contains(',')
                && value.split(',').any(|one| self.test.accepts(one.trim())))
    }

    pub fn matches(&self, event: &(impl Fields + ?Sized)) -> bool {
        let mut found = false;
        let mut each = |value: &str| found = found || self.accepts(value);
        match &self.source {
            Source::Field(Field::EventTime) => {
                return event.time().is_some_and(|at| self.test.accepts_time(at));
            }
            Source::Field(field) => event.values(*field, &mut each),
            Source::Path(path) if matches!(self.test, ValueTest::Present) => {
                return event.has_path(path);
            }
            Source::Path(path) => event.path_values(path, &mut each),
            Source::AnyText => event.texts(&mut each),
        }
        found
    }
}

impl Compiled {
    pub fn matches(&self, event: &(impl Fields + ?Sized)) -> bool {
        self.holds(&self.root, event)
    }

    fn holds(&self, node: &Node, event: &(impl Fields + ?Sized)) -> bool {
        match node {
            Node::All => true,
            Node::And(parts) => parts.iter().all(|part| self.holds(part, event)),
            Node::Or(parts) => parts.iter().any(|part| self.holds(part, event)),
            Node::Not(inner) => !self.holds(inner, event),
            Node::Leaf(n) => self.leaves.get(*n).is_some_and(|leaf| leaf.matches(event)),
        }
    }
}

impl Query {
    /// Makes it ready, with times fixed to this moment.
    pub fn compile(&self, moment: &Moment) -> Compiled {
        let mut leaves = Vec::new();
        let root = compile(&self.expr, moment, &mut leaves);
        Compiled { root, leaves }
    }

    /// Plain and slow: is this event asked for?
    pub fn matches(&self, event: &(impl Fields + ?Sized), moment: &Moment) -> bool {
        matches(&self.expr, event, moment)
    }
}

fn matches(expr: &Expr, event: &(impl Fields + ?Sized), moment: &Moment) -> bool {
    match &expr.kind {
        ExprKind::All => true,
        ExprKind::And(parts) => parts.iter().all(|part| matches(part, event, moment)),
        ExprKind::Or(parts) => parts.iter().any(|part| matches(part, event, moment)),
        ExprKind::Not(inner) => !matches(inner, event, moment),
        ExprKind::Term(term) => {
            let any = |test: &ValueTest| {
                sources(&term.subject).into_iter().any(|source| {
                    let test = test.clone();
                    Leaf { source, test }.matches(event)
                })
            };
            tests(term, moment).iter().any(any) || (has_absent(term) && !any(&ValueTest::Present))
        }
    }
}

fn compile(expr: &Expr, moment: &Moment, leaves: &mut Vec<Leaf>) -> Node {
    match &expr.kind {
        ExprKind::All => Node::All,
        ExprKind::And(parts) => {
            Node::And(parts.iter().map(|p| compile(p, moment, leaves)).collect())
        }
        ExprKind::Or(parts) => Node::Or(parts.iter().map(|p| compile(p, moment, leaves)).collect()),
        ExprKind::Not(inner) => Node::Not(Box::new(compile(inner, moment, leaves))),
        ExprKind::Term(term) => {
            let mut any = |tests: &[ValueTest]| {
                let mut nodes = Vec::new();
                for source in sources(&term.subject) {
                    for test in tests {
                        nodes.push(Node::Leaf(leaves.len()));
                        leaves.push(Leaf {
                            source: source.clone(),
                            test: test.clone(),
                        });
                    }
                }
                nodes
            };
            let mut nodes = any(&tests(term, moment));
            if has_absent(term) {
                nodes.push(Node::Not(Box::new(Node::Or(any(&[ValueTest::Present])))));
            }
            match nodes.len() {
                1 => nodes.swap_remove(0),
                _ => Node::Or(nodes),
            }
        }
    }
}

fn sources(subject: &Subject) -> Vec<Source> {
    match subject {
        Subject::AnyText => vec![Source::AnyText],
        Subject::Field(field) => vec![Source::Field(*field)],
        Subject::Who => Field::WHO.map(Source::Field).into(),
        Subject::What => Field::WHAT.map(Source::Field).into(),
        Subject::Path(path) => vec![Source::Path(path.clone())],
    }
}

/// Does the absence of the field count too? For `none`, and for `""`: a record's empty text is no value.
fn has_absent(term: &Term) -> bool {
    match &term.test {
        Test::None => true,
        Test::Word(pattern) => {
            term.subject.has_none() && pattern.as_literal().is_some_and(str::is_empty)
        }
        _ => false,
    }
}

/// The tests of single values, of which any may pass.
fn tests(term: &Term, moment: &Moment) -> Vec<ValueTest> {
    let whole = |text: &str| ValueTest::Whole(Matcher::new(&Pattern::literal(text)));
    vec![match &term.test {
        Test::Present => ValueTest::Present,
        Test::None => whole("none"),
        Test::Word(pattern) if term.subject == Subject::AnyText => {
            ValueTest::Inside(Matcher::new(pattern))
        }
        Test::Word(pattern) => match (is_account(&term.subject), pattern.as_literal()) {
            (true, Some(text)) => whole(text.strip_prefix("a/").unwrap_or(text)),
            _ => ValueTest::Whole(Matcher::new(pattern)),
        },
        // A value may also be written as the network itself.
        Test::Net(net) => return vec![ValueTest::Net(*net), whole(&net.to_string())],
        Test::When(when) => ValueTest::Times(when.range(moment)),
        Test::Regex(source) => match Regex::new(source) {
            Ok(regex) => ValueTest::Regex(Expression(regex)),
            // The parser lets none through that does not compile.
            Err(_) => return Vec::new(),
        },
        Test::Compare(comparison, Operand::Number(n)) => {
            let (n, most) = (*n, f64::INFINITY);
            ValueTest::Numbers(match comparison {
                Comparison::AtLeast => numbers(n, true, most, true),
                Comparison::Above => numbers(n, false, most, true),
                Comparison::AtMost => numbers(-most, true, n, true),
                Comparison::Below => numbers(-most, true, n, false),
            })
        }
        Test::Compare(comparison, Operand::When(when)) => {
            let unit = when.range(moment);
            ValueTest::Times(match comparison {
                Comparison::AtLeast => times(unit.from(), Timestamp::MAX),
                Comparison::Above => times(unit.to(), Timestamp::MAX),
                Comparison::AtMost => times(Timestamp::MIN, unit.to()),
                Comparison::Below => times(Timestamp::MIN, unit.from()),
            })
        }
        Test::Between(from, to) => between(from.as_ref(), to.as_ref(), moment),
    }]
}

fn between(from: Option<&Operand>, to: Option<&Operand>, moment: &Moment) -> ValueTest {
    match (from, to) {
        (None, None) => ValueTest::Present,
        (Some(Operand::When(_)), _) | (_, Some(Operand::When(_))) => {
            let range = |operand: Option<&Operand>| match operand {
                Some(Operand::When(when)) => when.range(moment),
                _ => TimeRange::ALL,
            };
            ValueTest::Times(times(range(from).from(), range(to).to()))
        }
        _ => {
            let number = |operand: Option<&Operand>, open: f64| match operand {
                Some(Operand::Number(n)) => *n,
                _ => open,
            };
            let (from, to) = (number(from, f64::NEG_INFINITY), number(to, f64::INFINITY));
            ValueTest::Numbers(numbers(from, true, to, true))
        }
    }
}

fn numbers(from: f64, is_from_in: bool, to: f64, is_to_in: bool) -> NumberRange {
    NumberRange {
        from,
        to,
        is_from_in,
        is_to_in,
    }
}

fn times(from: Timestamp, to: Timestamp) -> TimeRange {
    TimeRange::new(from, to.max(from)).unwrap_or(TimeRange::ALL)
}

/// Its values are compared without a leading `a/`.
pub(super) fn is_account(subject: &Subject) -> bool {
    *subject == Subject::Field(Field::Account)
}
