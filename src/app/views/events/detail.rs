//! One event: what it says in plain words, its fields, what it belongs with, and the record itself.

use leptos::prelude::*;
use lifeline::link::EventName;
use lifeline::link::RangeChoice;
use lifeline::link::View;
use lifeline::protocol::Answer;
use lifeline::protocol::Detail;
use lifeline::protocol::Question;
use lifeline::query::language::quoted;
use lifeline::screen::keys::Act;
use lifeline::screen::words;
use lifeline::time::NANOS_PER_SEC;
use lifeline::time::TimeRange;

use super::body_tree::BodyTree;
use super::fields::Fields;
use super::neighbours::Neighbours;
use crate::outside;
use crate::session::use_answer;
use crate::state::App;
use crate::state::TABS;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeIcon;
use crate::widgets::outcome::word;

/// As much of the content hash as a link carries.
const HASH_CHARS: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Tab {
    #[default]
    Tree,
    Raw,
    Neighbours,
}

#[component]
pub fn DetailPanel() -> impl IntoView {
    let app = use_app();
    let row = Memo::new(move |_| app.selection.with(|s| s.as_ref().map(|s| s.row)));
    let detail = use_answer(
        move || row.get().map(|row| Question::Detail { row }),
        |answer| match answer {
            Answer::Detail(detail) => Some(*detail),
            _ => None,
        },
    );
    // The address names the event; its name comes with its detail.
    Effect::new(move |_| {
        let named = detail.with(|detail| {
            let hash = detail.content_hash.get(..HASH_CHARS).map(str::to_owned);
            let event = detail.event.clone();
            (detail.row.row, EventName { event, hash })
        });
        if let Some((row, name)) = named {
            app.selection.update(|selection| {
                if let Some(selection) = selection
                    && selection.row == row
                {
                    selection.name = Some(name);
                }
            });
        }
    });
    let tab = RwSignal::new(Tab::default());
    let shown = move || {
        let detail = detail.get()?;
        Some(view! { <Shown detail=detail.as_ref().clone() tab/> }.into_any())
    };
    let problem = move || {
        detail.error.get().map(|error| {
            let message = crate::session::words_of(&error);
            view! { <p class="notice is-fail detail-problem">{message}</p> }
        })
    };
    view! {
        <aside class="detail" aria-label="Event detail">
            {problem}
            <div class="detail-scroll scroll" tabindex="-1">{shown}</div>
        </aside>
    }
}

#[component]
fn Shown(detail: Detail, tab: RwSignal<Tab>) -> impl IntoView {
    let app = use_app();
    let name = EventName {
        event: detail.event.clone(),
        hash: detail.content_hash.get(..HASH_CHARS).map(str::to_owned),
    };
    let row = detail.row.clone();
    let time = move || {
        row.time.map_or_else(
            || view! { <span>"No time is recorded"</span> }.into_any(),
            |at| {
                let clock = app.clock();
                view! {
                    <span class="strong">{words::instant(at, clock)}</span> " "
                    <span class="offset">{words::offset(at, clock)}</span>
                }
                .into_any()
            },
        )
    };
    let copies = (detail.row.copies > 1).then(|| format!(" · {} copies merged", detail.row.copies));
    let copies = copies.or_else(|| match detail.copies_at.len() {
        0 => None,
        n => Some(format!(
            " · {} merged",
            words::counted(n as u64, "copy", "copies")
        )),
    });
    let sentence = sentence_view(&detail);
    let badges = detail
        .badges
        .iter()
        // Said beside the time already.
        .filter(|badge| !badge.ends_with("merged"))
        .map(|badge| view! { <span class="badge">{badge.clone()}</span> })
        .collect_view();
    let has_badges = detail.badges.iter().any(|badge| !badge.ends_with("merged"));
    view! {
        <header class="detail-head">
            <div class="detail-title-row">
                <OutcomeIcon outcome=detail.row.outcome/>
                <h2 class="detail-title cut" title=detail.title.clone()>{detail.title.clone()}</h2>
                <IconButton glyph=Glyph::ChevronUp name="Previous row" key="k" on_click=move |_| { app.act(Act::Up); }/>
                <IconButton glyph=Glyph::ChevronDown name="Next row" key="j" on_click=move |_| { app.act(Act::Down); }/>
                <IconButton glyph=Glyph::Link name="Copy a link to this event"
                    on_click=move |_| outside::copy_link(app, app.event_link(name.clone()))/>
                <IconButton glyph=Glyph::Close name="Close" key="Esc" on_click=move |_| app.detail_open.set(false)/>
            </div>
            <p class="detail-time">{time} <span class="quiet">{copies}</span></p>
            {(!sentence.is_empty()).then(|| view! { <p class="detail-sentence">{sentence}</p> })}
            {has_badges.then(|| view! { <p class="badges">{badges}</p> })}
            <Conflicts detail=detail.clone()/>
        </header>
        <Fields sections=detail.sections.clone()/>
        <Links detail=detail.clone()/>
        <Record detail tab/>
    }
}

/// Other contents under the same id.
#[component]
fn Conflicts(detail: Detail) -> impl IntoView {
    let app = use_app();
    (!detail.conflicts_with.is_empty()).then(|| {
        let others = detail.conflicts_with.iter().enumerate().map(|(n, row)| {
            let row = *row;
            view! {
                <button type="button" class="link" on:click=move |_| app.select(row, None)>
                    {format!("Show the other{}", if n == 0 { String::new() } else { format!(" ({})", n + 1) })}
                </button>
            }
        });
        view! {
            <p class="notice">"Another record has the same id and other content. Both are kept. " {others.collect_view()}</p>
        }
    })
}

/// The sentence with the names of who and what set strong.
fn sentence_view(detail: &Detail) -> Vec<AnyView> {
    let mut rest = detail.sentence.as_str();
    let mut parts = Vec::new();
    let target = detail
        .resource
        .as_ref()
        .map_or(detail.row.target.as_str(), |head| head.label.as_str());
    let names = [detail.row.initiator.as_str(), target];
    while let Some((at, name)) = names
        .iter()
        .filter(|name| !name.is_empty())
        .filter_map(|name| rest.find(*name).map(|at| (at, *name)))
        .min()
    {
        parts.push(rest[..at].to_owned().into_any());
        parts.push(view! { <b>{name.to_owned()}</b> }.into_any());
        rest = &rest[at + name.len()..];
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned().into_any());
    }
    parts
}

/// What the event belongs with.
#[component]
fn Links(detail: Detail) -> impl IntoView {
    let app = use_app();
    let history = detail
        .resource
        .clone()
        .filter(|head| head.kind.has_lifecycle() && TABS.contains(&View::Resources))
        .map(|head| {
            let n = words::counted(detail.resource_events, "event", "events");
            let (id, kind) = (head.id.clone(), head.kind);
            view! {
                <LinkRow glyph=Glyph::History words=format!("History of {}", head.label)
                    on_open=move || app.open_resource(id.clone(), Some(kind))>{n}</LinkRow>
            }
        });
    let correlation = detail
        .correlation
        .clone()
        .filter(|c| c.events > 1)
        .map(|correlation| {
            let clause = format!("correlationId:{}", quoted(&correlation.id));
            let outcomes = correlation
                .outcomes
                .iter()
                .take(4)
                .enumerate()
                .map(|(n, outcome)| {
                    view! {
                        {(n > 0).then(|| view! { <Icon glyph=Glyph::ArrowRight row=true/> })}
                        <OutcomeIcon outcome=*outcome/>
                        <span class="visually-hidden">{word(*outcome)}</span>
                    }
                })
                .collect_view();
            let length = words::duration(correlation.nanos);
            view! {
                <LinkRow glyph=Glyph::Link words="Same correlation".to_owned()
                    on_open=move || only(app, &clause, None)>{outcomes}{length}</LinkRow>
            }
        });
    let who = (!detail.row.initiator.is_empty() && detail.initiator_events_hour > 0).then(|| {
        let clause = format!("who:{}", quoted(&detail.row.initiator));
        let around = detail.row.time.and_then(|at| {
            let half = 1_800 * NANOS_PER_SEC;
            TimeRange::new(at.plus_nanos(-half), at.plus_nanos(half))
        });
        view! {
            <LinkRow glyph=Glyph::Person words="Other acts of this initiator".to_owned()
                on_open=move || only(app, &clause, around)>
                {format!("{} within 1 h", words::count(detail.initiator_events_hour))}
            </LinkRow>
        }
    });
    view! { <nav class="detail-links" aria-label="What it belongs with">{history}{correlation}{who}</nav> }
}

#[component]
fn LinkRow(
    glyph: Glyph,
    words: String,
    on_open: impl Fn() + 'static,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class="link-row" on:click=move |_| on_open()>
            <Icon glyph/>
            <span class="link-row-words cut">{words}</span>
            <span class="link-row-note">{children()}</span>
            <Icon glyph=Glyph::ChevronRight row=true/>
        </button>
    }
}

/// Shows one clause's events and nothing else.
fn only(app: App, clause: &str, range: Option<TimeRange>) {
    let wanted = app
        .selection
        .with_untracked(|s| s.as_ref().and_then(|s| s.name.clone()));
    app.query.set(clause.to_owned());
    app.choose_range(range.map_or(RangeChoice::All, RangeChoice::Absolute));
    app.wanted.set(wanted);
}

/// The record: as a tree, as received, and the events around it.
#[component]
fn Record(detail: Detail, tab: RwSignal<Tab>) -> impl IntoView {
    let app = use_app();
    let detail = StoredValue::new(detail);
    let button = move |which: Tab, words: &'static str| {
        view! {
            <button type="button" class="detail-tab" role="tab" aria-selected=move || (tab.get() == which).to_string()
                on:click=move |_| tab.set(which)>{words}</button>
        }
    };
    let copy = move |_| {
        let text = detail.with_value(|detail| match (tab.get_untracked(), &detail.raw) {
            (Tab::Raw, Ok(raw)) => raw.clone(),
            _ => detail.body.clone(),
        });
        outside::copy_text(app, text, "Copied.");
    };
    let shown = move || {
        detail.with_value(|detail| match tab.get() {
            Tab::Tree => view! { <BodyTree body=detail.body.clone()/> }.into_any(),
            Tab::Raw => match &detail.raw {
                Ok(raw) => view! { <pre class="raw">{raw.clone()}</pre> }.into_any(),
                Err(why) => view! { <p class="detail-why">{why.clone()}</p> }.into_any(),
            },
            Tab::Neighbours => {
                view! { <Neighbours rows=detail.neighbours.clone() of=detail.row.clone()/> }
                    .into_any()
            }
        })
    };
    let place = detail.with_value(|detail| {
        format!(
            "{}, line {}, byte {}",
            detail.file,
            words::count(detail.line),
            words::count(detail.byte)
        )
    });
    let copies = detail.with_value(|detail| detail.copies_at.clone());
    view! {
        <section class="detail-record">
            <div class="detail-tabs">
                <div class="detail-tab-list" role="tablist" aria-label="The record">
                    {button(Tab::Tree, "Tree")} {button(Tab::Raw, "Raw")} {button(Tab::Neighbours, "Neighbours")}
                </div>
                <button type="button" class="detail-copy" on:click=copy><Icon glyph=Glyph::Copy row=true/>"Copy"</button>
            </div>
            <div class="detail-shown" role="tabpanel">{shown}</div>
            <p class="detail-place quiet">{place}</p>
            {copies.into_iter().map(|copy| view! { <p class="detail-place quiet">{format!("Copy in {copy}")}</p> }).collect_view()}
        </section>
    }
}
