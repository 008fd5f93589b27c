//! What actions mean: a data table (`actions.tsv`) of label, words, category, kind and effect, and the mapping of the
//! classic event log's names to it (`classic.tsv`). An action that has no row still gets words and a category; it has
//! no effect on state. Refuses to judge: what an act did to a resource is `lifecycle`'s.

mod act;
mod table;
mod wording;

use std::borrow::Cow;
use std::collections::HashMap;

use reading::Value;
use reading::hash::BuildMix;

pub use act::Act;
pub use act::Category;
pub use act::Effect;
pub use act::Existence;
pub use act::Power;
pub use table::read as read_table;
pub use wording::service_and_object;

use crate::cadf::EventRef;
use crate::cadf::Kind;

/// A row of one catalogue, small enough for a column. Only good with the catalogue that gave it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ActId(pub u16);

#[derive(Clone, Debug)]
pub struct Catalogue {
    acts: Vec<Act>,
    by_name: HashMap<Box<str>, ActId, BuildMix>,
    /// Rows that end in `.*`, by what stands before the star, dot included.
    by_prefix: Vec<(Box<str>, ActId)>,
    /// Event names, each with the suffix of the action it maps to.
    classic: Vec<table::ClassicName>,
}

impl Catalogue {
    /// The table that is built in. A broken row is left out here and turns a test red.
    pub fn standard() -> Catalogue {
        let (acts, _) = table::read_actions(table::ACTIONS);
        let (classic, _) = table::read_classic(table::CLASSIC);
        let mut by_name = HashMap::default();
        let mut by_prefix = Vec::new();
        for (row, act) in acts.iter().enumerate() {
            // The table has under a hundred rows.
            let id = ActId(row as u16);
            match act.name.strip_suffix('*') {
                Some(prefix) => by_prefix.push((prefix.into(), id)),
                None => {
                    by_name.insert(act.name.clone(), id);
                }
            }
        }
        Catalogue {
            acts,
            by_name,
            by_prefix,
            classic,
        }
    }

    /// The act of an action's name; `None` if the catalogue doesn't have it.
    pub fn act(&self, action: &str) -> Option<&Act> {
        self.action_id(action).map(|id| self.get(id))
    }

    /// The act of a classic event log record; `None` for an unmapped name, which is a mark.
    pub fn classic(&self, object_name: &str, event_name: &str) -> Option<&Act> {
        self.classic_id(object_name, event_name)
            .map(|id| self.get(id))
    }

    /// The row for an event, whichever log it came from.
    pub fn id_of(&self, event: &EventRef) -> Option<ActId> {
        if event.is_classic {
            self.classic_id(&classic_object(event), event.action)
        } else {
            self.action_id(event.action)
        }
    }

    pub fn act_of(&self, event: &EventRef) -> Option<&Act> {
        self.id_of(event).map(|id| self.get(id))
    }

    pub fn get(&self, id: ActId) -> &Act {
        &self.acts[usize::from(id.0)]
    }

    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// The catalogue's kind for the event's action; for a classic record its object's. `Other` without a row.
    pub fn kind_of(&self, event: &EventRef) -> Kind {
        if event.is_classic {
            classic_kind(&classic_object(event))
        } else {
            self.act(event.action).map_or(Kind::Other, |act| act.kind)
        }
    }

    /// Plain words for an action, sentence case; made from its name where the catalogue has none.
    pub fn label(&self, action: &str) -> Cow<'_, str> {
        match self.by_name.get(action) {
            Some(&id) => Cow::Borrowed(&self.get(id).label),
            None => Cow::Owned(wording::label(action)),
        }
    }

    /// From the table; without a row from the verb. A classic name takes that of a server's act with that name.
    pub fn category(&self, action: &str) -> Category {
        self.act(action)
            .or_else(|| self.classic("CCI", action))
            .map_or_else(
                || Category::of_verb(wording::verb(action)),
                |act| act.category,
            )
    }

    /// The same catalogue with another effect for one action: for tests that plant a wrong one.
    #[must_use]
    pub fn with_effect(mut self, action: &str, effect: Effect) -> Catalogue {
        if let Some(id) = self.action_id(action) {
            self.acts[usize::from(id.0)].effect = effect;
        }
        self
    }

    /// The row of an action that no classic record tells.
    pub fn action_id(&self, action: &str) -> Option<ActId> {
        self.by_name.get(action).copied().or_else(|| {
            self.by_prefix
                .iter()
                .find(|(prefix, _)| {
                    action
                        .strip_prefix(&**prefix)
                        .is_some_and(|verb| !verb.is_empty() && !verb.contains('.'))
                })
                .map(|(_, id)| *id)
        })
    }

    fn classic_id(&self, object_name: &str, event_name: &str) -> Option<ActId> {
        let kind = classic_kind(object_name);
        if kind == Kind::Other {
            return None;
        }
        let (_, suffix) = self
            .classic
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(event_name.trim()))?;
        self.action_id(&format!("audit-log.{}{suffix}", kind.name()))
    }
}

/// The kind that a classic record's `objectName` stands for. Source: the names that
/// `SoftLayer_Event_Log::getAllEventObjectNames` lists; that `Server` is a bare metal server is inferred.
pub fn classic_kind(object_name: &str) -> Kind {
    match object_name.trim().to_ascii_lowercase().as_str() {
        "cci" | "virtual guest" | "virtual server" => Kind::Vsi,
        "server" | "bare metal instance" | "bare metal server" | "hardware" => Kind::BareMetal,
        _ => Kind::Other,
    }
}

/// A classic record's `objectName`, empty if it has none.
pub fn classic_object<'a>(event: &EventRef<'a>) -> Cow<'a, str> {
    let body = event.body.value();
    match body.get("objectName").and_then(Value::as_str) {
        Some(name) => Cow::Owned(name.to_owned()),
        None => Cow::Borrowed(event.target_type.unwrap_or("")),
    }
}

#[cfg(test)]
mod tests;
