//! The account's findings: what can't be right or is worth a look, among the events that search and range let pass.

use leptos::prelude::*;
use lifeline::findings::FindingKind;
use lifeline::findings::Severity;
use lifeline::link::View;
use lifeline::protocol::Answer;
use lifeline::protocol::FindingView;
use lifeline::protocol::Findings;
use lifeline::protocol::KindCount;
use lifeline::protocol::Question;
use lifeline::screen::finding_csv::finding_csv;
use lifeline::screen::findings;
use lifeline::screen::words;

use crate::dom::Node;
use crate::dom::view;
use crate::outside;
use crate::session::use_answer;
use crate::signals::Memo;
use crate::signals::RwSignal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::dismiss_form::DismissForm;
use crate::widgets::dismiss_form::Draft;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::finding_sign::SeverityText;
use crate::widgets::icon::Glyph;
use crate::widgets::sheet::SheetFrame;

const PAGE: u32 = 50;

/// What narrows the list.
#[derive(Clone, Copy)]
struct Choice {
    app: App,
    kinds: RwSignal<Vec<FindingKind>>,
    least: RwSignal<Severity>,
    firm_only: RwSignal<bool>,
    first: RwSignal<u32>,
    draft: Draft,
}

impl Choice {
    fn question(self, first: u32, count: u32) -> Question {
        Question::Findings {
            filter: self.app.filter(),
            kinds: self.kinds.get(),
            least: self.least.get(),
            firm_only: self.firm_only.get(),
            first,
            count,
        }
    }

    /// Another choice begins at its top.
    fn again(self, change: impl FnOnce()) {
        change();
        self.first.set(0);
    }
}

fn pick(answer: Answer) -> Option<Findings> {
    match answer {
        Answer::Findings(findings) => Some(findings),
        _ => None,
    }
}

#[component(transparent)]
pub fn FindingsSheet() -> Node {
    let app = use_app();
    let choice = Choice {
        app,
        kinds: RwSignal::default(),
        least: RwSignal::new(Severity::Warning),
        firm_only: RwSignal::new(false),
        first: RwSignal::new(0),
        draft: RwSignal::default(),
    };
    let page = use_answer(
        move || Some(choice.question(choice.first.get(), PAGE)),
        pick,
    );
    let rows = move || {
        page.with(|page| {
            let entries = page.rows.iter();
            entries
                .map(|finding| view! { <Entry choice finding=finding.clone()/> })
                .collect::<Node>()
        })
    };
    let total = move || page.with(|page| page.total).unwrap_or(0);
    let none = move || {
        let is_none = page.with(|page| page.total == 0).unwrap_or(false);
        is_none.then(
            || view! { <p class="quiet findings-none" role="status">{none_words(choice)}</p> },
        )
    };
    let awaited = move || {
        page.answer.with(Option::is_none).then(|| {
            let words = match page.error.with(Option::is_some) {
                true => "The findings can't be listed: the search has an error. It is marked beside the search field.",
                false => "Judging every event held…",
            };
            view! { <p class="quiet" role="status">{words}</p> }
        })
    };
    let shown = move || {
        let first = choice.first.get();
        let to = (first + PAGE).min(total());
        format!(
            "{} to {} of {}",
            words::count(u64::from(first + 1)),
            words::count(u64::from(to)),
            words::count(u64::from(total()))
        )
    };
    let step = move |later: bool| {
        choice.first.update(|first| match later {
            true if *first + PAGE < total() => *first += PAGE,
            true => {}
            false => *first = first.saturating_sub(PAGE),
        });
    };
    view! {
        <SheetFrame title="Findings" class="is-wide" on_close=move || app.sheet.set(None)>
            <div class="sheet-main">
                <p class="sheet-lead">
                    "What contradicts itself, lacks something or is worth a look, among the events that the search and the range let pass. "
                    "Firm: every event it rests on is proven read. Suspected: an event that isn't here could explain it. Nothing of this says that somebody did wrong."
                </p>
                {move || page.with(|page| view! { <Narrow choice by_kind=page.by_kind.clone()/> })}
                {awaited} {none}
                <ol class="findings-list" aria-label="Findings, newest first">{rows}</ol>
                <div class="sheet-acts">
                    {move || (total() > PAGE).then(|| view! {
                        <Button look=Look::Small on_click=move |_| step(false)>"Newer"</Button>
                        <span class="quiet">{shown}</span>
                        <Button look=Look::Small on_click=move |_| step(true)>"Older"</Button>
                    })}
                    {move || (total() > 0).then(|| view! {
                        <Button look=Look::Small glyph=Glyph::Export on_click=move |_| export(choice)>"Export these findings"</Button>
                    })}
                </div>
            </div>
        </SheetFrame>
    }
}

/// Kinds with their counts, the least severity, and firm ones alone.
#[component(transparent)]
fn Narrow(choice: Choice, by_kind: Vec<KindCount>) -> Node {
    let chosen = choice.kinds;
    let kinds = by_kind.into_iter().map(|count| {
        let kind = count.kind;
        let is_chosen = move || chosen.with(|kinds| kinds.contains(&kind));
        let turn = move |_| {
            choice.again(|| {
                chosen.update(|kinds| match kinds.iter().position(|one| *one == kind) {
                    Some(place) => drop(kinds.remove(place)),
                    None => kinds.push(kind),
                });
            });
        };
        view! {
            <button type="button" class="chip-choice" aria-pressed=move || is_chosen().to_string() on:click=turn>
                {kind.words()} " " <strong>{words::count(u64::from(count.n))}</strong>
            </button>
        }
    });
    let least = move |severity| {
        let words = match severity {
            Severity::Info => "All",
            Severity::Warning => "Warning and high",
            Severity::High => "High",
        };
        view! {
            <button type="button" class="segment" aria-pressed=move || (choice.least.get() == severity).to_string()
                on:click=move |_| choice.again(|| choice.least.set(severity))>{words}</button>
        }
    };
    view! {
        <div class="findings-narrow">
            <div class="segments" role="group" aria-label="Severity">{Severity::ALL.map(least)}</div>
            <label class="fleet-check">
                <input type="checkbox" prop:checked=move || choice.firm_only.get()
                    on:change=move |event| {
                        let firm_only = event_target_checked(&event);
                        choice.again(|| choice.firm_only.set(firm_only));
                    }/>
                "Firm only"
            </label>
            <div class="findings-kinds" role="group" aria-label="Kinds">{kinds.collect::<Node>()}</div>
        </div>
    }
}

#[component(transparent)]
fn Entry(choice: Choice, finding: FindingView) -> Node {
    let app = choice.app;
    let key = finding.key.clone();
    let clock = app.clock();
    let reason = {
        let key = key.clone();
        Memo::new(move |_| app.dismissals.reason_of(&key))
    };
    let is_asking = {
        let key = key.clone();
        Memo::new(move |_| {
            let asks =
                |draft: &Option<(String, String)>| draft.as_ref().is_some_and(|(of, _)| *of == key);
            choice.draft.with(asks)
        })
    };
    let acts = {
        let key = key.clone();
        move || match reason.get() {
            Some(reason) => {
                let key = key.clone();
                view! {
                    <span class="quiet">"Dismissed: " {reason}</span>
                    <button type="button" class="link" on:click=move |_| app.dismissals.bring_back(&key)>"Bring back"</button>
                }
            }
            None => {
                let key = key.clone();
                view! {
                    <button type="button" class="link finding-dismiss"
                        on:click=move |_| choice.draft.set(Some((key.clone(), String::new())))>"Dismiss with a reason"</button>
                }
            }
        }
    };
    let form = move || {
        is_asking.get().then(|| {
            let dismissed = key.clone();
            let dismiss = move |reason: &str| {
                let is_done = app.dismissals.dismiss(dismissed.clone(), reason);
                if is_done {
                    app.say(findings::DISMISSED);
                }
                is_done
            };
            view! { <DismissForm key=key.clone() draft=choice.draft dismiss give_up=|| ()/> }
        })
    };
    let place = finding.resource.clone().map(|head| {
        view! { <span class="finding-resource cut">{head.label.clone()} " " <span class="quiet">{head.region.clone()}</span></span> }
    });
    let show = {
        let finding = finding.clone();
        move |_| show(app, &finding)
    };
    view! {
        <li class="findings-entry" class:is-firm=finding.is_firm class:is-dismissed=move || reason.with(Option::is_some)>
            <div class="finding-head">
                <FindingSign is_firm=finding.is_firm/>
                <strong class="finding-standing">{findings::standing(finding.is_firm)}</strong>
                <span class="finding-kind">{finding.kind.words()}</span>
                <SeverityText severity=finding.severity/>
                {place}
                <time class="time findings-time" datetime=finding.at.to_string()>
                    {words::instant_seconds(finding.at, clock)} " " <span class="offset">{words::offset(finding.at, clock)}</span>
                </time>
            </div>
            <p class="finding-words">{finding.words.clone()}</p>
            <div class="finding-acts">
                <button type="button" class="link" on:click=show>{findings::show_events(&finding)}</button>
                <details class="finding-why">
                    <summary class="link">{findings::why_name(finding.is_firm)}</summary>
                    <p>{finding.why.clone()}</p>
                </details>
                {acts}
            </div>
            {form}
        </li>
    }
}

/// The event that it stands beside, where its resource's life is; without a resource, in the list of events.
fn show(app: App, finding: &FindingView) {
    app.step_on();
    app.sheet.set(None);
    app.select(finding.beside, None);
    match &finding.resource {
        Some(head) => app.open_resource(head.id.clone(), Some(head.kind)),
        None => {
            app.detail_open.set(true);
            app.view.set(View::Events);
        }
    }
}

fn none_words(choice: Choice) -> String {
    let narrowed = !choice.kinds.with(Vec::is_empty)
        || choice.least.get() != Severity::Info
        || choice.firm_only.get();
    match narrowed {
        true => "No finding of that sort. Choose All, other kinds, or let in what is suspected.".to_owned(),
        false => "No finding: nothing among these events contradicts itself, lacks its other half or is new.".to_owned(),
    }
}

/// All that the choice lets through, not only the page in sight.
fn export(choice: Choice) {
    let app = choice.app;
    let question = untrack(|| choice.question(0, u32::MAX));
    app.ask(question, move |(_, result)| {
        let Some(found) = result.ok().and_then(pick) else {
            return app.say("The findings could not be exported. What is on screen stays.");
        };
        let text = finding_csv(&found.rows, |key| untrack(|| app.dismissals.reason_of(key)));
        let demo = if untrack(|| app.is_demo()) {
            "demo-"
        } else {
            ""
        };
        let name = format!("{demo}findings.csv");
        app.say(
            match outside::save_file(&name, "text/csv;charset=utf-8", &text) {
                Ok(()) => format!(
                    "Saved {} as {name}.",
                    words::counted(u64::from(found.total), "finding", "findings")
                ),
                Err(_) => "The browser did not let the page save a file.".to_owned(),
            },
        );
    });
}
