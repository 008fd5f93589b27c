//! Where a test's values come from in one event. The walk over a body here is the meaning of a dotted path
//! and of a bare word; whoever indexes bodies must agree with it.

use reading::Value;

use super::field::Field;
use crate::cadf::{Event, Kind, Location};
use crate::time::Timestamp;

/// One event as a query sees it.
pub trait Fields {
    /// Each value of a field, as text; none when it is absent. Not asked for [`Field::EventTime`].
    fn values(&self, field: Field, each: &mut dyn FnMut(&str));
    /// `None` for an undated event.
    fn time(&self) -> Option<Timestamp>;
    /// Each scalar at a dotted path, see [`path_values`].
    fn path_values(&self, path: &str, each: &mut dyn FnMut(&str));
    /// Is anything but null at a dotted path?
    fn has_path(&self, path: &str) -> bool;
    /// Each text value anywhere in the event, see [`text_values`].
    fn texts(&self, each: &mut dyn FnMut(&str));
}

/// An event with what its record does not say itself.
#[derive(Clone, Copy, Debug)]
pub struct EventFields<'a> {
    pub event: &'a Event,
    pub location: &'a Location,
    pub kind: Kind,
    pub category: Option<&'a str>,
    /// The event's own or the one known (`rules.md`, identity).
    pub account: Option<&'a str>,
    pub source_region: Option<&'a str>,
}

impl Fields for EventFields<'_> {
    fn values(&self, field: Field, each: &mut dyn FnMut(&str)) {
        let event = self.event;
        let (initiator, target) = (&event.initiator, &event.target);
        let text = |text: &Option<String>| text.clone();
        let value = match field {
            Field::Id => text(&event.id),
            Field::EventTime => event.event_time.at.map(|at| at.to_string()),
            Field::Action => Some(event.action.clone()),
            Field::Outcome => Some(event.outcome.name().into()),
            Field::Severity => text(&event.severity),
            Field::ReasonCode => event.reason.code.map(|code| code.to_string()),
            Field::ReasonType => text(&event.reason.kind),
            Field::ReasonForFailure => text(&event.reason.for_failure),
            Field::Message => text(&event.message),
            Field::InitiatorId => text(&initiator.id),
            Field::InitiatorName => text(&initiator.name),
            Field::InitiatorAuthnId => text(&initiator.authn_id),
            Field::InitiatorAuthnName => text(&initiator.authn_name),
            Field::InitiatorTypeUri => text(&initiator.type_uri),
            Field::CredentialType => text(&initiator.credential_type),
            Field::InitiatorAddress => text(&initiator.address),
            Field::InitiatorAddressType => text(&initiator.address_type),
            Field::InitiatorAgent => text(&initiator.agent),
            Field::TargetId => text(&target.id),
            Field::TargetName => text(&target.name),
            Field::TargetTypeUri => text(&target.type_uri),
            Field::TargetResourceGroupId => text(&target.resource_group_id),
            Field::TargetAddress => text(&target.address),
            Field::ObserverName => text(&event.observer_name),
            Field::CorrelationId => text(&event.correlation_id),
            Field::DataEvent => event.data_event.map(|is| is.to_string()),
            Field::LogSourceCrn => text(&event.log_source_crn),
            Field::Region => Some(self.location.region.clone()),
            Field::Location => Some(self.location.raw.clone()),
            Field::Kind => Some(self.kind.name().into()),
            Field::Category => self.category.map(str::to_owned),
            Field::Account => self.account.map(str::to_owned),
            Field::SourceRegion => self.source_region.map(str::to_owned),
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            each(&value);
        }
    }

    fn time(&self) -> Option<Timestamp> {
        self.event.event_time.at
    }

    fn path_values(&self, path: &str, each: &mut dyn FnMut(&str)) {
        path_values(&self.event.body, path, each);
    }

    fn has_path(&self, path: &str) -> bool {
        path_present(&self.event.body, path)
    }

    fn texts(&self, each: &mut dyn FnMut(&str)) {
        text_values(&self.event.body, each);
    }
}

/// Each text, number and boolean at a dotted path; lists are looked into without a name of their own, and a
/// member's name may hold dots itself. Numbers print as JSON; objects and null give nothing.
pub fn path_values(body: &Value, path: &str, each: &mut dyn FnMut(&str)) {
    at_path(body, path, &mut |value| match value {
        Value::String(text) => each(text),
        Value::Number(number) => each(&number.to_string()),
        Value::Bool(is) => each(if *is { "true" } else { "false" }),
        _ => {}
    });
}

/// Is anything but null at a dotted path? An object or an empty list is something.
pub fn path_present(body: &Value, path: &str) -> bool {
    let mut found = false;
    at_path(body, path, &mut |value| found = found || !value.is_null());
    found || is_list_at(body, path)
}

/// Each text value of a body, at any depth, decoded; not the names of members, not numbers.
pub fn text_values(body: &Value, each: &mut dyn FnMut(&str)) {
    match body {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|item| text_values(item, each)),
        Value::Object(members) => members.values().for_each(|value| text_values(value, each)),
        _ => {}
    }
}

/// The values at a path that are no lists, through lists.
fn at_path(value: &Value, path: &str, each: &mut dyn FnMut(&Value)) {
    match value {
        Value::Array(items) => {
            for item in items {
                at_path(item, path, each);
            }
        }
        _ if path.is_empty() => each(value),
        Value::Object(members) => {
            if let Some(member) = members.get(path) {
                at_path(member, "", each);
            }
            for (dot, _) in path.match_indices('.') {
                if let Some(member) = members.get(&path[..dot]) {
                    at_path(member, &path[dot + 1..], each);
                }
            }
        }
        _ => {}
    }
}

/// Whether a list stands at the path, without looking into lists but by number.
fn is_list_at(body: &Value, path: &str) -> bool {
    let end = path.split('.').try_fold(body, |value, name| match value {
        Value::Object(members) => members.get(name),
        Value::Array(items) => {
            let is_number = !name.starts_with('+') && (name == "0" || !name.starts_with('0'));
            items.get(name.parse::<usize>().ok().filter(|_| is_number)?)
        }
        _ => None,
    });
    end.is_some_and(Value::is_array)
}
