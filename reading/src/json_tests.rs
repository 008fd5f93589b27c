use super::*;
use proptest::prelude::*;

/// The two agree on the value and its text, or on what is wrong and where.
fn agree(text: &[u8]) -> std::result::Result<(), TestCaseError> {
    let theirs = serde_json::from_slice::<serde_json::Value>(text);
    match (read(text), theirs) {
        (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours.to_string(), theirs.to_string()),
        (Err(ours), Err(theirs)) => {
            prop_assert_eq!(ours.to_string(), theirs.to_string());
            prop_assert_eq!(ours.is_eof(), theirs.is_eof());
        }
        (ours, theirs) => prop_assert!(false, "{ours:?} and {theirs:?}"),
    }
    Ok(())
}

/// So do they where only a value's end is looked for.
fn agree_skimming(text: &str) -> std::result::Result<(), TestCaseError> {
    let theirs = serde_json::from_str::<&serde_json::value::RawValue>(text);
    match (raw(text), theirs) {
        (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs.get()),
        (Err(ours), Err(theirs)) => prop_assert_eq!(ours.to_string(), theirs.to_string()),
        (ours, theirs) => prop_assert!(false, "{ours:?} and {theirs:?}"),
    }
    Ok(())
}

const SAMPLE: &str = r#"{"a":[1,-2.50,3e5,1E-7,true,false,null],"b\n\u0041\ud83d\ude00é":{"a":"","a":"x"},
 "c" : "äöü \"\\\/\b\f\n\r\t", "d":[],"e":{}, "n":-0, "o":123456789012345678901234567890 }"#;

#[test]
fn a_cut_text_is_judged_alike_wherever_it_is_cut() {
    for end in 0..=SAMPLE.len() {
        agree(&SAMPLE.as_bytes()[..end]).expect("alike");
    }
}

#[test]
fn nesting_is_refused_at_the_same_depth() {
    for n in 120..135 {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = if open == "[" { "" } else { "1" };
            agree(format!("{}{inner}{}", open.repeat(n), close.repeat(n)).as_bytes())
                .expect("alike");
        }
    }
}

#[test]
fn a_name_written_twice_keeps_the_last_value_among_few_members_and_many() {
    for n in [2, 10, 30, 300] {
        let members: Vec<String> = (0..n)
            .map(|at| format!("\"m{}\":{at}", at % (n - 1)))
            .collect();
        agree(format!("{{{}}}", members.join(",")).as_bytes()).expect("alike");
    }
}

#[test]
fn members_and_elements_stand_as_they_are_written() {
    let text = r#" { "a" : [1, 2 ] , "b":{"x" : null},"a": "\"" } "#;
    let raw = raw(text).expect("JSON");
    assert_eq!(raw, text.trim());
    let found = members(raw).expect("an object");
    let expected = [("a", "[1, 2 ]"), ("b", r#"{"x" : null}"#), ("a", r#""\"""#)];
    assert_eq!(
        found,
        expected.map(|(name, value)| (name.to_owned(), value))
    );
    assert_eq!(elements(found[0].1).expect("a list"), ["1", "2"]);
    assert!(elements(raw).is_err() && members("[]").is_err() && members("{} 1").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn any_signs_are_judged_alike(text in r#"[\[\]{}:,"\\ \n\tutrufalsen0123456789eE.+-]{0,24}"#) {
        agree(text.as_bytes())?;
        agree_skimming(&text)?;
    }

    #[test]
    fn any_text_is_judged_alike(text in r#""([a-zäß"\\/bfnrtu0-9dDcC8]|\\u[dD][89a-f][0-9]{2}|\\n|\x01){0,12}"?"#) {
        agree(text.as_bytes())?;
        agree_skimming(&text)?;
    }

    #[test]
    fn any_damage_is_judged_alike(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut text = SAMPLE.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(text.len());
            text[at] = byte;
        }
        agree(&text)?;
        if let Ok(text) = std::str::from_utf8(&text) {
            agree_skimming(text)?;
        }
    }

    #[test]
    fn any_number_is_judged_alike(text in r"-?[0-9]{0,22}(\.[0-9]{0,3})?([eE][-+]?[0-9]{0,4})?") {
        agree(text.as_bytes())?;
    }
}
