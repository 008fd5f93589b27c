//! Each resource's history, made from the store's rows when first asked for and kept for one generation.
//! Refuses to hold events: a history names rows.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use reading::hash::BuildMix;

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
use crate::store::Group;
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
    let nothing = Detail::default();
    // What was done, who did it and to what, once for each combination that its column holds: many events share them.
    let mut deeds = Told::new();
    let mut people: Told<Option<Cow<str>>> = Told::new();
    let mut targets: Told<Option<Cow<str>>> = Told::new();
    let dated = store.rows_of(resource).filter_map(|row| {
        let at = rows.time(row as usize)?;
        let place = rows.place_of(row);
        let code = |group| rows.group(group).codes.get(place);
        let deed = deeds.number(code(Group::Deed), || {
            let (outcome, is_classic) = (rows.outcome(row as usize), rows.is_classic(row as usize));
            (act_of(store, row), outcome, is_classic)
        });
        let person = people.number(code(Group::Initiator), || initiator(store, row));
        let target = targets.number(code(Group::Target), || {
            let is_itself = store.target_is_resource(row);
            let name = rows.get(Field::TargetName, row as usize);
            name.filter(|_| is_itself)
        });
        Some((row, at, deed, person, target))
    });
    let dated: Vec<_> = dated.collect();
    let fact = |&(row, at, deed, person, target): &(u32, Timestamp, usize, usize, usize)| {
        let (act, outcome, is_classic) = deeds.told[deed];
        Fact {
            key: row,
            id: "",
            at,
            act,
            outcome,
            is_classic,
            initiator: people.told[person].as_deref(),
            target_name: targets.told[target].as_deref(),
            detail: store.detail_of(row).unwrap_or(&nothing),
        }
    };
    let mut ids: Vec<(usize, String)> = Vec::new();
    let mut facts: Vec<Fact> = dated.iter().map(fact).collect();
    // An id decides the order of one instant's events, and nothing else.
    let at = |n: usize| facts.get(n).map(|fact| fact.at);
    let is_alike = |n: &usize| at(*n) == at(n + 1) || *n > 0 && at(*n) == at(n - 1);
    let id = |n: usize| (n, rows.ids.name(facts[n].key as usize));
    ids.extend((0..facts.len()).filter(is_alike).map(id));
    for (n, id) in &ids {
        facts[*n].id = id;
    }
    history(store.resource(resource).kind(), &facts)
}

/// What the combinations of a column tell, each once.
struct Told<T> {
    numbers: HashMap<u32, usize, BuildMix>,
    told: Vec<T>,
}

impl<T> Told<T> {
    fn new() -> Told<T> {
        Told {
            numbers: HashMap::default(),
            told: Vec::new(),
        }
    }

    /// Where in `told` stands what this combination tells.
    fn number(&mut self, code: u32, tell: impl FnOnce() -> T) -> usize {
        let told = &mut self.told;
        *self.numbers.entry(code).or_insert_with(|| {
            told.push(tell());
            told.len() - 1
        })
    }
}

/// The catalogue's row for an event; `None` for an action that it doesn't have.
pub fn act_of(store: &Store, row: u32) -> Option<&Act> {
    store.act_of(row).map(|id| store.catalogue().get(id))
}
