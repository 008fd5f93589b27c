//! What the page knows: one context, [`App`], and one way to it, [`use_app`]. Signals hold what is loose and small;
//! events stay in the worker, and answers are as large as a view.

use std::collections::BTreeSet;

use leptos::prelude::*;
use lifeline::cadf::Kind;
use lifeline::link::EventName;
use lifeline::link::FileName;
use lifeline::link::FleetOrder;
use lifeline::link::LaneMoment;
use lifeline::link::LanesBy;
use lifeline::link::RangeChoice;
use lifeline::link::ResourceName;
use lifeline::link::View;
use lifeline::protocol::Column;
use lifeline::protocol::FacetName;
use lifeline::protocol::Filter;
use lifeline::protocol::Generation;
use lifeline::protocol::LaneSort;
use lifeline::protocol::Order;
use lifeline::protocol::RowId;
use lifeline::protocol::SourceState;
use lifeline::protocol::Stage;
use lifeline::protocol::Totals;
use lifeline::query::language::Moment;
use lifeline::screen::columns;
use lifeline::screen::keys::Act;
use lifeline::time::Clock;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use lifeline::time::Zone;

use crate::clock;
use crate::dismissals::Dismissals;
use crate::dom::Node;
use crate::dom::ViewFn;
use crate::session::Session;
use crate::settings::Theme;
use crate::signals::RwSignal;
use crate::signals::StoredValue;

/// The event that the cursor stands on.
#[derive(Clone, PartialEq, Debug)]
pub struct Selection {
    pub row: RowId,
    /// Its place in what matches, where that is known.
    pub position: Option<u64>,
    /// How a link names it, once its detail came.
    pub name: Option<EventName>,
}

/// What the configuration said.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Configured {
    pub title: Option<String>,
    pub account: Option<String>,
    pub is_demo: bool,
    pub offers_demo: bool,
    /// Why there is no usable configuration.
    pub problem: Option<String>,
    pub notes: Vec<String>,
}

/// How the worker is.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum EngineState {
    #[default]
    Starting,
    Ready,
    /// It ended. What is on screen stays.
    Failed(String),
}

/// The value under the pointer or in focus: what `f` and `x` act on.
#[derive(Clone, PartialEq, Debug)]
pub enum Hot {
    /// A clause of the query language.
    Clause(String),
    Facet(FacetName, String),
}

/// A sheet or menu over the page; one at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheet {
    Sources,
    Rejected,
    /// What can't be right, over the account.
    Findings,
    Keys,
    Palette,
    /// The query language by examples.
    SearchHelp,
    /// A link to take by hand, where the clipboard is refused.
    Link,
    /// The facets, on a narrow page.
    Facets,
}

const HALF_HOUR: i64 = 1_800_000_000_000;

/// The views that have a tab. One that doesn't exist yet isn't here: no tab, no key.
pub const TABS: &[View] = &[View::Events, View::Timeline, View::Resources];

/// Everything that views share. `Copy`: pass it freely.
#[derive(Clone, Copy)]
pub struct App {
    // ---- what the address holds
    pub view: RwSignal<View>,
    /// The query as typed; the worker judges it.
    pub query: RwSignal<String>,
    pub range: RwSignal<RangeChoice>,
    /// What relative times are relative to: the moment the page began, or the range was chosen.
    pub now: RwSignal<Timestamp>,
    /// A part of the range, drawn on the histogram or zoomed to on the timeline; views show only this.
    pub brush: RwSignal<Option<TimeRange>>,
    pub zone: RwSignal<Zone>,
    pub order: RwSignal<Order>,
    /// `None`: the view's own choice, which depends on its width.
    pub columns: RwSignal<Option<Vec<Column>>>,
    pub selection: RwSignal<Option<Selection>>,
    /// The detail panel is open.
    pub detail_open: RwSignal<bool>,
    /// The event that a link names, until it is found.
    pub wanted: RwSignal<Option<EventName>>,
    /// The resource of [`View::Resource`].
    pub resource: RwSignal<Option<ResourceName>>,
    /// The instant of the fleet; `None`: the end of the range.
    pub at: RwSignal<Option<Timestamp>>,
    /// The earlier instant that the fleet at T is compared with; `None`: it isn't.
    pub since: RwSignal<Option<Timestamp>>,
    pub lanes_by: RwSignal<LanesBy>,
    pub lane_sort: RwSignal<LaneSort>,
    /// Regions whose lanes are folded away.
    pub folded: RwSignal<BTreeSet<String>>,
    /// Lanes that stand under the axis, by their keys.
    pub pinned: RwSignal<Vec<String>>,
    /// Lanes that are laid over each other, at these instants.
    pub aligned: RwSignal<Vec<LaneMoment>>,
    /// What the timeline and a history draw, as a table.
    pub as_table: RwSignal<bool>,
    pub fleet_order: RwSignal<FleetOrder>,
    /// What narrows the lanes or the fleet.
    pub find: RwSignal<String>,
    /// Reclaimed and deleted resources too.
    pub include_ended: RwSignal<bool>,
    /// The local files that are open, as a link names them.
    pub files: RwSignal<Vec<FileName>>,
    /// Local files that a link is about and that are not open.
    pub wanted_files: RwSignal<Vec<FileName>>,

    // ---- what the worker told
    pub engine_state: RwSignal<EngineState>,
    pub configured: RwSignal<Option<Configured>>,
    pub generation: RwSignal<Generation>,
    /// The newest generation whose findings are known.
    pub judged: RwSignal<Generation>,
    /// The newest one of which a view shows events whose findings aren't.
    pub unjudged: RwSignal<Generation>,
    pub sources: RwSignal<Vec<SourceState>>,
    pub totals: RwSignal<Totals>,
    /// The sources were opened by the reader, not by the configuration.
    pub is_local: RwSignal<bool>,

    // ---- the page's own
    /// The page's width in pixels.
    pub width_px: RwSignal<f64>,
    pub hot: StoredValue<Option<Hot>>,
    /// The screen has changed and the address follows in a moment.
    pub address_is_due: StoredValue<bool>,
    /// Presses that led to another screen; see [`App::step_on`].
    pub steps: RwSignal<u32>,
    /// The place in the list that the table shows next.
    pub reveal: RwSignal<Option<u64>>,
    /// A link led to an event that the filter hides.
    pub hidden_link: RwSignal<bool>,
    pub step_slot: u32,
    pub judge_slot: u32,
    pub find_slot: u32,
    pub sheet: RwSignal<Option<Sheet>>,
    /// The link of [`Sheet::Link`].
    pub link: RwSignal<String>,
    /// One sentence for the reader, shown for a while and read aloud.
    pub toast: RwSignal<Option<String>>,
    /// How the view answers keys; see [`App::answer_keys`].
    pub view_acts: RwSignal<Option<Callback<Act, bool>>>,
    /// What the view puts beside the tabs; see [`App::show_tools`].
    pub tools: RwSignal<Option<ViewFn>>,
    /// What the view says at the foot of the page: where the cursor stands, the order.
    pub status: RwSignal<String>,
    /// The keys that act in the view, each as caps separated by spaces and what they do.
    pub status_keys: RwSignal<Vec<(&'static str, &'static str)>>,
    pub theme: RwSignal<Theme>,
    /// Findings that the reader put aside, with the reasons.
    pub dismissals: Dismissals,
    /// How many findings the whole account has; `None`: nobody has asked yet.
    pub n_findings: RwSignal<Option<u32>>,
    /// Single letters act as keys.
    pub single_keys: RwSignal<bool>,
    pub(crate) session: Session,
}

impl App {
    pub fn new() -> Self {
        let session = Session::new();
        App {
            view: RwSignal::default(),
            query: RwSignal::default(),
            range: RwSignal::default(),
            now: RwSignal::new(clock::now()),
            brush: RwSignal::default(),
            zone: RwSignal::default(),
            order: RwSignal::default(),
            columns: RwSignal::default(),
            selection: RwSignal::default(),
            detail_open: RwSignal::new(false),
            wanted: RwSignal::default(),
            resource: RwSignal::default(),
            at: RwSignal::default(),
            since: RwSignal::default(),
            lanes_by: RwSignal::default(),
            lane_sort: RwSignal::default(),
            folded: RwSignal::default(),
            pinned: RwSignal::default(),
            aligned: RwSignal::default(),
            as_table: RwSignal::new(false),
            fleet_order: RwSignal::default(),
            find: RwSignal::default(),
            include_ended: RwSignal::new(false),
            files: RwSignal::default(),
            wanted_files: RwSignal::default(),
            engine_state: RwSignal::default(),
            configured: RwSignal::default(),
            generation: RwSignal::default(),
            judged: RwSignal::default(),
            unjudged: RwSignal::default(),
            sources: RwSignal::default(),
            totals: RwSignal::default(),
            is_local: RwSignal::new(false),
            width_px: RwSignal::new(page_width_px()),
            hot: StoredValue::new(None),
            address_is_due: StoredValue::new(false),
            steps: RwSignal::default(),
            reveal: RwSignal::default(),
            hidden_link: RwSignal::new(false),
            step_slot: session.new_slot(),
            judge_slot: session.new_slot(),
            find_slot: session.new_slot(),
            sheet: RwSignal::default(),
            link: RwSignal::default(),
            toast: RwSignal::default(),
            view_acts: RwSignal::new(None),
            tools: RwSignal::new(None),
            status: RwSignal::default(),
            status_keys: RwSignal::default(),
            theme: RwSignal::default(),
            dismissals: Dismissals::new(),
            n_findings: RwSignal::default(),
            single_keys: RwSignal::new(true),
            session,
        }
    }

    /// What views ask through: query, brush or else range, zone.
    pub fn filter(self) -> Filter {
        Filter {
            query: self.query.get(),
            range: self.shown_range(),
            zone: self.zone.get(),
        }
    }

    /// The same without the brush.
    pub fn filter_of_range(self) -> Filter {
        Filter {
            query: self.query.get(),
            range: self.whole_range(),
            zone: self.zone.get(),
        }
    }

    /// The range as chosen, now; `None` is all of it.
    pub fn whole_range(self) -> Option<TimeRange> {
        self.range.with(|range| range.resolve(&self.moment()))
    }

    /// The brush, else the range; `None` is all of it.
    pub fn shown_range(self) -> Option<TimeRange> {
        self.brush.get().or_else(|| self.whole_range())
    }

    /// The times that an axis spans: the range, else from the first to the last event held.
    pub fn domain(self) -> Option<TimeRange> {
        self.whole_range().or_else(|| {
            let totals = self.totals.get();
            let (first, last) = (totals.first?, totals.last?);
            // Around a single instant there is an hour to look at.
            let air = if first == last { HALF_HOUR } else { 0 };
            TimeRange::new(first.plus_nanos(-air), last.plus_nanos(air + 1))
        })
    }

    /// T of the fleet: as chosen, else the end of the range, else the last event held.
    pub fn instant(self) -> Option<Timestamp> {
        self.at
            .get()
            .or_else(|| self.whole_range().map(|range| range.to()))
            .or_else(|| self.totals.with(|totals| totals.last))
    }

    /// What the words for times are relative to.
    pub fn moment(self) -> Moment {
        Moment {
            now: self.now.get(),
            clock: self.clock(),
        }
    }

    /// Chooses a range; the brush goes, since it was drawn on another one.
    pub fn choose_range(self, range: RangeChoice) {
        self.now.set(clock::now());
        self.brush.set(None);
        self.range.set(range);
    }

    pub fn clock(self) -> Clock {
        clock::clock(self.zone.get())
    }

    /// What is shown is the built-in demo account.
    pub fn is_demo(self) -> bool {
        !self.is_local.get()
            && self
                .configured
                .with(|configured| configured.as_ref().is_some_and(|c| c.is_demo))
    }

    /// The columns chosen, else what fits.
    pub fn shown_columns(self) -> Vec<Column> {
        self.columns.get().unwrap_or_else(|| {
            let has_detail = self.detail_open.get() && self.selection.with(Option::is_some);
            let width = self.width_px.get();
            // A phone's rows have no columns; what it exports has them all.
            let is_phone = width < 600.0;
            let is_wide = width >= 1400.0;
            if !is_phone && (has_detail || !is_wide) {
                columns::NARROW.to_vec()
            } else {
                columns::WIDE.to_vec()
            }
        })
    }

    /// Something is still being read.
    pub fn is_loading(self) -> bool {
        self.sources.with(|sources| {
            sources.iter().any(|source| {
                matches!(
                    source.stage,
                    Stage::Waiting | Stage::Loading | Stage::Retrying { .. }
                )
            })
        })
    }

    /// Says one sentence to the reader.
    pub fn say(self, words: impl Into<String>) {
        self.toast.set(Some(words.into()));
    }

    /// Puts a view's controls beside the tabs and its keys at the foot, as long as the view lives.
    pub fn show_tools(
        self,
        tools: impl Fn() -> Node + Send + Sync + 'static,
        keys: Vec<(&'static str, &'static str)>,
    ) {
        self.tools.set(Some(ViewFn::from(tools)));
        self.status_keys.set(keys);
        on_cleanup(move || {
            self.tools.set(None);
            self.status_keys.set(Vec::new());
            self.status.set(String::new());
        });
    }

    /// Lets a view answer keys, as long as it lives; `true` says that it did.
    pub fn answer_keys(self, answer: impl Fn(Act) -> bool + Send + Sync + 'static) {
        self.view_acts.set(Some(Callback::new(answer)));
        on_cleanup(move || self.view_acts.set(None));
    }

    /// Shows the fleet as it was at an instant of a timeline; `None`: no instant is chosen there.
    pub fn show_fleet_at(self, at: Option<Timestamp>) {
        match at {
            Some(at) => {
                self.step_on();
                self.at.set(Some(at));
                self.view.set(View::Resources);
            }
            None => self.say("Choose an instant first: an event, or a place with the pointer."),
        }
    }

    /// Opens one resource's page.
    pub fn open_resource(self, id: String, kind: Option<Kind>) {
        self.resource.set(Some(ResourceName { id, kind }));
        self.view.set(View::Resource);
    }
}

fn page_width_px() -> f64 {
    let width = window().inner_width().ok();
    width.and_then(|width| width.as_f64()).unwrap_or(1440.0)
}

/// Keeps [`App::width_px`] true.
pub fn follow_width(app: App) {
    let listener = window_event_listener(leptos::ev::resize, move |_| {
        app.width_px.set(page_width_px());
    });
    on_cleanup(move || listener.remove());
}

/// The one way to [`App`].
pub fn use_app() -> App {
    expect_context::<App>()
}
