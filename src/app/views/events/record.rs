//! The record itself: as a tree, as received, and among the events around it. One tab is in the order of focus, arrow
//! keys go through them.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use lifeline::screen::words;

use super::body_tree::BodyTree;
use super::detail::Shown;
use super::neighbours::Neighbours;
use crate::dom::Node;
use crate::dom::view;
use crate::outside;
use crate::signals::RwSignal;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

/// The tabs by their element's id and their words.
const TABS: [(&str, &str); 3] = [
    ("detail-tree", "Tree"),
    ("detail-raw", "Raw"),
    ("detail-neighbours", "Neighbours"),
];
const RAW: usize = 1;
const NEIGHBOURS: usize = 2;

/// `tab`: which of [`TABS`] is open; it outlives the event.
#[component(transparent)]
pub fn Record(detail: Shown, tab: RwSignal<usize>) -> Node {
    let app = use_app();
    let tabs: Vec<Node> = TABS
        .into_iter()
        .enumerate()
        .map(|(n, (id, words))| {
            let is_open = move || tab.get() == n;
            view! {
                <button type="button" class="detail-tab" role="tab" id=id aria-controls="detail-record"
                    aria-selected=move || is_open().to_string() tabindex=move || if is_open() { "0" } else { "-1" }
                    on:click=move |_| tab.set(n)>{words}</button>
            }
        })
        .collect();
    let on_key = move |event: KeyboardEvent| {
        let at = tab.get_untracked();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % TABS.len(),
            "ArrowLeft" => (at + TABS.len() - 1) % TABS.len(),
            "Home" => 0,
            "End" => TABS.len() - 1,
            _ => return,
        };
        event.prevent_default();
        tab.set(to);
        outside::focus(&format!("#{}", TABS[to].0));
    };
    let has_text = move || {
        tab.get() != NEIGHBOURS
            && detail.with(|detail| detail.as_ref().is_some_and(|d| d.raw.is_ok()))
    };
    let copy = move |_| {
        let text = detail.with_untracked(|detail| {
            let detail = detail.as_ref()?;
            match tab.get_untracked() {
                RAW => detail.raw.clone().ok(),
                _ => Some(detail.body.clone()),
            }
        });
        outside::copy_text(app, text.unwrap_or_default(), "Copied.");
    };
    let shown = move || {
        let detail = detail.get()?;
        Some(match (tab.get(), &detail.raw) {
            (NEIGHBOURS, _) => {
                view! { <Neighbours rows=detail.neighbours.clone() of=detail.row.clone()/> }
            }
            (_, Err(why)) => view! { <p class="detail-why">{why.clone()}</p> },
            (RAW, Ok(raw)) => view! { <pre class="raw">{raw.clone()}</pre> },
            _ if detail.members.is_empty() => {
                view! { <pre class="raw">{detail.body.clone()}</pre> }
            }
            _ => view! { <BodyTree members=detail.members.clone()/> },
        })
    };
    // Where it was read, and where its copies were.
    let places = move || {
        let detail = detail.get()?;
        let own = format!(
            "{}, line {}, byte {}",
            detail.file,
            words::count(detail.line),
            words::count(detail.byte)
        );
        let all = std::iter::once(own).chain(detail.copies_at.iter().cloned());
        let lines: Vec<Node> = all
            .map(|place| view! { <p class="detail-place quiet">{place}</p> })
            .collect();
        Some(lines)
    };
    view! {
        <section class="detail-record" aria-label="The record">
            <div class="detail-tabs">
                <div class="detail-tab-list" role="tablist" aria-label="The record" on:keydown=on_key>{tabs}</div>
                {move || has_text().then(|| view! {
                    <button type="button" class="detail-copy" on:click=copy><Icon glyph=Glyph::Copy row=true/>"Copy"</button>
                })}
            </div>
            <div class="detail-shown" role="tabpanel" id="detail-record" tabindex="0"
                aria-labelledby=move || TABS[tab.get()].0>{shown}</div>
            {places}
        </section>
    }
}
