//! The frame around every view: histogram, counts, the query's clauses as chips, what was not fetched.

use crate::cadf::Outcome;
use crate::coverage;
use crate::protocol::ClauseView;
use crate::protocol::Filter;
use crate::protocol::Gap;
use crate::protocol::GapReason;
use crate::protocol::Overview;
use crate::query::filter::Held;
use crate::query::histogram;
use crate::query::language;
use crate::query::language::Query;
use crate::time::TimeRange;

use super::local::Local;
use super::local::Pending;
use super::local::query_error;

pub fn overview(
    local: &mut Local,
    filter: &Filter,
    domain: Option<TimeRange>,
    n_bins: u32,
) -> Result<Overview, Pending> {
    let parsed = local.parse(filter)?;
    let selection = local.select_query(&parsed.query, filter)?;
    let clauses = clause_views(local, filter, &parsed.query)?;
    let mut notes: Vec<String> = parsed.notes.iter().map(ToString::to_string).collect();
    notes.extend(local.missed(&parsed.query, filter));
    let store = &local.store;
    let domain = domain.unwrap_or_else(|| histogram::whole_domain(store));
    let matching_failures =
        selection
            .passing
            .n_of_outcome(store, Outcome::Failure, selection.places.clone());
    Ok(Overview {
        domain,
        bins: histogram::bins(store, &selection, domain, n_bins),
        held: store.counts().totals.events,
        in_range: selection.n_in_range,
        matching: selection.n_matching,
        matching_failures,
        clauses,
        notes,
        gaps: gaps(local, domain),
        coverage_stated: local.ledger.regions().next().is_some(),
    })
}

/// Each top-level part of the query, with how many events in range it hides by itself.
fn clause_views(
    local: &mut Local,
    filter: &Filter,
    query: &Query,
) -> Result<Vec<ClauseView>, Pending> {
    let clauses = language::clauses(&filter.query, &Held(local.store.paths()))
        .map_err(|error| query_error(&error))?;
    let mut views = Vec::with_capacity(clauses.len());
    for (clause, part) in clauses.iter().zip(query.parts()) {
        let alone = Query { expr: part.clone() };
        let selection = local.select_query(&alone, filter)?;
        let chars = |text: &str| text.chars().count() as u32;
        views.push(ClauseView {
            text: clause.text.clone(),
            at: chars(filter.query.get(..clause.span.from).unwrap_or("")),
            len: chars(clause.span.of(&filter.query)),
            field: clause
                .subject
                .as_ref()
                .map(|subject| subject.name().to_owned())
                .filter(|name| !name.is_empty()),
            negated: clause.is_negated,
            hides: selection.n_in_range - selection.n_matching,
        });
    }
    Ok(views)
}

/// Unfetched times of every region of which anything is stated.
pub fn gaps(local: &Local, range: TimeRange) -> Vec<Gap> {
    local
        .ledger
        .regions()
        .flat_map(|region| {
            let gaps = local.ledger.gaps(region, range).unwrap_or_default();
            gaps.into_iter().map(move |gap| view(region, &gap))
        })
        .collect()
}

/// Those of one region; empty too where nothing is stated.
pub fn gaps_of(local: &Local, region: &str, range: TimeRange) -> Vec<Gap> {
    let gaps = local.ledger.gaps(region, range).unwrap_or_default();
    gaps.iter().map(|gap| view(region, gap)).collect()
}

fn view(region: &str, gap: &coverage::Gap) -> Gap {
    let (reason, words) = match gap.reason {
        coverage::GapReason::NotAsked => (GapReason::NotAsked, "not asked"),
        coverage::GapReason::Failed => (GapReason::Failed, "failed"),
        coverage::GapReason::Truncated => (GapReason::Truncated, "cut short"),
        coverage::GapReason::NotYet => (GapReason::NotYet, "not loaded yet"),
    };
    Gap {
        region: region.to_owned(),
        range: gap.range,
        reason,
        words: words.to_owned(),
    }
}
