//! The files and answers that events came from, one part each, with what was counted while reading it.
//! Refuses to judge whether a part is complete: that is coverage's.

use crate::time::Timestamp;

/// How many rejections and notices a part keeps word for word; beyond that they are counted only.
pub const KEPT_WORDS: usize = 100_000;

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Part {
    /// Index of the source in the list of sources.
    pub source: usize,
    pub source_name: String,
    /// The file's name or address, as shown.
    pub name: String,
    /// The region its source states; `None` also for `*`.
    pub region: Option<String>,
    /// What it turned out to be: `JSON lines, gzip`.
    pub format: String,
    /// As they came, packed or not.
    pub bytes: u64,
    pub text_bytes: u64,
    pub sha256: Option<String>,
    /// Events as read, copies among them.
    pub items: u64,
    pub other_records: u64,
    pub rejected: u64,
    pub rejections: Vec<Refused>,
    pub notices: Vec<String>,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub asked_at: Option<Timestamp>,
    /// `proven`, `claimed` or `not stated`, and why.
    pub standing: String,
    /// Why it ended early.
    pub problem: Option<String>,
    /// It was read again from its start: what it counted is counted there.
    pub is_superseded: bool,
}

/// A record that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    pub line: u64,
    pub byte: u64,
    pub reason: String,
}

impl Part {
    /// events + copies + other records + rejected.
    pub fn records(&self) -> u64 {
        self.items + self.other_records + self.rejected
    }

    pub fn reject(&mut self, refused: Refused) {
        self.rejected += 1;
        if self.rejections.len() < KEPT_WORDS {
            self.rejections.push(refused);
        }
    }

    pub fn notice(&mut self, words: String) {
        if self.notices.len() < KEPT_WORDS {
            self.notices.push(words);
        }
    }

    pub fn saw(&mut self, at: Option<Timestamp>) {
        let Some(at) = at else { return };
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = Some(self.last.map_or(at, |last| last.max(at)));
    }
}
