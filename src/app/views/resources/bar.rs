//! What stands over the list: the instant T, how many were live then, what narrows the list, and what nobody recorded.

use leptos::html;
use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use lifeline::protocol::SpanValue;
use lifeline::query::language::When;
use lifeline::screen::fleet_csv::fleet_csv;
use lifeline::screen::words;
use lifeline::time::Timestamp;
use lifeline::time::written;

use super::compare::toggle;
use super::desk::Desk;
use super::desk::use_desk;
use super::unrecorded::Unrecorded;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::widgets::button::Button;
use crate::widgets::button::IconButton;
use crate::widgets::button::Look;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::swatch::Legend;

/// Beside the tabs.
#[component(transparent)]
pub fn Tools(desk: Desk) -> Node {
    let values = vec![
        (SpanValue::On, false, "on"),
        (SpanValue::Off, false, "off"),
        (SpanValue::Suspended, false, "suspended"),
        (SpanValue::Rescue, false, "rescue"),
        (SpanValue::Live, false, "live, power not recorded"),
        (SpanValue::Unknown, false, "not recorded"),
    ];
    view! {
        <Legend values/>
        <CompareSwitch desk/>
        <Show when=move || desk.app.since.with(Option::is_none)>
            <IncludeEnded desk/>
            <Button look=Look::Small glyph=Glyph::Export on_click=move |_| export(desk)>"Export the list"</Button>
        </Show>
    }
}

#[component(transparent)]
pub fn Bar() -> Node {
    let desk = use_desk();
    let counts = move || {
        desk.asked.with(|fleet| {
            let ended = match fleet.ended {
                0 => Node::nothing(),
                n => view! {
                    ", " <strong>{words::count(u64::from(n))}</strong>
                    {if desk.app.include_ended.get() { " reclaimed or deleted" } else { " reclaimed or deleted, not listed" }}
                },
            };
            view! { <strong>{words::count(u64::from(fleet.live))}</strong> " live at T" {ended} }
        })
    };
    let n_unrecorded = move || desk.asked.with(|fleet| fleet.n_unrecorded).unwrap_or(0);
    let unstated = move || {
        desk.asked
            .with(|fleet| !fleet.coverage_stated)
            .unwrap_or(false)
    };
    view! {
        <div class="fleet-bar">
            <Show when=move || desk.app.since.with(Option::is_some)><Instant is_earlier=true/></Show>
            <Instant is_earlier=false/>
            <Show when=move || desk.app.since.with(Option::is_none)>
                <p class="fleet-counts" role="status">{counts}</p>
            </Show>
            <div class="fleet-bar-rest">
                <Show when=unstated>
                    <span class="fleet-note quiet"
                        title="Neither a manifest nor a service says which times were fetched. Nothing can be marked as carried over a gap.">
                        "Coverage not stated"
                    </span>
                </Show>
                <Show when=move || { n_unrecorded() > 0 }>
                    <button type="button" class="fleet-unrecorded" aria-haspopup="dialog"
                        on:click=move |_| desk.lists_unrecorded.set(true)>
                        <span class="hatched fleet-unrecorded-mark" aria-hidden="true"></span>
                        {move || words::count(u64::from(n_unrecorded()))}
                        " not recorded at T: "
                        <span class="link-dotted">"which, and why"</span>
                    </button>
                </Show>
                <Find/>
                <Show when=move || desk.is_phone.get()>
                    <CompareSwitch desk/>
                </Show>
                <Show when=move || desk.is_phone.get() && desk.app.since.with(Option::is_none)>
                    <IncludeEnded desk/>
                    <IconButton glyph=Glyph::Export name="Export the list" on_click=move |_| export(desk)/>
                </Show>
            </div>
        </div>
        <Show when=move || desk.lists_unrecorded.get()><Unrecorded/></Show>
    }
}

/// T: typed, stepped event by event, or back at the end of the range; `is_earlier`: the one that it is compared with.
#[component(transparent)]
fn Instant(is_earlier: bool) -> Node {
    let desk = use_desk();
    let app = desk.app;
    let instant = move || match is_earlier {
        true => app.since.get(),
        false => desk.at.get(),
    };
    let set = move |at: Timestamp| match is_earlier {
        true => app.since.set(Some(at)),
        false => app.at.set(Some(at)),
    };
    let (id, problem_id) = match is_earlier {
        true => ("fleet-since", "fleet-since-problem"),
        false => ("fleet-at", "fleet-at-problem"),
    };
    let label = move || match (is_earlier, app.since.with(Option::is_some)) {
        (true, _) => "At T1",
        (false, true) => "At T2",
        (false, false) => "At T",
    };
    let field = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(None::<String>);
    let shown = move || instant().map(|at| typed_form(at, desk)).unwrap_or_default();
    let offset = move || instant().map(|at| words::offset(at, app.clock()));
    let take = move || {
        let Some(input) = field.get_untracked() else {
            return;
        };
        let text = input.value();
        if text.trim() == untrack(shown) {
            problem.set(None);
            return;
        }
        if text.trim().is_empty() {
            problem.set(None);
            // An empty field is the end of the range, and compares nothing.
            match is_earlier {
                true => app.since.set(None),
                false => app.at.set(None),
            }
            input.set_value(&untrack(shown));
            return;
        }
        match read_instant(&text, desk) {
            Some(at) => {
                problem.set(None);
                set(at);
                input.set_value(&untrack(shown));
            }
            None => problem.set(Some(
                "This is no date or time. Write 2026-03-01, 2026-03-01 09:30 or now-7d.".into(),
            )),
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => take(),
        "Escape" => {
            event.stop_propagation();
            problem.set(None);
            if let Some(input) = field.get_untracked() {
                input.set_value(&untrack(shown));
                let _ = input.blur();
            }
        }
        _ => {}
    };
    view! {
        <div class="fleet-at">
            <label class="fleet-at-label" for=id>{label}</label>
            <span class="fleet-at-field" class:is-wrong=move || problem.with(Option::is_some)>
                <input id=id class="fleet-at-input" type="text" autocomplete="off" spellcheck="false"
                    node_ref=field prop:value=shown
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    aria-describedby=problem_id
                    on:change=move |_| take() on:keydown=on_key/>
                <span class="offset">{offset}</span>
            </span>
            {(!is_earlier).then(|| view! {
                <span class="fleet-steps">
                    <IconButton glyph=Glyph::ChevronLeft name="One event earlier" key="a" on_click=move |_| desk.step(true)/>
                    <IconButton glyph=Glyph::ChevronRight name="One event later" key="d" on_click=move |_| desk.step(false)/>
                </span>
            })}
            <Show when=move || !is_earlier && app.at.get().is_some()>
                <button type="button" class="link fleet-at-end" on:click=move |_| app.at.set(None)>
                    {move || if app.whole_range().is_some() { "End of range" } else { "Latest event" }}
                </button>
            </Show>
            <span id=problem_id class="fleet-at-problem fail-text" role="alert">{move || problem.get()}</span>
        </div>
    }
}

#[component(transparent)]
fn Find() -> Node {
    let desk = use_desk();
    let find = desk.app.find;
    view! {
        <span class="fleet-find">
            <Icon glyph=Glyph::Search row=true/>
            <input class="fleet-find-input" type="text" autocomplete="off" spellcheck="false"
                placeholder="Find a resource" aria-label="Find a resource by name, id, region or kind"
                prop:value=move || find.get()
                on:input=move |event| {
                    desk.cursor.set(None);
                    find.set(event_target_value(&event));
                }
                on:keydown=move |event| {
                    if event.key() == "Escape" && !find.with_untracked(String::is_empty) {
                        event.stop_propagation();
                        event.prevent_default();
                        find.set(String::new());
                    }
                }/>
            <Show when=move || !find.with(String::is_empty)>
                <IconButton glyph=Glyph::Close name="Clear" row=true on_click=move |_| find.set(String::new())/>
            </Show>
        </span>
    }
}

#[component(transparent)]
fn CompareSwitch(desk: Desk) -> Node {
    view! {
        <label class="fleet-check">
            <input type="checkbox" role="switch" prop:checked=move || desk.app.since.with(Option::is_some)
                on:change=move |_| toggle(desk)/>
            "Compare T1 with T2"
        </label>
    }
}

#[component(transparent)]
fn IncludeEnded(desk: Desk) -> Node {
    let include = desk.app.include_ended;
    view! {
        <label class="fleet-check">
            <input type="checkbox" prop:checked=move || include.get()
                on:change=move |event| include.set(event_target_checked(&event))/>
            "Include reclaimed"
        </label>
    }
}

/// As it is typed: whole seconds where the instant is one.
fn typed_form(at: Timestamp, desk: Desk) -> String {
    let wall = desk.app.clock().wall(at);
    let form = match at.nanos().rem_euclid(lifeline::time::NANOS_PER_SEC) {
        0 => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.3f",
    };
    written(wall, form)
}

/// A date stands for its first instant. `now-7d` is read too, and made absolute.
fn read_instant(text: &str, desk: Desk) -> Option<Timestamp> {
    let text = text.trim();
    let moment = untrack(|| desk.app.moment());
    let with_t = text.replacen(' ', "T", 1);
    When::parse(text)
        .or_else(|| When::parse(&with_t))
        .map(|when| when.range(&moment).from())
        .or_else(|| Timestamp::parse(text).map(|written| written.at))
}

/// The whole list as it is sorted and narrowed, not only the rows in sight.
fn export(desk: Desk) {
    let app = desk.app;
    let (Some(at), Some(strip)) = (desk.at.get_untracked(), desk.strip.get_untracked()) else {
        app.say("There is no list to export yet.");
        return;
    };
    let order = app.fleet_order.get_untracked();
    let question = Question::Fleet {
        filter: untrack(|| app.filter_of_range()),
        at,
        strip,
        include_ended: app.include_ended.get_untracked(),
        sort: order.by,
        descending: order.descending,
        find: app.find.get_untracked().trim().to_owned(),
        first: 0,
        count: u32::MAX,
    };
    app.ask(question, move |(_, result)| {
        let Ok(Answer::Fleet(fleet)) = result else {
            app.say("The list could not be exported. What is on screen stays.");
            return;
        };
        let name = format!(
            "{}resources-at-{}.csv",
            if untrack(|| app.is_demo()) {
                "demo-"
            } else {
                ""
            },
            at.to_string().replace(':', "-")
        );
        match crate::outside::save_file(&name, "text/csv;charset=utf-8", &fleet_csv(&fleet)) {
            Ok(()) => app.say(format!(
                "Saved {} as {name}.",
                words::counted(u64::from(fleet.total), "resource", "resources")
            )),
            Err(_) => app.say("The browser did not let the page save a file."),
        }
    });
}
