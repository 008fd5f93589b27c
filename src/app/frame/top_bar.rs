//! Who this is, what is searched, which time, which clock, and what can be done with the view.

use leptos::prelude::*;
use lifeline::screen::words;
use lifeline::time::Zone;

use crate::clock;
use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::frame::more_menu::MoreMenu;
use crate::frame::range_menu::RangeMenu;
use crate::frame::search::Search;
use crate::outside;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::popover::Popover;

#[component(transparent)]
pub fn TopBar() -> Node {
    let app = use_app();
    let share = move |_| outside::copy_link(app, app.share_link());
    view! {
        <header class="top-bar">
            <Brand/>
            <Search/>
            <RangeMenu/>
            <ZoneMenu/>
            <div class="wide-only">
                <Button glyph=Glyph::Share on_click=share>"Share"</Button>
            </div>
            <MoreMenu/>
        </header>
    }
}

#[component(transparent)]
fn Brand() -> Node {
    let app = use_app();
    let title = move || {
        if app.is_local.get() {
            return Some("Your files".to_string());
        }
        app.configured
            .with(|configured| configured.as_ref()?.title.clone())
    };
    view! {
        <div class="brand">
            <svg class="brand-mark" viewBox="0 0 20 16" width="20" height="16" aria-hidden="true" focusable="false">
                <path d="M1 12.500h3.500v-9h6v9h3.5"></path>
                <circle cx="17.5" cy="12.2" r="1.7"></circle>
            </svg>
            <h1 class="brand-name">"Lifeline"</h1>
            {move || title().map(|title| view! {
                <span class="brand-slash" aria-hidden="true">"/"</span>
                <span class="brand-title cut" title=title.clone()>{title.clone()}</span>
            })}
            {move || app.is_demo().then(|| view! { <span class="badge is-demo">"Demo data"</span> })}
        </div>
    }
}

/// UTC or the reader's own zone; the offset is that of now.
#[component(transparent)]
fn ZoneMenu() -> Node {
    let app = use_app();
    let open = RwSignal::new(false);
    let name = |zone| match zone {
        Zone::Utc => "UTC",
        Zone::Local => "Local",
    };
    let offset = |zone| words::offset(clock::now(), clock::clock(zone));
    let item = move |zone: Zone, words: &'static str| {
        view! {
            <button type="button" class="menu-item" aria-pressed=move || (app.zone.get() == zone).to_string()
                on:click=move |_| { app.zone.set(zone); open.set(false); }>
                {words} <span class="quiet">{offset(zone)}</span>
            </button>
        }
    };
    view! {
        <Popover open class="button zone-button" at_end=true
            name=Signal::derive(move || format!("Time zone: {} {}", name(app.zone.get()), offset(app.zone.get())))
            trigger=ViewFn::from(move || view! {
                <Icon glyph=Glyph::Globe/>
                <span class="zone-name">{move || name(app.zone.get())}</span>
                <span class="quiet zone-offset">{move || offset(app.zone.get())}</span>
                <Icon glyph=Glyph::ChevronDown row=true/>
            })>
            {item(Zone::Utc, "UTC, as recorded")}
            {item(Zone::Local, "Local, this computer's")}
        </Popover>
    }
}
