//! Each resource's history, made from the store's rows when first asked for and kept for one generation.
//! Refuses to hold events: a history names rows.

use std::cell::OnceCell;

use super::row::initiator;
use crate::catalogue::Act;
use crate::lifecycle::Detail;
use crate::lifecycle::Fact;
use crate::lifecycle::History;
use crate::lifecycle::history;
use crate::store::Field;
use crate::store::Store;

/// Histories by resource, of one generation of the store.
#[derive(Debug, Default)]
pub struct Histories {
    generation: Option<u64>,
    made: Vec<OnceCell<History>>,
}

impl Histories {
    /// Forgets what an older generation gave. Call before asking.
    pub fn renew(&mut self, store: &Store) {
        if self.generation != Some(store.generation()) {
            self.generation = Some(store.generation());
            self.made = (0..store.resources().len())
                .map(|_| OnceCell::new())
                .collect();
        }
    }

    /// The history of one resource of the store that [`Histories::renew`] was last called with.
    pub fn of(&self, store: &Store, resource: u32) -> &History {
        self.made[resource as usize].get_or_init(|| history_of(store, resource))
    }
}

/// What a resource's dated events did to it.
pub fn history_of(store: &Store, resource: u32) -> History {
    let rows = store.rows();
    let dated = || {
        let all = store.rows_of(resource).iter().copied();
        all.filter_map(|row| Some((row, rows.time(row as usize)?)))
    };
    let names: Vec<String> = dated()
        .map(|(row, _)| rows.ids.name(row as usize))
        .collect();
    let nothing = Detail::default();
    let facts: Vec<Fact> = dated()
        .zip(&names)
        .map(|((row, at), id)| {
            let place = row as usize;
            let is_itself = store.target_is_resource(row);
            Fact {
                key: row,
                id,
                at,
                act: act_of(store, row),
                outcome: rows.outcome(place),
                is_classic: rows.is_classic(place),
                initiator: initiator(store, row),
                target_name: rows.get(Field::TargetName, place).filter(|_| is_itself),
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
