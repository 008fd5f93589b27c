//! What one action means: its words, its category, the kind it acts on, its effect. Refuses to look at an event.

use crate::cadf::Kind;

/// One row of the catalogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// `audit-log.vsi.power-off`; a row that stands for every verb of an object ends in `.*`.
    pub name: Box<str>,
    /// Plain words, sentence case: `Power off`.
    pub label: Box<str>,
    /// What the initiator asked for, with `{target}` in it: `power off {target}`.
    pub asked: Box<str>,
    /// What a success says was done: `powered off {target}`.
    pub done: Box<str>,
    pub category: Category,
    /// The kind of resource the act lands on: for a sub-object's act, its server's.
    pub kind: Kind,
    /// The target is a part of the server (a port, a security group, an image template), not the server itself.
    pub is_sub_object: bool,
    pub effect: Effect,
    /// A success shows that the resource was there.
    pub proves_life: bool,
}

impl Act {
    pub fn has_effect(&self) -> bool {
        self.effect != Effect::NONE
    }
}

/// What a successful act does to the state of its resource (`events.md` §2). The parts are independent: a provision
/// gives existence and power, a reload power and image.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Effect {
    pub existence: Option<Existence>,
    pub power: Option<Power>,
    /// A new system image was put on: each begins a new span.
    pub image: bool,
    pub name: bool,
    /// `true`: enabled.
    pub port: Option<bool>,
    pub port_speed: bool,
    /// `true`: member.
    pub security_group: Option<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Existence {
    Live,
    /// Reclaimed or deleted, by kind.
    Ended,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Power {
    Unknown,
    On,
    Off,
    Suspended,
    Rescue,
}

impl Effect {
    pub const NONE: Effect = Effect {
        existence: None,
        power: None,
        image: false,
        name: false,
        port: None,
        port_speed: false,
        security_group: None,
    };

    /// Reads the table's words, a space between: `live on`, `on image`, `port-disabled`. `-` is no effect.
    /// An unknown word is an error and comes back.
    pub fn parse(text: &str) -> Result<Effect, String> {
        let mut effect = Effect::NONE;
        for word in text.split_whitespace() {
            match word {
                "-" => {}
                "live" => effect.existence = Some(Existence::Live),
                "ended" => effect.existence = Some(Existence::Ended),
                "power-unknown" => effect.power = Some(Power::Unknown),
                "on" => effect.power = Some(Power::On),
                "off" => effect.power = Some(Power::Off),
                "suspended" => effect.power = Some(Power::Suspended),
                "rescue" => effect.power = Some(Power::Rescue),
                "image" => effect.image = true,
                "name" => effect.name = true,
                "port-enabled" => effect.port = Some(true),
                "port-disabled" => effect.port = Some(false),
                "port-speed" => effect.port_speed = true,
                "group-member" => effect.security_group = Some(true),
                "group-not-member" => effect.security_group = Some(false),
                other => return Err(other.to_owned()),
            }
        }
        Ok(effect)
    }

    /// A provision or create: identity begins (or is used again).
    pub fn begins_life(self) -> bool {
        self.existence == Some(Existence::Live)
    }

    /// What it gives has a value that the event must say: which port, what name.
    pub fn has_value(&self) -> bool {
        self.image
            || self.name
            || self.port.is_some()
            || self.port_speed
            || self.security_group.is_some()
    }

    /// A reclaim or delete.
    pub fn ends_life(self) -> bool {
        self.existence == Some(Existence::Ended)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Category {
    Create,
    Power,
    System,
    Change,
    Network,
    Delete,
    Access,
    Read,
    Other,
}

impl Category {
    pub const ALL: [Category; 9] = [
        Category::Create,
        Category::Power,
        Category::System,
        Category::Change,
        Category::Network,
        Category::Delete,
        Category::Access,
        Category::Read,
        Category::Other,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Category::Create => "create",
            Category::Power => "power",
            Category::System => "system",
            Category::Change => "change",
            Category::Network => "network",
            Category::Delete => "delete",
            Category::Access => "access",
            Category::Read => "read",
            Category::Other => "other",
        }
    }

    pub fn from_name(name: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|c| c.name() == name)
    }

    /// For an action that has no row: by its verb's plain meaning, else `Other`.
    pub fn of_verb(verb: &str) -> Category {
        let verb = verb.to_ascii_lowercase();
        match verb.split(['-', '_']).next().unwrap_or("") {
            "create" | "add" | "provision" | "import" | "register" | "generate" | "order" => {
                Category::Create
            }
            "read" | "list" | "get" | "view" | "download" | "query" | "search" | "export"
            | "retrieve" | "head" => Category::Read,
            "delete" | "remove" | "reclaim" | "cancel" | "destroy" | "purge" | "unregister" => {
                Category::Delete
            }
            "login" | "logout" | "authenticate" | "authorize" | "assume" => Category::Access,
            "update" | "set" | "rename" | "edit" | "patch" | "replace" | "rotate" | "enable"
            | "disable" | "configure" | "write" | "attach" | "detach" | "restore" => {
                Category::Change
            }
            "start" | "stop" | "restart" | "reboot" | "power" => Category::Power,
            _ => Category::Other,
        }
    }
}
