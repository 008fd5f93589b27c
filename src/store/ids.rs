//! How each row's event is named: its id as written, in sixteen bytes where its form allows, else as text;
//! or the content hash of an event that has no id.

use columns::Texts;
use reading::hash::hash_bytes;
use reading::hex::lower_hex;

use crate::cadf::event::hash_name;

use super::Column;

#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// Where runs of rows of one form begin: most sources write all their ids alike.
    runs: Vec<Run>,
    digits: Column<u128>,
    texts: Texts,
    hashes: Vec<[u8; 32]>,
    len: usize,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    row: usize,
    form: Form,
    /// The first row's place among all of its form.
    place: usize,
}

/// An event's name taken apart, to be compared and kept without printing it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdKey<'a> {
    /// 32 lower-case hexadecimal digits.
    Hex(u128),
    /// The same as 8-4-4-4-12.
    Uuid(u128),
    Text(&'a str),
    Hash(&'a [u8; 32]),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
enum Form {
    Hex,
    Uuid,
    Text,
    Hash,
}

impl<'a> IdKey<'a> {
    pub fn of_text(id: &'a str) -> Self {
        let text = id.as_bytes();
        if let Some(digits) = text.try_into().ok().and_then(lower_hex) {
            return IdKey::Hex(digits);
        }
        uuid(text).map_or(IdKey::Text(id), IdKey::Uuid)
    }

    pub fn hash(&self) -> u64 {
        match self {
            IdKey::Hex(digits) | IdKey::Uuid(digits) => hash_bytes(&digits.to_le_bytes()),
            IdKey::Text(text) => hash_bytes(text.as_bytes()),
            IdKey::Hash(hash) => hash_bytes(*hash),
        }
    }
}

impl Ids {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn push(&mut self, key: IdKey) {
        let (form, place) = match key {
            IdKey::Hex(digits) => (Form::Hex, self.push_digits(digits)),
            IdKey::Uuid(digits) => (Form::Uuid, self.push_digits(digits)),
            IdKey::Text(text) => {
                self.texts.push(text);
                (Form::Text, self.texts.len() - 1)
            }
            IdKey::Hash(hash) => {
                self.hashes.push(*hash);
                (Form::Hash, self.hashes.len() - 1)
            }
        };
        if self.runs.last().is_none_or(|run| run.form != form) {
            let row = self.len;
            self.runs.push(Run { row, form, place });
        }
        self.len += 1;
    }

    fn push_digits(&mut self, digits: u128) -> usize {
        self.digits.push(digits);
        self.digits.len() - 1
    }

    pub fn key(&self, row: usize) -> IdKey<'_> {
        let run = self.run_of(row);
        let place = run.place + (row - run.row);
        match run.form {
            Form::Hex => IdKey::Hex(self.digits.get(place)),
            Form::Uuid => IdKey::Uuid(self.digits.get(place)),
            Form::Text => IdKey::Text(self.texts.get(place)),
            Form::Hash => IdKey::Hash(&self.hashes[place]),
        }
    }

    fn run_of(&self, row: usize) -> Run {
        let after = self.runs.partition_point(|run| run.row <= row);
        self.runs[after - 1]
    }

    /// As written; `#` and the content hash where there is no id.
    pub fn name(&self, row: usize) -> String {
        match self.key(row) {
            IdKey::Hex(digits) => format!("{digits:032x}"),
            IdKey::Uuid(digits) => {
                let text = format!("{digits:032x}");
                [
                    &text[..8],
                    &text[8..12],
                    &text[12..16],
                    &text[16..20],
                    &text[20..],
                ]
                .join("-")
            }
            IdKey::Text(text) => text.to_owned(),
            IdKey::Hash(hash) => hash_name(hash),
        }
    }

    pub fn bytes(&self) -> usize {
        self.runs.capacity() * size_of::<Run>()
            + self.digits.bytes()
            + self.texts.bytes()
            + self.hashes.capacity() * size_of::<[u8; 32]>()
    }

    pub fn has_id(&self, row: usize) -> bool {
        self.run_of(row).form != Form::Hash
    }
}

/// The digits without the dashes.
fn uuid(text: &[u8]) -> Option<u128> {
    let text: &[u8; 36] = text.try_into().ok()?;
    let mut digits = [0; 32];
    let mut at = 0;
    for (group, len) in [(0, 8), (9, 4), (14, 4), (19, 4), (24, 12)] {
        if group > 0 && text[group - 1] != b'-' {
            return None;
        }
        digits[at..at + len].copy_from_slice(&text[group..group + len]);
        at += len;
    }
    lower_hex(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_id_is_printed_as_written() {
        let written = [
            "4e0485ee7f7de69d9bf9d7fe4747e6e1",
            "33780a25-b13b-dd44-4f2c-cb040734f61b",
            "00000000-0000-0000-0000-00000000000a",
            "4E0485EE7F7DE69D9BF9D7FE4747E6E1",
            "an id",
            "",
        ];
        let mut ids = Ids::default();
        for id in written {
            ids.push(IdKey::of_text(id));
        }
        ids.push(IdKey::Hash(&[0xab; 32]));
        for (row, id) in written.into_iter().enumerate() {
            assert_eq!(ids.name(row), id);
            assert_eq!(ids.key(row), IdKey::of_text(id));
        }
        assert_eq!(ids.name(6), format!("#{}", "ab".repeat(32)));
        assert!(!ids.has_id(6));
    }
}
