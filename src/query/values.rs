//! The values of one subject of a query, and how often each occurs among given rows. A value is what a clause can tell
//! from others: spellings that differ in case are one, of two addresses with a comma each is one, an absent field is
//! `none`. So what is counted for a value is exactly what its clause lets pass. Reads columns alone: refuses subjects
//! that only the record itself tells of.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use reading::hash::BuildMix;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::lifecycle::names_something;
use crate::query::language;
use crate::query::language::Field as Asked;
use crate::query::language::FieldKind;
use crate::query::language::Subject;
use crate::query::language::fold;
use crate::sorting;
use crate::store::Dictionary;
use crate::store::Field;
use crate::store::Group;
use crate::store::NONE;
use crate::store::Store;
use crate::store::groups::MARKS;
use crate::store::groups::REFERENCE;
use crate::store::rows::data_event_of;
use crate::store::rows::outcome_of;

use super::accepting::column_of;
use super::selection::Selection;
use super::tallies::Tallies;

/// A value's number in [`Values`].
pub type ValueIx = u32;

/// The value `none`: the field is absent, or says so itself.
pub const ABSENT: ValueIx = NONE;
const NONE_WORD: &str = "none";

/// Every value of a subject that the store holds, whether or not an event still has it.
#[derive(Debug)]
pub struct Values {
    /// Folded, by number.
    folded: Dictionary,
    /// As written, where that is another text; of several spellings one, always the same.
    written: HashMap<ValueIx, String, BuildMix>,
    /// The column that tells; what follows goes by its combinations.
    group: Group,
    /// Where each combination's values start in `values`, and one beyond the last.
    starts: Vec<u32>,
    /// Each value of a combination once.
    values: Vec<ValueIx>,
    /// Only the first of a combination's values is what a row is called on screen: an initiator's name, not also its id.
    is_first_shown: bool,
}

/// How often each value occurs, by [`ValueIx`].
#[derive(Clone, Debug)]
pub struct Counts {
    pub n: Vec<u64>,
    /// It is what a row is called on screen.
    pub is_shown: Vec<bool>,
}

/// The codes of one slot as values.
struct Coded<'a> {
    slot: usize,
    /// From what stands in the slot.
    code: Box<dyn Fn(u32) -> u32 + 'a>,
    /// By code.
    values: Vec<ValueIx>,
    /// Further values of a code: the second of two addresses.
    more: HashMap<u32, Vec<ValueIx>, BuildMix>,
    /// By code: whether the text names something.
    names: Vec<bool>,
}

impl Values {
    /// `None` where columns don't tell.
    pub fn of(store: &Store, subject: &Subject) -> Option<Values> {
        let mut values = Values {
            folded: Dictionary::default(),
            written: HashMap::default(),
            group: Group::Deed,
            starts: vec![0],
            values: Vec::new(),
            is_first_shown: false,
        };
        let columns = match subject {
            Subject::Who => {
                values.group = Group::Initiator;
                [
                    Field::InitiatorName,
                    Field::InitiatorId,
                    Field::AuthnName,
                    Field::AuthnId,
                ]
                .map(|field| values.of_texts(store, field, false))
                .into()
            }
            Subject::What => {
                values.group = Group::Target;
                [Field::TargetName, Field::TargetId]
                    .map(|field| {
                        let mut coded = values.of_texts(store, field, false);
                        let names = &mut coded.names;
                        let see = |code, text: &str| names[code as usize] = names_something(text);
                        store.rows().texts(field).each(see);
                        coded
                    })
                    .into()
            }
            Subject::Field(Asked::Outcome) => {
                let code = |marks| outcome_of(marks) as u32;
                vec![values.of_names(MARKS, code, &Outcome::ALL.map(Outcome::name))]
            }
            Subject::Field(Asked::DataEvent) => {
                let code = |marks| data_event_of(marks).map_or(0, |is| 1 + u32::from(is));
                vec![values.of_names(MARKS, code, &["none", "false", "true"])]
            }
            Subject::Field(Asked::Kind) => {
                values.group = Group::Target;
                let code = |reference| store.kind_named(reference) as u32;
                vec![values.of_names(REFERENCE, code, &Kind::ALL.map(Kind::name))]
            }
            Subject::Field(Asked::Category) => vec![values.of_categories(store)],
            Subject::Field(field) => {
                let column = column_of(*field)?;
                values.group = column.slot().0;
                let may_be_two = field.kind() == FieldKind::Address;
                let mut coded = values.of_texts(store, column, may_be_two);
                if *field == Asked::Account
                    && let Some(known) = store.known_account()
                {
                    coded.values[NONE as usize] = values.value(&known);
                }
                vec![coded]
            }
            Subject::AnyText | Subject::Path(_) => return None,
        };
        values.combine(store, &columns);
        Some(values)
    }

    /// The values of each combination of the column.
    fn combine(&mut self, store: &Store, columns: &[Coded]) {
        let tuples = &store.rows().group(self.group).tuples;
        self.is_first_shown = columns.len() > 1;
        let mut own: Vec<ValueIx> = Vec::new();
        for combination in 0..tuples.len() as u32 {
            own.clear();
            let mut shown = None;
            for column in columns {
                let code = (column.code)(tuples.get(combination, column.slot));
                if self.is_first_shown && code == NONE {
                    continue;
                }
                let value = column.values[code as usize];
                if column.names[code as usize] {
                    shown.get_or_insert(value);
                }
                let more = column.more.get(&code).into_iter().flatten();
                for value in std::iter::once(value).chain(more.copied()) {
                    if !own.contains(&value) {
                        own.push(value);
                    }
                }
            }
            if own.is_empty() {
                own.push(ABSENT);
            }
            let first = own.iter().position(|value| Some(*value) == shown);
            own.swap(0, first.unwrap_or(0));
            self.values.extend_from_slice(&own);
            self.starts.push(self.values.len() as u32);
        }
    }

    /// With [`ABSENT`].
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    pub fn is_empty(&self) -> bool {
        false
    }

    pub fn text(&self, value: ValueIx) -> Cow<'_, str> {
        match self.written.get(&value) {
            _ if value == ABSENT => NONE_WORD.into(),
            Some(written) => written.into(),
            None => self.folded.text(value),
        }
    }

    /// As a clause names it.
    pub fn named(&self, value: ValueIx) -> language::FacetValue {
        match value {
            ABSENT => language::FacetValue::None,
            _ => language::FacetValue::Text(self.text(value).into_owned()),
        }
    }

    /// The number of a value that is held.
    pub fn find(&self, value: &language::FacetValue) -> Option<ValueIx> {
        match value {
            language::FacetValue::None => Some(ABSENT),
            language::FacetValue::Text(text) => {
                let folded = fold(text);
                match &*folded {
                    NONE_WORD => Some(ABSENT),
                    folded => self.folded.find(folded),
                }
            }
        }
    }

    /// How often each value occurs in a selection. An event with several values counts for each.
    pub fn count(&self, store: &Store, tallies: &mut Tallies, rows: &Selection) -> Counts {
        self.counts(&tallies.of(store, self.group, rows))
    }

    /// How often each value occurs in all events.
    pub fn count_all(&self, store: &Store) -> Counts {
        let column = store.rows().group(self.group);
        let all = 0..store.events().len();
        self.counts(&column.codes.count(store.events(), all, column.tuples.len()))
    }

    fn counts(&self, combinations: &[u32]) -> Counts {
        let (n, is_first) = columns::spread(&self.starts, &self.values, combinations, self.len());
        let is_shown = match self.is_first_shown {
            true => is_first,
            false => vec![true; n.len()],
        };
        Counts { n, is_shown }
    }

    fn of_names<'a>(
        &mut self,
        slot: usize,
        code: impl Fn(u32) -> u32 + 'a,
        names: &[&str],
    ) -> Coded<'a> {
        let values = names.iter().map(|name| self.value(name)).collect();
        Coded::new(slot, code, values)
    }

    fn of_categories(&mut self, store: &Store) -> Coded<'static> {
        let actions = store.rows().texts(Field::Action);
        let mut values = vec![ABSENT; actions.len()];
        actions.each(|code, action| {
            values[code as usize] = self.value(store.catalogue().category(action).name());
        });
        Coded::new(Field::Action.slot().1, |code| code, values)
    }

    fn of_texts(&mut self, store: &Store, field: Field, may_be_two: bool) -> Coded<'static> {
        let texts = store.rows().texts(field);
        let mut values = vec![ABSENT; texts.len()];
        let mut more: HashMap<u32, Vec<ValueIx>, BuildMix> = HashMap::default();
        texts.each(|code, text| {
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
        });
        let mut coded = Coded::new(field.slot().1, |code| code, values);
        coded.more = more;
        coded
    }

    /// Its number, new or old. Of several spellings the last in order stays, so that arrival doesn't matter.
    fn value(&mut self, text: &str) -> ValueIx {
        let folded = fold(text);
        if text.is_empty() || &*folded == NONE_WORD {
            return ABSENT;
        }
        let n_before = self.len();
        let value = self.folded.code(Some(&folded));
        let is_new = self.len() > n_before;
        if is_new && text != folded || !is_new && text > &*self.text(value) {
            self.written.insert(value, text.to_owned());
        }
        value
    }
}

impl<'a> Coded<'a> {
    fn new(slot: usize, code: impl Fn(u32) -> u32 + 'a, values: Vec<ValueIx>) -> Coded<'a> {
        Coded {
            slot,
            code: Box::new(code),
            names: vec![true; values.len()],
            values,
            more: HashMap::default(),
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
