//! Why there is nothing to list, and what to do about it.

use leptos::prelude::*;
use lifeline::link::RangeChoice;
use lifeline::protocol::ClauseView;
use lifeline::screen::words;
use lifeline::screen::words::percent;
use lifeline::sorting;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::frame::counts::use_counts;
use crate::state::App;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::key_cap::KeyCap;

#[component(transparent)]
pub fn Empty() -> Node {
    let app = use_app();
    let counts = use_counts();
    let shown = move || {
        let held = app.totals.with(|totals| totals.events);
        let overview = counts.in_range.get();
        match overview {
            _ if held == 0 && app.is_loading() => view! { <Reading/> },
            _ if held == 0 => view! { <NoEvents/> },
            None => Node::nothing(),
            Some(overview) if overview.in_range == 0 => view! { <OutOfRange held/> },
            Some(overview) if app.brush.get().is_some() && overview.matching > 0 => {
                view! { <OutOfBrush matching=overview.matching/> }
            }
            Some(overview) => {
                view! { <NoMatch in_range=overview.in_range clauses=overview.clauses.clone()/> }
            }
        }
    };
    view! { <div class="events-empty scroll" tabindex="-1">{shown}</div> }
}

/// The filter hides everything.
#[component(transparent)]
fn NoMatch(in_range: u64, clauses: Vec<ClauseView>) -> Node {
    let app = use_app();
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    sorting::sort_by_key(&mut order, |n| std::cmp::Reverse(clauses[*n].hides));
    let first = order.first().copied();
    let clear_first = first.map(|n| {
        let text = clauses[n].text.clone();
        view! {
            <Button look=Look::Main on_click=move |_| app.remove_clause(n)>
                <span class="cut clear-words">{format!("Clear {text}")}</span>
            </Button>
        }
    });
    let rows = order
        .into_iter()
        .map(|n| {
            let clause = &clauses[n];
            view! {
                <li>
                    <span class="mono cut">{clause.text.clone()}</span>
                    <span class="quiet nowrap">{format!("hides {}", words::count(clause.hides))}</span>
                    <button type="button" class="link nowrap" on:click=move |_| app.remove_clause(n)>"Clear it"</button>
                </li>
            }
        })
        .collect::<Node>();
    let lead = if clauses.len() > 1 {
        " The clause that hides most is listed first."
    } else {
        ""
    };
    view! {
        <section class="card">
            <svg class="empty-picture" viewBox="0 0 400 64" aria-hidden="true" focusable="false">
                <path class="empty-lines" d="M0 16h400M0 32h400M0 48h400"></path>
                <path class="empty-dots" d="M21 12a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM115 12a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM237 12a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM361 12a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM60 28a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM194 28a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM323 28a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM134 44a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM274 44a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"></path>
                <path class="empty-cursor" d="M168 2v60M160 32h14M169 27l5 5-5 5"></path>
            </svg>
            <h2 class="card-title">"No events match"</h2>
            <p>{format!("{} in range, all of them hidden by the search.{lead}", words::counted(in_range, "event is", "events are"))}</p>
            <ul class="card-list is-boxed">{rows}</ul>
            <div class="card-acts">
                {clear_first}
                <Button on_click=move |_| app.query.set(String::new())>"Clear all"</Button>
            </div>
        </section>
    }
}

/// The range holds nothing.
#[component(transparent)]
fn OutOfRange(held: u64) -> Node {
    let app = use_app();
    let whole = move || {
        let totals = app.totals.get();
        let clock = app.clock();
        let (first, last) = (totals.first?, totals.last?);
        Some(format!(
            " They lie between {} {} and {} {}.",
            words::instant_seconds(first, clock),
            words::offset(first, clock),
            words::instant_seconds(last, clock),
            words::offset(last, clock)
        ))
    };
    view! {
        <section class="card">
            <h2 class="card-title"><Icon glyph=Glyph::Calendar/>"No events in this time"</h2>
            <p>{words::counted(held, "event is", "events are")} " held, all of them outside of it." {whole}</p>
            <div class="card-acts">
                <Button look=Look::Main on_click=move |_| app.choose_range(RangeChoice::All)>"Show all time"</Button>
            </div>
        </section>
    }
}

/// The brush holds nothing that matches.
#[component(transparent)]
fn OutOfBrush(matching: u64) -> Node {
    let app = use_app();
    view! {
        <section class="card">
            <h2 class="card-title"><Icon glyph=Glyph::ZoomIn/>"No events in the brushed time"</h2>
            <p>{format!("{} outside of it.", words::counted(matching, "event matches", "events match"))}</p>
            <div class="card-acts">
                <Button look=Look::Main on_click=move |_| app.brush.set(None)>"Take the brush away"</Button>
                <span class="quiet">"or press "</span><KeyCap key="Esc"/>
            </div>
        </section>
    }
}

/// All was read and there is no event in it.
#[component(transparent)]
fn NoEvents() -> Node {
    let app = use_app();
    let found = move || {
        let totals = app.totals.get();
        format!(
            "{} without an action and {} that could not be read were found.",
            words::counted(totals.other_records, "record", "records"),
            words::count(totals.rejected)
        )
    };
    view! {
        <section class="card">
            <h2 class="card-title"><Icon glyph=Glyph::File/>"There are no events in it"</h2>
            <p>{found}</p>
            <div class="card-acts">
                <Button on_click=move |_| app.sheet.set(Some(Sheet::Sources))>"What was read"</Button>
                {move || (app.totals.with(|t| t.rejected) > 0).then(|| view! {
                    <Button on_click=move |_| app.sheet.set(Some(Sheet::Rejected))>"What was rejected"</Button>
                })}
            </div>
        </section>
    }
}

/// Nothing is here yet, and it is on its way.
#[component(transparent)]
fn Reading() -> Node {
    let app = use_app();
    let rows = move || {
        app.sources
            .get()
            .into_iter()
            .take(12)
            .map(|source| {
                let part = source
                    .bytes_expected
                    .filter(|expected| *expected > 0)
                    .map_or(0.0, |expected| {
                        (source.bytes as f64 / expected as f64).min(1.0)
                    });
                let name = source.region.clone().unwrap_or(source.name);
                view! {
                    <li>
                        <span class="cut">{name}</span>
                        <span class="bar is-progress" aria-hidden="true">
                            <span class="bar-fill" style:width=percent(part)></span>
                        </span>
                        <span class="quiet nowrap">{words::bytes(source.bytes)}</span>
                    </li>
                }
            })
            .collect::<Node>()
    };
    view! {
        <section class="card" aria-live="polite">
            <h2 class="card-title">"Reading"</h2>
            <ul class="card-list">{rows}</ul>
        </section>
    }
}

/// A link leads to an event that the filter hides.
#[component(transparent)]
pub fn HiddenLink() -> Node {
    let app = use_app();
    let show = move |_| {
        app.hidden_link.set(false);
        show_anyway(app);
    };
    (move || {
        app.hidden_link.get().then(|| view! {
            <section class="card is-strip" role="status">
                <h2 class="card-title"><Icon glyph=Glyph::Link/>"This link leads to an event the filter hides"</h2>
                <p>"It is here, and its detail is open; the search or the time range leaves it out of the list."</p>
                <div class="card-acts">
                    <Button look=Look::Small on_click=show>"Show it anyway"</Button>
                    <Button look=Look::Quiet on_click=move |_| app.hidden_link.set(false)>"Keep the filter"</Button>
                </div>
            </section>
        })
    })
.into_node()
}

/// Takes the filter away and goes to the event again.
fn show_anyway(app: App) {
    let name = app
        .selection
        .with_untracked(|s| s.as_ref().and_then(|s| s.name.clone()));
    app.step_on();
    app.query.set(String::new());
    app.choose_range(RangeChoice::All);
    app.wanted.set(name);
}
