//! Every sort there is. The standard sort is made anew, and large, for every type and every comparison: forty of them
//! were 65 kB of the program. This one is made once and sorts numbers (rows, or places of a list) through a pointer.
//! Refuses to be the fastest: a comparison costs a call more, which rows by the million bear.

use std::cmp::Ordering;

/// Shorter stretches are sorted by insertion.
const SHORT: usize = 8;

/// Stable, like [`slice::sort`].
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Stable, like [`slice::sort_by_key`].
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The order of texts that is theirs anyway, eight bytes at a time: a browser's program has no quick comparison of its
/// own, and ids begin alike.
pub fn by_text(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let (Some((eight_a, rest_a)), Some((eight_b, rest_b))) =
        (a.split_first_chunk::<8>(), b.split_first_chunk::<8>())
    {
        if eight_a != eight_b {
            return u64::from_be_bytes(*eight_a).cmp(&u64::from_be_bytes(*eight_b));
        }
        (a, b) = (rest_a, rest_b);
    }
    a.iter().cmp(b)
}

/// Stable, like [`slice::sort_by`].
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut places: Vec<u32> = (0..items.len() as u32).collect();
    sort_rows(&mut places, &mut |a, b| {
        compare(&items[a as usize], &items[b as usize])
    });
    for start in 0..places.len() {
        // Follows one cycle of places; each is marked as arranged once its item stands there.
        let mut at = start;
        while places[at] as usize != start {
            let from = std::mem::replace(&mut places[at], at as u32) as usize;
            items.swap(at, from);
            at = from;
        }
        places[at] = at as u32;
    }
}

/// Stable. Needs few comparisons where the numbers come in order, or in a few runs of it.
#[inline(never)]
pub fn sort_rows(rows: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    let mut aside = Vec::new();
    merge_sort(rows, &mut aside, compare);
}

fn merge_sort(
    rows: &mut [u32],
    aside: &mut Vec<u32>,
    compare: &mut dyn FnMut(u32, u32) -> Ordering,
) {
    if rows.len() <= SHORT {
        for end in 1..rows.len() {
            let row = rows[end];
            let mut at = end;
            while at > 0 && compare(rows[at - 1], row).is_gt() {
                rows[at] = rows[at - 1];
                at -= 1;
            }
            rows[at] = row;
        }
        return;
    }
    let middle = rows.len() / 2;
    merge_sort(&mut rows[..middle], aside, compare);
    merge_sort(&mut rows[middle..], aside, compare);
    if compare(rows[middle - 1], rows[middle]).is_le() {
        return;
    }
    // The first half steps aside; what is written never passes what is still to be read of the second.
    aside.clear();
    aside.extend_from_slice(&rows[..middle]);
    let (mut first, mut second) = (0, middle);
    for at in 0..rows.len() {
        if first == aside.len() {
            break;
        }
        if second < rows.len() && compare(aside[first], rows[second]).is_gt() {
            rows[at] = rows[second];
            second += 1;
        } else {
            rows[at] = aside[first];
            first += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_sort_does(mut items: Vec<(u8, u16)>) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            prop_assert_eq!(&items, &expected);
            expected.sort();
            sort(&mut items);
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn texts_stand_in_their_own_order(a in "[ab\u{e9}]{0,20}", b in "[ab\u{e9}]{0,20}", same in "[a-z]{0,12}") {
            for (a, b) in [(&a, &b), (&format!("{same}{a}"), &format!("{same}{b}"))] {
                prop_assert_eq!(by_text(a, b), a.cmp(b));
            }
        }

        #[test]
        fn rows_of_equal_rank_keep_their_order(ranks: Vec<u8>) {
            let mut rows: Vec<u32> = (0..ranks.len() as u32).collect();
            let mut expected = rows.clone();
            expected.sort_by_key(|row| ranks[*row as usize]);
            sort_rows(&mut rows, &mut |a, b| ranks[a as usize].cmp(&ranks[b as usize]));
            prop_assert_eq!(rows, expected);
        }
    }
}
