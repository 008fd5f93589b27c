//! One finding: how sure and how weighty it is, what happened, why it stands, its events, and the way to dismiss it with a
//! reason. A dismissed one is a quiet line.

use std::time::Duration;

use leptos::prelude::*;
use lifeline::findings::Severity;
use lifeline::protocol::FindingView;
use lifeline::screen::findings;
use lifeline::screen::words;

use super::findings::Sort;
use super::findings::selector;
use super::life::Life;
use super::life::use_life;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Memo;
use crate::signals::Signal;
use crate::widgets::dismiss_form::DismissForm;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::finding_sign::SeverityText;

/// `is_small`: there is room for its first line alone; a press on it makes room.
#[component(transparent)]
pub fn FindingCard(key: String, #[prop(optional, into)] is_small: Signal<bool>) -> Node {
    let life = use_life();
    let dismissals = life.app.dismissals;
    let finding = {
        let key = key.clone();
        Memo::new(move |_| life.finding(&key))
    };
    let reason = {
        let key = key.clone();
        Memo::new(move |_| dismissals.reason_of(&key))
    };
    // It follows where the card stands, which is no reason to draw it anew.
    let is_small = Memo::new(move |_| is_small.get());
    let body = move || {
        finding.get().map(|finding| match reason.get() {
            Some(reason) => view! { <Dismissed finding reason/> },
            None if is_small.get() => view! { <Small finding/> },
            None => view! { <Full finding/> },
        })
    };
    let is_firm = move || finding.with(|finding| finding.as_ref().is_some_and(|f| f.is_firm));
    let is_light = move || {
        finding.with(|finding| {
            finding
                .as_ref()
                .is_some_and(|f| f.severity == Severity::Info)
        })
    };
    let is_dismissed = move || reason.with(Option::is_some);
    let name = move || {
        finding.with(|finding| {
            let finding = finding.as_ref()?;
            let standing = findings::standing(finding.is_firm);
            Some(format!("{standing} finding: {}", finding.kind.words()))
        })
    };
    view! {
        <article class="finding" class:is-firm=is_firm class:is-light=is_light class:is-dismissed=is_dismissed class:is-small=is_small
            aria-label=name data-finding=key>
            {body}
        </article>
    }
}

/// `▲ Firm  Refused, then done`; as much of what happened as there is room for, where the line is all there is.
fn head(finding: &FindingView, is_all: bool) -> Node {
    let is_firm = finding.is_firm;
    view! {
        <FindingSign is_firm/>
        <strong class="finding-standing">{findings::standing(is_firm)}</strong>
        <span class="finding-kind">{finding.kind.words()}</span>
        <span class="finding-short cut quiet">{is_all.then(|| finding.words.clone())}</span>
        <SeverityText severity=finding.severity/>
    }
}

#[component(transparent)]
fn Small(finding: FindingView) -> Node {
    let life = use_life();
    let key = finding.key.clone();
    view! {
        <button type="button" class="finding-head" title=finding.words.clone() on:click=move |_| life.go_to(&key)>
            {head(&finding, true)}
        </button>
    }
}

#[component(transparent)]
fn Full(finding: FindingView) -> Node {
    let life = use_life();
    let key = finding.key.clone();
    let is_asking = {
        let key = key.clone();
        Memo::new(move |_| {
            life.dismissing
                .with(|of| of.as_ref().is_some_and(|(of, _)| *of == key))
        })
    };
    let is_shown = {
        let key = key.clone();
        Memo::new(move |_| {
            life.shown_finding
                .with(|shown| shown.as_deref() == Some(&key))
        })
    };
    let show = {
        let finding = finding.clone();
        move |_| life.show_events_of(&finding)
    };
    let ask = {
        let key = key.clone();
        move |_| life.dismissing.set(Some((key.clone(), String::new())))
    };
    let is_asked = is_asking;
    let acts = move || match is_asked.get() {
        true => view! { <Reason key=key.clone()/> },
        false => Node::nothing(),
    };
    view! {
        <div class="finding-head">{head(&finding, false)}</div>
        <p class="finding-words">{finding.words.clone()}</p>
        <div class="finding-acts">
            <button type="button" class="link" aria-pressed=move || is_shown.get().to_string() on:click=show>
                {findings::show_events(&finding)}
            </button>
            <details class="finding-why">
                <summary class="link">{findings::why_name(finding.is_firm)}</summary>
                <p>{finding.why.clone()}</p>
            </details>
            <Show when=move || !is_asking.get()>
                <button type="button" class="link finding-dismiss" aria-label="Dismiss with a reason" on:click=ask.clone()>
                    "Dismiss"
                </button>
            </Show>
        </div>
        {acts}
    }
}

#[component(transparent)]
fn Reason(key: String) -> Node {
    let life = use_life();
    let dismiss = {
        let key = key.clone();
        move |reason: &str| {
            if !life.app.dismissals.dismiss(key.clone(), reason) {
                return false;
            }
            if life.shown_finding.get_untracked().as_ref() == Some(&key) {
                life.shown_finding.set(None);
            }
            life.app.say(findings::DISMISSED);
            focus_in(&key, &["button"]);
            true
        }
    };
    let give_up = {
        let key = key.clone();
        move || focus_in(&key, &[".finding-dismiss"])
    };
    view! { <DismissForm key draft=life.dismissing dismiss give_up/> }
}

#[component(transparent)]
fn Dismissed(finding: FindingView, reason: String) -> Node {
    let life = use_life();
    let key = finding.key.clone();
    let bring_back = move |_| {
        life.app.dismissals.bring_back(&key);
        focus_in(&key, &["button"]);
    };
    let title = format!(
        "{}, {}: {}\nDismissed: {reason}",
        findings::standing(finding.is_firm),
        finding.kind.words(),
        finding.words
    );
    view! {
        <p class="finding-dismissed" title=title>
            <span class="cut">"Dismissed: " {reason}</span>
            <span class="visually-hidden">{format!(". It was {}.", finding.kind.words())}</span>
            <button type="button" class="link" on:click=bring_back>"Bring back"</button>
        </p>
    }
}

/// Puts the focus into a card once it is drawn anew: what was pressed in it has gone.
fn focus_in(key: &str, parts: &[&str]) {
    let parts: Vec<String> = parts.iter().map(|part| selector(key, part)).collect();
    set_timeout(
        move || crate::outside::focus(&parts.join(", ")),
        Duration::ZERO,
    );
}

/// `2 firm`, `2 suspected`, `1 dismissed`: each leads to the first of them.
#[component(transparent)]
pub fn Badges() -> Node {
    let life = use_life();
    let badges = move || {
        let counts = life.counts();
        let is_judged = life.asked.with(|page| page.is_judged).unwrap_or(false);
        let none = counts.n_standing() == 0 && counts.n_dismissed == 0;
        let said = match (none, is_judged) {
            (true, true) => Some("none"),
            (true, false) => Some("not judged yet"),
            (false, false) => Some("so far"),
            (false, true) => None,
        };
        view! {
            {badge(life, Sort::Firm, counts.n_firm)}
            {badge(life, Sort::Suspected, counts.n_suspected)}
            {badge(life, Sort::Dismissed, counts.n_dismissed)}
            {said.map(|said| view! { <span class="quiet">{said}</span> })}
        }
    };
    view! { <span class="finding-badges">{badges}</span> }
}

fn badge(life: Life, sort: Sort, n: u64) -> Option<Node> {
    let (word, class) = match sort {
        Sort::Firm => ("firm", "finding-badge is-firm"),
        Sort::Suspected => ("suspected", "finding-badge"),
        Sort::Dismissed => ("dismissed", "finding-badge is-dismissed"),
    };
    let words = format!("{} {word}", words::count(n));
    let name = format!("{words}: go to the next one");
    (n > 0).then(|| {
        view! {
            <button type="button" class=class title=name on:click=move |_| life.go_to_next(sort)>{words}</button>
        }
    })
}
