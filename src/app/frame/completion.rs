//! What could come next in the search text: fields, then the values that occur, with their counts.

use leptos::prelude::*;
use lifeline::protocol::Completion;
use lifeline::screen::words;
use lifeline::screen::words::percent;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::search::Field;
use crate::frame::search::option_id;
use crate::signals::Signal;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::key_cap::KeyCap;

#[component(transparent)]
pub fn CompletionList(
    id: &'static str,
    field: Field,
    list: Signal<Vec<Completion>>,
    shown: Signal<bool>,
    on_take: impl Fn(Completion) + Copy + Send + Sync + 'static,
) -> Node {
    let app = use_app();
    let options = move || {
        let list = list.get();
        let most = list
            .iter()
            .filter_map(|c| c.count)
            .max()
            .unwrap_or(0)
            .max(1);
        list.into_iter()
            .enumerate()
            .map(|(n, completion)| {
                view! { <Option n field completion most on_take/> }
            })
            .collect::<Node>()
    };
    let heading = move || {
        let is_field = list.with(|list| list.first().is_some_and(|first| first.is_field));
        if is_field {
            "Fields"
        } else {
            "Values that occur"
        }
    };
    view! {
        <div class="completions" class:is-shown=move || shown.get()
            // A press must not take the focus from the field.
            on:mousedown=|event| event.prevent_default()>
            <p class="completions-head">{heading}</p>
            <ul id=id role="listbox" aria-label="Completions">{options}</ul>
            <div class="completions-foot">
                <span><KeyCap key="↑"/><KeyCap key="↓"/>" choose"</span>
                <span><KeyCap key="Tab"/>" take"</span>
                <span><KeyCap key="Enter"/>" search"</span>
                <span><KeyCap key="Esc"/>" close"</span>
                <button type="button" class="link completions-help" tabindex="-1"
                    on:click=move |_| app.sheet.set(Some(Sheet::SearchHelp))>"Search words"</button>
            </div>
        </div>
    }
}

#[component(transparent)]
fn Option(
    n: usize,
    field: Field,
    completion: Completion,
    most: u64,
    on_take: impl Fn(Completion) + Copy + Send + Sync + 'static,
) -> Node {
    let is_active = move || field.active.get().unwrap_or(0) == n;
    let share = completion.count.map(|count| count as f64 / most as f64);
    let count = completion.count.map(words::count);
    let (text, note) = (completion.text.clone(), completion.note.clone());
    view! {
        <li id=option_id(n) class="completion" role="option" class:is-active=is_active
            aria-selected=move || is_active().to_string() on:click=move |_| on_take(completion.clone())>
            <span class="completion-text mono cut">{text}</span>
            <span class="completion-note cut">{note}</span>
            {share.map(|share| view! {
                <span class="bar completion-bar" aria-hidden="true">
                    <span class="bar-fill" style:width=percent(share)></span>
                </span>
            })}
            <span class="completion-count">{count}</span>
        </li>
    }
}
