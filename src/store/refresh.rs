//! Makes what was appended visible: settles identities, sorts by time, resolves resources, groups, counts.
//! Refuses to depend on arrival order: the same records give the same answers, however they came.

use crate::cadf::Kind;
use crate::lifecycle::resolve;
use crate::protocol::Totals;
use crate::sorting;
use crate::time::Timestamp;

use super::Store;
use super::ids::IdKey;

/// What is said of all events held.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub totals: Totals,
    /// Distinct resources.
    pub resources: u64,
    /// By outcome, in the order of `Outcome::ALL`.
    pub outcomes: [u64; 5],
    /// By kind, in the order of [`Kind`].
    pub kinds: [u64; 6],
    /// Events that each part tells, by part.
    pub by_part: Vec<u64>,
}

pub const KINDS: [Kind; 6] = [
    Kind::Vsi,
    Kind::BareMetal,
    Kind::Instance,
    Kind::BareMetalServer,
    Kind::Volume,
    Kind::Other,
];

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
        let n_before = self.resource_of_row.len() as u32;
        let n_now = self.rows.len() as u32;
        let was_rewritten = std::mem::take(&mut self.was_rewritten);
        let (mut old, mut new): (Vec<u32>, Vec<u32>) = if was_rewritten {
            (Vec::new(), (0..n_now).collect())
        } else {
            let known = std::mem::take(&mut self.all_by_time);
            (known, (n_before..n_now).collect())
        };
        sorting::sort_rows(&mut new, &mut |a, b| self.in_order(a, b));
        if old.is_empty() {
            old = new;
        } else if !new.is_empty() {
            old = merge(&old, &new, |a, b| self.in_order(a, b).is_le());
        }
        self.by_time = old
            .iter()
            .copied()
            .filter(|row| !self.folded.contains_key(row))
            .collect();
        self.all_by_time = old;
        self.n_undated = self
            .by_time
            .partition_point(|&row| self.rows.time(row as usize).is_none());
    }

    /// By time; within an instant a provision or create first and a reclaim or delete last, the rest by id as written
    /// (or hash), then by content.
    pub fn in_order(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let (a, b) = (a as usize, b as usize);
        let rows = &self.rows;
        rows.sort_time(a)
            .cmp(&rows.sort_time(b))
            .then_with(|| self.rank(a).cmp(&self.rank(b)))
            .then_with(|| match (rows.ids.key(a), rows.ids.key(b)) {
                (IdKey::Hex(x), IdKey::Hex(y)) | (IdKey::Uuid(x), IdKey::Uuid(y)) => x.cmp(&y),
                _ => rows.ids.name(a).cmp(&rows.ids.name(b)),
            })
            .then_with(|| rows.short_hash(a).cmp(&rows.short_hash(b)))
            .then_with(|| {
                let account = |row| rows.get(super::Field::Account, row);
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
        let references = self.references.all();
        if self.resources.resource_of.len() != references.len() {
            self.resources = resolve(references, self.config_account.as_deref());
        }
        let found = &self.resources;
        self.resource_of_row = (0..self.rows.len())
            .map(|row| {
                let reference = self.rows.reference(row) as usize;
                let landed = found.resource_of.get(reference).copied().flatten();
                landed.unwrap_or(u32::MAX)
            })
            .collect();
    }

    /// A counting sort by resource keeps the order of time inside each.
    fn group(&mut self) {
        let n = self.resources.resources.len();
        let mut starts = vec![0u32; n + 1];
        let resource_of = |row: &u32| self.resource_of_row[*row as usize];
        for row in &self.by_time {
            let ix = resource_of(row);
            if ix != u32::MAX {
                starts[ix as usize + 1] += 1;
            }
        }
        for at in 0..n {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut rows = vec![0u32; starts[n] as usize];
        for row in &self.by_time {
            let ix = resource_of(row);
            if ix != u32::MAX {
                let place = &mut next[ix as usize];
                rows[*place as usize] = *row;
                *place += 1;
            }
        }
        self.resource_starts = starts;
        self.resource_rows = rows;
    }

    fn count(&mut self) {
        let mut counts = Counts {
            by_part: vec![0; self.parts.len()],
            ..Counts::default()
        };
        for &row in &self.by_time {
            let at = row as usize;
            counts.outcomes[self.rows.outcome(at) as usize] += 1;
            counts.kinds[self.kind_of(row) as usize] += 1;
            counts.by_part[self.rows.part(at) as usize] += 1;
        }
        // A resource whose only events were folded into others has none of its own.
        counts.resources = self
            .resource_starts
            .windows(2)
            .filter(|pair| pair[0] < pair[1])
            .count() as u64;
        let parts = || self.parts.iter().filter(|part| !part.is_superseded);
        let items: u64 = parts().map(|part| part.items).sum();
        let events = self.by_time.len() as u64;
        let time = |row: Option<&u32>| -> Option<Timestamp> { self.rows.time(*row? as usize) };
        counts.totals = Totals {
            events,
            copies: items.saturating_sub(events),
            conflicts: self.n_conflicts,
            rejected: parts().map(|part| part.rejected).sum(),
            other_records: parts().map(|part| part.other_records).sum(),
            undated: self.n_undated as u64,
            first: time(self.dated().first()),
            last: time(self.dated().last()),
        };
        self.counts = counts;
    }
}

fn merge(a: &[u32], b: &[u32], is_first: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(&&x), Some(&&y)) = (a.peek(), b.peek()) {
        if is_first(x, y) {
            merged.push(x);
            a.next();
        } else {
            merged.push(y);
            b.next();
        }
    }
    merged.extend(a);
    merged.extend(b);
    merged
}
