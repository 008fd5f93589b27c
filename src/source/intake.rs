//! One file or answer on its way into the store: bytes in, events appended, everything else counted on its part.
//! Refuses to wait for the end: what came is in the store as soon as it was pushed.

use std::cell::RefCell;
use std::rc::Rc;

use crate::cadf::EventRef;
use crate::envelope::Context;
use crate::envelope::FORMATS;
use crate::envelope::Finish;
use crate::envelope::Format;
use crate::envelope::Item;
use crate::envelope::PageError;
use crate::envelope::Place;
use crate::envelope::RawSpan;
use crate::envelope::Reader;
use crate::envelope::Sink;
use crate::envelope::Unpacked;
use crate::store::PackedText;
use crate::store::Part;
use crate::store::RawRef;
use crate::store::Refused;
use crate::store::Store;

use super::unpacking::Arrived;
use super::unpacking::Unpacking;

/// Whether the text is kept so that records can be shown as received.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keep {
    /// Fetched: it can't be had again.
    Always,
    /// A local file: plain text is sliced again from it, unpacked text is kept.
    WhenPacked,
    /// It is read a second time when needed.
    Never,
}

/// Text that is kept, readable while it still grows.
pub type SharedText = Rc<RefCell<PackedText>>;

pub struct Intake {
    part: u32,
    reader: Reader,
    unpacking: Unpacking,
    bytes: u64,
    keep: Keep,
    text: Option<SharedText>,
}

impl Intake {
    /// Opens a new part of the store. `part.name` is the file's name with its folders.
    pub fn open(store: &mut Store, part: Part, keep: Keep) -> Intake {
        let context = Context {
            source_region: part.region.clone(),
            file_name: part.name.clone(),
        };
        Intake {
            part: store.add_part(part),
            reader: Reader::new(context),
            unpacking: Unpacking::default(),
            bytes: 0,
            keep,
            text: (keep == Keep::Always).then(SharedText::default),
        }
    }

    pub fn part(&self) -> u32 {
        self.part
    }

    /// Bytes as they came.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The text that is kept. Whether there is one is known after the first two bytes.
    pub fn text(&self) -> Option<SharedText> {
        self.text.clone()
    }

    /// An error ends this part; what came before it stays.
    pub fn push(&mut self, store: &mut Store, bytes: &[u8]) -> Result<(), PageError> {
        let mut unpacking = std::mem::take(&mut self.unpacking);
        let result = unpacking.push(bytes, &mut |text, is_packed| {
            self.push_text(store, text, is_packed)
        });
        self.note_bytes(store, unpacking.bytes());
        self.unpacking = unpacking;
        result
    }

    /// The same with text that is unpacked elsewhere. `was_packed`: it was.
    pub fn push_text(
        &mut self,
        store: &mut Store,
        text: &[u8],
        was_packed: bool,
    ) -> Result<(), PageError> {
        if was_packed && self.keep == Keep::WhenPacked {
            self.text.get_or_insert_default();
        }
        self.read(store, text, self.text.clone())
    }

    /// The same with a block of text that was packed, and is packed again to be kept ([`crate::store::raw_text::pack`]).
    pub fn push_block(
        &mut self,
        store: &mut Store,
        text: &[u8],
        block: Vec<u8>,
    ) -> Result<(), PageError> {
        let kept = self.text.get_or_insert_default();
        kept.borrow_mut().push_packed(text, block);
        self.read(store, text, None)
    }

    fn read(
        &mut self,
        store: &mut Store,
        text: &[u8],
        kept: Option<SharedText>,
    ) -> Result<(), PageError> {
        let mut sink = Into {
            store,
            part: self.part,
            text: kept,
        };
        self.reader.push_text(text, &mut sink)
    }

    /// Says on the part how many bytes came so far.
    pub fn note_bytes(&mut self, store: &mut Store, bytes: u64) {
        self.bytes = bytes;
        if let Some(part) = store.part_mut(self.part) {
            part.bytes = bytes;
        }
    }

    /// Says on the part what it came to. `problem`: why the bytes ended early.
    pub fn finish(mut self, store: &mut Store, problem: Option<String>) -> Finished {
        let unpacking = std::mem::take(&mut self.unpacking);
        let arrived =
            unpacking.finish(&mut |text, is_packed| self.push_text(store, text, is_packed));
        Finished {
            part: self.part,
            sha256: arrived.sha256,
            end: self.finish_text(store, Some(arrived), problem),
        }
    }

    /// The same where the text was unpacked elsewhere; nothing `arrived` where that was stopped.
    pub fn finish_text(
        mut self,
        store: &mut Store,
        arrived: Option<Arrived>,
        problem: Option<String>,
    ) -> Result<Finish, PageError> {
        let mut sha256 = None;
        let mut unpacked = Ok(Unpacked::default());
        if let Some(arrived) = arrived {
            self.note_bytes(store, arrived.bytes);
            sha256 = Some(hex(&arrived.sha256));
            unpacked = arrived.unpacked;
        }
        let mut sink = Into {
            store,
            part: self.part,
            text: self.text.clone(),
        };
        let end = self.reader.finish_text(unpacked, &mut sink);
        if let Some(part) = store.part_mut(self.part) {
            part.sha256 = sha256;
            part.problem = match (&end, problem) {
                (Err(error), _) => Some(sentence(&error.to_string())),
                (Ok(_), problem) => problem,
            };
            if let Ok(finish) = &end {
                part.format = format_words(finish);
            }
        }
        end
    }
}

#[derive(Debug)]
pub struct Finished {
    pub part: u32,
    pub end: Result<Finish, PageError>,
    pub sha256: [u8; 32],
}

struct Into<'a> {
    store: &'a mut Store,
    part: u32,
    text: Option<SharedText>,
}

impl Sink for Into<'_> {
    fn text(&mut self, chunk: &[u8]) {
        if let Some(text) = &self.text {
            text.borrow_mut().push(chunk);
        }
        if let Some(part) = self.store.part_mut(self.part) {
            part.text_bytes += chunk.len() as u64;
        }
    }

    fn event(&mut self, place: Place, raw: RawSpan, event: &EventRef) -> bool {
        let raw = RawRef {
            part: self.part,
            byte: raw.byte,
            len: u32::try_from(raw.len).unwrap_or(u32::MAX),
            nth: u32::from(raw.nth),
            line: place.line,
        };
        self.store.append(event, raw);
        true
    }

    fn item(&mut self, place: Place, raw: RawSpan, item: Item) {
        if let Item::Event(event) = &item {
            self.event(place, raw, &event.lend());
            return;
        }
        let Some(part) = self.store.part_mut(self.part) else {
            return;
        };
        match item {
            Item::Event(_) => {}
            Item::Other => part.other_records += 1,
            Item::Rejected(reason) => part.reject(Refused {
                line: place.line,
                byte: place.byte,
                reason,
            }),
            Item::Notice(words) => part.notice(words),
        }
    }
}

/// `JSON lines, gzip; hosted event search, export v1`.
fn format_words(finish: &Finish) -> String {
    let mut words = match finish.format {
        Format::Empty => "empty",
        Format::JsonLines => "JSON lines",
        Format::JsonDocument => "JSON document",
        Format::EventStream => "event stream",
        Format::Table => "table",
    }
    .to_owned();
    if finish.is_gzip {
        words.push_str(", gzip");
    }
    if finish.was_cut {
        words.push_str(", cut short");
    }
    for (wrapper, _) in FORMATS
        .iter()
        .zip(&finish.wrappers)
        .filter(|(_, n)| **n > 0)
    {
        words.push_str("; ");
        words.push_str(wrapper.name);
    }
    words
}

/// First letter in upper case, a full stop at the end.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let stop = if words.ends_with('.') { "" } else { "." };
    format!("{}{}{stop}", first.to_ascii_uppercase(), letters.as_str())
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
