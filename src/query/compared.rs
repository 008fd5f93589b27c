//! The whole fleet at T1 held against the same at T2: which resources differ, in what, and how many of each sort. What
//! one resource's difference is, `compare` says; here they are filed, counted and shown a window at a time.

use reading::lowercase;

use super::compare::AttributeChange;
use super::compare::Between;
use super::compare::Difference;
use super::compare::Fate;
use super::compare::difference;
use super::compare::is_untouched;
use super::fleet::is_found;
use super::histories::Histories;
use super::histories::history_of;
use super::lives::Instant;
use super::lives::Moment;
use super::resource_views;
use super::resource_views::gaps_of;
use super::row::initiator;
use crate::coverage::Gap;
use crate::coverage::Ledger;
use crate::lifecycle::TrackName;
use crate::lifecycle::words::value;
use crate::protocol::AttributeView;
use crate::protocol::ChangeKind;
use crate::protocol::ComparedRow;
use crate::protocol::Comparison;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::sorting;
use crate::sorting::Ordered;
use crate::store::Field;
use crate::store::Store;

/// Every resource's difference in short, by name; kept while only the window and the kind asked for change.
#[derive(Debug)]
pub struct Compared {
    between: Between,
    filed: Vec<Filed>,
    n_from: u32,
    n_to: u32,
}

#[derive(Debug)]
struct Filed {
    ix: u32,
    kinds: Vec<ChangeKind>,
    before: Option<Moment>,
    after: Option<Moment>,
}

/// `matches` says whether an event matches the query; `None`: everything does.
pub fn compared(
    store: &Store,
    histories: &Histories,
    between: Between,
    find: &str,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Compared {
    let lives = histories.lives(store);
    let needle = lowercase(find);
    let (from, to) = (
        Instant::of(store, between.from()),
        Instant::of(store, between.to()),
    );
    let is_live = |moment: Option<Moment>| {
        moment.is_some_and(|moment| moment.existence == Some(SpanValue::Live))
    };
    let mut ranked: Vec<(u32, Filed)> = Vec::new();
    let (mut n_from, mut n_to) = (0, 0);
    for ix in 0..store.n_resources() {
        let is_chosen = match matches {
            Some(matches) => store.rows_of(ix).any(matches),
            None => !store.rows_of(ix).is_empty(),
        };
        if !is_chosen || !store.resource(ix).kind().has_lifecycle() {
            continue;
        }
        // Who is born after T2 is at neither.
        let Some(after) = lives.at(ix, to) else {
            continue;
        };
        let before = lives.at(ix, from);
        // What had ended before both is no part of either fleet.
        let is_gone = |moment: Option<Moment>| {
            let existence = moment.and_then(|moment| moment.existence);
            matches!(existence, Some(SpanValue::Reclaimed | SpanValue::Deleted))
        };
        if is_gone(before) && is_gone(Some(after)) {
            continue;
        }
        if !needle.is_empty() {
            let name = lives.name(store, after);
            if !is_found(&resource_views::head(store, ix, name.as_deref()), &needle) {
                continue;
            }
        }
        n_from += u32::from(is_live(before));
        n_to += u32::from(is_live(Some(after)));
        let kinds = match is_untouched(store, lives, ix, between) {
            true => vec![of_untouched(after)],
            false => kinds_of(&difference(&history_of(store, ix), None, between)),
        };
        let filed = Filed {
            ix,
            kinds,
            before,
            after: Some(after),
        };
        ranked.push((lives.name_rank(store, ix, after), filed));
    }
    sorting::sort_by(&mut ranked, |(a_rank, a), (b_rank, b)| {
        let id = |one: &Filed| store.resource(one.ix).id();
        a_rank.cmp(b_rank).then_with(|| id(a).cmp(&id(b)))
    });
    Compared {
        between,
        filed: ranked.into_iter().map(|(_, filed)| filed).collect(),
        n_from,
        n_to,
    }
}

/// Nothing happened: it is as it was, if that is known.
fn of_untouched(moment: Moment) -> ChangeKind {
    match moment.existence {
        None | Some(SpanValue::Unknown) => ChangeKind::Unknown,
        Some(_) => ChangeKind::Same,
    }
}

fn kinds_of(difference: &Difference) -> Vec<ChangeKind> {
    let own = match difference.fate {
        Fate::BornLater | Fate::Same => return vec![ChangeKind::Same],
        Fate::UnknownAtFrom | Fate::UnknownAtTo => return vec![ChangeKind::Unknown],
        Fate::Born => Some(ChangeKind::Born),
        Fate::Ended => Some(ChangeKind::Ended),
        Fate::Changed => None,
    };
    let mut kinds = vec![ChangeKind::Any];
    kinds.extend(own);
    // What something is born with is no change of its own.
    let of_tracks = difference
        .changes
        .iter()
        .filter(|change| change.before.is_some());
    for kind in of_tracks.filter_map(|change| kind_of(&change.track)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

fn kind_of(track: &TrackName) -> Option<ChangeKind> {
    match track {
        TrackName::Existence => None,
        TrackName::Power => Some(ChangeKind::Power),
        TrackName::Name => Some(ChangeKind::Name),
        TrackName::Image => Some(ChangeKind::Image),
        TrackName::Port(_) | TrackName::PortSpeed(_) | TrackName::SecurityGroup(_) => {
            Some(ChangeKind::Network)
        }
    }
}

/// The window of those of a kind.
pub fn comparison(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    compared: &Compared,
    kind: ChangeKind,
    (first, count): (u32, u32),
) -> Comparison {
    let n_of = |kind: ChangeKind| {
        let of_kind = compared
            .filed
            .iter()
            .filter(|one| one.kinds.contains(&kind));
        of_kind.count() as u32
    };
    let mut gaps: Ordered<String, Option<Vec<Gap>>> = Ordered::default();
    let shown = compared
        .filed
        .iter()
        .filter(|one| one.kinds.contains(&kind));
    let shown = shown.skip(first as usize).take(count as usize);
    let rows = shown.map(|one| {
        let region = resource_views::location_of(store, one.ix).region;
        let gaps = gaps.get_or(region.clone(), || gaps_of(ledger, &region));
        row(store, histories, compared.between, one, gaps.as_deref())
    });
    Comparison {
        from: compared.between.from(),
        to: compared.between.to(),
        n_from: compared.n_from,
        n_to: compared.n_to,
        rows: rows.collect(),
        counts: ChangeKind::ALL.map(n_of).to_vec(),
        total: n_of(kind),
        first,
        coverage_stated: ledger.regions().next().is_some(),
    }
}

fn row(
    store: &Store,
    histories: &Histories,
    between: Between,
    filed: &Filed,
    gaps: Option<&[Gap]>,
) -> ComparedRow {
    let history = histories.of(store, filed.ix);
    let difference = difference(&history, gaps, between);
    let labels = |tracks: &[TrackName]| tracks.iter().map(TrackName::label).collect();
    ComparedRow {
        head: resource_views::head(store, filed.ix, history.name_at(between.to())),
        kinds: filed.kinds.clone(),
        before: filed.before.map(shown_state),
        after: filed.after.map(shown_state),
        changes: difference
            .changes
            .iter()
            .map(|change| attribute(store, change))
            .collect(),
        unknown: labels(&difference.unknown),
        back_again: labels(&difference.back_again),
    }
}

/// Its power while it is live and that is recorded, else whether it is there.
fn shown_state(moment: Moment) -> SpanValue {
    let existence = moment.existence.unwrap_or(SpanValue::Unknown);
    match moment.power {
        Some(power) if existence == SpanValue::Live && power != SpanValue::Unknown => power,
        _ => existence,
    }
}

fn attribute(store: &Store, change: &AttributeChange) -> AttributeView {
    let is_seen = change.basis == crate::lifecycle::Basis::Seen;
    let by = initiator(store, change.row).filter(|_| !is_seen);
    let action = store.rows().get(Field::Action, change.row as usize);
    let before = change.before.as_ref();
    AttributeView {
        label: change.track.label(),
        before: before.map_or_else(String::new, |before| value(&change.track, before)),
        after: value(&change.track, &change.after),
        at: change.at,
        row: RowId(change.row),
        event: store.rows().ids.name(change.row as usize),
        by: by.unwrap_or_default().into_owned(),
        what: store
            .catalogue()
            .label(&action.unwrap_or_default())
            .into_owned(),
        basis: resource_views::basis(change.basis),
        is_carried_before: change.is_carried_before,
        is_carried_after: change.is_carried_after,
    }
}
