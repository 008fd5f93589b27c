//! The shape of an event as the services write it (CADF, `events.md` §3). Only what the demo says.

use serde::Serialize;
use serde_json::Value;

#[derive(Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_time: Option<String>,
    pub action: String,
    pub outcome: &'static str,
    pub message: String,
    pub severity: &'static str,
    #[serde(flatten)]
    pub id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    pub data_event: bool,
    pub initiator: Initiator,
    pub target: Target,
    pub observer: Observer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_data: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_data: Option<Value>,
    #[serde(rename = "logSourceCRN", skip_serializing_if = "Option::is_none")]
    pub log_source_crn: Option<String>,
    pub save_service_copy: bool,
}

/// The three names under which an event's id is found.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub enum Id {
    #[serde(rename = "id")]
    Plain(String),
    #[serde(rename = "event_uuid")]
    Stored(String),
    #[serde(rename = "eventId")]
    Camel(String),
}

#[derive(Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Initiator {
    pub id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authn_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authn_name: Option<String>,
    #[serde(rename = "typeURI")]
    pub type_uri: &'static str,
    pub credential: Credential,
    pub host: Host,
}

#[derive(Serialize, Clone, Debug)]
pub struct Credential {
    #[serde(rename = "type")]
    pub kind: &'static str,
}

#[derive(Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Host {
    pub address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<&'static str>,
}

#[derive(Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub id: String,
    pub name: String,
    #[serde(rename = "typeURI")]
    pub type_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
}

#[derive(Serialize, Clone, Debug)]
pub struct Observer {
    pub name: &'static str,
}

#[derive(Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// A number, or the same as text.
    pub reason_code: Value,
    pub reason_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_for_failure: Option<String>,
}

/// The text that HTTP gives a code.
pub fn reason_type(code: u16) -> &'static str {
    match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        424 => "Failed Dependency",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        _ => "Unknown",
    }
}

/// The severity a service gives: what the code asks for, else what the action is.
pub fn severity(code: u16, of_action: &'static str) -> &'static str {
    match code {
        401 | 403 | 503 | 507 => "critical",
        400 | 409 | 424 | 500 | 502 | 504 | 505 => "warning",
        _ => of_action,
    }
}
