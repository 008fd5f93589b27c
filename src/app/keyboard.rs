//! Keys for the whole page. A text field keeps its letters; what the page doesn't know goes to the view.

use leptos::ev;
use leptos::prelude::*;
use lifeline::screen::keys::Act;
use lifeline::screen::keys::act_of;
use lifeline::screen::keys::is_single;
use lifeline::time::Zone;
use wasm_bindgen::JsCast;

use crate::frame::search::SEARCH_ID;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::Sheet;
use crate::state::TABS;

/// Follows the keyboard for as long as the page lives.
pub fn follow(app: App) {
    let after_g = StoredValue::new(false);
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || event.alt_key() {
            return;
        }
        let pressed = event.key();
        let has_control = event.ctrl_key() || event.meta_key();
        let place = Place::of(&event);
        // A dialog has keys of its own; it closes itself on Escape.
        match app.sheet.get_untracked() {
            Some(Sheet::Facets) if pressed == "Escape" => {
                app.sheet.set(None);
                return;
            }
            Some(Sheet::Facets) | None => {}
            Some(_) => return,
        }
        if !has_control
            && (place == Place::Text || is_single(&pressed) && !app.single_keys.get_untracked())
        {
            return;
        }
        if place == Place::Button && matches!(pressed.as_str(), "Enter" | " ") {
            return;
        }
        let was_g = after_g.get_value();
        after_g.set_value(false);
        if pressed == "g" && !was_g && !has_control {
            after_g.set_value(true);
            event.prevent_default();
            return;
        }
        let Some(act) = act_of(&pressed, has_control, was_g) else {
            return;
        };
        if app.act(act) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

impl App {
    /// Does what a key or the palette asks for; `false` if nothing here knows it.
    pub fn act(self, act: Act) -> bool {
        match act {
            Act::Search => focus_search(),
            Act::Keys => self.sheet.set(Some(Sheet::Keys)),
            Act::Palette => self.sheet.set(Some(Sheet::Palette)),
            Act::Show(view) if TABS.contains(&view) => self.view.set(view),
            Act::Show(_) => return false,
            Act::ToggleZone => self.zone.update(|zone| {
                *zone = match zone {
                    Zone::Utc => Zone::Local,
                    Zone::Local => Zone::Utc,
                }
            }),
            other => {
                let answer = self.view_acts.get_untracked();
                return answer.is_some_and(|answer| answer.run(other)) || self.act_on_time(other);
            }
        }
        true
    }

    /// Zoom, pan and fit, where the view has no window of its own: they move the range.
    fn act_on_time(self, act: Act) -> bool {
        use lifeline::link::RangeChoice;
        use lifeline::time::TimeRange;
        let Some(domain) = untrack(|| self.domain()) else {
            return false;
        };
        let nanos = domain.nanos();
        let moved = match act {
            Act::Fit => {
                self.choose_range(RangeChoice::All);
                return true;
            }
            Act::Back if self.brush.get_untracked().is_some() => {
                self.brush.set(None);
                return true;
            }
            Act::ZoomIn => (nanos / 4, -nanos / 4),
            Act::ZoomOut => (-nanos / 2, nanos / 2),
            Act::PanLeft => (-nanos / 4, -nanos / 4),
            Act::PanRight => (nanos / 4, nanos / 4),
            _ => return false,
        };
        let range = TimeRange::new(
            domain.from().plus_nanos(moved.0),
            domain.to().plus_nanos(moved.1),
        );
        match range.filter(|range| range.nanos() > 1_000_000) {
            Some(range) => self.choose_range(RangeChoice::Absolute(range)),
            None => return false,
        }
        true
    }
}

pub fn focus_search() {
    let input = document()
        .get_element_by_id(SEARCH_ID)
        .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = input {
        let _ = input.focus();
        input.select();
    }
}

/// Where a key was pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Button,
    Elsewhere,
}

impl Place {
    fn of(event: &ev::KeyboardEvent) -> Place {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(element) = target else {
            return Place::Elsewhere;
        };
        match element.tag_name().as_str() {
            "INPUT" => match element.get_attribute("type").as_deref() {
                Some("checkbox" | "radio" | "file" | "button") => Place::Button,
                _ => Place::Text,
            },
            "TEXTAREA" | "SELECT" => Place::Text,
            "BUTTON" | "A" | "SUMMARY" => Place::Button,
            _ if element.get_attribute("role").as_deref() == Some("slider") => Place::Text,
            _ => Place::Elsewhere,
        }
    }
}
