//! The two data tables of the findings, by the catalogue's acts: which value an act can't follow, and which acts do the
//! same with more force. Refuses to judge.

use crate::catalogue::ActId;
use crate::catalogue::Catalogue;
use crate::catalogue::read_table;
use crate::lifecycle::Detail;
use crate::lifecycle::TrackName;
use crate::lifecycle::Value;

use super::Severity;

pub const TRANSITIONS: &str = include_str!("transitions.tsv");
pub const STRENGTHS: &str = include_str!("strengths.tsv");

/// What is judged of each act of a catalogue.
#[derive(Debug)]
pub struct Tables(Vec<ActRules>);

#[derive(Debug, Default)]
pub struct ActRules {
    pub transitions: Vec<Transition>,
    /// What it is for, and with how much force: the name of the purpose is a code of this table.
    pub strength: Option<(u32, u32)>,
}

/// The act can't follow this value.
#[derive(Debug)]
pub struct Transition {
    pub track: TrackKind,
    pub before: Value,
    pub severity: Severity,
    /// What would explain it and isn't recorded: `a power on`.
    pub unrecorded: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrackKind {
    Power,
    Port,
    SecurityGroup,
}

impl TrackKind {
    /// The tracks of this kind that an event speaks of.
    pub fn tracks(self, detail: &Detail) -> Vec<TrackName> {
        let named = |names: &[Box<str>], track: fn(Box<str>) -> TrackName| {
            names.iter().cloned().map(track).collect()
        };
        match self {
            TrackKind::Power => vec![TrackName::Power],
            TrackKind::Port => named(&detail.ports, TrackName::Port),
            TrackKind::SecurityGroup => named(&detail.security_groups, TrackName::SecurityGroup),
        }
    }
}

impl Tables {
    /// A broken row is left out here and turns a test red.
    pub fn of(catalogue: &Catalogue) -> Tables {
        let mut by_act: Vec<ActRules> = Vec::new();
        by_act.resize_with(catalogue.acts().len(), ActRules::default);
        for (act, transition) in read_table(TRANSITIONS, read_transition).0 {
            if let Some(ActId(id)) = catalogue.action_id(&act) {
                by_act[usize::from(id)].transitions.push(transition);
            }
        }
        let mut purposes: Vec<Box<str>> = Vec::new();
        for (act, purpose, strength) in read_table(STRENGTHS, read_strength).0 {
            let known = purposes.iter().position(|known| *known == purpose);
            let code = known.unwrap_or(purposes.len());
            if known.is_none() {
                purposes.push(purpose);
            }
            if let Some(ActId(id)) = catalogue.action_id(&act) {
                by_act[usize::from(id)].strength = Some((code as u32, strength));
            }
        }
        Tables(by_act)
    }

    pub fn rules(&self, act: ActId) -> Option<&ActRules> {
        self.0.get(usize::from(act.0))
    }
}

fn read_transition(cells: &[&'static str]) -> Result<(Box<str>, Transition), String> {
    let [act, track, before, severity, unrecorded] = cells else {
        return Err(format!("{} columns, expected 5", cells.len()));
    };
    let track = match *track {
        "power" => TrackKind::Power,
        "port" => TrackKind::Port,
        "security-group" => TrackKind::SecurityGroup,
        other => return Err(format!("track {other}")),
    };
    let values = [
        Value::On,
        Value::Off,
        Value::Enabled,
        Value::Disabled,
        Value::Member,
        Value::NotMember,
    ];
    let value = values.into_iter().find(|value| value.as_str() == *before);
    let severities = Severity::ALL.into_iter();
    let transition = Transition {
        track,
        before: value.ok_or_else(|| format!("before {before}"))?,
        severity: severities
            .clone()
            .find(|known| known.name() == *severity)
            .ok_or_else(|| format!("severity {severity}"))?,
        unrecorded,
    };
    Ok(((*act).into(), transition))
}

fn read_strength(cells: &[&str]) -> Result<(Box<str>, Box<str>, u32), String> {
    let [act, purpose, strength] = cells else {
        return Err(format!("{} columns, expected 3", cells.len()));
    };
    let strength = strength.parse().map_err(|_| format!("strength {strength}"));
    Ok(((*act).into(), (*purpose).into(), strength?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_names_an_act_of_the_catalogue() {
        let catalogue = Catalogue::standard();
        let (transitions, broken) = read_table(TRANSITIONS, read_transition);
        assert_eq!(broken, Vec::<String>::new());
        let (strengths, broken) = read_table(STRENGTHS, read_strength);
        assert_eq!(broken, Vec::<String>::new());
        let acts = transitions.iter().map(|(act, _)| act);
        for act in acts.chain(strengths.iter().map(|(act, _, _)| act)) {
            assert!(catalogue.act(act).is_some(), "{act}");
        }
        assert_eq!((transitions.len(), strengths.len()), (25, 9));
    }
}
