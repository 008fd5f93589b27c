//! One finding in the account's list: how sure and weighty, when, of what, what happened and why it stands.

use std::time::Duration;

use leptos::prelude::*;
use lifeline::findings::Severity;
use lifeline::protocol::FindingView;
use lifeline::screen::findings;
use lifeline::screen::life;
use lifeline::screen::words;

use super::findings::lead_to;
use crate::dom::Node;
use crate::dom::view;
use crate::outside;
use crate::signals::RwSignal;
use crate::state::use_app;
use crate::widgets::dismiss_form::DismissForm;
use crate::widgets::dismiss_form::Draft;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::finding_sign::SeverityText;

#[component(transparent)]
pub fn Entry(finding: FindingView) -> Node {
    let app = use_app();
    let is_firm = finding.is_firm;
    let draft: Draft = RwSignal::default();
    let reason = {
        let key = finding.key.clone();
        move || app.dismissals.reason_of(&key)
    };
    let is_dismissed = {
        let key = finding.key.clone();
        move || app.dismissals.is_dismissed(&key)
    };
    let at = finding.at;
    let stamp = move || {
        let clock = app.clock();
        let exact = at.to_string();
        view! {
            <time class="time" datetime=exact.clone() title=exact>
                {life::full_stamp(at, clock)} " " <span class="offset">{words::offset(at, clock)}</span>
            </time>
        }
    };
    let of = finding.resource.as_ref().map(|head| {
        let of = finding.clone();
        view! {
            <p class="account-finding-on">
                <button type="button" class="link account-finding-of" title=head.id.clone() on:click=move |_| lead_to(app, &of)>
                    {head.label.clone()}
                </button>
                <span class="quiet">{head.region.clone()}</span>
            </p>
        }
    });
    let show = match finding.resource {
        Some(_) => "Show in its history",
        None => "Show in the list of events",
    };
    let name = format!(
        "{} finding: {}",
        findings::standing(is_firm),
        finding.kind.words()
    );
    let key = finding.key.clone();
    let acts = move || match reason() {
        Some(reason) => {
            let key = key.clone();
            view! {
                <p class="account-finding-dismissed">"Dismissed: " {reason} " "
                    <button type="button" class="link" on:click=move |_| app.dismissals.bring_back(&key)>"Bring back"</button>
                </p>
            }
        }
        None if draft.with(Option::is_some) => view! { <Reason key=key.clone() draft/> },
        None => {
            let key = key.clone();
            let ask = move |_| draft.set(Some((key.clone(), String::new())));
            view! { <button type="button" class="link" aria-label="Dismiss with a reason" on:click=ask>"Dismiss"</button> }
        }
    };
    view! {
        <article class="finding account-finding" class:is-firm=is_firm class:is-light={finding.severity == Severity::Info} class:is-put-aside=is_dismissed aria-label=name
            data-finding=finding.key.clone()>
            <div class="account-finding-head">
                <FindingSign is_firm/>
                <strong class="finding-standing">{findings::standing(is_firm)}</strong>
                <span>{finding.kind.words()}</span>
                <SeverityText severity=finding.severity/>
                <span class="account-finding-when">{stamp}</span>
            </div>
            {of}
            <p class="finding-words">{finding.words.clone()}</p>
            <div class="finding-acts">
                <button type="button" class="link" on:click={
                    let of = finding.clone();
                    move |_| lead_to(app, &of)
                }>{show}</button>
                <details class="finding-why">
                    <summary class="link">{findings::why_name(is_firm)}</summary>
                    <p>{finding.why.clone()}</p>
                </details>
                {acts}
            </div>
        </article>
    }
}

#[component(transparent)]
fn Reason(key: String, draft: Draft) -> Node {
    let app = use_app();
    // What was pressed has gone: the focus stays with its finding.
    let of = format!("[data-finding=\"{key}\"] .finding-acts > .link");
    let back = move || {
        let of = of.clone();
        set_timeout(move || outside::focus(&of), Duration::ZERO);
    };
    let dismiss = {
        let (key, back) = (key.clone(), back.clone());
        move |reason: &str| {
            let is_done = app.dismissals.dismiss(key.clone(), reason);
            if is_done {
                back();
            }
            is_done
        }
    };
    view! { <DismissForm key draft dismiss give_up=back/> }
}
