//! All keys.

use leptos::prelude::*;
use lifeline::screen::keys::Act;
use lifeline::screen::keys::KEYS;

use crate::dom::Node;
use crate::dom::view;
use crate::state::TABS;
use crate::state::use_app;
use crate::widgets::key_cap::KeyCap;
use crate::widgets::sheet::SheetFrame;

#[component(transparent)]
pub fn KeysSheet() -> Node {
    let app = use_app();
    let exists = |act: Act| match act {
        Act::Show(view) => TABS.contains(&view),
        _ => true,
    };
    let rows = KEYS
        .iter()
        .filter(|key| exists(key.act))
        .map(|key| {
            let caps = key
                .caps
                .split([' ', '+'])
                .map(|cap| view! { <KeyCap key=cap/> });
            view! {
                <div class="keys-row">
                    <dt>{caps.collect::<Node>()}</dt>
                    <dd>{key.words}</dd>
                </div>
            }
        })
        .collect::<Node>();
    view! {
        <SheetFrame title="Keys" on_close=move || app.sheet.set(None)>
            <div class="sheet-main">
                <dl class="keys-list">{rows}</dl>
                <p class="keys-setting">
                    <label class="check-label">
                        <input type="checkbox" class="check" prop:checked=app.single_keys
                            on:change=move |event| app.single_keys.set(event_target_checked(&event))/>
                        "Single letters act as keys while no text field has the focus"
                    </label>
                </p>
            </div>
        </SheetFrame>
    }
}
