//! Beside the tracks: what each is called, and what it holds, set by whom and when: now, or under the pointer.

use leptos::prelude::*;
use lifeline::protocol::Basis;
use lifeline::protocol::SpanValue;
use lifeline::protocol::SpanView;
use lifeline::protocol::TrackView;
use lifeline::screen::life as life_words;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

use super::life::use_life;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

pub fn glyph_of(track: &str) -> Glyph {
    match track.split_once(':').map_or(track, |(sort, _)| sort) {
        "existence" => Glyph::Resources,
        "power" => Glyph::Power,
        "name" => Glyph::Tag,
        "image" => Glyph::Image,
        "port" => Glyph::Port,
        "port-speed" => Glyph::Speed,
        _ => Glyph::Shield,
    }
}

#[component(transparent)]
pub fn Labels() -> Node {
    let life = use_life();
    let rows = move || {
        life.asked.with(|page| {
            page.tracks
                .iter()
                .map(|track| {
                    let title = match track.is_inferred {
                        true => format!(
                            "{}\nInferred: no document says where events name it.",
                            track.label
                        ),
                        false => track.label.clone(),
                    };
                    view! {
                        <li class="life-label" title=title>
                            <Icon glyph=glyph_of(&track.name) row=true/>
                            <span class="cut">{track.label.clone()}</span>
                            {track.is_inferred.then(|| view! { <span class="life-inferred">"inferred"</span> })}
                        </li>
                    }
                })
                .collect::<Node>()
        })
    };
    view! { <ul class="life-labels" aria-hidden="true">{rows}</ul> }
}

#[component(transparent)]
pub fn ValuesHead() -> Node {
    let life = use_life();
    let offset = move || {
        let at = life
            .instant()
            .or_else(|| life.asked.with(|page| page.last).flatten())?;
        Some(format!(", {}", words::offset(at, life.app.clock())))
    };
    let is_held = move || life.held.get().is_some();
    view! {
        <div class="life-values-head">
            <span>
                <span aria-hidden="true">{move || if life.instant().is_some() { "Then" } else { "Now" }}</span>
                <Show when=is_held>
                    " " <button type="button" class="link" aria-label="Back to now" on:click=move |_| life.held.set(None)>"now"</button>
                </Show>
            </span>
            <span aria-hidden="true">"Set by"</span>
            <span aria-hidden="true">"When" {offset}</span>
        </div>
    }
}

#[component(transparent)]
pub fn Values() -> Node {
    let life = use_life();
    let at = Memo::new(move |_| life.instant());
    let rows = move || {
        let at = at.get();
        let clock = life.app.clock();
        let end = life.end();
        life.asked.with(|page| {
            let near = page.last.unwrap_or(Timestamp::MIN);
            page.tracks
                .iter()
                .map(|track| row(track, at, end, near, clock))
                .collect::<Node>()
        })
    };
    view! {
        <table class="life-values" aria-label="What each track holds now, who set it and when">
            <thead class="visually-hidden">
                <tr><th scope="col">"Track"</th><th scope="col">{move || if life.instant().is_some() { "Then" } else { "Now" }}</th><th scope="col">"Set by"</th><th scope="col">"When"</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(
    track: &TrackView,
    at: Option<Timestamp>,
    end: Timestamp,
    near: Timestamp,
    clock: Clock,
) -> Node {
    let span = match at {
        Some(at) => life_words::span_at(&track.spans, at).map(|place| &track.spans[place]),
        None => track.spans.last(),
    };
    let label = track.label.clone();
    let Some(span) = span else {
        return view! {
            <tr>
                <th scope="row" class="visually-hidden">{label}</th>
                <td class="quiet">"not there yet"</td><td></td><td></td>
            </tr>
        };
    };
    let is_carried = life_words::is_carried_at(span, at.unwrap_or(end));
    let carried = is_carried.then(|| view! { <span class="life-carried">"carried"</span> });
    let is_unknown = span.value == SpanValue::Unknown;
    let text = if is_unknown {
        "not recorded".to_owned()
    } else {
        span.text.clone()
    };
    view! {
        <tr>
            <th scope="row" class="visually-hidden">{label}</th>
            <td class="life-value" class:is-unknown=is_unknown title=span.text.clone()>
                <span class="cut">{text}</span> {carried}
            </td>
            <td class="life-by cut" title=by_title(span)>{by(span)}</td>
            <td class="life-when" title=when_title(span, clock)>{when(span, near, clock)}</td>
        </tr>
    }
}

fn by(span: &SpanView) -> Node {
    let said = life_words::set_by(span);
    let is_quiet = !matches!(span.basis, Some(Basis::Set | Basis::Implied));
    let said = match (span.basis, span.value) {
        // The value's own cell says that it is not recorded.
        (None, SpanValue::Unknown) => String::new(),
        _ => said,
    };
    view! { <span class:quiet=is_quiet>{said}</span> }
}

fn by_title(span: &SpanView) -> String {
    life_words::ground(span, None)
}

fn when(span: &SpanView, near: Timestamp, clock: Clock) -> Node {
    match (span.from, span.value) {
        (Some(from), _) => life_words::stamp(from, clock, near).into_node(),
        // Nothing is known of it up to the event that tells of it first.
        (None, SpanValue::Unknown) => match life_words::unknown_before(span, clock, near) {
            Some(before) => view! { <span class="quiet">{before}</span> },
            None => Node::nothing(),
        },
        (None, _) => view! { <span class="quiet">"before the record"</span> },
    }
}

fn when_title(span: &SpanView, clock: Clock) -> String {
    format!(
        "{}, {}",
        life_words::since(span, clock),
        life_words::until(span, clock)
    )
}
