//! Lines between events of the same correlation over the lanes, and the bar that says how many are where.

use leptos::prelude::*;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::relations::LanePlace;
use lifeline::chart::relations::Relations;
use lifeline::chart::relations::relations;
use lifeline::screen::relations::said;

use super::lanes::Held;
use super::stage::Stage;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::widgets::button::Button;
use crate::widgets::button::Look;

/// Draws them on the canvas over the lanes, which begins at `top` of all rows.
pub fn draw(
    stage: Stage,
    held: Held,
    scale: TimeScale,
    top: f64,
    shapes: &mut Vec<Shape>,
) -> Option<Relations> {
    let related = held.related.get()?;
    let (scroll, view) = (stage.scroll.get(), stage.view_px.get());
    let row_px = stage.row_px();
    let pinned = stage.app.pinned.get();
    let found = held.rows.with(|rows| {
        let place = |lane: u32, key: &str| {
            let row = rows.top_of_lane(lane);
            let is_shown = row.is_some_and(|row| row + row_px > scroll && row < scroll + view);
            match (row, pinned.iter().any(|pinned| pinned == key)) {
                // A pinned lane stands above all of them.
                (_, true) if !is_shown => Some(LanePlace {
                    y: scroll - top,
                    is_in_sight: true,
                }),
                (row, _) => row.map(|row| LanePlace {
                    y: row - top + row_px - 11.0,
                    is_in_sight: is_shown,
                }),
            }
        };
        relations(&related, scale, &place, shapes)
    });
    Some(found)
}

/// Nothing where nothing is joined.
#[component(transparent)]
pub fn RelationsBar() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let words = Memo::new(move |_| {
        let scale = stage.scale()?;
        let found = draw(stage, held, scale, 0.0, &mut Vec::new())?;
        held.related.with(|related| said(related, &found))
    });
    let bar = move || {
        let words = words.get()?;
        Some(view! {
            <div class="tl-bar">
                <span class="tl-bar-words" role="status">{words}</span>
                <Button look=Look::Small on_click=move |_| stage.joined.set(None)>"Stop joining"</Button>
            </div>
        })
    };
    view! { <div class="tl-bars">{bar}</div> }
}
