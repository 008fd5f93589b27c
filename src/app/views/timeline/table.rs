//! The table that says what the canvas shows: lanes in their order, each with its states, events and unfetched times.

use leptos::prelude::*;
use lifeline::chart::clusters::Opens;
use lifeline::protocol::Answer;
use lifeline::protocol::Lane;
use lifeline::protocol::Lanes;
use lifeline::protocol::Question;
use lifeline::screen::timeline_words;
use lifeline::screen::timeline_words::TableLine;
use lifeline::screen::words;

use super::keys;
use super::lanes::Held;
use super::stage::Stage;
use super::stage::use_stage;
use crate::dom::Node;
use crate::dom::view;
use crate::session::use_answer;
use crate::signals::Effect;
use crate::signals::RwSignal;
use crate::widgets::button::Button;
use crate::widgets::button::Look;

/// Lanes on one page.
const PAGE: u32 = 25;
/// Lines of one lane; a lane with more says how many are left out.
const LINES: usize = 200;

#[component(transparent)]
pub fn Table() -> Node {
    let stage = use_stage();
    let held = expect_context::<Held>();
    let first = RwSignal::new(0);
    let lanes = use_answer(
        move || {
            Some(Question::Lanes {
                filter: stage.app.filter_of_range(),
                window: stage.asked_window()?,
                by: held.by(),
                sort: stage.app.lane_sort.get(),
                first: first.get(),
                count: PAGE,
                slots: LINES as u32 / 2,
                find: stage.app.find.get(),
            })
        },
        |answer| match answer {
            Answer::Lanes(lanes) => Some(lanes),
            _ => None,
        },
    );
    Effect::new(move |_| {
        let _ = (
            stage.app.lanes_by.get(),
            stage.app.lane_sort.get(),
            stage.app.find.get(),
        );
        first.set(0);
    });
    let page = move || {
        lanes.get().map(|lanes| {
            let last = (lanes.first + PAGE).min(lanes.total);
            let has_more = last < lanes.total;
            let said = format!(
                "Lanes {} to {} of {}",
                words::count(u64::from(lanes.first + 1)),
                words::count(u64::from(last)),
                words::count(u64::from(lanes.total)),
            );
            view! {
                <div class="tl-table-head">
                    <span role="status">{said}</span>
                    {(lanes.first > 0).then(|| view! {
                        <Button look=Look::Small on_click=move |_| first.update(|f| *f = f.saturating_sub(PAGE))>
                            "Previous lanes"
                        </Button>
                    })}
                    {has_more.then(|| view! {
                        <Button look=Look::Small on_click=move |_| first.update(|f| *f += PAGE)>"Next lanes"</Button>
                    })}
                </div>
                {table_of(stage, &lanes)}
            }
        })
    };
    view! {
        <div class="tl-table" tabindex="0" role="region" aria-label="The timeline as a table">{page}</div>
    }
}

fn table_of(stage: Stage, lanes: &Lanes) -> Node {
    let clock = stage.app.clock();
    let window = stage.window().unwrap_or(lanes.window);
    let caption = format!(
        "{}, {} {}",
        timeline_words::summary(lanes),
        words::range(window, clock),
        words::offset(window.from(), clock)
    );
    let bodies: Vec<_> = lanes
        .lanes
        .iter()
        .map(|lane| {
            let lines = timeline_words::table_lines(lane, &lanes.gaps, window, clock);
            body_of(stage, lane, lines)
        })
        .collect();
    view! {
        <table class="tl-lines">
            <caption>{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Kind"</th>
                    <th scope="col">"What"</th>
                    <th scope="col">"When, from"</th>
                    <th scope="col">"To"</th>
                    <th scope="col">"By, effect"</th>
                    <th scope="col"><span class="visually-hidden">"Open"</span></th>
                </tr>
            </thead>
            {bodies}
        </table>
    }
}

fn body_of(stage: Stage, lane: &Lane, mut lines: Vec<TableLine>) -> Node {
    let left_out = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let head = match lane.region.is_empty() || lane.region == lane.label {
        true => lane.label.clone(),
        false => format!("{}, {}", lane.label, lane.region),
    };
    let counts = format!(
        "{}, {} failed",
        words::counted(lane.n_events, "event here", "events here"),
        words::count(lane.n_failures)
    );
    view! {
        <tbody>
            <tr class="tl-lines-lane">
                <th scope="rowgroup" colspan="6">{head} " " <span class="quiet">{counts}</span></th>
            </tr>
            {lines.into_iter().map(|line| line_of(stage, line)).collect::<Node>()}
            {(left_out > 0).then(|| view! {
                <tr><td colspan="6" class="quiet">
                    {format!("{} more lines: zoom in to see them", words::count(left_out as u64))}
                </td></tr>
            })}
        </tbody>
    }
}

fn line_of(stage: Stage, line: TableLine) -> Node {
    let word = match line.opens {
        Some(Opens::Crowd(..)) => "Zoom in",
        _ => "Open",
    };
    let name = format!("{word}: {} of {}", line.what, line.from);
    view! {
        <tr>
            <td>{line.sort}</td>
            <td>{line.what}</td>
            <td class="tl-time">{line.from}</td>
            <td class="tl-time">{line.to}</td>
            <td>{line.by}</td>
            <td>
                {line.opens.map(|what| view! {
                    <button type="button" class="link" aria-label=name on:click=move |_| keys::open(stage, what)>
                        {word}
                    </button>
                })}
            </td>
        </tr>
    }
}
