//! One event as a line of the table: values as people read them. Reads columns alone, never the raw text.

use reading::lowercase;
use std::borrow::Cow;

use crate::cadf::Kind;
use crate::cadf::TimeOrigin;
use crate::catalogue::service_and_object;
use crate::lifecycle::names_something;
use crate::protocol::ResourceIx;
use crate::protocol::RowId;
use crate::protocol::RowView;
use crate::store::Field;
use crate::store::Store;

pub fn row_view(store: &Store, row: u32) -> RowView {
    let rows = store.rows();
    let at = row as usize;
    let text = |field| rows.get(field, at).unwrap_or_default().into_owned();
    let action = rows.get(Field::Action, at).unwrap_or_default();
    let kind = store.kind_of(row);
    let origin = rows.time_origin(at);
    RowView {
        row: RowId(row),
        time: rows.time(at),
        time_is_marked: matches!(origin, TimeOrigin::ZoneAssumed | TimeOrigin::Envelope),
        outcome: rows.outcome(at),
        label: store.catalogue().label(&action).into_owned(),
        initiator: initiator(store, row).unwrap_or_default().into_owned(),
        target: target(store, row).unwrap_or_default().into_owned(),
        kind,
        kind_words: kind_words(kind, &action, rows.get(Field::TargetType, at).as_deref()),
        action: action.into_owned(),
        region: text(Field::Region),
        location: text(Field::Location),
        address: text(Field::Address),
        reason: text(Field::ReasonCode),
        severity: text(Field::Severity),
        credential: text(Field::Credential),
        source: text(Field::Source),
        copies: store.copies_of(row).count() as u32,
        is_conflict: store.is_conflicting(row),
        resource: store.resource_of(row).map(ResourceIx),
        has_effect: has_effect(store, row),
    }
}

/// Its kind of event can change a track.
pub fn has_effect(store: &Store, row: u32) -> bool {
    let act = store.act_of(row);
    act.is_some_and(|act| store.catalogue().get(act).has_effect())
}

/// The name, else the id.
pub fn initiator(store: &Store, row: u32) -> Option<Cow<'_, str>> {
    let rows = store.rows();
    rows.get(Field::InitiatorName, row as usize)
        .or_else(|| rows.get(Field::InitiatorId, row as usize))
}

/// The name, else the id; what names nothing is none.
pub fn target(store: &Store, row: u32) -> Option<Cow<'_, str>> {
    let named = |field| {
        let text = store.rows().get(field, row as usize);
        text.filter(|text| names_something(text))
    };
    named(Field::TargetName).or_else(|| named(Field::TargetId))
}

/// Plain words for what it happened to; for an `other` resource the object of its action or its type as written.
pub fn kind_words(kind: Kind, action: &str, type_uri: Option<&str>) -> String {
    if kind.has_lifecycle() {
        return kind.words().to_owned();
    }
    let (service, object) = service_and_object(action);
    match (service, object) {
        ("", "") => type_uri.map_or_else(|| kind.words().to_owned(), str::to_owned),
        (service, "") => service.to_owned(),
        (service, object) => format!("{service} {object}"),
    }
}

/// What a column is sorted by: words as on screen without regard to case, codes as numbers. `None`: no value.
pub fn sort_word(store: &Store, field: Field, text: &str) -> Option<String> {
    match field {
        Field::Action => Some(lowercase(&store.catalogue().label(text))),
        Field::TargetName | Field::TargetId if !names_something(text) => None,
        Field::ReasonCode => Some(format!("{text:0>12}")),
        Field::Severity => {
            let rank = ["critical", "warning", "normal"];
            let at = rank.iter().position(|word| *word == text);
            Some(format!("{} {text}", at.unwrap_or(rank.len())))
        }
        _ => Some(lowercase(text)),
    }
}
