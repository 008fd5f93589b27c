//! What stands in the place of rows: nothing held, being read, nothing matches, went wrong. Says why and what to do.

use leptos::prelude::*;
use lifeline::protocol::AskError;
use lifeline::screen::words;

use super::desk::Desk;
use crate::widgets::button::Button;
use crate::widgets::button::Look;

#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    Rows,
    Reading,
    /// Nothing is held that has a time.
    NothingHeld,
    Nobody(Nobody),
    Failed(String),
}

/// Why no row is there.
#[derive(Clone, PartialEq, Debug)]
pub struct Nobody {
    find: String,
    query: String,
    n_ended: u32,
    n_unrecorded: u32,
    is_loading: bool,
}

pub fn standing(desk: Desk) -> Standing {
    let app = desk.app;
    let asked = desk.asked;
    if let Some((total, n_ended, n_unrecorded)) =
        asked.with(|fleet| (fleet.total, fleet.ended, fleet.n_unrecorded))
    {
        if total > 0 {
            return Standing::Rows;
        }
        return Standing::Nobody(Nobody {
            find: app.find.get().trim().to_owned(),
            query: app.query.get().trim().to_owned(),
            n_ended: if app.include_ended.get() { 0 } else { n_ended },
            n_unrecorded,
            is_loading: app.is_loading(),
        });
    }
    match asked.error.get() {
        Some(
            AskError::Query { message, .. }
            | AskError::NotFound { message, .. }
            | AskError::Failed { message },
        ) => Standing::Failed(message),
        None if desk.at.get().is_none() && !app.is_loading() => Standing::NothingHeld,
        None => Standing::Reading,
    }
}

pub fn view_of(standing: Standing, desk: Desk) -> AnyView {
    let app = desk.app;
    match standing {
        Standing::Rows => ().into_any(),
        Standing::Reading => view! {
            <div class="bones" aria-busy="true">
                <p class="visually-hidden" role="status">"Reading the resources."</p>
                {(0..12).map(|_| view! { <div class="bone-row"><span></span><span></span><span></span><span></span></div> }).collect_view()}
            </div>
        }
        .into_any(),
        Standing::NothingHeld => view! {
            <Says title="No resources yet" words="No event with a time is held in this tab, so no server is known. Open files, or choose other sources."/>
        }
        .into_any(),
        Standing::Failed(message) => view! {
            <Says title="The resources can't be shown" words=message fail=true>
                <Button look=Look::Main on_click=move |_| app.query.set(String::new())>"Clear the search"</Button>
            </Says>
        }
        .into_any(),
        Standing::Nobody(why) => nobody(why, desk),
    }
}

fn nobody(why: Nobody, desk: Desk) -> AnyView {
    let app = desk.app;
    let unrecorded = (why.n_unrecorded > 0).then(|| {
        view! {
            <Button on_click=move |_| desk.lists_unrecorded.set(true)>
                {format!("Show the {} not recorded at T", words::count(u64::from(why.n_unrecorded)))}
            </Button>
        }
    });
    if !why.find.is_empty() {
        let said = format!(
            "No resource that is recorded at T has “{}” in its name, id, region or kind.",
            why.find
        );
        return view! {
            <Says title="No resource matches" words=said>
                <Button look=Look::Main on_click=move |_| app.find.set(String::new())>"Show all resources"</Button>
                {unrecorded}
            </Says>
        }
        .into_any();
    }
    if why.n_ended > 0 {
        let said = format!(
            "No server is live at T. {} reclaimed or deleted before.",
            match why.n_ended {
                1 => "1 was".to_owned(),
                n => format!("{} were", words::count(u64::from(n))),
            }
        );
        return view! {
            <Says title="All are gone at T" words=said>
                <Button look=Look::Main on_click=move |_| app.include_ended.set(true)>"Include reclaimed"</Button>
                {unrecorded}
            </Says>
        }
        .into_any();
    }
    if !why.query.is_empty() {
        let said = format!(
            "No server that is recorded at T has an event that matches {}.",
            why.query
        );
        return view! {
            <Says title="No resource matches the search" words=said>
                <Button look=Look::Main on_click=move |_| app.query.set(String::new())>"Clear the search"</Button>
                {unrecorded}
            </Says>
        }
        .into_any();
    }
    let said = match why.is_loading {
        true => {
            "No server is known to have existed at T by what was read so far. More is being read."
        }
        false => {
            "No event proves that a server existed at T. The record may begin later, or hold no server's events."
        }
    };
    view! {
        <Says title="Nothing is recorded at T" words=said.to_owned()>
            <Show when=move || app.at.get().is_some()>
                <Button look=Look::Main on_click=move |_| app.at.set(None)>"Go to the end of the range"</Button>
            </Show>
            {unrecorded}
        </Says>
    }
    .into_any()
}

/// A title, a sentence and what can be done.
#[component]
pub fn Says(
    #[prop(into)] title: String,
    #[prop(into)] words: String,
    #[prop(optional)] fail: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="says" class:is-fail=fail role="status">
            <h2 class="says-title">{title}</h2>
            <p class="says-words">{words}</p>
            <div class="says-acts">{children.map(|children| children())}</div>
        </div>
    }
}
