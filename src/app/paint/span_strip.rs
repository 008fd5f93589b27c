//! One lane of spans as a small picture: a row of the fleet, a phone's resource page.

use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::spans::STRIP;
use lifeline::chart::spans::TrackBox;
use lifeline::chart::spans::draw_track;
use lifeline::chart::swimlane::draw_turns;
use lifeline::protocol::SpanView;
use lifeline::time::TimeRange;

use super::Picture;

/// Spans over `window`, in a box as large as the parent; the bar is 10 px high unless `bar` says so.
#[component]
pub fn SpanStrip(
    #[prop(into)] spans: Signal<Vec<SpanView>>,
    #[prop(into)] existence: Signal<Vec<SpanView>>,
    #[prop(into)] window: Signal<TimeRange>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] bar: Option<f64>,
) -> impl IntoView {
    let draw = move |sheet: &super::Sheet| {
        let scale = TimeScale::new(window.get(), sheet.width);
        let lane = (sheet.height, bar.unwrap_or(STRIP.1));
        let place = TrackBox::new(scale, 0.0, lane, &sheet.measure);
        let mut shapes = Vec::new();
        existence.with(|existence| {
            spans.with(|spans| draw_track(spans, Some(existence), &place, &mut shapes));
            draw_turns(existence, &place, &mut shapes);
        });
        shapes
    };
    view! { <Picture label draw/> }
}
