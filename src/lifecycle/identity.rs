//! Which resource each event lands on, by `rules.md`, "A resource's identity". Works over all distinct references at
//! once, so that the order of arrival never matters. Refuses to guess: what several could be joins none of them.
//!
//! Readings taken where the rules leave room, each the most literal one:
//! - "Two CRNs are one resource if all parts but location agree" holds whatever the action: an action that the
//!   catalogue lacks lands on the server whose CRN it names, and the resource's kind is the catalogue's for any event.
//! - An account that no event states is the one known, when all events and the configuration know exactly one.
//! - A bare id that several CRNs of its kind and account end with joins none.
//! - A sub-object's event whose server nothing names keeps its own target, as a resource of kind `other`.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use columns::Code;
use columns::Codes;
use columns::Dictionary;
use columns::NONE;
use columns::Tuples;
use reading::hash::hash_bytes;

use super::buckets::Buckets;
use super::crns::CrnParts;
use super::graph::ACCOUNT;
use super::graph::Graph;
use super::graph::OBJECT;
use super::graph::SERVICE;
use super::graph::printed;
use super::known::Known;
use super::known::Written;
use super::reference::Role;
use crate::cadf::Crn;
use crate::cadf::Kind;
use crate::cadf::Location;

/// What [`resolve`] found. Of texts it holds where they stand.
#[derive(Clone, Debug)]
pub struct Identities {
    /// For each reference, by number: twice its resource, and one more where the target is only a part of that;
    /// [`NOWHERE`] where it names none.
    landings: Vec<u32>,
    resources: Resources,
    /// The configuration's, as `resources` has it.
    own_account: Code,
    called: OnceCell<Buckets>,
}

const NOWHERE: u32 = u32::MAX;

/// By kind, id and account: the same for any order of references.
#[derive(Clone, Debug)]
pub(super) struct Resources {
    pub kinds: Vec<Kind>,
    pub texts: Vec<Written>,
    /// Which of `spaces` each is in.
    pub owners: Codes,
    pub spaces: Tuples,
    pub accounts: Dictionary,
    /// Other ids that events gave one, in order.
    pub others: Vec<(u32, Written)>,
}

impl Default for Identities {
    fn default() -> Self {
        Identities {
            landings: Vec::new(),
            resources: Resources {
                kinds: Vec::new(),
                texts: Vec::new(),
                owners: Codes::default(),
                spaces: Tuples::new(4),
                accounts: Dictionary::default(),
                others: Vec::new(),
            },
            own_account: NONE,
            called: OnceCell::new(),
        }
    }
}

/// One resource. `PartialEq` compares what is printed.
#[derive(Clone, Copy)]
pub struct Resource<'a> {
    identities: &'a Identities,
    known: Known<'a>,
    ix: u32,
}

impl<'a> Resource<'a> {
    pub fn kind(self) -> Kind {
        self.identities.kind(self.ix)
    }

    /// As printed: the CRN if any event gave one, else the id as written, else `name:<name>`.
    pub fn id(self) -> Cow<'a, str> {
        printed(
            self.known,
            self.identities.resources.texts[self.ix as usize],
        )
    }

    /// The CRN's, else the events'.
    pub fn account(self) -> Option<Cow<'a, str>> {
        let account = self.owner(ACCOUNT);

        self.identities.resources.accounts.get(account)
    }

    /// Of kind `other`, without a CRN: what keeps ids of two services apart. Else empty.
    pub fn service(self) -> Cow<'a, str> {
        self.known.references.word(self.owner(SERVICE))
    }

    pub fn object(self) -> Cow<'a, str> {
        self.known.references.word(self.owner(OBJECT))
    }

    fn owner(self, slot: usize) -> u32 {
        let resources = &self.identities.resources;
        let space = resources.owners.get(self.ix as usize);
        resources.spaces.get(space, slot)
    }

    /// Its own CRN's, where that has one; else the newest event's stands in, which only the store knows.
    pub fn location(self) -> Option<Location> {
        let id = self.id();
        let location = Crn::parse(&id)?.location;
        (!location.is_empty()).then(|| Location::from_raw(location))
    }

    /// Of an account other than `config.account`.
    pub fn is_foreign_account(self) -> bool {
        let (ours, its) = (self.identities.own_account, self.owner(ACCOUNT));
        ours != NONE && its != NONE && ours != its
    }

    /// Other ids that events gave it: the bare id beside a CRN, the CRN with another location.
    pub fn also_known_as(self) -> impl Iterator<Item = Cow<'a, str>> {
        let others = &self.identities.resources.others;
        let from = others.partition_point(|(ix, _)| *ix < self.ix);
        let own = others[from..]
            .iter()
            .take_while(move |(ix, _)| *ix == self.ix);
        own.map(move |(_, written)| self.known.text(*written))
    }

    /// Short words for it where no name is known: the CRN's last part, else the printed id.
    pub fn short_id(self) -> Cow<'a, str> {
        let last = |id: &'a str| Crn::parse(id).and_then(|crn| crn.last()).unwrap_or(id);
        match self.id() {
            Cow::Borrowed(id) => last(id).into(),
            Cow::Owned(id) => match Crn::parse(&id).and_then(|crn| crn.last()) {
                Some(last) => last.to_owned().into(),
                None => id.into(),
            },
        }
    }

    pub(super) fn answers_to(self, text: &str) -> bool {
        let is_named = |id: Cow<str>| match (Crn::parse(&id), Crn::parse(text)) {
            (Some(own), Some(asked)) => CrnParts::of(&own) == CrnParts::of(&asked),
            (Some(own), None) => own.last() == Some(text),
            (None, None) => id == text,
            (None, Some(_)) => false,
        };
        self.ids().any(is_named)
    }

    fn ids(self) -> impl Iterator<Item = Cow<'a, str>> {
        std::iter::once(self.id()).chain(self.also_known_as())
    }

    fn said(self) -> impl PartialEq + fmt::Debug {
        let own = (self.kind(), self.id(), self.account());
        let kept_apart = (self.service(), self.object(), self.location());
        let others: Vec<Cow<str>> = self.also_known_as().collect();
        (own, kept_apart, self.is_foreign_account(), others)
    }
}

impl PartialEq for Resource<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.said() == other.said()
    }
}

impl fmt::Debug for Resource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// Texts that one resource answers to share it, as far as they are CRNs or none is.
fn hash_of(text: &str) -> u64 {
    match Crn::parse(text) {
        Some(crn) => CrnParts::of(&crn).hash(),
        None => hash_bytes(text.as_bytes()),
    }
}

/// What `--resource` names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    Resource(u32),
    NotFound,
    /// Several answer to the text.
    Ambiguous(Vec<u32>),
}

impl Identities {
    /// How many references were looked at.
    pub fn n_references(&self) -> usize {
        self.landings.len()
    }

    /// How many resources there are.
    pub fn len(&self) -> u32 {
        self.resources.kinds.len() as u32
    }

    pub fn is_empty(&self) -> bool {
        self.resources.kinds.is_empty()
    }

    pub fn kind(&self, ix: u32) -> Kind {
        self.resources.kinds[ix as usize]
    }

    /// `known`: the references that were resolved.
    pub fn get<'a>(&'a self, known: Known<'a>, ix: u32) -> Resource<'a> {
        Resource {
            identities: self,
            known,
            ix,
        }
    }

    /// A reference's resource; `None` where it names none.
    pub fn resource_of(&self, reference: u32) -> Option<u32> {
        let landing = *self.landings.get(reference as usize)?;
        (landing != NOWHERE).then_some(landing >> 1)
    }

    /// The event's target is its resource itself. Else the target is a part of that, and the target's name is no name of
    /// the resource.
    pub fn target_is_resource(&self, reference: u32) -> bool {
        let landing = self.landings.get(reference as usize);
        landing.is_some_and(|&landing| landing == NOWHERE || landing & 1 == 0)
    }

    /// Finds a resource by a CRN, an id or `name:<name>`. A text that is one resource's printed id is that resource,
    /// even where it is also the last part of another's CRN: what is printed can always be asked for.
    pub fn find(&self, known: Known, text: &str) -> Found {
        let called = self.called.get_or_init(|| self.called(known));
        let mut answering = called.find(hash_of(text)).to_vec();
        answering.dedup();
        answering.retain(|&ix| self.get(known, ix).answers_to(text));
        let is_printed = |ix: &&u32| self.get(known, **ix).id() == text;
        let mut printed = answering.iter().filter(is_printed);
        if let (Some(&one), None) = (printed.next(), printed.next()) {
            return Found::Resource(one);
        }
        match answering[..] {
            [] => Found::NotFound,
            [one] => Found::Resource(one),
            _ => Found::Ambiguous(answering),
        }
    }

    /// Resources by what a text that any of them answers to hashes to. Made when first one is looked for.
    fn called(&self, known: Known) -> Buckets {
        Buckets::new(self.len() as usize, &|add| {
            for ix in 0..self.len() {
                for id in self.get(known, ix).ids() {
                    add(hash_of(&id), ix);
                    if let Some(last) = Crn::parse(&id).and_then(|crn| crn.last()) {
                        add(hash_bytes(last.as_bytes()), ix);
                    }
                }
            }
        })
    }

    pub fn bytes(&self) -> usize {
        let all = &self.resources;
        self.landings.capacity() * size_of::<u32>()
            + all.kinds.capacity()
            + all.texts.capacity() * size_of::<Written>()
            + all.owners.bytes()
            + all.spaces.bytes()
            + all.accounts.bytes()
            + all.others.capacity() * size_of::<(u32, Written)>()
            + self.called.get().map_or(0, Buckets::bytes)
    }
}

/// Finds every reference's resource. `config_account` is the viewer's own, with or without `a/`.
pub fn resolve(known: Known, config_account: Option<&str>) -> Identities {
    let config_account = config_account
        .map(|account| account.strip_prefix("a/").unwrap_or(account))
        .filter(|account| !account.is_empty());
    let references = known.references;
    let all = || (0..references.len() as u32).map(|number| (number, references.get(number)));
    let mut graph = Graph::new(known, config_account);
    let mut landings = vec![NOWHERE; references.len()];
    let mut has_parts = false;

    for (number, reference) in all() {
        match reference.role {
            Role::Itself => {
                if let Some(node) = graph.add_own_target(&reference) {
                    landings[number as usize] = node << 1;
                }
            }
            Role::IsServer | Role::Part => has_parts = true,
        }
    }
    if has_parts {
        // Only now is it known which targets the servers' own events have.
        graph.index_servers();
        for (number, reference) in all() {
            let (node, is_itself) = match reference.role {
                Role::Itself => continue,
                Role::IsServer => (graph.add_target(&reference, reference.kind), true),
                Role::Part => {
                    let own = graph.known_target(&reference);
                    let servers = references.servers_of(&reference);
                    let server = own.or_else(|| graph.named_server(&servers, &reference));
                    let node = server.or_else(|| graph.add_target(&reference, Kind::Other));
                    (node, own.is_some() || server.is_none())
                }
            };
            if let Some(node) = node {
                landings[number as usize] = node << 1 | u32::from(!is_itself);
            }
        }
    }
    let (resources, resource_of_node) = graph.into_resources();
    for landing in landings.iter_mut().filter(|landing| **landing != NOWHERE) {
        let resource = resource_of_node[(*landing >> 1) as usize];
        *landing = resource << 1 | *landing & 1;
    }
    let own_account = config_account.and_then(|account| resources.accounts.find(account));
    Identities {
        landings,
        own_account: own_account.unwrap_or(NONE),
        resources,
        called: OnceCell::new(),
    }
}
