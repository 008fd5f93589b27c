//! The ledger of what was fetched: region by interval, from a manifest or a service's own answers, and what follows
//! from it: the gaps, and which part of a value nobody watched. Refuses to guess: where nothing states what was
//! asked, there are no gaps and nothing is carried, only "coverage not stated" (`rules.md`, Carried).

use crate::sorting;
use crate::sorting::Ordered;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// How far an interval of a region can be relied on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standing {
    /// Still to be fetched.
    NotYet,
    /// Asked for and not answered.
    Failed,
    /// The answer or file was cut short: what came is kept, the rest is unknown.
    Truncated,
    /// Read whole, but nothing to hold it against.
    Claimed,
    /// Read whole; hash and count are those that the manifest states.
    Proven,
}

impl Standing {
    /// From worst to best.
    pub const ALL: [Standing; 5] = [
        Standing::NotYet,
        Standing::Failed,
        Standing::Truncated,
        Standing::Claimed,
        Standing::Proven,
    ];

    /// Was all of it fetched?
    pub fn is_fetched(self) -> bool {
        matches!(self, Standing::Claimed | Standing::Proven)
    }
}

/// Why a time was not fetched.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GapReason {
    /// No manifest names it and no request asked for it.
    NotAsked,
    NotYet,
    Failed,
    Truncated,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    pub range: TimeRange,
    pub reason: GapReason,
}

/// What is stated of each region. A source's statement is replaced as it loads: see [`Ledger::state`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ledger {
    regions: Ordered<String, Entries>,
    /// By region, and by who says so: a time of which records came that couldn't be read, and how many.
    unreadable: Ordered<(String, String), (TimeRange, u64)>,
}

/// What was stated, by whom it was (such as a file's address) and of which interval.
type Entries = Ordered<(String, Timestamp, Timestamp), Standing>;

impl Ledger {
    /// Says where an interval stands now; `by` names who says so, and replaces what it said of that interval before.
    pub fn state(&mut self, region: &str, range: TimeRange, by: &str, standing: Standing) {
        let entries = self.regions.get_or(region.to_owned(), Entries::default);
        *entries.get_or((by.to_owned(), range.from(), range.to()), || standing) = standing;
    }

    /// Says how many records of an interval came and could not be read; replaces what `by` said before.
    pub fn note_unreadable(&mut self, region: &str, range: TimeRange, by: &str, n: u64) {
        let key = (region.to_owned(), by.to_owned());
        *self.unreadable.get_or(key, || (range, n)) = (range, n);
    }

    /// How many records that could not be read may belong into a time of a region.
    pub fn n_unreadable(&self, region: &str, range: TimeRange) -> u64 {
        let of_region = self.unreadable.iter().filter(|((of, _), _)| of == region);
        let inside = of_region.filter(|(_, (of, _))| {
            let shared = of.intersect(range);
            shared.is_some_and(|shared| shared.nanos() > 0)
        });
        inside.map(|(_, (_, n))| n).sum()
    }

    /// Regions of which anything is stated, in order.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        self.regions.iter().map(|(region, _)| region.as_str())
    }

    /// Is it said at all what was fetched of this region? If not, the page says "coverage not stated".
    pub fn is_stated(&self, region: &str) -> bool {
        self.regions.get(region).is_some()
    }

    /// From the first to the last time that anything is stated of.
    pub fn extent(&self, region: &str) -> Option<TimeRange> {
        let entries = self.regions.get(region)?;
        let from = entries.iter().map(|((_, from, _), _)| *from).min()?;
        let to = entries.iter().map(|((_, _, to), _)| *to).max()?;
        TimeRange::new(from, to)
    }

    /// The unfetched times within a range, in order, none touching another of the same reason. `None`: not stated.
    /// Of several statements on one instant the best holds.
    pub fn gaps(&self, region: &str, range: TimeRange) -> Option<Vec<Gap>> {
        let entries = self.regions.get(region)?;
        // Where statements begin and end; how many of each standing hold is counted along the way.
        let mut turns: Vec<(Timestamp, Standing, i32)> = Vec::with_capacity(entries.len() * 2);
        for ((_, from, to), standing) in entries.iter() {
            turns.push((*from, *standing, 1));
            turns.push((*to, *standing, -1));
        }
        sorting::sort_by_key(&mut turns, |turn| turn.0);
        let mut held = [0i32; Standing::ALL.len()];
        let mut gaps: Vec<Gap> = Vec::new();
        let mut from = Timestamp::MIN;
        let end = (Timestamp::MAX, Standing::NotYet, 0);
        for (at, standing, change) in turns.into_iter().chain([end]) {
            let best = Standing::ALL
                .into_iter()
                .rev()
                .find(|standing| held[*standing as usize] > 0);
            if let Some(piece) = TimeRange::new(from, at).and_then(|piece| piece.intersect(range))
                && piece.nanos() > 0
                && let Some(reason) = reason(best)
            {
                push(
                    &mut gaps,
                    Gap {
                        range: piece,
                        reason,
                    },
                );
            }
            held[standing as usize] += change;
            from = at;
        }
        Some(gaps)
    }

    /// The times of a region that are proven read, in order, none touching another.
    pub fn proven(&self, region: &str) -> Vec<TimeRange> {
        let Some(entries) = self.regions.get(region) else {
            return Vec::new();
        };
        let proven = entries.iter().filter(|(_, at)| *at == Standing::Proven);
        let mut proven: Vec<(Timestamp, Timestamp)> =
            proven.map(|((_, from, to), _)| (*from, *to)).collect();
        sorting::sort(&mut proven);
        let mut merged: Vec<TimeRange> = Vec::new();
        for (from, to) in proven {
            let joined = merged.last().filter(|last| from <= last.to());
            let joined = joined.and_then(|last| TimeRange::new(last.from(), last.to().max(to)));
            match (joined, merged.last_mut()) {
                (Some(joined), Some(last)) => *last = joined,
                _ => merged.extend(TimeRange::new(from, to)),
            }
        }
        merged
    }

    /// Is every instant of the range proven? What is said within it is firm.
    pub fn is_proven(&self, region: &str, range: TimeRange) -> bool {
        covers(&self.proven(region), range)
    }
}

/// Whether one of these times, as [`Ledger::proven`] gives them, holds all of a range.
pub fn covers(proven: &[TimeRange], range: TimeRange) -> bool {
    let later = proven.partition_point(|piece| piece.from() <= range.from());
    let piece = later.checked_sub(1).map(|at| proven[at]);
    piece.is_some_and(|piece| piece.to() >= range.to())
}

/// Why an instant of this standing is a gap, if it is one.
fn reason(best: Option<Standing>) -> Option<GapReason> {
    match best {
        Some(Standing::Claimed | Standing::Proven) => None,
        Some(Standing::Truncated) => Some(GapReason::Truncated),
        Some(Standing::Failed) => Some(GapReason::Failed),
        Some(Standing::NotYet) => Some(GapReason::NotYet),
        None => Some(GapReason::NotAsked),
    }
}

fn push(gaps: &mut Vec<Gap>, gap: Gap) {
    match gaps.last_mut() {
        Some(last) if last.reason == gap.reason && last.range.to() == gap.range.from() => {
            last.range = TimeRange::new(last.range.from(), gap.range.to()).unwrap_or(last.range);
        }
        _ => gaps.push(gap),
    }
}

/// The parts of a known value's span that nobody watched: from the start of an unfetched time until the next event
/// that sets or shows the value again.
///
/// `witnesses` are the times of such events, in order; that at `from` may be among them. An open end (`to: None`)
/// gives a last part that ends at [`Timestamp::MAX`]. Gaps are in order, as [`Ledger::gaps`] gives them.
pub fn carried(
    from: Timestamp,
    to: Option<Timestamp>,
    witnesses: &[Timestamp],
    gaps: &[Gap],
) -> Vec<TimeRange> {
    let end = to.unwrap_or(Timestamp::MAX);
    let later = witnesses.iter().filter(|&&at| from < at && at < end);
    let mut parts = Vec::new();
    let mut seen = from;
    for until in later.copied().chain([end]) {
        // The first gap that was not over when the value was last seen.
        let gap = gaps.iter().find(|gap| gap.range.to() > seen);
        if let Some(gap) = gap
            && gap.range.from() < until
            && let Some(part) = TimeRange::new(gap.range.from().max(seen), until)
        {
            parts.push(part);
        }
        seen = until;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_secs(hour * 3600)
    }

    fn range(from: i64, to: i64) -> TimeRange {
        TimeRange::new(at(from), at(to)).expect("in order")
    }

    fn hours(range: TimeRange) -> (i64, i64) {
        let hour = |at: Timestamp| at.nanos() / 3_600_000_000_000;
        (hour(range.from()), hour(range.to()))
    }

    fn gaps_of(ledger: &Ledger, from: i64, to: i64) -> Vec<(i64, i64, GapReason)> {
        let gaps = ledger.gaps("dallas", range(from, to)).expect("stated");
        gaps.into_iter()
            .map(|gap| (hours(gap.range).0, hours(gap.range).1, gap.reason))
            .collect()
    }

    #[test]
    fn where_nothing_is_stated_there_are_no_gaps_and_nothing_is_proven() {
        let mut ledger = Ledger::default();
        ledger.state("us-east", range(0, 9), "a", Standing::Proven);
        assert_eq!(ledger.gaps("dallas", range(0, 9)), None);
        assert!(!ledger.is_stated("dallas") && !ledger.is_proven("dallas", range(0, 9)));
    }

    #[test]
    fn a_gap_says_why_it_is_one() {
        let mut ledger = Ledger::default();
        ledger.state("dallas", range(2, 4), "a", Standing::Proven);
        ledger.state("dallas", range(4, 6), "b", Standing::Claimed);
        ledger.state("dallas", range(8, 10), "c", Standing::Failed);
        ledger.state("dallas", range(10, 12), "d", Standing::NotYet);
        ledger.state("dallas", range(11, 14), "e", Standing::Truncated);
        assert_eq!(
            gaps_of(&ledger, 0, 16),
            [
                (0, 2, GapReason::NotAsked),
                (6, 8, GapReason::NotAsked),
                (8, 10, GapReason::Failed),
                (10, 11, GapReason::NotYet),
                (11, 14, GapReason::Truncated),
                (14, 16, GapReason::NotAsked),
            ]
        );
        assert_eq!(gaps_of(&ledger, 3, 5), []);
        assert_eq!(gaps_of(&ledger, 5, 7), [(6, 7, GapReason::NotAsked)]);
        assert_eq!(ledger.extent("dallas").map(hours), Some((2, 14)));
    }

    #[test]
    fn a_file_that_was_retried_fills_its_gap() {
        let mut ledger = Ledger::default();
        ledger.state("dallas", range(0, 4), "a", Standing::Failed);
        assert_eq!(gaps_of(&ledger, 0, 4), [(0, 4, GapReason::Failed)]);
        ledger.state("dallas", range(0, 4), "a", Standing::Proven);
        assert_eq!(gaps_of(&ledger, 0, 4), []);
    }

    #[test]
    fn records_that_cannot_be_read_are_counted_where_they_may_belong() {
        let mut ledger = Ledger::default();
        ledger.note_unreadable("dallas", range(0, 4), "a", 3);
        ledger.note_unreadable("dallas", range(0, 4), "a", 2);
        ledger.note_unreadable("dallas", range(4, 8), "b", 1);
        ledger.note_unreadable("us-east", range(0, 9), "c", 7);
        assert_eq!(ledger.n_unreadable("dallas", range(3, 5)), 3);
        assert_eq!(ledger.n_unreadable("dallas", range(4, 5)), 1);
        assert_eq!(ledger.n_unreadable("dallas", range(8, 9)), 0);
    }

    #[test]
    fn only_what_is_proven_throughout_is_proven() {
        let mut ledger = Ledger::default();
        ledger.state("dallas", range(4, 8), "b", Standing::Proven);
        ledger.state("dallas", range(0, 5), "a", Standing::Proven);
        ledger.state("dallas", range(8, 9), "c", Standing::Claimed);
        assert!(ledger.is_proven("dallas", range(1, 8)));
        assert!(!ledger.is_proven("dallas", range(1, 9)));
    }

    fn parts(
        from: i64,
        to: Option<i64>,
        witnesses: &[i64],
        gaps: &[(i64, i64)],
    ) -> Vec<(i64, i64)> {
        let witnesses: Vec<Timestamp> = witnesses.iter().map(|&h| at(h)).collect();
        let gaps: Vec<Gap> = gaps
            .iter()
            .map(|&(from, to)| Gap {
                range: range(from, to),
                reason: GapReason::NotAsked,
            })
            .collect();
        carried(at(from), to.map(at), &witnesses, &gaps)
            .into_iter()
            .map(hours)
            .collect()
    }

    #[test]
    fn a_value_is_carried_from_a_gap_until_an_event_shows_it_again() {
        assert_eq!(parts(0, Some(20), &[0], &[(5, 7)]), [(5, 20)]);
        assert_eq!(parts(0, Some(20), &[0, 10], &[(5, 7)]), [(5, 10)]);
        assert_eq!(
            parts(0, Some(20), &[3, 10], &[(5, 7), (12, 13)]),
            [(5, 10), (12, 20)]
        );
        assert_eq!(parts(0, Some(20), &[], &[]), []);
        assert_eq!(parts(0, Some(5), &[], &[(5, 7)]), []);
        assert_eq!(parts(8, Some(9), &[], &[(5, 7)]), []);
    }

    #[test]
    fn an_event_inside_a_gap_shows_the_value_at_that_instant_only() {
        assert_eq!(parts(6, Some(9), &[6], &[(5, 7)]), [(6, 9)]);
        assert_eq!(parts(0, Some(9), &[6], &[(5, 7)]), [(5, 6), (6, 9)]);
    }

    #[test]
    fn an_open_value_is_carried_without_end() {
        let parts = carried(
            at(0),
            None,
            &[],
            &[Gap {
                range: range(5, 7),
                reason: GapReason::Failed,
            }],
        );
        assert_eq!(
            parts,
            [TimeRange::new(at(5), Timestamp::MAX).expect("in order")]
        );
    }

    proptest! {
        #[test]
        fn gaps_and_fetched_times_share_the_range_between_them(
            entries in prop::collection::vec((0i64..30, 1i64..6, 0usize..5), 1..8),
        ) {
            let standings = Standing::ALL;
            let mut ledger = Ledger::default();
            for (n, &(from, length, standing)) in entries.iter().enumerate() {
                ledger.state("dallas", range(from, from + length), &n.to_string(), standings[standing]);
            }
            let gaps = ledger.gaps("dallas", range(0, 40)).expect("stated");
            for hour in 0..40 {
                let fetched = entries.iter().any(|&(from, length, standing)| {
                    (from..from + length).contains(&hour) && standings[standing].is_fetched()
                });
                let in_gap = gaps.iter().filter(|gap| gap.range.contains(at(hour))).count();
                prop_assert_eq!(in_gap, usize::from(!fetched), "hour {}", hour);
            }
            prop_assert!(gaps.windows(2).all(|pair| pair[0].range.to() <= pair[1].range.from()));
        }
    }
}
