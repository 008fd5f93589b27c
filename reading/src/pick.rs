//! Reads the members of interest of an object in one pass over its text, without building values: each byte is looked
//! at once, each text hashed once. Refuses what is odd (no JSON, a name written twice, escapes in a name or in a member
//! of interest, nesting beyond thirty): [`crate::read_json`] reads those.

use crate::Content;
use crate::content::DEEPEST_SHAPE;
use crate::content::FALSE;
use crate::content::NULL;
use crate::content::Nested;
use crate::content::TRUE;
use crate::content::digits_hash;
use crate::content::number_hash;
use crate::content::shape_closes;
use crate::content::shape_names;
use crate::content::shape_opens;
use crate::content::text_hash;
use crate::hash::hash_bytes;
use crate::hash::is_same;
use crate::json;
use crate::signs::next_sign;

/// Which members are wanted, and what stands in the way of reading an object so.
#[derive(Clone, Debug)]
pub struct Picker {
    levels: Vec<Level>,
    /// The hashes of the names passed in the objects that are open.
    names: Vec<u64>,
}

/// What stands on a wanted path.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Picked<'a> {
    #[default]
    Absent,
    Null,
    Bool(bool),
    /// As written.
    Number(&'a str),
    Text(&'a str),
    /// A list or an object.
    Nested,
}

/// The names of interest in one object.
#[derive(Clone, Debug, Default)]
struct Level {
    names: Vec<Name>,
    /// Open addressing by hash: an index into `names`, or [`FREE`].
    slots: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Name {
    text: &'static str,
    hash: u64,
    /// The wanted path that ends here.
    path: Option<usize>,
    /// The level of the object that may stand here.
    level: Option<usize>,
    /// Whether the fingerprint counts it.
    is_content: bool,
    /// A text that holds an object or a list counts as what it holds.
    is_opened: bool,
}

const FREE: u8 = u8::MAX;

impl Picker {
    /// `paths`: dotted, the places in what is picked follow their order. `left_out` and `opened` name members of the
    /// object itself: those that its fingerprint doesn't count, and those whose text may hold JSON.
    pub fn new(
        paths: &[&'static str],
        left_out: &[&'static str],
        opened: &[&'static str],
    ) -> Picker {
        let mut picker = Picker {
            levels: vec![Level::default()],
            names: Vec::new(),
        };
        for (at, path) in paths.iter().enumerate() {
            let mut level = 0;
            let mut names = path.split('.').peekable();
            while let Some(text) = names.next() {
                let next = picker.levels.len();
                let name = picker.levels[level].name(text);
                if names.peek().is_none() {
                    name.path = Some(at);
                    break;
                }
                level = *name.level.get_or_insert(next);
                if level == next {
                    picker.levels.push(Level::default());
                }
            }
        }
        for text in left_out {
            picker.levels[0].name(text).is_content = false;
        }
        for text in opened {
            picker.levels[0].name(text).is_opened = true;
        }
        for level in &mut picker.levels {
            level.place();
        }
        picker
    }

    /// Fills `picked`, one place for each path; `None` where the object must be read otherwise. `text` has no blanks
    /// around it.
    pub fn pick<'a>(&mut self, text: &'a str, picked: &mut [Picked<'a>]) -> Option<Content> {
        self.names.clear();
        let mut walk = Walk {
            text,
            at: 0,
            levels: &self.levels,
            names: &mut self.names,
            picked,
            shape: 0,
        };
        walk.pass(b'{')?;
        let fingerprint = walk.object(Some(0), 0)?;
        (walk.at == text.len()).then_some(Content {
            fingerprint,
            shape: walk.shape,
        })
    }
}

impl Level {
    fn name(&mut self, text: &'static str) -> &mut Name {
        let at = self.names.iter().position(|name| name.text == text);
        let at = at.unwrap_or_else(|| {
            self.names.push(Name {
                text,
                hash: hash_bytes(text.as_bytes()),
                path: None,
                level: None,
                is_content: true,
                is_opened: false,
            });
            self.names.len() - 1
        });
        &mut self.names[at]
    }

    fn place(&mut self) {
        self.slots = vec![FREE; (self.names.len() * 4).next_power_of_two()];
        let mask = self.slots.len() - 1;
        for (at, name) in self.names.iter().enumerate() {
            let mut slot = name.hash as usize & mask;
            while self.slots[slot] != FREE {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = at as u8;
        }
    }

    fn find(&self, text: &str, hash: u64) -> Option<&Name> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let name = self.names.get(usize::from(self.slots[slot]))?;
            if name.hash == hash && is_same(name.text.as_bytes(), text.as_bytes()) {
                return Some(name);
            }
            slot = (slot + 1) & mask;
        }
    }
}

struct Walk<'a, 'p> {
    text: &'a str,
    at: usize,
    levels: &'p [Level],
    names: &'p mut Vec<u64>,
    picked: &'p mut [Picked<'a>],
    shape: u64,
}

impl<'a> Walk<'a, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank.
    fn solid(&mut self) -> Option<u8> {
        loop {
            match self.peek()? {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                sign => return Some(sign),
            }
        }
    }

    fn pass(&mut self, sign: u8) -> Option<()> {
        let is_it = self.solid()? == sign;
        self.at += 1;
        is_it.then_some(())
    }

    /// From after the brace on; its hash.
    fn object(&mut self, level: Option<usize>, depth: usize) -> Option<u64> {
        let mut object = Nested::object();
        self.opens(&object, depth)?;
        let first_name = self.names.len();
        // One bit for each name's hash: most names are seen to be new by it alone.
        let mut seen = 0_u64;
        if self.solid()? == b'}' {
            self.at += 1;
        } else {
            loop {
                self.pass(b'"')?;
                let name = self.plain()?;
                let hash = hash_bytes(name.as_bytes());
                let bit = 1 << (hash >> 58);
                if seen & bit != 0 && self.names[first_name..].contains(&hash) {
                    return None;
                }
                seen |= bit;
                self.names.push(hash);
                shape_names(&mut self.shape, hash);
                self.pass(b':')?;
                let known = level.and_then(|level| self.levels[level].find(name, hash));
                let value = self.value(known, depth + 1)?;
                if known.is_none_or(|known| known.is_content) {
                    object.member(hash, value);
                }
                let sign = self.solid()?;
                self.at += 1;
                match sign {
                    b',' => {
                        self.solid();
                    }
                    b'}' => break,
                    _ => return None,
                }
            }
        }
        self.names.truncate(first_name);
        shape_closes(&mut self.shape);
        Some(object.hash())
    }

    fn list(&mut self, depth: usize) -> Option<u64> {
        let mut list = Nested::list();
        self.opens(&list, depth)?;
        if self.solid()? == b']' {
            self.at += 1;
        } else {
            loop {
                let element = self.value(None, depth + 1)?;
                list.element(element);
                let sign = self.solid()?;
                self.at += 1;
                match sign {
                    b',' => {}
                    b']' => break,
                    _ => return None,
                }
            }
        }
        shape_closes(&mut self.shape);
        Some(list.hash())
    }

    fn opens(&mut self, nested: &Nested, depth: usize) -> Option<()> {
        shape_opens(&mut self.shape, nested);
        (depth < DEEPEST_SHAPE).then_some(())
    }

    fn value(&mut self, known: Option<&Name>, depth: usize) -> Option<u64> {
        let first = self.solid()?;
        let from = self.at;
        self.at += 1;
        let (hash, picked) = match first {
            b'"' => return self.text(known, depth),
            b'{' => {
                let level = known.and_then(|known| known.level);
                (self.object(level, depth)?, Picked::Nested)
            }
            b'[' => (self.list(depth)?, Picked::Nested),
            b't' => (self.word("rue", TRUE)?, Picked::Bool(true)),
            b'f' => (self.word("alse", FALSE)?, Picked::Bool(false)),
            b'n' => (self.word("ull", NULL)?, Picked::Null),
            b'-' | b'0'..=b'9' => {
                self.at = from;
                let hash = self.number()?;
                (hash, Picked::Number(&self.text[from..self.at]))
            }
            _ => return None,
        };
        self.keep(known, picked);
        Some(hash)
    }

    fn keep(&mut self, known: Option<&Name>, picked: Picked<'a>) {
        if let Some(path) = known.and_then(|known| known.path) {
            self.picked[path] = picked;
        }
    }

    fn word(&mut self, rest: &str, hash: u64) -> Option<u64> {
        let is_it = self.text.as_bytes()[self.at..].starts_with(rest.as_bytes());
        self.at += rest.len();
        is_it.then_some(hash)
    }

    /// A text without escapes, from after its quote on.
    fn plain(&mut self) -> Option<&'a str> {
        let from = self.at;
        let end = next_sign(self.text.as_bytes(), from);
        self.at = end + 1;
        (self.text.as_bytes().get(end) == Some(&b'"')).then(|| &self.text[from..end])
    }

    fn text(&mut self, known: Option<&Name>, depth: usize) -> Option<u64> {
        let from = self.at;
        if let Some(text) = self.plain() {
            if known.is_some_and(|known| known.is_opened) && may_hold_json(text) {
                return self.held(text, depth);
            }
            self.keep(known, Picked::Text(text));
            return Some(text_hash(text));
        }
        let (text, end) = json::text_from(self.text, from).ok()?;
        self.at = end;
        if known.is_some_and(|known| known.is_opened) && may_hold_json(&text) {
            return self.held(&text, depth);
        }
        // What is wanted is lent from the text as it stands.
        let is_wanted = known.is_some_and(|known| known.path.is_some());
        (!is_wanted).then(|| text_hash(&text))
    }

    /// A text that holds an object or a list.
    fn held(&mut self, text: &str, depth: usize) -> Option<u64> {
        let mut inside = Walk {
            text,
            at: 0,
            levels: self.levels,
            names: self.names,
            picked: &mut [],
            shape: self.shape,
        };
        let hash = inside.value(None, depth)?;
        if inside.solid().is_some() {
            return None;
        }
        self.shape = inside.shape;
        Some(hash)
    }

    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn number(&mut self) -> Option<u64> {
        /// Every whole number of so many digits is a double of its own.
        const EXACT: usize = 15;
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let is_zero = self.peek() == Some(b'0');
        let whole = self.at;
        self.digits()?;
        if is_zero && self.at > whole + 1 {
            return None;
        }
        let is_whole = !matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        if is_whole && self.at - whole <= EXACT && (!is_zero || from == whole) {
            return Some(digits_hash(&self.text.as_bytes()[from..self.at]));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        match json::read(&self.text.as_bytes()[from..self.at]).ok()? {
            crate::Value::Number(number) => Some(number_hash(&number)),
            _ => None,
        }
    }
}

fn may_hold_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

#[cfg(test)]
#[path = "pick_tests.rs"]
mod tests;
