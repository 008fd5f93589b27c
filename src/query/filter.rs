//! Which events match: one bitmap for each test of a query, joined as the query says. Tests of columns are asked of a
//! dictionary's texts, not of rows; tests that need the whole record scan the raw text, slice by slice (`scan`).
//! Agrees with the plain evaluation of `language` for every event, or is wrong.

use std::borrow::Cow;
use std::rc::Rc;

use crate::cadf::Outcome;
use crate::query::language::Compiled;
use crate::query::language::Field as Asked;
use crate::query::language::Leaf;
use crate::query::language::Node;
use crate::query::language::Source;
use crate::query::language::ValueTest;
use crate::query::language::Vocabulary;
use crate::store::Bitmap;
use crate::store::Field;
use crate::store::Group;
use crate::store::NONE;
use crate::store::Paths;
use crate::store::RawError;
use crate::store::Store;
use crate::store::groups::MARKS;
use crate::store::groups::REFERENCE;
use crate::store::ids::IdKey;
use crate::store::refresh::KINDS;
use crate::store::rows::data_event_of;
use crate::store::rows::outcome_of;

use super::recent::Recent;

/// The paths of the events held, as the language wants to hear of them.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a>(pub &'a Paths);

impl Vocabulary for Held<'_> {
    fn has_path(&self, path: &str) -> bool {
        self.0.has(path)
    }
}

/// Answers of single tests, kept while the store doesn't change; those that cost a scan are kept longer.
#[derive(Debug, Default)]
pub struct Answers {
    generation: u64,
    /// By place.
    held: Recent<Leaf, Rc<Bitmap>>,
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
    pub fn matching(&mut self, store: &Store, compiled: &Compiled) -> Result<Bitmap, Vec<Leaf>> {
        if self.generation != store.generation() {
            self.generation = store.generation();
            self.held.clear();
        }
        let mut missing = Vec::new();
        let mut bitmaps = Vec::with_capacity(compiled.leaves.len());
        for leaf in &compiled.leaves {
            match self.of_leaf(store, leaf) {
                Some(bitmap) => bitmaps.push(bitmap),
                None => missing.push(leaf.clone()),
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut matching = join(&compiled.root, &bitmaps, store.rows().len()).into_owned();
        // Rows that another row tells are no events of their own.
        matching.and(store.events());
        Ok(matching)
    }

    fn of_leaf(&mut self, store: &Store, leaf: &Leaf) -> Option<Rc<Bitmap>> {
        if let Some(held) = self.held.get(leaf) {
            return Some(held.clone());
        }
        let found = match of_columns(store, leaf) {
            Some(found) => found,
            None => {
                let scanned = self.scanned.get(leaf)?;
                by_place(store, &scanned.found)?
            }
        };
        let found = Rc::new(found);
        let most = ROOM / found.bytes().max(1);
        self.held.put(leaf.clone(), found.clone(), most.min(256));
        Some(found)
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

fn join<'a>(node: &Node, leaves: &'a [Rc<Bitmap>], n_rows: usize) -> Cow<'a, Bitmap> {
    let parts = |parts: &[Node], neutral: Bitmap, with: fn(&mut Bitmap, &Bitmap)| {
        let parts = parts.iter().map(|part| join(part, leaves, n_rows));
        let joined = parts.reduce(|mut all, part| {
            with(all.to_mut(), &part);
            all
        });
        joined.unwrap_or(Cow::Owned(neutral))
    };
    match node {
        Node::All => Cow::Owned(Bitmap::all(n_rows)),
        Node::And(nodes) => parts(nodes, Bitmap::all(n_rows), Bitmap::and),
        Node::Or(nodes) => parts(nodes, Bitmap::none(n_rows), Bitmap::or),
        Node::Not(inner) => {
            let mut rest = join(inner, leaves, n_rows);
            rest.to_mut().invert();
            rest
        }
        Node::Leaf(n) => match leaves.get(*n) {
            Some(leaf) => Cow::Borrowed(leaf),
            None => Cow::Owned(Bitmap::none(n_rows)),
        },
    }
}

/// `None`: only the record itself can tell.
fn of_columns(store: &Store, leaf: &Leaf) -> Option<Bitmap> {
    let rows = store.rows();
    let n_rows = rows.len();
    let field = match &leaf.source {
        Source::AnyText => return None,
        Source::Path(path) if !store.paths().may_have(path) => return Some(Bitmap::none(n_rows)),
        Source::Path(_) => return None,
        Source::Field(field) => *field,
    };
    if let Some(column) = column_of(field) {
        let mut accepted = accepted_texts(store, column, |text| leaf.accepts(text));
        if field == Asked::Account {
            accepted[NONE as usize] = store
                .known_account()
                .is_some_and(|account| leaf.accepts(account));
        }
        let (group, slot) = column.slot();
        return Some(places_of(store, group, slot, |code| {
            accepted[code as usize]
        }));
    }
    Some(match field {
        Asked::Id => of_id(store, leaf),
        Asked::EventTime => match &leaf.test {
            ValueTest::Present => Bitmap::of_range(n_rows, store.dated()),
            ValueTest::Times(range) => Bitmap::of_range(n_rows, store.dated_within(*range)),
            _ => Bitmap::none(n_rows),
        },
        Asked::Outcome => {
            let accepted = Outcome::ALL.map(|outcome| leaf.accepts(outcome.name()));
            places_of(store, Group::Deed, MARKS, |marks| {
                accepted[outcome_of(marks) as usize]
            })
        }
        Asked::Kind => {
            let accepted = KINDS.map(|kind| leaf.accepts(kind.name()));
            places_of(store, Group::Target, REFERENCE, |reference| {
                accepted[store.kind_named(reference) as usize]
            })
        }
        Asked::Category => {
            let catalogue = store.catalogue();
            let is_accepted = |action: &str| leaf.accepts(catalogue.category(action).name());
            let accepted = accepted_texts(store, Field::Action, is_accepted);
            let (group, slot) = Field::Action.slot();
            places_of(store, group, slot, |code| accepted[code as usize])
        }
        Asked::DataEvent => {
            let accepted = [leaf.accepts("false"), leaf.accepts("true")];
            places_of(store, Group::Deed, MARKS, |marks| {
                data_event_of(marks).is_some_and(|is| accepted[usize::from(is)])
            })
        }
        _ => return None,
    })
}

/// By code of a field; the absent value is not accepted.
fn accepted_texts(store: &Store, field: Field, accepts: impl Fn(&str) -> bool) -> Vec<bool> {
    let texts = store.rows().texts(field);
    let mut accepted = vec![false; texts.len()];
    for (code, text) in texts.iter() {
        accepted[code as usize] = accepts(text);
    }
    accepted
}

/// The places where one slot of a group holds an accepted code.
fn places_of(store: &Store, group: Group, slot: usize, accepts: impl Fn(u32) -> bool) -> Bitmap {
    let group = store.rows().group(group);
    let codes = 0..group.tuples.len() as u32;
    let accepted: Vec<bool> = codes
        .map(|code| accepts(group.tuples.get(code, slot)))
        .collect();
    group.codes.accepted(&accepted)
}

/// Ids have no dictionary: each is compared by itself, as numbers where it is one.
fn of_id(store: &Store, leaf: &Leaf) -> Bitmap {
    let ids = &store.rows().ids;
    let whole = match &leaf.test {
        ValueTest::Whole(matcher) => matcher.literal(),
        _ => None,
    };
    let wanted = whole.map(IdKey::of_text);
    let accepts = |row: usize| match (ids.key(row), wanted) {
        (IdKey::Hash(_), _) => false,
        (IdKey::Text(text), _) => leaf.accepts(text),
        (key, Some(wanted)) => key == wanted,
        (_, None) => leaf.accepts(&ids.name(row)),
    };
    let mut found = Bitmap::none(ids.len());
    for row in (0..ids.len()).filter(|&row| accepts(row)) {
        found.set(store.rows().place_of(row as u32));
    }
    found
}

/// The store's column of a field, where it has one of texts.
pub fn column_of(field: Asked) -> Option<Field> {
    Some(match field {
        Asked::Action => Field::Action,
        Asked::Severity => Field::Severity,
        Asked::ReasonCode => Field::ReasonCode,
        Asked::ReasonType => Field::ReasonType,
        Asked::ReasonForFailure => Field::ReasonForFailure,
        Asked::InitiatorId => Field::InitiatorId,
        Asked::InitiatorName => Field::InitiatorName,
        Asked::InitiatorAuthnId => Field::AuthnId,
        Asked::InitiatorAuthnName => Field::AuthnName,
        Asked::CredentialType => Field::Credential,
        Asked::InitiatorAddress => Field::Address,
        Asked::InitiatorAgent => Field::Agent,
        Asked::TargetId => Field::TargetId,
        Asked::TargetName => Field::TargetName,
        Asked::TargetTypeUri => Field::TargetType,
        Asked::CorrelationId => Field::Correlation,
        Asked::Location => Field::Location,
        Asked::Region => Field::Region,
        Asked::Account => Field::Account,
        Asked::SourceRegion => Field::SourceRegion,
        Asked::Id
        | Asked::EventTime
        | Asked::Outcome
        | Asked::Message
        | Asked::InitiatorTypeUri
        | Asked::InitiatorAddressType
        | Asked::TargetResourceGroupId
        | Asked::TargetAddress
        | Asked::ObserverName
        | Asked::DataEvent
        | Asked::LogSourceCrn
        | Asked::Kind
        | Asked::Category => return None,
    })
}
