//! What was asked last, kept in case it is asked again. Refuses to be large: a look goes through all it holds.

#[derive(Debug)]
pub struct Recent<K, V> {
    /// Last used last.
    held: Vec<(K, V)>,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Recent { held: Vec::new() }
    }
}

impl<K: PartialEq, V> Recent<K, V> {
    pub fn get(&mut self, key: &K) -> Option<&mut V> {
        let at = self.held.iter().position(|held| held.0 == *key)?;
        self.held[at..].rotate_left(1);
        self.held.last_mut().map(|held| &mut held.1)
    }

    /// Without counting it as used.
    pub fn peek(&self, key: &K) -> Option<&V> {
        let held = self.held.iter().find(|held| held.0 == *key);
        held.map(|held| &held.1)
    }

    /// Of more than `most` the oldest go.
    pub fn put(&mut self, key: K, value: V, most: usize) {
        self.held.retain(|held| held.0 != key);
        self.held.push((key, value));
        let n_over = self.held.len().saturating_sub(most.max(1));
        self.held.drain(..n_over);
    }

    pub fn clear(&mut self) {
        self.held.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_stays() {
        let mut recent = Recent::default();
        for n in 0..3 {
            recent.put(n, n * 10, 3);
        }
        assert_eq!(recent.get(&0), Some(&mut 0));
        recent.put(3, 30, 3);
        assert_eq!(recent.peek(&1), None);
        assert_eq!((recent.peek(&0), recent.peek(&2)), (Some(&0), Some(&20)));
    }
}
