//! What stands in the place of lanes: nothing held, being read, nothing matches, went wrong. Says why and what to do.

use leptos::prelude::*;
use lifeline::protocol::AskError;
use lifeline::screen::words;

use super::lanes::Held;
use super::stage::Stage;
use crate::widgets::button::Button;
use crate::widgets::button::Look;

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

pub fn view_of(state: State, stage: Stage, held: Held) -> AnyView {
    let app = stage.app;
    match state {
        State::Lanes => ().into_any(),
        State::Reading => view! {
            <div class="tl-reading" aria-busy="true">
                <p class="visually-hidden" role="status">"Reading the lanes."</p>
                {(0..8).map(|_| view! { <div class="tl-bone"><span></span><span></span></div> }).collect_view()}
            </div>
        }
        .into_any(),
        State::NothingHeld => view! {
            <Says title="No lanes yet" words="No event with a time is held in this tab. Open files, or choose other sources."/>
        }
        .into_any(),
        State::NoLanes { find, query } if !find.trim().is_empty() => {
            let words = format!("No lane has “{}” in its name, id or region.", find.trim());
            let _ = query;
            view! {
                <div class="tl-find-again"><super::labels::FindLane/></div>
                <Says title="No lane matches" words>
                    <Button look=Look::Main on_click=move |_| app.find.set(String::new())>"Show all lanes"</Button>
                </Says>
            }
            .into_any()
        }
        State::NoLanes { query, .. } => {
            let held_events = words::counted(
                app.totals.with_untracked(|totals| totals.events),
                "event is held",
                "events are held",
            );
            let has_query = !query.trim().is_empty();
            let words = match has_query {
                true => format!("{held_events}; none of them in this range matches {}.", query.trim()),
                false => format!("{held_events}, none of them in this range."),
            };
            let _ = held;
            view! {
                <Says title="No events match" words>
                    {has_query.then(|| view! {
                        <Button look=Look::Main on_click=move |_| app.query.set(String::new())>"Clear the search"</Button>
                    })}
                    <Button on_click=move |_| stage.fit()>"Show the whole range"</Button>
                </Says>
            }
            .into_any()
        }
        State::Failed(message) => view! {
            <Says title="The lanes could not be made" words=message is_failure=true/>
        }
        .into_any(),
    }
}

/// A card in the middle of the view.
#[component]
fn Says(
    title: &'static str,
    #[prop(into)] words: String,
    #[prop(optional)] is_failure: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="tl-says" class:is-failure=is_failure role="status">
            <h2 class="tl-says-title">{title}</h2>
            <p>{words}</p>
            {children.map(|children| view! { <div class="tl-says-acts">{children()}</div> })}
        </div>
    }
}
