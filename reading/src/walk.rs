//! One pass over an object's text: each byte is looked at once, each name and each text hashed once. Refuses what is odd,
//! see [`crate::pick`].

use crate::content::DEEPEST_SHAPE;
use crate::content::FALSE;
use crate::content::NULL;
use crate::content::Nested;
use crate::content::TRUE;
use crate::content::digits_hash;
use crate::content::number_hash;
use crate::content::shape_joins;
use crate::content::text_hash_of;
use crate::foretold::Nest;
use crate::foretold::Trail;
use crate::hash::hash_bytes;
use crate::hash::join_begun;
use crate::json;
use crate::pick::Level;
use crate::pick::Name;
use crate::pick::Picked;
use crate::signs::next_sign;

pub(crate) struct Walk<'a, 'p> {
    pub text: &'a str,
    pub at: usize,
    pub levels: &'p [Level],
    /// The hashes of the names passed in the objects that are open.
    pub names: &'p mut Vec<u64>,
    pub picked: &'p mut [Picked<'a>],
    pub shape: u64,
    pub trail: &'p mut Trail,
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goal {
    /// What a hash joined to its name's begins with.
    name: u64,
    /// The wanted path that ends there, if one does.
    path: u16,
    adds: Adds,
    is_opened: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Adds {
    Element,
    Member,
    Nothing,
}

const NO_PATH: u16 = u16::MAX;

impl Goal {
    pub const ELEMENT: Goal = Goal {
        name: 0,
        path: NO_PATH,
        adds: Adds::Element,
        is_opened: false,
    };

    fn member(hash: u64, known: Option<&Name>) -> Goal {
        Goal {
            name: join_begun(hash),
            path: known
                .and_then(|known| known.path)
                .map_or(NO_PATH, |path| path as u16),
            adds: match known {
                Some(known) if !known.is_content => Adds::Nothing,
                _ => Adds::Member,
            },
            is_opened: known.is_some_and(|known| known.is_opened),
        }
    }
}

impl Nested {
    pub(crate) fn add(&mut self, goal: &Goal, hash: u64) {
        match goal.adds {
            Adds::Element => self.element(hash),
            Adds::Member => self.member_begun(goal.name, hash),
            Adds::Nothing => {}
        }
    }
}

impl<'a> Walk<'a, '_> {
    /// Once more from the first byte on.
    pub fn begin(&mut self, is_trailed: bool) {
        (self.at, self.shape) = (0, 0);
        self.names.clear();
        self.picked.fill(Picked::Absent);
        self.trail.begin(is_trailed);
    }

    /// The whole text, an object; its hash.
    pub fn whole(&mut self) -> Option<u64> {
        self.pass(b'{')?;
        let hash = self.object(Some(0), Goal::ELEMENT, 0)?;
        self.trail.value(Goal::ELEMENT, self.at, self.at);
        (self.at == self.text.len()).then_some(hash)
    }

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
    fn object(&mut self, level: Option<usize>, goal: Goal, depth: usize) -> Option<u64> {
        let mut object = Nested::object();
        self.opens(object, goal, depth)?;
        let first_name = self.names.len();
        // One bit for each name's hash: most names are seen to be new by it alone.
        let mut seen = 0_u64;
        if self.solid()? == b'}' {
            self.at += 1;
        } else {
            loop {
                self.pass(b'"')?;
                let name = self.unescaped()?;
                let hash = hash_bytes(name.as_bytes());
                let bit = 1 << (hash >> 58);
                if seen & bit != 0 && self.names[first_name..].contains(&hash) {
                    return None;
                }
                seen |= bit;
                self.names.push(hash);
                self.shape_joins(hash);
                self.pass(b':')?;
                let known = level.and_then(|level| self.levels[level].find(name, hash));
                if known.is_some_and(|known| known.is_refused) {
                    return None;
                }
                let goal = Goal::member(hash, known);
                let level = known.and_then(|known| known.level);
                let value = self.value(level, goal, depth + 1)?;
                object.add(&goal, value);
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
        self.closes();
        Some(object.hash())
    }

    fn list(&mut self, goal: Goal, depth: usize) -> Option<u64> {
        let mut list = Nested::list();
        self.opens(list, goal, depth)?;
        if self.solid()? == b']' {
            self.at += 1;
        } else {
            loop {
                let element = self.value(None, Goal::ELEMENT, depth + 1)?;
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
        self.closes();
        Some(list.hash())
    }

    fn opens(&mut self, nested: Nested, goal: Goal, depth: usize) -> Option<()> {
        self.shape_joins(nested.kind());
        self.trail.nest(Nest::Opens(nested, goal));
        (depth < DEEPEST_SHAPE).then_some(())
    }

    fn closes(&mut self) {
        self.shape_joins(0);
        self.trail.nest(Nest::Closes);
    }

    fn shape_joins(&mut self, joined: u64) {
        self.shape = shape_joins(self.shape, &[joined]);
        self.trail.shape(joined);
    }

    fn value(&mut self, level: Option<usize>, goal: Goal, depth: usize) -> Option<u64> {
        match self.solid()? {
            b'{' => {
                self.at += 1;
                let hash = self.object(level, goal, depth)?;
                self.keep_nested(&goal);
                Some(hash)
            }
            b'[' => {
                self.at += 1;
                let hash = self.list(goal, depth)?;
                self.keep_nested(&goal);
                Some(hash)
            }
            _ => {
                let from = self.at;
                let hash = self.plain_value(&goal, depth)?;
                self.trail.value(goal, from, self.at);
                Some(hash)
            }
        }
    }

    /// Anything but an object or a list; no blank stands before it.
    #[inline]
    pub fn plain_value(&mut self, goal: &Goal, depth: usize) -> Option<u64> {
        let from = self.at;
        let first = self.peek()?;
        self.at += 1;
        if first == b'"' {
            let end = next_sign(self.text.as_bytes(), self.at);
            if !goal.is_opened
                && self.text.as_bytes().get(end) == Some(&b'"')
                && let Some(text) = self.text.get(self.at..end)
            {
                self.at = end + 1;
                let hash = hash_bytes(text.as_bytes());
                self.keep(goal, Picked::Text(text, hash));
                return Some(text_hash_of(hash));
            }
            return self.odd_text(goal, depth);
        }
        self.other_value(first, from, goal)
    }

    #[inline(never)]
    fn other_value(&mut self, first: u8, from: usize, goal: &Goal) -> Option<u64> {
        let (hash, picked) = match first {
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
        self.keep(goal, picked);
        Some(hash)
    }

    fn keep(&mut self, goal: &Goal, picked: Picked<'a>) {
        if let Some(place) = self.picked.get_mut(usize::from(goal.path)) {
            *place = picked;
        }
    }

    pub fn keep_nested(&mut self, goal: &Goal) {
        self.keep(goal, Picked::Nested);
    }

    fn word(&mut self, rest: &str, hash: u64) -> Option<u64> {
        let is_it = self.text.as_bytes()[self.at..].starts_with(rest.as_bytes());
        self.at += rest.len();
        is_it.then_some(hash)
    }

    /// A text without escapes, from after its quote on.
    #[inline]
    fn unescaped(&mut self) -> Option<&'a str> {
        let from = self.at;
        let end = next_sign(self.text.as_bytes(), from);
        self.at = end + 1;
        (self.text.as_bytes().get(end) == Some(&b'"')).then(|| &self.text[from..end])
    }

    /// One with escapes, or one that may hold JSON.
    #[inline(never)]
    fn odd_text(&mut self, goal: &Goal, depth: usize) -> Option<u64> {
        let from = self.at;
        if let Some(text) = self.unescaped() {
            if goal.is_opened && may_hold_json(text) {
                return self.held(text, depth);
            }
            let hash = hash_bytes(text.as_bytes());
            self.keep(goal, Picked::Text(text, hash));
            return Some(text_hash_of(hash));
        }
        let (text, end) = json::text_from(self.text, from).ok()?;
        self.at = end;
        if goal.is_opened && may_hold_json(&text) {
            return self.held(&text, depth);
        }
        // What is wanted is lent from the text as it stands.
        let is_wanted = goal.path != NO_PATH;
        (!is_wanted).then(|| text_hash_of(hash_bytes(text.as_bytes())))
    }

    /// A text that holds an object or a list.
    fn held(&mut self, text: &str, depth: usize) -> Option<u64> {
        let is_on = std::mem::replace(&mut self.trail.is_on, false);
        let mut inside = Walk {
            text,
            at: 0,
            levels: self.levels,
            names: self.names,
            picked: &mut [],
            shape: self.shape,
            trail: self.trail,
        };
        let hash = inside.value(None, Goal::ELEMENT, depth)?;
        if inside.solid().is_some() {
            return None;
        }
        self.shape = inside.shape;
        self.trail.is_on = is_on;
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
