//! Colours for a canvas: read from the style sheet's tokens, or the system's own where the reader forces colours.

use std::collections::HashMap;

use leptos::prelude::*;
use lifeline::chart::Ink;
use lifeline::chart::svg::Colours;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;

/// A colour for every ink, and the page's font.
#[derive(Clone, PartialEq, Debug)]
pub struct Palette {
    inks: HashMap<Ink, String>,
    pub font: String,
}

impl Palette {
    /// As the page is styled now.
    pub fn read() -> Self {
        let is_forced = matches("(forced-colors: active)");
        let style = document()
            .document_element()
            .and_then(|root| window().get_computed_style(&root).ok().flatten());
        let token = |name: &str| {
            style
                .as_ref()
                .and_then(|style| style.get_property_value(name).ok())
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let inks = Ink::ALL
            .into_iter()
            .map(|ink| {
                let colour = match is_forced {
                    true => system_colour(ink).to_owned(),
                    false => token(&format!("--{}", ink.token())).unwrap_or_else(|| "gray".into()),
                };
                (ink, colour)
            })
            .collect();
        Palette {
            inks,
            font: token("--font").unwrap_or_else(|| "system-ui, sans-serif".into()),
        }
    }

    /// Of a picture that is taken away.
    pub fn of(colours: &Colours) -> Self {
        let inks = Ink::ALL.into_iter();
        Palette {
            inks: inks
                .map(|ink| (ink, colours.colour(ink).to_owned()))
                .collect(),
            font: colours.font.clone(),
        }
    }

    pub fn colour(&self, ink: Ink) -> &str {
        self.inks.get(&ink).map_or("gray", String::as_str)
    }
}

/// The palette, read again when the theme or the system's wishes change.
pub fn use_palette() -> Signal<Palette> {
    let palette = RwSignal::new(Palette::read());
    let refresh = move || {
        // The styles of the new theme stand only after this turn.
        request_animation_frame(move || {
            palette.set(Palette::read());
        });
    };
    let mut cleanups: Vec<Box<dyn FnOnce()>> = Vec::new();
    for query in [
        "(prefers-color-scheme: dark)",
        "(forced-colors: active)",
        "(prefers-contrast: more)",
    ] {
        let Ok(Some(list)) = window().match_media(query) else {
            continue;
        };
        let on_change = Closure::<dyn Fn()>::new(refresh);
        let _ = list.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
        cleanups.push(Box::new(move || {
            let _ = list
                .remove_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
        }));
    }
    // The reader's own choice is an attribute of the root.
    let on_mutation = Closure::<dyn Fn()>::new(refresh);
    if let (Ok(observer), Some(root)) = (
        web_sys::MutationObserver::new(on_mutation.as_ref().unchecked_ref()),
        document().document_element(),
    ) {
        let options = web_sys::MutationObserverInit::new();
        options.set_attributes(true);
        let _ = observer.observe_with_options(&root, &options);
        cleanups.push(Box::new(move || {
            observer.disconnect();
            drop(on_mutation);
        }));
    }
    let cleanups = StoredValue::new(cleanups);
    on_cleanup(move || {
        let ended = cleanups.try_update_value(std::mem::take);
        for cleanup in ended.into_iter().flatten() {
            cleanup();
        }
    });
    palette.into()
}

fn matches(query: &str) -> bool {
    window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}

/// What stands for a role where the reader's system chooses the colours: shapes and lines tell states apart.
fn system_colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Surface
        | Ink::Sunken
        | Ink::HatchBg
        | Ink::OnFill
        | Ink::SuspendedFill
        | Ink::RescueFill
        | Ink::ReloadingFill
        | Ink::ValueFill
        | Ink::FailTint
        | Ink::FailGlyph => "Canvas",
        Ink::Selected | Ink::Accent | Ink::AccentSolid => "Highlight",
        Ink::AccentSolidText => "HighlightText",
        Ink::Line
        | Ink::Line2
        | Ink::Control
        | Ink::HatchLine
        | Ink::BarSuccessPale
        | Ink::BarFailurePale => "GrayText",
        _ => "CanvasText",
    }
}
