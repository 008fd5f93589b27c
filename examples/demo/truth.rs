//! What really was, as the simulation knows it: each server's attributes over time, and where the record falls
//! short of it. Written beside the events for tests; the page never reads it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clock::Moment;

/// The whole of `truth.json`.
#[derive(Serialize, Debug)]
pub struct Truth {
    pub version: u32,
    pub seed: u64,
    pub account: String,
    pub from: Moment,
    pub to: Moment,
    pub servers: Vec<ServerTruth>,
    /// Hours that no file covers; their events are lost.
    pub gaps: Vec<Gap>,
    pub broken: Vec<Broken>,
    pub unrecorded: Vec<Unrecorded>,
}

#[derive(Serialize, Debug)]
pub struct ServerTruth {
    /// As its events name it: a bare number or a CRN.
    pub id: String,
    pub kind: &'static str,
    pub region: &'static str,
    pub attributes: BTreeMap<String, Vec<Span>>,
}

/// One value of one attribute in `[from, to)`; a `from` of null is "before the year began".
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct Span {
    pub value: String,
    pub from: Option<Moment>,
    pub to: Option<Moment>,
}

#[derive(Serialize, Clone, Debug)]
pub struct Gap {
    pub region: &'static str,
    pub from: Moment,
    pub to: Moment,
}

/// A line that can't be read. Where it held an event of a server: which, what and when.
#[derive(Serialize, Clone, Debug)]
pub struct Broken {
    pub file: String,
    /// From 1, of the decompressed text.
    pub line: usize,
    pub server: Option<String>,
    pub action: Option<String>,
    pub time: Option<Moment>,
}

/// A change that no event records.
#[derive(Serialize, Clone, Debug)]
pub struct Unrecorded {
    pub server: String,
    pub attribute: String,
    pub value: String,
    pub time: Moment,
    pub why: &'static str,
}

/// One server's attributes as they change.
#[derive(Clone, Default, Debug)]
pub struct Life {
    attributes: BTreeMap<String, Vec<Span>>,
}

impl Life {
    /// A value that held before anything was recorded.
    pub fn inherit(&mut self, attribute: &str, value: String) {
        self.begin(attribute, value, None);
    }

    pub fn change(&mut self, attribute: &str, value: String, at: Moment) {
        self.begin(attribute, value, Some(at));
    }

    fn begin(&mut self, attribute: &str, value: String, from: Option<Moment>) {
        let spans = self.attributes.entry(attribute.to_owned()).or_default();
        if let Some(last) = spans.last_mut() {
            if last.value == value {
                return;
            }
            last.to = from;
        }
        spans.push(Span {
            value,
            from,
            to: None,
        });
    }

    pub fn attributes(&self) -> &BTreeMap<String, Vec<Span>> {
        &self.attributes
    }
}
