//! What is said of events of the same correlation beside the lines that join them.

use super::words;
use crate::chart::relations::Relations;
use crate::protocol::Related;

/// Lanes that are named; of more, how many.
const NAMED: usize = 3;

/// `Same correlation: 5 events. 2 joined here; 2 more in 1 lane out of sight (web-3).`
pub fn said(related: &Related, found: &Relations) -> String {
    if related.total < 2 {
        return "No other event held has the correlation of this one.".into();
    }
    let mut parts = vec![match found.n_joined {
        0 => "none of the others in sight".into(),
        n => format!("{} joined here", words::count(n.into())),
    }];
    if found.n_out_of_sight > 0 {
        parts.push(out_of_sight(related, found));
    }
    if related.n_hidden > 0 {
        let n = words::count(related.n_hidden.into());
        parts.push(format!(
            "{n} on no lane: left out by the search, or without a resource or a time"
        ));
    }
    let told = related.marks.len() as u32 + related.n_hidden;
    if told < related.total {
        let n = words::count((related.total - told).into());
        parts.push(format!("{n} further off in time not looked at"));
    }
    let total = words::count(related.total.into());
    format!(
        "Same correlation: {total} events. {}.",
        capital(&parts.join("; "))
    )
}

fn out_of_sight(related: &Related, found: &Relations) -> String {
    let lanes = &found.lanes_out_of_sight;
    let label = |number: &u32| {
        let labels = related.labels.iter();
        let found = labels.clone().find(|(lane, _)| lane == number);
        found.map(|(_, label)| label.as_str())
    };
    let mut names: Vec<&str> = lanes.iter().take(NAMED).filter_map(label).collect();
    if lanes.len() > NAMED {
        names.push("…");
    }
    let mut said = format!(
        "{} more in {} out of sight ({})",
        words::count(found.n_out_of_sight.into()),
        words::counted(lanes.len() as u64, "lane", "lanes"),
        names.join(", ")
    );
    let beyond = [(found.n_earlier, "earlier"), (found.n_later, "later")];
    for (n, word) in beyond.into_iter().filter(|(n, _)| *n > 0) {
        said.push_str(&format!(
            ", {} {word} than the window",
            words::count(n.into())
        ));
    }
    said
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RelatedMark;
    use crate::protocol::RowId;
    use crate::time::Timestamp;

    fn related(total: u32, n_marks: u32, n_hidden: u32) -> Related {
        let mark = |row| RelatedMark {
            row: RowId(row),
            at: Timestamp::from_secs(0),
            lane: row,
            key: String::new(),
        };
        Related {
            row: RowId(0),
            total,
            marks: (0..n_marks).map(mark).collect(),
            n_hidden,
            labels: (0..n_marks).map(|n| (n, format!("web-{n}"))).collect(),
        }
    }

    #[test]
    fn an_event_alone_is_said_to_be_alone() {
        let said = said(&related(1, 1, 0), &Relations::default());
        assert_eq!(said, "No other event held has the correlation of this one.");
    }

    #[test]
    fn what_is_out_of_sight_is_counted_and_its_lanes_named() {
        let found = Relations {
            n_joined: 1,
            n_out_of_sight: 3,
            lanes_out_of_sight: vec![2, 3],
            n_earlier: 0,
            n_later: 1,
        };
        assert_eq!(
            said(&related(6, 5, 1), &found),
            "Same correlation: 6 events. 1 joined here; 3 more in 2 lanes out of sight (web-2, web-3), 1 later than the \
             window; 1 on no lane: left out by the search, or without a resource or a time."
        );
    }

    #[test]
    fn events_that_were_not_looked_at_are_counted() {
        let said = said(&related(500, 200, 0), &Relations::default());
        assert!(
            said.contains("300 further off in time not looked at"),
            "{said}"
        );
        assert!(said.contains("None of the others in sight"), "{said}");
    }
}
