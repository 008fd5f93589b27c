//! Which resource each event lands on, by `rules.md`, "A resource's identity". Works over all distinct references at
//! once, so that the order of arrival never matters. Refuses to guess: what several could be joins none of them.
//!
//! Readings taken where the rules leave room, each the most literal one:
//! - "Two CRNs are one resource if all parts but location agree" holds whatever the action: an action that the
//!   catalogue lacks lands on the server whose CRN it names, and the resource's kind is the catalogue's for any event.
//! - An account that no event states is the one known, when all events and the configuration know exactly one.
//! - A bare id that several CRNs of its kind and account end with joins none.
//! - A sub-object's event whose server nothing names keeps its own target, as a resource of kind `other`.

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

    fn answers_to(&self, text: &str) -> bool {
        let is_named = |id: &str| match (Crn::parse(id), Crn::parse(text)) {
            (Some(own), Some(asked)) => CrnParts::of(&own) == CrnParts::of(&asked),
            (Some(own), None) => own.last() == Some(text),
            (None, None) => id == text,
            (None, Some(_)) => false,
        };
        is_named(&self.id) || self.also_known_as.iter().any(|id| is_named(id))
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
        let all = || (0..).zip(&self.resources);
        let printed: Vec<u32> = all()
            .filter(|(_, resource)| resource.id == text)
            .map(|(ix, _)| ix)
            .collect();
        if let [one] = printed[..] {
            return Found::Resource(one);
        }
        let mut answering = all()
            .filter(|(_, resource)| resource.answers_to(text))
            .map(|(ix, _)| ix);
        match (answering.next(), answering.next()) {
            (None, _) => Found::NotFound,
            (Some(one), None) => Found::Resource(one),
            (Some(first), Some(second)) => {
                Found::Ambiguous([first, second].into_iter().chain(answering).collect())
            }
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
    }
}
