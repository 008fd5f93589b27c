//! How often each combination of a column occurs in a selection. Facets of one column share a count; who drags a range over
//! the same events costs what comes and goes at its ends.

use std::ops::Range;
use std::rc::Rc;

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
}

/// One for each column, twice over: facets of clauses that are edited have selections of their own.
const MOST: usize = 2 * Group::ALL.len();

impl Tallies {
    /// By the combination's code.
    pub fn of(&mut self, store: &Store, group: Group, selection: &Selection) -> Rc<[u32]> {
        let column = store.rows().group(group);
        let (id, passing): (u64, &Bitmap) = (selection.passing.id, &selection.passing.places);
        let range = selection.places.clone();
        if let Some(held) = self.held.get(&(id, group)) {
            let (gone, come) = (beyond(&held.range, &range), beyond(&range, &held.range));
            let moved = gone.iter().chain(&come).map(ExactSizeIterator::len);
            if moved.sum::<usize>() <= range.len() {
                if held.range != range {
                    let counts = Rc::make_mut(&mut held.counts);
                    for (ends, is_off) in [(gone, true), (come, false)] {
                        for end in ends {
                            column.codes.add(counts, passing, end, is_off);
                        }
                    }
                    held.range = range;
                }
                return held.counts.clone();
            }
        }
        let counts = column
            .codes
            .count(passing, range.clone(), column.tuples.len());
        let counts: Rc<[u32]> = counts.into();
        let tally = Tally {
            range,
            counts: counts.clone(),
        };
        self.held.put((id, group), tally, MOST);
        counts
    }
}

/// What of a range lies before and behind another.
fn beyond(range: &Range<usize>, other: &Range<usize>) -> [Range<usize>; 2] {
    [
        range.start..range.end.min(other.start),
        range.start.max(other.end)..range.end,
    ]
}
