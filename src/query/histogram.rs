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
    let failures = store.of_outcome(Outcome::Failure);
    let held = store.events().count_runs(store.events(), &edges);
    let failed = failures.count_runs(failures, &edges);
    // What the range hides is in no run.
    let within = &selection.places;
    for edge in &mut edges {
        *edge = (*edge).clamp(within.start, within.end);
    }
    let passing = &selection.passing.places;
    let shown = passing.count_runs(passing, &edges);
    let of = |outcome| passing.count_runs(store.of_outcome(outcome), &edges);
    let [success, failure, pending] =
        [Outcome::Success, Outcome::Failure, Outcome::Pending].map(of);
    let bin = |at: usize| Bin {
        success: success[at],
        failure: failure[at],
        pending: pending[at],
        other: shown[at] - success[at] - failure[at] - pending[at],
        hidden_failure: failed[at] - failure[at],
        hidden: held[at] - shown[at] - (failed[at] - failure[at]),
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
