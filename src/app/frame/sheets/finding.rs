//! One finding in the account's list: how sure and weighty, when, of what, what happened and why it stands.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::protocol::FindingView;
use lifeline::screen::findings;
use lifeline::screen::life;
use lifeline::screen::words;

use super::findings::lead_to;
use crate::dom::Node;
use crate::dom::view;
use crate::outside;
use crate::signals::Effect;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::state::use_app;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::finding_sign::SeverityText;

#[component(transparent)]
pub fn Entry(finding: FindingView) -> Node {
    let app = use_app();
    let is_firm = finding.is_firm;
    let is_asking = RwSignal::new(false);
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
        None if is_asking.get() => view! { <Reason key=key.clone() is_asking/> },
        None => view! {
            <button type="button" class="link" aria-label="Dismiss with a reason" on:click=move |_| is_asking.set(true)>
                "Dismiss"
            </button>
        },
    };
    view! {
        <article class="finding account-finding" class:is-firm=is_firm class:is-put-aside=is_dismissed aria-label=name
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

/// Why it may be put aside: without a reason it isn't.
#[component(transparent)]
fn Reason(key: String, is_asking: RwSignal<bool>) -> Node {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    let is_missing = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    // What was pressed has gone: the focus stays with its finding.
    let back = {
        let of = format!("[data-finding=\"{key}\"] .finding-acts > .link");
        move || {
            let of = of.clone();
            set_timeout(move || outside::focus(&of), Duration::ZERO);
        }
    };
    let dismiss = {
        let back = back.clone();
        move || {
            let text = field.get_untracked().map(|field| field.value());
            match app
                .dismissals
                .dismiss(key.clone(), &text.unwrap_or_default())
            {
                true => {
                    is_asking.set(false);
                    back();
                }
                false => is_missing.set(true),
            }
        }
    };
    let give_up = move || {
        is_asking.set(false);
        back();
    };
    let on_key = {
        let (dismiss, give_up) = (dismiss.clone(), give_up.clone());
        move |event: ev::KeyboardEvent| {
            match event.key().as_str() {
                "Enter" => dismiss(),
                "Escape" => give_up(),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <div class="finding-reason account-finding-reason">
            <label class="field-label">
                <span>"Why can it be put aside?"</span>
                <input class="field" type="text" autocomplete="off" required node_ref=field
                    aria-invalid=move || is_missing.get().then_some("true")
                    on:input=move |_| is_missing.set(false) on:keydown=on_key/>
            </label>
            <Show when=move || is_missing.get()>
                <p class="fail-text" role="alert">"A reason is needed."</p>
            </Show>
            <div class="finding-acts">
                <button type="button" class="button is-small" on:click=move |_| dismiss()>"Dismiss"</button>
                <button type="button" class="button is-small is-quiet" on:click=move |_| give_up()>"Cancel"</button>
            </div>
        </div>
    }
}
