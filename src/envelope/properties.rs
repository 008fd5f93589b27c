//! What holds for any text: nothing panics, chunks don't matter, everything is counted.

use proptest::prelude::*;

use super::tests::{packed, read_in_chunks, read_long};
use super::*;

/// Text that looks like the sources do, whole or damaged.
fn sources() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        r#"{"action":"a","id":"1"}"#,
        r#"{"action":"b","x":[{"y":"\"]"}]}"#,
        r#"{"_line":"{\"action\":\"c\"}"}"#,
        r#"{"user_data":"{\"action\":"}"#,
        "{\n \"action\": \"d\"\n}",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        " ",
        "1",
        "null",
        "data: ",
        "\t",
        r#"{"events":["#,
        r#"{"result":{"results":["#,
        r#"{"hits":{"hits":[{"_source":"#,
        "]}",
        "]}}",
        "{\"warning\":{}}",
        "text\tline\n",
        "<",
        "\u{feff}",
        "é",
        "{\"error\":\"x\"}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_chunking_gives_the_same_items(text in sources(), chunk in 1..40_usize) {
        let whole = read_in_chunks(text.as_bytes(), text.len());
        prop_assert_eq!(read_in_chunks(text.as_bytes(), chunk), whole);
    }

    #[test]
    fn any_chunking_of_long_values_gives_the_same_items(
        text in sources(),
        chunk in 1..40_usize,
        whole_bytes in 8..100_usize,
    ) {
        let whole = read_long(whole_bytes, text.as_bytes(), text.len());
        prop_assert_eq!(read_long(whole_bytes, text.as_bytes(), chunk), whole);
    }

    #[test]
    fn gzip_of_any_chunking_gives_the_same_items(text in sources(), cut in 0..200_usize, chunk in 1..40_usize) {
        let (plain, finish) = read_in_chunks(text.as_bytes(), 1000);
        let (one, two) = text.as_bytes().split_at(cut.min(text.len()));
        let (unpacked, unpacked_finish) = read_in_chunks(&[packed(one), packed(two)].concat(), chunk);
        prop_assert_eq!(unpacked, plain);
        prop_assert_eq!(unpacked_finish.map(|f| f.records), finish.map(|f| f.records));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>, chunk in 1..40_usize) {
        let (whole, finish) = read_in_chunks(&bytes, bytes.len());
        let (seen, chunked_finish) = read_in_chunks(&bytes, chunk);
        prop_assert_eq!(seen.items, whole.items);
        prop_assert_eq!(chunked_finish, finish);
    }

    #[test]
    fn every_record_is_counted_and_every_event_reads_again(
        text in sources(),
        whole_bytes in prop::sample::select(vec![8, 50, 1000]),
    ) {
        let (seen, finish) = read_long(whole_bytes, text.as_bytes(), 1000);
        let n_of = |kind: fn(&Item) -> bool| seen.items.iter().filter(|(_, _, item)| kind(item)).count() as u64;
        if let Ok(finish) = finish {
            prop_assert_eq!(finish.records, n_of(|item| !matches!(item, Item::Notice(_))));
            prop_assert_eq!(finish.rejected, n_of(|item| matches!(item, Item::Rejected(_))));
            prop_assert_eq!(finish.other_records, n_of(|item| matches!(item, Item::Other)));
        }
        for (place, raw, item) in &seen.items {
            let before = &seen.text[..place.byte as usize];
            prop_assert_eq!(place.line, 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64);
            if let Item::Event(event) = item {
                let text = &seen.text[raw.byte as usize..(raw.byte + raw.len) as usize];
                let again = reread(text, raw.nth, &Context::default());
                prop_assert_eq!(again.as_ref(), Some(&**event));
            }
        }
    }

    #[test]
    fn a_list_reads_as_its_elements(n in 0..30_usize, blanks in "[ \n\r\t]{0,3}", chunk in 1..40_usize) {
        let elements: Vec<String> = (0..n).map(|n| format!("{{\"action\":\"{n}\"}}")).collect();
        let text = format!("[{blanks}{}{blanks}]", elements.join(&format!("{blanks},{blanks}")));
        let (seen, finish) = read_in_chunks(text.as_bytes(), chunk);
        prop_assert_eq!(finish.expect("readable").records, n as u64);
        prop_assert!(seen.items.iter().all(|(_, _, item)| matches!(item, Item::Event(_))));
    }
}

/// A list of records with nested lists and misleading texts, the place of each record, and what wraps it.
fn lists() -> impl Strategy<Value = (String, Vec<std::ops::Range<usize>>)> {
    let body = prop::sample::select(vec![
        r#""x":1"#,
        r#""x":[{"y":1},{"y":2},{"id":"n"}]"#,
        r#""x":{"y":[{"z":[1,2]},{"z":[]}]},"m":"a \"quoted\" text""#,
        r#""m":"},{\"action\":\"nested\"},{","x":null"#,
        r#""responseData":{"events":[{"action":"nested","id":"1"},{"action":"nested"}]},"m":"]}""#,
        r#""x":[[{"y":{}},{"y":{}}],[]],"action2":true"#,
    ]);
    let records = prop::collection::vec((body, any::<bool>()), 2..7);
    let layout = prop::sample::select(vec![
        ("[", ",", "]"),
        ("[\n", ",\n", "\n]\n"),
        ("{\"records\":[", ", ", "],\"total\":3}"),
        ("{\"result\":{\"results\":[\n  ", ",\n  ", "\n]}}"),
    ]);
    (records, layout, 0..3_u8).prop_map(|(records, (head, between, tail), pretty)| {
        let mut text = head.to_owned();
        let mut places = Vec::new();
        for (n, (body, is_first)) in records.into_iter().enumerate() {
            let action = format!("\"action\":\"a{n}\"");
            let (one, two) = if is_first {
                (&*action, body)
            } else {
                (body, &*action)
            };
            let mut record = format!("{{{one},{two}}}");
            if pretty > 0 && between.contains('\n') {
                let value: serde_json::Value = serde_json::from_str(&record).expect("JSON");
                record = serde_json::to_string_pretty(&value).expect("JSON");
                // Indented with the list, or not at all.
                let indent = if pretty == 1 { &between[2..] } else { "" };
                let lines = record.lines().map(|line| match pretty {
                    1 => format!("{indent}{line}"),
                    _ => line.trim_start().to_owned(),
                });
                record = lines.collect::<Vec<_>>().join("\n").trim_start().to_owned();
            }
            if n > 0 {
                text.push_str(between);
            }
            places.push(text.len()..text.len() + record.len());
            text.push_str(&record);
        }
        text.push_str(tail);
        (text, places)
    })
}

fn is_closed(text: &str) -> bool {
    let (mut scan, mut at) = (scan::Scan::default(), 0);
    loop {
        match scan.step(text.as_bytes(), at) {
            (next, scan::Step::ElementStart(_) | scan::Step::ElementEnd(_)) => at = next,
            (_, step) => return step == scan::Step::End(text.len()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn damage_inside_one_record_of_a_list_costs_that_record_and_invents_none(
        (text, places) in lists(),
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        n_lost in prop_oneof![Just(0_usize), Just(1), Just(usize::MAX)],
        put in prop_oneof![Just(""), prop::sample::select(vec!["\"", "{", "}", "[", "]", ",", ":", "\\", "x", "\n", "\u{1}"])],
        chunk in 1..200_usize,
    ) {
        let n = which.index(places.len());
        let from = at.index(places[n].len()) + places[n].start;
        // The first record's first byte tells that this is a list of records at all.
        prop_assume!(from > places[0].start);
        let to = from.saturating_add(n_lost).min(places[n].end);
        let damaged = format!("{}{put}{}", &text[..from], &text[to..]);
        let (seen, finish) = read_in_chunks(damaged.as_bytes(), chunk);
        let events: Vec<&str> = seen.items.iter().filter_map(|(_, _, item)| match item {
            Item::Event(event) => Some(&*event.action),
            _ => None,
        }).collect();
        for other in (0..places.len()).filter(|other| *other != n) {
            let action = format!("a{other}");
            // What follows a record without its brackets may close them: then it is all one record, and well formed.
            let member = format!("\"{action}\"");
            let is_inside_another = seen.items.iter().any(|(_, raw, item)| {
                let text = &damaged[raw.byte as usize..(raw.byte + raw.len) as usize];
                let is_closed = !matches!(item, Item::Rejected(_)) || is_closed(text);
                is_closed && text.contains(&member)
            });
            prop_assert!(is_inside_another, "{} is lost: {:?} of\n{}", action, events, damaged);
        }
        // Of a record that lost its end, nested events can't be told from those of the list (`recovery`, bound).
        if n_lost < 2 {
            prop_assert!(events.len() <= places.len(), "{:?} of\n{}", events, damaged);
            prop_assert!(!events.contains(&"nested"), "{:?} of\n{}", events, damaged);
        }
        let finish = finish.expect("readable");
        let is_said = finish.was_cut || finish.rejected + finish.other_records > 0;
        prop_assert!(events.len() == places.len() || is_said, "{}", damaged);
    }
}
