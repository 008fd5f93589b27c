//! The account's findings as CSV: one line each, times in UTC, the events by id, and why one was dismissed.

use crate::protocol::FindingView;

use super::csv::push_line;

const HEAD: [&str; 11] = [
    "time",
    "kind",
    "severity",
    "standing",
    "resource",
    "resource_id",
    "region",
    "words",
    "why",
    "n_events",
    "dismissed",
];

/// `dismissed` gives the reason of one that was.
pub fn finding_csv(findings: &[FindingView], dismissed: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::new();
    push_line(&mut text, &HEAD);
    for finding in findings {
        let head = finding.resource.as_ref();
        let of_head = |part: fn(&crate::protocol::ResourceHead) -> &str| head.map_or("", part);
        push_line(
            &mut text,
            &[
                &finding.at.to_string(),
                finding.kind.name(),
                finding.severity.name(),
                if finding.is_firm { "firm" } else { "suspected" },
                of_head(|head| &head.label),
                of_head(|head| &head.id),
                of_head(|head| &head.region),
                &finding.words,
                &finding.why,
                &finding.n_events.to_string(),
                &dismissed(&finding.key).unwrap_or_default(),
            ],
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::FindingKind;
    use crate::findings::Severity;
    use crate::protocol::RowId;
    use crate::time::Timestamp;

    #[test]
    fn a_finding_is_a_line_with_its_ground_and_why_it_was_dismissed() {
        let finding = FindingView {
            key: "k".into(),
            kind: FindingKind::AfterEnd,
            severity: Severity::Warning,
            is_firm: false,
            resource: None,
            at: Timestamp::from_secs(0),
            beside: RowId(3),
            rows: vec![RowId(1), RowId(3)],
            n_events: 2,
            words: "Power off, after it was reclaimed.".into(),
            why: "Suspected".into(),
        };
        let text = finding_csv(&[finding], |key| (key == "k").then(|| "known".to_owned()));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            "1970-01-01T00:00:00Z,after-end,warning,suspected,,,,\"Power off, after it was reclaimed.\",Suspected,2,known"
        );
        assert_eq!(lines[0].split(',').count(), 11);
    }
}
