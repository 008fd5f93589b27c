//! A key as drawn on keyboards.

use leptos::prelude::*;

#[component]
pub fn KeyCap(#[prop(into)] key: String) -> impl IntoView {
    view! { <kbd class="key">{key}</kbd> }
}
