//! The event as a tree of its members. Text is text: nothing here becomes markup.

use leptos::prelude::*;
use lifeline::protocol::Member;
use lifeline::protocol::MemberValue;
use lifeline::query::language::quoted;
use lifeline::screen::words;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::state::Hot;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;

#[component(transparent)]
pub fn BodyTree(members: Vec<Member>) -> Node {
    let rows: Vec<Node> = members.into_iter().map(|member| node(member, 0)).collect();
    view! { <ul class="tree">{rows}</ul> }
}

fn node(member: Member, depth: usize) -> Node {
    let (inner, one, many) = match member.held {
        MemberValue::Members(inner) => (inner, "member", "members"),
        MemberValue::Items(inner) => (inner, "item", "items"),
        MemberValue::Text(text) => {
            let asked = quoted(&text);
            return leaf(
                member.name,
                member.path,
                format!("\"{text}\""),
                Some(asked),
                true,
            );
        }
        MemberValue::Plain(text) => {
            let asked = quoted(&text);
            return leaf(member.name, member.path, text, Some(asked), false);
        }
        MemberValue::Null => {
            return leaf(member.name, member.path, "null".to_owned(), None, false);
        }
    };
    let what = words::counted(inner.len() as u64, one, many);
    let inner: Vec<Node> = inner
        .into_iter()
        .map(|member| node(member, depth + 1))
        .collect();
    branch(member.name, what, depth, inner.into_node())
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
}

/// `asked`: the value as a query writes it.
fn leaf(name: String, path: String, shown: String, asked: Option<String>, is_text: bool) -> Node {
    let app = use_app();
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
