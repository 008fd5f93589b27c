//! A key as drawn on keyboards.

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;

#[component(transparent)]
pub fn KeyCap(#[prop(into)] key: String) -> Node {
    view! { <kbd class="key">{key}</kbd> }
}
