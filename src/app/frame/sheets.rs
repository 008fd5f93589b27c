//! The dialogs over the page; one at a time.

mod keys;
mod link;
mod palette;
mod rejected;
mod search_help;
mod sources;

use leptos::prelude::*;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::state::Sheet;
use crate::state::use_app;

#[component(transparent)]
pub fn Sheets() -> Node {
    let app = use_app();
    (move || match app.sheet.get() {
        Some(Sheet::Sources) => Some(view! { <sources::SourcesSheet/> }),
        Some(Sheet::Rejected) => Some(view! { <rejected::RejectedSheet/> }),
        Some(Sheet::Keys) => Some(view! { <keys::KeysSheet/> }),
        Some(Sheet::Palette) => Some(view! { <palette::Palette/> }),
        Some(Sheet::SearchHelp) => Some(view! { <search_help::SearchHelp/> }),
        Some(Sheet::Link) => Some(view! { <link::LinkSheet/> }),
        Some(Sheet::Facets) | None => None,
    })
    .into_node()
}
