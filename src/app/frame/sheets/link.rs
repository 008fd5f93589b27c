//! A link to take by hand, where the browser refuses its clipboard.

use leptos::html;
use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::state::use_app;
use crate::widgets::sheet::SheetFrame;

#[component(transparent)]
pub fn LinkSheet() -> Node {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            field.select();
        }
    });
    view! {
        <SheetFrame title="Share this view" class="is-narrow" on_close=move || app.sheet.set(None)>
            <div class="sheet-main">
                <label class="field-label">
                    <span>"The browser did not allow copying here. Take the link by hand; it holds the view and no events."</span>
                    <input class="field mono" type="text" readonly node_ref=field prop:value=app.link/>
                </label>
            </div>
        </SheetFrame>
    }
}
