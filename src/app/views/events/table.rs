//! The rows that match, newest first.

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use lifeline::screen::words;

use crate::session::use_answer;
use crate::state::use_app;

#[component]
pub fn Table() -> impl IntoView {
    let app = use_app();
    let page = use_answer(
        move || {
            Some(Question::Page {
                filter: app.filter(),
                order: app.order.get(),
                first: 0,
                count: 100,
            })
        },
        |answer| match answer {
            Answer::Page(page) => Some(page),
            _ => None,
        },
    );
    view! {
        <section class="events-table" aria-label="Events">
            <p>{move || page.with(|page| words::counted(page.total, "event matches", "events match"))}</p>
        </section>
    }
}
