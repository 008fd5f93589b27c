//! The visible window of the events table, and where an event stands in it.

use crate::cadf::Outcome;
use crate::protocol::Column;
use crate::protocol::Order;
use crate::protocol::Page;
use crate::protocol::RowId;
use crate::protocol::Step;
use crate::protocol::Stepped;
use crate::store::Field;
use crate::store::NONE;
use crate::store::Store;

use super::row::row_view;
use super::selection::Selection;

/// Rows a page sends at most, whatever was asked.
const MOST_ROWS: u32 = 2_000;

/// Rows `first..first + count` of rows already in order.
pub fn page(store: &Store, ordered: &[u32], first: u64, count: u32) -> Page {
    let from = (first as usize).min(ordered.len());
    let to = ordered.len().min(from + count.min(MOST_ROWS) as usize);
    Page {
        total: ordered.len() as u64,
        first: from as u64,
        rows: ordered[from..to]
            .iter()
            .map(|&row| row_view(store, row))
            .collect(),
    }
}

pub fn position(ordered: &[u32], row: u32) -> Option<u64> {
    ordered
        .iter()
        .position(|&other| other == row)
        .map(|at| at as u64)
}

/// The next row from `from` on, in the order given or against it. Where the filter hides `from` itself, from its place
/// in time if the order is one of time, else from the start. Of the same correlation or resource also where the
/// filter hides it: then it has no position.
pub fn step(
    store: &Store,
    selection: &Selection,
    (ordered, order): (&[u32], Order),
    from: Option<u32>,
    step: Step,
    backward: bool,
) -> Option<Stepped> {
    let rows = store.rows();
    let sides = sides(store, ordered, order, from);
    match step {
        Step::Any => along(ordered, sides, backward, |_| true),
        Step::Failure => along(ordered, sides, backward, |row| {
            rows.outcome(row as usize) == Outcome::Failure
        }),
        Step::SameCorrelation => {
            let code = rows.text(Field::Correlation).code(from? as usize);
            let is_same =
                |row: u32| code != NONE && rows.text(Field::Correlation).code(row as usize) == code;
            let family: Vec<u32> = store
                .by_time()
                .iter()
                .copied()
                .filter(|&r| is_same(r))
                .collect();
            around(selection, ordered, &family, from?, backward)
        }
        Step::SameResource => {
            let resource = store.resource_of(from?)?;
            around(selection, ordered, store.rows_of(resource), from?, backward)
        }
    }
}

fn along(
    ordered: &[u32],
    (upto, after): (usize, usize),
    backward: bool,
    is_wanted: impl Fn(u32) -> bool,
) -> Option<Stepped> {
    let found = if backward {
        (0..upto).rev().find(|&at| is_wanted(ordered[at]))
    } else {
        (after..ordered.len()).find(|&at| is_wanted(ordered[at]))
    };
    found.map(|at| Stepped {
        row: RowId(ordered[at]),
        position: Some(at as u64),
    })
}

/// What lies before a row ends at the first place, what lies after it begins at the second.
fn sides(store: &Store, ordered: &[u32], order: Order, from: Option<u32>) -> (usize, usize) {
    let Some(row) = from else {
        return (ordered.len(), 0);
    };
    match position(ordered, row) {
        Some(at) => (at as usize, at as usize + 1),
        None if order.by == Column::Time => {
            let is_before = |&other: &u32| match order.ascending {
                true => store.in_order(other, row).is_lt(),
                false => store.in_order(other, row).is_gt(),
            };
            let at = ordered.partition_point(is_before);
            (at, at)
        }
        None => (ordered.len(), 0),
    }
}

/// Within rows by time; `backward` is earlier. Goes round at the ends, so that a pair can be flipped through.
fn around(
    selection: &Selection,
    ordered: &[u32],
    family: &[u32],
    from: u32,
    backward: bool,
) -> Option<Stepped> {
    let at = family.iter().position(|&row| row == from)?;
    if family.len() < 2 {
        return None;
    }
    let n = family.len();
    let next = family[if backward { at + n - 1 } else { at + 1 } % n];
    let is_shown = selection.matching.get(next as usize);
    Some(Stepped {
        row: RowId(next),
        position: is_shown.then(|| position(ordered, next)).flatten(),
    })
}
