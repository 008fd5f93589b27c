//! JSON as senders write it. Half a character (a lone UTF-16 surrogate, `\ud800`) is allowed by JSON's grammar and names
//! no text (RFC 8259, 8.2): writers that cut texts at so many units leave it behind. It is read as U+FFFD, and costs no
//! record; the raw text stays as it is. Refuses whatever else is no JSON.

use memchr::memchr;
use reading::{Value, json};

pub fn read_json(text: &[u8]) -> json::Result<Value> {
    json::read(text).or_else(|error| match with_whole_characters(text) {
        Some(mended) => json::read(&mended),
        None => Err(error),
    })
}

/// The same text, as long, with U+FFFD's escape for each lone surrogate's; `None` where there is none.
fn with_whole_characters(text: &[u8]) -> Option<Vec<u8>> {
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(n) = memchr(b'\\', &text[at..]) {
        at += n;
        at += match (unit(&text[at..]), text.get(at + 6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                let out = mended.get_or_insert_with(|| text.to_vec());
                out[at + 2..at + 6].copy_from_slice(b"fffd");
                6
            }
            _ => 2,
        };
        if at >= text.len() {
            break;
        }
    }
    mended
}

/// The UTF-16 unit of an escape that begins here.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | digit as u16)
    })
}

/// Whether the record's text, or a text inside it, holds half a character.
pub fn has_half_a_character(raw: &str) -> bool {
    // Inside a text inside the record each backslash is written as two.
    let mut text = raw.to_owned();
    while text.contains("\\\\") {
        text = text.replace("\\\\", "\\");
    }
    with_whole_characters(text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_a_character_is_read_as_the_replacement_character() {
        for (text, read) in [
            (r#"{"a":"x\ud800y"}"#, value!({"a": "x\u{fffd}y"})),
            (r#""\udc00\ud83d\ude00""#, value!("\u{fffd}😀")),
            (
                r#""\ud800\ud800\udc00\ud83d""#,
                value!("\u{fffd}\u{10000}\u{fffd}"),
            ),
            (r#""\\ud800""#, value!("\\ud800")),
            (r#""\uD800\\""#, value!("\u{fffd}\\")),
        ] {
            assert_eq!(read_json(text.as_bytes()).expect(text), read, "{text}");
        }
        for broken in [r#""\ud800"#, r#""\ud8""#, r#"{"a":"\ud800",}"#, "\"\\"] {
            assert!(read_json(broken.as_bytes()).is_err(), "{broken}");
        }
    }

    #[test]
    fn half_a_character_is_found_in_a_text_inside_a_text() {
        assert!(has_half_a_character(r#"{"_line":"{\"m\":\"\\ud800\"}"}"#));
        assert!(!has_half_a_character(r#"{"m":"\ud83d\ude00"}"#));
        assert!(!has_half_a_character(
            r#"{"_line":"{\"m\":\"\\ud83d\\ude00\"}"}"#
        ));
    }

    proptest! {
        #[test]
        fn whatever_is_json_already_reads_as_it_does(text in r#"["\\ud8c0{}:,a 1]{0,40}"#) {
            if let Ok(value) = json::read(text.as_bytes()) {
                prop_assert_eq!(read_json(text.as_bytes()).expect("JSON"), value);
            }
        }

        #[test]
        fn any_units_in_a_text_can_be_read(units in prop::collection::vec(prop_oneof![any::<u16>(), 0xd700..0xe100_u16], 0..12)) {
            let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let read = read_json(format!("\"{escapes}\"").as_bytes()).expect("JSON");
            prop_assert_eq!(read, value!(String::from_utf16_lossy(&units)));
        }
    }
}
