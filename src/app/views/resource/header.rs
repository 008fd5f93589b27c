//! Which resource this is, how it stands now, how it began, and how good its record is.

use leptos::prelude::*;
use lifeline::link::View;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::SpanValue;
use lifeline::screen::life::Beginning;
use lifeline::screen::life::beginning;
use lifeline::screen::life::is_carried_at;
use lifeline::screen::life::is_ended;
use lifeline::screen::life::now;
use lifeline::screen::life::state_word;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use lifeline::time::written;

use super::finding_card::Badges;
use super::life::Life;
use super::life::use_life;
use super::picture::LifePictureMenu;
use crate::dom::Node;
use crate::dom::ViewFn;
use crate::dom::view;
use crate::outside::copy_text;
use crate::signals::RwSignal;
use crate::signals::StoredValue;
use crate::state::TABS;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::key_cap::KeyCap;
use crate::widgets::popover::Popover;
use crate::widgets::swatch::Legend;
use crate::widgets::swatch::Swatch;

/// Beside the tabs.
#[component(transparent)]
pub fn Tools(life: Life) -> Node {
    let app = life.app;
    let in_timeline = move |_| {
        let label = untrack(|| life.asked.with(|page| page.head.label.clone()));
        app.find.set(label.unwrap_or_default());
        app.view.set(View::Timeline);
    };
    let values = vec![
        (SpanValue::Unknown, false, "not known"),
        (SpanValue::On, true, "carried over a gap"),
    ];
    view! {
        <Show when=move || life.has_findings() && !life.is_phone.get()>
            <ul class="legend" aria-label="Findings in the picture">
                <li title="Inside proven coverage"><FindingSign is_firm=true/> "firm"</li>
                <li title="A gap could explain it"><FindingSign is_firm=false/> "suspected"</li>
            </ul>
        </Show>
        <Legend values/>
        <Show when=move || !life.is_fit() && !life.app.as_table.get()>
            <Button look=Look::Small on_click=move |_| life.fit()>"Fit"</Button>
        </Show>
        {TABS.contains(&View::Timeline).then(|| view! {
            <Button look=Look::Small glyph=Glyph::Timeline on_click=in_timeline>"Show in timeline"</Button>
        })}
        <button type="button" class="button is-small" aria-pressed=move || life.app.as_table.get().to_string()
            on:click=move |_| life.app.as_table.update(|as_table| *as_table = !*as_table)>
            <Icon glyph=Glyph::Columns/>
            "As a table " <KeyCap key="t"/>
        </button>
        <LifePictureMenu life/>
    }
}

#[component(transparent)]
pub fn Header() -> Node {
    let life = use_life();
    let title = move || {
        life.asked.with(|page| {
            let head = &page.head;
            let place = place_words(&head.region, &head.location);
            view! {
                <nav class="resource-path" aria-label="Breadcrumb">
                    <button type="button" class="link" on:click=move |_| life.back()>"Resources"</button>
                    <Icon glyph=Glyph::ChevronRight row=true/>
                    <span class="cut">{place}</span>
                </nav>
                <div class="resource-title">
                    <Icon glyph=Glyph::of_kind(head.kind)/>
                    <h1 class="resource-name cut" title=head.label.clone()>{head.label.clone()}</h1>
                    <span class="resource-kind">{head.kind_words.clone()}</span>
                    <IdChip id=head.id.clone()/>
                </div>
            }
        })
    };
    let facts = move || {
        let (end, clock) = (life.end(), life.app.clock());
        life.asked
            .with(|page| view! { <Facts page=page.clone() end clock/> })
    };
    view! {
        <header class="resource-head">
            <div class="resource-who">{title}</div>
            <dl class="resource-facts">{facts}</dl>
        </header>
    }
}

/// `us-south, dal13`: the data centre only where it says more.
pub fn place_words(region: &str, location: &str) -> String {
    match location.is_empty() || location == region {
        true => region.to_owned(),
        false => format!("{region}, {location}"),
    }
}

/// The id, copied by a press.
#[component(transparent)]
pub fn IdChip(id: String) -> Node {
    let life = use_life();
    // The end of a CRN is what tells it apart; a press copies all of it.
    let short = id
        .rsplit([':', '/'])
        .find(|part| !part.is_empty())
        .unwrap_or(&id)
        .to_owned();
    let copied = id.clone();
    let copy = move |_| copy_text(life.app, copied.clone(), "Id copied.");
    let title = format!("{id}\nCopy the id");
    view! {
        <button type="button" class="id-chip" on:click=copy title=title>
            <span class="visually-hidden">"Copy the id "</span>
            <span class="cut mono">{short}</span>
            <Icon glyph=Glyph::Copy row=true/>
        </button>
    }
}

#[component(transparent)]
fn Facts(page: HistoryPage, end: Timestamp, clock: Clock) -> Node {
    view! {
        <div class="fact"><dt>"State now"</dt><dd class="fact-state">{state_now(&page, end, clock)}</dd></div>
        {born(&page, clock)}
        <div class="fact"><dt>"Events"</dt><dd>{counts(&page)}</dd></div>
        <div class="fact"><dt>"Findings"</dt><dd><Badges/></dd></div>
        <div class="fact"><dt>"Record"</dt><dd>{record(&page)}</dd></div>
        {notes(&page)}
    }
}

/// `end` is the end of the record.
pub fn state_now(page: &HistoryPage, end: Timestamp, clock: Clock) -> Node {
    let Some(span) = now(&page.tracks) else {
        return view! { <span class="quiet">"not judged for this kind"</span> };
    };
    let is_carried = is_carried_at(span, end);
    let since = match span.from {
        Some(from) => view! {
            " since " {stamp_with_year(from, clock)} " " <span class="offset">{words::offset(from, clock)}</span>
        },
        None => view! { <span class="quiet">" since before the record"</span> },
    };
    // Live with an unrecorded power: both are said.
    let no_power = (span.value == SpanValue::Live
        && page.head.kind != lifeline::cadf::Kind::Volume)
        .then_some(", power not recorded");
    let value = span.value;
    view! {
        <Swatch value carried=is_carried/>
        <strong>{state_word(value)}</strong>
        <span>
            {since} {no_power}
            {is_carried.then_some(", carried")}
        </span>
    }
}

fn born(page: &HistoryPage, clock: Clock) -> Node {
    let ended = lifeline::screen::life::track(&page.tracks, "existence")
        .iter()
        .rev()
        .find(|span| is_ended(span.value));
    let (term, at, by, rest) = match beginning(&page.tracks) {
        Beginning::Born(span) => ("Born", span.from, span.initiator.clone(), ""),
        Beginning::Seen(at) => ("First seen", Some(at), None, ", born before it"),
        Beginning::NotRecorded if !page.head.kind.has_lifecycle() => {
            ("First event", page.first, None, "")
        }
        Beginning::NotRecorded => ("First event", page.first, None, ", existence not recorded"),
    };
    let when = match at {
        Some(at) => view! {
            {stamp_with_year(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span>
        },
        None => view! { <span class="quiet">"no dated event"</span> },
    };
    let reclaimed = ended.and_then(|span| span.from.map(|at| (span, at))).map(|(span, at)| {
        view! {
            <div class="fact">
                <dt>{state_word(span.value)}</dt>
                <dd>
                    {stamp_with_year(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span>
                    {span.initiator.clone().map(by_whom)}
                </dd>
            </div>
        }
    });
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>
                {when}
                {by.map(by_whom)}
                <span class="quiet">{rest}</span>
            </dd>
        </div>
        {reclaimed.filter(|_| now(&page.tracks).is_none_or(|span| !is_ended(span.value)))}
    }
}

fn by_whom(who: String) -> Node {
    view! { " by " <strong class="fact-who cut" title=who.clone()>{who.clone()}</strong> }
}

fn stamp_with_year(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%-d %b %Y %H:%M")
}

fn counts(page: &HistoryPage) -> Node {
    let rest: Vec<String> = [(page.n_pending, "pending"), (page.n_undated, "undated")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{} {word}", words::count(n)))
        .collect();
    let n_failures = page.n_failures;
    view! {
        {words::count(page.events.len() as u64)}
        {(n_failures > 0).then(|| view! {
            ", " <strong class="fail-text">{words::count(n_failures)} " failed"</strong>
        })}
        {(!rest.is_empty()).then(|| format!(", {}", rest.join(", ")))}
    }
}

/// How complete the record is, as far as anybody stated it.
pub fn record_words(page: &HistoryPage) -> String {
    match (page.coverage_stated, page.gaps.len() as u64) {
        (false, _) => "coverage not stated".into(),
        (true, 0) => "no gap in its region".into(),
        (true, n) => words::counted(n, "gap in its region", "gaps in its region"),
    }
}

fn record(page: &HistoryPage) -> Node {
    let title = match page.coverage_stated {
        true => "Times of this region that were not fetched, as manifests and answers state it.",
        false => {
            "Neither a manifest nor a service says which times were fetched: what is missing can't be told."
        }
    };
    view! { <span class:quiet=!page.coverage_stated title=title>{record_words(page)}</span> }
}

fn notes(page: &HistoryPage) -> Option<Node> {
    let mut notes = page.notes.clone();
    if !page.also_known_as.is_empty() {
        notes.push(format!("Also known as {}.", page.also_known_as.join(", ")));
    }
    if notes.is_empty() {
        return None;
    }
    let open = RwSignal::new(false);
    let label = words::counted(notes.len() as u64, "note", "notes");
    let trigger = move || view! { {label.clone()} <Icon glyph=Glyph::ChevronDown row=true/> };
    let list = StoredValue::new(notes);
    Some(view! {
        <div class="fact">
            <dt>"To know"</dt>
            <dd>
                <Popover open class="resource-notes-button" name="Notes on this record" at_end=true trigger=ViewFn::from(trigger)>
                    <ul class="resource-notes">
                        {list.get_value().into_iter().map(|note| view! { <li>{note}</li> }).collect::<Node>()}
                    </ul>
                </Popover>
            </dd>
        </div>
    })
}
