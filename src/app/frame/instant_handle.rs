//! The instant T of the fleet on the histogram: drag it, press where it should be, or step it with the arrow keys.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::TimeScale;
use lifeline::chart::within;
use lifeline::screen::words;
use lifeline::screen::words::percent;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use reading::decimal;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::histogram::Layout;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::Signal;
use crate::signals::StoredValue;
use crate::state::App;
use crate::state::use_app;

/// Which of the two: the fleet's own instant, or the earlier one that it is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    At,
    Since,
}

impl Which {
    fn instant(self, app: App) -> Option<Timestamp> {
        match self {
            Which::At => app.instant(),
            Which::Since => app.since.get(),
        }
    }

    fn set(self, app: App, at: Timestamp) {
        match self {
            Which::At => app.at.set(Some(at)),
            Which::Since => app.since.set(Some(at)),
        }
    }
}

#[component(transparent)]
pub fn InstantHandle(domain: Signal<Option<TimeRange>>, layout: Memo<Layout>) -> Node {
    let app = use_app();
    let area = NodeRef::<html::Div>::new();
    let held = StoredValue::new(None::<Which>);
    let scale = move || {
        domain
            .get()
            .map(|domain| TimeScale::new(domain, layout.get().width))
    };
    let x_of = move |client_x: i32| {
        let left = area
            .get_untracked()
            .map_or(0.0, |area| area.get_bounding_client_rect().left());
        f64::from(client_x) - left
    };
    let set_px = move |which: Which, x: f64| {
        if let Some(scale) = untrack(scale) {
            let at = scale.time_from_px(within(x, 0.0, scale.width_px()));
            which.set(app, rounded(at, scale.nanos_per_px()));
        }
    };
    // Of two the nearer one is meant.
    let meant = move |x: f64| {
        let scale = untrack(scale)?;
        let away = |which: Which| {
            let at = untrack(|| which.instant(app))?;
            Some((scale.px(at) - x).abs())
        };
        match (away(Which::At), away(Which::Since)) {
            (Some(at), Some(since)) if since < at => Some(Which::Since),
            _ => Some(Which::At),
        }
    };
    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        let x = x_of(event.client_x());
        let Some(which) = meant(x) else {
            return;
        };
        held.set_value(Some(which));
        set_px(which, x);
        if let Some(area) = area.get_untracked() {
            let _ = area.set_pointer_capture(event.pointer_id());
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        if let Some(which) = held.get_value() {
            set_px(which, x_of(event.client_x()));
        }
    };
    let since = move || {
        let compares = app.since.with(Option::is_some);
        compares.then(|| view! { <Grip which=Which::Since domain/> })
    };
    view! {
        <div class="instant-area" node_ref=area on:pointerdown=on_down on:pointermove=on_move
            on:pointerup=move |_| held.set_value(None) on:pointercancel=move |_| held.set_value(None)>
            {since}
            <Grip which=Which::At domain/>
        </div>
    }
}

#[component(transparent)]
fn Grip(which: Which, domain: Signal<Option<TimeRange>>) -> Node {
    let app = use_app();
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(domain) = domain.get_untracked() else {
            return;
        };
        let step = domain.nanos() / if event.shift_key() { 20 } else { 200 };
        let now = untrack(|| which.instant(app)).unwrap_or(domain.to());
        let next = match event.key().as_str() {
            "ArrowLeft" => now.plus_nanos(-step),
            "ArrowRight" => now.plus_nanos(step),
            "Home" => domain.from(),
            "End" => domain.to(),
            _ => return,
        };
        event.prevent_default();
        which.set(app, next.max(domain.from()).min(domain.to()));
    };
    let text = move || {
        which.instant(app).map(|at| {
            let clock = app.clock();
            format!(
                "{} {}",
                words::instant_seconds(at, clock),
                words::offset(at, clock)
            )
        })
    };
    let share = move || {
        let (Some(domain), Some(at)) = (domain.get(), which.instant(app)) else {
            return 0.0;
        };
        TimeScale::new(domain, 100.0).px_within(at, 0.0)
    };
    // Where there is room for its words on one side of it alone.
    let is_at_end = move || {
        share()
            > if app.width_px.get() < 600.0 {
                45.0
            } else {
                80.0
            }
    };
    let compares = move || app.since.with(Option::is_some);
    let letter = move || match (which, compares()) {
        (Which::Since, _) => "T1 ",
        (Which::At, true) => "T2 ",
        (Which::At, false) => "T ",
    };
    let name = match which {
        Which::At => "Instant of the fleet",
        Which::Since => "Earlier instant that the fleet is compared with",
    };
    view! {
        <div class="instant" class:is-second=move || which == Which::At && compares()
            style:left=move || percent(share() / 100.0)>
            <span class="instant-grip" role="slider" tabindex="0" aria-label=name
                aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || decimal::rounded(share(), 1)
                aria-valuetext=text on:keydown=on_key></span>
            <span class="instant-words" class:at-end=is_at_end aria-hidden="true">{letter} {text}</span>
        </div>
    }
}

/// To the second where a pixel is more than one, so that the time reads well.
fn rounded(at: Timestamp, nanos_per_px: f64) -> Timestamp {
    let units = [86_400, 3600, 60, 1].map(|secs: i64| secs * lifeline::time::NANOS_PER_SEC);
    let unit = units
        .into_iter()
        .find(|unit| (*unit as f64) <= nanos_per_px * 2.0);
    match unit {
        Some(unit) => Timestamp::from_nanos(at.nanos().div_euclid(unit) * unit),
        None => at,
    }
}
