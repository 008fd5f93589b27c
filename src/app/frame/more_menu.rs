//! Everything that isn't needed all the time: files, sources, theme, keys.

use leptos::html;
use leptos::prelude::*;
use lifeline::protocol::Request;
use lifeline::screen::keys::Act;
use lifeline::time::Zone;

use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::files;
use crate::outside;
use crate::settings::Theme;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::state::App;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::key_cap::KeyCap;
use crate::widgets::popover::Popover;

#[component(transparent)]
pub fn MoreMenu() -> Node {
    let app = use_app();
    let open = RwSignal::new(false);
    let show = move |sheet: Sheet| {
        open.set(false);
        app.sheet.set(Some(sheet));
    };
    let offers_demo = move || {
        app.configured
            .with(|configured| configured.as_ref().is_some_and(|c| c.offers_demo))
    };
    view! {
        <Popover open class="icon-button is-large" at_end=true name="More"
            trigger=ViewFn::from(|| view! { <Icon glyph=Glyph::More/> })>
            <div class="more-menu">
                <div class="narrow-only">
                    <button type="button" class="menu-item"
                        on:click=move |_| { open.set(false); outside::copy_link(app, app.share_link()); }>
                        <Icon glyph=Glyph::Share/>"Share this view"
                    </button>
                    <button type="button" class="menu-item" aria-pressed=move || (app.zone.get() == Zone::Local).to_string()
                        on:click=move |_| { app.act(Act::ToggleZone); }>
                        <Icon glyph=Glyph::Globe/>"Local time"
                    </button>
                </div>
                <FileItems on_done=move || open.set(false)/>
                {move || offers_demo().then(|| view! {
                    <button type="button" class="menu-item" on:click=move |_| { open.set(false); open_demo(app); }>
                        <Icon glyph=Glyph::Star/>"Open the demo account"
                    </button>
                })}
                <button type="button" class="menu-item" on:click=move |_| show(Sheet::Sources)>
                    <Icon glyph=Glyph::Info/>"Sources"
                </button>
                <button type="button" class="menu-item" on:click=move |_| show(Sheet::Findings)>
                    <Icon glyph=Glyph::Warning/>"Findings"
                </button>
                <div class="menu-line"></div>
                <button type="button" class="menu-item" aria-pressed=move || hides_reads(app).to_string()
                    on:click=move |_| toggle_reads(app)>
                    <Icon glyph=Glyph::Filter/>"Leave out reads"
                </button>
                <div class="menu-line"></div>
                <p class="menu-head" id="theme-head">"Theme"</p>
                <div class="segments" role="group" aria-labelledby="theme-head">
                    {Theme::ALL.map(|theme| view! {
                        <button type="button" class="segment" aria-pressed=move || (app.theme.get() == theme).to_string()
                            on:click=move |_| app.theme.set(theme)>{theme.label()}</button>
                    })}
                </div>
                <div class="menu-line"></div>
                <button type="button" class="menu-item" aria-pressed=move || app.single_keys.get().to_string()
                    on:click=move |_| app.single_keys.update(|on| *on = !*on)>
                    <Icon glyph=Glyph::Keyboard/>"Single letters act as keys"
                </button>
                <button type="button" class="menu-item" on:click=move |_| show(Sheet::Keys)>
                    <Icon glyph=Glyph::Keyboard/>"All keys"<KeyCap key="?"/>
                </button>
                <button type="button" class="menu-item" on:click=move |_| show(Sheet::SearchHelp)>
                    <Icon glyph=Glyph::Search/>"Search words"
                </button>
                <div class="menu-line"></div>
                <p class="menu-head">{format!("Lifeline {}", lifeline::BUILD)}</p>
            </div>
        </Popover>
    }
}

/// Choosing files or a folder; each keeps an input of its own, which no view can style.
#[component(transparent)]
pub fn FileItems(on_done: impl Fn() + Copy + 'static) -> Node {
    let app = use_app();
    let one = NodeRef::<html::Input>::new();
    let folder = NodeRef::<html::Input>::new();
    let taken = move |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            files::open_chosen(app, &input);
            on_done();
        }
    };
    let click = |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <button type="button" class="menu-item" on:click=move |_| click(one)>
            <Icon glyph=Glyph::File/>"Open files"
        </button>
        <input class="visually-hidden" type="file" multiple=true tabindex="-1" aria-label="Files to open"
            node_ref=one on:change=move |_| taken(one)/>
        <button type="button" class="menu-item" on:click=move |_| click(folder)>
            <Icon glyph=Glyph::Folder/>"Open a folder"
        </button>
        <input class="visually-hidden" type="file" prop:webkitdirectory=true tabindex="-1" aria-label="Folder to open"
            node_ref=folder on:change=move |_| taken(folder)/>
    }
}

pub fn open_demo(app: App) {
    app.is_local.set(false);
    app.files.set(Vec::new());
    app.wanted_files.set(Vec::new());
    app.selection.set(None);
    app.send(Request::OpenDemo);
}

const READS: &str = "category:read";

fn hides_reads(app: App) -> bool {
    app.query.with(|query| {
        query
            .split_whitespace()
            .any(|part| part == format!("-{READS}"))
    })
}

pub fn toggle_reads(app: App) {
    if hides_reads(app) {
        app.let_in(READS);
    } else {
        app.filter_out(READS);
    }
}
