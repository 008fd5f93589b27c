//! The worker: owns the events and answers the page's questions. So far it shakes hands.

use lifeline::protocol::News;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    post(&News::Ready {
        build: lifeline::BUILD.to_string(),
    });
}

/// Tells the page. A page that is gone hears nothing, and nobody is left to tell.
fn post(news: &News) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Ok(text) = serde_json::to_string(news) {
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}
