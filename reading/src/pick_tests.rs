use super::*;
use crate::Value;
use crate::read_json;
use proptest::prelude::*;

const PATHS: [&str; 6] = ["a", "b", "a.b", "a.b.c", "c.a", "d"];

fn picker() -> Picker {
    Picker::new(&PATHS, &["id", "b"], &["d", "e"])
}

/// What the reader of values makes of the same text.
fn expected(text: &str) -> Option<(Content, Vec<Option<Value>>)> {
    let mut object = match read_json(text.as_bytes()) {
        Ok(Value::Object(object)) => object,
        _ => return None,
    };
    for name in ["d", "e"] {
        if let Some(body) = object.get_mut(name)
            && let Value::String(held) = body
            && held.trim_start().starts_with(['{', '['])
            && let Ok(read) = read_json(held.as_bytes())
        {
            *body = read;
        }
    }
    let content = Content::of(&object, &["id", "b"]);
    let root = Value::Object(object);
    let on_path = |path: &&str| {
        path.split('.')
            .try_fold(&root, |value, name| value.get(name))
            .cloned()
    };
    Some((content, PATHS.iter().map(on_path).collect()))
}

/// Where it isn't refused, what is picked is what the reader of values finds.
fn agree(text: &str) -> std::result::Result<bool, TestCaseError> {
    let mut picked = [Picked::Absent; PATHS.len()];
    let Some(content) = picker().pick(text, &mut picked) else {
        return Ok(false);
    };
    let Some((expected, values)) = expected(text) else {
        return Err(TestCaseError::fail(format!("{text} is no object")));
    };
    prop_assert_eq!(content, expected, "{}", text);
    for (picked, value) in picked.iter().zip(values) {
        match (picked, value) {
            (Picked::Absent, None) | (Picked::Null, Some(Value::Null)) => {}
            (Picked::Bool(is), Some(Value::Bool(expected))) => prop_assert_eq!(*is, expected),
            (Picked::Text(text), Some(Value::String(expected))) => prop_assert_eq!(*text, expected),
            (Picked::Number(digits), Some(Value::Number(expected))) => {
                let again = read_json(digits.as_bytes()).expect("a number");
                prop_assert_eq!(again, Value::Number(expected));
            }
            (Picked::Nested, Some(Value::Array(_) | Value::Object(_))) => {}
            // Opened: it was a text, and what it holds counts.
            (Picked::Absent, Some(Value::Array(_) | Value::Object(_))) => {}
            (picked, value) => prop_assert!(false, "{:?} for {:?} in {}", picked, value, text),
        }
    }
    Ok(true)
}

#[test]
fn plain_objects_are_read_and_agree() {
    for text in [
        r#"{}"#,
        r#"{ "a" : 1 , "b" : [ ] , "c":{ } }"#,
        r#"{"a":{"b":{"c":"x"}},"c":{"a":-0},"id":"left out"}"#,
        r#"{"a":"é","b":"x","z":"\u00e9\n\ud83d\ude00"}"#,
        r#"{"a":1.50,"b":-2e-3,"c":[1,2.0,12345678901234567890,-7],"d":0}"#,
        r#"{"d":"{\"x\":[1,\"\\u0041\"]}","e":" [true, false ,null]"}"#,
        r#"{"a":true,"b":false,"c":null,"x":[[],[[{}]],{"a":{"a":1}}]}"#,
        "{\"a\":1,\r\n\t\"b\":2}",
    ] {
        assert!(agree(text).expect(text), "{text}");
    }
}

#[test]
fn what_is_odd_is_refused() {
    let deep = format!("{{\"x\":{}1{}}}", "[".repeat(40), "]".repeat(40));
    for text in [
        r#"{"a":1,"a":2}"#,
        r#"{"x":{"y":1,"y":1}}"#,
        r#"{"\u0061":1}"#,
        r#"{"a":"\u0061"}"#,
        r#"{"a":1}x"#,
        r#"{"a":01}"#,
        r#"{"a":1.}"#,
        r#"{"a":-}"#,
        r#"{"a":1e}"#,
        r#"{"a":tru}"#,
        r#"{"a":1,}"#,
        r#"{"a":[1,]}"#,
        r#"{"a":"\x"}"#,
        r#"{"z":"\ud800"}"#,
        r#"{"d":"{broken"}"#,
        r#"{"a" 1}"#,
        r#"{"a":1"#,
        r#"{"a"#,
        r#"{"#,
        r#"[]"#,
        "",
        "{\"a\":\"\n\"}",
        &deep,
    ] {
        assert!(!agree(text).expect(text), "{text}");
    }
}

/// JSON of the kind that is read here, and of the kind that isn't.
fn any_value() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-z ]{0,24}".prop_map(|text| format!("\"{text}\"")),
        any::<String>().prop_map(|text| Value::String(text).to_string()),
        Just(r#""\u0041\/""#.to_owned()),
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|is| is.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no others", |number| number.is_finite())
            .prop_map(|number| format!("{number:?}")),
        text,
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let name = prop_oneof!["[a-e]", "id", "[a-z]{1,20}"];
        let members = proptest::collection::vec((name, inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| format!("[{}]", items.join(","))),
            members.prop_map(|members| {
                let members: Vec<String> = members
                    .into_iter()
                    .map(|(name, value)| format!("\"{name}\": {value}"))
                    .collect();
                format!("{{{}}}", members.join(", "))
            }),
            inner.prop_map(|held| Value::String(held).to_string()),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_picked_is_what_the_reader_of_values_finds(
        members in proptest::collection::vec(("[a-f]|id", any_value()), 0..8)
    ) {
        let members: Vec<String> = members
            .into_iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        agree(&format!("{{{}}}", members.join(",")))?;
    }

    #[test]
    fn a_cut_or_changed_text_is_refused_or_agrees(
        value in any_value(), at in any::<prop::sample::Index>(), sign in "[\"{}\\[\\],:0a\\\\ -]"
    ) {
        let text = format!("{{\"a\":{value},\"b\":1}}");
        let mut at = at.index(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        agree(&text[..at])?;
        let changed = format!("{}{sign}{}", &text[..at], &text[at..]);
        agree(&changed)?;
    }
}
