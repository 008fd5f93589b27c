//! A resource's dated events as the tracks and the findings want them, read off the store's columns: what was done, who
//! did it and to what once for each combination that a column holds, since many events share them. Refuses to judge.

use std::borrow::Cow;
use std::collections::HashMap;

use reading::hash::BuildMix;

use super::row::initiator;
use crate::cadf::Outcome;
use crate::catalogue::Act;
use crate::catalogue::ActId;
use crate::findings::Deed;
use crate::findings::Tables;
use crate::findings::TextCode;
use crate::lifecycle::Detail;
use crate::lifecycle::Fact;
use crate::lifecycle::names_something;
use crate::sorting;
use crate::store::Field;
use crate::store::Group;
use crate::store::NONE;
use crate::store::Store;
use crate::time::Timestamp;

pub struct Facts<'s> {
    store: &'s Store,
    dated: Vec<Dated>,
    deeds: Vec<Done<'s>>,
    people: Vec<Person<'s>>,
    targets: Vec<Target<'s>>,
    /// Of events that share an instant with another, by place: an id decides their order, and nothing else.
    ids: Vec<(usize, String)>,
    nothing: Detail,
}

/// An event by the numbers of what it tells.
struct Dated {
    row: u32,
    at: Timestamp,
    deed: usize,
    person: usize,
    target: usize,
}

struct Done<'s> {
    act: Option<&'s Act>,
    act_id: Option<ActId>,
    action: TextCode,
    outcome: Outcome,
    is_classic: bool,
    is_refused: bool,
}

struct Person<'s> {
    called: Option<Cow<'s, str>>,
    who: TextCode,
    credential: TextCode,
    authn_id: TextCode,
}

struct Target<'s> {
    /// Where it is the resource itself.
    name: Option<Cow<'s, str>>,
    code: TextCode,
}

impl<'s> Facts<'s> {
    pub fn of(store: &'s Store, resource: u32) -> Facts<'s> {
        let rows = store.rows();
        let mut deeds = Told::new();
        let mut people = Told::new();
        let mut targets = Told::new();
        let dated = store.rows_of(resource).filter_map(|row| {
            let at = rows.time(row as usize)?;
            let place = rows.place_of(row);
            let code = |group| rows.group(group).codes.get(place);
            Some(Dated {
                row,
                at,
                deed: deeds.number(code(Group::Deed), || done(store, row)),
                person: people.number(code(Group::Initiator), || person(store, row)),
                target: targets.number(code(Group::Target), || target(store, row)),
            })
        });
        let dated: Vec<Dated> = dated.collect();
        let at = |n: usize| dated.get(n).map(|one| one.at);
        let is_alike = |n: &usize| at(*n) == at(n + 1) || *n > 0 && at(*n) == at(n - 1);
        let id = |n: usize| (n, rows.ids.name(dated[n].row as usize));
        let ids = (0..dated.len()).filter(is_alike).map(id).collect();
        Facts {
            store,
            dated,
            deeds: deeds.told,
            people: people.told,
            targets: targets.told,
            ids,
            nothing: Detail::default(),
        }
    }

    /// By time; not yet in the events' order.
    pub fn facts(&self) -> Vec<Fact<'_>> {
        let mut facts: Vec<Fact> = self.dated.iter().map(|one| self.fact(one)).collect();
        for (n, id) in &self.ids {
            facts[*n].id = id;
        }
        facts
    }

    fn fact(&self, one: &Dated) -> Fact<'_> {
        let done = &self.deeds[one.deed];
        Fact {
            key: one.row,
            id: "",
            at: one.at,
            act: done.act,
            outcome: done.outcome,
            is_classic: done.is_classic,
            initiator: self.people[one.person].called.as_deref(),
            target_name: self.targets[one.target].name.as_deref(),
            detail: self.store.detail_of(one.row).unwrap_or(&self.nothing),
        }
    }

    /// In the events' order.
    pub fn deeds<'a>(&'a self, tables: &'a Tables) -> Vec<Deed<'a>> {
        let rows = self.store.rows();
        let asks = |done: &Done| done.outcome == Outcome::Pending;
        // Few records share an id, and unpacking each takes time.
        let may_pair_by_id = self.store.has_shared_ids() && self.deeds.iter().any(asks);
        let facts = self.facts();
        let deed = |(fact, one): (Fact<'a>, &Dated)| {
            let (done, person) = (&self.deeds[one.deed], &self.people[one.person]);
            let text = |field| rows.code(field, one.row as usize);
            Deed {
                fact,
                rules: done.act_id.and_then(|act| tables.rules(act)),
                id: match may_pair_by_id && rows.ids.has_id(one.row as usize) {
                    true => rows.ids.hash(one.row as usize),
                    false => 0,
                },
                action: done.action,
                target: self.targets[one.target].code,
                who: person.who,
                credential: person.credential,
                authn_id: person.authn_id,
                correlation: text(Field::Correlation),
                address: text(Field::Address),
                agent: text(Field::Agent),
                is_refused: done.is_refused,
            }
        };
        let mut deeds: Vec<Deed> = facts.into_iter().zip(&self.dated).map(deed).collect();
        // They come by time and id: only what begins or ends a life in an instant with others moves.
        if !self.ids.is_empty() {
            sorting::sort_by(&mut deeds, |a, b| {
                let order = a.fact.order(&b.fact);
                order.then_with(|| a.key().cmp(&b.key()))
            });
        }
        deeds
    }
}

fn done(store: &Store, row: u32) -> Done<'_> {
    let rows = store.rows();
    let act_id = store.act_of(row);
    let outcome = rows.outcome(row as usize);
    let reason = rows.get(Field::ReasonCode, row as usize);
    Done {
        act: act_id.map(|act| store.catalogue().get(act)),
        act_id,
        action: rows.code(Field::Action, row as usize),
        outcome,
        is_classic: rows.is_classic(row as usize),
        is_refused: outcome == Outcome::Failure && matches!(reason.as_deref(), Some("401" | "403")),
    }
}

fn person(store: &Store, row: u32) -> Person<'_> {
    let code = |field| store.rows().code(field, row as usize);
    Person {
        called: initiator(store, row),
        who: who(store, row),
        credential: code(Field::Credential),
        authn_id: code(Field::AuthnId),
    }
}

fn target(store: &Store, row: u32) -> Target<'_> {
    let rows = store.rows();
    let name = rows.get(Field::TargetName, row as usize);
    Target {
        name: name.filter(|_| store.target_is_resource(row)),
        code: either(
            rows.code(Field::TargetId, row as usize),
            rows.code(Field::TargetName, row as usize),
        ),
    }
}

/// The initiator's id, else its name; what names nothing is neither.
pub fn who(store: &Store, row: u32) -> TextCode {
    let rows = store.rows();
    let naming = |field| {
        let text = rows.get(field, row as usize);
        match text.is_some_and(|text| names_something(&text)) {
            true => rows.code(field, row as usize),
            false => NONE,
        }
    };
    either(naming(Field::InitiatorId), naming(Field::InitiatorName))
}

/// One code for the first of two texts that is there: those of either kind never meet.
fn either(id: TextCode, name: TextCode) -> TextCode {
    match (id, name) {
        (NONE, NONE) => 0,
        (NONE, name) => name << 1 | 1,
        (id, _) => id << 1,
    }
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
