//! View state as the text after `#`, which reaches no server's log, and back. Versioned, with upgraders; no address
//! of a source, no token, no event data. Refuses to guess: what it can't read is left at its default and noted.
//!
//! `#v=1&view=events&q=outcome:failure&range=now-7d&zone=local`: see [`ViewState`] for each part.

use std::collections::BTreeSet;
use std::fmt;

use crate::cadf::Kind;
use crate::protocol::{FleetSort, LaneSort};
use crate::query::language::{Moment, Vocabulary, When, parse};
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

/// The order of the fleet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FleetOrder {
    pub by: FleetSort,
    pub descending: bool,
}

const LANE_SORTS: [(LaneSort, &str); 5] = [
    (LaneSort::Name, "name"),
    (LaneSort::FirstEvent, "first-event"),
    (LaneSort::LastEvent, "last-event"),
    (LaneSort::MostEvents, "most-events"),
    (LaneSort::MostFailures, "most-failures"),
];

const FLEET_SORTS: [(FleetSort, &str); 6] = [
    (FleetSort::Name, "name"),
    (FleetSort::Kind, "kind"),
    (FleetSort::Region, "region"),
    (FleetSort::Existence, "existence"),
    (FleetSort::Power, "power"),
    (FleetSort::LastChange, "last-change"),
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
fn is_same_files(new: &[FileName], old: &[FileName]) -> bool {
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

const KEYS: [&str; 20] = [
    "view",
    "q",
    "range",
    "zone",
    "sel",
    "res",
    "at",
    "cols",
    "sort",
    "lanes",
    "lane-sort",
    "folded",
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

/// A name with `-` before it for descending.
fn signed(text: &str) -> (&str, bool) {
    match text.strip_prefix('-') {
        Some(by) => (by, true),
        None => (text, false),
    }
}

fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: T) -> &'static str {
    let found = names.iter().find(|(one, _)| *one == value);
    found.map_or("", |(_, name)| name)
}

fn named<T: Copy>(names: &[(T, &str)], text: &str) -> Option<T> {
    let found = names.iter().find(|(_, name)| *name == text);
    found.map(|(one, _)| *one)
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn range_text(range: TimeRange) -> String {
    format!("{}..{}", range.from(), range.to())
}

/// An instant, or a date's whole unit in UTC.
fn fixed_time(text: &str) -> Option<TimeRange> {
    if let Some(written) = Timestamp::parse(text) {
        return TimeRange::new(written.at, written.at);
    }
    let when = When::parse(text).filter(|when| !when.is_relative())?;
    Some(when.range(&Moment::utc(Timestamp::from_secs(0))))
}

fn list<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    let parts: Vec<String> = parts.into_iter().map(|part| encoded(part, true)).collect();
    parts.join(",")
}

fn unlisted(value: &str) -> impl Iterator<Item = String> + '_ {
    value.split(',').map(decoded)
}

/// Percent-encodes what a fragment may not hold, what parts it, and what programs that find links in text cut off.
/// The rest stays readable. `in_list` keeps commas out too.
fn encoded(text: &str, in_list: bool) -> String {
    use fmt::Write;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_kept = byte.is_ascii_alphanumeric()
            || b"-._~!$*;:@/?=+".contains(&byte)
            || (byte == b',' && !in_list);
        if is_kept {
            out.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Undoes [`encoded`]; what is no percent code stands for itself.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|code| byte == b'%' && code.iter().all(u8::is_ascii_hexdigit))
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::language::NoPaths;
    use crate::time::Clock;

    fn state(fragment: &str) -> ViewState {
        let link = Link::parse(fragment).expect(fragment);
        assert_eq!(link.notes, Vec::<String>::new(), "{fragment}");
        link.state
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect(text).at
    }

    #[test]
    fn a_link_reads_as_what_it_shows() {
        let state = ViewState {
            view: View::Timeline,
            query: "outcome:failure -who:\"Jane Roe\"".into(),
            range: RangeChoice::parse("2026-03-01..2026-03-31").expect("a range"),
            zone: Zone::Local,
            sort: Some(Sort {
                by: "time".into(),
                descending: true,
            }),
            columns: vec!["time".into(), "action".into()],
            sources: vec!["dallas".into(), "eu-de files".into()],
            ..ViewState::default()
        };
        assert_eq!(
            state.fragment(),
            "v=1&view=timeline&q=outcome:failure%20-who:%22Jane%20Roe%22\
             &range=2026-03-01T00:00:00Z..2026-04-01T00:00:00Z&zone=local\
             &cols=time,action&sort=-time&src=dallas,eu-de%20files"
        );
        assert_eq!(ViewState::default().fragment(), "v=1&view=events");
    }

    #[test]
    fn the_order_of_lanes_and_of_the_fleet_is_read_by_name() {
        let written = state("view=timeline&lane-sort=most-failures&folded=eu-de,us-east&table=1");
        assert_eq!(written.lane_sort, LaneSort::MostFailures);
        assert_eq!(Vec::from_iter(&written.folded), ["eu-de", "us-east"]);
        assert!(written.as_table);
        let written = state("view=resources&fleet-sort=-last-change");
        let newest_first = FleetOrder {
            by: FleetSort::LastChange,
            descending: true,
        };
        assert_eq!(written.fleet_order, newest_first);
        assert_eq!(
            written.fragment(),
            "v=1&view=resources&fleet-sort=-last-change"
        );
        let link = Link::parse("lane-sort=colour&fleet-sort=-").expect("readable");
        assert_eq!(link.state, ViewState::default());
        assert_eq!(link.notes.len(), 2);
    }

    #[test]
    fn an_empty_fragment_is_the_default_and_a_hand_written_one_is_read() {
        assert_eq!(state(""), ViewState::default());
        assert_eq!(state("#"), ViewState::default());
        let written = state("#q=who:jane%20a+b&range=now-7d");
        assert_eq!(written.query, "who:jane a+b");
        assert_eq!(written.range.to_string(), "now-7d");
    }

    #[test]
    fn what_is_not_understood_is_noted_and_an_unknown_version_is_an_error() {
        let link = Link::parse("v=1&colour=red&view=nowhere&at=soon&q=x").expect("readable");
        assert_eq!(
            link.notes,
            [
                "colour in the link is not known and was left aside",
                "view=nowhere in the link is not understood and was left aside",
                "at=soon in the link is not understood and was left aside",
            ]
        );
        assert_eq!(link.state.query, "x");
        for version in ["2", "0", "x", ""] {
            assert_eq!(
                Link::parse(&format!("q=a&v={version}")),
                Err(LinkError::VersionUnknown(version.into()))
            );
        }
    }

    #[test]
    fn a_share_makes_relative_ranges_absolute() {
        let moment = Moment {
            now: at("2026-03-20T12:00:00Z"),
            clock: Clock {
                zone: Zone::Local,
                offset_secs: |_| 3600,
            },
        };
        let state = ViewState {
            query: "time:>=now-1d time:2026-03-20 who:jane".into(),
            range: RangeChoice::parse("now-7d").expect("a range"),
            zone: Zone::Local,
            ..ViewState::default()
        };
        let shared = state.shared(&moment, &NoPaths);
        assert_eq!(
            shared.range.to_string(),
            "2026-03-13T12:00:00Z..2026-03-20T12:00:00Z"
        );
        assert_eq!(
            shared.query,
            "time:>=2026-03-19T12:00:00Z time:2026-03-20+01:00 who:jane"
        );
        // What is absolute stays as typed.
        let typed = ViewState {
            query: "NOT  who:jane".into(),
            ..ViewState::default()
        };
        assert_eq!(typed.shared(&moment, &NoPaths), typed);
    }

    #[test]
    fn a_range_is_absolute_or_moves_with_now() {
        let moment = Moment::utc(at("2026-03-20T12:00:00Z"));
        for (text, expected) in [
            ("now-7d", "2026-03-13T12:00:00Z..2026-03-20T12:00:00Z"),
            ("now-1d/d", "2026-03-19T00:00:00Z..2026-03-20T00:00:00Z"),
            (
                "now-7d..now-1d",
                "2026-03-13T12:00:00Z..2026-03-19T12:00:00Z",
            ),
            (
                "now-2d/d..now-1d/d",
                "2026-03-18T00:00:00Z..2026-03-20T00:00:00Z",
            ),
            ("now+1d", "2026-03-21T12:00:00Z..2026-03-21T12:00:00Z"),
            (
                "2026-03-01T09:14:00Z..2026-03-02T00:00:00Z",
                "2026-03-01T09:14:00Z..2026-03-02T00:00:00Z",
            ),
            (
                "2026-03..2026-03",
                "2026-03-01T00:00:00Z..2026-04-01T00:00:00Z",
            ),
        ] {
            let range = RangeChoice::parse(text).expect(text);
            assert_eq!(
                range.resolve(&moment).map(range_text).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(RangeChoice::parse("all"), Some(RangeChoice::All));
        for text in [
            "",
            "soon",
            "2026-03-02..2026-03-01",
            "2026-03-01",
            "now-7d..2026-03-01",
            "2026-03-01..now",
        ] {
            assert_eq!(RangeChoice::parse(text), None, "{text}");
        }
    }

    #[test]
    fn navigation_pushes_history_and_typing_replaces_it() {
        let old = ViewState::default();
        let led = |change: fn(&mut ViewState), is_led| {
            let mut new = old.clone();
            change(&mut new);
            new.step_from(&old, is_led)
        };
        let with = |change| led(change, false);
        assert_eq!(with(|_| {}), Step::None);
        assert_eq!(led(|_| {}, true), Step::None);
        assert_eq!(led(|s| s.query = "a".into(), true), Step::Push);
        assert_eq!(with(|s| s.query = "a".into()), Step::Replace);
        assert_eq!(with(|s| s.window = Some(TimeRange::ALL)), Step::Replace);
        assert_eq!(with(|s| s.view = View::Timeline), Step::Push);
    }

    fn some_state() -> impl Strategy<Value = ViewState> {
        let word = "\\PC{0,12}";
        let name = "\\PC{1,12}";
        let time = || any::<i64>().prop_map(Timestamp::from_nanos);
        let range = || {
            (time(), time())
                .prop_map(|(a, b)| TimeRange::new(a.min(b), a.max(b)).expect("in order"))
        };
        let choice = prop_oneof![
            Just(RangeChoice::All),
            range().prop_map(RangeChoice::Absolute),
            prop::sample::select(vec!["now-7d", "now-1d/d", "now-1M..now-1d/d"])
                .prop_map(|text| RangeChoice::parse(text).expect("a range")),
        ];
        let hash = prop::option::of("[0-9a-f]{1,64}");
        let event = (name, hash.clone()).prop_map(|(event, hash)| EventName { event, hash });
        let kind = prop::option::of(prop::sample::select(Kind::LIVED.to_vec()));
        let resource = (name, kind).prop_map(|(id, kind)| ResourceName { id, kind });
        let sort = ("[a-z][a-z-]{0,8}", any::<bool>())
            .prop_map(|(by, descending)| Sort { by, descending });
        let file = (name, any::<u64>(), hash).prop_map(|(name, size, sha256)| FileName {
            name,
            size,
            sha256,
        });
        let first = (
            prop::sample::select(View::ALL.to_vec()),
            word,
            choice,
            any::<bool>(),
            prop::option::of(event),
            prop::option::of(resource),
            prop::option::of(time()),
            prop::collection::vec(name, 0..3),
        );
        let second = (
            prop::option::of(sort),
            prop::sample::select(LanesBy::ALL.to_vec()),
            prop::option::of(range()),
            word,
            prop::collection::vec(name, 0..3),
            any::<bool>(),
            any::<bool>(),
            prop::collection::vec(file, 0..3),
        );
        let third = (
            prop::sample::select(LANE_SORTS.map(|(sort, _)| sort).to_vec()),
            prop::collection::btree_set(name, 0..3),
            any::<bool>(),
            prop::sample::select(FLEET_SORTS.map(|(sort, _)| sort).to_vec()),
            any::<bool>(),
        );
        (first, second, third).prop_map(|(a, b, c)| ViewState {
            view: a.0,
            query: a.1,
            range: a.2,
            zone: if a.3 { Zone::Local } else { Zone::Utc },
            selected: a.4,
            resource: a.5,
            at: a.6,
            columns: a.7,
            sort: b.0,
            lanes_by: b.1,
            lane_sort: c.0,
            folded: c.1,
            as_table: c.2,
            fleet_order: FleetOrder {
                by: c.3,
                descending: c.4,
            },
            window: b.2,
            find: b.3,
            sources: b.4,
            include_reclaimed: b.5,
            is_demo: b.6,
            files: b.7,
        })
    }

    proptest! {
        #[test]
        fn what_a_link_is_written_from_is_what_it_reads_as(state in some_state()) {
            let fragment = state.fragment();
            prop_assert!(fragment.bytes().all(|b| b.is_ascii_graphic()));
            prop_assert_eq!(Link::parse(&fragment), Ok(Link { state, notes: Vec::new() }), "{}", fragment);
        }

        #[test]
        fn no_text_makes_a_link_panic(text in "(v=1|&|view=|file=|sel=|range=|%|,|=|\\PC){0,20}") {
            let _ = Link::parse(&text).map(|link| link.state.fragment());
        }
    }
}
