//! All lanes over the whole range at the foot, with a frame about what is in sight: dragged, pressed or moved by keys.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::minimap::BANDS;
use lifeline::chart::minimap::InSight;
use lifeline::chart::minimap::MINIMAP_PX;
use lifeline::chart::minimap::Minimap;
use lifeline::chart::minimap::draw_minimap;
use lifeline::protocol::Answer;
use lifeline::protocol::LanesShort;
use lifeline::protocol::Question;
use lifeline::screen::minimap as said;

use super::lanes::Held;
use super::lanes::lane_key;
use super::stage::Stage;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::Picture;
use crate::paint::Sheet;
use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::StoredValue;
use crate::widgets::pan_zoom::PanZoom;
use crate::widgets::size::use_size;

/// Parts of the time, about as wide as can be told apart.
const PARTS: u32 = 240;
const PARTS_PHONE: u32 = 100;
/// One press of an arrow moves the window by this share of itself.
const STEP: f64 = 0.25;

/// Where the hand took hold, from the middle of the frame.
#[derive(Clone, Copy)]
struct Grip {
    from_middle: (f64, f64),
    began: (f64, f64),
    /// Pressed outside the frame: it has gone there.
    has_gone: bool,
}

#[component(transparent)]
pub fn MinimapStrip() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let short = use_short(stage);
    let node = NodeRef::<html::Div>::new();
    let size = use_size(node);
    let map = Memo::new(move |_| {
        let short = short.get()?;
        let width = size.get().0;
        (width >= 1.0).then(|| Minimap {
            scale: TimeScale::new(short.window, width),
            height: MINIMAP_PX,
            total: short.total,
        })
    });
    let sight = Memo::new(move |_| in_sight(stage, held));
    let draw = move |_: &Sheet| {
        let mut shapes = Vec::new();
        if let (Some(map), Some(short), Some(sight)) = (map.get(), short.get(), sight.get()) {
            draw_minimap(&map, &short, sight, &mut shapes);
        }
        shapes
    };
    let grip = StoredValue::new(None::<Grip>);
    let hand = PanZoom::new(node);
    let down = move |event: ev::PointerEvent| {
        let (Some(map), Some(sight)) = (map.get_untracked(), sight.get_untracked()) else {
            return;
        };
        if event.button() != 0 {
            return;
        }
        let at = hand.place(&event);
        let frame = map.frame(sight);
        let has_gone = !frame.contains(at.0, at.1);
        let middle = (frame.x + frame.width / 2.0, frame.middle());
        let from_middle = match has_gone {
            true => (0.0, 0.0),
            false => (at.0 - middle.0, at.1 - middle.1),
        };
        grip.set_value(Some(Grip {
            from_middle,
            began: at,
            has_gone,
        }));
        if let Some(node) = node.get_untracked() {
            let _ = node.set_pointer_capture(event.pointer_id());
        }
        if has_gone {
            go(stage, held, map, Some(at.0), Some(at.1));
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        let (Some(grip), Some(map)) = (grip.get_value(), map.get_untracked()) else {
            return;
        };
        let at = hand.place(&event);
        // A drag along one way leaves the other as it is.
        let moved = |now: f64, began: f64| grip.has_gone || (now - began).abs() >= 2.0;
        let x = moved(at.0, grip.began.0).then_some(at.0 - grip.from_middle.0);
        let y = moved(at.1, grip.began.1).then_some(at.1 - grip.from_middle.1);
        go(stage, held, map, x, y);
    };
    let on_up = move |_: ev::PointerEvent| {
        if grip.get_value().is_some() {
            grip.set_value(None);
            stage.settle();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let width = map.get_untracked().map_or(0.0, |map| map.scale.width_px());
        let to = |x: f64| {
            if let Some(map) = map.get_untracked() {
                go(stage, held, map, Some(x), None);
            }
        };
        let page = 0.8 * stage.view_px.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" => stage.pan(-STEP),
            "ArrowRight" => stage.pan(STEP),
            "Home" => to(0.0),
            "End" => to(width),
            "ArrowUp" => stage.scroll_to(stage.scroll.get_untracked() - stage.row_px_now()),
            "ArrowDown" => stage.scroll_to(stage.scroll.get_untracked() + stage.row_px_now()),
            "PageUp" => stage.scroll_to(stage.scroll.get_untracked() - page),
            "PageDown" => stage.scroll_to(stage.scroll.get_untracked() + page),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let all = move || {
        let clock = stage.app.clock();
        short.with(|short| said::all(short, clock))
    };
    let shown = move || sight.get().map(said::shown);
    let looked_at = move || short.with(said::looked_at).flatten();
    // How far along the middle of the window is.
    let along = move || {
        let (map, sight) = (map.get()?, sight.get()?);
        let frame = map.frame(sight);
        let share = (frame.x + frame.width / 2.0) / map.scale.width_px();
        Some(((share * 100.0).round() as i32).to_string())
    };
    view! {
        <div class="tl-minimap">
            <div class="tl-mini-words">
                <strong class="cut" title=all>{all}</strong>
                <span class="cut" title=looked_at>{shown} " Drag the frame."</span>
            </div>
            <div class="tl-mini-chart" node_ref=node tabindex="0" role="slider" aria-label="Time and lanes in sight, of all"
                aria-orientation="horizontal" aria-valuemin="0" aria-valuemax="100"
                aria-valuenow=along aria-valuetext=shown
                on:pointerdown=down on:pointermove=on_move on:pointerup=on_up on:pointercancel=on_up
                on:keydown=on_key>
                <Picture label="" draw/>
            </div>
        </div>
    }
}

fn use_short(stage: Stage) -> Asked<LanesShort> {
    use_answer(
        move || {
            Some(Question::LanesShort {
                filter: stage.app.filter_of_range(),
                window: stage.fit_window()?,
                by: lane_key(stage.app.lanes_by.get()),
                sort: stage.app.lane_sort.get(),
                find: stage.app.find.get(),
                bands: BANDS,
                parts: match stage.is_phone.get() {
                    true => PARTS_PHONE,
                    false => PARTS,
                },
            })
        },
        |answer| match answer {
            Answer::LanesShort(short) => Some(short),
            _ => None,
        },
    )
}

fn in_sight(stage: Stage, held: Held) -> Option<InSight> {
    let window = stage.window()?;
    let (scroll, view) = (stage.scroll.get(), stage.view_px.get());
    let runs = held.rows.with(|rows| rows.lanes_in_sight(scroll, view, 0));
    let first = runs.first().map_or(0, |(first, _)| *first);
    let end = runs.last().map_or(0, |(first, count)| first + count);
    Some(InSight {
        window,
        lanes: (first, end),
    })
}

/// Brings the frame's middle to a place of the strip.
fn go(stage: Stage, held: Held, map: Minimap, x: Option<f64>, y: Option<f64>) {
    if let (Some(x), Some(scale)) = (x, untrack(|| stage.scale())) {
        let window = map.window_about(x, scale.window());
        stage.show(TimeScale::new(window, scale.width_px()));
    }
    if let Some(y) = y {
        let lane = map.lane_at(y);
        let top = held.rows.with_untracked(|rows| rows.top_near_lane(lane));
        if let Some(top) = top {
            let view = stage.view_px.get_untracked();
            stage.scroll_to(top - (view - stage.row_px_now()) / 2.0);
        }
    }
}
