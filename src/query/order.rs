//! Matching events in an order, without sorting them: how many have each value says where each stands, and only those
//! that are asked for are looked up. Rows of equal values stand newest first, whatever the direction; rows without a
//! value stand last.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use columns::PrefixCounts;

use crate::protocol::Column;
use crate::protocol::Order;
use crate::sorting;
use crate::store::Bitmap;
use crate::store::Codes;
use crate::store::Field;
use crate::store::Group;
use crate::store::Store;
use crate::store::groups::MARKS;
use crate::store::groups::REFERENCE;
use crate::store::rows::outcome_of;

use super::recent::Recent;
use super::row;
use super::selection::Selection;
use super::tallies::Tallies;

/// A selection's rows in an order.
#[derive(Debug)]
pub struct Ordered {
    /// These within those.
    matching: Rc<Bitmap>,
    counts: Rc<PrefixCounts>,
    places: Range<usize>,
    n: u64,
    order: Order,
    /// Not for the order of time.
    ranks: Option<(Rc<Ranks>, Vec<u64>)>,
}

impl Ordered {
    /// `counts`: how often each combination of the column that the ranks are of occurs.
    fn new(
        (matching, counts): (Rc<Bitmap>, Rc<PrefixCounts>),
        places: Range<usize>,
        order: Order,
        ranks: Option<(Rc<Ranks>, Rc<[u32]>)>,
    ) -> Self {
        let ranks = ranks.map(|(ranks, counts)| {
            let starts = ranks.starts(&counts, order.ascending);
            (ranks, starts)
        });
        Ordered {
            n: counts.count_in(&matching, places.clone()),
            matching,
            counts,
            places,
            order,
            ranks,
        }
    }

    /// The same order of only some of them.
    pub fn narrowed(&self, store: &Store, to: &Bitmap) -> Ordered {
        let mut matching = (*self.matching).clone();
        matching.and(to);
        let ranks = self.ranks.as_ref().map(|(ranks, _)| {
            let codes = &store.rows().group(ranks.group).codes;
            let counts = codes.count(&matching, self.places.clone(), ranks.of.len());
            (ranks.clone(), counts.into())
        });
        let counts = PrefixCounts::of(&matching).into();
        let matching = (matching.into(), counts);
        Ordered::new(matching, self.places.clone(), self.order, ranks)
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
        let row_at = |place| store.rows().row_at(place);
        let Some((ranks, starts)) = &self.ranks else {
            // Those of the matching that stand before the range.
            let before = self.n_in(0..self.places.start);
            let nth = |number| {
                let place = self.counts.nth(&self.matching, before + number);
                place.unwrap_or(0)
            };
            return if self.order.ascending {
                let places = nth(numbers.start)..self.places.end;
                self.matching.ones_in(places).take(n).map(row_at).collect()
            } else {
                let places = self.places.start..nth(self.len() - 1 - numbers.start) + 1;
                self.matching
                    .ones_back(places)
                    .take(n)
                    .map(row_at)
                    .collect()
            };
        };
        let mut rank = starts.partition_point(|&start| start <= numbers.start) - 1;
        let mut number = starts[rank];
        let mut rows = Vec::with_capacity(n);
        while rows.len() < n {
            let alike = ranks.places(store, rank, self.order.ascending);
            for place in alike.filter(|&place| self.has_place(place)) {
                if numbers.contains(&number) {
                    rows.push(row_at(place));
                }
                number += 1;
            }
            rank += 1;
        }
        rows
    }

    /// How many of them stand before a row, which needn't be one of them.
    pub fn before(&self, store: &Store, row: u32) -> u64 {
        let place = store.rows().place_of(row);
        let count = |places: Range<usize>| {
            let from = places.start.max(self.places.start);
            self.n_in(from..places.end.min(self.places.end))
        };
        match &self.ranks {
            None if self.order.ascending => count(0..place),
            None => count(place + 1..self.places.end),
            Some((ranks, starts)) => {
                let code = store.rows().group(ranks.group).codes.get(place);
                let rank = ranks.of(code, self.order.ascending);
                let alike = ranks.places(store, rank, self.order.ascending);
                let newer = alike.take_while(|&other| other > place);
                starts[rank] + newer.filter(|&place| self.has_place(place)).count() as u64
            }
        }
    }

    fn n_in(&self, places: Range<usize>) -> u64 {
        self.counts.count_in(&self.matching, places)
    }

    pub fn has(&self, store: &Store, row: u32) -> bool {
        self.has_place(store.rows().place_of(row))
    }

    fn has_place(&self, place: usize) -> bool {
        self.places.contains(&place) && self.matching.get(place)
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
    /// By combination of the group; the last rank is that of no value.
    of: Vec<u32>,
    /// How many values there are.
    n: usize,
    /// All places by rank, made when first some are looked up: where each rank's begin, and what stands there.
    by_rank: OnceCell<(Vec<u32>, Codes)>,
}

impl Ranks {
    /// `None` for the order of time.
    fn new(store: &Store, column: Column) -> Option<Ranks> {
        let fields: &[Field] = match column {
            Column::Time => return None,
            Column::Outcome => {
                let rank = |marks: u32| Some(outcome_of(marks) as u32);
                let of = combinations(store, Group::Deed, |code| rank(code(MARKS)));
                return Some(Ranks::of_combinations(Group::Deed, of));
            }
            Column::TargetKind => {
                let rank = |reference: u32| Some(store.kind_named(reference) as u32);
                let of = combinations(store, Group::Target, |code| rank(code(REFERENCE)));
                return Some(Ranks::of_combinations(Group::Target, of));
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
        // Ranks of two fields must compare: all words go through one sort. The second field's only where they are needed.
        let mut words: Vec<(String, u32)> = Vec::new();
        let texts = |field: &Field| store.rows().texts(*field);
        let mut numbers: Vec<Vec<Option<Option<u32>>>> = fields
            .iter()
            .map(|field| vec![None; texts(field).len()])
            .collect();
        let (group, _) = fields[0].slot();
        let mut of = combinations(store, group, |code| {
            let mut fields = fields.iter().zip(&mut numbers);
            fields.find_map(|(field, numbers)| {
                let code = code(field.slot().1);
                *numbers[code as usize].get_or_insert_with(|| {
                    let word = row::sort_word(store, *field, &texts(field).get(code)?)?;
                    let number = words.len() as u32;
                    words.push((word, number));
                    Some(number)
                })
            })
        });
        sorting::sort(&mut words);
        let mut ranks = vec![0; words.len()];
        let mut rank = 0;
        for (at, (word, number)) in words.iter().enumerate() {
            rank += u32::from(at > 0 && words[at - 1].0 != *word);
            ranks[*number as usize] = rank;
        }
        for number in of.iter_mut().flatten() {
            *number = ranks[*number as usize];
        }
        Some(Ranks::of_combinations(group, of))
    }

    fn of_combinations(group: Group, of: Vec<Option<u32>>) -> Ranks {
        let n = of.iter().flatten().max().map_or(0, |most| *most + 1);
        Ranks {
            group,
            of: of.into_iter().map(|rank| rank.unwrap_or(n)).collect(),
            n: n as usize,
            by_rank: OnceCell::new(),
        }
    }

    fn of(&self, code: u32, ascending: bool) -> usize {
        self.turned(self.of[code as usize] as usize, ascending)
    }

    /// A rank in an order, and back.
    fn turned(&self, rank: usize, ascending: bool) -> usize {
        match ascending || rank == self.n {
            true => rank,
            false => self.n - 1 - rank,
        }
    }

    /// How many of the matching stand before the first of each rank, and at last how many there are.
    fn starts(&self, counts: &[u32], ascending: bool) -> Vec<u64> {
        let mut starts = vec![0; self.n + 2];
        for (rank, n) in self.of.iter().zip(counts) {
            starts[self.turned(*rank as usize, ascending) + 1] += u64::from(*n);
        }
        for rank in 0..=self.n {
            starts[rank + 1] += starts[rank];
        }
        starts
    }

    /// Where values of a rank stand, newest first.
    fn places(
        &self,
        store: &Store,
        rank: usize,
        ascending: bool,
    ) -> impl Iterator<Item = usize> + '_ {
        let codes = &store.rows().group(self.group).codes;
        let by_rank = || {
            let all = Bitmap::all(codes.len());
            codes.grouped(&all, &self.of, self.n + 1, &Codes::default())
        };
        let (starts, places) = self.by_rank.get_or_init(by_rank);
        let rank = self.turned(rank, ascending);
        let places = places.run(starts[rank] as usize..starts[rank + 1] as usize);
        places.rev().map(|place| place as usize)
    }
}

/// A number for each combination of a group; `number` is told the combination's code by slot.
fn combinations(
    store: &Store,
    group: Group,
    mut number: impl FnMut(&dyn Fn(usize) -> u32) -> Option<u32>,
) -> Vec<Option<u32>> {
    let tuples = &store.rows().group(group).tuples;
    let codes = 0..tuples.len() as u32;
    codes
        .map(|code| number(&|slot| tuples.get(code, slot)))
        .collect()
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
    pub fn of(
        &mut self,
        store: &Store,
        tallies: &mut Tallies,
        selection: &Selection,
        order: Order,
    ) -> Rc<Ordered> {
        if self.generation != store.generation() {
            self.generation = store.generation();
            self.ranks.clear();
        }
        let key = (selection.id, order);
        if let Some(held) = self.held.get(&key) {
            return held.clone();
        }
        let ranks = self.ranks(store, order.by).map(|ranks| {
            let counts = tallies.of(store, ranks.group, selection);
            (ranks, counts)
        });
        let passing = &selection.passing;
        let matching = (passing.places.clone(), passing.counts.clone());
        let ordered = Ordered::new(matching, selection.places.clone(), order, ranks);
        let ordered = Rc::new(ordered);
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
