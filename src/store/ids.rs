//! How each row's event is named: its id as written, or `#` and the content hash of an event that has no id.

use std::borrow::Cow;
use std::cmp::Ordering;

use columns::Texts;
use reading::hash::hash_bytes;

#[derive(Clone, Debug, Default)]
pub struct Ids {
    names: Texts,
    /// Where runs of rows begin that have ids, or have none, in turn; the first run's rows have one.
    turns: Vec<u32>,
}

/// An event's name, to be looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdKey<'a> {
    pub name: Cow<'a, str>,
    /// It is an id as written, not a hash.
    pub is_id: bool,
}

impl<'a> IdKey<'a> {
    pub fn of_id(id: &'a str) -> Self {
        let name = id.into();
        IdKey { name, is_id: true }
    }

    /// `name`: see [`crate::cadf::event::hash_name`].
    pub fn of_hash(name: String) -> Self {
        let (name, is_id) = (name.into(), false);
        IdKey { name, is_id }
    }

    pub fn hash(&self) -> u64 {
        hash_bytes(self.name.as_bytes())
    }
}

impl Ids {
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn push(&mut self, key: &IdKey) {
        let has_had_ids = self.turns.len().is_multiple_of(2);
        if key.is_id != has_had_ids {
            self.turns.push(self.len() as u32);
        }
        self.names.push(&key.name);
    }

    pub fn is(&self, row: usize, key: &IdKey) -> bool {
        self.names.is(row, &key.name) && self.has_id(row) == key.is_id
    }

    /// As [`IdKey::hash`].
    pub fn hash(&self, row: usize) -> u64 {
        self.names.hash(row)
    }

    /// As written; `#` and the content hash where there is no id.
    pub fn name(&self, row: usize) -> String {
        self.names.get(row).into_owned()
    }

    /// By name.
    pub fn compare(&self, a: usize, b: usize) -> Ordering {
        self.names.compare(a, b)
    }

    /// Every row with its name, in turn.
    pub fn each(&self, see: impl FnMut(usize, &str)) {
        self.names.each(0, see);
    }

    pub fn has_id(&self, row: usize) -> bool {
        let n_turns = self.turns.partition_point(|turn| *turn as usize <= row);
        n_turns.is_multiple_of(2)
    }

    pub fn bytes(&self) -> usize {
        self.names.bytes() + self.turns.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::event::hash_name;

    #[test]
    fn every_name_is_printed_as_written_and_a_hash_is_no_id() {
        let hash = hash_name(&[0xab; 32]);
        let keys = [
            IdKey::of_hash(hash.clone()),
            IdKey::of_id("33780a25-b13b-dd44-4f2c-cb040734f61b"),
            IdKey::of_id(""),
            IdKey::of_hash(hash.clone()),
            IdKey::of_hash(hash_name(&[0xcd; 32])),
            // Somebody's id may look like a hash.
            IdKey::of_id(&hash),
        ];
        let mut ids = Ids::default();
        for key in &keys {
            ids.push(key);
        }
        for (row, key) in keys.iter().enumerate() {
            assert_eq!(ids.name(row), key.name);
            assert_eq!(ids.has_id(row), key.is_id);
            assert_eq!(ids.hash(row), key.hash());
            for other in &keys {
                assert_eq!(ids.is(row, other), key == other);
            }
        }
    }
}
