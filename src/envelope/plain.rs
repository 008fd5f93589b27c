//! The quick way for what most records are: an event that stands by itself, read in one pass over its text. Refuses what
//! is odd or wrapped; such a record takes the long way, with the same result where both can read it.

use reading::Picked;
use reading::Picker;

use super::wrapper::BARE;
use super::wrapper::FORMATS;
use crate::cadf::Body;
use crate::cadf::Crn;
use crate::cadf::EventRef;
use crate::cadf::Outcome;
use crate::cadf::event::NO_CONTENT;
use crate::cadf::event_ref::Hashes;
use crate::cadf::read::BODIES;
use crate::cadf::read::event_time_of;
use crate::time::Timestamp;

/// Declares the members of an event that the store takes: their paths, and a name for each one's place among them.
macro_rules! members {
    ($($name:ident: $path:literal)+) => {
        #[derive(Clone, Copy)]
        enum Member { $($name),+ }
        const PATHS: &[&str] = &[$($path),+];
    };
}

members! {
    Id: "id"
    EventUuid: "event_uuid"
    EventId: "eventId"
    EventTime: "eventTime"
    Action: "action"
    Outcome: "outcome"
    Severity: "severity"
    ReasonCode: "reason.reasonCode"
    ReasonType: "reason.reasonType"
    ReasonForFailure: "reason.reasonForFailure"
    InitiatorId: "initiator.id"
    InitiatorName: "initiator.name"
    AuthnId: "initiator.authnId"
    AuthnName: "initiator.authnName"
    Credential: "initiator.credential.type"
    HostCredential: "initiator.host.credential.type"
    Address: "initiator.host.address"
    Agent: "initiator.host.agent"
    TargetId: "target.id"
    TargetName: "target.name"
    TargetType: "target.typeURI"
    Correlation: "correlationId"
    DataEvent: "dataEvent"
    LogSource: "logSourceCRN"
}

/// Any of these may tell a wrapper that is tried before the bare event.
fn signs_of_wrappers() -> impl Iterator<Item = &'static str> {
    FORMATS[..BARE]
        .iter()
        .flat_map(|wrapper| wrapper.signs)
        .copied()
}

/// Reads one event after another.
pub struct Plain {
    picker: Picker,
}

impl Plain {
    pub fn new() -> Plain {
        Plain {
            picker: Picker::new(PATHS, &NO_CONTENT, &BODIES, signs_of_wrappers()),
        }
    }

    /// `None`: another kind of record, or one that must be read the long way.
    pub fn read<'a>(&mut self, text: &'a [u8]) -> Option<EventRef<'a>> {
        let text = std::str::from_utf8(text).ok()?;
        let mut members = [Picked::Absent; PATHS.len()];
        let content = self.picker.pick(text, &mut members)?;
        let picked = |member: Member| members[member as usize];
        let text_of = |member: Member| text_in(picked(member));
        let either = |member: Member, other: Member| match text_of(member)? {
            None => text_of(other),
            text => Some(text),
        };
        let hash_of = |member: Member| match picked(member) {
            Picked::Text(_, hash) => hash,
            _ => 0,
        };
        let Picked::Text(action, _) = picked(Member::Action) else {
            return None;
        };
        if action.is_empty() {
            return None;
        }
        let log_source_crn = text_of(Member::LogSource)?;
        let target_id = text_of(Member::TargetId)?;
        let whence = |crn: Option<&'a str>| crn.and_then(Crn::whence).unwrap_or_default();
        let (mut location, mut account) = whence(log_source_crn);
        if location.is_none() || account.is_none() {
            let of_target = whence(target_id);
            location = location.or(of_target.0);
            account = account.or(of_target.1);
        }
        let credential = match text_of(Member::Credential)? {
            None => Member::HostCredential,
            Some(_) => Member::Credential,
        };
        Some(EventRef {
            id: match either(Member::Id, Member::EventUuid)? {
                None => text_of(Member::EventId)?,
                id => id,
            },
            event_time: event_time_of(
                match picked(Member::EventTime) {
                    Picked::Text(text, _) => Timestamp::parse(text),
                    _ => None,
                },
                None,
            ),
            action,
            outcome: match picked(Member::Outcome) {
                Picked::Absent | Picked::Null => Outcome::None,
                Picked::Text(text, _) => Outcome::from_text(Some(text)),
                _ => Outcome::Unknown,
            },
            severity: text_of(Member::Severity)?,
            reason_code: whole_number(picked(Member::ReasonCode))?,
            reason_type: text_of(Member::ReasonType)?,
            reason_for_failure: text_of(Member::ReasonForFailure)?,
            initiator_id: text_of(Member::InitiatorId)?,
            initiator_name: text_of(Member::InitiatorName)?,
            authn_id: text_of(Member::AuthnId)?,
            authn_name: text_of(Member::AuthnName)?,
            credential_type: text_of(credential)?,
            address: text_of(Member::Address)?,
            agent: text_of(Member::Agent)?,
            target_id,
            target_name: text_of(Member::TargetName)?,
            target_type: text_of(Member::TargetType)?,
            correlation_id: text_of(Member::Correlation)?,
            data_event: match picked(Member::DataEvent) {
                Picked::Bool(is) => Some(is),
                Picked::Text(text, _) if text.eq_ignore_ascii_case("true") => Some(true),
                Picked::Text(text, _) if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            },
            log_source_crn,
            location,
            account,
            is_classic: false,
            content,
            body: Body::Written(text),
            hashes: Hashes {
                action: hash_of(Member::Action),
                severity: hash_of(Member::Severity),
                reason_type: hash_of(Member::ReasonType),
                reason_for_failure: hash_of(Member::ReasonForFailure),
                initiator_id: hash_of(Member::InitiatorId),
                initiator_name: hash_of(Member::InitiatorName),
                authn_id: hash_of(Member::AuthnId),
                authn_name: hash_of(Member::AuthnName),
                credential_type: hash_of(credential),
                address: hash_of(Member::Address),
                agent: hash_of(Member::Agent),
                target_id: hash_of(Member::TargetId),
                target_name: hash_of(Member::TargetName),
                target_type: hash_of(Member::TargetType),
                correlation_id: hash_of(Member::Correlation),
            },
        })
    }
}

/// Text as it stands, a number as its digits; nothing for empty text and anything else. `None`: odd.
fn text_in(picked: Picked<'_>) -> Option<Option<&str>> {
    match picked {
        Picked::Text(text, _) => Some((!text.is_empty()).then_some(text)),
        Picked::Number(digits) => (!digits.contains(['e', 'E'])).then_some(Some(digits)),
        _ => Some(None),
    }
}

/// A number without a fraction, or text that holds one. `None`: odd.
fn whole_number(picked: Picked) -> Option<Option<u32>> {
    match picked {
        Picked::Number(digits) => {
            let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit());
            is_plain.then(|| digits.parse().ok())
        }
        Picked::Text(text, _) => Some(text.trim().parse().ok()),
        _ => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::Context;
    use crate::envelope::Item;
    use crate::envelope::record::read_alone;
    use proptest::prelude::*;

    fn hash_bytes_of(text: &str) -> u64 {
        reading::hash::hash_bytes(text.as_bytes())
    }

    /// Whether the quick way reads it; where it does, the long way reads the same.
    fn is_read(text: &str) -> Result<bool, TestCaseError> {
        let mut plain = Plain::new();
        let Some(event) = plain.read(text.as_bytes()) else {
            return Ok(false);
        };
        let (of, hashes) = (hash_bytes_of, event.hashes);
        for (hash, said) in [
            (hashes.action, Some(event.action)),
            (hashes.severity, event.severity),
            (hashes.reason_type, event.reason_type),
            (hashes.reason_for_failure, event.reason_for_failure),
            (hashes.initiator_id, event.initiator_id),
            (hashes.initiator_name, event.initiator_name),
            (hashes.authn_id, event.authn_id),
            (hashes.authn_name, event.authn_name),
            (hashes.credential_type, event.credential_type),
            (hashes.address, event.address),
            (hashes.agent, event.agent),
            (hashes.target_id, event.target_id),
            (hashes.target_name, event.target_name),
            (hashes.target_type, event.target_type),
            (hashes.correlation_id, event.correlation_id),
        ] {
            prop_assert!(
                said.is_none_or(|said| hash == 0 || hash == of(said)),
                "{}",
                text
            );
        }
        match read_alone(text.as_bytes(), 0, &Context::default()) {
            Item::Event(long) => prop_assert_eq!(event, long.lend(), "{}", text),
            other => prop_assert!(false, "{:?} for {}", other, text),
        }
        Ok(true)
    }

    #[test]
    fn events_by_themselves_are_read_the_quick_way() {
        for text in [
            r#"{"action":"a"}"#,
            r#"{"action":"audit-log.vsi.power-off","id":"e1","eventTime":"2026-03-01T10:00:00.25+0100",
                "outcome":"Success","severity":"normal","reason":{"reasonCode":"200","reasonType":"OK"},
                "initiator":{"id":"i","name":"n","authnId":"x","credential":{"type":"token"},
                    "host":{"address":"10.0.0.1","agent":"curl"}},
                "target":{"id":"crn:v1:bluemix:public:is:eu-gb-3:a/23bb::instance:x","name":"t","typeURI":"u"},
                "correlationId":7,"dataEvent":"true","logSourceCRN":"crn:v1:b:p:s:dal10:a/9:::","saveServiceCopy":true,
                "message":"a \"quoted\" text","requestData":"{\"port\":\"eth0\"}","responseData":{"x":[1,2]}}"#,
            r#"{"action":"a","reason":"none","initiator":null,"target":[1],"id":"","event_uuid":"u"}"#,
            r#"{"action":"a","initiator":{"host":{"credential":{"type":"apikey"}}},"reason":{"reasonCode":404}}"#,
            r#"{"action":"a","eventTime":"soon","outcome":7,"dataEvent":false}"#,
            r#"{"action":"a","eventTime":1700000000,"outcome":"odd","eventId":12}"#,
        ] {
            assert!(is_read(text).expect(text), "{text}");
        }
    }

    #[test]
    fn what_is_odd_wrapped_or_no_event_is_left_to_the_long_way() {
        for text in [
            r#"{"action":""}"#,
            r#"{"action":7}"#,
            r#"{"payload":{"action":"a"},"meta":{}}"#,
            r#"{"action":"a","_line":"x"}"#,
            r#"{"action":"a","line":{"action":"b"}}"#,
            r#"{"action":"a","@timestamp":"2026-03-01T10:00:00Z"}"#,
            r#"{"action":"a","user_data":"{}"}"#,
            r#"{"action":"a","id":"\u0041"}"#,
            r#"{"action":"a","reason":{"reasonCode":2e2}}"#,
            r#"{"action":"a","target":{"id":1e3}}"#,
            r#"{"action":"a"} "#,
            r#"[{"action":"a"}]"#,
        ] {
            assert!(!is_read(text).expect(text), "{text}");
        }
    }

    /// Names that matter somewhere, and values of every kind under them.
    fn any_record() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            r#""a""#,
            r#""""#,
            r#""2026-03-01T10:00:00Z""#,
            r#""crn:v1:b:p:s:dal10:a/9::instance:x""#,
            "7",
            "-0",
            "1.0",
            "2e2",
            "404",
            "null",
            "true",
            r#""success""#,
            r#""{\"action\":\"b\"}""#,
            r#""\u0041""#,
            "[1]",
            "{}",
        ])
        .prop_map(str::to_owned);
        let inner = prop::sample::select(vec![
            "id",
            "name",
            "typeURI",
            "host",
            "credential",
            "type",
            "address",
            "agent",
            "reasonCode",
            "reasonType",
            "authnId",
        ]);
        let value = leaf.prop_recursive(3, 12, 4, move |value| {
            prop::collection::vec((inner.clone(), value), 0..4).prop_map(|members| object(&members))
        });
        let mut outer: Vec<&str> = PATHS
            .iter()
            .map(|path| path.split('.').next().unwrap_or(path))
            .collect();
        outer.extend(FORMATS.iter().flat_map(|wrapper| wrapper.signs));
        outer.extend([
            "requestData",
            "responseData",
            "message",
            "saveServiceCopy",
            "meta",
            "event_type",
            "objectId",
        ]);
        let members = prop::collection::vec((prop::sample::select(outer), value), 0..7);
        (members, any::<bool>()).prop_map(|(mut members, has_action)| {
            if has_action {
                members.insert(0, ("action", r#""act""#.to_owned()));
            }
            object(&members)
        })
    }

    fn object(members: &[(&str, String)]) -> String {
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    }

    proptest! {
        #[test]
        fn both_ways_read_the_same_event(text in any_record()) {
            is_read(&text)?;
        }

        #[test]
        fn a_wrapper_without_any_of_its_signs_does_not_fit(text in any_record()) {
            let read = reading::read_json(text.as_bytes()).expect("JSON");
            let object = read.as_object().expect("an object");
            for wrapper in &FORMATS {
                let has_sign = wrapper.signs.iter().any(|sign| object.contains_key(sign));
                prop_assert!(has_sign || !(wrapper.fits)(object), "{} {}", wrapper.name, text);
            }
        }
    }

    #[test]
    fn the_bare_event_stands_in_its_row() {
        assert_eq!(FORMATS[BARE].name, "Event");
    }
}
