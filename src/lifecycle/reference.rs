//! What events say of the resources they land on, and nothing more: enough for `identity` to find each among all
//! references. Events that say the same share a number. Refuses to hold what the columns hold: of accounts and targets
//! it knows the codes, and asks for the texts when it needs them.

use std::borrow::Cow;

use columns::Code;
use columns::Dictionary;
use columns::NONE;
use columns::Tuples;

use super::detail;
use super::detail::Attribute;
use super::names_something;
use crate::cadf::Crn;
use crate::cadf::EventRef;
use crate::cadf::Kind;
use crate::catalogue::Act;
use crate::catalogue::classic_kind;
use crate::catalogue::classic_object;
use crate::catalogue::service_and_object;

/// The columns whose codes references keep.
pub trait Columns {
    fn account(&self, code: Code) -> Cow<'_, str>;
    fn target_id(&self, code: Code) -> Cow<'_, str>;
    fn target_name(&self, code: Code) -> Cow<'_, str>;
    /// The code of a text that is a target's id in any event.
    fn find_target_id(&self, text: &str) -> Option<Code>;
}

/// An event's codes in those columns, and its action's.
#[derive(Clone, Copy, Debug)]
pub struct Coded {
    pub action: Code,
    pub account: Code,
    pub target_id: Code,
    pub target_name: Code,
}

/// All that events say of resources, each once, by number.
#[derive(Clone, Debug)]
pub struct References {
    /// Services and objects.
    words: Dictionary,
    /// What events on a part of a server call that server.
    servers: Dictionary,
    /// A list of such texts is a shorter list and one text more; list 0 is empty, list n is the combination before n.
    lists: Tuples,
    /// Kind, role, service, object. The kinds come first, with nothing else.
    sorts: Tuples,
    /// Sort, account, list of servers: what many references have in common.
    contexts: Tuples,
    /// Context and target.
    held: Tuples,
    /// By an action's code, where the target is no CRN and the kind has no lifecycle.
    sort_of_action: Vec<Code>,
}

/// What an event says of its resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    /// The catalogue's kind; for a sub-object's event its server's.
    pub kind: Kind,
    pub role: Role,
    /// Key a resource of `Kind::Other`; none where the kind has a lifecycle and the target is the resource itself.
    pub service: Code,
    pub object: Code,
    /// The event's account, [`NONE`] where neither CRN nor envelope said.
    pub account: Code,
    pub target: Target,
    list: u32,
}

/// What an event's target is to the resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Role {
    Itself,
    /// A sub-object's event, whose target's CRN type or its typeURI's last part is the server's kind.
    IsServer,
    /// A sub-object, as far as this event says.
    Part,
}

const ROLES: [Role; 3] = [Role::Itself, Role::IsServer, Role::Part];

/// How a target is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    Id(Code),
    /// No id: found by name.
    Name(Code),
    Nothing,
}

/// An action that wasn't met yet.
const UNMET: Code = Code::MAX;

impl Default for References {
    fn default() -> Self {
        let mut sorts = Tuples::new(4);
        for kind in Kind::ALL {
            sorts.code(&[kind as u32, Role::Itself as u32, NONE, NONE]);
        }
        References {
            words: Dictionary::default(),
            servers: Dictionary::default(),
            lists: Tuples::new(2),
            sorts,
            contexts: Tuples::new(3),
            held: Tuples::new(2),
            sort_of_action: Vec::new(),
        }
    }
}

impl References {
    pub fn len(&self) -> usize {
        self.held.len()
    }

    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// The number of what an event says of its resource. Events with the same codes say the same, but those on a part of
    /// a server and classic ones: their bodies have a say too.
    pub fn of(&mut self, event: &EventRef, act: Option<&Act>, coded: Coded) -> u32 {
        let target = Target::of(event, coded);
        let is_crn = matches!(target, Target::Id(_)) && event.target_id.is_some_and(is_crn);
        let (sort, list) = if event.is_classic || act.is_some_and(|act| act.is_sub_object) {
            self.read(event, act, is_crn)
        } else {
            let kind = act.map_or(Kind::Other, |act| act.kind);
            let sort = match kind.has_lifecycle() || is_crn {
                true => kind as Code,
                false => self.sort_of(event, coded.action),
            };
            (sort, 0)
        };
        let context = self.contexts.code(&[sort, coded.account, list]);
        self.held.code(&[context, target.number()])
    }

    fn sort_of(&mut self, event: &EventRef, action: Code) -> Code {
        let action = action as usize;
        if self.sort_of_action.len() <= action {
            self.sort_of_action.resize(action + 1, UNMET);
        }
        if self.sort_of_action[action] == UNMET {
            let (service, object) = service_and_object(event.action);
            self.sort_of_action[action] = self.sort(Kind::Other, Role::Itself, service, object);
        }
        self.sort_of_action[action]
    }

    /// What only the event's body tells.
    fn read(&mut self, event: &EventRef, act: Option<&Act>, is_crn: bool) -> (Code, u32) {
        if event.is_classic {
            // A classic record's object is the server, whatever was done to a part of it.
            let object = classic_object(event);
            let kind = classic_kind(&object);
            let object = match kind.has_lifecycle() || is_crn {
                true => "",
                false => &object,
            };
            return (self.sort(kind, Role::Itself, "", object), 0);
        }
        let kind = act.map_or(Kind::Other, |act| act.kind);
        // A CRN holds its service: keeping the action's would only make more references of one resource.
        let (service, object) = match is_crn {
            true => ("", ""),
            false => service_and_object(event.action),
        };
        if target_is_server(event, kind) {
            return (self.sort(kind, Role::IsServer, service, object), 0);
        }
        let sort = self.sort(kind, Role::Part, service, object);
        // One that names nothing but a service would only make more references.
        let log_source = event
            .log_source_crn
            .filter(|text| Crn::parse(text).is_some_and(|crn| crn.last().is_some()));
        let mut list = log_source.map_or(0, |text| self.longer(0, text));
        for value in detail::values(&event.body.value(), Attribute::Server) {
            if let Some(text) = detail::text(value, &["crn", "id"]) {
                list = self.longer(list, &text);
            }
        }
        (sort, list)
    }

    fn sort(&mut self, kind: Kind, role: Role, service: &str, object: &str) -> Code {
        let [service, object] = [service, object].map(|text| {
            let given = (!text.is_empty()).then_some(text);
            self.words.code(given)
        });
        self.sorts
            .code(&[kind as u32, role as u32, service, object])
    }

    /// A list of servers with one text more.
    fn longer(&mut self, list: u32, text: &str) -> u32 {
        let server = self.servers.code(Some(text));
        self.lists.code(&[list, server]) + 1
    }

    pub(super) fn get(&self, number: u32) -> Reference {
        let (context, target) = (self.held.get(number, 0), self.held.get(number, 1));
        let sort = self.contexts.get(context, 0);
        let of_sort = |slot| self.sorts.get(sort, slot);
        Reference {
            kind: Kind::ALL[of_sort(0) as usize],
            role: ROLES[of_sort(1) as usize],
            service: of_sort(2),
            object: of_sort(3),
            account: self.contexts.get(context, 1),
            target: Target::of_number(target),
            list: self.contexts.get(context, 2),
        }
    }

    /// What a part's event calls its server, in the order in which it says so: the log source, then the listed paths.
    pub(super) fn servers_of(&self, reference: &Reference) -> Vec<Code> {
        let mut servers = Vec::new();
        let mut list = reference.list;
        while list != 0 {
            servers.push(self.lists.get(list - 1, 1));
            list = self.lists.get(list - 1, 0);
        }
        servers.reverse();
        servers
    }

    /// A service or an object.
    pub(super) fn word(&self, code: Code) -> Cow<'_, str> {
        self.words.text(code)
    }

    /// What some event calls a server.
    pub(super) fn server(&self, code: Code) -> Cow<'_, str> {
        self.servers.text(code)
    }

    pub fn bytes(&self) -> usize {
        let tuples = [&self.lists, &self.sorts, &self.contexts, &self.held];
        self.words.bytes()
            + self.servers.bytes()
            + tuples.into_iter().map(Tuples::bytes).sum::<usize>()
    }
}

impl Target {
    fn of(event: &EventRef, coded: Coded) -> Target {
        let is_given = |text: Option<&str>| text.is_some_and(names_something);
        if is_given(event.target_id) {
            Target::Id(coded.target_id)
        } else if is_given(event.target_name) {
            Target::Name(coded.target_name)
        } else {
            Target::Nothing
        }
    }

    fn number(self) -> u32 {
        match self {
            Target::Id(code) => code << 1,
            Target::Name(code) => code << 1 | 1,
            Target::Nothing => NONE,
        }
    }

    fn of_number(number: u32) -> Target {
        match (number >> 1, number & 1) {
            (NONE, _) => Target::Nothing,
            (code, 0) => Target::Id(code),
            (code, _) => Target::Name(code),
        }
    }
}

fn is_crn(text: &str) -> bool {
    text.starts_with("crn:")
}

fn target_is_server(event: &EventRef, kind: Kind) -> bool {
    let crn_says = event
        .target_id
        .and_then(Crn::parse)
        .is_some_and(|crn| crn.resource_type == kind.name());
    let type_uri_says = event
        .target_type
        .and_then(|uri| uri.rsplit('/').next())
        .is_some_and(|last| last == kind.name());
    crn_says || type_uri_says
}
