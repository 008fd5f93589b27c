//! A picture of a resource's events, as `lifecycle::tests::picture` reads it, and of the findings they raise.
//!
//! Beside its words: `corr` (correlation id), `cred` (credential type), `authn` (the signed-in id), `from` (address),
//! `agent`, `to` (the target as written), `code` (reason). Findings come back as
//! `unexpected-transition warning b: a b` (kind, severity, beside which event: its events), in order, parted by `|`.

use std::collections::HashMap;

use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::catalogue::Catalogue;
use crate::findings;
use crate::findings::Deed;
use crate::findings::Finding;
use crate::findings::FindingKind;
use crate::findings::Firsts;
use crate::findings::Operation;
use crate::findings::Tables;
use crate::lifecycle::history;
use crate::lifecycle::tests::picture::OwnedFact;
use crate::lifecycle::tests::picture::at;
use crate::lifecycle::tests::picture::read_with_rest;
use crate::time::Timestamp;

pub struct Picture {
    /// By key.
    ids: Vec<String>,
    /// The events' ids, in their order.
    order: Vec<String>,
    pub findings: Vec<Finding>,
    operations: Vec<Operation>,
    folds: Vec<findings::Fold>,
}

pub fn life(text: &str) -> Picture {
    life_until(Kind::Vsi, text, "900d00:00")
}

pub fn life_of(kind: Kind, text: &str) -> Picture {
    life_until(kind, text, "900d00:00")
}

/// `end`: the newest time of all events held.
pub fn life_until(kind: Kind, text: &str, end: &str) -> Picture {
    judged(kind, &read_with_rest(text), at(end), Firsts::default())
}

pub type Told = (OwnedFact, Vec<(String, String)>);

pub fn judged(kind: Kind, told: &[Told], end: Timestamp, new_to_account: Firsts) -> Picture {
    let catalogue = Catalogue::standard();
    let tables = Tables::of(&catalogue);
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut code = |text: &str| {
        let next = codes.len() as u32 + 1;
        *codes.entry(text.to_owned()).or_insert(next)
    };
    let mut deeds: Vec<Deed> = Vec::new();
    for ((fact, rest), key) in told.iter().zip(0..) {
        let said = |word: &str| rest.iter().find(|(key, _)| key == word);
        for (key, _) in rest {
            let words = ["corr", "cred", "authn", "from", "agent", "to", "code"];
            assert!(words.contains(&&**key), "{key} is no word of a picture");
        }
        let mut text = |word| said(word).map_or(0, |(_, text)| code(text));
        let (correlation, credential, authn_id) = (text("corr"), text("cred"), text("authn"));
        let (address, agent, target) = (text("from"), text("agent"), text("to"));
        let reason = said("code").map(|(_, text)| text.as_str());
        let act = catalogue.action_id(&fact.action);
        deeds.push(Deed {
            fact: fact.lend(key, &catalogue),
            rules: act.and_then(|act| tables.rules(act)),
            id: u64::from(code(&fact.id)),
            action: code(&fact.action),
            target,
            who: fact.initiator.as_deref().map_or(0, &mut code),
            credential,
            authn_id,
            correlation,
            address,
            agent,
            is_refused: fact.outcome == Outcome::Failure && matches!(reason, Some("401" | "403")),
        });
    }
    deeds.sort_by(|a, b| a.fact.order(&b.fact));
    let facts: Vec<_> = deeds.iter().map(|deed| deed.fact).collect();
    let judged = findings::judge(kind, &deeds, &history(kind, &facts), end, &|_| {
        new_to_account
    });
    Picture {
        ids: told.iter().map(|(fact, _)| fact.id.clone()).collect(),
        order: deeds.iter().map(|deed| deed.fact.id.to_owned()).collect(),
        folds: findings::folds(&deeds, &judged.operations),
        findings: judged.findings,
        operations: judged.operations,
    }
}

impl Picture {
    /// All findings.
    pub fn found(&self) -> String {
        self.those(|_| true)
    }

    /// Those of one kind.
    pub fn of(&self, kind: FindingKind) -> String {
        self.those(|finding| finding.kind == kind)
    }

    fn those(&self, is_shown: impl Fn(&Finding) -> bool) -> String {
        let id = |key: &u32| self.ids[*key as usize].as_str();
        let shown = self.findings.iter().filter(|finding| is_shown(finding));
        let words = shown.map(|finding| {
            let events: Vec<&str> = finding.events.iter().map(id).collect();
            format!(
                "{} {} {}: {}",
                finding.kind.name(),
                finding.severity.name(),
                id(&finding.beside),
                events.join(" ")
            )
        });
        words.collect::<Vec<_>>().join(" | ")
    }

    /// `a+b Paired | c+· Open`, completions that nothing asked for left out.
    pub fn operations(&self) -> String {
        let id = |at: Option<usize>| at.map_or("·", |at| self.order[at].as_str());
        let shown = self.operations.iter();
        let shown = shown.filter(|one| one.standing != findings::OperationStanding::NoRequest);
        let words = shown.map(|one| {
            format!(
                "{}+{} {:?}",
                id(one.request),
                id(one.completion),
                one.standing
            )
        });
        words.collect::<Vec<_>>().join(" | ")
    }

    /// `b(a c)`: the row that stays and what it holds.
    pub fn folds(&self) -> String {
        let id = |at: &usize| self.order[*at].as_str();
        let words = self.folds.iter().map(|fold| {
            let parts: Vec<&str> = fold.parts.iter().map(id).collect();
            format!("{}({})", id(&fold.head), parts.join(" "))
        });
        words.collect::<Vec<_>>().join(" | ")
    }
}
