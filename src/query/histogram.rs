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
    let matching = &selection.matching;
    let mut start = inside.start;
    (0..n_bins)
        .map(|bin| {
            let end = if bin + 1 == n_bins {
                inside.end
            } else {
                let bin_end = end_of(bin, from, length, n_bins);
                store.rows().first_from(start..inside.end, bin_end as i64)
            };
            let places = start..end;
            start = end;
            let of = |outcome| {
                let outcome = store.of_outcome(outcome);
                matching.count_and_in(outcome, places.clone()) as u32
            };
            let (success, failure) = (of(Outcome::Success), of(Outcome::Failure));
            let pending = of(Outcome::Pending);
            let n_matching = matching.count_in(places.clone()) as u32;
            let n_held = store.events().count_in(places.clone()) as u32;
            let failures = store.of_outcome(Outcome::Failure).count_in(places) as u32;
            Bin {
                success,
                failure,
                pending,
                other: n_matching - success - failure - pending,
                hidden_failure: failures - failure,
                hidden: n_held - n_matching - (failures - failure),
            }
        })
        .collect()
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
