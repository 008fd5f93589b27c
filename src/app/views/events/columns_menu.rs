//! Which columns the table has.

use leptos::prelude::*;
use lifeline::protocol::Column;
use lifeline::screen::columns;
use lifeline::sorting;

use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::popover::Popover;

#[component(transparent)]
pub fn ColumnsMenu() -> Node {
    let app = use_app();
    let open = RwSignal::new(false);
    let label = move || {
        format!(
            "Columns {} of {}",
            app.shown_columns().len(),
            columns::ALL.len()
        )
    };
    let toggle = move |column: Column| {
        let mut shown = untrack(|| app.shown_columns());
        match shown.iter().position(|c| *c == column) {
            Some(_) if shown.len() == 1 => return,
            Some(at) => {
                shown.remove(at);
            }
            None => shown.push(column),
        }
        sorting::sort_by_key(&mut shown, |column| {
            columns::ALL.iter().position(|c| c == column)
        });
        app.columns.set(Some(shown));
    };
    view! {
        <Popover open class="button is-small" at_end=true name=Signal::derive(label)
            trigger=ViewFn::from(move || view! { <Icon glyph=Glyph::Columns/>{label} })>
            <div class="columns-menu" role="group" aria-label="Columns">
                {columns::ALL.map(|column| view! {
                    <label class="menu-item">
                        <input type="checkbox" class="check"
                            prop:checked=move || app.shown_columns().contains(&column)
                            on:change=move |_| toggle(column)/>
                        {columns::label(column)}
                    </label>
                })}
                <div class="menu-line"></div>
                <button type="button" class="menu-item" on:click=move |_| app.columns.set(None)>"As it was at first"</button>
            </div>
        </Popover>
    }
}
