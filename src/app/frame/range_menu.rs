//! The time range: presets, two typed ends, all time.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use lifeline::link::RangeChoice;
use lifeline::query::language::Moment;
use lifeline::query::language::When;
use lifeline::screen::words;
use lifeline::time::NANOS_PER_SEC;
use lifeline::time::TimeRange;

use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::popover::Popover;

const PRESETS: [(&str, &str); 10] = [
    ("now-1h", "Last hour"),
    ("now-24h", "Last 24 hours"),
    ("now-7d", "Last 7 days"),
    ("now-30d", "Last 30 days"),
    ("now-90d", "Last 90 days"),
    ("now-1y", "Last year"),
    ("now/d", "Today"),
    ("now-1d/d", "Yesterday"),
    ("now/M", "This month"),
    ("now-1M/M", "Last month"),
];

#[component(transparent)]
pub fn RangeMenu() -> Node {
    let app = use_app();
    let open = RwSignal::new(false);
    let choose = move |choice: RangeChoice| {
        app.choose_range(choice);
        open.set(false);
    };
    view! {
        <Popover open class="button range-button" at_end=true
            name=Signal::derive(move || format!("Time range: {}", range_words(app)))
            trigger=ViewFn::from(move || view! {
                <Icon glyph=Glyph::Calendar/>
                <span class="range-words cut">{move || range_words(app)}</span>
                <Icon glyph=Glyph::ChevronDown row=true/>
            })>
            <div class="range-menu">
                <div class="range-presets">
                    <button type="button" class="menu-item" on:click=move |_| choose(RangeChoice::All)
                        aria-pressed=move || app.range.with(|range| *range == RangeChoice::All).to_string()>
                        "All time"
                    </button>
                    {PRESETS.into_iter().filter_map(|(text, words)| {
                        let choice = RangeChoice::parse(text)?;
                        let same = choice.clone();
                        Some(view! {
                            <button type="button" class="menu-item" on:click=move |_| choose(choice.clone())
                                aria-pressed=move || app.range.with(|range| *range == same).to_string()>
                                {words}
                            </button>
                        })
                    }).collect::<Node>()}
                </div>
                <TypedRange on_chosen=choose/>
            </div>
        </Popover>
    }
}

/// Two fields that read what people type: `2026-03-01`, `2026-03-01 09:14`, `now-7d`.
#[component(transparent)]
fn TypedRange(on_chosen: impl Fn(RangeChoice) + Copy + 'static) -> Node {
    let app = use_app();
    let shown = untrack(|| app.domain());
    let clock = untrack(|| app.clock());
    let text = |at: Option<_>| {
        RwSignal::new(at.map_or_else(String::new, |at| words::minute_with_year(at, clock)))
    };
    let from = text(shown.map(|range| range.from()));
    // Whole seconds are written: the last of them to its end.
    let to = text(shown.map(|range| range.to().plus_nanos(NANOS_PER_SEC - 1)));
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let moment = untrack(|| app.moment());
        match read_range(&from.get_untracked(), &to.get_untracked(), &moment) {
            Ok(range) => on_chosen(RangeChoice::Absolute(range)),
            Err(words) => problem.set(Some(words)),
        }
    };
    let zone = move || words::offset(app.now.get(), app.clock());
    view! {
        <form class="range-typed" on:submit=submit>
            <p class="strong">"From and to"</p>
            <label class="field-label">
                <span>"From"</span>
                <input class="field" type="text" autocomplete="off" spellcheck="false" prop:value=from
                    on:input=move |event| from.set(event_target_value(&event))/>
            </label>
            <label class="field-label">
                <span>"To, not included"</span>
                <input class="field" type="text" autocomplete="off" spellcheck="false" prop:value=to
                    on:input=move |event| to.set(event_target_value(&event))/>
            </label>
            <p class="range-problem" role="alert">{move || problem.get()}</p>
            <p class="quiet range-help">
                "A day or a time such as 2026-03-01 or 2026-03-01 09:14, at " {zone} ". A whole day as the end is included."
            </p>
            <button type="submit" class="button is-main">"Show this range"</button>
        </form>
    }
}

/// How the range is called on its button.
fn range_words(app: App) -> String {
    match app.range.get() {
        RangeChoice::All => "All time".into(),
        RangeChoice::Absolute(range) => words::range(range, app.clock()),
        RangeChoice::Relative(relative) => {
            let text = RangeChoice::Relative(relative).to_string();
            PRESETS
                .into_iter()
                .find(|(preset, _)| {
                    RangeChoice::parse(preset).is_some_and(|choice| choice.to_string() == text)
                })
                .map_or(text, |(_, words)| words.to_owned())
        }
    }
}

fn read_range(from: &str, to: &str, moment: &Moment) -> Result<TimeRange, String> {
    let read = |text: &str, which: &str| {
        let text = text.trim();
        When::parse(&text.replacen(' ', "T", 1))
            .or_else(|| When::parse(text))
            .map(|when| when.range(moment))
            .ok_or_else(|| {
                format!(
                    "{which}: a day or a time was expected, such as 2026-03-01 or 2026-03-01 09:14."
                )
            })
    };
    let (start, end) = (read(from, "From")?, read(to, "To")?);
    // A day as the end is the whole day; a minute is that instant.
    let end = if to.trim().len() <= 10 && !to.trim().starts_with("now") {
        end.to()
    } else {
        end.from()
    };
    TimeRange::new(start.from(), end)
        .filter(|range| range.nanos() > 0)
        .ok_or_else(|| "The range ends before it begins.".into())
}
