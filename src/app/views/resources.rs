//! The fleet at an instant T: every server that is known to have existed then, its state and who changed it last; and
//! how many there may have been that nothing recorded tells of.

mod bar;
mod compare;
mod desk;
mod states;
mod strips;
mod table;
mod unrecorded;

use leptos::prelude::*;
use lifeline::screen::words;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::state::use_app;
use bar::Bar;
use bar::Tools;
use compare::Compare;
use desk::Desk;
use states::Standing;
use states::standing;
use table::Table;

#[component(transparent)]
pub fn Resources() -> Node {
    let app = use_app();
    let desk = Desk::new();
    provide_context(desk);
    app.show_tools(
        move || view! { <Tools desk/> },
        vec![
            ("j k", "rows"),
            ("Enter", "lifecycle history"),
            ("a d", "step T one event"),
        ],
    );
    Effect::new(move |_| {
        let total = desk.asked.with(|fleet| fleet.total).unwrap_or(0);
        app.status.set(match (desk.cursor.get(), total) {
            (_, 0) => String::new(),
            (Some(row), total) => format!(
                "Row {} of {}",
                words::count(u64::from(row) + 1),
                words::count(u64::from(total))
            ),
            (None, total) => words::counted(u64::from(total), "resource", "resources"),
        });
    });
    app.answer_keys(move |act| desk.act(act));
    let shown = Memo::new(move |_| standing(desk));
    let compares = Memo::new(move |_| app.since.with(Option::is_some));
    let body = move || match shown.get() {
        _ if compares.get() => view! { <Compare/> },
        Standing::Rows => view! { <Table/> },
        other => states::view_of(other, desk),
    };
    view! {
        <section class="fleet" aria-label="Resources">
            <Show when=move || desk.at.get().is_some()><Bar/></Show>
            {body}
        </section>
    }
}
