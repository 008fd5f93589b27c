//! The questions that come when somebody does something: finds the rows, hands them to the view in `query` that shapes
//! them. None of this is in what a first visit downloads (`scripts/rare.txt`).

use std::rc::Rc;

use crate::cadf::Event;
use crate::cadf::event::hash_name;
use crate::envelope::reread;
use crate::protocol::Answer;
use crate::protocol::AskError;
use crate::protocol::Filter;
use crate::protocol::FleetSort;
use crate::protocol::LaneKey;
use crate::protocol::LaneSort;
use crate::protocol::Order;
use crate::protocol::Question;
use crate::protocol::RowId;
use crate::query::compare::Between;
use crate::query::compared::Compared;
use crate::query::compared::compared;
use crate::query::compared::comparison;
use crate::query::detail;
use crate::query::finding_list;
use crate::query::fleet;
use crate::query::history_page::history_page;
use crate::query::history_page::history_rows;
use crate::query::judgement::Judgement;
use crate::query::lane_list;
use crate::query::lane_list::LaneList;
use crate::query::lanes;
use crate::query::lanes_short;
use crate::query::page;
use crate::query::related::related;
use crate::query::scan::context_of;
use crate::query::selection::Selection;
use crate::query::sources;
use crate::store::RawError;
use crate::store::RawText;
use crate::store::Store;

use super::asked;
use super::local::Local;
use super::local::Pending;
use super::resource;
use super::summary::summary_text;

/// Those that a search for lanes narrows, and all of them for the pinned ones.
const MOST_LANE_LISTS: usize = 2;

impl Local {
    /// [`Local::try_answer`] for everything that it doesn't answer itself.
    #[inline(never)]
    pub(super) fn answer_further(&mut self, question: &Question) -> Result<Answer, Pending> {
        match question {
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
                let ordered = self.ordered(&selection, *order);
                let from = from.map(|row| row.0);
                if let Some(row) = from {
                    self.check_row(row)?;
                }
                let stepped = page::step(&self.store, &ordered, from, *step, *backward);
                Ok(Answer::Stepped(stepped))
            }
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
            } => asked::complete(self, filter, *cursor, *limit),
            Question::Lanes {
                filter,
                window,
                by,
                sort,
                first,
                count,
                slots,
                find,
            } => {
                let list = self.lane_list(filter, *by, *sort, find)?;
                let judgement = self.judgement();
                let sight = lanes::Sight {
                    window: *window,
                    first: *first,
                    count: *count,
                    slots: *slots,
                };
                Ok(Answer::Lanes(lanes::lanes(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    judgement.as_deref(),
                    &list,
                    sight,
                )))
            }
            Question::PinnedLanes {
                filter,
                window,
                by,
                sort,
                keys,
                slots,
            } => {
                let list = self.lane_list(filter, *by, *sort, "")?;
                let judgement = self.judgement();
                let sight = lanes::Sight {
                    window: *window,
                    first: 0,
                    count: 0,
                    slots: *slots,
                };
                Ok(Answer::Lanes(lanes::lanes_of_keys(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    judgement.as_deref(),
                    &list,
                    keys,
                    sight,
                )))
            }
            Question::LaneOf {
                filter,
                window,
                by,
                sort,
                find,
                row,
            } => {
                self.check_row(row.0)?;
                let list = self.lane_list(filter, *by, *sort, find)?;
                let lane = lanes::lane_of(&self.store, &list, *window, row.0);
                Ok(Answer::LaneOf(lane))
            }
            Question::LanesShort {
                filter,
                window,
                by,
                sort,
                find,
                bands,
                parts,
            } => {
                let list = self.lane_list(filter, *by, *sort, find)?;
                let ask = lanes_short::Ask {
                    window: *window,
                    bands: *bands,
                    parts: *parts,
                };
                let (store, histories) = (&self.store, &self.histories);
                let short = lanes_short::lanes_short(store, histories, &self.ledger, &list, ask);
                Ok(Answer::LanesShort(short))
            }
            Question::Related {
                filter,
                by,
                sort,
                find,
                row,
            } => {
                self.check_row(row.0)?;
                let list = self.lane_list(filter, *by, *sort, find)?;
                Ok(Answer::Related(related(&self.store, &list, row.0)))
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
                self.wait_for_lives()?;
                let judgement = match sort {
                    FleetSort::Findings => Some(self.wait_for_judgement()?),
                    _ => self.judgement(),
                };
                let matches = matching.as_ref().map(|those| passes(&self.store, those));
                Ok(Answer::Fleet(fleet::fleet(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    judgement.as_deref(),
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
            Question::Compare {
                filter,
                from,
                to,
                kind,
                find,
                first,
                count,
            } => {
                let compared = self.compare(filter, Between::new(*from, *to), find)?;
                Ok(Answer::Compared(Box::new(comparison(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    &compared,
                    *kind,
                    (*first, *count),
                ))))
            }
            Question::History { id, kind } => {
                let ix = resource::find(&self.store, id, *kind)?;
                self.histories.renew(&self.store);
                let judgement = self.judgement();
                let (store, histories) = (&self.store, &self.histories);
                let page = history_page(store, histories, &self.ledger, judgement.as_deref(), ix);
                Ok(Answer::History(Box::new(page)))
            }
            Question::HistoryRows {
                id,
                kind,
                first,
                count,
            } => {
                let ix = resource::find(&self.store, id, *kind)?;
                self.histories.renew(&self.store);
                let rows = history_rows(&self.store, &self.histories, ix, *first, *count);
                Ok(Answer::HistoryRows(rows))
            }
            Question::Judge => {
                let judgement = self.wait_for_judgement()?;
                Ok(Answer::Judged(judgement.iter().count() as u32))
            }
            Question::Findings {
                filter,
                kinds,
                least,
                firm_only,
                first,
                count,
            } => {
                let selection = self.select(filter)?;
                let judgement = self.wait_for_judgement()?;
                self.histories.renew(&self.store);
                let ask = finding_list::Ask {
                    kinds,
                    least: *least,
                    firm_only: *firm_only,
                    first: *first,
                    count: *count,
                };
                Ok(Answer::Findings(finding_list::findings(
                    &self.store,
                    &self.histories,
                    &self.ledger,
                    &judgement,
                    &selection,
                    &ask,
                )))
            }
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
                let writing = asked::export(self, filter, *order, *format, columns)?;
                Err(Pending::Write(Box::new(writing)))
            }
            Question::Overview { .. }
            | Question::Page { .. }
            | Question::Facets { .. }
            | Question::Sources => self.try_answer(question),
        }
    }

    /// The lanes in their order; kept while only the window moves.
    fn lane_list(
        &mut self,
        filter: &Filter,
        by: LaneKey,
        sort: LaneSort,
        find: &str,
    ) -> Result<Rc<LaneList>, Pending> {
        let matching = self.matching_ever(filter)?;
        let range = filter.range;
        let id = matching.as_ref().map(|matching| matching.id);
        let key = (
            self.store.generation(),
            id,
            range,
            by,
            sort,
            find.to_owned(),
        );
        if let Some(list) = self.lanes.get(&key) {
            return Ok(list.clone());
        }
        match by {
            LaneKey::Resource => self.wait_for_lives()?,
            LaneKey::Initiator | LaneKey::Region => self.histories.renew(&self.store),
        }
        let judgement = match sort {
            LaneSort::MostFindings => Some(self.wait_for_judgement()?),
            _ => None,
        };
        let matches = matching.as_ref().map(|those| passes(&self.store, those));
        let ask = lane_list::Ask {
            range,
            by,
            sort,
            find,
            judgement: judgement.as_deref(),
        };
        let list = Rc::new(lane_list::lane_list(
            &self.store,
            &self.histories,
            ask,
            matches
                .as_ref()
                .map(|matches| matches as &dyn Fn(u32) -> bool),
        ));
        self.lanes.put(key, list.clone(), MOST_LANE_LISTS);
        Ok(list)
    }

    /// Every resource at two instants; kept while only the window moves.
    fn compare(
        &mut self,
        filter: &Filter,
        between: Between,
        find: &str,
    ) -> Result<Rc<Compared>, Pending> {
        let matching = self.matching_ever(filter)?;
        self.wait_for_lives()?;
        let id = matching.as_ref().map(|matching| matching.id);
        let key = (self.store.generation(), id, between, find.to_owned());
        if let Some((held, compared)) = &self.compared
            && *held == key
        {
            return Ok(compared.clone());
        }
        let matches = matching.as_ref().map(|those| passes(&self.store, those));
        let made = Rc::new(compared(
            &self.store,
            &self.histories,
            between,
            find,
            matches
                .as_ref()
                .map(|matches| matches as &dyn Fn(u32) -> bool),
        ));
        self.compared = Some((key, made.clone()));
        Ok(made)
    }

    fn wait_for_lives(&mut self) -> Result<(), Pending> {
        match self.step_lives() {
            true => Ok(()),
            false => Err(Pending::Lives),
        }
    }

    fn wait_for_judgement(&mut self) -> Result<Rc<Judgement>, Pending> {
        match self.step_judging() {
            true => self.judgement().ok_or(Pending::Judgement),
            false => Err(Pending::Judgement),
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
        let (text, event) = reread_row(&self.store, self.raw.as_mut(), row)?;
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
        let hash = hash.map(|hash| hash.trim_start_matches('#').to_ascii_lowercase());
        let (store, raw) = (&self.store, self.raw.as_mut());
        let is_it = |row: &&u32| {
            let Some(hash) = &hash else { return true };
            match reread_row(store, raw, **row) {
                Ok((_, event)) => hash_name(&event.content_hash())[1..].starts_with(hash.as_str()),
                // Shown as what can't be read again: nothing says that it is another one.
                Err(_) => true,
            }
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
        let ordered = self.ordered(&selection, order);
        Ok(Answer::Found {
            row: RowId(row),
            position: ordered.position(&self.store, row),
            time: self.store.rows().time(row as usize),
        })
    }
}

/// Does a row pass what was selected?
fn passes<'a>(store: &'a Store, selection: &'a Selection) -> impl Fn(u32) -> bool + 'a {
    |row| selection.has(store, row)
}

/// A row's record as received, and the event read from it again.
pub fn reread_row(
    store: &Store,
    raw: &mut dyn RawText,
    row: u32,
) -> Result<(Vec<u8>, Event), RawError> {
    let place = store.rows().raw(row as usize);
    let text = raw.read(place.part, place.byte, place.len)?;
    let context = context_of(store, place.part);
    let event = reread(&text, place.nth as u16, &context).ok_or(RawError::Unreadable {
        what: "what stands in its place is another text".into(),
    })?;
    Ok((text, event))
}
