//! A canvas that fills its parent and draws a display list, again whenever what the list is made from changes.

use leptos::html::Canvas;
use leptos::prelude::*;
use lifeline::chart::Font;
use lifeline::chart::Shape;

use super::canvas;
use super::palette::use_palette;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::signals::Signal;
use crate::widgets::size::use_size;

/// What there is to draw on.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// CSS pixels.
    pub width: f64,
    pub height: f64,
    pub measure: fn(&str, Font) -> f64,
}

/// A canvas as large as its parent. `draw` is tracked: what it reads makes it run again, as do size and theme.
/// `label` says the same in words, for those who don't see it.
#[component(transparent)]
pub fn Picture(
    #[prop(into)] label: Signal<String>,
    draw: impl Fn(&Sheet) -> Vec<Shape> + Send + Sync + 'static,
    /// Where hatch lines are anchored: minus what is scrolled away.
    #[prop(optional, into)]
    origin: Signal<(f64, f64)>,
) -> Node {
    let node = NodeRef::<Canvas>::new();
    let size = use_size(node);
    let palette = use_palette();
    Effect::new(move |_| {
        let (width, height) = size.get();
        let Some(element) = node.get() else { return };
        if width < 1.0 || height < 1.0 {
            return;
        }
        let shapes = draw(&Sheet {
            width,
            height,
            measure: canvas::measure,
        });
        let ratio = window().device_pixel_ratio().clamp(1.0, 4.0);
        let pixels = |px: f64| (px * ratio).round() as u32;
        // Setting the size clears a canvas even where it is the same, and takes its memory anew.
        if (element.width(), element.height()) != (pixels(width), pixels(height)) {
            element.set_width(pixels(width));
            element.set_height(pixels(height));
        }
        let Some(context) = canvas::context_of(&element) else {
            return;
        };
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, width, height);
        palette.with(|palette| canvas::draw(&context, &shapes, palette, origin.get()));
    });
    // One without words only decorates what another element says.
    let words = move || Some(label.get()).filter(|label| !label.is_empty());
    let role = move || words().map(|_| "img");
    let hidden = move || words().is_none().then_some("true");
    view! { <canvas node_ref=node class="picture" role=role aria-label=words aria-hidden=hidden></canvas> }
}
