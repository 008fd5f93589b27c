//! What one resource's own events come to beside its tracks: findings, requests with their completions, and which events
//! are one act. By the store's rows. What takes the whole account is `judgement`'s.

use super::facts::Facts;
use crate::findings;
use crate::findings::Deed;
use crate::findings::Finding;
use crate::findings::Firsts;
use crate::findings::Judged;
use crate::findings::OperationStanding;
use crate::findings::Tables;
use crate::lifecycle::History;
use crate::store::Store;
use crate::time::Timestamp;

#[derive(Debug)]
pub struct Acts {
    /// But first times, which are told from the account's, and requests that are missing.
    pub findings: Vec<Finding>,
    /// Completions that nothing asked for are left out.
    pub operations: Vec<Operation>,
    /// The row that stays, and the others in the events' order.
    pub folds: Vec<(u32, Vec<u32>)>,
}

/// Its halves by their rows.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub request: Option<u32>,
    pub completion: Option<u32>,
    pub standing: OperationStanding,
    /// From the request to the completion.
    pub nanos: Option<i64>,
}

pub fn acts_of(store: &Store, resource: u32, history: &History) -> Acts {
    let tables = Tables::of(store.catalogue());
    let facts = Facts::of(store, resource);
    let deeds = facts.deeds(&tables);
    let judged = judged(store, resource, &deeds, history, &|_| Firsts::ALL);
    let rows = |places: Vec<usize>| places.into_iter().map(|at| deeds[at].key()).collect();
    let folds = findings::folds(&deeds, &judged.operations);
    let is_shown = |one: &&findings::Operation| one.standing != OperationStanding::NoRequest;
    Acts {
        findings: judged.findings,
        operations: judged
            .operations
            .iter()
            .filter(is_shown)
            .map(|one| of_rows(&deeds, one))
            .collect(),
        folds: folds
            .into_iter()
            .map(|fold| (deeds[fold.head].key(), rows(fold.parts)))
            .collect(),
    }
}

/// What a resource's events, in their order, and the history that they give come to.
pub fn judged(
    store: &Store,
    resource: u32,
    deeds: &[Deed],
    history: &History,
    new_to_account: &dyn Fn(u32) -> Firsts,
) -> Judged {
    let kind = store.resource(resource).kind();
    let record_end = store.counts().totals.last.unwrap_or(Timestamp::MIN);
    findings::judge(kind, deeds, history, record_end, new_to_account)
}

pub fn of_rows(deeds: &[Deed], operation: &findings::Operation) -> Operation {
    let at = |place: Option<usize>| place.map(|at| deeds[at].at());
    let row = |place: Option<usize>| place.map(|at| deeds[at].key());
    let both = at(operation.request).zip(at(operation.completion));
    Operation {
        request: row(operation.request),
        completion: row(operation.completion),
        standing: operation.standing,
        nanos: both.map(|(from, to)| to.nanos().saturating_sub(from.nanos())),
    }
}
