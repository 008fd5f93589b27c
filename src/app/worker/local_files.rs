//! Files that the person dropped or chose: sliced and read piece by piece, nothing of them leaves the tab.

use std::rc::Rc;

use lifeline::config::SourceKind;
use lifeline::envelope::PageError;
use lifeline::protocol::LocalFile;
use lifeline::protocol::Stage;
use lifeline::source::Arrived;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::source::demo;
use lifeline::source::files;
use lifeline::source::files::Failure;
use lifeline::store::Part;
use lifeline::store::RawError;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use crate::worker::asks;
use crate::worker::beside::Beside;
use crate::worker::beside::Came;
use crate::worker::outside;
use crate::worker::session::Plan;
use crate::worker::session::Session;
use crate::worker::session::Try;
use crate::worker::texts::Text;
use crate::worker::unpacking::End;

pub fn open(session: &Rc<Session>, named: Vec<LocalFile>, files: Vec<File>, add: bool) {
    if !add {
        // The demo's account says nothing about other files.
        let config = session.config.borrow();
        let is_demo = config
            .sources
            .iter()
            .all(|source| matches!(&source.kind, SourceKind::Manifest(url) if demo::is_demo(url)));
        let account = config.account.clone().filter(|_| !is_demo);
        drop(config);
        session.replace_all(account.as_deref());
    }
    let mut opened = Vec::new();
    for (at, file) in files.into_iter().enumerate() {
        let name = named
            .get(at)
            .map_or_else(|| file.name(), |named| named.path.clone());
        let size = file.size();
        let source = session.add_source(name, None, Plan::File { file });
        session.update(session.epoch(), source, |source| {
            source.state.bytes_expected = Some(size as u64);
        });
        opened.push(source);
    }
    session.tell_now();
    let session = session.clone();
    // One after another: there is one disk and one reader.
    spawn_local(async move {
        let epoch = session.epoch();
        for source in opened {
            if epoch == session.epoch() {
                read(&session, source).await;
            }
        }
    });
}

/// Reads a file again that failed or was stopped.
pub fn start(session: &Rc<Session>, source: usize) {
    let session = session.clone();
    spawn_local(async move { read(&session, source).await });
}

async fn read(session: &Rc<Session>, source: usize) {
    let epoch = session.epoch();
    let mut begun = None;
    session.update(epoch, source, |source| {
        let Plan::File { file } = &source.plan else {
            return;
        };
        let is_retry = !matches!(source.state.stage, Stage::Waiting);
        if matches!(source.state.stage, Stage::Loading | Stage::Done)
            || (!is_retry && source.run > 0)
        {
            return;
        }
        source.run += 1;
        source.state.stage = Stage::Loading;
        source.state.files_done = 0;
        source.state.sha256 = None;
        begun = Some((
            file.clone(),
            source.run,
            source.state.name.clone(),
            source.tries[0],
        ));
    });
    let Some((file, run, name, before)) = begun else {
        return;
    };
    if let Err(failure) = session.room() {
        session.fail(epoch, source, failure);
        return session.tell_now();
    }
    let mut intake = open_part(session, source, &name, before);
    let part = intake.part();
    session.update(epoch, source, |source| {
        source.tries[0] = Try {
            is_done: false,
            part: Some(part),
        };
    });
    let result = push_all(session, (epoch, source, run), &file, &name, &mut intake).await;
    if epoch != session.epoch() {
        return;
    }
    let (arrived, result) = match result {
        Ok(arrived) => (Some(arrived), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    let problem = result.as_ref().err().map(|failure| match failure {
        Some(failure) => format!("It {}.", failure.what),
        None => "Stopped before its end.".to_owned(),
    });
    let end = intake.finish_text(&mut session.local.borrow_mut().store, arrived, problem);
    let failure = match (end, result) {
        (Err(error), _) => Some(files::unreadable(&error)),
        (Ok(_), Err(None)) => return session.tell_now(),
        (Ok(_), Err(Some(failure))) => Some(failure),
        (Ok(finish), Ok(())) if finish.was_cut => Some(files::cut_short()),
        (Ok(_), Ok(())) => None,
    };
    let sha256 = session.local.borrow().store.parts()[part as usize]
        .sha256
        .clone();
    match failure {
        Some(failure) => session.fail(epoch, source, failure),
        None => session.update(epoch, source, |source| {
            source.state.stage = Stage::Done;
            source.state.files_done = 1;
            source.state.sha256 = sha256;
            source.tries[0].is_done = true;
        }),
    }
    session.tell_now();
}

/// A new part; the one that an earlier try filled gives way to it.
fn open_part(session: &Session, source: usize, name: &str, before: Try) -> Intake {
    let store = &mut session.local.borrow_mut().store;
    if let Some(part) = before.part.and_then(|part| store.part_mut(part)) {
        part.is_superseded = true;
    }
    Intake::open(
        store,
        Part {
            source,
            source_name: name.to_owned(),
            name: name.to_owned(),
            asked_at: Some(outside::now()),
            standing: "not stated: a file from this computer proves no interval".into(),
            ..Part::default()
        },
        Keep::WhenPacked,
    )
}

/// `Err(None)`: stopped by the person.
async fn push_all(
    session: &Rc<Session>,
    (epoch, source, run): (u64, usize, u64),
    file: &File,
    name: &str,
    intake: &mut Intake,
) -> Result<Arrived, Option<Failure>> {
    let beside = match session.beside.take() {
        Some(beside) => beside,
        None => Beside::start().await.ok_or_else(|| Some(no_unpacking()))?,
    };
    beside.open(file);
    let part = intake.part();
    let mut has_text = false;
    loop {
        let came = beside.next().await;
        if !session.goes_on(epoch, source, run) {
            return Err(None);
        }
        let (text, kept, bytes) = match came {
            Came::Text { text, kept, bytes } => (text, kept, bytes),
            Came::End(End::Arrived {
                bytes,
                sha256,
                unpacked,
            }) => {
                session.beside.set(Some(beside));
                return Ok(Arrived {
                    bytes,
                    sha256,
                    unpacked: unpacked.map_err(|message| PageError::BrokenGzip { message }),
                });
            }
            Came::End(End::Unread(reason)) => return Err(Some(unread(&reason, name))),
            Came::Failed => return Err(Some(no_unpacking())),
        };
        intake.note_bytes(&mut session.local.borrow_mut().store, bytes);
        session.room().map_err(Some)?;
        let pushed = {
            let store = &mut session.local.borrow_mut().store;
            match kept {
                Some(kept) => intake.push_block(store, &text, kept),
                None => intake.push_text(store, &text, false),
            }
        };
        let events = session.local.borrow().store.parts()[part as usize].items;
        if !has_text {
            has_text = true;
            session.texts.put(
                part,
                match intake.text() {
                    Some(text) => Text::Kept(text),
                    None => Text::File {
                        file: file.clone(),
                        name: name.to_owned(),
                    },
                },
            );
        }
        session.update(epoch, source, |source| {
            source.state.bytes = intake.bytes();
            source.state.events = events;
        });
        session.tell_first();
        pushed.map_err(|error| Some(files::unreadable(&error)))?;
        outside::give_way().await;
        asks::let_pass(session).await;
    }
}

fn no_unpacking() -> Failure {
    Failure {
        status: None,
        what: "could not be read: the browser ended what unpacks it".into(),
        todo: "Choose the file again.".into(),
    }
}

/// `reason`: the name of the browser's error.
fn unread(reason: &str, name: &str) -> Failure {
    let file = name.to_owned();
    let why = match reason {
        "NotReadableError" => RawError::Changed { file },
        "NotFoundError" => RawError::Gone { file },
        _ => RawError::Unreadable {
            what: "the browser gives no reason".into(),
        },
    };
    let what = match why {
        RawError::Changed { .. } => "changed on disk while it was read, or may not be read",
        RawError::Gone { .. } => "can't be found on disk any more",
        RawError::NotKept | RawError::Unreadable { .. } => "could not be read",
    };
    Failure {
        status: None,
        what: what.into(),
        todo: "Choose the file again.".into(),
    }
}
