//! What stands around every view: top bar, sources, histogram, tabs, status.

pub mod brush;
mod completion;
pub mod counts;
mod histogram;
mod instant_handle;
pub mod more_menu;
mod notices;
mod range_menu;
pub mod search;
mod search_problem;
mod sheets;
mod sources_row;
mod status_bar;
mod tabs;
mod top_bar;

use std::time::Duration;

use leptos::prelude::*;
use lifeline::link::View;

use crate::dom::Node;
use crate::dom::view;
use crate::files;
use crate::rest::rarely;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::state::Configured;
use crate::state::EngineState;
use crate::state::use_app;
use crate::views::Events;
use crate::views::Resource;
use crate::views::Resources;
use crate::views::Timeline;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::toast::Toast;
use counts::Counts;
use histogram::Histogram;
use notices::EngineNotice;
use notices::LinkedFilesNotice;
use notices::NothingOpen;
use sheets::Sheets;
use sources_row::SourcesRow;
use status_bar::StatusBar;
use tabs::Tabs;
use top_bar::TopBar;

#[component(transparent)]
pub fn Frame() -> Node {
    let app = use_app();
    provide_context(Counts::ask());
    let is_over = RwSignal::new(false);
    files::accept_drops(app, is_over);
    let engine = move || match app.engine_state.get() {
        EngineState::Starting => "starting",
        EngineState::Ready => "ready",
        EngineState::Failed(_) => "failed",
    };
    // One resource's page carries an axis of its own.
    let has_histogram = Memo::new(move |_| app.view.get() != View::Resource);
    // The sources of a configuration follow it with the next news.
    let is_empty = Memo::new(move |_| {
        let is_known = |configured: &Option<Configured>| {
            let configured = configured.as_ref();
            configured.is_some_and(|c| c.problem.is_some() || app.generation.get() > 0)
        };
        app.sources.with(Vec::is_empty) && app.configured.with(is_known)
    });
    // Whoever says the same view again, as Back does, leaves it standing.
    let view = Memo::new(move |_| app.view.get());
    // In a task of its own: the frame is up, and the worker on its way, before the view is made.
    let is_up = RwSignal::new(false);
    set_timeout(move || is_up.set(true), Duration::ZERO);
    let shown = move || {
        if !is_up.get() {
            return Node::nothing();
        }
        if is_empty.get() {
            return view! { <NothingOpen/> };
        }
        match view.get() {
            View::Events => view! { <Events/> },
            View::Timeline => rarely(|| view! { <Timeline/> }),
            View::Resources => rarely(|| view! { <Resources/> }),
            View::Resource => rarely(|| view! { <Resource/> }),
        }
    };
    view! {
        <div id="app" class="frame" data-engine=engine>
            <TopBar/>
            <EngineNotice/>
            <Show when=move || !is_empty.get()>
                <LinkedFilesNotice/>
                <SourcesRow/>
                <Show when=move || has_histogram.get()><Histogram/></Show>
            </Show>
            <Tabs/>
            <main class="view" id="view" tabindex="-1">{shown}</main>
            <StatusBar/>
            <Sheets/>
            <Toast words=app.toast/>
            <Show when=move || is_over.get()>
                <div class="drop-over">
                    <p class="drop-words"><Icon glyph=Glyph::Folder/>"Drop files or folders to open them. They stay on this computer."</p>
                </div>
            </Show>
        </div>
    }
}
