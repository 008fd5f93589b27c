//! The dialogs over the page; one at a time.

mod finding;
mod findings;
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
use crate::rest::rarely;
use crate::state::Sheet;
use crate::state::use_app;

#[component(transparent)]
pub fn Sheets() -> Node {
    let app = use_app();
    (move || app.sheet.get().and_then(|open| rarely(|| sheet(open)))).into_node()
}

fn sheet(sheet: Sheet) -> Option<Node> {
    match sheet {
        Sheet::Sources => Some(view! { <sources::SourcesSheet/> }),
        Sheet::Rejected => Some(view! { <rejected::RejectedSheet/> }),
        Sheet::Findings => Some(view! { <findings::FindingsSheet/> }),
        Sheet::Keys => Some(view! { <keys::KeysSheet/> }),
        Sheet::Palette => Some(view! { <palette::Palette/> }),
        Sheet::SearchHelp => Some(view! { <search_help::SearchHelp/> }),
        Sheet::Link => Some(view! { <link::LinkSheet/> }),
        Sheet::Facets => None,
    }
}
