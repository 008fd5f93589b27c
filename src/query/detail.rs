//! One event in full: fields with what filters for them, a sentence that says no more than the record proves, what it
//! belongs with, and the record as received.

use crate::cadf::Event;
use crate::cadf::Outcome;
use crate::cadf::Reason;
use crate::cadf::TimeOrigin;
use crate::cadf::event::hash_name;
use crate::cadf::json::has_half_a_character;
use crate::lifecycle::words;
use crate::lifecycle::words::Said;
use crate::protocol::Correlation;
use crate::protocol::Detail;
use crate::protocol::FieldView;
use crate::protocol::ResourceHead;
use crate::protocol::RowId;
use crate::protocol::Section;
use crate::query::language::Edit;
use crate::query::language::FacetValue;
use crate::query::language::Field as Asked;
use crate::query::language::Subject;
use crate::store::Field;
use crate::store::RawError;
use crate::store::Store;
use crate::time::NANOS_PER_SEC;
use crate::time::TimeRange;
use std::borrow::Cow;

use super::filter::Held;
use super::histories::Histories;
use super::histories::act_of;
use super::page::same_correlation;
use super::resource_views;
use super::row;
use super::row::row_view;
use super::tree::tree;

/// Events shown before and after it.
const NEIGHBOURS: usize = 5;

/// `record`: its text as received and the event read from it again.
pub fn detail(
    store: &Store,
    histories: &Histories,
    row: u32,
    record: Result<(String, Event), RawError>,
) -> Detail {
    let at = row as usize;
    let rows = store.rows();
    let view = row_view(store, row);
    let (raw, event) = match record {
        Ok((raw, event)) => (Ok(raw), Some(event)),
        Err(error) => (Err(error.to_string()), None),
    };
    let reason = reason_of(store, at);
    let resource = store.resource_of(row).map(|ix| {
        let history = histories.of(store, ix);
        let name = match rows.time(at) {
            Some(at) => history.name_at(at),
            None => history.name_now(),
        };
        resource_views::head(store, ix, name)
    });
    let initiator = row::initiator(store, row);
    let target = match &resource {
        Some(head) => Some(head.label.as_str().into()),
        None => row::target(store, row),
    };
    let said = Said {
        act: act_of(store, row),
        label: &view.label,
        outcome: view.outcome,
        reason: &reason,
        is_classic: rows.is_classic(at),
        initiator: initiator.as_deref(),
        target: target.as_deref(),
    };
    let place = rows.raw(at);
    let part = &store.parts()[place.part as usize];
    Detail {
        event: rows.ids.name(at),
        content_hash: match &event {
            Some(event) => hash_name(&event.content_hash())[1..].to_owned(),
            None => String::new(),
        },
        title: words::title(&view.label, view.outcome, &reason),
        sentence: words::sentence(&said),
        badges: badges(store, row, raw.as_deref().ok()),
        sections: sections(store, row, event.as_ref(), &reason, resource.as_ref()),
        resource_events: store
            .resource_of(row)
            .map_or(0, |ix| store.rows_of(ix).len() as u64),
        resource,
        correlation: correlation(store, row),
        initiator_events_hour: initiator_events_hour(store, row),
        neighbours: neighbours(store, row),
        members: event
            .as_ref()
            .map(|event| tree(&event.body))
            .unwrap_or_default(),
        body: event.map_or_else(|| "{}".into(), |event| event.body.to_string()),
        raw,
        file: part.name.clone(),
        line: place.line,
        byte: place.byte,
        conflicts_with: store
            .named(&rows.ids.name(at))
            .into_iter()
            .filter(|&other| other != row && store.is_conflicting(other))
            .map(RowId)
            .collect(),
        copies_at: store
            .copies_of(row)
            .map(|copy| {
                let part = &store.parts()[copy.part as usize];
                format!("{}, line {}", part.name, copy.line)
            })
            .collect(),
        row: view,
    }
}

fn reason_of(store: &Store, at: usize) -> Reason {
    let text = |field| store.rows().get(field, at).map(Cow::into_owned);
    Reason {
        code: text(Field::ReasonCode).and_then(|code| code.parse().ok()),
        kind: text(Field::ReasonType),
        for_failure: text(Field::ReasonForFailure),
    }
}

fn badges(store: &Store, row: u32, raw: Option<&str>) -> Vec<String> {
    let rows = store.rows();
    let at = row as usize;
    let mut badges = Vec::new();
    match rows.get(Field::Severity, at).as_deref() {
        None | Some("normal") => {}
        Some(severity) => badges.push(format!("Severity {severity}")),
    }
    match rows.time_origin(at) {
        TimeOrigin::Written => {}
        TimeOrigin::ZoneAssumed => badges.push("Time without a zone, taken as UTC".into()),
        TimeOrigin::Envelope => badges.push("Time of the envelope, the event has none".into()),
        TimeOrigin::Undated => badges.push("Undated".into()),
    }
    if store.is_conflicting(row) {
        badges.push("Same id, other content elsewhere".into());
    }
    if rows.is_classic(at) {
        badges.push("Classic event log".into());
    }
    if rows.data_event(at) == Some(true) {
        badges.push("Data event".into());
    }
    if raw.is_some_and(has_half_a_character) {
        badges.push("Half a character in the record, read as �".into());
    }
    let account = rows.get(Field::Account, at);
    let is_foreign = account.is_some()
        && store
            .config_account()
            .is_some_and(|own| account.as_deref() != Some(own));
    if is_foreign {
        badges.push("Another account".into());
    }
    badges
}

/// Fields in the order of a sentence: who, what, where and how.
fn sections(
    store: &Store,
    row: u32,
    event: Option<&Event>,
    reason: &Reason,
    resource: Option<&ResourceHead>,
) -> Vec<Section> {
    let rows = store.rows();
    let at = row as usize;
    let fields = Fields { store };
    let text = |field| rows.get(field, at);
    let view = row_view(store, row);
    let who = [
        fields.plain(
            "Name",
            Asked::InitiatorName,
            text(Field::InitiatorName).as_deref(),
        ),
        fields.mono(
            "Id",
            Asked::InitiatorId,
            text(Field::InitiatorId).as_deref(),
        ),
        fields.plain(
            "Signed in as",
            Asked::InitiatorAuthnName,
            text(Field::AuthnName).as_deref(),
        ),
        fields.mono(
            "Signed-in id",
            Asked::InitiatorAuthnId,
            text(Field::AuthnId).as_deref(),
        ),
        fields.plain(
            "Credential",
            Asked::CredentialType,
            text(Field::Credential).as_deref(),
        ),
        event.and_then(|event| {
            fields.plain(
                "Type",
                Asked::InitiatorTypeUri,
                event.initiator.type_uri.as_deref(),
            )
        }),
    ];
    let target_name = fields
        .plain(
            "Target",
            Asked::TargetName,
            text(Field::TargetName).as_deref(),
        )
        .map(|field| FieldView {
            note: target_note(store, row, &view.kind_words, resource),
            ..field
        });
    let outcome = fields
        .plain("Outcome", Asked::Outcome, Some(view.outcome.name()))
        .map(|field| FieldView {
            is_failure: view.outcome == Outcome::Failure,
            ..field
        });
    let what = [
        target_name,
        fields.mono("Id", Asked::TargetId, text(Field::TargetId).as_deref()),
        fields.mono("Action", Asked::Action, text(Field::Action).as_deref()),
        outcome,
        fields.plain(
            "Type",
            Asked::TargetTypeUri,
            text(Field::TargetType).as_deref(),
        ),
        event.and_then(|event| {
            let group = event.target.resource_group_id.as_deref();
            fields.mono("Resource group", Asked::TargetResourceGroupId, group)
        }),
        event.and_then(|event| fields.plain("Message", Asked::Message, event.message.as_deref())),
    ];
    let region = fields
        .plain("Region", Asked::Region, text(Field::Region).as_deref())
        .map(|field| FieldView {
            note: region_note(store, at),
            ..field
        });
    let reason_words: Vec<&str> = [reason.kind.as_deref(), reason.for_failure.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let reason_view = match text(Field::ReasonCode) {
        Some(code) => fields.plain("Reason", Asked::ReasonCode, Some(&code)),
        None => fields.plain("Reason", Asked::ReasonType, reason.kind.as_deref()),
    }
    .map(|field| FieldView {
        note: if field.value == reason_words.join(": ") {
            String::new()
        } else {
            reason_words.join(": ")
        },
        is_failure: view.outcome == Outcome::Failure,
        ..field
    });
    let how = [
        fields.mono(
            "Address",
            Asked::InitiatorAddress,
            text(Field::Address).as_deref(),
        ),
        fields.mono(
            "Agent",
            Asked::InitiatorAgent,
            text(Field::Agent).as_deref(),
        ),
        region,
        fields.plain("Account", Asked::Account, text(Field::Account).as_deref()),
        reason_view,
        fields.mono(
            "Correlation",
            Asked::CorrelationId,
            text(Field::Correlation).as_deref(),
        ),
        event.and_then(|event| {
            fields.plain(
                "Observer",
                Asked::ObserverName,
                event.observer_name.as_deref(),
            )
        }),
        fields.mono("Event", Asked::Id, id_of(store, at).as_deref()),
    ];
    let section = |title: &str, fields: Vec<Option<FieldView>>| Section {
        title: title.into(),
        fields: fields.into_iter().flatten().collect(),
    };
    vec![
        section("Who", who.into()),
        section("What", what.into()),
        section("Where and how", how.into()),
    ]
}

/// `virtual server, classic`, or for a part of one `of web-7, virtual server, classic`.
fn target_note(store: &Store, row: u32, kind: &str, resource: Option<&ResourceHead>) -> String {
    match resource {
        Some(head) if !store.target_is_resource(row) => format!("of {}, {kind}", head.label),
        _ => kind.to_owned(),
    }
}

fn id_of(store: &Store, at: usize) -> Option<String> {
    let ids = &store.rows().ids;
    ids.has_id(at).then(|| ids.name(at))
}

/// `dal13, from eu-de`: the raw location, and the source's region where it is another.
fn region_note(store: &Store, at: usize) -> String {
    let rows = store.rows();
    let region = rows.get(Field::Region, at);
    let location = rows
        .get(Field::Location, at)
        .filter(|raw| Some(raw) != region.as_ref());
    let source = rows
        .get(Field::SourceRegion, at)
        .filter(|source| Some(source) != region.as_ref())
        .map(|source| format!("from {source}"));
    let notes: Vec<String> = location
        .map(Cow::into_owned)
        .into_iter()
        .chain(source)
        .collect();
    notes.join(", ")
}

struct Fields<'a> {
    store: &'a Store,
}

impl Fields<'_> {
    fn plain(&self, label: &str, field: Asked, value: Option<&str>) -> Option<FieldView> {
        let value = value?;
        let edit = Edit::Add(Subject::Field(field), FacetValue::Text(value.to_owned()));
        Some(FieldView {
            label: label.into(),
            cadf: field.name().into(),
            value: value.into(),
            note: String::new(),
            is_mono: false,
            is_failure: false,
            clause: edit.apply("", &Held(self.store.paths())).ok(),
        })
    }

    fn mono(&self, label: &str, field: Asked, value: Option<&str>) -> Option<FieldView> {
        self.plain(label, field, value).map(|view| FieldView {
            is_mono: true,
            ..view
        })
    }
}

/// The events that share its correlation id; `None` when it has none or stands alone.
fn correlation(store: &Store, row: u32) -> Option<Correlation> {
    let family = same_correlation(store, row);
    if family.len() < 2 {
        return None;
    }
    let time = |row: Option<&u32>| store.rows().time(*row? as usize);
    let first = family.iter().find_map(|row| time(Some(row)));
    let last = time(family.last());
    Some(Correlation {
        id: store
            .rows()
            .get(Field::Correlation, row as usize)?
            .into_owned(),
        events: family.len() as u64,
        // A whole import may share one id: a view needs the first few.
        outcomes: family
            .iter()
            .take(12)
            .map(|&row| store.rows().outcome(row as usize))
            .collect(),
        nanos: first
            .zip(last)
            .map_or(0, |(first, last)| last.nanos() - first.nanos()),
    })
}

/// The same initiator's other acts from half an hour before to half an hour after.
fn initiator_events_hour(store: &Store, row: u32) -> u64 {
    let Some((at, who)) = store
        .rows()
        .time(row as usize)
        .zip(row::initiator(store, row))
    else {
        return 0;
    };
    let half = 1_800 * NANOS_PER_SEC;
    let Some(range) = TimeRange::new(at.plus_nanos(-half), at.plus_nanos(half)) else {
        return 0;
    };
    let inside = store.events().ones_in(store.dated_within(range));
    inside
        .map(|place| store.rows().row_at(place))
        .filter(|&other| other != row && row::initiator(store, other).as_ref() == Some(&who))
        .count() as u64
}

fn neighbours(store: &Store, row: u32) -> Vec<crate::protocol::RowView> {
    let place = store.rows().place_of(row);
    let events = store.events();
    let before = events.ones_back(0..place).take(NEIGHBOURS);
    let mut near: Vec<usize> = before.collect();
    near.reverse();
    near.extend(events.ones_in(place + 1..events.len()).take(NEIGHBOURS));
    near.into_iter()
        .map(|place| row_view(store, store.rows().row_at(place)))
        .collect()
}
