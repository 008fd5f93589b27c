//! The page. So far it shakes hands with its worker and says so.

mod engine;

use engine::Engine;
use engine::Heard;
use leptos::prelude::*;
use lifeline::protocol::News;
use lifeline::protocol::Request;

fn main() {
    console_error_panic_hook::set_once();
    if let Some(start) = document().get_element_by_id("start") {
        start.remove();
    }
    mount_to_body(Handshake);
}

/// Says in one line whether the worker is there.
#[component]
fn Handshake() -> impl IntoView {
    let state = RwSignal::new("Starting the worker.".to_string());
    let engine = StoredValue::new_local(None::<Engine>);
    let started = Engine::start(move |heard| {
        state.set(words(&heard));
        if let Heard::News(news) = heard
            && let News::Ready { .. } = *news
        {
            engine.with_value(|engine| engine.as_ref().map(|e| e.send(&Request::OpenConfigured)));
        }
    });
    match started {
        Ok(started) => engine.set_value(Some(started)),
        Err(reason) => state.set(format!("The worker could not start: {reason}.")),
    }
    view! {
        <main>
            <h1>"Lifeline"</h1>
            <p id="handshake" role="status">{state}</p>
        </main>
    }
}

fn words(heard: &Heard) -> String {
    match heard {
        Heard::News(news) => match &**news {
            News::Ready { build } => format!("Worker ready, build {build}."),
            other => format!("The worker says {other:?}."),
        },
        Heard::Stale { build } => {
            format!("This page and its worker are of different builds ({build}). Reload the page.")
        }
        Heard::Failed(reason) => format!("The worker stopped: {reason}. Reload the page."),
    }
}
