//! What can stand at the cursor of the query: fields, then the values that occur with their counts.

use crate::protocol::Completion;
use crate::query::language::Completable;
use crate::query::language::Completing;
use crate::query::language::FacetValue;
use crate::query::language::Field;
use crate::query::language::Subject;
use crate::store::Bitmap;
use crate::store::Store;

use super::filter::Held;
use super::values::ABSENT;
use super::values::Values;

/// The aliases first, then fields people ask for most; the rest follows by name.
const FIRST: [Subject; 14] = [
    Subject::Field(Field::Action),
    Subject::Field(Field::Outcome),
    Subject::Who,
    Subject::What,
    Subject::Field(Field::InitiatorAddress),
    Subject::Field(Field::EventTime),
    Subject::Field(Field::ReasonCode),
    Subject::Field(Field::Region),
    Subject::Field(Field::Kind),
    Subject::Field(Field::Category),
    Subject::Field(Field::Severity),
    Subject::Field(Field::Location),
    Subject::Field(Field::Account),
    Subject::Field(Field::SourceRegion),
];

/// `in_range`: the events whose values are counted.
pub fn complete(
    store: &Store,
    in_range: &Bitmap,
    text: &str,
    cursor: u32,
    limit: u32,
) -> Vec<Completion> {
    let Some(word) = Completing::at(text, cursor as usize, &Held(store.paths())) else {
        return Vec::new();
    };
    let limit = limit.min(200) as usize;
    match &word.what {
        Completable::Name { prefix } => names(store, &word, text, prefix, limit),
        Completable::Value { subject, prefix } => {
            values(store, in_range, &word, text, subject, prefix, limit)
        }
    }
}

fn names(
    store: &Store,
    word: &Completing,
    text: &str,
    prefix: &str,
    limit: usize,
) -> Vec<Completion> {
    let prefix = prefix.to_lowercase();
    let mut subjects: Vec<Subject> = FIRST.to_vec();
    let fields = Field::ALL.into_iter().map(Subject::Field);
    subjects.extend(fields.filter(|field| !FIRST.contains(field)));
    let known: Vec<String> = subjects.iter().map(|s| s.name().to_owned()).collect();
    let mut offered: Vec<(u8, Subject)> = subjects
        .into_iter()
        .filter_map(|subject| Some((closeness(subject.name(), &prefix)?, subject)))
        .collect();
    // Hundreds of paths may be held: they are offered once something is typed.
    if !prefix.is_empty() {
        let paths = store.paths().iter();
        let paths = paths.filter(|path| !known.iter().any(|name| name == path));
        offered.extend(paths.filter_map(|path| {
            Some((
                closeness(path, &prefix)? + 1,
                Subject::Path(path.to_owned()),
            ))
        }));
    }
    offered.sort_by_key(|(closeness, _)| *closeness);
    offered
        .into_iter()
        .take(limit)
        .map(|(_, subject)| {
            let (query, cursor) = word.take_name(text, &subject);
            Completion {
                text: format!("{}:", subject.name()),
                note: words(&subject).to_owned(),
                count: None,
                query,
                cursor: cursor as u32,
                is_field: true,
            }
        })
        .collect()
}

/// 0: begins with it; 2: a part of it does; 4: holds it.
fn closeness(name: &str, prefix: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(prefix) {
        Some(0)
    } else if name.split('.').any(|part| part.starts_with(prefix)) {
        Some(2)
    } else {
        name.contains(prefix).then_some(4)
    }
}

fn values(
    store: &Store,
    in_range: &Bitmap,
    word: &Completing,
    text: &str,
    subject: &Subject,
    prefix: &str,
    limit: usize,
) -> Vec<Completion> {
    let prefix = prefix.trim_matches('*').to_lowercase();
    let mut held: Vec<(u8, String, String, FacetValue, u64)> = Vec::new();
    let Some(known) = Values::of(store, subject) else {
        return Vec::new();
    };
    for (value, count) in known.count(store, in_range).n.into_iter().enumerate() {
        if count == 0 {
            continue;
        }
        let value = value as u32;
        let shown = known.text(value).to_owned();
        let value = match value {
            ABSENT => FacetValue::None,
            _ => FacetValue::Text(shown.clone()),
        };
        let note = match subject {
            Subject::Field(Field::Action) => store.catalogue().label(&shown).into_owned(),
            _ => String::new(),
        };
        let nearness = closeness(&shown, &prefix);
        let by_words = note.to_lowercase().contains(&prefix).then_some(5);
        if let Some(nearness) = nearness.or(by_words) {
            held.push((nearness, shown, note, value, count));
        }
    }
    held.sort_by(|a, b| {
        let by_count = b.4.cmp(&a.4);
        a.0.cmp(&b.0).then(by_count).then_with(|| a.1.cmp(&b.1))
    });
    held.into_iter()
        .take(limit)
        .map(|(_, shown, note, value, count)| {
            let (query, cursor) = word.take_value(text, &value);
            Completion {
                text: shown,
                note,
                count: Some(count),
                query,
                cursor: cursor as u32,
                is_field: false,
            }
        })
        .collect()
}

/// What a field is, in plain words.
fn words(subject: &Subject) -> &'static str {
    let field = match subject {
        Subject::Who => return "initiator: id, name or who authenticated",
        Subject::What => return "target: id or name",
        Subject::AnyText => return "any text",
        Subject::Path(_) => return "a member of the event",
        Subject::Field(field) => field,
    };
    match field {
        Field::Id => "the event's id",
        Field::EventTime => "when it happened",
        Field::Action => "what was done",
        Field::Outcome => "success, failure, pending, unknown, none",
        Field::Severity => "normal, warning, critical",
        Field::ReasonCode => "the reason's code, such as 403",
        Field::ReasonType => "the reason's words",
        Field::ReasonForFailure => "why it failed, in the service's words",
        Field::Message => "the service's message",
        Field::InitiatorId => "the initiator's id",
        Field::InitiatorName => "the initiator's name",
        Field::InitiatorAuthnId => "id of who authenticated",
        Field::InitiatorAuthnName => "name of who authenticated",
        Field::InitiatorTypeUri => "the initiator's type",
        Field::CredentialType => "what was signed in with",
        Field::InitiatorAddress => "the initiator's address, also 10.0.0.0/8",
        Field::InitiatorAddressType => "the address's type",
        Field::InitiatorAgent => "the program that asked",
        Field::TargetId => "the target's id",
        Field::TargetName => "the target's name",
        Field::TargetTypeUri => "the target's type",
        Field::TargetResourceGroupId => "the target's resource group",
        Field::TargetAddress => "the target's address",
        Field::ObserverName => "who recorded it",
        Field::CorrelationId => "joins a request and its completion",
        Field::DataEvent => "data event, true or false",
        Field::LogSourceCrn => "the log source's CRN",
        Field::Region => "the region it happened in",
        Field::Location => "the zone or data centre as written",
        Field::Kind => "the kind of resource",
        Field::Category => "create, power, system, change, network, delete, …",
        Field::Account => "the account",
        Field::SourceRegion => "the region of the source it came from",
    }
}
