//! The canvas: lanes below, what is under the pointer above them, and the axis over both. Turns gestures into windows;
//! what they come to is [`Stage`]'s.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use lifeline::chart::Glyph;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::axis::draw_hairline;
use lifeline::chart::axis::draw_time_plate;
use lifeline::chart::axis::draw_two_levels;
use lifeline::chart::clusters::Opens;
use lifeline::chart::gesture::Release;
use lifeline::chart::hit_test::Hit;
use lifeline::chart::hit_test::hit;
use lifeline::chart::swimlane::Scene;
use lifeline::chart::ticks::two_levels;
use lifeline::chart::timeline::TimelineInput;
use lifeline::chart::timeline::timeline;
use lifeline::protocol::GapReason;
use lifeline::protocol::Lanes;
use lifeline::protocol::Request;
use lifeline::protocol::RowId;
use lifeline::screen::timeline_words;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use lifeline::time::written;

use super::card::Card;
use super::card::Subject;
use super::keys;
use super::lanes::Held;
use super::lanes::at_cursor;
use super::lanes::gaps_of;
use super::lanes::lane_of;
use super::relations;
use super::stage::Cursor;
use super::stage::Pointer;
use super::stage::Stage;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::Picture;
use crate::paint::Sheet;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::widgets::pan_zoom::PanZoom;
use crate::widgets::size::use_size;

/// The canvas reaches this far beyond both edges of the view, so that scrolling moves a picture and draws none.
const OVER_PX: f64 = 110.0;
const AXIS_PX: f64 = 40.0;

#[component(transparent)]
pub fn Chart() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let node = stage.chart;
    let size = use_size(node);
    Effect::new(move |_| stage.width.set(size.get().0));
    let top =
        Memo::new(move |_| ((stage.scroll.get() - OVER_PX) / OVER_PX).floor().max(0.0) * OVER_PX);
    let height = Memo::new(move |_| (stage.view_px.get() + 3.0 * OVER_PX).round());
    let scene = StoredValue::new(Scene::default());

    let draw = move |sheet: &Sheet| draw_lanes(stage, held, sheet, top.get(), height.get(), scene);
    let subject = Memo::new(move |_| {
        // A new picture may have moved under the pointer.
        let answers = held.answers();
        let pointer = stage.pointer.get();
        let _ = (stage.scale(), top.get());
        match pointer {
            Some(pointer) => {
                let clock = stage.app.clock();
                scene.with_value(|scene| under(scene, pointer, &answers, clock))
            }
            None if stage.has_focus.get() => {
                let cursor = stage.cursor.get()?;
                let (lane, mark) = at_cursor(&answers, cursor)?;
                Subject::mark(lane, cursor.lane, mark, stage.app.clock())
            }
            None => None,
        }
    });
    let draw_over = move |sheet: &Sheet| draw_over(stage, held, subject, sheet, top.get());

    let hand = PanZoom::new(node);
    let place = move |event: &ev::PointerEvent| {
        let (x, y) = hand.place(event);
        Pointer { x, y }
    };
    let on_move = move |event: ev::PointerEvent| {
        if let Some(scale) = hand.moved(&event) {
            stage.pointer.set(None);
            stage.show(scale);
        } else if event.pointer_type() != "touch" {
            stage.pointer.set(Some(place(&event)));
        }
    };
    let on_up = move |event: ev::PointerEvent| match hand.up(&event) {
        Release::Moved => stage.settle(),
        Release::Click => {
            let at = place(&event);
            stage.pointer.set(Some(at));
            scene.with_value(|scene| clicked(stage, held, scene, at));
        }
        Release::Nothing => {}
    };
    let on_cancel = move |event: ev::PointerEvent| {
        hand.up(&event);
        stage.settle();
    };
    // A finger that leaves has tapped: what it tapped stays told of.
    let on_leave = move |event: ev::PointerEvent| {
        if event.pointer_type() != "touch" {
            stage.pointer.set(None);
        }
    };
    let on_wheel = move |event: ev::WheelEvent| {
        if let Some(scale) = hand.wheel(&event, untrack(|| stage.scale()), false) {
            stage.show(scale);
        }
    };
    let label = Signal::derive(move || {
        let said = held
            .newest()
            .map_or_else(String::new, |lanes| timeline_words::summary(&lanes));
        let window = stage.window().map_or_else(String::new, |window| {
            words::range(window, stage.app.clock())
        });
        format!("Timeline of {window}: {said}. The table says the same.")
    });
    view! {
        <div class="tl-chart" node_ref=node tabindex="0" role="application" aria-roledescription="timeline"
            aria-label="Timeline. Arrow keys walk marks and lanes, Enter opens one."
            style:top=move || px(top.get())
            style:height=move || px(height.get())
            on:pointerdown=move |event| hand.down(&event, untrack(|| stage.scale()))
            on:pointermove=on_move on:pointerup=on_up on:pointercancel=on_cancel on:pointerleave=on_leave
            on:wheel=on_wheel
            on:focus=move |_| stage.has_focus.set(true)
            on:blur=move |_| stage.has_focus.set(false)
            on:keydown=move |event| keys::on_chart(stage, held, &event)>
            <Picture label draw/>
            <div class="tl-over" aria-hidden="true"><Picture label="" draw=draw_over/></div>
        </div>
        <Card subject top/>
    }
}

fn draw_lanes(
    stage: Stage,
    held: Held,
    sheet: &Sheet,
    top: f64,
    height: f64,
    kept: StoredValue<Scene>,
) -> Vec<Shape> {
    let Some(window) = stage.window() else {
        return Vec::new();
    };
    let scale = TimeScale::new(window, sheet.width);
    let answers = held.answers();
    let Some(first) = answers.first() else {
        return Vec::new();
    };
    let axis = two_levels(scale, stage.app.clock(), &sheet.measure);
    let gaps = gaps_of(&answers);
    let by = held.by();
    let chosen = stage.cursor.get();
    let held_range = stage
        .app
        .totals
        .with(|totals| TimeRange::new(totals.first?, totals.last?));
    let drawn = held.rows.with(|rows| {
        timeline(&TimelineInput {
            scale,
            rows,
            groups: &first.groups,
            lane: &|number| lane_of(&answers, number),
            gaps: &gaps,
            by,
            axis: &axis,
            top,
            height,
            chosen: chosen.map(|cursor| cursor.lane),
            held: held_range,
            measure: &sheet.measure,
        })
    });
    let mut shapes = drawn.shapes.clone();
    ring_selected(stage, &drawn, &mut shapes);
    kept.set_value(drawn);
    shapes
}

/// The selected event's mark has the ring of the hover.
fn ring_selected(stage: Stage, scene: &Scene, shapes: &mut Vec<Shape>) {
    let row: Option<RowId> = stage
        .app
        .selection
        .with(|selection| selection.as_ref().map(|selection| selection.row));
    for mark in scene.marks.iter().filter(|mark| Some(mark.row) == row) {
        shapes.push(Shape::Mark {
            glyph: Glyph::HoverRing,
            x: mark.x,
            y: mark.y,
        });
    }
}

fn draw_over(
    stage: Stage,
    held: Held,
    subject: Memo<Option<Subject>>,
    sheet: &Sheet,
    top: f64,
) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let Some(window) = stage.window() else {
        return shapes;
    };
    let scale = TimeScale::new(window, sheet.width);
    relations::draw(stage, held, scale, top, &mut shapes);
    let Some((x, _)) = time_in_hand(stage, subject, scale) else {
        return shapes;
    };
    draw_hairline(x, 0.0, sheet.height, &mut shapes);
    if let Some(event) = subject.with(|subject| subject.as_ref()?.event)
        && let Some(row_top) = held.rows.with(|rows| rows.top_of_lane(event.lane))
    {
        let row_px = stage.row_px();
        shapes.push(Shape::Mark {
            glyph: Glyph::HoverRing,
            x: scale.px(event.at),
            y: row_top - top + row_px - 11.0,
        });
    }
    shapes
}

/// The instant under the pointer or the cursor, and where it stands; a mark under the pointer draws it to itself.
fn time_in_hand(
    stage: Stage,
    subject: Memo<Option<Subject>>,
    scale: TimeScale,
) -> Option<(f64, Timestamp)> {
    let at = match subject.with(|subject| subject.as_ref()?.event) {
        Some(event) => event.at,
        None => scale.time_from_px(stage.pointer.get()?.x),
    };
    let x = scale.px(at);
    (0.0..=scale.width_px()).contains(&x).then_some((x, at))
}

/// The axis over the lanes, with the time under the pointer on its plate.
#[component(transparent)]
pub fn Axis() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let draw = move |sheet: &Sheet| {
        let mut shapes = Vec::new();
        let Some(window) = stage.window() else {
            return shapes;
        };
        let clock = stage.app.clock();
        let scale = TimeScale::new(window, sheet.width);
        let axis = two_levels(scale, clock, &sheet.measure);
        draw_two_levels(&axis, sheet.width, AXIS_PX, &mut shapes);
        let pointer = stage
            .pointer
            .get()
            .map(|pointer| scale.time_from_px(pointer.x));
        let cursor = match stage.has_focus.get() {
            true => stage.cursor.get().and_then(|cursor| {
                let answers = held.answers();
                let (lane, mark) = at_cursor(&answers, cursor)?;
                lane.marks.get(mark).map(|mark| mark.at)
            }),
            false => None,
        };
        if let Some(at) = pointer.or(cursor) {
            let text = plate_words(at, window, scale, clock);
            let x = scale.px(at);
            draw_time_plate(x, &text, sheet.width, AXIS_PX, &sheet.measure, &mut shapes);
        }
        shapes
    };
    let label = Signal::derive(move || {
        stage.window().map_or_else(String::new, |window| {
            let clock = stage.app.clock();
            let offset = words::offset(window.from(), clock);
            format!("Time axis: {} {offset}", words::range(window, clock))
        })
    });
    let offset = move || {
        stage.window().map(|window| {
            format!(
                "all times {}",
                words::offset(window.from(), stage.app.clock())
            )
        })
    };
    view! {
        <div class="tl-axis">
            <Picture label draw/>
            <span class="tl-offset">{offset}</span>
        </div>
    }
}

/// As exact as a pixel is, with the date where more than two days are in sight.
fn plate_words(at: Timestamp, window: TimeRange, scale: TimeScale, clock: Clock) -> String {
    const MILLI: f64 = 1e6;
    const DAY: i64 = 86_400_000_000_000;
    let wall = clock.wall(at);
    let date = match window.nanos() > 2 * DAY {
        true => "%-d %b ",
        false => "",
    };
    let time = match scale.nanos_per_px() {
        n if n < MILLI / 10.0 => "%H:%M:%S%.6f",
        n if n < 1000.0 * MILLI => "%H:%M:%S%.3f",
        n if n < 3_600_000.0 * MILLI => "%H:%M:%S",
        _ => "%H:%M",
    };
    format!(
        "{} {}",
        written(wall, &format!("{date}{time}")),
        clock.offset_text(at)
    )
}

fn under(scene: &Scene, pointer: Pointer, answers: &[Arc<Lanes>], clock: Clock) -> Option<Subject> {
    match hit(scene, pointer.x, pointer.y)? {
        Hit::Mark(mark) => {
            Subject::mark(lane_of(answers, mark.lane)?, mark.lane, mark.index, clock)
        }
        Hit::Finding(lane, placed) => {
            let of_lane = lane_of(answers, lane)?;
            let first = placed.findings.first()?;
            Subject::finding(of_lane, lane, *first, placed.findings.len(), clock)
        }
        Hit::Crowd(lane, crowd) => {
            let within = (crowd.from, crowd.until);
            let counts = (crowd.n as u64, crowd.n_failed as u64);
            Some(Subject::crowd(
                lane_of(answers, lane)?,
                counts,
                within,
                clock,
            ))
        }
        Hit::Span(lane, index) => {
            Subject::span(lane_of(answers, lane.lane)?, lane.spans.get(index)?, clock)
        }
        Hit::Gap(index) | Hit::Plate(index) => gaps_of(answers)
            .get(index)
            .map(|gap| Subject::gap(gap, clock)),
        Hit::Lane(_) => None,
    }
}

/// A click opens an event, asks again for what failed, or puts the cursor on a lane.
fn clicked(stage: Stage, held: Held, scene: &Scene, at: Pointer) {
    let answers = untrack(|| held.answers());
    match hit(scene, at.x, at.y) {
        Some(Hit::Mark(mark)) => {
            stage.cursor.set(Some(Cursor {
                lane: mark.lane,
                at: mark.at,
                row: Some(mark.row),
            }));
            keys::open(stage, Opens::Event(mark.row));
        }
        Some(Hit::Finding(lane, placed)) => {
            let found = lane_of(&answers, lane)
                .zip(placed.findings.first())
                .and_then(|(lane, first)| lane.findings.get(*first));
            if let Some(finding) = found {
                stage.cursor.set(Some(Cursor {
                    lane,
                    at: finding.at,
                    row: Some(finding.row),
                }));
                keys::open(stage, Opens::Event(finding.row));
            }
        }
        Some(Hit::Crowd(_, crowd)) => {
            keys::open(stage, Opens::Crowd(crowd.from, crowd.until, crowd.row));
        }
        Some(Hit::Plate(index)) => {
            if let Some(gap) = gaps_of(&answers).get(index)
                && matches!(gap.reason, GapReason::Failed | GapReason::Truncated)
            {
                retry(stage, &gap.region);
            }
        }
        Some(Hit::Span(lane, _) | Hit::Lane(lane)) => {
            if let Some(scale) = untrack(|| stage.scale()) {
                stage.cursor.set(Some(Cursor {
                    lane: lane.lane,
                    at: scale.time_from_px(at.x),
                    row: None,
                }));
            }
        }
        _ => {}
    }
}

fn retry(stage: Stage, region: &str) {
    let source = stage.app.sources.with_untracked(|sources| {
        sources
            .iter()
            .position(|source| source.region.as_deref() == Some(region))
    });
    if let Some(source) = source {
        stage.app.send(Request::Retry { source });
    }
}
