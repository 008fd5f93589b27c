//! One resource to take away: as a picture, or the whole record on paper.

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::HistoryEvent;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::Question;
use lifeline::screen::report::About;
use lifeline::screen::report::for_file_name;
use lifeline::screen::report::life::MOST_PRINTED;
use lifeline::screen::report::resource_picture::MOST_EVENTS;
use lifeline::screen::report::resource_picture::Subject;
use lifeline::screen::report::resource_picture::resource_picture;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;

use super::life::Life;
use super::paper;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::measure;
use crate::pictures;
use crate::pictures::Choice;
use crate::pictures::PictureMenu;

/// Events are asked for so many at a time.
const BLOCK: usize = 1_000;

#[component(transparent)]
pub fn LifePictureMenu(life: Life) -> Node {
    let choose = move |choice| take_away(life, choice);
    view! { <PictureMenu on_choose=choose paper="The whole record with its blame, to be filed"/> }
}

/// What is taken away, as it stood when it was asked for.
pub struct Taken {
    pub about: About,
    pub page: HistoryPage,
    pub events: Vec<HistoryEvent>,
    pub window: Option<TimeRange>,
    pub end: Timestamp,
}

impl Taken {
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            about: &self.about,
            life: lifeline::screen::report::life::Life {
                page: &self.page,
                end: self.end,
                clock: self.about.clock,
            },
            events: &self.events,
            window: self.window,
            measure: &measure,
        }
    }
}

fn take_away(life: Life, choice: Choice) {
    let app = life.app;
    let Some((name, n)) = untrack(|| Some((app.resource.get()?, life.asked.get()?.events.len())))
    else {
        return app.say("The resource is not here yet.");
    };
    let (window, end) = untrack(|| (life.window(), life.end()));
    let most = match choice {
        Choice::Print => MOST_PRINTED,
        Choice::Svg | Choice::Png => MOST_EVENTS,
    };
    let n = n.min(most);
    // What is filed has all its findings.
    let mut questions = vec![
        Question::Judge,
        Question::History {
            id: name.id.clone(),
            kind: name.kind,
        },
    ];
    questions.extend((0..n).step_by(BLOCK).map(|first| Question::HistoryRows {
        id: name.id.clone(),
        kind: name.kind,
        first: first as u32,
        count: BLOCK.min(n - first) as u32,
    }));
    pictures::gather(app, questions, move |about, answers| {
        let mut page = None;
        let mut events: Vec<HistoryEvent> = Vec::new();
        for answer in answers {
            match answer {
                Answer::History(history) => page = Some(*history),
                Answer::HistoryRows(rows) => events.extend(rows.rows),
                _ => {}
            }
        }
        let Some(page) = page.filter(|page| is_of(page, &events, most)) else {
            return app.say("The record grew while it was read. Take it away again.");
        };
        let called = format!("resource-{}", for_file_name(&page.head.label));
        let range = page.first.zip(page.last);
        let range = range.and_then(|(first, last)| TimeRange::new(first, last));
        let name = about.file_name(&called, range, choice.extension());
        let taken = Taken {
            about,
            page,
            events,
            window,
            end,
        };
        match choice {
            Choice::Svg | Choice::Png => {
                let picture = resource_picture(&taken.subject());
                pictures::save(app, choice, &picture, name);
            }
            Choice::Print => {
                pictures::print(app, name, move || paper::paper(&taken));
            }
        }
    });
}

/// The events are those of the page, from the newest on: what was read in between would move their numbers.
fn is_of(page: &HistoryPage, events: &[HistoryEvent], most: usize) -> bool {
    let marks = page.events.iter().take(most).map(|mark| mark.row);
    marks.eq(events.iter().map(|event| event.row.row))
}
