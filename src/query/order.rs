//! Matching events in an order, without sorting them: how many have each value says where each stands, and only those
//! that are asked for are looked up. Rows of equal values stand newest first, whatever the direction; rows without a
//! value stand last.

use std::ops::Range;
use std::rc::Rc;

use crate::protocol::Column;
use crate::protocol::Order;
use crate::sorting;
use crate::store::Bitmap;
use crate::store::Field;
use crate::store::Group;
use crate::store::Store;
use crate::store::groups::MARKS;
use crate::store::groups::REFERENCE;
use crate::store::rows::outcome_of;

use super::recent::Recent;
use super::row;
use super::selection::Selection;

/// A selection's rows in an order.
#[derive(Debug)]
pub struct Ordered {
    matching: Bitmap,
    n: u64,
    order: Order,
    /// Not for the order of time.
    ranks: Option<(Rc<Ranks>, Vec<u64>)>,
}

impl Ordered {
    fn new(store: &Store, matching: Bitmap, order: Order, ranks: Option<Rc<Ranks>>) -> Self {
        let ranks = ranks.map(|ranks| {
            let starts = ranks.starts(store, &matching, order.ascending);
            (ranks, starts)
        });
        Ordered {
            n: matching.count(),
            matching,
            order,
            ranks,
        }
    }

    /// The same order of only some of them.
    pub fn narrowed(&self, store: &Store, to: &Bitmap) -> Ordered {
        let mut matching = self.matching.clone();
        matching.and(to);
        let ranks = self.ranks.as_ref().map(|(ranks, _)| ranks.clone());
        Ordered::new(store, matching, self.order, ranks)
    }

    pub fn len(&self) -> u64 {
        self.n
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows whose numbers in this order lie in a range.
    pub fn rows(&self, store: &Store, numbers: Range<u64>) -> Vec<u32> {
        let numbers = numbers.start.min(self.len())..numbers.end.min(self.len());
        let n = (numbers.end.saturating_sub(numbers.start)) as usize;
        if n == 0 {
            return Vec::new();
        }
        let matching = &self.matching;
        let row_at = |place| store.rows().row_at(place);
        let all = 0..matching.len();
        let Some((ranks, starts)) = &self.ranks else {
            return if self.order.ascending {
                let from = matching.nth(numbers.start).unwrap_or(all.end);
                matching
                    .ones_in(from..all.end)
                    .take(n)
                    .map(row_at)
                    .collect()
            } else {
                let last = matching.nth(self.len() - 1 - numbers.start).unwrap_or(0);
                matching
                    .ones_back(0..last + 1)
                    .take(n)
                    .map(row_at)
                    .collect()
            };
        };
        let first = starts.partition_point(|&start| start <= numbers.start) - 1;
        let last = starts.partition_point(|&start| start < numbers.end) - 1;
        let mut near = ranks.places(store, self.order.ascending, first..last + 1);
        near.and(matching);
        let codes = &store.rows().group(ranks.group).codes;
        let mut next = starts[first..=last].to_vec();
        let mut rows = vec![0; n];
        for place in near.ones_back(all) {
            let rank = ranks.of(codes.get(place), self.order.ascending);
            let number = &mut next[rank - first];
            if numbers.contains(number) {
                rows[(*number - numbers.start) as usize] = row_at(place);
            }
            *number += 1;
        }
        rows
    }

    /// How many of them stand before a row, which needn't be one of them.
    pub fn before(&self, store: &Store, row: u32) -> u64 {
        let place = store.rows().place_of(row);
        let matching = &self.matching;
        let newer = place + 1..matching.len();
        match &self.ranks {
            None if self.order.ascending => matching.count_in(0..place),
            None => matching.count_in(newer),
            Some((ranks, starts)) => {
                let code = store.rows().group(ranks.group).codes.get(place);
                let rank = ranks.of(code, self.order.ascending);
                let alike = ranks.places(store, self.order.ascending, rank..rank + 1);
                starts[rank] + matching.count_and_in(&alike, newer)
            }
        }
    }

    pub fn has(&self, store: &Store, row: u32) -> bool {
        self.matching.get(store.rows().place_of(row))
    }

    /// The number of a row; `None` where the filter hides it.
    pub fn position(&self, store: &Store, row: u32) -> Option<u64> {
        self.has(store, row).then(|| self.before(store, row))
    }

    pub fn is_of_time(&self) -> bool {
        self.ranks.is_none()
    }
}

/// A column's values as ranks in the order of their words on screen.
#[derive(Debug)]
struct Ranks {
    group: Group,
    /// By combination of the group; `None`: no value.
    of: Vec<Option<u32>>,
    /// How many values there are.
    n: usize,
}

impl Ranks {
    /// `None` for the order of time.
    fn new(store: &Store, column: Column) -> Option<Ranks> {
        let fields: &[Field] = match column {
            Column::Time => return None,
            Column::Outcome => {
                let rank = |marks: u32| Some(outcome_of(marks) as u32);
                return Some(Ranks::by(store, Group::Deed, |code| rank(code(MARKS))));
            }
            Column::TargetKind => {
                let rank = |reference: u32| Some(store.kind_named(reference) as u32);
                return Some(Ranks::by(store, Group::Target, |code| {
                    rank(code(REFERENCE))
                }));
            }
            Column::Action => &[Field::Action],
            Column::Initiator => &[Field::InitiatorName, Field::InitiatorId],
            Column::Target => &[Field::TargetName, Field::TargetId],
            Column::Region => &[Field::Region],
            Column::Address => &[Field::Address],
            Column::Reason => &[Field::ReasonCode],
            Column::Severity => &[Field::Severity],
            Column::Credential => &[Field::Credential],
            Column::Source => &[Field::Source],
        };
        // Ranks of two fields must compare: all words go through one sort.
        let mut words: Vec<(String, usize, u32)> = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            for (code, text) in store.rows().texts(*field).iter() {
                if let Some(word) = row::sort_word(store, *field, text) {
                    words.push((word, at, code));
                }
            }
        }
        sorting::sort(&mut words);
        let n_codes = fields.iter().map(|field| store.rows().texts(*field).len());
        let mut ranks: Vec<Vec<Option<u32>>> = n_codes.map(|n| vec![None; n]).collect();
        let mut rank = 0;
        for (at, (word, field, code)) in words.iter().enumerate() {
            if at > 0 && words[at - 1].0 != *word {
                rank += 1;
            }
            ranks[*field][*code as usize] = Some(rank);
        }
        let (group, _) = fields[0].slot();
        Some(Ranks::by(store, group, |code| {
            let mut fields = fields.iter().zip(&ranks);
            fields.find_map(|(field, ranks)| ranks[code(field.slot().1) as usize])
        }))
    }

    /// `rank` is told a combination's code by slot.
    fn by(
        store: &Store,
        group: Group,
        rank: impl Fn(&dyn Fn(usize) -> u32) -> Option<u32>,
    ) -> Ranks {
        let tuples = &store.rows().group(group).tuples;
        let codes = 0..tuples.len() as u32;
        let of: Vec<Option<u32>> = codes
            .map(|code| rank(&|slot| tuples.get(code, slot)))
            .collect();
        let n = of
            .iter()
            .flatten()
            .max()
            .map_or(0, |most| *most as usize + 1);
        Ranks { group, of, n }
    }

    fn of(&self, code: u32, ascending: bool) -> usize {
        match self.of[code as usize] {
            None => self.n,
            Some(rank) if ascending => rank as usize,
            Some(rank) => self.n - 1 - rank as usize,
        }
    }

    /// How many of the matching stand before the first of each rank, and at last how many there are.
    fn starts(&self, store: &Store, matching: &Bitmap, ascending: bool) -> Vec<u64> {
        let codes = &store.rows().group(self.group).codes;
        let counts = codes.count(matching, 0..matching.len(), self.of.len());
        let mut starts = vec![0; self.n + 2];
        for (code, n) in (0u32..).zip(counts) {
            starts[self.of(code, ascending) + 1] += u64::from(n);
        }
        for rank in 0..=self.n {
            starts[rank + 1] += starts[rank];
        }
        starts
    }

    /// Where values of these ranks stand.
    fn places(&self, store: &Store, ascending: bool, ranks: Range<usize>) -> Bitmap {
        let codes = 0..self.of.len() as u32;
        let accepted: Vec<bool> = codes
            .map(|code| ranks.contains(&self.of(code, ascending)))
            .collect();
        store.rows().group(self.group).codes.accepted(&accepted)
    }
}

/// Orders kept while the same page is scrolled; ranks while the store doesn't change.
#[derive(Debug, Default)]
pub struct Orders {
    generation: u64,
    ranks: Recent<Column, Rc<Ranks>>,
    held: Recent<(u64, Order), Rc<Ordered>>,
}

const MOST_ORDERS: usize = 3;

impl Orders {
    pub fn of(&mut self, store: &Store, selection: &Selection, order: Order) -> Rc<Ordered> {
        if self.generation != store.generation() {
            self.generation = store.generation();
            self.ranks.clear();
        }
        let key = (selection.id, order);
        if let Some(held) = self.held.get(&key) {
            return held.clone();
        }
        let ranks = self.ranks(store, order.by);
        let ordered = Rc::new(Ordered::new(
            store,
            selection.matching.clone(),
            order,
            ranks,
        ));
        self.held.put(key, ordered.clone(), MOST_ORDERS);
        ordered
    }

    fn ranks(&mut self, store: &Store, column: Column) -> Option<Rc<Ranks>> {
        if let Some(held) = self.ranks.get(&column) {
            return Some(held.clone());
        }
        let ranks = Rc::new(Ranks::new(store, column)?);
        self.ranks.put(column, ranks.clone(), MOST_ORDERS);
        Some(ranks)
    }
}
