//! An object a line, or over several lines; what a broken one costs, and its reason in words.

use super::*;

#[test]
fn json_lines_are_records_and_blank_lines_are_none() {
    let text = "\u{feff}{\"action\":\"a\"}\r\n\r\n  \n  {\"action\":\"b\"}\r\n{\"x\":1}\n";
    assert_eq!(picture(text), "a@1 b@4 other@5");
    let finish = finish_of(text);
    assert_eq!(
        (
            finish.format,
            finish.records,
            finish.other_records,
            finish.rejected,
            finish.was_cut
        ),
        (Format::JsonLines, 3, 1, 0, false)
    );
    assert_eq!(finish.text_bytes, text.len() as u64);
}

#[test]
fn a_records_place_counts_bytes_of_text_with_its_byte_order_mark() {
    let (seen, _) = read("\u{feff}{\"action\":\"a\"}\r\n\n {\"action\":\"b\"}\n".as_bytes());
    let places: Vec<_> = seen
        .items
        .iter()
        .map(|(place, raw, _)| (place.line, place.byte, raw.byte, raw.len))
        .collect();
    assert_eq!(places, [(1, 3, 3, 14), (3, 21, 21, 14)]);
}

#[test]
fn a_broken_line_costs_that_line() {
    assert_eq!(
        picture(
            "{\"action\":\"a\"}\n{\"action\":\"b\n{\"action\":\"c\"}\n{\"action\":\"d\",\n{\"action\":\"e\"}\nnonsense\n{\"action\":\"f\"}x\n{\"action\":\"g\"}\n"
        ),
        "a@1 rejected@2 c@3 rejected@4 e@5 rejected@6 rejected@7 g@8"
    );
}

#[test]
fn a_value_that_is_no_object_is_rejected() {
    assert_eq!(
        picture("{\"action\":\"a\"}\n42\nnull\n\"text\"\n[1,2]\n[]\ntrue\n"),
        "a@1 rejected@2 rejected@3 rejected@4 rejected@5 rejected@7"
    );
    assert_eq!(
        picture("[1, {\"action\":\"a\"}, \"x\", [], null]"),
        "rejected@1 a@1 rejected@1 rejected@1 rejected@1"
    );
}

#[test]
fn the_last_line_needs_no_line_end_and_a_cut_one_is_said() {
    assert_eq!(picture("{\"action\":\"a\"}\n{\"action\":\"b\"}"), "a@1 b@2");
    assert_eq!(
        picture("{\"action\":\"a\"}\n{\"action\":"),
        "a@1 rejected@2"
    );
    assert!(finish_of("{\"action\":\"a\"}\n{\"action\":").was_cut);
}

#[test]
fn an_event_may_stand_over_several_lines() {
    let event = "{\n  \"action\": \"a\",\n  \"target\": {\n    \"id\": \"x\"\n  }\n}\n";
    assert_eq!(picture(event), "a@1");
    assert_eq!(picture(&event.repeat(3)), "a@1 a@7 a@13");
    assert_eq!(finish_of(event).format, Format::JsonDocument);
}

#[test]
fn a_broken_event_over_several_lines_costs_itself() {
    let good = "{\n  \"action\": \"a\"\n}\n";
    let broken = "{\n  \"action\": \"b\"\n  \"outcome\": {\n  }\n}\n";
    assert_eq!(
        picture(&[good, broken, good].concat()),
        "a@1 rejected@4 a@9"
    );
    let unfinished = "{\n  \"action\": \"b\",\n";
    assert_eq!(
        picture(&[good, unfinished, good].concat()),
        "a@1 rejected@4 a@6"
    );
    assert_eq!(picture(&[good, unfinished].concat()), "a@1 rejected@4");
    assert!(finish_of(&[good, unfinished].concat()).was_cut);
}

#[test]
fn half_a_character_costs_no_record() {
    let flat = r#"{"action":"a","message":"cut \ud83d"}"#;
    let inner = flat.replace('\\', "\\\\").replace('"', "\\\"");
    let wrapped = format!("{{\"_line\":\"{inner}\"}}");
    for text in [
        flat,
        &wrapped,
        &format!("[{flat}]"),
        &format!("data: {flat}"),
    ] {
        assert_eq!(picture(&format!("{text}\n")), "a@1", "{text}");
    }
    let (seen, _) = read(flat.as_bytes());
    let Item::Event(event) = &seen.items[0].2 else {
        panic!("an event");
    };
    assert_eq!(event.message.as_deref(), Some("cut \u{fffd}"));
}

#[test]
fn reasons_are_plain_words() {
    assert_eq!(
        reason("{\"action\":\"a\"}\n{\"a\":x}\n"),
        "broken JSON: expected value, at its byte 6"
    );
    assert_eq!(
        reason("{\"action\":\"a\"}\n{\"a\":1;\n"),
        "broken JSON: expected \",\" or \"}\", at its byte 7"
    );
    assert_eq!(
        reason("{\"action\":\"a\"}\n{\"a\":nil}\n"),
        "broken JSON: a bare word is none of true, false and null, at its byte 7"
    );
    assert_eq!(
        reason("{\"action\":\"a\"}\n{\"a\":\"\t\"}\n"),
        "broken JSON: a line break or another control character in a text, at its byte 7"
    );
    assert_eq!(
        reason("{\"action\":\"a\"}\n{\"a\":"),
        "the record ends before it is complete"
    );
    assert_eq!(
        reason("{\"action\":\"a\"}\n7\n"),
        "a number stands where an event was expected"
    );
    assert_eq!(
        reason("{\"_line\":\"{\\\"action\\\":\\\"a\"}\n"),
        "the event inside its wrapper can't be read: the record ends before it is complete"
    );
    let (seen, _) = read(b"{\"action\":\"\xff\"}\n");
    assert!(matches!(&seen.items[0].2, Item::Rejected(reason) if reason.contains("no UTF-8 text")));
    let deep = format!("{{\"a\":{}}}", "[".repeat(200) + &"]".repeat(200));
    assert!(reason(&format!("{deep}\n")).contains("nested too deep"));
}
