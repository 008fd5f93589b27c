//! The keys of one resource's page: events, time, the way back; arrows on the chart walk its spans.

use leptos::ev;
use leptos::prelude::*;
use lifeline::screen::keys::Act;

use super::life::Life;

/// One press zooms or pans by this.
const ZOOM: f64 = 0.8;
const PAN: f64 = 0.1;

/// What a key does here; `false` if nothing.
pub fn act(life: Life, act: Act) -> bool {
    match act {
        Act::Down | Act::PreviousOfResource => life.walk(1),
        Act::Up | Act::NextOfResource => life.walk(-1),
        Act::ZoomIn => life.zoom(None, ZOOM),
        Act::ZoomOut => life.zoom(None, 1.0 / ZOOM),
        Act::PanLeft => life.pan(-PAN),
        Act::PanRight => life.pan(PAN),
        Act::Fit => life.fit(),
        Act::FleetHere => {
            let chosen = untrack(|| life.instant().or_else(|| life.selected_at()));
            life.app.show_fleet_at(chosen);
        }
        Act::Table => life.app.as_table.update(|shown| *shown = !*shown),
        Act::Open => match untrack(|| life.selected()) {
            Some(_) => life.app.detail_open.set(true),
            None => return false,
        },
        Act::Back if life.app.detail_open.get_untracked() => life.app.detail_open.set(false),
        Act::Back => life.back(),
        _ => return false,
    }
    true
}

/// Keys on the chart itself: arrows walk tracks and spans, Enter selects the event that began one.
pub fn on_chart(life: Life, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let is_done = match event.key().as_str() {
        "ArrowUp" => step(life, -1, 0),
        "ArrowDown" => step(life, 1, 0),
        "ArrowLeft" => step(life, 0, -1),
        "ArrowRight" => step(life, 0, 1),
        "Home" => to_end(life, true),
        "End" => to_end(life, false),
        "Enter" | " " => select(life),
        "Escape" if life.cursor.get_untracked().is_some() => {
            life.cursor.set(None);
            true
        }
        _ => false,
    };
    if is_done {
        life.pointer.set(None);
        event.prevent_default();
        event.stop_propagation();
    }
}

fn step(life: Life, tracks: i64, spans: i64) -> bool {
    let next = untrack(|| {
        life.asked.with(|page| {
            let n_tracks = page.tracks.len() as i64;
            let Some((track, span)) = life.cursor.get() else {
                // The newest span of power, which is what one asks of first.
                let track = usize::from(n_tracks > 1);
                let last = page.tracks.get(track)?.spans.len().checked_sub(1)?;
                return Some((track, last));
            };
            if tracks != 0 {
                let track_to = (track as i64 + tracks).clamp(0, n_tracks - 1) as usize;
                // The span of the other track at about the same time.
                let from = page.tracks.get(track)?.spans.get(span)?.from;
                let spans = &page.tracks.get(track_to)?.spans;
                let place = spans.partition_point(|other| other.from <= from);
                return Some((track_to, place.saturating_sub(1)));
            }
            let last = page.tracks.get(track)?.spans.len().checked_sub(1)?;
            Some((track, (span as i64 + spans).clamp(0, last as i64) as usize))
        })
    });
    if let Some(next) = next.flatten() {
        life.cursor.set(Some(next));
        bring_into_sight(life, next);
    }
    true
}

fn to_end(life: Life, backward: bool) -> bool {
    let Some((track, _)) = life.cursor.get_untracked() else {
        return step(life, 0, 0);
    };
    let last = untrack(|| {
        life.asked
            .with(|page| page.tracks.get(track).map(|track| track.spans.len()))
    });
    let last = last.flatten().unwrap_or(1).saturating_sub(1);
    let next = (track, if backward { 0 } else { last });
    life.cursor.set(Some(next));
    bring_into_sight(life, next);
    true
}

fn select(life: Life) -> bool {
    let Some((track, span)) = life.cursor.get_untracked() else {
        return false;
    };
    let row = untrack(|| {
        life.asked
            .with(|page| page.tracks.get(track)?.spans.get(span)?.row)
    });
    life.select_row(row.flatten());
    true
}

/// Pans so that the beginning of the span is in the window.
fn bring_into_sight(life: Life, (track, span): (usize, usize)) {
    let from = untrack(|| {
        life.asked
            .with(|page| page.tracks.get(track)?.spans.get(span)?.from)
    });
    let scale = untrack(|| life.scale());
    if let (Some(Some(from)), Some(scale)) = (from, scale) {
        let x = scale.px(from);
        if x < 0.0 || x > scale.width_px() {
            life.show(scale.panned_px(scale.width_px() / 3.0 - x));
        }
    }
}
