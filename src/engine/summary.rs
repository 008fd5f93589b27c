//! The first part of what `inspect` prints, and what `window.lifeline.summary()` gives: counts of all events held.
//! One function for both, so that page and script can't differ.

use reading::Map;
use reading::Value;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::sorting;
use crate::store::Field;
use crate::store::Store;
use crate::time::Timestamp;

/// Keys in the order of `rules.md`; names inside a group in alphabetical order, only those that occur.
fn summary(store: &Store) -> Map {
    let counts = store.counts();
    let totals = &counts.totals;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.into(), value);
    };
    put("events", totals.events.into());
    put("copies", totals.copies.into());
    put("conflicts", totals.conflicts.into());
    put("rejected", totals.rejected.into());
    put("other_records", totals.other_records.into());
    put("undated", totals.undated.into());
    put("resources", counts.resources.into());
    put("first", time(totals.first));
    put("last", time(totals.last));
    put("action", by_text(store, Field::Action));
    let outcomes = Outcome::ALL.map(Outcome::name).into_iter();
    put("outcome", occurring(outcomes.zip(counts.outcomes)));
    put("region", by_text(store, Field::Region));
    let kinds = Kind::ALL.iter().map(|kind| kind.name());
    put("kind", occurring(kinds.zip(counts.kinds)));
    out
}

/// As text, for the crossing to the page.
pub fn summary_text(store: &Store) -> String {
    Value::Object(summary(store)).to_string()
}

/// RFC 3339 in UTC, or null.
fn time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| at.to_string().into())
}

fn by_text(store: &Store, field: Field) -> Value {
    let texts = store.rows().texts(field);
    let mut counts = vec![0u64; texts.len()];
    let (group, slot) = field.slot();
    for (code, n) in store.occurring(group, slot) {
        counts[code as usize] += n;
    }
    let mut sorted: Vec<(String, u64)> = Vec::new();
    texts.each(|code, text| sorted.push((text.to_owned(), counts[code as usize])));
    sorting::sort(&mut sorted);
    occurring(sorted.iter().map(|(text, n)| (text.as_str(), *n)))
}

fn occurring<'a>(counts: impl Iterator<Item = (&'a str, u64)>) -> Value {
    let kept = counts.filter(|(_, n)| *n > 0);
    Value::Object(
        kept.map(|(name, n)| (name.to_owned(), Value::from(n)))
            .collect(),
    )
}
