//! What a view's state is made of, as a link names it.

use std::fmt;

use crate::cadf::Kind;
use crate::protocol::{FleetSort, LaneSort};
use crate::query::language::{Moment, When};
use crate::time::{TimeRange, Timestamp};

use super::text::{fixed_time, range_text};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum View {
    #[default]
    Events,
    Timeline,
    Resources,
    /// The lifecycle history of one.
    Resource,
}

impl View {
    pub const ALL: [View; 4] = [
        View::Events,
        View::Timeline,
        View::Resources,
        View::Resource,
    ];

    pub fn name(self) -> &'static str {
        match self {
            View::Events => "events",
            View::Timeline => "timeline",
            View::Resources => "resources",
            View::Resource => "resource",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum LanesBy {
    #[default]
    Resource,
    Initiator,
    Region,
}

impl LanesBy {
    pub const ALL: [LanesBy; 3] = [LanesBy::Resource, LanesBy::Initiator, LanesBy::Region];

    pub fn name(self) -> &'static str {
        match self {
            LanesBy::Resource => "resource",
            LanesBy::Initiator => "initiator",
            LanesBy::Region => "region",
        }
    }
}

/// An instant of a lane, by the lane's key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LaneMoment {
    pub key: String,
    pub at: Timestamp,
}

/// The order of the fleet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FleetOrder {
    pub by: FleetSort,
    pub descending: bool,
}

pub(super) const LANE_SORTS: [(LaneSort, &str); 6] = [
    (LaneSort::Name, "name"),
    (LaneSort::FirstEvent, "first-event"),
    (LaneSort::LastEvent, "last-event"),
    (LaneSort::MostEvents, "most-events"),
    (LaneSort::MostFailures, "most-failures"),
    (LaneSort::MostFindings, "most-findings"),
];

pub(super) const FLEET_SORTS: [(FleetSort, &str); 7] = [
    (FleetSort::Name, "name"),
    (FleetSort::Kind, "kind"),
    (FleetSort::Region, "region"),
    (FleetSort::Existence, "existence"),
    (FleetSort::Power, "power"),
    (FleetSort::LastChange, "last-change"),
    (FleetSort::Findings, "findings"),
];

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum RangeChoice {
    /// Undated events too.
    #[default]
    All,
    Absolute(TimeRange),
    Relative(RelativeRange),
}

/// `now-7d` (until now), `now-1d/d` (that whole day) or `now-7d..now-1d`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelativeRange {
    from: When,
    to: Option<When>,
}

impl RangeChoice {
    /// `all`, a relative range, or two times with `..` between them; there a date stands for its whole day, in UTC.
    pub fn parse(text: &str) -> Option<RangeChoice> {
        let text = text.trim();
        if text == "all" {
            return Some(RangeChoice::All);
        }
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (from.trim(), Some(to.trim())),
            None => (text, None),
        };
        if !from.starts_with("now") {
            let (from, to) = (fixed_time(from)?.from(), fixed_time(to?)?);
            return TimeRange::new(from, to.to())
                .filter(|_| from <= to.from())
                .map(RangeChoice::Absolute);
        }
        let from = When::parse(from)?;
        let to = match to {
            Some(to) => Some(When::parse(to).filter(When::is_relative)?),
            None => None,
        };
        Some(RangeChoice::Relative(RelativeRange { from, to }))
    }

    /// The time meant at a moment; `None` for all of it.
    pub fn resolve(&self, moment: &Moment) -> Option<TimeRange> {
        match self {
            RangeChoice::All => None,
            RangeChoice::Absolute(range) => Some(*range),
            RangeChoice::Relative(RelativeRange { from, to }) => {
                let start = from.range(moment);
                let end = match to {
                    Some(to) if to.is_instant() => to.range(moment).from(),
                    Some(to) => to.range(moment).to(),
                    None if from.is_instant() => moment.now,
                    None => start.to(),
                };
                // A range from the future to now holds nothing.
                TimeRange::new(start.from(), end.max(start.from()))
            }
        }
    }
}

impl fmt::Display for RangeChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RangeChoice::All => f.write_str("all"),
            RangeChoice::Absolute(range) => f.write_str(&range_text(*range)),
            RangeChoice::Relative(RelativeRange { from, to: None }) => from.fmt(f),
            RangeChoice::Relative(RelativeRange { from, to: Some(to) }) => {
                write!(f, "{from}..{to}")
            }
        }
    }
}

/// An event as links name it: never by a row number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventName {
    /// Its id, or `#` and its content hash.
    pub event: String,
    /// The beginning of its content hash, in hex: tells events of one id apart.
    pub hash: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceName {
    /// As printed: a CRN, an id, `name:…`.
    pub id: String,
    pub kind: Option<Kind>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    pub by: String,
    pub descending: bool,
}

/// A local file as a link names it: the page asks for it and can tell whether it is the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileName {
    pub name: String,
    pub size: u64,
    /// In hex, once it is known.
    pub sha256: Option<String>,
}

/// A hash that became known makes no other file of it.
pub(super) fn is_same_files(new: &[FileName], old: &[FileName]) -> bool {
    let name = |file: &FileName| (file.name.clone(), file.size);
    new.iter().map(name).eq(old.iter().map(name))
}

/// What the address bar's history should do with a new state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    None,
    /// Navigation: "back" returns from it.
    Push,
    /// Typing, zooming, selecting.
    Replace,
}
