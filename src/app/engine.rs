//! The page's handle on the worker: starts it, hears it, ends it. Knows the handshake and no view.

use std::cell::RefCell;
use std::rc::Rc;

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
    /// The worker comes from another build than the page: only a reload brings them together.
    Stale,
    /// The worker ended or never began. What is on screen stays true, nothing new will come; start another.
    Failed(String),
}

/// A running worker. Dropping it ends the worker and gives its memory back.
pub struct Engine {
    worker: ModuleWorker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Engine {
    /// Starts the worker. `hear` is called for everything it says, [`Heard::Ready`] first; what is sent before that is lost.
    pub fn start(hear: impl FnMut(Heard) + 'static) -> Result<Engine, String> {
        let options = js_sys::Object::new();
        for (name, value) in [("type", "module"), ("name", "lifeline")] {
            let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
        }
        let worker = BOOT
            .with(|boot| ModuleWorker::new(&boot.worker_url(), &options))
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
        let bytes = borsh::to_vec(request).map_err(|error| error.to_string())?;
        let bytes = js_sys::Uint8Array::from(bytes.as_slice()).into();
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
    if let Some(build) = data.as_string() {
        return match build == lifeline::BUILD {
            true => Heard::Ready,
            false => Heard::Stale,
        };
    }
    let bytes = js_sys::Uint8Array::new(&data).to_vec();
    match borsh::from_slice::<News>(&bytes) {
        Ok(news) => Heard::News(Box::new(news)),
        Err(error) => Heard::Failed(format!("a message could not be read: {error}")),
    }
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
    /// A `TrustedScriptURL` (a plain text where the browser has no Trusted Types).
    #[wasm_bindgen(method, getter, js_name = workerUrl)]
    fn worker_url(this: &Boot) -> JsValue;

    /// web-sys takes the worker's address as text, which Trusted Types refuse.
    #[wasm_bindgen(js_name = Worker, extends = web_sys::Worker)]
    type ModuleWorker;
    #[wasm_bindgen(constructor, catch, js_class = "Worker")]
    fn new(url: &JsValue, options: &JsValue) -> Result<ModuleWorker, JsValue>;
}
