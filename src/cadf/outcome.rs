//! The outcome of an act. Refuses to guess: any other text is `Unknown`, an absent one `None`.

use crate::crossing::Crossing;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
#[repr(u8)]
pub enum Outcome {
    Success,
    Failure,
    Pending,
    Unknown,
    /// The record has no outcome at all (foreign CADF, the classic event log).
    None,
}

impl Outcome {
    pub const ALL: [Outcome; 5] = [
        Outcome::Success,
        Outcome::Failure,
        Outcome::Pending,
        Outcome::Unknown,
        Outcome::None,
    ];

    /// `None` for an absent member; case is ignored.
    pub fn from_text(text: Option<&str>) -> Self {
        let Some(text) = text else {
            return Outcome::None;
        };
        let is_it = |outcome: &Outcome| text.eq_ignore_ascii_case(outcome.name());
        let known = [Outcome::Success, Outcome::Failure, Outcome::Pending];
        known.into_iter().find(is_it).unwrap_or(Outcome::Unknown)
    }

    pub fn name(self) -> &'static str {
        match self {
            Outcome::Success => "success",
            Outcome::Failure => "failure",
            Outcome::Pending => "pending",
            Outcome::Unknown => "unknown",
            Outcome::None => "none",
        }
    }
}
