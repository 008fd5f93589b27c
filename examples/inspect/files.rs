//! Files into the store, piece by piece, unpacked by a thread beside: the whole text is never held.

use std::fs::File;
use std::io;
use std::io::Read;
use std::mem;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;
use std::thread;

use lifeline::source::Arrived;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::source::Unpacking;
use lifeline::store::Part;
use lifeline::store::Store;

/// Of a file and of its text: each costs the two threads a word to each other.
const PIECE: usize = 1 << 18;
/// Pieces of text that wait to be read.
const PIECES: usize = 16;

/// Reads every file; gives the problems, one line each, of those that could not be read to their end.
pub fn read_all(files: &[String], store: &mut Store) -> Vec<String> {
    files
        .iter()
        .filter_map(|name| {
            let problem = read(name, store)?;
            Some(format!("{name}: {problem}"))
        })
        .collect()
}

/// The file of each of the store's parts, in their order: a file that couldn't be opened has none.
pub fn names_of_parts(store: &Store) -> Vec<String> {
    store.parts().iter().map(|part| part.name.clone()).collect()
}

fn read(name: &str, store: &mut Store) -> Option<String> {
    let part = Part {
        source_name: name.to_owned(),
        name: name.to_owned(),
        ..Part::default()
    };
    let file = match open(name) {
        Ok(file) => file,
        Err(error) => return Some(format!("can't be read: {error}")),
    };
    let mut intake = Intake::open(store, part, Keep::Never);
    let (send, receive) = sync_channel(PIECES);
    let unpacking = thread::spawn(move || unpack(file, &send));
    for (text, is_packed) in receive {
        if intake.push_text(store, &text, is_packed).is_err() {
            break;
        }
    }
    let (arrived, problem) = match unpacking.join() {
        Ok(done) => done,
        Err(_) => return Some("unpacking it failed".into()),
    };
    let end = intake.finish_text(store, Some(arrived), problem.clone());
    end.err().map(|error| error.to_string()).or(problem)
}

/// Unpacks beside whoever reads the text; ends early when nobody takes it any more.
fn unpack(file: File, send: &SyncSender<(Vec<u8>, bool)>) -> (Arrived, Option<String>) {
    let mut unpacking = Unpacking::default();
    let mut held = Vec::with_capacity(PIECE);
    let mut was_packed = false;
    // A reader that has had enough knows why.
    let mut give = |mut text: &[u8], is_packed| {
        was_packed = is_packed;
        while !text.is_empty() {
            let (now, later) = text.split_at(text.len().min(PIECE - held.len()));
            held.extend_from_slice(now);
            text = later;
            if held.len() == PIECE {
                let piece = mem::replace(&mut held, Vec::with_capacity(PIECE));
                let _ = send.send((piece, is_packed));
            }
        }
        Ok(())
    };
    let cut = each_piece(file, |piece| unpacking.push(piece, &mut give).is_ok()).err();
    let problem = cut.map(|error| format!("can't be read to its end: {error}"));
    let arrived = unpacking.finish(&mut give);
    if !held.is_empty() {
        let _ = send.send((held, was_packed));
    }
    (arrived, problem)
}

pub fn open(name: &str) -> io::Result<File> {
    let file = File::open(name)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    Ok(file)
}

/// Hands on the bytes until they end or `go_on` says no.
pub fn each_piece(mut file: File, mut go_on: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(n) => {
                if !go_on(&piece[..n]) {
                    return Ok(());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
