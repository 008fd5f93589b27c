//! Do anything by its name: `Ctrl+K`.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::link::RangeChoice;
use lifeline::link::View;
use lifeline::screen::keys::Act;
use lifeline::sorting;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::brush::zoom_to_brush;
use crate::frame::more_menu::open_demo;
use crate::frame::more_menu::toggle_reads;
use crate::outside;
use crate::settings::Theme;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::state::App;
use crate::state::Sheet;
use crate::state::TABS;
use crate::state::use_app;
use crate::widgets::key_cap::KeyCap;
use crate::widgets::sheet::SheetFrame;

#[derive(Clone, Copy)]
struct Command {
    words: &'static str,
    caps: &'static str,
    run: fn(App),
}

const COMMANDS: [Command; 22] = [
    command("Events", "g e", |app| app.view.set(View::Events)),
    command("Timeline", "g t", |app| app.view.set(View::Timeline)),
    command("Resources", "g r", |app| app.view.set(View::Resources)),
    command("Search", "/", |app| {
        app.act(Act::Search);
    }),
    command("Clear the search", "", |app| app.query.set(String::new())),
    command("Only failures", "", |app| app.filter_for("outcome:failure")),
    command("Leave out reads, or let them in", "", toggle_reads),
    command("Next failure", "e", |app| {
        app.act(Act::NextFailure);
    }),
    command("All time", "0", |app| app.choose_range(RangeChoice::All)),
    command("Zoom to the brush", "", zoom_to_brush),
    command("The fleet at this instant", "i", |app| {
        app.act(Act::FleetHere);
    }),
    command("UTC or local time", "u", |app| {
        app.act(Act::ToggleZone);
    }),
    command("Share this view", "", |app| {
        outside::copy_link(app, app.share_link());
    }),
    command("Sources", "", |app| app.sheet.set(Some(Sheet::Sources))),
    command("Findings", "", |app| app.sheet.set(Some(Sheet::Findings))),
    command("Rejected records", "", |app| {
        app.sheet.set(Some(Sheet::Rejected));
    }),
    command("Open the demo account", "", open_demo),
    command("Theme: as the system", "", |app| {
        app.theme.set(Theme::System)
    }),
    command("Theme: light", "", |app| app.theme.set(Theme::Light)),
    command("Theme: dark", "", |app| app.theme.set(Theme::Dark)),
    command("Search words", "", |app| {
        app.sheet.set(Some(Sheet::SearchHelp));
    }),
    command("All keys", "?", |app| app.sheet.set(Some(Sheet::Keys))),
];

#[component(transparent)]
pub fn Palette() -> Node {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let found = Memo::new(move |_| matching(app, &text.get()));
    let run = move |n: usize| {
        let Some(at) = found.with_untracked(|found| found.get(n).copied()) else {
            return;
        };
        app.sheet.set(None);
        (COMMANDS[at].run)(app);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let n = found.with_untracked(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1) % n),
            "ArrowUp" => active.update(|at| *at = (*at + n - 1) % n),
            "Enter" => run(active.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let items = move || {
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(n, at)| {
                let command = COMMANDS[at];
                let is_active = move || active.get() == n;
                let caps = command.caps.split(' ').filter(|cap| !cap.is_empty());
                view! {
                    <li id=format!("palette-{n}") class="menu-item" role="option" class:is-active=is_active
                        aria-selected=move || is_active().to_string() on:click=move |_| run(n)>
                        <span class="palette-words">{command.words}</span>
                        {caps.map(|cap| view! { <KeyCap key=cap/> }).collect::<Node>()}
                    </li>
                }
            })
            .collect::<Node>()
    };
    view! {
        <SheetFrame title="Do anything" class="is-narrow is-palette" has_own_focus=true on_close=move || app.sheet.set(None)>
            <div class="palette">
                <input class="field" type="text" autofocus=true node_ref=field placeholder="Type what to do" autocomplete="off"
                    spellcheck="false" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-label="What to do"
                    aria-activedescendant=move || format!("palette-{}", active.get())
                    on:input=move |event| { text.set(event_target_value(&event)); active.set(0); } on:keydown=on_key/>
                <ul id="palette-list" class="palette-list scroll" role="listbox" aria-label="What can be done">{items}</ul>
                {move || found.with(Vec::is_empty).then(|| view! { <p class="quiet palette-none">"Nothing is called so."</p> })}
            </div>
        </SheetFrame>
    }
}

/// Commands whose words hold every word typed, and that can be done now.
fn matching(app: App, text: &str) -> Vec<usize> {
    let text = text.to_ascii_lowercase();
    let offers_demo = app
        .configured
        .with(|configured| configured.as_ref().is_some_and(|c| c.offers_demo));
    let can = |command: &Command| match command.words {
        "Timeline" => TABS.contains(&View::Timeline),
        "Resources" => TABS.contains(&View::Resources),
        "Open the demo account" => offers_demo,
        "Zoom to the brush" => app.brush.get().is_some(),
        _ => true,
    };
    let mut found: Vec<usize> = COMMANDS
        .iter()
        .enumerate()
        .filter(|(_, command)| {
            let words = command.words.to_ascii_lowercase();
            can(command) && text.split_whitespace().all(|part| words.contains(part))
        })
        .map(|(at, _)| at)
        .collect();
    // "Sources" is no "Resources".
    sorting::sort_by_key(&mut found, |at| {
        !COMMANDS[*at]
            .words
            .to_ascii_lowercase()
            .starts_with(text.trim())
    });
    found
}

const fn command(words: &'static str, caps: &'static str, run: fn(App)) -> Command {
    Command { words, caps, run }
}
