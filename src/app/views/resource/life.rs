//! What the page of one resource shows and how gestures change it. The window of time is the page's brush; while a
//! gesture is under way a draft stands in for it, so that the picture follows the hand, the address the picture.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::protocol::Answer;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::HistoryRows;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::screen::folds::Lines;
use lifeline::screen::rows::RowScroll;
use lifeline::sorting;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::size::use_phone;

/// A gesture has ended when nothing moved for so long.
const REST: Duration = Duration::from_millis(220);
pub const ROW_PX: f64 = 28.0;
/// Rows of the list beyond both edges of what is in sight.
const SPARE: u64 = 24;
/// More rows than this don't come in one answer.
const AT_ONCE: usize = 2_000;
/// So many events run down a phone's page at first, and so many more at a press.
pub const BLOCK: usize = 120;

/// Which part of the picture the pointer is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Tracks,
    Events,
}

/// Where the pointer is: in its part of the picture, and on the screen for the card.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pointer {
    pub part: Part,
    pub x: f64,
    pub y: f64,
    pub client: (f64, f64),
}

/// Shared by the parts of the page. `Copy`.
#[derive(Clone, Copy)]
pub struct Life {
    pub app: App,
    pub asked: Asked<HistoryPage>,
    /// The events in sight, in words.
    pub told: Asked<HistoryRows>,
    /// Where each event stands in the list.
    pub(super) places: Memo<Arc<HashMap<RowId, usize>>>,
    /// Rows that were unfolded, by their heads.
    pub(super) unfolded: RwSignal<Vec<RowId>>,
    /// The list as it stands, what is folded left out.
    pub lines: Memo<Arc<Lines>>,
    /// Requests and completions, by either of their events.
    pub(super) halves: Memo<Arc<Vec<(RowId, usize)>>>,
    /// The finding whose events are shown, by its key.
    pub shown_finding: RwSignal<Option<String>>,
    /// The finding that is being dismissed, and the reason as typed so far.
    pub dismissing: RwSignal<Option<(String, String)>>,
    /// How tall cards are with all their words, as far as they were drawn.
    pub card_heights: RwSignal<Vec<(String, f64)>>,
    /// Where no card stands beside the list, the findings have a panel of their own.
    pub shows_findings: RwSignal<bool>,
    pub is_phone: Signal<bool>,
    /// The chart's width in pixels; zero until it is laid out.
    pub width: RwSignal<f64>,
    pub pointer: RwSignal<Option<Pointer>>,
    /// Where the arrow keys stand: a track and a span of it.
    pub cursor: RwSignal<Option<(usize, usize)>>,
    /// The instant that its handle on the axis holds.
    pub held: RwSignal<Option<Timestamp>>,
    /// The chart has the focus.
    pub has_focus: RwSignal<bool>,
    draft: RwSignal<Option<TimeRange>>,
    rest: StoredValue<Option<TimeoutHandle>>,
    /// The list of events: the row at the top edge, with a fraction.
    pub position: RwSignal<f64>,
    pub scroll_px: RwSignal<f64>,
    pub view_px: RwSignal<f64>,
    pub list: NodeRef<html::Div>,
    /// How many events run down a phone's page.
    pub n_down: RwSignal<usize>,
    /// The event that is to be brought into sight there, by its place.
    pub goal: RwSignal<Option<usize>>,
}

impl Life {
    pub fn new() -> Self {
        let app = use_app();
        let asked = use_answer(
            move || {
                let name = app.resource.get()?;
                Some(Question::History {
                    id: name.id,
                    kind: name.kind,
                })
            },
            |answer| match answer {
                Answer::History(page) => Some(*page),
                _ => None,
            },
        );
        let places = Memo::new(move |_| {
            let places = asked.with(|page| {
                let marks = page.events.iter().enumerate();
                marks.map(|(place, mark)| (mark.row, place)).collect()
            });
            Arc::new(places.unwrap_or_default())
        });
        let is_phone = use_phone();
        let position = RwSignal::new(0.0);
        let view_px = RwSignal::new(400.0);
        let n_down = RwSignal::new(BLOCK);
        let unfolded = RwSignal::new(Vec::<RowId>::new());
        let lines = Memo::new(move |_| {
            let is_open = |page: &HistoryPage, head: usize| {
                let mark = page.events.get(head);
                mark.is_some_and(|mark| unfolded.with(|open| open.contains(&mark.row)))
            };
            let lines = asked.with(|page| {
                Lines::new(page.events.len(), &page.folds, |head| is_open(page, head))
            });
            Arc::new(lines.unwrap_or_default())
        });
        let halves = Memo::new(move |_| {
            let halves = asked.with(|page| {
                let mut halves: Vec<(RowId, usize)> = Vec::new();
                for (index, operation) in page.operations.iter().enumerate() {
                    let rows = [operation.request, operation.completion];
                    halves.extend(rows.into_iter().flatten().map(|row| (row, index)));
                }
                sorting::sort_by_key(&mut halves, |half| *half);
                halves
            });
            Arc::new(halves.unwrap_or_default())
        });
        let told = tell(app, move || match is_phone.get() {
            true => Some((0, n_down.get() as u32)),
            false => Some(asked_rows(&lines.get(), position.get(), view_px.get())),
        });
        let life = Life {
            app,
            asked,
            told,
            places,
            unfolded,
            lines,
            halves,
            shown_finding: RwSignal::default(),
            dismissing: RwSignal::default(),
            card_heights: RwSignal::default(),
            shows_findings: RwSignal::new(false),
            is_phone,
            width: RwSignal::new(0.0),
            pointer: RwSignal::new(None),
            cursor: RwSignal::new(None),
            held: RwSignal::default(),
            has_focus: RwSignal::new(false),
            draft: RwSignal::new(None),
            rest: StoredValue::new(None),
            position,
            scroll_px: RwSignal::new(0.0),
            view_px,
            list: NodeRef::new(),
            n_down,
            goal: RwSignal::default(),
        };
        // Another resource begins at its newest event.
        Effect::new(move |before: Option<()>| {
            let _ = app.resource.get();
            if before.is_some() {
                life.cursor.set(None);
                life.held.set(None);
                life.pointer.set(None);
                life.n_down.set(BLOCK);
                life.unfolded.set(Vec::new());
                life.shown_finding.set(None);
                life.dismissing.set(None);
                life.scroll_to(0.0);
            }
        });
        // What was chosen elsewhere is brought into sight.
        Effect::new(move |_| {
            let place = app
                .selection
                .with(|selection| selection.as_ref().map(|selection| selection.row))
                .and_then(|row| life.place_of(row));
            if let Some(place) = place {
                untrack(|| life.reveal(place));
            }
        });
        on_cleanup(move || life.stop());
        life
    }

    // ---- time

    /// The time that is drawn. `None`: nothing of it is dated.
    pub fn window(self) -> Option<TimeRange> {
        self.draft
            .get()
            .or_else(|| self.app.brush.get())
            .or_else(|| self.fit_window())
    }

    /// The chosen range; else from the resource's first event to the last that is held, with a little air.
    fn fit_window(self) -> Option<TimeRange> {
        if let Some(range) = self.app.whole_range() {
            return Some(range);
        }
        let first = self.asked.with(|page| page.first).flatten()?;
        let last = self.app.totals.with(|totals| totals.last)?;
        let range = TimeRange::new(first, last.max(first))?;
        Some(TimeScale::fitting(range, 1.0).window())
    }

    /// The end of the record: what is said to be so now is so then.
    pub fn end(self) -> Timestamp {
        self.app
            .totals
            .with(|totals| totals.last)
            .unwrap_or(Timestamp::MIN)
    }

    pub fn scale(self) -> Option<TimeScale> {
        let width = self.width.get();
        (width >= 1.0).then_some(())?;
        self.window().map(|window| TimeScale::new(window, width))
    }

    /// Draws another window now; the address follows when the gesture rests.
    pub fn show(self, scale: TimeScale) {
        let scale = match untrack(|| self.fit_window()) {
            Some(all) => scale.kept_near(all),
            None => scale,
        };
        self.draft.set(Some(scale.window()));
        self.stop();
        self.rest
            .set_value(set_timeout_with_handle(move || self.settle(), REST).ok());
    }

    /// The gesture is over: the window becomes the page's.
    pub fn settle(self) {
        self.stop();
        if let Some(window) = self.draft.try_get_untracked().flatten() {
            let is_all = untrack(|| self.fit_window()) == Some(window);
            self.app.brush.set((!is_all).then_some(window));
            self.draft.set(None);
        }
    }

    fn stop(self) {
        let rest = self.rest.try_update_value(Option::take).flatten();
        if let Some(rest) = rest {
            rest.clear();
        }
    }

    /// Zooms about a place, or about the middle.
    pub fn zoom(self, x_px: Option<f64>, factor: f64) {
        if let Some(scale) = untrack(|| self.scale()) {
            self.show(scale.zoomed_at(x_px.unwrap_or(scale.width_px() / 2.0), factor));
        }
    }

    /// Pans by a share of the window, to later times where it is positive.
    pub fn pan(self, share: f64) {
        if let Some(scale) = untrack(|| self.scale()) {
            self.show(scale.panned_px(-share * scale.width_px()));
        }
    }

    pub fn fit(self) {
        self.stop();
        self.draft.set(None);
        self.app.brush.set(None);
    }

    pub fn is_fit(self) -> bool {
        self.draft.get().is_none() && self.app.brush.get().is_none()
    }
}

/// The first place and how many to ask for: the rows of the lines in sight and some beyond.
fn asked_rows(lines: &Lines, position: f64, view_px: f64) -> (u32, u32) {
    // However many there are: the first are asked for before that is known.
    let (first, n) = row_scroll(u64::MAX, view_px).window(position, SPARE);
    if !lines.has_folded() {
        return (first as u32, n);
    }
    let (mut from, mut count) = lines.span(first as usize, n as usize);
    if count > AT_ONCE {
        // So much is folded away between them that those in sight alone have to do.
        let in_sight = (view_px / ROW_PX).ceil() as usize + 1;
        (from, count) = lines.span(position as usize, in_sight);
    }
    (from as u32, count.max(1) as u32)
}

pub(super) fn row_scroll(n_rows: u64, view_px: f64) -> RowScroll {
    RowScroll {
        n_rows,
        row_px: ROW_PX,
        view_px,
        extra_px: 0.0,
    }
}

/// Asks for a window of the events, given as its first place and how many.
pub fn tell(
    app: App,
    window: impl Fn() -> Option<(u32, u32)> + Send + Sync + 'static,
) -> Asked<HistoryRows> {
    use_answer(
        move || {
            let name = app.resource.get()?;
            let (first, count) = window()?;
            Some(Question::HistoryRows {
                id: name.id,
                kind: name.kind,
                first,
                count,
            })
        },
        |answer| match answer {
            Answer::HistoryRows(rows) => Some(rows),
            _ => None,
        },
    )
}

pub fn use_life() -> Life {
    expect_context::<Life>()
}
