//! What a view is seen through: the events that a query and a range let pass.

use std::ops::Range;
use std::rc::Rc;

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
            n_in_range: store.events().count_in(places.clone()),
            n_matching: passing.places.count_in(places.clone()),
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
