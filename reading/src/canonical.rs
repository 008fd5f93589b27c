//! Canonical JSON (RFC 8785): one text for all that mean the same.
//!
//! Numbers are IEEE 754 doubles, as the RFC demands: two integers beyond 2^53 that share a double are written, and
//! so hashed, alike. The event's body keeps the digits that were sent. Refuses nothing: what a value holds can be written.

use std::cmp::Ordering;

use crate::Map;
use crate::Number;
use crate::Value;
use crate::decimal;
use crate::sorting;

/// The canonical text of a value.
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write_value(&mut out, value);
    out
}

/// The canonical text of an object without the members that `leave_out` names.
pub fn canonical_without(object: &Map, leave_out: &[&str]) -> Vec<u8> {
    let mut out = Vec::with_capacity(2048);
    write_object(&mut out, object, leave_out);
    out
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write_value(out, item);
            }
            out.push(b']');
        }
        Value::Object(object) => write_object(out, object, &[]),
    }
}

fn write_object(out: &mut Vec<u8>, object: &Map, leave_out: &[&str]) {
    let mut members: Vec<(&String, &Value)> = object
        .iter()
        .filter(|(key, _)| !leave_out.contains(&key.as_str()))
        .collect();
    order(&mut members);
    out.push(b'{');
    for (at, (key, value)) in members.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_string(out, key);
        out.push(b':');
        write_value(out, value);
    }
    out.push(b'}');
}

/// By insertion, which for an object's few members is the quickest; an object of many goes the long way.
fn order(members: &mut [(&String, &Value)]) {
    if members.len() > 32 {
        return sorting::sort_by(members, |a, b| by_utf16(a.0, b.0));
    }
    for end in 1..members.len() {
        let mut at = end;
        while at > 0 && by_utf16(members[at - 1].0, members[at].0).is_gt() {
            members.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// UTF-16 code unit order; it differs from the order of UTF-8 bytes only where both hold signs past U+007F.
fn by_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() {
        a.as_bytes().cmp(b.as_bytes())
    } else {
        a.encode_utf16().cmp(b.encode_utf16())
    }
}

fn write_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut kept_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&text.as_bytes()[kept_from..at]);
        kept_from = at + 1;
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x09 => b't',
            0x0a => b'n',
            0x0c => b'f',
            0x0d => b'r',
            _ => 0,
        };
        if short != 0 {
            out.extend_from_slice(&[b'\\', short]);
        } else {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        }
    }
    out.extend_from_slice(&text.as_bytes()[kept_from..]);
    out.push(b'"');
}

pub(crate) fn write_number(out: &mut Vec<u8>, number: &Number) {
    const EXACT: u64 = 1 << 53;
    match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) if whole <= EXACT => out.extend_from_slice(whole.to_string().as_bytes()),
        (_, Some(whole)) if whole.unsigned_abs() <= EXACT => {
            out.extend_from_slice(whole.to_string().as_bytes());
        }
        _ => match number.as_f64() {
            Some(number) => out.extend_from_slice(decimal::written(number).as_bytes()),
            // Beyond all doubles: no other record's number may become the same text.
            None => out.extend_from_slice(number.to_string().as_bytes()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Value {
        crate::read_json(text.as_bytes()).expect("JSON")
    }

    fn shown(value: &Value) -> String {
        String::from_utf8(canonical(value)).expect("UTF-8")
    }

    /// The samples of RFC 8785, appendix B.
    #[test]
    fn numbers_are_written_as_the_rfc_samples_say() {
        for (bits, text) in [
            (0x0000000000000000_u64, "0"),
            (0x8000000000000000, "0"),
            (0x0000000000000001, "5e-324"),
            (0x8000000000000001, "-5e-324"),
            (0x7fefffffffffffff, "1.7976931348623157e+308"),
            (0xffefffffffffffff, "-1.7976931348623157e+308"),
            (0x4340000000000000, "9007199254740992"),
            (0xc340000000000000, "-9007199254740992"),
            (0x4430000000000000, "295147905179352830000"),
            (0x44b52d02c7e14af5, "9.999999999999997e+22"),
            (0x44b52d02c7e14af6, "1e+23"),
            (0x44b52d02c7e14af7, "1.0000000000000001e+23"),
            (0x444b1ae4d6e2ef4e, "999999999999999700000"),
            (0x444b1ae4d6e2ef4f, "999999999999999900000"),
            (0x444b1ae4d6e2ef50, "1e+21"),
            (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
            (0x3eb0c6f7a0b5ed8d, "0.000001"),
            (0x41b3de4355555553, "333333333.3333332"),
            (0x41b3de4355555554, "333333333.33333325"),
            (0x41b3de4355555555, "333333333.3333333"),
            (0x41b3de4355555556, "333333333.3333334"),
            (0x41b3de4355555557, "333333333.33333343"),
            (0xbecbf647612f3696, "-0.0000033333333333333333"),
            (0x43143ff3c1cb0959, "1424953923781206.2"),
        ] {
            assert_eq!(decimal::written(f64::from_bits(bits)), text, "{bits:#x}");
        }
    }

    /// The sample of RFC 8785, section 3.2.2 and 3.2.3.
    #[test]
    fn the_rfc_sample_object_is_written_as_the_rfc_shows_it() {
        let sample = read(
            r#"{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
                "literals": [null, true, false]}"#,
        );
        assert_eq!(
            shown(&sample),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
             \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    #[test]
    fn members_are_sorted_by_utf16_units() {
        let sample = read(
            r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
                "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
        );
        let text = shown(&sample);
        let order: Vec<usize> = [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small",
            "Euro Sign",
            "Emoji",
            "Hebrew",
        ]
        .into_iter()
        .map(|name| text.find(name).expect("present"))
        .collect();
        assert!(order.is_sorted(), "{text}");
    }

    #[test]
    fn integers_past_two_to_the_53_are_written_as_the_double_they_stand_for() {
        assert_eq!(shown(&read("9007199254740992")), "9007199254740992");
        assert_eq!(shown(&read("9007199254740993")), "9007199254740992");
        assert_eq!(shown(&read(&u64::MAX.to_string())), "18446744073709552000");
        assert_eq!(shown(&read(&i64::MIN.to_string())), "-9223372036854776000");
        assert_eq!(shown(&read("1.0")), "1");
        assert_eq!(shown(&read("-0.0")), "0");
    }

    #[test]
    fn the_text_knows_no_member_order_and_no_left_out_member() {
        let of = |text: &str| {
            let object = read(text).as_object().expect("an object").clone();
            canonical_without(&object, &["id"])
        };
        assert_eq!(
            of(r#"{"a":1,"b":[2]}"#),
            of(r#"{"b":[2.0],"id":"x","a":1}"#)
        );
        assert_ne!(of(r#"{"a":1}"#), of(r#"{"a":2}"#));
    }

    proptest! {
        #[test]
        fn a_number_reads_back_as_itself(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            prop_assert_eq!(decimal::written(number).parse::<f64>().expect("a number"), number);
        }

        #[test]
        fn a_string_reads_back_as_itself(text: String) {
            let value = Value::String(text);
            prop_assert_eq!(crate::read_json(&canonical(&value)).expect("JSON"), value);
        }
    }
}
