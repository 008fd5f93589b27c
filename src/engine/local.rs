//! Answers from the store in this tab. Most answers take milliseconds; one that needs the records themselves comes in
//! slices: `try_answer` says what must be scanned for first, the owner steps the scan and asks again.

use std::fmt;
use std::rc::Rc;

use crate::cadf::Event;
use crate::coverage::Ledger;
use crate::envelope::reread;
use crate::protocol::Answer;
use crate::protocol::AskError;
use crate::protocol::Column;
use crate::protocol::ExportFormat;
use crate::protocol::Filter;
use crate::protocol::Generation;
use crate::protocol::Order;
use crate::protocol::Question;
use crate::protocol::RowId;
use crate::query::complete::complete;
use crate::query::detail;
use crate::query::export;
use crate::query::filter::Answers;
use crate::query::filter::Held;
use crate::query::fleet;
use crate::query::histories::Histories;
use crate::query::history_page::history_page;
use crate::query::lanes;
use crate::query::language;
use crate::query::language::Leaf;
use crate::query::language::Moment;
use crate::query::language::Parsed;
use crate::query::language::Query;
use crate::query::language::QueryError;
use crate::query::page;
use crate::query::row::row_view;
use crate::query::scan::Scan;
use crate::query::scan::context_of;
use crate::query::selection::Orders;
use crate::query::selection::Selection;
use crate::query::selection::in_range;
use crate::query::sources;
use crate::query::values::HeldValues;
use crate::store::RawError;
use crate::store::RawText;
use crate::store::Store;
use crate::time::Clock;
use crate::time::Timestamp;
use crate::time::Zone;

use super::Engine;
use super::asked;
use super::overview;
use super::resource;
use super::summary::summary_text;

/// The store with what answering takes. Who owns it appends to `store` and states coverage in `ledger`.
pub struct Local {
    pub store: Store,
    pub ledger: Ledger,
    pub raw: Box<dyn RawText>,
    pub(super) values: HeldValues,
    answers: Answers,
    orders: Orders,
    histories: Histories,
    /// Everything held is the built-in demo account: exports say so.
    pub is_demo: bool,
    selections: Vec<(String, Rc<Selection>)>,
    n_selections: u64,
    /// Wall-clock time in [`Zone::Local`].
    local_clock: Clock,
    now: fn() -> Timestamp,
    /// What `now` means in the question at hand: it must not move between two slices of a scan.
    asked_at: Timestamp,
}

/// Why there is no answer yet.
#[derive(Debug)]
pub enum Pending {
    /// Records must be read for these tests first.
    Scan(Vec<Leaf>),
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
            is_demo: false,
            selections: Vec::new(),
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
        self.is_demo = false;
        self.selections.clear();
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
        let key = format!(
            "{} {:?} {:?} {:?}",
            self.store.generation(),
            compiled.root,
            compiled.leaves,
            filter.range
        );
        if let Some(at) = self.selections.iter().position(|held| held.0 == key) {
            let held = self.selections.remove(at);
            let selection = held.1.clone();
            self.selections.push(held);
            return Ok(selection);
        }
        let passing = self
            .answers
            .matching(&self.store, &compiled)
            .map_err(Pending::Scan)?;
        self.n_selections += 1;
        let selection = Selection::new(self.n_selections, &self.store, passing, filter.range);
        let selection = Rc::new(selection);
        if self.selections.len() == MOST_SELECTIONS {
            self.selections.remove(0);
        }
        self.selections.push((key, selection.clone()));
        Ok(selection)
    }

    /// The events that a filter lets pass, in the order of time; for whoever can wait for scans.
    pub fn matching_rows(&mut self, filter: &Filter) -> Result<Vec<u32>, AskError> {
        self.begin();
        let selection = self.wait_for(|local| local.select(filter))?;
        let passes = |row: &u32| selection.matching.get(*row as usize);
        Ok(self
            .store
            .by_time()
            .iter()
            .copied()
            .filter(passes)
            .collect())
    }

    /// Scans until there is an answer.
    fn wait_for<T>(
        &mut self,
        mut answer: impl FnMut(&mut Local) -> Result<T, Pending>,
    ) -> Result<T, AskError> {
        loop {
            match answer(self) {
                Ok(answer) => return Ok(answer),
                Err(Pending::Error(error)) => return Err(error),
                Err(Pending::Scan(leaves)) => {
                    let mut scan = self.begin_scan(leaves);
                    while !self.step_scan(&mut scan) {}
                    self.end_scan(scan);
                }
            }
        }
    }

    /// An answer, or what must be scanned for before there is one. `begin` comes first, once.
    pub fn try_answer(&mut self, question: &Question) -> Result<Answer, Pending> {
        match question {
            Question::Overview {
                filter,
                domain,
                bins,
            } => overview::overview(self, filter, *domain, *bins).map(Answer::Overview),
            Question::Page {
                filter,
                order,
                first,
                count,
            } => {
                let selection = self.select(filter)?;
                let ordered = self.orders.of(&self.store, &selection, *order);
                Ok(Answer::Page(page::page(
                    &self.store,
                    &ordered,
                    *first,
                    *count,
                )))
            }
            Question::Find {
                filter,
                order,
                event,
                hash,
            } => self.find(filter, *order, event, hash.as_deref()),
            Question::Step {
                filter,
                order,
                from,
                step,
                backward,
            } => {
                let selection = self.select(filter)?;
                let ordered = self.orders.of(&self.store, &selection, *order);
                let from = from.map(|row| row.0);
                if let Some(row) = from {
                    self.check_row(row)?;
                }
                let stepped = page::step(&self.store, &selection, &ordered, from, *step, *backward);
                Ok(Answer::Stepped(stepped))
            }
            Question::Facets {
                filter,
                names,
                values,
                search,
            } => asked::facets(self, filter, names, *values, search),
            Question::Detail { row } => {
                self.check_row(row.0)?;
                let record = self.record(row.0);
                self.histories.renew(&self.store);
                let detail = detail::detail(&self.store, &self.histories, row.0, record);
                Ok(Answer::Detail(Box::new(detail)))
            }
            Question::Complete {
                filter,
                cursor,
                limit,
            } => {
                let in_range = in_range(&self.store, filter.range);
                let text = &filter.query;
                let offered = complete(&self.store, &in_range, text, *cursor, *limit);
                Ok(Answer::Complete(offered))
            }
            Question::Lanes {
                filter,
                window,
                by,
                sort,
                first,
                count,
                find,
            } => {
                let matching = self.matching_ever(filter)?;
                let matches = matching.as_ref().map(passes);
                self.histories.renew(&self.store);
                Ok(Answer::Lanes(lanes::lanes(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    &lanes::Ask {
                        window: *window,
                        range: filter.range,
                        by: *by,
                        sort: *sort,
                        first: *first,
                        count: *count,
                        find,
                    },
                    matches
                        .as_ref()
                        .map(|matches| matches as &dyn Fn(u32) -> bool),
                )))
            }
            Question::Fleet {
                filter,
                at,
                strip,
                include_ended,
                sort,
                descending,
                find,
                first,
                count,
            } => {
                let matching = self.matching_ever(filter)?;
                let matches = matching.as_ref().map(passes);
                self.histories.renew(&self.store);
                Ok(Answer::Fleet(fleet::fleet(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    &fleet::Ask {
                        at: *at,
                        strip: *strip,
                        include_ended: *include_ended,
                        sort: *sort,
                        descending: *descending,
                        find,
                        first: *first,
                        count: *count,
                    },
                    matches
                        .as_ref()
                        .map(|matches| matches as &dyn Fn(u32) -> bool),
                )))
            }
            Question::History { id, kind, zone: _ } => {
                let resource = resource::find(&self.store, id, *kind)?;
                self.histories.renew(&self.store);
                let row_view = |row| row_view(&self.store, row);
                Ok(Answer::History(Box::new(history_page(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    resource,
                    &row_view,
                ))))
            }
            Question::Sources => Ok(Answer::Sources(sources::sources(&self.store))),
            Question::Rejections { first, count } => {
                let (total, rejections) = sources::rejections(&self.store, *first, *count);
                Ok(Answer::Rejections { total, rejections })
            }
            Question::Summary => Ok(Answer::Summary(summary_text(&self.store))),
            Question::Export {
                filter,
                order,
                format,
                columns,
            } => {
                let selection = self.select(filter)?;
                let ordered = self.orders.of(&self.store, &selection, *order);
                Ok(self.export(filter, &ordered, *format, columns))
            }
        }
    }

    /// What the query alone lets pass, at any time; `None`: everything.
    fn matching_ever(&mut self, filter: &Filter) -> Result<Option<Rc<Selection>>, Pending> {
        let query = self.parse(filter)?.query;
        if query.is_all() {
            return Ok(None);
        }
        let ever = Filter {
            range: None,
            ..filter.clone()
        };
        self.select_query(&query, &ever).map(Some)
    }

    fn check_row(&self, row: u32) -> Result<(), AskError> {
        if (row as usize) < self.store.rows().len() {
            return Ok(());
        }
        Err(AskError::NotFound {
            message: "This event is not held any more: other sources were opened.".into(),
            candidates: Vec::new(),
        })
    }

    /// A row's record as received, and the event read from it again.
    pub fn record(&mut self, row: u32) -> Result<(String, Event), RawError> {
        let place = self.store.rows().raw(row as usize);
        let text = self.raw.read(place.part, place.byte, place.len)?;
        let context = context_of(&self.store, place.part);
        let event = reread(&text, place.nth as u16, &context).ok_or(RawError::Unreadable {
            what: "what stands in its place is another text".into(),
        })?;
        Ok((String::from_utf8_lossy(&text).into_owned(), event))
    }

    fn find(
        &mut self,
        filter: &Filter,
        order: Order,
        event: &str,
        hash: Option<&str>,
    ) -> Result<Answer, Pending> {
        let held = self.store.named(event);
        let hash = hash.map(|hash| hash.trim_start_matches('#').to_lowercase());
        let is_it = |row: &&u32| {
            hash.as_ref().is_none_or(|hash| {
                let held = format!("{:032x}", self.store.rows().short_hash(**row as usize));
                let n = held.len().min(hash.len());
                held.as_bytes()[..n] == hash.as_bytes()[..n]
            })
        };
        let Some(&row) = held.iter().find(is_it) else {
            let message = if held.is_empty() {
                format!("The event {event} is not held. It may lie in a source that is not open.")
            } else {
                format!("The event {event} is held, with other content than the link names.")
            };
            return Err(AskError::NotFound {
                message,
                candidates: Vec::new(),
            }
            .into());
        };
        let selection = self.select(filter)?;
        let ordered = self.orders.of(&self.store, &selection, order);
        let is_shown = selection.matching.get(row as usize);
        Ok(Answer::Found {
            row: RowId(row),
            position: is_shown.then(|| page::position(&ordered, row)).flatten(),
            time: self.store.rows().time(row as usize),
        })
    }

    fn export(
        &mut self,
        filter: &Filter,
        ordered: &[u32],
        format: ExportFormat,
        columns: &[Column],
    ) -> Answer {
        let about = export::About {
            as_of: self.asked_at,
            is_demo: self.is_demo,
            query: &filter.query,
            clock: self.moment(filter.zone).clock,
        };
        let (extension, media_type, text) = match format {
            ExportFormat::Csv => {
                let text = export::csv(&self.store, ordered, columns, &about);
                ("csv", "text/csv;charset=utf-8", text)
            }
            ExportFormat::Ndjson => {
                let (store, raw) = (&self.store, &mut self.raw);
                let text = export::ndjson(store, ordered, &about, |row| {
                    let place = store.rows().raw(row as usize);
                    let text = raw.read(place.part, place.byte, place.len)?;
                    reread(&text, place.nth as u16, &context_of(store, place.part)).ok_or_else(
                        || RawError::Unreadable {
                            what: "what stands in its place is another text".into(),
                        },
                    )
                });
                ("ndjson", "application/x-ndjson", text)
            }
        };
        let demo = if self.is_demo { "demo-" } else { "" };
        let as_of = self.asked_at.to_string();
        let as_of = as_of
            .split('.')
            .next()
            .unwrap_or("")
            .replace([':', '-'], "");
        Answer::Export {
            file_name: format!(
                "lifeline-{demo}events-as-of-{}.{extension}",
                as_of.trim_end_matches('Z')
            ),
            media_type: media_type.into(),
            text,
        }
    }
}

/// Does a row pass what was selected?
fn passes(selection: &Rc<Selection>) -> impl Fn(u32) -> bool + use<> {
    let selection = selection.clone();
    move |row| selection.matching.get(row as usize)
}

impl Engine for Local {
    fn generation(&self) -> Generation {
        self.store.generation()
    }

    fn answer(&mut self, question: &Question) -> Result<Answer, AskError> {
        self.begin();
        self.wait_for(|local| local.try_answer(question))
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
