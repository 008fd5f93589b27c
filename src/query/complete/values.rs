//! Values of a field with a column: counted by dictionary code inside the other clauses.

use crate::protocol::Completion;
use crate::protocol::FacetName;
use crate::query::facets;
use crate::query::language::Completable;
use crate::query::language::Field;
use crate::query::language::Matcher;
use crate::query::language::Pattern;
use crate::query::language::Query;
use crate::query::language::Subject;
use crate::query::language::fold;
use crate::query::values::Counts;
use crate::query::values::ValueIx;
use crate::query::values::Values;
use crate::sorting;

use super::Asker;
use super::Place;
use super::value;

/// Begins with what is typed, before what only holds it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Nearness {
    Begins,
    Holds,
}

/// Values of one field, then `who:ja*` and `-who:ja*`.
pub fn of_field<A: Asker>(
    asker: &mut A,
    at: &Place,
    subject: &Subject,
    known: &Values,
    prefix: &str,
) -> Result<Vec<Completion>, A::Wait> {
    let inside = asker.rows(&at.others.query())?;
    let counts = asker.count(known, &inside);
    let pattern = pattern_of(prefix);
    let near = near_values(asker, subject, known, prefix);

    let patterns = if prefix.is_empty() {
        Vec::new()
    } else {
        patterns(asker, at, &pattern, inside.n_matching)?
    };
    let room = at.room.saturating_sub(patterns.len()).max(1);

    let mut occurring: Vec<(Nearness, ValueIx, u64)> = near
        .iter()
        .map(|&(nearness, value)| (nearness, value, counts.n[value as usize]))
        .filter(|&(_, value, n)| n > 0 && (!prefix.is_empty() || counts.is_shown[value as usize]))
        .collect();
    sorting::sort_by(&mut occurring, |a, b| {
        a.0.cmp(&b.0)
            .then(b.2.cmp(&a.2))
            .then_with(|| known.text(a.1).cmp(&known.text(b.1)))
    });
    occurring.truncate(room);
    let mut offered: Vec<Completion> = occurring
        .into_iter()
        .map(|(_, ix, n)| {
            let note = words(asker, subject, &known.text(ix));
            let taken = at.word.take_value(at.text, &known.named(ix));
            let count = at.others.is_readable().then_some(n);
            value(known.text(ix).into_owned(), note, count, taken)
        })
        .collect();
    if !prefix.is_empty() && at.others.is_readable() {
        let room = room - offered.len();
        offered.extend(hidden(asker, at, known, &near, &counts, room)?);
    }
    offered.extend(patterns);
    Ok(offered)
}

/// Values of the fields that people ask for most, for a word without a field: `fail` offers `outcome:failure`.
pub fn of_any_field<A: Asker>(
    asker: &mut A,
    at: &Place,
    prefix: &str,
) -> Result<Vec<Completion>, A::Wait> {
    const FIELDS: [Subject; 9] = [
        Subject::Field(Field::Outcome),
        Subject::Field(Field::Action),
        Subject::Who,
        Subject::What,
        Subject::Field(Field::Kind),
        Subject::Field(Field::Category),
        Subject::Field(Field::Region),
        Subject::Field(Field::Severity),
        Subject::Field(Field::InitiatorAddress),
    ];
    const FEWEST_SIGNS: usize = 2;
    const MOST: usize = 6;
    let is_word = !prefix.contains(['"', '\\', '*', '(', ')']);
    if prefix.chars().count() < FEWEST_SIGNS || !is_word || !at.others.is_readable() {
        return Ok(Vec::new());
    }
    let inside = asker.rows(&at.others.query())?;
    let mut found: Vec<(u64, Completion)> = Vec::new();
    for subject in FIELDS {
        let Some(known) = asker.values(&subject) else {
            continue;
        };
        let near = near_values(asker, &subject, &known, prefix);
        if near.is_empty() {
            continue;
        }
        let counts = asker.count(&known, &inside);
        for (nearness, ix) in near {
            let n = counts.n[ix as usize];
            // A word inside an action's name or label is as good as its beginning; an id's middle is not.
            let is_action = subject == Subject::Field(Field::Action);
            if n == 0 || (nearness == Nearness::Holds && !is_action) {
                continue;
            }
            let note = words(asker, &subject, &known.text(ix));
            let (written, taken) = at.word.take_clause(at.text, &subject, &known.named(ix));
            found.push((n, value(written, note, Some(n), taken)));
        }
    }
    sorting::sort_by(&mut found, |a, b| {
        b.0.cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text))
    });
    found.truncate(MOST.min(at.room / 2));
    Ok(found
        .into_iter()
        .map(|(_, completion)| completion)
        .collect())
}

/// What is typed and any run after it; a star in it is one.
pub fn pattern_of(prefix: &str) -> Pattern {
    let mut pattern = Pattern::default();
    for c in prefix.chars() {
        match c {
            '*' => pattern.push_any(),
            c => pattern.push(c),
        }
    }
    pattern.push_any();
    pattern
}

/// The values, or their words, that begin with what is typed or hold it.
fn near_values<A: Asker>(
    asker: &A,
    subject: &Subject,
    known: &Values,
    prefix: &str,
) -> Vec<(Nearness, ValueIx)> {
    let begins = Matcher::new(&pattern_of(prefix));
    let typed = fold(prefix.trim_matches('*')).into_owned();
    (0..known.len() as ValueIx)
        .filter_map(|value| {
            let text = known.text(value);
            let text = fold(&text);
            let nearness = if begins.is_whole_folded(&text) {
                Nearness::Begins
            } else if text.contains(&typed)
                || fold(&words(asker, subject, &known.text(value))).contains(&typed)
            {
                Nearness::Holds
            } else {
                return None;
            };
            Some((nearness, value))
        })
        .collect()
}

/// Values that begin so and occur, but not inside the other clauses, with the clause that hides them.
fn hidden<A: Asker>(
    asker: &mut A,
    at: &Place,
    known: &Values,
    near: &[(Nearness, ValueIx)],
    counts: &Counts,
    room: usize,
) -> Result<Vec<Completion>, A::Wait> {
    let is_hidden = |&&(nearness, value): &&(Nearness, ValueIx)| {
        nearness == Nearness::Begins && counts.n[value as usize] == 0
    };
    let mut hidden: Vec<ValueIx> = near.iter().filter(is_hidden).map(|near| near.1).collect();
    if hidden.is_empty() || room == 0 {
        return Ok(Vec::new());
    }
    // A dictionary also holds what no event says any more.
    let ever = known.count_all(asker.store());
    hidden.retain(|&value| ever.n[value as usize] > 0);
    sorting::sort_by(&mut hidden, |a, b| {
        let n = |value: ValueIx| ever.n[value as usize];
        n(*b)
            .cmp(&n(*a))
            .then_with(|| known.text(*a).cmp(&known.text(*b)))
    });
    hidden.truncate(room);
    let mut hiders: Vec<(String, Counts)> = Vec::new();
    if !hidden.is_empty() {
        if asker.has_range() {
            let inside = asker.rows(&Query::all())?;
            let counts = asker.count(known, &inside);
            hiders.push(("none in this time range".into(), counts));
        }
        for (words, part) in at.others.parts() {
            let inside = asker.rows(part)?;
            let counts = asker.count(known, &inside);
            hiders.push((format!("none with {words}"), counts));
        }
    }
    Ok(hidden
        .into_iter()
        .map(|ix| {
            let by_itself = hiders.iter().find(|(_, n)| n.n[ix as usize] == 0);
            let note = by_itself.map_or("none with the other clauses", |(words, _)| words);
            let taken = at.word.take_value(at.text, &known.named(ix));
            value(known.text(ix).into_owned(), note.to_owned(), Some(0), taken)
        })
        .collect())
}

/// `who:ja*`, any that starts so, and `-who:ja*`.
fn patterns<A: Asker>(
    asker: &mut A,
    at: &Place,
    pattern: &Pattern,
    n_inside: u64,
) -> Result<Vec<Completion>, A::Wait> {
    let Some(expr) = at.word.pattern_expr(pattern) else {
        return Ok(Vec::new());
    };
    let n = asker.rows(&at.others.and(Query { expr }))?.n_matching;
    let all = at.word.take_pattern(at.text, pattern, false);
    let rest = at.word.take_pattern(at.text, pattern, true);
    let offered = [
        (all, "any that starts so", n),
        (rest, "leave them out", n_inside - n),
    ];
    let has_typed = matches!(&at.word.what, Completable::Value { prefix, .. } if !prefix.trim_matches('*').is_empty());
    Ok(offered
        .into_iter()
        .filter(|_| has_typed)
        .filter_map(|(taken, note, n)| {
            let (written, taken) = taken?;
            let count = at.others.is_readable().then_some(n);
            Some(Completion {
                is_pattern: true,
                ..value(written, note.into(), count, taken)
            })
        })
        .collect())
}

/// A value's plain words, where they say more.
fn words<A: Asker>(asker: &A, subject: &Subject, text: &str) -> String {
    let name = match subject {
        Subject::Field(Field::Action) => FacetName::Action,
        Subject::Field(Field::Kind) => FacetName::Kind,
        Subject::Field(Field::ReasonCode) => FacetName::Reason,
        _ => return String::new(),
    };
    let words = facets::label(asker.store().catalogue(), name, text);
    match words.strip_prefix(text) {
        Some(rest) => rest.trim().to_owned(),
        None => words.into_owned(),
    }
}
