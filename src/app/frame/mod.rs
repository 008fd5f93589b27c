//! What stands around every view: top bar, sources, histogram, tabs, status.

mod status_bar;
mod tabs;

use leptos::prelude::*;
use lifeline::link::View;

use crate::state::EngineState;
use crate::state::use_app;
use crate::views::Events;
use crate::views::Resource;
use crate::views::Resources;
use crate::views::Timeline;
use crate::widgets::toast::Toast;
use status_bar::StatusBar;
use tabs::Tabs;

#[component]
pub fn Frame() -> impl IntoView {
    let app = use_app();
    let engine = move || match app.engine_state.get() {
        EngineState::Starting => "starting",
        EngineState::Ready => "ready",
        EngineState::Stale => "stale",
        EngineState::Failed(_) => "failed",
    };
    let shown = move || match app.view.get() {
        View::Events => view! { <Events/> }.into_any(),
        View::Timeline => view! { <Timeline/> }.into_any(),
        View::Resources => view! { <Resources/> }.into_any(),
        View::Resource => view! { <Resource/> }.into_any(),
    };
    view! {
        <div id="app" class="frame" data-engine=engine>
            <Tabs/>
            <main class="view" id="view" tabindex="-1">{shown}</main>
            <StatusBar/>
            <Toast words=app.toast/>
        </div>
    }
}
