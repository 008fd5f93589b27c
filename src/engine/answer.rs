//! Each question of the page and the answer to it: here what a first visit asks, the rest in `further`.

use crate::protocol::Answer;
use crate::protocol::Question;
use crate::query::page;
use crate::query::sources;

use super::asked;
use super::local::Local;
use super::local::Pending;
use super::overview;

impl Local {
    /// An answer, or what must be scanned for or written before there is one. `begin` comes first, once.
    pub fn try_answer(&mut self, question: &Question) -> Result<Answer, Pending> {
        match question {
            Question::Overview {
                filter,
                domain,
                bins,
            } => overview::overview(self, filter, *domain, *bins).map(Answer::Overview),
            Question::Page {
                filter,
                order,
                first,
                count,
            } => {
                let selection = self.select(filter)?;
                let ordered = self.ordered(&selection, *order);
                Ok(Answer::Page(page::page(
                    &self.store,
                    &ordered,
                    *first,
                    *count,
                )))
            }
            Question::Facets {
                filter,
                names,
                values,
                search,
            } => asked::facets(self, filter, names, *values, search),
            Question::Sources => Ok(Answer::Sources(sources::sources(&self.store))),
            _ => self.answer_further(question),
        }
    }
}
