//! What the reader chose for this browser: theme, keys. Kept in its storage where it gives one; a frame may deny it.

use leptos::prelude::*;

use crate::signals::Effect;
use crate::state::App;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    pub fn label(self) -> &'static str {
        match self {
            Theme::System => "As the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

const THEME: &str = "lifeline.theme";
const SINGLE_KEYS: &str = "lifeline.single-keys";

/// Reads what was kept, and keeps what changes.
pub fn follow(app: App) {
    let theme = read(THEME).and_then(|name| Theme::ALL.into_iter().find(|t| t.name() == name));
    app.theme.set(theme.unwrap_or_default());
    app.single_keys
        .set(read(SINGLE_KEYS).is_none_or(|value| value != "off"));
    Effect::new(move |before: Option<Theme>| {
        let theme = app.theme.get();
        if let Some(root) = document().document_element() {
            let _ = match theme {
                Theme::System => root.remove_attribute("data-theme"),
                theme => root.set_attribute("data-theme", theme.name()),
            };
        }
        keep_change(THEME, before.map(Theme::name), theme.name());
        theme
    });
    Effect::new(move |before: Option<&'static str>| {
        let word = if app.single_keys.get() { "on" } else { "off" };
        keep_change(SINGLE_KEYS, before, word);
        word
    });
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// What was only read stands there already.
fn keep_change(key: &str, before: Option<&str>, value: &str) {
    if before.is_some_and(|before| before != value)
        && let Some(storage) = storage()
    {
        let _ = storage.set_item(key, value);
    }
}
