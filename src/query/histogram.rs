//! Counts by time for the bars above every view: what matches, and beside it what query or range hide.

use crate::cadf::Outcome;
use crate::protocol::Bin;
use crate::store::Store;
use crate::time::TimeRange;

use super::selection::Selection;

/// No screen has more pixels across.
const MOST_BINS: u32 = 4_096;

/// Bins of equal length over the domain; the last takes what division leaves.
pub fn bins(store: &Store, selection: &Selection, domain: TimeRange, n_bins: u32) -> Vec<Bin> {
    let n_bins = n_bins.clamp(1, MOST_BINS);
    let from = i128::from(domain.from().nanos());
    let length = (i128::from(domain.to().nanos()) - from).max(1);
    let inside = store.dated_within(domain);
    let mut edges = vec![inside.start];
    for bin in 0..n_bins - 1 {
        let bin_end = end_of(bin, from, length, n_bins);
        let rest = edges[bin as usize]..inside.end;
        edges.push(store.rows().first_from(rest, bin_end as i64));
    }
    edges.push(inside.end);
    let (passing, within) = (&selection.passing, &selection.places);
    let bin = |at: usize| {
        let all = edges[at]..edges[at + 1];
        let clamped = |edge: usize| edge.clamp(within.start, within.end);
        let shown = clamped(all.start)..clamped(all.end);
        let of = |outcome| passing.n_of_outcome(store, outcome, shown.clone()) as u32;
        let [success, failure, pending] =
            [Outcome::Success, Outcome::Failure, Outcome::Pending].map(of);
        let n_shown = passing.n_in(shown.clone()) as u32;
        let hidden_failure = store.n_failures_in(all.clone()) as u32 - failure;
        Bin {
            success,
            failure,
            pending,
            other: n_shown - success - failure - pending,
            hidden_failure,
            hidden: store.n_events_in(all) as u32 - n_shown - hidden_failure,
        }
    };
    (0..n_bins as usize).map(bin).collect()
}

fn end_of(bin: u32, from: i128, length: i128, n_bins: u32) -> i128 {
    from + length * (i128::from(bin) + 1) / i128::from(n_bins)
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
