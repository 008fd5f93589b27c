//! Findings and operations in words: how sure, how weighty, how many, where the next one stands.
//! Judges nothing; says what the findings say.

use crate::findings::Severity;
use crate::protocol::AskError;
use crate::protocol::FindingView;
use crate::protocol::Findings;
use crate::protocol::OperationStanding;
use crate::protocol::OperationView;
use crate::protocol::RowId;
use crate::time::Clock;
use crate::time::Timestamp;

use super::life;
use super::words;

/// Said once a finding was dismissed.
pub const DISMISSED: &str = "Dismissed. It is kept so until this tab is closed.";

/// `Firm`: rests on proven coverage alone.
pub fn standing(is_firm: bool) -> &'static str {
    match is_firm {
        true => "Firm",
        false => "Suspected",
    }
}

/// The name of the sentence that says on what ground it stands.
pub fn why_name(is_firm: bool) -> &'static str {
    match is_firm {
        true => "Why firm",
        false => "Why suspected",
    }
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Info",
        Severity::Warning => "Warning",
        Severity::High => "High",
    }
}

/// `Show the 3 events`.
pub fn show_events(finding: &FindingView) -> String {
    match finding.n_events {
        0 | 1 => "Show the event".into(),
        n if (n as usize) > finding.rows.len() => format!(
            "Show {} of the {} events",
            words::count(finding.rows.len() as u64),
            words::count(n.into())
        ),
        n => format!("Show the {} events", words::count(n.into())),
    }
}

/// What a list of the account's findings begins with. `is_narrowed`: by the query or the range.
pub fn lead(found: &Findings, is_narrowed: bool) -> String {
    let n_firm: u32 = found.by_kind.iter().map(|count| count.n_firm).sum();
    let n: u32 = found.by_kind.iter().map(|count| count.n).sum();
    let mut said = words::counted(n.into(), "finding", "findings");
    if is_narrowed {
        said.push_str(" beside the events that the search and the time range let pass");
    }
    let parts = in_short(n_firm, n - n_firm);
    if !parts.is_empty() {
        said.push_str(": ");
        said.push_str(&parts);
    }
    said.push('.');
    if !found.coverage_stated {
        said.push_str(
            " Which times were fetched is not stated: what rests on that is suspected at most.",
        );
    }
    said
}

/// Why there is no list.
pub fn not_told(error: &AskError) -> String {
    match error {
        AskError::Query { message, .. } => format!("The search could not be read: {message}."),
        AskError::Failed { message } | AskError::NotFound { message, .. } => message.clone(),
    }
}

/// `2 firm, 1 suspected`; empty where there is none.
pub fn in_short(n_firm: u32, n_suspected: u32) -> String {
    let part = |n: u32, is_firm| {
        let word = standing(is_firm).to_ascii_lowercase();
        (n > 0).then(|| format!("{} {word}", words::count(n.into())))
    };
    let parts = [part(n_firm, true), part(n_suspected, false)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How many findings stand, and how many were dismissed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    pub n_firm: u64,
    pub n_suspected: u64,
    pub n_dismissed: u64,
}

impl Counts {
    pub fn of(findings: &[FindingView], is_dismissed: impl Fn(&str) -> bool) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            let n = match (is_dismissed(&finding.key), finding.is_firm) {
                (true, _) => &mut counts.n_dismissed,
                (_, true) => &mut counts.n_firm,
                (_, false) => &mut counts.n_suspected,
            };
            *n += 1;
        }
        counts
    }

    pub fn n_standing(self) -> u64 {
        self.n_firm + self.n_suspected
    }
}

/// Where findings stand that aren't in sight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beyond {
    Above,
    Below,
}

/// `1 more firm finding further down, 6 Mar 22:04 +00:00`: of those on one side, the nearest first.
pub fn more(findings: &[&FindingView], beyond: Beyond, clock: Clock, near: Timestamp) -> String {
    let Some(nearest) = findings.first() else {
        return String::new();
    };
    let n = findings.len();
    let n_firm = findings.iter().filter(|finding| finding.is_firm).count();
    let side = match beyond {
        Beyond::Above => "further up",
        Beyond::Below => "further down",
    };
    let stamp = life::stamp(nearest.at, clock, near);
    let offset = words::offset(nearest.at, clock);
    let standing = standing(nearest.is_firm).to_ascii_lowercase();
    match n {
        1 => format!("1 more {standing} finding {side}, {stamp} {offset}"),
        _ => format!(
            "{} more ({} firm) {side}, next {stamp} {offset}",
            words::count(n as u64),
            words::count(n_firm as u64)
        ),
    }
}

/// What an operation says at one of its events: `done 2 min 4 s later`, `never completed`. `has_failed`: its completion
/// did not succeed, as far as that is known.
pub fn operation(operation: &OperationView, row: RowId, has_failed: bool) -> String {
    let is_request = operation.request == Some(row);
    match operation.standing {
        OperationStanding::Paired => {
            let nanos = operation.nanos.unwrap_or(0);
            let took = words::duration(nanos);
            match (is_request, nanos < 0, has_failed) {
                (true, false, false) => format!("done {took} later"),
                (true, false, true) => format!("failed {took} later"),
                (true, true, _) => format!("its completion is dated {took} before it"),
                (false, false, _) => format!("requested {took} before"),
                (false, true, _) => format!("its request is dated {took} after it"),
            }
        }
        OperationStanding::Open => "no completion recorded yet".into(),
        OperationStanding::NeverCompleted => "never completed".into(),
        OperationStanding::NoRequest => "no request recorded".into(),
        OperationStanding::Ambiguous => match is_request {
            true => "ambiguous: more than one could be its completion".into(),
            false => "ambiguous: more than one could be its request".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::FindingKind;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("readable").at
    }

    fn finding(key: &str, is_firm: bool, time: &str) -> FindingView {
        FindingView {
            key: key.into(),
            kind: FindingKind::RefusedThenDone,
            severity: Severity::High,
            is_firm,
            resource: None,
            at: at(time),
            beside: RowId(1),
            rows: vec![RowId(0), RowId(1)],
            n_events: 2,
            words: String::new(),
            why: String::new(),
        }
    }

    fn operation_of(standing: OperationStanding, nanos: Option<i64>) -> OperationView {
        OperationView {
            request: Some(RowId(1)),
            completion: nanos.map(|_| RowId(2)),
            standing,
            nanos,
        }
    }

    #[test]
    fn only_what_there_is_is_counted_in_short() {
        assert_eq!(in_short(2, 1), "2 firm, 1 suspected");
        assert_eq!(in_short(0, 1_200), "1,200 suspected");
        assert_eq!(in_short(0, 0), "");
    }

    #[test]
    fn a_dismissed_finding_is_neither_firm_nor_suspected() {
        let findings = [
            finding("a", true, "2026-03-06T22:04:00Z"),
            finding("b", true, "2026-03-06T22:04:00Z"),
            finding("c", false, "2026-03-06T22:04:00Z"),
        ];
        let counts = Counts::of(&findings, |key| key == "b");
        assert_eq!(
            (counts.n_firm, counts.n_suspected, counts.n_dismissed),
            (1, 1, 1)
        );
        assert_eq!(counts.n_standing(), 2);
    }

    #[test]
    fn what_is_out_of_sight_is_counted_with_the_nearest_ones_time() {
        let near = at("2026-03-20T00:00:00Z");
        let firm = finding("a", true, "2026-03-06T22:04:00Z");
        let suspected = finding("b", false, "2026-03-05T00:00:00Z");
        let said = |findings: &[&FindingView], beyond| more(findings, beyond, Clock::UTC, near);
        assert_eq!(
            said(&[&firm], Beyond::Below),
            "1 more firm finding further down, 6 Mar 22:04 +00:00"
        );
        assert_eq!(
            said(&[&firm, &suspected], Beyond::Above),
            "2 more (1 firm) further up, next 6 Mar 22:04 +00:00"
        );
        assert_eq!(
            said(&[&suspected, &suspected], Beyond::Below),
            "2 more (0 firm) further down, next 5 Mar 00:00 +00:00"
        );
        assert_eq!(said(&[], Beyond::Below), "");
    }

    #[test]
    fn an_operation_says_its_other_half_at_either_of_its_events() {
        let pair = operation_of(OperationStanding::Paired, Some(124_000_000_000));
        assert_eq!(operation(&pair, RowId(1), false), "done 2 min 4 s later");
        assert_eq!(operation(&pair, RowId(1), true), "failed 2 min 4 s later");
        assert_eq!(
            operation(&pair, RowId(2), false),
            "requested 2 min 4 s before"
        );
        let turned = operation_of(OperationStanding::Paired, Some(-3_000_000_000));
        assert_eq!(
            operation(&turned, RowId(1), false),
            "its completion is dated 3 s before it"
        );
        assert_eq!(
            operation(&turned, RowId(2), false),
            "its request is dated 3 s after it"
        );
    }

    #[test]
    fn an_operation_without_its_other_half_says_no_more_than_that() {
        for (standing, said) in [
            (OperationStanding::Open, "no completion recorded yet"),
            (OperationStanding::NeverCompleted, "never completed"),
            (
                OperationStanding::Ambiguous,
                "ambiguous: more than one could be its completion",
            ),
        ] {
            assert_eq!(
                operation(&operation_of(standing, None), RowId(1), false),
                said
            );
        }
        let mut alone = operation_of(OperationStanding::NoRequest, None);
        (alone.request, alone.completion) = (None, Some(RowId(2)));
        assert_eq!(operation(&alone, RowId(2), false), "no request recorded");
    }

    #[test]
    fn the_button_says_how_many_events_it_shows_and_when_not_all() {
        let mut one = finding("a", true, "2026-03-06T22:04:00Z");
        assert_eq!(show_events(&one), "Show the 2 events");
        one.n_events = 1_200;
        assert_eq!(show_events(&one), "Show 2 of the 1,200 events");
        one.n_events = 1;
        assert_eq!(show_events(&one), "Show the event");
    }
}
