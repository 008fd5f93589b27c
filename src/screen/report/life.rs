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
        let said = match n {
            0 => "none".into(),
            _ => format!(
                "{} firm, {} suspected",
                words::count(n_firm as u64),
                words::count((n - n_firm) as u64)
            ),
        };
        match self.page.is_judged {
            true => said,
            false => format!("{said}, what concerns the whole account is not judged yet"),
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::cadf::Outcome;
    use crate::findings::FindingKind;
    use crate::findings::Severity;
    use crate::protocol::ChangeView;
    use crate::protocol::EventMark;
    use crate::protocol::Gap;
    use crate::protocol::GapReason;
    use crate::protocol::ResourceHead;
    use crate::protocol::ResourceIx;
    use crate::protocol::RowView;
    use crate::time::TimeRange;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_secs(1_772_323_200 + secs)
    }

    fn span(value: SpanValue, text: &str, from: Option<i64>, row: Option<u32>) -> SpanView {
        SpanView {
            value,
            text: text.into(),
            from: from.map(at),
            to: None,
            basis: row.map(|_| Basis::Set),
            end_known: false,
            row: row.map(RowId),
            initiator: row.map(|_| "jane@acme.example".into()),
            carried: Vec::new(),
            order_not_recorded: false,
        }
    }

    pub(in crate::screen::report) fn row(number: u32, outcome: Outcome) -> HistoryEvent {
        HistoryEvent {
            row: RowView {
                row: RowId(number),
                time: Some(at(i64::from(number))),
                time_is_marked: number == 1,
                outcome,
                action: "audit-log.vsi.power-off".into(),
                label: "Power off".into(),
                initiator: "jane@acme.example".into(),
                target: "web-7".into(),
                kind: Kind::Vsi,
                kind_words: "virtual server, classic".into(),
                region: "us-south".into(),
                location: String::new(),
                address: "192.0.2.10".into(),
                reason: "403".into(),
                severity: String::new(),
                credential: String::new(),
                source: String::new(),
                copies: 0,
                is_conflict: false,
                resource: None,
                has_effect: true,
            },
            changes: Vec::new(),
            no_change: "none, refused (403)".into(),
        }
    }

    /// A server with a power track, an inferred port, a gap, a firm and a suspected finding, and `n` events.
    pub(in crate::screen::report) fn page(n: u32) -> HistoryPage {
        let off = SpanView {
            to: Some(at(20)),
            end_known: true,
            carried: TimeRange::new(at(12), at(20)).into_iter().collect(),
            ..span(SpanValue::Off, "off", Some(10), Some(1))
        };
        let track = |name: &str, label: &str, is_inferred: bool, spans: Vec<SpanView>| TrackView {
            name: name.into(),
            label: label.into(),
            is_inferred,
            spans,
        };
        let live = span(SpanValue::Live, "live", Some(0), Some(0));
        let unknown = span(SpanValue::Unknown, "unknown", None, None);
        let on = span(SpanValue::On, "on", Some(20), Some(2));
        let finding = |is_firm: bool, rows: Vec<RowId>, n_events: u32| FindingView {
            key: "k".into(),
            kind: FindingKind::AfterEnd,
            severity: Severity::High,
            is_firm,
            resource: None,
            at: at(30),
            beside: RowId(1),
            rows,
            n_events,
            words: "It was powered on after its end.".into(),
            why: "Both regions were fetched in full.".into(),
        };
        HistoryPage {
            head: ResourceHead {
                ix: ResourceIx(0),
                id: "118723406".into(),
                kind: Kind::Vsi,
                kind_words: "virtual server, classic".into(),
                name: Some("web-7".into()),
                label: "web-7".into(),
                region: "us-south".into(),
                location: "dal13".into(),
                is_foreign_account: false,
            },
            tracks: vec![
                track("existence", "Existence", false, vec![live]),
                track("power", "Power", false, vec![unknown, off, on]),
                track("port:eth0", "Port eth0", true, Vec::new()),
            ],
            events: (0..n)
                .rev()
                .map(|number| EventMark {
                    row: RowId(number),
                    at: Some(at(i64::from(number))),
                    outcome: Outcome::Success,
                    has_effect: true,
                    label: 0,
                    initiator: 1,
                })
                .collect(),
            words: vec!["Power off".into(), "jane@acme.example".into()],
            n_failures: 0,
            n_pending: 0,
            n_success: u64::from(n),
            n_undated: 0,
            first: Some(at(0)),
            last: Some(at(40)),
            gaps: vec![Gap {
                region: "us-south".into(),
                range: TimeRange::new(at(12), at(20)).expect("in order"),
                reason: GapReason::Failed,
                words: "failed (429)".into(),
            }],
            coverage_stated: true,
            notes: vec!["Ports are inferred.".into()],
            also_known_as: vec!["web-7-old".into()],
            is_judged: true,
            findings: vec![
                finding(true, vec![RowId(1), RowId(2)], 2),
                finding(false, vec![RowId(0)], 90),
            ],
            operations: Vec::new(),
            folds: Vec::new(),
        }
    }

    fn life(page: &HistoryPage) -> Life<'_> {
        Life {
            page,
            end: at(40),
            clock: Clock::UTC,
        }
    }

    #[test]
    fn a_record_says_who_it_is_about_how_it_stands_and_how_complete_it_is() {
        let page = page(3);
        let facts: Vec<String> = life(&page)
            .facts()
            .into_iter()
            .map(|(name, text)| format!("{name}: {text}"))
            .collect();
        assert_eq!(
            facts,
            [
                "Kind: virtual server, classic",
                "Id: 118723406",
                "Region: us-south, dal13",
                "State now: On since 1 Mar 2026 00:00:20.000 +00:00",
                "Born: 1 Mar 2026 00:00:00.000 +00:00 by jane@acme.example",
                "Events: 3, 3 succeeded",
                "Findings: 1 firm, 1 suspected",
                "Coverage: 1 time not fetched, hatched in the picture",
                "Also known as: web-7-old",
            ]
        );
    }

    #[test]
    fn no_finding_is_said_to_be_there_before_all_is_judged() {
        let mut page = page(3);
        page.findings.clear();
        page.is_judged = false;
        let found = life(&page).n_findings();
        assert!(found.ends_with("not judged yet"), "{found}");
    }

    #[test]
    fn every_value_has_its_blame_and_names_its_event_by_number() {
        let page = page(3);
        let numbers = Numbers::of(&page);
        let lines = life(&page).spans(&page.tracks[1], &numbers);
        let told: Vec<String> = lines
            .iter()
            .map(|line| format!("{}|{}|{}|{}", line.value, line.by, line.basis, line.event))
            .collect();
        assert_eq!(
            told,
            [
                "on|jane@acme.example|set|Power off, no. 1",
                "off|jane@acme.example|set|Power off, no. 2",
                "not recorded||nothing recorded says|",
            ]
        );
        assert_eq!(lines[1].to, "1 Mar 2026 00:00:20.000 +00:00");
        assert!(lines[1].carried.starts_with("carried from 1 Mar 00:00"));
        assert_eq!(lines[2].from, "before the record");
    }

    #[test]
    fn a_value_that_was_seen_names_nobody() {
        let page = page(3);
        let seen = SpanView {
            basis: Some(Basis::Seen),
            ..span(SpanValue::On, "on", Some(20), Some(2))
        };
        let line = life(&page).span(&seen, &Numbers::of(&page));
        assert_eq!((line.by.as_str(), line.basis), ("", "seen"));
    }

    #[test]
    fn a_finding_names_its_events_by_number_and_counts_those_it_does_not_name() {
        let page = page(3);
        let found = life(&page).findings(&Numbers::of(&page));
        assert_eq!(found[0].standing, "Firm, high");
        assert_eq!(found[0].events, "no. 2, 1");
        assert_eq!(found[1].standing, "Suspected, high");
        assert_eq!(found[1].events, "no. 3 and 89 more");
    }

    #[test]
    fn an_event_says_what_it_changed_or_why_nothing() {
        let page = page(3);
        let refused = life(&page).event(1, &row(1, Outcome::Failure));
        assert_eq!(refused.number, "2");
        assert!(refused.has_failed && refused.outcome == "failure 403");
        assert_eq!(refused.change, "none, refused (403)");
        assert!(refused.time.ends_with("+00:00*"), "its time is marked");
        let mut done = row(2, Outcome::Success);
        done.changes.push(ChangeView {
            track: "power".into(),
            label: "Power".into(),
            before: "off".into(),
            after: "on".into(),
            basis: Basis::Set,
            before_by: Some("ci-bot".into()),
            before_at: Some(at(10)),
        });
        let done = life(&page).event(0, &done);
        assert_eq!(done.change, "power off → on");
        assert_eq!(done.before, "ci-bot 1 Mar 00:00");
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let page = page(1_200);
        assert_eq!(
            life(&page).events_words(200),
            "The newest 200 of 1,200 events. The other 1,000 are left out here."
        );
        assert_eq!(
            life(&page).events_words(1_200),
            "1,200 events, newest first"
        );
    }

    #[test]
    fn what_a_track_holds_now_names_who_set_it() {
        let page = page(3);
        let held = life(&page).held();
        assert_eq!(held[1].value, "on");
        assert_eq!(held[1].by, "jane@acme.example");
        assert_eq!(held[2].label, "Port eth0 (inferred)");
        assert_eq!(held[2].value, "not there yet");
    }
}
