//! The lifecycle history of one resource, as its page shows it: tracks with blame, and for each event what it changed.
//! Comes from all events held; query and range don't narrow it.

use std::collections::HashMap;

use super::histories::Histories;
use super::histories::act_of;
use super::resource_views;
use super::resource_views::gap_views;
use super::resource_views::gaps_of;
use super::resource_views::span_views;
use super::row::initiator;
use crate::cadf::Outcome;
use crate::cadf::Reason;
use crate::coverage::Ledger;
use crate::lifecycle::Change;
use crate::lifecycle::History;
use crate::lifecycle::words;
use crate::lifecycle::words::Said;
use crate::protocol::ChangeView;
use crate::protocol::HistoryEvent;
use crate::protocol::HistoryPage;
use crate::protocol::RowView;
use crate::protocol::TrackView;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;

pub fn history_page(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    ix: u32,
    row_view: &dyn Fn(u32) -> RowView,
) -> HistoryPage {
    let history = &*histories.of(store, ix);
    let resource = &store.resources()[ix as usize];
    let head = resource_views::head(store, ix, history.name_now());
    let gaps = gaps_of(ledger, &head.region);
    let tracks = history
        .tracks
        .iter()
        .map(|track| TrackView {
            name: track.name.to_string(),
            label: track.name.label(),
            is_inferred: track.name.is_inferred(),
            spans: span_views(history, track, gaps.as_deref(), TimeRange::ALL),
        })
        .collect();

    let mut changes: HashMap<u32, Vec<&Change>> = HashMap::new();
    for change in &history.changes {
        changes.entry(change.key).or_default().push(change);
    }
    let rows = store.rows_of(ix);
    let outcomes = |wanted: Outcome| {
        let is_it = |row: &&u32| store.rows().outcome(**row as usize) == wanted;
        rows.iter().filter(is_it).count() as u64
    };
    let time = |row: &u32| store.rows().time(*row as usize);
    let first = rows.iter().find_map(time);
    let last = rows.iter().rev().find_map(time);
    // As far as the whole record reaches, not only this resource's: it may have been quiet when nothing was fetched.
    let totals = store.counts().totals;
    let ends = totals.first.zip(totals.last);
    let window = ends.and_then(|(from, to)| TimeRange::new(from, to.plus_nanos(1)));
    let gap_views = window.map_or_else(Vec::new, |window| {
        gap_views(ledger, std::iter::once(head.region.as_str()), window)
    });
    HistoryPage {
        tracks,
        events: rows
            .iter()
            .rev()
            .map(|&row| event(store, row, changes.get(&row), row_view))
            .collect(),
        n_events: rows.len() as u64,
        n_failures: outcomes(Outcome::Failure),
        n_pending: outcomes(Outcome::Pending),
        n_success: outcomes(Outcome::Success),
        n_undated: rows.iter().filter(|row| time(row).is_none()).count() as u64,
        first,
        last,
        gaps: gap_views,
        coverage_stated: gaps.is_some(),
        notes: notes(store, ix, history),
        also_known_as: resource.also_known_as.clone(),
        head,
    }
}

fn event(
    store: &Store,
    row: u32,
    changes: Option<&Vec<&Change>>,
    row_view: &dyn Fn(u32) -> RowView,
) -> HistoryEvent {
    let changes: Vec<ChangeView> = changes
        .into_iter()
        .flatten()
        .map(|change| change_view(change))
        .collect();
    let no_change = if changes.is_empty() {
        let undated = store.rows().time(row as usize).is_none();
        if undated {
            "undated: in no track".to_owned()
        } else {
            no_change(store, row)
        }
    } else {
        String::new()
    };
    HistoryEvent {
        row: row_view(row),
        changes,
        no_change,
    }
}

fn change_view(change: &Change) -> ChangeView {
    let before = change.before.as_ref();
    ChangeView {
        track: change.track.to_string(),
        label: change.track.label(),
        before: before.map_or_else(String::new, |held| words::value(&change.track, &held.value)),
        after: words::value(&change.track, &change.after),
        basis: resource_views::basis(change.basis),
        before_by: before.and_then(|held| held.initiator.as_deref().map(str::to_owned)),
        before_at: before.and_then(|held| held.from),
    }
}

fn no_change(store: &Store, row: u32) -> String {
    let rows = store.rows();
    let place = row as usize;
    let text = |field| rows.get(field, place).map(str::to_owned);
    let reason = Reason {
        code: rows
            .get(Field::ReasonCode, place)
            .and_then(|code| code.parse().ok()),
        kind: text(Field::ReasonType),
        for_failure: text(Field::ReasonForFailure),
    };
    let action = rows.get(Field::Action, place).unwrap_or("");
    words::no_change(&Said {
        act: act_of(store, row),
        label: &store.catalogue().label(action),
        outcome: rows.outcome(place),
        reason: &reason,
        is_classic: rows.is_classic(place),
        initiator: initiator(store, row),
        target: None,
    })
}

/// What the page has to say of this resource's record beside the tracks.
fn notes(store: &Store, ix: u32, history: &History) -> Vec<String> {
    let resource = &store.resources()[ix as usize];
    let mut notes = words::notes(resource.kind, history);
    if !resource.kind.has_lifecycle() {
        notes.push("This kind of resource has no lifecycle here: its events are listed, its state is not judged.".to_owned());
    }
    if resource.is_foreign_account {
        notes.push("It belongs to another account than the one configured.".to_owned());
    }
    if resource.id.starts_with("name:") {
        notes.push("Its events carry no id: it is told apart by its name alone.".to_owned());
    }
    notes
}
