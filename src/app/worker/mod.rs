//! The program as it runs in the worker: owns the events and answers the page's questions. Every request to a server is
//! made here, and nothing of the page is used.
//!
//! Handshake first: what the page posts before it has heard that the worker is ready is lost. A message is a request's
//! bytes, or an array of those and the array of file handles that belong to them.

mod asks;
mod beside;
mod fetching;
mod local_files;
mod opening;
mod outside;
mod session;
mod texts;
pub mod unpacking;

use std::rc::Rc;

use lifeline::crossing::from_bytes;
use lifeline::protocol::Request;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::File;
use web_sys::MessageEvent;

use crate::worker::session::Session;

/// Hears the page from now on, says so, and opens what the configuration names.
pub fn run() {
    let session = Rc::new(Session::new());
    let opened = session.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let (bytes, files) = take_apart(&event.data());
        hear(&session, from_bytes(&bytes), files);
    });
    outside::scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It is heard for the worker's whole life.
    on_message.forget();
    outside::post_ready();
    opening::open_configured(&opened);
}

fn hear(session: &Rc<Session>, request: Request, files: Vec<File>) {
    match request {
        Request::OpenDemo => opening::open_demo(session),
        Request::OpenLocal { files: named, add } => {
            local_files::open(session, named, files, add);
        }
        Request::Cancel { source } => session.cancel(source),
        Request::Retry { source } => opening::retry(session, source),
        Request::Ask {
            slot,
            ask,
            question,
        } => asks::ask(session, slot, ask, question),
    }
}

fn take_apart(data: &JsValue) -> (Vec<u8>, Vec<File>) {
    let Some(pair) = data.dyn_ref::<js_sys::Array>() else {
        return (js_sys::Uint8Array::new(data).to_vec(), Vec::new());
    };
    let handles: js_sys::Array = pair.get(1).unchecked_into();
    let files = handles.iter().filter_map(|file| file.dyn_into().ok());
    (
        js_sys::Uint8Array::new(&pair.get(0)).to_vec(),
        files.collect(),
    )
}
