//! The query language: text to clauses and back, and what a clause says of one event.
//! Refuses to know how events are stored: a store answers leaf by leaf, see [`Compiled`].
//!
//! ```text
//! or     = and { "OR" and }
//! and    = not { [ "AND" ] not }
//! not    = ( "NOT" | "-" ) not | "(" or ")" | [ name ":" ] value
//! value  = word | "quoted" | /regex/ | >=a | >a | <=a | <a | [a TO b] | a.b.c/n | "(" values ")"
//! ```
//! The first colon outside quotes ends a name; a name that is no alias, no CADF field and no path held makes
//! the whole token text to look for, and [`Parsed::notes`] says so. The rules in full: `rules.md`,
//! "The query language".

mod ast;
mod clause;
mod compile;
mod complete;
mod error;
mod field;
mod fix;
mod look;
mod parse;
mod pattern;
mod print;
mod signs;
mod value;
mod when;
mod when_read;

pub use ast::{Comparison, Expr, ExprKind, Operand, Query, Span, Subject, Term, Test};
pub use clause::{Clause, ClauseValue, Edit, FacetValue, clauses, facet_of_text};
pub use compile::{Compiled, Leaf, Node, NumberRange, Source, ValueTest};
pub use complete::{Completable, Completing};
pub use error::{Note, NoteKind, Problem, QueryError};
pub use field::{Field, FieldKind};
pub use look::{EventFields, Fields, path_present, path_values, text_values};
pub use parse::{Parsed, parse};
pub use pattern::{Matcher, Net, Pattern, Piece, fold};
pub use print::quoted;
pub use when::{Moment, When};

/// Which dotted paths occur in the events held.
pub trait Vocabulary {
    fn has_path(&self, path: &str) -> bool;

    /// Why a text is no regular expression.
    fn regex_problem(&self, source: &str) -> Option<String> {
        let error = regex_lite::Regex::new(source).err()?;
        Some(error.to_string())
    }
}

/// Nothing is held: only aliases and CADF fields are names.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPaths;

impl Vocabulary for NoPaths {
    fn has_path(&self, _path: &str) -> bool {
        false
    }
}

/// Any name with a dot in it may be a path, and any regular expression may be one: for edits of a text that is judged
/// elsewhere, by what is held.
#[derive(Clone, Copy, Debug, Default)]
pub struct DottedPaths;

impl Vocabulary for DottedPaths {
    fn has_path(&self, path: &str) -> bool {
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@' | '$');
        path.split('.').count() > 1
            && path
                .split('.')
                .all(|name| !name.is_empty() && name.chars().all(is_sign))
    }

    fn regex_problem(&self, _source: &str) -> Option<String> {
        None
    }
}

impl Vocabulary for std::collections::BTreeSet<String> {
    fn has_path(&self, path: &str) -> bool {
        self.contains(path)
    }
}

impl Vocabulary for std::collections::HashSet<String> {
    fn has_path(&self, path: &str) -> bool {
        self.contains(path)
    }
}

impl Vocabulary for [&str] {
    fn has_path(&self, path: &str) -> bool {
        self.contains(&path)
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
