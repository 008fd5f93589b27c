//! The values that occur, with their counts: each a clause to tick or to leave out. Text and ticks are two views of the
//! same query; each facet is counted without its own clauses, so that its other values stay in sight.

use leptos::prelude::*;
use lifeline::cadf::Outcome;
use lifeline::protocol::Answer;
use lifeline::protocol::Facet;
use lifeline::protocol::FacetName;
use lifeline::protocol::FacetValue;
use lifeline::protocol::Question;
use lifeline::screen::words;

use crate::session::Asked;
use crate::session::use_answer;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeIcon;

/// In the order of the panel; those up to [`OPEN`] begin unfolded.
const FACETS: [(FacetName, &str); 13] = [
    (FacetName::Outcome, "Outcome"),
    (FacetName::Action, "Action"),
    (FacetName::Initiator, "Initiator"),
    (FacetName::Region, "Region"),
    (FacetName::Reason, "Reason"),
    (FacetName::Target, "Target"),
    (FacetName::Kind, "Kind"),
    (FacetName::Category, "Category"),
    (FacetName::Address, "Address"),
    (FacetName::Credential, "Credential"),
    (FacetName::Severity, "Severity"),
    (FacetName::Account, "Account"),
    (FacetName::Source, "Source region"),
];
const OPEN: usize = 4;
/// Values shown before "more", and after it.
const FEW: usize = 6;
const MANY: usize = 200;

#[component]
pub fn FacetsPanel() -> impl IntoView {
    let app = use_app();
    let search = RwSignal::new(String::new());
    // How many facets show all their values.
    let n_long = RwSignal::new(0_u32);
    let asked = use_answer(
        move || {
            let search = search.get().trim().to_owned();
            let is_long = n_long.get() > 0 || !search.is_empty();
            Some(Question::Facets {
                filter: app.filter(),
                names: FACETS.iter().map(|(name, _)| *name).collect(),
                values: if is_long { MANY } else { FEW } as u32,
                search,
            })
        },
        |answer| match answer {
            Answer::Facets(facets) => Some(facets),
            _ => None,
        },
    );
    let nothing_found = move || {
        let is_searching = !search.with(|search| search.trim().is_empty());
        let has_none = asked.with(|facets| facets.iter().all(|facet| facet.values.is_empty()));
        (is_searching && has_none == Some(true)).then(|| {
            view! { <p class="facets-none">{format!("No value has “{}” in it.", search.get().trim())}</p> }
        })
    };
    view! {
        <aside class="facets scroll" aria-label="Facets">
            <div class="facets-search">
                <Icon glyph=Glyph::Search/>
                <input type="search" placeholder="Find a field or value" aria-label="Find a field or value"
                    prop:value=search on:input=move |event| search.set(event_target_value(&event))/>
            </div>
            {nothing_found}
            {FACETS.iter().enumerate().map(|(n, (name, title))| view! {
                <FacetSection name=*name title=*title begins_open=n < OPEN search n_long asked/>
            }).collect_view()}
        </aside>
    }
}

#[component]
fn FacetSection(
    name: FacetName,
    title: &'static str,
    begins_open: bool,
    search: RwSignal<String>,
    n_long: RwSignal<u32>,
    asked: Asked<Vec<Facet>>,
) -> impl IntoView {
    let is_open = RwSignal::new(begins_open);
    let is_long = RwSignal::new(false);
    let facet = Memo::new(move |_| {
        asked
            .with(|facets| facets.iter().find(|facet| facet.name == name).cloned())
            .flatten()
    });
    let needle = move || search.with(|search| search.trim().to_lowercase());
    // A search unfolds what it finds, and a field found by its own name shows too.
    let is_searching = move || !needle().is_empty();
    let is_named = move || title.to_lowercase().contains(&needle());
    let has_values = move || facet.with(|f| f.as_ref().is_some_and(|f| !f.values.is_empty()));
    let is_shown = move || !is_searching() || has_values() || is_named();
    let is_unfolded = move || is_open.get() || (is_searching() && has_values());
    let values = move || {
        let is_long = is_long.get() || is_searching();
        facet
            .with(|facet| facet.as_ref().map(|facet| facet.values.clone()))
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .filter(|(n, value)| is_long || *n < FEW || value.is_chosen || value.is_excluded)
            .map(|(_, value)| value.value)
            .collect::<Vec<String>>()
    };
    let distinct = move || facet.with(|f| f.as_ref().map_or(0, |facet| facet.distinct)) as usize;
    let most = Memo::new(move |_| {
        let most = facet.with(|f| Some(f.as_ref()?.values.iter().map(|v| v.count).max()?));
        most.unwrap_or(0).max(1)
    });
    let toggle_long = move |_| {
        is_long.update(|is_long| *is_long = !*is_long);
        n_long.update(|n| {
            *n = if is_long.get_untracked() {
                *n + 1
            } else {
                n.saturating_sub(1)
            }
        });
    };
    let more = move || {
        let rest = distinct().saturating_sub(FEW);
        (rest > 0 && !is_searching()).then(|| {
            let text = move || {
                if is_long.get() {
                    "fewer".to_owned()
                } else {
                    format!("{} more", words::count(rest as u64))
                }
            };
            view! { <button type="button" class="facet-more" on:click=toggle_long>{text}</button> }
        })
    };
    view! {
        <section class="facet" hidden=move || !is_shown()>
            <h3>
                <button type="button" class="facet-head" aria-expanded=move || is_unfolded().to_string()
                    on:click=move |_| is_open.update(|open| *open = !*open)>
                    {move || view! { <Icon glyph=if is_unfolded() { Glyph::ChevronDown } else { Glyph::ChevronRight } row=true/> }}
                    <span class="facet-title">{title}</span>
                    {move || (!is_unfolded()).then(|| view! {
                        <span class="facet-distinct">{words::counted(distinct() as u64, "value", "values")}</span>
                    })}
                </button>
            </h3>
            <Show when=is_unfolded>
                <ul class="facet-values" aria-label=title>
                    <For each=values key=|value| value.clone() let:value>
                        <FacetRow name value facet most/>
                    </For>
                </ul>
                {more}
            </Show>
        </section>
    }
}

#[component]
fn FacetRow(
    name: FacetName,
    value: String,
    facet: Memo<Option<Facet>>,
    most: Memo<u64>,
) -> impl IntoView {
    let app = use_app();
    let key = StoredValue::new(value.clone());
    let row = Memo::new(move |_| {
        facet.with(|facet| {
            let values = &facet.as_ref()?.values;
            key.with_value(|key| values.iter().find(|value| value.value == *key).cloned())
        })
    });
    let of = move |read: fn(&FacetValue) -> bool| row.with(|row| row.as_ref().is_some_and(read));
    let is_chosen = move || of(|row| row.is_chosen);
    let is_excluded = move || of(|row| row.is_excluded);
    let count = move || row.with(|row| row.as_ref().map_or(0, |row| row.count));
    let label = row.with_untracked(|row| row.as_ref().map(|row| row.label.clone()));
    let label = label.filter(|l| !l.is_empty()).unwrap_or(value.clone());
    let outcome = Outcome::ALL
        .into_iter()
        .find(|outcome| name == FacetName::Outcome && outcome.name() == value);
    let has_failed = outcome == Some(Outcome::Failure);
    let toggle = move |_| key.with_value(|value| app.toggle_facet(name, value));
    let leave_out = move |_| {
        let is_excluded = is_excluded();
        key.with_value(|value| app.exclude_facet(name, value, is_excluded));
    };
    let out_name = {
        let label = label.clone();
        move || {
            if is_excluded() {
                format!("Let {label} in again")
            } else {
                format!("Leave out {label}")
            }
        }
    };
    let out_title = out_name.clone();
    view! {
        <li class="facet-row" class:is-excluded=is_excluded class:is-chosen=is_chosen title=value.clone()>
            <label class="facet-label">
                <input type="checkbox" class="check" prop:checked=is_chosen on:change=toggle/>
                {outcome.map(|outcome| view! { <OutcomeIcon outcome/> })}
                <span class="cut">{label}</span>
            </label>
            <button type="button" class="facet-out" aria-label=out_name title=out_title
                aria-pressed=move || is_excluded().to_string() on:click=leave_out>
                <Icon glyph=Glyph::Minus row=true/>
            </button>
            <span class="facet-bar" class:is-failure=has_failed aria-hidden="true">
                <span class="facet-fill" style:width=move || format!("{:.1}%", count() as f64 * 100.0 / most.get() as f64)></span>
            </span>
            <span class="facet-count">{move || words::count(count())}</span>
        </li>
    }
}
