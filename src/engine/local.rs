//! Answers from the store in this tab. Most answers take milliseconds; one that needs the records themselves comes in
//! slices: `try_answer` says what must be scanned for first, the owner steps the scan and asks again; the lives of all
//! resources and a file to take away are stepped likewise.

use std::fmt;
use std::rc::Rc;

use crate::coverage::Ledger;
use crate::protocol::Answer;
use crate::protocol::AskError;
use crate::protocol::Filter;
use crate::protocol::Generation;
use crate::protocol::LaneKey;
use crate::protocol::LaneSort;
use crate::protocol::Order;
use crate::protocol::Question;
use crate::query::compare::Between;
use crate::query::compared::Compared;
use crate::query::export::Writing;
use crate::query::filter::Answers;
use crate::query::filter::Held;
use crate::query::histories::Histories;
use crate::query::judgement::Judgement;
use crate::query::judgement::Judging;
use crate::query::lane_list::LaneList;
use crate::query::language;
use crate::query::language::Compiled;
use crate::query::language::Leaf;
use crate::query::language::Moment;
use crate::query::language::Parsed;
use crate::query::language::Query;
use crate::query::language::QueryError;
use crate::query::order::Ordered;
use crate::query::order::Orders;
use crate::query::recent::Recent;
use crate::query::scan::Scan;
use crate::query::selection::Passing;
use crate::query::selection::Selection;
use crate::query::tallies::Tallies;
use crate::query::values::HeldValues;
use crate::store::RawText;
use crate::store::Store;
use crate::time::Clock;
use crate::time::TimeRange;
use crate::time::Timestamp;
use crate::time::Zone;

use super::Engine;
use super::further::reread_row;

/// The store with what answering takes. Who owns it appends to `store` and states coverage in `ledger`.
pub struct Local {
    pub store: Store,
    pub ledger: Ledger,
    pub raw: Box<dyn RawText>,
    pub(super) values: HeldValues,
    answers: Answers,
    pub(super) orders: Orders,
    pub(super) histories: Histories,
    /// Of that generation; none is held while another is made.
    judgement: Option<(Generation, Rc<Judgement>)>,
    judging: Option<(Generation, Judging)>,
    /// The newest comparison of two instants, and what it was made for.
    pub(super) compared: Option<(ComparedFor, Rc<Compared>)>,
    /// The newest lists of lanes, by what they were made for.
    pub(super) lanes: Recent<LanesFor, Rc<LaneList>>,
    /// Everything held is the built-in demo account: exports say so.
    pub is_demo: bool,
    passing: Recent<(Generation, Compiled), Rc<Passing>>,
    /// By what passes.
    selections: Recent<(u64, Option<TimeRange>), Rc<Selection>>,
    pub(super) tallies: Tallies,
    n_selections: u64,
    /// Wall-clock time in [`Zone::Local`].
    local_clock: Clock,
    now: fn() -> Timestamp,
    /// What `now` means in the question at hand: it must not move between two slices of a scan.
    asked_at: Timestamp,
}

/// What a list of lanes was made for: generation, selection, range, and how it is grouped, sorted and searched.
pub(super) type LanesFor = (
    Generation,
    Option<u64>,
    Option<TimeRange>,
    LaneKey,
    LaneSort,
    String,
);

/// What a comparison was made for: generation, selection, instants, what was looked for.
pub(super) type ComparedFor = (Generation, Option<u64>, Between, String);

/// Why there is no answer yet.
#[derive(Debug)]
pub enum Pending {
    /// Records must be read for these tests first.
    Scan(Vec<Leaf>),
    /// Every resource's life must be made first.
    Lives,
    /// The account must be judged first.
    Judgement,
    /// A file must be written first: that is the answer.
    Write(Box<Writing>),
    Error(AskError),
}

impl From<AskError> for Pending {
    fn from(error: AskError) -> Self {
        Pending::Error(error)
    }
}

/// Each facet that is chosen from, and each clause by itself, takes one.
const MOST_SELECTIONS: usize = 24;
/// Records in one slice of a scan.
pub const SLICE: usize = 2_000;
/// Events in one slice of making lives.
const LIVES_SLICE: usize = 8_000;
/// Events in one slice of judging them.
const JUDGING_SLICE: usize = 16_000;

impl Local {
    pub fn new(
        store: Store,
        raw: Box<dyn RawText>,
        local_clock: Clock,
        now: fn() -> Timestamp,
    ) -> Local {
        Local {
            store,
            ledger: Ledger::default(),
            raw,
            values: HeldValues::default(),
            answers: Answers::default(),
            orders: Orders::default(),
            histories: Histories::default(),
            judgement: None,
            judging: None,
            compared: None,
            lanes: Recent::default(),
            is_demo: false,
            passing: Recent::default(),
            selections: Recent::default(),
            tallies: Tallies::default(),
            n_selections: 0,
            local_clock,
            now,
            asked_at: now(),
        }
    }

    /// A new question: `now` is read once for it.
    pub fn begin(&mut self) {
        self.asked_at = (self.now)();
    }

    /// Another store in the place of this one: other sources.
    pub fn replace(&mut self, store: Store) {
        self.store = store;
        self.ledger = Ledger::default();
        self.values = HeldValues::default();
        self.answers = Answers::default();
        self.orders = Orders::default();
        self.histories = Histories::default();
        self.judgement = None;
        self.judging = None;
        self.compared = None;
        self.lanes.clear();
        self.is_demo = false;
        self.passing.clear();
        self.selections.clear();
        self.tallies = Tallies::default();
    }

    /// Goes on with a question that was begun earlier.
    pub fn begin_at(&mut self, asked_at: Timestamp) {
        self.asked_at = asked_at;
    }

    pub fn asked_at(&self) -> Timestamp {
        self.asked_at
    }

    pub fn begin_scan(&self, leaves: Vec<Leaf>) -> Scan {
        Scan::new(&self.store, &self.answers, leaves)
    }

    /// True when all was seen; then `end_scan`.
    pub fn step_scan(&mut self, scan: &mut Scan) -> bool {
        scan.step(&self.store, self.raw.as_mut(), SLICE)
    }

    pub fn end_scan(&mut self, scan: Scan) {
        scan.keep(&mut self.answers);
    }

    /// True when every resource's life is made; a fleet or lanes need them.
    pub fn step_lives(&mut self) -> bool {
        self.histories.prepare(&self.store, LIVES_SLICE)
    }

    /// The findings of the newest generation, once they are made.
    pub fn judgement(&self) -> Option<Rc<Judgement>> {
        let (generation, judgement) = self.judgement.as_ref()?;
        (*generation == self.store.generation()).then(|| judgement.clone())
    }

    /// True when the account is judged.
    pub fn step_judging(&mut self) -> bool {
        if self.judgement().is_some() {
            return true;
        }
        let generation = self.store.generation();
        let begun = self.judging.take().filter(|(of, _)| *of == generation);
        let (_, mut judging) = begun.unwrap_or_else(|| (generation, Judging::new(&self.store)));
        if !judging.go_on(&self.store, JUDGING_SLICE) {
            self.judging = Some((generation, judging));
            return false;
        }
        let judgement = Rc::new(judging.into_judgement(&self.store));
        self.judgement = Some((generation, judgement));
        true
    }

    /// True when the file is written.
    pub fn step_writing(&mut self, writing: &mut Writing) -> bool {
        let (store, raw) = (&self.store, self.raw.as_mut());
        writing.step(store, |row| {
            reread_row(store, raw, row).map(|(_, event)| event)
        })
    }

    pub fn moment(&self, zone: Zone) -> Moment {
        Moment {
            now: self.asked_at,
            clock: match zone {
                Zone::Utc => Clock::UTC,
                Zone::Local => self.local_clock,
            },
        }
    }

    pub fn parse(&self, filter: &Filter) -> Result<Parsed, AskError> {
        language::parse(&filter.query, &Held(self.store.paths()))
            .map_err(|error| query_error(&error))
    }

    /// The rows that a filter lets pass.
    pub fn select(&mut self, filter: &Filter) -> Result<Rc<Selection>, Pending> {
        let query = self.parse(filter)?.query;
        self.select_query(&query, filter)
    }

    /// The same for a part of the filter's query.
    pub fn select_query(
        &mut self,
        query: &Query,
        filter: &Filter,
    ) -> Result<Rc<Selection>, Pending> {
        let compiled = query.compile(&self.moment(filter.zone));
        let passing = self.passing(compiled)?;
        let key = (passing.id, filter.range);
        if let Some(held) = self.selections.get(&key) {
            return Ok(held.clone());
        }
        self.n_selections += 1;
        let selection = Selection::new(self.n_selections, &self.store, passing, filter.range);
        let selection = Rc::new(selection);
        self.selections.put(key, selection.clone(), MOST_SELECTIONS);
        Ok(selection)
    }

    /// What was selected, in an order.
    pub fn ordered(&mut self, selection: &Selection, order: Order) -> Rc<Ordered> {
        let tallies = &mut self.tallies;
        self.orders.of(&self.store, tallies, selection, order)
    }

    /// What a query lets pass, whenever it happened.
    fn passing(&mut self, compiled: Compiled) -> Result<Rc<Passing>, Pending> {
        let key = (self.store.generation(), compiled);
        if let Some(held) = self.passing.get(&key) {
            return Ok(held.clone());
        }
        let matching = self.answers.matching(&self.store, &key.1);
        self.n_selections += 1;
        let places = matching.map_err(Pending::Scan)?;
        let passing = Rc::new(Passing::new(self.n_selections, places));
        self.passing.put(key, passing.clone(), MOST_SELECTIONS);
        Ok(passing)
    }

    /// What must be said beside the answer to a query.
    pub fn missed(&self, query: &Query, filter: &Filter) -> Option<String> {
        let compiled = query.compile(&self.moment(filter.zone));
        self.answers.missed(&compiled)
    }

    /// The events that a filter lets pass, in the order of time; for whoever can wait for scans.
    pub fn matching_rows(&mut self, filter: &Filter) -> Result<Vec<u32>, AskError> {
        self.begin();
        let selection = loop {
            match self.select(filter) {
                Ok(selection) => break selection,
                Err(Pending::Scan(leaves)) => self.scan_whole(leaves),
                Err(Pending::Error(error)) => return Err(error),
                // Selecting rows writes no file and asks for no life.
                Err(Pending::Write(_) | Pending::Lives | Pending::Judgement) => {
                    return Err(failed("a file stands in the way"));
                }
            }
        };
        let rows = self.store.rows();
        let places = selection.passing.places.ones_in(selection.places.clone());
        Ok(places.map(|at| rows.row_at(at)).collect())
    }

    fn scan_whole(&mut self, leaves: Vec<Leaf>) {
        let mut scan = self.begin_scan(leaves);
        while !self.step_scan(&mut scan) {}
        self.end_scan(scan);
    }
}

impl Engine for Local {
    fn generation(&self) -> Generation {
        self.store.generation()
    }

    fn answer(&mut self, question: &Question) -> Result<Answer, AskError> {
        self.begin();
        loop {
            match self.try_answer(question) {
                Ok(answer) => return Ok(answer),
                Err(Pending::Error(error)) => return Err(error),
                Err(Pending::Scan(leaves)) => self.scan_whole(leaves),
                Err(Pending::Lives) => while !self.step_lives() {},
                Err(Pending::Judgement) => while !self.step_judging() {},
                Err(Pending::Write(mut writing)) => {
                    while !self.step_writing(&mut writing) {}
                    return Ok(writing.into_answer());
                }
            }
        }
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local")
            .field("generation", &self.store.generation())
            .finish_non_exhaustive()
    }
}

pub fn failed(message: &str) -> AskError {
    AskError::Failed {
        message: message.to_owned(),
    }
}

pub fn query_error(error: &QueryError) -> AskError {
    AskError::Query {
        at: error.char_at as u32,
        len: error.n_chars as u32,
        message: error.problem.to_string(),
        mend: error.mend.clone(),
    }
}
