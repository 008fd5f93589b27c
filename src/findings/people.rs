//! Findings of what people tried: a refusal and then another way, repeated failures and then success, and who is new to
//! a resource.

use std::collections::HashMap;
use std::collections::HashSet;

use reading::hash::BuildMix;

use super::About;
use super::Baseline;
use super::Finding;
use super::FindingKind;
use super::Firsts;
use super::Severity;
use super::Stretch;
use super::deed::DAY;
use super::deed::Deed;
use super::deed::HOUR;
use super::deed::TextCode;
use super::deed::nanos_between;
use crate::cadf::Outcome;

/// Failures in a row that are worth a word.
const FEWEST_FAILURES: usize = 3;
/// How much must have come before, for a first time to mean something.
const FEWEST_BEFORE: usize = 20;
pub const LEAST_BASELINE: i64 = 30 * DAY;

pub fn refused_then_done(deeds: &[Deed], found: &mut Vec<Finding>) {
    // By person, the refusals of the last hour.
    let mut refusals: HashMap<TextCode, Vec<usize>, BuildMix> = HashMap::default();
    for (at, deed) in deeds.iter().enumerate().filter(|(_, deed)| deed.who != 0) {
        if deed.is_refused {
            refusals.entry(deed.who).or_default().push(at);
        }
        if deed.fact.outcome != Outcome::Success {
            continue;
        }
        let Some(refused) = refusals.get_mut(&deed.who) else {
            continue;
        };
        refused.retain(|at| nanos_between(deeds[*at].at(), deed.at()) <= HOUR);
        let tried = refused.iter().map(|at| &deeds[*at]);
        let ways = tried.map(|refused| (refused, other_way(refused, deed)));
        let ways: Vec<(&Deed, Way)> = ways.filter(|(_, way)| way.is_another()).collect();
        if ways.is_empty() {
            continue;
        }
        let mut events: Vec<&Deed> = ways.iter().map(|(refused, _)| *refused).collect();
        events.push(deed);
        found.push(Finding {
            kind: FindingKind::RefusedThenDone,
            severity: Severity::High,
            beside: deed.key(),
            at: deed.at(),
            rests_on: Stretch::of(&events),
            events: events.iter().map(|deed| deed.key()).collect(),
            about: About::OtherWay {
                is_stronger: ways.iter().any(|(_, way)| way.is_stronger),
                has_other_credential: ways.iter().any(|(_, way)| way.has_other_credential),
            },
        });
    }
}

#[derive(Clone, Copy)]
struct Way {
    is_same_act: bool,
    is_stronger: bool,
    has_other_credential: bool,
}

impl Way {
    fn is_another(self) -> bool {
        self.is_stronger || self.is_same_act && self.has_other_credential
    }
}

/// How a success does what was refused.
fn other_way(refused: &Deed, done: &Deed) -> Way {
    let differ = |a: TextCode, b: TextCode| a != 0 && b != 0 && a != b;
    let strength = |deed: &Deed| deed.rules.and_then(|rules| rules.strength);
    let is_stronger = match (strength(refused), strength(done)) {
        (Some((purpose, tried)), Some((same, done))) => purpose == same && done > tried,
        _ => false,
    };
    Way {
        is_same_act: refused.action == done.action,
        is_stronger,
        has_other_credential: differ(refused.credential, done.credential)
            || differ(refused.authn_id, done.authn_id),
    }
}

pub fn failures_then_success(deeds: &[Deed], found: &mut Vec<Finding>) {
    let mut runs: HashMap<(TextCode, TextCode), Vec<usize>, BuildMix> = HashMap::default();
    for (at, deed) in deeds.iter().enumerate().filter(|(_, deed)| deed.who != 0) {
        if deed.fact.outcome == Outcome::Pending {
            continue;
        }
        let key = (deed.who, deed.action);
        if deed.fact.outcome != Outcome::Failure && !runs.contains_key(&key) {
            continue;
        }
        let run = runs.entry(key).or_default();
        let goes_on = |last: &usize| nanos_between(deeds[*last].at(), deed.at()) <= HOUR;
        if !run.last().is_none_or(goes_on) {
            run.clear();
        }
        match deed.fact.outcome {
            Outcome::Failure => run.push(at),
            Outcome::Success if run.len() >= FEWEST_FAILURES => {
                let events = run.iter().chain([&at]).map(|at| &deeds[*at]);
                let events: Vec<&Deed> = events.collect();
                found.push(Finding {
                    kind: FindingKind::FailuresThenSuccess,
                    severity: Severity::Warning,
                    beside: deed.key(),
                    at: deed.at(),
                    rests_on: Stretch::of(&events),
                    events: events.iter().map(|deed| deed.key()).collect(),
                    about: About::Events,
                });
                run.clear();
            }
            _ => run.clear(),
        }
    }
}

/// `new_to_account` says what is new for the whole account with an event.
pub fn first_times(
    deeds: &[Deed],
    new_to_account: &dyn Fn(u32) -> Firsts,
    found: &mut Vec<Finding>,
) {
    let Some(first) = deeds.first() else { return };
    let mut seen: [HashSet<TextCode, BuildMix>; 3] = Default::default();
    for (n_before, deed) in deeds.iter().enumerate() {
        let texts = [deed.who, deed.address, deed.agent];
        let mut firsts = Firsts::default();
        for (n, (code, seen)) in texts.into_iter().zip(&mut seen).enumerate() {
            firsts.0[n] = code != 0 && seen.insert(code);
        }
        let length = nanos_between(first.at(), deed.at());
        if n_before < FEWEST_BEFORE || length < LEAST_BASELINE || firsts.is_empty() {
            continue;
        }
        let firsts = firsts.without(new_to_account(deed.key()));
        if !firsts.is_empty() {
            found.push(first_time(
                deed.key(),
                deed.at(),
                firsts,
                Baseline {
                    from: first.at(),
                    n_events: n_before as u64,
                    is_account: false,
                },
            ));
        }
    }
}

pub fn first_time(
    key: u32,
    at: crate::time::Timestamp,
    firsts: Firsts,
    baseline: Baseline,
) -> Finding {
    Finding {
        kind: FindingKind::FirstTime,
        severity: Severity::Info,
        beside: key,
        at,
        rests_on: Some(Stretch {
            from: baseline.from,
            to: at,
            is_everywhere: baseline.is_account,
        }),
        events: vec![key],
        about: About::FirstTime { firsts, baseline },
    }
}
