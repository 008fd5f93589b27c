//! Arrays and documents that wrap a list: their elements, broken, cut and misleading ones.

use super::*;

#[test]
fn an_array_is_its_elements_on_one_line_or_many() {
    for text in [
        "[{\"action\":\"a\"},{\"action\":\"b\"}]",
        "[{\"action\":\"a\"},{\"action\":\"b\"}]\n",
        " [ {\"action\" : \"a\"} , {\"action\":\"b\"} ] ",
    ] {
        assert_eq!(picture(text), "a@1 b@1", "{text}");
        assert_eq!(finish_of(text).format, Format::JsonDocument);
    }
    assert_eq!(
        picture("[\n {\n  \"action\": \"a\"\n },\n {\"action\":\"b\"}\n]\n"),
        "a@2 b@5"
    );
    assert_eq!(picture("[]"), "");
    assert_eq!(picture("[\n]\n"), "");
}

#[test]
fn documents_follow_one_another() {
    assert_eq!(
        picture(
            "[{\"action\":\"a\"}]\n[{\"action\":\"b\"}]\n{\"events\":[{\"action\":\"c\"}]}\n{\"action\":\"d\"}\n"
        ),
        "a@1 b@2 c@3 d@4"
    );
}

#[test]
fn every_wrapped_document_is_opened() {
    for text in [
        r#"{"records":[E,F]}"#,
        r#"{"events":[E,F],"next":"x"}"#,
        r#"{"logs":[E,F]}"#,
        r#"{"hits":[E,F]}"#,
        r#"{"lines":[E,F],"pagination_id":"x"}"#,
        r#"{"Records":[E,F]}"#,
        r#"{"took":3,"hits":{"total":{"value":2},"hits":[{"_source":E},{"_source":F}]}}"#,
        r#"{"result":{"results":[E,F]}}"#,
        r#"{"response":{"results":{"results":[E,F]}}}"#,
        r#"[{"events":[E]},{"events":[F]}]"#,
    ] {
        let text = text
            .replace('E', r#"{"action":"e"}"#)
            .replace('F', r#"{"action":"f"}"#);
        assert_eq!(picture(&text), "e@1 f@1", "{text}");
        let spread = text.replace('[', "[\n").replace("},{", "},\n{");
        assert_eq!(picture(&spread).matches(['e', 'f']).count(), 2, "{spread}");
    }
    assert_eq!(picture(r#"{"records":[],"total":0}"#), "");
    assert_eq!(picture(r#"{"result":{"results":[]}}"#), "");
}

#[test]
fn lists_inside_an_event_are_the_events_own() {
    assert_eq!(picture(r#"{"events":[{"x":1}],"action":"a"}"#), "a@1");
    assert_eq!(
        picture("{\n\"events\":[{\"x\":1}],\n\"action\":\"a\"}"),
        "a@1"
    );
    assert_eq!(picture(r#"{"message":"x","events":[]}"#), "other@1");
    assert_eq!(picture(r#"{"message":"x","events":["login"]}"#), "other@1");
}

#[test]
fn a_broken_element_costs_that_element() {
    for broken in [
        r#"{"action":,}"#,
        r#"{"action":"b"#,
        r#"{"action" "b"}"#,
        r#"{"action":"b","x":]}"#,
        r#"{"action":tru}"#,
    ] {
        let text = format!(r#"[{{"action":"a"}},{broken},{{"action":"c"}}]"#);
        assert_eq!(picture(&text), "a@1 rejected@1 c@1", "{text}");
        let lines =
            format!("{{\"records\":[\n{{\"action\":\"a\"}},\n{broken},\n{{\"action\":\"c\"}}\n]}}");
        assert_eq!(picture(&lines), "a@2 rejected@3 c@4", "{lines}");
    }
    assert_eq!(
        picture(r#"[{"action":"a"},,{"action":"c"}]"#),
        "a@1 rejected@1 c@1"
    );
    assert_eq!(picture(r#"[{"action":"a"} {"action":"c"}]"#), "a@1 c@1");
    assert_eq!(
        picture("{\"records\":[{\"action\":\"a\"}]\n:\n"),
        "a@1 rejected@2"
    );
    assert_eq!(
        picture(r#"[{"action":"a"},{"action":"c"},]"#),
        "a@1 c@1 rejected@1"
    );
}

#[test]
fn what_stands_nested_in_a_broken_element_is_no_record() {
    let nested = r#"{"x":[{"action":"n"},{"action":"n"}],"m":"},{\"action\":\"n\"},{","y":#}"#;
    let text = format!(r#"[{nested},{{"id":"1","action":"b"}},{nested},{{"action":"c"}}]"#);
    assert_eq!(picture(&text), "rejected@1 b@1 rejected@1 c@1");
    let lines = format!(
        "[\n{{\"action\":\"a\"}},\n{nested},\n{nested},\n{{\"id\":1,\"action\":\"c\"}}\n]\n"
    );
    assert_eq!(picture(&lines), "a@2 rejected@3 rejected@4 c@5");
}

#[test]
fn an_element_without_its_end_costs_itself() {
    let text = r#"[{"action":"a","x":[{"y":1},{"action":"b"},{"id":2,"action":"c"}]"#;
    assert_eq!(picture(text), "rejected@1 b@1 c@1");
    let lines = "[\n{\"action\":\"a\"},\n{\"x\":[{\"y\":1},\n{\"action\":\"c\"}\n]\n";
    assert_eq!(picture(lines), "a@2 rejected@3 c@4");
}

#[test]
fn a_list_that_a_stray_bracket_closed_goes_on() {
    assert_eq!(
        picture(r#"[{"action":"a"}],{"action":"b"},{"action":"c"}]"#),
        "a@1 notice@1 b@1 c@1"
    );
    assert_eq!(
        picture(r#"{"records":[{"action":"a"}],{"action":"b"}],"total":2}"#),
        "a@1 notice@1 b@1"
    );
}

#[test]
fn a_cut_document_keeps_what_came() {
    assert_eq!(
        picture(r#"[{"action":"a"},{"action":"b"},{"act"#),
        "a@1 b@1 rejected@1"
    );
    assert_eq!(picture(r#"[{"action":"a"},{"action":"b"}"#), "a@1 b@1");
    assert_eq!(picture("{\"events\":[\n{\"action\":\"a\"},\n"), "a@2");
    for text in [
        r#"[{"action":"a"},{"act"#,
        r#"[{"action":"a"}"#,
        "[",
        "{\"events\":[",
    ] {
        assert!(finish_of(text).was_cut, "{text}");
    }
    assert!(!finish_of(r#"[{"action":"a"}]"#).was_cut);
}

#[test]
fn a_brace_that_is_too_much_after_a_list_inside_a_record_makes_no_record_of_that_list() {
    let text = "[\n{\n\"responseData\": {\"events\": [\n{\"action\": \"nested\"},\n{\"action\": \"nested\"}\n]\n{},\n\
                \"action\": \"a\"\n},\n{\n\"action\": \"b\"\n}\n]\n";
    let told = picture(text);
    assert!(!told.contains("nested@") && told.contains("b@"), "{told}");
}
