//! The values of one subject of a query, and how often each occurs among given rows. A value is what a clause can tell
//! from others: spellings that differ in case are one, of two addresses with a comma each is one, an absent field is
//! `none`. So what is counted for a value is exactly what its clause lets pass. Reads columns alone: refuses subjects
//! that only the record itself tells of.

use std::collections::HashMap;
use std::rc::Rc;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::lifecycle::names_something;
use crate::query::language;
use crate::query::language::Field as Asked;
use crate::query::language::FieldKind;
use crate::query::language::Subject;
use crate::query::language::fold;
use crate::sorting;
use crate::store::Bitmap;
use crate::store::BuildMix;
use crate::store::Field;
use crate::store::NONE;
use crate::store::Store;
use crate::store::refresh::KINDS;

use super::filter::column_of;

/// A value's number in [`Values`].
pub type ValueIx = u32;

/// The value `none`: the field is absent, or says so itself.
pub const ABSENT: ValueIx = 0;

/// Every value of a subject that the store holds, whether or not an event still has it.
#[derive(Debug)]
pub struct Values {
    /// As written; of several spellings one, always the same.
    texts: Vec<String>,
    by_folded: HashMap<String, ValueIx, BuildMix>,
    /// The first that has a value names the row.
    columns: Vec<Coded>,
}

/// One column's codes as values.
#[derive(Debug)]
struct Coded {
    of: Of,
    /// By code.
    values: Vec<ValueIx>,
    /// Further values of a code: the second of two addresses.
    more: HashMap<u32, Vec<ValueIx>, BuildMix>,
    /// By code: whether the text names something.
    names: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
enum Of {
    Text(Field),
    Outcome,
    Kind,
    DataEvent,
}

/// How often each value occurs, by [`ValueIx`].
#[derive(Clone, Debug)]
pub struct Counts {
    pub n: Vec<u64>,
    /// It is what a row is called on screen: an initiator's name, not also its id.
    pub is_shown: Vec<bool>,
}

impl Values {
    /// `None` where columns don't tell.
    pub fn of(store: &Store, subject: &Subject) -> Option<Values> {
        let mut values = Values {
            texts: vec!["none".into()],
            by_folded: HashMap::default(),
            columns: Vec::new(),
        };
        values.by_folded.insert("none".into(), ABSENT);
        let fields: &[Field] = match subject {
            Subject::Who => &[
                Field::InitiatorName,
                Field::InitiatorId,
                Field::AuthnName,
                Field::AuthnId,
            ],
            Subject::What => &[Field::TargetName, Field::TargetId],
            Subject::Field(Asked::Outcome) => {
                values.name_codes(Of::Outcome, &Outcome::ALL.map(Outcome::name));
                return Some(values);
            }
            Subject::Field(Asked::Kind) => {
                values.name_codes(Of::Kind, &KINDS.map(Kind::name));
                return Some(values);
            }
            Subject::Field(Asked::DataEvent) => {
                values.name_codes(Of::DataEvent, &["none", "false", "true"]);
                return Some(values);
            }
            Subject::Field(Asked::Category) => {
                values.read_categories(store);
                return Some(values);
            }
            Subject::Field(field) => {
                let column = column_of(*field)?;
                values.read_texts(store, column, field.kind() == FieldKind::Address);
                if *field == Asked::Account
                    && let Some(known) = store.known_account()
                {
                    values.columns[0].values[NONE as usize] = values.value(known);
                }
                return Some(values);
            }
            Subject::AnyText | Subject::Path(_) => return None,
        };
        for field in fields {
            values.read_texts(store, *field, false);
        }
        if *subject == Subject::What {
            for (coded, field) in values.columns.iter_mut().zip(fields) {
                for (code, text) in store.rows().text(*field).texts.iter() {
                    coded.names[code as usize] = names_something(text);
                }
            }
        }
        Some(values)
    }

    /// With [`ABSENT`].
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        false
    }

    pub fn text(&self, value: ValueIx) -> &str {
        &self.texts[value as usize]
    }

    /// As a clause names it.
    pub fn named(&self, value: ValueIx) -> language::FacetValue {
        match value {
            ABSENT => language::FacetValue::None,
            _ => language::FacetValue::Text(self.text(value).to_owned()),
        }
    }

    /// The number of a value that is held.
    pub fn find(&self, value: &language::FacetValue) -> Option<ValueIx> {
        match value {
            language::FacetValue::None => Some(ABSENT),
            language::FacetValue::Text(text) => self.by_folded.get(&*fold(text)).copied(),
        }
    }

    /// How often each value occurs in the rows. A row with several values counts for each.
    pub fn count(&self, store: &Store, rows: &Bitmap) -> Counts {
        let mut counts = Counts {
            n: vec![0; self.len()],
            is_shown: vec![self.columns.len() == 1; self.len()],
        };
        match self.columns.as_slice() {
            [only] => {
                let mut by_code = vec![0u64; only.values.len()];
                for row in rows.ones() {
                    by_code[only.of.code(store, row)] += 1;
                }
                for (code, n) in by_code.into_iter().enumerate() {
                    for value in only.values(code as u32) {
                        counts.n[value as usize] += n;
                    }
                }
            }
            columns => {
                for row in rows.ones() {
                    count_row(columns, store, row, &mut counts);
                }
            }
        }
        counts
    }

    fn name_codes(&mut self, of: Of, names: &[&str]) {
        let values = names.iter().map(|name| self.value(name)).collect();
        self.columns.push(Coded::new(of, values));
    }

    fn read_categories(&mut self, store: &Store) {
        let catalogue = store.catalogue();
        let actions = &store.rows().text(Field::Action).texts;
        let mut values = vec![ABSENT; actions.len()];
        for (code, action) in actions.iter() {
            values[code as usize] = self.value(catalogue.category(action).name());
        }
        self.columns
            .push(Coded::new(Of::Text(Field::Action), values));
    }

    fn read_texts(&mut self, store: &Store, field: Field, may_be_two: bool) {
        let texts = &store.rows().text(field).texts;
        let mut values = vec![ABSENT; texts.len()];
        let mut more: HashMap<u32, Vec<ValueIx>, BuildMix> = HashMap::default();
        for (code, text) in texts.iter() {
            let mut own = Vec::new();
            if may_be_two && text.contains(',') {
                let parts = text.split(',').map(str::trim);
                own.extend(parts.filter(|p| !p.is_empty()).map(|p| self.value(p)));
                sorting::sort(&mut own);
                own.dedup();
            }
            if own.is_empty() {
                own.push(self.value(text));
            }
            values[code as usize] = own.remove(0);
            if !own.is_empty() {
                more.insert(code, own);
            }
        }
        let mut coded = Coded::new(Of::Text(field), values);
        coded.more = more;
        self.columns.push(coded);
    }

    /// Its number, new or old. Of several spellings the last in order stays, so that arrival doesn't matter.
    fn value(&mut self, text: &str) -> ValueIx {
        if text.is_empty() {
            return ABSENT;
        }
        let folded = fold(text);
        if let Some(&value) = self.by_folded.get(&*folded) {
            let held = &mut self.texts[value as usize];
            if value != ABSENT && text > held.as_str() {
                text.clone_into(held);
            }
            return value;
        }
        let value = self.texts.len() as ValueIx;
        self.by_folded.insert(folded.into_owned(), value);
        self.texts.push(text.to_owned());
        value
    }
}

fn count_row(columns: &[Coded], store: &Store, row: usize, counts: &mut Counts) {
    let mut seen = [ABSENT; 4];
    let mut n_seen = 0;
    let mut shown: Option<ValueIx> = None;
    let mut first: Option<ValueIx> = None;
    for column in columns {
        let code = column.of.code(store, row);
        if code == NONE as usize {
            continue;
        }
        let value = column.values[code];
        first.get_or_insert(value);
        if column.names[code] {
            shown.get_or_insert(value);
        }
        if !seen[..n_seen].contains(&value) && n_seen < seen.len() {
            seen[n_seen] = value;
            n_seen += 1;
            counts.n[value as usize] += 1;
        }
    }
    let shown = shown.or(first).unwrap_or(ABSENT);
    counts.is_shown[shown as usize] = true;
    if n_seen == 0 {
        counts.n[ABSENT as usize] += 1;
    }
}

impl Coded {
    fn new(of: Of, values: Vec<ValueIx>) -> Coded {
        Coded {
            of,
            names: vec![true; values.len()],
            values,
            more: HashMap::default(),
        }
    }

    fn values(&self, code: u32) -> impl Iterator<Item = ValueIx> + '_ {
        let first = self.values[code as usize];
        std::iter::once(first).chain(self.more.get(&code).into_iter().flatten().copied())
    }
}

impl Of {
    fn code(self, store: &Store, row: usize) -> usize {
        match self {
            Of::Text(field) => store.rows().text(field).code(row) as usize,
            Of::Outcome => store.rows().outcome(row) as usize,
            Of::Kind => store.kind_of(row as u32) as usize,
            Of::DataEvent => match store.rows().data_event(row) {
                None => 0,
                Some(false) => 1,
                Some(true) => 2,
            },
        }
    }
}

/// The values of the subjects asked for, kept while the store doesn't change.
#[derive(Debug, Default)]
pub struct HeldValues {
    generation: u64,
    held: Vec<(Subject, Rc<Values>)>,
}

impl HeldValues {
    pub fn of(&mut self, store: &Store, subject: &Subject) -> Option<Rc<Values>> {
        if self.generation != store.generation() {
            self.generation = store.generation();
            self.held.clear();
        }
        if let Some((_, values)) = self.held.iter().find(|held| held.0 == *subject) {
            return Some(values.clone());
        }
        let values = Rc::new(Values::of(store, subject)?);
        self.held.push((subject.clone(), values.clone()));
        Some(values)
    }
}
