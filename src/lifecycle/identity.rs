//! Which resource each event lands on, by `rules.md`, "A resource's identity". Works over all distinct references at
//! once, so that the order of arrival never matters. Refuses to guess: what several could be joins none of them.
//!
//! Readings taken where the rules leave room, each the most literal one:
//! - "Two CRNs are one resource if all parts but location agree" holds whatever the action: an action that the
//!   catalogue lacks lands on the server whose CRN it names, and the resource's kind is the catalogue's for any event.
//! - An account that no event states is the one known, when all events and the configuration know exactly one.
//! - A bare id that several CRNs of its kind and account end with joins none.
//! - A sub-object's event whose server nothing names keeps its own target, as a resource of kind `other`.

use std::cell::OnceCell;
use std::hash::BuildHasher;

use reading::hash::BuildMix;
use reading::hash::hash_bytes;

use super::graph::Accounts;
use super::graph::CrnParts;
use super::graph::Graph;
use super::reference::Reference;
use crate::cadf::Crn;
use crate::cadf::Kind;
use crate::cadf::Location;

/// One resource. `PartialEq` compares what is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    pub kind: Kind,
    /// As printed: the CRN if any event gave one, else the id as written, else `name:<name>`.
    pub id: String,
    /// The CRN's, else the events'.
    pub account: Option<String>,
    /// Of kind `other`, without a CRN: what keeps ids of two services apart. Else empty.
    pub service: String,
    pub object: String,
    /// Its own CRN's, where that has one; else the newest event's stands in, which only the store knows.
    pub location: Option<Location>,
    /// Of an account other than `config.account`.
    pub is_foreign_account: bool,
    /// Other ids that events gave it: the bare id beside a CRN, the CRN with another location.
    pub also_known_as: Vec<String>,
}

impl Resource {
    /// Short words for it where no name is known: the CRN's last part, else the printed id.
    pub fn short_id(&self) -> &str {
        Crn::parse(&self.id)
            .and_then(|crn| crn.last())
            .unwrap_or(&self.id)
    }

    pub(super) fn answers_to(&self, text: &str) -> bool {
        let is_named = |id: &str| match (Crn::parse(id), Crn::parse(text)) {
            (Some(own), Some(asked)) => CrnParts::of(&own) == CrnParts::of(&asked),
            (Some(own), None) => own.last() == Some(text),
            (None, None) => id == text,
            (None, Some(_)) => false,
        };
        self.ids().any(is_named)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.id)
            .chain(&self.also_known_as)
            .map(String::as_str)
    }
}

/// What [`resolve`] found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Identities {
    /// For each reference, in the order given, its resource; `None` where it names none.
    pub resource_of: Vec<Option<u32>>,
    /// For each reference: the event's target is that resource itself. Else the target is a part of it, and the
    /// target's name is no name of the resource.
    pub target_is_resource: Vec<bool>,
    /// Sorted by kind, id and account: the same for any order of references.
    pub resources: Vec<Resource>,
    called: OnceCell<Called>,
}

/// Resources by what a text that any of them answers to hashes to. Made when first one is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Called {
    /// Where each bucket starts in `resources`, and one beyond the last.
    starts: Vec<u32>,
    resources: Vec<u32>,
}

impl Called {
    fn new(resources: &[Resource]) -> Called {
        let n_buckets = resources.len().next_power_of_two();
        let mut entries = Vec::with_capacity(resources.len());
        for (ix, resource) in (0..).zip(resources) {
            for id in resource.ids() {
                let last = Crn::parse(id).and_then(|crn| crn.last());
                let texts = [Some(id), last].into_iter().flatten();
                entries.extend(texts.map(|text| (bucket(text, n_buckets), ix)));
            }
        }
        let mut starts = vec![0; n_buckets + 1];
        for (bucket, _) in &entries {
            starts[bucket + 1] += 1;
        }
        for bucket in 0..n_buckets {
            starts[bucket + 1] += starts[bucket];
        }
        let mut next = starts.clone();
        let mut resources = vec![0; entries.len()];
        for (bucket, ix) in entries {
            resources[next[bucket] as usize] = ix;
            next[bucket] += 1;
        }
        Called { starts, resources }
    }

    /// All that may answer to a text, ascending; one may come twice, side by side.
    fn find(&self, text: &str) -> &[u32] {
        let bucket = bucket(text, self.starts.len() - 1);
        &self.resources[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

/// Texts that one resource answers to share it, as far as they are CRNs or none is.
fn bucket(text: &str, n_buckets: usize) -> usize {
    let hash = match Crn::parse(text) {
        Some(crn) => BuildMix.hash_one(CrnParts::of(&crn)),
        None => hash_bytes(text.as_bytes()),
    };
    hash as usize & (n_buckets - 1)
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
    /// Finds a resource by a CRN, an id or `name:<name>`. A text that is one resource's printed id is that resource,
    /// even where it is also the last part of another's CRN: what is printed can always be asked for.
    pub fn find(&self, text: &str) -> Found {
        let called = self.called.get_or_init(|| Called::new(&self.resources));
        let mut answering = called.find(text).to_vec();
        answering.dedup();
        answering.retain(|&ix| self.resources[ix as usize].answers_to(text));
        let is_printed = |ix: &&u32| self.resources[**ix as usize].id == text;
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
}

/// Finds every reference's resource. `config_account` is the viewer's own, with or without `a/`.
pub fn resolve(references: &[Reference], config_account: Option<&str>) -> Identities {
    let config_account = config_account
        .map(|account| account.strip_prefix("a/").unwrap_or(account))
        .filter(|account| !account.is_empty());
    let accounts = Accounts::of(references, config_account);
    let mut graph = Graph::new(&accounts, references.len());
    let mut node_of: Vec<Option<u32>> = vec![None; references.len()];
    let mut target_is_resource = vec![true; references.len()];

    for (i, reference) in references.iter().enumerate() {
        if reference.part.is_none() {
            node_of[i] = graph.add_own_target(reference);
        }
    }
    // Only now is it known which targets the servers' own events have.
    if references.iter().any(|reference| reference.part.is_some()) {
        graph.index_servers();
    }
    for (i, reference) in references.iter().enumerate() {
        let Some(part) = &reference.part else {
            continue;
        };
        if part.target_is_server {
            node_of[i] = graph.add_target(reference, reference.kind);
            continue;
        }
        let own = graph.known_target(reference);
        let server = own.or_else(|| graph.named_server(part, reference));
        target_is_resource[i] = own.is_some() || server.is_none();
        node_of[i] = server.or_else(|| graph.add_target(reference, Kind::Other));
    }
    graph.join_bare_ids();
    let (resources, resource_of_node) = graph.into_resources(config_account);
    let resource_of = node_of
        .into_iter()
        .map(|node| node.map(|node| resource_of_node[node as usize]))
        .collect();
    Identities {
        resource_of,
        target_is_resource,
        resources,
        called: OnceCell::new(),
    }
}
