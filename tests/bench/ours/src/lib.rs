//! The library's engine as the page of the comparison calls it, and the generator of its made-up account. Built with the
//! shipped program's profile and flags, so that what is measured is what is shipped.
//!
//! Answers are plain numbers and texts, to be held against the peers'. Refuses to answer in any way that the worker
//! doesn't: each question goes through the one engine.

#[path = "../../../../benches/engine/account.rs"]
mod account;
mod questions;

use lifeline::catalogue::Catalogue;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::engine::Pending;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use wasm_bindgen::prelude::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use account::Account;
use questions::Seen;

/// The made-up account as text, piece by piece.
#[wasm_bindgen]
pub struct Text(Account);

#[wasm_bindgen]
impl Text {
    #[wasm_bindgen(constructor)]
    pub fn new(n_events: u32) -> Text {
        Text(Account::new(n_events.into()))
    }

    /// Whole lines, at least so many bytes of them; empty at the end.
    pub fn next(&mut self, n_bytes: usize) -> Vec<u8> {
        let mut lines = String::new();
        while lines.len() < n_bytes && self.0.write(&mut lines) {}
        lines.into_bytes()
    }
}

/// One store and what asks it.
#[wasm_bindgen]
pub struct Ours {
    local: Local,
    intake: Option<Intake>,
}

/// A local file's text is sliced again from the file; here no question needs it.
struct NotKept;

impl RawText for NotKept {
    fn read(&mut self, _part: u32, _byte: u64, _len: u32) -> Result<Vec<u8>, RawError> {
        Err(RawError::NotKept)
    }
}

#[wasm_bindgen]
impl Ours {
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "only JavaScript makes one")]
    pub fn new() -> Ours {
        let mut store = Store::new(Catalogue::standard(), None);
        let part = Part {
            source_name: "bench".into(),
            name: "bench.ndjson".into(),
            ..Part::default()
        };
        let intake = Intake::open(&mut store, part, Keep::WhenPacked);
        let now = || Timestamp::from_millis(questions::END_MS);
        Ours {
            local: Local::new(store, Box::new(NotKept), Clock::UTC, now),
            intake: Some(intake),
        }
    }

    /// Text as the unpacking worker passes it on: a file's own hash is made there.
    pub fn push(&mut self, text: &[u8]) -> Result<(), JsError> {
        let Some(intake) = &mut self.intake else {
            return Err(JsError::new("all was read"));
        };
        intake
            .push_text(&mut self.local.store, text, false)
            .map_err(said)
    }

    /// Nothing more comes: makes it visible and gives the number of events.
    pub fn finish(&mut self) -> Result<f64, JsError> {
        if let Some(intake) = self.intake.take() {
            intake
                .finish_text(&mut self.local.store, None, None)
                .map_err(said)?;
        }
        self.local.store.refresh();
        Ok(self.local.store.counts().totals.events as f64)
    }

    /// How many events pass.
    pub fn filter(&mut self, query: &str, from_ms: f64, to_ms: f64) -> Result<f64, JsError> {
        self.local.begin();
        match self
            .local
            .select(&Seen::new(query, from_ms, to_ms).filter())
        {
            Ok(selection) => Ok(selection.n_matching as f64),
            Err(Pending::Error(error)) => Err(said(error)),
            Err(_) => Err(JsError::new("the text would have to be read again")),
        }
    }

    /// How many events pass, then how many in each bin of the domain.
    pub fn histogram(
        &mut self,
        query: &str,
        from_ms: f64,
        to_ms: f64,
        n_bins: u32,
    ) -> Result<Vec<f64>, JsError> {
        match self.ask(&Seen::new(query, from_ms, to_ms).overview(n_bins))? {
            Answer::Overview(overview) => Ok(questions::counts(&overview)),
            _ => Err(unexpected()),
        }
    }

    /// Of each facet the number of distinct values, then the counts of the ten most frequent.
    pub fn facets(
        &mut self,
        query: &str,
        from_ms: f64,
        to_ms: f64,
        names: Vec<String>,
    ) -> Result<Vec<f64>, JsError> {
        match self.ask(&Seen::new(query, from_ms, to_ms).facets(&names))? {
            Answer::Facets(facets) => Ok(questions::tops(&facets)),
            _ => Err(unexpected()),
        }
    }

    /// Time and target of rows sorted by target.
    pub fn page(
        &mut self,
        query: &str,
        from_ms: f64,
        to_ms: f64,
        first: f64,
        count: u32,
    ) -> Result<Vec<String>, JsError> {
        match self.ask(&Seen::new(query, from_ms, to_ms).page(first as u64, count))? {
            Answer::Page(page) => Ok(questions::lines(&page)),
            _ => Err(unexpected()),
        }
    }

    /// Events, failures, first and last time of one resource: what its page asks when it opens.
    pub fn history(&mut self, id: &str) -> Result<Vec<f64>, JsError> {
        self.ask(&questions::history_rows(id))?;
        match self.ask(&questions::history(id))? {
            Answer::History(page) => Ok(questions::numbers(&page)),
            _ => Err(unexpected()),
        }
    }

    /// Resources known at an instant, and how many of them live.
    pub fn fleet(&mut self, at_ms: f64) -> Result<Vec<f64>, JsError> {
        match self.ask(&questions::fleet(at_ms))? {
            Answer::Fleet(fleet) => Ok(vec![fleet.total.into(), fleet.live.into()]),
            _ => Err(unexpected()),
        }
    }
}

impl Ours {
    fn ask(&mut self, question: &Question) -> Result<Answer, JsError> {
        self.local.answer(question).map_err(said)
    }
}

fn said(error: impl std::fmt::Debug) -> JsError {
    JsError::new(&format!("{error:?}"))
}

fn unexpected() -> JsError {
    JsError::new("another answer than was asked for")
}
