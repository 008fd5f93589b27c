//! Distinct texts, each kept once and named by a code.
//! Refuses to forget: codes stay valid for the store's life.

use std::borrow::Cow;

use reading::hash::hash_bytes;

use crate::CodeTable;
use crate::Texts;

/// A text's number in its dictionary. 0 is "none": the absent value.
pub type Code = u32;
pub const NONE: Code = 0;

#[derive(Clone, Debug)]
pub struct Dictionary {
    texts: Texts,
    table: CodeTable,
    /// What was asked last.
    last: Code,
}

impl Default for Dictionary {
    /// Holds the absent value alone, which reads as the empty text.
    fn default() -> Self {
        let mut texts = Texts::default();
        texts.push("");
        Dictionary {
            texts,
            table: CodeTable::default(),
            last: NONE,
        }
    }
}

impl Dictionary {
    /// How many codes there are, the absent value included.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.len() <= 1
    }

    /// The code of `text`, new or old.
    pub fn code(&mut self, text: Option<&str>) -> Code {
        let Some(text) = text else { return NONE };
        // Many say what the one before them said.
        if self.last != NONE && self.texts.is(self.last as usize, text) {
            return self.last;
        }
        self.last = self.code_hashed(text, hash_bytes(text.as_bytes()));
        self.last
    }

    /// The same of a text whose hash is known.
    pub fn code_hashed(&mut self, text: &str, hash: u64) -> Code {
        let is_it = |code: Code| self.texts.is(code as usize, text);
        match self.table.find(hash, is_it) {
            Some(code) => code,
            None => self.add(text, hash),
        }
    }

    fn add(&mut self, text: &str, hash: u64) -> Code {
        let code = self.texts.len() as Code;
        self.texts.push(text);
        let texts = &self.texts;
        self.table
            .insert(hash, code, |code| texts.hash(code as usize));
        code
    }

    /// The code of a text that is held.
    pub fn find(&self, text: &str) -> Option<Code> {
        let hash = hash_bytes(text.as_bytes());
        self.table
            .find(hash, |code| self.texts.is(code as usize, text))
    }

    /// The text of a code; empty for [`NONE`].
    pub fn text(&self, code: Code) -> Cow<'_, str> {
        self.texts.get(code as usize)
    }

    pub fn get(&self, code: Code) -> Option<Cow<'_, str>> {
        (code != NONE).then(|| self.text(code))
    }

    /// Every code with its text, the absent value left out.
    pub fn each(&self, mut see: impl FnMut(Code, &str)) {
        self.texts.each(1, |number, text| see(number as Code, text));
    }

    /// By code: whether the text is `folded` without regard to case, see [`Texts::same`].
    pub fn same(&self, folded: &str, accepts: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut same = self.texts.same(folded, accepts);
        same[NONE as usize] = false;
        same
    }

    /// By code: whether the text holds `part` without regard to case, see [`Texts::holding`].
    pub fn holding(&self, part: &str, accepts: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut holding = self.texts.holding(part, accepts);
        holding[NONE as usize] = false;
        holding
    }

    pub fn bytes(&self) -> usize {
        self.texts.bytes() + self.table.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_absent_value_is_no_text_and_the_empty_text_is_one() {
        let mut dictionary = Dictionary::default();
        assert_eq!(dictionary.code(None), NONE);
        let empty = dictionary.code(Some(""));
        assert_ne!(empty, NONE);
        assert_eq!(dictionary.get(empty).as_deref(), Some(""));
        assert_eq!(dictionary.get(NONE), None);
    }

    #[test]
    fn texts_come_back_and_are_found_across_blocks() {
        let mut dictionary = Dictionary::default();
        let text = |n: usize| {
            format!(
                "{n:0>100}{}",
                if n == 5_000 {
                    "x".repeat(1 << 18)
                } else {
                    String::new()
                }
            )
        };
        for n in 0..9_000 {
            assert_eq!(dictionary.code(Some(&text(n))), n as Code + 1);
        }
        let holding = dictionary.holding("0123", |_| false);
        for n in 0..9_000 {
            assert_eq!(dictionary.text(n as Code + 1), text(n));
            assert_eq!(holding[n + 1], text(n).contains("0123"), "{n}");
        }
    }

    proptest! {
        #[test]
        fn a_text_keeps_its_code(texts in proptest::collection::vec("[a-f]{0,12}", 0..300)) {
            let mut dictionary = Dictionary::default();
            let codes: Vec<Code> = texts.iter().map(|t| dictionary.code(Some(t))).collect();
            for (text, code) in texts.iter().zip(codes) {
                prop_assert_eq!(&*dictionary.text(code), text);
                prop_assert_eq!(dictionary.find(text), Some(code));
            }
            let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
            prop_assert_eq!(dictionary.len(), distinct.len() + 1);
        }

        #[test]
        fn what_is_a_text_or_holds_it_is_what_a_plain_look_finds(
            texts in proptest::collection::vec("[abA\u{212a}]{0,5}", 0..60),
            is_plain: bool,
            part in "[abk]{1,3}",
        ) {
            let mut dictionary = Dictionary::default();
            for text in &texts {
                let text = if is_plain { text.replace('\u{212a}', "k") } else { text.clone() };
                dictionary.code(Some(&text));
            }
            let holds = |text: &str| reading::lowercase(text).contains(&part);
            let holding = dictionary.holding(&part, holds);
            prop_assert!(!holding[NONE as usize]);
            let mut plain = vec![false];
            dictionary.each(|_, text| plain.push(holds(text)));
            prop_assert_eq!(holding, plain);
            let is_it = |text: &str| reading::lowercase(text) == part;
            let mut plain = vec![false];
            dictionary.each(|_, text| plain.push(is_it(text)));
            prop_assert_eq!(dictionary.same(&part, is_it), plain);
        }
    }
}
