//! The one sort, as `reading` has it, and a map for few entries or such as come in order. Refuses to be quick for many
//! that come in any order: an entry moves up all that stand after it.

use std::borrow::Borrow;

pub use reading::sorting::*;

/// Entries in the order of their keys, each key once. The standard library's ordered map is several times as large, and
/// made anew for each type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ordered<K, V>(Vec<(K, V)>);

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Ordered(Vec::new())
    }
}

impl<K: Ord, V> Ordered<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(held, _)| held.borrow().cmp(key))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        Some(&self.0[self.place(key).ok()?].1)
    }

    /// The key's value, which is made where there is none.
    pub fn get_or(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = match self.place(&key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (key, make()));
                at
            }
        };
        &mut self.0[at].1
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    pub fn into_entries(self) -> Vec<(K, V)> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_listing_holds_what_the_standard_ordered_map_holds(entries: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (Ordered::default(), BTreeMap::new());
            for (key, value) in entries {
                *ours.get_or(key, || 0u16) ^= value;
                *theirs.entry(key).or_insert(0u16) ^= value;
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
            }
            prop_assert_eq!(ours.len(), theirs.len());
            prop_assert_eq!(ours.into_entries(), Vec::from_iter(theirs));
        }
    }
}
