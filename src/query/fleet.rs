//! The fleet at an instant T: every resource whose existence at T is known, and beside it those it isn't recorded of.
//! Comes from all events held (`rules.md`, "Fleet at T"); the query chooses which resources are listed, by any of their
//! events, whenever it happened: a server that was quiet in the range is there all the same.

use super::histories::Histories;
use super::resource_views;
use super::resource_views::gap_views;
use super::resource_views::gaps_of;
use super::resource_views::is_carried_at;
use super::resource_views::span_value;
use super::resource_views::span_views;
use crate::coverage::Gap;
use crate::coverage::Ledger;
use crate::lifecycle::History;
use crate::lifecycle::TrackName;
use crate::lifecycle::fleet::Standing;
use crate::lifecycle::fleet::standing;
use crate::protocol::Fleet;
use crate::protocol::FleetRow;
use crate::protocol::FleetSort;
use crate::protocol::ResourceHead;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::sorting;
use crate::sorting::Ordered;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// How many unrecorded resources are sent by name; all are counted.
const UNRECORDED_SHOWN: usize = 500;

#[derive(Clone, Debug)]
pub struct Ask<'a> {
    pub at: Timestamp,
    /// The time that each row's small picture shows.
    pub strip: TimeRange,
    pub include_ended: bool,
    pub sort: FleetSort,
    pub descending: bool,
    /// Narrows by name, id, region or kind, without regard to case.
    pub find: &'a str,
    pub first: u32,
    pub count: u32,
}

/// `matches` says whether an event matches the query; `None`: everything does.
pub fn fleet(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    ask: &Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Fleet {
    let needle = ask.find.to_lowercase();
    let mut listed = Vec::new();
    let mut unrecorded = Vec::new();
    let (mut live, mut ended) = (0, 0);
    for ix in 0..store.resources().len() as u32 {
        let rows = store.rows_of(ix);
        let is_chosen = match matches {
            Some(matches) => rows.iter().any(|&row| matches(row)),
            None => !rows.is_empty(),
        };
        let kind = store.resources()[ix as usize].kind;
        if !is_chosen || !kind.has_lifecycle() {
            continue;
        }
        let history = histories.of(store, ix);
        match standing(kind, history, ask.at) {
            Standing::NotTracked | Standing::BornLater => {}
            Standing::Unrecorded => {
                let head = resource_views::head(store, ix, history.name_at(ask.at));
                if is_found(&head, &needle) {
                    unrecorded.push(head);
                }
            }
            Standing::Recorded(state) => {
                let head = resource_views::head(store, ix, state.name.as_deref());
                if !is_found(&head, &needle) {
                    continue;
                }
                let existence = span_value(&state.existence);
                if existence == SpanValue::Live {
                    live += 1;
                } else {
                    ended += 1;
                    if !ask.include_ended {
                        continue;
                    }
                }
                listed.push(Listed {
                    name_key: natural(&head.label),
                    last_change: last_change(history, ask.at),
                    power: state.power.as_ref().map(span_value),
                    existence,
                    head,
                });
            }
        }
    }
    sorting::sort_by(&mut listed, |a, b| {
        let order = key_order(a, b, ask.sort);
        let order = if ask.descending {
            order.reverse()
        } else {
            order
        };
        order
            .then_with(|| a.name_key.cmp(&b.name_key))
            .then_with(|| a.head.id.cmp(&b.head.id))
    });
    sorting::sort_by_key(&mut unrecorded, |head| {
        (natural(&head.label), head.id.clone())
    });

    let mut gaps: Ordered<String, Option<Vec<Gap>>> = Ordered::default();
    let total = listed.len() as u32;
    let rows = listed
        .into_iter()
        .skip(ask.first as usize)
        .take(ask.count as usize)
        .map(|one| {
            let gaps = gaps.get_or(one.head.region.clone(), || {
                gaps_of(ledger, &one.head.region)
            });
            fleet_row(store, histories, gaps.as_deref(), ask, one)
        })
        .collect();
    let n_unrecorded = unrecorded.len() as u32;
    unrecorded.truncate(UNRECORDED_SHOWN);
    Fleet {
        at: ask.at,
        total,
        live,
        ended,
        rows,
        first: ask.first,
        unrecorded,
        n_unrecorded,
        coverage_stated: ledger.regions().next().is_some(),
        gaps: gap_views(ledger, ledger.regions(), ask.strip),
    }
}

struct Listed {
    head: ResourceHead,
    /// Made once: the list is sorted by it.
    name_key: String,
    existence: SpanValue,
    power: Option<SpanValue>,
    /// Place in the history's changes, and when.
    last_change: Option<(usize, Timestamp)>,
}

fn fleet_row(
    store: &Store,
    histories: &Histories,
    gaps: Option<&[Gap]>,
    ask: &Ask,
    one: Listed,
) -> FleetRow {
    let history = histories.of(store, one.head.ix.0);
    let spans = |name: &TrackName| -> Vec<SpanView> {
        history.track(name).map_or_else(Vec::new, |track| {
            span_views(history, track, gaps, ask.strip)
        })
    };
    // Power is what one asks of a server; where it isn't recorded, that it exists.
    let shown = match one.power {
        Some(power) if power != SpanValue::Unknown && one.existence == SpanValue::Live => {
            TrackName::Power
        }
        _ => TrackName::Existence,
    };
    let change = one.last_change.map(|(at, _)| &history.changes[at]);
    let row = change.map(|change| change.key);
    let action = row.and_then(|row| store.rows().get(Field::Action, row as usize));
    FleetRow {
        existence: one.existence,
        power: one.power,
        since: history.at(&shown, ask.at).and_then(|span| span.from),
        is_carried: is_carried_at(history, &shown, gaps, ask.at),
        last_change: change.map(|change| change.at),
        last_by: row
            .and_then(|row| super::row::initiator(store, row))
            .unwrap_or("")
            .to_owned(),
        last_what: action.map_or_else(String::new, |action| {
            store.catalogue().label(action).into_owned()
        }),
        last_row: row.map(RowId),
        strip: spans(&TrackName::Power),
        strip_existence: spans(&TrackName::Existence),
        head: one.head,
    }
}

/// The newest change that an event made (not only showed) at or before an instant.
fn last_change(history: &History, at: Timestamp) -> Option<(usize, Timestamp)> {
    let changes = &history.changes;
    let until = changes.partition_point(|change| change.at <= at);
    changes[..until]
        .iter()
        .rposition(|change| change.basis != crate::lifecycle::Basis::Seen)
        .map(|place| (place, changes[place].at))
}

fn key_order(a: &Listed, b: &Listed, sort: FleetSort) -> std::cmp::Ordering {
    match sort {
        FleetSort::Name => a.name_key.cmp(&b.name_key),
        FleetSort::Kind => a.head.kind.cmp(&b.head.kind),
        FleetSort::Region => a.head.region.cmp(&b.head.region),
        FleetSort::Existence => (a.existence as u8).cmp(&(b.existence as u8)),
        FleetSort::Power => a.power.map(|p| p as u8).cmp(&b.power.map(|p| p as u8)),
        FleetSort::LastChange => {
            let when = |one: &Listed| one.last_change.map(|(_, at)| at);
            when(a).cmp(&when(b))
        }
    }
}

fn is_found(head: &ResourceHead, needle: &str) -> bool {
    needle.is_empty()
        || [
            &head.label,
            &head.id,
            &head.region,
            &head.kind_words,
            &head.location,
        ]
        .iter()
        .any(|text| text.to_lowercase().contains(needle))
}

/// A key that sorts `web-9` before `web-12`: runs of digits compare as numbers, the rest without regard to case.
pub fn natural(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 4);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if n_digits == 0 {
            key.extend(c.to_lowercase());
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (digits, after) = rest.split_at(n_digits);
        let number = digits.trim_start_matches('0');
        // The longer number is the larger; its length stands before it, as a digit's neighbour in the alphabet.
        key.push(char::from(b'0' + number.len().min(64) as u8));
        key.push_str(number);
        rest = after;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn names_with_numbers_sort_as_people_count() {
        let mut names = ["web-12", "Web-9", "db", "web-10b", "web-10"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["db", "Web-9", "web-10", "web-10b", "web-12"]);
    }
}
