//! A panel below its button: menus and small forms. Closes on Escape, on a press outside and when focus leaves; a
//! closed one gives the focus that it had back to the button.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::dom::ChildrenFn;
use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use wasm_bindgen::JsCast;

/// `trigger` is the button's content, `name` its accessible name where the content has no words.
#[component(transparent)]
pub fn Popover(
    open: RwSignal<bool>,
    #[prop(into)] class: String,
    #[prop(into)] name: Signal<String>,
    /// Lines the panel up with the button's end instead of its start.
    #[prop(optional)]
    at_end: bool,
    trigger: ViewFn,
    children: ChildrenFn,
) -> Node {
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let is_inside = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        root.get_untracked()
            .is_some_and(|root| root.contains(node.as_ref()))
    };
    // What was pressed inside goes with the panel: the focus stays with the button, unless a sheet has taken it.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            let active = document().active_element();
            let is_ours = active.is_none_or(|active| {
                active.tag_name() == "BODY" || is_inside(Some(active.unchecked_into()))
            });
            if let Some(button) = button.get_untracked().filter(|_| is_ours) {
                let _ = button.focus();
            }
        }
        is_open
    });
    let outside = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked() && !is_inside(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            event.prevent_default();
            open.set(false);
        }
    };
    let on_focusout = move |event: ev::FocusEvent| {
        let to = event.related_target();
        if to.is_some() && !is_inside(to) {
            open.set(false);
        }
    };
    view! {
        <div class="popover-root" node_ref=root on:keydown=on_keydown on:focusout=on_focusout>
            <button type="button" class=class node_ref=button
                aria-haspopup="dialog" aria-expanded=move || open.get().to_string()
                aria-label=move || { let name = name.get(); (!name.is_empty()).then_some(name) }
                on:click=move |_| open.update(|open| *open = !*open)>
                {trigger.run()}
            </button>
            <Show when=move || open.get()>
                <div class="popover" class:at-end=at_end role="dialog" aria-label=move || name.get()>
                    {children()}
                </div>
            </Show>
        </div>
    }
}
