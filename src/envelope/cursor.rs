//! Text, how much of it is consumed, and where the rest starts.

use memchr::memchr_iter;

use super::Place;

pub struct Cursor<'a> {
    text: &'a [u8],
    /// Where the unconsumed rest starts.
    pub place: Place,
    /// How much is consumed.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a [u8], place: Place) -> Self {
        Cursor { text, place, at: 0 }
    }

    /// What is not consumed yet.
    pub fn rest(&self) -> &'a [u8] {
        &self.text[self.at..]
    }

    /// Within a line.
    pub fn forward_in_line(&mut self, n: usize) {
        self.place.byte += n as u64;
        self.at += n;
    }

    pub fn forward(&mut self, n: usize) {
        let passed = &self.text[self.at..self.at + n];
        self.place.line += memchr_iter(b'\n', passed).count() as u64;
        self.place.byte += n as u64;
        self.at += n;
    }
}
