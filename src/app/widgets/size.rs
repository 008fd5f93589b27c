//! How large an element is, and whether the page is a phone's, as they change.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;

/// Width and height of the content box in CSS pixels; zeros until the element is laid out, with the frame that first shows
/// it: to ask before would lay the page out once more.
pub fn use_size<E>(node: NodeRef<E>) -> RwSignal<(f64, f64)>
where
    E: leptos::html::ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<web_sys::Element> + 'static,
{
    let size = RwSignal::new((0.0, 0.0));
    let on_resize = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry = entries.get(entries.length().saturating_sub(1));
        if let Some(entry) = entry.dyn_ref::<web_sys::ResizeObserverEntry>() {
            let rect = entry.content_rect();
            size.set((rect.width(), rect.height()));
        }
    });
    let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else {
        return size;
    };
    let kept = StoredValue::new((observer, on_resize));
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            kept.with_value(|(observer, _)| observer.observe(element.as_ref()));
        }
    });
    on_cleanup(move || {
        kept.with_value(|(observer, _)| observer.disconnect());
    });
    size
}

/// The page is as narrow as a phone.
pub fn use_phone() -> Signal<bool> {
    let query = window().match_media("(max-width: 599px)").ok().flatten();
    let is_phone = RwSignal::new(query.as_ref().is_some_and(|query| query.matches()));
    let listener = window_event_listener(leptos::ev::resize, move |_| {
        if let Some(query) = &query {
            let now = query.matches();
            if is_phone.try_get_untracked() != Some(now) {
                is_phone.set(now);
            }
        }
    });
    on_cleanup(move || listener.remove());
    is_phone.into()
}
