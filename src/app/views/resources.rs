//! The fleet at an instant. Has no tab until it shows something.

use leptos::prelude::*;

#[component]
pub fn Resources() -> impl IntoView {
    view! { <section class="resources"></section> }
}
