//! What the worker holds: the engine, the sources with their state, and when to make what came visible.
//! Refuses to fetch or answer by itself; see `opening`, `fetching`, `local_files` and `asks`.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use lifeline::catalogue::Catalogue;
use lifeline::config::Config;
use lifeline::engine::Local;
use lifeline::protocol::News;
use lifeline::protocol::SourceState;
use lifeline::protocol::Stage;
use lifeline::source::files;
use lifeline::source::files::Failure;
use lifeline::source::files::still_works;
use lifeline::store::Store;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use crate::worker::asks;
use crate::worker::asks::Waiting;
use crate::worker::beside::Beside;
use crate::worker::outside;
use crate::worker::outside::LOCAL_CLOCK;
use crate::worker::texts::Texts;

pub struct Session {
    pub local: RefCell<Local>,
    pub texts: Texts,
    pub sources: RefCell<Vec<Source>>,
    pub config: RefCell<Config>,
    /// Grows when all sources are replaced: what still loads for an older one stops.
    epoch: Cell<u64>,
    /// The newest ask of each slot.
    pub newest: RefCell<HashMap<u32, u64>>,
    /// What was asked and not begun, in order.
    pub waiting: RefCell<Vec<Waiting>>,
    pub is_answering: Cell<bool>,
    /// There is something to ask about, or nothing is on its way: until then questions wait.
    has_begun: Cell<bool>,
    /// The page has heard of the first events and asks what stands around its first rows, by then at the latest.
    pub asked_by_ms: Cell<f64>,
    /// The ask of the newest file to take away.
    pub newest_export: Cell<u64>,
    telling: Cell<bool>,
    refreshed: Cell<Refreshed>,
    /// What unpacks files, while it has none to unpack.
    pub beside: Cell<Option<Beside>>,
}

#[derive(Clone, Copy, Default)]
struct Refreshed {
    at_ms: f64,
    took_ms: f64,
    n_items: u64,
}

/// One source and what is needed to go on with it.
pub struct Source {
    pub state: SourceState,
    pub plan: Plan,
    /// Files by their place in the plan: which are done, and the part that the last try filled.
    pub tries: Vec<Try>,
    pub abort: Option<AbortController>,
    /// Bytes of the files that are done or ended.
    pub run: u64,
}

impl Source {
    fn is_open(&self) -> bool {
        matches!(
            self.state.stage,
            Stage::Waiting | Stage::Loading | Stage::Retrying { .. }
        )
    }
}

#[derive(Clone, Copy, Default)]
pub struct Try {
    pub is_done: bool,
    pub part: Option<u32>,
}

#[derive(Clone)]
pub enum Plan {
    /// Absolute addresses, and the names they are shown by.
    Urls(Vec<(String, String)>),
    /// Its address, absolute, and as written.
    Manifest {
        url: String,
        name: String,
    },
    File {
        file: web_sys::File,
    },
}

/// From the news of the first events to the first question about them.
const ASKED_MS: f64 = 200.0;
/// Between two pieces of news about progress.
const TELL_MS: i32 = 100;
/// What a piece, making it visible and an answer take at most, beside a share of what is held.
const SPARE: usize = 64 << 20;
/// The same for a screenful: memory that grows by much has the browser look for garbage, and the first rows wait for it.
const SPARE_AT_FIRST: usize = 1 << 20;

impl Session {
    pub fn new() -> Session {
        let texts = Texts::default();
        Session {
            local: RefCell::new(Local::new(
                Store::new(Catalogue::standard(), None),
                Box::new(texts.clone()),
                LOCAL_CLOCK,
                outside::now,
            )),
            texts,
            sources: RefCell::default(),
            config: RefCell::default(),
            epoch: Cell::new(0),
            newest: RefCell::default(),
            waiting: RefCell::default(),
            is_answering: Cell::new(false),
            has_begun: Cell::new(false),
            asked_by_ms: Cell::new(0.0),
            newest_export: Cell::new(0),
            telling: Cell::new(false),
            refreshed: Cell::default(),
            beside: Cell::default(),
        }
    }

    /// Forgets every source and event. What loaded before stops by itself.
    pub fn replace_all(&self, account: Option<&str>) {
        for source in self.sources.borrow().iter() {
            if let Some(abort) = &source.abort {
                abort.abort();
            }
        }
        self.epoch.set(self.epoch.get() + 1);
        self.sources.borrow_mut().clear();
        self.texts.clear();
        let mut local = self.local.borrow_mut();
        // The generation goes on counting: an answer from before must not look like a newer one.
        let generation = local.store.generation();
        let mut store = Store::new(Catalogue::standard(), account);
        store.continue_generations(generation);
        store.refresh();
        local.replace(store);
        self.refreshed.set(Refreshed::default());
    }

    pub fn epoch(&self) -> u64 {
        self.epoch.get()
    }

    pub fn add_source(&self, name: String, region: Option<String>, plan: Plan) -> usize {
        let n_files = match &plan {
            Plan::Urls(urls) => urls.len(),
            Plan::Manifest { .. } => 0,
            Plan::File { .. } => 1,
        };
        let mut sources = self.sources.borrow_mut();
        sources.push(Source {
            state: SourceState {
                name,
                region,
                stage: Stage::Waiting,
                events: 0,
                bytes: 0,
                bytes_expected: None,
                files: n_files as u32,
                files_done: 0,
                sha256: None,
                gaps: None,
            },
            plan,
            tries: vec![Try::default(); n_files],
            abort: None,
            run: 0,
        });
        sources.len() - 1
    }

    /// Changes a source's state and tells the page in a moment. Nothing happens when all sources were replaced since.
    pub fn update(self: &Rc<Self>, epoch: u64, source: usize, change: impl FnOnce(&mut Source)) {
        if epoch != self.epoch.get() {
            return;
        }
        if let Some(source) = self.sources.borrow_mut().get_mut(source) {
            change(source);
        }
        self.tell_soon();
    }

    pub fn fail(self: &Rc<Self>, epoch: u64, source: usize, failure: Failure) {
        let others = self.sources.borrow().len().saturating_sub(1);
        self.update(epoch, source, |source| {
            source.state.stage = Stage::Failed {
                status: failure.status,
                what: failure.what,
                still: still_works(source.state.events, others),
                todo: failure.todo,
            };
        });
    }

    /// Whether there is room to read on. Memory that can't be had ends the worker and all that it holds, so this is asked
    /// before each piece.
    pub fn room(&self) -> Result<(), Failure> {
        let held = self.local.borrow().store.bytes() + self.texts.bytes();
        let most = self
            .config
            .borrow()
            .memory_mb
            .or_else(outside::half_of_memory_mb);
        let mut spare = Vec::<u8>::new();
        let least = if self.has_none() {
            SPARE_AT_FIRST
        } else {
            SPARE
        };
        let fits = most.is_none_or(|most| (held as u64) < most << 20)
            && spare.try_reserve_exact(least + held / 4).is_ok();
        // An allocation that nobody looks at is left out of the program.
        std::hint::black_box(&spare);
        if fits { Ok(()) } else { Err(files::no_room()) }
    }

    pub fn cancel(self: &Rc<Self>, source: usize) {
        let epoch = self.epoch.get();
        self.update(epoch, source, |source| {
            if !source.is_open() {
                return;
            }
            if let Some(abort) = source.abort.take() {
                abort.abort();
            }
            source.run += 1;
            source.state.stage = Stage::Stopped;
        });
    }

    /// Whether this run of a source still goes on: not cancelled, not replaced, not started anew.
    pub fn goes_on(&self, epoch: u64, source: usize, run: u64) -> bool {
        epoch == self.epoch.get()
            && self
                .sources
                .borrow()
                .get(source)
                .is_some_and(|source| source.run == run)
    }

    /// Makes what came visible and tells the page, soon; many calls make one piece of news.
    pub fn tell_soon(self: &Rc<Self>) {
        if self.telling.replace(true) {
            return;
        }
        let session = self.clone();
        spawn_local(async move {
            outside::sleep(TELL_MS).await;
            session.telling.set(false);
            let waits = session.refresh_if_due(false);
            session.tell();
            if waits {
                session.tell_soon();
            }
        });
    }

    /// The first events are shown as they come.
    pub fn tell_first(self: &Rc<Self>) {
        if self.has_none() && self.n_items() > 0 {
            self.refresh_if_due(true);
            let has_events = self.local.borrow().store.counts().totals.events > 0;
            if has_events && !self.has_begun() {
                asks::answer_first(self);
            }
            self.tell();
            self.asked_by_ms.set(outside::now_ms() + ASKED_MS);
        }
    }

    /// How much is read before messages get their turn: a screenful at first.
    pub fn piece_bytes(&self) -> usize {
        if self.has_none() { 1 << 13 } else { 1 << 18 }
    }

    fn has_none(&self) -> bool {
        self.refreshed.get().n_items == 0
    }

    fn n_items(&self) -> u64 {
        let local = self.local.borrow();
        local.store.parts().iter().map(|part| part.records()).sum()
    }

    /// At once: a source has ended.
    pub fn tell_now(self: &Rc<Self>) {
        self.refresh_if_due(true);
        self.tell();
    }

    fn tell(self: &Rc<Self>) {
        let local = self.local.borrow();
        let sources = self.sources.borrow();
        let totals = local.store.counts().totals;
        outside::post(&News::Progress {
            generation: local.store.generation(),
            sources: sources.iter().map(|source| source.state.clone()).collect(),
            totals,
        });
        if totals.events > 0 || !sources.iter().any(|source| source.is_open()) {
            drop(local);
            drop(sources);
            self.begin();
        }
    }

    /// Questions are answered from now on.
    pub fn begin(self: &Rc<Self>) {
        if !self.has_begun.replace(true) {
            asks::go_on(self);
        }
    }

    pub fn has_begun(&self) -> bool {
        self.has_begun.get()
    }

    /// True while something that came waits to become visible. Sorting and resolving may take at most a fifth of the
    /// time while events stream in.
    fn refresh_if_due(&self, at_once: bool) -> bool {
        let n_items = self.n_items();
        let before = self.refreshed.get();
        if n_items == before.n_items && !at_once {
            return false;
        }
        let start = outside::now_ms();
        if !at_once && start - before.at_ms < before.took_ms * 4.0 {
            return true;
        }
        self.local.borrow_mut().store.refresh();
        let end = outside::now_ms();
        self.refreshed.set(Refreshed {
            at_ms: end,
            took_ms: end - start,
            n_items,
        });
        false
    }
}
