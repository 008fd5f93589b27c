//! View state as the text after `#`, which reaches no server's log, and back. Versioned, with upgraders; no address
//! of a source, no token, no event data. Refuses to guess: what it can't read is left at its default and noted.
//!
//! `#v=1&view=events&q=outcome:failure&range=now-7d&zone=local`: see [`ViewState`] for each part.

mod lanes;
mod parts;
#[cfg(test)]
mod tests;
mod text;

use parts::{FLEET_SORTS, LANE_SORTS, is_same_files};
use text::{decoded, encoded, flag, is_hex, list, name_of, named, range_text, signed, unlisted};

pub use parts::{
    EventName, FileName, FleetOrder, LaneMoment, LanesBy, RangeChoice, RelativeRange, ResourceName,
    Sort, Step, View,
};

use std::collections::BTreeSet;
use std::fmt;

use crate::cadf::Kind;
use crate::protocol::LaneSort;
use crate::query::language::{Moment, Vocabulary, parse};
use crate::time::{TimeRange, Timestamp, Zone};

/// The version that links are written in.
pub const VERSION: u32 = 1;

/// Everything on screen that a colleague would need.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ViewState {
    /// `view`
    pub view: View,
    /// `q`, as typed.
    pub query: String,
    /// `range`
    pub range: RangeChoice,
    /// `zone`: the one that times are shown and typed in.
    pub zone: Zone,
    /// `sel`: the event whose detail is open.
    pub selected: Option<EventName>,
    /// `res`: the resource of [`View::Resource`].
    pub resource: Option<ResourceName>,
    /// `at`: the instant T of the fleet; none is the end of the range.
    pub at: Option<Timestamp>,
    /// `since`: the earlier instant that the fleet at T is compared with.
    pub since: Option<Timestamp>,
    /// `cols`: column names in order; none is the view's own choice.
    pub columns: Vec<String>,
    /// `sort`: a column's name, with `-` before it for descending.
    pub sort: Option<Sort>,
    /// `lanes`
    pub lanes_by: LanesBy,
    /// `lane-sort`: the order of the lanes.
    pub lane_sort: LaneSort,
    /// `folded`: regions whose lanes are folded away.
    pub folded: BTreeSet<String>,
    /// `pin`: lanes that stand under the axis, by resource id or lane key, in the order of pinning.
    pub pinned: Vec<String>,
    /// `align`: one or two lanes with the instants that are their zeros.
    pub aligned: Vec<LaneMoment>,
    /// `table`: what the timeline and a history draw, as a table.
    pub as_table: bool,
    /// `fleet-sort`: the order of the fleet, with `-` before it for descending.
    pub fleet_order: FleetOrder,
    /// `win`: the time that the timeline or a history shows, where it is not the range.
    pub window: Option<TimeRange>,
    /// `find`: the text that narrows the lanes or the fleet.
    pub find: String,
    /// `src`: sources by their configured name; none is all of them.
    pub sources: Vec<String>,
    /// `ended`: reclaimed and deleted resources too.
    pub include_reclaimed: bool,
    /// `demo`: this is the built-in demo account.
    pub is_demo: bool,
    /// `file`, once for each: local files that the page must ask for.
    pub files: Vec<FileName>,
}

/// A link that was read, and what was left aside.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    pub state: ViewState,
    pub notes: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// Written by a version that this one does not know.
    VersionUnknown(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::VersionUnknown(version) => write!(
                f,
                "This link is of version {version}; this page reads links up to version {VERSION}. \
                 Ask for a new link, or open it where it was made."
            ),
        }
    }
}

impl std::error::Error for LinkError {}

type Pairs = Vec<(String, String)>;

/// The upgrader at index n makes pairs of version n + 2 from pairs of version n + 1.
const UPGRADERS: [fn(Pairs) -> Pairs; VERSION as usize - 1] = [];

impl Link {
    /// Reads the text after `#`, with or without it. Empty text is the default state.
    pub fn parse(fragment: &str) -> Result<Link, LinkError> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let mut notes = Vec::new();
        let mut pairs: Pairs = Vec::new();
        let mut version = VERSION;
        for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if key == "v" {
                version = value
                    .parse()
                    .ok()
                    .filter(|version| (1..=VERSION).contains(version))
                    .ok_or_else(|| LinkError::VersionUnknown(decoded(value)))?;
            } else {
                pairs.push((key.to_owned(), value.to_owned()));
            }
        }
        for upgrade in UPGRADERS.iter().skip(version as usize - 1) {
            pairs = upgrade(pairs);
        }
        let mut state = ViewState::default();
        for (key, value) in pairs {
            if !state.take(&key, &value) {
                let words = match KEYS.contains(&key.as_str()) {
                    true => format!(
                        "{key}={} in the link is not understood and was left aside",
                        decoded(&value)
                    ),
                    false => format!(
                        "{} in the link is not known and was left aside",
                        decoded(&key)
                    ),
                };
                notes.push(words);
            }
        }
        Ok(Link { state, notes })
    }
}

const KEYS: [&str; 23] = [
    "view",
    "q",
    "range",
    "zone",
    "sel",
    "res",
    "at",
    "since",
    "cols",
    "sort",
    "lanes",
    "lane-sort",
    "folded",
    "pin",
    "align",
    "table",
    "fleet-sort",
    "win",
    "find",
    "src",
    "ended",
    "demo",
    "file",
];

impl ViewState {
    /// The text after `#`. What is at its default is left out.
    pub fn fragment(&self) -> String {
        let mut out = format!("v={VERSION}&view={}", self.view.name());
        let mut put = |key: &str, value: String| {
            out.push('&');
            out.push_str(key);
            out.push('=');
            out.push_str(&value);
        };
        if !self.query.is_empty() {
            put("q", encoded(&self.query, false));
        }
        if self.range != RangeChoice::All {
            put("range", encoded(&self.range.to_string(), false));
        }
        if self.zone == Zone::Local {
            put("zone", "local".into());
        }
        if let Some(EventName { event, hash }) = &self.selected {
            put(
                "sel",
                list([Some(event), hash.as_ref()].into_iter().flatten()),
            );
        }
        if let Some(ResourceName { id, kind }) = &self.resource {
            let kind = kind.map(|kind| kind.name().to_owned());
            put("res", list([Some(id), kind.as_ref()].into_iter().flatten()));
        }
        if let Some(at) = self.at {
            put("at", at.to_string());
        }
        if let Some(since) = self.since {
            put("since", since.to_string());
        }
        if !self.columns.is_empty() {
            put("cols", list(&self.columns));
        }
        if let Some(Sort { by, descending }) = &self.sort {
            let sign = if *descending { "-" } else { "" };
            put("sort", format!("{sign}{}", encoded(by, false)));
        }
        if self.lanes_by != LanesBy::default() {
            put("lanes", self.lanes_by.name().into());
        }
        if self.lane_sort != LaneSort::default() {
            put("lane-sort", name_of(&LANE_SORTS, self.lane_sort).into());
        }
        if !self.folded.is_empty() {
            put("folded", list(&self.folded));
        }
        if !self.pinned.is_empty() {
            put("pin", list(&self.pinned));
        }
        if !self.aligned.is_empty() {
            put("align", lanes::aligned_text(&self.aligned));
        }
        if self.as_table {
            put("table", "1".into());
        }
        if self.fleet_order != FleetOrder::default() {
            let FleetOrder { by, descending } = self.fleet_order;
            let sign = if descending { "-" } else { "" };
            put("fleet-sort", format!("{sign}{}", name_of(&FLEET_SORTS, by)));
        }
        if let Some(window) = self.window {
            put("win", range_text(window));
        }
        if !self.find.is_empty() {
            put("find", encoded(&self.find, false));
        }
        if !self.sources.is_empty() {
            put("src", list(&self.sources));
        }
        if self.include_reclaimed {
            put("ended", "1".into());
        }
        if self.is_demo {
            put("demo", "1".into());
        }
        for FileName { name, size, sha256 } in &self.files {
            let size = size.to_string();
            put(
                "file",
                list(
                    [Some(name), Some(&size), sha256.as_ref()]
                        .into_iter()
                        .flatten(),
                ),
            );
        }
        out
    }

    /// The state to share: its ranges absolute, those in the query too, so that it shows the same tomorrow and in
    /// another zone. A query that can't be read is shared as it is.
    pub fn shared<V: Vocabulary + ?Sized>(&self, moment: &Moment, vocabulary: &V) -> ViewState {
        let range = match self.range.resolve(moment) {
            Some(range) => RangeChoice::Absolute(range),
            None => RangeChoice::All,
        };
        let fixed = parse(&self.query, vocabulary)
            .ok()
            .and_then(|parsed| parsed.query.fixed(moment));
        ViewState {
            range,
            query: fixed.map_or_else(|| self.query.clone(), |query| query.to_string()),
            ..self.clone()
        }
    }

    /// How the history goes from an older state to this one. `is_led`: a press led here whose change is a screen of its
    /// own (the same correlation, an example taken), although typing could have made it too.
    pub fn step_from(&self, older: &ViewState, is_led: bool) -> Step {
        if self == older {
            return Step::None;
        }
        let is_navigation = is_led
            || self.view != older.view
            || self.resource != older.resource
            || self.sources != older.sources
            || !is_same_files(&self.files, &older.files)
            || self.is_demo != older.is_demo;
        if is_navigation {
            Step::Push
        } else {
            Step::Replace
        }
    }

    /// Takes one part; `false` if it is not understood.
    fn take(&mut self, key: &str, value: &str) -> bool {
        self.read(key, value).is_some()
    }

    fn read(&mut self, key: &str, value: &str) -> Option<()> {
        let text = decoded(value);
        match key {
            "view" => self.view = View::ALL.into_iter().find(|view| view.name() == text)?,
            "q" => self.query = text,
            "range" => self.range = RangeChoice::parse(&text)?,
            "zone" => {
                self.zone = match text.as_str() {
                    "utc" => Zone::Utc,
                    "local" => Zone::Local,
                    _ => return None,
                }
            }
            "sel" => {
                let mut parts = unlisted(value);
                let event = parts.next().filter(|event| !event.is_empty())?;
                let hash = parts.next().filter(|hash| is_hex(hash));
                self.selected = Some(EventName { event, hash });
            }
            "res" => {
                let mut parts = unlisted(value);
                let id = parts.next().filter(|id| !id.is_empty())?;
                let kind = parts.next().and_then(|kind| Kind::from_name(&kind));
                self.resource = Some(ResourceName { id, kind });
            }
            "at" => self.at = Some(Timestamp::parse(&text)?.at),
            "since" => self.since = Some(Timestamp::parse(&text)?.at),
            "cols" => self.columns = unlisted(value).filter(|name| !name.is_empty()).collect(),
            "sort" => {
                let (by, descending) = signed(&text);
                if by.is_empty() {
                    return None;
                }
                self.sort = Some(Sort {
                    by: by.into(),
                    descending,
                });
            }
            "lanes" => self.lanes_by = LanesBy::ALL.into_iter().find(|by| by.name() == text)?,
            "lane-sort" => self.lane_sort = named(&LANE_SORTS, &text)?,
            "folded" => {
                self.folded.clear();
                for name in unlisted(value).filter(|name| !name.is_empty()) {
                    self.folded.insert(name);
                }
            }
            "pin" => self.pinned = lanes::pinned(value),
            "align" => self.aligned = lanes::aligned(value)?,
            "table" => self.as_table = flag(&text)?,
            "fleet-sort" => {
                let (by, descending) = signed(&text);
                let by = named(&FLEET_SORTS, by)?;
                self.fleet_order = FleetOrder { by, descending };
            }
            "win" => match RangeChoice::parse(&text)? {
                RangeChoice::Absolute(window) => self.window = Some(window),
                _ => return None,
            },
            "find" => self.find = text,
            "src" => self.sources = unlisted(value).filter(|name| !name.is_empty()).collect(),
            "ended" => self.include_reclaimed = flag(&text)?,
            "demo" => self.is_demo = flag(&text)?,
            "file" => {
                let mut parts = unlisted(value);
                let name = parts.next().filter(|name| !name.is_empty())?;
                let size = parts.next()?.parse().ok()?;
                let sha256 = parts.next().filter(|hash| is_hex(hash));
                self.files.push(FileName { name, size, sha256 });
            }
            _ => return None,
        }
        Some(())
    }
}
