//! An outcome: always its shape and its word together. Failure is the one filled, saturated shape on the page.

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use lifeline::cadf::Outcome;

/// `✓ Success`, with the reason code after it where there is one.
#[component(transparent)]
pub fn OutcomeText(outcome: Outcome, #[prop(into, optional)] reason: String) -> Node {
    view! {
        <span class="outcome">
            <OutcomeIcon outcome/>
            <span class="outcome-word">{word(outcome)}</span>
            {(!reason.is_empty()).then(|| view! { <span class="outcome-reason">{reason}</span> })}
        </span>
    }
}

/// The shape alone, 14 px; name it beside.
#[component(transparent)]
pub fn OutcomeIcon(outcome: Outcome) -> Node {
    view! {
        <svg class=format!("outcome-icon is-{}", outcome.name()) viewBox="0 0 16 16" width="14" height="14"
            aria-hidden="true" focusable="false">
            <path class="outcome-shape" d=shape(outcome)></path>
            <path class="outcome-mark" d=mark(outcome)></path>
        </svg>
    }
}

pub fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "Success",
        Outcome::Failure => "Failure",
        Outcome::Pending => "Pending",
        Outcome::Unknown => "Unknown",
        Outcome::None => "None",
    }
}

fn shape(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "M3 8.5l3.3 3.3L13 5",
        Outcome::Failure => "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z",
        Outcome::Pending | Outcome::Unknown => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z",
        Outcome::None => "M4 8h8",
    }
}

fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Failure => "M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6",
        Outcome::Pending => "M8 4.8V8l2.2 1.4",
        Outcome::Unknown => "M6.5 6.4a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.8.6-.8 1.1M8 11h.01",
        Outcome::Success | Outcome::None => "",
    }
}
