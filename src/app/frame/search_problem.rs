//! Why the search text can't be read: the place, what was expected, and that the last good answer stays.

use leptos::prelude::*;
use lifeline::protocol::AskError;
use lifeline::screen::words;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::counts::use_counts;
use crate::frame::search::Field;
use crate::signals::Signal;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;

#[component(transparent)]
pub fn SearchProblem(
    field: Field,
    problem: Signal<Option<AskError>>,
    is_hidden: Signal<bool>,
) -> Node {
    let app = use_app();
    let counts = use_counts();
    let stays = move || {
        counts.in_range.with(|overview| {
            format!(
                " The last good answer, {}, stays on screen.",
                words::counted(overview.matching, "event", "events")
            )
        })
    };
    let shown = move || {
        if is_hidden.get() {
            return None;
        }
        let AskError::Query {
            at, message, mend, ..
        } = problem.get()?
        else {
            return None;
        };
        let mend_button = mend.map(|mend| {
            let cursor = mend.chars().count() as u32;
            let shown = mend.clone();
            view! {
                <Button look=Look::Small on_click=move |_| field.set(app, &mend, cursor)>
                    "Make it " <span class="mono cut search-mend">{shown}</span>
                </Button>
            }
        });
        Some(view! {
            <div class="search-problem" on:mousedown=|event| event.prevent_default()>
                <p>
                    <span class="strong">{format!("At character {}: ", at + 1)}</span>
                    {message} "." {stays}
                </p>
                <div class="search-problem-acts">
                    {mend_button}
                    <button type="button" class="link" on:click=move |_| app.sheet.set(Some(Sheet::SearchHelp))>
                        "Search words"
                    </button>
                </div>
            </div>
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}
