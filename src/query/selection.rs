//! What a view is seen through: the rows that a query and a range let pass, and their order on screen.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::protocol::Column;
use crate::protocol::Order;
use crate::sorting;
use crate::store::Bitmap;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;

use super::row;

#[derive(Debug)]
pub struct Selection {
    /// Tells two selections apart within one engine.
    pub id: u64,
    /// By query and range.
    pub matching: Bitmap,
    pub n_matching: u64,
    /// By range alone.
    pub in_range: Bitmap,
    pub n_in_range: u64,
    pub range: Option<TimeRange>,
}

impl Selection {
    pub fn new(id: u64, store: &Store, passing: Bitmap, range: Option<TimeRange>) -> Selection {
        let in_range = in_range(store, range);
        let mut matching = passing;
        matching.and(&in_range);
        Selection {
            id,
            n_matching: matching.count(),
            matching,
            n_in_range: in_range.count(),
            in_range,
            range,
        }
    }
}

/// All events where there is no range; else the dated ones inside.
pub fn in_range(store: &Store, range: Option<TimeRange>) -> Bitmap {
    let mut inside = Bitmap::none(store.rows().len());
    let rows = match range {
        None => store.by_time(),
        Some(range) => dated_within(store, range),
    };
    for &row in rows {
        inside.set(row as usize);
    }
    inside
}

/// The dated events of a range, by time.
pub fn dated_within(store: &Store, range: TimeRange) -> &[u32] {
    let dated = store.dated();
    let rows = store.rows();
    let place = |at: i64| dated.partition_point(|&row| rows.sort_time(row as usize) < at);
    &dated[place(range.from().nanos())..place(range.to().nanos())]
}

/// The matching rows in an order; kept while the same page is scrolled.
#[derive(Debug, Default)]
pub struct Orders {
    held: Vec<(u64, Order, Rc<[u32]>)>,
}

const MOST_ORDERS: usize = 3;

impl Orders {
    pub fn of(&mut self, store: &Store, selection: &Selection, order: Order) -> Rc<[u32]> {
        let is_it = |held: &&(u64, Order, Rc<[u32]>)| held.0 == selection.id && held.1 == order;
        if let Some((_, _, rows)) = self.held.iter().find(is_it) {
            return rows.clone();
        }
        let rows: Rc<[u32]> = ordered(store, selection, order).into();
        if self.held.len() == MOST_ORDERS {
            self.held.remove(0);
        }
        self.held.push((selection.id, order, rows.clone()));
        rows
    }
}

/// Rows of equal values stand newest first, whatever the direction; rows without a value stand last.
pub fn ordered(store: &Store, selection: &Selection, order: Order) -> Vec<u32> {
    let mut rows: Vec<u32> = store
        .by_time()
        .iter()
        .copied()
        .filter(|&row| selection.matching.get(row as usize))
        .collect();
    if order.by == Column::Time {
        if !order.ascending {
            rows.reverse();
        }
        return rows;
    }
    rows.reverse();
    let rank = Ranks::of(store, order.by);
    sorting::sort_rows(
        &mut rows,
        &mut |a, b| match (rank.of_row(store, a), rank.of_row(store, b)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) if order.ascending => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
        },
    );
    rows
}

/// A column's values as ranks in the order of their words on screen.
enum Ranks {
    /// By code of each field, the first that has a value counts.
    Texts(Vec<(Field, Vec<Option<u32>>)>),
    Outcome,
    Kind,
}

impl Ranks {
    fn of(store: &Store, column: Column) -> Ranks {
        let fields: &[Field] = match column {
            Column::Outcome => return Ranks::Outcome,
            Column::TargetKind => return Ranks::Kind,
            Column::Time | Column::Action => &[Field::Action],
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
            for (code, text) in store.rows().text(*field).texts.iter() {
                if let Some(word) = row::sort_word(store, *field, text) {
                    words.push((word, at, code));
                }
            }
        }
        sorting::sort(&mut words);
        let mut ranks: Vec<(Field, Vec<Option<u32>>)> = fields
            .iter()
            .map(|&field| (field, vec![None; store.rows().text(field).texts.len()]))
            .collect();
        let mut rank = 0;
        for (at, (word, field, code)) in words.iter().enumerate() {
            if at > 0 && words[at - 1].0 != *word {
                rank += 1;
            }
            ranks[*field].1[*code as usize] = Some(rank);
        }
        Ranks::Texts(ranks)
    }

    fn of_row(&self, store: &Store, row: u32) -> Option<u32> {
        match self {
            Ranks::Outcome => Some(store.rows().outcome(row as usize) as u32),
            Ranks::Kind => Some(store.kind_of(row) as u32),
            Ranks::Texts(fields) => fields.iter().find_map(|(field, ranks)| {
                ranks[store.rows().text(*field).code(row as usize) as usize]
            }),
        }
    }
}
