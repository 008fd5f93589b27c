//! Counts by time for the bars above every view: what matches, and beside it what query or range hide.

use crate::cadf::Outcome;
use crate::protocol::Bin;
use crate::store::Store;
use crate::time::TimeRange;

use super::selection::Selection;
use super::selection::dated_within;

/// No screen has more pixels across.
const MOST_BINS: u32 = 4_096;

/// Bins of equal length over the domain; the last takes what division leaves.
pub fn bins(store: &Store, selection: &Selection, domain: TimeRange, n_bins: u32) -> Vec<Bin> {
    let n_bins = n_bins.clamp(1, MOST_BINS);
    let mut bins = vec![Bin::default(); n_bins as usize];
    let from = i128::from(domain.from().nanos());
    let length = (i128::from(domain.to().nanos()) - from).max(1);
    let mut bin = 0;
    let mut bin_end = end_of(bin, from, length, n_bins);
    // Rows come by time: the bin only ever moves on.
    for &row in dated_within(store, domain) {
        let at = i128::from(store.rows().sort_time(row as usize));
        while at >= bin_end && bin + 1 < bins.len() {
            bin += 1;
            bin_end = end_of(bin, from, length, n_bins);
        }
        let outcome = store.rows().outcome(row as usize);
        let bin = &mut bins[bin];
        let count = if selection.matching.get(row as usize) {
            match outcome {
                Outcome::Success => &mut bin.success,
                Outcome::Failure => &mut bin.failure,
                Outcome::Pending => &mut bin.pending,
                Outcome::Unknown | Outcome::None => &mut bin.other,
            }
        } else if outcome == Outcome::Failure {
            &mut bin.hidden_failure
        } else {
            &mut bin.hidden
        };
        *count += 1;
    }
    bins
}

fn end_of(bin: usize, from: i128, length: i128, n_bins: u32) -> i128 {
    from + length * (bin as i128 + 1) / i128::from(n_bins)
}

/// From the first to the last dated event, both inside; an instant alone gets the second around it.
pub fn whole_domain(store: &Store) -> TimeRange {
    let totals = store.counts().totals;
    let whole = totals.first.zip(totals.last).and_then(|(first, last)| {
        let last = if first == last {
            first.plus_nanos(crate::time::NANOS_PER_SEC)
        } else {
            last.plus_nanos(1)
        };
        TimeRange::new(first, last)
    });
    whole.unwrap_or_else(|| {
        let epoch = crate::time::Timestamp::from_secs(0);
        TimeRange::new(epoch, epoch.plus_nanos(crate::time::NANOS_PER_SEC))
            .unwrap_or(TimeRange::ALL)
    })
}
