//! Distinct references to resources, each kept once: what `lifecycle` resolves among all events held.

use std::hash::BuildHasher;

use reading::hash::BuildMix;

use crate::lifecycle::Reference;

use super::CodeTable;

#[derive(Clone, Debug, Default)]
pub struct References {
    held: Vec<Reference>,
    table: CodeTable,
}

impl References {
    pub fn code(&mut self, reference: Reference) -> u32 {
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
