//! One event: what it says in plain words, its fields, what it belongs with, and the record itself. The panel stays
//! while events come and go in it, and so does the focus on its buttons; only words change.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use lifeline::link::EventName;
use lifeline::protocol::Answer;
use lifeline::protocol::Detail;
use lifeline::protocol::Question;
use lifeline::screen::keys::Act;
use lifeline::screen::words;

use super::belongs::Belongs;
use super::empty::HiddenLink;
use super::fields::Fields;
use super::record::Record;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::outside;
use crate::rest::rarely;
use crate::session::use_answer;
use crate::session::words_of;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;
use crate::widgets::outcome::OutcomeIcon;

/// As much of the content hash as a link carries.
const HASH_CHARS: usize = 12;

/// The event on show; none while it is on its way, or while it can't be had.
pub type Shown = Memo<Option<Arc<Detail>>>;

#[component(transparent)]
pub fn DetailPanel() -> Node {
    rarely(panel)
}

fn panel() -> Node {
    let app = use_app();
    let row = Memo::new(move |_| app.selection.with(|s| s.as_ref().map(|s| s.row)));
    let asked = use_answer(
        move || row.get().map(|row| Question::Detail { row }),
        |answer| match answer {
            Answer::Detail(detail) => Some(*detail),
            _ => None,
        },
    );
    // An answer that says the same again builds nothing anew; what can't be shown leaves no other event in its place.
    let detail: Shown = Memo::new(move |_| match asked.error.with(Option::is_none) {
        true => asked.get(),
        false => None,
    });
    // The address names the event; its name comes with its detail.
    Effect::new(move |_| {
        let Some(detail) = detail.get() else {
            return;
        };
        app.selection.update(|selection| {
            if let Some(selection) = selection
                && selection.row == detail.row.row
            {
                selection.name = Some(name_of(&detail));
            }
        });
    });
    on_cleanup(move || give_focus_back(app));
    let tab = RwSignal::new(0);
    let has_detail = Memo::new(move |_| detail.with(Option::is_some));
    let problem = move || {
        asked.error.get().map(|error| {
            let message = words_of(&error);
            view! { <p class="notice is-fail detail-problem" role="alert">{message}</p> }
        })
    };
    let middle = move || {
        detail.get().map(|detail| {
            view! {
                <Fields sections=detail.sections.clone()/>
                <Belongs detail=detail.as_ref().clone()/>
            }
        })
    };
    view! {
        <aside class="detail" aria-label="Event detail">
            <div class="detail-scroll scroll" tabindex="-1">
                <Head detail is_failed=Signal::derive(move || asked.error.with(Option::is_some))/>
                // A phone's detail covers what the list says of it.
                <Show when=move || app.width_px.get() < 600.0><HiddenLink/></Show>
                {problem}
                {middle}
                <Show when=move || has_detail.get()><Record detail tab/></Show>
            </div>
        </aside>
    }
}

/// The title and the buttons, which are there for every event, and below them what this one says.
#[component(transparent)]
fn Head(detail: Shown, is_failed: Signal<bool>) -> Node {
    let app = use_app();
    let title = Memo::new(move |_| match is_failed.get() {
        true => "This event can't be shown".to_owned(),
        false => detail.with(|detail| {
            detail
                .as_ref()
                .map_or_else(String::new, |d| d.title.clone())
        }),
    });
    let icon = move || {
        let outcome = detail.with(|detail| detail.as_ref().map(|d| d.row.outcome));
        outcome.map(|outcome| view! { <OutcomeIcon outcome/> })
    };
    let copy_link = move |_| {
        if let Some(detail) = detail.get_untracked() {
            outside::copy_link(app, app.event_link(name_of(&detail)));
        }
    };
    let lines = move || detail.with(|detail| detail.as_ref().map(|d| lines(app, d)));
    view! {
        <header class="detail-head">
            <div class="detail-title-row">
                {icon}
                <h2 class="detail-title cut" aria-live="polite" title=move || title.get()>{move || title.get()}</h2>
                <IconButton glyph=Glyph::ChevronUp name="Previous row" key="k" on_click=move |_| { app.act(Act::Up); }/>
                <IconButton glyph=Glyph::ChevronDown name="Next row" key="j" on_click=move |_| { app.act(Act::Down); }/>
                <IconButton glyph=Glyph::Link name="Copy a link to this event" on_click=copy_link/>
                <IconButton glyph=Glyph::Close name="Close" key="Esc" on_click=move |_| app.detail_open.set(false)/>
            </div>
            {lines}
        </header>
    }
}

/// When it was, what happened in a sentence, and what else must be known of it.
fn lines(app: App, detail: &Detail) -> Node {
    let at = detail.row.time;
    let time = move || match at {
        None => "No time is recorded".into_node(),
        Some(at) => {
            let clock = app.clock();
            view! {
                <span class="strong">{words::instant(at, clock)}</span> " "
                <span class="offset">{words::offset(at, clock)}</span>
            }
        }
    };
    let copies = match detail.copies_at.len() as u64 {
        0 => String::new(),
        n => format!(" · {} merged", words::counted(n, "copy", "copies")),
    };
    let sentence = sentence_view(detail);
    let badges: Vec<Node> = detail
        .badges
        .iter()
        .map(|badge| view! { <span class="badge">{badge.clone()}</span> })
        .collect();
    view! {
        <p class="detail-time">{time} <span class="quiet">{copies}</span></p>
        {(!sentence.is_empty()).then(|| view! { <p class="detail-sentence">{sentence}</p> })}
        {(!badges.is_empty()).then(|| view! { <p class="badges">{badges}</p> })}
        {conflicts(app, detail)}
    }
}

/// Other contents under the same id.
fn conflicts(app: App, detail: &Detail) -> Option<Node> {
    if detail.conflicts_with.is_empty() {
        return None;
    }
    let others: Vec<Node> = detail
        .conflicts_with
        .iter()
        .enumerate()
        .map(|(n, row)| {
            let row = *row;
            let words = match n {
                0 => "Show the other".to_owned(),
                n => format!("Show the other ({})", n + 1),
            };
            view! { <button type="button" class="link" on:click=move |_| app.select(row, None)>{words}</button> }
        })
        .collect();
    Some(view! {
        <p class="notice">"Another record has the same id and other content. Both are kept. " {others}</p>
    })
}

/// The sentence with the names of who and what set strong.
fn sentence_view(detail: &Detail) -> Vec<Node> {
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
        parts.push(rest[..at].to_owned().into_node());
        parts.push(view! { <b>{name.to_owned()}</b> });
        rest = &rest[at + name.len()..];
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned().into_node());
    }
    parts
}

pub fn name_of(detail: &Detail) -> EventName {
    EventName {
        event: detail.event.clone(),
        hash: detail.content_hash.get(..HASH_CHARS).map(str::to_owned),
    }
}

/// A closed panel leaves the focus where the event was chosen: on the view's list, whose cursor stands on its row.
fn give_focus_back(app: App) {
    let is_open = app.detail_open.try_get_untracked() == Some(true)
        && app.selection.try_with_untracked(Option::is_some) == Some(true);
    if is_open {
        return;
    }
    // The panel stands in the page until this turn is over.
    let later = || {
        if outside::is_focus_lost() {
            outside::focus("#view [role=grid], #view [role=application], #view [tabindex='0']");
        }
    };
    set_timeout(later, Duration::ZERO);
}
