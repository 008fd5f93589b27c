//! The program as it runs beside the worker: turns a file's bytes into text and hashes them, while the worker reads the
//! text. Refuses to run far ahead: so much text waits and no more.
//!
//! Hears a file, then a word for every few pieces of text that were taken. Posts pieces, `[text, the same as it is kept or
//! nothing, bytes so far]`, then the bytes of an [`End`].

use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;

use lifeline::crossing::Crossing;
use lifeline::crossing::to_bytes;
use lifeline::envelope::PageError;
use lifeline::envelope::Unpacked;
use lifeline::source::Unpacking;
use lifeline::store::raw_text::BLOCK;
use lifeline::store::raw_text::pack;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::DomException;
use web_sys::File;
use web_sys::MessageEvent;

use crate::worker::outside;

/// Bytes of a file read at once; what is packed in them may be some twenty times as long.
const SLICE: f64 = (256 << 10) as f64;
/// Pieces that wait to be taken.
const MOST_AHEAD: u32 = 16;
/// So many taken are worth a word: each takes the worker a good part of what reading a piece does.
pub const TAKEN_AT_ONCE: u32 = 8;

/// How a file ended.
#[derive(Crossing)]
pub enum End {
    /// All bytes came.
    Arrived {
        bytes: u64,
        sha256: [u8; 32],
        /// Or why nothing could be unpacked.
        unpacked: Result<Unpacked, String>,
    },
    /// The browser could not read the file on; the name of its reason.
    Unread(String),
}

#[derive(Default)]
struct Ahead {
    n: Cell<u32>,
    wake: RefCell<Option<js_sys::Function>>,
}

pub fn run() {
    let ahead = Rc::new(Ahead::default());
    let on_message =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().dyn_into::<File>() {
                Ok(file) => {
                    let ahead = ahead.clone();
                    spawn_local(async move {
                        let end = unpack(&file, &ahead).await;
                        let bytes = js_sys::Uint8Array::from(to_bytes(&end).as_slice());
                        let _ = outside::scope().post_message(&bytes);
                    });
                }
                Err(_) => ahead.taken(),
            }
        });
    outside::scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    outside::post_ready();
}

async fn unpack(file: &File, ahead: &Ahead) -> End {
    let size = file.size();
    let mut unpacking = Unpacking::default();
    let mut from = 0.0;
    let mut text = Vec::new();
    let mut was_packed = false;
    while from < size {
        let to = size.min(from + SLICE);
        let bytes = match read(file, from, to).await {
            Ok(bytes) => bytes,
            Err(error) => {
                let error = error.dyn_ref::<DomException>().map(DomException::name);
                return End::Unread(error.unwrap_or_default());
            }
        };
        from = to;
        let pushed = unpacking.push(&bytes, &mut |piece, is_packed| {
            text.extend_from_slice(piece);
            was_packed = is_packed;
            Ok(())
        });
        let rest = text.split_off(text.len() - text.len() % BLOCK);
        post(&text, was_packed, unpacking.bytes(), ahead).await;
        text = rest;
        if pushed.is_err() {
            break;
        }
    }
    let arrived = unpacking.finish(&mut |piece, _| {
        text.extend_from_slice(piece);
        Ok(())
    });
    post(&text, was_packed, arrived.bytes, ahead).await;
    End::Arrived {
        bytes: arrived.bytes,
        sha256: arrived.sha256,
        unpacked: arrived.unpacked.map_err(PageError::why_broken),
    }
}

async fn read(file: &File, from: f64, to: f64) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_f64_and_f64(from, to)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Hands on text, waiting for whoever takes it. What was packed is kept, since the file can't be sliced for it.
async fn post(text: &[u8], was_packed: bool, bytes: u64, ahead: &Ahead) {
    for piece in text.chunks(BLOCK) {
        ahead.room().await;
        let transfer = js_sys::Array::new();
        let array = |bytes: &[u8]| {
            let array = js_sys::Uint8Array::from(bytes);
            transfer.push(&array.buffer());
            JsValue::from(array)
        };
        let kept = match was_packed {
            true => array(&pack(piece)),
            false => JsValue::NULL,
        };
        let message = js_sys::Array::of3(&array(piece), &kept, &(bytes as f64).into());
        let _ = outside::scope().post_message_with_transfer(&message, &transfer);
    }
}

impl Ahead {
    async fn room(&self) {
        while self.n.get() >= MOST_AHEAD {
            let taken = js_sys::Promise::new(&mut |resolve, _| {
                self.wake.replace(Some(resolve));
            });
            let _ = JsFuture::from(taken).await;
        }
        self.n.set(self.n.get() + 1);
    }

    fn taken(&self) {
        self.n.set(self.n.get().saturating_sub(TAKEN_AT_ONCE));
        if let Some(wake) = self.wake.take() {
            let _ = wake.call0(&JsValue::UNDEFINED);
        }
    }
}
