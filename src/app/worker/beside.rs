//! The worker's handle on the program that unpacks beside it (`unpacking`): a file in, its text out, piece by piece.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use lifeline::crossing::from_bytes;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use web_sys::MessageEvent;
use web_sys::Worker;

use crate::worker::unpacking::End;
use crate::worker::unpacking::TAKEN_AT_ONCE;

#[wasm_bindgen]
extern "C" {
    type Boot;
    #[wasm_bindgen(thread_local_v2, js_name = lifelineBoot)]
    static BOOT: Boot;
    #[wasm_bindgen(method, catch, js_name = startBeside)]
    fn start_beside(this: &Boot) -> Result<Worker, JsValue>;
}

/// Ends the program beside when it is dropped.
pub struct Beside {
    worker: Worker,
    heard: Rc<Heard>,
    n_taken: Cell<u32>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
}

pub enum Came {
    Text {
        text: Vec<u8>,
        /// The same as it is kept, where it was packed.
        kept: Option<Vec<u8>>,
        /// Of the file, so far.
        bytes: u64,
    },
    End(End),
    /// The program beside stopped.
    Failed,
}

#[derive(Default)]
struct Heard {
    messages: RefCell<VecDeque<JsValue>>,
    wake: RefCell<Option<js_sys::Function>>,
}

impl Beside {
    /// `None`: the browser starts none.
    pub async fn start() -> Option<Beside> {
        let worker = BOOT.with(Boot::start_beside).ok()?;
        let heard = Rc::new(Heard::default());
        let hear = heard.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            hear.message(event.data());
        });
        let hear = heard.clone();
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_| hear.message(JsValue::FALSE));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let beside = Beside {
            worker,
            heard,
            n_taken: Cell::new(0),
            _on_message: on_message,
            _on_error: on_error,
        };
        loop {
            let message = beside.heard.next().await;
            if message.is_null() {
                return Some(beside);
            }
            if message == JsValue::FALSE {
                return None;
            }
        }
    }

    pub fn open(&self, file: &File) {
        let _ = self.worker.post_message(file);
    }

    pub async fn next(&self) -> Came {
        let message = self.heard.next().await;
        if let Some(piece) = message.dyn_ref::<js_sys::Array>() {
            self.n_taken.set(self.n_taken.get() + 1);
            if self.n_taken.get() == TAKEN_AT_ONCE {
                self.n_taken.set(0);
                let _ = self.worker.post_message(&JsValue::NULL);
            }
            let bytes_at = |at| Some(piece.get(at).dyn_ref::<js_sys::Uint8Array>()?.to_vec());
            return Came::Text {
                text: bytes_at(0).unwrap_or_default(),
                kept: bytes_at(1),
                bytes: piece.get(2).as_f64().unwrap_or_default() as u64,
            };
        }
        let end = message.dyn_into::<js_sys::Uint8Array>().ok();
        let end = end.map(|bytes| from_bytes(&bytes.to_vec()));
        end.map_or(Came::Failed, Came::End)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Heard {
    fn message(&self, message: JsValue) {
        self.messages.borrow_mut().push_back(message);
        if let Some(wake) = self.wake.take() {
            let _ = wake.call0(&JsValue::UNDEFINED);
        }
    }

    async fn next(&self) -> JsValue {
        loop {
            let message = self.messages.borrow_mut().pop_front();
            if let Some(message) = message {
                return message;
            }
            let came = js_sys::Promise::new(&mut |resolve, _| {
                self.wake.replace(Some(resolve));
            });
            let _ = JsFuture::from(came).await;
        }
    }
}
