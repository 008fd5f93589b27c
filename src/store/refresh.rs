//! Makes what was appended visible: settles identities, sorts by time, resolves resources, groups, counts.
//! Refuses to depend on arrival order: the same records give the same answers, however they came.

use std::ops::Range;

use columns::Codes;
use columns::PrefixCounts;

use crate::cadf::Outcome;
use crate::lifecycle::Identities;
use crate::lifecycle::resolve;
use crate::protocol::Totals;
use crate::sorting;
use crate::time::Timestamp;

use super::Bitmap;
use super::Field;
use super::Group;
use super::Store;
use super::groups::MARKS;
use super::groups::REFERENCE;
use super::rows::UNDATED;
use super::rows::outcome_of;

/// What is said of all events held.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub totals: Totals,
    /// Distinct resources.
    pub resources: u64,
    /// By outcome, in the order of `Outcome::ALL`.
    pub outcomes: [u64; 5],
    /// By kind, in the order of [`Kind::ALL`].
    pub kinds: [u64; 6],
    /// Events that each part tells, by part.
    pub by_part: Vec<u64>,
}

/// Rows that are sorted at once.
const FEW: usize = 1 << 16;

impl Store {
    pub fn refresh(&mut self) {
        self.generation += 1;
        self.settle_identities();
        self.sort();
        self.resolve_resources();
        self.group();
        self.count();
    }

    /// What is held is sorted already: only what is new is sorted and merged in.
    fn sort(&mut self) {
        let n_now = self.rows.len();
        let was_rewritten = std::mem::take(&mut self.was_rewritten);
        self.n_rewritten += u64::from(was_rewritten);
        let n_sorted = if was_rewritten { 0 } else { self.events.len() };
        let row_at = |place| self.rows.row_at(place);
        let mut order: Vec<u32> = (n_sorted..n_now).map(row_at).collect();
        self.sort_new(&mut order);
        // What stands before all that is new stays as it is.
        let first = order.first().map(|&row| self.rows.sort_time(row as usize));
        let from = first.map_or(n_sorted, |time| self.rows.first_from(0..n_sorted, time));
        if from < n_sorted {
            self.merge(from..n_sorted, &mut order);
        }
        self.rows.arrange(from, order);
        self.events = Bitmap::all(n_now);
        for &row in self.folded.keys() {
            self.events.clear(self.rows.place_of(row));
        }
        self.n_undated = self.rows.first_from(0..n_now, UNDATED + 1);
        self.outcomes = Outcome::ALL.map(|outcome| {
            let deeds = self.rows.group(Group::Deed);
            let ended_so = |code| outcome_of(deeds.tuples.get(code, MARKS)) == outcome;
            let accepted: Vec<bool> = (0..deeds.tuples.len() as u32).map(ended_so).collect();
            let mut places = deeds.codes.accepted(&accepted);
            places.and(&self.events);
            places
        });
        self.n_events = PrefixCounts::of(&self.events);
        self.n_failures = PrefixCounts::of(self.of_outcome(Outcome::Failure));
    }

    /// Parts many rows by their times until few are compared with each other: those stand side by side, where comparing
    /// rows by the million waits for memory each time.
    fn sort_new(&self, rows: &mut [u32]) {
        if rows.is_sorted_by(|&a, &b| self.in_order(a, b).is_le()) {
            return;
        }
        if rows.len() <= FEW {
            return self.sort_few(rows);
        }
        let time = |row: u32| self.rows.sort_time(row as usize);
        let times = || rows.iter().map(|&row| time(row));
        let first = times().min().unwrap_or(UNDATED);
        let since_first = |time: i64| time.wrapping_sub(first) as u64 as f64;
        let span = since_first(times().max().unwrap_or(UNDATED));
        if span == 0.0 {
            return self.sort_few(rows);
        }
        // The first and the last row come apart, so that no part is as large as the whole.
        let n_parts = 2 * rows.len() / FEW + 1;
        let part_of = |row: u32| (since_first(time(row)) / span * (n_parts - 1) as f64) as usize;
        let mut ends = vec![0; n_parts];
        for &row in rows.iter() {
            ends[part_of(row)] += 1;
        }
        let mut end = 0;
        for part in &mut ends {
            end += *part;
            *part = end;
        }
        part_in_place(rows, &ends, part_of);
        let mut rest = rows;
        let mut start = 0;
        for end in ends {
            let (part, after) = rest.split_at_mut(end - start);
            self.sort_new(part);
            (rest, start) = (after, end);
        }
    }

    /// By time alone first: few instants have several events.
    fn sort_few(&self, rows: &mut [u32]) {
        let keyed = rows
            .iter()
            .map(|&row| (self.rows.sort_time(row as usize), row));
        let mut keyed: Vec<(i64, u32)> = keyed.collect();
        sorting::sort(&mut keyed);
        for (row, (_, sorted)) in rows.iter_mut().zip(&keyed) {
            *row = *sorted;
        }
        let mut rest = rows;
        for instant in keyed.chunk_by(|a, b| a.0 == b.0) {
            let (rows, after) = rest.split_at_mut(instant.len());
            sorting::sort_rows(rows, &mut |a, b| self.in_order(a, b));
            rest = after;
        }
    }

    /// Puts the rows that stand at places, in their order, among new ones in theirs. From the end: only the new ones are
    /// held twice.
    fn merge(&self, held: Range<usize>, rows: &mut Vec<u32>) {
        let new = rows.clone();
        rows.resize(new.len() + held.len(), 0);
        let timed = |row: u32| (self.rows.sort_time(row as usize), row);
        let mut held = held.rev().map(|place| timed(self.rows.row_at(place)));
        let mut new = new.into_iter().rev().map(timed);
        let (mut last_held, mut last_new) = (held.next(), new.next());
        for row in rows.iter_mut().rev() {
            let is_new_later = match (last_held, last_new) {
                (Some((held_at, held)), Some((new_at, new))) => held_at
                    .cmp(&new_at)
                    .then_with(|| self.in_order(held, new))
                    .is_le(),
                (None, _) => true,
                (_, None) => false,
            };
            let last = if is_new_later {
                std::mem::replace(&mut last_new, new.next())
            } else {
                std::mem::replace(&mut last_held, held.next())
            };
            if let Some((_, last)) = last {
                *row = last;
            }
        }
    }

    /// By time; within an instant a provision or create first and a reclaim or delete last, the rest by id as written
    /// (or hash), then by what they say.
    pub fn in_order(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let (a, b) = (a as usize, b as usize);
        let rows = &self.rows;
        rows.sort_time(a)
            .cmp(&rows.sort_time(b))
            .then_with(|| self.rank(a).cmp(&self.rank(b)))
            .then_with(|| rows.ids.compare(a, b))
            .then_with(|| {
                let said = |row| {
                    let text = |field| rows.get(field, row);
                    (
                        rows.outcome(row),
                        text(Field::Action),
                        text(Field::TargetName),
                    )
                };
                said(a).cmp(&said(b))
            })
            .then_with(|| rows.fingerprint(a).cmp(&rows.fingerprint(b)))
            .then_with(|| {
                let account = |row| rows.get(Field::Account, row);
                account(a).cmp(&account(b))
            })
    }

    fn rank(&self, row: usize) -> u8 {
        let effect = self.rows.act(row).map(|act| self.catalogue.get(act).effect);
        match effect {
            Some(effect) if effect.begins_life() => 0,
            Some(effect) if effect.ends_life() => 2,
            _ => 1,
        }
    }

    /// Which resource a reference lands on depends on all references and on nothing else: without a new one it stands.
    fn resolve_resources(&mut self) {
        if self.resources.n_references() != self.references.0.len() {
            // Made anew from nothing of it: its room is free for what takes its place.
            self.resources = Identities::default();
            self.resources = resolve(self.known(), self.config_account.as_deref());
        }
    }

    /// Events by resource, in the order of time inside each.
    fn group(&mut self) {
        // Made anew from nothing of it: its room is free for what takes its place.
        self.resource_rows = Codes::default();
        let targets = self.rows.group(Group::Target);
        let resource_of = |code| self.resource_named(targets.tuples.get(code, REFERENCE));
        let resources: Vec<u32> = (0..targets.tuples.len() as u32)
            .map(|code| resource_of(code).unwrap_or(u32::MAX))
            .collect();
        let n = self.resources.len() as usize;
        let (starts, rows) =
            targets
                .codes
                .grouped(&self.events, &resources, n, self.rows.by_place());
        self.resource_starts = starts;
        self.resource_rows = rows;
    }

    fn count(&mut self) {
        let mut counts = Counts {
            by_part: vec![0; self.parts.len()],
            outcomes: Outcome::ALL.map(|outcome| self.of_outcome(outcome).count()),
            ..Counts::default()
        };
        for (reference, n) in self.occurring(Group::Target, REFERENCE) {
            counts.kinds[self.kind_named(reference) as usize] += n;
        }
        for row in 0..self.rows.len() {
            if self.folded.is_empty() || !self.folded.contains_key(&(row as u32)) {
                counts.by_part[self.rows.part(row) as usize] += 1;
            }
        }
        // A resource whose only events were folded into others has none of its own.
        counts.resources = self
            .resource_starts
            .windows(2)
            .filter(|pair| pair[0] < pair[1])
            .count() as u64;
        let parts = || self.parts.iter().filter(|part| !part.is_superseded);
        let items: u64 = parts().map(|part| part.items).sum();
        let events = self.events.count();
        let time = |place: Option<usize>| Some(Timestamp::from_nanos(self.rows.nanos_at(place?)));
        counts.totals = Totals {
            events,
            copies: items.saturating_sub(events),
            conflicts: self.n_conflicts,
            rejected: parts().map(|part| part.rejected).sum(),
            other_records: parts().map(|part| part.other_records).sum(),
            undated: self.events.count_in(0..self.n_undated),
            first: time(self.events.ones_in(self.dated()).next()),
            last: time(self.events.ones_back(self.dated()).next()),
        };
        self.counts = counts;
    }

    /// The codes that a slot of a group holds in events, with how many each; a code may come more than once.
    pub fn occurring(&self, group: Group, slot: usize) -> impl Iterator<Item = (u32, u64)> + '_ {
        let group = self.rows.group(group);
        let tuples = &group.tuples;
        let counts = group
            .codes
            .count(&self.events, 0..self.events.len(), tuples.len());
        (0u32..)
            .zip(counts)
            .filter(|(_, n)| *n > 0)
            .map(move |(code, n)| (tuples.get(code, slot), u64::from(n)))
    }
}

/// Moves rows to their parts, each of which ends where `ends` says and begins where the one before it ends.
fn part_in_place(rows: &mut [u32], ends: &[usize], part_of: impl Fn(u32) -> usize) {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let mut next: Vec<usize> = starts.take(ends.len()).collect();
    for part in 0..ends.len() {
        while next[part] < ends[part] {
            let row = rows[next[part]];
            let own = part_of(row);
            rows.swap(next[part], next[own]);
            next[own] += 1;
        }
    }
}
