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
        match text.map(str::to_ascii_lowercase).as_deref() {
            None => Outcome::None,
            Some("success") => Outcome::Success,
            Some("failure") => Outcome::Failure,
            Some("pending") => Outcome::Pending,
            Some(_) => Outcome::Unknown,
        }
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
