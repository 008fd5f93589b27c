//! What helps to ask: facets with their counts. Finds the rows that each counts among; how values are counted and
//! listed is `query`'s.

use crate::protocol::Answer;
use crate::protocol::FacetName;
use crate::protocol::Filter;
use crate::query::facets;
use crate::query::facets::Listing;
use crate::query::filter::Held;
use crate::query::language;

use super::local::Local;
use super::local::Pending;
use super::local::query_error;

pub fn facets(
    local: &mut Local,
    filter: &Filter,
    names: &[FacetName],
    most: u32,
    search: &str,
) -> Result<Answer, Pending> {
    let query = local.parse(filter)?.query;
    let clauses = language::clauses(&filter.query, &Held(local.store.paths()))
        .map_err(|error| query_error(&error))?;
    let mut answer = Vec::with_capacity(names.len());
    for &name in names {
        let subject = facets::field_of(name);
        let others = local.select_query(&query.without(&subject), filter)?;
        let Some(values) = local.values.of(&local.store, &subject) else {
            continue;
        };
        let listing = Listing {
            name,
            query: &query,
            clauses: &clauses,
            most,
            search,
        };
        answer.push(facets::facet(
            &local.store,
            &values,
            &others.matching,
            &listing,
        ));
    }
    Ok(Answer::Facets(answer))
}
