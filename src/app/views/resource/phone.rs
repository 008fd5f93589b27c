//! One resource on a phone: its life runs down the page as a vertical span, newest first, its events along it.

use std::time::Duration;

use leptos::prelude::*;
use lifeline::cadf::Outcome;
use lifeline::chart::Shape;
use lifeline::chart::TimeScale;
use lifeline::chart::axis::draw_one_level;
use lifeline::chart::spans::LANE;
use lifeline::chart::spans::TrackBox;
use lifeline::chart::spans::draw_track;
use lifeline::chart::swimlane::draw_gap;
use lifeline::chart::swimlane::draw_turns;
use lifeline::chart::ticks::one_level;
use lifeline::protocol::Gap;
use lifeline::protocol::HistoryEvent;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::SpanValue;
use lifeline::screen::life as life_words;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use lifeline::time::written;

use super::chart::Chart;
use super::events::FoldButton;
use super::events::changes;
use super::finding_card::Badges;
use super::finding_card::FindingCard;
use super::header::IdChip;
use super::header::place_words;
use super::header::record_words;
use super::header::state_now;
use super::life::BLOCK;
use super::life::Life;
use super::life::use_life;
use super::table::Table;
use super::values::glyph_of;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::outside;
use crate::paint::Picture;
use crate::paint::Sheet;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeIcon;

/// So many tracks are told above the life; all of them side by side on demand.
const TOLD: usize = 4;

#[component(transparent)]
pub fn Phone() -> Node {
    let life = use_life();
    let shows_tracks = RwSignal::new(false);
    let head = move || {
        let (end, clock) = (life.end(), life.app.clock());
        life.asked
            .with(|page| view! { <Head page=page.clone() end clock/> })
    };
    let values = move || {
        let clock = life.app.clock();
        life.asked.with(|page| values(page, clock))
    };
    let n_tracks = move || life.asked.with(|page| page.tracks.len()).unwrap_or(0);
    let tracks = move || match (shows_tracks.get(), life.app.as_table.get()) {
        (true, true) => view! { <Table/> },
        (true, false) => view! { <div class="life-phone-tracks"><Chart/></div> },
        (false, _) => Node::nothing(),
    };
    let events = move || {
        let clock = life.app.clock();
        life.asked.with(|page| down_the_page(life, page, clock))
    };
    // What a badge leads to: once it is told of, it is brought into sight.
    Effect::new(move |_| {
        let Some(goal) = life.goal.get() else { return };
        if goal >= life.n_down.get_untracked() {
            life.n_down.set((goal / BLOCK + 1) * BLOCK);
        }
        let n_told = life.told.with(|told| told.rows.len()).unwrap_or(0);
        if goal < n_told {
            let item = format!("[data-place=\"{goal}\"]");
            set_timeout(move || outside::show(&item), Duration::ZERO);
            life.goal.set(None);
        }
    });
    let n_more = move || life.n_events().saturating_sub(life.n_down.get());
    view! {
        <div class="life-phone scroll">
            {head}
            <div class="life-phone-strip"><Strip/></div>
            <dl class="life-phone-values">{values}</dl>
            <button type="button" class="link life-phone-all" aria-expanded=move || shows_tracks.get().to_string()
                on:click=move |_| shows_tracks.update(|shows| *shows = !*shows)>
                {move || if shows_tracks.get() { "Hide the tracks".to_owned() } else { format!("All {} tracks, side by side", n_tracks()) }}
            </button>
            <Show when=move || shows_tracks.get()>
                <label class="fleet-check life-phone-check">
                    <input type="checkbox" prop:checked=move || life.app.as_table.get()
                        on:change=move |event| life.app.as_table.set(event_target_checked(&event))/>
                    "As a table"
                </label>
            </Show>
            {tracks}
            <ol class="life-down" aria-label="Events, newest first">{events}</ol>
            <Show when=move || { n_more() > 0 }>
                <button type="button" class="button life-phone-more" on:click=move |_| life.n_down.update(|n_down| *n_down += BLOCK)>
                    {move || format!("Show older events ({} more)", words::count(n_more() as u64))}
                </button>
            </Show>
        </div>
    }
}

#[component(transparent)]
fn Head(page: HistoryPage, end: Timestamp, clock: Clock) -> Node {
    let life = use_life();
    let head = &page.head;
    let kind = format!(
        "{}, {}",
        head.kind_words,
        place_words(&head.region, &head.location)
    );
    let n_failures = page.n_failures;
    view! {
        <header class="life-phone-head">
            <IconButton glyph=Glyph::ChevronLeft name="Back to the resources" on_click=move |_| life.back()/>
            <div class="life-phone-who">
                <h1 class="life-phone-name">{head.label.clone()}</h1>
                <p class="quiet">{kind}</p>
                <IdChip id=head.id.clone()/>
            </div>
        </header>
        <p class="life-phone-state">{state_now(&page, end, clock)}</p>
        <p class="life-phone-chips">
            <Badges/>
            {(n_failures > 0).then(|| view! { <span class="chip-quiet">{words::count(n_failures)} " failed"</span> })}
            <span class="chip-quiet">{words::counted(page.events.len() as u64, "event", "events")}</span>
            <span class="chip-quiet">{record_words(&page)}</span>
        </p>
        {(!page.notes.is_empty()).then(|| view! {
            <details class="life-phone-notes">
                <summary>{words::counted(page.notes.len() as u64, "note", "notes")} " on this record"</summary>
                <ul class="resource-notes">
                    {page.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect::<Node>()}
                </ul>
            </details>
        })}
    }
}

/// The whole life as one lane over its dates.
#[component(transparent)]
fn Strip() -> Node {
    let life = use_life();
    let draw = move |sheet: &Sheet| {
        let mut shapes: Vec<Shape> = Vec::new();
        let (Some(window), Some(page)) = (life.window(), life.asked.get()) else {
            return shapes;
        };
        let scale = TimeScale::new(window, sheet.width);
        let lane = TrackBox {
            known_to: life.app.totals.with(|totals| totals.last),
            ..TrackBox::new(scale, 0.0, LANE, &sheet.measure)
        };
        let existence = life_words::track(&page.tracks, "existence");
        let power = life_words::track(&page.tracks, "power");
        draw_track(power, Some(existence), &lane, &mut shapes);
        for gap in &page.gaps {
            draw_gap(
                gap,
                scale,
                lane.bar_top(),
                lane.bar_top() + lane.bar,
                &mut shapes,
            );
        }
        draw_turns(existence, &lane, &mut shapes);
        let ticks = one_level(scale, life.app.clock(), &sheet.measure);
        draw_one_level(&ticks, sheet.width, 23.0, &mut shapes);
        shapes
    };
    view! { <Picture label="The whole life; the events below tell the same in words." draw/> }
}

fn values(page: &HistoryPage, clock: Clock) -> Node {
    let near = page.last.unwrap_or(Timestamp::MIN);
    page.tracks
        .iter()
        .filter(|track| track.name != "existence" && track.name != "name")
        .take(TOLD)
        .filter_map(|track| {
            let span = track.spans.last()?;
            let by = life_words::set_by(span);
            let when = span.from.map(|from| life_words::stamp(from, clock, near));
            let text = match span.value {
                SpanValue::Unknown => "not recorded".to_owned(),
                _ => span.text.clone(),
            };
            let by = match (span.value, &when) {
                (SpanValue::Unknown, None) => String::new(),
                _ => by,
            };
            Some(view! {
                <div class="life-phone-value">
                    <dt><Icon glyph=glyph_of(&track.name) row=true/> <span class="cut">{track.label.clone()}</span></dt>
                    <dd class="cut">{text}</dd>
                    <dd class="quiet life-phone-by"><span class="cut">{by}</span> <span class="nowrap">{when}</span></dd>
                </div>
            })
        })
        .collect::<Node>()
        .into_node()
}

/// Events with the state between them as a rail, unfetched times in their places.
fn down_the_page(life: Life, page: &HistoryPage, clock: Clock) -> Node {
    let mut items: Vec<Node> = Vec::new();
    let mut newer: Option<Timestamp> = None;
    let told = life.told.with(|told| life.told_of(told));
    let lines = life.lines.get();
    for (place, event) in told.unwrap_or_default() {
        if lines.line_of(place).is_none() {
            continue;
        }
        if let Some(at) = event.row.time {
            for gap in page.gaps.iter().rev() {
                let is_between =
                    gap.range.from() >= at && newer.is_none_or(|newer| gap.range.from() < newer);
                if is_between {
                    items.push(gap_item(gap, clock));
                }
            }
            newer = Some(at);
        }
        items.push(item(life, page, place, &event, clock));
    }
    items.into_node()
}

fn gap_item(gap: &Gap, clock: Clock) -> Node {
    view! {
        <li class="down-item is-gap">
            <span class="down-day"></span>
            <span class="down-rail" aria-hidden="true"><i class="rail is-whole is-unknown"></i></span>
            <p class="down-gap">
                {format!("Not fetched, {}: {} ", gap.words, words::range(gap.range, clock))}
                <span class="offset">{words::offset(gap.range.from(), clock)}</span>
            </p>
        </li>
    }
}

fn item(life: Life, page: &HistoryPage, place: usize, event: &HistoryEvent, clock: Clock) -> Node {
    let row = &event.row;
    let (day, time) = match row.time {
        Some(at) => (
            written(clock.wall(at), "%-d %b"),
            view! {
                <time class="time" datetime=at.to_string() title=written(clock.wall(at), "%-d %b %Y")>
                    {words::clock_seconds(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span>
                </time>
            },
        ),
        None => (
            String::new(),
            view! { <span class="quiet">"undated"</span> },
        ),
    };
    let after = row.time.map(|at| rail_class(page, at));
    let before = row.time.map(|at| rail_class(page, at.plus_nanos(-1)));
    let mark = match row.outcome {
        Outcome::Success if row.has_effect => view! { <i class="down-dot"></i> },
        Outcome::Success => view! { <i class="down-diamond"></i> },
        outcome => view! { <span class="down-mark"><OutcomeIcon outcome/></span> },
    };
    let by = match (row.initiator.is_empty(), row.address.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!(" by {}", row.initiator),
        (true, false) => format!(" from {}", row.address),
        (false, false) => format!(" by {}, {}", row.initiator, row.address),
    };
    let outcome = (row.outcome != Outcome::Success).then(|| {
        format!(
            ", {}",
            crate::widgets::outcome::word(row.outcome).to_ascii_lowercase()
        )
    });
    let is_selected = Memo::new(move |_| life.selected() == Some(place));
    let id = row.row;
    let is_shown = Memo::new(move |_| life.shown_rows().contains(&id));
    let operation = life.operation_words(id);
    let fold = life.lines.with_untracked(|lines| lines.head_at(place));
    let is_part = life
        .lines
        .with_untracked(|lines| lines.head_of(place).is_some());
    let cards = life.findings_beside(id).into_iter();
    let cards: Node = cards.map(|key| view! { <FindingCard key/> }).collect();
    view! {
        <li class="down-item" class:is-selected=is_selected class:is-shown=is_shown class:is-part=is_part
            data-place=place.to_string()>
            <span class="down-day quiet">{day}</span>
            <span class="down-rail" aria-hidden="true">
                {after.map(|class| view! { <i class=format!("rail is-after {class}")></i> })}
                {before.map(|class| view! { <i class=format!("rail is-before {class}")></i> })}
                {mark}
            </span>
            <div class="down-main">
            <button type="button" class="down-body" on:click=move |_| {
                life.select(place);
                life.app.detail_open.set(true);
            }>
                <span class="down-line">
                    <strong class="down-action">{row.label.clone()} {outcome}</strong>
                    {time}
                </span>
                <span class="down-change">{changes(event)} {by}</span>
                {(!operation.is_empty()).then(|| view! { <span class="down-change">{operation}</span> })}
            </button>
            {fold.map(|fold| view! { <FoldButton fold/> })}
            {cards}
            </div>
        </li>
    }
}

/// How the rail looks at an instant: power of a live server, else its existence; nothing after its end.
fn rail_class(page: &HistoryPage, at: Timestamp) -> String {
    let at_track = |name: &str| {
        let spans = life_words::track(&page.tracks, name);
        life_words::span_at(spans, at).map(|place| &spans[place])
    };
    let existence = at_track("existence");
    let power = at_track("power");
    let span = match (existence, power) {
        (Some(existence), _) if life_words::is_ended(existence.value) => existence,
        (Some(existence), Some(power))
            if power.value == SpanValue::Unknown && existence.value == SpanValue::Live =>
        {
            existence
        }
        (_, Some(power)) => power,
        (Some(existence), None) => existence,
        (None, None) => return "is-none".into(),
    };
    let carried = match life_words::is_carried_at(span, at) {
        true => " is-carried",
        false => "",
    };
    format!("is-{}{carried}", life_words::look(span.value))
}
