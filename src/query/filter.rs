//! Which events match. Tests of one column are joined before they are asked of rows: once for each combination that the
//! column holds, and then each row's code is looked up once. What several columns tell is joined as bitmaps; what only the
//! whole record tells is scanned for in the raw text, slice by slice (`scan`). Agrees with the plain evaluation of
//! `language` for every event, or is wrong.

use std::rc::Rc;

use crate::query::language::Compiled;
use crate::query::language::Field as Asked;
use crate::query::language::Leaf;
use crate::query::language::Node;
use crate::query::language::Source;
use crate::query::language::ValueTest;
use crate::query::language::Vocabulary;
use crate::store::Bitmap;
use crate::store::Paths;
use crate::store::RawError;
use crate::store::Store;

use super::accepting;
use super::recent::Recent;

/// The paths of the events held, as the language wants to hear of them.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a>(pub &'a Paths);

impl Vocabulary for Held<'_> {
    fn has_path(&self, path: &str) -> bool {
        self.0.has(path)
    }
}

/// Answers of parts of queries, kept while the store doesn't change; those that cost a scan are kept longer.
#[derive(Debug, Default)]
pub struct Answers {
    generation: u64,
    /// By place.
    held: Recent<Compiled, Rc<Bitmap>>,
    scanned: Recent<Leaf, Scanned>,
}

/// What a scan found.
#[derive(Clone, Debug, Default)]
pub struct Scanned {
    /// By row: those that pass, of the rows scanned so far (the bitmap's length).
    pub found: Bitmap,
    /// How many records could not be read again, and why the first could not.
    pub missed: Option<(u64, RawError)>,
}

/// Scans kept. At a million events each takes 125 kB.
const MOST_SCANNED: usize = 64;
/// Bytes of other answers kept.
const ROOM: usize = 32 << 20;

impl Answers {
    /// The places that match, or the tests that must be scanned for first.
    pub fn matching(
        &mut self,
        store: &Store,
        compiled: &Compiled,
    ) -> Result<Rc<Bitmap>, Vec<Leaf>> {
        if self.generation != store.generation() {
            self.generation = store.generation();
            self.held.clear();
        }
        let mut missing = Vec::new();
        let mut matching = self.join(store, &compiled.root, &compiled.leaves, &mut missing);
        if !missing.is_empty() {
            return Err(missing);
        }
        // Rows that another row tells are no events of their own.
        if store.counts().totals.events < store.rows().len() as u64 {
            Rc::make_mut(&mut matching).and(store.events());
        }
        Ok(matching)
    }

    fn join(
        &mut self,
        store: &Store,
        node: &Node,
        leaves: &[Leaf],
        missing: &mut Vec<Leaf>,
    ) -> Rc<Bitmap> {
        if let Some(group) = accepting::group_of(node, leaves) {
            let part = part_of(node, leaves);
            return self.held_or(part, |part| {
                let column = store.rows().group(group);
                column
                    .codes
                    .accepted(&accepting::accepted(store, group, part))
            });
        }
        let n_rows = store.rows().len();
        let (nodes, with): (_, fn(&mut Bitmap, &Bitmap)) = match node {
            Node::All => return Rc::new(Bitmap::all(n_rows)),
            Node::Leaf(n) => return self.of_leaf(store, &leaves[*n], missing),
            Node::Not(inner) => {
                let mut rest = self.join(store, inner, leaves, missing);
                Rc::make_mut(&mut rest).invert();
                return rest;
            }
            Node::And(nodes) => (nodes, Bitmap::and),
            Node::Or(nodes) => (nodes, Bitmap::or),
        };
        let mut joined: Option<Rc<Bitmap>> = None;
        for node in nodes {
            let part = self.join(store, node, leaves, missing);
            match &mut joined {
                None => joined = Some(part),
                Some(joined) => with(Rc::make_mut(joined), &part),
            }
        }
        joined.unwrap_or_else(|| match node {
            Node::Or(_) => Rc::new(Bitmap::none(n_rows)),
            _ => Rc::new(Bitmap::all(n_rows)),
        })
    }

    /// A test that no column of combinations tells.
    fn of_leaf(&mut self, store: &Store, leaf: &Leaf, missing: &mut Vec<Leaf>) -> Rc<Bitmap> {
        let n_rows = store.rows().len();
        let scanned = self.scanned.get(leaf);
        let found = match (&leaf.source, &leaf.test) {
            (Source::Field(Asked::Id), _) => Some(of_id(store, leaf)),
            (Source::Field(Asked::EventTime), ValueTest::Present) => {
                Some(Bitmap::of_range(n_rows, store.dated()))
            }
            (Source::Field(Asked::EventTime), ValueTest::Times(range)) => {
                Some(Bitmap::of_range(n_rows, store.dated_within(*range)))
            }
            (Source::Field(Asked::EventTime), _) => Some(Bitmap::none(n_rows)),
            (Source::Path(path), _) if !store.paths().may_have(path) => Some(Bitmap::none(n_rows)),
            _ => scanned.and_then(|scanned| by_place(store, &scanned.found)),
        };
        Rc::new(found.unwrap_or_else(|| {
            missing.push(leaf.clone());
            Bitmap::none(n_rows)
        }))
    }

    fn held_or(&mut self, part: Compiled, new: impl FnOnce(&Compiled) -> Bitmap) -> Rc<Bitmap> {
        if let Some(held) = self.held.get(&part) {
            return held.clone();
        }
        let found = Rc::new(new(&part));
        let most = ROOM / found.bytes().max(1);
        self.held.put(part, found.clone(), most.min(256));
        found
    }

    /// Where a scan for this test begins, with what it found before.
    pub fn scanned_so_far(&self, leaf: &Leaf) -> Scanned {
        self.scanned.peek(leaf).cloned().unwrap_or_default()
    }

    pub fn keep_scan(&mut self, leaf: Leaf, scanned: Scanned) {
        self.scanned.put(leaf, scanned, MOST_SCANNED);
    }

    /// What must be said beside an answer: records that were left out because they can't be read any more.
    pub fn missed(&self, compiled: &Compiled) -> Option<String> {
        let scanned = compiled.leaves.iter();
        let scanned = scanned.filter_map(|leaf| self.scanned.peek(leaf)?.missed.as_ref());
        let (n, error) = scanned.max_by_key(|(n, _)| *n)?;
        let records = if *n == 1 { "record" } else { "records" };
        Some(format!(
            "{n} {records} could not be looked into and are left out: {}. {}",
            error.what(),
            error.todo()
        ))
    }
}

/// What was found by row, by place; `None` where rows came since.
fn by_place(store: &Store, found: &Bitmap) -> Option<Bitmap> {
    if found.len() < store.rows().len() {
        return None;
    }
    let mut placed = Bitmap::none(found.len());
    for row in found.ones() {
        placed.set(store.rows().place_of(row as u32));
    }
    Some(placed)
}

/// A part of a query by itself.
fn part_of(node: &Node, leaves: &[Leaf]) -> Compiled {
    fn copy(node: &Node, leaves: &[Leaf], own: &mut Vec<Leaf>) -> Node {
        let mut all = |nodes: &[Node]| nodes.iter().map(|node| copy(node, leaves, own)).collect();
        match node {
            Node::All => Node::All,
            Node::And(nodes) => Node::And(all(nodes)),
            Node::Or(nodes) => Node::Or(all(nodes)),
            Node::Not(inner) => Node::Not(Box::new(copy(inner, leaves, own))),
            Node::Leaf(n) => {
                own.push(leaves[*n].clone());
                Node::Leaf(own.len() - 1)
            }
        }
    }
    let mut own = Vec::new();
    let root = copy(node, leaves, &mut own);
    Compiled { root, leaves: own }
}

/// Ids have no dictionary: each is compared by itself.
fn of_id(store: &Store, leaf: &Leaf) -> Bitmap {
    let ids = &store.rows().ids;
    let mut found = Bitmap::none(ids.len());
    ids.each(|row, name| {
        if leaf.accepts(name) && ids.has_id(row) {
            found.set(store.rows().place_of(row as u32));
        }
    });
    found
}
