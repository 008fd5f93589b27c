//! What can't be right, and what isn't proven: each act's request and completion, and the findings over a resource's
//! events and the account's. `FINDINGS.md` states every rule. Refuses to say that something is illegal: what is
//! unexplained by the record is said as that, and what a hole in the record could explain is only *suspected*.

mod kinds;

pub use kinds::FindingKind;
pub use kinds::Severity;
