//! The lanes that are pinned: under the axis, whatever is scrolled, sorted and searched; and the button that pins.

use lifeline::chart::Glyph as MarkGlyph;
use lifeline::chart::Shape;
use lifeline::chart::axis::draw_hairline;
use lifeline::chart::clusters::Opens;
use lifeline::chart::gesture::Release;
use lifeline::chart::hit_test::Hit;
use lifeline::chart::hit_test::hit;
use lifeline::chart::pinned::PINNED_PX;
use lifeline::chart::pinned::PinnedInput;
use lifeline::chart::pinned::pinned;
use lifeline::chart::swimlane::Scene;
use lifeline::chart::ticks::two_levels;
use lifeline::protocol::Lane;
use lifeline::protocol::Lanes;
use lifeline::screen::timeline_words;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::TimeRange;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::card::CardAt;
use super::card::Subject;
use super::keys;
use super::lanes::Held;
use super::stage::Pointer;
use super::stage::Stage;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::Picture;
use crate::paint::Sheet;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::long_name::long_name;
use crate::widgets::outcome::OutcomeIcon;
use crate::widgets::pan_zoom::PanZoom;

/// Pins a lane, or takes it from where it was pinned to.
#[component(transparent)]
pub fn PinButton(key: String, label: String) -> Node {
    let stage = use_stage();
    let key = StoredValue::new(key);
    let is_pinned = Memo::new(move |_| {
        let pinned = stage.app.pinned;
        key.with_value(|key| pinned.with(|pinned| pinned.contains(key)))
    });
    let name = move || match is_pinned.get() {
        true => "Unpin this lane (p)",
        false => "Pin this lane under the axis (p)",
    };
    view! {
        <button type="button" class="tl-pin" aria-pressed=move || is_pinned.get().to_string()
            aria-label=format!("Pin {label}") title=name
            on:click=move |_| stage.toggle_pin(&key.get_value())>
            <Icon glyph=Glyph::Pin row=true/>
        </button>
    }
}

/// Nothing where no lane is pinned.
#[component(transparent)]
pub fn Pinned() -> Node {
    let stage = use_stage();
    let has_pins = Memo::new(move |_| stage.app.pinned.with(|pinned| !pinned.is_empty()));
    view! { <Show when=move || has_pins.get()><Strip/></Show> }
}

#[component(transparent)]
fn Strip() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let row_px = move || stage.row_px().max(PINNED_PX);
    let height = Memo::new(move |_| row_px() * stage.app.pinned.with(|pinned| pinned.len()) as f64);
    let node = NodeRef::<html::Div>::new();
    let pointer = RwSignal::new(None::<Pointer>);
    let scene = StoredValue::new(Scene::default());
    let draw = move |sheet: &Sheet| draw_pinned(stage, held, sheet, row_px(), scene);
    let subject = Memo::new(move |_| {
        let (lanes, pointer) = (held.pinned.get()?, pointer.get()?);
        let _ = stage.scale();
        scene.with_value(|scene| under(stage, held, scene, pointer, &lanes))
    });
    let draw_over = move |sheet: &Sheet| {
        let mut shapes = Vec::new();
        let Some(scale) = stage.scale() else {
            return shapes;
        };
        let event = subject.with(|subject| subject.as_ref()?.event);
        let own = pointer.get().map(|pointer| pointer.x);
        let chart = stage.pointer.get().map(|pointer| pointer.x);
        let x = event.map(|event| scale.px(event.at)).or(own).or(chart);
        if let Some(x) = x {
            draw_hairline(x, 0.0, sheet.height, &mut shapes);
        }
        if let Some(event) = event {
            let (x, y) = (scale.px(event.at), f64::from(event.lane + 1) * row_px());
            shapes.push(Shape::Mark {
                glyph: MarkGlyph::HoverRing,
                x,
                y: y - PINNED_PX / 2.0,
            });
        }
        shapes
    };
    let hand = PanZoom::new(node);
    let place = move |event: &ev::PointerEvent| {
        let (x, y) = hand.place(event);
        Pointer { x, y }
    };
    let on_move = move |event: ev::PointerEvent| match hand.moved(&event) {
        Some(scale) => {
            pointer.set(None);
            stage.show(scale);
        }
        None if event.pointer_type() != "touch" => pointer.set(Some(place(&event))),
        None => {}
    };
    let on_up = move |event: ev::PointerEvent| match hand.up(&event) {
        Release::Moved => stage.settle(),
        Release::Click => scene.with_value(|scene| {
            let at = place(&event);
            match hit(scene, at.x, at.y) {
                Some(Hit::Mark(mark)) => keys::open(stage, Opens::Event(mark.row)),
                Some(Hit::Crowd(_, crowd)) => {
                    keys::open(stage, Opens::Crowd(crowd.from, crowd.until, crowd.row));
                }
                _ => {}
            }
        }),
        Release::Nothing => {}
    };
    let on_wheel = move |event: ev::WheelEvent| {
        if let Some(scale) = hand.wheel(&event, untrack(|| stage.scale()), false) {
            stage.show(scale);
        }
    };
    let label = Signal::derive(move || {
        let said = held
            .pinned
            .get()
            .map_or_else(String::new, |lanes| timeline_words::summary(&lanes));
        format!("Pinned: {said}")
    });
    let labels = move || {
        let answer = held.pinned.get();
        let pins = stage.app.pinned.get();
        let rows = pins.into_iter().map(|key| {
            let lane = answer.as_deref().and_then(|lanes| of_key(lanes, &key));
            let is_hidden = answer.is_some() && lane.is_none();
            label_of(stage, key, lane, is_hidden)
        });
        rows.collect::<Node>()
    };
    let at = Memo::new(move |_| {
        let event = subject.with(|subject| subject.as_ref()?.event);
        let scale = stage.scale()?;
        let pointer = pointer.get()?;
        let (x, row) = match event {
            Some(event) => (scale.px(event.at), f64::from(event.lane + 1) * row_px()),
            None => (pointer.x, pointer.y),
        };
        Some((x, row))
    });
    view! {
        <div class="tl-pins">
            <div class="tl-pin-rows">
            <ul class="tl-pin-labels" aria-label="Pinned">{labels}</ul>
            <div class="tl-pin-chart" node_ref=node style:height=move || px(height.get())
                on:pointerdown=move |event| hand.down(&event, untrack(|| stage.scale()))
                on:pointermove=on_move on:pointerup=on_up
                on:pointercancel=move |event: ev::PointerEvent| { hand.up(&event); stage.settle(); }
                on:pointerleave=move |_| pointer.set(None)
                on:wheel=on_wheel>
                <Picture label draw/>
                <div class="tl-over" aria-hidden="true"><Picture label="" draw=draw_over/></div>
            </div>
            </div>
            <CardAt subject at/>
        </div>
    }
}

fn of_key<'a>(lanes: &'a Lanes, key: &str) -> Option<&'a Lane> {
    lanes.lanes.iter().find(|lane| lane.key == key)
}

fn draw_pinned(
    stage: Stage,
    held: Held,
    sheet: &Sheet,
    row_px: f64,
    kept: StoredValue<Scene>,
) -> Vec<Shape> {
    let (Some(scale), Some(answer)) = (stage.scale(), held.pinned.get()) else {
        return Vec::new();
    };
    let scale = scale.with_width(sheet.width);
    let pins = stage.app.pinned.get();
    let lanes: Vec<Option<&Lane>> = pins.iter().map(|key| of_key(&answer, key)).collect();
    let held_range = stage
        .app
        .totals
        .with(|totals| TimeRange::new(totals.first?, totals.last?));
    let axis = two_levels(scale, stage.app.clock(), &sheet.measure);
    let drawn = pinned(&PinnedInput {
        scale,
        lanes: &lanes,
        gaps: &answer.gaps,
        axis: &axis,
        row_px,
        held: held_range,
        measure: &sheet.measure,
    });
    let shapes = drawn.shapes.clone();
    kept.set_value(drawn);
    shapes
}

fn under(
    stage: Stage,
    held: Held,
    scene: &Scene,
    pointer: Pointer,
    lanes: &Lanes,
) -> Option<Subject> {
    let clock = stage.app.clock();
    let lane_at = |number: u32| {
        let key = stage
            .app
            .pinned
            .with(|pins| pins.get(number as usize).cloned())?;
        of_key(lanes, &key)
    };
    match hit(scene, pointer.x, pointer.y)? {
        Hit::Mark(mark) => Subject::mark(lane_at(mark.lane)?, mark.lane, mark.index, clock),
        Hit::Finding(number, placed) => {
            let first = placed.findings.first()?;
            Subject::finding(
                lane_at(number)?,
                number,
                *first,
                placed.findings.len(),
                clock,
            )
        }
        Hit::Crowd(number, crowd) => Some(Subject::crowd(
            lane_at(number)?,
            (crowd.n as u64, crowd.n_failed as u64),
            (crowd.from, crowd.until),
            clock,
        )),
        Hit::Span(placed, index) => {
            Subject::span(lane_at(placed.lane)?, placed.spans.get(index)?, clock)
        }
        Hit::Gap(index) | Hit::Plate(index) => {
            let lanes = held.pinned.get()?;
            lanes.gaps.get(index).map(|gap| Subject::gap(gap, clock))
        }
        Hit::Lane(_) => None,
    }
}

/// A lane that is not among those that the search leaves says so.
fn label_of(stage: Stage, key: String, lane: Option<&Lane>, is_hidden: bool) -> Node {
    let Some(lane) = lane else {
        let name = key.rsplit(':').next().unwrap_or_default().to_owned();
        let why = match is_hidden {
            true => "not in this search",
            false => "",
        };
        return view! {
            <li class="tl-pin-row">
                <div class="tl-lane">
                    <PinButton key=key.clone() label=name.clone()/>
                    <span class="tl-lane-name long-name" title=key>{long_name(&name)}</span>
                    <span class="tl-pin-why">{why}</span>
                </div>
            </li>
        };
    };
    let opens = lane
        .resource
        .as_ref()
        .map(|head| (head.id.clone(), head.kind));
    let label = lane.label.clone();
    let name = match opens {
        Some((id, kind)) => view! {
            <button type="button" class="tl-lane-name long-name" title=key.clone()
                on:click=move |_| stage.app.open_resource(id.clone(), Some(kind))>{long_name(&label)}</button>
        },
        None => view! { <span class="tl-lane-name long-name">{long_name(&label)}</span> },
    };
    let failed = (lane.n_failures > 0).then(|| {
        view! {
            <span class="tl-failed">
                <OutcomeIcon outcome=lifeline::cadf::Outcome::Failure/>
                {words::count(lane.n_failures)}
                <span class="visually-hidden">" failed"</span>
            </span>
        }
    });
    let all = match lane.n_events {
        0 => String::new(),
        n => words::count(n),
    };
    view! {
        <li class="tl-pin-row">
            <div class="tl-lane">
                <PinButton key label/>
                {name}
                {failed}
                <span class="tl-all">{all}<span class="visually-hidden">" events here"</span></span>
            </div>
        </li>
    }
}
