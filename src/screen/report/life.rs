//! A resource's life in words, as its picture and its print say it: facts, what each track holds and held, findings, events.
//! Events have numbers, from the newest on, by which the rest names them.

use std::collections::HashMap;

use super::coverage;
use crate::cadf::Kind;
use crate::protocol::Basis;
use crate::protocol::FindingView;
use crate::protocol::HistoryEvent;
use crate::protocol::HistoryPage;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::protocol::TrackView;
use crate::screen::life;
use crate::screen::life::Beginning;
use crate::screen::life::ChangeWords;
use crate::screen::words;
use crate::time::Clock;
use crate::time::Timestamp;

/// So many events, and so many values, stand on paper at most; it says how many it leaves out.
pub const MOST_PRINTED: usize = 5_000;

/// A life with what it is told by.
#[derive(Clone, Copy)]
pub struct Life<'a> {
    pub page: &'a HistoryPage,
    /// The end of the record: what is said to be so now is so then.
    pub end: Timestamp,
    pub clock: Clock,
}

/// A name and what is said of it.
pub type Fact = (&'static str, String);

/// What a track holds at the end of the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    pub label: String,
    pub value: String,
    pub by: String,
    pub when: String,
}

/// A value that a track held, with its blame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpanLine {
    pub value: String,
    pub from: String,
    pub to: String,
    pub by: String,
    pub basis: &'static str,
    /// `Power off, no. 12`.
    pub event: String,
    /// Empty where all of it was watched.
    pub carried: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FindingLine {
    pub is_firm: bool,
    /// `Firm, high`.
    pub standing: String,
    pub kind: &'static str,
    pub at: String,
    pub events: String,
    pub words: String,
    pub why: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventLine {
    pub number: String,
    pub time: String,
    pub outcome: String,
    pub has_failed: bool,
    pub action: String,
    pub change: String,
    pub before: String,
    pub by: String,
    pub address: String,
}

impl Life<'_> {
    pub fn name(&self) -> &str {
        &self.page.head.label
    }

    pub fn facts(&self) -> Vec<Fact> {
        let (page, head) = (self.page, &self.page.head);
        let place = match head.location.is_empty() || head.location == head.region {
            true => head.region.clone(),
            false => format!("{}, {}", head.region, head.location),
        };
        let mut facts = vec![
            ("Kind", head.kind_words.clone()),
            ("Id", head.id.clone()),
            ("Region", place),
            ("State now", self.state()),
            self.born(),
        ];
        facts.extend(self.ended());
        facts.push(("Events", self.counts()));
        facts.push(("Findings", self.n_findings()));
        facts.push(("Coverage", coverage(page.coverage_stated, page.gaps.len())));
        if !page.also_known_as.is_empty() {
            facts.push(("Also known as", page.also_known_as.join(", ")));
        }
        facts
    }

    /// What each track holds now.
    pub fn held(&self) -> Vec<Held> {
        let near = self.page.last.unwrap_or(Timestamp::MIN);
        let tracks = self.page.tracks.iter();
        tracks
            .map(|track| {
                let mut held = Held {
                    label: self.track_label(track),
                    value: "not there yet".into(),
                    by: String::new(),
                    when: String::new(),
                };
                if let Some(span) = track.spans.last() {
                    held.value = value(span);
                    if life::is_carried_at(span, self.end) {
                        held.value.push_str(", carried");
                    }
                    if span.basis.is_some() || span.value != SpanValue::Unknown {
                        held.by = life::set_by(span);
                        held.when = span.from.map_or_else(
                            || "before the record".into(),
                            |from| life::stamp(from, self.clock, near),
                        );
                    }
                }
                held
            })
            .collect()
    }

    /// `Port eth0 (inferred)`.
    pub fn track_label(&self, track: &TrackView) -> String {
        match track.is_inferred {
            true => format!("{} (inferred)", track.label),
            false => track.label.clone(),
        }
    }

    /// Every value of a track, newest first.
    pub fn spans(&self, track: &TrackView, numbers: &Numbers) -> Vec<SpanLine> {
        let spans = track.spans.iter().rev();
        spans.map(|span| self.span(span, numbers)).collect()
    }

    fn span(&self, span: &SpanView, numbers: &Numbers) -> SpanLine {
        let from = match span.from {
            Some(from) => self.stamp(from),
            None => "before the record".into(),
        };
        let to = match (span.to, span.end_known) {
            (Some(to), true) => self.stamp(to),
            _ => life::until(span, self.clock)
                .trim_start_matches("until ")
                .to_owned(),
        };
        let basis = match (span.basis, span.order_not_recorded) {
            (Some(Basis::Set), false) => "set",
            (Some(Basis::Set), true) => "set, order not recorded",
            (Some(Basis::Implied), _) => "implied",
            (Some(Basis::Seen), _) => "seen",
            (None, _) => "nothing recorded says",
        };
        let event = span.row.and_then(|row| {
            let place = numbers.place(row)?;
            let word = self.page.words.get(self.page.events[place].label as usize);
            Some(format!("{}, no. {}", word?, place + 1))
        });
        SpanLine {
            value: value(span),
            from,
            to,
            by: match span.basis {
                Some(Basis::Set | Basis::Implied) => match &span.initiator {
                    Some(who) => who.clone(),
                    None => "no name recorded".into(),
                },
                _ => String::new(),
            },
            basis,
            event: event.unwrap_or_default(),
            carried: life::carried(span, self.clock).unwrap_or_default(),
        }
    }

    pub fn findings(&self, numbers: &Numbers) -> Vec<FindingLine> {
        let findings = self.page.findings.iter();
        findings
            .map(|finding| self.finding(finding, numbers))
            .collect()
    }

    fn finding(&self, finding: &FindingView, numbers: &Numbers) -> FindingLine {
        let standing = match finding.is_firm {
            true => "Firm",
            false => "Suspected",
        };
        let known: Vec<String> = finding
            .rows
            .iter()
            .filter_map(|row| Some((numbers.place(*row)? + 1).to_string()))
            .collect();
        let n_more = (finding.n_events as usize).saturating_sub(known.len());
        let more = match (n_more, known.is_empty()) {
            (0, _) => String::new(),
            (n, true) => words::counted(n as u64, "event", "events"),
            (n, false) => format!(" and {} more", words::count(n as u64)),
        };
        let lead = if known.is_empty() { "" } else { "no. " };
        FindingLine {
            is_firm: finding.is_firm,
            standing: format!("{standing}, {}", finding.severity.name()),
            kind: finding.kind.words(),
            at: self.stamp(finding.at),
            events: format!("{lead}{}{more}", known.join(", ")),
            words: finding.words.clone(),
            why: finding.why.clone(),
        }
    }

    /// An event by its place in the list.
    pub fn event(&self, place: usize, event: &HistoryEvent) -> EventLine {
        let near = self.page.last.unwrap_or(Timestamp::MIN);
        let row = &event.row;
        let time = match row.time {
            Some(at) if row.time_is_marked => format!("{}*", self.stamp(at)),
            Some(at) => self.stamp(at),
            None => "undated".into(),
        };
        let changes: Vec<String> = event
            .changes
            .iter()
            .map(|change| ChangeWords::of(change).text())
            .collect();
        let change = match changes.is_empty() {
            true => event.no_change.clone(),
            false => changes.join(", "),
        };
        let before = event
            .changes
            .iter()
            .find(|change| change.before_at.is_some() || change.before_by.is_some())
            .or(event.changes.first())
            .map(|change| life::before_words(change, self.clock, near));
        let conflict = match row.is_conflict {
            true => " (another record with this id says something else)",
            false => "",
        };
        let outcome = match row.reason.is_empty() {
            true => row.outcome.name().to_owned(),
            false => format!("{} {}", row.outcome.name(), row.reason),
        };
        EventLine {
            number: (place + 1).to_string(),
            time,
            outcome,
            has_failed: row.outcome == crate::cadf::Outcome::Failure,
            action: format!("{}{conflict}", row.label),
            change,
            before: before.unwrap_or_default(),
            by: row.initiator.clone(),
            address: row.address.clone(),
        }
    }

    /// `All 48, newest first`, or how many are left out.
    pub fn events_words(&self, n_shown: usize) -> String {
        let n = self.page.events.len();
        match n_shown >= n {
            true => format!(
                "{}, newest first",
                words::counted(n as u64, "event", "events")
            ),
            false => format!(
                "The newest {} of {}. The other {} are left out here.",
                words::count(n_shown as u64),
                words::counted(n as u64, "event", "events"),
                words::count((n - n_shown) as u64)
            ),
        }
    }

    /// `17 Mar 2026 03:12:07.480 +00:00`.
    pub fn stamp(&self, at: Timestamp) -> String {
        format!(
            "{} {}",
            life::full_stamp(at, self.clock),
            words::offset(at, self.clock)
        )
    }

    fn state(&self) -> String {
        let page = self.page;
        let Some(span) = life::now(&page.tracks) else {
            return "not judged for this kind".into();
        };
        let since = match span.from {
            Some(from) => format!("since {}", self.stamp(from)),
            None => "since before the record".into(),
        };
        let no_power = match span.value == SpanValue::Live && page.head.kind != Kind::Volume {
            true => ", power not recorded",
            false => "",
        };
        let carried = match life::is_carried_at(span, self.end) {
            true => ", carried",
            false => "",
        };
        let word = life::state_word(span.value);
        format!("{word} {since}{no_power}{carried}")
    }

    fn born(&self) -> Fact {
        let by = |who: &Option<String>| match who {
            Some(who) => format!(" by {who}"),
            None => String::new(),
        };
        let first = self
            .page
            .first
            .map_or_else(|| "no dated event".into(), |at| self.stamp(at));
        match life::beginning(&self.page.tracks) {
            Beginning::Born(span) => {
                let at = span.from.map(|at| self.stamp(at));
                let at = at.unwrap_or_else(|| "no dated event".into());
                ("Born", format!("{at}{}", by(&span.initiator)))
            }
            Beginning::Seen(at) => ("First seen", format!("{}, born before it", self.stamp(at))),
            Beginning::NotRecorded if !self.page.head.kind.has_lifecycle() => {
                ("First event", first)
            }
            Beginning::NotRecorded => ("First event", format!("{first}, existence not recorded")),
        }
    }

    /// The last end, where there was one.
    fn ended(&self) -> Option<Fact> {
        let existence = life::track(&self.page.tracks, "existence");
        let span = existence
            .iter()
            .rev()
            .find(|span| life::is_ended(span.value))?;
        let by = span.initiator.as_ref();
        let by = by.map_or_else(String::new, |who| format!(" by {who}"));
        Some((
            life::state_word(span.value),
            format!("{}{by}", self.stamp(span.from?)),
        ))
    }

    fn counts(&self) -> String {
        let page = self.page;
        let mut parts = vec![words::count(page.events.len() as u64)];
        for (n, word) in [
            (page.n_failures, "failed"),
            (page.n_pending, "pending"),
            (page.n_success, "succeeded"),
            (page.n_undated, "undated"),
        ] {
            if n > 0 {
                parts.push(format!("{} {word}", words::count(n)));
            }
        }
        parts.join(", ")
    }

    fn n_findings(&self) -> String {
        let n = self.page.findings.len();
        let n_firm = self.page.findings.iter().filter(|f| f.is_firm).count();
        match n {
            0 => "none".into(),
            _ => format!(
                "{} firm, {} suspected",
                words::count(n_firm as u64),
                words::count((n - n_firm) as u64)
            ),
        }
    }
}

/// Which number each event has.
pub struct Numbers(HashMap<RowId, usize>);

impl Numbers {
    pub fn of(page: &HistoryPage) -> Self {
        let places = page.events.iter().enumerate();
        Numbers(places.map(|(place, mark)| (mark.row, place)).collect())
    }

    fn place(&self, row: RowId) -> Option<usize> {
        self.0.get(&row).copied()
    }
}

fn value(span: &SpanView) -> String {
    match span.value {
        SpanValue::Unknown => "not recorded".into(),
        _ => span.text.clone(),
    }
}
