//! The timeline's keys: `w a s d`, `0` and `j k` anywhere in the view, arrows, Home, End, Enter and Escape on the
//! chart.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::clusters::Opens;
use lifeline::chart::hit_test::mark_beside;
use lifeline::link::LaneMoment;
use lifeline::protocol::Answer;
use lifeline::protocol::Column;
use lifeline::protocol::Detail;
use lifeline::protocol::Generation;
use lifeline::protocol::Order;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::protocol::Step;
use lifeline::screen::keys::Act;
use lifeline::time::TimeRange;

use super::lanes::Held;
use super::lanes::at_cursor;
use super::lanes::lane_key;
use super::lanes::lane_of;
use super::stage::Cursor;
use super::stage::Stage;

use crate::signals::Effect;
use crate::signals::NodeRef;

/// One press zooms or pans by this.
const ZOOM: f64 = 0.8;
const PAN: f64 = 0.1;

/// Answers the page's keys for as long as the view lives, and keeps the cursor's lane in sight.
pub fn listen(stage: Stage, held: Held, scroller: NodeRef<html::Div>) {
    stage.app.answer_keys(move |act| match act {
        Act::ZoomIn => done(|| stage.zoom(None, ZOOM)),
        Act::ZoomOut => done(|| stage.zoom(None, 1.0 / ZOOM)),
        Act::PanLeft => done(|| stage.pan(-PAN)),
        Act::PanRight => done(|| stage.pan(PAN)),
        Act::Fit => done(|| stage.fit()),
        Act::Table => done(|| stage.app.as_table.update(|shown| *shown = !*shown)),
        Act::Down => take_focus(stage) && change_lane(stage, held, false),
        Act::Up => take_focus(stage) && change_lane(stage, held, true),
        Act::FleetHere => done(|| {
            let at = stage.cursor.get_untracked().map(|cursor| cursor.at);
            let pointed = || {
                let scale = untrack(|| stage.scale())?;
                let pointer = stage.pointer.get_untracked()?;
                Some(scale.time_from_px(pointer.x))
            };
            stage.app.show_fleet_at(at.or_else(pointed));
        }),
        Act::Align => align(stage, held),
        Act::Relate => join(stage, held),
        Act::Pin => pin(stage, held),
        Act::Open => open_at_cursor(stage, held),
        Act::Back if stage.app.detail_open.get_untracked() => {
            done(|| stage.app.detail_open.set(false))
        }
        Act::Back => put_down(stage),
        Act::NextMatch => done(|| step(stage, Step::Any, false)),
        Act::PreviousMatch => done(|| step(stage, Step::Any, true)),
        Act::NextFailure => done(|| step(stage, Step::Failure, false)),
        Act::PreviousFailure => done(|| step(stage, Step::Failure, true)),
        Act::NextCorrelated => done(|| step(stage, Step::SameCorrelation, false)),
        Act::PreviousCorrelated => done(|| step(stage, Step::SameCorrelation, true)),
        Act::NextOfResource => done(|| step(stage, Step::SameResource, false)),
        Act::PreviousOfResource => done(|| step(stage, Step::SameResource, true)),
        _ => false,
    });
    follow_selection(stage);
    Effect::new(move |_| {
        let Some(cursor) = stage.cursor.get() else {
            return;
        };
        let Some(top) = held
            .rows
            .with_untracked(|rows| rows.top_of_lane(cursor.lane))
        else {
            return;
        };
        let Some(scroller) = scroller.get_untracked() else {
            return;
        };
        let row_px = untrack(|| stage.row_px());
        let (from, view) = (
            f64::from(scroller.scroll_top()),
            stage.view_px.get_untracked(),
        );
        // With its neighbours, where there is room for them.
        let air = (2.0 * row_px).min((view - row_px).max(0.0) / 2.0);
        if top - air < from {
            scroller.set_scroll_top((top - air) as i32);
        } else if top + row_px + air > from + view {
            scroller.set_scroll_top((top + row_px + air - view).ceil() as i32);
        }
    });
}

/// Keys on the chart itself.
pub fn on_chart(stage: Stage, held: Held, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let is_done = match event.key().as_str() {
        "ArrowLeft" => walk(stage, held, true),
        "ArrowRight" => walk(stage, held, false),
        "ArrowUp" => change_lane(stage, held, true),
        "ArrowDown" => change_lane(stage, held, false),
        "Home" => to_end(stage, held, true),
        "End" => to_end(stage, held, false),
        "Enter" | " " => open_at_cursor(stage, held),
        "Escape" => put_down(stage),
        _ => false,
    };
    if is_done {
        stage.pointer.set(None);
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Opens an event's detail, as a row of the list does; of a crowd, looks closer at its time.
pub fn open(stage: Stage, what: Opens) {
    let row = match what {
        Opens::Event(row) => row,
        Opens::Crowd(from, until, row) => {
            let range = TimeRange::new(from, until);
            let closer = range.map(|range| TimeScale::fitting(range, 1.0));
            let now = untrack(|| stage.scale());
            if let Some((closer, now)) = closer.zip(now)
                && from < until
                && closer.nanos() < now.nanos()
            {
                stage.show(closer.with_width(now.width_px()));
                return stage.settle();
            }
            row
        }
    };
    stage.app.select(row, None);
    stage.app.detail_open.set(true);
}

fn walk(stage: Stage, held: Held, backward: bool) -> bool {
    let Some(cursor) = stage.cursor.get_untracked() else {
        return begin(stage, held);
    };
    let answers = untrack(|| held.answers());
    if let Some((lane, mark)) = at_cursor(&answers, cursor) {
        match mark_beside(&lane.marks, mark, backward) {
            Some(next) => put(stage, cursor.lane, lane, next),
            None => stage.app.say(match backward {
                true => "This is the lane's first event in view.",
                false => "This is the lane's last event in view.",
            }),
        }
    }
    true
}

fn change_lane(stage: Stage, held: Held, backward: bool) -> bool {
    let Some(cursor) = stage.cursor.get_untracked() else {
        return begin(stage, held);
    };
    let beside = held
        .rows
        .with_untracked(|rows| rows.lane_beside(cursor.lane, backward));
    if let Some(lane) = beside {
        stage.cursor.set(Some(Cursor {
            lane,
            at: cursor.at,
            row: None,
        }));
    }
    true
}

fn to_end(stage: Stage, held: Held, backward: bool) -> bool {
    let Some(cursor) = stage.cursor.get_untracked() else {
        return begin(stage, held);
    };
    let answers = untrack(|| held.answers());
    if let Some(lane) = lane_of(&answers, cursor.lane)
        && !lane.marks.is_empty()
    {
        let mark = if backward { 0 } else { lane.marks.len() - 1 };
        put(stage, cursor.lane, lane, mark);
    }
    true
}

/// The first lane in sight, and of it the mark nearest to the middle.
fn begin(stage: Stage, held: Held) -> bool {
    let window = untrack(|| stage.window());
    let first = held.rows.with_untracked(|rows| {
        let runs = rows.lanes_in_sight(
            stage.scroll.get_untracked(),
            stage.view_px.get_untracked(),
            0,
        );
        runs.first().map(|(lane, _)| *lane)
    });
    if let (Some(window), Some(lane)) = (window, first) {
        stage.cursor.set(Some(Cursor {
            lane,
            at: window.from().plus_nanos(window.nanos() / 2),
            row: None,
        }));
    }
    true
}

/// Joins the event at the cursor, or the one chosen, with those of its correlation; the same again parts them.
fn join(stage: Stage, held: Held) -> bool {
    let answers = untrack(|| held.answers());
    let mark = stage.cursor.get_untracked().and_then(|cursor| {
        let (lane, mark) = at_cursor(&answers, cursor)?;
        lane.marks.get(mark).copied()
    });
    let chosen = stage
        .app
        .selection
        .with_untracked(|selection| Some(selection.as_ref()?.row));
    let row = match mark {
        Some(mark) if mark.crowd.is_none() => Some(mark.row),
        Some(mark) if chosen != Some(mark.row) => {
            stage
                .app
                .say("Several events stand here: look closer first.");
            return true;
        }
        _ => chosen,
    };
    match (row, stage.joined.get_untracked()) {
        (None, None) => stage
            .app
            .say("Choose an event first: what shares its correlation is joined to it."),
        (row, joined) if row == joined => stage.joined.set(None),
        (None, Some(_)) => stage.joined.set(None),
        (row, _) => stage.joined.set(row),
    }
    true
}

/// Takes the event at the cursor for the zero of its lane: the second one lays both lanes over each other.
fn align(stage: Stage, held: Held) -> bool {
    let aligned = stage.app.aligned;
    let answers = untrack(|| held.answers());
    let chosen = stage.cursor.get_untracked().and_then(|cursor| {
        let (lane, mark) = at_cursor(&answers, cursor)?;
        let mark = lane.marks.get(mark)?;
        Some((lane.key.clone(), *mark))
    });
    if untrack(|| stage.is_aligned()) {
        return true;
    }
    let Some((key, mark)) = chosen else {
        let words = "Choose an event first: it becomes the zero of its lane.";
        stage.app.say(words);
        return true;
    };
    if mark.crowd.is_some() {
        stage
            .app
            .say("Several events stand here: look closer first.");
        return true;
    }
    let one = LaneMoment { key, at: mark.at };
    aligned.update(|aligned| match aligned.contains(&one) {
        true => aligned.clear(),
        false => aligned.push(one),
    });
    true
}

/// Pins the cursor's lane, or takes it away from where it is pinned.
fn pin(stage: Stage, held: Held) -> bool {
    let answers = untrack(|| held.answers());
    let cursor = stage.cursor.get_untracked();
    match cursor.and_then(|cursor| lane_of(&answers, cursor.lane)) {
        Some(lane) => stage.toggle_pin(&lane.key),
        None => stage
            .app
            .say("Choose a lane first: click it, or walk to it with j and k."),
    }
    true
}

fn open_at_cursor(stage: Stage, held: Held) -> bool {
    let answers = untrack(|| held.answers());
    let mark = stage.cursor.get_untracked().and_then(|cursor| {
        let (lane, mark) = at_cursor(&answers, cursor)?;
        lane.marks.get(mark).copied()
    });
    if let Some(mark) = mark {
        open(stage, Opens::of(&mark));
    }
    mark.is_some()
}

fn put(stage: Stage, number: u32, lane: &lifeline::protocol::Lane, mark: usize) {
    if let Some(mark) = lane.marks.get(mark) {
        stage.cursor.set(Some(Cursor {
            lane: number,
            at: mark.at,
            row: Some(mark.row),
        }));
    }
}

/// Chooses the next event in time from the one that is chosen; [`follow_selection`] brings it into sight.
fn step(stage: Stage, step: Step, backward: bool) {
    let app = stage.app;
    let from = app
        .selection
        .with_untracked(|selection| selection.as_ref().map(|selection| selection.row));
    if from.is_none() && !matches!(step, Step::Any | Step::Failure) {
        app.say("Choose an event first: the next of the same kind is looked for from there.");
        return;
    }
    let question = Question::Step {
        filter: untrack(|| app.filter_of_range()),
        order: Order {
            by: Column::Time,
            ascending: true,
        },
        from,
        step,
        backward,
    };
    app.ask_in(app.step_slot, question, move |(_, result)| match result {
        Ok(Answer::Stepped(Some(stepped))) => app.select(stepped.row, stepped.position),
        Ok(_) => app.say(match backward {
            true => "No earlier one.",
            false => "No later one.",
        }),
        _ => {}
    });
}

/// Brings an event that was chosen elsewhere into sight: the window to its time, the cursor to its lane. Lanes that
/// are not loaded are scrolled to, folded ones unfolded. A link's window stays as the link has it.
fn follow_selection(stage: Stage) {
    let app = stage.app;
    Effect::new(move |before: Option<(Option<RowId>, Generation)>| {
        let (row, is_linked) = app.selection.with(|selection| match selection {
            Some(selection) => (Some(selection.row), selection.name.is_some()),
            None => (None, false),
        });
        // More lanes may have come before its own.
        let now = (row, app.generation.get());
        let is_same = before.is_some_and(|before| before.0 == row);
        let is_here = stage.cursor.get_untracked().is_some_and(|c| c.row == row);
        let is_due = before != Some(now) && (is_same || !is_here);
        if let Some(row) = row.filter(|_| is_due) {
            let pans = before.is_some() && !is_same && !is_linked;
            app.ask_in(
                stage.reveal_slot,
                Question::Detail { row },
                move |(_, result)| {
                    if let Ok(Answer::Detail(detail)) = result {
                        reveal(stage, &detail, pans);
                    }
                },
            );
        }
        now
    });
}

fn reveal(stage: Stage, detail: &Detail, pans: bool) {
    let app = stage.app;
    let words = format!("{}: {}", detail.title, detail.row.target);
    let Some(at) = detail.row.time else {
        stage.cursor.set(None);
        app.say(format!("{words}. It has no time, so no place here."));
        return;
    };
    let Some(scale) = untrack(|| stage.scale()) else {
        return;
    };
    if pans && !scale.window().contains(at) {
        let to_middle = scale.width_px() / 2.0 - scale.px(at);
        stage.show(scale.panned_px(to_middle));
    }
    let Some(window) = untrack(|| stage.window()) else {
        return;
    };
    let row = detail.row.row;
    let question = untrack(|| Question::LaneOf {
        filter: app.filter_of_range(),
        window,
        by: lane_key(app.lanes_by.get()),
        sort: app.lane_sort.get(),
        find: app.find.get(),
        row,
    });
    let has_resource = detail.row.resource.is_some();
    app.ask_in(stage.reveal_slot, question, move |(_, result)| {
        let lane = match result {
            Ok(Answer::LaneOf(lane)) => lane,
            _ => None,
        };
        let has_lane = lane.is_some();
        if let Some((_, region)) = &lane
            && app.folded.with_untracked(|folded| folded.contains(region))
        {
            app.folded.update(|folded| {
                folded.remove(region);
            });
        }
        stage.cursor.set(lane.map(|(lane, _)| Cursor {
            lane,
            at,
            row: Some(row),
        }));
        // The detail panel says it better.
        if pans && !app.detail_open.get_untracked() {
            app.say(match (has_lane, has_resource) {
                (true, _) => words,
                (false, true) => {
                    format!("{words}. Its lane is not shown: the search leaves it out.")
                }
                (false, false) => format!("{words}. It names no resource, so it has no lane."),
            });
        }
    });
}

/// What the cursor is on is told where the focus is.
fn take_focus(stage: Stage) -> bool {
    stage.chart.get_untracked().is_some_and(|chart| {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        chart.focus_with_options(&options).is_ok()
    })
}

/// Parts what is joined, then leaves the lane; nothing to leave is the page's to answer.
fn put_down(stage: Stage) -> bool {
    let aligned = stage.app.aligned;
    if aligned.with_untracked(|aligned| !aligned.is_empty()) {
        aligned.set(Vec::new());
        return true;
    }
    if stage.joined.get_untracked().is_some() {
        stage.joined.set(None);
        return true;
    }
    let had = stage.cursor.get_untracked().is_some();
    stage.cursor.set(None);
    had
}

fn done(act: impl FnOnce()) -> bool {
    act();
    true
}
