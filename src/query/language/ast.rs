//! What was asked, as a tree with the places it was typed at. Built by the parser in one normal form, so that
//! two texts with the same meaning by construction compare equal: no nested AND in AND or OR in OR, no double NOT.

use crate::crossing::Crossing;

use super::Vocabulary;
use super::field::{CADF_PATHS, Field, FieldKind};
use super::pattern::{Net, Pattern};
use super::when::When;

/// Bytes `[from, to)` of the query text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Crossing)]
pub struct Span {
    pub from: usize,
    pub to: usize,
}

impl Span {
    pub fn new(from: usize, to: usize) -> Self {
        Span { from, to }
    }

    pub fn of(self, text: &str) -> &str {
        text.get(self.from..self.to).unwrap_or("")
    }
}

/// A parsed query. `Display` gives its canonical text.
#[derive(Clone, PartialEq, Debug)]
pub struct Query {
    pub expr: Expr,
}

impl Query {
    /// The empty query: every event.
    pub fn all() -> Self {
        Query {
            expr: Expr::all(Span::default()),
        }
    }

    /// What all of these ask for together.
    pub fn all_of(queries: impl IntoIterator<Item = Query>) -> Self {
        let parts = queries.into_iter().map(|query| query.expr).collect();
        Query {
            expr: Expr::and(parts, Span::default()),
        }
    }

    pub fn is_all(&self) -> bool {
        self.expr.kind == ExprKind::All
    }

    /// The parts that must all hold.
    pub fn parts(&self) -> &[Expr] {
        match &self.expr.kind {
            ExprKind::All => &[],
            ExprKind::And(parts) => parts,
            _ => std::slice::from_ref(&self.expr),
        }
    }
}

/// Equality leaves out where it was typed.
#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
    /// Whether the text at `span` means this by itself. Not so for a value inside `field:(…)`.
    pub is_whole: bool,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    All,
    /// Two or more.
    And(Vec<Expr>),
    /// Two or more.
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Term(Term),
}

impl Expr {
    pub fn all(span: Span) -> Self {
        Expr::new(ExprKind::All, span)
    }

    pub fn new(kind: ExprKind, span: Span) -> Self {
        Expr {
            kind,
            span,
            is_whole: true,
        }
    }

    pub fn term(subject: Subject, test: Test, span: Span) -> Self {
        Expr::new(ExprKind::Term(Term { subject, test }), span)
    }

    /// All parts must hold; flattens, and drops what always holds.
    pub fn and(parts: Vec<Expr>, span: Span) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part.kind {
                ExprKind::All => {}
                ExprKind::And(inner) => flat.extend(inner),
                _ => flat.push(part),
            }
        }
        match flat.len() {
            0 => Expr::all(span),
            1 => flat.swap_remove(0),
            _ => Expr::new(ExprKind::And(flat), span),
        }
    }

    /// One part must hold; flattens.
    pub fn or(parts: Vec<Expr>, span: Span) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part.kind {
                ExprKind::All => return Expr::all(span),
                ExprKind::Or(inner) => flat.extend(inner),
                _ => flat.push(part),
            }
        }
        match flat.len() {
            1 => flat.swap_remove(0),
            _ => Expr::new(ExprKind::Or(flat), span),
        }
    }

    pub fn not(inner: Expr, span: Span) -> Self {
        match inner.kind {
            ExprKind::Not(kept) => Expr { span, ..*kept },
            _ => Expr::new(ExprKind::Not(Box::new(inner)), span),
        }
    }
}

/// One test on one subject.
#[derive(Clone, PartialEq, Debug)]
pub struct Term {
    pub subject: Subject,
    pub test: Test,
}

/// What a test looks at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
pub enum Subject {
    /// A bare word: inside every text value of the event.
    AnyText,
    Field(Field),
    /// Initiator id, name, authnId, authnName.
    Who,
    /// Target id or name.
    What,
    /// A dotted path into the event.
    Path(String),
}

impl Subject {
    /// What a name before a colon stands for; `None` makes the token text.
    pub fn from_name(name: &str, vocabulary: &(impl Vocabulary + ?Sized)) -> Option<Subject> {
        match name {
            "" => None,
            "who" => Some(Subject::Who),
            "what" => Some(Subject::What),
            _ => Field::from_name(name).map(Subject::Field).or_else(|| {
                (CADF_PATHS.contains(&name) || vocabulary.has_path(name))
                    .then(|| Subject::Path(name.into()))
            }),
        }
    }

    /// The name that canonical text writes; empty for [`Subject::AnyText`].
    pub fn name(&self) -> &str {
        match self {
            Subject::AnyText => "",
            Subject::Field(field) => field.short_name(),
            Subject::Who => "who",
            Subject::What => "what",
            Subject::Path(path) => path,
        }
    }

    pub(super) fn is_time(&self) -> bool {
        matches!(self, Subject::Field(field) if field.kind() == FieldKind::Time)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Subject::Field(field) if field.kind() == FieldKind::Number)
    }

    /// May its values be addresses? A path's may.
    pub(super) fn may_be_address(&self) -> bool {
        match self {
            Subject::Field(field) => field.kind() == FieldKind::Address,
            Subject::Path(_) => true,
            _ => false,
        }
    }

    /// Does an unquoted `none` mean that the field is absent? Not on text, times and paths.
    pub(super) fn has_none(&self) -> bool {
        match self {
            Subject::Field(field) => field.kind() != FieldKind::Time,
            Subject::Who | Subject::What => true,
            Subject::AnyText | Subject::Path(_) => false,
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// `field:*`
    Present,
    /// `field:none`: absent, or the very word.
    None,
    /// The whole value, or for [`Subject::AnyText`] any part of it.
    Word(Pattern),
    Net(Net),
    /// A date or time: any instant of its unit.
    When(When),
    /// The text between the slashes, `\/` read as `/`. Known to compile.
    Regex(String),
    Compare(Comparison, Operand),
    /// Inclusive; `None` is an open end. Not both.
    Between(Option<Operand>, Option<Operand>),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Comparison {
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::AtLeast => ">=",
            Comparison::Above => ">",
            Comparison::AtMost => "<=",
            Comparison::Below => "<",
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    Number(f64),
    When(When),
}
