//! What stands in the place of a resource: being read, not held, named by several, went wrong.

use lifeline::protocol::AskError;

use super::life::Life;
use crate::dom::Node;
use crate::dom::view;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::says::Bones;
use crate::widgets::says::Says;

#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    Page,
    Reading,
    NotFound {
        message: String,
        candidates: Vec<String>,
    },
    Failed(String),
}

pub fn standing(life: Life) -> Standing {
    let app = life.app;
    let asked = life.asked;
    // While events stream in, a resource that was not there yet may come.
    let may_come = app.is_loading();
    match (asked.error.get(), asked.answer.with(Option::is_some)) {
        (None, true) => Standing::Page,
        (None, false) if app.resource.with(Option::is_none) => Standing::NotFound {
            message: "The address names no resource.".into(),
            candidates: Vec::new(),
        },
        (None, false) => Standing::Reading,
        (Some(AskError::NotFound { .. }), _) if may_come => Standing::Reading,
        (
            Some(AskError::NotFound {
                message,
                candidates,
            }),
            _,
        ) => Standing::NotFound {
            message,
            candidates,
        },
        (Some(AskError::Query { message, .. } | AskError::Failed { message }), has_page) => {
            match has_page {
                true => Standing::Page,
                false => Standing::Failed(message),
            }
        }
    }
}

pub fn view_of(standing: Standing, life: Life) -> Node {
    let back = move |_| life.back();
    match standing {
        Standing::Page => Node::nothing(),
        Standing::Reading => view! { <Bones words="Reading the resource's history."/> },
        Standing::NotFound {
            message,
            candidates,
        } => {
            let has_candidates = !candidates.is_empty();
            let choices = candidates
                .into_iter()
                .map(|id| {
                    let wanted = id.clone();
                    let open = move |_| life.app.open_resource(wanted.clone(), None);
                    view! { <li><button type="button" class="link mono" on:click=open>{id}</button></li> }
                })
                .collect::<Node>();
            view! {
                <Says title="This resource is not here" words=message>
                    {has_candidates.then(|| view! { <ul class="resource-choices" aria-label="Resources that may be meant">{choices}</ul> })}
                    <Button look=Look::Main on_click=back>"Show all resources"</Button>
                </Says>
            }
        }
        Standing::Failed(message) => view! {
            <Says title="The history can't be shown" words=message fail=true>
                <Button look=Look::Main on_click=back>"Show all resources"</Button>
            </Says>
        },
    }
}
