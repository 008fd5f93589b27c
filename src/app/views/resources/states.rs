//! What stands in the place of rows: nothing held, being read, nothing matches, went wrong. Says why and what to do.

use lifeline::protocol::AskError;
use lifeline::screen::words;

use super::desk::Desk;
use crate::dom::Node;
use crate::dom::view;
use crate::state::App;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::says::Bones;
use crate::widgets::says::Says;

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

pub fn view_of(standing: Standing, desk: Desk) -> Node {
    let app = desk.app;
    match standing {
        Standing::Rows => Node::nothing(),
        Standing::Reading => view! { <Bones words="Reading the resources."/> },
        Standing::NothingHeld => view! {
            <Says title="No resources yet" words=words::no_dated_event(app.totals.with_untracked(|totals| totals.events))/>
        },
        Standing::Failed(message) => view! {
            <Says title="The resources can't be shown" words=message fail=true>
                <Button look=Look::Main on_click=move |_| app.query.set(String::new())>"Clear the search"</Button>
            </Says>
        },
        Standing::Nobody(why) => nobody(why, desk),
    }
}

/// The nearest reason first: what was looked for, who is gone, the search, else the record itself.
fn nobody(why: Nobody, desk: Desk) -> Node {
    let app = desk.app;
    let (title, said, act, mend): (_, _, _, fn(App)) = if !why.find.is_empty() {
        (
            "No resource matches",
            format!(
                "No resource that is recorded at T has “{}” in its name, id, region or kind.",
                why.find
            ),
            "Show all resources",
            |app| app.find.set(String::new()),
        )
    } else if why.n_ended > 0 {
        let were = words::counted(u64::from(why.n_ended), "was", "were");
        (
            "All are gone at T",
            format!("No server is live at T. {were} reclaimed or deleted before."),
            "Include reclaimed",
            |app| app.include_ended.set(true),
        )
    } else if !why.query.is_empty() {
        (
            "No resource matches the search",
            format!(
                "No server that is recorded at T has an event that matches {}.",
                why.query
            ),
            "Clear the search",
            |app| app.query.set(String::new()),
        )
    } else {
        let said = match why.is_loading {
            true => {
                "No server is known to have existed at T by what was read so far. More is being read."
            }
            false => {
                "No event proves that a server existed at T. The record may begin later, or hold no server's events."
            }
        };
        // At the end of the range there is nothing later to go to.
        let act = match app.at.get_untracked() {
            Some(_) => "Go to the end of the range",
            None => "",
        };
        ("Nothing is recorded at T", said.to_owned(), act, |app| {
            app.at.set(None)
        })
    };
    view! {
        <Says title words=said>
            {(!act.is_empty()).then(|| view! {
                <Button look=Look::Main on_click=move |_| mend(app)>{act}</Button>
            })}
            {(why.n_unrecorded > 0).then(|| view! {
                <Button on_click=move |_| desk.lists_unrecorded.set(true)>
                    {format!("Show the {} not recorded at T", words::count(u64::from(why.n_unrecorded)))}
                </Button>
            })}
        </Says>
    }
}
