//! `window.lifeline`: what tests and scripts may ask of the page.
//!
//! - `lifeline.idle()`: a promise that resolves when all that was asked is on screen: no question under way, no source
//!   being read, the address written, two frames painted since.
//! - `lifeline.summary()`: a promise of an object, the first part of what `inspect` prints (`events`, `copies`, …).

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::future_to_promise;

use crate::session::words_of;
use crate::state::App;
use crate::state::EngineState;

/// Puts `lifeline` on the window, for as long as the page lives.
pub fn install(app: App) {
    let object = js_sys::Object::new();
    let idle = Closure::<dyn Fn() -> js_sys::Promise>::new(move || {
        future_to_promise(async move {
            until_idle(app).await?;
            Ok(JsValue::UNDEFINED)
        })
    });
    let summary = Closure::<dyn Fn() -> js_sys::Promise>::new(move || summary(app));
    let _ = js_sys::Reflect::set(&object, &"idle".into(), idle.as_ref());
    let _ = js_sys::Reflect::set(&object, &"summary".into(), summary.as_ref());
    let _ = js_sys::Reflect::set(&window(), &"lifeline".into(), &object);
    idle.forget();
    summary.forget();
}

async fn until_idle(app: App) -> Result<(), JsValue> {
    loop {
        frame().await?;
        if is_busy(app) {
            continue;
        }
        // Effects of the last answer may ask again; what they asked is on screen only a frame later.
        frame().await?;
        frame().await?;
        if !is_busy(app) {
            return Ok(());
        }
    }
}

fn is_busy(app: App) -> bool {
    untrack(|| {
        let is_starting = match app.engine_state.get() {
            EngineState::Starting => true,
            EngineState::Ready => app.configured.with(Option::is_none),
            EngineState::Failed(_) => false,
        };
        is_starting || app.is_asking() || app.is_loading() || app.address_is_due.get_value()
    })
}

/// Waits for the next frame; a hidden page paints none, so a timer stands in.
async fn frame() -> Result<(), JsValue> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if document().hidden() {
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 16);
        } else {
            let _ = window().request_animation_frame(&resolve);
        }
    });
    JsFuture::from(promise).await.map(|_| ())
}

fn summary(app: App) -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, reject| {
        app.ask(Question::Summary, move |(_, result)| {
            let outcome = match result {
                Ok(Answer::Summary(text)) => js_sys::JSON::parse(&text),
                Ok(_) => Err("another answer came than was asked for".into()),
                Err(error) => Err(words_of(&error).into()),
            };
            let _ = match outcome {
                Ok(value) => resolve.call1(&JsValue::NULL, &value),
                Err(error) => reject.call1(&JsValue::NULL, &js_sys::Error::new(&text_of(&error))),
            };
        });
    })
}

fn text_of(value: &JsValue) -> String {
    value
        .as_string()
        .or_else(|| value.dyn_ref::<js_sys::Error>().map(|e| e.message().into()))
        .unwrap_or_else(|| "unknown".into())
}
