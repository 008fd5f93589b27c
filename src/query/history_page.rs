//! The lifecycle history of one resource, as its page shows it: tracks with blame and every event in short, then, for the
//! rows in sight, what each changed. Comes from all events held; query and range don't narrow it.

use std::borrow::Cow;
use std::collections::HashMap;

use reading::hash::BuildMix;

use super::acts::Acts;
use super::finding_views::Grounds;
use super::histories::Histories;
use super::histories::act_of;
use super::judgement::Judgement;
use super::resource_views;
use super::resource_views::gap_views;
use super::resource_views::gaps_of;
use super::resource_views::span_views;
use super::row::has_effect;
use super::row::initiator;
use super::row::row_view;
use crate::cadf::Outcome;
use crate::cadf::Reason;
use crate::coverage::Ledger;
use crate::findings::Finding;
use crate::findings::FindingKind;
use crate::lifecycle::Change;
use crate::lifecycle::History;
use crate::lifecycle::words;
use crate::lifecycle::words::Said;
use crate::protocol::ChangeView;
use crate::protocol::EventMark;
use crate::protocol::Fold;
use crate::protocol::HistoryEvent;
use crate::protocol::HistoryPage;
use crate::protocol::HistoryRows;
use crate::protocol::OperationStanding;
use crate::protocol::OperationView;
use crate::protocol::RowId;
use crate::protocol::TrackView;
use crate::store::Dictionary;
use crate::store::Field;
use crate::store::Group;
use crate::store::Store;
use crate::time::TimeRange;

/// Rows that are told in words at once at most, whatever was asked.
const MOST_ROWS: u32 = 2_000;

pub fn history_page(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    judgement: Option<&Judgement>,
    ix: u32,
) -> HistoryPage {
    let history = &*histories.of(store, ix);
    let resource = store.resource(ix);
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

    let acts = histories.acts_of(store, ix);
    let mut grounds = Grounds::new(store, ledger);
    let findings: Vec<&Finding> = match judgement {
        Some(judgement) => judgement.of(ix).collect(),
        None => acts.findings.iter().collect(),
    };
    let (events, words) = marks(store, ix);
    let outcomes = |wanted| events.iter().filter(|one| one.outcome == wanted).count() as u64;
    // As far as the whole record reaches, not only this resource's: it may have been quiet when nothing was fetched.
    let totals = store.counts().totals;
    let ends = totals.first.zip(totals.last);
    let window = ends.and_then(|(from, to)| TimeRange::new(from, to.plus_nanos(1)));
    let gap_views = window.map_or_else(Vec::new, |window| {
        gap_views(ledger, std::iter::once(head.region.as_str()), window)
    });
    HistoryPage {
        tracks,
        n_failures: outcomes(Outcome::Failure),
        n_pending: outcomes(Outcome::Pending),
        n_success: outcomes(Outcome::Success),
        n_undated: events.iter().filter(|one| one.at.is_none()).count() as u64,
        first: events.iter().rev().find_map(|one| one.at),
        last: events.iter().find_map(|one| one.at),
        events,
        words,
        gaps: gap_views,
        coverage_stated: gaps.is_some(),
        notes: notes(store, ix, history),
        also_known_as: resource.also_known_as().map(Cow::into_owned).collect(),
        is_judged: judgement.is_some(),
        operations: operations(&acts, &findings),
        findings: findings
            .into_iter()
            .map(|finding| grounds.view(Some(ix), finding, None))
            .collect(),
        folds: folds(store, ix, &acts),
        head,
    }
}

/// With those that lack a request, which only the account's findings tell.
fn operations(acts: &Acts, findings: &[&Finding]) -> Vec<OperationView> {
    let own = acts.operations.iter().map(|one| OperationView {
        request: one.request.map(RowId),
        completion: one.completion.map(RowId),
        standing: one.standing,
        nanos: one.nanos,
    });
    let alone = findings
        .iter()
        .filter(|one| one.kind == FindingKind::MissingRequest);
    let alone = alone.map(|one| OperationView {
        request: None,
        completion: Some(RowId(one.beside)),
        standing: OperationStanding::NoRequest,
        nanos: None,
    });
    own.chain(alone).collect()
}

/// By the events' places in the page's list, which begins with the newest.
fn folds(store: &Store, ix: u32, acts: &Acts) -> Vec<Fold> {
    let rows = store.rows_of(ix);
    let place = |row: u32| {
        let place = store.rows().place_of(row);
        let before = rows.partition_point(|other| store.rows().place_of(other) < place);
        (rows.len() - 1 - before) as u32
    };
    let fold = |(head, parts): &(u32, Vec<u32>)| {
        let parts = parts.iter().rev().map(|row| place(*row));
        Fold {
            head: place(*head),
            parts: parts.collect(),
        }
    };
    acts.folds.iter().rev().map(fold).collect()
}

/// Every event in short, newest first, and the words that they name by number.
fn marks(store: &Store, ix: u32) -> (Vec<EventMark>, Vec<String>) {
    let mut words = Dictionary::default();
    // What was done and who did it, by their columns' codes: many events share them.
    let mut deeds: HashMap<u32, (Outcome, bool, u32), BuildMix> = HashMap::default();
    let mut initiators: HashMap<u32, u32, BuildMix> = HashMap::default();
    let rows = store.rows();
    let mark = |row: u32| {
        let place = rows.place_of(row);
        let deed = rows.group(Group::Deed).codes.get(place);
        let (outcome, has_effect, label) = *deeds.entry(deed).or_insert_with(|| {
            let action = rows.get(Field::Action, row as usize).unwrap_or_default();
            let label = words.code(Some(&store.catalogue().label(&action)));
            (rows.outcome(row as usize), has_effect(store, row), label)
        });
        let by = rows.group(Group::Initiator).codes.get(place);
        let initiator = *initiators
            .entry(by)
            .or_insert_with(|| words.code(initiator(store, row).as_deref()));
        EventMark {
            row: RowId(row),
            at: rows.time(row as usize),
            outcome,
            has_effect,
            label,
            initiator,
        }
    };
    let marks = store.rows_of(ix).rev().map(mark).collect();
    let texts =
        (0..words.len() as u32).map(|code| words.get(code).unwrap_or_default().into_owned());
    (marks, texts.collect())
}

/// A window of the events, newest first: in words, with what each changed.
pub fn history_rows(
    store: &Store,
    histories: &Histories,
    ix: u32,
    first: u32,
    count: u32,
) -> HistoryRows {
    let history = &*histories.of(store, ix);
    let rows = store.rows_of(ix).rev().skip(first as usize);
    let rows = rows.take(count.min(MOST_ROWS) as usize);
    HistoryRows {
        first,
        rows: rows.map(|row| event(store, history, row)).collect(),
    }
}

fn event(store: &Store, history: &History, row: u32) -> HistoryEvent {
    let time = store.rows().time(row as usize);
    let changes: Vec<ChangeView> = history
        .changes_at(time)
        .iter()
        .filter(|change| change.key == row)
        .map(change_view)
        .collect();
    let no_change = match time {
        _ if !changes.is_empty() => String::new(),
        None => "undated: in no track".to_owned(),
        Some(_) => no_change(store, row),
    };
    HistoryEvent {
        row: row_view(store, row),
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
    let text = |field| rows.get(field, place).map(Cow::into_owned);
    let reason = Reason {
        code: rows
            .get(Field::ReasonCode, place)
            .and_then(|code| code.parse().ok()),
        kind: text(Field::ReasonType),
        for_failure: text(Field::ReasonForFailure),
    };
    let action = rows.get(Field::Action, place).unwrap_or_default();
    words::no_change(&Said {
        act: act_of(store, row),
        label: &store.catalogue().label(&action),
        outcome: rows.outcome(place),
        reason: &reason,
        is_classic: rows.is_classic(place),
        initiator: initiator(store, row).as_deref(),
        target: None,
    })
}

/// What the page has to say of this resource's record beside the tracks.
fn notes(store: &Store, ix: u32, history: &History) -> Vec<String> {
    let resource = store.resource(ix);
    let mut notes = words::notes(resource.kind(), history);
    if !resource.kind().has_lifecycle() {
        notes.push("This kind of resource has no lifecycle here: its events are listed, its state is not judged.".to_owned());
    }
    if resource.is_foreign_account() {
        notes.push("It belongs to another account than the one configured.".to_owned());
    }
    if resource.id().starts_with("name:") {
        notes.push("Its events carry no id: it is told apart by its name alone.".to_owned());
    }
    notes
}
