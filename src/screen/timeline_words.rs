//! What the timeline's card, its table and a screen reader are told about spans, marks and unfetched times.
//! Says no more than the record proves; words times through [`super::words`].

use super::words;
use crate::cadf::Outcome;
use crate::chart::clusters::Opens;
use crate::protocol::Basis;
use crate::protocol::Gap;
use crate::protocol::Lane;
use crate::protocol::LaneFinding;
use crate::protocol::Lanes;
use crate::protocol::Mark;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::sorting;
use crate::time::Clock;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// What an event did to its server, as far as its lane shows: `Power: off to on`, `None, refused`.
pub fn effect(lane: &Lane, mark: &Mark) -> String {
    let begun = |spans: &[SpanView], what: &str| {
        let index = spans.iter().position(|span| span.row == Some(mark.row))?;
        let before = match index {
            0 => "not known".to_owned(),
            _ => spans[index - 1].text.clone(),
        };
        let implied = match spans[index].basis {
            Some(Basis::Implied) => ", implied",
            _ => "",
        };
        Some(format!(
            "{what}: {before} to {}{implied}",
            spans[index].text
        ))
    };
    match mark.outcome {
        Outcome::Failure => "None, refused".into(),
        Outcome::Pending => "None yet: asked for, not done".into(),
        Outcome::Unknown => "None: the outcome is not known".into(),
        Outcome::Success | Outcome::None => begun(&lane.spans, "Power")
            .or_else(|| begun(&lane.existence, "Existence"))
            .unwrap_or_else(|| match (mark.has_effect, lane.resource.is_some()) {
                (false, _) => "No effect on state".into(),
                (true, true) => "Not on power: see its history".into(),
                (true, false) => "Changes its target: see its detail".into(),
            }),
    }
}

/// `Refused, then done, firm`; of several that stand together the weightiest, with their count.
pub fn finding(finding: &LaneFinding) -> String {
    let standing = match finding.is_firm {
        true => "firm",
        false => "suspected",
    };
    let more = match finding.n {
        0 | 1 => String::new(),
        n => format!(" and {} more", words::count(u64::from(n) - 1)),
    };
    format!("{}, {standing}{more}", finding.kind.words())
}

/// An outcome with what kind of event it marks: `Failure`, `Success, no effect on state`.
pub fn outcome(mark: &Mark) -> String {
    let word = match mark.outcome {
        Outcome::Success => "Success",
        Outcome::Failure => "Failure",
        Outcome::Pending => "Pending",
        Outcome::Unknown => "Unknown outcome",
        Outcome::None => "No outcome recorded",
    };
    match (mark.outcome, mark.has_effect) {
        (Outcome::Success, false) => format!("{word}, no effect on state"),
        _ => word.into(),
    }
}

/// The title of a span: `Power: on`, `Live, power not recorded`, `Power: on, carried over a gap`.
pub fn span_title(span: &SpanView, is_existence: bool, is_carried: bool) -> String {
    let base = match (span.value, is_existence) {
        (SpanValue::Live, true) => "Live, power not recorded".to_owned(),
        (_, true) => capitalised(&span.text),
        (SpanValue::Unknown, false) => "Power not known".to_owned(),
        (_, false) => format!("Power: {}", span.text),
    };
    match is_carried {
        true => format!("{base}, carried over a gap"),
        false => base,
    }
}

/// Who a span is by: `set by jane`, `seen`, `implied by ci-bot`; empty where nothing began it.
pub fn span_by(span: &SpanView) -> String {
    let who = span.initiator.as_deref();
    match (span.basis, who) {
        (Some(Basis::Set), Some(who)) => format!("set by {who}"),
        (Some(Basis::Set), None) => "set, by whom is not recorded".into(),
        (Some(Basis::Implied), Some(who)) => format!("implied by an act of {who}"),
        (Some(Basis::Implied), None) => "implied".into(),
        (Some(Basis::Seen), _) => "seen, since when is not known".into(),
        (None, _) => String::new(),
    }
}

/// `Tue 17 Mar 2026 03:14:52.133 +00:00`.
pub fn instant(at: Timestamp, clock: Clock) -> String {
    format!("{} {}", words::instant(at, clock), words::offset(at, clock))
}

/// When a span began, or why that can't be said.
pub fn span_from(span: &SpanView, clock: Clock) -> String {
    span.from
        .map_or_else(|| "before the record".into(), |at| instant(at, clock))
}

/// When a span ended, or that it goes on.
pub fn span_to(span: &SpanView, clock: Clock) -> String {
    match (span.to, span.end_known) {
        (None, _) => "no later record".into(),
        (Some(at), true) => instant(at, clock),
        (Some(at), false) => format!("by {}", instant(at, clock)),
    }
}

/// A gap's range and its reason.
pub fn gap(gap: &Gap, clock: Clock) -> String {
    format!(
        "{} {}: {}",
        words::range(gap.range, clock),
        words::offset(gap.range.from(), clock),
        gap.words
    )
}

/// What is in view, in one sentence: `23 lanes, 112 events in view, 24 failed`.
pub fn summary(lanes: &Lanes) -> String {
    let mut parts = vec![
        words::counted(u64::from(lanes.total), "lane", "lanes"),
        match lanes.n_marks {
            0 => "no events in view".into(),
            n => words::counted(n, "event in view", "events in view"),
        },
    ];
    if lanes.n_failures > 0 {
        parts.push(format!("{} failed", words::count(lanes.n_failures)));
    }
    parts.join(", ")
}

/// A line of the table that says what the canvas shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableLine {
    /// `State`, `Event` or `Not fetched`.
    pub sort: &'static str,
    pub what: String,
    pub from: String,
    pub to: String,
    pub by: String,
    /// What opens: an event, or the time of several.
    pub opens: Option<Opens>,
}

/// `124 events, 7 failed`.
pub fn crowd(n: u64, n_failed: u64) -> String {
    let mut said = words::counted(n, "event", "events");
    if n_failed > 0 {
        said.push_str(&format!(", {} failed", words::count(n_failed)));
    }
    said
}

/// A lane's lines in time order, as far as they touch `window`; what began before stands first.
pub fn table_lines(lane: &Lane, gaps: &[Gap], window: TimeRange, clock: Clock) -> Vec<TableLine> {
    let touches = |from: Option<Timestamp>, to: Option<Timestamp>| {
        from.is_none_or(|from| from <= window.to()) && to.is_none_or(|to| to >= window.from())
    };
    let mut lines: Vec<(Timestamp, TableLine)> = Vec::new();
    for (spans, is_existence) in [(&lane.existence, true), (&lane.spans, false)] {
        for span in spans.iter().filter(|span| touches(span.from, span.to)) {
            let title = match is_existence {
                true => format!("Existence: {}", span.text),
                false => span_title(span, false, false),
            };
            lines.push((
                span.from.unwrap_or(Timestamp::MIN),
                TableLine {
                    sort: "State",
                    what: match span.carried.is_empty() {
                        true => title,
                        false => format!("{title}, in part carried over a gap"),
                    },
                    from: span_from(span, clock),
                    to: span_to(span, clock),
                    by: span_by(span),
                    opens: span.row.map(Opens::Event),
                },
            ));
        }
    }
    for gap in gaps.iter().filter(|gap| gap.region == lane.region) {
        if touches(Some(gap.range.from()), Some(gap.range.to())) {
            lines.push((
                gap.range.from(),
                TableLine {
                    sort: "Not fetched",
                    what: gap.words.clone(),
                    from: instant(gap.range.from(), clock),
                    to: instant(gap.range.to(), clock),
                    by: String::new(),
                    opens: None,
                },
            ));
        }
    }
    for found in &lane.findings {
        lines.push((
            found.at,
            TableLine {
                sort: "Finding",
                what: finding(found),
                from: instant(found.at, clock),
                to: String::new(),
                by: super::findings::severity(found.severity).to_owned(),
                opens: Some(Opens::Event(found.row)),
            },
        ));
    }
    for mark in &lane.marks {
        let until = mark.crowd.map_or(mark.at, |crowd| crowd.until);
        if mark.at >= window.to() || until < window.from() {
            continue;
        }
        let line = TableLine {
            sort: "Event",
            what: outcome(mark),
            from: instant(mark.at, clock),
            to: String::new(),
            by: effect(lane, mark),
            opens: Some(Opens::of(mark)),
        };
        let line = match mark.crowd {
            None => line,
            Some(held) => TableLine {
                sort: "Events",
                what: crowd(held.n.into(), held.n_failed.into()),
                to: instant(until, clock),
                by: String::new(),
                ..line
            },
        };
        lines.push((mark.at, line));
    }
    sorting::sort_by_key(&mut lines, |(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        String::from(first.to_ascii_uppercase()) + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Crowd;
    use crate::protocol::GapReason;
    use crate::protocol::RowId;

    fn secs(secs: i64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    fn span(value: SpanValue, from: Option<i64>, to: Option<i64>, row: Option<u32>) -> SpanView {
        SpanView {
            value,
            text: format!("{value:?}").to_ascii_lowercase(),
            from: from.map(secs),
            to: to.map(secs),
            basis: row.map(|_| Basis::Set),
            end_known: true,
            row: row.map(RowId),
            initiator: row.map(|_| "jane".into()),
            carried: Vec::new(),
            order_not_recorded: false,
        }
    }

    fn lane() -> Lane {
        Lane {
            key: "1".into(),
            label: "web-7".into(),
            resource: None,
            region: "us-south".into(),
            n_events: 2,
            n_failures: 1,
            findings: Vec::new(),
            spans: vec![
                span(SpanValue::Unknown, None, Some(10), None),
                span(SpanValue::On, Some(10), None, Some(1)),
            ],
            existence: Vec::new(),
            marks: vec![mark(1, 10, Outcome::Success), mark(2, 20, Outcome::Failure)],
        }
    }

    fn mark(row: u32, at: i64, outcome: Outcome) -> Mark {
        Mark {
            row: RowId(row),
            at: secs(at),
            outcome,
            has_effect: true,
            crowd: None,
        }
    }

    #[test]
    fn an_effect_names_the_value_before_and_after_and_a_refusal_has_none() {
        let lane = lane();
        assert_eq!(effect(&lane, &lane.marks[0]), "Power: unknown to on");
        assert_eq!(effect(&lane, &lane.marks[1]), "None, refused");
        let none = Mark {
            has_effect: false,
            ..mark(9, 30, Outcome::Success)
        };
        assert_eq!(effect(&lane, &none), "No effect on state");
    }

    #[test]
    fn events_too_many_to_tell_apart_are_one_line_with_their_counts_and_open_their_time() {
        let crowd = Crowd {
            until: secs(30),
            n: 1200,
            n_failed: 7,
        };
        let lane = Lane {
            spans: Vec::new(),
            marks: vec![Mark {
                crowd: Some(crowd),
                ..mark(1, 10, Outcome::Failure)
            }],
            ..lane()
        };
        let window = TimeRange::new(secs(20), secs(60)).expect("in order");
        let lines = table_lines(&lane, &[], window, Clock::UTC);
        assert_eq!(lines.len(), 1);
        assert_eq!(
            (lines[0].sort, lines[0].what.as_str(), lines[0].opens),
            (
                "Events",
                "1,200 events, 7 failed",
                Some(Opens::Crowd(secs(10), secs(30), RowId(1)))
            )
        );
    }

    #[test]
    fn a_value_that_was_only_seen_is_never_said_to_be_set() {
        let mut seen = span(SpanValue::Live, Some(1), None, Some(1));
        seen.basis = Some(Basis::Seen);
        assert!(!span_by(&seen).contains("set"));
        assert_eq!(span_title(&seen, true, false), "Live, power not recorded");
    }

    #[test]
    fn the_table_tells_states_events_and_gaps_in_time_order() {
        let gaps = [Gap {
            region: "us-south".into(),
            range: TimeRange::new(secs(12), secs(15)).expect("in order"),
            reason: GapReason::Failed,
            words: "failed (429)".into(),
        }];
        let window = TimeRange::new(secs(0), secs(60)).expect("in order");
        let told: Vec<String> = table_lines(&lane(), &gaps, window, Clock::UTC)
            .into_iter()
            .map(|line| format!("{} {}", line.sort, line.what))
            .collect();
        assert_eq!(
            told,
            [
                "State Power not known",
                "State Power: on",
                "Event Success",
                "Not fetched failed (429)",
                "Event Failure",
            ]
        );
    }

    #[test]
    fn what_lies_outside_the_window_is_not_in_the_table() {
        let window = TimeRange::new(secs(30), secs(60)).expect("in order");
        let told = table_lines(&lane(), &[], window, Clock::UTC);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].from, "Thu 1 Jan 1970 00:00:10.000 +00:00");
    }
}
