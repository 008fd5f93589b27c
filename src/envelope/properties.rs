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
