//! The program in the browser, which runs twice: in the page it is a frame around views over one filter, one time range
//! and one clock, and in the worker (`worker`) it reads the events and answers what the page asks. One program, because
//! half of each would be the other's.

mod address_bar;
mod asks;
mod clauses;
mod clock;
mod dismissals;
mod dom;
mod engine;
mod files;
mod frame;
mod hooks;
mod keyboard;
mod outside;
mod paint;
mod pictures;
mod rest;
mod run;
mod session;
mod settings;
mod signals;
mod state;
mod views;
mod widgets;
mod worker;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::Frame;
use crate::state::App;

fn main() {
    console_error_panic_hook::set_once();
    rest::join_if_here();
    if let Some(scope) = js_sys::global().dyn_ref::<web_sys::DedicatedWorkerGlobalScope>() {
        return match scope.name().as_str() {
            "unpacking" => worker::unpacking::run(),
            _ => worker::run(),
        };
    }
    if let Some(start) = document().get_element_by_id("start") {
        start.remove();
    }
    mount_to_body(Page);
}

/// Makes the one context and starts the worker.
#[component(transparent)]
fn Page() -> Node {
    let app = App::new();
    provide_context(app);
    address_bar::follow(app);
    state::follow_width(app);
    settings::follow(app);
    keyboard::follow(app);
    hooks::install(app);
    app.keep_judged();
    app.start_engine();
    view! { <Frame/> }
}
