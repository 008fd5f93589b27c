//! The virtual table, and what is said where it would be empty. Only the rows in view exist; a tall empty element gives the
//! scroll bar its length, and the rows stand in a window that sticks to the top. Which rows those are is worked out by
//! [`lifeline::screen::rows`].

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::within;
use lifeline::protocol::Answer;
use lifeline::protocol::Column;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::screen::columns;
use lifeline::screen::rows::RowScroll;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Zone;

use super::empty::Empty;
use super::rows::Rows;
use crate::dom::Node;
use crate::dom::view;
use crate::session::use_first_answer;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::size::use_size;

/// Rows are asked for in blocks of this many.
const BLOCK: u64 = 64;
pub const HEAD_PX: f64 = 28.0;
pub const DAY_PX: f64 = 24.0;

/// What the table's parts share.
#[derive(Clone, Copy)]
pub struct TableState {
    pub page: crate::session::Asked<lifeline::protocol::Page>,
    /// The row at the top edge, with a fraction.
    pub position: RwSignal<f64>,
    pub scroll: Memo<RowScroll>,
    pub columns: Memo<Vec<Column>>,
    /// Rows stand under headers of days.
    pub has_days: Memo<bool>,
    /// Two lines a row.
    pub is_phone: Memo<bool>,
    /// Headers of days among the rows in view.
    pub n_headers: RwSignal<usize>,
}

#[component(transparent)]
pub fn Table() -> Node {
    let app = use_app();
    let scroller = NodeRef::<html::Div>::new();
    let size = use_size(scroller);
    let position = RwSignal::new(0.0_f64);
    let last_px = StoredValue::new(0.0_f64);
    let n_headers = RwSignal::new(0_usize);
    let total = RwSignal::new(0_u64);
    let has_days = Memo::new(move |_| app.order.get().by == Column::Time);
    let is_phone = Memo::new(move |_| app.width_px.get() < 600.0);
    let scroll = Memo::new(move |_| {
        let head = if is_phone.get() { 0.0 } else { HEAD_PX };
        let band = if has_days.get() { DAY_PX } else { 0.0 };
        RowScroll {
            n_rows: total.get(),
            row_px: if is_phone.get() { 56.0 } else { 28.0 },
            view_px: (size.get().1 - head - band).max(28.0),
            extra_px: n_headers.get() as f64 * DAY_PX,
        }
    });
    let window = Memo::new(move |_| scroll.get().window(position.get(), BLOCK));
    let page = use_first_answer(
        move || {
            let (first, count) = window.get();
            Some(Question::Page {
                filter: app.filter(),
                order: app.order.get(),
                first,
                count,
            })
        },
        |answer| match answer {
            Answer::Page(page) => Some(page),
            _ => None,
        },
    );
    Effect::new(move |_| {
        if let Some(n) = page.with(|page| page.total)
            && total.get_untracked() != n
        {
            total.set(n);
        }
    });
    let go_to = move |to: f64| {
        let scroll = scroll.get_untracked();
        position.set(to);
        let px = scroll.scroll_for(to);
        last_px.set_value(px);
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(px.round() as i32);
        }
    };
    // Another question starts at its top.
    Effect::new(move |before: Option<(lifeline::protocol::Filter, Order)>| {
        let mut filter = app.filter();
        // Another zone shows the same events, unless the query names a date.
        if !filter.query.contains("ime:") {
            filter.zone = Zone::default();
        }
        let now = (filter, app.order.get());
        if before.is_some_and(|before| before != now) {
            go_to(0.0);
            if app
                .selection
                .with_untracked(|s| s.as_ref().is_some_and(|s| s.position.is_some()))
            {
                app.selection.update(|selection| {
                    if let Some(selection) = selection {
                        selection.position = None;
                    }
                });
            }
        }
        now
    });
    Effect::new(move |_| {
        let _ = total.get();
        if let Some(index) = app.reveal.get() {
            let scroll = scroll.get();
            if index < scroll.n_rows && size.get().1 > 0.0 {
                // A row may stand under a header: a row and a half of air.
                let view_px = scroll.view_px - DAY_PX;
                let to = RowScroll { view_px, ..scroll }.reveal(position.get_untracked(), index);
                go_to(to);
                app.reveal.set(None);
            }
        }
    });
    let on_scroll = move |_| {
        let Some(scroller) = scroller.get_untracked() else {
            return;
        };
        let now = f64::from(scroller.scroll_top());
        let last = last_px.get_value();
        if (now - last).abs() < 1.0 {
            return;
        }
        let scroll = scroll.get_untracked();
        let to = scroll.step(position.get_untracked(), last, now);
        let px = match scroll.anchor(to, now) {
            Some(px) => {
                scroller.set_scroll_top(px.round() as i32);
                px.round()
            }
            None => now,
        };
        last_px.set_value(px);
        position.set(to);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let scroll = scroll.get_untracked();
        let in_view = (scroll.view_px / scroll.row_px).floor().max(1.0);
        let at = position.get_untracked();
        let to = match event.key().as_str() {
            "PageDown" => at + in_view,
            "PageUp" => at - in_view,
            "Home" => 0.0,
            "End" => scroll.position_at(scroll.max_px()),
            _ => return,
        };
        event.prevent_default();
        go_to(within(to, 0.0, scroll.position_at(scroll.max_px())));
    };
    let shown_columns = Memo::new(move |_| app.shown_columns());
    let state = TableState {
        page,
        position,
        scroll,
        columns: shown_columns,
        has_days,
        is_phone,
        n_headers,
    };
    Effect::new(move |_| app.status.set(status(app, total.get())));
    // Only a row that is there can be named.
    let active_row = move || {
        let (scroll, top) = (scroll.get(), position.get());
        let in_view = scroll.view_px / scroll.row_px;
        app.selection.with(|selection| {
            let selection = selection.as_ref()?;
            let at = selection.position? as f64;
            (at >= top.floor() && at < top + in_view).then(|| row_id(selection.row))
        })
    };
    let is_empty = Memo::new(move |_| page.with(|page| page.total == 0).unwrap_or(true));
    let content_px = move || {
        let scroll = scroll.get();
        scroll.content_px() + size.get().1 - scroll.view_px
    };
    view! {
        <div class="table scroll" node_ref=scroller role="grid" tabindex="0" aria-label="Events"
            class:is-phone=is_phone class:is-empty=is_empty
            aria-rowcount=move || (total.get() + 1).to_string()
            aria-colcount=move || shown_columns.get().len().to_string()
            aria-activedescendant=active_row
            aria-busy=move || page.is_waiting.get().to_string()
            style:--columns=move || grid_columns(&shown_columns.get(), has_days.get())
            on:scroll=on_scroll on:keydown=on_key>
            <div class="table-length" role="presentation"
                style:min-width=move || if is_phone.get() { "0".to_owned() } else { format!("{}px", least_px(&shown_columns.get(), has_days.get())) }
                style:height=move || px(content_px())>
                <div class="table-window" role="presentation" style:height=move || px(size.get().1)>
                    <Head columns=shown_columns/>
                    <Rows state/>
                </div>
            </div>
        </div>
        <Show when=move || is_empty.get()><Empty/></Show>
    }
}

/// The column heads; a press sorts.
#[component(transparent)]
fn Head(columns: Memo<Vec<Column>>) -> Node {
    let app = use_app();
    let sort = move |column: Column| {
        app.order.update(|order| {
            *order = Order {
                by: column,
                // Times begin with the newest, everything else with A.
                ascending: if order.by == column {
                    !order.ascending
                } else {
                    column != Column::Time
                },
            };
        });
    };
    let heads = move || {
        columns
            .get()
            .into_iter()
            .map(|column| {
                let is_sorted = move || app.order.get().by == column;
                let sorted = move || match app.order.get() {
                    order if order.by != column => "none",
                    order if order.ascending => "ascending",
                    _ => "descending",
                };
                let arrow = move || {
                    is_sorted().then(|| {
                        let glyph = if app.order.get().ascending { Glyph::SortUp } else { Glyph::SortDown };
                        view! { <Icon glyph row=true/> }
                    })
                };
                view! {
                    <div class="head-cell" role="columnheader" aria-sort=sorted>
                        <button type="button" class="head-button" class:is-sorted=is_sorted on:click=move |_| sort(column)>
                            {columns::label(column)}
                            {arrow}
                        </button>
                    </div>
                }
            })
            .collect::<Node>()
    };
    view! { <div class="table-head" role="row" aria-rowindex="1">{heads}</div> }
}

/// The id of a row's element.
pub fn row_id(row: lifeline::protocol::RowId) -> String {
    format!("event-{}", row.0)
}

/// Without headers of days, the time says its day too.
const LONG_TIME_PX: u32 = 270;
/// Left and right of a row.
const ROW_PADDING_PX: u32 = 24;

fn grid_columns(shown: &[Column], has_days: bool) -> String {
    let tracks: Vec<String> = shown
        .iter()
        .map(|column| match column {
            Column::Time if !has_days => format!("{LONG_TIME_PX}px"),
            column => columns::track(*column),
        })
        .collect();
    tracks.join(" ")
}

fn least_px(shown: &[Column], has_days: bool) -> u32 {
    let widths = shown.iter().map(|column| match column {
        Column::Time if !has_days => LONG_TIME_PX,
        column => columns::least_px(*column),
    });
    widths.sum::<u32>() + ROW_PADDING_PX
}

fn status(app: App, total: u64) -> String {
    let order = app.order.get();
    let order_words = match (order.by, order.ascending) {
        (Column::Time, false) => "newest first".to_owned(),
        (Column::Time, true) => "oldest first".to_owned(),
        (column, _) => format!("by {}", columns::label(column).to_ascii_lowercase()),
    };
    let at = app.selection.with(|s| s.as_ref().and_then(|s| s.position));
    match at {
        Some(at) => format!(
            "Row {} of {} · {order_words}",
            words::count(at + 1),
            words::count(total)
        ),
        None => format!("{} · {order_words}", words::counted(total, "row", "rows")),
    }
}
