//! Each resource's history, made from the store's rows when first asked for and kept for one generation.
//! Refuses to hold events: a history names rows.

use std::cell::OnceCell;
use std::cell::RefCell;
use std::rc::Rc;

use super::lives::Lives;
use super::lives::Making;
use super::recent::Recent;
use super::row::initiator;
use crate::catalogue::Act;
use crate::lifecycle::Detail;
use crate::lifecycle::Fact;
use crate::lifecycle::History;
use crate::lifecycle::history;
use crate::store::Field;
use crate::store::Store;
use crate::time::Timestamp;

/// Histories by resource, of one generation of the store.
#[derive(Debug, Default)]
pub struct Histories {
    generation: Option<u64>,
    made: RefCell<Recent<u32, Rc<History>>>,
    lives: OnceCell<Lives>,
    making: RefCell<Making>,
}

/// More than a screen shows at once; all that are held would not fit into memory.
const MOST: usize = 256;

impl Histories {
    /// Forgets what an older generation gave. Call before asking.
    pub fn renew(&mut self, store: &Store) {
        if self.generation != Some(store.generation()) {
            self.generation = Some(store.generation());
            self.made = RefCell::default();
            self.making.get_mut().begin_again(self.lives.take());
        }
    }

    /// Goes on making the lives of a store's newest generation, by about so many events; true when they are made.
    pub fn prepare(&mut self, store: &Store, n_events: usize) -> bool {
        self.renew(store);
        let is_made = self.lives.get().is_some() || self.making.get_mut().go_on(store, n_events);
        if is_made {
            self.lives(store);
        }
        is_made
    }

    /// The history of one resource of the store that [`Histories::renew`] was last called with.
    pub fn of(&self, store: &Store, resource: u32) -> Rc<History> {
        let mut made = self.made.borrow_mut();
        if let Some(held) = made.get(&resource) {
            return held.clone();
        }
        let history = Rc::new(history_of(store, resource));
        made.put(resource, history.clone(), MOST);
        history
    }

    /// All of them in short; those that aren't made yet are made now.
    pub fn lives(&self, store: &Store) -> &Lives {
        self.lives.get_or_init(|| {
            let mut making = self.making.take();
            making.go_on(store, usize::MAX);
            making.into_lives()
        })
    }
}

/// What a resource's dated events did to it.
pub fn history_of(store: &Store, resource: u32) -> History {
    let rows = store.rows();
    let all = store.rows_of(resource);
    let dated = all.filter_map(|row| Some((row, rows.time(row as usize)?)));
    let dated: Vec<(u32, Timestamp)> = dated.collect();
    // An id decides the order of one instant's events, and nothing else.
    let is_alike = |n: usize| dated.get(n + 1).is_some_and(|next| next.1 == dated[n].1);
    let ids = (0..dated.len()).map(|n| match is_alike(n) || n > 0 && is_alike(n - 1) {
        true => rows.ids.name(dated[n].0 as usize),
        false => String::new(),
    });
    let ids: Vec<String> = ids.collect();
    let names = dated.iter().map(|&(row, _)| {
        let own = store.target_is_resource(row).then_some(Field::TargetName);
        let target = own.and_then(|field| rows.get(field, row as usize));
        (initiator(store, row), target)
    });
    let names: Vec<_> = names.collect();
    let nothing = Detail::default();
    let facts: Vec<Fact> = dated
        .iter()
        .zip(&ids)
        .zip(&names)
        .map(|((&(row, at), id), (initiator, target_name))| {
            let place = row as usize;
            Fact {
                key: row,
                id,
                at,
                act: act_of(store, row),
                outcome: rows.outcome(place),
                is_classic: rows.is_classic(place),
                initiator: initiator.as_deref(),
                target_name: target_name.as_deref(),
                detail: store.detail_of(row).unwrap_or(&nothing),
            }
        })
        .collect();
    history(store.resources()[resource as usize].kind, &facts)
}

/// The catalogue's row for an event; `None` for an action that it doesn't have.
pub fn act_of(store: &Store, row: u32) -> Option<&Act> {
    store.act_of(row).map(|id| store.catalogue().get(id))
}
