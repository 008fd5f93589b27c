//! Moving through the events: by keys, by a link, by a click. The worker finds the next one; the table only follows.

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::protocol::Step;
use lifeline::screen::keys::Act;

use crate::signals::Effect;
use crate::state::App;
use crate::state::Hot;
use crate::state::Selection;

/// Keys that the events view knows.
pub fn answer(app: App, act: Act) -> bool {
    match act {
        Act::Down | Act::NextMatch => app.step(Step::Any, false),
        Act::Up | Act::PreviousMatch => app.step(Step::Any, true),
        Act::NextFailure => app.step(Step::Failure, false),
        Act::PreviousFailure => app.step(Step::Failure, true),
        Act::NextCorrelated => app.step(Step::SameCorrelation, false),
        Act::PreviousCorrelated => app.step(Step::SameCorrelation, true),
        Act::NextOfResource => app.step(Step::SameResource, false),
        Act::PreviousOfResource => app.step(Step::SameResource, true),
        Act::Open if app.selection.with_untracked(Option::is_some) => {
            app.detail_open.update(|open| *open = !*open);
        }
        Act::Back if app.detail_open.get_untracked() => app.detail_open.set(false),
        Act::Back if app.selection.with_untracked(Option::is_some) => app.selection.set(None),
        Act::FilterFor | Act::FilterOut => filter(app, act == Act::FilterFor),
        _ => return false,
    }
    true
}

impl App {
    /// Puts the cursor on an event; its place in the list may not be known.
    pub fn select(self, row: RowId, position: Option<u64>) {
        self.selection.set(Some(Selection {
            row,
            position,
            name: None,
        }));
    }

    fn step(self, step: Step, backward: bool) {
        let from = self
            .selection
            .with_untracked(|selection| selection.as_ref().map(|selection| selection.row));
        if from.is_none() && !matches!(step, Step::Any | Step::Failure) {
            self.say("Choose an event first: the next of the same kind is looked for from there.");
            return;
        }
        let question = untrack(|| Question::Step {
            filter: self.filter(),
            order: self.order.get(),
            from,
            step,
            backward,
        });
        self.ask_in(self.step_slot, question, move |(_, result)| match result {
            Ok(Answer::Stepped(Some(stepped))) => {
                self.select(stepped.row, stepped.position);
                self.reveal.set(stepped.position);
                if stepped.position.is_none() {
                    self.detail_open.set(true);
                    self.say("The filter hides this event; its detail is shown.");
                }
            }
            Ok(_) if from.is_some() => self.say(no_more(step, backward)),
            _ => {}
        });
    }
}

fn no_more(step: Step, backward: bool) -> String {
    let what = match step {
        Step::Any => "event",
        Step::Failure => "failure",
        Step::SameCorrelation => "event of this correlation",
        Step::SameResource => "event of this resource",
    };
    format!(
        "No {} {what}.",
        if backward { "earlier" } else { "further" }
    )
}

/// `f` and `x` act on the value under the pointer or in focus.
fn filter(app: App, is_for: bool) {
    match app.hot.get_value() {
        Some(Hot::Clause(clause)) if is_for => app.filter_for(&clause),
        Some(Hot::Clause(clause)) => app.filter_out(&clause),
        Some(Hot::Facet(name, value)) if is_for => app.filter_for_facet(name, &value),
        Some(Hot::Facet(name, value)) => app.exclude_facet(name, &value, false),
        None => app.say("Point at a value first, in a row or in the detail."),
    }
}

/// Finds the event that a link names, once events are there.
pub fn follow_link(app: App) {
    Effect::new(move |_| {
        let Some(wanted) = app.wanted.get() else {
            return;
        };
        if app.generation.get() == 0 {
            return;
        }
        let is_loading = app.is_loading();
        let question = untrack(|| Question::Find {
            filter: app.filter(),
            order: app.order.get(),
            event: wanted.event.clone(),
            hash: wanted.hash.clone(),
        });
        app.ask_in(app.find_slot, question, move |(_, result)| match result {
            Ok(Answer::Found { row, position, .. }) => {
                app.wanted.set(None);
                app.selection.set(Some(Selection {
                    row,
                    position,
                    name: Some(wanted),
                }));
                app.detail_open.set(true);
                app.reveal.set(position);
                app.hidden_link.set(position.is_none());
            }
            // While reading goes on, it may still come.
            Err(AskError::NotFound { .. }) if is_loading => {}
            Err(AskError::NotFound { message, .. }) => {
                app.wanted.set(None);
                app.say(message);
            }
            _ => {}
        });
    });
}
