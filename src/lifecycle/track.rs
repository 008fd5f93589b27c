//! The tracks of a history and their spans: what one value was, from when to when, by whom, on what ground.
//! Holds values only; how they come about is `history`'s.

use std::fmt;
use std::rc::Rc;

use crate::cadf::Kind;
use crate::time::Timestamp;

/// In the order in which a page lists them. `Display` gives `existence`, `port:eth0`, `port-speed:eth0`, ….
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TrackName {
    Existence,
    Power,
    Name,
    Image,
    Port(Box<str>),
    PortSpeed(Box<str>),
    SecurityGroup(Box<str>),
}

impl TrackName {
    /// Its name was taken from a listed path that no document states (`rules.md`, ports).
    pub fn is_inferred(&self) -> bool {
        matches!(
            self,
            TrackName::Port(_) | TrackName::PortSpeed(_) | TrackName::SecurityGroup(_)
        )
    }

    /// Words for the screen: `Port eth0`.
    pub fn label(&self) -> String {
        match self {
            TrackName::Existence => "Existence".into(),
            TrackName::Power => "Power".into(),
            TrackName::Name => "Name".into(),
            TrackName::Image => "Image".into(),
            TrackName::Port(name) => format!("Port {name}"),
            TrackName::PortSpeed(name) => format!("Speed {name}"),
            TrackName::SecurityGroup(id) => format!("Security group {id}"),
        }
    }
}

impl fmt::Display for TrackName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TrackName::Existence => f.write_str("existence"),
            TrackName::Power => f.write_str("power"),
            TrackName::Name => f.write_str("name"),
            TrackName::Image => f.write_str("image"),
            TrackName::Port(name) => write!(f, "port:{name}"),
            TrackName::PortSpeed(name) => write!(f, "port-speed:{name}"),
            TrackName::SecurityGroup(id) => write!(f, "security-group:{id}"),
        }
    }
}

/// What a track holds. A server that is called "unknown" is `Text`, and differs from `Unknown`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    Unknown,
    Live,
    Reclaimed,
    Deleted,
    On,
    Off,
    Suspended,
    Rescue,
    Enabled,
    Disabled,
    Member,
    NotMember,
    /// An image was put on, and no listed path names it.
    NotNamed,
    /// A name, an image, a speed in Mbps (`-1`: the port's maximum, `0`: disconnected).
    Text(Rc<str>),
}

impl Value {
    /// The value of an existence track after the end of that kind's life.
    pub fn ended(kind: Kind) -> Value {
        match kind {
            Kind::Vsi | Kind::BareMetal => Value::Reclaimed,
            _ => Value::Deleted,
        }
    }

    pub fn is_known(&self) -> bool {
        *self != Value::Unknown
    }

    pub fn as_str(&self) -> &str {
        match self {
            Value::Unknown => "unknown",
            Value::Live => "live",
            Value::Reclaimed => "reclaimed",
            Value::Deleted => "deleted",
            Value::On => "on",
            Value::Off => "off",
            Value::Suspended => "suspended",
            Value::Rescue => "rescue",
            Value::Enabled => "enabled",
            Value::Disabled => "disabled",
            Value::Member => "member",
            Value::NotMember => "not member",
            Value::NotNamed => "not named",
            Value::Text(text) => text,
        }
    }
}

/// As `inspect` prints it: `on`, `not member`, a name as written.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// On what ground a value stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// A successful event gave it.
    Set,
    /// The record says that it was done and has no outcome, or later names show it.
    Implied,
    /// The event only shows that it was so; since when is not known.
    Seen,
}

impl Basis {
    pub fn name(self) -> &'static str {
        match self {
            Basis::Set => "set",
            Basis::Implied => "implied",
            Basis::Seen => "seen",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Track {
    pub name: TrackName,
    /// In time order, without a gap or an overlap; the last is open.
    pub spans: Vec<Span>,
}

impl Track {
    /// The span that holds `at`; a change at exactly `at` has happened. `None` before the track's start.
    pub fn at(&self, at: Timestamp) -> Option<&Span> {
        let after = self
            .spans
            .partition_point(|span| span.from.is_none_or(|from| from <= at));
        after.checked_sub(1).map(|i| &self.spans[i])
    }

    pub fn last(&self) -> Option<&Span> {
        self.spans.last()
    }
}

/// One value in time, `[from, to)`. Never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    pub value: Value,
    /// `None`: since before anything recorded.
    pub from: Option<Timestamp>,
    /// `None`: still so.
    pub to: Option<Timestamp>,
    /// The caller's key of the event that began it.
    pub event: Option<u32>,
    /// Who; `None` where the value was only seen.
    pub initiator: Option<Rc<str>>,
    pub basis: Option<Basis>,
    /// False for an open span, one that ends by something seen, and `suspended`.
    pub end_known: bool,
    /// Several events of the same instant gave this track different values; their order was not recorded.
    pub order_not_recorded: bool,
}
