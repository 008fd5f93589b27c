//! The signs of a finding: a triangle, filled where it is firm and hollow where it is suspected, and bars for how weighty
//! it is. Always beside their words.

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use lifeline::findings::Severity;
use lifeline::screen::findings;

/// The triangle alone, 14 px; name it beside.
#[component(transparent)]
pub fn FindingSign(is_firm: bool) -> Node {
    view! {
        <svg class="finding-sign" class:is-firm=is_firm viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"
            focusable="false">
            <path class="finding-triangle" d="M8 2l6.5 11.5h-13z"></path>
            <path class="finding-note" d="M8 6.2v3.4M8 11.4v.2"></path>
        </svg>
    }
}

/// Bars and the word: `▂▄▆ High`.
#[component(transparent)]
pub fn SeverityText(severity: Severity) -> Node {
    let bars = match severity {
        Severity::Info => "M2 9h2.5v5H2z",
        Severity::Warning => "M2 9h2.5v5H2zM6.75 6h2.5v8h-2.5z",
        Severity::High => "M2 9h2.5v5H2zM6.75 6h2.5v8h-2.5zM11.5 2.5H14V14h-2.5z",
    };
    view! {
        <span class="severity">
            <svg class="severity-bars" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
                <path class="severity-rest" d="M2 9h2.5v5H2zM6.75 6h2.5v8h-2.5zM11.5 2.5H14V14h-2.5z"></path>
                <path d=bars></path>
            </svg>
            {findings::severity(severity)}
        </span>
    }
}
