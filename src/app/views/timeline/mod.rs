//! Swimlanes: spans of state and marks of events, by resource, initiator or region, over the page's window of time.
//! Pinned lanes stay under the axis; all of them stand in short at the foot.

mod aligned;
mod card;
mod chart;
mod keys;
mod labels;
mod lanes;
mod minimap;
mod picture;
mod pinned;
mod relations;
mod stage;
mod states;
mod table;
mod tools;

use leptos::prelude::*;
use lifeline::screen::timeline_words;
use lifeline::screen::words::px;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::state::use_app;
use crate::views::DetailPanel;
use crate::views::events::follow_link;
use crate::widgets::size::use_size;
use aligned::AlignBar;
use aligned::Aligned;
use chart::Axis;
use chart::Chart;
use labels::FindLane;
use labels::Labels;
use lanes::Held;
use minimap::MinimapStrip;
use pinned::Pinned;
use relations::RelationsBar;
use stage::Stage;
use states::State;
use states::state_of;
use table::Table;
use tools::PhoneTools;
use tools::Tools;

#[component(transparent)]
pub fn Timeline() -> Node {
    let app = use_app();
    let stage = Stage::new();
    provide_context(stage);
    let held = Held::new(stage);
    provide_context(held);
    let scroller = stage.scroller;
    let size = use_size(scroller);
    Effect::new(move |_| stage.view_px.set(size.get().1));
    // Other lanes begin at their top.
    Effect::new(move |before: Option<()>| {
        let _ = (
            app.lanes_by.get(),
            stage.app.lane_sort.get(),
            app.find.get(),
        );
        if before.is_some() {
            stage.cursor.set(None);
            if let Some(scroller) = scroller.get_untracked() {
                scroller.set_scroll_top(0);
            }
        }
    });
    app.show_tools(
        move || view! { <Tools stage held/> },
        vec![
            ("w a s d", "zoom and pan"),
            ("Ctrl wheel", "zoom"),
            ("0", "fit"),
            ("← → ↑ ↓", "marks and lanes"),
            ("Enter", "detail"),
            ("p", "pin"),
            ("c", "same correlation"),
            ("e", "next failure"),
            ("[ ]", "same resource"),
            ("?", "all keys"),
        ],
    );
    Effect::new(move |_| {
        let Some(lanes) = held.newest() else {
            app.status.set(String::new());
            return;
        };
        app.status.set(timeline_words::summary(&lanes));
    });
    follow_link(app);
    keys::listen(stage, held, scroller);
    let has_detail =
        Memo::new(move |_| app.detail_open.get() && app.selection.with(Option::is_some));
    let rows_px = Memo::new(move |_| held.rows.with(|rows| rows.height_px()));
    let state = Memo::new(move |_| state_of(stage, held));
    let is_aligned = Memo::new(move |_| stage.is_aligned());
    let body = move || match state.get() {
        State::Lanes if is_aligned.get() => {
            view! { <PhoneTools stage held/> <AlignBar/> <Aligned/> }
        }
        State::Lanes if stage.app.as_table.get() => view! { <PhoneTools stage held/> <Table/> },
        State::Lanes => view! {
            <PhoneTools stage held/>
            <AlignBar/>
            <RelationsBar/>
            <div class="tl-head">
                <FindLane/>
                <Axis/>
            </div>
            <Pinned/>
            <div class="tl-scroll" node_ref=scroller
                on:scroll=move |_| {
                    if let Some(scroller) = scroller.get_untracked() {
                        stage.scroll.set(f64::from(scroller.scroll_top()));
                    }
                }>
                <div class="tl-rows" style:height=move || px(rows_px.get().max(stage.view_px.get()))>
                    <Labels/>
                    <Chart/>
                </div>
            </div>
            <MinimapStrip/>
        },
        other => states::view_of(other, stage),
    };
    view! {
        <div class="timeline">
            <section class="tl-main" aria-label="Timeline">{body}</section>
            <Show when=move || has_detail.get()><DetailPanel/></Show>
        </div>
    }
}
