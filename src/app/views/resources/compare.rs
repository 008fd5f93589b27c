//! The fleet at T1 held against the same at T2: how many of each sort, and resource by resource what is another, by whom,
//! through which event.

use std::collections::BTreeSet;

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::AttributeView;
use lifeline::protocol::Basis;
use lifeline::protocol::ChangeKind;
use lifeline::protocol::ComparedRow;
use lifeline::protocol::Comparison;
use lifeline::protocol::Question;
use lifeline::protocol::SpanValue;
use lifeline::screen::compared;
use lifeline::screen::life;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

use super::desk::Desk;
use super::desk::use_desk;
use crate::dom::Node;
use crate::dom::view;
use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::state::App;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::swatch::StateText;

const PAGE: u32 = 100;

/// Turns comparing on, from where the range begins, or off.
pub fn toggle(desk: Desk) {
    let app = desk.app;
    let now = app.since.get_untracked();
    let start = untrack(|| app.domain()).map(|domain| domain.from());
    match (now, start) {
        (Some(_), _) => app.since.set(None),
        (None, Some(start)) => app.since.set(Some(start)),
        (None, None) => app.say("There is nothing to compare yet: no event has a time."),
    }
}

fn question(app: App, kind: ChangeKind, (first, count): (u32, u32)) -> Option<Question> {
    let (one, other) = (app.since.get()?, app.instant()?);
    Some(Question::Compare {
        filter: app.filter_of_range(),
        from: one.min(other),
        to: one.max(other),
        kind,
        find: app.find.get().trim().to_owned(),
        first,
        count,
    })
}

fn pick(answer: Answer) -> Option<Comparison> {
    match answer {
        Answer::Compared(comparison) => Some(*comparison),
        _ => None,
    }
}

#[component(transparent)]
pub fn Compare() -> Node {
    let desk = use_desk();
    let app = desk.app;
    let kind = RwSignal::new(ChangeKind::Any);
    let first = RwSignal::new(0_u32);
    let opened = RwSignal::new(BTreeSet::<String>::new());
    let page = use_answer(move || question(app, kind.get(), (first.get(), PAGE)), pick);
    let rows = move || {
        let clock = app.clock();
        page.with(|page| {
            let rows = page.rows.iter();
            rows.map(|row| view! { <Row row=row.clone() opened clock/> })
                .collect::<Node>()
        })
    };
    let total = move || page.with(|page| page.total).unwrap_or(0);
    let none = move || {
        let is_none = page.with(|page| page.total == 0).unwrap_or(false);
        is_none.then(|| {
            view! { <p class="quiet compare-none" role="status">{format!("No resource is “{}” from T1 to T2.", compared::kind_words(kind.get()))}</p> }
        })
    };
    let failed = move || {
        let failed = page.answer.with(Option::is_none) && page.error.with(Option::is_some);
        failed.then(|| view! { <p class="fail-text" role="alert">"The search can't be read, so nothing is compared. It is marked beside the search field."</p> })
    };
    let step = move |later: bool| {
        first.update(|first| match later {
            true if *first + PAGE < total() => *first += PAGE,
            true => {}
            false => *first = first.saturating_sub(PAGE),
        });
    };
    let pages = move || {
        (total() > PAGE).then(|| {
            let from = first.get();
            let said = format!(
                "{} to {} of {}",
                words::count(u64::from(from + 1)),
                words::count(u64::from((from + PAGE).min(total()))),
                words::count(u64::from(total()))
            );
            view! {
                <div class="compare-pages">
                    <Button look=Look::Small on_click=move |_| step(false)>"Before"</Button>
                    <span class="quiet">{said}</span>
                    <Button look=Look::Small on_click=move |_| step(true)>"After"</Button>
                </div>
            }
        })
    };
    view! {
        <div class="compare">
            <Chips page kind first/>
            {failed}
            <div class="compare-scroll scroll" tabindex="0" role="region" aria-label="What is another from T1 to T2">
                <table class="compare-table">
                    <thead><tr>
                        <th scope="col">"Resource"</th><th scope="col" class="is-region">"Region"</th>
                        <th scope="col">"At T1"</th><th scope="col">"At T2"</th><th scope="col">"Changed"</th>
                        <th scope="col" class="is-last">"Last change"</th><th scope="col" class="is-by">"By, through"</th>
                    </tr></thead>
                    {rows}
                </table>
                {none} {pages}
            </div>
        </div>
    }
}

/// How many of each sort; a press lists them.
#[component(transparent)]
fn Chips(page: Asked<Comparison>, kind: RwSignal<ChangeKind>, first: RwSignal<u32>) -> Node {
    let desk = use_desk();
    let said = move || {
        page.with(|page| {
            format!(
                "{} live at T1, {} at T2",
                words::count(page.n_from.into()),
                words::count(page.n_to.into())
            )
        })
    };
    let chip = move |place: usize, of: ChangeKind| {
        let n = move || page.with(|page| page.counts.get(place).copied().unwrap_or(0));
        let count = move || n().map(|n| words::count(n.into()));
        let is_unknown = of == ChangeKind::Unknown;
        let title = is_unknown
            .then_some("Nothing that was read tells whether they were there at T1 or at T2.");
        view! {
            <button type="button" class="compare-chip" aria-pressed=move || (kind.get() == of).to_string() title=title
                on:click=move |_| { kind.set(of); first.set(0); }>
                <strong>{count}</strong> " " {compared::kind_words(of)}
            </button>
        }
    };
    let chips = ChangeKind::ALL.into_iter().enumerate();
    view! {
        <div class="compare-chips">
            <span class="compare-said" role="status">{said}</span>
            <div class="compare-kinds" role="group" aria-label="Sorts of change">
                {chips.map(|(place, of)| chip(place, of)).collect::<Node>()}
            </div>
            <Button look=Look::Small glyph=Glyph::Export on_click=move |_| export(desk.app, kind.get_untracked())>
                "Export the difference"
            </Button>
        </div>
    }
}

/// A row, and below it, unfolded, attribute by attribute.
#[component(transparent)]
fn Row(row: ComparedRow, opened: RwSignal<BTreeSet<String>>, clock: Clock) -> Node {
    let desk = use_desk();
    let id = row.head.id.clone();
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| opened.with(|opened| opened.contains(&id)))
    };
    let turn = {
        let id = id.clone();
        move |_| {
            opened.update(|opened| {
                if !opened.remove(&id) {
                    opened.insert(id.clone());
                }
            });
        }
    };
    let open = {
        let kind = row.head.kind;
        move |_| desk.app.open_resource(id.clone(), Some(kind))
    };
    // What an event only showed was made by somebody earlier.
    let made = row
        .changes
        .iter()
        .filter(|change| change.basis != Basis::Seen);
    let last = made.max_by_key(|change| change.at);
    let badges: Node = compared::badges(&row)
        .map(|words| view! { <span class="compare-badge">{words}</span> })
        .collect();
    let has_more = !row.changes.is_empty() || !row.unknown.is_empty() || !row.back_again.is_empty();
    let more = has_more.then(|| {
        let name = format!("What changed of {}", row.head.label);
        view! {
            <button type="button" class="compare-more" aria-label=name aria-expanded=move || is_open.get().to_string() on:click=turn>
                {move || view! { <Icon glyph={if is_open.get() { Glyph::ChevronDown } else { Glyph::ChevronRight }} row=true/> }}
            </button>
        }
    });
    let label = row.head.label.clone();
    let (before, after) = (row.before, row.after);
    let when = last.map(|change| stamp(change.at, clock));
    let by = last.map(|change| format!("{}, {}", who(change), change.what));
    let region = row.head.region.clone();
    let kind_glyph = Glyph::of_kind(row.head.kind);
    let detail = move || is_open.get().then(|| details(&row, clock));
    view! {
        <tbody class="compare-one">
            <tr>
                <th scope="row"><span class="compare-name">{more} <Icon glyph=kind_glyph row=true/>
                    <button type="button" class="link-plain cut" on:click=open>{label}</button></span></th>
                <td class="is-region">{region}</td>
                <td>{state(before)}</td>
                <td>{state(after)}</td>
                <td><span class="compare-badges">{badges}</span></td>
                <td class="is-last">{when}</td>
                <td class="is-by">{by}</td>
            </tr>
            {detail}
        </tbody>
    }
}

fn state(value: Option<SpanValue>) -> Node {
    match value {
        None => view! { <span class="quiet">{compared::state(None)}</span> },
        Some(value) => view! { <StateText value/> },
    }
}

fn who(change: &AttributeView) -> String {
    match change.by.is_empty() {
        true => "nobody named".to_owned(),
        false => words::short_name(&change.by).to_owned(),
    }
}

/// One line an attribute, with who set it through which event; what is not known and what is as it was after all.
fn details(row: &ComparedRow, clock: Clock) -> Node {
    let change = |change: &AttributeView| {
        let carried = compared::carried(change);
        let before = match change.before.as_str() {
            "" => "none".to_owned(),
            before => before.to_owned(),
        };
        view! {
            <li>
                <span class="compare-attribute">{change.label.clone()}</span>
                <span>{before} " → " <strong>{change.after.clone()}</strong></span>
                <span class="quiet">{compared::ground(change)} ", " {change.what.clone()} ", " {stamp(change.at, clock)}</span>
                {(!carried.is_empty()).then(|| view! { <span class="compare-carried">{carried}</span> })}
            </li>
        }
    };
    let said = |names: &[String], words: &'static str| {
        (!names.is_empty())
            .then(|| view! { <li class="quiet">{format!("{words}: {}", names.join(", "))}</li> })
    };
    view! {
        <tr class="compare-details"><td colspan="7">
            <ul>
                {row.changes.iter().map(change).collect::<Node>()}
                {said(&row.unknown, "Known at one of the two only")}
                {said(&row.back_again, "Changed, and again as it was")}
            </ul>
        </td></tr>
    }
}

fn stamp(at: Timestamp, clock: Clock) -> Node {
    let exact = at.to_string();
    view! {
        <time class="time" datetime=exact.clone() title=exact>
            {life::full_stamp(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span>
        </time>
    }
}

/// All of a sort, not only the page in sight.
fn export(app: App, kind: ChangeKind) {
    let Some(question) = untrack(|| question(app, kind, (0, u32::MAX))) else {
        return;
    };
    app.ask(question, move |(_, result)| {
        let Some(comparison) = result.ok().and_then(pick) else {
            return app.say("The difference could not be exported. What is on screen stays.");
        };
        let time = |at: Timestamp| at.to_string().replace(':', "-");
        let demo = if untrack(|| app.is_demo()) {
            "demo-"
        } else {
            ""
        };
        let (from, to) = (time(comparison.from), time(comparison.to));
        let name = format!("{demo}difference-{from}-to-{to}.csv");
        let text = compared::comparison_csv(&comparison);
        app.say(
            match crate::outside::save_file(&name, "text/csv;charset=utf-8", &text) {
                Ok(()) => format!(
                    "Saved {} as {name}.",
                    words::counted(comparison.total.into(), "resource", "resources")
                ),
                Err(_) => "The browser did not let the page save a file.".to_owned(),
            },
        );
    });
}
