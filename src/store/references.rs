//! Distinct references to resources, each kept once: what `lifecycle` resolves among all events held.

use std::hash::BuildHasher;

use reading::hash::BuildMix;

use crate::cadf::EventRef;
use crate::cadf::Kind;
use crate::catalogue::ActId;
use crate::catalogue::Catalogue;
use crate::lifecycle::Reference;

use super::CodeTable;
use super::Field;
use super::refresh::KINDS;
use super::rows::Coded;
use columns::Tuples;

#[derive(Clone, Debug)]
pub struct References {
    held: Vec<Reference>,
    table: CodeTable,
    /// What was asked before, see [`References::of`], and the number that it came to.
    asked: Tuples,
    numbers: Vec<u32>,
}

impl Default for References {
    fn default() -> Self {
        References {
            held: Vec::new(),
            table: CodeTable::default(),
            asked: Tuples::new(4),
            numbers: Vec::new(),
        }
    }
}

impl References {
    /// The number of what an event says of its resource. Events with the same codes say the same, but those on a part of
    /// a server and classic ones: their bodies have a say too.
    pub fn of(
        &mut self,
        event: &EventRef,
        catalogue: &Catalogue,
        act: Option<ActId>,
        coded: &Coded,
    ) -> u32 {
        let act = act.map(|id| catalogue.get(id));
        if event.is_classic || act.is_some_and(|act| act.is_sub_object) {
            return self.code(Reference::of(event, catalogue));
        }
        let kind = act.map_or(Kind::Other, |act| act.kind);
        let asked = [
            if kind.has_lifecycle() {
                kind as u32
            } else {
                KINDS.len() as u32 + coded.get(Field::Action)
            },
            coded.get(Field::Account),
            coded.get(Field::TargetId),
            coded.get(Field::TargetName),
        ];
        let code = self.asked.code(&asked) as usize;
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        let number = self.code(Reference::of(event, catalogue));
        self.numbers.push(number);
        number
    }

    fn code(&mut self, reference: Reference) -> u32 {
        let hash = BuildMix.hash_one(&reference);
        let held = &self.held;
        if let Some(code) = self
            .table
            .find(hash, |code| held[code as usize] == reference)
        {
            return code;
        }
        let code = self.held.len() as u32;
        self.held.push(reference);
        let held = &self.held;
        self.table
            .insert(hash, code, |code| BuildMix.hash_one(&held[code as usize]));
        code
    }

    pub fn all(&self) -> &[Reference] {
        &self.held
    }
}
