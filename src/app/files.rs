//! Files from the reader: chosen, or dropped anywhere on the page, whole folders too. Hands their handles to the worker
//! and reads none itself.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use lifeline::link::FileName;
use lifeline::protocol::LocalFile;
use lifeline::sorting;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use web_sys::FileSystemDirectoryEntry;
use web_sys::FileSystemEntry;
use web_sys::FileSystemFileEntry;

use crate::signals::RwSignal;
use crate::state::App;

/// A file with its path inside what was dropped or chosen.
struct Taken {
    path: String,
    file: File,
}

/// Opens what an input of type file holds, and empties it so that the same can be chosen again.
pub fn open_chosen(app: App, input: &web_sys::HtmlInputElement) {
    let Some(list) = input.files() else { return };
    let taken = (0..list.length())
        .filter_map(|n| list.get(n))
        .map(|file| Taken {
            path: path_of(&file),
            file,
        })
        .collect();
    open(app, taken);
    input.set_value("");
}

/// Opens what was dropped. The entries must be taken before this turn ends; walking folders takes longer.
pub fn open_dropped(app: App, transfer: &web_sys::DataTransfer) {
    let items = transfer.items();
    let mut entries = Vec::new();
    let mut taken = Vec::new();
    for n in 0..items.length() {
        let Some(item) = items.get(n).filter(|item| item.kind() == "file") else {
            continue;
        };
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) if entry.is_directory() => entries.push(entry),
            _ => {
                if let Ok(Some(file)) = item.get_as_file() {
                    taken.push(Taken {
                        path: file.name(),
                        file,
                    });
                }
            }
        }
    }
    spawn_local(async move {
        let mut problems = Vec::new();
        for entry in entries {
            walk(entry, &mut taken, &mut problems).await;
        }
        if let Some(problem) = problems.first() {
            app.say(format!("{problem} could not be read; the rest was opened."));
        }
        open(app, taken);
    });
}

fn open(app: App, mut taken: Vec<Taken>) {
    // What systems put beside data is no data.
    taken.retain(|taken| {
        let name = taken.path.rsplit('/').next().unwrap_or_default();
        !name.starts_with('.') && name != "Thumbs.db"
    });
    if taken.is_empty() {
        app.say("There were no files in it.");
        return;
    }
    sorting::sort_by(&mut taken, |a, b| a.path.cmp(&b.path));
    let handles = js_sys::Array::new();
    let mut files = Vec::with_capacity(taken.len());
    for Taken { path, file } in taken {
        files.push(LocalFile {
            path,
            size: file.size() as u64,
            modified_ms: file.last_modified(),
        });
        handles.push(&file);
    }
    let names = files.iter().map(|file| FileName {
        name: file.path.clone(),
        size: file.size,
        sha256: None,
    });
    // What is opened after the link's files was wanted by the person.
    if !app.files.with_untracked(Vec::is_empty) {
        app.wanted_files.set(Vec::new());
    }
    app.files.set(names.collect());
    app.selection.set(None);
    app.open_local(files, handles, false);
}

fn path_of(file: &File) -> String {
    let relative = js_sys::Reflect::get(file, &"webkitRelativePath".into());
    relative
        .ok()
        .and_then(|path| path.as_string())
        .filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
}

/// Files below a folder. A loop of our own: futures don't nest without boxes.
async fn walk(root: FileSystemEntry, taken: &mut Vec<Taken>, problems: &mut Vec<String>) {
    let mut waiting = vec![root];
    while let Some(entry) = waiting.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_directory() {
            let reader = entry
                .unchecked_ref::<FileSystemDirectoryEntry>()
                .create_reader();
            // A reader gives at most a hundred at a time, and none at the end.
            loop {
                let batch = promised(|yes, no| {
                    let _ = js_sys::Reflect::get(&reader, &"readEntries".into()).and_then(|read| {
                        read.unchecked_into::<js_sys::Function>()
                            .call2(&reader, yes, no)
                    });
                });
                match JsFuture::from(batch).await {
                    Ok(batch) => {
                        let batch: js_sys::Array = batch.unchecked_into();
                        if batch.length() == 0 {
                            break;
                        }
                        waiting.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
                    }
                    Err(_) => {
                        problems.push(path.clone());
                        break;
                    }
                }
            }
        } else {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let file = promised(|yes, no| {
                let _ = js_sys::Reflect::get(&entry, &"file".into()).and_then(|read| {
                    read.unchecked_into::<js_sys::Function>()
                        .call2(&entry, yes, no)
                });
            });
            match JsFuture::from(file).await {
                Ok(file) => taken.push(Taken {
                    path,
                    file: file.unchecked_into(),
                }),
                Err(_) => problems.push(path),
            }
        }
    }
}

/// A promise from a function that takes two callbacks.
fn promised(start: impl Fn(&JsValue, &JsValue)) -> js_sys::Promise {
    js_sys::Promise::new(&mut |yes, no| start(&yes, &no))
}

/// Takes files dropped anywhere on the page; `is_over` says whether some hang over it.
pub fn accept_drops(app: App, is_over: RwSignal<bool>) {
    use leptos::ev;
    let has_files = |event: &web_sys::DragEvent| {
        event
            .data_transfer()
            .is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
    };
    // Entering a child comes before leaving its parent: only when all are left is the page left.
    let depth = Rc::new(RefCell::new(0_i32));
    let enter = {
        let depth = depth.clone();
        window_event_listener(ev::dragenter, move |event| {
            if has_files(&event) {
                event.prevent_default();
                *depth.borrow_mut() += 1;
                is_over.set(true);
            }
        })
    };
    let leave = {
        let depth = depth.clone();
        window_event_listener(ev::dragleave, move |event| {
            if has_files(&event) {
                *depth.borrow_mut() -= 1;
                if *depth.borrow() <= 0 {
                    is_over.set(false);
                }
            }
        })
    };
    let over = window_event_listener(ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        if has_files(&event) {
            event.prevent_default();
            *depth.borrow_mut() = 0;
            is_over.set(false);
            if let Some(transfer) = event.data_transfer() {
                open_dropped(app, &transfer);
            }
        }
    });
    on_cleanup(move || {
        enter.remove();
        leave.remove();
        over.remove();
        drop.remove();
    });
}
