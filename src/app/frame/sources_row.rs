//! One chip a region or file: how far its reading is, what it holds, what went wrong with it and what to do.

use leptos::prelude::*;
use lifeline::cadf::Outcome;
use lifeline::protocol::Request;
use lifeline::protocol::SourceState;
use lifeline::protocol::Stage;
use lifeline::screen::words;
use lifeline::screen::words::percent;
use lifeline::sorting;
use reading::decimal::rounded;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::outcome::OutcomeIcon;

/// More sources than this stand in the sheet only.
const MOST_CHIPS: usize = 6;

#[component(transparent)]
pub fn SourcesRow() -> Node {
    let app = use_app();
    let chips = move || {
        let sources = app.sources.get();
        let mut order: Vec<usize> = (0..sources.len()).collect();
        // What needs somebody comes first where not all find room.
        if sources.len() > MOST_CHIPS {
            sorting::sort_by_key(&mut order, |n| urgency(&sources[*n].stage));
        }
        let rest = sources.len().saturating_sub(MOST_CHIPS);
        let shown = order
            .into_iter()
            .take(MOST_CHIPS)
            .map(|n| view! { <SourceChip n source=sources[n].clone()/> })
            .collect::<Node>();
        let more = (rest > 0).then(|| {
            view! {
                <button type="button" class="link-dotted nowrap" on:click=move |_| app.sheet.set(Some(Sheet::Sources))>
                    {format!("{} more", words::count(rest as u64))}
                </button>
            }
        });
        view! { {shown} {more} }
    };
    let totals = move || {
        let totals = app.totals.get();
        let rejected = (totals.rejected > 0).then(|| view! {
            <button type="button" class="link-dotted nowrap" on:click=move |_| app.sheet.set(Some(Sheet::Rejected))>
                {format!("{} rejected", words::count(totals.rejected))}
            </button>
        });
        let copies = (totals.copies > 0).then(|| view! {
            <button type="button" class="link-dotted nowrap" on:click=move |_| app.sheet.set(Some(Sheet::Sources))>
                {format!("{} merged", words::counted(totals.copies, "copy", "copies"))}
            </button>
        });
        // Counted once somebody looked at a view that shows them.
        let findings = app.n_findings.get();
        let findings = findings.map_or_else(
            || "Findings".to_owned(),
            |n| words::counted(u64::from(n), "finding", "findings"),
        );
        let findings = view! {
            <button type="button" class="link-dotted nowrap" on:click=move |_| app.sheet.set(Some(Sheet::Findings))>{findings}</button>
        };
        view! { {findings} {rejected} {copies} }
    };
    view! {
        <section class="sources-row" aria-label="Sources">
            {move || app.is_demo().then(|| view! { <span class="badge is-demo chips-demo">"Demo data"</span> })}
            <div class="chips scroll" tabindex="0" role="group" aria-label="Regions and files">{chips}</div>
            <div class="sources-links">
                <button type="button" class="link-dotted" on:click=move |_| app.sheet.set(Some(Sheet::Sources))>
                    "Sources"
                </button>
                {totals}
            </div>
        </section>
    }
}

#[component(transparent)]
fn SourceChip(n: usize, source: SourceState) -> Node {
    let app = use_app();
    let name = chip_name(&source);
    let title = source.name.clone();
    let order = urgency(&source.stage);
    let part = progress(&source);
    let act = match &source.stage {
        Stage::Loading | Stage::Retrying { .. } => {
            Some((Glyph::Close, "Stop", Request::Cancel { source: n }))
        }
        Stage::Stopped => Some((Glyph::Retry, "Go on", Request::Retry { source: n })),
        Stage::Failed { .. } => Some((Glyph::Retry, "Retry", Request::Retry { source: n })),
        Stage::Waiting | Stage::Done => None,
    };
    let act = act.map(|(glyph, words, request)| {
        view! {
            <button type="button" class="chip-act" on:click=move |_| app.send(request.clone())>
                <Icon glyph row=true/>{words}
            </button>
        }
    });
    let outcome = |outcome| view! { <OutcomeIcon outcome/> };
    let (kind, icon, words_view) = match &source.stage {
        Stage::Waiting => (
            "is-waiting",
            outcome(Outcome::Pending),
            "waits".to_owned().into_node(),
        ),
        Stage::Loading => (
            "is-loading",
            view! { <ProgressIcon part/> },
            loading_words(&source).into_node(),
        ),
        Stage::Retrying {
            attempt,
            in_secs,
            reason,
        } => (
            "is-loading",
            outcome(Outcome::Pending),
            format!("{reason}, tries again in {in_secs} s (try {attempt})").into_node(),
        ),
        Stage::Done => (
            "is-done",
            outcome(Outcome::Success),
            words::count(source.events).into_node(),
        ),
        Stage::Stopped => (
            "is-stopped",
            view! { <Icon glyph=Glyph::Minus row=true/> },
            format!("{}, stopped", words::count(source.events)).into_node(),
        ),
        Stage::Failed { what, .. } => (
            "is-failed",
            outcome(Outcome::Failure),
            view! { <span class="cut chip-what">{what.clone()}</span> },
        ),
    };
    let gaps = source.gaps.filter(|gaps| *gaps > 0).map(|gaps| {
        view! {
            <span class="chip-gaps"><span class="hatched chip-hatch" aria-hidden="true"></span>
                {words::counted(u64::from(gaps), "gap", "gaps")}</span>
        }
    });
    let explained = match &source.stage {
        Stage::Failed {
            what, still, todo, ..
        } => format!("{title}: {what}. {still} {todo}"),
        _ => title,
    };
    view! {
        <div class=format!("chip {kind}") title=explained style:order=order.to_string()>
            <span class="chip-main">
                {icon}
                <span class="chip-name cut">{name}</span>
                <span class="chip-words">{words_view}</span>
                {gaps}
            </span>
            {act}
            {part.filter(|_| kind == "is-loading").map(|part| view! {
                <span class="chip-progress" role="progressbar" aria-label="Read"
                    aria-valuemin="0" aria-valuemax="100" aria-valuenow=rounded(part * 100.0, 0)
                    style:width=percent(part)></span>
            })}
        </div>
    }
}

/// A disc that fills as reading goes on.
#[component(transparent)]
fn ProgressIcon(part: Option<f64>) -> Node {
    let part = part.unwrap_or(0.25).clamp(0.02, 0.98);
    // A ring as thick as its radius is a disc, and its dash a slice of it.
    let slice = format!("{} 100", rounded(part * 100.0, 0));
    view! {
        <svg class="progress-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
            <circle cx="8" cy="8" r="6"></circle>
            <circle class="progress-slice" cx="8" cy="8" r="3" pathLength="100" stroke-dasharray=slice
                transform="rotate(-90 8 8)"></circle>
        </svg>
    }
}

fn urgency(stage: &Stage) -> i32 {
    match stage {
        Stage::Failed { .. } => 0,
        Stage::Retrying { .. } => 1,
        Stage::Loading => 2,
        Stage::Waiting => 3,
        Stage::Stopped => 4,
        Stage::Done => 5,
    }
}

/// A file's own name, without its folders; else the source's.
fn chip_name(source: &SourceState) -> String {
    match &source.region {
        Some(region) if region != "*" => region.clone(),
        _ => source
            .name
            .rsplit('/')
            .next()
            .unwrap_or(&source.name)
            .to_owned(),
    }
}

fn progress(source: &SourceState) -> Option<f64> {
    match source.bytes_expected {
        Some(expected) if expected > 0 => Some((source.bytes as f64 / expected as f64).min(1.0)),
        _ if source.files > 1 => Some(f64::from(source.files_done) / f64::from(source.files)),
        _ => None,
    }
}

fn loading_words(source: &SourceState) -> String {
    let mut parts = vec![format!("{} so far", words::count(source.events))];
    if let Some(part) = progress(source) {
        parts.push(format!("{} %", (part * 100.0) as u32));
    }
    if source.files > 1 {
        parts.push(format!(
            "file {} of {}",
            (source.files_done + 1).min(source.files),
            source.files
        ));
    }
    parts.push(words::bytes(source.bytes));
    parts.join(" · ")
}
