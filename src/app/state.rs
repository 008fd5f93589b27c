//! What the page knows: one context, [`App`], and one way to it, [`use_app`]. Signals hold what is loose and small;
//! events stay in the worker, and answers are as large as a view.

use leptos::prelude::*;
use lifeline::cadf::Kind;
use lifeline::protocol::Column;
use lifeline::protocol::Filter;
use lifeline::protocol::Generation;
use lifeline::protocol::Order;
use lifeline::protocol::RowId;
use lifeline::protocol::SourceState;
use lifeline::protocol::Stage;
use lifeline::protocol::Totals;
use lifeline::time::Clock;
use lifeline::time::NANOS_PER_SEC;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use lifeline::time::Zone;

use crate::clock;
use crate::session::Session;

/// The view under the frame. One that doesn't exist yet isn't in [`View::TABS`]: no tab, no key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum View {
    #[default]
    Events,
    Timeline,
    /// The fleet, or one resource of it where [`App::resource`] names one.
    Resources,
}

impl View {
    pub const TABS: &[View] = &[View::Events];

    pub fn label(self) -> &'static str {
        match self {
            View::Events => "Events",
            View::Timeline => "Timeline",
            View::Resources => "Resources",
        }
    }

    /// The second key after `g`.
    pub fn key(self) -> char {
        match self {
            View::Events => 'e',
            View::Timeline => 't',
            View::Resources => 'r',
        }
    }
}

/// The time range as chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RangeChoice {
    /// Everything held, undated events too.
    #[default]
    All,
    /// The last so many seconds before `until`, the moment it was chosen.
    Last {
        secs: i64,
        until: Timestamp,
    },
    Fixed(TimeRange),
}

impl RangeChoice {
    pub fn resolved(self) -> Option<TimeRange> {
        match self {
            RangeChoice::All => None,
            RangeChoice::Last { secs, until } => {
                TimeRange::new(until.plus_nanos(-secs.saturating_mul(NANOS_PER_SEC)), until)
            }
            RangeChoice::Fixed(range) => Some(range),
        }
    }
}

/// The event that the cursor stands on.
#[derive(Clone, PartialEq, Debug)]
pub struct Selection {
    pub row: RowId,
    /// Its place in what matches, where that is known.
    pub position: Option<u64>,
    /// Its id (or `#` and content hash) and the content hash, once its detail came: what a link carries.
    pub name: Option<(String, String)>,
}

/// How a link names a resource.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ResourceName {
    /// As printed: a CRN, an id, `name:…`.
    pub id: String,
    pub kind: Option<Kind>,
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
    /// The worker comes from another build: only a reload helps.
    Stale,
    /// It ended. What is on screen stays.
    Failed(String),
}

/// A sheet or menu over the page; one at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheet {
    Sources,
    Rejected,
    Keys,
    Palette,
}

/// Everything that views share. `Copy`: pass it freely.
#[derive(Clone, Copy)]
pub struct App {
    // ---- what the address holds
    pub view: RwSignal<View>,
    /// The query as typed; the worker judges it.
    pub query: RwSignal<String>,
    pub range: RwSignal<RangeChoice>,
    /// A part of the range, drawn on the histogram; views show only this.
    pub brush: RwSignal<Option<TimeRange>>,
    pub zone: RwSignal<Zone>,
    pub order: RwSignal<Order>,
    /// `None`: the view's own choice, which depends on its width.
    pub columns: RwSignal<Option<Vec<Column>>>,
    pub selection: RwSignal<Option<Selection>>,
    /// The detail panel is open.
    pub detail_open: RwSignal<bool>,
    /// One resource instead of the fleet, in [`View::Resources`].
    pub resource: RwSignal<Option<ResourceName>>,
    /// The instant of the fleet; `None`: the end of the range.
    pub at: RwSignal<Option<Timestamp>>,

    // ---- what the worker told
    pub engine_state: RwSignal<EngineState>,
    pub configured: RwSignal<Option<Configured>>,
    pub generation: RwSignal<Generation>,
    pub sources: RwSignal<Vec<SourceState>>,
    pub totals: RwSignal<Totals>,
    /// The sources were opened by the reader, not by the configuration.
    pub is_local: RwSignal<bool>,

    // ---- the page's own
    pub sheet: RwSignal<Option<Sheet>>,
    /// One sentence for the reader, shown for a while and read aloud.
    pub toast: RwSignal<Option<String>>,
    /// What the view puts beside the tabs; see [`App::show_tools`].
    pub tools: RwSignal<Option<ViewFn>>,
    /// What the view says at the foot of the page: where the cursor stands, the order.
    pub status: RwSignal<String>,
    /// The keys that act in the view, each as caps separated by spaces and what they do.
    pub status_keys: RwSignal<Vec<(&'static str, &'static str)>>,
    /// Single letters act as keys.
    pub single_keys: RwSignal<bool>,
    pub(crate) session: Session,
}

impl App {
    pub fn new() -> Self {
        App {
            view: RwSignal::default(),
            query: RwSignal::default(),
            range: RwSignal::default(),
            brush: RwSignal::default(),
            zone: RwSignal::default(),
            order: RwSignal::default(),
            columns: RwSignal::default(),
            selection: RwSignal::default(),
            detail_open: RwSignal::new(false),
            resource: RwSignal::default(),
            at: RwSignal::default(),
            engine_state: RwSignal::default(),
            configured: RwSignal::default(),
            generation: RwSignal::default(),
            sources: RwSignal::default(),
            totals: RwSignal::default(),
            is_local: RwSignal::new(false),
            sheet: RwSignal::default(),
            toast: RwSignal::default(),
            tools: RwSignal::new(None),
            status: RwSignal::default(),
            status_keys: RwSignal::default(),
            single_keys: RwSignal::new(true),
            session: Session::new(),
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
            range: self.range.get().resolved(),
            zone: self.zone.get(),
        }
    }

    /// The brush, else the range; `None` is all of it.
    pub fn shown_range(self) -> Option<TimeRange> {
        self.brush.get().or_else(|| self.range.get().resolved())
    }

    /// The times that an axis spans: the range, else from the first to the last event held.
    pub fn domain(self) -> Option<TimeRange> {
        self.range.get().resolved().or_else(|| {
            let totals = self.totals.get();
            TimeRange::new(totals.first?, totals.last?.plus_nanos(1))
        })
    }

    pub fn clock(self) -> Clock {
        clock::clock(self.zone.get())
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
        tools: impl Fn() -> AnyView + Send + Sync + 'static,
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

    /// Opens one resource's page.
    pub fn open_resource(self, id: String, kind: Option<Kind>) {
        self.resource.set(Some(ResourceName { id, kind }));
        self.view.set(View::Resources);
    }
}

/// The one way to [`App`].
pub fn use_app() -> App {
    expect_context::<App>()
}
