//! Names that can stand at the cursor: the aliases and fields people ask for most, the rest by how near they are to
//! what is typed, then the paths that the events held have.

use reading::lowercase;

use crate::protocol::Completion;
use crate::query::language::Field;
use crate::query::language::Subject;
use crate::sorting;
use crate::store::Store;

use super::Place;

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

pub fn offer(store: &Store, at: &Place, prefix: &str) -> Vec<Completion> {
    let prefix = lowercase(prefix);
    let rest = Field::ALL.into_iter().map(Subject::Field);
    let subjects = FIRST
        .into_iter()
        .chain(rest.filter(|subject| !FIRST.contains(subject)));
    let mut offered: Vec<(Nearness, Subject)> = subjects
        .filter_map(|subject| Some((nearness(&subject, &prefix)?, subject)))
        .collect();
    // Hundreds of paths may be held: they are offered once something is typed.
    if !prefix.is_empty() {
        let paths = store.paths().iter();
        let paths = paths.filter(|path| Field::from_name(path).is_none());
        offered.extend(paths.filter_map(|path| {
            let subject = Subject::Path(path.to_owned());
            Some((nearness(&subject, &prefix)?, subject))
        }));
    }
    // What is equally near stays in the order above: fields before paths.
    sorting::sort_by_key(&mut offered, |(nearness, _)| *nearness);
    offered.truncate(at.room);
    offered
        .into_iter()
        .map(|(_, subject)| {
            let (query, cursor) = at.word.take_name(at.text, &subject);
            Completion {
                text: format!("{}:", subject.name()),
                note: words(&subject).to_owned(),
                count: None,
                query,
                cursor: cursor as u32,
                is_field: true,
                is_pattern: false,
            }
        })
        .collect()
}

/// How near a name is to what is typed, nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Nearness {
    Begins,
    /// `name` of `initiator.name`.
    APartBegins,
    Holds,
}

fn nearness(subject: &Subject, prefix: &str) -> Option<Nearness> {
    let of_name = |name: &str| {
        let name = lowercase(name);
        if name.starts_with(prefix) {
            Some(Nearness::Begins)
        } else if name.split('.').any(|part| part.starts_with(prefix)) {
            Some(Nearness::APartBegins)
        } else {
            name.contains(prefix).then_some(Nearness::Holds)
        }
    };
    let own = of_name(subject.name());
    // Found by CADF's name too: `addr` finds `ip`.
    let long = match subject {
        Subject::Field(field) => of_name(field.name()),
        _ => None,
    };
    own.into_iter().chain(long).min()
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
