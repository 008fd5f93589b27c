//! How text is cut into records, whatever its chunks.

use std::io::Write;

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Everything that a source gave.
#[derive(Default, PartialEq, Debug)]
pub(super) struct Seen {
    pub(super) text: Vec<u8>,
    pub(super) items: Vec<(Place, RawSpan, Item)>,
}

impl Sink for Seen {
    fn text(&mut self, chunk: &[u8]) {
        self.text.extend_from_slice(chunk);
    }

    fn item(&mut self, place: Place, raw: RawSpan, item: Item) {
        assert!(
            raw.byte + raw.len <= self.text.len() as u64,
            "its text came first"
        );
        self.items.push((place, raw, item));
    }
}

pub(super) fn read_in_chunks(bytes: &[u8], chunk: usize) -> (Seen, Result<Finish, PageError>) {
    read_with(Reader::new(Context::default()), bytes, chunk)
}

/// As if every value were a long one, from so many bytes on.
pub(super) fn read_long(
    whole_bytes: usize,
    bytes: &[u8],
    chunk: usize,
) -> (Seen, Result<Finish, PageError>) {
    read_with(
        Reader::with_whole_bytes(Context::default(), whole_bytes),
        bytes,
        chunk,
    )
}

fn read_with(mut reader: Reader, bytes: &[u8], chunk: usize) -> (Seen, Result<Finish, PageError>) {
    let mut seen = Seen::default();
    for chunk in bytes.chunks(chunk.max(1)) {
        if let Err(error) = reader.push(chunk, &mut seen) {
            return (seen, Err(error));
        }
    }
    let finish = reader.finish(&mut seen);
    (seen, finish)
}

/// The same by any chunking.
fn read(bytes: &[u8]) -> (Seen, Result<Finish, PageError>) {
    let whole = read_in_chunks(bytes, bytes.len());
    for chunk in [1, 2, 3, 7, 64, 100] {
        assert_eq!(read_in_chunks(bytes, chunk), whole, "in chunks of {chunk}");
    }
    whole
}

/// A picture of what was read: events by action, `other`, `rejected`, `notice`, each with its line.
fn picture(text: &str) -> String {
    let (seen, finish) = read(text.as_bytes());
    finish.expect("readable");
    let words: Vec<String> = seen
        .items
        .iter()
        .map(|(place, raw, item)| {
            let (from, to) = (raw.byte as usize, (raw.byte + raw.len) as usize);
            match item {
                Item::Event(event) => {
                    let again = reread(&seen.text[from..to], raw.nth, &Context::default());
                    assert_eq!(again.as_ref(), Some(&**event));
                    format!("{}@{}", event.action, place.line)
                }
                Item::Other => format!("other@{}", place.line),
                Item::Rejected(_) => format!("rejected@{}", place.line),
                Item::Notice(_) => format!("notice@{}", place.line),
            }
        })
        .collect();
    words.join(" ")
}

fn reason(text: &str) -> String {
    let (seen, _) = read(text.as_bytes());
    let reasons: Vec<String> = seen
        .items
        .into_iter()
        .filter_map(|(_, _, item)| match item {
            Item::Rejected(reason) => Some(reason),
            _ => None,
        })
        .collect();
    reasons.join(" | ")
}

fn finish_of(text: &str) -> Finish {
    read(text.as_bytes()).1.expect("readable")
}

pub(super) fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("packs");
    encoder.finish().expect("packs")
}

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
fn a_saved_event_stream_gives_its_rows_and_notices() {
    let text = ": success\n\nevent: x\nid: 1\ndata: {\"query_id\":{\"query_id\":\"q\"}}\n\
        data: {\"warning\":{\"compile_warning\":{\"warning_message\":\"no such key\"}}}\n\n\
        data: {\"result\":{\"results\":[{\"user_data\":\"{\\\"action\\\":\\\"a\\\"}\"},{\"user_data\":\"hello\"}]}}\r\n\
        data:{\"action\":\"b\"}\n\
        data: {broken}\n\
        data: {\"result\":{\"results\":[{\"user_data\":\"{\\\"action\\\":\\\"c\\\"}\"},{\"user_data\":%s}]}}\n\
        data: {\"error\":{\"message\":\"too many\",\"code\":{\"rate_limit_reached\":{}}}}\ndata:\n\
        data: {\"result\":{\"results\":[{\"user_data\":\"{\\\"action\\\":\\\"d\\\"}\"},{\"user_da";
    assert_eq!(
        picture(text),
        "notice@6 a@8 other@8 b@9 rejected@10 c@11 rejected@11 notice@12 d@14 rejected@14"
    );
    let finish = finish_of(text);
    assert_eq!((finish.format, finish.was_cut), (Format::EventStream, true));
    let (seen, _) = read(text.as_bytes());
    let words: Vec<&str> = seen
        .items
        .iter()
        .filter_map(|(_, _, item)| match item {
            Item::Notice(words) => Some(words.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        words,
        [
            "compile warning: no such key",
            "error: too many (rate limit reached)"
        ]
    );
}

#[test]
fn a_table_has_the_event_in_a_named_column() {
    let text = "Timestamp\tSeverity\ttext\n\
        2026-03-09 10:15:30\tinfo\t{\"action\":\"a\"}\r\n\
        2026-03-09 10:15:31\tinfo\t\"{\"\"action\"\":\"\"b\"\",\"\"eventTime\"\":\"\"2026-01-01T00:00:00Z\"\"}\"\n\
        2026-03-09 10:15:32\tinfo\t{\"action\":\"c\",\"message\":\"\\\\\"quoted\\\\\"\"}\n\
        2026-03-09 10:15:33\tinfo\thello\n\n\
        2026-03-09 10:15:34\tinfo\t{\"action\":\n\
        short\n";
    assert_eq!(picture(text), "a@2 b@3 c@4 other@5 rejected@7 rejected@8");
    assert_eq!(finish_of(text).format, Format::Table);
    let (seen, _) = read(text.as_bytes());
    let Item::Event(event) = &seen.items[0].2 else {
        panic!("an event");
    };
    assert_eq!(
        event.event_time.at.map(|at| at.to_string()).as_deref(),
        Some("2026-03-09T10:15:30Z")
    );
    assert_eq!(picture("line\n{\"action\":\"a\"}\n"), "a@2");
    assert_eq!(
        picture("labels\tText\n{\"action\":\"no\"}\t{\"action\":\"a\"}\n"),
        "a@2"
    );
}

#[test]
fn a_page_or_an_error_instead_of_events_is_said_and_is_no_broken_line() {
    let error = |text: &str| read(text.as_bytes()).1.expect_err("no events");
    assert_eq!(
        error(
            "\n<!DOCTYPE html>\n<html><head><title>\n Sign in &amp; go </title></head><body>x</body></html>\n"
        ),
        PageError::HtmlPage {
            title: Some("Sign in & go".into())
        }
    );
    assert_eq!(
        error("<html><body>502</body></html>"),
        PageError::HtmlPage { title: None }
    );
    assert_eq!(
        error(
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
        ),
        PageError::ServiceError {
            message: "Access Denied (AccessDenied)".into()
        }
    );
    assert_eq!(
        error(
            r#"{"errors":[{"code":"unauthorized","message":"token expired","more_info":""}],"trace":"t","status_code":401}"#
        ),
        PageError::ServiceError {
            message: "token expired (unauthorized) (401)".into()
        }
    );
    assert_eq!(
        error(r#"{"error":"bad key","code":"E1"}"#),
        PageError::ServiceError {
            message: "bad key (E1)".into()
        }
    );
    assert_eq!(
        error(r#"{"error":{"message":"too many","code":429}}"#),
        PageError::ServiceError {
            message: "too many (429)".into()
        }
    );
    assert_eq!(
        picture("{\"error\":{\"message\":\"x\"}}\n{\"action\":\"a\"}\n"),
        "notice@1 a@2"
    );
    assert_eq!(
        picture("data: {\"error\":{\"message\":\"x\"}}\n\n"),
        "notice@1"
    );
    assert_eq!(
        picture(r#"{"warning":{"w":{}},"result":{"results":[{"action":"a"}]}}"#),
        "notice@1 a@1"
    );
    // Among other records it is one of them.
    assert_eq!(
        picture("{\"error\":\"x\"}\n{\"action\":\"a\"}\n{\"error\":\"y\"}\n"),
        "other@1 a@2 other@3"
    );
    assert_eq!(error("PAR1\u{15}\u{4}"), PageError::Parquet);
    assert!(error("PAR1").to_string().contains("Parquet"));
    for start in [
        &b"PK\x03\x04rest"[..],
        b"\xff\xfe{\0",
        b"abc\0def",
        b"\x28\xb5\x2f\xfd",
    ] {
        assert!(
            matches!(read(start).1, Err(PageError::NotText { .. })),
            "{start:?}"
        );
    }
    // Lines that only begin with a bracket are lines.
    assert_eq!(
        picture("<14>1 2020-01-01 host\n{\"action\":\"a\"}\n"),
        "rejected@1 a@2"
    );
}

#[test]
fn an_error_stays_and_keeps_what_came() {
    let mut seen = Seen::default();
    let mut reader = Reader::new(Context::default());
    let page = format!("<html><title>x</title>{}", " ".repeat(70_000));
    let error = reader.push(page.as_bytes(), &mut seen).expect_err("a page");
    assert_eq!(reader.push(b"more", &mut seen), Err(error.clone()));
    assert_eq!(reader.finish(&mut seen), Err(error));
    assert_eq!(seen.text.len(), page.len());
}

#[test]
fn nothing_at_all_is_an_empty_hour() {
    for bytes in [&b""[..], b"\n \r\n", b"\xef\xbb\xbf", &packed(b"")] {
        let (seen, finish) = read(bytes);
        let finish = finish.expect("readable");
        assert_eq!(
            (finish.format, finish.records, finish.was_cut),
            (Format::Empty, 0, false)
        );
        assert!(seen.items.is_empty());
    }
}

#[test]
fn gzip_is_told_by_its_first_bytes_and_reads_alike() {
    let text = "{\"action\":\"a\"}\n{\"action\":\"b\"}\n";
    let (plain, _) = read(text.as_bytes());
    let (unpacked, finish) = read(
        &[
            packed(&text.as_bytes()[..20]),
            packed(&text.as_bytes()[20..]),
        ]
        .concat(),
    );
    assert_eq!(unpacked, plain);
    assert!(finish.expect("readable").is_gzip);
    let (seen, finish) = read(&[&packed(text.as_bytes())[..], b"garbage"].concat());
    assert!(matches!(&seen.items[2].2, Item::Notice(words) if words.contains("no gzip")));
    assert!(!finish.expect("readable").was_cut);
}

#[test]
fn a_cut_gzip_keeps_whole_records_and_rejects_the_last() {
    let text: String = (0..5000)
        .map(|n| format!("{{\"action\":\"a\",\"n\":{}}}\n", n * 7919 % 5003))
        .collect();
    let bytes = packed(text.as_bytes());
    let (seen, finish) = read_in_chunks(&bytes[..bytes.len() / 2], 1000);
    let finish = finish.expect("what came");
    assert!(finish.was_cut && finish.records > 1000 && finish.rejected <= 1);
    assert!(matches!(seen.items.last(), Some((_, _, Item::Notice(_)))));
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

#[test]
fn a_long_list_on_one_line_is_handed_on_as_it_comes() {
    let mut seen = Seen::default();
    let mut reader = Reader::new(Context::default());
    reader
        .push(b"{\"took\":1,\"records\":[", &mut seen)
        .expect("reads");
    let element = format!("{{\"action\":\"a\",\"x\":\"{}\"}},", "y".repeat(1000));
    for n in 0..5000 {
        reader.push(element.as_bytes(), &mut seen).expect("reads");
        // After the first megabyte nothing is waited for.
        if n > 1100 {
            assert!(seen.items.len() > n - 2, "{n}");
        }
    }
    reader
        .push(b"{\"action\":\"z\"}]}", &mut seen)
        .expect("reads");
    let finish = reader.finish(&mut seen).expect("reads");
    assert_eq!(
        (finish.records, finish.rejected, finish.was_cut),
        (5001, 0, false)
    );
    assert_eq!(finish.format, Format::JsonDocument);
}

#[test]
fn a_long_frame_of_an_event_stream_is_handed_on_as_it_comes() {
    let row = r#"{"user_data":"{\"action\":\"a\"}"},"#.repeat(60_000);
    let text = format!(
        "data: {{\"result\":{{\"results\":[{row}{{\"user_data\":\"x\"}}]}}}}\ndata: {{\"action\":\"b\"}}\n"
    );
    for chunk in [1000, 100_000, text.len()] {
        let (seen, finish) = read_in_chunks(text.as_bytes(), chunk);
        let finish = finish.expect("reads");
        assert_eq!(
            (finish.records, finish.other_records, finish.rejected),
            (60_002, 1, 0)
        );
        assert_eq!(seen.items.last().map(|(place, _, _)| place.line), Some(2));
    }
}

#[test]
fn a_long_frame_that_ends_early_is_said() {
    let text = "data: {\"result\":{\"results\":[{\"action\":\"a\"},{\"action\":\"b\"},";
    for chunk in [1, 20, 1000] {
        let (_, finish) = read_long(16, text.as_bytes(), chunk);
        let finish = finish.expect("what came");
        assert_eq!(
            (finish.records, finish.rejected, finish.was_cut),
            (2, 0, true)
        );
    }
}

#[test]
fn a_record_past_the_limit_costs_itself() {
    let long = format!(
        "{{\"action\":\"long\",\"x\":\"{}\"}}",
        "y".repeat(MAX_RECORD_BYTES)
    );
    for text in [
        format!("{{\"action\":\"a\"}}\n{long}\n{{\"action\":\"b\"}}\n"),
        format!("[{{\"action\":\"a\"}},\n{long},\n{{\"action\":\"b\"}}]\n"),
    ] {
        for chunk in [1 << 20, text.len()] {
            let (seen, finish) = read_in_chunks(text.as_bytes(), chunk);
            let finish = finish.expect("reads");
            assert_eq!((finish.records, finish.rejected), (3, 1));
            let (place, raw, item) = &seen.items[1];
            assert_eq!((place.line, raw.len), (2, long.len() as u64));
            assert!(matches!(item, Item::Rejected(reason) if reason == "longer than 64 MB"));
        }
    }
}
