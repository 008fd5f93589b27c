//! The life strips of the rows in sight as one picture, with T through all of them, and their axis in the head.

use std::sync::Arc;

use leptos::prelude::*;
use lifeline::chart::Font;
use lifeline::chart::Ink;
use lifeline::chart::Rect;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::axis::draw_one_level;
use lifeline::chart::shape::TextAnchor;
use lifeline::chart::spans::STRIP;
use lifeline::chart::spans::TrackBox;
use lifeline::chart::spans::draw_track;
use lifeline::chart::swimlane::draw_gap;
use lifeline::chart::swimlane::draw_turns;
use lifeline::chart::ticks::one_level;
use lifeline::chart::within;
use lifeline::protocol::Fleet;
use lifeline::screen::words::px;

use super::desk::ROW_PX;
use super::desk::use_desk;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::Picture;
use crate::paint::Sheet;

/// T's line is drawn whole, also at the edges.
const EDGE_PX: f64 = 1.0;

#[component(transparent)]
pub fn Strips(fleet: Arc<Fleet>) -> Node {
    let desk = use_desk();
    let row_px = ROW_PX;
    let height = fleet.rows.len() as f64 * row_px;
    let draw = move |sheet: &Sheet| {
        let Some(window) = desk.strip.get() else {
            return Vec::new();
        };
        let scale = TimeScale::new(window, sheet.width);
        let known_to = desk.app.totals.with(|totals| totals.last);
        let mut shapes = Vec::new();
        for tick in one_level(scale, desk.app.clock(), &sheet.measure) {
            if !tick.text.is_empty() {
                let line = Rect::new(tick.x.round(), 0.0, 1.0, sheet.height);
                shapes.push(Shape::fill(line, Ink::Line));
            }
        }
        for (place, row) in fleet.rows.iter().enumerate() {
            let lane = TrackBox {
                known_to,
                ..TrackBox::new(scale, place as f64 * row_px, STRIP, &sheet.measure)
            };
            draw_track(&row.strip, Some(&row.strip_existence), &lane, &mut shapes);
            let (top, bottom) = (lane.bar_top(), lane.bar_top() + lane.bar);
            // What was not fetched before it was born is nothing about it.
            let born = row.strip_existence.first().and_then(|span| span.from);
            for gap in &fleet.gaps {
                let is_its = born.is_none_or(|born| gap.range.to() > born);
                if gap.region == row.head.region && is_its {
                    draw_gap(gap, scale, top, bottom, &mut shapes);
                }
            }
            draw_turns(&row.strip_existence, &lane, &mut shapes);
        }
        let x = within(scale.px(fleet.at), EDGE_PX, sheet.width - EDGE_PX);
        let line = Rect::new(x - 0.75, 0.0, 1.5, sheet.height);
        shapes.push(Shape::fill(line, Ink::Accent));
        shapes
    };
    let label = "Life strips of the rows in sight; each row says the same in words.";
    view! {
        <div class="fleet-strips" aria-hidden="true" style:height=px(height)>
            <Picture label draw/>
        </div>
    }
}

/// Dates over the strips, and T.
#[component(transparent)]
pub fn StripAxis() -> Node {
    let desk = use_desk();
    let draw = move |sheet: &Sheet| {
        let mut shapes = Vec::new();
        let Some(window) = desk.strip.get() else {
            return shapes;
        };
        let scale = TimeScale::new(window, sheet.width);
        let ticks = one_level(scale, desk.app.clock(), &sheet.measure);
        draw_one_level(&ticks, sheet.width, sheet.height - 20.0, &mut shapes);
        if let Some(at) = desk.at.get() {
            let x = within(scale.px(at), EDGE_PX, sheet.width - EDGE_PX);
            let middle = within(x, 9.0, sheet.width - 9.0).round();
            let plate = Rect::new(middle - 8.0, 2.0, 16.0, 16.0);
            shapes.push(Shape::fill(
                Rect::new(x - 0.75, 17.0, 1.5, sheet.height - 17.0),
                Ink::Accent,
            ));
            shapes.push(Shape::Fill {
                rect: plate,
                ink: Ink::AccentSolid,
                alpha: 1.0,
                radius: 4.0,
            });
            shapes.push(Shape::Text {
                x: middle,
                y: plate.middle(),
                text: "T".into(),
                ink: Ink::AccentSolidText,
                font: Font::STRONG,
                anchor: TextAnchor::Middle,
            });
        }
        shapes
    };
    view! {
        <div class="fleet-strip-axis" aria-hidden="true"><Picture label="" draw/></div>
    }
}
