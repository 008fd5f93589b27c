//! The column beside the lanes: regions that fold, lanes that open their resource, failed and all events here.

use leptos::prelude::*;
use lifeline::chart::lane_rows::Row;
use lifeline::protocol::Lane;
use lifeline::protocol::LaneGroup;
use lifeline::protocol::LaneKey;
use lifeline::screen::words;
use lifeline::screen::words::px;

use super::lanes::Held;
use super::lanes::lane_of;
use super::pinned::PinButton;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::signals::StoredValue;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::long_name::long_name;
use crate::widgets::outcome::OutcomeIcon;

/// Rows beyond the view that have their element already.
const SPARE_PX: f64 = 220.0;

/// The field over the column.
#[component(transparent)]
pub fn FindLane() -> Node {
    let stage = use_stage();
    let find = stage.app.find;
    view! {
        <div class="tl-find">
            <Icon glyph=Glyph::Search row=true/>
            <input class="tl-find-field" type="search" placeholder="Find a lane" aria-label="Find a lane"
                autocomplete="off" spellcheck="false" prop:value=move || find.get()
                on:input=move |event| find.set(event_target_value(&event))/>
            <span class="tl-find-note">"failed / all here"</span>
        </div>
    }
}

#[component(transparent)]
pub fn Labels() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let rows = move || {
        let from = (stage.scroll.get() - SPARE_PX).max(0.0);
        held.rows
            .with(|rows| rows.in_sight(from, stage.view_px.get() + 2.0 * SPARE_PX))
    };
    // A row is made anew when what it says changes, and not when it scrolls.
    let said = Memo::new(move |_| {
        let answers = held.answers();
        let Some(first) = answers.first() else {
            return Vec::new();
        };
        rows()
            .into_iter()
            .filter_map(|placed| {
                let label = match placed.row {
                    Row::Group(index) => Label::Group(first.groups.get(index)?.clone()),
                    Row::Lane(number) => Label::lane(number, lane_of(&answers, number), held.by()),
                };
                Some((placed.top, label))
            })
            .collect::<Vec<_>>()
    });
    view! {
        <ul class="tl-labels" aria-label="Lanes">
            <For each=move || said.get() key=|(top, label)| format!("{} {label:?}", px(*top)) let:row>
                {
                    let (top, label) = row;
                    let is_group = matches!(label, Label::Group(_));
                    view! {
                        <li class="tl-row" class:is-group=is_group
                            style:top=px(top)>
                            {match label {
                                Label::Group(group) => view! { <GroupLabel group/> },
                                Label::Lane(lane) => view! { <LaneLabel lane/> },
                            }}
                        </li>
                    }
                }
            </For>
        </ul>
    }
}

#[derive(Clone, PartialEq, Debug)]
enum Label {
    Group(LaneGroup),
    Lane(LaneWords),
}

#[derive(Clone, PartialEq, Debug)]
struct LaneWords {
    number: u32,
    key: String,
    /// `None` while it is on its way.
    label: Option<String>,
    title: String,
    glyph: Glyph,
    opens: Option<(String, lifeline::cadf::Kind)>,
    n_events: u64,
    n_failures: u64,
    n_findings: u64,
    has_firm: bool,
}

impl Label {
    fn lane(number: u32, lane: Option<&Lane>, by: LaneKey) -> Label {
        let head = lane.and_then(|lane| lane.resource.as_ref());
        let glyph = match (by, head) {
            (_, Some(head)) => Glyph::of_kind(head.kind),
            (LaneKey::Initiator, _) => Glyph::Person,
            (LaneKey::Region, _) => Glyph::Globe,
            (LaneKey::Resource, _) => Glyph::Target,
        };
        let findings = lane.map_or(&[][..], |lane| &lane.findings);
        Label::Lane(LaneWords {
            number,
            key: lane.map_or_else(String::new, |lane| lane.key.clone()),
            label: lane.map(|lane| lane.label.clone()),
            title: head.map_or_else(
                || lane.map_or_else(String::new, |lane| lane.key.clone()),
                |head| format!("{}, {} {}", head.label, head.kind_words, head.id),
            ),
            glyph,
            opens: head.map(|head| (head.id.clone(), head.kind)),
            n_events: lane.map_or(0, |lane| lane.n_events),
            n_failures: lane.map_or(0, |lane| lane.n_failures),
            n_findings: findings.iter().map(|one| u64::from(one.n)).sum(),
            has_firm: findings.iter().any(|one| one.is_firm),
        })
    }
}

#[component(transparent)]
fn GroupLabel(group: LaneGroup) -> Node {
    let stage = use_stage();
    let region = StoredValue::new(group.region.clone());
    let is_open = move || {
        stage
            .app
            .folded
            .with(|closed| region.with_value(|region| !closed.contains(region)))
    };
    let toggle = move |_| {
        stage.app.folded.update(|closed| {
            let region = region.get_value();
            if !closed.remove(&region) {
                closed.insert(region);
            }
        });
    };
    let chevron = move || {
        let glyph = match is_open() {
            true => Glyph::ChevronDown,
            false => Glyph::ChevronRight,
        };
        view! { <Icon glyph row=true/> }
    };
    view! {
        <button type="button" class="tl-group" aria-expanded=move || is_open().to_string() on:click=toggle>
            {chevron}
            <span class="tl-group-name">{group.region}</span>
            <span class="tl-group-city cut">{group.city}</span>
        </button>
    }
}

#[component(transparent)]
fn LaneLabel(lane: LaneWords) -> Node {
    let stage = use_stage();
    let number = lane.number;
    let is_chosen = move || stage.cursor.get().is_some_and(|c| c.lane == number);
    let Some(label) = lane.label else {
        return view! { <span class="tl-lane is-coming" aria-hidden="true"></span> };
    };
    let pin = view! { <PinButton key=lane.key label=label.clone()/> };
    let name = match lane.opens {
        Some((id, kind)) => view! {
            <button type="button" class="tl-lane-name long-name" aria-label=label.clone() title=lane.title
                on:click=move |_| stage.app.open_resource(id.clone(), Some(kind))>{long_name(&label)}</button>
        },
        None => {
            view! { <span class="tl-lane-name long-name" title=lane.title>{long_name(&label)}</span> }
        }
    };
    let failed = (lane.n_failures > 0).then(|| {
        view! {
            <span class="tl-failed">
                <OutcomeIcon outcome=lifeline::cadf::Outcome::Failure/>
                {words::count(lane.n_failures)}
                <span class="visually-hidden">" failed"</span>
            </span>
        }
    });
    let found = (lane.n_findings > 0).then(|| {
        view! {
            <span class="tl-found">
                <FindingSign is_firm=lane.has_firm/>
                {words::count(lane.n_findings)}
                <span class="visually-hidden">{if lane.n_findings == 1 { " finding" } else { " findings" }}</span>
            </span>
        }
    });
    let all = match lane.n_events {
        0 => String::new(),
        n => words::count(n),
    };
    view! {
        <div class="tl-lane" class:is-chosen=is_chosen>
            {pin}
            <Icon glyph=lane.glyph row=true/>
            {name}
            {found}
            {failed}
            <span class="tl-all">{all}<span class="visually-hidden">" events here"</span></span>
        </div>
    }
}
