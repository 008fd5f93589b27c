//! An event as the store takes it: its values borrowed from wherever they stand, be it an [`Event`] or a record's text.

use std::borrow::Cow;

use reading::Content;
use reading::Map;
use reading::Value;
use reading::read_json;

use super::Event;
use super::EventTime;
use super::Outcome;
use super::event::content_hash;
use super::event::no_content;
use super::location;
use super::read::bodies_parsed;

/// Each value is what [`Event`]'s of that name is.
#[derive(Clone, PartialEq, Debug)]
pub struct EventRef<'a> {
    pub id: Option<&'a str>,
    pub event_time: EventTime,
    pub action: &'a str,
    pub outcome: Outcome,
    pub severity: Option<&'a str>,
    pub reason_code: Option<u32>,
    pub reason_type: Option<&'a str>,
    pub reason_for_failure: Option<&'a str>,
    pub initiator_id: Option<&'a str>,
    pub initiator_name: Option<&'a str>,
    pub authn_id: Option<&'a str>,
    pub authn_name: Option<&'a str>,
    pub credential_type: Option<&'a str>,
    pub address: Option<&'a str>,
    pub agent: Option<&'a str>,
    pub target_id: Option<&'a str>,
    pub target_name: Option<&'a str>,
    pub target_type: Option<&'a str>,
    pub correlation_id: Option<&'a str>,
    pub data_event: Option<bool>,
    pub log_source_crn: Option<&'a str>,
    /// As the CRNs write it: `dal10`, `us-south-1`.
    pub location: Option<&'a str>,
    pub account: Option<&'a str>,
    pub is_classic: bool,
    pub content: Content,
    pub body: Body<'a>,
    pub hashes: Hashes,
}

/// What [`reading::hash::hash_bytes`] makes of an event's texts, where that is known; else 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hashes {
    pub action: u64,
    pub severity: u64,
    pub reason_type: u64,
    pub reason_for_failure: u64,
    pub initiator_id: u64,
    pub initiator_name: u64,
    pub authn_id: u64,
    pub authn_name: u64,
    pub credential_type: u64,
    pub address: u64,
    pub agent: u64,
    pub target_id: u64,
    pub target_name: u64,
    pub target_type: u64,
    pub correlation_id: u64,
}

/// They say nothing that the texts don't.
impl PartialEq for Hashes {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The whole event: as a value, or as the JSON of an object that is one.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    Read(&'a Value),
    Written(&'a str),
}

impl<'a> Body<'a> {
    pub fn value(self) -> Cow<'a, Value> {
        match self {
            Body::Read(value) => Cow::Borrowed(value),
            Body::Written(text) => {
                let members = match read_json(text.as_bytes()) {
                    Ok(Value::Object(members)) => bodies_parsed(members),
                    _ => Map::default(),
                };
                Cow::Owned(Value::Object(members))
            }
        }
    }
}

impl PartialEq for Body<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl EventRef<'_> {
    /// SHA-256, see [`Event::content_hash`].
    pub fn content_hash(&self) -> [u8; 32] {
        content_hash(&self.body.value(), self.is_classic)
    }
}

impl Event {
    pub fn lend(&self) -> EventRef<'_> {
        let (initiator, target) = (&self.initiator, &self.target);
        EventRef {
            id: self.id.as_deref(),
            event_time: self.event_time,
            action: &self.action,
            outcome: self.outcome,
            severity: self.severity.as_deref(),
            reason_code: self.reason.code,
            reason_type: self.reason.kind.as_deref(),
            reason_for_failure: self.reason.for_failure.as_deref(),
            initiator_id: initiator.id.as_deref(),
            initiator_name: initiator.name.as_deref(),
            authn_id: initiator.authn_id.as_deref(),
            authn_name: initiator.authn_name.as_deref(),
            credential_type: initiator.credential_type.as_deref(),
            address: initiator.address.as_deref(),
            agent: initiator.agent.as_deref(),
            target_id: target.id.as_deref(),
            target_name: target.name.as_deref(),
            target_type: target.type_uri.as_deref(),
            correlation_id: self.correlation_id.as_deref(),
            data_event: self.data_event,
            log_source_crn: self.log_source_crn.as_deref(),
            location: location::of_crns(self.log_source_crn.as_deref(), target.id.as_deref()),
            account: self.account.as_deref(),
            is_classic: self.is_classic,
            content: self
                .body
                .as_object()
                .map_or_else(Content::default, |members| {
                    Content::of(members, no_content(self.is_classic))
                }),
            body: Body::Read(&self.body),
            hashes: Hashes::default(),
        }
    }
}
