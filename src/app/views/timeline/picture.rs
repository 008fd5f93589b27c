//! The timeline to take away: the lanes in sight as they stand, or all of them.

use std::sync::Arc;

use leptos::prelude::*;
use lifeline::chart::lane_rows::LaneRows;
use lifeline::chart::lane_rows::ROW_PX;
use lifeline::chart::paper::Picture;
use lifeline::protocol::Answer;
use lifeline::protocol::Lanes;
use lifeline::protocol::Question;
use lifeline::screen::report::About;
use lifeline::screen::report::timeline_picture::Part;
use lifeline::screen::report::timeline_picture::Subject;
use lifeline::screen::report::timeline_picture::timeline_picture;
use lifeline::time::TimeRange;

use super::lanes::Held;
use super::stage::Stage;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::measure;
use crate::pictures;
use crate::pictures::Choice;
use crate::pictures::PictureMenu;
use crate::signals::RwSignal;

/// As many rows as a sheet of paper on its side shows.
const SHEET_PX: f64 = 25.0 * ROW_PX;
/// Events nearer than this come as one where a lane is crowded.
const SLOT_PX: f64 = 10.0;

#[component(transparent)]
pub fn TimelinePictureMenu(stage: Stage, held: Held) -> Node {
    let all = RwSignal::new(false);
    let choose = move |choice| take_away(stage, held, choice, all.get_untracked());
    let switch = (all, "All lanes, not only those in sight");
    view! { <PictureMenu on_choose=choose all=switch is_narrow=true paper="On sheets, each with its axis"/> }
}

/// What is taken away, as it stood when it was asked for.
struct Taken {
    answers: Vec<Arc<Lanes>>,
    rows: LaneRows,
    part: Part,
    window: TimeRange,
}

fn take_away(stage: Stage, held: Held, choice: Choice, all: bool) {
    let taken = untrack(|| {
        let answers = held.answers();
        let first = answers.first()?.clone();
        let app = stage.app;
        // Beside its label, as on a desk, wherever it is shown.
        let rows = app.folded.with(|folded| {
            LaneRows::new(&first.groups, first.total, ROW_PX, |group| {
                folded.contains(&group.region)
            })
        });
        let ratio = ROW_PX / stage.row_px();
        let part = match all {
            true => Part::all(&rows),
            false => Part::in_sight(
                &rows,
                stage.scroll.get() * ratio,
                stage.view_px.get() * ratio,
            ),
        };
        Some(Taken {
            answers,
            rows,
            part,
            window: stage.window()?,
        })
    });
    let Some(mut taken) = taken else {
        return stage.app.say("There are no lanes to draw.");
    };
    // Those in sight are here.
    let missing = match all {
        true => taken.part.lanes(&taken.rows),
        false => Vec::new(),
    };
    let ask = |run| untrack(|| question(stage, held, taken.window, run));
    // What is asked for anew has all its findings.
    let judged = all.then_some(Question::Judge);
    let questions = judged
        .into_iter()
        .chain(missing.into_iter().map(ask))
        .collect();
    pictures::gather(stage.app, questions, move |about, answers| {
        if all {
            let lanes = answers.into_iter().filter_map(|answer| match answer {
                Answer::Lanes(lanes) => Some(Arc::new(lanes)),
                _ => None,
            });
            taken.answers = lanes.collect();
        }
        let name = about.file_name("timeline", Some(taken.window), choice.extension());
        match choice {
            Choice::Svg | Choice::Png => {
                let picture = picture(stage, held, &about, &taken, taken.part);
                pictures::save(stage.app, choice, &picture, name);
            }
            Choice::Print => pictures::print(stage.app, name, move || {
                let sheets = taken.part.sheets(SHEET_PX).into_iter().map(|part| {
                    let picture = picture(stage, held, &about, &taken, part);
                    view! { <figure class="print-sheet">{pictures::image(&picture)}</figure> }
                });
                let sheets = sheets.collect::<Node>();
                let address = pictures::address_of();
                view! {
                    {sheets}
                    <p class="print-foot">{address}</p>
                }
            }),
        }
    });
}

fn question(stage: Stage, held: Held, window: TimeRange, (first, count): (u32, u32)) -> Question {
    Question::Lanes {
        filter: stage.app.filter_of_range(),
        window,
        by: held.by(),
        sort: stage.app.lane_sort.get(),
        first,
        count,
        slots: (stage.width.get() / SLOT_PX).clamp(80.0, 600.0) as u32,
        find: stage.app.find.get(),
    }
}

fn picture(stage: Stage, held: Held, about: &About, taken: &Taken, part: Part) -> Picture {
    let app = stage.app;
    untrack(|| {
        timeline_picture(&Subject {
            about,
            answers: &taken.answers,
            rows: &taken.rows,
            part,
            by: held.by(),
            window: taken.window,
            held: app
                .totals
                .with(|totals| TimeRange::new(totals.first?, totals.last?)),
            query: &app.query.get(),
            find: &app.find.get(),
            chart_px: stage.width.get(),
            tells_gaps: part.bottom >= taken.part.bottom,
            measure: &measure,
        })
    })
}
