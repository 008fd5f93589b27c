//! The list of events between what narrows it and what one of them says: facets, table, detail.

mod detail;
mod facets;
mod table;

use leptos::prelude::*;

use detail::DetailPanel;
use facets::FacetsPanel;
use table::Table;

#[component]
pub fn Events() -> impl IntoView {
    view! {
        <div class="events">
            <FacetsPanel/>
            <Table/>
            <DetailPanel/>
        </div>
    }
}
