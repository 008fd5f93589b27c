//! Findings of a server's own life: acts that the state before rules out, beginnings and ends that don't fit, names that
//! contradict each other. Reads the tracks; refuses to make them.

use std::collections::HashMap;

use reading::hash::BuildMix;

use super::About;
use super::Finding;
use super::FindingKind;
use super::Severity;
use super::Stretch;
use super::deed::DAY;
use super::deed::Deed;
use super::deed::MINUTE;
use super::deed::TextCode;
use super::deed::nanos_between;
use super::tables::TrackKind;
use super::tables::Transition;
use crate::cadf::Kind;
use crate::lifecycle::History;
use crate::lifecycle::Span;
use crate::lifecycle::TrackName;
use crate::lifecycle::Value;
use crate::time::Timestamp;

/// `deeds` in the events' order, and the history that they give.
pub fn findings_of_life(kind: Kind, deeds: &[Deed], history: &History, found: &mut Vec<Finding>) {
    let life = Life {
        deeds,
        history,
        repeats: repeats(deeds),
    };
    for at in 0..deeds.len() {
        life.transitions(at, found);
        life.renaming(at, found);
        if matches!(kind, Kind::Vsi | Kind::BareMetal) {
            life.sighting(at, found);
        }
    }
    life.beginnings(found);
    life.after_ends(found);
}

struct Life<'a> {
    deeds: &'a [Deed<'a>],
    history: &'a History,
    /// By place: a later record of an act that happened before.
    repeats: Vec<bool>,
}

fn repeats(deeds: &[Deed]) -> Vec<bool> {
    let mut met: HashMap<(TextCode, TextCode), Timestamp, BuildMix> = HashMap::default();
    let in_other_log = |at: usize| {
        let deed = &deeds[at];
        let near = deeds[..at].iter().rev();
        let near = near.take_while(|other| nanos_between(other.at(), deed.at()) <= MINUTE);
        let is_same = |other: &Deed| {
            other.happened()
                && other.fact.is_classic != deed.fact.is_classic
                && other.fact.act.map(|act| &act.name) == deed.fact.act.map(|act| &act.name)
        };
        deed.fact.act.is_some() && near.into_iter().any(is_same)
    };
    let mut is_repeat = |at: usize| {
        let deed = &deeds[at];
        let before = match deed.correlation {
            0 => None,
            correlation => met.insert((correlation, deed.action), deed.at()),
        };
        let is_told_again = before.is_some_and(|before| nanos_between(before, deed.at()) <= DAY);
        is_told_again || in_other_log(at)
    };
    let all = 0..deeds.len();
    all.map(|at| deeds[at].happened() && is_repeat(at))
        .collect()
}

impl Life<'_> {
    /// What a track holds in the last nanosecond before an event.
    fn before(&self, track: &TrackName, at: usize) -> Option<&Span> {
        let just_before = self.deeds[at].at().plus_nanos(-1);
        self.history.at(track, just_before)
    }

    fn existed(&self, at: usize) -> Option<&Span> {
        self.before(&TrackName::Existence, at)
    }

    fn is_ended(&self, at: usize) -> bool {
        let existence = self.existed(at).map(|span| &span.value);
        matches!(existence, Some(Value::Reclaimed | Value::Deleted))
    }

    /// Another event of the same instant that happened gives the track a value as well: their order is not recorded.
    fn is_contested(&self, at: usize, gives: impl Fn(&Deed) -> bool) -> bool {
        let is_alike = |other: &usize| self.deeds[*other].at() == self.deeds[at].at();
        let before = (0..at).rev().take_while(is_alike);
        let after = (at + 1..self.deeds.len()).take_while(is_alike);
        let mut others = before.chain(after).map(|other| &self.deeds[other]);
        others.any(|other| other.happened() && gives(other))
    }

    fn transitions(&self, at: usize, found: &mut Vec<Finding>) {
        let deed = &self.deeds[at];
        let Some(rules) = deed.rules.filter(|_| deed.happened()) else {
            return;
        };
        if rules.transitions.is_empty() || self.repeats[at] || self.is_ended(at) {
            return;
        }
        for rule in &rules.transitions {
            for track in rule.track.tracks(deed.fact.detail) {
                if let Some(before) = self.before(&track, at)
                    && before.value == rule.before
                    && !self.may_be_explained(rule.track, before, at)
                    && !self.is_contested(at, |other| gives(other, &track))
                {
                    found.push(self.transition(at, rule, track, before));
                }
            }
        }
    }

    /// Since the value was given, an act on some port or group happened and did not say on which.
    fn may_be_explained(&self, track: TrackKind, before: &Span, at: usize) -> bool {
        let from = self.giver(before).map_or(0, |giver| giver + 1);
        let names_none = |deed: &Deed| {
            let (effect, detail) = (deed.fact.effect(), deed.fact.detail);
            match track {
                TrackKind::Power => false,
                TrackKind::Port => effect.port.is_some() && detail.ports.is_empty(),
                TrackKind::SecurityGroup => {
                    effect.security_group.is_some() && detail.security_groups.is_empty()
                }
            }
        };
        let mut between = self.deeds[from.min(at)..at].iter();
        track != TrackKind::Power && between.any(|deed| deed.happened() && names_none(deed))
    }

    fn transition(&self, at: usize, rule: &Transition, track: TrackName, before: &Span) -> Finding {
        Finding {
            severity: rule.severity,
            about: About::Transition {
                track,
                before: rule.before.clone(),
                unrecorded: rule.unrecorded,
            },
            ..self.finding(FindingKind::UnexpectedTransition, at, self.giver(before))
        }
        .or_repeat()
    }

    /// The place of the event that a span began with.
    fn giver(&self, span: &Span) -> Option<usize> {
        let (key, from) = span.event.zip(span.from)?;
        let first = self.deeds.partition_point(|deed| deed.at() < from);
        let of_instant = self.deeds[first..].iter();
        let mut of_instant = of_instant.take_while(|deed| deed.at() == from);
        Some(first + of_instant.position(|deed| deed.key() == key)?)
    }

    /// Beside an event, resting on what came before it.
    fn finding(&self, kind: FindingKind, at: usize, earlier: Option<usize>) -> Finding {
        let deed = &self.deeds[at];
        let earlier = earlier.map(|at| &self.deeds[at]);
        let events: Vec<&Deed> = earlier.into_iter().chain([deed]).collect();
        Finding {
            kind,
            severity: Severity::Warning,
            beside: deed.key(),
            at: deed.at(),
            rests_on: earlier.and_then(|_| Stretch::of(&events)),
            events: events.iter().map(|deed| deed.key()).collect(),
            about: About::Events,
        }
    }

    /// A rename that names another value than the one known.
    fn renaming(&self, at: usize, found: &mut Vec<Finding>) {
        let deed = &self.deeds[at];
        if !deed.fact.effect().name || !deed.happened() {
            return;
        }
        let detail = deed.fact.detail;
        let own = deed.fact.name();
        let own = own.filter(|own| {
            let new = detail.new_name.as_deref();
            new.is_some_and(|new| new != *own)
        });
        let Some(said) = detail.old_name.as_deref().or(own) else {
            return;
        };
        self.contradiction(at, said, true, found);
    }

    /// A name without a rename.
    fn sighting(&self, at: usize, found: &mut Vec<Finding>) {
        let deed = &self.deeds[at];
        if deed.fact.effect().name {
            return;
        }
        if let Some(said) = deed.fact.name() {
            self.contradiction(at, said, false, found);
        }
    }

    fn contradiction(&self, at: usize, said: &str, is_rename: bool, found: &mut Vec<Finding>) {
        let Some(before) = self.before(&TrackName::Name, at) else {
            return;
        };
        if !before.value.is_known()
            || before.value.as_str() == said
            || self.is_contested(at, |other| {
                other.fact.effect().name || other.fact.name().is_some()
            })
        {
            return;
        }
        found.push(Finding {
            severity: match is_rename {
                true => Severity::Warning,
                false => Severity::Info,
            },
            about: About::Name {
                said: said.into(),
                known: before.value.as_str().into(),
                is_rename,
            },
            ..self.finding(FindingKind::ValueContradiction, at, self.giver(before))
        });
    }

    fn beginnings(&self, found: &mut Vec<Finding>) {
        // Of the instants before the one at hand, since the last end.
        let mut last_begin = None::<usize>;
        for instant in instants(self.deeds) {
            for at in instant.clone() {
                found.extend(self.beginning(at, last_begin));
            }
            for at in instant {
                let deed = &self.deeds[at];
                if deed.ends_life() {
                    last_begin = None;
                } else if deed.begins_life() {
                    last_begin = Some(at);
                }
            }
        }
    }

    fn beginning(&self, at: usize, last_begin: Option<usize>) -> Option<Finding> {
        let begins_or_ends = |other: &Deed| other.begins_life() || other.ends_life();
        if !self.deeds[at].begins_life() || self.is_contested(at, begins_or_ends) {
            return None;
        }
        let existed = self.existed(at)?;
        match (&existed.value, last_begin) {
            (Value::Reclaimed | Value::Deleted, _) => {
                Some(self.finding(FindingKind::IdentityReused, at, self.giver(existed)))
            }
            (Value::Live, Some(_)) if self.repeats[at] => None,
            (Value::Live, Some(begin)) => {
                let finding = self.finding(FindingKind::ProvisionedTwice, at, Some(begin));
                Some(Finding {
                    severity: Severity::High,
                    ..finding.or_repeat()
                })
            }
            // An earlier begin may lie before all that is recorded, however far that reaches.
            (Value::Live, None) => Some(Finding {
                rests_on: None,
                ..self.finding(FindingKind::ImpossibleOrder, at, self.giver(existed))
            }),
            _ => None,
        }
    }

    fn after_ends(&self, found: &mut Vec<Finding>) {
        let mut end = None::<usize>;
        let mut later: Vec<usize> = Vec::new();
        let mut close = |end: &mut Option<usize>, later: &mut Vec<usize>| {
            if let (Some(end), [first, ..]) = (*end, &**later) {
                found.push(self.after_end(end, *first, later));
            }
            *end = None;
            later.clear();
        };
        for (at, deed) in self.deeds.iter().enumerate() {
            if deed.begins_life() {
                close(&mut end, &mut later);
            } else if let Some(end) = end {
                if deed.needs_life() && deed.at() > self.deeds[end].at() {
                    later.push(at);
                }
            } else if deed.ends_life() {
                end = Some(at);
            }
        }
        close(&mut end, &mut later);
    }

    fn after_end(&self, end: usize, first: usize, later: &[usize]) -> Finding {
        let events: Vec<&Deed> = std::iter::once(&end)
            .chain(later)
            .map(|at| &self.deeds[*at])
            .collect();
        Finding {
            kind: FindingKind::AfterEnd,
            severity: Severity::Warning,
            beside: self.deeds[first].key(),
            at: self.deeds[first].at(),
            rests_on: Stretch::of(&events),
            events: events.iter().map(|deed| deed.key()).collect(),
            about: About::Events,
        }
    }
}

impl Finding {
    /// A record of the last day may show that its event is told a second time.
    fn or_repeat(mut self) -> Finding {
        if let Some(stretch) = &mut self.rests_on {
            stretch.from = stretch.from.min(self.at.plus_nanos(-DAY));
        }
        self
    }
}

/// The event gives this track a value.
fn gives(deed: &Deed, track: &TrackName) -> bool {
    let effect = deed.fact.effect();
    let kind = match track {
        TrackName::Power => return effect.power.is_some(),
        TrackName::Port(_) if effect.port.is_some() => TrackKind::Port,
        TrackName::SecurityGroup(_) if effect.security_group.is_some() => TrackKind::SecurityGroup,
        _ => return false,
    };
    kind.tracks(deed.fact.detail).contains(track)
}

/// Runs of events of one instant.
fn instants<'a>(deeds: &'a [Deed]) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
    let mut from = 0;
    deeds.chunk_by(|a, b| a.at() == b.at()).map(move |instant| {
        let range = from..from + instant.len();
        from = range.end;
        range
    })
}
