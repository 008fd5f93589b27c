//! The account's findings: what each resource's events give, and what takes all of them, who is new and which requests
//! are missing. Made step by step for a generation. Coverage isn't looked at here: it changes while sources are read, and
//! a finding says what it rests on.

use std::collections::HashMap;
use std::collections::HashSet;

use reading::hash::BuildMix;

use super::acts::judged;
use super::facts::Facts;
use super::facts::who;
use crate::findings;
use crate::findings::Baseline;
use crate::findings::Finding;
use crate::findings::Firsts;
use crate::findings::LEAST_BASELINE;
use crate::findings::OperationStanding;
use crate::findings::Tables;
use crate::findings::TextCode;
use crate::lifecycle::History;
use crate::lifecycle::history;
use crate::sorting;
use crate::store::Field;
use crate::store::Group;
use crate::store::Store;
use crate::time::Timestamp;

/// How many events must come before one, for its being the account's first of something to mean anything.
const FEWEST_BEFORE: u64 = 100;

/// All findings of one generation.
#[derive(Debug, Default)]
pub struct Judgement {
    /// By time, then kind.
    found: Vec<Found>,
    /// By resource: their places in `found`.
    by_resource: HashMap<u32, Vec<u32>, BuildMix>,
}

#[derive(Debug)]
pub struct Found {
    /// `None`: of the account, beside an event that lands on no resource.
    pub resource: Option<u32>,
    pub finding: Finding,
}

impl Judgement {
    /// All at once, for whoever can wait.
    pub fn whole(store: &Store) -> Judgement {
        let mut judging = Judging::new(store);
        while !judging.go_on(store, usize::MAX >> 1) {}
        judging.into_judgement(store)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Found> {
        self.found.iter()
    }

    /// Those that overviews show: what is only worth a word would bury them, and stands on a resource's page.
    pub fn weighty(&self) -> impl DoubleEndedIterator<Item = &Found> {
        self.found.iter().filter(|found| found.finding.is_weighty())
    }

    /// Those that stand beside a resource's events.
    pub fn of(&self, resource: u32) -> impl Iterator<Item = &Finding> {
        let places = self.by_resource.get(&resource).into_iter().flatten();
        places.map(|place| &self.found[*place as usize].finding)
    }
}

/// A judgement in the making.
#[derive(Debug)]
pub struct Judging {
    tables: Tables,
    /// What was seen of the account up to `next_place`, which stands in the order of time.
    seen: [HashSet<TextCode, BuildMix>; 3],
    next_place: usize,
    /// By combination of what initiators are called.
    people: HashMap<u32, TextCode, BuildMix>,
    n_seen: u64,
    first: Option<Timestamp>,
    new_to_account: HashMap<u32, Firsts, BuildMix>,
    next_resource: u32,
    found: Vec<Found>,
    /// By action: completions with a request and without one.
    completions: HashMap<TextCode, (u64, u64), BuildMix>,
    alone: Vec<(u32, u32)>,
}

impl Judging {
    pub fn new(store: &Store) -> Judging {
        Judging {
            tables: Tables::of(store.catalogue()),
            seen: Default::default(),
            next_place: store.dated().start,
            people: HashMap::default(),
            n_seen: 0,
            first: None,
            new_to_account: HashMap::default(),
            next_resource: 0,
            found: Vec::new(),
            completions: HashMap::default(),
            alone: Vec::new(),
        }
    }

    /// Goes on by about so many events; true when all is judged.
    pub fn go_on(&mut self, store: &Store, n_events: usize) -> bool {
        let mut left = n_events as isize;
        while left > 0 && self.next_place < store.dated().end {
            left -= 1;
            self.see(store);
        }
        while left > 0 && self.next_resource < store.n_resources() {
            let ix = self.next_resource;
            self.next_resource += 1;
            // Each event is read and judged: more work than to be seen.
            left -= 4 * store.rows_of(ix).len() as isize + 1;
            self.judge(store, ix);
        }
        self.next_resource >= store.n_resources() && self.next_place >= store.dated().end
    }

    /// The next event of the account: whether it is the first of its initiator, address or agent.
    fn see(&mut self, store: &Store) {
        let place = self.next_place;
        self.next_place += 1;
        if !store.events().get(place) {
            return;
        }
        let row = store.rows().row_at(place);
        let at = Timestamp::from_nanos(store.rows().nanos_at(place));
        let first = *self.first.get_or_insert(at);
        let code = |field| store.rows().code(field, row as usize);
        let person = store.rows().group(Group::Initiator).codes.get(place);
        let who = *self.people.entry(person).or_insert_with(|| who(store, row));
        let texts = [who, code(Field::Address), code(Field::Agent)];
        let mut firsts = Firsts::default();
        for (n, (text, seen)) in texts.into_iter().zip(&mut self.seen).enumerate() {
            firsts.0[n] = text != 0 && seen.insert(text);
        }
        let n_before = self.n_seen;
        self.n_seen += 1;
        let length = at.nanos().saturating_sub(first.nanos());
        if firsts.is_empty() || n_before < FEWEST_BEFORE || length < LEAST_BASELINE {
            return;
        }
        self.new_to_account.insert(row, firsts);
        let baseline = Baseline {
            from: first,
            n_events: n_before,
            is_account: true,
        };
        self.found.push(Found {
            resource: store.resource_of(row),
            finding: findings::first_time(row, at, firsts, baseline),
        });
    }

    fn judge(&mut self, store: &Store, ix: u32) {
        let facts = Facts::of(store, ix);
        let deeds = facts.deeds(&self.tables);
        let kind = store.resource(ix).kind();
        let history = match kind.has_lifecycle() {
            true => history(kind, &Vec::from_iter(deeds.iter().map(|deed| deed.fact))),
            false => History::default(),
        };
        let new_to_account = |row: u32| {
            let firsts = self.new_to_account.get(&row);
            firsts.copied().unwrap_or_default()
        };
        let judged = judged(store, ix, &deeds, &history, &new_to_account);
        for operation in &judged.operations {
            let completion = operation.completion.map(|at| &deeds[at]);
            let Some(deed) = completion.filter(|deed| !deed.is_refused) else {
                continue;
            };
            let (n_paired, n_alone) = self.completions.entry(deed.action).or_default();
            match operation.standing {
                OperationStanding::Paired => *n_paired += 1,
                OperationStanding::NoRequest => {
                    *n_alone += 1;
                    self.alone.push((deed.key(), ix));
                }
                _ => {}
            }
        }
        self.found
            .extend(judged.findings.into_iter().map(|finding| Found {
                resource: Some(ix),
                finding,
            }));
    }

    pub fn into_judgement(mut self, store: &Store) -> Judgement {
        for (row, ix) in self.alone {
            let action = store.rows().code(Field::Action, row as usize);
            let (n_paired, n_alone) = self.completions.get(&action).copied().unwrap_or_default();
            if findings::has_requests(n_paired, n_alone)
                && let Some(at) = store.rows().time(row as usize)
            {
                self.found.push(Found {
                    resource: Some(ix),
                    finding: findings::missing_request(row, at, n_paired, n_alone),
                });
            }
        }
        // Events stand in the store in the order of time, then of their ids.
        let place = |one: &Found| store.rows().place_of(one.finding.beside);
        sorting::sort_by(&mut self.found, |a, b| {
            let order = (place(a), a.finding.kind).cmp(&(place(b), b.finding.kind));
            // The account's first times before the resource's.
            order.then_with(|| b.finding.is_account().cmp(&a.finding.is_account()))
        });
        let mut by_resource: HashMap<u32, Vec<u32>, BuildMix> = HashMap::default();
        for (place, found) in self.found.iter().enumerate() {
            if let Some(resource) = found.resource {
                by_resource.entry(resource).or_default().push(place as u32);
            }
        }
        self.found.shrink_to_fit();
        Judgement {
            found: self.found,
            by_resource,
        }
    }
}
