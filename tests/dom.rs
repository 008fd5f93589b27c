//! The page's own elements (`src/app/dom`) in a real browser: what stands, what stays when a view is drawn again, what is
//! gone with it.
#![cfg(target_arch = "wasm32")]
#![allow(
    dead_code,
    unused_imports,
    reason = "the page uses what these tests leave aside"
)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../src/app/dom/mod.rs"]
mod dom;

#[path = "../src/app/run.rs"]
mod run;

#[path = "../src/app/signals/mod.rs"]
mod signals;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use wasm_bindgen_test::wasm_bindgen_test_configure;

use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::signals::RwSignal;

wasm_bindgen_test_configure!(run_in_browser);

/// Draws on a stage of its own; Leptos keeps it until the browser ends.
fn stage(draw: impl FnOnce() -> Node + 'static) -> web_sys::HtmlElement {
    let stage = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&stage).unwrap();
    let stage: web_sys::HtmlElement = stage.unchecked_into();
    leptos::mount::mount_to(stage.clone(), draw).forget();
    stage
}

fn find(stage: &web_sys::HtmlElement, selector: &str) -> web_sys::HtmlElement {
    let found = stage.query_selector(selector).unwrap();
    found.expect(selector).unchecked_into()
}

fn text(stage: &web_sys::HtmlElement) -> String {
    stage.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn an_element_drawn_again_stays_with_its_focus_and_hears_the_newest_closure_once() {
    let count = RwSignal::new(1);
    let heard = RwSignal::new(Vec::new());
    let stage = stage(move || {
        view! {
            <p>
                {move || {
                    let n = count.get();
                    view! {
                        <button class="again" on:click=move |_| heard.update(|heard| heard.push(n))>"n = " {n}</button>
                    }
                }}
            </p>
        }
    });
    let button = find(&stage, "button.again");
    button.focus().unwrap();
    count.set(2);
    leptos::task::tick().await;
    assert_eq!(text(&stage), "n = 2");
    assert!(find(&stage, "button").is_same_node(Some(&button)));
    assert!(
        document()
            .active_element()
            .unwrap()
            .is_same_node(Some(&button))
    );
    button.click();
    assert_eq!(heard.get_untracked(), [2]);
}

#[wasm_bindgen_test]
async fn another_shape_takes_the_place_of_the_one_before() {
    let is_table = RwSignal::new(false);
    let stage = stage(move || {
        view! {
            <b>"before "</b>
            {move || match is_table.get() {
                false => view! { <i title="list">"list"</i> },
                true => view! { <i>"table"</i> <u>"!"</u> },
            }}
            <b>" after"</b>
        }
    });
    assert_eq!(text(&stage), "before list after");
    is_table.set(true);
    leptos::task::tick().await;
    assert_eq!(text(&stage), "before table! after");
    assert!(find(&stage, "i").get_attribute("title").is_none());
    is_table.set(false);
    leptos::task::tick().await;
    assert_eq!(text(&stage), "before list after");
}

#[wasm_bindgen_test]
async fn rows_keep_their_elements_and_stand_in_the_order_of_the_list() {
    let rows = RwSignal::new(vec![1, 2, 3]);
    let suffix = RwSignal::new("");
    let stage = stage(move || {
        view! {
            <ul>
                <For each=move || rows.get() key=|row| *row let:row>
                    {
                        // Made for the row: it has to live as long as the row stands.
                        let shown = Memo::new(move |_| format!("{row}{} ", suffix.get()));
                        view! { <li data-row=row.to_string()>{move || shown.get()}</li> }
                    }
                </For>
            </ul>
        }
    });
    let second = find(&stage, "[data-row='2']");
    for (order, expected) in [
        (vec![0, 1, 2, 3, 4], "0 1 2 3 4 "),
        (vec![4, 2, 0], "4 2 0 "),
        (vec![2], "2 "),
        (vec![9, 2, 8], "9 2 8 "),
    ] {
        rows.set(order);
        leptos::task::tick().await;
        assert_eq!(text(&stage), expected);
        assert!(find(&stage, "[data-row='2']").is_same_node(Some(&second)));
    }
    suffix.set("!");
    leptos::task::tick().await;
    assert_eq!(text(&stage), "9! 2! 8! ");
}

#[wasm_bindgen_test]
async fn a_new_row_takes_over_the_elements_of_one_that_is_gone() {
    let rows = RwSignal::new(vec![1, 2, 3, 4]);
    let stage = stage(move || {
        view! {
            <For each=move || rows.get() key=|row| *row let:row>
                <p data-row=row.to_string()>{format!("{row} ")}</p>
            </For>
        }
    });
    let element = |row: i32| find(&stage, &format!("[data-row='{row}']"));
    // The element of the row in the first list is that of the row in the second.
    for (before, after, taken) in [
        (vec![1, 2, 3, 4], vec![3, 4, 5, 6], (1, 5)),
        (vec![3, 4, 5, 6], vec![1, 3, 4, 5], (6, 1)),
        (vec![1, 2, 3, 4], vec![11, 12, 13, 14], (2, 12)),
    ] {
        rows.set(before);
        leptos::task::tick().await;
        let gone = element(taken.0);
        rows.set(after.clone());
        leptos::task::tick().await;
        let words: String = after.iter().map(|row| format!("{row} ")).collect();
        assert_eq!(text(&stage), words);
        assert!(element(taken.1).is_same_node(Some(&gone)));
    }
}

#[wasm_bindgen_test]
async fn what_is_replaced_does_not_run_with_signals_that_are_gone() {
    let view_no = RwSignal::new(0);
    let stage = stage(move || {
        view! {
            {move || {
                let no = view_no.get();
                // Gone with the view that made it.
                let own = RwSignal::new(no);
                let part = move || format!("{} of {}", own.get(), view_no.get());
                match no {
                    1 => view! { <b title=move || own.get().to_string()>{part}</b> },
                    _ => view! { <i>{part}</i> },
                }
            }}
        }
    });
    for no in [1, 2, 1] {
        view_no.set(no);
        leptos::task::tick().await;
        assert_eq!(text(&stage), format!("{no} of {no}"));
    }
}

#[wasm_bindgen_test]
async fn children_stand_while_a_condition_holds_and_the_fallback_otherwise() {
    let is_shown = RwSignal::new(false);
    let stage = stage(move || {
        view! { <Show when=move || is_shown.get() fallback=|| view! { <i>"none"</i> }><b>"some"</b></Show> }
    });
    assert_eq!(text(&stage), "none");
    is_shown.set(true);
    leptos::task::tick().await;
    assert_eq!(text(&stage), "some");
}

#[wasm_bindgen_test]
async fn values_come_and_go_as_attributes_classes_styles_and_properties() {
    let is_on = RwSignal::new(true);
    let stage = stage(move || {
        view! {
            <input type="checkbox" class="box" class:is-on=is_on prop:checked=move || is_on.get()
                hidden=move || is_on.get() title=move || is_on.get().then_some("on") style:width=move || {
                    if is_on.get() { "7px" } else { "9px" }
                }/>
        }
    });
    let input: web_sys::HtmlInputElement = find(&stage, "input").unchecked_into();
    assert_eq!(input.class_name(), "box is-on");
    assert_eq!(input.title(), "on");
    assert_eq!(
        web_sys::HtmlElement::style(&input)
            .get_property_value("width")
            .unwrap(),
        "7px"
    );
    assert!(input.checked() && input.hidden());
    is_on.set(false);
    leptos::task::tick().await;
    assert_eq!(input.class_name(), "box");
    assert!(!input.has_attribute("title") && !input.checked() && !input.hidden());
    assert_eq!(
        web_sys::HtmlElement::style(&input)
            .get_property_value("width")
            .unwrap(),
        "9px"
    );
}

#[wasm_bindgen_test]
fn drawings_are_elements_of_svg_and_text_is_never_markup() {
    let stage = stage(|| {
        view! {
            <svg viewBox="0 0 1 1"><path d="M0 0h1"/></svg>
            <p>{"<img src=x>".to_owned()}</p>
        }
    });
    let namespace = find(&stage, "path").namespace_uri();
    assert_eq!(namespace.as_deref(), Some("http://www.w3.org/2000/svg"));
    assert!(stage.query_selector("img").unwrap().is_none());
    assert_eq!(text(&stage), "<img src=x>");
}
