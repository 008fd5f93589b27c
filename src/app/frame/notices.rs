//! What stands in the page's place or over it when something is amiss: the worker ended, or nothing is open yet.

use leptos::html;
use leptos::prelude::*;
use lifeline::screen::linked_files::differences;
use lifeline::screen::words;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::files;
use crate::frame::more_menu::open_demo;
use crate::signals::NodeRef;
use crate::state::EngineState;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

/// The worker ended; what is on screen stays.
#[component(transparent)]
pub fn EngineNotice() -> Node {
    let app = use_app();
    (move || match app.engine_state.get() {
        EngineState::Starting | EngineState::Ready => None,
        EngineState::Failed(reason) => Some(view! {
            <div class="banner is-fail" role="alert">
                <p><span class="strong">"The reader of events stopped. "</span>
                    {format!("{reason}. What is on screen stays, nothing new will come. Very large files may need more memory than a tab has.")}</p>
                <Button look=Look::Small glyph=Glyph::Retry on_click=move |_| app.restart()>"Start it again"</Button>
            </div>
        }),
    })
.into_node()
}

/// The link is about files on somebody's computer, and something else is open.
#[component(transparent)]
pub fn LinkedFilesNotice() -> Node {
    let app = use_app();
    (move || {
        let linked = app.wanted_files.get();
        let said: Vec<String> = match app.is_local.get() {
            false => linked
                .iter()
                .map(|file| format!("{} ({}).", file.name, words::bytes(file.size)))
                .collect(),
            true => app.files.with(|opened| differences(&linked, opened)),
        };
        let what = match app.is_local.get() {
            false => {
                "This link is about files on somebody's computer; choose the same files to see what it shows. "
            }
            true => "What is open differs from what the link is about. ",
        };
        let hide = move |_| app.wanted_files.set(Vec::new());
        (!said.is_empty()).then(|| {
            view! {
                <div class="banner" role="status">
                    <p><span class="strong">{what}</span>{said.join(" ")}</p>
                    <Button look=Look::Small on_click=hide>"Hide"</Button>
                </div>
            }
        })
    }).into_node()
}

/// Nothing is open yet: the file chooser, with the reason where there is one.
#[component(transparent)]
pub fn NothingOpen() -> Node {
    let app = use_app();
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let taken = move |_| {
        if let Some(input) = input.get_untracked() {
            files::open_chosen(app, &input);
        }
    };
    let problem = move || {
        let problem = app.configured.with(|c| c.as_ref()?.problem.clone())?;
        Some(view! {
            <section class="card is-warning">
                <h3 class="card-title"><Icon glyph=Glyph::Warning/>"The configuration is not understood"</h3>
                <p>{problem} " Local files still open."</p>
            </section>
        })
    };
    let wanted = move || {
        let files = app.wanted_files.get();
        (!files.is_empty()).then(|| view! {
            <section class="card">
                <h3 class="card-title"><Icon glyph=Glyph::Link/>"This link is about files on somebody's computer"</h3>
                <p>"Choose the same files here to see what it shows."</p>
                <ul class="card-list">
                    {files.into_iter().map(|file| view! {
                        <li><span class="mono cut">{file.name}</span><span class="quiet">{words::bytes(file.size)}</span></li>
                    }).collect::<Node>()}
                </ul>
            </section>
        })
    };
    let demo = move || {
        let offers = app
            .configured
            .with(|c| c.as_ref().is_some_and(|c| c.offers_demo));
        offers.then(|| view! {
            <p class="card-foot">"No files at hand? "
                <button type="button" class="link strong" on:click=move |_| open_demo(app)>"Open the demo account, about 20,000 events"</button>
            </p>
        })
    };
    view! {
        <div class="nothing scroll">
            {problem} {wanted}
            <section class="card">
                <h2 class="card-title">"Nothing is open yet"</h2>
                <p>"Events stay in this tab. No file leaves this computer."</p>
                <div class="drop-zone">
                    <Icon glyph=Glyph::Folder/>
                    <div class="drop-zone-words">
                        <p class="strong">"Drop files or a folder here"</p>
                        <p class="quiet">"NDJSON, JSON, saved event streams, TSV, gzip of any"</p>
                    </div>
                    <Button look=Look::Main on_click=choose>"Choose files"</Button>
                    <input class="visually-hidden" type="file" multiple=true tabindex="-1" aria-label="Files to open"
                        node_ref=input on:change=taken/>
                </div>
                {demo}
            </section>
        </div>
    }
}
