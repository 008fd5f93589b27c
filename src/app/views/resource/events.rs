//! The events of the resource, newest first: what each changed, and what the value was before, set by whom.

use leptos::prelude::*;
use lifeline::protocol::ChangeView;
use lifeline::protocol::HistoryEvent;
use lifeline::screen::life as life_words;
use lifeline::screen::life::ChangeWords;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use lifeline::time::written;

use super::card::change_text;
use super::life::ROW_PX;
use super::life::use_life;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::use_size;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeText;

const HEAD_PX: f64 = 28.0;

#[component(transparent)]
pub fn Events() -> Node {
    let life = use_life();
    let size = use_size(life.list);
    Effect::new(move |_| {
        let view_px = (size.get().1 - HEAD_PX).max(1.0);
        if view_px != life.view_px.get_untracked() {
            life.view_px.set(view_px);
        }
    });
    let content_px = Memo::new(move |_| life.rows().content_px());
    let row_count = move || (life.n_events() + 1).to_string();
    let top = move || {
        let first = life.told.with(|told| told.first).unwrap_or(0);
        let top = life.scroll_px.get() + (f64::from(first) - life.position.get()) * ROW_PX;
        format!("translateY({})", px(top))
    };
    let rows = move || {
        let clock = life.app.clock();
        let near = life.asked.with(|page| page.last).flatten();
        let near = near.unwrap_or(Timestamp::MIN);
        life.told.with(|told| {
            life.told_of(told)
                .into_iter()
                .map(|(place, event)| view! { <Row place event clock near/> })
                .collect::<Node>()
        })
    };
    let active = move || life.selected().map(row_id);
    view! {
        <div class="life-events scroll" role="grid" tabindex="0" node_ref=life.list
            aria-label="Events of this resource, newest first" aria-rowcount=row_count aria-colcount="7"
            aria-activedescendant=active on:scroll=move |_| life.scrolled()>
            <div class="life-events-head" role="row" aria-rowindex="1">
                <div role="columnheader" aria-sort="descending" class="is-sorted">"Time" <Icon glyph=Glyph::SortDown row=true/></div>
                <div role="columnheader">"Outcome"</div>
                <div role="columnheader">"Action"</div>
                <div role="columnheader">"Change"</div>
                <div role="columnheader" class="is-before">"Value before, set by"</div>
                <div role="columnheader">"By"</div>
                <div role="columnheader" class="is-address">"Address"</div>
            </div>
            <div class="life-events-rows" role="rowgroup" style:height=move || px(content_px.get())>
                <div class="life-events-window" role="presentation" style:transform=top>{rows}</div>
            </div>
        </div>
    }
}

fn row_id(place: usize) -> String {
    format!("life-event-{place}")
}

#[component(transparent)]
fn Row(place: usize, event: HistoryEvent, clock: Clock, near: Timestamp) -> Node {
    let life = use_life();
    let row = &event.row;
    let is_selected = Memo::new(move |_| life.selected() == Some(place));
    let before = event
        .changes
        .iter()
        .find(|change| change.before_at.is_some() || change.before_by.is_some())
        .or(event.changes.first())
        .map(|change| life_words::before_words(change, clock, near))
        .unwrap_or_default();
    let open = move |_| {
        life.select(place);
        life.app.detail_open.set(true);
    };
    let conflict = row
        .is_conflict
        .then(|| view! { <span class="life-flag" title="Another record with this id says something else. Both are kept.">"conflict"</span> });
    view! {
        <div class="life-event" role="row" id=row_id(place) aria-rowindex=(place + 2).to_string()
            aria-selected=move || is_selected.get().to_string() class:is-selected=is_selected data-row=place.to_string() on:click=open>
            <div role="gridcell">{time_of(row.time, row.time_is_marked, near, clock)}</div>
            <div role="gridcell" class="is-flex"><OutcomeText outcome=row.outcome/></div>
            <div role="gridcell" class="life-action cut" title=row.action.clone()>{row.label.clone()} {conflict}</div>
            <div role="gridcell" class="cut" title=change_text(&event)>{changes(&event)}</div>
            <div role="gridcell" class="is-before cut quiet" title=before.clone()>{before.clone()}</div>
            <div role="gridcell" class="cut" title=row.initiator.clone()>{row.initiator.clone()}</div>
            <div role="gridcell" class="is-address cut mono" title=row.address.clone()>{row.address.clone()}</div>
        </div>
    }
}

pub fn time_of(at: Option<Timestamp>, is_marked: bool, near: Timestamp, clock: Clock) -> Node {
    let Some(at) = at else {
        return view! { <span class="quiet">"undated"</span> };
    };
    let exact = at.to_string();
    let title = match is_marked {
        true => format!("{exact}\nThe event's own time was not stated in full."),
        false => exact.clone(),
    };
    let day = life_words::stamp(at, clock, near);
    // The stamp ends with the minute; seconds with their fraction follow it.
    let seconds = written(clock.wall(at), ":%S%.3f");
    view! {
        <time class="time" datetime=exact title=title>
            {day} {seconds} " " <span class="offset">{words::offset(at, clock)}</span>
            {is_marked.then_some("*")}
        </time>
    }
}

/// Each change with its new value standing out; why nothing changed in quieter words.
pub fn changes(event: &HistoryEvent) -> Node {
    if event.changes.is_empty() {
        return view! { <span class="life-no-change">{event.no_change.clone()}</span> };
    }
    let n = event.changes.len();
    event
        .changes
        .iter()
        .enumerate()
        .map(|(i, change)| {
            view! {
                {change_view(change)}
                {(i + 1 < n).then_some(", ")}
            }
        })
        .collect::<Node>()
        .into_node()
}

fn change_view(change: &ChangeView) -> Node {
    let words = ChangeWords::of(change);
    let is_unknown = words.before == "unknown";
    let before = (!words.before.is_empty()).then(|| match is_unknown {
        true => view! { <em>{words.before.clone()}</em> " → " },
        false => view! { {words.before.clone()} " → " },
    });
    let lead = (!words.lead.is_empty()).then(|| format!("{} ", words.lead));
    let ground = (!words.ground.is_empty())
        .then(|| view! { <span class="quiet">{format!(", {}", words.ground)}</span> });
    view! { {lead} {before} <strong>{words.after.clone()}</strong> {ground} }
}
