//! Asks why a finding may be put aside: without a reason it isn't.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::signals::RwSignal;

/// What is being typed, for the finding of a key: whoever holds it keeps it while the form is drawn anew.
pub type Draft = RwSignal<Option<(String, String)>>;

/// `dismiss` is given the reason and says whether it will do.
#[component(transparent)]
pub fn DismissForm(
    key: String,
    draft: Draft,
    dismiss: impl Fn(&str) -> bool + Clone + 'static,
    give_up: impl Fn() + Clone + 'static,
) -> Node {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let is_missing = RwSignal::new(false);
    let text = move || {
        draft.with(|draft| {
            draft
                .as_ref()
                .map_or_else(String::new, |(_, text)| text.clone())
        })
    };
    let type_in = move |event: ev::Event| {
        is_missing.set(false);
        draft.set(Some((key.clone(), event_target_value(&event))));
    };
    let dismiss = move || match dismiss(&untrack(text)) {
        true => draft.set(None),
        false => is_missing.set(true),
    };
    let give_up = move || {
        draft.set(None);
        give_up();
    };
    let on_key = {
        let (dismiss, give_up) = (dismiss.clone(), give_up.clone());
        move |event: ev::KeyboardEvent| {
            match event.key().as_str() {
                "Enter" => dismiss(),
                "Escape" => give_up(),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <div class="finding-reason">
            <label class="field-label">
                <span>"Why can it be put aside?"</span>
                <input class="field" type="text" autocomplete="off" required node_ref=field prop:value=text
                    aria-invalid=move || is_missing.get().then_some("true") on:input=type_in on:keydown=on_key/>
            </label>
            <Show when=move || is_missing.get()>
                <p class="fail-text" role="alert">"A reason is needed."</p>
            </Show>
            <div class="finding-acts">
                <button type="button" class="button is-small" on:click=move |_| dismiss()>"Dismiss"</button>
                <button type="button" class="button is-small is-quiet" on:click=move |_| give_up()>"Cancel"</button>
            </div>
        </div>
    }
}
