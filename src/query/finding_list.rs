//! The account's findings as a list: those beside events that query and range let pass, newest first.

use super::finding_views::Grounds;
use super::histories::Histories;
use super::judgement::Found;
use super::judgement::Judgement;
use super::resource_views;
use super::selection::Selection;
use crate::coverage::Ledger;
use crate::findings::FindingKind;
use crate::findings::Severity;
use crate::protocol::Findings;
use crate::protocol::KindCount;
use crate::store::Store;

#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Empty: all.
    pub kinds: &'a [FindingKind],
    pub least: Severity,
    pub firm_only: bool,
    pub first: u32,
    pub count: u32,
}

pub fn findings(
    store: &Store,
    histories: &Histories,
    ledger: &Ledger,
    judgement: &Judgement,
    selection: &Selection,
    ask: &Ask,
) -> Findings {
    let mut grounds = Grounds::new(store, ledger);
    let mut by_kind = FindingKind::ALL.map(|kind| KindCount {
        kind,
        n: 0,
        n_firm: 0,
    });
    let mut listed: Vec<&Found> = Vec::new();
    for found in judgement.iter().rev() {
        let finding = &found.finding;
        if finding.severity < ask.least || !selection.has(store, finding.beside) {
            continue;
        }
        let is_firm = grounds.is_firm(found.resource, finding);
        if ask.firm_only && !is_firm {
            continue;
        }
        let of_kind = &mut by_kind[finding.kind as usize];
        of_kind.n += 1;
        of_kind.n_firm += u32::from(is_firm);
        if ask.kinds.is_empty() || ask.kinds.contains(&finding.kind) {
            listed.push(found);
        }
    }
    let shown = listed.iter().skip(ask.first as usize);
    let shown = shown.take(ask.count as usize);
    Findings {
        total: listed.len() as u32,
        first: ask.first,
        rows: shown
            .map(|found| {
                let head = found.resource.map(|ix| {
                    let history = histories.of(store, ix);
                    resource_views::head(store, ix, history.name_at(found.finding.at))
                });
                grounds.view(found.resource, &found.finding, head)
            })
            .collect(),
        by_kind: by_kind.into_iter().filter(|one| one.n > 0).collect(),
        coverage_stated: ledger.regions().next().is_some(),
    }
}
