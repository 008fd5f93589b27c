//! One file on its way: asked for, streamed into the store piece by piece, and what became of it said on its part and
//! in the coverage ledger.

use gloo_net::http::Response;
use lifeline::coverage::Standing;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::source::files;
use lifeline::source::files::Heard;
use lifeline::source::files::Verdict;
use lifeline::store::Part;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use super::Ended;
use super::Listed;
use super::Run;
use crate::worker::asks;
use crate::worker::outside;
use crate::worker::texts::Text;

/// Reading goes on this long before messages get their turn.
const TURN_MS: f64 = 12.0;

impl Run {
    /// Fetches one file into a part of its own.
    pub(super) async fn file(&self, at: usize, file: &Listed) -> Result<(), Ended> {
        self.session.room().map_err(Ended::Failed)?;
        let asked_at = outside::now();
        let answer = match self.ask(&file.url).await {
            Ok(answer) => answer,
            Err(ended) => {
                if matches!(ended, Ended::Failed(_)) {
                    self.state(file, Standing::Failed);
                }
                return Err(ended);
            }
        };
        let mut intake = self.open(at, file, asked_at);
        let result = self.stream(&answer, &mut intake).await;
        if self.epoch != self.session.epoch() {
            return Err(Ended::Void);
        }
        let part = intake.part();
        let problem = match &result {
            Ok(()) => None,
            Err(Ended::Void) => Some("Stopped before its end.".to_owned()),
            Err(Ended::Failed(failure)) => Some(format!("It {}.", failure.what)),
        };
        let mut local = self.session.local.borrow_mut();
        let finished = intake.finish(&mut local.store, problem);
        drop(local);
        let result = match (&finished.end, result) {
            (Err(error), _) => Err(Ended::Failed(files::unreadable(error))),
            (Ok(_), Err(ended)) => Err(ended),
            (Ok(finish), Ok(())) if finish.was_cut => Err(Ended::Failed(files::cut_short())),
            (Ok(_), Ok(())) => Ok(()),
        };
        let was_unpacked = answer.headers().get("content-encoding").is_some();
        self.close(at, file, part, (&finished.sha256, was_unpacked), &result);
        result
    }

    /// A new part; the one that an earlier try filled gives way to it.
    fn open(&self, at: usize, file: &Listed, asked_at: lifeline::time::Timestamp) -> Intake {
        let mut local = self.session.local.borrow_mut();
        let mut before = None;
        let intake = Intake::open(
            &mut local.store,
            Part {
                source: self.source,
                source_name: self.name.clone(),
                name: file.name.clone(),
                region: file.region.clone(),
                asked_at: Some(asked_at),
                standing: "not stated".into(),
                ..Part::default()
            },
            Keep::Always,
        );
        self.update(|source| {
            if let Some(file) = source.tries.get_mut(at) {
                before = file.part.replace(intake.part());
            }
        });
        if let Some(part) = before.and_then(|part| local.store.part_mut(part)) {
            part.is_superseded = true;
        }
        if let Some(text) = intake.text() {
            self.session.texts.put(intake.part(), Text::Kept(text));
        }
        intake
    }

    async fn stream(&self, answer: &Response, intake: &mut Intake) -> Result<(), Ended> {
        let Some(body) = answer.body() else {
            return Ok(());
        };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let expected = length(answer);
        let before = self.bytes_before();
        let mut turn = outside::now_ms();
        loop {
            let read = JsFuture::from(reader.read()).await;
            if !self.goes_on() {
                return Err(Ended::Void);
            }
            let read = read.map_err(|_| self.broken())?;
            let get = |name: &str| js_sys::Reflect::get(&read, &JsValue::from_str(name));
            if get("done").is_ok_and(|done| done.is_truthy()) {
                return Ok(());
            }
            let chunk = get("value").map(|value| js_sys::Uint8Array::new(&value).to_vec());
            let chunk = chunk.map_err(|_| self.broken())?;
            // A large chunk is read in pieces, so that questions are answered in between.
            let mut rest = &chunk[..];
            while !rest.is_empty() {
                asks::let_pass(&self.session).await;
                let (piece, later) = rest.split_at(rest.len().min(self.session.piece_bytes()));
                rest = later;
                if !self.goes_on() {
                    let _ = reader.cancel();
                    return Err(Ended::Void);
                }
                if let Err(failure) = self.session.room() {
                    let _ = reader.cancel();
                    return Err(Ended::Failed(failure));
                }
                let pushed = intake.push(&mut self.session.local.borrow_mut().store, piece);
                self.came(intake, before, expected);
                if let Err(error) = pushed {
                    let _ = reader.cancel();
                    return Err(Ended::Failed(files::unreadable(&error)));
                }
                if outside::now_ms() - turn > TURN_MS {
                    outside::give_way().await;
                    turn = outside::now_ms();
                    if !self.goes_on() {
                        let _ = reader.cancel();
                        return Err(Ended::Void);
                    }
                }
            }
        }
    }

    pub(super) fn broken(&self) -> Ended {
        match files::judge(&Heard::Broken, files::MOST_TRIES) {
            Verdict::Fail(failure) => Ended::Failed(failure),
            Verdict::Read | Verdict::Again { .. } => Ended::Void,
        }
    }

    /// Bytes of this source's other files.
    fn bytes_before(&self) -> u64 {
        let local = self.session.local.borrow();
        let parts = local.store.parts().iter();
        parts
            .filter(|part| part.source == self.source && !part.is_superseded)
            .map(|part| part.bytes)
            .sum()
    }

    fn came(&self, intake: &Intake, before: u64, expected: Option<u64>) {
        let local = self.session.local.borrow();
        let events = local
            .store
            .parts()
            .iter()
            .filter(|part| part.source == self.source && !part.is_superseded)
            .map(|part| part.items)
            .sum();
        drop(local);
        self.update(|source| {
            source.state.bytes = before + intake.bytes();
            source.state.events = events;
            // Only of a single file is it known how much is still to come.
            source.state.bytes_expected = expected.filter(|_| source.state.files == 1);
        });
        self.session.tell_first();
    }

    fn close(
        &self,
        at: usize,
        file: &Listed,
        part: u32,
        (sha256, was_unpacked): (&[u8; 32], bool),
        result: &Result<(), Ended>,
    ) {
        let mut local = self.session.local.borrow_mut();
        let Some(part) = local.store.part_mut(part) else {
            return;
        };
        let n_rejected = part.rejected;
        let standing = match (result, &file.stated) {
            (Ok(()), Some(stated)) => {
                let (standing, mut words) = stated.standing(part.records(), sha256);
                if was_unpacked && stated.sha256.is_some_and(|stated| stated != *sha256) {
                    words = Some(
                        "the server sent it packed and the browser unpacked it, so its SHA-256 can't be compared".into(),
                    );
                }
                let name = match standing {
                    Standing::Proven => "proven",
                    _ => "claimed",
                };
                part.standing = match words {
                    Some(words) => format!("{name}: {words}"),
                    None => name.to_owned(),
                };
                Some(standing)
            }
            (Err(_), Some(_)) => {
                part.standing = "cut short".into();
                Some(Standing::Truncated)
            }
            (_, None) => None,
        };
        drop(local);
        if let Some(standing) = standing {
            self.state(file, standing);
            self.note_unreadable(file, n_rejected);
        }
        if result.is_ok() {
            self.update(|source| {
                source.state.files_done += 1;
                if let Some(file) = source.tries.get_mut(at) {
                    file.is_done = true;
                }
            });
        }
    }

    /// Says in the ledger that events may be missing in a file's interval though all of it was read.
    fn note_unreadable(&self, file: &Listed, n: u64) {
        if let (Some(stated), Some(region)) = (&file.stated, &file.region)
            && self.epoch == self.session.epoch()
        {
            let ledger = &mut self.session.local.borrow_mut().ledger;
            ledger.note_unreadable(region, stated.range, &file.url, n);
        }
    }

    pub(super) fn state_all(&self, listed: &[Listed], standing: Standing) {
        let done: Vec<bool> = self
            .session
            .sources
            .borrow()
            .get(self.source)
            .map_or_else(Vec::new, |source| {
                source.tries.iter().map(|file| file.is_done).collect()
            });
        for (at, file) in listed.iter().enumerate() {
            if !done.get(at).copied().unwrap_or(false) {
                self.state(file, standing);
            }
        }
    }

    /// Says in the ledger where a file's interval stands.
    fn state(&self, file: &Listed, standing: Standing) {
        let (Some(stated), Some(region)) = (&file.stated, &file.region) else {
            return;
        };
        if self.epoch != self.session.epoch() {
            return;
        }
        let mut local = self.session.local.borrow_mut();
        local
            .ledger
            .state(region, stated.range, &file.url, standing);
        let gaps = local
            .ledger
            .extent(region)
            .and_then(|extent| local.ledger.gaps(region, extent))
            .map(|gaps| gaps.len() as u32);
        drop(local);
        self.update(|source| source.state.gaps = gaps);
    }
}

/// Bytes to come, where what is counted is what is sent.
fn length(answer: &Response) -> Option<u64> {
    let headers = answer.headers();
    match headers.get("content-encoding") {
        None => headers.get("content-length")?.parse().ok(),
        Some(_) => None,
    }
}
