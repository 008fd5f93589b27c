//! The foot of the page: the keys that act here, and how much is held. A view adds its own words through
//! [`crate::state::App::status`].

use leptos::prelude::*;
use lifeline::screen::words;

use crate::dom::Node;
use crate::dom::view;
use crate::state::use_app;
use crate::widgets::key_cap::KeyCap;

#[component(transparent)]
pub fn StatusBar() -> Node {
    let app = use_app();
    let held = move || {
        words::counted(
            app.totals.with(|totals| totals.events),
            "event held in this tab",
            "events held in this tab",
        )
    };
    let keys = move || {
        app.status_keys.with(|keys| {
            keys.iter()
                .map(|(caps, what)| {
                    view! {
                        <span class="status-key">
                            {caps.split(' ').map(|cap| view! { <KeyCap key=cap/> }).collect::<Node>()}
                            {*what}
                        </span>
                    }
                })
                .collect::<Node>()
        })
    };
    let own = move || {
        let own = app.status.get();
        (!own.is_empty()).then(|| format!("{own} · "))
    };
    view! {
        <footer class="status-bar">
            <div class="status-keys" aria-hidden="true">{keys}</div>
            <div class="status-words cut">{own} {held}</div>
        </footer>
    }
}
