//! Swimlanes: spans of state and marks of events. Has no tab until it shows something.

use leptos::prelude::*;

#[component]
pub fn Timeline() -> impl IntoView {
    view! { <section class="timeline"></section> }
}
