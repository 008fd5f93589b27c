//! Reads the members of interest of an object in one pass over its text, without building values. Refuses what is odd (no
//! JSON, a name written twice, escapes in a name or in a member of interest, nesting beyond thirty) and what has a member
//! that is not to be read so: [`crate::read_json`] reads those.

use crate::Content;
use crate::foretold::Foretold;
use crate::foretold::Trail;
use crate::hash::hash_bytes;
use crate::hash::is_same;
use crate::walk::Walk;

/// Which members are wanted, and what stands in the way of reading an object so.
#[derive(Clone, Debug)]
pub struct Picker {
    levels: Vec<Level>,
    names: Vec<u64>,
    foretold: Foretold,
    trail: Trail,
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
    /// With what [`hash_bytes`] makes of it.
    Text(&'a str, u64),
    /// A list or an object.
    Nested,
}

/// The names of interest in one object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    names: Vec<Name>,
    /// Open addressing by hash: an index into `names`, or [`FREE`].
    slots: Vec<u8>,
}

#[derive(Clone, Debug)]
pub(crate) struct Name {
    text: &'static str,
    hash: u64,
    /// The wanted path that ends here.
    pub path: Option<usize>,
    /// The level of the object that may stand here.
    pub level: Option<usize>,
    /// Whether the fingerprint counts it.
    pub is_content: bool,
    /// A text that holds an object or a list counts as what it holds.
    pub is_opened: bool,
    /// An object that has it is not read here.
    pub is_refused: bool,
}

const FREE: u8 = u8::MAX;

impl Picker {
    /// `paths`: dotted, the places in what is picked follow their order. The others name members of the object itself:
    /// those that its fingerprint doesn't count, those whose text may hold JSON, and those with which it is refused.
    pub fn new(
        paths: &[&'static str],
        left_out: &[&'static str],
        opened: &[&'static str],
        refused: impl Iterator<Item = &'static str>,
    ) -> Picker {
        let mut picker = Picker {
            levels: vec![Level::default()],
            names: Vec::new(),
            foretold: Foretold::default(),
            trail: Trail::default(),
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
        for text in refused {
            picker.levels[0].name(text).is_refused = true;
        }
        for level in &mut picker.levels {
            level.place();
        }
        picker
    }

    /// Fills `picked`, one empty place for each path; `None` where the object must be read otherwise. `text` has no blanks
    /// around it.
    pub fn pick<'a>(&mut self, text: &'a str, picked: &mut [Picked<'a>]) -> Option<Content> {
        self.names.clear();
        self.trail.begin(false);
        let foretold = &mut self.foretold;
        let mut walk = Walk {
            text,
            at: 0,
            levels: &self.levels,
            names: &mut self.names,
            picked,
            shape: 0,
            trail: &mut self.trail,
        };
        if let Some(content) = foretold.follow(&mut walk) {
            return Some(content);
        }
        walk.begin(foretold.has_room());
        let fingerprint = walk.whole()?;
        let shape = walk.shape;
        if self.trail.is_on {
            foretold.learn(text, &self.trail);
        }
        Some(Content { fingerprint, shape })
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
                is_refused: false,
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

    pub fn find(&self, text: &str, hash: u64) -> Option<&Name> {
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

#[cfg(test)]
#[path = "pick_tests.rs"]
mod tests;
