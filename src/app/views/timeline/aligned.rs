//! Two lanes, each about an event of its own that is zero: drawn over each other on one axis of time before and after,
//! with the events of both in that order.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::Ink;
use lifeline::chart::Rect;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::clusters::Opens;
use lifeline::chart::gesture::Release;
use lifeline::chart::hit_test::Hit;
use lifeline::chart::hit_test::hit;
use lifeline::chart::pinned::PinnedInput;
use lifeline::chart::pinned::pinned;
use lifeline::chart::relative_axis::about;
use lifeline::chart::relative_axis::draw_relative_axis;
use lifeline::chart::relative_axis::offset_words;
use lifeline::chart::swimlane::Scene;
use lifeline::chart::ticks::two_levels;
use lifeline::link::LaneMoment;
use lifeline::protocol::Answer;
use lifeline::protocol::Lanes;
use lifeline::protocol::Mark;
use lifeline::protocol::Question;
use lifeline::screen::timeline_words;
use lifeline::screen::words::px;
use lifeline::sorting;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use super::keys;
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
use crate::signals::NodeRef;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::pan_zoom::PanZoom;
use crate::widgets::size::use_size;

const AXIS_PX: f64 = 40.0;
/// A lane with its label over it, on every screen.
const ROW_PX: f64 = 52.0;
const SLOTS: u32 = 120;

/// While one event is chosen: what to do next.
#[component(transparent)]
pub fn AlignBar() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let name = move |one: &LaneMoment| {
        let answers = held.answers();
        let mut lanes = answers.iter().flat_map(|answer| &answer.lanes);
        let lane = lanes.find(|lane| lane.key == one.key);
        lane.map_or_else(|| short_key(one), |lane| lane.label.clone())
    };
    let bar = move || {
        let chosen = stage.app.aligned.get();
        let words = match &chosen[..] {
            [] => return None,
            [one] => format!(
                "Aligning on {}, {}. Choose an event of another lane and press l, or Align.",
                name(one),
                timeline_words::instant(one.at, stage.app.clock())
            ),
            _ => {
                "Each lane has its own zero: times are before and after the event it is aligned on."
                    .into()
            }
        };
        Some(view! {
            <div class="tl-bar">
                <span class="tl-bar-words" role="status">{words}</span>
                <Button look=Look::Small on_click=move |_| stage.app.aligned.set(Vec::new())>"Stop aligning"</Button>
            </div>
        })
    };
    view! { <div class="tl-bars">{bar}</div> }
}

/// In the place of the lanes.
#[component(transparent)]
pub fn Aligned() -> Node {
    let stage = use_stage();
    let lanes = [0, 1].map(|place| use_lane(stage, place));
    let node = NodeRef::<html::Div>::new();
    let size = use_size(node);
    let scale = move || {
        let width = size.get().0;
        (width >= 1.0).then(|| TimeScale::new(stage.relative.get(), width))
    };
    let scenes = StoredValue::new(Vec::<Scene>::new());
    let draw = move |sheet: &Sheet| {
        let relative = TimeScale::new(stage.relative.get(), sheet.width);
        let mut shapes = Vec::new();
        let chosen = stage.app.aligned.get();
        let drawn: Vec<Scene> = chosen
            .iter()
            .zip(lanes)
            .map(|(one, lanes)| draw_one(stage, one, lanes.get(), relative, sheet))
            .collect();
        for (place, scene) in drawn.iter().enumerate() {
            let top = AXIS_PX + place as f64 * ROW_PX;
            shapes.extend(scene.shapes.iter().map(|shape| shape.lowered(top)));
        }
        scenes.set_value(drawn);
        draw_relative_axis(relative, AXIS_PX, &sheet.measure, &mut shapes);
        let zero = relative.px(Timestamp::from_secs(0)).round();
        let line = Rect::new(zero - 1.0, AXIS_PX, 2.0, 2.0 * ROW_PX);
        shapes.push(Shape::Fill {
            rect: line,
            ink: Ink::Accent,
            alpha: 0.5,
            radius: 0.0,
        });
        shapes
    };
    let hand = PanZoom::new(node);
    let on_move = move |event: ev::PointerEvent| {
        if let Some(scale) = hand.moved(&event) {
            stage.relative.set(scale.window());
        }
    };
    let on_up = move |event: ev::PointerEvent| {
        if hand.up(&event) != Release::Click {
            return;
        }
        let (x, y) = hand.place(&event);
        let place = ((y - AXIS_PX) / ROW_PX).floor();
        scenes.with_value(|scenes| {
            let scene = (place >= 0.0).then(|| scenes.get(place as usize)).flatten();
            let found = scene.and_then(|scene| hit(scene, x, y - AXIS_PX - place * ROW_PX));
            if let Some(Hit::Mark(mark)) = found {
                keys::open(stage, Opens::Event(mark.row));
            }
        });
    };
    let on_wheel = move |event: ev::WheelEvent| {
        if let Some(scale) = hand.wheel(&event, untrack(scale), false) {
            stage.relative.set(scale.window());
        }
    };
    let label = Signal::derive(move || {
        let [a, b] = lanes.map(|lanes| lanes.with(timeline_words::summary).unwrap_or_default());
        format!("Two lanes, each about its own zero: {a}; {b}. The table says the same.")
    });
    let titles = move || {
        let chosen = stage.app.aligned.get();
        let title = |(place, (one, lanes)): (usize, (&LaneMoment, Asked<Lanes>))| {
            let name = label_of(one, lanes.get().as_deref());
            let at = timeline_words::instant(one.at, stage.app.clock());
            let why = match lanes.with(|lanes| lanes.lanes.is_empty()) {
                Some(true) => " The search leaves this lane out.",
                _ => "",
            };
            let top = AXIS_PX + place as f64 * ROW_PX;
            view! {
                <div class="tl-aligned-title" style:top=px(top)>
                    <strong class="cut">{name}</strong> <span class="quiet cut">"zero is " {at} {why}</span>
                </div>
            }
        };
        chosen
            .iter()
            .zip(lanes)
            .enumerate()
            .map(title)
            .collect::<Node>()
    };
    let lines = move || {
        let chosen = stage.app.aligned.get();
        let mut lines: Vec<Line> = Vec::new();
        for (one, lanes) in chosen.iter().zip(lanes) {
            lines.extend(lines_of(one, lanes.get().as_deref()));
        }
        sorting::sort_by(&mut lines, |a: &Line, b: &Line| a.offset.cmp(&b.offset));
        lines
            .into_iter()
            .map(|line| row_of(stage, line))
            .collect::<Node>()
    };
    view! {
        <div class="tl-aligned">
            <div class="tl-aligned-chart" node_ref=node style:height=px(AXIS_PX + 2.0 * ROW_PX)
                on:pointerdown=move |event| hand.down(&event, untrack(scale))
                on:pointermove=on_move on:pointerup=on_up
                on:pointercancel=move |event: ev::PointerEvent| { hand.up(&event); }
                on:wheel=on_wheel>
                <Picture label draw/>
                {titles}
            </div>
            <div class="tl-aligned-lines" tabindex="0" role="region" aria-label="The aligned lanes as a table">
                <table class="tl-lines">
                    <thead>
                        <tr>
                            <th scope="col">"From zero"</th>
                            <th scope="col">"Lane"</th>
                            <th scope="col">"Event"</th>
                            <th scope="col"><span class="visually-hidden">"Open"</span></th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </div>
    }
}

fn use_lane(stage: Stage, place: usize) -> Asked<Lanes> {
    use_answer(
        move || {
            let one = stage
                .app
                .aligned
                .with(|chosen| chosen.get(place).cloned())?;
            Some(Question::PinnedLanes {
                filter: stage.app.filter_of_range(),
                window: about(one.at, stage.relative.get()),
                by: lane_key(stage.app.lanes_by.get()),
                sort: stage.app.lane_sort.get(),
                keys: vec![one.key],
                slots: SLOTS,
            })
        },
        |answer| match answer {
            Answer::Lanes(lanes) => Some(lanes),
            _ => None,
        },
    )
}

fn draw_one(
    stage: Stage,
    one: &LaneMoment,
    lanes: Option<Arc<Lanes>>,
    relative: TimeScale,
    sheet: &Sheet,
) -> Scene {
    let Some(lanes) = lanes else {
        return Scene::default();
    };
    let scale = TimeScale::new(about(one.at, relative.window()), sheet.width);
    let held = stage
        .app
        .totals
        .with(|totals| TimeRange::new(totals.first?, totals.last?));
    let mut axis = two_levels(scale, stage.app.clock(), &sheet.measure);
    // Its own days stand at other places than the other lane's.
    axis.major.clear();
    pinned(&PinnedInput {
        scale,
        lanes: &[lanes.lanes.first()],
        gaps: &lanes.gaps,
        axis: &axis,
        row_px: ROW_PX,
        held,
        measure: &sheet.measure,
    })
}

struct Line {
    offset: i64,
    lane: String,
    what: String,
    opens: Opens,
}

fn lines_of(one: &LaneMoment, lanes: Option<&Lanes>) -> Vec<Line> {
    let Some(lane) = lanes.and_then(|lanes| lanes.lanes.first()) else {
        return Vec::new();
    };
    let line = |mark: &Mark| Line {
        offset: mark.at.nanos().saturating_sub(one.at.nanos()),
        lane: lane.label.clone(),
        what: match mark.crowd {
            Some(crowd) => timeline_words::crowd(crowd.n.into(), crowd.n_failed.into()),
            None => format!(
                "{}. {}",
                timeline_words::outcome(mark),
                timeline_words::effect(lane, mark)
            ),
        },
        opens: Opens::Event(mark.row),
    };
    lane.marks.iter().map(line).collect()
}

fn row_of(stage: Stage, line: Line) -> Node {
    let offset = offset_words(line.offset);
    let name = format!("Open: {} at {offset}", line.lane);
    let opens = line.opens;
    view! {
        <tr>
            <td class="tl-time">{offset}</td>
            <td>{line.lane}</td>
            <td>{line.what}</td>
            <td>
                <button type="button" class="link" aria-label=name on:click=move |_| keys::open(stage, opens)>"Open"</button>
            </td>
        </tr>
    }
}

fn label_of(one: &LaneMoment, lanes: Option<&Lanes>) -> String {
    let lane = lanes.and_then(|lanes| lanes.lanes.first());
    lane.map_or_else(|| short_key(one), |lane| lane.label.clone())
}

/// The last part of an id.
fn short_key(one: &LaneMoment) -> String {
    let key = one.key.rsplit(':').next().unwrap_or_default();
    key.to_owned()
}
