//! Bytes to text, however they are packed: the part of reading that can run beside the rest, in a thread or worker of its
//! own. Refuses to look at the text.

use crate::crossing::Crossing;

use super::PageError;
use super::gzip::End;
use super::gzip::Gunzip;
use super::gzip::MAGIC;
use super::gzip::Output;

/// Push a source's bytes as they come, then finish.
#[derive(Default)]
pub struct Unpacker {
    /// Too few bytes yet to tell gzip from text.
    head: Vec<u8>,
    input: Option<Input>,
}

enum Input {
    Plain,
    Gzip(Box<Gunzip>),
}

/// What is known of a source's packing once its text is complete.
#[derive(Clone, PartialEq, Eq, Debug, Default, Crossing)]
pub struct Unpacked {
    pub is_gzip: bool,
    /// The last member is unfinished or damaged.
    pub is_cut: bool,
    /// How it ended, where that is worth a word.
    pub words: Option<String>,
}

impl Unpacker {
    /// Whether it is gzip, as far as that is known: it is before the first text is given.
    pub fn is_gzip(&self) -> bool {
        matches!(self.input, Some(Input::Gzip(_)))
    }

    /// An error ends the source.
    pub fn push(&mut self, bytes: &[u8], out: Output) -> Result<(), PageError> {
        if self.input.is_none() && !self.tell(bytes) {
            self.head.extend_from_slice(bytes);
            return Ok(());
        }
        let head = std::mem::take(&mut self.head);
        self.unpack(&head, out)?;
        self.unpack(bytes, out)
    }

    /// Tells what comes from its first bytes; whether these were enough.
    pub fn tell(&mut self, bytes: &[u8]) -> bool {
        let mut start = self.head.iter().chain(bytes);
        let is_gzip = MAGIC.iter().all(|byte| start.next() == Some(byte));
        if self.input.is_none() && self.head.len() + bytes.len() >= MAGIC.len() {
            self.input = Some(match is_gzip {
                true => Input::Gzip(Box::default()),
                false => Input::Plain,
            });
        }
        self.input.is_some()
    }

    fn unpack(&mut self, bytes: &[u8], out: Output) -> Result<(), PageError> {
        match &mut self.input {
            Some(Input::Gzip(gunzip)) => gunzip.push(bytes, out),
            _ if bytes.is_empty() => Ok(()),
            _ => out(bytes),
        }
    }

    pub fn finish(&mut self, out: Output) -> Result<Unpacked, PageError> {
        let head = std::mem::take(&mut self.head);
        self.unpack(&head, out)?;
        let end = match &mut self.input {
            Some(Input::Gzip(gunzip)) => gunzip.finish(),
            _ => End::default(),
        };
        Ok(Unpacked {
            is_gzip: self.is_gzip(),
            is_cut: end.is_cut,
            words: end.words,
        })
    }
}
