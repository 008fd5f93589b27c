//! Findings that the reader has dismissed, each with a reason. Kept as long as the tab lives: nothing is stored, nothing
//! of it is in the address.

use crate::signals::RwSignal;

/// By [`lifeline::protocol::FindingView::key`]. `Copy`; what reads it runs again when one is dismissed or brought back.
#[derive(Clone, Copy)]
pub struct Dismissals(RwSignal<Vec<(String, String)>>);

impl Dismissals {
    pub fn new() -> Self {
        Dismissals(RwSignal::default())
    }

    /// Why it was dismissed; `None` where it stands.
    pub fn reason_of(self, key: &str) -> Option<String> {
        self.0.with(|all| {
            let of = all.iter().find(|(of, _)| of == key);
            of.map(|(_, reason)| reason.clone())
        })
    }

    pub fn is_dismissed(self, key: &str) -> bool {
        self.0.with(|all| all.iter().any(|(of, _)| of == key))
    }

    /// `false` where the reason is empty: nothing is dismissed without one.
    pub fn dismiss(self, key: String, reason: &str) -> bool {
        let reason = reason.trim();
        if reason.is_empty() {
            return false;
        }
        self.0.update(|all| {
            all.retain(|(of, _)| *of != key);
            all.push((key, reason.to_owned()));
        });
        true
    }

    pub fn bring_back(self, key: &str) {
        self.0.update(|all| all.retain(|(of, _)| of != key));
    }
}
