//! From an unwrapped JSON object to an [`Event`]. Takes what is there and requires nothing but an action;
//! knows no wrapper: what a wrapper says beside the event comes in as [`Outside`].

use reading::{Map, Value};

use super::{Crn, Event, EventTime, Initiator, Outcome, Reason, Target, TimeOrigin, read_json};
use crate::time::{Timestamp, WrittenTime};

/// What the wrapper says about the event it holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outside {
    /// Used where no CRN of the event has an `a/…` scope; `a/x` is `x`.
    pub account: Option<String>,
    /// Stands in for a missing or unreadable `eventTime`.
    pub time: Option<WrittenTime>,
}

/// Members that may be written as text that holds an object or a list, which then stands in their place.
pub const BODIES: [&str; 2] = ["requestData", "responseData"];

impl Event {
    /// The event that an unwrapped object holds: members of the wrapper and prefixes are gone already.
    /// `None` when it has no action: then it is another kind of record.
    pub fn from_object(object: Map, outside: &Outside) -> Option<Event> {
        let object = bodies_parsed(object);
        let action = text(&object, "action")?;

        let initiator = read_initiator(child(&object, "initiator"));
        let target = read_target(&object);
        let log_source_crn = text(&object, "logSourceCRN");
        let account = account_of(log_source_crn.as_deref())
            .or_else(|| account_of(target.id.as_deref()))
            .or_else(|| outside.account.as_deref().and_then(account_name));
        Some(Event {
            id: ["id", "event_uuid", "eventId"]
                .iter()
                .find_map(|key| text(&object, key)),
            event_time: read_time(object.get("eventTime"), outside.time),
            action,
            outcome: read_outcome(object.get("outcome")),
            severity: text(&object, "severity"),
            reason: read_reason(child(&object, "reason")),
            message: text(&object, "message"),
            initiator,
            target,
            observer_name: child(&object, "observer").and_then(|o| text(o, "name")),
            correlation_id: text(&object, "correlationId"),
            data_event: object.get("dataEvent").and_then(truth),
            log_source_crn,
            account,
            is_classic: false,
            body: Value::Object(object),
        })
    }

    /// A record of the classic infrastructure event log (`SoftLayer_Event_Log`): its `eventName` is the action, it
    /// has no outcome and no id. `None` when it has no `eventName`.
    pub fn from_classic(mut record: Map) -> Option<Event> {
        let action = text(&record, "eventName")?;
        parse_string_body(&mut record, "metaData");
        Some(Event {
            id: None,
            event_time: read_time(record.get("eventCreateDate"), None),
            action,
            outcome: Outcome::None,
            severity: None,
            reason: Reason::default(),
            message: None,
            initiator: Initiator {
                id: text(&record, "userId"),
                name: text(&record, "username"),
                type_uri: text(&record, "userType"),
                address: text(&record, "ipAddress"),
                ..Initiator::default()
            },
            target: Target {
                id: text(&record, "objectId"),
                name: text(&record, "label"),
                type_uri: text(&record, "objectName"),
                ..Target::default()
            },
            observer_name: None,
            correlation_id: text(&record, "traceId"),
            data_event: None,
            log_source_crn: None,
            account: text(&record, "accountId"),
            is_classic: true,
            body: Value::Object(record),
        })
    }
}

/// Text as it stands, a number as its digits; `None` for empty text and anything else.
fn text(object: &Map, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn child<'a>(object: &'a Map, key: &str) -> Option<&'a Map> {
    object.get(key)?.as_object()
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// An event's members, its bodies as values.
pub fn bodies_parsed(mut object: Map) -> Map {
    for name in BODIES {
        parse_string_body(&mut object, name);
    }
    object
}

/// A body that was sent as text which holds an object or an array stands as that value from here on.
fn parse_string_body(object: &mut Map, key: &str) {
    if let Some(body) = object.get_mut(key)
        && let Value::String(text) = body
        && text.trim_start().starts_with(['{', '['])
        && let Ok(parsed) = read_json(text.as_bytes())
    {
        *body = parsed;
    }
}

fn read_time(event_time: Option<&Value>, outside: Option<WrittenTime>) -> EventTime {
    let own = event_time
        .and_then(Value::as_str)
        .and_then(Timestamp::parse);
    event_time_of(own, outside)
}

/// The event's own time, else what its wrapper says.
pub fn event_time_of(own: Option<WrittenTime>, outside: Option<WrittenTime>) -> EventTime {
    let (written, origin) = match (own, outside) {
        (Some(own), _) if own.offset_secs.is_some() => (own, TimeOrigin::Written),
        (Some(own), _) => (own, TimeOrigin::ZoneAssumed),
        (None, Some(outside)) => (outside, TimeOrigin::Envelope),
        (None, None) => {
            return EventTime {
                at: None,
                origin: TimeOrigin::Undated,
                offset_secs: None,
            };
        }
    };
    EventTime {
        at: Some(written.at),
        origin,
        offset_secs: written.offset_secs,
    }
}

fn read_outcome(outcome: Option<&Value>) -> Outcome {
    match outcome {
        None | Some(Value::Null) => Outcome::None,
        Some(Value::String(text)) => Outcome::from_text(Some(text)),
        Some(_) => Outcome::Unknown,
    }
}

fn read_reason(reason: Option<&Map>) -> Reason {
    let Some(reason) = reason else {
        return Reason::default();
    };
    Reason {
        code: reason.get("reasonCode").and_then(whole_number),
        kind: text(reason, "reasonType"),
        for_failure: text(reason, "reasonForFailure"),
    }
}

/// A number without a fraction, or text that holds one.
fn whole_number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number
            .as_u64()
            .or_else(|| {
                number
                    .as_f64()
                    .filter(|n| n.fract() == 0.0 && *n >= 0.0)
                    .map(|n| n as u64)
            })
            .and_then(|number| number.try_into().ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn read_initiator(initiator: Option<&Map>) -> Initiator {
    let Some(initiator) = initiator else {
        return Initiator::default();
    };
    let host = child(initiator, "host");
    let of_host = |key| host.and_then(|host| text(host, key));
    Initiator {
        id: text(initiator, "id"),
        name: text(initiator, "name"),
        authn_id: text(initiator, "authnId"),
        authn_name: text(initiator, "authnName"),
        type_uri: text(initiator, "typeURI"),
        // Seen inside `host` once.
        credential_type: credential_type(initiator).or_else(|| host.and_then(credential_type)),
        address: of_host("address"),
        address_type: of_host("addressType"),
        agent: of_host("agent"),
    }
}

fn credential_type(holder: &Map) -> Option<String> {
    child(holder, "credential").and_then(|credential| text(credential, "type"))
}

fn read_target(object: &Map) -> Target {
    let target = child(object, "target");
    let of = |key| target.and_then(|target| text(target, key));
    Target {
        id: of("id"),
        name: of("name"),
        type_uri: of("typeURI"),
        // Some services write it beside the target.
        resource_group_id: of("resourceGroupId").or_else(|| text(object, "resourceGroupId")),
        address: target
            .and_then(|target| child(target, "host"))
            .and_then(|host| text(host, "address")),
    }
}

fn account_of(crn: Option<&str>) -> Option<String> {
    let (_, account) = Crn::whence(crn?)?;
    account.map(str::to_owned)
}

/// `a/x` is `x`.
fn account_name(written: &str) -> Option<String> {
    let name = written.strip_prefix("a/").unwrap_or(written);
    (!name.is_empty()).then(|| name.to_owned())
}
