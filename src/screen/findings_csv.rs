//! The account's findings as CSV: one line a finding, times in UTC, dismissals with their reasons. None is left out because
//! it was dismissed.

use crate::protocol::FindingView;

use super::csv;
use super::findings;

const HEAD: &str = "time,severity,standing,kind,resource,id,resource_kind,region,what,why,events,dismissed,reason,key\r\n";

/// `reason_of`: why a finding was dismissed, by its key.
pub fn findings_csv(all: &[FindingView], reason_of: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::from(HEAD);
    for finding in all {
        csv::push_line(&mut text, HEAD, &fields(finding, reason_of(&finding.key)));
    }
    text
}

fn fields(finding: &FindingView, reason: Option<String>) -> [String; 14] {
    let head = finding.resource.as_ref();
    let of =
        |field: fn(&crate::protocol::ResourceHead) -> String| head.map(field).unwrap_or_default();
    [
        finding.at.to_string(),
        finding.severity.name().to_owned(),
        findings::standing(finding.is_firm).to_ascii_lowercase(),
        finding.kind.name().to_owned(),
        of(|head| head.name.clone().unwrap_or_default()),
        of(|head| head.id.clone()),
        of(|head| head.kind.name().to_owned()),
        of(|head| head.region.clone()),
        finding.words.clone(),
        finding.why.clone(),
        finding.n_events.to_string(),
        if reason.is_some() { "dismissed" } else { "" }.to_owned(),
        reason.unwrap_or_default(),
        finding.key.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::FindingKind;
    use crate::findings::Severity;
    use crate::protocol::RowId;
    use crate::time::Timestamp;

    fn finding(key: &str, words: &str) -> FindingView {
        FindingView {
            key: key.into(),
            kind: FindingKind::RefusedThenDone,
            severity: Severity::High,
            is_firm: false,
            resource: None,
            at: Timestamp::from_secs(0),
            beside: RowId(1),
            rows: vec![RowId(0), RowId(1)],
            n_events: 2,
            words: words.into(),
            why: "It may be a retry.".into(),
        }
    }

    #[test]
    fn a_dismissed_finding_keeps_its_line_and_says_why_it_was_put_aside() {
        let all = [finding("a", "Refused."), finding("b", "Done.")];
        let reason = |key: &str| (key == "b").then(|| "planned".to_owned());
        let text = findings_csv(&all, reason);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            "1970-01-01T00:00:00Z,high,suspected,refused-then-done,,,,,Refused.,It may be a retry.,2,,,a"
        );
        assert_eq!(
            lines[2],
            "1970-01-01T00:00:00Z,high,suspected,refused-then-done,,,,,Done.,It may be a retry.,2,dismissed,planned,b"
        );
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless_in_words_and_reasons() {
        let text = findings_csv(&[finding("a", "=1+1")], |_| Some("@now".into()));
        assert!(text.contains("'=1+1"), "{text}");
        assert!(text.contains("'@now"), "{text}");
    }
}
