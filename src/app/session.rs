//! The conversation with the worker: starts it, routes its news into signals and answers to who asked, and starts
//! another when it ends. Views ask through [`use_answer`] or [`App::ask`] and never see a message.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use lifeline::link::FileName;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::Generation;
use lifeline::protocol::LocalFile;
use lifeline::protocol::News;
use lifeline::protocol::Question;
use lifeline::protocol::Request;
use lifeline::protocol::SourceState;

use crate::asks::Asks;
use crate::asks::Reply;
use crate::engine::Engine;
use crate::engine::Heard;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::Configured;
use crate::state::EngineState;
use crate::state::use_app;

/// Made once, in [`App::new`].
#[derive(Clone, Copy)]
pub struct Session(StoredValue<Inner>);

#[derive(Default)]
struct Inner {
    engine: Option<Engine>,
    asks: Asks,
    /// What was sent before the worker was ready, in order.
    held_back: Vec<(Request, Option<js_sys::Array>)>,
    is_ready: bool,
    first: First,
    /// News of events that came while the first rows were on their way; the latest.
    held_news: Option<News>,
}

/// The first rows: everything else waits until they are on screen.
#[derive(Clone, Copy, PartialEq, Default)]
enum First {
    #[default]
    NotAsked,
    Asked,
    Shown,
}

/// News are held no longer than this.
const HELD: Duration = Duration::from_millis(200);

impl Session {
    pub fn new() -> Self {
        Session(StoredValue::new(Inner::default()))
    }

    /// A slot of its own for a part of the screen.
    pub fn new_slot(self) -> u32 {
        self.0
            .try_update_value(|inner| inner.asks.new_slot())
            .unwrap_or(0)
    }
}

/// An answer kept on screen until a newer one comes.
pub struct Asked<T: Send + Sync + 'static> {
    /// The newest good answer, also while a newer one is awaited or failed.
    pub answer: RwSignal<Option<Arc<T>>>,
    /// Why the newest question has no answer.
    pub error: RwSignal<Option<AskError>>,
    pub is_waiting: RwSignal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

impl<T: Send + Sync + 'static> Asked<T> {
    /// Reads the answer, tracked.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.answer.with(|answer| answer.as_deref().map(read))
    }

    pub fn get(self) -> Option<Arc<T>> {
        self.answer.get()
    }
}

/// Asks whenever the question or the generation changes; the latest wins and the old picture is kept. While events
/// stream in, the next ask waits for the answer of the one before. `None` asks nothing and clears the answer.
/// `pick` takes the expected part out of the answer.
pub fn use_answer<T: Send + Sync + 'static>(
    question: impl Fn() -> Option<Question> + Send + Sync + 'static,
    pick: fn(Answer) -> Option<T>,
) -> Asked<T> {
    use_answer_from(1, question, pick)
}

/// The same, asked before there is anything to ask about: the worker answers as soon as it has the first events, without
/// the way to the page and back.
pub fn use_first_answer<T: Send + Sync + 'static>(
    question: impl Fn() -> Option<Question> + Send + Sync + 'static,
    pick: fn(Answer) -> Option<T>,
) -> Asked<T> {
    use_answer_from(0, question, pick)
}

fn use_answer_from<T: Send + Sync + 'static>(
    first: Generation,
    question: impl Fn() -> Option<Question> + Send + Sync + 'static,
    pick: fn(Answer) -> Option<T>,
) -> Asked<T> {
    let answer = RwSignal::new(None);
    let take = move |given: Option<Answer>| match given.map(pick) {
        Some(None) => false,
        part => {
            answer.set(part.flatten().map(Arc::new));
            true
        }
    };
    let (error, is_waiting) = keep_asking(first, Box::new(question), Box::new(take));
    Asked {
        answer,
        error,
        is_waiting,
    }
}

/// The same for any type, from that generation on: `take` is given each answer, and nothing where nothing is asked any
/// more; `false` says that it is not the expected one.
fn keep_asking(
    first: Generation,
    question: Box<dyn Fn() -> Option<Question>>,
    take: Box<dyn Fn(Option<Answer>) -> bool>,
) -> (RwSignal<Option<AskError>>, RwSignal<bool>) {
    let app = use_app();
    let error = RwSignal::new(None);
    let is_waiting = RwSignal::new(false);
    let take = StoredValue::new(take);
    let slot = app.new_slot();
    let question = Memo::new(move |_| question());
    // What the last ask was about, and of which generation its answer is.
    let sent = StoredValue::new(None::<(Generation, Question)>);
    // Up to which generation findings were in what it was answered.
    let judged = StoredValue::new(0);

    let send = move |generation: Generation, next: Question| {
        if generation == 0 {
            app.await_first();
        }
        sent.set_value(Some((generation, next.clone())));
        judged.set_value(app.judged.get_untracked());
        is_waiting.set(true);
        let on_reply = move |(answered, result): Reply| {
            sent.update_value(|sent| {
                if let Some((generation, _)) = sent {
                    *generation = answered;
                }
            });
            is_waiting.set(false);
            match result {
                Ok(answer) => {
                    if is_judged(&answer) == Some(false) {
                        app.unjudged.set(answered);
                    }
                    if take.try_with_value(|take| take(Some(answer))) == Some(true) {
                        error.set(None);
                    }
                }
                Err(reason) => error.set(Some(reason)),
            }
            app.show_first();
        };
        app.ask_in(slot, next, on_reply);
    };

    Effect::new(move |_| {
        let generation = app.generation.get();
        let waits = is_waiting.get();
        let newest_judged = app.judged.get();
        let Some(next) = question.get() else {
            if sent.with_value(Option::is_some) {
                sent.set_value(None);
                app.forget(slot);
                is_waiting.set(false);
                take.with_value(|take| take(None));
                error.set(None);
            }
            return;
        };
        let is_due = sent.with_value(|sent| match sent {
            None => generation >= first,
            Some((_, before)) if *before != next => true,
            Some((before, _)) if *before != generation => !waits,
            // What it shows has been judged since.
            Some(_) => shows_findings(&next) && judged.get_value() != newest_judged && !waits,
        });
        if is_due {
            send(generation, next);
        }
    });
    on_cleanup(move || app.forget(slot));
    (error, is_waiting)
}

fn shows_findings(question: &Question) -> bool {
    matches!(
        question,
        Question::Fleet { .. }
            | Question::Lanes { .. }
            | Question::PinnedLanes { .. }
            | Question::History { .. }
    )
}

/// `None`: an answer without findings.
fn is_judged(answer: &Answer) -> Option<bool> {
    match answer {
        Answer::Fleet(fleet) => Some(fleet.is_judged),
        Answer::Lanes(lanes) => Some(lanes.is_judged),
        Answer::History(history) => Some(history.is_judged),
        _ => None,
    }
}

/// Why a question has no answer, in words.
pub fn words_of(error: &AskError) -> String {
    match error {
        AskError::Query { message, .. }
        | AskError::NotFound { message, .. }
        | AskError::Failed { message } => message.clone(),
    }
}

impl App {
    /// Starts the worker, or another one after the first failed; it opens what the configuration names.
    pub fn start_engine(self) {
        self.engine_state.set(EngineState::Starting);
        let started = Engine::start(move |heard| self.hear(heard));
        match started {
            Ok(engine) => self.session.0.update_value(|inner| {
                inner.engine = Some(engine);
                inner.is_ready = false;
            }),
            Err(reason) => self.engine_state.set(EngineState::Failed(reason)),
        }
    }

    /// Starts another worker after one ended. Local files have to be chosen again: their handles went with it.
    pub fn restart(self) {
        self.sources.set(Vec::new());
        self.configured.set(None);
        self.is_local.set(false);
        self.wanted_files.set(self.files.get_untracked());
        self.files.set(Vec::new());
        self.generation.set(0);
        self.judged.set(0);
        self.unjudged.set(0);
        self.find_again();
        self.start_engine();
    }

    /// Other events are on their way, in which a row's number names another one: the event on show is looked for by its
    /// name.
    pub fn find_again(self) {
        let shown = self.selection.get_untracked();
        self.selection.set(None);
        if let Some(name) = shown.and_then(|shown| shown.name)
            && self.detail_open.get_untracked()
        {
            self.wanted.set(Some(name));
        }
    }

    pub fn send(self, request: Request) {
        self.post(request, None);
    }

    /// Opens files from the reader; `handles` are their `File`s in the same order.
    pub fn open_local(self, files: Vec<LocalFile>, handles: js_sys::Array, add: bool) {
        self.is_local.set(true);
        self.post(Request::OpenLocal { files, add }, Some(handles));
    }

    /// Asks once. The callback doesn't run if the worker ends before it answers with anything but an error.
    pub fn ask(self, question: Question, on_reply: impl FnOnce(Reply) + 'static) {
        let slot = self.new_slot();
        self.ask_in(slot, question, on_reply);
    }

    pub fn new_slot(self) -> u32 {
        self.session.new_slot()
    }

    /// Asks in a slot: what the slot asked before is void.
    pub fn ask_in(self, slot: u32, question: Question, on_reply: impl FnOnce(Reply) + 'static) {
        let ask = self
            .session
            .0
            .try_update_value(|inner| inner.asks.begin(slot, Box::new(on_reply)))
            .unwrap_or(0);
        self.post(
            Request::Ask {
                slot,
                ask,
                question,
            },
            None,
        );
    }

    /// Has the account judged when a view shows events that aren't, once no source is being read; then who shows findings
    /// asks again.
    pub fn keep_judged(self) {
        Effect::new(move |_| {
            let generation = self.unjudged.get();
            if self.is_loading() || self.judged.get_untracked() >= generation {
                return;
            }
            self.ask_in(
                self.judge_slot,
                Question::Judge,
                move |(answered, result)| {
                    if let Ok(Answer::Judged(n)) = result {
                        self.n_findings.set(Some(n));
                        self.judged.set(answered);
                    }
                },
            );
        });
    }

    pub fn forget(self, slot: u32) {
        self.session
            .0
            .try_update_value(|inner| inner.asks.forget(slot));
    }

    /// Something was asked and has no answer yet.
    pub fn is_asking(self) -> bool {
        self.session
            .0
            .try_with_value(|inner| inner.asks.is_waiting())
            .unwrap_or(false)
    }

    fn post(self, request: Request, files: Option<js_sys::Array>) {
        let failed = self.engine_state.with_untracked(|state| match state {
            EngineState::Failed(reason) => Some(reason.clone()),
            EngineState::Starting | EngineState::Ready => None,
        });
        let sent = self.session.0.try_update_value(|inner| {
            // Nobody hears: who asks is told so, and shows no older answer in place of the new one.
            if let Some(reason) = failed {
                return Err(reason);
            }
            if !inner.is_ready {
                inner.held_back.push((request, files));
                return Ok(());
            }
            match &inner.engine {
                Some(engine) => engine.send(&request, files.as_ref()),
                None => Err("it is not running".to_string()),
            }
        });
        if let Some(Err(reason)) = sent {
            self.fail(reason);
        }
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Ready => self.begin(),
            Heard::News(news) => self.learn(*news),
            Heard::Failed(reason) => self.fail(reason),
        }
    }

    /// Sends what was asked before the worker could hear.
    fn begin(self) {
        let held_back = self.session.0.try_update_value(|inner| {
            inner.is_ready = true;
            std::mem::take(&mut inner.held_back)
        });
        self.engine_state.set(EngineState::Ready);
        for (request, files) in held_back.into_iter().flatten() {
            self.post(request, files);
        }
    }

    fn learn(self, news: News) {
        let Some(news) = self.hold(news) else {
            return;
        };
        match news {
            News::Configured {
                title,
                account,
                is_demo,
                offers_demo,
                problem,
                notes,
            } => self.configured.set(Some(Configured {
                title,
                account,
                is_demo,
                offers_demo,
                problem,
                notes,
            })),
            News::Progress {
                generation,
                sources,
                totals,
            } => {
                self.note_hashes(&sources);
                self.sources.set(sources);
                self.totals.set(totals);
                let before = self.generation.get_untracked();
                // At the very start there is nothing to ask about before the first events.
                let is_early = before == 0 && totals.events == 0 && untrack(|| self.is_loading());
                if before != generation && !is_early {
                    self.generation.set(generation);
                }
            }
            News::Answered {
                slot,
                ask,
                generation,
                answer,
            } => {
                let callback = self
                    .session
                    .0
                    .try_update_value(|inner| inner.asks.take(slot, ask))
                    .flatten();
                if let Some(callback) = callback {
                    callback((generation, answer));
                }
            }
        }
    }

    fn await_first(self) {
        self.session.0.update_value(|inner| {
            if inner.first == First::NotAsked {
                inner.first = First::Asked;
            }
        });
    }

    /// Keeps back the news of events, which lead to all other questions, while the first rows are on their way.
    fn hold(self, news: News) -> Option<News> {
        let has_events = matches!(&news, News::Progress { totals, .. } if totals.events > 0);
        let (left, is_first) = self.session.0.try_update_value(|inner| {
            if inner.first != First::Asked || !has_events {
                return (Some(news), false);
            }
            (None, inner.held_news.replace(news).is_none())
        })?;
        if is_first {
            set_timeout(move || self.tell_held(), HELD);
        }
        left
    }

    /// The first rows are drawn: once they are on screen, the rest follows.
    fn show_first(self) {
        let is_asked = |inner: &Inner| inner.first == First::Asked;
        if self.session.0.try_with_value(is_asked) != Some(true) {
            return;
        }
        let later = move || set_timeout(move || self.tell_held(), Duration::ZERO);
        if document().hidden() {
            later();
        } else {
            request_animation_frame(later);
        }
    }

    fn tell_held(self) {
        let held = self.session.0.try_update_value(|inner| {
            inner.first = First::Shown;
            inner.held_news.take()
        });
        if let Some(news) = held.flatten() {
            self.learn(news);
        }
    }

    /// A link to local files says which ones it means as soon as their hashes are known.
    fn note_hashes(self, sources: &[SourceState]) {
        let is_news = |(file, source): (&FileName, &SourceState)| {
            file.name == source.name && file.sha256 != source.sha256
        };
        // News come often and hashes seldom.
        if !self
            .files
            .with_untracked(|files| files.iter().zip(sources).any(is_news))
        {
            return;
        }
        self.files.update(|files| {
            for (file, source) in files.iter_mut().zip(sources) {
                if is_news((file, source)) {
                    file.sha256.clone_from(&source.sha256);
                }
            }
        });
    }

    /// The worker is gone: what is on screen stays, what was asked is answered with the reason.
    fn fail(self, reason: String) {
        let callbacks = self.session.0.try_update_value(|inner| {
            inner.is_ready = false;
            inner.held_back.clear();
            inner.asks.take_all()
        });
        let is_known = |state: &EngineState| matches!(state, EngineState::Failed(_));
        if !self.engine_state.with_untracked(is_known) {
            self.engine_state.set(EngineState::Failed(reason.clone()));
        }
        for callback in callbacks.into_iter().flatten() {
            let message = format!("The reader of events stopped: {reason}.");
            callback((
                self.generation.get_untracked(),
                Err(AskError::Failed { message }),
            ));
        }
    }
}
