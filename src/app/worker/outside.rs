//! The worker's few ways out: posting news, the clock, giving way to messages, waiting.

use std::cell::RefCell;

use lifeline::crossing::to_bytes;
use lifeline::protocol::News;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use lifeline::time::Zone;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;
use web_sys::MessageChannel;

pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Tells the page. A page that is gone hears nothing, and nobody is left to tell.
pub fn post(news: &News) {
    let bytes = js_sys::Uint8Array::from(to_bytes(news).as_slice());
    let transfer = js_sys::Array::of1(&bytes.buffer());
    let _ = scope().post_message_with_transfer(&bytes, &transfer);
}

/// The handshake: a message that is no news.
pub fn post_ready() {
    let _ = scope().post_message(&JsValue::NULL);
}

/// Half of the machine's memory, where the browser says how much that is.
pub fn half_of_memory_mb() -> Option<u64> {
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    let gb = of(&of(&scope(), "navigator")?, "deviceMemory")?.as_f64()?;
    Some((gb * 512.0) as u64)
}

/// Milliseconds that only grow.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Wall-clock time as the browser's own zone has it.
pub const LOCAL_CLOCK: Clock = Clock {
    zone: Zone::Local,
    offset_secs: |at| {
        let date = js_sys::Date::new(&JsValue::from_f64(at.millis_f64()));
        let minutes = date.get_timezone_offset();
        if minutes.is_finite() {
            -(minutes * 60.0) as i32
        } else {
            0
        }
    },
};

thread_local! {
    static PAUSES: RefCell<Option<MessageChannel>> = const { RefCell::new(None) };
}

/// Gives way to messages that wait. A timer would wait 4 ms each time; a message of one's own does not.
pub async fn give_way() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        PAUSES.with_borrow_mut(|pauses| {
            let channel = match pauses {
                Some(channel) => channel,
                None => match MessageChannel::new() {
                    Ok(made) => pauses.insert(made),
                    Err(_) => {
                        let _ = resolve.call0(&JsValue::UNDEFINED);
                        return;
                    }
                },
            };
            // Several may wait at once: each gets a channel end of its own by the `once` listener.
            let options = web_sys::AddEventListenerOptions::new();
            options.set_once(true);
            let target = channel.port1();
            let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
                "message", &resolve, &options,
            );
            target.start();
            let _ = channel.port2().post_message(&JsValue::NULL);
        });
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits at least so many milliseconds.
pub async fn sleep(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let set = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        if set.is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// The answer to what boot.js asked before the program was there; once each.
pub fn take_early(url: &str) -> Option<js_sys::Promise> {
    BOOT.with(|boot| boot.take_early(url))
}

#[wasm_bindgen]
extern "C" {
    type Boot;
    #[wasm_bindgen(thread_local_v2, js_name = lifelineBoot)]
    static BOOT: Boot;
    #[wasm_bindgen(method, js_name = takeEarly)]
    fn take_early(this: &Boot, url: &str) -> Option<js_sys::Promise>;
}

/// The page's folder: the worker's script lies beside `index.html`.
pub fn base() -> String {
    scope().location().href()
}

/// The absolute address of `url`, seen from `base`.
pub fn resolve(url: &str, base: &str) -> Option<String> {
    web_sys::Url::new_with_base(url, base)
        .ok()
        .map(|url| url.href())
}

pub fn origin(url: &str) -> Option<String> {
    web_sys::Url::new(url).ok().map(|url| url.origin())
}
