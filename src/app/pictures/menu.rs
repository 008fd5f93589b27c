//! The menu of what a view can be taken away as.

use leptos::prelude::*;

use super::Choice;
use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::signals::RwSignal;
use crate::signals::StoredValue;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::popover::Popover;

/// `all` is a switch for what goes beyond the screen, with its words. `paper` says what printing gives.
#[component(transparent)]
pub fn PictureMenu(
    on_choose: impl Fn(Choice) + 'static,
    paper: &'static str,
    /// The icon alone stands on the button.
    #[prop(optional)]
    is_narrow: bool,
    #[prop(optional)] all: Option<(RwSignal<bool>, &'static str)>,
) -> Node {
    let open = RwSignal::new(false);
    let on_choose = StoredValue::new(on_choose);
    let item = move |choice: Choice, glyph: Glyph, name: &'static str, what: &'static str| {
        let choose = move |_| {
            open.set(false);
            on_choose.with_value(|on_choose| on_choose(choice));
        };
        view! {
            <button type="button" class="menu-item is-tall" on:click=choose>
                <Icon glyph/>
                <span><span class="menu-title">{name}</span><span class="menu-note">{what}</span></span>
            </button>
        }
    };
    let switch = move || {
        all.map(|(all, words)| {
            view! {
                <label class="menu-item">
                    <input type="checkbox" class="check" prop:checked=move || all.get()
                        on:change=move |event| all.set(event_target_checked(&event))/>
                    {words}
                </label>
                <div class="menu-line"></div>
            }
        })
    };
    view! {
        <Popover open class="button is-small" at_end=true name="Picture"
            trigger=ViewFn::from(move || view! {
                <Icon glyph=Glyph::Image/>
                {(!is_narrow).then_some("Picture")}
            })>
            {switch()}
            {item(Choice::Svg, Glyph::Image, "SVG", "Lines that stay sharp at any size")}
            {item(Choice::Png, Glyph::Image, "PNG", "A bitmap, for mails and documents")}
            {item(Choice::Print, Glyph::File, "Print", paper)}
        </Popover>
    }
}
