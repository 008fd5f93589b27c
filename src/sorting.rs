//! The one sort, as `reading` has it, and a map for few entries or such as come in order. Refuses to be quick for many
//! that come in any order: an entry moves up all that stand after it.

use std::borrow::Borrow;
use std::borrow::Cow;
use std::cmp::Ordering;

pub use reading::sorting::*;

/// As few texts are compared with each other.
const FEW: usize = 16;

/// Sorts numbers by texts that are not at hand: each is fetched a few times, however many there are, where comparing
/// them two by two would fetch each some twenty times and wait for memory each time. `ties` decides between equal texts.
pub fn sort_by_texts<'a>(
    rows: &mut [u32],
    text: &dyn Fn(u32) -> Cow<'a, str>,
    ties: &mut dyn FnMut(u32, u32) -> Ordering,
) {
    sort_beyond(rows, 0, text, ties);
}

/// All texts are the same up to a byte. What they have in common beyond it is skipped, the eight bytes after that part
/// them.
fn sort_beyond<'a>(
    rows: &mut [u32],
    from: usize,
    text: &dyn Fn(u32) -> Cow<'a, str>,
    ties: &mut dyn FnMut(u32, u32) -> Ordering,
) {
    if rows.len() <= FEW {
        return sort_few(rows, text, ties);
    }
    let first = text(rows[0]);
    let mut common = first.len();
    for &row in rows[1..].iter() {
        common = common_to(from, &first.as_bytes()[..common], text(row).as_bytes());
    }
    let end = common + size_of::<u64>();
    let keyed = |&row: &u32| (window(text(row).as_bytes(), common), row);
    let mut keyed: Vec<(u64, u32)> = rows.iter().map(keyed).collect();
    sort_by(&mut keyed, |a, b| a.0.cmp(&b.0));
    for (row, (_, sorted)) in rows.iter_mut().zip(&keyed) {
        *row = *sorted;
    }
    let mut rest = rows;
    for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
        let (rows, after) = rest.split_at_mut(alike.len());
        rest = after;
        // One that ends here has nothing beyond to part it from others.
        if rows.len() > FEW && rows.iter().all(|&row| text(row).len() > end) {
            sort_beyond(rows, end, text, ties);
        } else {
            sort_few(rows, text, ties);
        }
    }
}

fn sort_few<'a>(
    rows: &mut [u32],
    text: &dyn Fn(u32) -> Cow<'a, str>,
    ties: &mut dyn FnMut(u32, u32) -> Ordering,
) {
    if rows.len() > 1 {
        sort_rows(rows, &mut |a, b| {
            by_text(&text(a), &text(b)).then_with(|| ties(a, b))
        });
    }
}

/// How far two texts agree that agree up to a byte.
fn common_to(from: usize, a: &[u8], b: &[u8]) -> usize {
    let (a, b) = (&a[from..], &b[from..]);
    let same = a.iter().zip(b).take_while(|(a, b)| a == b);
    from + same.count()
}

/// Eight bytes of a text in the order of texts.
fn window(text: &[u8], from: usize) -> u64 {
    let rest = text.get(from..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(eight) => u64::from_be_bytes(*eight),
        None => {
            let mut eight = [0; 8];
            eight[..rest.len()].copy_from_slice(rest);
            u64::from_be_bytes(eight)
        }
    }
}

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
        fn numbers_are_sorted_by_their_texts_and_then_by_what_decides_ties(
            texts in proptest::collection::vec("(same beginning ){0,3}[a\0é]{0,9}", 0..120),
        ) {
            let mut rows: Vec<u32> = (0..texts.len() as u32).collect();
            let mut expected = rows.clone();
            expected.sort_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]).then(b.cmp(a)));
            let text = |row: u32| Cow::Borrowed(texts[row as usize].as_str());
            sort_by_texts(&mut rows, &text, &mut |a, b| b.cmp(&a));
            prop_assert_eq!(rows, expected);
        }

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
