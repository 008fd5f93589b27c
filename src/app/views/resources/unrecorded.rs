//! The servers that may have existed at T, and why nothing says.

use leptos::prelude::*;
use lifeline::protocol::ResourceHead;
use lifeline::screen::words;

use super::desk::use_desk;
use crate::dom::Node;
use crate::dom::view;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::SheetFrame;

#[component(transparent)]
pub fn Unrecorded() -> Node {
    let desk = use_desk();
    let close = move || desk.lists_unrecorded.set(false);
    let n = move || desk.asked.with(|fleet| fleet.n_unrecorded).unwrap_or(0);
    let n_more = move || {
        desk.asked
            .with(|fleet| {
                u64::from(fleet.n_unrecorded).saturating_sub(fleet.unrecorded.len() as u64)
            })
            .unwrap_or(0)
    };
    let rows = move || {
        desk.asked
            .with(|fleet| fleet.unrecorded.clone())
            .unwrap_or_default()
            .into_iter()
            .map(|head| view! { <Row head/> })
            .collect::<Node>()
    };
    view! {
        <SheetFrame title="Not recorded at T" class="is-narrow" on_close=close>
            <div class="sheet-main">
                <p class="unrecorded-why">
                    {move || words::counted(u64::from(n()), "server", "servers")}
                    " may or may not have existed at T. Nothing at or before T proves it: a later event shows such a server without its provision, or what is recorded of it did not succeed. Servers that were provisioned after T are not among them."
                </p>
                <ul class="unrecorded-list">{rows}</ul>
                <Show when=move || { n_more() > 0 }>
                    <p class="quiet">"And " {move || words::count(n_more())} " more. Find one by its name to list it."</p>
                </Show>
            </div>
        </SheetFrame>
    }
}

#[component(transparent)]
fn Row(head: ResourceHead) -> Node {
    let desk = use_desk();
    let (id, kind) = (head.id.clone(), head.kind);
    let open = move |_| {
        desk.lists_unrecorded.set(false);
        desk.app.open_resource(id.clone(), Some(kind));
    };
    view! {
        <li>
            <button type="button" class="unrecorded-row" on:click=open title=head.id>
                <Icon glyph=Glyph::of_kind(head.kind)/>
                <span class="cut">{head.label}</span>
                <span class="quiet nowrap">{head.kind_words} ", " {head.region}</span>
            </button>
        </li>
    }
}
