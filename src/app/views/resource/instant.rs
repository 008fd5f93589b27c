//! The instant that the values beside the tracks are of: under the pointer, where the arrow keys stand in the tracks, or
//! held by its handle on the axis; else none, which is now.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::screen::life as life_words;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Timestamp;
use reading::decimal;

use super::life::Life;
use super::life::Part;
use super::life::use_life;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::NodeRef;

impl Life {
    /// `None`: now.
    pub fn instant(self) -> Option<Timestamp> {
        let pointer = self.pointer.get().filter(|of| of.part == Part::Tracks);
        match (pointer, self.cursor.get()) {
            (Some(pointer), _) => Some(self.scale()?.time_from_px(pointer.x)),
            (None, Some((track, span))) if self.has_focus.get() => {
                let from = self
                    .asked
                    .with(|page| Some(page.tracks.get(track)?.spans.get(span)?.from))??;
                // One that began before the record is told of where the picture begins.
                from.or_else(|| Some(self.scale()?.from()))
            }
            _ => self.held.get(),
        }
    }

    /// The next event's time before or after an instant.
    fn event_from(self, at: Timestamp, is_later: bool) -> Option<Timestamp> {
        let next = |times: &mut dyn Iterator<Item = Timestamp>| match is_later {
            true => times.filter(|time| *time > at).min(),
            false => times.filter(|time| *time < at).max(),
        };
        self.asked
            .with(|page| next(&mut page.events.iter().filter_map(|mark| mark.at)))
            .flatten()
    }
}

/// The handle on the axis: arrows move it, Page up and Page down go from event to event, Escape goes back to now.
#[component(transparent)]
pub fn InstantHandle() -> Node {
    let life = use_life();
    let node = NodeRef::<html::Div>::new();
    let hold = move |at: Timestamp| {
        let window = untrack(|| life.window());
        let kept = window.map_or(at, |window| at.max(window.from()).min(window.to()));
        life.held.set(Some(kept));
    };
    let on_down = move |event: ev::PointerEvent| {
        let scale = untrack(|| life.scale());
        let (Some(node), Some(scale)) = (node.get_untracked(), scale) else {
            return;
        };
        let x = f64::from(event.client_x()) - node.get_bounding_client_rect().left();
        hold(scale.time_from_px(x));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(window) = untrack(|| life.window()) else {
            return;
        };
        let now = life.held.get_untracked().unwrap_or(window.to());
        let step = window.nanos() / if event.shift_key() { 20 } else { 200 };
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => Some(now.plus_nanos(-step)),
            "ArrowRight" | "ArrowUp" => Some(now.plus_nanos(step)),
            "Home" => Some(window.from()),
            "End" => Some(window.to()),
            "PageUp" => untrack(|| life.event_from(now, true)),
            "PageDown" => untrack(|| life.event_from(now, false)),
            "Escape" if life.held.get_untracked().is_some() => {
                life.held.set(None);
                None
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(next) = next {
            hold(next);
        }
    };
    let x = move || {
        let scale = life.scale()?;
        Some(
            life.held
                .get()
                .map_or(scale.width_px(), |at| scale.px_within(at, 0.0)),
        )
    };
    let share = move || {
        let (x, scale) = (x()?, life.scale()?);
        Some(decimal::rounded(x / scale.width_px() * 100.0, 1))
    };
    let said = move || match life.held.get() {
        None => "now".to_owned(),
        Some(at) => {
            let clock = life.app.clock();
            let offset = words::offset(at, clock);
            format!("{} {offset}", life_words::full_stamp(at, clock))
        }
    };
    view! {
        <div class="life-instant-area" node_ref=node on:pointerdown=on_down>
            <span class="life-instant" class:is-held=move || life.held.get().is_some() style:left=move || x().map(px)
                role="slider" tabindex="0" aria-label="Instant of the values"
                title="The values beside the tracks are of this instant. Escape: now."
                aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || share().unwrap_or_else(|| "100".into())
                aria-valuetext=said on:keydown=on_key></span>
        </div>
    }
}
