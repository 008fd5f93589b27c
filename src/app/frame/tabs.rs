//! The tabs under the histogram, and the view's own controls beside them; on a phone the tabs stand at the foot. Only
//! views that exist have one.

use leptos::prelude::*;
use lifeline::link::View;

use crate::dom::Node;
use crate::dom::view;
use crate::state::TABS;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

#[component(transparent)]
pub fn Tabs() -> Node {
    let app = use_app();
    view! {
        <div class="tabs">
            <nav class="tab-list" aria-label="Views">
                {TABS.iter().map(|view| view! { <Tab tab=*view/> }).collect::<Node>()}
            </nav>
            <div class="tab-tools">
                {move || app.tools.get().map(|tools| tools.run())}
            </div>
        </div>
    }
}

#[component(transparent)]
fn Tab(tab: View) -> Node {
    let app = use_app();
    let is_current = move || match app.view.get() {
        View::Resource => tab == View::Resources,
        current => current == tab,
    };
    let (glyph, label) = match tab {
        View::Events => (Glyph::Events, "Events"),
        View::Timeline => (Glyph::Timeline, "Timeline"),
        View::Resources | View::Resource => (Glyph::Resources, "Resources"),
    };
    let open = move |_| app.view.set(tab);
    view! {
        <button type="button" class="tab" aria-current=move || is_current().then_some("page") on:click=open>
            <Icon glyph/>
            {label}
        </button>
    }
}
