//! What a resource's events did to it: its tracks, and for each event what it changed. Any order in, the same out.
//! Follows `rules.md`, "Tracks", sentence by sentence. Refuses to judge: an odd transition is a value like any other.
//!
//! Readings taken where the rules leave room, each the most literal one:
//! - A value that lasts no time (replaced at the same instant) is no span; what it changed is in `changes`.
//! - "That one's own pending or failed tries" are provisions or creates of the resource before the first that
//!   succeeded. What else they say is before the tracks begin.
//! - The unknown with which the other tracks start at a provision is one that an event starts: it is *set*.
//! - An action without a row in the catalogue proves no life: the catalogue's column doesn't have it.
//! - A classic record is no *successful* event: what it gives is implied, and it proves no life.
//! - A kind without a lifecycle has the name track only, of the names seen.

use std::cmp::Ordering;
use std::rc::Rc;

use super::Detail;
use super::names_something;
use super::naming;
use super::track::Basis;
use super::track::Span;
use super::track::Track;
use super::track::TrackName;
use super::track::Value;
use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::catalogue::Act;
use crate::catalogue::Effect;
use crate::catalogue::Existence;
use crate::catalogue::Power;
use crate::sorting;
use crate::sorting::Ordered;
use crate::time::Timestamp;

/// What one dated event of the resource says. Undated events are in no track: leave them out.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// The caller's row; comes back in spans and changes.
    pub key: u32,
    /// The event's id, or `#` and its hash: decides the order within one instant.
    pub id: &'a str,
    pub at: Timestamp,
    pub act: Option<&'a Act>,
    pub outcome: Outcome,
    pub is_classic: bool,
    /// Name, else id.
    pub initiator: Option<&'a str>,
    /// The target's name where the target is the resource itself (`Identities::target_is_resource`), else `None`.
    pub target_name: Option<&'a str>,
    pub detail: &'a Detail,
}

impl<'a> Fact<'a> {
    /// What its effect rests on; `None`: it changes nothing.
    pub fn basis(&self) -> Option<Basis> {
        match self.outcome {
            Outcome::Success => Some(Basis::Set),
            Outcome::None if self.is_classic => Some(Basis::Implied),
            _ => None,
        }
    }

    pub fn effect(&self) -> Effect {
        self.act.map_or(Effect::NONE, |act| act.effect)
    }

    /// The resource's name as the event's target has it.
    pub fn name(&self) -> Option<&'a str> {
        self.target_name.filter(|name| names_something(name))
    }

    /// Within an instant: a provision or create first, a reclaim or delete last.
    fn rank(&self) -> u8 {
        let effect = self.effect();
        match (effect.begins_life(), effect.ends_life()) {
            (true, _) => 0,
            (_, true) => 2,
            _ => 1,
        }
    }

    /// By all that a fact says; the key, which depends on arrival, comes last and decides nothing.
    pub fn order(&self, other: &Self) -> Ordering {
        self.at
            .cmp(&other.at)
            .then_with(|| self.rank().cmp(&other.rank()))
            .then_with(|| self.id.cmp(other.id))
            .then_with(|| self.said().cmp(&other.said()))
    }

    fn said(&self) -> impl Ord + use<'a> {
        (
            self.outcome,
            self.act.map(|act| &act.name),
            self.target_name,
            self.initiator,
            self.is_classic,
            self.detail,
        )
    }
}

/// The life of one resource.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    /// By name: existence, power, name, image, ports, speeds, security groups. A track that no event gave is absent,
    /// but existence and power, which every server has.
    pub tracks: Vec<Track>,
    /// In time order; an event that changed several tracks has several.
    pub changes: Vec<Change>,
    /// Keys of the events of one instant whose order decides a value and was not recorded, also of those among them
    /// that changed nothing. Sorted.
    pub order_not_recorded: Vec<u32>,
    /// When the tracks begin, where they begin with a provision or create; `None`: since before anything recorded.
    pub born: Option<Timestamp>,
    /// When an event set or showed a value that a track already had, in time order: what a carried value waits for.
    pub confirmed: Vec<(TrackName, Timestamp)>,
}

/// One event gave one track another value than it had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    pub key: u32,
    pub at: Timestamp,
    pub track: TrackName,
    /// `None`: the track began with this event.
    pub before: Option<Held>,
    pub after: Value,
    pub basis: Basis,
    /// The order of this instant's events decides the value and was not recorded.
    pub order_not_recorded: bool,
}

/// A value that stood before, and who set it when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    pub value: Value,
    pub from: Option<Timestamp>,
    pub event: Option<u32>,
    pub initiator: Option<Rc<str>>,
    pub basis: Option<Basis>,
}

impl History {
    pub fn track(&self, name: &TrackName) -> Option<&Track> {
        self.tracks.iter().find(|track| track.name == *name)
    }

    /// What the events of an instant changed.
    pub fn changes_at(&self, at: Option<Timestamp>) -> &[Change] {
        let from = self.changes.partition_point(|change| Some(change.at) < at);
        let rest = &self.changes[from..];
        &rest[..rest.partition_point(|change| Some(change.at) == at)]
    }

    /// The span of a track at an instant; a change at exactly that instant has happened.
    pub fn at(&self, name: &TrackName, at: Timestamp) -> Option<&Span> {
        self.track(name)?.at(at)
    }

    /// `None`: the kind has no such track, or it begins later.
    pub fn existence_at(&self, at: Timestamp) -> Option<&Value> {
        self.at(&TrackName::Existence, at).map(|span| &span.value)
    }

    pub fn power_at(&self, at: Timestamp) -> Option<&Value> {
        self.at(&TrackName::Power, at).map(|span| &span.value)
    }

    /// Its known name at an instant.
    pub fn name_at(&self, at: Timestamp) -> Option<&str> {
        known_name(self.at(&TrackName::Name, at)?)
    }

    /// Its known name after all that is recorded.
    pub fn name_now(&self) -> Option<&str> {
        known_name(self.track(&TrackName::Name)?.last()?)
    }
}

fn known_name(span: &Span) -> Option<&str> {
    span.value.is_known().then(|| span.value.as_str())
}

/// The history of a resource of that kind from its dated events, in any order; repeated facts count once.
pub fn history(kind: Kind, facts: &[Fact]) -> History {
    let mut facts: Vec<&Fact> = facts.iter().collect();
    sorting::sort_by(&mut facts, |a, b| {
        a.order(b).then_with(|| a.key.cmp(&b.key))
    });
    facts.dedup_by(|a, b| a.order(b) == Ordering::Equal);
    let birth = birth(kind, &facts);
    let facts = &facts[birth.unwrap_or(0)..];
    let mut draft = Draft::new(kind, birth.and_then(|_| facts.first().copied()));
    for (i, fact) in facts.iter().enumerate() {
        if kind.has_lifecycle() {
            draft.apply_effect(fact);
        }
        if let Some((name, basis)) = naming::name_given(facts, i, draft.value(&TrackName::Name)) {
            draft.claim(TrackName::Name, name, fact, basis);
        }
    }
    draft.finish()
}

/// The place of the provision or create that the tracks begin with: nothing comes before it but its own pending or
/// failed tries.
fn birth(kind: Kind, facts: &[&Fact]) -> Option<usize> {
    if !kind.has_lifecycle() {
        return None;
    }
    let is_try = |fact: &&Fact| matches!(fact.outcome, Outcome::Pending | Outcome::Failure);
    let begins = |fact: &&Fact| fact.effect().begins_life();
    let first = facts
        .iter()
        .position(|fact| !(begins(fact) && is_try(fact)))?;
    (begins(&facts[first]) && facts[first].basis().is_some()).then_some(first)
}

/// Tracks in the making.
struct Draft<'a> {
    kind: Kind,
    birth: Option<&'a Fact<'a>>,
    tracks: Ordered<TrackName, Vec<Span>>,
    changes: Vec<Change>,
    confirmed: Vec<(TrackName, Timestamp)>,
    /// What was claimed of each track in the instant being read, to tell where its order decides.
    instant: Option<Timestamp>,
    claims: Vec<(TrackName, Value, u32)>,
    order_not_recorded: Vec<u32>,
    /// Each once: few people do most.
    initiators: Ordered<&'a str, Rc<str>>,
}

impl<'a> Draft<'a> {
    fn new(kind: Kind, birth: Option<&'a Fact<'a>>) -> Self {
        let mut draft = Draft {
            kind,
            birth,
            tracks: Ordered::default(),
            changes: Vec::new(),
            confirmed: Vec::new(),
            instant: None,
            claims: Vec::new(),
            order_not_recorded: Vec::new(),
            initiators: Ordered::default(),
        };
        if kind.has_lifecycle() {
            started(&mut draft.tracks, birth, TrackName::Existence);
        }
        if kind.has_power() {
            started(&mut draft.tracks, birth, TrackName::Power);
        }
        draft
    }

    fn value(&self, track: &TrackName) -> &Value {
        self.tracks
            .get(track)
            .and_then(|spans| spans.last())
            .map_or(&Value::Unknown, |span| &span.value)
    }

    fn apply_effect(&mut self, fact: &Fact<'a>) {
        let Some(basis) = fact.basis() else {
            return;
        };
        let effect = fact.effect();
        match effect.existence {
            Some(Existence::Live) => {
                self.claim(TrackName::Existence, Value::Live, fact, basis);
            }
            Some(Existence::Ended) => {
                let ended = Value::ended(self.kind);
                self.claim(TrackName::Existence, ended, fact, basis);
            }
            None => self.prove_life(fact, basis),
        }
        if let Some(power) = effect.power.filter(|_| self.kind.has_power()) {
            let value = match power {
                Power::Unknown => Value::Unknown,
                Power::On => Value::On,
                Power::Off => Value::Off,
                Power::Suspended => Value::Suspended,
                Power::Rescue => Value::Rescue,
            };
            self.claim(TrackName::Power, value, fact, basis);
        }
        if effect.image {
            let image = fact.detail.image.clone();
            let value = image.map_or(Value::NotNamed, |image| Value::Text(image.into()));
            self.claim(TrackName::Image, value, fact, basis);
        }
        for port in &fact.detail.ports {
            if let Some(is_enabled) = effect.port {
                let value = if is_enabled {
                    Value::Enabled
                } else {
                    Value::Disabled
                };
                self.claim(TrackName::Port(port.clone()), value, fact, basis);
            }
            if effect.port_speed {
                let speed = fact.detail.speed_mbps.clone();
                let value = speed.map_or(Value::Unknown, |mbps| Value::Text(mbps.into()));
                self.claim(TrackName::PortSpeed(port.clone()), value, fact, basis);
            }
        }
        if let Some(is_member) = effect.security_group {
            for group in &fact.detail.security_groups {
                let value = if is_member {
                    Value::Member
                } else {
                    Value::NotMember
                };
                self.claim(TrackName::SecurityGroup(group.clone()), value, fact, basis);
            }
        }
    }

    /// A success on a resource whose existence isn't known shows it live; it revives nothing.
    fn prove_life(&mut self, fact: &Fact<'a>, basis: Basis) {
        let proves = fact.act.is_some_and(|act| act.proves_life) && basis == Basis::Set;
        // What has ended is not revived by it.
        if proves
            && matches!(
                self.value(&TrackName::Existence),
                Value::Unknown | Value::Live
            )
        {
            self.claim(TrackName::Existence, Value::Live, fact, Basis::Seen);
        }
    }

    /// A fact gives a track a value.
    fn claim(&mut self, track: TrackName, value: Value, fact: &Fact<'a>, basis: Basis) {
        let is_contested = self.is_contested(&track, &value, fact, basis);
        let spans = started(&mut self.tracks, self.birth, track.clone());
        // An image is put on anew each time, be it the same one; any other value only lasts on.
        let is_same = |span: &Span| span.value == value && track != TrackName::Image;
        if spans.last().is_none_or(is_same) {
            add(&mut self.confirmed, (track, fact.at));
            return;
        }
        let before = spans.last().map(held);
        let begins_track =
            spans.len() == 1 && spans[0].from == Some(fact.at) && spans[0].value == Value::Unknown;
        if spans.last().is_some_and(|span| span.from == Some(fact.at)) {
            spans.pop();
        }
        let change = Change {
            key: fact.key,
            at: fact.at,
            track: track.clone(),
            before: before.filter(|_| !begins_track),
            after: value.clone(),
            basis,
            order_not_recorded: is_contested,
        };
        add(&mut self.changes, change);
        if let Some(last) = spans.last_mut() {
            if is_same(last) {
                // What came between lasted no time.
                last.to = None;
                last.end_known = false;
                return;
            }
            last.to = Some(fact.at);
            last.end_known = basis != Basis::Seen && last.value != Value::Suspended;
        }
        let span = Span {
            value,
            from: Some(fact.at),
            to: None,
            event: Some(fact.key),
            initiator: fact
                .initiator
                .filter(|_| basis != Basis::Seen)
                .map(|who| self.initiators.get_or(who, || who.into()).clone()),
            basis: Some(basis),
            end_known: false,
            order_not_recorded: is_contested,
        };
        add(spans, span);
    }

    /// Whether another event of the same instant gave the track another value; marks both events.
    fn is_contested(
        &mut self,
        track: &TrackName,
        value: &Value,
        fact: &Fact,
        basis: Basis,
    ) -> bool {
        if self.instant != Some(fact.at) {
            self.instant = Some(fact.at);
            self.claims.clear();
        }
        // That it was seen to live never contends with its end: in either order it has ended.
        if *track == TrackName::Existence && basis == Basis::Seen {
            return false;
        }
        let rivals: Vec<u32> = self
            .claims
            .iter()
            .filter(|(other, claimed, _)| other == track && claimed != value)
            .map(|(_, _, key)| *key)
            .filter(|key| *key != fact.key)
            .collect();
        self.claims.push((track.clone(), value.clone(), fact.key));
        if rivals.is_empty() {
            return false;
        }
        let of_instant = self.changes.iter_mut().rev();
        for change in of_instant.take_while(|change| change.at == fact.at) {
            change.order_not_recorded |= change.track == *track && rivals.contains(&change.key);
        }
        self.order_not_recorded.extend(rivals);
        self.order_not_recorded.push(fact.key);
        true
    }

    fn finish(mut self) -> History {
        sorting::sort(&mut self.order_not_recorded);
        self.order_not_recorded.dedup();
        // Kept as long as somebody looks: what was held for more is given back.
        self.changes.shrink_to_fit();
        self.confirmed.shrink_to_fit();
        let track = |(name, mut spans): (TrackName, Vec<Span>)| {
            spans.shrink_to_fit();
            Track { name, spans }
        };
        History {
            tracks: self.tracks.into_entries().into_iter().map(track).collect(),
            changes: self.changes,
            confirmed: self.confirmed,
            order_not_recorded: self.order_not_recorded,
            born: self.birth.map(|fact| fact.at),
        }
    }
}

/// Grows by a quarter at a time: the busiest resources have a change for many of their events, and what is held for as
/// many again is memory that a browser never gives back.
fn add<T>(items: &mut Vec<T>, item: T) {
    if items.len() == items.capacity() {
        items.reserve_exact(items.len() / 4 + 4);
    }
    items.push(item);
}

/// The spans of a track. Its first is unknown from the birth, else from before anything recorded.
fn started<'t>(
    tracks: &'t mut Ordered<TrackName, Vec<Span>>,
    birth: Option<&Fact>,
    track: TrackName,
) -> &'t mut Vec<Span> {
    tracks.get_or(track, || {
        vec![Span {
            value: Value::Unknown,
            from: birth.map(|fact| fact.at),
            to: None,
            event: birth.map(|fact| fact.key),
            initiator: birth.and_then(|fact| fact.initiator).map(Rc::from),
            basis: birth.and_then(|fact| fact.basis()),
            end_known: false,
            order_not_recorded: false,
        }]
    })
}

fn held(span: &Span) -> Held {
    Held {
        value: span.value.clone(),
        from: span.from,
        event: span.event,
        initiator: span.initiator.clone(),
        basis: span.basis,
    }
}
