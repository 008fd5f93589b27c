//! What stands in the place of a view's content: a title, why it is so, and what can be done; or bars while it is read.

use leptos::prelude::*;

use crate::dom::Children;
use crate::dom::Node;
use crate::dom::view;

/// A title, a sentence and what can be done.
#[component(transparent)]
pub fn Says(
    #[prop(into)] title: String,
    #[prop(into)] words: String,
    #[prop(optional)] fail: bool,
    #[prop(optional)] children: Option<Children>,
) -> Node {
    view! {
        <div class="says" class:is-fail=fail role="status">
            <h2 class="says-title">{title}</h2>
            <p class="says-words">{words}</p>
            <div class="says-acts">{children.map(|children| children())}</div>
        </div>
    }
}

/// Bars where rows will be; `words` tell a screen reader what is on its way.
#[component(transparent)]
pub fn Bones(words: &'static str) -> Node {
    view! {
        <div class="bones" aria-busy="true">
            <p class="visually-hidden" role="status">{words}</p>
            {(0..10).map(|_| view! { <div class="bone-row"><span></span><span></span><span></span><span></span></div> }).collect::<Node>()}
        </div>
    }
}
