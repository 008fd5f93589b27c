//! Values too long to be looked at as a whole are read as they come.

use super::*;

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
