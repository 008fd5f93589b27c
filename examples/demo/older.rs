//! The wrappers of services that are gone, whose files are still about (`events.md` §4: 2, 3, 5), and two kinds of record
//! that other systems write beside them: OpenStack's notifications (9) and the classic event log (10).

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::account;
use super::archive::Record;
use super::clock::Form;

/// Envelope 2: the event in `payload`, its bodies as text.
pub fn legacy(mut event: Map<String, Value>) -> Value {
    let beside = ["logSourceCRN", "saveServiceCopy"].map(|name| (name, event.remove(name)));
    for name in ["requestData", "responseData"] {
        if let Some(body) = event.get_mut(name) {
            *body = Value::String(body.to_string());
        }
    }
    let mut row = Map::new();
    row.insert(
        "meta".to_owned(),
        json!({
            "serviceProviderName": "audit-log",
            "serviceProviderRegion": "ng",
            "serviceProviderProjectId": "6f1c",
            "userAccountIds": [account::ID],
        }),
    );
    row.insert("payload".to_owned(), Value::Object(event));
    for (name, value) in beside {
        row.extend(value.map(|value| (name.to_owned(), value)));
    }
    Value::Object(row)
}

/// Envelope 3: the event with members of the index that stored it.
pub fn stored(event: Map<String, Value>, record: &Record) -> Value {
    let mut row = Map::from_iter([
        ("ALCH_ACCOUNT_ID".to_owned(), json!(account::ID)),
        (
            "ALCH_TENANT_ID".to_owned(),
            json!(format!("a-{}", account::ID)),
        ),
        ("logmet_cluster".to_owned(), json!("topic1-syd01")),
        (
            "@timestamp".to_owned(),
            json!(Form::Zulu.write(record.recorded.arrived)),
        ),
        ("@version".to_owned(), json!("1")),
        ("type".to_owned(), json!("ActivityTracker")),
    ]);
    row.extend(event);
    Value::Object(row)
}

/// Envelope 5: archived, each name that the service parsed with the prefix `o_`.
pub fn archived(event: Map<String, Value>, record: &Record) -> Value {
    let mut source = Map::from_iter([
        ("_host".to_owned(), json!("ibm-cloud-activity-tracker")),
        ("_logtype".to_owned(), json!("json")),
        (
            "_ts".to_owned(),
            json!(record.recorded.arrived.micros() / 1_000),
        ),
    ]);
    source.extend(prefixed(event, true));
    json!({ "_source": source })
}

/// Below the top only names of objects and lists carry the prefix.
fn prefixed(object: Map<String, Value>, is_top: bool) -> Map<String, Value> {
    let member = |(name, value): (String, Value)| match value {
        Value::Object(inner) => (format!("o_{name}"), Value::Object(prefixed(inner, false))),
        Value::Array(_) => (format!("o_{name}"), value),
        _ if is_top => (format!("o_{name}"), value),
        _ => (name, value),
    };
    object.into_iter().map(member).collect()
}

/// Envelope 9: what a private cloud beside the account says.
pub fn notification(before: &Record) -> String {
    let at = before.recorded.arrived;
    let n = at.micros();
    json!({
        "event_type": "identity.role_assignment.created",
        "message_id": format!("{:08x}-0000-4000-8000-{:012x}", n as u32, n),
        "priority": "INFO",
        "publisher_id": "identity.cloud-1",
        "timestamp": Form::Micros.write(at),
        "payload": {
            "typeURI": "http://schemas.dmtf.org/cloud/audit/1.0/event",
            "eventType": "activity",
            "eventTime": Form::Micros.write(at),
            "id": format!("{:08x}-5b06-4a27-9e0a-{:012x}", n as u32, n),
            "action": "created/role_assignment",
            "outcome": "success",
            "initiator": {
                "typeURI": "service/security/account/user",
                "id": "c9f76d3c31e142af9291de2935bde98a",
                "host": {"agent": "python-keystoneclient", "address": "10.44.0.9"},
            },
            "target": {"typeURI": "service/security/account/user", "id": format!("openstack:{:06x}", n % 7)},
            "observer": {"typeURI": "service/security", "id": "openstack:3d4a"},
        },
    })
    .to_string()
}

/// Envelope 10: the classic event log tells a server's act once more, a second later and without an outcome.
pub fn classic(of: &Record) -> Option<String> {
    let event = &of.recorded.event;
    let name = match event.action.as_str() {
        "audit-log.vsi.power-on" => "Power On",
        "audit-log.vsi.power-off" => "Power Off",
        "audit-log.vsi.reboot" => "Reboot",
        _ => return None,
    };
    let id: u64 = event.target.id.parse().ok()?;
    let is_done = event.outcome == "success" && of.fault.is_none();
    is_done.then(|| {
        json!({
            "accountId": account::ID,
            "eventCreateDate": Form::Central.write(of.recorded.at.plus_secs(1)),
            "eventName": name,
            "ipAddress": event.initiator.host.address,
            "label": event.target.name,
            "metaData": "",
            "objectId": id,
            "objectName": "CCI",
            "traceId": format!("{:x}", of.recorded.at.micros()),
            "userId": "",
            "userType": "CUSTOMER",
            "username": event.initiator.name,
        })
        .to_string()
    })
}
