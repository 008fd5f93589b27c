//! The texts that a dictionary was asked for lately, with their codes: most are found here, side by side, and the dictionary,
//! whose texts lie anywhere, is not asked. Refuses long texts, which hardly come again.

use reading::hash::hash_bytes;
use reading::hash::is_same;

use crate::Code;
use crate::Dictionary;
use crate::NONE;

#[derive(Clone, Debug)]
pub struct Recent {
    slots: [Slot; SLOTS],
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u64,
    /// [`NONE`]: nothing stands here.
    code: Code,
    len: u8,
    text: [u8; LONGEST],
}

const SLOTS: usize = 32;
const LONGEST: usize = 51;

impl Default for Recent {
    fn default() -> Self {
        Recent {
            slots: [Slot {
                hash: 0,
                code: NONE,
                len: 0,
                text: [0; LONGEST],
            }; SLOTS],
        }
    }
}

impl Recent {
    fn code(&mut self, dictionary: &mut Dictionary, text: &str, hash: u64) -> Code {
        let slot = &mut self.slots[(hash >> 32) as usize % SLOTS];
        let bytes = text.as_bytes();
        if slot.hash == hash
            && slot.code != NONE
            && is_same(&slot.text[..usize::from(slot.len)], bytes)
        {
            return slot.code;
        }
        let code = dictionary.code_hashed(text, hash);
        if let Some(held) = slot.text.get_mut(..bytes.len()) {
            held.copy_from_slice(bytes);
            (slot.hash, slot.code, slot.len) = (hash, code, bytes.len() as u8);
        }
        code
    }
}

/// The codes of one text for each dictionary, new or old. A text comes with its hash, or 0 where nobody made it.
#[inline(never)]
pub fn codes_of(
    dictionaries: &mut [Dictionary],
    recent: &mut [Recent],
    texts: &[(Option<&str>, u64)],
    codes: &mut [Code],
) {
    let held = dictionaries.iter_mut().zip(recent);
    for ((text, code), (dictionary, recent)) in texts.iter().zip(codes).zip(held) {
        *code = match *text {
            (None, _) => NONE,
            (Some(text), 0) => recent.code(dictionary, text, hash_bytes(text.as_bytes())),
            (Some(text), hash) => recent.code(dictionary, text, hash),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn codes_are_those_that_the_dictionary_gives(
            rows in proptest::collection::vec(
                (proptest::option::of("[ab]{0,2}|a{48,54}"), proptest::option::of("[a-z]{0,3}"), any::<bool>()), 0..300
            ),
        ) {
            let mut dictionaries = [Dictionary::default(), Dictionary::default()];
            let mut recent = [Recent::default(), Recent::default()];
            let mut plain = dictionaries.clone();
            for (one, other, is_hashed) in &rows {
                let texts = [one, other].map(|text| {
                    let text = text.as_deref();
                    let hash = text.filter(|_| *is_hashed).map_or(0, |text| hash_bytes(text.as_bytes()));
                    (text, hash)
                });
                let mut codes = [NONE; 2];
                codes_of(&mut dictionaries, &mut recent, &texts, &mut codes);
                prop_assert_eq!(codes, [plain[0].code(one.as_deref()), plain[1].code(other.as_deref())]);
            }
        }
    }

    #[test]
    fn texts_of_one_hash_keep_their_own_codes() {
        let mut dictionaries = [Dictionary::default()];
        let mut recent = [Recent::default()];
        for (text, expected) in [("a", 1), ("b", 2), ("a", 1), ("b", 2), ("", 3), ("a", 1)] {
            let mut codes = [NONE];
            codes_of(
                &mut dictionaries,
                &mut recent,
                &[(Some(text), 7)],
                &mut codes,
            );
            assert_eq!(codes, [expected], "{text}");
        }
    }
}
