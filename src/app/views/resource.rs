//! One resource: its lifecycle history. Has no tab until it shows something.

use leptos::prelude::*;

#[component]
pub fn Resource() -> impl IntoView {
    view! { <section class="resource"></section> }
}
