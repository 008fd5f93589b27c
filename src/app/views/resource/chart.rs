//! The picture of a life: an axis, the tracks with what each holds now, and the events below. Turns gestures into
//! windows and choices; what they come to is [`Life`]'s.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::Glyph as MarkGlyph;
use lifeline::chart::Ink;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::axis::draw_hairline;
use lifeline::chart::axis::draw_time_plate;
use lifeline::chart::axis::draw_two_levels;
use lifeline::chart::finding_marks::FindingPoint;
use lifeline::chart::finding_marks::PlacedFinding;
use lifeline::chart::finding_marks::draw_findings;
use lifeline::chart::finding_marks::finding_at;
use lifeline::chart::finding_marks::placed_findings;
use lifeline::chart::gesture::Release;
use lifeline::chart::life::AXIS_PX;
use lifeline::chart::life::EVENTS_PX;
use lifeline::chart::life::EventStrip;
use lifeline::chart::life::LifeBox;
use lifeline::chart::life::TRACK_PX;
use lifeline::chart::life::Tracks;
use lifeline::chart::life::draw_events;
use lifeline::chart::life::draw_tracks;
use lifeline::chart::shape::Dash;
use lifeline::chart::ticks::two_levels;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::Mark;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Timestamp;

use super::card::Card;
use super::card::Subject;
use super::instant::InstantHandle;
use super::keys;
use super::life::Life;
use super::life::Part;
use super::life::Pointer;
use super::life::use_life;
use super::values::Labels;
use super::values::Values;
use super::values::ValuesHead;
use crate::dom::Children;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::Picture;
use crate::paint::Sheet;
use crate::paint::use_size;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::widgets::pan_zoom::PanZoom;

/// Triangles stand here in the strip of events, above its marks, and answer down to there.
const FINDINGS_Y: f64 = 11.0;
const FINDINGS_BOTTOM: f64 = 20.0;

#[component(transparent)]
pub fn Chart() -> Node {
    let life = use_life();
    let axis = NodeRef::<html::Div>::new();
    let size = use_size(axis);
    Effect::new(move |_| life.width.set(size.get().0));
    let scene = Scene {
        tracks: StoredValue::new(Tracks::default()),
        events: StoredValue::new(EventStrip::default()),
        marks: StoredValue::new(Vec::new()),
        findings: StoredValue::new(Vec::new()),
    };
    let subject = Memo::new(move |_| subject(life, scene));
    let n_tracks = Memo::new(move |_| life.asked.with(|page| page.tracks.len()).unwrap_or(0));
    let tracks_px = move || px(n_tracks.get() as f64 * TRACK_PX);
    let counts = move || {
        life.asked.with(|page| {
            let parts = [(page.n_pending, "pending"), (page.n_success, "success")];
            let rest: Vec<String> = parts
                .into_iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, word)| format!("{} {word}", words::count(n)))
                .collect();
            let n_failures = page.n_failures;
            view! {
                {(n_failures > 0).then(|| view! {
                    <strong class="fail-text">{words::count(n_failures)} " failed"</strong>
                    {if rest.is_empty() { "" } else { ", " }}
                })}
                {rest.join(", ")}
            }
        })
    };
    let n_events = move || words::count(life.n_events() as u64);
    let label = Signal::derive(move || {
        let name = life.asked.with(|page| page.head.label.clone());
        let window = life
            .window()
            .map_or_else(String::new, |window| words::range(window, life.app.clock()));
        format!(
            "Tracks of {} over {window}. “As a table” shows the same in words.",
            name.unwrap_or_default()
        )
    });
    let events_label = Signal::derive(move || {
        let n = life.n_events() as u64;
        format!(
            "{} along the time; the list below has them all.",
            words::counted(n, "event", "events")
        )
    });
    view! {
        <div class="life scroll">
            <div class="life-line is-axis">
                <span class="life-label" aria-hidden="true">"Track"</span>
                <div class="life-axis" node_ref=axis>
                    <Picture label="" draw=move |sheet: &Sheet| draw_axis(life, subject, sheet)/>
                    <InstantHandle/>
                </div>
                <ValuesHead/>
            </div>
            <div class="life-line is-tracks" style:height=tracks_px>
                <Labels/>
                <Stage part=Part::Tracks subject>
                    {move || life.window().is_none().then(|| view! {
                        <p class="life-undated">"None of its events has a time, so there is nothing to draw."</p>
                    })}
                    <Picture label draw=move |sheet: &Sheet| draw_all_tracks(life, scene, sheet)/>
                    <div class="life-over" aria-hidden="true">
                        <Picture label="" draw=move |sheet: &Sheet| draw_over(life, subject, Part::Tracks, sheet)/>
                    </div>
                </Stage>
                <Values/>
            </div>
            <div class="life-line is-events" style:height=px(EVENTS_PX)>
                <span class="life-label">"Events" <span class="life-count">{n_events}</span></span>
                <Stage part=Part::Events subject>
                    <Picture label=events_label draw=move |sheet: &Sheet| draw_strip(life, scene, sheet)/>
                    <div class="life-over" aria-hidden="true">
                        <Picture label="" draw=move |sheet: &Sheet| draw_over(life, subject, Part::Events, sheet)/>
                    </div>
                </Stage>
                <p class="life-counts">{counts}</p>
            </div>
        </div>
        <Card subject/>
    }
}

/// What was drawn where.
#[derive(Clone, Copy)]
pub struct Scene {
    pub tracks: StoredValue<Tracks>,
    pub events: StoredValue<EventStrip>,
    /// The marks of the strip, and which event each is.
    pub marks: StoredValue<Vec<usize>>,
    /// The triangles above the marks.
    pub findings: StoredValue<Vec<PlacedFinding>>,
}

/// A part of the picture that hears the pointer; the tracks hear the arrow keys as well.
#[component(transparent)]
fn Stage(part: Part, subject: Memo<Option<Subject>>, children: Children) -> Node {
    let life = use_life();
    let node = NodeRef::<html::Div>::new();
    let hand = PanZoom::new(node);
    let place = move |event: &ev::PointerEvent| {
        let (x, y) = hand.place(event);
        let client = (f64::from(event.client_x()), f64::from(event.client_y()));
        Pointer { part, x, y, client }
    };
    let on_move = move |event: ev::PointerEvent| {
        if let Some(scale) = hand.moved(&event) {
            life.pointer.set(None);
            life.show(scale);
        } else if event.pointer_type() != "touch" {
            life.pointer.set(Some(place(&event)));
        }
    };
    let on_up = move |event: ev::PointerEvent| match hand.up(&event) {
        Release::Moved => life.settle(),
        Release::Click => {
            life.pointer.set(Some(place(&event)));
            clicked(life, untrack(|| subject.get()));
        }
        Release::Nothing => {}
    };
    let on_cancel = move |event: ev::PointerEvent| {
        hand.up(&event);
        life.settle();
    };
    // A finger that leaves has tapped: what it tapped stays told of.
    let on_leave = move |event: ev::PointerEvent| {
        if event.pointer_type() != "touch" {
            life.pointer.set(None);
        }
    };
    let on_wheel = move |event: ev::WheelEvent| {
        // Where all tracks are in sight a plain wheel has nothing else to do.
        let scrolls = node.get_untracked().is_some_and(|node| {
            let panel = node.closest(".life").ok().flatten();
            panel.is_some_and(|panel| panel.scroll_height() > panel.client_height() + 1)
        });
        if let Some(scale) = hand.wheel(&event, untrack(|| life.scale()), !scrolls) {
            life.show(scale);
        }
    };
    let is_tracks = part == Part::Tracks;
    let speaks = is_tracks.then_some(
        "Tracks. Arrow keys walk tracks and spans, Enter selects the event that began one.",
    );
    view! {
        <div class="life-stage" node_ref=node
            tabindex=is_tracks.then_some("0") role=is_tracks.then_some("application")
            aria-roledescription=is_tracks.then_some("tracks") aria-label=speaks
            on:pointerdown=move |event| hand.down(&event, untrack(|| life.scale()))
            on:pointermove=on_move on:pointerup=on_up on:pointercancel=on_cancel on:pointerleave=on_leave
            on:wheel=on_wheel
            on:focus=move |_| life.has_focus.set(is_tracks)
            on:blur=move |_| life.has_focus.set(false)
            on:keydown=move |event| if is_tracks { keys::on_chart(life, &event) }>
            {children()}
        </div>
    }
}

fn clicked(life: Life, subject: Option<Subject>) {
    match subject {
        Some(Subject::Span { track, span, .. }) => {
            let row = untrack(|| {
                life.asked
                    .with(|page| page.tracks.get(track)?.spans.get(span)?.row)
            });
            life.select_row(row.flatten());
        }
        Some(Subject::Findings { keys, .. }) => match &keys[..] {
            [one] => life.go_to(one),
            _ => {
                let place = |key: &String| life.place_of(life.finding(key)?.beside);
                let places: Vec<usize> = untrack(|| keys.iter().filter_map(place).collect());
                zoom_to(life, &places);
            }
        },
        Some(Subject::Events { places, .. }) => match places[..] {
            [one] => life.select(one),
            _ => zoom_to(life, &places),
        },
        _ => {}
    }
}

/// Zooms so far that the events come apart; those of one instant are selected instead.
fn zoom_to(life: Life, places: &[usize]) {
    let times: Vec<Timestamp> = places
        .iter()
        .filter_map(|place| untrack(|| life.mark(*place))?.at)
        .collect();
    let ends = times.iter().min().zip(times.iter().max());
    let Some((from, to)) = ends else { return };
    let nanos = to.nanos().saturating_sub(from.nanos());
    match (nanos > 1_000_000, untrack(|| life.scale())) {
        (true, Some(scale)) => {
            let air = nanos / 4;
            let range = lifeline::time::TimeRange::new(from.plus_nanos(-air), to.plus_nanos(air));
            if let Some(range) = range {
                life.show(TimeScale::new(range, scale.width_px()));
            }
        }
        _ => {
            if let Some(first) = places.iter().min() {
                life.select(*first);
            }
        }
    }
}

/// What is under the pointer, else where the arrow keys stand.
fn subject(life: Life, scene: Scene) -> Option<Subject> {
    // A new picture may have moved under the pointer.
    let _ = (life.scale(), life.asked.get());
    let Some(pointer) = life.pointer.get() else {
        let (track, span) = life.cursor.get().filter(|_| life.has_focus.get())?;
        let scale = life.scale()?;
        let from = life
            .asked
            .with(|page| Some(page.tracks.get(track)?.spans.get(span)?.from))??;
        let at = from.unwrap_or(scale.from()).max(scale.from());
        return Some(Subject::Span {
            track,
            span,
            at,
            by_keys: true,
        });
    };
    match pointer.part {
        Part::Events if pointer.y < FINDINGS_BOTTOM => {
            let found = scene
                .findings
                .with_value(|placed| finding_at(placed, pointer.x).map(|one| one.findings.clone()));
            let standing = standing_findings(life);
            let keys = found?.into_iter();
            Some(Subject::Findings {
                keys: keys
                    .filter_map(|index| Some(standing.get(index)?.0.clone()))
                    .collect(),
                client: pointer.client,
            })
        }
        Part::Events => {
            let marks = scene
                .events
                .with_value(|strip| strip.cluster_at(pointer.x).map(|c| c.marks.clone()))?;
            let places = scene
                .marks
                .with_value(|of| marks.iter().filter_map(|m| of.get(*m).copied()).collect());
            Some(Subject::Events {
                places,
                client: pointer.client,
            })
        }
        Part::Tracks => {
            let at = life.scale()?.time_from_px(pointer.x);
            let gap = scene.tracks.with_value(|tracks| {
                let hit = |(rect, gap): &(lifeline::chart::Rect, usize)| {
                    rect.contains(pointer.x, pointer.y).then_some(*gap)
                };
                tracks.gaps.iter().find_map(hit)
            });
            if let Some(gap) = gap {
                return Some(Subject::Gap { gap });
            }
            let hit = scene.tracks.with_value(|tracks| {
                tracks
                    .span_at(pointer.x, pointer.y)
                    .map(|hit| (hit.track, hit.span))
            });
            hit.map(|(track, span)| Subject::Span {
                track,
                span,
                at,
                by_keys: false,
            })
        }
    }
}

fn with_box<R>(
    life: Life,
    sheet: &Sheet,
    page: &HistoryPage,
    draw: impl FnOnce(&LifeBox<'_>) -> R,
) -> Option<R> {
    let scale = TimeScale::new(life.window()?, sheet.width);
    let axis = two_levels(scale, life.app.clock(), &sheet.measure);
    Some(draw(&LifeBox {
        scale,
        axis: &axis,
        gaps: &page.gaps,
        known_to: life.app.totals.with(|totals| totals.last),
        measure: &sheet.measure,
    }))
}

fn draw_all_tracks(life: Life, scene: Scene, sheet: &Sheet) -> Vec<Shape> {
    let Some(page) = life.asked.get() else {
        return Vec::new();
    };
    let drawn = with_box(life, sheet, &page, |place| draw_tracks(&page.tracks, place));
    let mut drawn = drawn.unwrap_or_default();
    let shapes = std::mem::take(&mut drawn.shapes);
    scene.tracks.set_value(drawn);
    shapes
}

fn draw_strip(life: Life, scene: Scene, sheet: &Sheet) -> Vec<Shape> {
    let Some(page) = life.asked.get() else {
        return Vec::new();
    };
    let (marks, places): (Vec<Mark>, Vec<usize>) = page
        .events
        .iter()
        .enumerate()
        .filter_map(|(place, event)| {
            let mark = Mark {
                row: event.row,
                at: event.at?,
                outcome: event.outcome,
                has_effect: event.has_effect,
                crowd: None,
            };
            Some((mark, place))
        })
        .unzip();
    let drawn = with_box(life, sheet, &page, |place| draw_events(&marks, place));
    let mut drawn = drawn.unwrap_or_default();
    let mut shapes = std::mem::take(&mut drawn.shapes);
    if let Some(window) = life.window() {
        let points: Vec<FindingPoint> = standing_findings(life)
            .into_iter()
            .map(|(_, point)| point)
            .collect();
        let placed = placed_findings(&points, TimeScale::new(window, sheet.width));
        draw_findings(&placed, FINDINGS_Y, &mut shapes);
        scene.findings.set_value(placed);
    }
    scene.events.set_value(drawn);
    scene.marks.set_value(places);
    shapes
}

/// Those that were not dismissed, in time order.
fn standing_findings(life: Life) -> Vec<(String, FindingPoint)> {
    let dismissals = life.app.dismissals;
    let standing = |page: &HistoryPage| {
        let standing = page.findings.iter();
        standing
            .filter(|finding| !dismissals.is_dismissed(&finding.key))
            .map(|finding| {
                let point = FindingPoint {
                    at: finding.at,
                    severity: finding.severity,
                    is_firm: finding.is_firm,
                };
                (finding.key.clone(), point)
            })
            .collect()
    };
    life.asked.with(standing).unwrap_or_default()
}

fn draw_axis(life: Life, subject: Memo<Option<Subject>>, sheet: &Sheet) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let Some(window) = life.window() else {
        return shapes;
    };
    let clock = life.app.clock();
    let scale = TimeScale::new(window, sheet.width);
    let axis = two_levels(scale, clock, &sheet.measure);
    draw_two_levels(&axis, sheet.width, AXIS_PX, &mut shapes);
    if let Some((x, at, _)) = time_in_hand(life, subject, scale) {
        let text = format!(
            "{} {}",
            lifeline::screen::life::full_stamp(at, clock),
            words::offset(at, clock)
        );
        draw_time_plate(x, &text, sheet.width, AXIS_PX, &sheet.measure, &mut shapes);
    }
    shapes
}

/// The line through all parts, and a ring or a frame around what the card is about.
fn draw_over(life: Life, subject: Memo<Option<Subject>>, part: Part, sheet: &Sheet) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let Some(window) = life.window() else {
        return shapes;
    };
    let scale = TimeScale::new(window, sheet.width);
    if let Some(at) = life.selected_at() {
        let x = scale.px(at);
        if (0.0..=sheet.width).contains(&x) {
            draw_hairline(x, 0.0, sheet.height, &mut shapes);
            if part == Part::Events {
                shapes.push(Shape::Mark {
                    glyph: MarkGlyph::HoverRing,
                    x,
                    y: sheet.height - 13.0,
                });
            }
        }
    }
    if part == Part::Events {
        for row in life.shown_rows() {
            let at = life.place_of(row).and_then(|place| life.mark(place)?.at);
            let x = at.map(|at| scale.px(at));
            if let Some(x) = x.filter(|x| (0.0..=sheet.width).contains(x)) {
                let y = sheet.height - 13.0;
                let rect = lifeline::chart::Rect::new(x - 9.0, y - 9.0, 18.0, 18.0);
                shapes.push(Shape::Frame {
                    rect,
                    ink: Ink::FindingLine,
                    width: 2.0,
                    radius: 9.0,
                    dash: Dash::Solid,
                });
            }
        }
    }
    if let Some((x, _, true)) = time_in_hand(life, subject, scale) {
        draw_hairline(x, 0.0, sheet.height, &mut shapes);
    }
    if let (Part::Tracks, Some(Subject::Span { track, span, .. })) = (part, subject.get()) {
        let ends = life.asked.with(|page| {
            let span = page.tracks.get(track)?.spans.get(span)?;
            Some((span.from, span.to))
        });
        if let Some(Some((from, to))) = ends {
            let left = from.map_or(0.0, |from| scale.px_within(from, 4.0));
            let right = to.map_or(sheet.width, |to| scale.px_within(to, 4.0));
            let y = track as f64 * TRACK_PX;
            shapes.push(Shape::Frame {
                rect: lifeline::chart::Rect::new(
                    left - 1.0,
                    y + 2.0,
                    (right - left + 2.0).max(6.0),
                    TRACK_PX - 4.0,
                ),
                ink: Ink::Accent,
                width: 2.0,
                radius: 2.0,
                dash: Dash::Solid,
            });
        }
    }
    shapes
}

/// The instant that the plate names, where it stands, and whether the pointer (not the selection) names it.
fn time_in_hand(
    life: Life,
    subject: Memo<Option<Subject>>,
    scale: TimeScale,
) -> Option<(f64, Timestamp, bool)> {
    let pointed = match (subject.get(), life.pointer.get()) {
        (Some(Subject::Findings { keys, .. }), _) => {
            keys.first().and_then(|key| Some(life.finding(key)?.at))
        }
        (Some(Subject::Events { places, .. }), _) => {
            places.last().and_then(|place| life.mark(*place)?.at)
        }
        (
            Some(Subject::Span {
                at, by_keys: true, ..
            }),
            _,
        ) => Some(at),
        (_, Some(pointer)) => Some(scale.time_from_px(pointer.x)),
        _ => life.held.get(),
    };
    let at = pointed.or_else(|| life.selected_at())?;
    let x = scale.px(at);
    (0.0..=scale.width_px())
        .contains(&x)
        .then_some((x, at, pointed.is_some()))
}
