//! One histogram for all views: bars by outcome, hatch where nothing was fetched, and the brush. Where bars stand is
//! worked out by [`lifeline::chart::histogram`].

use leptos::html;
use leptos::prelude::*;
use lifeline::chart::Ink;
use lifeline::chart::Rect;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::approximate_width;
use lifeline::chart::bins::width_words;
use lifeline::chart::histogram::BarBox;
use lifeline::chart::histogram::Covered;
use lifeline::chart::histogram::covered_parts;
use lifeline::chart::histogram::draw_bars;
use lifeline::chart::ticks;
use lifeline::link::View;
use lifeline::protocol::Overview;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::sorting;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use reading::decimal::rounded;

use crate::dom::Node;
use crate::dom::view;
use crate::frame::brush::Brush;
use crate::frame::counts::use_counts;
use crate::frame::instant_handle::InstantHandle;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::size::use_size;

/// Where things stand from the top, in pixels.
#[derive(Clone, Copy, PartialEq)]
pub struct Layout {
    pub width: f64,
    pub height: f64,
    pub top: f64,
    /// The base line.
    pub base: f64,
}

impl Layout {
    /// The axis takes 22 px at the foot; tall ones keep room for words above the bars.
    fn of((width, height): (f64, f64)) -> Layout {
        let top = if height > 80.0 { 20.0 } else { 4.0 };
        Layout {
            width,
            height,
            top,
            base: (height - 23.0).max(top + 4.0),
        }
    }

    pub fn bars(self, domain: TimeRange) -> BarBox {
        BarBox {
            scale: TimeScale::new(domain, self.width),
            top: self.top,
            height: self.base - self.top,
        }
    }
}

#[component(transparent)]
pub fn Histogram() -> Node {
    let app = use_app();
    let counts = use_counts();
    let chart = NodeRef::<html::Div>::new();
    let size = use_size(chart);
    let layout = Memo::new(move |_| Layout::of(size.get()));
    Effect::new(move |_| {
        let width = layout.get().width;
        if width > 0.0 && (counts.width_px.get_untracked() - width).abs() >= 1.0 {
            counts.width_px.set(width);
        }
    });
    let overview = counts.in_range.answer;
    // Events without a time stand on no axis.
    let domain = Signal::derive(move || {
        app.domain()?;
        overview.with(|o| o.as_ref().map(|o| o.domain))
    });
    let hovered = RwSignal::new(None::<usize>);
    let class = move || match app.view.get() {
        View::Events => "histogram is-tall",
        View::Resources => "histogram is-tall",
        View::Timeline | View::Resource => "histogram",
    };
    let picture = move || {
        let layout = layout.get();
        domain.get()?;
        let overview = overview.get()?;
        let clock = app.clock();
        (layout.width > 0.0 && overview.held > 0).then(|| {
            view! { <Picture overview=overview.as_ref().clone() layout clock/> }
        })
    };
    view! {
        <section class=class aria-label="Events over time">
            <p class="visually-hidden">{move || summary(app, overview.get().as_deref())}</p>
            <p class="histogram-scale quiet" aria-hidden="true">
                {move || scale_words(app, overview.get().as_deref(), hovered.get())}
            </p>
            <Legend/>
            <div class="histogram-chart" node_ref=chart>
                {picture}
                {move || match (app.view.get(), domain.get()) {
                    (View::Resources, Some(_)) => view! { <InstantHandle domain layout/> },
                    (_, Some(_)) => view! { <Brush domain layout hovered/> },
                    (_, None) => Node::nothing(),
                }}
            </div>
        </section>
    }
}

/// Bars, gaps, strip and axis.
#[component(transparent)]
fn Picture(overview: Overview, layout: Layout, clock: Clock) -> Node {
    let app = use_app();
    let bars = layout.bars(overview.domain);
    let mut shapes = Vec::new();
    draw_bars(&overview.bins, &bars, &mut shapes);
    let inks = [
        (Ink::BarSuccessPale, "bar-hidden"),
        (Ink::BarSuccess, "bar-success"),
        (Ink::BarFailurePale, "bar-failure-hidden"),
        (Ink::FailSolid, "bar-failure"),
    ];
    let fills =
        inks.map(|(ink, class)| view! { <path class=class d=fill_path(&shapes, ink)></path> });
    let pending = view! { <path class="bar-pending" d=frame_path(&shapes)></path> };
    let axis = ticks::one_level(bars.scale, clock, &approximate_width)
        .into_iter()
        .map(|tick| {
            let y = layout.base + 4.0;
            let x = tick.x.round() + 0.5;
            view! {
                <path class="axis-tick" class:is-strong=tick.is_strong d=format!("M{} {}v{}", rounded(x, 1), rounded(y, 1), if tick.is_strong { 7 } else { 4 })></path>
                <text class="axis-text" x=rounded(tick.text_x, 1) y=rounded(layout.height - 4.0, 1)>{tick.text}</text>
            }
        })
        .collect::<Node>();
    let n_regions = app.sources.with_untracked(|sources| {
        let mut regions: Vec<_> = sources.iter().filter_map(|s| s.region.as_deref()).collect();
        sorting::sort(&mut regions);
        regions.dedup();
        regions.len()
    });
    let covered = overview.coverage_stated.then(|| {
        covered_parts(overview.domain, &overview.gaps, n_regions)
            .into_iter()
            .map(|(range, covered)| {
                let left = bars.scale.px_within(range.from(), 0.0).round();
                let right = bars
                    .scale
                    .px_within(range.to(), 0.0)
                    .round()
                    .max(left + 1.0);
                let class = match covered {
                    Covered::All => "covered",
                    Covered::Some => "covered is-some",
                    Covered::Nothing => "covered is-nothing hatched",
                };
                let words = overview
                    .gaps
                    .iter()
                    .find(|gap| gap.range.contains(range.from()))
                    .map(|gap| gap.words.clone())
                    .filter(|words| {
                        covered == Covered::Nothing
                            && right - left > words.len() as f64 * 6.0 + 14.0
                    });
                view! {
                    <div class=class style:left=px(left) style:width=px(right - left)>
                        {words.map(|words| view! { <span class="plate">{words}</span> })}
                    </div>
                }
            })
            .collect::<Node>()
    });
    view! {
        <svg class="histogram-bars" width=rounded(layout.width, 2) height=rounded(layout.height, 2)
            aria-hidden="true" focusable="false">
            {fills} {pending} {axis}
        </svg>
        <div class="histogram-covered" aria-hidden="true"
            style:top=px(layout.top) style:height=px(layout.base - layout.top + 4.0)>
            {covered}
        </div>
    }
}

/// What the colours mean; only what is there.
#[component(transparent)]
fn Legend() -> Node {
    let app = use_app();
    let counts = use_counts();
    let items = move || {
        let overview = counts.in_range.get()?;
        let any = |count: fn(&lifeline::protocol::Bin) -> u32| {
            overview.bins.iter().any(|bin| count(bin) > 0)
        };
        let is_filtered = app.query.with(|query| !query.trim().is_empty());
        let words = |plain: &'static str, filtered: &'static str| {
            if is_filtered { filtered } else { plain }
        };
        let mut items = Vec::new();
        if any(|bin| bin.failure) {
            items.push(("bar-failure", words("failure", "failure, matches")));
        }
        if any(|bin| bin.hidden_failure) {
            items.push(("bar-failure-hidden", "failure, filtered out"));
        }
        if any(|bin| bin.success + bin.other) {
            items.push(("bar-success", words("success", "success, matches")));
        }
        if any(|bin| bin.hidden) {
            items.push(("bar-hidden", "success, filtered out"));
        }
        if any(|bin| bin.pending) {
            items.push(("bar-pending", "pending"));
        }
        if !overview.gaps.is_empty() {
            items.push(("hatched", "nothing fetched"));
        }
        let not_stated = (!overview.coverage_stated && overview.held > 0)
            .then(|| view! { <span class="legend-item">"coverage not stated"</span> });
        Some(view! {
            {items.into_iter().map(|(class, words)| view! {
                <span class="legend-item"><span class=format!("legend-box {class}")></span>{words}</span>
            }).collect::<Node>()}
            {not_stated}
        })
    };
    view! { <div class="histogram-legend" aria-hidden="true">{items}</div> }
}

fn fill_path(shapes: &[Shape], wanted: Ink) -> String {
    let mut path = String::new();
    for shape in shapes {
        if let Shape::Fill { rect, ink, .. } = shape
            && *ink == wanted
        {
            path.push_str(&outline(*rect));
        }
    }
    path
}

fn frame_path(shapes: &[Shape]) -> String {
    let mut path = String::new();
    for shape in shapes {
        if let Shape::Frame { rect, .. } = shape {
            let rect = rect.inset(0.5);
            path.push_str(&outline(rect));
        }
    }
    path
}

fn outline(rect: Rect) -> String {
    let [x, y, width, height, back] =
        [rect.x, rect.y, rect.width, rect.height, -rect.width].map(|n| rounded(n, 2));
    format!("M{x} {y}h{width}v{height}h{back}z")
}

fn bin_nanos(overview: &Overview) -> i64 {
    overview.domain.nanos() / (overview.bins.len().max(1) as i64)
}

/// `150 events in 4 h`: what the full height stands for; over a bar, what it holds.
fn scale_words(app: App, overview: Option<&Overview>, hovered: Option<usize>) -> Option<String> {
    let overview = overview.filter(|overview| overview.held > 0)?;
    if app.domain().is_none() {
        return Some("No event has a time".into());
    }
    let total = |bin: &lifeline::protocol::Bin| {
        u64::from(bin.success)
            + u64::from(bin.failure)
            + u64::from(bin.pending)
            + u64::from(bin.other)
            + u64::from(bin.hidden)
            + u64::from(bin.hidden_failure)
    };
    let width = bin_nanos(overview);
    if let Some((n, bin)) = hovered.and_then(|n| overview.bins.get(n).map(|bin| (n, bin))) {
        let from = overview.domain.from().plus_nanos(width * n as i64);
        let clock = app.clock();
        return Some(format!(
            "{} {}, {}: {}, {}",
            words::minute(from, clock),
            words::offset(from, clock),
            width_words(width),
            words::counted(total(bin), "event", "events"),
            words::counted(
                u64::from(bin.failure) + u64::from(bin.hidden_failure),
                "failure",
                "failures"
            ),
        ));
    }
    let most = overview.bins.iter().map(total).max()?;
    Some(format!(
        "{} in {}",
        words::counted(most, "event", "events"),
        width_words(width)
    ))
}

/// The picture in words.
fn summary(app: App, overview: Option<&Overview>) -> String {
    let Some(overview) = overview.filter(|overview| overview.held > 0) else {
        return "No events yet.".into();
    };
    if app.domain().is_none() {
        return "No event has a time.".into();
    }
    let clock = app.clock();
    let domain = overview.domain;
    let mut text = format!(
        "{} {}: {} in range, {} match, {} of them failures.",
        words::range(domain, clock),
        words::offset(domain.from(), clock),
        words::counted(overview.in_range, "event", "events"),
        words::count(overview.matching),
        words::count(overview.matching_failures),
    );
    if !overview.gaps.is_empty() {
        text.push_str(&format!(
            " {} in coverage.",
            words::counted(overview.gaps.len() as u64, "gap", "gaps")
        ));
    }
    text
}
