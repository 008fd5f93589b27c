//! The card beside what the pointer or the arrow keys are on: when, who, what, effect. Focus tells the same as hover,
//! and a screen reader hears it.

use std::sync::Arc;

use leptos::prelude::*;
use lifeline::cadf::Outcome;
use lifeline::chart::TimeScale;
use lifeline::chart::spans::PlacedSpan;
use lifeline::protocol::Answer;
use lifeline::protocol::Detail;
use lifeline::protocol::Gap;
use lifeline::protocol::GapReason;
use lifeline::protocol::Lane;
use lifeline::protocol::Question;
use lifeline::protocol::RowId;
use lifeline::screen::findings;
use lifeline::screen::timeline_words;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

use super::lanes::Held;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::Memo;
use crate::widgets::key_cap::KeyCap;
use crate::widgets::outcome::OutcomeIcon;

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 168.0;
/// Between the card and its mark.
const AWAY: f64 = 14.0;

/// What the card is about, worded from what the lane already knows; an event's detail follows.
#[derive(Clone, PartialEq, Debug)]
pub struct Subject {
    pub title: String,
    /// Labels and values; a value's quieter rest stands third.
    lines: Vec<(&'static str, String, String)>,
    pub event: Option<EventOf>,
    /// What a press does, where that isn't the event's detail.
    hint: &'static str,
}

/// The mark that a card is about.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct EventOf {
    pub row: RowId,
    pub at: Timestamp,
    pub outcome: Outcome,
    /// The number of its lane.
    pub lane: u32,
}

impl Subject {
    pub fn mark(lane: &Lane, number: u32, index: usize, clock: Clock) -> Option<Subject> {
        let mark = lane.marks.get(index)?;
        if let Some(crowd) = mark.crowd {
            let counts = (crowd.n.into(), crowd.n_failed.into());
            return Some(Subject::crowd(lane, counts, (mark.at, crowd.until), clock));
        }
        let mut lines = vec![
            when("When", mark.at, clock),
            ("Lane", lane.label.clone(), about(lane)),
            ("Effect", timeline_words::effect(lane, mark), String::new()),
        ];
        let found = lane.findings.iter().find(|one| one.row == mark.row);
        if let Some(finding) = found {
            let words = timeline_words::finding(finding);
            lines.push(("Finding", words, String::new()));
        }
        Some(Subject {
            title: timeline_words::outcome(mark),
            lines,
            event: Some(EventOf {
                row: mark.row,
                at: mark.at,
                outcome: mark.outcome,
                lane: number,
            }),
            hint: "",
        })
    }

    /// A triangle; `n` of them where several stand too near each other.
    pub fn finding(
        lane: &Lane,
        number: u32,
        index: usize,
        n: usize,
        clock: Clock,
    ) -> Option<Subject> {
        let finding = lane.findings.get(index)?;
        let more = match n {
            0 | 1 => String::new(),
            n => format!("and {} more beside it", n - 1),
        };
        Some(Subject {
            title: timeline_words::finding(finding),
            lines: vec![
                when("When", finding.at, clock),
                ("Lane", lane.label.clone(), about(lane)),
                ("Weight", findings::severity(finding.severity).into(), more),
            ],
            event: Some(EventOf {
                row: finding.row,
                at: finding.at,
                // Any but a failure: the title is the finding's.
                outcome: Outcome::Success,
                lane: number,
            }),
            hint: "",
        })
    }

    /// Several events of which the pill tells only how many there are, and how many of them failed.
    pub fn crowd(
        lane: &Lane,
        (n, n_failed): (u64, u64),
        (from, until): (Timestamp, Timestamp),
        clock: Clock,
    ) -> Subject {
        Subject {
            title: timeline_words::crowd(n, n_failed),
            lines: vec![
                when("From", from, clock),
                when("To", until, clock),
                ("Lane", lane.label.clone(), about(lane)),
            ],
            event: None,
            hint: "Click or Enter to look closer",
        }
    }

    pub fn span(lane: &Lane, placed: &PlacedSpan, clock: Clock) -> Option<Subject> {
        let spans = match placed.is_existence {
            true => &lane.existence,
            false => &lane.spans,
        };
        let span = spans.get(placed.index)?;
        let by = timeline_words::span_by(span);
        let mut lines = vec![
            match span.from {
                Some(at) => when("From", at, clock),
                None => (
                    "From",
                    timeline_words::span_from(span, clock),
                    String::new(),
                ),
            },
            match (span.to, span.end_known) {
                (Some(at), true) => when("To", at, clock),
                _ => ("To", timeline_words::span_to(span, clock), String::new()),
            },
            ("What", lane.label.clone(), about(lane)),
        ];
        if !by.is_empty() {
            lines.insert(2, ("Who", by, String::new()));
        }
        Some(Subject {
            title: timeline_words::span_title(span, placed.is_existence, placed.is_carried),
            lines,
            event: None,
            hint: "",
        })
    }

    pub fn gap(gap: &Gap, clock: Clock) -> Subject {
        Subject {
            title: "Not fetched".into(),
            lines: vec![
                when("From", gap.range.from(), clock),
                when("To", gap.range.to(), clock),
                ("Where", gap.region.clone(), String::new()),
                ("Why", gap.words.clone(), String::new()),
            ],
            event: None,
            hint: match gap.reason {
                GapReason::Failed | GapReason::Truncated => "Click its plate to ask again",
                GapReason::NotAsked | GapReason::NotYet => "",
            },
        }
    }

    /// Everything in one sentence, for a screen reader.
    fn spoken(&self, detail: Option<&Detail>) -> String {
        let title = detail.map_or(self.title.as_str(), |detail| detail.title.as_str());
        let mut parts = vec![title.to_owned()];
        if let Some(detail) = detail {
            parts.push(format!("Who: {}", detail.row.initiator));
        }
        parts.extend(
            self.lines
                .iter()
                .map(|(label, value, rest)| format!("{label}: {value} {rest}").trim().to_owned()),
        );
        parts.join(". ")
    }
}

fn when(label: &'static str, at: Timestamp, clock: Clock) -> (&'static str, String, String) {
    (label, words::instant(at, clock), words::offset(at, clock))
}

/// `virtual server, classic, us-east`.
fn about(lane: &Lane) -> String {
    let kind = lane
        .resource
        .as_ref()
        .map_or("", |head| head.kind_words.as_str());
    [kind, lane.region.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty() && *part != lane.label)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Stands under a place of its own container: `at` is where, in pixels from the container's top and the lanes' left.
#[component(transparent)]
pub fn CardAt(subject: Memo<Option<Subject>>, at: Memo<Option<(f64, f64)>>) -> Node {
    let stage = use_stage();
    let detail = use_detail(subject);
    let card = move || {
        let subject = subject.get()?;
        let (x, y) = at.get()?;
        let left = (x - 40.0).min(stage.width.get() - WIDTH - 8.0).max(8.0);
        let detail = detail_of(detail, subject.event);
        Some(view! {
            <div class="tl-card" style:left=px(left) style:top=px(y + AWAY)>
                <CardBody subject detail/>
            </div>
        })
    };
    view! { <div class="tl-cards" aria-hidden="true">{card}</div> }
}

fn use_detail(subject: Memo<Option<Subject>>) -> Asked<Detail> {
    use_answer(
        move || {
            let event = subject.with(|subject| subject.as_ref()?.event)?;
            Some(Question::Detail { row: event.row })
        },
        |answer| match answer {
            Answer::Detail(detail) => Some(*detail),
            _ => None,
        },
    )
}

/// An older answer tells of another event.
fn detail_of(detail: Asked<Detail>, event: Option<EventOf>) -> Option<Arc<Detail>> {
    let event = event?;
    detail.get().filter(|detail| detail.row.row == event.row)
}

/// Stands beside its subject within the lanes; `top` is where the canvas begins among all rows.
#[component(transparent)]
pub fn Card(subject: Memo<Option<Subject>>, top: Memo<f64>) -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let detail = use_detail(subject);
    let detail = move || detail_of(detail, subject.with(|subject| subject.as_ref()?.event));
    let spoken = move || {
        let is_by_keys = stage.has_focus.get() && stage.pointer.get().is_none();
        subject
            .get()
            .filter(|_| is_by_keys)
            .map(|subject| subject.spoken(detail().as_deref()))
    };
    let place = move || {
        let subject = subject.get()?;
        let window = stage.window()?;
        let scale = TimeScale::new(window, stage.width.get());
        let pointer = stage.pointer.get();
        let (x, y) = match subject.event {
            Some(event) => {
                let row = held.rows.with(|rows| rows.top_of_lane(event.lane))?;
                (scale.px(event.at), row + stage.row_px() - 11.0)
            }
            None => pointer.map(|p| (p.x, p.y + top.get()))?,
        };
        let (scroll, view) = (stage.scroll.get(), stage.view_px.get());
        let is_below = y + AWAY + HEIGHT <= scroll + view || y - scroll < HEIGHT + AWAY;
        let card_y = if is_below {
            y + AWAY
        } else {
            y - AWAY - HEIGHT
        };
        let left = (x - 40.0).min(scale.width_px() - WIDTH - 8.0).max(8.0);
        Some((left, card_y, is_below))
    };
    let card = move || {
        let subject = subject.get()?;
        let (left, y, is_below) = place()?;
        Some(view! {
            <div class="tl-card" class:is-above=!is_below style:left=px(left)
                style:top=px(if is_below { y } else { y + HEIGHT })>
                <CardBody subject detail=detail()/>
            </div>
        })
    };
    view! {
        <div class="tl-cards" aria-hidden="true">{card}</div>
        <div class="visually-hidden" aria-live="polite">{spoken}</div>
    }
}

#[component(transparent)]
fn CardBody(subject: Subject, detail: Option<Arc<Detail>>) -> Node {
    let event = subject.event;
    let (title, code) = match &detail {
        Some(detail) => (detail.title.clone(), detail.row.reason.clone()),
        None => (subject.title.clone(), String::new()),
    };
    let mut lines = subject.lines.clone();
    if let Some(detail) = &detail {
        let row = &detail.row;
        let rest = [row.kind_words.as_str(), row.region.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let target = match row.target.is_empty() {
            true => "no target named".into(),
            false => row.target.clone(),
        };
        lines.retain(|(label, ..)| *label != "Lane");
        lines.insert(1, ("Who", or_none(&row.initiator), String::new()));
        lines.insert(2, ("What", target, rest));
    }
    view! {
        <div class="tl-card-head">
            {event.map(|event| view! { <OutcomeIcon outcome=event.outcome/> })}
            <strong class="tl-card-title">{title}</strong>
            <span class="tl-card-code">{code}</span>
        </div>
        <dl class="tl-card-lines">
            {lines.into_iter().map(|(label, value, rest)| view! {
                <dt>{label}</dt>
                <dd>{value} " " <span class="quiet">{rest}</span></dd>
            }).collect::<Node>()}
        </dl>
        {event.map(|_| view! {
            <div class="tl-card-keys">
                <KeyCap key="Enter"/> " detail  " <KeyCap key="c"/> " correlation  " <KeyCap key="l"/> " align  " <KeyCap key="i"/> " fleet here"
            </div>
        })}
        {(!subject.hint.is_empty()).then(|| view! {
            <div class="tl-card-keys">{subject.hint}</div>
        })}
    }
}

fn or_none(text: &str) -> String {
    match text.is_empty() {
        true => "not recorded".into(),
        false => text.to_owned(),
    }
}
