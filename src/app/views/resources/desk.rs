//! What the fleet shows and how keys change it: the instant T, the order, the rows in sight, the cursor.

use std::cell::Cell;

use leptos::html;
use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Column;
use lifeline::protocol::Fleet;
use lifeline::protocol::FleetSort;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::screen::keys::Act;
use lifeline::screen::rows::RowScroll;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::size::use_phone;

/// Rows are asked for in blocks, so that small steps ask for nothing new.
const BLOCK: u64 = 48;
pub const ROW_PX: f64 = 32.0;
pub const ROW_PHONE_PX: f64 = 56.0;

/// Shared by the parts of the fleet. `Copy`.
#[derive(Clone, Copy)]
pub struct Desk {
    pub app: App,
    /// The row that the keys stand on.
    pub cursor: RwSignal<Option<u32>>,
    /// The row at the top edge, with a fraction.
    pub position: RwSignal<f64>,
    pub scroll_px: RwSignal<f64>,
    pub view_px: RwSignal<f64>,
    pub is_phone: Signal<bool>,
    /// T, resolved: as chosen, else the end of the range, else the last event held.
    pub at: Memo<Option<Timestamp>>,
    /// The time that the life strips show.
    pub strip: Memo<Option<TimeRange>>,
    pub asked: Asked<Fleet>,
    pub lists_unrecorded: RwSignal<bool>,
    pub scroller: NodeRef<html::Div>,
}

thread_local! {
    /// Where the reader stood before opening a resource.
    static LEFT_AT: Cell<(f64, Option<u32>)> = const { Cell::new((0.0, None)) };
}

impl Desk {
    pub fn new() -> Self {
        let app = use_app();
        let (position, cursor) = LEFT_AT.get();
        let (position, cursor) = (RwSignal::new(position), RwSignal::new(cursor));
        let view_px = RwSignal::new(640.0);
        let is_phone = use_phone();
        let at = Memo::new(move |_| app.instant());
        let strip = Memo::new(move |_| app.domain());
        let total = RwSignal::new(0);
        let window = Memo::new(move |_| {
            let list = row_scroll(total.get(), view_px.get(), is_phone.get());
            list.window(position.get(), BLOCK)
        });
        let asked = use_answer(
            move || {
                let (first, count) = window.get();
                let order = app.fleet_order.get();
                Some(Question::Fleet {
                    filter: app.filter_of_range(),
                    at: at.get()?,
                    strip: strip.get()?,
                    include_ended: app.include_ended.get(),
                    sort: order.by,
                    descending: order.descending,
                    find: app.find.get().trim().to_owned(),
                    first: u32::try_from(first).unwrap_or(u32::MAX),
                    count,
                })
            },
            |answer| match answer {
                Answer::Fleet(fleet) => Some(fleet),
                _ => None,
            },
        );
        Effect::new(move |_| {
            if let Some(now) = asked.with(|fleet| fleet.total)
                && total.get_untracked() != now
            {
                total.set(now);
            }
        });
        on_cleanup(move || {
            LEFT_AT.set((position.get_untracked(), cursor.get_untracked()));
        });
        Desk {
            app,
            cursor,
            position,
            scroll_px: RwSignal::new(0.0),
            view_px,
            is_phone,
            at,
            strip,
            asked,
            lists_unrecorded: RwSignal::new(false),
            scroller: NodeRef::new(),
        }
    }

    pub fn row_px(self) -> f64 {
        row_px(self.is_phone.get())
    }

    /// The list as a whole.
    pub fn list(self) -> RowScroll {
        let total = self.asked.with(|fleet| fleet.total).unwrap_or(0);
        row_scroll(total, self.view_px.get(), self.is_phone.get())
    }

    /// Where row `first` stands in what scrolls.
    pub fn top_of(self, first: u32) -> f64 {
        self.scroll_px.get() + (f64::from(first) - self.position.get()) * self.row_px()
    }

    /// Moves the cursor and keeps it in sight.
    pub fn walk(self, by: i64) {
        let total = untrack(|| self.asked.with(|fleet| fleet.total));
        let Some(last) = total.and_then(|total| total.checked_sub(1)) else {
            return;
        };
        let next = match self.cursor.get_untracked() {
            Some(row) => (i64::from(row) + by).clamp(0, i64::from(last)),
            None => self.position.get_untracked().ceil() as i64,
        };
        let next = u32::try_from(next).unwrap_or(0).min(last);
        self.cursor.set(Some(next));
        let list = untrack(|| self.list());
        let position = list.reveal(self.position.get_untracked(), u64::from(next));
        self.scroll_to(position);
    }

    pub fn scroll_to(self, position: f64) {
        if position == self.position.get_untracked() {
            return;
        }
        let px = untrack(|| self.list()).scroll_for(position);
        self.position.set(position);
        self.scroll_px.set(px);
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(px.round() as i32);
        }
    }

    /// The scroll bar or a wheel moved.
    pub fn scrolled(self) {
        let Some(scroller) = self.scroller.get_untracked() else {
            return;
        };
        let now = f64::from(scroller.scroll_top());
        let last = self.scroll_px.get_untracked();
        if (now - last).abs() < 0.75 {
            return;
        }
        let list = untrack(|| self.list());
        let position = list.step(self.position.get_untracked(), last, now);
        self.scroll_px.set(now);
        self.position.set(position);
    }

    pub fn open(self, row: u32) {
        let named = untrack(|| {
            self.asked.with(|fleet| {
                let place = row.checked_sub(fleet.first)? as usize;
                let head = &fleet.rows.get(place)?.head;
                Some((head.id.clone(), head.kind))
            })
        });
        if let Some((id, kind)) = named.flatten() {
            self.cursor.set(Some(row));
            self.app.open_resource(id, Some(kind));
        }
    }

    /// Sorts by a column, or turns its order round.
    pub fn sort_by(self, sort: FleetSort) {
        self.app.fleet_order.update(|order| {
            order.descending = match order.by == sort {
                true => !order.descending,
                // The newest change is what one looks for, and most findings.
                false => matches!(sort, FleetSort::LastChange | FleetSort::Findings),
            };
            order.by = sort;
        });
        self.cursor.set(None);
        self.scroll_to(0.0);
    }

    /// T moves to the next event that matches the query, or the one before.
    pub fn step(self, backward: bool) {
        let Some(at) = self.at.get_untracked() else {
            return;
        };
        let range = match backward {
            true => TimeRange::new(Timestamp::MIN, at),
            false => TimeRange::new(at.plus_nanos(1), Timestamp::MAX),
        };
        let mut filter = untrack(|| self.app.filter_of_range());
        filter.range = range;
        let question = Question::Page {
            filter,
            order: Order {
                by: Column::Time,
                ascending: !backward,
            },
            first: 0,
            count: 1,
        };
        self.app.ask(question, move |(_, result)| {
            let next = match result {
                Ok(Answer::Page(page)) => page.rows.first().and_then(|row| row.time),
                _ => None,
            };
            match next {
                Some(next) => self.app.at.set(Some(next)),
                None => self.app.say(match backward {
                    true => "No event that matches is recorded before T.",
                    false => "No event that matches is recorded after T.",
                }),
            }
        });
    }

    /// What a key does here; `false` if nothing.
    pub fn act(self, act: Act) -> bool {
        if self.lists_unrecorded.get_untracked() {
            return false;
        }
        match act {
            Act::Down => self.walk(1),
            Act::Up => self.walk(-1),
            Act::Open => match self.cursor.get_untracked() {
                Some(row) => self.open(row),
                None => return false,
            },
            Act::PanLeft => self.step(true),
            Act::PanRight => self.step(false),
            Act::Back if !self.app.find.with_untracked(String::is_empty) => {
                self.app.find.set(String::new());
            }
            Act::Back if self.cursor.get_untracked().is_some() => self.cursor.set(None),
            _ => return false,
        }
        true
    }
}

pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

fn row_px(is_phone: bool) -> f64 {
    match is_phone {
        true => ROW_PHONE_PX,
        false => ROW_PX,
    }
}

fn row_scroll(total: u32, view_px: f64, is_phone: bool) -> RowScroll {
    RowScroll {
        n_rows: u64::from(total),
        row_px: row_px(is_phone),
        view_px,
        extra_px: 0.0,
    }
}
