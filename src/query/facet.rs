//! The values that occur, with counts: each facet counted under the query without its own clauses, so that its other
//! values stay in sight. "None" is a value.

use std::collections::HashMap;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::protocol::Facet;
use crate::protocol::FacetName;
use crate::protocol::FacetValue;
use crate::query::language;
use crate::query::language::Field as Asked;
use crate::query::language::Query;
use crate::query::language::Subject;
use crate::store::Bitmap;
use crate::store::Field;
use crate::store::NONE;
use crate::store::Store;
use crate::store::refresh::KINDS;

/// Whose clauses a facet's values make.
pub fn subject(name: FacetName) -> Subject {
    Subject::Field(match name {
        FacetName::Initiator => return Subject::Who,
        FacetName::Target => return Subject::What,
        FacetName::Outcome => Asked::Outcome,
        FacetName::Category => Asked::Category,
        FacetName::Action => Asked::Action,
        FacetName::Kind => Asked::Kind,
        FacetName::Region => Asked::Region,
        FacetName::Account => Asked::Account,
        FacetName::Address => Asked::InitiatorAddress,
        FacetName::Severity => Asked::Severity,
        FacetName::Reason => Asked::ReasonCode,
        FacetName::Credential => Asked::CredentialType,
        FacetName::Source => Asked::SourceRegion,
    })
}

/// `matching` leaves the facet's own clauses out; `query` is the whole one, and says what is chosen.
pub fn facet(
    store: &Store,
    name: FacetName,
    matching: &Bitmap,
    query: &Query,
    most_values: u32,
    search: &str,
) -> Facet {
    let subject = subject(name);
    let search = search.to_lowercase();
    let mut values: Vec<FacetValue> = count(store, &subject, matching)
        .into_iter()
        .map(|(value, count)| {
            let state = query.state_of(&subject, &clause_value(value.as_deref()));
            FacetValue {
                label: label(store, name, value.as_deref()),
                value: value.unwrap_or_else(|| "none".into()),
                count,
                is_chosen: state == Some(true),
                is_excluded: state == Some(false),
            }
        })
        .filter(|value| value.count > 0 || value.is_chosen || value.is_excluded)
        .filter(|value| {
            search.is_empty()
                || value.value.to_lowercase().contains(&search)
                || value.label.to_lowercase().contains(&search)
        })
        .collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    let distinct = values.len() as u32;
    // What is chosen stays in sight, however rare it is.
    let mut kept = 0;
    values.retain(|value| {
        kept += 1;
        kept <= most_values || value.is_chosen || value.is_excluded
    });
    Facet {
        name,
        values,
        distinct,
    }
}

fn clause_value(value: Option<&str>) -> language::FacetValue {
    match value {
        None => language::FacetValue::None,
        Some(text) => language::FacetValue::Text(text.to_owned()),
    }
}

/// How often each value occurs; values that don't occur have 0. `None`: the field is absent.
pub fn count(store: &Store, subject: &Subject, matching: &Bitmap) -> Vec<(Option<String>, u64)> {
    let rows = store.rows();
    match subject {
        Subject::Who => first_of(store, [Field::InitiatorName, Field::InitiatorId], matching),
        Subject::What => first_of(store, [Field::TargetName, Field::TargetId], matching),
        Subject::Field(Asked::Outcome) => {
            let mut counts = [0; Outcome::ALL.len()];
            for row in matching.ones() {
                counts[rows.outcome(row) as usize] += 1;
            }
            named(Outcome::ALL.map(Outcome::name), counts)
        }
        Subject::Field(Asked::Kind) => {
            let mut counts = [0; KINDS.len()];
            for row in matching.ones() {
                counts[store.kind_of(row as u32) as usize] += 1;
            }
            named(KINDS.map(Kind::name), counts)
        }
        Subject::Field(Asked::Category) => {
            let actions = rows.text(Field::Action);
            let mut by_action = vec![0; actions.texts.len()];
            for row in matching.ones() {
                by_action[actions.code(row) as usize] += 1;
            }
            let mut counts: HashMap<&str, u64> = HashMap::new();
            for (code, action) in actions.texts.iter() {
                let category = store.catalogue().category(action).name();
                *counts.entry(category).or_default() += by_action[code as usize];
            }
            let counts = counts.into_iter();
            counts.map(|(name, n)| (Some(name.to_owned()), n)).collect()
        }
        Subject::Field(field) => match super::filter::column_of(*field) {
            Some(column) => of_column(store, column, matching),
            None => Vec::new(),
        },
        Subject::AnyText | Subject::Path(_) => Vec::new(),
    }
}

fn named<const N: usize>(names: [&str; N], counts: [u64; N]) -> Vec<(Option<String>, u64)> {
    let pairs = names.into_iter().zip(counts);
    pairs
        .map(|(name, count)| (Some(name.to_owned()), count))
        .collect()
}

fn of_column(store: &Store, field: Field, matching: &Bitmap) -> Vec<(Option<String>, u64)> {
    let column = store.rows().text(field);
    // An unknown account is the one known.
    let stand_in = match field {
        Field::Account => store.known_account(),
        _ => None,
    };
    let mut counts = vec![0u64; column.texts.len()];
    for row in matching.ones() {
        counts[column.code(row) as usize] += 1;
    }
    let mut values = Vec::with_capacity(counts.len());
    let mut absent = counts[NONE as usize];
    for (code, text) in column.texts.iter() {
        let mut count = counts[code as usize];
        if stand_in == Some(text) {
            count += std::mem::take(&mut absent);
        }
        values.push((Some(text.to_owned()), count));
    }
    let absent_name = stand_in.filter(|_| absent > 0).map(str::to_owned);
    values.push((absent_name, absent));
    values
}

/// The first field that has a value gives it.
fn first_of(store: &Store, fields: [Field; 2], matching: &Bitmap) -> Vec<(Option<String>, u64)> {
    let [first, second] = fields.map(|field| store.rows().text(field));
    let mut by_first = vec![0u64; first.texts.len()];
    let mut by_second = vec![0u64; second.texts.len()];
    for row in matching.ones() {
        match first.code(row) {
            NONE => by_second[second.code(row) as usize] += 1,
            code => by_first[code as usize] += 1,
        }
    }
    let mut values: Vec<(Option<String>, u64)> = Vec::new();
    let mut place: HashMap<&str, usize> = HashMap::new();
    for (code, text) in first.texts.iter() {
        place.insert(text, values.len());
        values.push((Some(text.to_owned()), by_first[code as usize]));
    }
    for (code, text) in second.texts.iter() {
        let count = by_second[code as usize];
        if count == 0 {
            continue;
        }
        match place.get(text) {
            Some(&at) => values[at].1 += count,
            None => values.push((Some(text.to_owned()), count)),
        }
    }
    values.push((None, by_second[NONE as usize]));
    values
}

/// Plain words for a value; the value itself where there are none.
fn label(store: &Store, name: FacetName, value: Option<&str>) -> String {
    let Some(value) = value else {
        return "None".into();
    };
    match name {
        FacetName::Action => store.catalogue().label(value).into_owned(),
        FacetName::Kind => {
            Kind::from_name(value).map_or_else(|| value.to_owned(), |kind| capital(kind.words()))
        }
        FacetName::Outcome | FacetName::Category | FacetName::Severity => capital(value),
        _ => value.to_owned(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
