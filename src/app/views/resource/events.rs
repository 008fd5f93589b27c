//! The events of the resource, newest first: what each changed, and what the value was before, set by whom.

use leptos::ev;
use leptos::prelude::*;
use lifeline::protocol::ChangeView;
use lifeline::protocol::HistoryEvent;
use lifeline::protocol::RowId;
use lifeline::screen::findings;
use lifeline::screen::folds::Head;
use lifeline::screen::life as life_words;
use lifeline::screen::life::ChangeWords;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use lifeline::time::written;

use super::beside::Beside;
use super::card::change_text;
use super::life::Life;
use super::life::ROW_PX;
use super::life::use_life;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::use_size;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeText;

pub const HEAD_PX: f64 = 28.0;

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
    let row_count = move || (life.lines.with(|lines| lines.n()) + 1).to_string();
    // The first of those told that isn't folded away.
    let first_line = Memo::new(move |_| {
        let told = life
            .told
            .with(|told| told.first..told.first + told.rows.len() as u32);
        let mut told = told.unwrap_or(0..0);
        let line = told.find_map(|place| life.lines.with(|lines| lines.line_of(place as usize)));
        line.unwrap_or(0)
    });
    let top = move || {
        let top = life.scroll_px.get() + (first_line.get() as f64 - life.position.get()) * ROW_PX;
        format!("translateY({})", px(top))
    };
    let rows = move || {
        let clock = life.app.clock();
        let near = life.asked.with(|page| page.last).flatten();
        let near = near.unwrap_or(Timestamp::MIN);
        let lines = life.lines.get();
        life.told.with(|told| {
            life.told_of(told)
                .into_iter()
                .filter_map(|(place, event)| {
                    let line = lines.line_of(place)?;
                    Some(view! { <Row place line event clock near/> })
                })
                .collect::<Node>()
        })
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let is_done = match event.key().as_str() {
            "ArrowRight" => life.fold_chosen(true),
            "ArrowLeft" => life.fold_chosen(false),
            _ => false,
        };
        if is_done {
            event.prevent_default();
        }
    };
    let has_cards = move || life.cards_stand_beside();
    let active = move || life.selected().map(row_id);
    view! {
        <div class="life-lower" class:has-cards=has_cards>
        <div class="life-events scroll" role="grid" tabindex="0" node_ref=life.list
            aria-label="Events of this resource, newest first" aria-rowcount=row_count aria-colcount="7"
            aria-activedescendant=active on:scroll=move |_| life.scrolled() on:keydown=on_key>
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
        <Show when=has_cards><Beside/></Show>
        </div>
    }
}

fn row_id(place: usize) -> String {
    format!("life-event-{place}")
}

#[component(transparent)]
fn Row(place: usize, line: usize, event: HistoryEvent, clock: Clock, near: Timestamp) -> Node {
    let life = use_life();
    let row = &event.row;
    let is_selected = Memo::new(move |_| life.selected() == Some(place));
    let id = row.row;
    let is_shown = Memo::new(move |_| life.shown_rows().contains(&id));
    let is_part = life
        .lines
        .with_untracked(|lines| lines.head_of(place).is_some());
    let fold = life.lines.with_untracked(|lines| lines.head_at(place));
    let operation = life.operation_words(id);
    let change = match operation.is_empty() {
        true => change_text(&event),
        false => format!("{}\n{operation}", change_text(&event)),
    };
    let before = event
        .changes
        .iter()
        .find(|change| change.before_at.is_some() || change.before_by.is_some())
        .or(event.changes.first())
        .map(|change| life_words::before_words(change, clock, near))
        .unwrap_or_default();
    // Where there was no value before, what the event says of itself has the room of both.
    let is_wide = before.is_empty();
    let open = move |_| {
        life.select(place);
        life.app.detail_open.set(true);
    };
    let conflict = row
        .is_conflict
        .then(|| view! { <span class="life-flag" title="Another record with this id says something else. Both are kept.">"conflict"</span> });
    view! {
        <div class="life-event" role="row" id=row_id(place) aria-rowindex=(line + 2).to_string()
            aria-selected=move || is_selected.get().to_string() class:is-selected=is_selected class:is-shown=is_shown class:is-part=is_part
            data-row=place.to_string() on:click=open>
            <div role="gridcell">{time_of(row.time, row.time_is_marked, near, clock)}</div>
            <div role="gridcell" class="is-flex"><OutcomeText outcome=row.outcome/></div>
            <div role="gridcell" class="life-action" title=row.action.clone()>
                <span class="cut">{row.label.clone()}</span> {conflict}
                {signs(life, id)}
                {fold.map(|fold| view! { <FoldButton fold/> })}
            </div>
            <div role="gridcell" class="cut" class:is-wide=is_wide aria-colspan=is_wide.then_some("2") title=change>
                {changes(&event)}
                {(!operation.is_empty()).then(|| view! { <span class="life-operation">{operation}</span> })}
            </div>
            {(!is_wide).then(|| view! { <div role="gridcell" class="is-before cut quiet" title=before.clone()>{before.clone()}</div> })}
            <div role="gridcell" class="cut" title=row.initiator.clone()>{row.initiator.clone()}</div>
            <div role="gridcell" class="is-address cut mono" title=row.address.clone()>{row.address.clone()}</div>
        </div>
    }
}

/// `+3`: so many rows are folded into this one.
#[component(transparent)]
pub fn FoldButton(fold: Head) -> Node {
    let life = use_life();
    let n = words::counted(fold.n_parts as u64, "event", "events");
    let name = match fold.is_open {
        true => format!("Fold {n} of the same act into this row"),
        false => format!("Show {n} of the same act"),
    };
    let press = move |event: ev::MouseEvent| {
        event.stop_propagation();
        life.set_open(fold.place, !fold.is_open);
    };
    view! {
        <button type="button" class="fold-button" aria-expanded=fold.is_open.to_string() aria-label=name.clone() title=name
            // A pointer leaves the focus on the list, whose keys go on.
            on:mousedown=move |event| event.prevent_default() on:click=press>
            <Icon glyph={if fold.is_open { Glyph::ChevronDown } else { Glyph::ChevronRight }} row=true/>
            {format!("+{}", fold.n_parts)}
        </button>
    }
}

/// The triangles of findings beside an event, for rows without cards at their side.
fn signs(life: Life, row: RowId) -> Node {
    let signs = move || {
        let dismissals = life.app.dismissals;
        let standing = |key: String| {
            let finding = life.finding(&key)?;
            (!dismissals.is_dismissed(&key)).then_some(finding)
        };
        let signs = life.findings_beside(row).into_iter().filter_map(standing);
        signs
            .map(|finding| {
                let words = format!(
                    "{}: {}",
                    findings::standing(finding.is_firm),
                    finding.kind.words()
                );
                view! {
                    <span class="life-sign" title=words.clone()>
                        <FindingSign is_firm=finding.is_firm/>
                        <span class="visually-hidden">{words}</span>
                    </span>
                }
            })
            .collect::<Node>()
    };
    view! { {signs} }
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
