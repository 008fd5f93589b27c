//! The list of events: facets, a virtual table, and the detail of one.

mod belongs;
mod body_tree;
mod cells;
mod columns_menu;
mod cursor;
mod detail;
mod empty;
mod export_menu;
mod facets;
mod fields;
mod neighbours;
mod record;
mod rows;
mod table;
mod tools;

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;
use empty::HiddenLink;
use export_menu::ExportMenu;
use facets::Facets;
use table::Table;
use tools::EventsTools;

pub use cursor::follow_link;
pub use detail::DetailPanel;
pub use detail::name_of;

const KEYS: [(&str, &str); 7] = [
    ("j k", "rows"),
    ("f", "filter for"),
    ("x", "filter out"),
    ("e", "next failure"),
    ("o", "same correlation"),
    ("[ ]", "same resource"),
    ("?", "all keys"),
];

#[component(transparent)]
pub fn Events() -> Node {
    let app = use_app();
    app.show_tools(|| view! { <EventsTools/> }, KEYS.to_vec());
    app.answer_keys(move |act| cursor::answer(app, act));
    follow_link(app);
    let has_detail =
        Memo::new(move |_| app.detail_open.get() && app.selection.with(Option::is_some));
    view! {
        <div class="events" class:has-detail=has_detail>
            <Facets/>
            <section class="events-main" aria-label="Events">
                <NarrowBar/>
                // A phone's detail covers this, and says it itself.
                <Show when=move || !(has_detail.get() && app.width_px.get() < 600.0)><HiddenLink/></Show>
                <Table/>
            </section>
            <Show when=move || has_detail.get()><DetailPanel/></Show>
        </div>
    }
}

/// Where the panes don't fit: a way to the facets, and the counts; on a phone, which has no tools beside the tabs, the
/// export too. Its rows have no columns to choose.
#[component(transparent)]
fn NarrowBar() -> Node {
    let app = use_app();
    view! {
        <div class="events-narrow">
            <span class="events-narrow-words cut">{move || tools::count_words(app)}</span>
            <Button look=Look::Small glyph=Glyph::Filter on_click=move |_| app.sheet.set(Some(Sheet::Facets))>
                "Filter"
            </Button>
            <div class="narrow-only"><ExportMenu/></div>
        </div>
    }
}
