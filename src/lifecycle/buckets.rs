//! Numbers by a hash of what they are looked for by: those of one bucket stand side by side. Refuses to tell apart what
//! stands in one bucket: the caller looks at each.

/// As many numbers in a bucket, about: more are slower to look through, fewer take more room.
const IN_ONE: usize = 4;

/// Takes a hash and its number.
pub(super) type Take<'a> = &'a mut dyn FnMut(u64, u32);

#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// Where each begins, and one end beyond.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Buckets {
    /// For about `n` numbers. `entries` hands out each hash with its number, twice the same; what has an equal hash comes
    /// back in that order.
    pub fn new(n: usize, entries: &dyn Fn(Take)) -> Buckets {
        let n_buckets = (n / IN_ONE).max(1).next_power_of_two();
        let bucket = |hash: u64| hash as usize & (n_buckets - 1);
        // Counted two places on: filling moves each start to where its bucket ends, which is where the next begins.
        let mut starts = vec![0; n_buckets + 2];
        entries(&mut |hash, _| starts[bucket(hash) + 2] += 1);
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut numbers = vec![0; starts[n_buckets + 1] as usize];
        entries(&mut |hash, number| {
            let next = &mut starts[bucket(hash) + 1];
            numbers[*next as usize] = number;
            *next += 1;
        });
        starts.pop();
        Buckets { starts, numbers }
    }

    /// All that may be meant.
    pub fn find(&self, hash: u64) -> &[u32] {
        let Some(n_buckets) = self.starts.len().checked_sub(1) else {
            return &[];
        };
        let bucket = hash as usize & (n_buckets - 1);
        &self.numbers[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    pub fn bytes(&self) -> usize {
        (self.starts.capacity() + self.numbers.capacity()) * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_of_a_hash_are_in_its_bucket_in_their_order(hashes in proptest::collection::vec(0..40u64, 0..60), n in 0..90usize) {
            let buckets = Buckets::new(n, &|add| {
                for (&hash, number) in hashes.iter().zip(0..) {
                    add(hash, number);
                }
            });
            let mut all: Vec<u32> = buckets.numbers.clone();
            all.sort_unstable();
            prop_assert_eq!(all, Vec::from_iter(0..hashes.len() as u32));
            for hash in 0..50 {
                let found = buckets.find(hash).iter().filter(|number| hashes[**number as usize] == hash);
                let expected = (0..hashes.len() as u32).filter(|number| hashes[*number as usize] == hash);
                prop_assert_eq!(Vec::from_iter(found.copied()), Vec::from_iter(expected));
            }
        }
    }
}
