//! The gesture on the histogram that chooses a part of the range: drag draws it, its edges and middle drag too, a plain
//! press clears it. Edges keep to the bins. From the keyboard: arrows on the chart or on either edge.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::brush::BrushPart;
use lifeline::chart::brush::brush_part;
use lifeline::chart::within;
use lifeline::link::RangeChoice;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::counts::use_counts;
use crate::frame::histogram::Layout;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::use_app;

/// A press that moves less than this is a click.
const CLICK_PX: f64 = 3.0;
/// What the words of the brush take, and those of the scale over a bar, about.
const WORDS_PX: f64 = 290.0;
const SCALE_PX: f64 = 340.0;

#[derive(Clone, Copy)]
struct Drag {
    part: BrushPart,
    from_px: f64,
    before: Option<TimeRange>,
    has_moved: bool,
}

#[component(transparent)]
pub fn Brush(
    domain: Signal<Option<TimeRange>>,
    layout: Memo<Layout>,
    hovered: RwSignal<Option<usize>>,
) -> Node {
    let app = use_app();
    let counts = use_counts();
    let area = NodeRef::<html::Div>::new();
    let drag = StoredValue::new(None::<Drag>);
    let n_bins = move || {
        counts
            .in_range
            .answer
            .with(|overview| overview.as_ref().map_or(1, |o| o.bins.len().max(1)))
    };
    let scale = move || {
        domain
            .get()
            .map(|domain| TimeScale::new(domain, layout.get().width))
    };
    let snapped = move |x_px: f64, up: bool| -> Option<Timestamp> {
        let domain = domain.get_untracked()?;
        let width = layout.get_untracked().width.max(1.0);
        let n = untrack(n_bins) as f64;
        let bin = within(x_px / width * n, 0.0, n);
        let bin = if up { bin.ceil() } else { bin.floor() };
        let nanos = domain.nanos() as f64 / n * bin;
        Some(domain.from().plus_nanos(nanos.round() as i64))
    };
    let x_of = move |event: &ev::PointerEvent| {
        area.get_untracked().map_or(0.0, |area| {
            f64::from(event.client_x()) - area.get_bounding_client_rect().left()
        })
    };
    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        let x = x_of(&event);
        let Some(scale) = untrack(scale) else { return };
        let before = app.brush.get_untracked();
        drag.set_value(Some(Drag {
            part: brush_part(x, before, scale),
            from_px: x,
            before,
            has_moved: false,
        }));
        if let Some(area) = area.get_untracked() {
            let _ = area.set_pointer_capture(event.pointer_id());
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        let x = x_of(&event);
        let width = layout.get_untracked().width.max(1.0);
        let Some(mut held) = drag.get_value() else {
            let bin = (x / width * untrack(n_bins) as f64).floor();
            let bin = (bin >= 0.0).then_some(bin as usize);
            if hovered.get_untracked() != bin {
                hovered.set(bin);
            }
            return;
        };
        if (x - held.from_px).abs() >= CLICK_PX {
            held.has_moved = true;
            drag.set_value(Some(held));
        }
        if !held.has_moved {
            return;
        }
        let range = match (held.part, held.before) {
            (BrushPart::Start, Some(before)) => ordered(snapped(x, false), Some(before.to())),
            (BrushPart::End, Some(before)) => ordered(Some(before.from()), snapped(x, true)),
            (BrushPart::Middle, Some(before)) => untrack(scale).and_then(|scale| {
                let from = scale.px(before.from()) + x - held.from_px;
                let from = within(
                    from,
                    0.0,
                    (width - scale.px(before.to()) + scale.px(before.from())).max(0.0),
                );
                let from = snapped(from + 0.5, false)?;
                TimeRange::new(from, from.plus_nanos(before.nanos()))
            }),
            _ => {
                let (a, b) = (held.from_px.min(x), held.from_px.max(x));
                ordered(snapped(a, false), snapped(b, true))
            }
        };
        if let Some(range) = range.filter(|range| range.nanos() > 0)
            && app.brush.get_untracked() != Some(range)
        {
            app.brush.set(Some(range));
        }
    };
    let on_up = move |_: ev::PointerEvent| {
        if let Some(held) = drag.get_value()
            && !held.has_moved
            && held.part == BrushPart::Outside
        {
            app.brush.set(None);
        }
        drag.set_value(None);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(domain) = domain.get_untracked() else {
            return;
        };
        let bin = domain.nanos() / untrack(n_bins) as i64;
        let steps = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "Enter" => {
                zoom_to_brush(app);
                return;
            }
            "Escape" if app.brush.get_untracked().is_some() => {
                event.stop_propagation();
                app.brush.set(None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let by = bin * steps;
        let next = match app.brush.get_untracked() {
            None => {
                let middle = domain
                    .from()
                    .plus_nanos(domain.nanos() / bin.max(1) / 2 * bin);
                TimeRange::new(middle, middle.plus_nanos(bin))
            }
            Some(brush) if event.shift_key() => {
                TimeRange::new(brush.from(), brush.to().plus_nanos(by))
            }
            Some(brush) => TimeRange::new(brush.from().plus_nanos(by), brush.to().plus_nanos(by)),
        };
        let fits = |range: &TimeRange| {
            range.nanos() >= bin && range.from() >= domain.from() && range.to() <= domain.to()
        };
        if let Some(range) = next.filter(fits) {
            app.brush.set(Some(range));
        }
    };
    let chosen = move || {
        let brush = app.brush.get()?;
        let scale = scale()?;
        let layout = layout.get();
        let left = scale.px_within(brush.from(), 0.0).round();
        let right = scale.px_within(brush.to(), 0.0).round().max(left + 1.0);
        Some(view! { <Chosen brush left right layout clock=app.clock()/> })
    };
    view! {
        <div class="brush-area" node_ref=area tabindex="0" role="group"
            aria-label="Choose a part of the time: arrow keys move it, with Shift they resize it, Enter zooms, Escape clears"
            on:pointerdown=on_down on:pointermove=on_move on:pointerup=on_up
            on:pointercancel=move |_| drag.set_value(None)
            on:pointerleave=move |_| hovered.set(None)
            on:dblclick=move |_| zoom_to_brush(app)
            on:keydown=on_key>
            {chosen}
        </div>
    }
}

/// The chosen part: tint, edges with grips, what lies outside dimmed, and its words.
#[component(transparent)]
fn Chosen(brush: TimeRange, left: f64, right: f64, layout: Layout, clock: Clock) -> Node {
    let counts = use_counts();
    let matching = move || {
        counts
            .in_brush
            .with(|overview| format!(" · {} match", words::count(overview.matching)))
    };
    let text = format!(
        "{} {}",
        words::range(brush, clock),
        words::offset(brush.from(), clock)
    );
    // The words stand on the side that has room for them.
    let at_end = right + WORDS_PX + 10.0 > layout.width;
    let from_end = (layout.width - left + 10.0).min(layout.width - WORDS_PX);
    // Where the words stand over those of the scale, these go.
    let is_first = match at_end {
        true => layout.width - from_end - WORDS_PX < SCALE_PX,
        false => right < SCALE_PX,
    };
    view! {
        <div class="brush-dim" style:left="0" style:width=px(left)></div>
        <div class="brush-dim" style:left=px(right) style:width=px((layout.width - right).max(0.0))></div>
        <div class="brush" style:left=px(left) style:width=px(right - left)></div>
        <span class="brush-grip" style:left=px(left)></span>
        <span class="brush-grip" style:left=px(right)></span>
        <div class="brush-words" class:is-first=is_first role="status"
            style:left=if at_end { "auto".to_owned() } else { px(right + 10.0) }
            style:right=if at_end { px(from_end) } else { "auto".to_owned() }>
            {text} {matching}
        </div>
    }
}

/// Makes the brush the range.
pub fn zoom_to_brush(app: App) {
    if let Some(brush) = app.brush.get_untracked() {
        app.choose_range(RangeChoice::Absolute(brush));
    }
}

fn ordered(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<TimeRange> {
    let (a, b) = (a?, b?);
    TimeRange::new(a.min(b), a.max(b))
}
