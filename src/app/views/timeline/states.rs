//! What stands in the place of lanes: nothing held, being read, nothing matches, went wrong. Says why and what to do.

use lifeline::protocol::AskError;
use lifeline::screen::words;

use super::lanes::Held;
use super::stage::Stage;
use crate::dom::Node;
use crate::dom::view;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::says::Bones;
use crate::widgets::says::Says;

#[derive(Clone, PartialEq, Debug)]
pub enum State {
    Lanes,
    /// No answer yet.
    Reading,
    /// Nothing is held that has a time.
    NothingHeld,
    /// Lanes there are none of: is it the search for lanes, or the query?
    NoLanes {
        find: String,
        query: String,
    },
    Failed(String),
}

pub fn state_of(stage: Stage, held: Held) -> State {
    let app = stage.app;
    match (held.newest(), held.error()) {
        (Some(lanes), _) if lanes.total > 0 => State::Lanes,
        (Some(_), _) if app.is_loading() => State::Reading,
        (Some(_), _) => State::NoLanes {
            find: app.find.get(),
            query: app.query.get(),
        },
        (None, Some(error)) => State::Failed(match error {
            AskError::Query { message, .. }
            | AskError::NotFound { message, .. }
            | AskError::Failed { message } => message,
        }),
        (None, None) if held.is_waiting() || app.is_loading() => State::Reading,
        (None, None) if app.domain().is_none() => State::NothingHeld,
        (None, None) => State::Reading,
    }
}

pub fn view_of(state: State, stage: Stage) -> Node {
    let app = stage.app;
    match state {
        State::Lanes => Node::nothing(),
        State::Reading => view! { <Bones words="Reading the lanes."/> },
        State::NothingHeld => view! {
            <Says title="No lanes yet" words=words::no_dated_event(app.totals.with_untracked(|totals| totals.events))/>
        },
        State::NoLanes { find, .. } if !find.trim().is_empty() => {
            let words = format!("No lane has “{}” in its name, id or region.", find.trim());
            view! {
                <div class="tl-find-again"><super::labels::FindLane/></div>
                <Says title="No lane matches" words>
                    <Button look=Look::Main on_click=move |_| app.find.set(String::new())>"Show all lanes"</Button>
                </Says>
            }
        }
        State::NoLanes { query, .. } => {
            let held_events = words::counted(
                app.totals.with_untracked(|totals| totals.events),
                "event is held",
                "events are held",
            );
            let has_query = !query.trim().is_empty();
            let words = match has_query {
                true => format!(
                    "{held_events}; none of them in this range matches {}.",
                    query.trim()
                ),
                false => format!("{held_events}, none of them in this range."),
            };
            view! {
                <Says title="No events match" words>
                    {has_query.then(|| view! {
                        <Button look=Look::Main on_click=move |_| app.query.set(String::new())>"Clear the search"</Button>
                    })}
                    <Button on_click=move |_| stage.fit()>"Show the whole range"</Button>
                </Says>
            }
        }
        State::Failed(message) => view! {
            <Says title="The lanes could not be made" words=message fail=true/>
        },
    }
}
