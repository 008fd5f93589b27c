//! The event as a tree of its members. Text is text: nothing here becomes markup.

use leptos::prelude::*;
use lifeline::query::language::quoted;
use lifeline::screen::words;
use serde_json::Value;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::state::Hot;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;

/// Deeper than this, members stand as text.
const DEEPEST: usize = 24;

/// `body`: the event as JSON text.
#[component]
pub fn BodyTree(body: String) -> impl IntoView {
    match serde_json::from_str::<Value>(&body) {
        Ok(Value::Object(members)) => {
            let rows = members
                .into_iter()
                .map(|(name, value)| node(name.clone(), value, name, 0))
                .collect_view();
            view! { <ul class="tree">{rows}</ul> }.into_node()
        }
        _ => view! { <pre class="raw">{body}</pre> }.into_node(),
    }
}

fn node(name: String, value: Value, path: String, depth: usize) -> Node {
    match value {
        Value::Object(members) if depth < DEEPEST => {
            let n = members.len() as u64;
            let inner = members
                .into_iter()
                .map(|(name, value)| {
                    let path = format!("{path}.{name}");
                    node(name, value, path, depth + 1)
                })
                .collect_view();
            branch(
                name,
                words::counted(n, "member", "members"),
                depth,
                inner.into_node(),
            )
        }
        Value::Array(items) if depth < DEEPEST => {
            let n = items.len() as u64;
            let inner = items
                .into_iter()
                .enumerate()
                .map(|(at, value)| node(at.to_string(), value, path.clone(), depth + 1))
                .collect_view();
            branch(
                name,
                words::counted(n, "item", "items"),
                depth,
                inner.into_node(),
            )
        }
        value => view! { <Leaf name value path/> }.into_node(),
    }
}

fn branch(name: String, what: String, depth: usize, inner: Node) -> Node {
    view! {
        <li>
            <details class="tree-branch" open={depth < 2}>
                <summary><span class="tree-name">{name}</span> <span class="quiet">{what}</span></summary>
                <ul>{inner}</ul>
            </details>
        </li>
    }
    .into_node()
}

#[component]
fn Leaf(name: String, value: Value, path: String) -> impl IntoView {
    let app = use_app();
    let (shown, asked) = match &value {
        Value::String(text) => (format!("\"{text}\""), Some(quoted(text))),
        Value::Null => ("null".to_owned(), None),
        other => (other.to_string(), Some(quoted(&other.to_string()))),
    };
    let is_text = value.is_string();
    let clause = asked.map(|asked| format!("{path}:{asked}"));
    let hot = clause.clone().map(Hot::Clause);
    let acts = clause.map(|clause| {
        let without = clause.clone();
        view! {
            <span class="tree-acts">
                <IconButton glyph=Glyph::Plus row=true name="Filter for this value" key="f"
                    on_click=move |_| app.filter_for(&clause)/>
                <IconButton glyph=Glyph::Minus row=true name="Filter out this value" key="x"
                    on_click=move |_| app.filter_out(&without)/>
            </span>
        }
    });
    view! {
        <li class="tree-leaf" on:mouseenter=move |_| app.hot.set_value(hot.clone())
            on:mouseleave=move |_| app.hot.set_value(None)>
            <span class="tree-text"><span class="tree-name">{name}":"</span> <span class:tree-string=is_text>{shown}</span></span>
            {acts}
        </li>
    }
}
