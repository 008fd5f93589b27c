//! Targets as nodes, and what makes two of them one resource: the working part of `identity`. Nodes are numbers in
//! columns, texts stay where they are. Its answers never depend on the order in which targets are added within a step.

use std::borrow::Cow;
use std::cmp::Ordering;

use columns::Code;
use columns::CodeTable;
use columns::Codes;
use columns::NONE;
use columns::Tuples;
use reading::hash::hash_bytes;
use reading::hash::join;

use super::accounts::Accounts;
use super::buckets::Buckets;
use super::crns::Crns;
use super::identity::Resources;
use super::known::Known;
use super::known::Written;
use super::reference::Reference;
use super::reference::Target;
use crate::cadf::Crn;
use crate::cadf::Kind;
use crate::sorting;

/// What stands for the kind in the space of CRNs, which are the same whatever the kind.
const CRN: u32 = u32::MAX;

/// The parts of a space, within which an id or a name is unique.
const KIND: usize = 0;
pub(super) const ACCOUNT: usize = 1;
pub(super) const SERVICE: usize = 2;
pub(super) const OBJECT: usize = 3;

pub(super) struct Graph<'a> {
    known: Known<'a>,
    crns: Crns,
    accounts: Accounts,
    /// Kind or [`CRN`], account, service, object.
    spaces: Tuples,
    /// By node: what makes two targets the same one, before bare ids join CRNs. A space, and a text in it; of a CRN the
    /// one that stands for all that differ in location.
    keys: Vec<(Code, Written)>,
    table: CodeTable,
    /// By node: as written; of a CRN as it was written first.
    texts: Vec<Written>,
    /// How else a node's CRN was written. A text may come more than once.
    others: Vec<(u32, Written)>,
    /// By node: the kinds that events gave it, a bit each.
    kinds: Vec<u8>,
    /// Those of them given by events of the resource itself.
    own_kinds: Vec<u8>,
    /// Nodes by their last part, as far as events of their own gave them.
    servers: Buckets,
}

impl<'a> Graph<'a> {
    pub fn new(known: Known<'a>, config_account: Option<&str>) -> Self {
        let mut crns = Crns::default();
        let accounts = Accounts::of(known, &mut crns, config_account);
        let n = known.references.len();
        Graph {
            known,
            crns,
            accounts,
            spaces: Tuples::new(4),
            keys: Vec::with_capacity(n),
            table: CodeTable::default(),
            texts: Vec::with_capacity(n),
            others: Vec::new(),
            kinds: Vec::with_capacity(n),
            own_kinds: Vec::with_capacity(n),
            servers: Buckets::default(),
        }
    }

    /// The target of an event of the resource itself.
    pub fn add_own_target(&mut self, reference: &Reference) -> Option<u32> {
        let node = self.add_target(reference, reference.kind)?;
        self.own_kinds[node as usize] |= bit(reference.kind);
        Some(node)
    }

    /// The event's target as a resource of that kind; `None` if it names none.
    pub fn add_target(&mut self, reference: &Reference, kind: Kind) -> Option<u32> {
        match reference.target {
            Target::Nothing => None,
            Target::Id(id) => Some(self.add_id(Written::target_id(id), reference, kind)),
            Target::Name(name) => {
                let space = self.space(reference, kind);
                let name = Written::target_name(name);
                Some(self.add((space, name), name, kind))
            }
        }
    }

    /// To be called between the servers' own events and those of their parts.
    pub fn index_servers(&mut self) {
        let lived = Kind::LIVED
            .into_iter()
            .fold(0, |bits, kind| bits | bit(kind));
        let is_server = |&node: &u32| self.own_kinds[node as usize] & lived != 0;
        self.servers = self.by_last_part(is_server);
    }

    /// The server that has the same target in an event of its own.
    pub fn known_target(&mut self, reference: &Reference) -> Option<u32> {
        match reference.target {
            Target::Nothing => None,
            Target::Id(id) => self.known_server(Written::target_id(id), reference),
            Target::Name(name) => {
                let space = self.space(reference, reference.kind);
                self.own_node((space, Written::target_name(name)), reference.kind)
            }
        }
    }

    /// The server of a part's event, by the first of these texts that names one.
    pub fn named_server(&mut self, servers: &[Code], reference: &Reference) -> Option<u32> {
        let kind = reference.kind;
        for &server in servers {
            let written = self.known.server(server);
            if let Some(known) = self.known_server(written, reference) {
                return Some(known);
            }
            let text = self.known.text(written);
            let is_server = Crn::parse(&text).is_none_or(|crn| crn.resource_type == kind.name());
            if is_server {
                return Some(self.add_id(written, reference, kind));
            }
        }
        None
    }

    /// For each node the CRN's node that it joins, or itself. A bare id joins the CRN of the same kind and account that
    /// ends with it, for the five kinds only; where the account is unknown, only if there is exactly one.
    fn hosts(&self) -> Vec<u32> {
        let mut hosts: Vec<u32> = (0..self.keys.len() as u32).collect();
        let is_bare = |&node: &u32| {
            let kind = self.space_of(node, KIND);
            kind != CRN && kind != Kind::Other as u32 && !self.texts[node as usize].is_name()
        };
        let is_crn = |&node: &u32| self.is_crn(node);
        let nodes = || 0..self.keys.len() as u32;
        if !(nodes().any(|node| is_bare(&node)) && nodes().any(|node| is_crn(&node))) {
            return hosts;
        }
        let crns = self.by_last_part(is_crn);
        for node in nodes().filter(is_bare) {
            let kind = self.space_of(node, KIND);
            let id = self.known.text(self.texts[node as usize]);
            let ends_with_it = |crn: &u32| {
                self.last_part(*crn).as_deref() == Some(&*id) && self.kind(*crn) as u32 == kind
            };
            let candidates = crns.find(hash_bytes(id.as_bytes())).iter().copied();
            let candidates = candidates.filter(ends_with_it);
            if let Some(host) = self.only_of_account(candidates, self.space_of(node, ACCOUNT)) {
                hosts[node as usize] = host;
            }
        }
        hosts
    }

    /// The resources, sorted, and for each node its resource.
    pub fn into_resources(mut self) -> (Resources, Vec<u32>) {
        self.servers = Buckets::default();
        self.crns = Crns::default();
        self.table = CodeTable::default();
        self.own_kinds = Vec::new();
        let mut resource_of = self.hosts();
        for node in 0..self.kinds.len() as u32 {
            self.kinds[node as usize] = self.kind(node) as u8;
        }
        self.print();
        for (node, (&host, &text)) in (0..).zip(resource_of.iter().zip(&self.texts)) {
            if host != node {
                self.others.push((host, text));
            }
        }
        let heads = self.sorted_heads(&resource_of);
        let kind = |head: &u32| Kind::ALL[usize::from(self.kinds[*head as usize])];
        let kinds = heads.iter().map(kind).collect();
        let texts = heads.iter().map(|head| self.texts[*head as usize]);
        let texts = texts.collect();
        (self.kinds, self.texts) = (Vec::new(), Vec::new());
        let mut owners = Codes::default();
        let mut resource_of_head = vec![0; resource_of.len()];
        for (&head, ix) in heads.iter().zip(0..) {
            owners.put(ix as usize, self.keys[head as usize].0);
            resource_of_head[head as usize] = ix;
        }
        for node in &mut resource_of {
            *node = resource_of_head[*node as usize];
        }
        for (node, _) in &mut self.others {
            *node = resource_of[*node as usize];
        }
        let known = self.known;
        sorting::sort_by(&mut self.others, |(a, a_text), (b, b_text)| {
            let by_text = || known.text(*a_text).cmp(&known.text(*b_text));
            a.cmp(b).then_with(by_text)
        });
        // Bare ids of a known and of an unknown account may join one CRN.
        self.others.dedup();
        self.others.shrink_to_fit();
        let resources = Resources {
            kinds,
            texts,
            owners,
            spaces: self.spaces,
            accounts: self.accounts.names,
            others: self.others,
        };
        (resources, resource_of)
    }

    /// Of several CRNs that differ in location, the one that says most is printed: the longest, then the first by text.
    fn print(&mut self) {
        sorting::sort_by_key(&mut self.others, |(node, written)| (*node, written.0));
        self.others.dedup();
        for at in 0..self.others.len() {
            let (node, other) = self.others[at];
            let printed = &mut self.texts[node as usize];
            let (a, b) = (self.known.text(*printed), self.known.text(other));
            let says_more = (b.len().cmp(&a.len())).then_with(|| a.cmp(&b)).is_gt();
            if says_more {
                self.others[at].1 = std::mem::replace(printed, other);
            }
        }
    }

    /// What is a resource, by kind, printed id, account, service and object.
    fn sorted_heads(&self, hosts: &[u32]) -> Vec<u32> {
        let mut heads = Vec::with_capacity(hosts.len());
        for kind in Kind::LIVED.into_iter().chain([Kind::Other]) {
            let from = heads.len();
            let of_kind = (0u32..)
                .zip(hosts)
                .filter(|(node, host)| node == *host && self.kinds[*node as usize] == kind as u8);
            heads.extend(of_kind.map(|(node, _)| node));
            let id = |node: u32| printed(self.known, self.texts[node as usize]);
            let mut ties = |a, b| self.by_owner(a, b);
            sorting::sort_by_texts(&mut heads[from..], &id, &mut ties);
        }
        heads
    }

    fn by_owner(&self, a: u32, b: u32) -> Ordering {
        let account = |node| self.accounts.names.get(self.space_of(node, ACCOUNT));
        let word = |node, slot| self.known.references.word(self.space_of(node, slot));
        account(a)
            .cmp(&account(b))
            .then_with(|| word(a, SERVICE).cmp(&word(b, SERVICE)))
            .then_with(|| word(a, OBJECT).cmp(&word(b, OBJECT)))
    }

    fn space(&mut self, reference: &Reference, kind: Kind) -> Code {
        let account = self.accounts.of_reference(self.known, reference);
        let (service, object) = match kind.has_lifecycle() {
            true => (NONE, NONE),
            false => (reference.service, reference.object),
        };
        self.spaces.code(&[kind as u32, account, service, object])
    }

    fn id_key(&mut self, id: Written, reference: &Reference, kind: Kind) -> (Code, Written) {
        let text = self.known.text(id);
        match Crn::parse(&text) {
            None => (self.space(reference, kind), id),
            Some(crn) => {
                let first = self.crns.first(self.known, id, &crn);
                let account = self.accounts.of_crn(self.known, &crn, first, reference);
                (self.spaces.code(&[CRN, account, NONE, NONE]), first)
            }
        }
    }

    fn add_id(&mut self, id: Written, reference: &Reference, kind: Kind) -> u32 {
        let key = self.id_key(id, reference, kind);
        let node = self.add(key, id, kind);
        let is_new = self.texts[node as usize] != id && self.others.last() != Some(&(node, id));
        if is_new {
            self.others.push((node, id));
        }
        node
    }

    fn add(&mut self, key: (Code, Written), text: Written, kind: Kind) -> u32 {
        let node = match self.find(key) {
            Some(node) => node,
            None => {
                let node = self.keys.len() as u32;
                self.keys.push(key);
                self.texts.push(text);
                self.kinds.push(0);
                self.own_kinds.push(0);
                let keys = &self.keys;
                let hash = |node: u32| hash_of(keys[node as usize]);
                self.table.insert(hash_of(key), node, hash);
                node
            }
        };
        self.kinds[node as usize] |= bit(kind);
        node
    }

    fn find(&self, key: (Code, Written)) -> Option<u32> {
        let is_it = |node: u32| self.keys[node as usize] == key;
        self.table.find(hash_of(key), is_it)
    }

    /// The node with this key, if events of a server of that kind gave it.
    fn own_node(&self, key: (Code, Written), kind: Kind) -> Option<u32> {
        let is_own = |node: &u32| self.own_kinds[*node as usize] & bit(kind) != 0;
        self.find(key).filter(is_own)
    }

    /// The server that events of its own call by this id: the same id, or one that joins it.
    fn known_server(&mut self, id: Written, reference: &Reference) -> Option<u32> {
        let kind = reference.kind;
        let key = self.id_key(id, reference, kind);
        let same = self.own_node(key, kind);
        if same.is_some() {
            return same;
        }
        let text = self.known.text(id);
        let crn = Crn::parse(&text);
        let last = match &crn {
            None => &*text,
            // A CRN that states a type is what it states, whatever it ends with.
            Some(crn) if crn.resource_type.is_empty() => crn.last()?,
            Some(_) => return None,
        };
        let is_meant = |node: &u32| {
            self.own_kinds[*node as usize] & bit(kind) != 0
                // Two CRNs that differ are two servers; a bare id is the same one only by its own key or a CRN.
                && self.is_crn(*node) != crn.is_some()
                && self.last_part(*node).as_deref() == Some(last)
        };
        let candidates = self.servers.find(hash_bytes(last.as_bytes())).iter();
        let account = self.spaces.get(key.0, ACCOUNT);
        self.only_of_account(candidates.copied().filter(is_meant), account)
    }

    /// The only one of these in the account; where that is unknown, the only one there is.
    fn only_of_account(&self, nodes: impl Iterator<Item = u32>, account: Code) -> Option<u32> {
        let is_its = |node: &u32| account == NONE || self.space_of(*node, ACCOUNT) == account;
        let mut fitting = nodes.filter(is_its);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    fn by_last_part(&self, is_in: impl Fn(&u32) -> bool) -> Buckets {
        let nodes = || (0..self.keys.len() as u32).filter(&is_in);
        Buckets::new(nodes().count(), &|add| {
            for node in nodes() {
                if let Some(last) = self.last_part(node) {
                    add(hash_bytes(last.as_bytes()), node);
                }
            }
        })
    }

    fn space_of(&self, node: u32, slot: usize) -> u32 {
        self.spaces.get(self.keys[node as usize].0, slot)
    }

    fn is_crn(&self, node: u32) -> bool {
        self.space_of(node, KIND) == CRN
    }

    /// The kind of lifecycle that any event gave it. Where events disagree, its CRN's own type decides.
    fn kind(&self, node: u32) -> Kind {
        let kinds = self.kinds[node as usize];
        let lived = || {
            let is_given = |kind: &Kind| kinds & bit(*kind) != 0;
            Kind::LIVED.into_iter().filter(is_given)
        };
        let first = lived().next().unwrap_or(Kind::Other);
        if lived().nth(1).is_none() || !self.is_crn(node) {
            return first;
        }
        let text = self.known.text(self.texts[node as usize]);
        let resource_type = Crn::parse(&text).map_or("", |crn| crn.resource_type);
        lived()
            .find(|kind| kind.name() == resource_type)
            .unwrap_or(first)
    }

    fn last_part(&self, node: u32) -> Option<Cow<'a, str>> {
        let written = self.texts[node as usize];
        if written.is_name() {
            return None;
        }
        let text = self.known.text(written);
        match (self.is_crn(node), text) {
            (false, text) => Some(text),
            (true, Cow::Borrowed(text)) => Crn::parse(text)?.last().map(Cow::Borrowed),
            (true, Cow::Owned(text)) => Some(Crn::parse(&text)?.last()?.to_owned().into()),
        }
    }
}

/// A resource's id as it is printed.
pub(super) fn printed<'a>(known: Known<'a>, written: Written) -> Cow<'a, str> {
    let text = known.text(written);
    match written.is_name() {
        true => format!("name:{text}").into(),
        false => text,
    }
}

fn bit(kind: Kind) -> u8 {
    1 << (kind as u8)
}

fn hash_of((space, text): (Code, Written)) -> u64 {
    join(space.into(), text.0.into())
}
