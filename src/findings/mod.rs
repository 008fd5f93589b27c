//! What can't be right, and what isn't proven: each act's request and completion, and the findings over a resource's
//! events and the account's. `FINDINGS.md` states every rule. Refuses to say that something is illegal: what is
//! unexplained by the record is said as that, and what a hole in the record could explain is only *suspected*.

mod deed;
mod folds;
mod kinds;
mod lifecycle;
mod operations;
mod people;
mod tables;
#[cfg(test)]
mod tests;

use crate::cadf::Kind;
use crate::lifecycle::History;
use crate::lifecycle::TrackName;
use crate::lifecycle::Value;
use crate::time::Timestamp;

pub use deed::DAY;
pub use deed::Deed;
pub use deed::TextCode;
pub use folds::Fold;
pub use folds::folds;
pub use kinds::FindingKind;
pub use kinds::Severity;
pub use operations::Operation;
pub use operations::OperationStanding;
pub use operations::operations;
pub use people::LEAST_BASELINE;
pub use people::first_time;
pub use tables::ActRules;
pub use tables::Tables;

/// Events by the caller's keys.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub kind: FindingKind,
    pub severity: Severity,
    /// The event that raises it, and its time.
    pub beside: u32,
    pub at: Timestamp,
    /// In the events' order.
    pub events: Vec<u32>,
    /// The time that must be proven read for it to be firm; `None`: it never is.
    pub rests_on: Option<Stretch>,
    pub about: About,
}

impl Finding {
    /// More than worth a word.
    pub fn is_weighty(&self) -> bool {
        self.severity >= Severity::Warning
    }

    /// It is about the whole account, beside whatever event.
    pub fn is_account(&self) -> bool {
        matches!(self.about, About::FirstTime { baseline, .. } if baseline.is_account)
    }
}

/// Both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    pub from: Timestamp,
    pub to: Timestamp,
    /// In every region that anything is stated of, not only in those of the resource and its events.
    pub is_everywhere: bool,
}

impl Stretch {
    /// From the first of these events to the last; nothing rests on an implied one.
    fn of(events: &[&Deed]) -> Option<Stretch> {
        let times = events.iter().map(|deed| deed.at());
        let is_implied = events.iter().any(|deed| deed.fact.is_classic);
        Some(Stretch {
            from: times.clone().min()?,
            to: times.max()?,
            is_everywhere: false,
        })
        .filter(|_| !is_implied)
    }
}

/// What its words are made from, beside its events.
#[derive(Clone, PartialEq, Debug)]
pub enum About {
    Events,
    Transition {
        track: TrackName,
        before: Value,
        /// `a power on`
        unrecorded: &'static str,
    },
    Name {
        said: Box<str>,
        known: Box<str>,
        is_rename: bool,
    },
    OtherWay {
        is_stronger: bool,
        has_other_credential: bool,
    },
    /// How many completions of the same action have a request, and how many have none.
    Requests {
        n_paired: u64,
        n_alone: u64,
    },
    FirstTime {
        firsts: Firsts,
        baseline: Baseline,
    },
}

/// Initiator, address, agent: which of them is new.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Firsts(pub [bool; 3]);

impl Firsts {
    pub const ALL: Firsts = Firsts([true; 3]);

    pub fn is_empty(self) -> bool {
        self == Firsts::default()
    }

    fn without(self, other: Firsts) -> Firsts {
        let [a, b, c] = self.0;
        let [x, y, z] = other.0;
        Firsts([a && !x, b && !y, c && !z])
    }
}

/// What a first time is measured against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Baseline {
    pub from: Timestamp,
    /// Before the event.
    pub n_events: u64,
    /// Of the account, else of the resource.
    pub is_account: bool,
}

/// What is judged of one resource by its own events.
#[derive(Debug, Default)]
pub struct Judged {
    /// In the order of time, then of kinds.
    pub findings: Vec<Finding>,
    /// By place among the events.
    pub operations: Vec<Operation>,
}

/// `deeds` in the events' order and the history that they give; `record_end`: the newest time of all events held.
/// What takes the whole account, requests that are missing, is for whoever has seen all of it.
pub fn judge(
    kind: Kind,
    deeds: &[Deed],
    history: &History,
    record_end: Timestamp,
    new_to_account: &dyn Fn(u32) -> Firsts,
) -> Judged {
    let operations = operations::operations(deeds, record_end);
    let mut findings = Vec::new();
    if kind.has_lifecycle() {
        lifecycle::findings_of_life(kind, deeds, history, &mut findings);
        people::first_times(deeds, new_to_account, &mut findings);
    }
    people::refused_then_done(deeds, &mut findings);
    people::failures_then_success(deeds, &mut findings);
    findings.extend(operations.iter().filter_map(|one| of_operation(deeds, one)));
    sort(&mut findings);
    Judged {
        findings,
        operations,
    }
}

/// By time, then kind, then the events' keys in place of an order that is not recorded.
pub fn sort(findings: &mut [Finding]) {
    crate::sorting::sort_by(findings, |a, b| {
        let by = |one: &Finding| (one.at, one.kind);
        by(a).cmp(&by(b))
    });
}

fn of_operation(deeds: &[Deed], operation: &Operation) -> Option<Finding> {
    let request = operation.request.map(|at| &deeds[at]);
    let completion = operation.completion.map(|at| &deeds[at]);
    match (operation.standing, request, completion) {
        (OperationStanding::NeverCompleted, Some(request), _) => Some(Finding {
            kind: FindingKind::MissingCompletion,
            severity: Severity::Warning,
            beside: request.key(),
            at: request.at(),
            events: vec![request.key()],
            rests_on: Some(Stretch {
                from: request.at().plus_nanos(-DAY),
                to: request.at().plus_nanos(DAY),
                is_everywhere: false,
            }),
            about: About::Events,
        }),
        (OperationStanding::Paired, Some(request), Some(completion))
            if completion.at() < request.at() =>
        {
            let events = [completion, request];
            Some(Finding {
                kind: FindingKind::ClockDisorder,
                severity: Severity::Warning,
                beside: completion.key(),
                at: completion.at(),
                rests_on: Stretch::of(&events),
                events: events.iter().map(|deed| deed.key()).collect(),
                about: About::Events,
            })
        }
        _ => None,
    }
}

/// A completion that nothing asked for, of an action whose others are asked for.
pub fn missing_request(key: u32, at: Timestamp, n_paired: u64, n_alone: u64) -> Finding {
    Finding {
        kind: FindingKind::MissingRequest,
        severity: Severity::Info,
        beside: key,
        at,
        events: vec![key],
        rests_on: Some(Stretch {
            from: at.plus_nanos(-DAY),
            to: at,
            is_everywhere: false,
        }),
        about: About::Requests { n_paired, n_alone },
    }
}

/// Whether an action with so many completions is recorded with its requests.
pub fn has_requests(n_paired: u64, n_alone: u64) -> bool {
    n_paired >= 3 && n_paired >= 9 * n_alone
}
