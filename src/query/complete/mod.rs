//! What can stand at the cursor of the query: fields, then the values that occur with their counts inside the other
//! clauses. Asks the engine for rows and values through [`Asker`]; refuses to wait for a scan only to offer something.

mod names;
mod others;
mod sampled;
mod times;
mod values;

use std::rc::Rc;

use crate::cadf::Event;
use crate::protocol::Completion;
use crate::query::language::Completable;
use crate::query::language::Completing;
use crate::query::language::Field;
use crate::query::language::Moment;
use crate::query::language::Query;
use crate::query::language::Subject;
use crate::store::Store;

use super::filter::Held;
use super::selection::Selection;
use super::values::Counts;
use super::values::Values;

use others::Others;

/// Who knows the rows.
pub trait Asker {
    /// Why there is no answer yet.
    type Wait;

    fn store(&self) -> &Store;
    fn moment(&self) -> Moment;
    fn has_range(&self) -> bool;
    /// The rows of a query within the range.
    fn rows(&mut self, query: &Query) -> Result<Rc<Selection>, Self::Wait>;
    fn values(&mut self, subject: &Subject) -> Option<Rc<Values>>;
    fn count(&mut self, values: &Values, rows: &Selection) -> Counts;
    /// A row's event, read again.
    fn event(&mut self, row: u32) -> Option<Event>;
}

const MOST: u32 = 200;

/// At most `limit`; `cursor` counts characters.
pub fn complete<A: Asker>(
    asker: &mut A,
    text: &str,
    cursor: u32,
    limit: u32,
) -> Result<Vec<Completion>, A::Wait> {
    let held = Held(asker.store().paths());
    let Some(word) = Completing::at(text, cursor as usize, &held) else {
        return Ok(Vec::new());
    };
    let others = Others::of(text, &word, &held);
    let mut at = Place {
        text,
        word: &word,
        others: &others,
        room: limit.clamp(1, MOST) as usize,
    };
    match &word.what {
        Completable::Name { prefix } => {
            let values = values::of_any_field(asker, &at, prefix)?;
            at.room = at.room.saturating_sub(values.len());
            let mut offered = names::offer(asker.store(), &at, prefix);
            offered.extend(values);
            Ok(offered)
        }
        Completable::Value { subject, prefix } => match subject {
            Subject::Field(Field::EventTime) => times::offer(asker, &at, prefix),
            _ => match asker.values(subject) {
                Some(known) => values::of_field(asker, &at, subject, &known, prefix),
                None => sampled::offer(asker, &at, subject, prefix),
            },
        },
    }
}

/// Where the cursor stands, and how many completions may be offered there.
struct Place<'a> {
    text: &'a str,
    word: &'a Completing,
    others: &'a Others,
    room: usize,
}

/// A value, taken: the text after it and the cursor in it.
fn value(text: String, note: String, count: Option<u64>, taken: (String, usize)) -> Completion {
    Completion {
        text,
        note,
        count,
        query: taken.0,
        cursor: taken.1 as u32,
        is_field: false,
        is_pattern: false,
    }
}
