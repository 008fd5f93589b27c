//! The events as shown, as a file: CSV or NDJSON.

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::ExportFormat;
use lifeline::protocol::Question;

use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::outside;
use crate::signals::RwSignal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::popover::Popover;

#[component(transparent)]
pub fn ExportMenu() -> Node {
    let app = use_app();
    let open = RwSignal::new(false);
    let item = move |format: ExportFormat, name: &'static str, what: &'static str| {
        view! {
            <button type="button" class="menu-item is-tall" on:click=move |_| { open.set(false); export(app, format); }>
                <Icon glyph=Glyph::File/>
                <span><span class="menu-title">{name}</span><span class="menu-note">{what}</span></span>
            </button>
        }
    };
    view! {
        <Popover open class="button is-small" at_end=true name="Export"
            trigger=ViewFn::from(|| view! { <Icon glyph=Glyph::Export/>"Export" })>
            {item(ExportFormat::Csv, "CSV", "The columns shown, for a spreadsheet")}
            {item(ExportFormat::Ndjson, "NDJSON", "Each event as recorded, one a line")}
        </Popover>
    }
}

fn export(app: App, format: ExportFormat) {
    let question = untrack(|| Question::Export {
        filter: app.filter(),
        order: app.order.get(),
        format,
        columns: app.shown_columns(),
    });
    app.say("Writing the file.");
    app.ask(question, move |(_, result)| match result {
        Ok(Answer::Export {
            file_name,
            media_type,
            text,
        }) => match outside::save_file(&file_name, &media_type, &text) {
            Ok(()) => app.say(format!("{file_name} is ready.")),
            Err(_) => app.say("The browser did not let this page save a file."),
        },
        Ok(_) => {}
        Err(
            AskError::Query { message, .. }
            | AskError::NotFound { message, .. }
            | AskError::Failed { message },
        ) => app.say(format!("The file could not be written: {message}.")),
    });
}
