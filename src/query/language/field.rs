//! The names that may stand before a colon. Dotted paths into the event are `Subject::Path`, not listed here.

use crate::crossing::Crossing;
use reading::lowercase;

/// A field with a column of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
#[repr(u8)]
pub enum Field {
    Id,
    EventTime,
    Action,
    Outcome,
    Severity,
    ReasonCode,
    ReasonType,
    ReasonForFailure,
    Message,
    InitiatorId,
    InitiatorName,
    InitiatorAuthnId,
    InitiatorAuthnName,
    InitiatorTypeUri,
    CredentialType,
    InitiatorAddress,
    InitiatorAddressType,
    InitiatorAgent,
    TargetId,
    TargetName,
    TargetTypeUri,
    TargetResourceGroupId,
    TargetAddress,
    ObserverName,
    CorrelationId,
    DataEvent,
    LogSourceCrn,
    /// The region that the event's location stands for.
    Region,
    /// The location as written: a zone, a data centre, a region.
    Location,
    /// The kind of the resource it happened to (`cadf::Kind`).
    Kind,
    /// The catalogue's category of the action.
    Category,
    Account,
    /// The region of the source that returned the event.
    SourceRegion,
}

/// What the values of a field are, which decides how a value is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FieldKind {
    Text,
    Number,
    Time,
    /// Network addresses; two with a comma count as either.
    Address,
}

impl Field {
    pub const ALL: [Field; 33] = [
        Field::Id,
        Field::EventTime,
        Field::Action,
        Field::Outcome,
        Field::Severity,
        Field::ReasonCode,
        Field::ReasonType,
        Field::ReasonForFailure,
        Field::Message,
        Field::InitiatorId,
        Field::InitiatorName,
        Field::InitiatorAuthnId,
        Field::InitiatorAuthnName,
        Field::InitiatorTypeUri,
        Field::CredentialType,
        Field::InitiatorAddress,
        Field::InitiatorAddressType,
        Field::InitiatorAgent,
        Field::TargetId,
        Field::TargetName,
        Field::TargetTypeUri,
        Field::TargetResourceGroupId,
        Field::TargetAddress,
        Field::ObserverName,
        Field::CorrelationId,
        Field::DataEvent,
        Field::LogSourceCrn,
        Field::Region,
        Field::Location,
        Field::Kind,
        Field::Category,
        Field::Account,
        Field::SourceRegion,
    ];

    /// CADF's own dotted name, or ours for what no record states.
    pub fn name(self) -> &'static str {
        match self {
            Field::Id => "id",
            Field::EventTime => "eventTime",
            Field::Action => "action",
            Field::Outcome => "outcome",
            Field::Severity => "severity",
            Field::ReasonCode => "reason.reasonCode",
            Field::ReasonType => "reason.reasonType",
            Field::ReasonForFailure => "reason.reasonForFailure",
            Field::Message => "message",
            Field::InitiatorId => "initiator.id",
            Field::InitiatorName => "initiator.name",
            Field::InitiatorAuthnId => "initiator.authnId",
            Field::InitiatorAuthnName => "initiator.authnName",
            Field::InitiatorTypeUri => "initiator.typeURI",
            Field::CredentialType => "initiator.credential.type",
            Field::InitiatorAddress => "initiator.host.address",
            Field::InitiatorAddressType => "initiator.host.addressType",
            Field::InitiatorAgent => "initiator.host.agent",
            Field::TargetId => "target.id",
            Field::TargetName => "target.name",
            Field::TargetTypeUri => "target.typeURI",
            Field::TargetResourceGroupId => "target.resourceGroupId",
            Field::TargetAddress => "target.host.address",
            Field::ObserverName => "observer.name",
            Field::CorrelationId => "correlationId",
            Field::DataEvent => "dataEvent",
            Field::LogSourceCrn => "logSourceCRN",
            Field::Region => "region",
            Field::Location => "location",
            Field::Kind => "kind",
            Field::Category => "category",
            Field::Account => "account",
            Field::SourceRegion => "source.region",
        }
    }

    /// The short name that people type, where there is one, else [`Field::name`].
    pub fn short_name(self) -> &'static str {
        match self {
            Field::EventTime => "time",
            Field::ReasonCode => "reason",
            Field::InitiatorAddress => "ip",
            _ => self.name(),
        }
    }

    pub fn kind(self) -> FieldKind {
        match self {
            Field::EventTime => FieldKind::Time,
            Field::ReasonCode => FieldKind::Number,
            Field::InitiatorAddress | Field::TargetAddress => FieldKind::Address,
            _ => FieldKind::Text,
        }
    }

    /// By its own or its short name, exactly as spelled.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL
            .into_iter()
            .find(|field| field.name() == name || field.short_name() == name)
    }

    /// What `who` looks into.
    pub const WHO: [Field; 4] = [
        Field::InitiatorId,
        Field::InitiatorName,
        Field::InitiatorAuthnId,
        Field::InitiatorAuthnName,
    ];

    /// What `what` looks into.
    pub const WHAT: [Field; 2] = [Field::TargetId, Field::TargetName];
}

/// CADF fields without a column: always names, looked up by path.
pub(super) const CADF_PATHS: [&str; 18] = [
    "eventType",
    "typeURI",
    "initiator",
    "initiator.credential",
    "initiator.host",
    "target",
    "target.alias",
    "target.host",
    "target.host.agent",
    "target.host.addressType",
    "observer",
    "observer.id",
    "observer.typeURI",
    "saveServiceCopy",
    "requestData",
    "responseData",
    "attachments",
    "tags",
];

/// The field name that is spelled nearly like this, if one is.
pub(super) fn near_name(name: &str) -> Option<&'static str> {
    let names = Field::ALL
        .into_iter()
        .flat_map(|field| [field.short_name(), field.name()])
        .chain(["who", "what"]);
    let lower = lowercase(name);
    let most = if lower.chars().count() < 6 { 1 } else { 2 };
    names
        .map(|known| (distance(&lower, &lowercase(known)), known))
        .filter(|&(distance, known)| distance <= most && known.len() > 2)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, known)| known)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (row[j] + 1)
                .min(row[j + 1] + 1)
                .min(diagonal + usize::from(ca != *cb));
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
