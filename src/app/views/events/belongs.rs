//! What an event belongs with: its resource's history, its correlation, its initiator's other acts. Each is one press
//! away, and the browser's Back brings the former screen.

use leptos::prelude::*;
use lifeline::link::RangeChoice;
use lifeline::link::View;
use lifeline::protocol::Detail;
use lifeline::query::language::quoted;
use lifeline::screen::words;
use lifeline::time::NANOS_PER_SEC;
use lifeline::time::TimeRange;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::state::App;
use crate::state::TABS;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeIcon;
use crate::widgets::outcome::word;

#[component(transparent)]
pub fn Belongs(detail: Detail) -> Node {
    let app = use_app();
    let history = detail
        .resource
        .clone()
        .filter(|head| head.kind.has_lifecycle() && TABS.contains(&View::Resources))
        .map(|head| {
            let n = words::counted(detail.resource_events, "event", "events");
            let (id, kind) = (head.id.clone(), head.kind);
            let open = move || app.open_resource(id.clone(), Some(kind));
            link_row(
                Glyph::History,
                format!("History of {}", head.label),
                n.into_node(),
                Box::new(open),
            )
        });
    let correlation = detail
        .correlation
        .clone()
        .filter(|correlation| correlation.events > 1)
        .map(|correlation| {
            let clause = format!("correlationId:{}", quoted(&correlation.id));
            let outcomes: Vec<Node> = correlation
                .outcomes
                .iter()
                .take(4)
                .enumerate()
                .map(|(n, outcome)| {
                    view! {
                        {(n > 0).then(|| view! { <Icon glyph=Glyph::ArrowRight row=true/> })}
                        <OutcomeIcon outcome=*outcome/>
                        <span class="visually-hidden">{word(*outcome)}</span>
                    }
                })
                .collect();
            let note = view! { {outcomes} {words::duration(correlation.nanos)} };
            let open = move || only(app, &clause, None);
            link_row(
                Glyph::Link,
                "Same correlation".to_owned(),
                note,
                Box::new(open),
            )
        });
    let who = (!detail.row.initiator.is_empty() && detail.initiator_events_hour > 0).then(|| {
        let clause = format!("who:{}", quoted(&detail.row.initiator));
        let around = detail.row.time.and_then(|at| {
            let half = 1_800 * NANOS_PER_SEC;
            TimeRange::new(at.plus_nanos(-half), at.plus_nanos(half))
        });
        let note = format!("{} within 1 h", words::count(detail.initiator_events_hour));
        let open = move || only(app, &clause, around);
        link_row(
            Glyph::Person,
            "Other acts of this initiator".to_owned(),
            note.into_node(),
            Box::new(open),
        )
    });
    view! { <nav class="detail-links" aria-label="What it belongs with">{history}{correlation}{who}</nav> }
}

fn link_row(glyph: Glyph, words: String, note: Node, open: Box<dyn Fn()>) -> Node {
    view! {
        <button type="button" class="link-row" on:click=move |_| open()>
            <Icon glyph/>
            <span class="link-row-words cut">{words}</span>
            <span class="link-row-note">{note}</span>
            <Icon glyph=Glyph::ChevronRight row=true/>
        </button>
    }
}

/// Shows one clause's events and nothing else: a screen of its own, in the list that can show it.
fn only(app: App, clause: &str, range: Option<TimeRange>) {
    let name = app
        .selection
        .with_untracked(|s| s.as_ref().and_then(|s| s.name.clone()));
    app.step_on();
    app.query.set(clause.to_owned());
    app.choose_range(range.map_or(RangeChoice::All, RangeChoice::Absolute));
    if app.view.get_untracked() == View::Resource {
        app.view.set(View::Events);
    }
    if app.width_px.get_untracked() < 600.0 {
        // A phone's detail covers the list that was asked for.
        app.detail_open.set(false);
    } else {
        app.wanted.set(name);
    }
}
