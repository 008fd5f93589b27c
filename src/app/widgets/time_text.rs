//! Times on screen, always with their offset beside them.

use leptos::prelude::*;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precision {
    /// `03:12:07.480`
    ClockMillis,
    /// `03:12:07`
    ClockSeconds,
    /// `16 Mar 18:00`
    Minute,
    /// `Tue 17 Mar 2026 03:12:07.480`
    Full,
}

/// A time and its offset; hovering shows the instant in UTC with every digit.
#[component]
pub fn TimeText(at: Timestamp, clock: Clock, precision: Precision) -> impl IntoView {
    let text = match precision {
        Precision::ClockMillis => words::clock_time(at, clock),
        Precision::ClockSeconds => words::clock_seconds(at, clock),
        Precision::Minute => words::minute(at, clock),
        Precision::Full => words::instant(at, clock),
    };
    let exact = at.to_string();
    view! {
        <time class="time" datetime=exact.clone() title=exact>
            {text} " " <span class="offset">{words::offset(at, clock)}</span>
        </time>
    }
}
