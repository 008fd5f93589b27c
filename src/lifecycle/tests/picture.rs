//! A picture of a resource's events and of the tracks they give.
//!
//! `10:00 provision ok by=jane name=web-7 | 10:05 power-off failure`: events of a vsi, parted by `|`. Each is a time,
//! an action (a suffix of `audit-log.vsi`, or a whole name) and an outcome (`ok`, `failure`, `pending`, `unknown`,
//! `none`, `classic`); then what it says: `by`, `name`, `id`, `port`, `speed`, `group`, `new`, `image`.
//! Events are called a, b, c … in the order written unless `id` says otherwise.
//!
//! Tracks come back as `unknown -..10:00 | live 10:00.. set a jane`: a value, from, to (`~`: end not known), then
//! basis, event and initiator.

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::catalogue::Catalogue;
use crate::lifecycle::Detail;
use crate::lifecycle::Fact;
use crate::lifecycle::History;
use crate::lifecycle::TrackName;
use crate::lifecycle::history;
use crate::time::Timestamp;

pub struct Picture {
    pub history: History,
    ids: Vec<String>,
}

/// A fact that owns what it says.
#[derive(Clone, Debug)]
pub struct OwnedFact {
    pub id: String,
    pub at: Timestamp,
    pub action: String,
    pub outcome: Outcome,
    pub is_classic: bool,
    pub initiator: Option<String>,
    pub name: Option<String>,
    pub detail: Detail,
}

pub fn life(text: &str) -> Picture {
    life_of(Kind::Vsi, text)
}

pub fn life_of(kind: Kind, text: &str) -> Picture {
    let facts = read(text);
    Picture {
        history: history_of(kind, &facts),
        ids: facts.into_iter().map(|fact| fact.id).collect(),
    }
}

pub fn history_of(kind: Kind, facts: &[OwnedFact]) -> History {
    let catalogue = Catalogue::standard();
    let facts: Vec<Fact> = facts
        .iter()
        .zip(0..)
        .map(|(fact, key)| fact.lend(key, &catalogue))
        .collect();
    history(kind, &facts)
}

impl OwnedFact {
    pub fn lend<'a>(&'a self, key: u32, catalogue: &'a Catalogue) -> Fact<'a> {
        Fact {
            key,
            id: &self.id,
            at: self.at,
            act: catalogue.act(&self.action),
            outcome: self.outcome,
            is_classic: self.is_classic,
            initiator: self.initiator.as_deref(),
            target_name: self.name.as_deref(),
            detail: &self.detail,
        }
    }
}

impl Picture {
    /// The spans of a track; `absent` if there is none.
    pub fn track(&self, name: &str) -> String {
        let of_name = |track: &&crate::lifecycle::Track| track.name.to_string() == name;
        match self.history.tracks.iter().find(of_name) {
            None => "absent".into(),
            Some(track) => {
                let spans: Vec<String> = track.spans.iter().map(|span| self.span(span)).collect();
                spans.join(" | ")
            }
        }
    }

    pub fn existence(&self) -> String {
        self.track("existence")
    }

    pub fn power(&self) -> String {
        self.track("power")
    }

    /// `a power on→off`, marked `?` where the order was not recorded.
    pub fn changes(&self) -> String {
        let changes: Vec<String> = self
            .history
            .changes
            .iter()
            .map(|change| {
                let before = change.before.as_ref().map(|held| held.value.to_string());
                format!(
                    "{} {} {}→{}{}",
                    self.ids[change.key as usize],
                    change.track,
                    before.unwrap_or_else(|| "·".into()),
                    change.after,
                    if change.order_not_recorded { "?" } else { "" }
                )
            })
            .collect();
        changes.join(" | ")
    }

    pub fn power_at(&self, time: &str) -> Option<String> {
        self.history.power_at(at(time)).map(ToString::to_string)
    }

    pub fn named_at(&self, time: &str) -> Option<&str> {
        self.history.name_at(at(time))
    }

    pub fn has(&self, track: &TrackName) -> bool {
        self.history.track(track).is_some()
    }

    fn span(&self, span: &crate::lifecycle::Span) -> String {
        let mut text = format!(
            "{} {}..{}",
            span.value,
            span.from.map_or("-".into(), clock),
            span.to.map_or(String::new(), clock)
        );
        if !span.end_known && span.to.is_some() {
            text.push('~');
        }
        assert!(
            span.to.is_some() || !span.end_known,
            "an open end is not known"
        );
        if let Some(basis) = span.basis {
            text.push(' ');
            text.push_str(basis.name());
        }
        if let Some(event) = span.event {
            text.push(' ');
            text.push_str(&self.ids[event as usize]);
        }
        if let Some(initiator) = &span.initiator {
            text.push(' ');
            text.push_str(initiator);
        }
        text
    }
}

/// `10:05` of the first day, `3d10:05` three days later.
pub fn at(time: &str) -> Timestamp {
    let (days, time) = time.split_once('d').unwrap_or(("0", time));
    let (hours, minutes) = time.split_once(':').expect("a time like 10:05");
    let number = |text: &str| text.parse::<i64>().expect("digits");
    let (minutes, secs) = minutes.split_once(':').unwrap_or((minutes, "0"));
    let hours = number(days) * 24 + number(hours);
    Timestamp::from_secs((hours * 60 + number(minutes)) * 60 + number(secs))
}

fn clock(at: Timestamp) -> String {
    at.to_string()[11..16].to_owned()
}

pub fn read(text: &str) -> Vec<OwnedFact> {
    let facts = read_with_rest(text).into_iter();
    let alone = facts.map(|(fact, rest)| match rest.first() {
        None => fact,
        Some((key, _)) => panic!("{key} is no word of a picture"),
    });
    alone.collect()
}

/// And what each says that is no fact's.
pub fn read_with_rest(text: &str) -> Vec<(OwnedFact, Vec<(String, String)>)> {
    let parts = text
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .zip('a'..)
        .map(|(part, letter)| read_one(part, letter))
        .collect()
}

fn read_one(text: &str, letter: char) -> (OwnedFact, Vec<(String, String)>) {
    let mut words = text.split_whitespace();
    let mut next = || words.next().expect("time, action, outcome");
    let (time, action, outcome) = (next(), next(), next());
    let is_classic = outcome == "classic";
    let mut fact = OwnedFact {
        id: letter.to_string(),
        at: at(time),
        action: if action.matches('.').count() > 1 {
            action.to_owned()
        } else if action.starts_with(['-', '.']) {
            format!("audit-log.vsi{action}")
        } else {
            format!("audit-log.vsi.{action}")
        },
        outcome: match outcome {
            "ok" => Outcome::Success,
            "classic" => Outcome::None,
            other => [
                Outcome::Failure,
                Outcome::Pending,
                Outcome::Unknown,
                Outcome::None,
            ]
            .into_iter()
            .find(|outcome| outcome.name() == other)
            .expect("an outcome"),
        },
        is_classic,
        initiator: None,
        name: None,
        detail: Detail::default(),
    };
    let mut rest = Vec::new();
    for word in words {
        let (key, value) = word.split_once('=').expect("key=value");
        match key {
            "by" => fact.initiator = Some(value.into()),
            "name" => fact.name = Some(value.into()),
            "id" => fact.id = value.into(),
            "port" => fact.detail.ports = value.split(',').map(Box::from).collect(),
            "speed" => fact.detail.speed_mbps = Some(value.into()),
            "group" => fact.detail.security_groups = value.split(',').map(Box::from).collect(),
            "new" => fact.detail.new_name = Some(value.into()),
            "old" => fact.detail.old_name = Some(value.into()),
            "image" => fact.detail.image = Some(value.into()),
            other => rest.push((other.to_owned(), value.to_owned())),
        }
    }
    (fact, rest)
}
