//! How text is cut into records, whatever its chunks. Here: reading in every chunking, and pictures of what was read.

mod lines;
mod lists;
mod long;
mod streams;

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
