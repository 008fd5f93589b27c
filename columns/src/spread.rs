//! From counts of combinations to counts of the values that they stand for, and the most frequent of those.

/// How often each value occurs, and whether it is the first of a combination that occurs. The values of combination `c` are
/// `values[starts[c]..starts[c + 1]]`, at least one.
#[inline(never)]
pub fn spread(
    starts: &[u32],
    values: &[u32],
    combinations: &[u32],
    n_values: usize,
) -> (Vec<u64>, Vec<bool>) {
    let mut counts = vec![0; n_values];
    let mut is_first = vec![false; n_values];
    for (ends, &n) in starts.windows(2).zip(combinations) {
        if n == 0 {
            continue;
        }
        let own = &values[ends[0] as usize..ends[1] as usize];
        for &value in own {
            counts[value as usize] += u64::from(n);
        }
        is_first[own[0] as usize] = true;
    }
    (counts, is_first)
}

/// Of the listed values that occur: how many there are, and those that occur at least as often as the `most`-th of them.
#[inline(never)]
pub fn most_frequent(counts: &[u64], is_listed: &[bool], most: usize) -> (usize, Vec<u32>) {
    let listed = || {
        let numbered = (0u32..).zip(counts.iter().zip(is_listed));
        numbered.filter_map(|(value, (&n, &is))| (n > 0 && is).then_some((value, n)))
    };
    let mut n_listed = 0;
    if most >= counts.len() {
        let all: Vec<u32> = listed().map(|(value, _)| value).collect();
        return (all.len(), all);
    }
    // The largest counts, least first.
    let mut largest: Vec<u64> = Vec::with_capacity(most + 1);
    for (_, n) in listed() {
        n_listed += 1;
        if largest.len() < most || largest.first().is_some_and(|&least| n > least) {
            let at = largest.partition_point(|&held| held < n);
            largest.insert(at, n);
            if largest.len() > most {
                largest.remove(0);
            }
        }
    }
    let least = match largest.first() {
        Some(&least) if largest.len() == most => least,
        Some(_) => 0,
        None => u64::MAX,
    };
    let frequent = listed().filter(|(_, n)| *n >= least);
    (n_listed, frequent.map(|(value, _)| value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_are_counted_and_chosen_as_by_a_plain_look(
            combinations in proptest::collection::vec((0..5u32, proptest::collection::btree_set(0..20u32, 1..4)), 0..40),
            most in 0..24usize,
        ) {
            let mut starts = vec![0];
            let mut values = Vec::new();
            for (_, own) in &combinations {
                values.extend(own);
                starts.push(values.len() as u32);
            }
            let n: Vec<u32> = combinations.iter().map(|(n, _)| *n).collect();
            let (counts, is_first) = spread(&starts, &values, &n, 20);
            for value in 0..20u32 {
                let of = combinations.iter().filter(|(_, own)| own.contains(&value));
                prop_assert_eq!(counts[value as usize], of.map(|(n, _)| u64::from(*n)).sum::<u64>());
                let firsts = combinations.iter().filter(|(n, own)| *n > 0 && own.first() == Some(&value));
                prop_assert_eq!(is_first[value as usize], firsts.count() > 0);
            }
            let (n_listed, frequent) = most_frequent(&counts, &is_first, most);
            let listed: Vec<u32> = (0..20).filter(|&v| counts[v as usize] > 0 && is_first[v as usize]).collect();
            prop_assert_eq!(n_listed, listed.len());
            let more = |v: u32| listed.iter().filter(|&&o| counts[o as usize] > counts[v as usize]).count();
            let plain: Vec<u32> = listed.iter().copied().filter(|&v| more(v) < most).collect();
            prop_assert_eq!(frequent, plain);
        }
    }
}
