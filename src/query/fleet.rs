//! The fleet at an instant T: every resource whose existence at T is known, and beside it those it isn't recorded of.
//! Comes from all events held (`rules.md`, "Fleet at T"); the query chooses which resources are listed, by any of their
//! events, whenever it happened: a server that was quiet in the range is there all the same.

use reading::lowercase;
use reading::lowercase::push_lower;

use super::finding_views::Grounds;
use super::histories::Histories;
use super::judgement::Judgement;
use super::lives::Instant;
use super::lives::Lives;
use super::lives::Moment;
use super::resource_views;
use super::resource_views::gap_views;
use super::resource_views::gaps_of;
use super::resource_views::is_carried_at;
use super::resource_views::span_views;
use crate::coverage::Gap;
use crate::coverage::Ledger;
use crate::lifecycle::TrackName;
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
    judgement: Option<&Judgement>,
    ask: &Ask,
    matches: Option<&dyn Fn(u32) -> bool>,
) -> Fleet {
    let needle = lowercase(ask.find);
    let lives = histories.lives(store);
    let head = |ix, moment| resource_views::head(store, ix, lives.name(store, moment).as_deref());
    let instant = Instant::of(store, ask.at);
    let mut listed = Vec::new();
    let mut unrecorded = Vec::new();
    let (mut live, mut ended) = (0, 0);
    for ix in 0..store.n_resources() {
        let rows = store.rows_of(ix);
        let is_chosen = match matches {
            Some(matches) => rows.clone().any(matches),
            None => !rows.is_empty(),
        };
        if !is_chosen || !store.resource(ix).kind().has_lifecycle() {
            continue;
        }
        // Who is born later is not there yet.
        let Some(moment) = lives.at(ix, instant) else {
            continue;
        };
        if !needle.is_empty() && !is_found(&head(ix, moment), &needle) {
            continue;
        }
        let one = Listed {
            ix,
            moment,
            name_rank: lives.name_rank(store, ix, moment),
        };
        match moment.existence {
            None | Some(SpanValue::Unknown) => {
                unrecorded.push(one);
                continue;
            }
            Some(SpanValue::Live) => live += 1,
            Some(_) => {
                ended += 1;
                if !ask.include_ended {
                    continue;
                }
            }
        }
        listed.push(one);
    }
    let by_name = |a: &Listed, b: &Listed| {
        let id = |one: &Listed| store.resource(one.ix).id();
        let names = a.name_rank.cmp(&b.name_rank);
        names.then_with(|| id(a).cmp(&id(b)))
    };
    let mut grounds = Grounds::new(store, ledger);
    let mut findings_of = |ix| {
        let findings = judgement.into_iter().flat_map(|held| held.of(ix));
        let findings = findings.filter(|finding| finding.is_weighty());
        let is_firm = findings.map(|finding| grounds.is_firm(Some(ix), finding));
        let (mut n_firm, mut n_suspected) = (0, 0);
        is_firm.for_each(|is_firm| match is_firm {
            true => n_firm += 1,
            false => n_suspected += 1,
        });
        (n_firm, n_suspected)
    };
    let mut key = |one: &Listed| match ask.sort {
        FleetSort::Findings => {
            let (n_firm, n_suspected) = findings_of(one.ix);
            u64::from(n_firm) << 32 | u64::from(n_suspected)
        }
        sort => sort_key(store, lives, one, sort),
    };
    let mut keyed: Vec<(u64, Listed)> = listed.into_iter().map(|one| (key(&one), one)).collect();
    sorting::sort_by(&mut keyed, |(a_key, a), (b_key, b)| {
        let order = a_key.cmp(b_key);
        let order = if ask.descending {
            order.reverse()
        } else {
            order
        };
        order.then_with(|| by_name(a, b))
    });
    sorting::sort_by(&mut unrecorded, by_name);

    let mut gaps: Ordered<String, Option<Vec<Gap>>> = Ordered::default();
    let total = keyed.len() as u32;
    let rows = keyed
        .into_iter()
        .skip(ask.first as usize)
        .take(ask.count as usize)
        .map(|(_, one)| {
            let head = head(one.ix, one.moment);
            let gaps = gaps.get_or(head.region.clone(), || gaps_of(ledger, &head.region));
            let (n_firm, n_suspected) = findings_of(one.ix);
            FleetRow {
                n_firm,
                n_suspected,
                ..fleet_row(store, histories, gaps.as_deref(), ask, one.moment, head)
            }
        })
        .collect();
    let n_unrecorded = unrecorded.len() as u32;
    let unrecorded = unrecorded.into_iter().take(UNRECORDED_SHOWN);
    let unrecorded = unrecorded.map(|one| head(one.ix, one.moment)).collect();
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
        is_judged: judgement.is_some(),
    }
}

struct Listed {
    ix: u32,
    moment: Moment,
    name_rank: u32,
}

fn fleet_row(
    store: &Store,
    histories: &Histories,
    gaps: Option<&[Gap]>,
    ask: &Ask,
    moment: Moment,
    head: ResourceHead,
) -> FleetRow {
    let history = &*histories.of(store, head.ix.0);
    let existence = moment.existence.unwrap_or(SpanValue::Unknown);
    let spans = |name: &TrackName| -> Vec<SpanView> {
        history.track(name).map_or_else(Vec::new, |track| {
            span_views(history, track, gaps, ask.strip)
        })
    };
    // Power is what one asks of a server; where it isn't recorded, that it exists.
    let shown = match moment.power {
        Some(power) if power != SpanValue::Unknown && existence == SpanValue::Live => {
            TrackName::Power
        }
        _ => TrackName::Existence,
    };
    let row = moment.changed_by;
    let action = row.and_then(|row| store.rows().get(Field::Action, row as usize));
    FleetRow {
        existence,
        power: moment.power,
        since: history.at(&shown, ask.at).and_then(|span| span.from),
        is_carried: is_carried_at(history, &shown, gaps, ask.at),
        last_change: row.and_then(|row| store.rows().time(row as usize)),
        last_by: row
            .and_then(|row| super::row::initiator(store, row))
            .unwrap_or_default()
            .into_owned(),
        last_what: action.map_or_else(String::new, |action| {
            store.catalogue().label(&action).into_owned()
        }),
        last_row: row.map(RowId),
        n_firm: 0,
        n_suspected: 0,
        strip: spans(&TrackName::Power),
        strip_existence: spans(&TrackName::Existence),
        head,
    }
}

fn sort_key(store: &Store, lives: &Lives, one: &Listed, sort: FleetSort) -> u64 {
    match sort {
        FleetSort::Name => one.name_rank.into(),
        FleetSort::Kind => store.resource(one.ix).kind() as u64,
        FleetSort::Region => lives.region_rank(one.ix).into(),
        FleetSort::Existence => one.moment.existence.map_or(0, |value| 1 + value as u64),
        FleetSort::Power => one.moment.power.map_or(0, |value| 1 + value as u64),
        FleetSort::LastChange => {
            let row = one.moment.changed_by;
            let time = row.and_then(|row| store.rows().time(row as usize));
            // Without one first; the sign's bit turned, negative numbers come before others.
            time.map_or(0, |at| at.nanos() as u64 ^ 1 << 63)
        }
        // By what was judged, which is not of its life.
        FleetSort::Findings => 0,
    }
}

pub(super) fn is_found(head: &ResourceHead, needle: &str) -> bool {
    needle.is_empty()
        || [
            &head.label,
            &head.id,
            &head.region,
            &head.kind_words,
            &head.location,
        ]
        .iter()
        .any(|text| lowercase(text).contains(needle))
}

/// A key that sorts `web-9` before `web-12`: runs of digits compare as numbers, the rest without regard to case.
pub fn natural(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 4);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if n_digits == 0 {
            push_lower(&mut key, c);
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
