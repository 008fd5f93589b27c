//! Where the events came from: each file with what it held, how it stands, and what went wrong.

use leptos::prelude::*;
use lifeline::envelope::CONTAINERS;
use lifeline::envelope::LISTED;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use lifeline::protocol::SourceFile;
use lifeline::protocol::SourceState;
use lifeline::protocol::Stage;
use lifeline::screen::words;

use crate::clock;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::frame::more_menu::FileItems;
use crate::session::use_answer;
use crate::state::App;
use crate::state::Sheet;
use crate::state::use_app;
use crate::widgets::sheet::SheetFrame;

#[component(transparent)]
pub fn SourcesSheet() -> Node {
    let app = use_app();
    let files = use_answer(
        || Some(Question::Sources),
        |answer| match answer {
            Answer::Sources(files) => Some(files),
            _ => None,
        },
    );
    let problems = move || {
        app.sources
            .get()
            .into_iter()
            .filter_map(|source| problem_view(&source))
            .collect::<Node>()
    };
    let rows = move || {
        files.get().map(|files| {
            files
                .iter()
                .map(|file| file_row(app, file))
                .collect::<Node>()
        })
    };
    let is_empty = move || files.with(Vec::is_empty).unwrap_or(true);
    let notes = move || {
        let configured = app.configured.get().unwrap_or_default();
        let lines = configured.problem.into_iter().chain(configured.notes);
        lines
            .map(|line| view! { <p class="notice">{line}</p> })
            .collect::<Node>()
    };
    let totals = move || {
        let t = app.totals.get();
        let now = clock::now();
        let clock = app.clock();
        format!(
            "{} held, {} merged, {} in conflict, {} rejected, {} without an action, {} without a time. As of {} {}.",
            words::counted(t.events, "event", "events"),
            words::counted(t.copies, "copy", "copies"),
            words::count(t.conflicts),
            words::count(t.rejected),
            words::count(t.other_records),
            words::count(t.undated),
            words::instant_seconds(now, clock),
            words::offset(now, clock),
        )
    };
    view! {
        <SheetFrame title="Sources" class="is-wide" on_close=move || app.sheet.set(None)>
            <div class="sheet-main">
                <p class="sheet-lead">{totals}</p>
                {notes} {problems}
                <div class="sheet-scroll" class:is-empty=is_empty>
                    <table class="sheet-table">
                        <thead><tr>
                            <th scope="col">"File"</th><th scope="col">"Region"</th>
                            <th scope="col" class="is-number">"Size"</th>
                            <th scope="col" class="is-number">"Records"</th>
                            <th scope="col" class="is-number">"Events"</th>
                            <th scope="col" class="is-number">"Copies"</th>
                            <th scope="col" class="is-number">"Rejected"</th>
                            <th scope="col" class="is-number">"Other"</th>
                            <th scope="col">"First and last"</th><th scope="col">"Standing"</th>
                            <th scope="col">"SHA-256"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                    <p class="quiet sheet-none">"Nothing was opened yet."</p>
                </div>
                <div class="sheet-acts"><FileItems on_done=move || app.sheet.set(None)/></div>
                <Formats/>
            </div>
        </SheetFrame>
    }
}

/// What can be read, and how well each shape is known.
#[component(transparent)]
fn Formats() -> Node {
    let formats: Vec<Node> = LISTED
        .into_iter()
        .map(|(name, what, mark)| {
            view! { <tr><th scope="row">{name}</th><td>{what}</td><td class="nowrap">{mark.words()}</td></tr> }
        })
        .collect();
    let containers: Vec<Node> = CONTAINERS
        .into_iter()
        .map(|words| view! { <li>{words}</li> })
        .collect();
    view! {
        <details class="formats">
            <summary>"What can be read"</summary>
            <table class="sheet-table">
                <thead><tr><th scope="col">"Format"</th><th scope="col">"What it is"</th><th scope="col">"Known from"</th></tr></thead>
                <tbody>{formats}</tbody>
            </table>
            <p>"Events of any of them may stand in, and each file may be gzip:"</p>
            <ul>{containers}</ul>
        </details>
    }
}

fn file_row(app: App, file: &SourceFile) -> Node {
    let clock = app.clock();
    let time = |at: Option<_>| {
        at.map_or_else(String::new, |at| {
            format!(
                "{} {}",
                words::instant_seconds(at, clock),
                words::offset(at, clock)
            )
        })
    };
    let hash = file.sha256.clone();
    let rejected = file.rejected;
    let text = match file.text_bytes > file.bytes {
        true => format!("{} of text", words::bytes(file.text_bytes)),
        false => String::new(),
    };
    let asked = match file.asked_at {
        Some(at) => format!("asked {}", time(Some(at))),
        None => String::new(),
    };
    let said = file
        .notices
        .iter()
        .chain(&file.problem)
        .cloned()
        .collect::<Vec<_>>();
    view! {
        <tr>
            <th scope="row">
                <span class="file-name">{file.name.clone()}</span>
                <span class="file-notice">{file.format.clone()}</span>
                {said.into_iter().map(|line| view! { <span class="file-notice">{line}</span> }).collect::<Node>()}
            </th>
            <td class="nowrap">{file.region.clone()}</td>
            <td class="is-number">{words::bytes(file.bytes)}<span class="file-notice">{text}</span></td>
            <td class="is-number">{words::count(file.records)}</td>
            <td class="is-number">{words::count(file.events)}</td>
            <td class="is-number">{words::count(file.copies)}</td>
            <td class="is-number">{if rejected > 0 {
                view! {
                    <button type="button" class="link" on:click=move |_| app.sheet.set(Some(Sheet::Rejected))>
                        {words::count(rejected)}
                    </button>
                }
            } else {
                words::count(0).into_node()
            }}</td>
            <td class="is-number">{words::count(file.other_records)}</td>
            <td><span class="nowrap">{time(file.first)}</span><br/><span class="nowrap">{time(file.last)}</span></td>
            <td>{file.standing.clone()}<span class="file-notice nowrap">{asked}</span></td>
            <td class="mono hash">{hash.unwrap_or_else(|| "still read".into())}</td>
        </tr>
    }
}

/// What happened, what still works, what to do.
fn problem_view(source: &SourceState) -> Option<Node> {
    let Stage::Failed {
        what, still, todo, ..
    } = &source.stage
    else {
        return None;
    };
    Some(view! {
        <p class="notice is-fail"><span class="strong">{format!("{}: {what}. ", source.name)}</span>{format!("{still} {todo}")}</p>
    })
}
