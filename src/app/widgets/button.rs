//! Buttons. One look each for the main act, an ordinary one, a small one in dense places, and an icon with a name.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::dom::Children;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Signal;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Look {
    /// 32 px, outlined.
    #[default]
    Plain,
    /// 32 px, filled: at most one on a card.
    Main,
    /// 24 px, outlined.
    Small,
    /// Words alone.
    Quiet,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Plain => "button",
            Look::Main => "button is-main",
            Look::Small => "button is-small",
            Look::Quiet => "button is-quiet",
        }
    }
}

/// A button with words, and an icon before them.
#[component(transparent)]
pub fn Button(
    #[prop(optional)] look: Look,
    #[prop(optional)] glyph: Option<Glyph>,
    on_click: impl Fn(MouseEvent) + 'static,
    children: Children,
) -> Node {
    view! {
        <button type="button" class=look.class() on:click=on_click>
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </button>
    }
}

/// An icon alone: its name is read aloud and shown as a tooltip, with the key that does the same.
#[component(transparent)]
pub fn IconButton(
    glyph: Glyph,
    #[prop(into)] name: Signal<String>,
    #[prop(into, optional)] key: String,
    #[prop(optional)] row: bool,
    on_click: impl Fn(MouseEvent) + 'static,
) -> Node {
    let has_key = !key.is_empty();
    view! {
        <button type="button" class="icon-button" class:is-row=row aria-label=move || name.get() on:click=on_click>
            <Icon glyph row/>
            <span class="tooltip" aria-hidden="true">
                {move || name.get()} {has_key.then(|| view! { <kbd class="key">{key}</kbd> })}
            </span>
        </button>
    }
}
