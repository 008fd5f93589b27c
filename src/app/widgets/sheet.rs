//! A dialog over the page: a native modal `<dialog>`, so focus stays inside, Escape closes it and focus returns.

use leptos::html;
use leptos::prelude::*;

use crate::dom::Children;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;

#[component(transparent)]
pub fn SheetFrame(
    #[prop(into)] title: String,
    /// An extra class for its width.
    #[prop(into, optional)]
    class: String,
    on_close: impl Fn() + Copy + 'static,
    /// Something inside takes the focus by itself; else the title does, so that no button looks pressed.
    #[prop(optional)]
    has_own_focus: bool,
    children: Children,
) -> Node {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    // A press on the backdrop has the dialog itself as its target.
    let on_backdrop = move |event: leptos::ev::MouseEvent| {
        let dialog = dialog.get_untracked();
        if let (Some(dialog), Some(target)) = (dialog, event.target())
            && dialog.is_same_node(wasm_bindgen::JsCast::dyn_ref(&target))
        {
            on_close();
        }
    };
    let label = title.clone();
    view! {
        <dialog class=format!("sheet {class}") node_ref=dialog aria-label=label
            on:click=on_backdrop on:close=move |_| on_close()>
            <div class="sheet-body">
                <header class="sheet-head">
                    <h2 class="sheet-title" tabindex="-1" autofocus=!has_own_focus>{title}</h2>
                    <IconButton glyph=Glyph::Close name="Close" key="Esc" on_click=move |_| on_close()/>
                </header>
                {children()}
            </div>
        </dialog>
    }
}
