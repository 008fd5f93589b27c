//! The instant T of the fleet on the histogram: drag it, press where it should be, or step it with the arrow keys.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::within;
use lifeline::screen::words;
use lifeline::screen::words::percent;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use reading::decimal;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::histogram::Layout;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::state::use_app;

#[component(transparent)]
pub fn InstantHandle(domain: Signal<Option<TimeRange>>, layout: Memo<Layout>) -> Node {
    let app = use_app();
    let area = NodeRef::<html::Div>::new();
    let is_held = StoredValue::new(false);
    let scale = move || {
        domain
            .get()
            .map(|domain| TimeScale::new(domain, layout.get().width))
    };
    let at = move || app.instant();
    let set_px = move |client_x: i32| {
        let left = area
            .get_untracked()
            .map_or(0.0, |area| area.get_bounding_client_rect().left());
        if let Some(scale) = untrack(scale) {
            let at = scale.time_from_px(within(f64::from(client_x) - left, 0.0, scale.width_px()));
            app.at.set(Some(rounded(at, scale.nanos_per_px())));
        }
    };
    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        is_held.set_value(true);
        set_px(event.client_x());
        if let Some(area) = area.get_untracked() {
            let _ = area.set_pointer_capture(event.pointer_id());
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        if is_held.get_value() {
            set_px(event.client_x());
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(domain) = domain.get_untracked() else {
            return;
        };
        let step = domain.nanos() / if event.shift_key() { 20 } else { 200 };
        let now = untrack(at).unwrap_or(domain.to());
        let next = match event.key().as_str() {
            "ArrowLeft" => now.plus_nanos(-step),
            "ArrowRight" => now.plus_nanos(step),
            "Home" => domain.from(),
            "End" => domain.to(),
            _ => return,
        };
        event.prevent_default();
        app.at.set(Some(next.max(domain.from()).min(domain.to())));
    };
    let text = move || {
        at().map(|at| {
            let clock = app.clock();
            format!(
                "{} {}",
                words::instant_seconds(at, clock),
                words::offset(at, clock)
            )
        })
    };
    let share = move || {
        let (Some(domain), Some(at)) = (domain.get(), at()) else {
            return 0.0;
        };
        TimeScale::new(domain, 100.0).px_within(at, 0.0)
    };
    view! {
        <div class="instant-area" node_ref=area on:pointerdown=on_down on:pointermove=on_move
            on:pointerup=move |_| is_held.set_value(false) on:pointercancel=move |_| is_held.set_value(false)>
            <div class="instant" style:left=move || percent(share() / 100.0)>
                <span class="instant-grip" role="slider" tabindex="0" aria-label="Instant of the fleet"
                    aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || decimal::rounded(share(), 1)
                    aria-valuetext=text on:keydown=on_key></span>
                <span class="instant-words" class:at-end={move || share() > 80.0} aria-hidden="true">"T " {text}</span>
            </div>
        </div>
    }
}

/// To the second where a pixel is more than one, so that the time reads well.
fn rounded(at: Timestamp, nanos_per_px: f64) -> Timestamp {
    let units = [86_400, 3600, 60, 1].map(|secs: i64| secs * lifeline::time::NANOS_PER_SEC);
    let unit = units
        .into_iter()
        .find(|unit| (*unit as f64) <= nanos_per_px * 2.0);
    match unit {
        Some(unit) => Timestamp::from_nanos(at.nanos().div_euclid(unit) * unit),
        None => at,
    }
}
