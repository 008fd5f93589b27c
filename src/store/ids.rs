//! How each row's event is named: its id as written, in sixteen bytes where its form allows, else as text;
//! or the content hash of an event that has no id.

use columns::Blocks;
use reading::hash::hash_bytes;
use reading::hex::lower_hex;

use crate::cadf::event::hash_name;

use super::Column;

#[derive(Clone, Debug, Default)]
pub struct Ids {
    forms: Column<Form>,
    /// The hexadecimal digits; or a text's block, start and length; or a place in `hashes`.
    values: Column<u128>,
    texts: Blocks,
    hashes: Vec<[u8; 32]>,
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
        self.forms.len()
    }

    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    pub fn push(&mut self, key: IdKey) {
        let (form, value) = match key {
            IdKey::Hex(digits) => (Form::Hex, digits),
            IdKey::Uuid(digits) => (Form::Uuid, digits),
            IdKey::Text(text) => {
                let (block, start) = self.texts.push(text);
                let place = (block as u128) << 64 | (start as u128) << 32;
                (Form::Text, place | text.len() as u128)
            }
            IdKey::Hash(hash) => {
                self.hashes.push(*hash);
                (Form::Hash, self.hashes.len() as u128 - 1)
            }
        };
        self.forms.push(form);
        self.values.push(value);
    }

    pub fn key(&self, row: usize) -> IdKey<'_> {
        let value = self.values.get(row);
        match self.forms.get(row) {
            Form::Hex => IdKey::Hex(value),
            Form::Uuid => IdKey::Uuid(value),
            Form::Text => {
                let (start, len) = ((value >> 32) as u32 as usize, value as u32 as usize);
                IdKey::Text(&self.texts.block((value >> 64) as usize)[start..start + len])
            }
            Form::Hash => IdKey::Hash(&self.hashes[value as usize]),
        }
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
        self.forms.bytes()
            + self.values.bytes()
            + self.texts.bytes()
            + self.hashes.capacity() * size_of::<[u8; 32]>()
    }

    pub fn has_id(&self, row: usize) -> bool {
        self.forms.get(row) != Form::Hash
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
