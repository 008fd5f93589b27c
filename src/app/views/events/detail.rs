//! What one event says, and what can be asked from it.

use leptos::prelude::*;

#[component]
pub fn DetailPanel() -> impl IntoView {}
