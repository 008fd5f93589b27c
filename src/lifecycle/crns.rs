//! Which CRNs are one: all parts but the location agree.

use std::hash::BuildHasher;

use columns::CodeTable;
use reading::hash::BuildMix;

use super::known::Known;
use super::known::Written;
use crate::cadf::Crn;

/// A CRN's text around its location: two CRNs are one resource if these agree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct CrnParts<'a> {
    head: &'a str,
    tail: &'a str,
}

impl<'a> CrnParts<'a> {
    pub fn of(crn: &Crn<'a>) -> Self {
        let parts = [crn.version, crn.cname, crn.ctype, crn.service];
        let before = parts
            .iter()
            .fold("crn".len(), |at, part| at + 1 + part.len());
        let after = before + 1 + crn.location.len();
        let (before, after) = (before.min(crn.text.len()), after.min(crn.text.len()));
        // A part that is left out is an empty part.
        CrnParts {
            head: crn.text[..before].trim_end_matches(':'),
            tail: crn.text[after..].trim_end_matches(':'),
        }
    }

    pub fn hash(&self) -> u64 {
        BuildMix.hash_one(self)
    }
}

/// Of CRNs that differ in location alone, the one met first stands for all.
#[derive(Default)]
pub(super) struct Crns(CodeTable);

impl Crns {
    pub fn first(&mut self, known: Known, written: Written, crn: &Crn) -> Written {
        let parts = CrnParts::of(crn);
        let hash = parts.hash();
        let is_it = |held| {
            held == written.0
                || of_text(&known.text(Written(held)), |held| held == parts).unwrap_or(false)
        };
        if let Some(first) = self.0.find(hash, is_it) {
            return Written(first);
        }
        self.0.insert(hash, written.0, |held| {
            of_text(&known.text(Written(held)), |held| held.hash()).unwrap_or(0)
        });
        written
    }
}

fn of_text<T>(text: &str, say: impl FnOnce(CrnParts) -> T) -> Option<T> {
    Some(say(CrnParts::of(&Crn::parse(text)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_crn_is_cut_around_its_fifth_part(parts in proptest::collection::vec("[aé]{0,2}", 0..12)) {
            let text = format!("crn:{}", parts.join(":"));
            let crn = Crn::parse(&text).expect("a CRN");
            let all: Vec<&str> = text.split(':').collect();
            let (head, tail) = all.split_at(all.len().min(5));
            let after_location = tail.get(1..).unwrap_or_default();
            let tail: String = after_location.iter().map(|part| format!(":{part}")).collect();
            let head = head.join(":");
            let cut = CrnParts::of(&crn);
            prop_assert_eq!(cut.head, head.trim_end_matches(':'));
            prop_assert_eq!(cut.tail, tail.trim_end_matches(':'));
        }
    }
}
