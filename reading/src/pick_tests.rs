use super::*;
use crate::Value;
use crate::read_json;
use proptest::prelude::*;

const PATHS: [&str; 6] = ["a", "b", "a.b", "a.b.c", "c.a", "d"];

fn picker() -> Picker {
    Picker::new(&PATHS, &["id", "b"], &["d", "e"], ["f"].into_iter())
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
            (Picked::Text(text, hash), Some(Value::String(expected))) => {
                prop_assert_eq!(
                    (*text, *hash),
                    (expected.as_str(), hash_bytes(text.as_bytes()))
                );
            }
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

/// A picker that has read other objects finds what a new one finds.
fn agree_in_turn<'a>(
    texts: impl IntoIterator<Item = &'a str>,
) -> std::result::Result<(), TestCaseError> {
    let mut versed = picker();
    for text in texts {
        let mut picked = [Picked::Absent; PATHS.len()];
        let content = versed.pick(text, &mut picked);
        let mut expected = [Picked::Absent; PATHS.len()];
        let expected_content = picker().pick(text, &mut expected);
        prop_assert_eq!(content, expected_content, "{}", text);
        if content.is_some() {
            prop_assert_eq!(picked, expected, "{}", text);
        }
    }
    Ok(())
}

#[test]
fn what_was_read_before_changes_nothing() {
    let texts = [
        r#"{"a":1,"z":{"y":"x"},"b":"x"}"#,
        r#"{"a":"1","z":{"y":[]},"b":"x"}"#,
        r#"{"a":{},"z":{"y":[1]},"b":"x"}"#,
        r#"{"a":{"b":{"c":true}},"z":{"y":[1,2]},"b":"x"}"#,
        r#"{"a":1,"z":{"y":"x"},"b":"x"} "#,
        r#"{"a":1,"z":{"y":"x"},"b":"x""#,
        r#"{"a": 1,"z":{"y":"x"},"b":"x"}"#,
        r#"{"a":[{"b":1},[[],2]],"d":"{\"x\":1}","id":"\u0041"}"#,
        r#"{"a":[{"b":1},[[],2]],"d":"{\"y\":[]}","id":"A"}"#,
        r#"{"a":[{"b":1},[[],2]],"d":"[x]","id":"A"}"#,
        r#"{"a":[{"b":1},[[],2]],"d":"none","id":"A"}"#,
        r#"{"d":"{\"x\":1}","e":"{\"x\":2}"}"#,
        r#"{"a":"\u0041"}"#,
        r#"{"a":"é"}"#,
        r#"{"a":null,"f":1}"#,
        r#"{"a":nul}"#,
        r#"{"a":}"#,
        r#"{}"#,
        r#"{} "#,
    ];
    let many = [texts, texts, texts].concat();
    agree_in_turn(many.iter().copied().chain(texts.into_iter().rev())).expect("alike");
}

#[test]
fn more_builds_than_are_kept_are_read_too() {
    let texts: Vec<String> = (0..6_000)
        .map(|n| format!(r#"{{"a":{{"n{n}":1}},"b":"x","m{}":[{}]}}"#, n % 7, n % 3))
        .collect();
    agree_in_turn(texts.iter().chain(&texts).map(String::as_str)).expect("alike");
}

proptest! {
    #[test]
    fn a_versed_reader_finds_what_a_new_one_finds(
        objects in proptest::collection::vec(
            proptest::collection::vec(("[a-e]|id", any_value()), 0..4), 1..5
        ),
        turns in proptest::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..12),
    ) {
        let texts: Vec<String> = objects.iter().map(|members| {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
            format!("{{{}}}", members.join(","))
        }).collect();
        // Read again, and as beginnings of one with the end of another.
        let mut all = texts.clone();
        for (one, other) in turns {
            let (one, other) = (one.get(&texts), other.get(&texts));
            let cut = one.rfind(',').unwrap_or(1);
            all.push(one.clone());
            all.push(format!("{}{}", &one[..cut], &other[other.rfind(',').unwrap_or(1)..]));
        }
        agree_in_turn(all.iter().map(String::as_str))?;
    }

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
