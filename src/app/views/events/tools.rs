//! What stands beside the tabs: counts, zoom to the brush, columns, export.

use leptos::prelude::*;
use lifeline::screen::words;

use super::columns_menu::ColumnsMenu;
use super::export_menu::ExportMenu;
use crate::dom::Node;
use crate::dom::view;
use crate::frame::brush::zoom_to_brush;
use crate::frame::counts::use_counts;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;

#[component(transparent)]
pub fn EventsTools() -> Node {
    let app = use_app();
    let counts = use_counts();
    let words = move || {
        let in_range = counts.in_range.with(|overview| overview.matching)?;
        let brushed = app
            .brush
            .get()
            .zip(counts.in_brush.with(|overview| overview.matching));
        Some(match brushed {
            Some((brush, n)) => view! {
                <span class="strong">{words::count(n)}</span>
                {format!(" in the brushed {}, {} in range", words::duration(brush.nanos()), words::count(in_range))}
            },
            None => view! {
                <span class="strong">{words::count(in_range)}</span>
                {if in_range == 1 { " event" } else { " events" }}
            },
        })
    };
    view! {
        <p class="tools-words cut" role="status">{words}</p>
        {move || app.brush.get().is_some().then(|| view! {
            <Button look=Look::Small glyph=Glyph::ZoomIn on_click=move |_| zoom_to_brush(app)>"Zoom to brush"</Button>
        })}
        <ColumnsMenu/>
        <ExportMenu/>
    }
}

/// The same in one line, for a narrow page.
pub fn count_words(app: App) -> String {
    let counts = use_counts();
    let Some(n) = counts.matching() else {
        return String::new();
    };
    let clock = app.clock();
    let mut text = words::counted(n, "event", "events");
    if let Some(range) = app.brush.get().or_else(|| app.whole_range()) {
        text.push_str(&format!(
            "  {} {}",
            words::range(range, clock),
            words::offset(range.from(), clock)
        ));
    }
    text
}
