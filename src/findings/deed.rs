//! What the findings look at in an event, beside what its tracks are made from. Texts are codes: who judges compares them
//! and reads none.

use crate::lifecycle::Fact;
use crate::time::NANOS_PER_SEC;
use crate::time::Timestamp;

use super::tables::ActRules;

/// A text that an event has; 0: it has none. Two of one kind are the same text if they are the same code.
pub type TextCode = u32;

/// One dated event.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    pub fact: Fact<'a>,
    pub rules: Option<&'a ActRules>,
    /// A hash of its id as written; 0 where nobody could ask for it.
    pub id: u64,
    pub action: TextCode,
    /// The target's id, else its name.
    pub target: TextCode,
    /// The initiator's id, else its name.
    pub who: TextCode,
    pub credential: TextCode,
    pub authn_id: TextCode,
    pub correlation: TextCode,
    pub address: TextCode,
    pub agent: TextCode,
    /// It failed with 401 or 403.
    pub is_refused: bool,
}

pub const MINUTE: i64 = 60 * NANOS_PER_SEC;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Deed<'_> {
    pub fn happened(&self) -> bool {
        self.fact.basis().is_some()
    }

    pub fn at(&self) -> Timestamp {
        self.fact.at
    }

    pub fn key(&self) -> u32 {
        self.fact.key
    }

    pub fn begins_life(&self) -> bool {
        self.happened() && self.fact.effect().begins_life()
    }

    pub fn ends_life(&self) -> bool {
        self.happened() && self.fact.effect().ends_life()
    }

    /// Something that only what is alive can do, or its end.
    pub fn needs_life(&self) -> bool {
        let proves_life = self.fact.act.is_some_and(|act| act.proves_life);
        self.happened() && (proves_life || self.fact.effect().ends_life())
    }
}

/// From the earlier to the later instant, however far.
pub fn nanos_between(from: Timestamp, to: Timestamp) -> i64 {
    to.nanos().saturating_sub(from.nanos())
}
