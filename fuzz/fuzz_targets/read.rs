//! Any bytes through every container and wrapper: whatever the chunks, the same items; all counted; every event reads
//! again from its raw text; every place is true.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lifeline::envelope::Context;
use lifeline::envelope::Finish;
use lifeline::envelope::Item;
use lifeline::envelope::PageError;
use lifeline::envelope::Place;
use lifeline::envelope::RawSpan;
use lifeline::envelope::Reader;
use lifeline::envelope::Sink;
use lifeline::envelope::reread;

#[derive(Default, PartialEq, Debug)]
struct Seen {
    text: Vec<u8>,
    items: Vec<(Place, RawSpan, Item)>,
}

impl Sink for Seen {
    fn text(&mut self, chunk: &[u8]) {
        self.text.extend_from_slice(chunk);
    }

    fn item(&mut self, place: Place, raw: RawSpan, item: Item) {
        self.items.push((place, raw, item));
    }
}

fn read(bytes: &[u8], chunk: usize) -> (Seen, Result<Finish, PageError>) {
    let mut reader = Reader::new(Context::default());
    let mut seen = Seen::default();
    for chunk in bytes.chunks(chunk) {
        if let Err(error) = reader.push(chunk, &mut seen) {
            return (seen, Err(error));
        }
    }
    let finish = reader.finish(&mut seen);
    (seen, finish)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&chunk, bytes)) = bytes.split_first() else {
        return;
    };
    let (whole, finish) = read(bytes, bytes.len().max(1));
    let (seen, chunked) = read(bytes, usize::from(chunk).max(1));
    assert_eq!(seen.items, whole.items);
    assert_eq!(chunked, finish);
    if let Ok(finish) = finish {
        let n_of = |kind: fn(&Item) -> bool| {
            let items = whole.items.iter();
            items.filter(|(_, _, item)| kind(item)).count() as u64
        };
        assert_eq!(
            finish.records,
            n_of(|item| !matches!(item, Item::Notice(_)))
        );
        assert_eq!(
            finish.rejected,
            n_of(|item| matches!(item, Item::Rejected(_)))
        );
        assert_eq!(finish.other_records, n_of(|item| *item == Item::Other));
        assert_eq!(finish.text_bytes, whole.text.len() as u64);
    }
    for (place, raw, item) in &whole.items {
        let before = &whole.text[..place.byte as usize];
        let lines = before.iter().filter(|byte| **byte == b'\n').count() as u64;
        assert_eq!(place.line, lines + 1);
        if let Item::Event(event) = item {
            let text = &whole.text[raw.byte as usize..(raw.byte + raw.len) as usize];
            let again = reread(text, raw.nth, &Context::default());
            assert_eq!(again.as_ref(), Some(&**event));
        }
    }
});
