//! What helps to ask, and what is taken away: facets with their counts, completion, exports. Finds the rows that each
//! is about; how values are counted, listed and written is `query`'s.

use std::rc::Rc;

use crate::cadf::Event;
use crate::protocol::Answer;
use crate::protocol::Column;
use crate::protocol::ExportFormat;
use crate::protocol::FacetName;
use crate::protocol::Filter;
use crate::protocol::Order;
use crate::query::complete;
use crate::query::complete::Asker;
use crate::query::export::About;
use crate::query::export::Writing;
use crate::query::facets;
use crate::query::facets::Listing;
use crate::query::filter::Held;
use crate::query::language;
use crate::query::language::Moment;
use crate::query::language::Query;
use crate::query::language::Subject;
use crate::query::selection::Selection;
use crate::query::values::Counts;
use crate::query::values::Values;
use crate::store::Store;

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
        let counts = values.count(&local.store, &mut local.tallies, &others);
        answer.push(facets::facet(&local.store, &values, &counts, &listing));
    }
    Ok(Answer::Facets(answer))
}

pub fn complete(
    local: &mut Local,
    filter: &Filter,
    cursor: u32,
    limit: u32,
) -> Result<Answer, Pending> {
    let mut asker = Through { local, filter };
    complete::complete(&mut asker, &filter.query, cursor, limit).map(Answer::Complete)
}

/// What an export will hold; its owner steps it.
pub fn export(
    local: &mut Local,
    filter: &Filter,
    order: Order,
    format: ExportFormat,
    columns: &[Column],
) -> Result<Writing, Pending> {
    let selection = local.select(filter)?;
    let ordered = local.ordered(&selection, order);
    let rows = ordered.rows(&local.store, 0..ordered.len());
    let clock = local.moment(filter.zone).clock;
    let about = About::new(
        &local.store,
        &local.ledger,
        &filter.query,
        filter.range,
        clock,
        local.is_demo,
        rows.len() as u64,
    );
    Ok(Writing::new(&local.store, rows, about, format, columns))
}

/// The engine as completion asks it, through the range and zone of a filter.
struct Through<'a> {
    local: &'a mut Local,
    filter: &'a Filter,
}

impl Asker for Through<'_> {
    type Wait = Pending;

    fn store(&self) -> &Store {
        &self.local.store
    }

    fn moment(&self) -> Moment {
        self.local.moment(self.filter.zone)
    }

    fn has_range(&self) -> bool {
        self.filter.range.is_some()
    }

    fn rows(&mut self, query: &Query) -> Result<Rc<Selection>, Pending> {
        self.local.select_query(query, self.filter)
    }

    fn values(&mut self, subject: &Subject) -> Option<Rc<Values>> {
        self.local.values.of(&self.local.store, subject)
    }

    fn count(&mut self, values: &Values, rows: &Selection) -> Counts {
        values.count(&self.local.store, &mut self.local.tallies, rows)
    }

    fn event(&mut self, row: u32) -> Option<Event> {
        self.local.record(row).ok().map(|(_, event)| event)
    }
}
