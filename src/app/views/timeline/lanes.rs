//! Asks for the lanes in sight and keeps what came. A folded region between two open ones leaves two runs of lanes;
//! each run has a question of its own.

use std::sync::Arc;

use lifeline::chart::hit_test::mark_nearest;
use lifeline::chart::lane_rows::LaneRows;
use lifeline::link::LanesBy;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::Gap;
use lifeline::protocol::Lane;
use lifeline::protocol::LaneKey;
use lifeline::protocol::Lanes;
use lifeline::protocol::Question;
use lifeline::protocol::Related;

use super::stage::Cursor;
use super::stage::Stage;
use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::RwSignal;

/// Runs that are asked for one by one; more than these are joined.
const RUNS: usize = 3;
/// Rows beyond both edges of the view.
const SPARE: u32 = 24;
/// Asked before anything is known of the rows.
const AT_FIRST: u32 = 64;

/// Events nearer than this come as one where a lane is crowded: less than what keeps two marks apart.
const SLOT_PX: f64 = 10.0;

#[derive(Clone, Copy)]
pub struct Held {
    stage: Stage,
    asked: [Asked<Lanes>; RUNS],
    /// The lanes that are pinned, as far as the search leaves them.
    pub pinned: Asked<Lanes>,
    /// The events of one correlation.
    pub related: Asked<Related>,
    pub rows: Memo<LaneRows>,
}

impl Held {
    pub fn new(stage: Stage) -> Self {
        // The rows come from the first answer, and the runs to ask for from the rows.
        let newest = RwSignal::new(None::<Arc<Lanes>>);
        let rows = Memo::new(move |_| {
            let row_px = stage.row_px();
            newest.with(|lanes| {
                lanes.as_ref().map_or_else(LaneRows::default, |lanes| {
                    stage.app.folded.with(|closed| {
                        LaneRows::new(&lanes.groups, lanes.total, row_px, |group| {
                            closed.contains(&group.region)
                        })
                    })
                })
            })
        });
        let runs = Memo::new(move |_| {
            let view_px = stage.view_px.get();
            let runs = rows.with(|rows| {
                rows.lanes_to_ask(stage.scroll.get(), view_px.max(400.0), SPARE, RUNS)
            });
            runs.into_iter().map(rounded).collect::<Vec<_>>()
        });
        let asked = std::array::from_fn(|place| {
            use_answer(
                move || {
                    let run = runs.with(|runs| runs.get(place).copied());
                    let (first, count) = match (run, place) {
                        (Some(run), _) => run,
                        (None, 0) => (0, AT_FIRST),
                        (None, _) => return None,
                    };
                    Some(Question::Lanes {
                        filter: stage.app.filter_of_range(),
                        window: stage.asked_window()?,
                        by: lane_key(stage.app.lanes_by.get()),
                        sort: stage.app.lane_sort.get(),
                        first,
                        count,
                        slots: slots(stage),
                        find: stage.app.find.get(),
                    })
                },
                |answer| match answer {
                    Answer::Lanes(lanes) => Some(lanes),
                    _ => None,
                },
            )
        });
        let pinned = use_answer(
            move || {
                let keys = stage.app.pinned.get();
                (!keys.is_empty()).then_some(())?;
                Some(Question::PinnedLanes {
                    filter: stage.app.filter_of_range(),
                    window: stage.asked_window()?,
                    by: lane_key(stage.app.lanes_by.get()),
                    sort: stage.app.lane_sort.get(),
                    keys,
                    slots: slots(stage),
                })
            },
            |answer| match answer {
                Answer::Lanes(lanes) => Some(lanes),
                _ => None,
            },
        );
        let related = use_answer(
            move || {
                Some(Question::Related {
                    row: stage.joined.get()?,
                    filter: stage.app.filter_of_range(),
                    by: lane_key(stage.app.lanes_by.get()),
                    sort: stage.app.lane_sort.get(),
                    find: stage.app.find.get(),
                })
            },
            |answer| match answer {
                Answer::Related(related) => Some(related),
                _ => None,
            },
        );
        Effect::new(move |_| newest.set(asked[0].get()));
        Held {
            stage,
            asked,
            pinned,
            related,
            rows,
        }
    }

    /// The answers that tell of the same lanes, the newest first.
    pub fn answers(self) -> Vec<Arc<Lanes>> {
        let mut found: Vec<Arc<Lanes>> = Vec::new();
        for answer in self.asked.iter().filter_map(|asked| asked.get()) {
            if found
                .first()
                .is_none_or(|first| first.total == answer.total)
            {
                found.push(answer);
            }
        }
        found
    }

    /// The answer that tells of groups and counts.
    pub fn newest(self) -> Option<Arc<Lanes>> {
        self.asked[0].get()
    }

    pub fn error(self) -> Option<AskError> {
        self.asked[0].error.get()
    }

    pub fn is_waiting(self) -> bool {
        self.asked.iter().any(|asked| asked.is_waiting.get())
    }

    /// Which lanes those are that are on screen.
    pub fn by(self) -> LaneKey {
        lane_key(self.stage.app.lanes_by.get())
    }
}

/// Where the cursor stands once its lane is here: the lane, and its mark by place.
pub fn at_cursor(answers: &[Arc<Lanes>], cursor: Cursor) -> Option<(&Lane, usize)> {
    let lane = lane_of(answers, cursor.lane)?;
    let by_row = lane
        .marks
        .iter()
        .position(|mark| Some(mark.row) == cursor.row);
    let mark = by_row.or_else(|| mark_nearest(&lane.marks, cursor.at))?;
    Some((lane, mark))
}

/// A lane by its number among all.
pub fn lane_of(answers: &[Arc<Lanes>], number: u32) -> Option<&Lane> {
    answers.iter().find_map(|answer| {
        let place = number.checked_sub(answer.first)?;
        answer.lanes.get(place as usize)
    })
}

/// Unfetched times of all answers, each once.
pub fn gaps_of(answers: &[Arc<Lanes>]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for gap in answers.iter().flat_map(|answer| &answer.gaps) {
        if !gaps.contains(gap) {
            gaps.push(gap.clone());
        }
    }
    gaps
}

pub fn lane_key(by: LanesBy) -> LaneKey {
    match by {
        LanesBy::Resource => LaneKey::Resource,
        LanesBy::Initiator => LaneKey::Initiator,
        LanesBy::Region => LaneKey::Region,
    }
}

fn slots(stage: Stage) -> u32 {
    (stage.width.get() / SLOT_PX).clamp(40.0, 600.0) as u32
}

/// Whole blocks of 16, so that scrolling by a row asks nothing.
fn rounded((first, count): (u32, u32)) -> (u32, u32) {
    let start = first / 16 * 16;
    let end = (first + count).div_ceil(16) * 16;
    (start, end - start)
}
