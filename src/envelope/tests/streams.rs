//! Event streams, tables, pages in place of events, gzip: the other containers.

use super::*;

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
    // What tells nothing leaves it the whole answer.
    assert_eq!(
        error("{\"error\":{\"message\":\"x\"}}\n{\"query_id\":\"7\"}\n"),
        PageError::ServiceError {
            message: "x".into()
        }
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
