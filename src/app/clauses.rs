//! Clicks that edit the query: a facet, a field's plus and minus, the cross of a chip. They rewrite the text, which is
//! the truth, and only the clause they are about.

use lifeline::protocol::FacetName;
use lifeline::query::facets::field_of;
use lifeline::query::facets::value_of;
use lifeline::query::language::DottedPaths;
use lifeline::query::language::Edit;
use lifeline::query::language::FacetValue;
use lifeline::query::language::Subject;
use lifeline::query::language::facet_of_text;

use crate::state::App;

impl App {
    /// Shows only what the clause says (`initiator.name:jane`), beside what is asked already.
    pub fn filter_for(self, clause: &str) {
        self.edit_by_clause(clause, Edit::Add);
    }

    /// Leaves out what the clause says.
    pub fn filter_out(self, clause: &str) {
        self.edit_by_clause(clause, Edit::Exclude);
    }

    /// Takes away a clause about this value, whether it asks for it or leaves it out.
    pub fn let_in(self, clause: &str) {
        self.edit_by_clause(clause, Edit::Remove);
    }

    /// Takes away the n-th top-level clause.
    pub fn remove_clause(self, n: usize) {
        self.edit(Edit::RemoveClause(n));
    }

    /// Ticks or unticks a facet's value.
    pub fn toggle_facet(self, name: FacetName, value: &str) {
        let (subject, value) = subject_and_value(name, value);
        self.edit(Edit::Toggle(subject, value));
    }

    /// Leaves a facet's value out; where it is left out already, lets it in again.
    pub fn exclude_facet(self, name: FacetName, value: &str, is_excluded: bool) {
        let (subject, value) = subject_and_value(name, value);
        self.edit(if is_excluded {
            Edit::Remove(subject, value)
        } else {
            Edit::Exclude(subject, value)
        });
    }

    /// Shows only a facet's value, beside what is asked already.
    pub fn filter_for_facet(self, name: FacetName, value: &str) {
        let (subject, value) = subject_and_value(name, value);
        self.edit(Edit::Add(subject, value));
    }

    fn edit_by_clause(self, clause: &str, make: fn(Subject, FacetValue) -> Edit) {
        match facet_of_text(clause, &DottedPaths) {
            Some((subject, value)) => self.edit(make(subject, value)),
            None => self.say(format!("{clause} is no clause that can be added.")),
        }
    }

    fn edit(self, edit: Edit) {
        let text = self.query.get_untracked();
        match edit.apply(&text, &DottedPaths) {
            Ok(text) => {
                self.query.set(text);
                // A phone's detail covers the list that was asked for.
                if self.width_px.get_untracked() < 600.0 {
                    self.detail_open.set(false);
                }
            }
            Err(error) => self.say(format!("The search can't be read as it is: {error}.")),
        }
    }
}

fn subject_and_value(name: FacetName, value: &str) -> (Subject, FacetValue) {
    (field_of(name), value_of(value))
}
