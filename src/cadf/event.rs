//! One audit event, normalised. Owns its text; the readers build it, the store takes it apart into columns.

use reading::Value;
use reading::canonical::canonical;
use reading::canonical::canonical_without;
use sha2::Digest;
use sha2::Sha256;

use super::Outcome;
use crate::time::Timestamp;

#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// `id`, `event_uuid` or `eventId`; `None` when absent or empty: the content hash then names the event.
    pub id: Option<String>,
    pub event_time: EventTime,
    pub action: String,
    pub outcome: Outcome,
    pub severity: Option<String>,
    pub reason: Reason,
    pub message: Option<String>,
    pub initiator: Initiator,
    pub target: Target,
    pub observer_name: Option<String>,
    pub correlation_id: Option<String>,
    pub data_event: Option<bool>,
    pub log_source_crn: Option<String>,
    /// `a/x` is `x`; from the CRN's scope or the envelope, `None` when neither says.
    pub account: Option<String>,
    /// A record of the classic infrastructure event log: no outcome, what it gives is *implied*.
    pub is_classic: bool,
    /// The unwrapped CADF event with string bodies parsed and prefixes stripped, **with** id, logSourceCRN and
    /// saveServiceCopy where the record had them: what the tree shows and what paths and text search look into.
    /// For the classic log: the record itself, its metaData parsed.
    pub body: Value,
}

/// Members that are no content (`rules.md`).
pub const NO_CONTENT: [&str; 5] = [
    "id",
    "event_uuid",
    "eventId",
    "logSourceCRN",
    "saveServiceCopy",
];

impl Event {
    /// How the event is named on screen and in links: its id, else `#` and its content hash in hex.
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => id.clone(),
            None => hash_name(&self.content_hash()),
        }
    }

    /// SHA-256 of the canonical JSON (RFC 8785) of the content as `rules.md` defines it.
    pub fn content_hash(&self) -> [u8; 32] {
        content_hash(&self.body, self.is_classic)
    }
}

/// What an event of this body counts as its content: all of a classic record.
pub fn no_content(is_classic: bool) -> &'static [&'static str] {
    if is_classic { &[] } else { &NO_CONTENT }
}

pub fn content_hash(body: &Value, is_classic: bool) -> [u8; 32] {
    let text = match body {
        Value::Object(members) => canonical_without(members, no_content(is_classic)),
        other => canonical(other),
    };
    Sha256::digest(&text).into()
}

/// `#` and the hash in lower-case hex.
pub fn hash_name(hash: &[u8; 32]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(65);
    text.push('#');
    for byte in hash {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// When it happened, and how much of that the record said itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EventTime {
    /// `None`: the event is undated, listed as such and in no track.
    pub at: Option<Timestamp>,
    pub origin: TimeOrigin,
    /// The offset as written, in seconds.
    pub offset_secs: Option<i32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum TimeOrigin {
    /// `eventTime` with its zone.
    Written,
    /// `eventTime` named no zone: UTC was taken.
    ZoneAssumed,
    /// `eventTime` was missing or unreadable: the envelope's time stands in.
    Envelope,
    /// Neither was there.
    Undated,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reason {
    /// An HTTP code, from a number or from text that holds one.
    pub code: Option<u32>,
    pub kind: Option<String>,
    pub for_failure: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Initiator {
    pub id: Option<String>,
    pub name: Option<String>,
    pub authn_id: Option<String>,
    pub authn_name: Option<String>,
    pub type_uri: Option<String>,
    pub credential_type: Option<String>,
    /// As written: may be two addresses with a comma, `192.0.2.0/24172`, IPv6, `CSE`.
    pub address: Option<String>,
    pub address_type: Option<String>,
    pub agent: Option<String>,
}

impl Initiator {
    /// The name, else the id; empty text is no name.
    pub fn label(&self) -> Option<&str> {
        self.name.as_deref().or(self.id.as_deref())
    }
}

/// Text members are `None` when absent or empty; `-` and `*` are kept as written here and name nothing (`rules.md`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Target {
    pub id: Option<String>,
    pub name: Option<String>,
    pub type_uri: Option<String>,
    pub resource_group_id: Option<String>,
    pub address: Option<String>,
}
