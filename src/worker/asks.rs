//! Answering: at once where columns tell, in slices where records must be read again. A newer ask in a slot makes the
//! older one void, also in the middle of a scan.

use std::rc::Rc;

use lifeline::engine::Pending;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::News;
use lifeline::protocol::Question;
use wasm_bindgen_futures::spawn_local;

use crate::outside;
use crate::session::Session;

pub fn ask(session: &Rc<Session>, slot: u32, ask: u64, question: Question) {
    session.newest.borrow_mut().insert(slot, ask);
    let mut local = session.local.borrow_mut();
    local.begin();
    match local.try_answer(&question) {
        Ok(answer) => reply(session, slot, ask, local.store.generation(), Ok(answer)),
        Err(Pending::Error(error)) => {
            reply(session, slot, ask, local.store.generation(), Err(error));
        }
        Err(Pending::Scan(leaves)) => {
            let scan = local.begin_scan(leaves);
            let asked_at = local.asked_at();
            drop(local);
            let session = session.clone();
            spawn_local(async move {
                scan_and_reply(&session, slot, ask, &question, asked_at, scan).await;
            });
        }
    }
}

async fn scan_and_reply(
    session: &Rc<Session>,
    slot: u32,
    ask: u64,
    question: &Question,
    asked_at: lifeline::time::Timestamp,
    mut scan: lifeline::query::scan::Scan,
) {
    let epoch = session.epoch();
    loop {
        outside::give_way().await;
        let is_newest = session.newest.borrow().get(&slot) == Some(&ask);
        if !is_newest || epoch != session.epoch() {
            return;
        }
        let mut local = session.local.borrow_mut();
        if !local.step_scan(&mut scan) {
            continue;
        }
        local.end_scan(scan);
        local.begin_at(asked_at);
        let generation = local.store.generation();
        match local.try_answer(question) {
            Ok(answer) => return reply(session, slot, ask, generation, Ok(answer)),
            Err(Pending::Error(error)) => {
                return reply(session, slot, ask, generation, Err(error));
            }
            // More came meanwhile: only that is scanned.
            Err(Pending::Scan(leaves)) => scan = local.begin_scan(leaves),
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
