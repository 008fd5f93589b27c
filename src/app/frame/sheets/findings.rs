//! The account's findings: those beside events that query and range let pass, newest first, by kind, weight and ground;
//! each with the way to its resource, and to put it aside with a reason. Nothing is judged before this is opened.

use std::time::Duration;

use leptos::prelude::*;
use lifeline::findings::FindingKind;
use lifeline::findings::Severity;
use lifeline::link::View;
use lifeline::protocol::Answer;
use lifeline::protocol::FindingView;
use lifeline::protocol::Findings;
use lifeline::protocol::KindCount;
use lifeline::protocol::Question;
use lifeline::screen::findings;
use lifeline::screen::findings_csv::findings_csv;
use lifeline::screen::words;

use super::finding::Entry;
use crate::dom::Node;
use crate::dom::view;
use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::RwSignal;
use crate::state::App;
use crate::state::Selection;
use crate::state::use_app;
use crate::views::name_of;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;
use crate::widgets::sheet::SheetFrame;

const PAGE: u32 = 40;

/// What the list is narrowed by. `Copy`.
#[derive(Clone, Copy)]
struct Narrowing {
    app: App,
    kinds: RwSignal<Vec<FindingKind>>,
    least: RwSignal<Severity>,
    firm_only: RwSignal<bool>,
    first: RwSignal<u32>,
}

impl Narrowing {
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

    fn toggle(self, kind: FindingKind) {
        self.kinds
            .update(|kinds| match kinds.iter().position(|one| *one == kind) {
                Some(place) => {
                    kinds.remove(place);
                }
                None => kinds.push(kind),
            });
        self.first.set(0);
    }

    fn narrows(self) -> bool {
        self.kinds.with(|kinds| !kinds.is_empty())
            || self.least.get() != Severity::Info
            || self.firm_only.get()
    }

    fn clear(self) {
        self.kinds.set(Vec::new());
        self.least.set(Severity::Info);
        self.firm_only.set(false);
        self.first.set(0);
    }
}

#[component(transparent)]
pub fn FindingsSheet() -> Node {
    let app = use_app();
    let by = Narrowing {
        app,
        kinds: RwSignal::default(),
        least: RwSignal::new(Severity::Info),
        firm_only: RwSignal::new(false),
        first: RwSignal::new(0),
    };
    let asked = use_answer(
        move || Some(by.question(by.first.get(), PAGE)),
        |answer| match answer {
            Answer::Findings(findings) => Some(findings),
            _ => None,
        },
    );
    let total = move || asked.with(|found| found.total).unwrap_or(0);
    let entries = move || {
        let found = asked.get()?;
        let entries = found.rows.iter().cloned();
        Some(
            entries
                .map(|finding| view! { <li><Entry finding/></li> })
                .collect::<Node>(),
        )
    };
    let shown = move || {
        let to = (by.first.get() + PAGE).min(total());
        format!(
            "{} to {}",
            words::count(u64::from(by.first.get() + 1)),
            words::count(u64::from(to))
        )
    };
    let earlier = move |_| by.first.update(|first| *first = first.saturating_sub(PAGE));
    let later = move |_| {
        if by.first.get_untracked() + PAGE < untrack(total) {
            by.first.update(|first| *first += PAGE);
        }
    };
    view! {
        <SheetFrame title="Findings" on_close=move || app.sheet.set(None)>
            <div class="sheet-main account-findings">
                <p class="sheet-lead" role="status">{move || lead(app, asked)}</p>
                <div class="account-findings-filters">
                    <div class="chips is-wrapped" role="group" aria-label="Kinds of findings">
                        {move || kind_chips(by, asked)}
                    </div>
                    <div class="account-findings-rest">
                        <div class="segments" role="group" aria-label="Severity at least">
                            {Severity::ALL.map(|severity| view! {
                                <button type="button" class="segment"
                                    aria-pressed=move || (by.least.get() == severity).to_string()
                                    on:click=move |_| { by.least.set(severity); by.first.set(0); }>
                                    {least_words(severity)}
                                </button>
                            })}
                        </div>
                        <label class="check-label">
                            <input type="checkbox" class="check" prop:checked=move || by.firm_only.get()
                                on:change=move |event| {
                                    by.firm_only.set(event_target_checked(&event));
                                    by.first.set(0);
                                }/>
                            "Firm only"
                        </label>
                        <Button look=Look::Small glyph=Glyph::Export on_click=move |_| export(by)>"Export as CSV"</Button>
                    </div>
                </div>
                {move || (total() == 0 && !asked.is_waiting.get()).then(|| none(by))}
                <ol class="account-findings-list" aria-label="Findings, newest first">{entries}</ol>
                {move || (total() > PAGE).then(|| view! {
                    <div class="sheet-acts">
                        <Button look=Look::Small on_click=earlier>"Newer"</Button>
                        <span class="quiet">{shown}</span>
                        <Button look=Look::Small on_click=later>"Older"</Button>
                    </div>
                })}
            </div>
        </SheetFrame>
    }
}

fn least_words(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "All",
        Severity::Warning => "Warning and up",
        Severity::High => "High",
    }
}

/// How many of what, and how far they can be trusted.
fn lead(app: App, asked: Asked<Findings>) -> String {
    if let Some(error) = asked.error.get() {
        return findings::not_told(&error);
    }
    let Some(said) = asked.with(|found| {
        let narrowed =
            app.shown_range().is_some() || !app.query.with(|query| query.trim().is_empty());
        findings::lead(found, narrowed)
    }) else {
        return "Judging every event. This takes a moment for a large account.".into();
    };
    said
}

fn kind_chips(by: Narrowing, asked: Asked<Findings>) -> Node {
    let counts = asked
        .with(|found| found.by_kind.clone())
        .unwrap_or_default();
    let chip = |count: KindCount| {
        let kind = count.kind;
        let is_on = move || by.kinds.with(|kinds| kinds.contains(&kind));
        view! {
            <button type="button" class="account-findings-kind" aria-pressed=move || is_on().to_string()
                title=findings::in_short(count.n_firm, count.n - count.n_firm)
                on:click=move |_| by.toggle(kind)>
                <strong>{words::count(count.n.into())}</strong> " " {kind.words()}
            </button>
        }
    };
    counts.into_iter().map(chip).collect()
}

/// Why there is none to see.
fn none(by: Narrowing) -> Node {
    let app = by.app;
    let is_searched =
        !app.query.with(|query| query.trim().is_empty()) || app.shown_range().is_some();
    let (words, clear) = match (by.narrows(), is_searched) {
        (true, _) => (
            "No finding is of that kind, weight and ground.",
            Some("Show all findings"),
        ),
        (false, true) => (
            "No finding stands beside an event that the search and the time range let pass.",
            None,
        ),
        (false, false) => (
            "Nothing in what is held contradicts itself. What was not fetched was not judged.",
            None,
        ),
    };
    let clear = clear.map(|words| {
        view! { <Button look=Look::Small on_click=move |_| by.clear()>{words}</Button> }
    });
    view! { <div class="account-findings-none"><p>{words}</p>{clear}</div> }
}

/// Leads to the event that a finding stands beside: on its resource's page, or in the list of events. The sheet goes once
/// the press in it is over.
pub(super) fn lead_to(app: App, finding: &FindingView) {
    let finding = finding.clone();
    set_timeout(move || go_to(app, finding), Duration::ZERO);
}

fn go_to(app: App, finding: FindingView) {
    let row = finding.beside;
    app.sheet.set(None);
    app.step_on();
    let Some(head) = finding.resource else {
        app.ask(Question::Detail { row }, move |(_, result)| {
            if let Ok(Answer::Detail(detail)) = result {
                app.view.set(View::Events);
                app.wanted.set(Some(name_of(&detail)));
            }
        });
        return;
    };
    app.selection.set(Some(Selection {
        row,
        position: None,
        name: None,
    }));
    app.open_resource(head.id, Some(head.kind));
}

/// All that is listed, not only the page in sight; dismissed ones too.
fn export(by: Narrowing) {
    let app = by.app;
    let question = untrack(|| by.question(0, u32::MAX));
    app.ask(question, move |(_, result)| {
        let Ok(Answer::Findings(found)) = result else {
            app.say("The findings could not be exported. What is on screen stays.");
            return;
        };
        let name = match untrack(|| app.is_demo()) {
            true => "demo-findings.csv",
            false => "findings.csv",
        };
        let text = findings_csv(&found.rows, |key| untrack(|| app.dismissals.reason_of(key)));
        match crate::outside::save_file(name, "text/csv;charset=utf-8", &text) {
            Ok(()) => app.say(format!(
                "Saved {} as {name}.",
                words::counted(u64::from(found.total), "finding", "findings")
            )),
            Err(_) => app.say("The browser did not let the page save a file."),
        }
    });
}
