//! The values that occur, with counts: each facet is counted under the query without its own clauses, so that its
//! other values stay in sight. A value's count is exactly what its clause lets pass, "none" is a value, and what is
//! chosen or left out stays listed. Refuses to read clauses of another field as its own: `initiator.name:jane` is not
//! the facet's `who:jane`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::cadf::Kind;
use crate::catalogue::Catalogue;
use crate::catalogue::service_and_object;
use crate::lifecycle::words::http_words;
use crate::protocol::Facet;
use crate::protocol::FacetName;
use crate::protocol::FacetValue;
use crate::query::language;
use crate::query::language::Clause;
use crate::query::language::Field;
use crate::query::language::Query;
use crate::query::language::Subject;
use crate::query::language::fold;
use crate::sorting;
use crate::store::Store;

use super::values::ABSENT;
use super::values::Counts;
use super::values::ValueIx;
use super::values::Values;

/// Whose clauses a facet's values make: clicks and text are two views of these. Initiator and target are listed by
/// name, else id, and asked for by the aliases that look into both, so that a count holds whatever names the value.
pub fn field_of(name: FacetName) -> Subject {
    Subject::Field(match name {
        FacetName::Initiator => return Subject::Who,
        FacetName::Target => return Subject::What,
        FacetName::Outcome => Field::Outcome,
        FacetName::Category => Field::Category,
        FacetName::Action => Field::Action,
        FacetName::Kind => Field::Kind,
        FacetName::Region => Field::Region,
        FacetName::Account => Field::Account,
        FacetName::Address => Field::InitiatorAddress,
        FacetName::Severity => Field::Severity,
        FacetName::Reason => Field::ReasonCode,
        FacetName::Credential => Field::CredentialType,
        FacetName::Source => Field::SourceRegion,
    })
}

/// [`FacetValue::value`] as an `Edit` of the query wants it.
pub fn value_of(value: &str) -> language::FacetValue {
    match value {
        "none" => language::FacetValue::None,
        text => language::FacetValue::Text(text.to_owned()),
    }
}

/// How a facet is to be listed.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    pub name: FacetName,
    /// The whole query: says what is chosen.
    pub query: &'a Query,
    pub clauses: &'a [Clause],
    /// At most so many, the most frequent; what is chosen or left out beside them.
    pub most: u32,
    /// Narrows to values and labels that hold this, without regard to case; then ids are found too.
    pub search: &'a str,
}

/// `counts`: how often each of the `values`, which are those of [`field_of`], occurs without the facet's own clauses, see
/// [`Query::without`].
pub fn facet(store: &Store, values: &Values, counts: &Counts, listing: &Listing) -> Facet {
    let subject = field_of(listing.name);
    let search = fold(listing.search.trim()).into_owned();

    // What is searched for, and words that must be told apart, need all words.
    let is_short = search.is_empty() && listing.name != FacetName::Action;
    let is_listed = match search.is_empty() {
        true => Cow::Borrowed(&counts.is_shown),
        false => Cow::Owned(vec![true; values.len()]),
    };
    let most = if is_short {
        listing.most as usize
    } else {
        values.len()
    };
    let (mut distinct, mut occurring) = columns::most_frequent(&counts.n, &is_listed, most);
    if is_short {
        occurring = first_in_order(occurring, most, |&a, &b| {
            let n = |value: ValueIx| counts.n[value as usize];
            let words = |value| sort_words(store.catalogue(), listing.name, values, value);
            let by_words = || words(a).cmp(&words(b));
            let by_text = || values.text(a).cmp(&values.text(b));
            n(b).cmp(&n(a)).then_with(by_words).then_with(by_text)
        });
    }
    let mut listed: Vec<FacetValue> = occurring
        .into_iter()
        .map(|value| {
            let text = values.text(value).into_owned();
            let n = counts.n[value as usize];
            listed_value(store.catalogue(), listing.name, text, value == ABSENT, n)
        })
        .collect();
    for named in named_in(listing.clauses, &subject) {
        let is_it = |held: &FacetValue| value_of(&held.value).is_same(&named);
        let at = listed.iter().position(is_it).unwrap_or_else(|| {
            let held = values.find(&named);
            let n = held.map_or(0, |value| counts.n[value as usize]);
            let is_counted = |value: ValueIx| n > 0 && is_listed[value as usize];
            distinct += usize::from(!held.is_some_and(is_counted));
            let (text, is_absent) = match &named {
                language::FacetValue::None => ("none".to_owned(), true),
                language::FacetValue::Text(text) => (text.clone(), false),
            };
            let value = listed_value(store.catalogue(), listing.name, text, is_absent, n);
            listed.push(value);
            listed.len() - 1
        });
        let state = listing.query.state_of(&subject, &named);
        listed[at].is_chosen = state == Some(true);
        listed[at].is_excluded = state == Some(false);
    }
    if listing.name == FacetName::Action {
        tell_apart(&mut listed);
    }
    if !search.is_empty() {
        let holds = |text: &str| fold(text).contains(&search);
        listed.retain(|value| holds(&value.value) || holds(&value.label));
        distinct = listed.len();
    }
    sorting::sort_by(&mut listed, in_order);

    let mut place = 0;
    listed.retain(|value| {
        place += 1;
        place <= listing.most || value.is_chosen || value.is_excluded
    });
    Facet {
        name: listing.name,
        values: listed,
        distinct: distinct as u32,
    }
}

/// The plain values that clauses of this subject name, each once.
fn named_in(clauses: &[Clause], subject: &Subject) -> Vec<language::FacetValue> {
    let of_subject = clauses
        .iter()
        .filter(|clause| clause.subject.as_ref() == Some(subject));
    let mut named: Vec<language::FacetValue> = Vec::new();
    for value in of_subject.flat_map(|clause| &clause.values) {
        if let Some(value) = &value.facet
            && !named.iter().any(|held| held.is_same(value))
        {
            named.push(value.clone());
        }
    }
    named
}

/// The first `most` in an order.
fn first_in_order(
    values: Vec<ValueIx>,
    most: usize,
    order: impl Fn(&ValueIx, &ValueIx) -> Ordering,
) -> Vec<ValueIx> {
    let mut first: Vec<ValueIx> = Vec::new();
    for value in values {
        let is_in = |last| first.len() < most || order(&value, last).is_lt();
        if first.last().is_none_or(is_in) && most > 0 {
            let at = first.partition_point(|held| order(held, &value).is_lt());
            first.insert(at, value);
            first.truncate(most);
        }
    }
    first
}

/// What [`in_order`] compares of two values that occur equally often.
fn sort_words(catalogue: &Catalogue, name: FacetName, values: &Values, value: ValueIx) -> String {
    let words = match value {
        ABSENT => absent_words(name).into(),
        _ => label(catalogue, name, &values.text(value)).into_owned(),
    };
    fold(&words).into_owned()
}

fn in_order(a: &FacetValue, b: &FacetValue) -> Ordering {
    b.count
        .cmp(&a.count)
        .then_with(|| fold(&a.label).cmp(&fold(&b.label)))
        .then_with(|| a.value.cmp(&b.value))
}

fn listed_value(
    catalogue: &Catalogue,
    name: FacetName,
    value: String,
    is_absent: bool,
    count: u64,
) -> FacetValue {
    let label = match is_absent {
        true => absent_words(name).to_owned(),
        false => label(catalogue, name, &value).into_owned(),
    };
    FacetValue {
        value,
        label,
        count,
        is_chosen: false,
        is_excluded: false,
    }
}

/// Plain words for a value; the value itself where there are none.
pub fn label<'a>(catalogue: &Catalogue, name: FacetName, value: &'a str) -> Cow<'a, str> {
    Cow::Owned(match name {
        FacetName::Action => catalogue.label(value).into_owned(),
        FacetName::Kind => sentence_case(Kind::from_name(value).map_or(value, |kind| kind.words())),
        FacetName::Outcome | FacetName::Category | FacetName::Severity => sentence_case(value),
        FacetName::Reason => match value.parse().ok().and_then(http_words) {
            Some(words) => format!("{value} {words}"),
            None => return Cow::Borrowed(value),
        },
        FacetName::Initiator
        | FacetName::Target
        | FacetName::Region
        | FacetName::Account
        | FacetName::Address
        | FacetName::Credential
        | FacetName::Source => return Cow::Borrowed(value),
    })
}

fn absent_words(name: FacetName) -> &'static str {
    match name {
        FacetName::Outcome => "No outcome",
        FacetName::Category => "No category",
        FacetName::Action => "No action",
        FacetName::Initiator => "No initiator",
        FacetName::Kind => "No kind",
        FacetName::Target => "No target",
        FacetName::Region => "No region",
        FacetName::Account => "No account",
        FacetName::Address => "No address",
        FacetName::Severity => "No severity",
        FacetName::Reason => "No reason code",
        FacetName::Credential => "No credential type",
        FacetName::Source => "Region not stated",
    }
}

/// Acts on different kinds share words: `Power off` becomes `Power off (vsi)` where another `Power off` is listed.
fn tell_apart(listed: &mut [FacetValue]) {
    let mut n_same: HashMap<String, u32> = HashMap::new();
    for value in listed.iter() {
        *n_same.entry(value.label.clone()).or_default() += 1;
    }
    for value in listed {
        if n_same.get(&value.label).is_none_or(|n| *n < 2) {
            continue;
        }
        let (service, object) = service_and_object(&value.value);
        let which = if object.is_empty() { service } else { object };
        if !which.is_empty() {
            value.label = format!("{} ({which})", value.label);
        }
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => String::from(first.to_ascii_uppercase()) + letters.as_str(),
        None => String::new(),
    }
}
