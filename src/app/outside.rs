//! What the page does outside of its own elements: the clipboard, a saved file, the focus.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::state::App;
use crate::state::Sheet;

/// Copies a link; where the clipboard is refused (frames, no permission), shows it to be taken by hand.
pub fn copy_link(app: App, link: String) {
    copy(app, link.clone(), "Link copied.", move || {
        app.link.set(link.clone());
        app.sheet.set(Some(Sheet::Link));
    });
}

/// Copies a text and says so in `done`.
pub fn copy_text(app: App, text: String, done: &'static str) {
    copy(app, text, done, move || {
        app.say("The browser did not allow copying. Select the text and copy it by hand.");
    });
}

fn copy(app: App, text: String, done: &'static str, refused: impl Fn() + 'static) {
    let clipboard = window().navigator().clipboard();
    // Absent where the page isn't served safely.
    if clipboard.is_undefined() {
        refused();
        return;
    }
    let promise = clipboard.write_text(&text);
    spawn_local(async move {
        match JsFuture::from(promise).await {
            Ok(_) => app.say(done),
            Err(_) => refused(),
        }
    });
}

/// Puts the focus on the first element that a selector names.
pub fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Brings the first element that a selector names into sight, by as little as can be.
pub fn show(selector: &str) {
    if let Some(element) = document().query_selector(selector).ok().flatten() {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// What had the focus is gone: a key would go nowhere.
pub fn is_focus_lost() -> bool {
    let active = document().active_element();
    active.is_none_or(|active| active.tag_name() == "BODY")
}

/// Saves a text as a file.
pub fn save_file(name: &str, media_type: &str, text: &str) -> Result<(), wasm_bindgen::JsValue> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    save_blob(name, &blob)
}

/// Saves bytes as a file.
pub fn save_blob(name: &str, blob: &web_sys::Blob) -> Result<(), wasm_bindgen::JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
    let anchor: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser takes the file after this turn.
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}
