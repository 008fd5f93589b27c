//! The rows in view and the headers of their days.

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Column;
use lifeline::protocol::Filter;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::protocol::RowView;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use super::cells::cell;
use super::table::DAY_PX;
use super::table::TableState;
use super::table::row_id;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::session::use_answer;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::outcome::OutcomeIcon;

/// What stands in the window, from the top.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Line {
    /// The header of a day; `None`: events without a time.
    Day(Option<Timestamp>),
    Event(u64, RowId),
    /// Not here yet.
    Missing(u64),
}

/// The header of the day that the top row belongs to; it stays at the top.
#[component(transparent)]
pub fn DayBand(state: TableState) -> Node {
    let app = use_app();
    let top = Memo::new(move |_| {
        if !state.has_days.get() {
            return None;
        }
        let at = state.position.get() as u64;
        let clock = app.clock();
        state.page.with(|page| {
            let row = row_at(page, at)?;
            Some(day_start(row, clock))
        })?
    });
    let shown = move || top.get().map(|day| view! { <DayHeader day is_band=true/> });
    view! { {shown} }
}

#[component(transparent)]
pub fn Rows(state: TableState) -> Node {
    let app = use_app();
    let top = Memo::new(move |_| state.position.get() as u64);
    let n_lines = Memo::new(move |_| {
        let scroll = state.scroll.get();
        (scroll.view_px / scroll.row_px).ceil() as u64 + 2
    });
    let lines = Memo::new(move |_| {
        let (from, clock) = (top.get(), app.clock());
        let to = (from + n_lines.get()).min(state.scroll.get().n_rows);
        let has_days = state.has_days.get();
        let mut day_before = None;
        let mut lines = Vec::new();
        state.page.answer.with(|page| {
            for at in from..to {
                let Some(row) = page.as_deref().and_then(|page| row_at(page, at)) else {
                    lines.push(Line::Missing(at));
                    continue;
                };
                let day = day_start(row, clock);
                if has_days && day_before.is_some_and(|before| before != day) {
                    lines.push(Line::Day(day));
                }
                day_before = Some(day);
                lines.push(Line::Event(at, row.row));
            }
        });
        lines
    });
    // Scrolling past the last row of a day moves past the next day's header too.
    let offset_px = move || {
        let part = state.position.get().fract();
        let has_header = lines.with(|lines| matches!(lines.get(1), Some(Line::Day(_))));
        let step = state.scroll.get().row_px + if has_header { DAY_PX } else { 0.0 };
        part * step
    };
    Effect::new(move |_| {
        let n = lines.with(|lines| {
            lines
                .iter()
                .filter(|line| matches!(line, Line::Day(_)))
                .count()
        });
        if state.n_headers.get_untracked() != n {
            state.n_headers.set(n);
        }
    });
    view! {
        <div class="table-rows" role="rowgroup">
            <div class="table-shift" role="presentation" style:transform=move || format!("translateY({:.1}px)", -offset_px())>
                <For each=move || lines.get() key=line_key let:line>
                    {match line {
                        Line::Day(day) => view! { <DayHeader day is_band=false/> },
                        Line::Event(at, _) => row_of(state, at),
                        Line::Missing(_) => missing(),
                    }}
                </For>
            </div>
        </div>
    }
}

/// The list keeps places alone: a row is copied out of the page when it comes into sight, not in every frame.
fn row_of(state: TableState, at: u64) -> Node {
    let row = state
        .page
        .answer
        .with_untracked(|page| row_at(page.as_deref()?, at).cloned());
    match row {
        Some(row) => view! { <Row state at row/> },
        None => missing(),
    }
}

fn missing() -> Node {
    view! { <div class="row is-missing" role="presentation"><span class="row-bar"></span></div> }
}

#[component(transparent)]
fn Row(state: TableState, at: u64, row: RowView) -> Node {
    let app = use_app();
    let id = row.row;
    let is_selected = Memo::new(move |_| {
        app.selection
            .with(|selection| selection.as_ref().is_some_and(|s| s.row == id))
    });
    let open = move |_| {
        app.select(id, Some(at));
        app.detail_open.set(true);
    };
    let content = move || {
        if state.is_phone.get() {
            return phone_content(app, &row).into_node();
        }
        let (clock, has_days) = (app.clock(), state.has_days.get());
        let cells = state.columns.get().into_iter();
        cells
            .map(|column: Column| cell(app, &row, column, clock, has_days))
            .collect::<Node>()
            .into_node()
    };
    view! {
        <div class="row" role="row" data-row=id.0.to_string() id=row_id(id) class:is-selected=is_selected
            aria-rowindex=(at + 2).to_string() aria-selected=move || is_selected.get().to_string() on:click=open>
            {content}
        </div>
    }
}

/// Two lines, as a phone shows an event.
fn phone_content(app: App, row: &RowView) -> Node {
    let clock = app.clock();
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

/// A row stays the same element while it scrolls.
fn line_key(line: &Line) -> (u8, i64, u64) {
    match line {
        Line::Day(day) => (0, day.map_or(i64::MIN, Timestamp::nanos), 0),
        Line::Event(at, row) => (1, i64::from(row.0), *at),
        Line::Missing(at) => (2, *at as i64, 0),
    }
}
