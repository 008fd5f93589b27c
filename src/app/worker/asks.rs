//! Answering: at once where columns tell, in slices where records must be read again, lives made or a file written. A newer
//! ask in a slot makes the older one void, also in the middle of a scan; a newer file ends the writing of an older one.

use std::rc::Rc;

use lifeline::engine::Pending;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::News;
use lifeline::protocol::Question;
use lifeline::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use crate::worker::outside;
use crate::worker::session::Session;

/// A question that waits its turn.
pub struct Waiting {
    slot: u32,
    ask: u64,
    question: Question,
}

/// Heard now, answered when its turn comes, unless its slot asks something newer before that.
pub fn ask(session: &Rc<Session>, slot: u32, ask: u64, question: Question) {
    session.newest.borrow_mut().insert(slot, ask);
    // Rows are asked for before there are any, and what stands around them when they are on screen.
    if !matches!(question, Question::Page { count: 1.., .. }) {
        session.asked_by_ms.set(0.0);
    }
    if matches!(question, Question::Export { .. }) {
        session.newest_export.set(ask);
    }
    let mut waiting = session.waiting.borrow_mut();
    waiting.retain(|other| other.slot != slot);
    waiting.push(Waiting {
        slot,
        ask,
        question,
    });
    drop(waiting);
    if session.has_begun() {
        go_on(session);
    }
}

/// Answers at once what waits for the first events.
pub fn answer_first(session: &Rc<Session>) {
    while answer_next(session) {}
}

/// Answers what waits.
pub fn go_on(session: &Rc<Session>) {
    if !session.is_answering.replace(true) {
        let session = session.clone();
        spawn_local(async move { answer_waiting(&session).await });
    }
}

/// One after another; in between the page is heard.
async fn answer_waiting(session: &Rc<Session>) {
    loop {
        outside::give_way().await;
        if !answer_next(session) {
            session.is_answering.set(false);
            return;
        }
    }
}

/// Whether there was one.
fn answer_next(session: &Rc<Session>) -> bool {
    let mut waiting = session.waiting.borrow_mut();
    let by_turn = |n: &usize| turn(&waiting[*n].question);
    let Some(first) = (0..waiting.len()).min_by_key(by_turn) else {
        return false;
    };
    let next = waiting.remove(first);
    drop(waiting);
    begin(session, next.slot, next.ask, next.question);
    true
}

/// Whoever reads lets what was asked go first, and what is about to be asked about the first events.
pub async fn let_pass(session: &Session) {
    while outside::now_ms() < session.asked_by_ms.get() {
        outside::sleep(1).await;
    }
    while session.is_answering.get() {
        outside::give_way().await;
    }
}

/// Rows and their picture go first, what is offered to go on with comes next, what stands beside them follows.
fn turn(question: &Question) -> u8 {
    match question {
        Question::Facets { .. } | Question::Page { count: 0, .. } => 2,
        Question::Complete { .. } => 1,
        _ => 0,
    }
}

fn begin(session: &Rc<Session>, slot: u32, ask: u64, question: Question) {
    let mut local = session.local.borrow_mut();
    local.begin();
    let answered = local.try_answer(&question);
    let generation = local.store.generation();
    let asked_at = local.asked_at();
    drop(local);
    match answered {
        Ok(answer) => reply(session, slot, ask, generation, Ok(answer)),
        Err(Pending::Error(error)) => reply(session, slot, ask, generation, Err(error)),
        Err(pending) => {
            let session = session.clone();
            spawn_local(async move {
                work_and_reply(&session, slot, ask, &question, asked_at, pending).await;
            });
        }
    }
}

async fn work_and_reply(
    session: &Rc<Session>,
    slot: u32,
    ask: u64,
    question: &Question,
    asked_at: Timestamp,
    mut pending: Pending,
) {
    let epoch = session.epoch();
    let mut scan = None;
    loop {
        outside::give_way().await;
        let is_newest = session.newest.borrow().get(&slot) == Some(&ask);
        if !is_newest || epoch != session.epoch() {
            return;
        }
        let mut local = session.local.borrow_mut();
        let generation = local.store.generation();
        match pending {
            Pending::Error(error) => return reply(session, slot, ask, generation, Err(error)),
            Pending::Write(_) if session.newest_export.get() != ask => {
                let error = AskError::Failed {
                    message: "another file was asked for meanwhile".into(),
                };
                return reply(session, slot, ask, generation, Err(error));
            }
            Pending::Write(mut writing) => {
                if local.step_writing(&mut writing) {
                    return reply(session, slot, ask, generation, Ok(writing.into_answer()));
                }
                pending = Pending::Write(writing);
                continue;
            }
            Pending::Scan(leaves) => {
                let mut under_way = scan.take().unwrap_or_else(|| local.begin_scan(leaves));
                if !local.step_scan(&mut under_way) {
                    scan = Some(under_way);
                    pending = Pending::Scan(Vec::new());
                    continue;
                }
                local.end_scan(under_way);
            }
            Pending::Judgement => {
                if !local.step_judging() {
                    pending = Pending::Judgement;
                    continue;
                }
            }
            Pending::Lives => {
                if !local.step_lives() {
                    pending = Pending::Lives;
                    continue;
                }
            }
        }
        local.begin_at(asked_at);
        // More may have come meanwhile: only that is scanned and made again.
        match local.try_answer(question) {
            Ok(answer) => return reply(session, slot, ask, generation, Ok(answer)),
            Err(next) => pending = next,
        }
    }
}

fn reply(
    session: &Rc<Session>,
    slot: u32,
    ask: u64,
    generation: u64,
    answer: Result<Answer, AskError>,
) {
    if session.newest.borrow().get(&slot) == Some(&ask) {
        outside::post(&News::Answered {
            slot,
            ask,
            generation,
            answer,
        });
    }
}
