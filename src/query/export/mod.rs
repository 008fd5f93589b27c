//! Events as shown, to take away: CSV for sheets, NDJSON for programs. Both say what they are:
//! as of when, by which query and range, whether it is demo data, what was fetched, how many events of how many.
//!
//! **CSV** is pure RFC 4180, a header and rows alone: a comment line would break most tools, and a note above the table
//! is lost when rows are sorted or copied. So the statement stands on every row, in the last two columns, `as_of` and
//! `source_note`: a row that an auditor takes into another sheet still says where it came from. An export without rows
//! is a header alone; the NDJSON of it still states what was asked.
//!
//! **NDJSON** has one unwrapped event a line, as Lifeline (or anything else) reads it back, and as its last line an
//! object with the one member `lifeline_export`: the same statement. It stands last because many tools take the first
//! line's members for every line's, and because a file that lacks it was cut short.
//!
//! Refuses to leave out in silence: an event whose record can't be read again is named in its place.

mod csv;
mod ndjson;
mod writing;

use reading::Value;

use crate::coverage::Gap;
use crate::coverage::Ledger;
use crate::sorting;
use crate::store::Field;
use crate::store::Store;
use crate::time::Clock;
use crate::time::NANOS_PER_SEC;
use crate::time::TimeRange;
use crate::time::Timestamp;
use crate::time::written;

pub use writing::Writing;

/// What an export says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// When the newest source was asked; where none says, the last event held.
    pub as_of: Option<Timestamp>,
    pub is_demo: bool,
    pub query: String,
    pub range: Option<TimeRange>,
    /// The zone that times are written in.
    pub clock: Clock,
    pub n_events: u64,
    pub n_held: u64,
    pub rejected: u64,
    /// What was fetched, a line a region: `us-south: 2 times not fetched, 3 h in all`.
    pub coverage: Vec<String>,
}

impl About {
    pub fn new(
        store: &Store,
        ledger: &Ledger,
        query: &str,
        range: Option<TimeRange>,
        clock: Clock,
        is_demo: bool,
        n_events: u64,
    ) -> About {
        let totals = store.counts().totals;
        let asked = store.parts().iter().filter_map(|part| part.asked_at).max();
        About {
            as_of: asked.or(totals.last),
            is_demo,
            query: query.trim().to_owned(),
            range,
            clock,
            n_events,
            n_held: totals.events,
            rejected: totals.rejected,
            coverage: coverage(store, ledger, range),
        }
    }

    fn as_of_text(&self) -> String {
        self.as_of
            .map_or_else(String::new, |at| zoned(at, self.clock))
    }

    fn query_words(&self) -> String {
        match self.query.as_str() {
            "" => "every event".to_owned(),
            query => query.to_owned(),
        }
    }

    fn range_words(&self) -> String {
        match self.range {
            None => "all times".to_owned(),
            Some(range) => format!(
                "from {} to before {}",
                zoned(range.from(), self.clock),
                zoned(range.to(), self.clock)
            ),
        }
    }

    /// One paragraph, for a cell.
    fn note(&self) -> String {
        let demo = if self.is_demo {
            "Demo data, no real account. "
        } else {
            ""
        };
        let rejected = match self.rejected {
            0 => String::new(),
            n => format!(" {n} records could not be read."),
        };
        format!(
            "Exported by Lifeline. {demo}Query: {}. Range: {}. {} of {} events held.{rejected} Coverage: {}.",
            self.query_words(),
            self.range_words(),
            self.n_events,
            self.n_held,
            self.coverage.join("; ")
        )
    }

    fn object(&self, n_unreadable: u64) -> Value {
        let time = |at| Value::from(zoned(at, self.clock));
        let range =
            |range: TimeRange| object([("from", time(range.from())), ("to", time(range.to()))]);
        let coverage = self.coverage.iter().map(|line| line.as_str().into());
        let members = [
            ("as_of", self.as_of.map_or(Value::Null, time)),
            ("demo_data", self.is_demo.into()),
            ("query", self.query.as_str().into()),
            ("range", self.range.map_or(Value::Null, range)),
            ("events", self.n_events.into()),
            ("unreadable", n_unreadable.into()),
            ("events_held", self.n_held.into()),
            ("records_rejected", self.rejected.into()),
            ("coverage", Value::Array(coverage.collect())),
        ];
        object([("lifeline_export", object(members))])
    }

    /// `lifeline-events-2026-03-01-to-2026-04-01.csv`; `lifeline-demo-events-…` where it is demo data. The second date
    /// is the range's end, or the last day of all.
    pub fn file_name(&self, store: &Store, extension: &str) -> String {
        let totals = store.counts().totals;
        let range = self.range.map(|range| (range.from(), range.to()));
        let is_open = |at: &Timestamp| *at == Timestamp::MIN || *at == Timestamp::MAX;
        let from = range.map(|range| range.0).filter(|at| !is_open(at));
        let to = range.map(|range| range.1).filter(|at| !is_open(at));
        let day = |at: Timestamp| written(self.clock.wall(at), "%Y-%m-%d");
        let days = match (from.or(totals.first), to.or(totals.last)) {
            (Some(from), Some(to)) => format!("-{}-to-{}", day(from), day(to)),
            _ => String::new(),
        };
        let demo = if self.is_demo { "demo-" } else { "" };
        format!("lifeline-{demo}events{days}.{extension}")
    }
}

/// RFC 3339 in the zone shown, with its offset.
fn zoned(at: Timestamp, clock: Clock) -> String {
    let secs = i64::from((clock.offset_secs)(at));
    if secs == 0 {
        return at.to_string();
    }
    let wall = at.plus_nanos(secs * NANOS_PER_SEC).to_string();
    format!("{}{}", wall.trim_end_matches('Z'), clock.offset_text(at))
}

/// A line for each region that anything is stated of or that an event names.
fn coverage(store: &Store, ledger: &Ledger, range: Option<TimeRange>) -> Vec<String> {
    if ledger.regions().next().is_none() {
        return vec!["not stated".into()];
    }
    let mut lines: Vec<String> = ledger
        .regions()
        .map(|region| format!("{region}: {}", covered(ledger, region, range)))
        .collect();
    let texts = store.rows().texts(Field::Region);
    let mut occurs = vec![false; texts.len()];
    let (group, slot) = Field::Region.slot();
    for (code, _) in store.occurring(group, slot) {
        occurs[code as usize] = true;
    }
    let mut unstated: Vec<String> = Vec::new();
    texts.each(|code, region| {
        if occurs[code as usize] && !ledger.is_stated(region) {
            unstated.push(region.to_owned());
        }
    });
    sorting::sort(&mut unstated);
    lines.extend(
        unstated
            .iter()
            .map(|region| format!("{region}: not stated")),
    );
    lines
}

fn covered(ledger: &Ledger, region: &str, range: Option<TimeRange>) -> String {
    let Some(range) = range.or_else(|| ledger.extent(region)) else {
        return "not stated".into();
    };
    let gaps: Vec<Gap> = ledger.gaps(region, range).unwrap_or_default();
    if gaps.is_empty() {
        return match ledger.is_proven(region, range) {
            true => "whole, proven".into(),
            false => "whole, claimed".into(),
        };
    }
    let secs: i64 = gaps
        .iter()
        .map(|gap| gap.range.nanos() / NANOS_PER_SEC)
        .fold(0, i64::saturating_add);
    let times = if gaps.len() == 1 { "time" } else { "times" };
    format!(
        "{} {times} not fetched, {} in all",
        gaps.len(),
        length(secs)
    )
}

fn length(secs: i64) -> String {
    match secs {
        ..60 => format!("{secs} s"),
        60..3_600 => format!("{} min", secs / 60),
        3_600..259_200 => format!("{} h", secs / 3_600),
        _ => format!("{} days", secs / 86_400),
    }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.map(|(name, value)| (name.to_owned(), value));
    Value::Object(members.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    #[test]
    fn local_times_carry_their_offset() {
        let at = Timestamp::parse("2026-03-09T10:15:30.5Z")
            .expect("a time")
            .at;
        let clock = Clock {
            zone: Zone::Local,
            offset_secs: |_| -5 * 3600,
        };
        assert_eq!(zoned(at, clock), "2026-03-09T05:15:30.5-05:00");
        assert_eq!(zoned(at, Clock::UTC), "2026-03-09T10:15:30.5Z");
    }
}
