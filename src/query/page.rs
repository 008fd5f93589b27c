//! The visible window of the events table, and where an event stands in it.

use crate::cadf::Outcome;
use crate::protocol::Page;
use crate::protocol::RowId;
use crate::protocol::Step;
use crate::protocol::Stepped;
use crate::store::Field;
use crate::store::Group;
use crate::store::NONE;
use crate::store::Store;

use super::order::Ordered;
use super::row::row_view;

/// Rows a page sends at most, whatever was asked.
const MOST_ROWS: u32 = 2_000;

/// Rows `first..first + count` of an order.
pub fn page(store: &Store, ordered: &Ordered, first: u64, count: u32) -> Page {
    let from = first.min(ordered.len());
    let rows = ordered.rows(store, from..from + u64::from(count.min(MOST_ROWS)));
    Page {
        total: ordered.len(),
        first: from,
        rows: rows.into_iter().map(|row| row_view(store, row)).collect(),
    }
}

/// The next row from `from` on, in the order given or against it. Where the filter hides `from` itself, from its place
/// in time if the order is one of time, else from the start. Of the same correlation or resource also where the
/// filter hides it: then it has no position.
pub fn step(
    store: &Store,
    ordered: &Ordered,
    from: Option<u32>,
    step: Step,
    backward: bool,
) -> Option<Stepped> {
    match step {
        Step::Any => along(store, ordered, ordered, from, backward),
        Step::Failure => {
            let failures = ordered.narrowed(store, store.of_outcome(Outcome::Failure));
            along(store, ordered, &failures, from, backward)
        }
        Step::SameCorrelation => {
            let family = same_correlation(store, from?);
            around(store, ordered, family.iter().copied(), from?, backward)
        }
        Step::SameResource => {
            let resource = store.resource_of(from?)?;
            around(store, ordered, store.rows_of(resource), from?, backward)
        }
    }
}

/// The events that share an event's correlation id, by time; none where it has no such id.
pub fn same_correlation(store: &Store, row: u32) -> Vec<u32> {
    let rows = store.rows();
    let wanted = rows.code(Field::Correlation, row as usize);
    if wanted == NONE {
        return Vec::new();
    }
    let column = rows.group(Group::Correlation);
    let mut alike = vec![false; column.tuples.len()];
    alike[wanted as usize] = true;
    let mut family = column.codes.accepted(&alike);
    family.and(store.events());
    family.ones().map(|place| rows.row_at(place)).collect()
}

/// The next of `wanted`, which are some of `ordered` in the same order.
fn along(
    store: &Store,
    ordered: &Ordered,
    wanted: &Ordered,
    from: Option<u32>,
    backward: bool,
) -> Option<Stepped> {
    // What is hidden has a place in time, and none among sorted values.
    let from = from.filter(|&row| ordered.is_of_time() || ordered.has(store, row));
    let number = match from {
        Some(row) if backward => wanted.before(store, row).checked_sub(1)?,
        Some(row) => wanted.before(store, row) + u64::from(wanted.has(store, row)),
        None if backward => wanted.len().checked_sub(1)?,
        None => 0,
    };
    let row = *wanted.rows(store, number..number + 1).first()?;
    Some(Stepped {
        row: RowId(row),
        position: ordered.position(store, row),
    })
}

/// Within rows by time; `backward` is earlier. Goes round at the ends, so that a pair can be flipped through.
fn around(
    store: &Store,
    ordered: &Ordered,
    family: impl ExactSizeIterator<Item = u32> + Clone,
    from: u32,
    backward: bool,
) -> Option<Stepped> {
    let at = family.clone().position(|row| row == from)?;
    if family.len() < 2 {
        return None;
    }
    let n = family.len();
    let next = family
        .clone()
        .nth(if backward { at + n - 1 } else { at + 1 } % n)?;
    Some(Stepped {
        row: RowId(next),
        position: ordered.position(store, next),
    })
}
