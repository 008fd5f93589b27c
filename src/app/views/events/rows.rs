//! The rows in view and the headers of their days.

use std::iter::successors;

use leptos::ev;
use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Filter;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::protocol::RowView;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use wasm_bindgen::JsCast;

use super::cells::cell;
use super::cells::facet_of;
use super::table::DAY_PX;
use super::table::TableState;
use super::table::row_id;
use crate::dom::Node;
use crate::dom::view;
use crate::session::use_answer;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::state::App;
use crate::state::Hot;
use crate::state::use_app;
use crate::widgets::outcome::OutcomeIcon;

/// What stands in the window, from the top.
#[derive(Clone, PartialEq, Default)]
struct Window {
    /// The day of the top row, whose header stays at the top; the inner `None`: no time.
    band: Option<Option<Timestamp>>,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Line {
    /// The header of a day; `None`: events without a time.
    Day(Option<Timestamp>),
    Event {
        at: u64,
        row: RowId,
        is_selected: bool,
        /// Grows when columns or clock change, with which rows are drawn.
        look: u32,
    },
}

/// The rows in view. They stay until those that were scrolled to are at hand, which then take over their elements.
#[component(transparent)]
pub fn Rows(state: TableState) -> Node {
    let app = use_app();
    let top = Memo::new(move |_| state.position.get() as u64);
    let n_lines = Memo::new(move |_| {
        let scroll = state.scroll.get();
        (scroll.view_px / scroll.row_px).ceil() as u64 + 2
    });
    let look = Memo::new(move |before: Option<&u32>| {
        let _ = (state.columns.get(), state.has_days.get());
        let _ = (state.is_phone.get(), app.zone.get());
        before.map_or(0, |before| before + 1)
    });
    let window = Memo::new(move |before: Option<&Window>| {
        let (from, clock, look) = (top.get(), app.clock(), look.get());
        let to = (from + n_lines.get()).min(state.scroll.get().n_rows);
        let selected = app.selection.with(|s| s.as_ref().map(|s| s.row));
        let page = state.page.answer.get();
        let mut window = Window::default();
        let mut day_before = None;
        for at in from..to {
            let Some(row) = page.as_deref().and_then(|page| row_at(page, at)) else {
                return before.cloned().unwrap_or_default();
            };
            if state.has_days.get() {
                let day = day_start(row, clock);
                if window.band.is_none() {
                    window.band = Some(day);
                } else if day_before != Some(day) {
                    window.lines.push(Line::Day(day));
                }
                day_before = Some(day);
            }
            window.lines.push(Line::Event {
                at,
                row: row.row,
                is_selected: selected == Some(row.row),
                look,
            });
        }
        window
    });
    // Scrolling past the last row of a day moves past the next day's header too.
    let offset_px = move || {
        let position = state.position.get();
        let (is_shown, has_header) = window.with(|window| {
            let first = window.lines.first();
            let is_shown = matches!(first, Some(Line::Event { at, .. }) if *at == position as u64);
            (is_shown, matches!(window.lines.get(1), Some(Line::Day(_))))
        });
        let step = state.scroll.get().row_px + if has_header { DAY_PX } else { 0.0 };
        if is_shown {
            position.fract() * step
        } else {
            0.0
        }
    };
    Effect::new(move |_| {
        let is_header = |line: &&Line| matches!(line, Line::Day(_));
        let n = window.with(|window| window.lines.iter().filter(is_header).count());
        if state.n_headers.get_untracked() != n {
            state.n_headers.set(n);
        }
    });
    // Under a pointer at rest there may be another value now.
    Effect::new(move |_| {
        window.with(|_| ());
        request_animation_frame(move || point(app, state));
    });
    let open = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        if let Some((at, row)) = target.and_then(place_of) {
            app.select(row, Some(at));
            app.detail_open.set(true);
        }
    };
    let band = Memo::new(move |_| window.with(|window| window.band));
    view! {
        {move || band.get().map(|day| view! { <DayHeader day is_band=true/> })}
        <div class="table-rows" role="rowgroup" on:click=open
            on:mouseover=move |_| point(app, state) on:mouseleave=move |_| app.hot.set_value(None)>
            <div class="table-shift" role="presentation" style:transform=move || format!("translateY({})", px(-offset_px()))>
                <For each=move || window.with(|window| window.lines.clone()) key=|line| *line let:line>
                    {match line {
                        Line::Day(day) => view! { <DayHeader day is_band=false/> },
                        Line::Event { at, is_selected, .. } => row_of(app, state, at, is_selected),
                    }}
                </For>
            </div>
        </div>
    }
}

/// Nothing in it follows signals: it is drawn again, over the elements of a row that is gone, when its line is another.
fn row_of(app: App, state: TableState, at: u64, is_selected: bool) -> Node {
    let page = state.page.answer.get_untracked();
    let Some(row) = page.as_deref().and_then(|page| row_at(page, at)) else {
        return Node::nothing();
    };
    let clock = app.clock();
    let has_days = state.has_days.get_untracked();
    let content = match state.is_phone.get_untracked() {
        true => phone_content(row, clock),
        false => {
            let columns = state.columns.get_untracked().into_iter();
            columns
                .map(|column| cell(row, column, clock, has_days))
                .collect()
        }
    };
    view! {
        <div class="row" role="row" data-row=row.row.0.to_string() id=row_id(row.row) class:is-selected=is_selected
            aria-rowindex=(at + 2).to_string() aria-selected=is_selected.to_string()>
            {content}
        </div>
    }
}

/// Place and event of the row that something stands in.
fn place_of(inside: web_sys::Element) -> Option<(u64, RowId)> {
    let row = inside.closest("[data-row]").ok()??;
    let index: u64 = row.get_attribute("aria-rowindex")?.parse().ok()?;
    let id = row.get_attribute("data-row")?.parse().ok()?;
    Some((index.checked_sub(2)?, RowId(id)))
}

/// Notes the value under the pointer, for the keys that act on it.
fn point(app: App, state: TableState) {
    let hovered = document().query_selector("[data-row] > .cell:hover");
    let Some(cell) = hovered.ok().flatten() else {
        return;
    };
    let before = |cell: &web_sys::Element| cell.previous_element_sibling();
    let nth = successors(before(&cell), before).count();
    let page = state.page.answer.get_untracked();
    let facet = (|| {
        let (at, _) = place_of(cell)?;
        let column = *state.columns.get_untracked().get(nth)?;
        facet_of(row_at(page.as_deref()?, at)?, column)
    })();
    app.hot
        .set_value(facet.map(|(name, value)| Hot::Facet(name, value)));
}

/// Two lines, as a phone shows an event.
fn phone_content(row: &RowView, clock: Clock) -> Node {
    let time = row.time.map(|at| {
        view! { {words::clock_seconds(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span> }
    });
    let by =
        (!row.initiator.is_empty()).then(|| format!(" by {}", words::short_name(&row.initiator)));
    view! {
        <div class="phone-cell" role="gridcell">
            <OutcomeIcon outcome=row.outcome/>
            <span class="phone-main">
                <span class="phone-line">
                    <span class="phone-title cut">{row.label.clone()}<span class="visually-hidden">{format!(", {}", row.outcome.name())}</span></span>
                    <span class="nowrap">{time}</span>
                </span>
                <span class="phone-line">
                    <span class="cut"><b>{words::short_target(&row.target).to_owned()}</b>{by}{format!(" in {}", row.region)}</span>
                    <span class="nowrap">{row.reason.clone()}</span>
                </span>
            </span>
        </div>
    }
}

#[component(transparent)]
fn DayHeader(day: Option<Timestamp>, is_band: bool) -> Node {
    let app = use_app();
    let day_words = move || match day {
        Some(at) if app.width_px.get() < 600.0 => words::day_short(at, app.clock()),
        Some(at) => words::day(at, app.clock()),
        None => "Events without a time".to_owned(),
    };
    view! {
        <div class="day" class:is-band=is_band role="presentation">
            <span class="strong">{day_words}</span>
            {day.map(|day| view! { <DayCount day/> })}
        </div>
    }
}

/// How many events of the day match.
#[component(transparent)]
fn DayCount(day: Timestamp) -> Node {
    let app = use_app();
    let count = use_answer(
        move || {
            let clock = app.clock();
            let end = next_midnight(day, clock)?;
            let whole = TimeRange::new(day, end)?;
            let range = match app.shown_range() {
                Some(shown) => whole.intersect(shown)?,
                None => whole,
            };
            Some(Question::Page {
                filter: Filter {
                    range: Some(range),
                    ..app.filter()
                },
                order: Default::default(),
                first: 0,
                count: 0,
            })
        },
        |answer| match answer {
            Answer::Page(page) => Some(page.total),
            _ => None,
        },
    );
    view! {
        <span class="day-count">{move || count.with(|n| words::counted(*n, "event", "events"))}</span>
    }
}

fn row_at(page: &lifeline::protocol::Page, at: u64) -> Option<&RowView> {
    page.rows
        .get(usize::try_from(at.checked_sub(page.first)?).ok()?)
}

/// Midnight before the event, in the clock's zone; `None` for an event without a time.
fn day_start(row: &RowView, clock: Clock) -> Option<Timestamp> {
    let at = row.time?;
    clock.instant(clock.wall(at).date().and_time(Default::default()))
}

fn next_midnight(day: Timestamp, clock: Clock) -> Option<Timestamp> {
    let date = clock.wall(day).date().succ_opt()?;
    clock.instant(date.and_time(Default::default()))
}
