//! Requests and their completions (`FINDINGS.md`, Operations). What could belong together in more than one way is
//! ambiguous, never paired.

use std::collections::HashMap;
use std::collections::HashSet;

use reading::hash::BuildMix;

use crate::crossing::Crossing;

use super::deed::DAY;
use super::deed::Deed;
use super::deed::TextCode;
use super::deed::nanos_between;
use crate::cadf::Outcome;
use crate::time::Timestamp;

/// Its halves by their places among the events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operation {
    pub request: Option<usize>,
    pub completion: Option<usize>,
    pub standing: OperationStanding,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Crossing)]
pub enum OperationStanding {
    Paired,
    /// The record ends before a completion had to come.
    Open,
    NeverCompleted,
    /// A completion that nothing asked for.
    NoRequest,
    Ambiguous,
}

/// In the order of their first event. Completions without a request are among them, as most events of services that
/// record no requests are. `record_end` is the time of the newest event held.
pub fn operations(deeds: &[Deed], record_end: Timestamp) -> Vec<Operation> {
    // Completions of acts that nobody asked for are alone; most services record no requests.
    let mut by_act: HashMap<TextCode, Halves, BuildMix> = HashMap::default();
    let act = |at: usize| deeds[at].action;
    for at in (0..deeds.len()).filter(|at| is_request(&deeds[*at])) {
        by_act.entry(act(at)).or_default().requests.push(at);
    }
    let mut found = Vec::new();
    for at in (0..deeds.len()).filter(|at| is_completion(&deeds[*at])) {
        match by_act.get_mut(&act(at)) {
            Some(halves) => halves.completions.push(at),
            None => found.push(alone(at)),
        }
    }
    for halves in by_act.into_values() {
        halves.pair(deeds, record_end, &mut found);
    }
    crate::sorting::sort_by_key(&mut found, |operation: &Operation| {
        let request = operation.request.unwrap_or(usize::MAX);
        request.min(operation.completion.unwrap_or(usize::MAX))
    });
    found
}

fn is_request(deed: &Deed) -> bool {
    deed.fact.outcome == Outcome::Pending
}

fn is_completion(deed: &Deed) -> bool {
    matches!(deed.fact.outcome, Outcome::Success | Outcome::Failure) && !deed.fact.is_classic
}

/// Requests and completions of one act, each in the events' order; what is settled is taken out.
#[derive(Default)]
struct Halves {
    requests: Vec<usize>,
    completions: Vec<usize>,
}

impl Halves {
    fn pair(mut self, deeds: &[Deed], record_end: Timestamp, found: &mut Vec<Operation>) {
        self.pair_by(|at| deeds[at].id, found);
        let correlation = |at: usize| u64::from(deeds[at].correlation);
        let target = |at: usize| u64::from(deeds[at].target);
        let with_target = |at| match (correlation(at), target(at)) {
            (0, _) | (_, 0) => 0,
            (correlation, target) => correlation << 32 | target,
        };
        self.pair_by(with_target, found);
        self.pair_by(correlation, found);
        self.pair_by_initiator(deeds, found);
        for request in self.requests {
            let waited = nanos_between(deeds[request].at(), record_end);
            found.push(Operation {
                request: Some(request),
                completion: None,
                standing: match waited >= DAY {
                    true => OperationStanding::NeverCompleted,
                    false => OperationStanding::Open,
                },
            });
        }
        found.extend(self.completions.into_iter().map(alone));
    }

    /// Those with the same key are each other's candidates; 0 is no key.
    fn pair_by(&mut self, key: impl Fn(usize) -> u64, found: &mut Vec<Operation>) {
        if self.requests.is_empty() || self.completions.is_empty() {
            return;
        }
        let mut alike: HashMap<u64, (Vec<usize>, Vec<usize>), BuildMix> = HashMap::default();
        for &request in self.requests.iter().filter(|at| key(**at) != 0) {
            alike.entry(key(request)).or_default().0.push(request);
        }
        if alike.is_empty() {
            return;
        }
        for &completion in &self.completions {
            if let Some((_, completions)) = alike.get_mut(&key(completion)) {
                completions.push(completion);
            }
        }
        let has_candidates = |at: &usize| {
            let both = alike.get(&key(*at));
            both.is_some_and(|(requests, completions)| {
                !requests.is_empty() && !completions.is_empty()
            })
        };
        self.requests.retain(|at| !has_candidates(at));
        self.completions.retain(|at| !has_candidates(at));
        for (requests, completions) in alike.into_values() {
            match (&*requests, &*completions) {
                ([request], [completion]) => found.push(paired(*request, *completion)),
                ([], _) | (_, []) => {}
                _ => found.extend(ambiguous(&requests, &completions)),
            }
        }
    }

    fn pair_by_initiator(&mut self, deeds: &[Deed], found: &mut Vec<Operation>) {
        let mut people: Vec<TextCode> = self.requests.iter().map(|at| deeds[*at].who).collect();
        crate::sorting::sort(&mut people);
        people.dedup();
        for who in people.into_iter().filter(|who| *who != 0) {
            let of = |halves: &[usize]| -> Vec<usize> {
                let own = halves.iter().copied();
                own.filter(|at| deeds[*at].who == who).collect()
            };
            let (requests, completions) = (of(&self.requests), of(&self.completions));
            let near_requests = Near::new(deeds, &requests);
            let near_completions = Near::new(deeds, &completions);
            let completions_of = |at: usize| near_completions.candidates(deeds, at, 0, DAY);
            let requests_of = |at: usize| near_requests.candidates(deeds, at, -DAY, 0);
            let mut settled: HashSet<usize, BuildMix> = HashSet::default();
            for &request in &requests {
                let Candidates { n, only } = completions_of(request);
                let theirs = only.map(requests_of);
                match (n, only, theirs) {
                    (0, ..) => continue,
                    (1, Some(completion), Some(Candidates { n: 1, .. })) => {
                        found.push(paired(request, completion));
                        settled.insert(completion);
                    }
                    _ => found.extend(ambiguous(&[request], &[])),
                }
                settled.insert(request);
            }
            for &completion in &completions {
                if requests_of(completion).n > 0 && settled.insert(completion) {
                    found.extend(ambiguous(&[], &[completion]));
                }
            }
            self.requests.retain(|at| !settled.contains(at));
            self.completions.retain(|at| !settled.contains(at));
        }
    }
}

/// One kind of half in the order of time: all of them, and those without a correlation id.
struct Near {
    all: Vec<usize>,
    uncorrelated: Vec<usize>,
}

/// How many others could be the other half; `only` if it is one.
struct Candidates {
    n: usize,
    only: Option<usize>,
}

impl Near {
    fn new(deeds: &[Deed], halves: &[usize]) -> Near {
        let own = halves.iter().copied();
        Near {
            all: halves.to_vec(),
            uncorrelated: own.filter(|at| deeds[*at].correlation == 0).collect(),
        }
    }

    /// Those dated from `from` to `to` nanoseconds after an event, that don't have a correlation id if it has one.
    fn candidates(&self, deeds: &[Deed], at: usize, from: i64, to: i64) -> Candidates {
        let halves = match deeds[at].correlation {
            0 => &self.all,
            _ => &self.uncorrelated,
        };
        let when = deeds[at].at().nanos();
        let before = |end: i64| halves.partition_point(|half| deeds[*half].at().nanos() < end);
        let first = before(when.saturating_add(from));
        let last = before(when.saturating_add(to).saturating_add(1));
        Candidates {
            n: last - first,
            only: (last - first == 1).then(|| halves[first]),
        }
    }
}

fn paired(request: usize, completion: usize) -> Operation {
    Operation {
        request: Some(request),
        completion: Some(completion),
        standing: OperationStanding::Paired,
    }
}

fn alone(completion: usize) -> Operation {
    Operation {
        request: None,
        completion: Some(completion),
        standing: OperationStanding::NoRequest,
    }
}

fn ambiguous<'a>(
    requests: &'a [usize],
    completions: &'a [usize],
) -> impl Iterator<Item = Operation> + 'a {
    let of = |request, completion| Operation {
        request,
        completion,
        standing: OperationStanding::Ambiguous,
    };
    let requests = requests.iter().map(move |at| of(Some(*at), None));
    requests.chain(completions.iter().map(move |at| of(None, Some(*at))))
}
