//! What a view is seen through: the events that a query and a range let pass.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use columns::PrefixCounts;

use crate::cadf::Outcome;
use crate::store::Bitmap;
use crate::store::Store;
use crate::time::TimeRange;

/// What a query lets pass, whenever it happened.
#[derive(Debug)]
pub struct Passing {
    /// Tells two of them apart within one engine.
    pub id: u64,
    /// As the store has them.
    pub places: Rc<Bitmap>,
    pub counts: Rc<PrefixCounts>,
    by_outcome: OnceCell<[PrefixCounts; Outcome::ALL.len()]>,
}

impl Passing {
    pub fn new(id: u64, places: Rc<Bitmap>) -> Passing {
        Passing {
            id,
            counts: PrefixCounts::of(&places).into(),
            places,
            by_outcome: OnceCell::new(),
        }
    }

    /// How many of a range pass.
    pub fn n_in(&self, range: Range<usize>) -> u64 {
        self.counts.count_in(&self.places, range)
    }

    /// How many of those that pass ended so.
    pub fn n_of_outcome(&self, store: &Store, outcome: Outcome, range: Range<usize>) -> u64 {
        let places = |outcome| store.of_outcome(outcome);
        let by_outcome = self.by_outcome.get_or_init(|| {
            Outcome::ALL.map(|outcome| PrefixCounts::of_both(&self.places, places(outcome)))
        });
        by_outcome[outcome as usize].count_both_in(&self.places, places(outcome), range)
    }
}

#[derive(Debug)]
pub struct Selection {
    /// Tells two selections apart within one engine.
    pub id: u64,
    pub passing: Rc<Passing>,
    /// The places that the range leaves: all where there is none, else those of dated events inside.
    pub places: Range<usize>,
    pub n_matching: u64,
    /// By range alone.
    pub n_in_range: u64,
}

impl Selection {
    pub fn new(
        id: u64,
        store: &Store,
        passing: Rc<Passing>,
        range: Option<TimeRange>,
    ) -> Selection {
        let places = match range {
            None => 0..store.events().len(),
            Some(range) => store.dated_within(range),
        };
        Selection {
            id,
            n_in_range: store.n_events_in(places.clone()),
            n_matching: passing.n_in(places.clone()),
            passing,
            places,
        }
    }

    pub fn has(&self, store: &Store, row: u32) -> bool {
        let place = store.rows().place_of(row);
        self.places.contains(&place) && self.passing.places.get(place)
    }

    /// The places of those that match, from the newest on.
    pub fn newest(&self) -> impl Iterator<Item = usize> + '_ {
        self.passing.places.ones_back(self.places.clone())
    }
}
