//! Answers about files: what each came to, and what could not be read.

use crate::crossing::Crossing;

use crate::time::Timestamp;

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct SourceFile {
    pub source: usize,
    pub source_name: String,
    pub name: String,
    pub region: Option<String>,
    pub format: String,
    pub bytes: u64,
    pub text_bytes: u64,
    /// Hex; `None` while it is still read.
    pub sha256: Option<String>,
    /// `proven`, `claimed`, `not stated`, and why.
    pub standing: String,
    pub records: u64,
    pub events: u64,
    pub copies: u64,
    pub rejected: u64,
    pub other_records: u64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
    pub asked_at: Option<Timestamp>,
    pub notices: Vec<String>,
    pub problem: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Crossing)]
pub struct Rejection {
    pub file: String,
    pub line: u64,
    pub byte: u64,
    pub reason: String,
}
