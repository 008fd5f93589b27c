//! The page's handle on the worker: starts it, hears it, ends it. Knows the handshake and no view.

use std::cell::RefCell;
use std::rc::Rc;

use lifeline::crossing::from_bytes;
use lifeline::crossing::to_bytes;
use lifeline::protocol::News;
use lifeline::protocol::Request;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::MessageEvent;

/// What the worker's side can say to the page.
#[derive(Debug)]
pub enum Heard {
    /// First of all: it hears what is sent from now on.
    Ready,
    News(Box<News>),
    /// The worker ended or never began. What is on screen stays true, nothing new will come; start another.
    Failed(String),
}

/// A running worker. Dropping it ends the worker and gives its memory back.
pub struct Engine {
    worker: web_sys::Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Engine {
    /// Starts the worker. `hear` is called for everything it says, [`Heard::Ready`] first; what is sent before that is lost.
    pub fn start(hear: impl FnMut(Heard) + 'static) -> Result<Engine, String> {
        let worker = BOOT
            .with(Boot::start_worker)
            .map_err(|error| in_words(&error))?;
        let hear = Rc::new(RefCell::new(hear));
        let on_message = {
            let hear = hear.clone();
            Closure::new(move |event: MessageEvent| (hear.borrow_mut())(understand(&event)))
        };
        let on_error = Closure::new(move |event: web_sys::Event| {
            (hear.borrow_mut())(Heard::Failed(in_words(&event)));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Engine {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Posts a request's bytes; with files, an array of the bytes and the array of their handles.
    pub fn send(&self, request: &Request, files: Option<&js_sys::Array>) -> Result<(), String> {
        let bytes = js_sys::Uint8Array::from(to_bytes(request).as_slice()).into();
        let message = match files {
            Some(files) => js_sys::Array::of2(&bytes, files).into(),
            None => bytes,
        };
        self.worker
            .post_message(&message)
            .map_err(|error| in_words(&error))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn understand(event: &MessageEvent) -> Heard {
    let data = event.data();
    if data.is_null() {
        return Heard::Ready;
    }
    let bytes = js_sys::Uint8Array::new(&data).to_vec();
    Heard::News(Box::new(from_bytes::<News>(&bytes)))
}

/// The message of an `Error` or `ErrorEvent`, else what the browser calls the thing.
fn in_words(error: &JsValue) -> String {
    js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .filter(|message| !message.is_empty())
        .unwrap_or_else(|| "its program could not be loaded".to_string())
}

#[wasm_bindgen]
extern "C" {
    type Boot;
    /// What boot.js hands over.
    #[wasm_bindgen(thread_local_v2, js_name = lifelineBoot)]
    static BOOT: Boot;
    /// Starts this same program in a worker, without compiling it again.
    #[wasm_bindgen(method, catch, js_name = startWorker)]
    fn start_worker(this: &Boot) -> Result<web_sys::Worker, JsValue>;
}
