//! The text as it was read, kept or found again: whole records are read back from it on demand.
//! Kept text lies in LZ4 blocks; refuses to hold more than a few of them unpacked.

use std::collections::VecDeque;
use std::fmt;

/// Where records are read again. `part` is the store's number of the file or answer, `byte` counts decompressed text.
pub trait RawText {
    fn read(&mut self, part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError>;
}

/// Why a record can't be shown as received; worded for the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawError {
    /// The file on disk is not the one that was read.
    Changed {
        file: String,
    },
    Gone {
        file: String,
    },
    /// Nothing was kept and nothing can be read again.
    NotKept,
    Unreadable {
        what: String,
    },
}

impl RawError {
    /// What happened, to go on from: `events.ndjson has changed on disk since it was read`.
    pub fn what(&self) -> String {
        match self {
            RawError::Changed { file } => format!("{file} has changed on disk since it was read"),
            RawError::Gone { file } => format!("{file} can't be found on disk any more"),
            RawError::NotKept => "the text was not kept".into(),
            RawError::Unreadable { what } => format!("the text can't be read again: {what}"),
        }
    }

    /// What to do, as a sentence; empty where nothing helps.
    pub fn todo(&self) -> &'static str {
        match self {
            RawError::Changed { .. } => "Open the file again to read it anew.",
            RawError::Gone { .. } => "Put the file back, or open it again.",
            RawError::NotKept | RawError::Unreadable { .. } => "",
        }
    }
}

/// For the place of a record that can't be shown as received.
impl fmt::Display for RawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.what();
        let words = format!(
            "This record can't be shown as received: {what}. The table and the timelines still show what was read. {}",
            self.todo()
        );
        f.write_str(words.trim_end())
    }
}

/// Bytes of text in a block. A record is some 1.2 kB; a page of 60 rows touches one or two blocks.
pub const BLOCK: usize = 256 << 10;
/// Unpacked blocks kept at hand.
const AT_HAND: usize = 8;

/// One text, appended as it streams, in LZ4 blocks.
#[derive(Clone, Debug, Default)]
pub struct PackedText {
    blocks: Vec<Box<[u8]>>,
    open: Vec<u8>,
    /// Newest first.
    at_hand: VecDeque<(usize, Vec<u8>)>,
    len: u64,
    packed_bytes: usize,
}

impl PackedText {
    pub fn push(&mut self, mut text: &[u8]) {
        self.len += text.len() as u64;
        while !text.is_empty() {
            let room = BLOCK - self.open.len();
            let (now, later) = text.split_at(room.min(text.len()));
            self.open.extend_from_slice(now);
            text = later;
            if self.open.len() == BLOCK {
                self.keep(pack(&self.open));
                self.open.clear();
            }
        }
    }

    /// A block of text that was packed by [`pack`] elsewhere: [`BLOCK`] bytes, fewer only in the last one. Nothing but such
    /// came before.
    pub fn push_packed(&mut self, text: &[u8], packed: Vec<u8>) {
        debug_assert!(self.open.is_empty());
        self.len += text.len() as u64;
        self.keep(packed);
    }

    fn keep(&mut self, packed: Vec<u8>) {
        self.packed_bytes += packed.len();
        self.blocks.push(packed.into_boxed_slice());
    }

    /// Bytes of text held.
    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes it takes.
    pub fn packed_bytes(&self) -> usize {
        self.packed_bytes + self.open.capacity()
    }

    pub fn read(&mut self, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        let end = byte + u64::from(len);
        if end > self.len() {
            return Err(RawError::NotKept);
        }
        let mut out = Vec::with_capacity(len as usize);
        let mut at = byte as usize;
        while at < end as usize {
            let within = at % BLOCK;
            let block = self.block(at / BLOCK)?;
            let upto = block.len().min(within + (end as usize - at));
            out.extend_from_slice(&block[within..upto]);
            at += upto - within;
        }
        Ok(out)
    }

    fn block(&mut self, number: usize) -> Result<&[u8], RawError> {
        if number == self.blocks.len() {
            return Ok(&self.open);
        }
        match self.at_hand.iter().position(|(held, _)| *held == number) {
            Some(0) => {}
            Some(place) => {
                if let Some(found) = self.at_hand.remove(place) {
                    self.at_hand.push_front(found);
                }
            }
            None => {
                let text =
                    lz4_flex::block::decompress(&self.blocks[number], BLOCK).map_err(|error| {
                        RawError::Unreadable {
                            what: error.to_string(),
                        }
                    })?;
                self.at_hand.truncate(AT_HAND - 1);
                self.at_hand.push_front((number, text));
            }
        }
        Ok(self.at_hand.front().map_or(&[], |(_, text)| text))
    }
}

/// A block of text as it is kept.
pub fn pack(text: &[u8]) -> Vec<u8> {
    lz4_flex::block::compress(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_from_any_place_also_across_blocks() {
        let text: Vec<u8> = (0..3 * BLOCK as u32 + 100)
            .map(|n| (n % 251) as u8)
            .collect();
        let mut packed = PackedText::default();
        let (elsewhere, here) = text.split_at(BLOCK);
        packed.push_packed(elsewhere, pack(elsewhere));
        for piece in here.chunks(70_001) {
            packed.push(piece);
        }
        assert_eq!(packed.len(), text.len() as u64);
        assert!(packed.packed_bytes() < text.len() / 2);
        for at in [0, BLOCK - 10, BLOCK, 2 * BLOCK - 1, 3 * BLOCK + 40, 5] {
            let len = 60.min(text.len() - at);
            assert_eq!(
                packed.read(at as u64, len as u32),
                Ok(text[at..at + len].to_vec()),
                "{at}"
            );
        }
        assert_eq!(
            packed.read(text.len() as u64 - 1, 2),
            Err(RawError::NotKept)
        );
    }

    #[test]
    fn what_is_packed_elsewhere_is_read_to_its_end() {
        let text: Vec<u8> = (0..BLOCK as u32 + 100).map(|n| (n % 251) as u8).collect();
        let mut packed = PackedText::default();
        for block in text.chunks(BLOCK) {
            packed.push_packed(block, pack(block));
        }
        let (at, len) = (BLOCK - 10, 110);
        assert_eq!(packed.read(at as u64, len), Ok(text[at..].to_vec()));
        let beyond = packed.read(at as u64, len + 1);
        assert_eq!(beyond, Err(RawError::NotKept));
    }

    #[test]
    fn a_record_longer_than_a_block_comes_back_whole() {
        let text = vec![b'x'; 2 * BLOCK + 7];
        let mut packed = PackedText::default();
        packed.push(&text);
        assert_eq!(
            packed.read(3, 2 * BLOCK as u32),
            Ok(text[3..2 * BLOCK + 3].to_vec())
        );
    }
}
