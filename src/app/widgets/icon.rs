//! Icons: a 16 px box, strokes of 1.5 with round ends, no fill. Always beside a word, or on a button that has a name.

use leptos::prelude::*;

use crate::dom::Node;
use crate::dom::view;
use lifeline::cadf::Kind;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Glyph {
    ArrowRight,
    BareMetal,
    Calendar,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Close,
    Columns,
    Copy,
    Events,
    Export,
    File,
    Filter,
    Folder,
    Globe,
    History,
    Image,
    Info,
    Keyboard,
    Link,
    Minus,
    More,
    Person,
    Pin,
    Plus,
    Port,
    Power,
    Resources,
    Retry,
    Search,
    Server,
    Share,
    Shield,
    SortDown,
    SortUp,
    Speed,
    Star,
    Tag,
    Target,
    Timeline,
    Volume,
    Warning,
    ZoomIn,
}

impl Glyph {
    /// The icon of a kind of resource.
    pub fn of_kind(kind: Kind) -> Glyph {
        match kind {
            Kind::Vsi | Kind::Instance => Glyph::Server,
            Kind::BareMetal | Kind::BareMetalServer => Glyph::BareMetal,
            Kind::Volume => Glyph::Volume,
            Kind::Other => Glyph::Target,
        }
    }

    /// SVG path data in a 16 x 16 box.
    fn path(self) -> &'static str {
        match self {
            Glyph::ArrowRight => "M2.5 8h11M9.5 4l4 4-4 4",
            Glyph::BareMetal => {
                "M3.5 2.5h9a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM3.5 8.5h9a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM5 5h2M5 11h2"
            }
            Glyph::Calendar => {
                "M3.5 3h9a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM2.5 6.5h11M5.5 1.8v2.4M10.5 1.8v2.4"
            }
            Glyph::ChevronDown => "M4.5 6.3L8 9.8l3.5-3.5",
            Glyph::ChevronLeft => "M9.8 4.5L6.3 8l3.5 3.5",
            Glyph::ChevronRight => "M6.2 4.5L9.7 8l-3.5 3.5",
            Glyph::ChevronUp => "M4.5 9.7L8 6.2l3.5 3.5",
            Glyph::Close => "M4 4l8 8M12 4l-8 8",
            Glyph::Columns => {
                "M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM6.2 2.5v11M9.8 2.5v11"
            }
            Glyph::Copy => {
                "M6 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM3 10.5v-7a1 1 0 0 1 1-1h7"
            }
            Glyph::Events => "M2.5 4h.01M5.5 4h8M2.5 8h.01M5.5 8h8M2.5 12h.01M5.5 12h8",
            Glyph::Export => {
                "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.5 11v1.5a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V11"
            }
            Glyph::File => {
                "M4.5 2h4.5l3 3v8a1 1 0 0 1-1 1h-6.5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM9 2v3h3"
            }
            Glyph::Filter => "M2.5 3.5h11L9.5 8.5v4l-3 1.5V8.5z",
            Glyph::Folder => "M2.5 12.5v-9h3.8l1.5 1.8h5.7v7.2z",
            Glyph::Globe => {
                "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM2.4 8h11.2M8 2.2c3.2 3.5 3.2 8.1 0 11.6M8 2.2c-3.2 3.5-3.2 8.1 0 11.6"
            }
            Glyph::History => "M2.6 8a5.5 5.5 0 1 0 1.6-3.9L2.5 5.8M2.5 2.5v3.3h3.3M8 5.2V8l2 1.5",
            Glyph::Image => {
                "M3.5 3h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM2.7 11.5l3.3-3.5 2.5 2.5 1.5-1.5 3.3 3M10.5 6h.01"
            }
            Glyph::Info => "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 7.3v3.5M8 5.2h.01",
            Glyph::Keyboard => {
                "M2.5 4h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM4.5 6.7h.01M7 6.7h.01M9.5 6.7h.01M12 6.7h.01M5.5 9.5h5"
            }
            Glyph::Link => {
                "M6.7 9.3a2.6 2.6 0 0 0 3.8.2l2-2a2.65 2.65 0 0 0-3.75-3.75l-1 1M9.3 6.7a2.6 2.6 0 0 0-3.8-.2l-2 2a2.65 2.65 0 0 0 3.75 3.75l1-1"
            }
            Glyph::Minus => "M3.5 8h9",
            Glyph::More => {
                "M3 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M7.5 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M12 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0"
            }
            Glyph::Person => {
                "M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.8 13.5c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4"
            }
            Glyph::Pin => "M5.5 2.5h5M6.5 2.5v4l-2 3h7l-2-3v-4M8 9.5v4",
            Glyph::Plus => "M8 3.5v9M3.5 8h9",
            Glyph::Port => "M4.5 6.5h7v2.8a3.5 3.5 0 0 1-7 0zM6 2.5v4M10 2.5v4M8 12.8v1.7",
            Glyph::Power => "M8 2.2v5.3M4.6 4.3a5 5 0 1 0 6.8 0",
            Glyph::Resources => {
                "M3.5 2.5h9a1 1 0 0 1 1 1v2.8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V3.5a1 1 0 0 1 1-1zM3.5 8.7h9a1 1 0 0 1 1 1v2.8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V9.7a1 1 0 0 1 1-1zM5 4.9h.01M5 11.1h.01"
            }
            Glyph::Retry => "M13.3 6.5A5.5 5.5 0 1 0 13.5 9.5M13.5 3v3.5H10",
            Glyph::Search => "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.4 3.4",
            Glyph::Server => {
                "M3.8 2.8h8.4a1 1 0 0 1 1 1v8.4a1 1 0 0 1-1 1H3.8a1 1 0 0 1-1-1V3.8a1 1 0 0 1 1-1zM6.2 6.2h3.6v3.6H6.2z"
            }
            Glyph::Share => {
                "M8 9.8V2.3M5.2 4.8L8 2l2.8 2.8M4.8 7H3.5a1 1 0 0 0-1 1v4.7a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V8a1 1 0 0 0-1-1h-1.3"
            }
            Glyph::Shield => "M8 2l5 1.8v4c0 3-2 5.2-5 6.2-3-1-5-3.2-5-6.2v-4z",
            Glyph::SortDown => "M8 3v10M4.5 9.5L8 13l3.5-3.5",
            Glyph::SortUp => "M8 13V3M4.5 6.5L8 3l3.5 3.5",
            Glyph::Speed => "M3.8 12.5a6 6 0 1 1 8.4 0M8 9l2.5-3.2",
            Glyph::Star => "M8 2.3l1.7 3.6 4 .5-2.9 2.7.7 3.9L8 11.1 4.5 13l.7-3.9-2.9-2.7 4-.5z",
            Glyph::Tag => "M2.5 7.8V3a.5.5 0 0 1 .5-.5h4.8l5.7 5.7-5.3 5.3zM5.5 5.5h.01",
            Glyph::Target => {
                "M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z"
            }
            Glyph::Timeline => "M2 4h5M10 4h4M2 8h2M7 8h7M2 12h7M12 12h2",
            Glyph::Volume => {
                "M8 2.5c2.9 0 5 .8 5 1.9v7.2c0 1.1-2.1 1.9-5 1.9s-5-.8-5-1.9V4.4c0-1.1 2.1-1.9 5-1.9zM3 4.5c0 1.1 2.1 1.9 5 1.9s5-.8 5-1.9"
            }
            Glyph::Warning => "M8 2.5l6 10.8H2zM8 6.5v3M8 11.5h.01",
            Glyph::ZoomIn => {
                "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.4 3.4M7 5.2v3.6M5.2 7h3.6"
            }
        }
    }
}

/// An icon; `row` makes it 14 px.
#[component(transparent)]
pub fn Icon(glyph: Glyph, #[prop(optional)] row: bool) -> Node {
    let size = if row { "14" } else { "16" };
    view! {
        <svg class="icon" viewBox="0 0 16 16" width=size height=size aria-hidden="true" focusable="false">
            <path d=glyph.path()></path>
        </svg>
    }
}
