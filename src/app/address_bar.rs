//! The address holds the view: what stands after `#` is read at the start and when it changes, and written when the
//! view does. Navigation pushes history, typing and zooming replace it. The text itself is [`lifeline::link`]'s.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use lifeline::link::EventName;
use lifeline::link::Link;
use lifeline::link::RangeChoice;
use lifeline::link::Sort;
use lifeline::link::Step;
use lifeline::link::View;
use lifeline::link::ViewState;
use lifeline::protocol::Order;
use lifeline::query::language::DottedPaths;
use lifeline::screen::columns;
use wasm_bindgen::JsValue;

use crate::signals::Effect;
use crate::signals::StoredValue;
use crate::state::App;

/// How long typing or zooming rests before the address follows.
const REST: Duration = Duration::from_millis(200);

/// Reads the address, then follows both ways.
pub fn follow(app: App) {
    let written = StoredValue::new(ViewState::default());
    read(app, written);
    let listener = window_event_listener(leptos::ev::popstate, move |_| read(app, written));
    on_cleanup(move || listener.remove());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    // What the timer is about to write.
    let due = StoredValue::new(None::<ViewState>);
    Effect::new(move |before: Option<u32>| {
        let state = app.view_state();
        let steps = app.steps.get();
        let is_led = before.is_some_and(|before| before != steps);
        let step = match written.with_value(|written| state.step_from(written, is_led)) {
            // What the configuration says before there are events leads nobody to another screen.
            Step::Push if !is_led && app.generation.get_untracked() == 0 => Step::Replace,
            step => step,
        };
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let left = due.try_update_value(Option::take).flatten();
        app.address_is_due.set_value(matches!(step, Step::Replace));
        match step {
            Step::None => {}
            Step::Push => {
                // Back leads to the screen as it was left, not as it was last written.
                if let Some(left) = left {
                    write(&left, Step::Replace);
                }
                write(&state, step);
                written.set_value(state);
            }
            // Browsers refuse to change the address too often.
            Step::Replace => {
                due.set_value(Some(state));
                let later = move || {
                    if let Some(state) = due.try_update_value(Option::take).flatten() {
                        write(&state, Step::Replace);
                        written.set_value(state);
                    }
                    app.address_is_due.set_value(false);
                };
                timer.set_value(set_timeout_with_handle(later, REST).ok());
            }
        }
        steps
    });
}

impl App {
    /// What the address says of the screen as it is.
    pub fn view_state(self) -> ViewState {
        let selected = self.selection.with(|selection| {
            let selection = selection.as_ref()?;
            selection.name.clone().filter(|_| self.detail_open.get())
        });
        let order = self.order.get();
        let opened = self.files.get();
        // A link that waits for its files stays that link.
        let files = match opened.is_empty() {
            true => self.wanted_files.get(),
            false => opened,
        };
        ViewState {
            view: self.view.get(),
            query: self.query.get(),
            range: self.range.get(),
            zone: self.zone.get(),
            selected: selected.or_else(|| self.wanted.get()),
            resource: self
                .resource
                .get()
                .filter(|_| self.view.get() == View::Resource),
            at: self.at.get(),
            since: self.since.get(),
            columns: self
                .columns
                .get()
                .into_iter()
                .flatten()
                .map(|column| columns::name(column).to_owned())
                .collect(),
            sort: (order != Order::default()).then(|| Sort {
                by: columns::name(order.by).to_owned(),
                descending: !order.ascending,
            }),
            lanes_by: self.lanes_by.get(),
            lane_sort: self.lane_sort.get(),
            folded: self.folded.get(),
            pinned: self.pinned.get(),
            aligned: self.aligned.get(),
            as_table: self.as_table.get(),
            fleet_order: self.fleet_order.get(),
            window: self.brush.get(),
            find: self.find.get(),
            sources: Vec::new(),
            include_reclaimed: self.include_ended.get(),
            is_demo: self.is_demo() && files.is_empty(),
            files,
        }
    }

    /// What is changed in this turn is another screen, and Back brings this one again.
    pub fn step_on(self) {
        self.steps.update(|steps| *steps += 1);
    }

    /// A link that shows the same tomorrow and elsewhere: relative times made absolute.
    pub fn share_link(self) -> String {
        let state = untrack(|| self.view_state().shared(&self.moment(), &DottedPaths));
        address_of(&state)
    }

    /// A link to one event, in the view as it is.
    pub fn event_link(self, event: EventName) -> String {
        let state = untrack(|| ViewState {
            selected: Some(event),
            ..self.view_state().shared(&self.moment(), &DottedPaths)
        });
        address_of(&state)
    }

    fn apply(self, state: ViewState) {
        self.view.set(state.view);
        self.query.set(state.query);
        if self.range.get_untracked() != state.range {
            if matches!(state.range, RangeChoice::Relative(_)) {
                self.now.set(crate::clock::now());
            }
            self.range.set(state.range);
        }
        self.zone.set(state.zone);
        let current = untrack(|| self.view_state().selected);
        if state.selected != current {
            self.selection.set(None);
            self.detail_open.set(false);
            self.wanted.set(state.selected);
        }
        self.resource.set(state.resource);
        self.at.set(state.at);
        self.since.set(state.since);
        let columns: Vec<_> = state
            .columns
            .iter()
            .filter_map(|name| columns::from_name(name))
            .collect();
        self.columns.set((!columns.is_empty()).then_some(columns));
        self.order
            .set(state.sort.map_or_else(Order::default, |sort| Order {
                by: columns::from_name(&sort.by).unwrap_or_default(),
                ascending: !sort.descending,
            }));
        self.lanes_by.set(state.lanes_by);
        self.lane_sort.set(state.lane_sort);
        self.folded.set(state.folded);
        self.pinned.set(state.pinned);
        self.aligned.set(state.aligned);
        self.as_table.set(state.as_table);
        self.fleet_order.set(state.fleet_order);
        self.brush.set(state.window);
        self.find.set(state.find);
        self.include_ended.set(state.include_reclaimed);
        if state.files != self.files.get_untracked() {
            self.wanted_files.set(state.files);
        }
    }
}

fn read(app: App, written: StoredValue<ViewState>) {
    let fragment = window().location().hash().unwrap_or_default();
    match Link::parse(&fragment) {
        Ok(Link { state, notes }) => {
            app.apply(state.clone());
            written.set_value(untrack(|| app.view_state()));
            if let Some(note) = notes.first() {
                app.say(format!("{note}."));
            }
        }
        Err(error) => app.say(error.to_string()),
    }
}

fn write(state: &ViewState, step: Step) {
    let Ok(history) = window().history() else {
        return;
    };
    let fragment = format!("#{}", state.fragment());
    // A sandboxed frame may refuse; the view is the same, only its address isn't kept.
    let _ = match step {
        Step::Push => history.push_state_with_url(&JsValue::NULL, "", Some(&fragment)),
        Step::Replace => history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment)),
        Step::None => Ok(()),
    };
}

fn address_of(state: &ViewState) -> String {
    let whole = window().location().href().unwrap_or_default();
    let page = whole.split('#').next().unwrap_or_default();
    format!("{page}#{}", state.fragment())
}
