//! The search field. The text is the truth: a plain input, with the clauses' boxes drawn behind it. Below it, what could
//! come next, or why the text can't be read while the last good answer stays.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::Completion;
use lifeline::protocol::Question;
use lifeline::screen::highlight;
use lifeline::screen::words;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::frame::completion::CompletionList;
use crate::frame::counts::use_counts;
use crate::frame::search_problem::SearchProblem;
use crate::session::use_answer;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::state::App;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::key_cap::KeyCap;

/// The input's id, for the key that focuses it.
pub const SEARCH_ID: &str = "search";
const LIST_ID: &str = "search-completions";
const MOST_COMPLETIONS: u32 = 8;

/// The state of the field, shared with its panels.
#[derive(Clone, Copy)]
pub struct Field {
    pub input: NodeRef<html::Input>,
    /// In characters.
    pub cursor: RwSignal<u32>,
    pub is_focused: RwSignal<bool>,
    /// Completions are wanted: the reader typed or asked for them, and hasn't closed them.
    pub is_open: RwSignal<bool>,
    /// The completion that the arrow keys stand on.
    pub active: RwSignal<Option<usize>>,
}

impl Field {
    /// Puts a text into the field with the cursor at a place (characters).
    pub fn set(self, app: App, text: &str, cursor: u32) {
        app.query.set(text.to_owned());
        self.cursor.set(cursor);
        self.active.set(None);
        if let Some(input) = self.input.get_untracked() {
            let units = utf16_at(text, cursor);
            input.set_value(text);
            let _ = input.focus();
            let _ = input.set_selection_range(units, units);
        }
    }
}

#[component(transparent)]
pub fn Search() -> Node {
    let app = use_app();
    let counts = use_counts();
    let field = Field {
        input: NodeRef::new(),
        cursor: RwSignal::new(0),
        is_focused: RwSignal::new(false),
        is_open: RwSignal::new(false),
        active: RwSignal::new(None),
    };
    let completions = use_answer(
        move || {
            (field.is_focused.get() && field.is_open.get()).then(|| Question::Complete {
                filter: app.filter_of_range(),
                cursor: field.cursor.get(),
                limit: MOST_COMPLETIONS,
            })
        },
        |answer| match answer {
            Answer::Complete(completions) => Some(completions),
            _ => None,
        },
    );
    let list = Signal::derive(move || {
        completions
            .get()
            .map(|list| list.as_ref().clone())
            .unwrap_or_default()
    });
    let shows_list = Signal::derive(move || {
        field.is_focused.get() && field.is_open.get() && list.with(|list| !list.is_empty())
    });
    // Who is offered what comes next has not finished yet.
    let problem = Signal::derive(move || match shows_list.get() {
        true => None,
        false => counts.in_range.error.get(),
    });
    let scroll_px = RwSignal::new(0);
    let take = move |completion: Completion| {
        field.set(app, &completion.query, completion.cursor);
        field.is_open.set(true);
    };

    view! {
        <div class="search" role="search" class:has-problem=move || problem.with(is_query_problem)>
            <div class="search-box">
                <Icon glyph=Glyph::Search/>
                <div class="search-text">
                    <Boxes field scroll_px problem/>
                    <input id=SEARCH_ID class="search-input" type="text" node_ref=field.input
                        role="combobox" aria-autocomplete="list" aria-controls=LIST_ID aria-label="Search events"
                        aria-expanded=move || shows_list.get().to_string()
                        aria-activedescendant=move || field.active.get().map(option_id)
                        aria-invalid=move || problem.with(is_query_problem).to_string()
                        placeholder="Search: action, who, what, any word" autocomplete="off" spellcheck="false"
                        autocapitalize="none" enterkeyhint="search"
                        prop:value=move || app.query.get()
                        on:input=move |event| on_input(app, field, &event)
                        on:keydown=move |event| on_keydown(app, field, &event, list, shows_list, take)
                        on:keyup=move |_| follow(field, scroll_px)
                        on:click=move |_| follow(field, scroll_px)
                        on:scroll=move |_| follow(field, scroll_px)
                        on:focus=move |_| field.is_focused.set(true)
                        on:blur=move |_| { field.is_focused.set(false); field.is_open.set(false); field.active.set(None); }/>
                </div>
                <span class="search-count" role="status">
                    {move || counts.in_range.with(|overview| overview.matching)
                        .filter(|_| app.generation.get() > 0)
                        .map(|n| format!("{} match", words::count(n)))}
                </span>
                {move || app.query.with(|query| !query.is_empty()).then(|| view! {
                    <IconButton glyph=Glyph::Close name="Clear the search" row=true
                        on_click=move |_| field.set(app, "", 0)/>
                })}
                <span class="wide-only" aria-hidden="true"><KeyCap key="/"/></span>
            </div>
            <CompletionList id=LIST_ID field list shown=shows_list on_take=take/>
            <SearchProblem field problem is_hidden=shows_list/>
        </div>
    }
}

/// The clauses' boxes and colours behind the text, and the wave under what can't be read.
#[component(transparent)]
fn Boxes(field: Field, scroll_px: RwSignal<i32>, problem: Signal<Option<AskError>>) -> Node {
    let app = use_app();
    let drawn = move || {
        let text = app.query.get();
        if let Some(AskError::Query { at, len, .. }) = problem.get() {
            let (from, to) = (byte_at(&text, at), byte_at(&text, at + len.max(1)));
            let (before, wrong, after) = (&text[..from], &text[from..to], &text[to..]);
            return view! {
                <span>{before.to_owned()}</span>
                <span class="search-wrong">{wrong.to_owned()}</span>
                <span>{after.to_owned()}</span>
            };
        }
        let cursor = field
            .is_focused
            .get()
            .then(|| byte_at(&text, field.cursor.get()));
        let pieces = highlight::pieces(&text, cursor);
        pieces
            .into_iter()
            .map(|piece| {
                let Some(clause) = piece.clause else {
                    return view! { <span>{piece.text}</span> };
                };
                let (from, to) = clause.field;
                let parts = (
                    piece.text[..from].to_owned(),
                    piece.text[from..to].to_owned(),
                    piece.text[to..].to_owned(),
                );
                view! {
                    <span class="clause" class:is-negated=clause.is_negated>
                        {parts.0}<span class="clause-field">{parts.1}</span>{parts.2}
                    </span>
                }
            })
            .collect::<Node>()
            .into_node()
    };
    view! {
        <div class="search-boxes" aria-hidden="true">
            <div class="search-boxes-text" style:transform=move || format!("translateX({}px)", -scroll_px.get())>
                {drawn}
            </div>
        </div>
    }
}

fn on_input(app: App, field: Field, event: &ev::Event) {
    app.query.set(event_target_value(event));
    field.is_open.set(true);
    field.active.set(None);
    read_cursor(field);
}

fn on_keydown(
    app: App,
    field: Field,
    event: &ev::KeyboardEvent,
    list: Signal<Vec<Completion>>,
    shown: Signal<bool>,
    take: impl Fn(Completion),
) {
    if event.is_composing() {
        return;
    }
    let n = list.with_untracked(Vec::len);
    let active = field.active.get_untracked();
    match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if !shown.get_untracked() => {
            field.is_open.set(true);
            event.prevent_default();
        }
        "ArrowDown" => {
            field.active.set(Some(active.map_or(0, |at| (at + 1) % n)));
            event.prevent_default();
        }
        "ArrowUp" => {
            field
                .active
                .set(Some(active.map_or(n - 1, |at| (at + n - 1) % n)));
            event.prevent_default();
        }
        "Tab" if shown.get_untracked() && !event.shift_key() => {
            if let Some(completion) =
                list.with_untracked(|list| list.get(active.unwrap_or(0)).cloned())
            {
                take(completion);
                event.prevent_default();
            }
        }
        "Enter" => {
            if let Some(completion) =
                active.and_then(|at| list.with_untracked(|list| list.get(at).cloned()))
            {
                take(completion);
            }
            field.is_open.set(false);
            field.active.set(None);
            event.prevent_default();
        }
        "Escape" => {
            event.stop_propagation();
            event.prevent_default();
            if shown.get_untracked() {
                field.is_open.set(false);
                field.active.set(None);
            } else if let Some(input) = field.input.get_untracked() {
                let _ = input.blur();
                let _ = app;
            }
        }
        _ => {}
    }
}

/// Cursor and scroll position after keys, clicks and scrolling.
fn follow(field: Field, scroll_px: RwSignal<i32>) {
    read_cursor(field);
    if let Some(input) = field.input.get_untracked() {
        let px = input.scroll_left();
        if scroll_px.get_untracked() != px {
            scroll_px.set(px);
        }
    }
}

fn read_cursor(field: Field) {
    let Some(input) = field.input.get_untracked() else {
        return;
    };
    let units = input.selection_end().ok().flatten().unwrap_or(0);
    let text = input.value();
    let mut seen = 0;
    let chars = text
        .chars()
        .take_while(|c| {
            seen += c.len_utf16() as u32;
            seen <= units
        })
        .count() as u32;
    if field.cursor.get_untracked() != chars {
        field.cursor.set(chars);
    }
}

/// The id of the n-th completion's element.
pub fn option_id(n: usize) -> String {
    format!("{LIST_ID}-{n}")
}

pub fn is_query_problem(problem: &Option<AskError>) -> bool {
    matches!(problem, Some(AskError::Query { .. }))
}

fn byte_at(text: &str, chars: u32) -> usize {
    text.char_indices()
        .nth(chars as usize)
        .map_or(text.len(), |(at, _)| at)
}

fn utf16_at(text: &str, chars: u32) -> u32 {
    text.chars()
        .take(chars as usize)
        .map(|c| c.len_utf16() as u32)
        .sum()
}
