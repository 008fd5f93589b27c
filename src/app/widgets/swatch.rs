//! A value of state as a small drawing, always with its word beside it. The same shapes as the lanes have, in the style
//! sheet's colours.

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use lifeline::protocol::SpanValue;
use lifeline::screen::life;

/// The drawing alone, 18 by 12; name it beside.
#[component(transparent)]
pub fn Swatch(value: SpanValue, #[prop(optional)] carried: bool) -> Node {
    let look = life::look(value);
    let class = match carried {
        true => format!("swatch is-{look} is-carried"),
        false => format!("swatch is-{look}"),
    };
    view! {
        <svg class=class viewBox="0 0 18 12" width="18" height="12" aria-hidden="true" focusable="false">
            <path class="swatch-fill" d=fill(value)></path>
            <path class="swatch-sign" d=sign(value)></path>
            <path class="swatch-edge" d=edge(value)></path>
        </svg>
    }
}

/// `▮ On`, `▨ Not recorded`; `rest` are quieter words after it.
#[component(transparent)]
pub fn StateText(
    value: SpanValue,
    #[prop(optional)] carried: bool,
    #[prop(into, optional)] rest: String,
) -> Node {
    view! {
        <span class="state">
            <Swatch value carried/>
            <span class="state-word" class:quiet={value == SpanValue::Unknown}>{life::state_word(value)}</span>
            {(!rest.is_empty()).then(|| view! { <span class="state-rest quiet">{rest}</span> })}
        </span>
    }
}

/// What the drawings mean, in the order given.
#[component(transparent)]
pub fn Legend(values: Vec<(SpanValue, bool, &'static str)>) -> Node {
    view! {
        <ul class="legend" aria-label="Legend">
            {values.into_iter().map(|(value, carried, words)| view! {
                <li><Swatch value carried/> {words}</li>
            }).collect::<Node>()}
        </ul>
    }
}

fn fill(value: SpanValue) -> &'static str {
    match life::look(value) {
        "off" => "",
        "ended" => "M7.5 0h3v12h-3z",
        _ => "M0 1h18v10h-18z",
    }
}

fn edge(value: SpanValue) -> &'static str {
    match life::look(value) {
        "off" | "ended" | "unknown" => "",
        _ => "M0 1h18v1h-18zM0 10h18v1h-18zM0 1h2v10h-2zM17 1h1v10h-1z",
    }
}

/// The cue beside the colour.
fn sign(value: SpanValue) -> &'static str {
    match life::look(value) {
        "off" => "M0 6h18",
        "unknown" => "M0 5l4-4M0 11l10-10M6 11l10-10M12 11l6-6",
        "suspended" => "M5 2v8M7.6 2v8M12 2v8M14.6 2v8",
        "rescue" => "M3.5 6h3M5 4.5v3M8.5 6h3M10 4.5v3M13 6h3M14.5 4.5v3",
        _ => "",
    }
}
