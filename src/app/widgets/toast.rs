//! One sentence at the foot of the page, read aloud and gone after a while.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::RwSignal;
use crate::signals::StoredValue;

const STAYS: Duration = Duration::from_secs(5);

#[component(transparent)]
pub fn Toast(words: RwSignal<Option<String>>) -> Node {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        if words.with(Option::is_some) {
            let handle = set_timeout_with_handle(move || words.set(None), STAYS);
            timer.set_value(handle.ok());
        }
    });
    view! {
        <div class="toast-place" role="status" aria-live="polite">
            {move || words.get().map(|words| view! { <p class="toast">{words}</p> })}
        </div>
    }
}
