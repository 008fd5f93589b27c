//! Each resource's history, made from the store's rows when first asked for and kept for one generation.
//! Refuses to hold events: a history names rows.

use std::cell::OnceCell;
use std::cell::RefCell;
use std::rc::Rc;

use super::acts::Acts;
use super::acts::acts_of;
use super::facts::Facts;
use super::lives::Lives;
use super::lives::Making;
use super::recent::Recent;
use crate::catalogue::Act;
use crate::lifecycle::History;
use crate::lifecycle::history;
use crate::store::Store;

/// Histories by resource, of one generation of the store.
#[derive(Debug, Default)]
pub struct Histories {
    generation: Option<u64>,
    made: RefCell<Recent<u32, Rc<History>>>,
    acts: RefCell<Recent<u32, Rc<Acts>>>,
    lives: OnceCell<Lives>,
    making: RefCell<Making>,
}

/// More than a screen shows at once; all that are held would not fit into memory.
const MOST: usize = 256;
/// A page shows one at a time; these are the ones that somebody goes back to.
const MOST_ACTS: usize = 16;

impl Histories {
    /// Forgets what an older generation gave. Call before asking.
    pub fn renew(&mut self, store: &Store) {
        if self.generation != Some(store.generation()) {
            self.generation = Some(store.generation());
            self.made = RefCell::default();
            self.acts = RefCell::default();
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

    /// What a resource's own events come to, as its page shows it.
    pub fn acts_of(&self, store: &Store, resource: u32) -> Rc<Acts> {
        let mut made = self.acts.borrow_mut();
        if let Some(held) = made.get(&resource) {
            return held.clone();
        }
        let acts = Rc::new(acts_of(store, resource, &self.of(store, resource)));
        made.put(resource, acts.clone(), MOST_ACTS);
        acts
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
    let facts = Facts::of(store, resource);
    history(store.resource(resource).kind(), &facts.facts())
}

/// The catalogue's row for an event; `None` for an action that it doesn't have.
pub fn act_of(store: &Store, row: u32) -> Option<&Act> {
    store.act_of(row).map(|id| store.catalogue().get(id))
}
