//! What the timeline shows and how gestures change it. The window is the page's brush; while a gesture is under way a
//! draft stands in for it, so that the picture follows the hand and the address, the histogram and the worker follow
//! the picture.

use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::pinned::MOST_PINNED;
use lifeline::protocol::RowId;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::size::use_phone;

/// Lanes are asked for at most this often during a gesture.
const ASK_EVERY: Duration = Duration::from_millis(90);
/// A gesture has ended when nothing moved for so long.
const REST: Duration = Duration::from_millis(220);

/// Where the pointer is on the chart, in pixels from its top left.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pointer {
    pub x: f64,
    pub y: f64,
}

/// Where the arrow keys stand.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cursor {
    pub lane: u32,
    pub at: Timestamp,
    /// `None` until the lane's marks are here: then the nearest in time.
    pub row: Option<RowId>,
}

/// Shared by the parts of the timeline. `Copy`.
#[derive(Clone, Copy)]
pub struct Stage {
    pub app: App,
    pub is_phone: Signal<bool>,
    /// The chart's width in pixels; zero until it is laid out.
    pub width: RwSignal<f64>,
    /// How far the lanes are scrolled, and through what height they are seen.
    pub scroll: RwSignal<f64>,
    pub view_px: RwSignal<f64>,
    /// The element that scrolls them.
    pub scroller: NodeRef<html::Div>,
    pub pointer: RwSignal<Option<Pointer>>,
    pub cursor: RwSignal<Option<Cursor>>,
    /// What is shown of time before and after the zeros of aligned lanes, which stand at 1970 there.
    pub relative: RwSignal<TimeRange>,
    /// The event whose correlation is drawn.
    pub joined: RwSignal<Option<RowId>>,
    /// The element that takes the arrow keys, and whether it has the focus.
    pub chart: NodeRef<html::Div>,
    pub has_focus: RwSignal<bool>,
    /// Looking for the lane of the chosen event.
    pub reveal_slot: u32,
    draft: RwSignal<Option<TimeRange>>,
    asked: RwSignal<Option<TimeRange>>,
    timers: StoredValue<Timers>,
}

#[derive(Default)]
struct Timers {
    ask: Option<TimeoutHandle>,
    rest: Option<TimeoutHandle>,
}

impl Stage {
    pub fn new() -> Self {
        let app = use_app();
        let stage = Stage {
            app,
            reveal_slot: app.new_slot(),
            is_phone: use_phone(),
            width: RwSignal::new(0.0),
            scroll: RwSignal::new(0.0),
            view_px: RwSignal::new(0.0),
            scroller: NodeRef::new(),
            pointer: RwSignal::new(None),
            cursor: RwSignal::new(None),
            relative: RwSignal::new(hours_about_zero()),
            joined: RwSignal::new(None),
            chart: NodeRef::new(),
            has_focus: RwSignal::new(false),
            draft: RwSignal::new(None),
            asked: RwSignal::new(None),
            timers: StoredValue::new(Timers::default()),
        };
        on_cleanup(move || {
            stage.stop_timers();
            app.forget(stage.reveal_slot);
        });
        stage
    }

    /// The time that is drawn. `None`: nothing is held.
    pub fn window(self) -> Option<TimeRange> {
        self.draft.get().or_else(|| self.settled_window())
    }

    /// The time that lanes are asked for: follows a gesture with some delay.
    pub fn asked_window(self) -> Option<TimeRange> {
        self.asked.get().or_else(|| self.settled_window())
    }

    fn settled_window(self) -> Option<TimeRange> {
        self.app.brush.get().or_else(|| self.fit_window())
    }

    /// All that there is: the chosen range as it is, or everything held with a little air.
    pub fn fit_window(self) -> Option<TimeRange> {
        let domain = self.app.domain()?;
        match self.app.whole_range() {
            Some(range) => Some(range),
            None => Some(TimeScale::fitting(domain, 1.0).window()),
        }
    }

    pub fn scale(self) -> Option<TimeScale> {
        let width = self.width.get();
        (width >= 1.0).then_some(())?;
        self.window().map(|window| TimeScale::new(window, width))
    }

    /// Draws another window now; brush and address follow when the gesture rests.
    pub fn show(self, scale: TimeScale) {
        let scale = match untrack(|| self.app.domain()) {
            Some(domain) => scale.kept_near(domain),
            None => scale,
        };
        self.draft.set(Some(scale.window()));
        self.timers.update_value(|timers| {
            if timers.ask.is_none() {
                let ask = move || {
                    self.timers.try_update_value(|timers| timers.ask = None);
                    let draft = self.draft.try_get_untracked().flatten();
                    self.asked.set(draft);
                };
                timers.ask = set_timeout_with_handle(ask, ASK_EVERY).ok();
            }
            if let Some(rest) = timers.rest.take() {
                rest.clear();
            }
            timers.rest = set_timeout_with_handle(move || self.settle(), REST).ok();
        });
    }

    /// The gesture is over: the window becomes the page's.
    pub fn settle(self) {
        self.stop_timers();
        if let Some(window) = self.draft.try_get_untracked().flatten() {
            let is_all = untrack(|| self.fit_window()) == Some(window);
            self.app.brush.set((!is_all).then_some(window));
            self.draft.set(None);
            self.asked.set(None);
        }
    }

    /// Two lanes are laid over each other.
    pub fn is_aligned(self) -> bool {
        self.app.aligned.with(|aligned| aligned.len() > 1)
    }

    /// Shows all there is; of aligned lanes, the hours about their zeros.
    pub fn fit(self) {
        if untrack(|| self.is_aligned()) {
            return self.relative.set(hours_about_zero());
        }
        self.stop_timers();
        self.draft.set(None);
        self.asked.set(None);
        self.app.brush.set(None);
    }

    /// Zooms by `factor` (below 1: in) about a pixel, or about the pointer, the cursor or the middle.
    pub fn zoom(self, about_px: Option<f64>, factor: f64) {
        if untrack(|| self.is_aligned()) {
            let scale = TimeScale::new(self.relative.get_untracked(), 1000.0);
            return self.relative.set(scale.zoomed_at(500.0, factor).window());
        }
        let Some(scale) = untrack(|| self.scale()) else {
            return;
        };
        let about = about_px.unwrap_or_else(|| {
            let cursor = self.cursor.get_untracked().map(|c| scale.px(c.at));
            self.pointer
                .get_untracked()
                .map(|pointer| pointer.x)
                .or(cursor.filter(|x| (0.0..=scale.width_px()).contains(x)))
                .unwrap_or(scale.width_px() / 2.0)
        });
        self.show(scale.zoomed_at(about, factor));
    }

    /// Moves the window by a share of its width; positive shows later times.
    pub fn pan(self, share: f64) {
        if untrack(|| self.is_aligned()) {
            let scale = TimeScale::new(self.relative.get_untracked(), 1000.0);
            let panned = scale.panned_px(-share * 1000.0);
            return self.relative.set(panned.window());
        }
        if let Some(scale) = untrack(|| self.scale()) {
            self.show(scale.panned_px(-share * scale.width_px()));
        }
    }

    /// Pins a lane under the axis, or takes it away from there.
    pub fn toggle_pin(self, key: &str) {
        let pinned = self.app.pinned;
        let (is_pinned, n) = pinned.with_untracked(|pinned| {
            let is_pinned = pinned.iter().any(|pinned| pinned == key);
            (is_pinned, pinned.len())
        });
        if !is_pinned && n >= MOST_PINNED {
            let words = format!("{MOST_PINNED} lanes are pinned already: unpin one first.");
            return self.app.say(words);
        }
        pinned.update(|pinned| match is_pinned {
            true => pinned.retain(|pinned| pinned != key),
            false => pinned.push(key.to_owned()),
        });
    }

    /// Shows the rows from so many pixels on.
    pub fn scroll_to(self, top: f64) {
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(top.round() as i32);
        }
    }

    /// Untracked.
    pub fn row_px_now(self) -> f64 {
        untrack(|| self.row_px())
    }

    pub fn row_px(self) -> f64 {
        match self.is_phone.get() {
            true => lifeline::chart::lane_rows::ROW_PX_PHONE,
            false => lifeline::chart::lane_rows::ROW_PX,
        }
    }

    fn stop_timers(self) {
        self.timers.try_update_value(|timers| {
            for timer in [timers.ask.take(), timers.rest.take()]
                .into_iter()
                .flatten()
            {
                timer.clear();
            }
        });
    }
}

/// From two hours before to two hours after.
fn hours_about_zero() -> TimeRange {
    const HOURS: i64 = 2 * 3600;
    let (from, to) = (Timestamp::from_secs(-HOURS), Timestamp::from_secs(HOURS));
    TimeRange::new(from, to).unwrap_or(TimeRange::ALL)
}

pub fn use_stage() -> Stage {
    expect_context::<Stage>()
}
