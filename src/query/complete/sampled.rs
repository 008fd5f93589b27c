//! Values of a dotted path, or of a field without a column: only the records tell, so the newest few are read again.
//! Refuses to read more than a keystroke can wait for, and says how many it read.

use crate::cadf::Kind;
use crate::cadf::Location;
use crate::protocol::Completion;
use crate::query::language::EventFields;
use crate::query::language::FacetValue;
use crate::query::language::Field;
use crate::query::language::Fields;
use crate::query::language::Matcher;
use crate::query::language::Subject;
use crate::query::language::fold;
use crate::sorting;
use crate::sorting::Ordered;

use super::Asker;
use super::Place;
use super::value;
use super::values::pattern_of;

const MOST_READ: usize = 200;
/// A longer text is no value that anybody picks from a list.
const LONGEST: usize = 200;

pub fn offer<A: Asker>(
    asker: &mut A,
    at: &Place,
    subject: &Subject,
    prefix: &str,
) -> Result<Vec<Completion>, A::Wait> {
    // Each id occurs once.
    if *subject == Subject::Field(Field::Id) {
        return Ok(Vec::new());
    }
    let inside = asker.rows(&at.others.query())?;
    let rows = asker.store().rows();
    let newest = inside.newest().take(MOST_READ);
    let rows: Vec<u32> = newest.map(|place| rows.row_at(place)).collect();
    let is_all = rows.len() as u64 == inside.n_matching;
    let begins = Matcher::new(&pattern_of(prefix));
    let mut found: Ordered<String, (String, u64)> = Ordered::default();
    for row in rows {
        for text in values_of(asker, row, subject) {
            let folded = fold(&text).into_owned();
            if begins.is_whole_folded(&folded) {
                found.get_or(folded, || (text, 0)).1 += 1;
            }
        }
    }
    let found = found.into_entries().into_iter();
    let mut found: Vec<(String, u64)> = found.map(|(_, told)| told).collect();
    sorting::sort_by(&mut found, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(at.room);
    let note = match is_all {
        true => String::new(),
        false => format!("in the newest {MOST_READ} events"),
    };
    Ok(found
        .into_iter()
        .map(|(text, n)| {
            let taken = at.word.take_value(at.text, &FacetValue::Text(text.clone()));
            let count = (is_all && at.others.is_readable()).then_some(n);
            value(text, note.clone(), count, taken)
        })
        .collect())
}

/// The values of one event, each once.
fn values_of<A: Asker>(asker: &mut A, row: u32, subject: &Subject) -> Vec<String> {
    let Some(event) = asker.event(row) else {
        return Vec::new();
    };
    let location = Location::unknown();
    // Only what the record says itself is asked here.
    let fields = EventFields {
        event: &event,
        location: &location,
        kind: Kind::Other,
        category: None,
        account: None,
        source_region: None,
    };
    let mut values = Vec::new();
    let mut each = |text: &str| {
        if !text.is_empty() && text.len() <= LONGEST {
            values.push(text.to_owned());
        }
    };
    match subject {
        Subject::Path(path) => fields.path_values(path, &mut each),
        Subject::Field(field) => fields.values(*field, &mut each),
        Subject::AnyText | Subject::Who | Subject::What => {}
    }
    sorting::sort(&mut values);
    values.dedup_by(|a, b| fold(a) == fold(b));
    values
}
