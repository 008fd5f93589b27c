//! The fleet at two instants in words and as CSV. Says of each value on what ground it stands; invents no reason.

use crate::protocol::AttributeView;
use crate::protocol::Basis;
use crate::protocol::ChangeKind;
use crate::protocol::ComparedRow;
use crate::protocol::Comparison;
use crate::protocol::SpanValue;

use super::csv::push_line;
use super::life::state_word;

/// On a chip and as a badge: `another name`.
pub fn kind_words(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Any => "changed",
        ChangeKind::Born => "born",
        ChangeKind::Ended => "reclaimed or deleted",
        ChangeKind::Power => "power",
        ChangeKind::Name => "another name",
        ChangeKind::Image => "image",
        ChangeKind::Network => "ports or groups",
        ChangeKind::Same => "same",
        ChangeKind::Unknown => "not recorded at both",
    }
}

/// What a row is badged with: everything but that it is among the changed.
pub fn badges(row: &ComparedRow) -> impl Iterator<Item = &'static str> {
    let kinds = row.kinds.iter().filter(|kind| **kind != ChangeKind::Any);
    kinds.map(|kind| kind_words(*kind))
}

/// `not born`, `On`, `Reclaimed`.
pub fn state(value: Option<SpanValue>) -> &'static str {
    value.map_or("Not born yet", state_word)
}

/// `set by jane`, `seen, since when is not known`, `implied, by ci-bot`.
pub fn ground(change: &AttributeView) -> String {
    let by = match change.by.as_str() {
        "" => "an initiator without a name",
        by => by,
    };
    match change.basis {
        Basis::Set => format!("set by {by}"),
        Basis::Seen => "seen; since when is not known".to_owned(),
        Basis::Implied => format!("implied, by {by}"),
    }
}

/// What must be said of a value that nobody watched; empty where all was.
pub fn carried(change: &AttributeView) -> &'static str {
    match (change.is_carried_before, change.is_carried_after) {
        (true, true) => "carried over unfetched time at T1 and T2",
        (true, false) => "carried over unfetched time at T1",
        (false, true) => "carried over unfetched time at T2",
        (false, false) => "",
    }
}

const HEAD: &str =
    "t1,t2,name,id,kind,region,change,attribute,before,after,at,by,act,event,basis,carried\r\n";

/// One line an attribute that is another at T2; a resource without one (born, ended, not recorded) has a line of its own.
pub fn comparison_csv(comparison: &Comparison) -> String {
    let mut text = String::from(HEAD);
    for row in &comparison.rows {
        let kinds: Vec<&str> = badges(row).collect();
        let head = &row.head;
        let resource = [
            comparison.from.to_string(),
            comparison.to.to_string(),
            head.label.clone(),
            head.id.clone(),
            head.kind.name().to_owned(),
            head.region.clone(),
            kinds.join("; "),
        ];
        let line = |rest: &[String]| [&resource[..], rest].concat();
        if row.changes.is_empty() {
            push_line(&mut text, HEAD, &line(&[]));
        }
        for change in &row.changes {
            let basis = match change.basis {
                Basis::Set => "set",
                Basis::Implied => "implied",
                Basis::Seen => "seen",
            };
            let rest = [
                change.label.clone(),
                change.before.clone(),
                change.after.clone(),
                change.at.to_string(),
                change.by.clone(),
                change.what.clone(),
                change.event.clone(),
                basis.to_owned(),
                carried(change).to_owned(),
            ];
            push_line(&mut text, HEAD, &line(&rest));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Kind;
    use crate::protocol::ResourceHead;
    use crate::protocol::ResourceIx;
    use crate::protocol::RowId;
    use crate::time::Timestamp;

    fn change(basis: Basis) -> AttributeView {
        AttributeView {
            label: "Power".into(),
            before: "on".into(),
            after: "off".into(),
            at: Timestamp::from_secs(60),
            row: RowId(1),
            event: "e-1".into(),
            by: "jane".into(),
            what: "Power off".into(),
            basis,
            is_carried_before: false,
            is_carried_after: true,
        }
    }

    fn comparison(changes: Vec<AttributeView>) -> Comparison {
        let head = ResourceHead {
            ix: ResourceIx(0),
            id: "118".into(),
            kind: Kind::Vsi,
            kind_words: "virtual server, classic".into(),
            name: Some("=web".into()),
            label: "=web".into(),
            region: "us-south".into(),
            location: "dal10".into(),
            is_foreign_account: false,
        };
        Comparison {
            from: Timestamp::from_secs(0),
            to: Timestamp::from_secs(100),
            n_from: 1,
            n_to: 1,
            counts: vec![0; ChangeKind::ALL.len()],
            total: 1,
            first: 0,
            rows: vec![ComparedRow {
                head,
                kinds: vec![ChangeKind::Any, ChangeKind::Power],
                before: Some(SpanValue::On),
                after: Some(SpanValue::Off),
                changes,
                unknown: Vec::new(),
                back_again: Vec::new(),
            }],
            coverage_stated: true,
        }
    }

    #[test]
    fn a_line_says_both_instants_the_change_and_its_ground() {
        let text = comparison_csv(&comparison(vec![change(Basis::Set)]));
        assert_eq!(
            text.lines().nth(1).unwrap_or_default(),
            "1970-01-01T00:00:00Z,1970-01-01T00:01:40Z,\"'=web\",118,vsi,us-south,power,Power,on,off,\
             1970-01-01T00:01:00Z,jane,Power off,e-1,set,carried over unfetched time at T2"
        );
        let bare = comparison_csv(&comparison(Vec::new()));
        assert_eq!(
            bare.lines().nth(1).map(|line| line.matches(',').count()),
            Some(15)
        );
    }

    #[test]
    fn what_was_only_seen_names_nobody() {
        assert_eq!(ground(&change(Basis::Set)), "set by jane");
        assert_eq!(
            ground(&change(Basis::Seen)),
            "seen; since when is not known"
        );
        assert_eq!(ground(&change(Basis::Implied)), "implied, by jane");
    }
}
