//! Adding events: which records are one event, which are copies, which contradict each other (`rules.md`, identity).
//! Refuses to depend on the order in which records arrive.

use crate::cadf::EventRef;
use crate::cadf::Outcome;
use crate::cadf::event::hash_name;
use crate::catalogue::ActId;
use crate::lifecycle::Detail;
use crate::sorting;

use super::Code;
use super::Field;
use super::NONE;
use super::RawRef;
use super::Store;
use super::ids::IdKey;
use super::rows::fingerprint;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Appended {
    New(u32),
    /// The same event was held already; its row may now tell it in this record's words.
    Copy(u32),
}

impl Store {
    /// Adds what a record of part `raw.part` says. Counts and answers change with the next `refresh`.
    pub fn append(&mut self, event: &EventRef, raw: RawRef) -> Appended {
        let key = match event.id {
            Some(id) => IdKey::of_id(id),
            None => IdKey::of_hash(hash_name(&event.content_hash())),
        };
        let hash = key.hash();
        let ids = &self.rows.ids;
        let head = self.identities.find(hash, |row| ids.is(row as usize, &key));
        let twin = head.and_then(|head| self.twin(head, event));

        let part = &mut self.parts[raw.part as usize];
        part.items += 1;
        part.saw(event.event_time.at);

        if let Some(row) = twin {
            let mut place = raw;
            if self.rows.says_more(row as usize, event, part) {
                place = self.rows.raw(row as usize);
                self.details.remove(&row);
                self.write(row, &key, event, raw);
                self.was_rewritten = true;
            }
            self.copies.entry(row).or_default().push(place);
            return Appended::Copy(row);
        }

        let row = self.rows.len() as u32;
        self.write(row, &key, event, raw);
        self.paths.learn(event);
        match head {
            None => {
                let ids = &self.rows.ids;
                self.identities
                    .insert(hash, row, |held| ids.hash(held as usize));
            }
            Some(head) => {
                let after = self.next_same.insert(head, row);
                if let Some(after) = after {
                    self.next_same.insert(row, after);
                } else {
                    self.shared_heads.push(head);
                }
            }
        }
        Appended::New(row)
    }

    fn write(&mut self, row: u32, key: &IdKey, event: &EventRef, raw: RawRef) {
        let part = &self.parts[raw.part as usize];
        let mut coded = self.rows.code_texts(event, part);
        let act = match event.is_classic {
            true => self.catalogue.id_of(event),
            false => self.act_named(coded.get(Field::Action)),
        };
        let reference = self.references.of(event, &self.catalogue, act, &coded);
        coded.put(reference, act);
        self.rows.put(row as usize, key, event, raw, &coded);
        let act = act.map(|id| self.catalogue.get(id));
        // Most events carry none; only those that do take room.
        if act.is_some_and(|act| act.effect.has_value()) {
            let detail = Detail::of(event, act);
            if detail != Detail::default() {
                self.details.insert(row, detail);
            }
        }
    }

    /// The catalogue's row for an action's code.
    fn act_named(&mut self, action: Code) -> Option<ActId> {
        let names = self.rows.texts(Field::Action);
        while self.acts.len() <= action as usize {
            let name = names.text(self.acts.len() as Code);
            self.acts.push(self.catalogue.action_id(&name));
        }
        self.acts[action as usize]
    }

    /// The row that holds the same event already: same identity, same content, and the same account as written.
    /// An unknown account is settled in `refresh`, when all accounts are known.
    fn twin(&self, head: u32, event: &EventRef) -> Option<u32> {
        self.same_id(head).find(|&row| {
            let row = row as usize;
            self.rows.fingerprint(row) == fingerprint(event)
                && self.rows.get(Field::Account, row).as_deref() == event.account
        })
    }

    /// The rows that share an id (or a content hash), from the first one held on.
    pub(super) fn same_id(&self, head: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(head), |row| self.next_same.get(row).copied())
    }

    /// Folds what an unknown account kept apart, and finds the contradictions.
    pub(super) fn settle_identities(&mut self) {
        self.folded.clear();
        self.conflicting.clear();
        self.n_conflicts = 0;
        let known = self
            .known_account()
            .and_then(|account| self.rows.texts(Field::Account).find(&account));
        let heads = std::mem::take(&mut self.shared_heads);
        for &head in &heads {
            let mut held: Vec<(Code, u32)> = self
                .same_id(head)
                .map(|row| {
                    let account = self.rows.code(Field::Account, row as usize);
                    (account, row)
                })
                .collect();
            if let Some(known) = known {
                held = self.fold_unknown(held, known);
            }
            sorting::sort(&mut held);
            for group in held.chunk_by(|a, b| a.0 == b.0) {
                let rows: Vec<u32> = group.iter().map(|(_, row)| *row).collect();
                self.judge_same_id(&rows);
            }
        }
        self.shared_heads = heads;
    }

    /// Gives rows without an account the one known, and folds those that thereby become copies.
    fn fold_unknown(&mut self, held: Vec<(Code, u32)>, known: Code) -> Vec<(Code, u32)> {
        let (unknown, mut kept): (Vec<_>, Vec<_>) =
            held.into_iter().partition(|(account, _)| *account == NONE);
        for (_, row) in unknown {
            let content = self.rows.fingerprint(row as usize);
            let twin = kept
                .iter()
                .find(|(_, other)| self.rows.fingerprint(*other as usize) == content);
            match twin {
                Some((_, into)) => {
                    self.folded.insert(row, *into);
                }
                None => kept.push((known, row)),
            }
        }
        kept
    }

    /// One id, one account: all but the first of each content are in conflict, save that a pending event and its
    /// completion may share an id.
    fn judge_same_id(&mut self, rows: &[u32]) {
        let is_pending = |row: &u32| self.rows.outcome(*row as usize) == Outcome::Pending;
        let (pending, others): (Vec<u32>, Vec<u32>) = rows.iter().partition(|row| is_pending(row));
        let mut conflicting = Vec::new();
        let mut n_conflicts = 0;
        for class in [&pending, &others] {
            if class.len() > 1 {
                n_conflicts += class.len() as u64 - 1;
                conflicting.extend(class.iter().copied());
            }
        }
        if !pending.is_empty() && !others.is_empty() {
            let completes = |of: u32, by: u32| {
                let action = |row: u32| self.rows.code(Field::Action, row as usize);
                action(of) == action(by)
                    && matches!(
                        self.rows.outcome(by as usize),
                        Outcome::Success | Outcome::Failure
                    )
            };
            let is_pair = pending
                .iter()
                .any(|&of| others.iter().any(|&by| completes(of, by)));
            if !is_pair {
                n_conflicts += 1;
                conflicting.extend(rows.iter().copied());
            }
        }
        self.conflicting.extend(conflicting);
        self.n_conflicts += n_conflicts;
    }
}
