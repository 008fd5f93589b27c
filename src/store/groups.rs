//! Which fields come together in an event, so that each combination is kept once: what was done and how it ended, who
//! did it, to what, and whence the record came. Refuses to group what doesn't repeat together.

use super::Field;

/// A column of the store; each holds one or several fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Group {
    /// What was done and how it ended; beside its fields [`MARKS`] and [`ACT`].
    Deed,
    Initiator,
    /// Beside its fields the [`REFERENCE`].
    Target,
    Whence,
    Address,
    Agent,
    Correlation,
}

/// Outcome, origin of the time, flags.
pub const MARKS: usize = 5;
/// The catalogue's row.
pub const ACT: usize = 6;
/// The store's number of what the target names.
pub const REFERENCE: usize = 3;

pub const MOST_SLOTS: usize = 7;

impl Group {
    pub const ALL: [Group; 7] = [
        Group::Deed,
        Group::Initiator,
        Group::Target,
        Group::Whence,
        Group::Address,
        Group::Agent,
        Group::Correlation,
    ];

    /// How many codes a combination has.
    pub fn width(self) -> usize {
        match self {
            Group::Deed => 7,
            Group::Initiator | Group::Whence => 5,
            Group::Target => 4,
            Group::Address | Group::Agent | Group::Correlation => 1,
        }
    }
}

impl Field {
    /// Where a field's code stands.
    pub const fn slot(self) -> (Group, usize) {
        match self {
            Field::Action => (Group::Deed, 0),
            Field::Severity => (Group::Deed, 1),
            Field::ReasonCode => (Group::Deed, 2),
            Field::ReasonType => (Group::Deed, 3),
            Field::ReasonForFailure => (Group::Deed, 4),
            Field::InitiatorId => (Group::Initiator, 0),
            Field::InitiatorName => (Group::Initiator, 1),
            Field::AuthnId => (Group::Initiator, 2),
            Field::AuthnName => (Group::Initiator, 3),
            Field::Credential => (Group::Initiator, 4),
            Field::TargetId => (Group::Target, 0),
            Field::TargetName => (Group::Target, 1),
            Field::TargetType => (Group::Target, 2),
            Field::Location => (Group::Whence, 0),
            Field::Region => (Group::Whence, 1),
            Field::Account => (Group::Whence, 2),
            Field::Source => (Group::Whence, 3),
            Field::SourceRegion => (Group::Whence, 4),
            Field::Address => (Group::Address, 0),
            Field::Agent => (Group::Agent, 0),
            Field::Correlation => (Group::Correlation, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_slot_of_its_own() {
        for group in Group::ALL {
            let fields = Field::ALL.map(Field::slot).into_iter();
            let mut slots: Vec<usize> = fields
                .filter(|(of, _)| *of == group)
                .map(|(_, slot)| slot)
                .collect();
            match group {
                Group::Deed => slots.extend([MARKS, ACT]),
                Group::Target => slots.push(REFERENCE),
                _ => {}
            }
            slots.sort_unstable();
            assert_eq!(slots, Vec::from_iter(0..group.width()), "{group:?}");
        }
    }
}
