//! The values that occur, with counts: tick to show only those, minus to leave one out. Each facet is counted without
//! its own clauses, so that its other values can be added.

use std::collections::HashSet;

use leptos::ev;
use leptos::prelude::*;
use lifeline::cadf::Outcome;
use lifeline::protocol::Answer;
use lifeline::protocol::Facet;
use lifeline::protocol::FacetName;
use lifeline::protocol::FacetValue;
use lifeline::protocol::Question;
use lifeline::screen::words;
use lifeline::screen::words::percent;

use crate::dom::Node;
use crate::dom::view;
use crate::session::use_answer;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::state::Hot;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeIcon;

const NAMES: [(FacetName, &str); 13] = [
    (FacetName::Outcome, "Outcome"),
    (FacetName::Action, "Action"),
    (FacetName::Initiator, "Initiator"),
    (FacetName::Region, "Region"),
    (FacetName::Kind, "Kind"),
    (FacetName::Target, "Target"),
    (FacetName::Category, "Category"),
    (FacetName::Reason, "Reason"),
    (FacetName::Address, "Address"),
    (FacetName::Severity, "Severity"),
    (FacetName::Credential, "Credential"),
    (FacetName::Account, "Account"),
    (FacetName::Source, "Source"),
];
const OPEN_AT_FIRST: [FacetName; 4] = [
    FacetName::Outcome,
    FacetName::Action,
    FacetName::Initiator,
    FacetName::Region,
];
const FEW: u32 = 6;
const MANY: u32 = 200;

#[component(transparent)]
pub fn Facets() -> Node {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let many = RwSignal::new(HashSet::<FacetName>::new());
    let is_drawer_open = move || app.sheet.get() == Some(Sheet::Facets);
    let ask = move |wants_many: bool, values: u32| {
        use_answer(
            move || {
                let names: Vec<_> = NAMES
                    .iter()
                    .map(|(name, _)| *name)
                    .filter(|name| many.with(|many| many.contains(name)) == wants_many)
                    .collect();
                (!names.is_empty()).then(|| Question::Facets {
                    filter: app.filter(),
                    names,
                    values,
                    search: text.get(),
                })
            },
            |answer| match answer {
                Answer::Facets(facets) => Some(facets),
                _ => None,
            },
        )
    };
    let (few_asked, many_asked) = (ask(false, FEW), ask(true, MANY));
    let group = move |(name, label)| {
        let facet = Memo::new(move |_| {
            let found = |facets: &Vec<Facet>| facets.iter().find(|f| f.name == name).cloned();
            let asked = if many.with(|many| many.contains(&name)) {
                many_asked
            } else {
                few_asked
            };
            asked
                .with(found)
                .flatten()
                .or_else(|| few_asked.with(found).flatten())
        });
        view! { <Group name label facet many text/> }
    };
    // Rows come first: there is nothing in a group before it is counted.
    let is_counted = Memo::new(move |_| few_asked.answer.with(Option::is_some));
    view! {
        <aside class="facets" class:is-open=is_drawer_open aria-label="Filter by value">
            <div class="facets-search">
                <Icon glyph=Glyph::Search/>
                <input class="facets-input" type="search" placeholder="Find a field or value" aria-label="Find a field or value"
                    autocomplete="off" spellcheck="false" prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))/>
                <span class="facets-close">
                    <IconButton glyph=Glyph::Close name="Close" on_click=move |_| app.sheet.set(None)/>
                </span>
            </div>
            <div class="facets-list scroll">
                <Show when=move || is_counted.get()>{NAMES.map(group)}</Show>
            </div>
        </aside>
        <div class="facets-scrim" class:is-open=is_drawer_open on:click=move |_| app.sheet.set(None)></div>
    }
}

#[component(transparent)]
fn Group(
    name: FacetName,
    label: &'static str,
    facet: Memo<Option<Facet>>,
    many: RwSignal<HashSet<FacetName>>,
    text: RwSignal<String>,
) -> Node {
    let is_open = RwSignal::new(OPEN_AT_FIRST.contains(&name));
    let distinct = move || facet.with(|facet| facet.as_ref().map_or(0, |facet| facet.distinct));
    // A search opens what it finds and hides what it doesn't.
    let is_searching = move || text.with(|text| !text.trim().is_empty());
    let n_values = move || facet.with(|facet| facet.as_ref().map_or(0, |facet| facet.values.len()));
    let is_named = move || {
        text.with(|text| {
            label
                .to_ascii_lowercase()
                .contains(&text.trim().to_ascii_lowercase())
        })
    };
    let is_hidden = move || is_searching() && n_values() == 0 && !is_named();
    let shows = move || (is_open.get() || is_searching() && n_values() > 0) && n_values() > 0;
    let is_many = move || many.with(|many| many.contains(&name));
    let toggle_many = move |_| {
        many.update(|many| {
            if !many.remove(&name) {
                many.insert(name);
            }
        });
    };
    let values = move || {
        facet.with(|facet| {
            let facet = facet.as_ref()?;
            let most = facet
                .values
                .iter()
                .map(|v| v.count)
                .max()
                .unwrap_or(0)
                .max(1);
            let rows = facet.values.iter().cloned();
            Some(
                rows.map(|value| view! { <Value name value most/> })
                    .collect::<Node>(),
            )
        })
    };
    let more = move || {
        let rest = u64::from(distinct()).saturating_sub(n_values() as u64);
        let few = u64::from(FEW) < u64::from(distinct());
        match (is_many(), rest) {
            (false, 0) => None,
            (false, rest) => Some(format!("{} more", words::count(rest))),
            (true, 0) if few => Some("Fewer".to_owned()),
            (true, 0) => None,
            (true, rest) => Some(format!("Fewer ({} not shown)", words::count(rest))),
        }
    };
    let heading_id = format!("facet-{label}");
    let labelled_by = heading_id.clone();
    view! {
        <section class="facet" hidden=is_hidden aria-labelledby=labelled_by>
            <h2 id=heading_id>
                <button type="button" class="facet-head" aria-expanded=move || shows().to_string()
                    on:click=move |_| is_open.update(|open| *open = !*open)>
                    {move || view! { <Icon row=true glyph=if shows() { Glyph::ChevronDown } else { Glyph::ChevronRight }/> }}
                    <span class="facet-label">{label}</span>
                    {move || (!shows()).then(|| view! {
                        <span class="facet-distinct">{words::counted(u64::from(distinct()), "value", "values")}</span>
                    })}
                </button>
            </h2>
            <Show when=shows>
                <ul class="facet-values">{values}</ul>
                {move || more().map(|words| view! {
                    <button type="button" class="link facet-more" on:click=toggle_many>{words}</button>
                })}
            </Show>
        </section>
    }
}

#[component(transparent)]
fn Value(name: FacetName, value: FacetValue, most: u64) -> Node {
    let app = use_app();
    let FacetValue {
        value,
        label,
        count,
        is_chosen,
        is_excluded,
    } = value;
    let shown = if label.is_empty() {
        value.clone()
    } else {
        label
    };
    let outcome = (name == FacetName::Outcome)
        .then(|| {
            Outcome::ALL
                .into_iter()
                .find(|outcome| outcome.name() == value)
        })
        .flatten();
    let is_failure = outcome == Some(Outcome::Failure);
    let width = percent(count as f64 / most as f64);
    let (for_toggle, for_minus, for_alt, for_hot) =
        (value.clone(), value.clone(), value.clone(), value.clone());
    let toggle = move |_| {
        if is_excluded {
            app.exclude_facet(name, &for_toggle, true);
        } else {
            app.toggle_facet(name, &for_toggle);
        }
    };
    let minus = move |_| app.exclude_facet(name, &for_minus, is_excluded);
    let alt = move |event: ev::MouseEvent| {
        if event.alt_key() {
            event.prevent_default();
            app.exclude_facet(name, &for_alt, is_excluded);
        }
    };
    let minus_name = if is_excluded {
        format!("Let {shown} in again")
    } else {
        format!("Leave {shown} out")
    };
    let title = if shown == value {
        shown.clone()
    } else {
        format!("{shown} ({value})")
    };
    view! {
        <li class="facet-row" class:is-excluded=is_excluded class:is-chosen=is_chosen
            on:mouseenter=move |_| app.hot.set_value(Some(Hot::Facet(name, for_hot.clone())))
            on:mouseleave=move |_| app.hot.set_value(None)>
            <label class="facet-choice" title=title on:click=alt>
                <input type="checkbox" class="facet-check" prop:checked=is_chosen on:change=toggle/>
                {outcome.map(|outcome| view! { <OutcomeIcon outcome/> })}
                <span class="facet-text cut">{shown}</span>
                <span class="bar facet-bar" aria-hidden="true">
                    <span class="bar-fill" class:is-failure=is_failure style:width=width></span>
                </span>
                <span class="facet-count">{words::count(count)}</span>
            </label>
            <button type="button" class="facet-minus" aria-label=minus_name aria-pressed=is_excluded.to_string() on:click=minus>
                <Icon glyph=Glyph::Minus row=true/>
            </button>
        </li>
    }
}
