//! The query language by its examples: the same that its tests hold. A press takes one over.

use leptos::prelude::*;
use lifeline::query::examples::examples;

use crate::dom::Node;
use crate::dom::view;
use crate::state::use_app;
use crate::widgets::sheet::SheetFrame;

#[component(transparent)]
pub fn SearchHelp() -> Node {
    let app = use_app();
    let rows = examples()
        .map(|example| {
            view! {
                <tr>
                    <td>
                        <button type="button" class="link mono search-example"
                            on:click=move |_| { app.step_on(); app.query.set(example.query.to_owned()); app.sheet.set(None); }>
                            {example.query}
                        </button>
                    </td>
                    <td>{example.meaning}</td>
                </tr>
            }
        })
        .collect::<Node>();
    view! {
        <SheetFrame title="Search words" on_close=move || app.sheet.set(None)>
            <div class="sheet-main">
                <p class="sheet-lead">
                    "A word alone is looked for in every text of an event. A name and a colon before it look in that field. "
                    "NOT or a minus leaves out, a space is AND, OR stands between. Take an example and change it."
                </p>
                <table class="sheet-table">
                    <thead><tr><th scope="col">"Search"</th><th scope="col">"Finds"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </SheetFrame>
    }
}
