//! The comparison's questions in the protocol's words, and its answers as plain numbers.

use lifeline::protocol::Bin;
use lifeline::protocol::Column;
use lifeline::protocol::Facet;
use lifeline::protocol::FacetName;
use lifeline::protocol::Filter;
use lifeline::protocol::FleetSort;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::Order;
use lifeline::protocol::Overview;
use lifeline::protocol::Page;
use lifeline::protocol::Question;
use lifeline::protocol::RowView;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use lifeline::time::Zone;

/// The generated year ends here: 2026-11-01T00:00:00Z.
pub const END_MS: i64 = 1_793_491_200_000;
const DAY_MS: i64 = 86_400_000;
const TOP: usize = 10;

/// What a question is seen through.
pub struct Seen<'a> {
    query: &'a str,
    range: Option<TimeRange>,
}

impl<'a> Seen<'a> {
    pub fn new(query: &'a str, from_ms: f64, to_ms: f64) -> Seen<'a> {
        let range = TimeRange::new(instant(from_ms), instant(to_ms));
        Seen { query, range }
    }

    pub fn filter(&self) -> Filter {
        Filter {
            query: self.query.to_owned(),
            range: self.range,
            zone: Zone::Utc,
        }
    }

    pub fn overview(&self, bins: u32) -> Question {
        Question::Overview {
            filter: self.filter(),
            domain: self.range,
            bins,
        }
    }

    pub fn facets(&self, names: &[String]) -> Question {
        Question::Facets {
            filter: self.filter(),
            names: names.iter().filter_map(|name| facet_name(name)).collect(),
            values: TOP as u32,
            search: String::new(),
        }
    }

    pub fn page(&self, first: u64, count: u32) -> Question {
        Question::Page {
            filter: self.filter(),
            order: Order {
                by: Column::Target,
                ascending: true,
            },
            first,
            count,
        }
    }
}

pub fn history(id: &str) -> Question {
    Question::History {
        id: id.to_owned(),
        kind: None,
    }
}

/// As many as the page of a resource asks for in words when it opens.
pub fn history_rows(id: &str) -> Question {
    Question::HistoryRows {
        id: id.to_owned(),
        kind: None,
        first: 0,
        count: 48,
    }
}

pub fn fleet(at_ms: f64) -> Question {
    let end = Timestamp::from_millis(END_MS);
    let day_before = Timestamp::from_millis(END_MS - DAY_MS);
    Question::Fleet {
        filter: Filter::default(),
        at: instant(at_ms),
        strip: TimeRange::new(day_before, end).unwrap_or(TimeRange::ALL),
        include_ended: true,
        sort: FleetSort::Name,
        descending: false,
        find: String::new(),
        first: 0,
        count: 50,
    }
}

pub fn counts(overview: &Overview) -> Vec<f64> {
    let matching = |bin: &Bin| f64::from(bin.success + bin.failure + bin.pending + bin.other);
    std::iter::once(overview.matching as f64)
        .chain(overview.bins.iter().map(matching))
        .collect()
}

/// Each facet as 11 numbers; values that don't occur count 0.
pub fn tops(facets: &[Facet]) -> Vec<f64> {
    let mut all = Vec::with_capacity(facets.len() * (TOP + 1));
    for facet in facets {
        all.push(facet.distinct.into());
        let counts = facet.values.iter().map(|value| value.count as f64);
        all.extend(counts.chain(std::iter::repeat(0.0)).take(TOP));
    }
    all
}

pub fn lines(page: &Page) -> Vec<String> {
    let line = |row: &RowView| format!("{} {}", time_ms(row.time), row.target);
    page.rows.iter().map(line).collect()
}

pub fn numbers(page: &HistoryPage) -> Vec<f64> {
    vec![
        page.events.len() as f64,
        page.n_failures as f64,
        time_ms(page.first),
        time_ms(page.last),
    ]
}

fn instant(ms: f64) -> Timestamp {
    Timestamp::from_millis(ms as i64)
}

/// Whole milliseconds, as the generator writes times.
fn time_ms(time: Option<Timestamp>) -> f64 {
    time.map_or(f64::NAN, |at| (at.nanos() / 1_000_000) as f64)
}

fn facet_name(name: &str) -> Option<FacetName> {
    Some(match name {
        "outcome" => FacetName::Outcome,
        "action" => FacetName::Action,
        "initiator" => FacetName::Initiator,
        "target" => FacetName::Target,
        "region" => FacetName::Region,
        "account" => FacetName::Account,
        "address" => FacetName::Address,
        "severity" => FacetName::Severity,
        "reason" => FacetName::Reason,
        "credential" => FacetName::Credential,
        _ => return None,
    })
}
