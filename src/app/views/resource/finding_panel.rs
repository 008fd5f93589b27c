//! The findings where no card has room beside the list: a panel between picture and list, closed until it is asked for.

use leptos::prelude::*;
use lifeline::protocol::HistoryPage;

use super::finding_card::Badges;
use super::finding_card::FindingCard;
use super::life::use_life;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

#[component(transparent)]
pub fn FindingPanel() -> Node {
    let life = use_life();
    let is_open = life.shows_findings;
    // As in the list: the newest first.
    let keys = Memo::new(move |_| {
        let keys = |page: &HistoryPage| {
            let keys = page.findings.iter().rev();
            keys.map(|finding| finding.key.clone()).collect::<Vec<_>>()
        };
        life.asked.with(keys).unwrap_or_default()
    });
    view! {
        <section class="finding-panel" aria-label="Findings">
            <div class="finding-panel-head">
                <button type="button" class="finding-panel-toggle" aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)>
                    {move || view! {
                        <Icon glyph={if is_open.get() { Glyph::ChevronDown } else { Glyph::ChevronRight }} row=true/>
                    }}
                    "Findings"
                </button>
                <Badges/>
            </div>
            <Show when=move || is_open.get()>
                <div class="finding-panel-cards scroll" tabindex="0" role="region" aria-label="Findings of this resource">
                    <For each=move || keys.get() key=|key| key.clone() let:key>
                        <FindingCard key/>
                    </For>
                </div>
            </Show>
        </section>
    }
}
