//! Targets as nodes, and what makes two of them one resource: the working part of `identity`.
//! Its answers never depend on the order in which targets are added within a step.

use std::collections::HashMap;

use reading::hash::BuildMix;

use super::identity::Resource;
use super::reference::Called;
use super::reference::Part;
use super::reference::Reference;
use crate::cadf::Crn;
use crate::cadf::Kind;
use crate::cadf::Location;
use crate::sorting;

/// The accounts that are known, and who owns a CRN that doesn't say.
pub(super) struct Accounts<'a> {
    /// The one known, when there is exactly one.
    only: Option<&'a str>,
    /// For CRNs without an account in their scope: the accounts of their events.
    of_crn: HashMap<CrnParts<'a>, Owner<'a>, BuildMix>,
}

impl<'a> Accounts<'a> {
    pub fn of(references: &'a [Reference], config_account: Option<&'a str>) -> Self {
        let mut known = Owner::default();
        known.add(config_account);
        let mut of_crn: HashMap<CrnParts, Owner, BuildMix> = HashMap::default();
        for reference in references {
            known.add(reference.account.as_deref());
            let Called::ById(id) = &reference.target else {
                continue;
            };
            let Some(crn) = Crn::parse(id) else {
                continue;
            };
            match crn.account() {
                Some(account) => known.add(Some(account)),
                None => of_crn
                    .entry(CrnParts::of(&crn))
                    .or_default()
                    .add(reference.account.as_deref()),
            }
        }
        Accounts {
            only: known.only(),
            of_crn,
        }
    }

    fn of_reference(&self, reference: &'a Reference) -> Option<&'a str> {
        reference.account.as_deref().or(self.only)
    }

    /// The CRN's own, else the only one of its events, else this event's.
    fn of_crn(&self, crn: &Crn<'a>, reference: &'a Reference) -> Option<&'a str> {
        let of_events = || {
            let owner = self.of_crn.get(&CrnParts::of(crn));
            owner
                .and_then(|owner| owner.only())
                .or_else(|| self.of_reference(reference))
        };
        crn.account().or_else(of_events)
    }
}

/// The accounts named, as far as it matters: none, one, or several.
#[derive(Clone, Copy, Default)]
struct Owner<'a> {
    first: Option<&'a str>,
    are_several: bool,
}

impl<'a> Owner<'a> {
    fn add(&mut self, account: Option<&'a str>) {
        match (self.first, account) {
            (None, _) => self.first = account,
            (Some(first), Some(other)) if first != other => self.are_several = true,
            _ => {}
        }
    }

    /// The one, if no other is named.
    fn only(self) -> Option<&'a str> {
        self.first.filter(|_| !self.are_several)
    }
}

/// A CRN's text around its location: two CRNs are one resource if these agree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct CrnParts<'a> {
    head: &'a str,
    tail: &'a str,
}

impl<'a> CrnParts<'a> {
    pub fn of(crn: &Crn<'a>) -> Self {
        let parts = [crn.version, crn.cname, crn.ctype, crn.service];
        let before = parts
            .iter()
            .fold("crn".len(), |at, part| at + 1 + part.len());
        let after = before + 1 + crn.location.len();
        let (before, after) = (before.min(crn.text.len()), after.min(crn.text.len()));
        // A part that is left out is an empty part.
        CrnParts {
            head: crn.text[..before].trim_end_matches(':'),
            tail: crn.text[after..].trim_end_matches(':'),
        }
    }
}

/// What makes two targets the same one, before bare ids join CRNs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Key<'a> {
    Crn {
        parts: CrnParts<'a>,
        /// Part of the key only where the CRN's scope doesn't say.
        account: Option<&'a str>,
    },
    Bare {
        space: Space<'a>,
        id: &'a str,
    },
    Named {
        space: Space<'a>,
        name: &'a str,
    },
}

/// Within which an id or a name is unique.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Space<'a> {
    kind: Kind,
    account: Option<&'a str>,
    /// Both empty for the kinds that have a lifecycle.
    service: &'a str,
    object: &'a str,
}

struct Node<'a> {
    key: Key<'a>,
    account: Option<&'a str>,
    /// The kinds that events gave it, a bit each.
    kinds: u8,
    /// Those of them given by events of the resource itself.
    own_kinds: u8,
    /// Ids as written; more than one where only the location differs.
    texts: Vec<&'a str>,
    /// The CRN's node that this bare id joins.
    joined: Option<u32>,
}

pub(super) struct Graph<'a> {
    accounts: &'a Accounts<'a>,
    nodes: Vec<Node<'a>>,
    by_key: HashMap<Key<'a>, u32, BuildMix>,
    /// Servers that events of their own gave, by kind and the id's last part.
    servers: HashMap<(Kind, &'a str), Vec<u32>, BuildMix>,
}

impl<'a> Graph<'a> {
    /// `n` targets at most are to be expected.
    pub fn new(accounts: &'a Accounts<'a>, n: usize) -> Self {
        Graph {
            accounts,
            nodes: Vec::with_capacity(n),
            by_key: HashMap::with_capacity_and_hasher(n, BuildMix),
            servers: HashMap::default(),
        }
    }

    /// The target of an event of the resource itself.
    pub fn add_own_target(&mut self, reference: &'a Reference) -> Option<u32> {
        let node = self.add_target(reference, reference.kind)?;
        self.nodes[node as usize].own_kinds |= bit(reference.kind);
        Some(node)
    }

    /// The event's target as a resource of that kind; `None` if it names none.
    pub fn add_target(&mut self, reference: &'a Reference, kind: Kind) -> Option<u32> {
        let space = self.space(reference, kind);
        match &reference.target {
            Called::Nothing => None,
            Called::ById(id) => Some(self.add_id(id, space, reference)),
            Called::ByName(name) => Some(self.add(Key::Named { space, name }, space.account, kind)),
        }
    }

    /// To be called between the servers' own events and those of their parts.
    pub fn index_servers(&mut self) {
        for (node, ix) in self.nodes.iter().zip(0..) {
            let Some(last) = node.last_part() else {
                continue;
            };
            for kind in Kind::LIVED {
                if node.own_kinds & bit(kind) != 0 {
                    self.servers.entry((kind, last)).or_default().push(ix);
                }
            }
        }
    }

    /// The server that has the same target in an event of its own.
    pub fn known_target(&self, reference: &'a Reference) -> Option<u32> {
        match &reference.target {
            Called::Nothing => None,
            Called::ById(id) => self.known_server(id, reference),
            Called::ByName(name) => {
                let space = self.space(reference, reference.kind);
                self.own_node(&Key::Named { space, name }, reference.kind)
            }
        }
    }

    /// The server of a part's event: in `logSourceCRN`, then on listed paths.
    pub fn named_server(&mut self, part: &'a Part, reference: &'a Reference) -> Option<u32> {
        let kind = reference.kind;
        let log_source = part.log_source.iter();
        for text in log_source.chain(&part.listed).map(|text| &**text) {
            if let Some(known) = self.known_server(text, reference) {
                return Some(known);
            }
            let is_server = Crn::parse(text).is_none_or(|crn| crn.resource_type == kind.name());
            if is_server {
                let space = self.space(reference, kind);
                return Some(self.add_id(text, space, reference));
            }
        }
        None
    }

    /// A bare id joins the CRN of the same kind and account that ends with it, for the five kinds only; where the
    /// account is unknown, only if there is exactly one.
    pub fn join_bare_ids(&mut self) {
        let is_bare =
            |node: &Node| matches!(node.key, Key::Bare { space, .. } if space.kind.has_lifecycle());
        if !self.nodes.iter().any(is_bare) {
            return;
        }
        let mut crns: HashMap<(Kind, &str), Vec<u32>, BuildMix> = HashMap::default();
        for (node, ix) in self.nodes.iter().zip(0..) {
            if let (Key::Crn { .. }, Some(last)) = (node.key, node.last_part()) {
                crns.entry((node.kind(), last)).or_default().push(ix);
            }
        }
        let joins: Vec<Option<u32>> = self
            .nodes
            .iter()
            .map(|node| match node.key {
                Key::Bare { space, id } if space.kind.has_lifecycle() => {
                    let candidates = crns.get(&(space.kind, id))?;
                    self.only_of_account(candidates, node.account)
                }
                _ => None,
            })
            .collect();
        for (node, join) in self.nodes.iter_mut().zip(joins) {
            node.joined = join;
        }
    }

    /// The resources, sorted, and for each node its resource.
    pub fn into_resources(self, config_account: Option<&str>) -> (Vec<Resource>, Vec<u32>) {
        let mut guests: HashMap<u32, Vec<&Node>, BuildMix> = HashMap::default();
        for node in &self.nodes {
            if let Some(host) = node.joined {
                guests.entry(host).or_default().push(node);
            }
        }
        let mut heads: Vec<(u32, Resource)> = self
            .nodes
            .iter()
            .zip(0..)
            .filter(|(node, _)| node.joined.is_none())
            .map(|(node, ix)| {
                let guests = guests.get(&ix).map_or(&[][..], Vec::as_slice);
                (ix, node.resource(guests, config_account))
            })
            .collect();
        sorting::sort_by(&mut heads, |(_, a), (_, b)| {
            let by_id = || sorting::by_text(&a.id, &b.id);
            let printed = a.kind.cmp(&b.kind).then_with(by_id);
            let rest = || {
                a.account
                    .cmp(&b.account)
                    .then_with(|| a.service.cmp(&b.service))
            };
            printed
                .then_with(rest)
                .then_with(|| a.object.cmp(&b.object))
        });
        let mut resource_of_node = vec![0; self.nodes.len()];
        for ((node, _), ix) in heads.iter().zip(0..) {
            resource_of_node[*node as usize] = ix;
        }
        for (ix, node) in self.nodes.iter().enumerate() {
            if let Some(host) = node.joined {
                resource_of_node[ix] = resource_of_node[host as usize];
            }
        }
        let resources = heads.into_iter().map(|(_, resource)| resource).collect();
        (resources, resource_of_node)
    }

    fn space(&self, reference: &'a Reference, kind: Kind) -> Space<'a> {
        let (service, object) = if kind.has_lifecycle() {
            ("", "")
        } else {
            (&*reference.service, &*reference.object)
        };
        Space {
            kind,
            account: self.accounts.of_reference(reference),
            service,
            object,
        }
    }

    fn id_key(&self, id: &'a str, space: Space<'a>, reference: &'a Reference) -> Key<'a> {
        match Crn::parse(id) {
            None => Key::Bare { space, id },
            Some(crn) => Key::Crn {
                parts: CrnParts::of(&crn),
                account: match crn.account() {
                    Some(_) => None,
                    None => self.accounts.of_crn(&crn, reference),
                },
            },
        }
    }

    fn add_id(&mut self, id: &'a str, space: Space<'a>, reference: &'a Reference) -> u32 {
        let account = match Crn::parse(id) {
            Some(crn) => self.accounts.of_crn(&crn, reference),
            None => space.account,
        };
        let node = self.add(self.id_key(id, space, reference), account, space.kind);
        let texts = &mut self.nodes[node as usize].texts;
        if !texts.contains(&id) {
            texts.push(id);
        }
        node
    }

    fn add(&mut self, key: Key<'a>, account: Option<&'a str>, kind: Kind) -> u32 {
        let next = self.nodes.len() as u32;
        let node = *self.by_key.entry(key).or_insert(next);
        if node == next {
            self.nodes.push(Node {
                key,
                account,
                kinds: 0,
                own_kinds: 0,
                texts: Vec::new(),
                joined: None,
            });
        }
        self.nodes[node as usize].kinds |= bit(kind);
        node
    }

    /// The node with this key, if events of a server of that kind gave it.
    fn own_node(&self, key: &Key<'a>, kind: Kind) -> Option<u32> {
        let node = *self.by_key.get(key)?;
        (self.nodes[node as usize].own_kinds & bit(kind) != 0).then_some(node)
    }

    /// The server that events of its own call by this id: the same id, or one that joins it.
    fn known_server(&self, id: &'a str, reference: &'a Reference) -> Option<u32> {
        let kind = reference.kind;
        let space = self.space(reference, kind);
        let same = self.own_node(&self.id_key(id, space, reference), kind);
        if same.is_some() {
            return same;
        }
        let (last, account) = match Crn::parse(id) {
            None => (id, space.account),
            // A CRN that states a type is what it states, whatever it ends with.
            Some(crn) if crn.resource_type.is_empty() => {
                (crn.last()?, self.accounts.of_crn(&crn, reference))
            }
            Some(_) => return None,
        };
        let candidates: Vec<u32> = self
            .servers
            .get(&(kind, last))?
            .iter()
            .copied()
            .filter(|node| {
                // Two CRNs that differ are two servers; a bare id is the same one only by its own key or a CRN.
                let is_crn = matches!(self.nodes[*node as usize].key, Key::Crn { .. });
                is_crn != Crn::parse(id).is_some()
            })
            .collect();
        self.only_of_account(&candidates, account)
    }

    /// The only one of these in the account; where that is unknown, the only one there is.
    fn only_of_account(&self, nodes: &[u32], account: Option<&str>) -> Option<u32> {
        let mut fitting = nodes
            .iter()
            .copied()
            .filter(|node| account.is_none() || self.nodes[*node as usize].account == account);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

impl<'a> Node<'a> {
    /// The kind of lifecycle that any event gave it. Where events disagree, its CRN's own type decides.
    fn kind(&self) -> Kind {
        let lived = || {
            Kind::LIVED
                .into_iter()
                .filter(|kind| self.kinds & bit(*kind) != 0)
        };
        let resource_type = match self.key {
            Key::Crn { .. } => self
                .texts
                .first()
                .and_then(|text| Crn::parse(text))
                .map_or("", |crn| crn.resource_type),
            _ => "",
        };
        lived()
            .find(|kind| kind.name() == resource_type)
            .or_else(|| lived().next())
            .unwrap_or(Kind::Other)
    }

    fn last_part(&self) -> Option<&'a str> {
        match self.key {
            Key::Crn { .. } => Crn::parse(self.texts.first()?)?.last(),
            Key::Bare { id, .. } => Some(id),
            Key::Named { .. } => None,
        }
    }

    fn resource(&self, guests: &[&Node<'a>], config_account: Option<&str>) -> Resource {
        let (id, service, object) = match self.key {
            Key::Crn { .. } => (self.printed_crn().to_owned(), "", ""),
            Key::Bare { space, id } => (id.to_owned(), space.service, space.object),
            Key::Named { space, name } => (format!("name:{name}"), space.service, space.object),
        };
        let others = guests.iter().flat_map(|guest| &guest.texts);
        let mut also_known_as: Vec<String> = self
            .texts
            .iter()
            .chain(others)
            .filter(|text| **text != id)
            .map(|text| (*text).to_owned())
            .collect();
        sorting::sort(&mut also_known_as);
        also_known_as.dedup();
        let location = Crn::parse(&id)
            .map(|crn| crn.location)
            .filter(|location| !location.is_empty())
            .map(Location::from_raw);
        Resource {
            kind: self.kind(),
            location,
            account: self.account.map(str::to_owned),
            service: service.to_owned(),
            object: object.to_owned(),
            is_foreign_account: match (config_account, self.account) {
                (Some(ours), Some(its)) => ours != its,
                _ => false,
            },
            also_known_as,
            id,
        }
    }

    /// Of several CRNs that differ in location, the one that says most: the longest, then the first by text.
    fn printed_crn(&self) -> &'a str {
        let says_most = self
            .texts
            .iter()
            .copied()
            .min_by_key(|text| (std::cmp::Reverse(text.len()), *text));
        says_most.unwrap_or("")
    }
}

fn bit(kind: Kind) -> u8 {
    1 << (kind as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_crn_is_cut_around_its_fifth_part(parts in proptest::collection::vec("[aé]{0,2}", 0..12)) {
            let text = format!("crn:{}", parts.join(":"));
            let crn = Crn::parse(&text).expect("a CRN");
            let all: Vec<&str> = text.split(':').collect();
            let (head, tail) = all.split_at(all.len().min(5));
            let after_location = tail.get(1..).unwrap_or_default();
            let tail: String = after_location.iter().map(|part| format!(":{part}")).collect();
            let head = head.join(":");
            let cut = CrnParts::of(&crn);
            prop_assert_eq!(cut.head, head.trim_end_matches(':'));
            prop_assert_eq!(cut.tail, tail.trim_end_matches(':'));
        }
    }
}
