//! The card beside what the pointer or the arrow keys are on: a value with since when, by whom, through which event;
//! events; an unfetched time. Focus tells the same as hover, and a screen reader hears it.

use leptos::prelude::*;
use lifeline::cadf::Outcome;
use lifeline::chart::life::TRACK_PX;
use lifeline::protocol::EventMark;
use lifeline::protocol::FindingView;
use lifeline::protocol::GapReason;
use lifeline::protocol::HistoryEvent;
use lifeline::protocol::SpanValue;
use lifeline::protocol::SpanView;
use lifeline::screen::findings;
use lifeline::screen::life as life_words;
use lifeline::screen::life::ChangeWords;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

use super::life::Life;
use super::life::tell;
use super::life::use_life;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::widgets::outcome::OutcomeIcon;
use crate::widgets::swatch::Swatch;

const WIDTH: f64 = 348.0;
/// Between the card and its subject.
const AWAY: f64 = 16.0;
/// So many events of a cluster are named.
const NAMED: usize = 6;

#[derive(Clone, PartialEq, Debug)]
pub enum Subject {
    Span {
        track: usize,
        span: usize,
        /// The instant pointed at.
        at: Timestamp,
        by_keys: bool,
    },
    /// Places in the list of events, by time.
    Events {
        places: Vec<usize>,
        client: (f64, f64),
    },
    /// Keys of findings, by time.
    Findings {
        keys: Vec<String>,
        client: (f64, f64),
    },
    Gap {
        gap: usize,
    },
}

/// What stands on the card.
struct Told {
    title: String,
    value: Option<(SpanValue, bool)>,
    /// Labels and their words.
    lines: Vec<(&'static str, String)>,
    events: Vec<EventLine>,
    foot: &'static str,
}

struct EventLine {
    outcome: Outcome,
    when: String,
    what: String,
    by: String,
}

#[component(transparent)]
pub fn Card(subject: Memo<Option<Subject>>) -> Node {
    let life = use_life();
    // The one event that is pointed at, in words.
    let one = tell(life.app, move || match subject.get()? {
        Subject::Events { places, .. } if places.len() == 1 => Some((places[0] as u32, 1)),
        _ => None,
    });
    let told = move || {
        let one = one.with(|told| life.told_of(told).pop()).flatten();
        told(life, &subject.get()?, one)
    };
    let place = move || {
        let subject = subject.get()?;
        let (x, y) = match (&subject, life.pointer.get()) {
            (_, Some(pointer)) => pointer.client,
            (Subject::Span { track, at, .. }, None) => by_keys(life, *track, *at)?,
            _ => return None,
        };
        let (width, height) = (inner(true), inner(false));
        let left = (x + AWAY).min(width - WIDTH - 8.0).max(8.0);
        // Above where there is more room.
        let is_above = y > height * 0.62;
        Some((left, y, height, is_above))
    };
    let card = move || {
        let told = told()?;
        let (left, y, height, is_above) = place()?;
        Some(view! {
            <div class="life-card" style:left=px(left)
                style:top=if is_above { "auto".to_owned() } else { px(y + AWAY) }
                style:bottom=if is_above { px(height - y + AWAY) } else { "auto".to_owned() }>
                <Body told/>
            </div>
        })
    };
    let spoken = move || {
        let subject = subject.get()?;
        let by_keys = matches!(subject, Subject::Span { by_keys: true, .. });
        let told = told().filter(|_| by_keys)?;
        let lines = told
            .lines
            .iter()
            .map(|(label, words)| format!("{label} {words}"));
        Some(
            std::iter::once(told.title.clone())
                .chain(lines)
                .collect::<Vec<_>>()
                .join(". "),
        )
    };
    view! {
        <div aria-hidden="true">{card}</div>
        <div class="visually-hidden" aria-live="polite">{spoken}</div>
    }
}

#[component(transparent)]
fn Body(told: Told) -> Node {
    let n_more = told.events.len().saturating_sub(NAMED);
    view! {
        <div class="life-card-head">
            {told.value.map(|(value, carried)| view! { <Swatch value carried/> })}
            <strong>{told.title}</strong>
        </div>
        <dl class="life-card-lines">
            {told.lines.into_iter().map(|(label, words)| view! { <dt>{label}</dt><dd>{words}</dd> }).collect::<Node>()}
        </dl>
        {(!told.events.is_empty()).then(|| view! {
            <ul class="life-card-events">
                {told.events.into_iter().take(NAMED).map(|line| view! {
                    <li>
                        <OutcomeIcon outcome=line.outcome/>
                        <span class="nowrap">{line.when}</span>
                        <span class="cut">{line.what}</span>
                        <span class="cut quiet">{line.by}</span>
                    </li>
                }).collect::<Node>()}
            </ul>
        })}
        {(n_more > 0).then(|| view! { <p class="life-card-foot">{format!("and {n_more} more")}</p> })}
        {(!told.foot.is_empty()).then(|| view! { <p class="life-card-foot">{told.foot}</p> })}
    }
}

/// `one`: the event in words that was asked for last, with its place.
fn told(life: Life, subject: &Subject, one: Option<(usize, HistoryEvent)>) -> Option<Told> {
    let clock = life.app.clock();
    match subject {
        Subject::Span {
            track, span, at, ..
        } => life
            .asked
            .with(|page| {
                let track = page.tracks.get(*track)?;
                let span = track.spans.get(*span)?;
                let through = life.through(span.row);
                Some(span_told(&track.label, span, *at, through, clock))
            })
            .flatten(),
        Subject::Events { places, .. } => {
            let marks: Vec<EventMark> = places
                .iter()
                .rev()
                .filter_map(|place| life.mark(*place))
                .collect();
            match (&marks[..], &places[..]) {
                ([mark], [place]) => {
                    let event = one.filter(|(of, _)| of == place).map(|(_, event)| event);
                    let (title, mut lines) = event_told(life, *mark, event.as_ref(), clock);
                    lines.retain(|(_, words)| !words.is_empty());
                    Some(Told {
                        title,
                        value: None,
                        lines,
                        events: Vec::new(),
                        foot: "Click to select it",
                    })
                }
                _ => {
                    let is_failed = |mark: &&EventMark| mark.outcome == Outcome::Failure;
                    let n_failed = marks.iter().filter(is_failed).count() as u64;
                    let n = words::counted(places.len() as u64, "event", "events");
                    Some(Told {
                        title: match n_failed {
                            0 => n,
                            failed => format!("{n}, {} failed", words::count(failed)),
                        },
                        value: None,
                        lines: Vec::new(),
                        events: marks
                            .into_iter()
                            .map(|mark| line_of(life, mark, clock))
                            .collect(),
                        foot: "Click to zoom in",
                    })
                }
            }
        }
        Subject::Findings { keys, .. } => {
            let all: Vec<FindingView> = keys.iter().filter_map(|key| life.finding(key)).collect();
            findings_told(&all, clock)
        }
        Subject::Gap { gap } => life
            .asked
            .with(|page| {
                let gap = page.gaps.get(*gap)?;
                let when = |at: Timestamp| {
                    format!(
                        "{} {}",
                        words::minute_with_year(at, clock),
                        words::offset(at, clock)
                    )
                };
                let lines = vec![
                    ("From", when(gap.range.from())),
                    ("Until", when(gap.range.to())),
                    ("Where", gap.region.clone()),
                    ("Why", gap.words.clone()),
                ];
                Some(Told {
                    title: match gap.reason {
                        GapReason::NotYet => "Not here yet".into(),
                        _ => "Not fetched: what happened then is not known".into(),
                    },
                    value: None,
                    lines,
                    events: Vec::new(),
                    foot: "",
                })
            })
            .flatten(),
    }
}

fn findings_told(all: &[FindingView], clock: Clock) -> Option<Told> {
    let told = |title, lines, foot| Told {
        title,
        value: None,
        lines,
        events: Vec::new(),
        foot,
    };
    let title = |finding: &FindingView| {
        format!(
            "{}: {}",
            findings::standing(finding.is_firm),
            finding.kind.words()
        )
    };
    let stamp = |finding: &FindingView| {
        let offset = words::offset(finding.at, clock);
        format!("{} {offset}", words::minute(finding.at, clock))
    };
    Some(match all {
        [] => return None,
        [finding] => {
            let lines = vec![
                ("When", stamp(finding)),
                ("Weight", findings::severity(finding.severity).to_owned()),
                ("What", finding.words.clone()),
                ("Why", finding.why.clone()),
            ];
            told(title(finding), lines, "Click to show it in the list")
        }
        _ => {
            let n = words::counted(all.len() as u64, "finding", "findings");
            let lines = all.iter().take(NAMED);
            let lines =
                lines.map(|finding| ("", format!("{}, {}", title(finding), stamp(finding))));
            told(n, lines.collect(), "Click to zoom in")
        }
    })
}

fn span_told(
    label: &str,
    span: &SpanView,
    at: Timestamp,
    through: Option<String>,
    clock: Clock,
) -> Told {
    let is_carried = life_words::is_carried_at(span, at);
    let text = match span.value {
        SpanValue::Unknown => "not recorded",
        _ => span.text.as_str(),
    };
    let mut lines = vec![
        ("Since", strip(&life_words::since(span, clock), "since ")),
        ("Until", strip(&life_words::until(span, clock), "until ")),
        ("How", life_words::ground(span, through.as_deref())),
    ];
    if let Some(carried) = life_words::carried(span, clock) {
        lines.push(("Gap", carried));
    }
    if span.order_not_recorded {
        lines.push((
            "Order",
            "several events share this instant; their order was not recorded".into(),
        ));
    }
    Told {
        title: match is_carried {
            true => format!("{label}: {text}, carried over the gap"),
            false => format!("{label}: {text}"),
        },
        value: Some((span.value, is_carried)),
        lines,
        events: Vec::new(),
        foot: match span.row {
            Some(_) => "Click to select its event",
            None => "",
        },
    }
}

fn strip(words: &str, lead: &str) -> String {
    words.strip_prefix(lead).unwrap_or(words).to_owned()
}

/// What stands on the card of one event; whence and what it changed where `event` is there.
fn event_told(
    life: Life,
    mark: EventMark,
    event: Option<&HistoryEvent>,
    clock: Clock,
) -> (String, Vec<(&'static str, String)>) {
    let outcome = crate::widgets::outcome::word(mark.outcome).to_ascii_lowercase();
    let title = format!("{}, {outcome}", life.word(mark.label));
    let when = mark.at.map_or("undated".to_owned(), |at| {
        format!("{} {}", words::instant(at, clock), words::offset(at, clock))
    });
    let lines = vec![
        ("When", when),
        ("By", life.word(mark.initiator)),
        (
            "From",
            event.map_or_else(String::new, |event| event.row.address.clone()),
        ),
        ("Change", event.map_or_else(String::new, change_text)),
    ];
    (title, lines)
}

/// `power off → on, existence unknown → live`, or why nothing changed.
pub fn change_text(event: &HistoryEvent) -> String {
    match event.changes.is_empty() {
        true => event.no_change.clone(),
        false => event
            .changes
            .iter()
            .map(|change| ChangeWords::of(change).text())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn line_of(life: Life, mark: EventMark, clock: Clock) -> EventLine {
    EventLine {
        outcome: mark.outcome,
        when: mark
            .at
            .map_or_else(String::new, |at| words::minute(at, clock)),
        what: life.word(mark.label),
        by: life.word(mark.initiator),
    }
}

/// Where a span that the arrow keys are on stands on the screen.
fn by_keys(life: Life, track: usize, at: Timestamp) -> Option<(f64, f64)> {
    let stage = document()
        .query_selector(".life-stage")
        .ok()
        .flatten()?
        .get_bounding_client_rect();
    let x = life.scale()?.px_within(at, 0.0);
    Some((
        stage.left() + x,
        stage.top() + (track as f64 + 0.5) * TRACK_PX,
    ))
}

fn inner(is_width: bool) -> f64 {
    let window = window();
    let px = match is_width {
        true => window.inner_width(),
        false => window.inner_height(),
    };
    px.ok().and_then(|px| px.as_f64()).unwrap_or(1000.0)
}
