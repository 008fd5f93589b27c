//! The findings of a resource as [`Life`] keeps them: which stand and which were dismissed, which one's events are shown,
//! and the way from one to the next.

use std::time::Duration;

use leptos::prelude::*;
use lifeline::protocol::FindingView;
use lifeline::protocol::RowId;
use lifeline::screen::findings::Counts;

use super::life::Life;
use crate::outside;

/// Which findings a badge leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Firm,
    Suspected,
    Dismissed,
}

impl Life {
    pub fn counts(self) -> Counts {
        let dismissals = self.app.dismissals;
        self.asked
            .with(|page| Counts::of(&page.findings, |key| dismissals.is_dismissed(key)))
            .unwrap_or_default()
    }

    pub fn has_findings(self) -> bool {
        self.asked
            .with(|page| !page.findings.is_empty())
            .unwrap_or(false)
    }

    /// There is room for cards at the side of the list, and there are some.
    pub fn cards_stand_beside(self) -> bool {
        let has_detail = self.app.detail_open.get() && self.app.selection.with(Option::is_some);
        !has_detail && self.app.width_px.get() >= 1200.0 && self.has_findings()
    }

    pub fn finding(self, key: &str) -> Option<FindingView> {
        let found =
            |findings: &[FindingView]| findings.iter().find(|finding| finding.key == key).cloned();
        self.asked.with(|page| found(&page.findings)).flatten()
    }

    /// Those that stand beside an event, by their keys.
    pub fn findings_beside(self, row: RowId) -> Vec<String> {
        let beside = |findings: &[FindingView]| {
            let beside = findings.iter().filter(|finding| finding.beside == row);
            beside.map(|finding| finding.key.clone()).collect()
        };
        self.asked
            .with(|page| beside(&page.findings))
            .unwrap_or_default()
    }

    /// The events of the finding that is shown.
    pub fn shown_rows(self) -> Vec<RowId> {
        let key = self.shown_finding.get();
        let finding = key.and_then(|key| self.finding(&key));
        finding.map_or_else(Vec::new, |finding| {
            finding.rows.into_iter().chain([finding.beside]).collect()
        })
    }

    /// Shows a finding's events in the list and along the time, or no more.
    pub fn show_events_of(self, finding: &FindingView) {
        if self.shown_finding.get_untracked().as_ref() == Some(&finding.key) {
            self.shown_finding.set(None);
            return;
        }
        self.shown_finding.set(Some(finding.key.clone()));
        for row in &finding.rows {
            if let Some(place) = untrack(|| self.place_of(*row)) {
                self.reveal(place);
            }
        }
        self.select_amid(finding.beside);
    }

    fn select_amid(self, row: RowId) {
        if let Some(place) = untrack(|| self.place_of(row)) {
            self.reveal_amid(place);
            self.select(place);
        }
    }

    /// Selects the event that a finding stands beside.
    pub fn go_to(self, key: &str) {
        let Some(finding) = untrack(|| self.finding(key)) else {
            return;
        };
        self.shows_findings.set(true);
        self.select_amid(finding.beside);
        if untrack(|| self.cards_stand_beside()) {
            return;
        }
        if self.is_phone.get_untracked() {
            self.goal.set(untrack(|| self.place_of(finding.beside)));
        } else {
            let card = selector(key, "");
            set_timeout(move || outside::show(&card), Duration::ZERO);
        }
    }

    /// The next one of a sort, down the list from where the reader is, then from the top again.
    pub fn go_to_next(self, sort: Sort) {
        let (next, now) = untrack(|| {
            let dismissals = self.app.dismissals;
            let is_of = |finding: &&FindingView| match dismissals.is_dismissed(&finding.key) {
                true => sort == Sort::Dismissed,
                false => (sort == Sort::Firm) == finding.is_firm && sort != Sort::Dismissed,
            };
            let placed = |finding: &FindingView| {
                let place = self.place_of(finding.beside)?;
                Some((place, finding.key.clone()))
            };
            let mut all: Vec<(usize, String)> = self
                .asked
                .with(|page| {
                    let of = page.findings.iter().filter(is_of);
                    of.filter_map(placed).collect()
                })
                .unwrap_or_default();
            lifeline::sorting::sort_by_key(&mut all, |(place, _)| *place);
            (all, self.selected())
        });
        let below = next
            .iter()
            .find(|(place, _)| now.is_none_or(|now| *place > now));
        if let Some((_, key)) = below.or(next.first()) {
            self.go_to(key);
        }
    }
}

/// Names parts of a finding's card.
pub fn selector(key: &str, part: &str) -> String {
    let key = key.replace('\\', "\\\\").replace('"', "\\\"");
    format!("[data-finding=\"{key}\"] {part}")
        .trim_end()
        .to_owned()
}
