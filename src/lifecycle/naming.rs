//! Which name an event gives its resource (`rules.md`, Name). A rename sets it, any other event only shows it.

use super::history::Fact;
use super::track::Basis;
use super::track::Value;

/// The name that `facts[at]` gives, where `known` is the name before; `None` where it says nothing.
/// `facts` is in canonical order.
///
/// Readings: "a known earlier one" is the name known just before the rename. "The next different name seen" differs
/// from it, or, where none was known, from the rename's own target's name. The "end" is a reclaim or delete, whose
/// own target still shows the name.
pub fn name_given(facts: &[&Fact], at: usize, known: &Value) -> Option<(Value, Basis)> {
    let fact = facts[at];
    let own = fact.name();
    // The name known before is shared, not written again with each event that shows it.
    let text = |name: &str| match known {
        Value::Text(held) if **held == *name => known.clone(),
        _ => Value::Text(name.into()),
    };
    if !fact.effect().name {
        return own.map(|name| (text(name), Basis::Seen));
    }
    let basis = fact.basis()?;
    let before = known.is_known().then(|| known.as_str());
    if let (Some(own), Some(before)) = (own, before)
        && own != before
    {
        return Some((text(own), basis));
    }
    if let Some(name) = &fact.detail.new_name {
        return Some((text(name), basis));
    }
    Some(match next_different(&facts[at + 1..], before.or(own)) {
        Some(name) => (text(name), Basis::Implied),
        None => (Value::Unknown, basis),
    })
}

fn next_different<'a>(later: &[&Fact<'a>], old: Option<&str>) -> Option<&'a str> {
    for fact in later {
        let happened = fact.basis().is_some();
        if fact.effect().name {
            if happened {
                return None;
            }
            continue;
        }
        if let Some(name) = fact.name().filter(|name| Some(*name) != old) {
            return Some(name);
        }
        if happened && fact.effect().ends_life() {
            return None;
        }
    }
    None
}
