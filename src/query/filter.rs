//! Which events match: one bitmap for each test of a query, joined as the query says. Tests of columns are asked of a
//! dictionary's texts, not of rows; tests that need the whole record scan the raw text, slice by slice (`scan`).
//! Agrees with the plain evaluation of `language` for every event, or is wrong.

use std::collections::HashMap;

use crate::cadf::Outcome;
use crate::query::language::Compiled;
use crate::query::language::Field as Asked;
use crate::query::language::Leaf;
use crate::query::language::Node;
use crate::query::language::Source;
use crate::query::language::Vocabulary;
use crate::store::Bitmap;
use crate::store::Field;
use crate::store::NONE;
use crate::store::Paths;
use crate::store::RawError;
use crate::store::Store;
use crate::store::refresh::KINDS;

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
    columns: HashMap<String, Bitmap>,
    /// By test: rows that pass, of the rows scanned so far (the bitmap's length).
    scanned: HashMap<String, Bitmap>,
    /// Scans in the order of their last use, oldest first.
    recent: Vec<String>,
    /// By test: records that could not be read again, and why.
    missed: HashMap<String, (u64, RawError)>,
}

/// Bitmaps of scans kept. At a million events each takes 125 kB.
const MOST_SCANNED: usize = 64;
const MOST_COLUMNS: usize = 256;

impl Answers {
    /// The rows that match, or the tests that must be scanned for first.
    pub fn matching(&mut self, store: &Store, compiled: &Compiled) -> Result<Bitmap, Vec<Leaf>> {
        self.learn_generation(store);
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
        let mut matching = join(&compiled.root, &bitmaps, store.rows().len());
        // Rows that another row tells are no events of their own.
        if store.by_time().len() != store.rows().len() {
            matching.and(&events(store));
        }
        Ok(matching)
    }

    fn of_leaf(&mut self, store: &Store, leaf: &Leaf) -> Option<Bitmap> {
        let key = key(leaf);
        if let Some(held) = self.columns.get(&key) {
            return Some(held.clone());
        }
        if let Some(found) = of_columns(store, leaf) {
            if self.columns.len() >= MOST_COLUMNS {
                self.columns.clear();
            }
            self.columns.insert(key, found.clone());
            return Some(found);
        }
        let held = self.scanned.get(&key)?;
        if held.len() < store.rows().len() {
            return None;
        }
        self.recent.retain(|other| *other != key);
        self.recent.push(key);
        Some(held.clone())
    }

    /// Where a scan for this test begins, with what it found before.
    pub fn scanned_so_far(&self, leaf: &Leaf) -> Bitmap {
        self.scanned.get(&key(leaf)).cloned().unwrap_or_default()
    }

    /// `missed`: how many records could not be read again, and why the first could not.
    pub fn keep_scan(&mut self, leaf: &Leaf, found: Bitmap, missed: Option<(u64, RawError)>) {
        let key = key(leaf);
        if let Some((n, error)) = missed {
            let before = self.missed.get(&key).map_or(0, |(n, _)| *n);
            self.missed.insert(key.clone(), (before + n, error));
        }
        self.recent.retain(|other| *other != key);
        self.recent.push(key.clone());
        self.scanned.insert(key, found);
        if self.recent.len() > MOST_SCANNED {
            let oldest = self.recent.remove(0);
            self.scanned.remove(&oldest);
            self.missed.remove(&oldest);
        }
    }

    /// What must be said beside an answer: records that were left out because they can't be read any more.
    pub fn missed(&self, compiled: &Compiled) -> Option<String> {
        let missed = compiled
            .leaves
            .iter()
            .filter_map(|leaf| self.missed.get(&key(leaf)));
        let (n, error) = missed.max_by_key(|(n, _)| *n)?;
        let records = if *n == 1 { "record" } else { "records" };
        Some(format!(
            "{n} {records} could not be looked into and are left out: {}. {}",
            error.what(),
            error.todo()
        ))
    }

    fn learn_generation(&mut self, store: &Store) {
        if self.generation != store.generation() {
            self.generation = store.generation();
            self.columns.clear();
        }
    }
}

/// The rows that are events: all but those told by another row.
pub fn events(store: &Store) -> Bitmap {
    let mut events = Bitmap::none(store.rows().len());
    for &row in store.by_time() {
        events.set(row as usize);
    }
    events
}

/// A test's text: two tests that print alike are alike.
fn key(leaf: &Leaf) -> String {
    format!("{leaf:?}")
}

fn join(node: &Node, leaves: &[Bitmap], n_rows: usize) -> Bitmap {
    match node {
        Node::All => Bitmap::all(n_rows),
        Node::And(parts) => {
            let mut all = Bitmap::all(n_rows);
            for part in parts {
                all.and(&join(part, leaves, n_rows));
            }
            all
        }
        Node::Or(parts) => {
            let mut any = Bitmap::none(n_rows);
            for part in parts {
                any.or(&join(part, leaves, n_rows));
            }
            any
        }
        Node::Not(inner) => {
            let mut rest = join(inner, leaves, n_rows);
            rest.invert();
            rest
        }
        Node::Leaf(n) => leaves
            .get(*n)
            .cloned()
            .unwrap_or_else(|| Bitmap::none(n_rows)),
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
        let column = rows.text(column);
        let mut accepted = vec![false; column.texts.len()];
        for (code, text) in column.texts.iter() {
            accepted[code as usize] = leaf.accepts(text);
        }
        if field == Asked::Account {
            accepted[NONE as usize] = store
                .known_account()
                .is_some_and(|account| leaf.accepts(account));
        }
        let codes = column.codes.iter();
        return Some(Bitmap::from_bools(
            n_rows,
            codes.map(|code| accepted[code as usize]),
        ));
    }
    let by_row =
        |accepts: &dyn Fn(usize) -> bool| Bitmap::from_bools(n_rows, (0..n_rows).map(accepts));
    Some(match field {
        Asked::Id => by_row(&|row| rows.ids.has_id(row) && leaf.accepts(&rows.ids.name(row))),
        Asked::EventTime => {
            by_row(&|row| rows.time(row).is_some_and(|at| leaf.test.accepts_time(at)))
        }
        Asked::Outcome => {
            let accepted = Outcome::ALL.map(|outcome| leaf.accepts(outcome.name()));
            by_row(&|row| accepted[rows.outcome(row) as usize])
        }
        Asked::Kind => {
            let accepted = KINDS.map(|kind| leaf.accepts(kind.name()));
            by_row(&|row| accepted[store.kind_of(row as u32) as usize])
        }
        Asked::Category => {
            let actions = rows.text(Field::Action);
            let mut accepted = vec![false; actions.texts.len()];
            for (code, action) in actions.texts.iter() {
                accepted[code as usize] = leaf.accepts(store.catalogue().category(action).name());
            }
            by_row(&|row| accepted[actions.code(row) as usize])
        }
        Asked::DataEvent => {
            let accepted = [leaf.accepts("false"), leaf.accepts("true")];
            by_row(&|row| {
                rows.data_event(row)
                    .is_some_and(|is| accepted[usize::from(is)])
            })
        }
        _ => return None,
    })
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
