//! What a view is seen through: the events that a query and a range let pass.

use crate::store::Bitmap;
use crate::store::Store;
use crate::time::TimeRange;

#[derive(Debug)]
pub struct Selection {
    /// Tells two selections apart within one engine.
    pub id: u64,
    /// By query and range; by place, as the store has them.
    pub matching: Bitmap,
    pub n_matching: u64,
    /// By range alone.
    pub n_in_range: u64,
    pub range: Option<TimeRange>,
}

impl Selection {
    /// All events where there is no range; else the dated ones inside.
    pub fn new(id: u64, store: &Store, passing: Bitmap, range: Option<TimeRange>) -> Selection {
        let mut matching = passing;
        let mut n_in_range = store.counts().totals.events;
        if let Some(range) = range {
            let inside = store.dated_within(range);
            n_in_range = store.events().count_in(inside.clone());
            matching.keep(inside);
        }
        Selection {
            id,
            n_matching: matching.count(),
            matching,
            n_in_range,
            range,
        }
    }

    pub fn has(&self, store: &Store, row: u32) -> bool {
        self.matching.get(store.rows().place_of(row))
    }
}
