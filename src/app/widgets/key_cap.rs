//! A key as drawn on keyboards.

use leptos::prelude::*;

use crate::dom::view;

#[component]
pub fn KeyCap(#[prop(into)] key: String) -> impl IntoView {
    view! { <kbd class="key">{key}</kbd> }
}
