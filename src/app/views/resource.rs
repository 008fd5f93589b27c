//! One resource: its lifecycle history. Tracks over its events, every value with who set it and when.

mod beside;
mod card;
mod chart;
mod events;
mod finding_card;
mod finding_panel;
mod findings;
mod header;
mod instant;
mod keys;
mod life;
mod list;
mod paper;
mod phone;
mod picture;
mod states;
mod table;
mod values;

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::state::use_app;
use crate::views::events::DetailPanel;
use crate::views::events::follow_link;
use chart::Chart;
use events::Events;
use finding_panel::FindingPanel;
use header::Header;
use header::Tools;
use life::Life;
use phone::Phone;
use table::Table;

#[component(transparent)]
pub fn Resource() -> Node {
    let app = use_app();
    let life = Life::new();
    provide_context(life);
    app.show_tools(
        move || view! { <Tools life/> },
        vec![
            ("[ ]", "previous, next event"),
            ("j k", "rows"),
            ("← →", "fold, unfold"),
            ("w a s d", "zoom and pan"),
            ("0", "fit"),
            ("i", "fleet at this instant"),
            ("Esc", "back to the fleet"),
        ],
    );
    app.answer_keys(move |act| keys::act(life, act));
    follow_link(app);
    Effect::new(move |_| app.status.set(life.position_words()));
    let has_detail =
        Memo::new(move |_| app.detail_open.get() && app.selection.with(Option::is_some));
    let shown = Memo::new(move |_| states::standing(life));
    let body = move || match shown.get() {
        states::Standing::Page if life.is_phone.get() => view! { <Phone/> },
        states::Standing::Page => view! {
            <Header/>
            <div class="resource-body" class:has-detail=has_detail>
                <div class="resource-main">
                    {move || match life.app.as_table.get() {
                        true => view! { <Table/> },
                        false => view! {
                            <Chart/>
                            <Show when=move || life.has_findings() && !life.cards_stand_beside()><FindingPanel/></Show>
                            <Events/>
                        },
                    }}
                </div>
                <Show when=move || has_detail.get()><DetailPanel/></Show>
            </div>
        },
        other => states::view_of(other, life),
    };
    view! {
        <section class="resource" aria-label="Lifecycle history">
            {body}
            <Show when=move || has_detail.get() && life.is_phone.get()><DetailPanel/></Show>
        </section>
    }
}
