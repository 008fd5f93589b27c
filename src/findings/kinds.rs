//! The kinds of findings and how much they weigh, as `rules.md` names them.

use crate::crossing::Crossing;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
#[repr(u8)]
pub enum FindingKind {
    /// A successful act that the state before it rules out: a power off while known off.
    UnexpectedTransition,
    /// Provisioned or created while known live.
    ProvisionedTwice,
    /// An act that succeeded after the reclaim or delete.
    AfterEnd,
    /// An act that succeeded before the provision or create.
    ImpossibleOrder,
    /// A request whose completion was never recorded.
    MissingCompletion,
    /// A completion without its request, of an action whose others have one.
    MissingRequest,
    /// A refusal, then the same thing done by the same person with another credential or a stronger act.
    RefusedThenDone,
    /// A record that speaks of another value than the one known.
    ValueContradiction,
    /// Provisioned or created again after its end.
    IdentityReused,
    /// A completion that is dated before its request.
    ClockDisorder,
    /// Repeated failures of one person, then a success.
    FailuresThenSuccess,
    /// An initiator, an address or an agent that was not seen before.
    FirstTime,
}

impl FindingKind {
    pub const ALL: [FindingKind; 12] = [
        FindingKind::UnexpectedTransition,
        FindingKind::ProvisionedTwice,
        FindingKind::AfterEnd,
        FindingKind::ImpossibleOrder,
        FindingKind::MissingCompletion,
        FindingKind::MissingRequest,
        FindingKind::RefusedThenDone,
        FindingKind::ValueContradiction,
        FindingKind::IdentityReused,
        FindingKind::ClockDisorder,
        FindingKind::FailuresThenSuccess,
        FindingKind::FirstTime,
    ];

    /// As `inspect` prints it.
    pub fn name(self) -> &'static str {
        match self {
            FindingKind::UnexpectedTransition => "unexpected-transition",
            FindingKind::ProvisionedTwice => "provisioned-twice",
            FindingKind::AfterEnd => "after-end",
            FindingKind::ImpossibleOrder => "impossible-order",
            FindingKind::MissingCompletion => "missing-completion",
            FindingKind::MissingRequest => "missing-request",
            FindingKind::RefusedThenDone => "refused-then-done",
            FindingKind::ValueContradiction => "value-contradiction",
            FindingKind::IdentityReused => "identity-reused",
            FindingKind::ClockDisorder => "clock-disorder",
            FindingKind::FailuresThenSuccess => "failures-then-success",
            FindingKind::FirstTime => "first-time",
        }
    }

    /// Words for the screen.
    pub fn words(self) -> &'static str {
        match self {
            FindingKind::UnexpectedTransition => "Unexpected transition",
            FindingKind::ProvisionedTwice => "Provisioned twice",
            FindingKind::AfterEnd => "Act after the end",
            FindingKind::ImpossibleOrder => "Impossible order",
            FindingKind::MissingCompletion => "Missing completion",
            FindingKind::MissingRequest => "Missing request",
            FindingKind::RefusedThenDone => "Refused, then done",
            FindingKind::ValueContradiction => "Contradicting value",
            FindingKind::IdentityReused => "Identity used again",
            FindingKind::ClockDisorder => "Clocks out of order",
            FindingKind::FailuresThenSuccess => "Failures, then success",
            FindingKind::FirstTime => "First time",
        }
    }
}

/// From least to most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Crossing)]
#[repr(u8)]
pub enum Severity {
    #[default]
    Info,
    Warning,
    High,
}

impl Severity {
    pub const ALL: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::High];

    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::High => "high",
        }
    }
}
