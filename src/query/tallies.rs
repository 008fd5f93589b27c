//! How often each combination of a column occurs in a selection. Facets of one column share a count; who drags a range over
//! the same events is counted from prefix counts, made when a second range is asked for.

use std::ops::Range;
use std::rc::Rc;

use columns::Prefix;

use crate::store::Bitmap;
use crate::store::Group;
use crate::store::Store;

use super::recent::Recent;
use super::selection::Selection;

#[derive(Debug, Default)]
pub struct Tallies {
    held: Recent<(u64, Group), Tally>,
}

#[derive(Debug)]
struct Tally {
    range: Range<usize>,
    counts: Rc<[u32]>,
    prefix: Option<Prefix>,
}

/// One for each column, twice over: facets of clauses that are edited have selections of their own.
const MOST: usize = 2 * Group::ALL.len();

impl Tallies {
    /// By the combination's code.
    pub fn of(&mut self, store: &Store, group: Group, selection: &Selection) -> Rc<[u32]> {
        let column = store.rows().group(group);
        let n_codes = column.tuples.len();
        let (id, passing): (u64, &Bitmap) = (selection.passing.id, &selection.passing.places);
        let range = selection.places.clone();
        let counts = match self.held.get(&(id, group)) {
            Some(held) if held.range == range => return held.counts.clone(),
            Some(held) => {
                let new = || Prefix::new(&column.codes, passing, n_codes);
                let prefix = held.prefix.get_or_insert_with(new);
                held.counts = prefix.count(&column.codes, passing, range.clone()).into();
                held.range = range;
                return held.counts.clone();
            }
            None => column.codes.count(passing, range.clone(), n_codes),
        };
        let counts: Rc<[u32]> = counts.into();
        let tally = Tally {
            range,
            counts: counts.clone(),
            prefix: None,
        };
        self.held.put((id, group), tally, MOST);
        counts
    }
}
