//! The accounts that are known, and who owns a CRN that doesn't say.

use std::collections::HashMap;

use columns::Code;
use columns::Dictionary;
use columns::NONE;
use reading::hash::BuildMix;

use super::crns::Crns;
use super::known::Known;
use super::known::Written;
use super::reference::Reference;
use super::reference::Target;
use crate::cadf::Crn;

/// Accounts get codes of their own: CRNs and the configuration name others than the events do.
pub(super) struct Accounts {
    pub names: Dictionary,
    /// The one known, when there is exactly one.
    only: Code,
    /// For CRNs without an account in their scope, by what stands for them: the accounts of their events.
    of_crn: HashMap<u32, Owner, BuildMix>,
}

impl Accounts {
    pub fn of(known: Known, crns: &mut Crns, config_account: Option<&str>) -> Self {
        let mut names = Dictionary::default();
        let mut all = Owner::default();
        let mut of_crn: HashMap<u32, Owner, BuildMix> = HashMap::default();
        all.add(names.code(config_account));
        for number in 0..known.references.len() as u32 {
            let reference = known.references.get(number);
            let account = code(&mut names, known, &reference);
            all.add(account);
            let Target::Id(id) = reference.target else {
                continue;
            };
            let written = Written::target_id(id);
            let text = known.text(written);
            let Some(crn) = Crn::parse(&text) else {
                continue;
            };
            match crn.account() {
                Some(account) => all.add(names.code(Some(account))),
                None => {
                    let first = crns.first(known, written, &crn);
                    of_crn.entry(first.0).or_default().add(account);
                }
            }
        }
        Accounts {
            names,
            only: all.only(),
            of_crn,
        }
    }

    pub fn of_reference(&mut self, known: Known, reference: &Reference) -> Code {
        match code(&mut self.names, known, reference) {
            NONE => self.only,
            account => account,
        }
    }

    /// The CRN's own, else the only one of its events, else this event's. `first` stands for the CRN.
    pub fn of_crn(
        &mut self,
        known: Known,
        crn: &Crn,
        first: Written,
        reference: &Reference,
    ) -> Code {
        if let Some(account) = crn.account() {
            return self.names.code(Some(account));
        }
        let of_events = self.of_crn.get(&first.0).map_or(NONE, Owner::only);
        match of_events {
            NONE => self.of_reference(known, reference),
            account => account,
        }
    }
}

/// That of the event's account.
fn code(names: &mut Dictionary, known: Known, reference: &Reference) -> Code {
    match reference.account {
        NONE => NONE,
        account => names.code(Some(&known.columns.account(account))),
    }
}

/// The accounts named, as far as it matters: none, one, or several.
#[derive(Clone, Copy, Default)]
struct Owner {
    first: Code,
    are_several: bool,
}

impl Owner {
    fn add(&mut self, account: Code) {
        match (self.first, account) {
            (NONE, _) => self.first = account,
            (first, other) if other != NONE && first != other => self.are_several = true,
            _ => {}
        }
    }

    /// The one, if no other is named.
    fn only(&self) -> Code {
        if self.are_several { NONE } else { self.first }
    }
}
