//! The events just before and after one, whatever the filter.

use leptos::prelude::*;
use lifeline::protocol::RowView;
use lifeline::screen::words;

use crate::dom::Node;
use crate::dom::view;
use crate::state::use_app;
use crate::widgets::outcome::OutcomeIcon;

#[component(transparent)]
pub fn Neighbours(rows: Vec<RowView>, of: RowView) -> Node {
    let app = use_app();
    let mut all = rows;
    let own = of.row;
    let at = all.partition_point(|row| row.time.is_some() && row.time < of.time);
    all.insert(at, of);
    all.reverse();
    let items = move || {
        let clock = app.clock();
        all.clone()
            .into_iter()
            .map(|row| {
                let id = row.row;
                let time = row.time.map(|at| view! {
                    {words::clock_time(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span>
                });
                view! {
                    <li>
                        <button type="button" class="neighbour" aria-current=(id == own).then_some("true")
                            on:click=move |_| app.select(id, None)>
                            <span class="nowrap">{time}</span>
                            <OutcomeIcon outcome=row.outcome/>
                            <span class="cut">{row.label}<span class="visually-hidden">{format!(", {}", row.outcome.name())}</span></span>
                            <span class="cut quiet">{row.target}</span>
                        </button>
                    </li>
                }
            })
            .collect::<Node>()
    };
    view! { <ul class="neighbours">{items}</ul> }
}
