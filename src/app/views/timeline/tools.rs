//! The timeline's controls: what the spans mean, lanes by, their order, all of it, and the same as a table.

use leptos::prelude::*;
use lifeline::chart::Glyph as MarkGlyph;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::spans::TrackBox;
use lifeline::chart::spans::draw_track;
use lifeline::link::LanesBy;
use lifeline::protocol::LaneSort;
use lifeline::protocol::SpanValue;
use lifeline::protocol::SpanView;
use lifeline::screen::keys::Act;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use super::lanes::Held;
use super::picture::TimelinePictureMenu;
use super::stage::Stage;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::Picture;
use crate::paint::Sheet;
use crate::signals::Signal;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::key_cap::KeyCap;

const BY: [(LanesBy, &str); 3] = [
    (LanesBy::Resource, "Resources by region"),
    (LanesBy::Initiator, "Initiators"),
    (LanesBy::Region, "Regions"),
];

const SORT: [(LaneSort, &str); 6] = [
    (LaneSort::Name, "By name"),
    (LaneSort::MostFailures, "Failures first"),
    (LaneSort::MostFindings, "Most findings first"),
    (LaneSort::MostEvents, "Most events first"),
    (LaneSort::FirstEvent, "First event first"),
    (LaneSort::LastEvent, "Last event first"),
];

/// Beside the tabs.
#[component(transparent)]
pub fn Tools(stage: Stage, held: Held) -> Node {
    view! {
        <Legend/>
        <Controls stage held/>
    }
}

/// Over the lanes, where there is no room beside the tabs.
#[component(transparent)]
pub fn PhoneTools(stage: Stage, held: Held) -> Node {
    (move || {
        stage
            .is_phone
            .get()
            .then(|| view! { <div class="tl-phone-tools"><Controls stage held/></div> })
    })
    .into_node()
}

#[component(transparent)]
fn Controls(stage: Stage, held: Held) -> Node {
    let app = stage.app;
    let by = move || place_of(&BY, app.lanes_by.get());
    let sort = move || place_of(&SORT, stage.app.lane_sort.get());
    view! {
        <Choice name="Lanes by" options=BY.map(|(_, words)| words).to_vec() chosen=Signal::derive(by)
            on_choose=move |place| {
                // A key of one sort of lanes names none of another.
                app.pinned.set(Vec::new());
                app.aligned.set(Vec::new());
                app.lanes_by.set(BY[place].0);
            }/>
        <Choice name="Order of lanes" options=SORT.map(|(_, words)| words).to_vec() chosen=Signal::derive(sort)
            on_choose=move |place| stage.app.lane_sort.set(SORT[place].0)/>
        <button type="button" class="button is-small" title="Join events of the same correlation"
            aria-pressed=move || stage.joined.get().is_some().to_string()
            on:click=move |_| { app.act(Act::Relate); }>
            "Join" <KeyCap key="c"/>
        </button>
        <button type="button" class="button is-small" title="Align two lanes on an event of each"
            aria-pressed=move || app.aligned.with(|aligned| !aligned.is_empty()).to_string()
            on:click=move |_| { app.act(Act::Align); }>
            "Align" <KeyCap key="l"/>
        </button>
        <button type="button" class="button is-small" on:click=move |_| stage.fit()>
            "Fit" <KeyCap key="0"/>
        </button>
        <button type="button" class="button is-small" aria-pressed=move || stage.app.as_table.get().to_string()
            on:click=move |_| stage.app.as_table.update(|shown| *shown = !*shown)>
            {move || if stage.app.as_table.get() { "Show as lanes" } else { "Show as table" }} " " <KeyCap key="t"/>
        </button>
        <TimelinePictureMenu stage held/>
    }
}

fn place_of<T: PartialEq>(options: &[(T, &str)], chosen: T) -> usize {
    options
        .iter()
        .position(|(option, _)| *option == chosen)
        .unwrap_or(0)
}

/// A native select, so that phones and screen readers show their own.
#[component(transparent)]
fn Choice(
    name: &'static str,
    options: Vec<&'static str>,
    chosen: Signal<usize>,
    on_choose: impl Fn(usize) + 'static,
) -> Node {
    view! {
        <span class="tl-choice">
            <select class="tl-select" aria-label=name prop:value=move || chosen.get().to_string()
                on:change=move |event| {
                    if let Ok(place) = event_target_value(&event).parse() {
                        on_choose(place);
                    }
                }>
                {options.into_iter().enumerate().map(|(place, words)| view! {
                    <option value=place.to_string() selected=move || chosen.get() == place>{words}</option>
                }).collect::<Node>()}
            </select>
            <Icon glyph=Glyph::ChevronDown row=true/>
        </span>
    }
}

/// What spans and marks mean, drawn by what draws them.
#[component(transparent)]
fn Legend() -> Node {
    let spans = [
        (SpanValue::On, "on"),
        (SpanValue::Off, "off"),
        (SpanValue::Suspended, "suspended"),
        (SpanValue::Rescue, "rescue"),
        (SpanValue::Live, "live"),
        (SpanValue::Unknown, "unknown"),
    ];
    let marks = [
        (MarkGlyph::Dot, "success"),
        (MarkGlyph::Octagon, "failure"),
        (MarkGlyph::Ring, "pending"),
        (MarkGlyph::Diamond, "no effect on state"),
        (MarkGlyph::Firm, "finding, firm"),
        (MarkGlyph::Suspected, "suspected"),
    ];
    view! {
        <ul class="tl-legend" aria-label="Legend">
            {spans.map(|(value, words)| view! {
                <li>
                    <span class="tl-swatch" aria-hidden="true">
                        <Picture label="" draw=move |sheet: &Sheet| swatch(value, sheet)/>
                    </span>
                    {words}
                </li>
            })}
            {marks.map(|(glyph, words)| view! {
                <li>
                    <span class="tl-swatch is-mark" aria-hidden="true">
                        <Picture label="" draw=move |sheet: &Sheet| vec![Shape::Mark {
                            glyph,
                            x: sheet.width / 2.0,
                            y: sheet.height / 2.0,
                        }]/>
                    </span>
                    {words}
                </li>
            })}
        </ul>
    }
}

fn swatch(value: SpanValue, sheet: &Sheet) -> Vec<Shape> {
    let (from, to) = (Timestamp::from_secs(0), Timestamp::from_secs(100));
    let Some(window) = TimeRange::new(from, to) else {
        return Vec::new();
    };
    let span = SpanView {
        value,
        text: String::new(),
        from: Some(from),
        to: Some(to.plus_nanos(-1)),
        basis: None,
        end_known: true,
        row: None,
        initiator: None,
        carried: Vec::new(),
        order_not_recorded: false,
    };
    let scale = TimeScale::new(window, sheet.width);
    let place = TrackBox::new(scale, 0.0, (sheet.height, 10.0), &sheet.measure);
    let mut shapes = Vec::new();
    draw_track(&[span], None, &place, &mut shapes);
    shapes
}
