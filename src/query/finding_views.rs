//! A finding as it is shown: in words, with why it is firm or only suspected. Says durations and who, no times: zones are
//! the page's.

use std::borrow::Cow;

use reading::lowercase::push_lower;

use super::resource_views::location_of;
use super::row::initiator;
use crate::amounts::count;
use crate::amounts::counted;
use crate::amounts::duration;
use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::coverage::Ledger;
use crate::coverage::covers;
use crate::findings::About;
use crate::findings::Finding;
use crate::findings::FindingKind;
use crate::findings::Firsts;
use crate::findings::Severity;
use crate::lifecycle::TrackName;
use crate::lifecycle::words::value;
use crate::protocol::FindingView;
use crate::protocol::ResourceHead;
use crate::protocol::RowId;
use crate::sorting::Ordered;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// Events of one finding that are named at most; all are counted.
const MOST_EVENTS: usize = 100;

/// What is proven read, region by region; looked up once for many findings.
pub struct Grounds<'a> {
    store: &'a Store,
    ledger: &'a Ledger,
    proven: Ordered<String, Vec<TimeRange>>,
}

/// Whether a finding is firm, and if not, why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ground {
    Proven,
    /// Of these regions something was not read, or not proven so.
    Unproven,
    /// All was read, but records came that no one can read.
    Unreadable(u64),
    NotStated,
    /// No time would prove it.
    Implied,
}

impl<'a> Grounds<'a> {
    pub fn new(store: &'a Store, ledger: &'a Ledger) -> Grounds<'a> {
        Grounds {
            store,
            ledger,
            proven: Ordered::default(),
        }
    }

    pub fn is_firm(&mut self, resource: Option<u32>, finding: &Finding) -> bool {
        finding.rests_on.is_some() && self.ground(resource, finding).0 == Ground::Proven
    }

    /// And the regions that it rests on.
    fn ground(&mut self, resource: Option<u32>, finding: &Finding) -> (Ground, Vec<String>) {
        let mut regions = self.regions(resource, finding);
        let Some(stretch) = finding.rests_on else {
            return (Ground::Implied, regions);
        };
        if stretch.is_everywhere {
            regions.extend(self.ledger.regions().map(str::to_owned));
            regions.sort_unstable();
            regions.dedup();
        }
        if !regions.iter().any(|region| self.ledger.is_stated(region)) {
            return (Ground::NotStated, regions);
        }
        let range = TimeRange::new(stretch.from, stretch.to.plus_nanos(1));
        let is_proven = |region: &String| {
            let proven = self
                .proven
                .get_or(region.clone(), || self.ledger.proven(region));
            range.is_some_and(|range| covers(proven, range))
        };
        if !regions.iter().all(is_proven) {
            return (Ground::Unproven, regions);
        }
        let n_in = |region: &String| range.map(|range| self.ledger.n_unreadable(region, range));
        match regions.iter().filter_map(n_in).sum() {
            0 => (Ground::Proven, regions),
            n => (Ground::Unreadable(n), regions),
        }
    }

    /// Those of its resource and its events, in order.
    fn regions(&self, resource: Option<u32>, finding: &Finding) -> Vec<String> {
        let of_events = finding.events.iter().map(|row| {
            let region = self.store.rows().get(Field::Region, *row as usize);
            region.map_or_else(|| "unknown".to_owned(), Cow::into_owned)
        });
        let mut regions: Vec<String> = of_events.collect();
        regions.extend(resource.map(|ix| location_of(self.store, ix).region));
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    /// `head` is shown with it.
    pub fn view(
        &mut self,
        resource: Option<u32>,
        finding: &Finding,
        head: Option<ResourceHead>,
    ) -> FindingView {
        let (ground, regions) = self.ground(resource, finding);
        let kind = resource.map_or(Kind::Other, |ix| self.store.resource(ix).kind());
        let words = Words {
            store: self.store,
            finding,
            kind,
        };
        FindingView {
            key: key(self.store, resource, finding),
            kind: finding.kind,
            severity: finding.severity,
            is_firm: ground == Ground::Proven,
            resource: head,
            at: finding.at,
            beside: RowId(finding.beside),
            rows: finding
                .events
                .iter()
                .take(MOST_EVENTS)
                .copied()
                .map(RowId)
                .collect(),
            n_events: finding.events.len() as u32,
            words: words.said(),
            why: why(ground, &regions, finding),
        }
    }
}

/// The same in every tab: what it is, of what, beside which event.
fn key(store: &Store, resource: Option<u32>, finding: &Finding) -> String {
    let of = match (&finding.about, resource) {
        (About::Transition { track, .. }, Some(ix)) => {
            format!("{} {track}", store.resource(ix).id())
        }
        _ if finding.is_account() => "account".to_owned(),
        (_, Some(ix)) => store.resource(ix).id().into_owned(),
        (_, None) => String::new(),
    };
    let beside = store.rows().ids.name(finding.beside as usize);
    format!("{} {of} {beside}", finding.kind.name())
}

fn why(ground: Ground, regions: &[String], finding: &Finding) -> String {
    let regions = listed(regions);
    let stretch = match finding.kind {
        FindingKind::MissingCompletion => "in the 24 h before and after the request",
        FindingKind::MissingRequest => "in the 24 h before the completion",
        FindingKind::FirstTime => "since the baseline begins",
        _ if finding.events.len() > 1 => "between these events",
        _ => "at this event",
    };
    match ground {
        Ground::Proven => {
            format!("Firm: all of {regions} {stretch} is read, and proven so by its manifest.")
        }
        Ground::Unproven => format!(
            "Suspected: not all of {regions} {stretch} is proven read, so an event that isn't here could explain it."
        ),
        Ground::Unreadable(n) => format!(
            "Suspected: {} of {regions} could not be read in files of this time, and may tell what explains it.",
            counted(n, "record", "records"),
        ),
        Ground::NotStated => format!(
            "Suspected: nothing states what was fetched of {regions}, so an event that isn't here could explain it."
        ),
        Ground::Implied => {
            "Suspected: it rests on a record without an outcome, or on nothing recorded before."
                .to_owned()
        }
    }
}

/// `us-south`, `us-south and eu-de`, `us-south, eu-de and au-syd`.
fn listed(words: &[impl AsRef<str>]) -> String {
    let mut said = String::new();
    for (n, word) in words.iter().enumerate() {
        said.push_str(match n {
            0 => "",
            _ if n + 1 == words.len() => " and ",
            _ => ", ",
        });
        said.push_str(word.as_ref());
    }
    said
}

struct Words<'a> {
    store: &'a Store,
    finding: &'a Finding,
    kind: Kind,
}

impl Words<'_> {
    fn label(&self, row: u32) -> String {
        let action = self.store.rows().get(Field::Action, row as usize);
        self.store
            .catalogue()
            .label(&action.unwrap_or_default())
            .into_owned()
    }

    fn by(&self, row: u32) -> String {
        initiator(self.store, row)
            .map_or_else(|| "an initiator without a name".to_owned(), Cow::into_owned)
    }

    fn time(&self, row: u32) -> Timestamp {
        let at = self.store.rows().time(row as usize);
        at.unwrap_or(self.finding.at)
    }

    /// From its first event to another.
    fn since_first(&self, row: u32) -> String {
        let first = self.time(self.finding.events[0]);
        duration(self.time(row).nanos().saturating_sub(first.nanos()))
    }

    fn reason(&self, row: u32) -> String {
        let code = self.store.rows().get(Field::ReasonCode, row as usize);
        code.map_or_else(String::new, |code| format!(" ({code})"))
    }

    fn said(&self) -> String {
        let finding = self.finding;
        let beside = finding.beside;
        let (label, by) = (self.label(beside), self.by(beside));
        let first = finding.events[0];
        match (finding.kind, &finding.about) {
            (
                _,
                About::Transition {
                    track,
                    before,
                    unrecorded,
                },
            ) => {
                let held = match track {
                    TrackName::Power => format!("power was {before}"),
                    track => format!("{} was {}", track.label(), value(track, before)),
                };
                // What is worth a word only may have changed nothing.
                let either = match finding.severity {
                    Severity::Info => "either it changed nothing, or ",
                    _ => "",
                };
                let gave = lower(&self.label(first));
                let (gave_by, since) = (self.by(first), self.since_first(beside));
                format!(
                    "{label} by {by} succeeded while {held} since {gave} by {gave_by} {since} before: {either}{unrecorded} in between is not recorded.",
                )
            }
            (
                _,
                About::Name {
                    said,
                    known,
                    is_rename: true,
                },
            ) => format!("A rename by {by} from “{said}”, but the name known was “{known}”."),
            (
                _,
                About::Name {
                    said,
                    known,
                    is_rename: false,
                },
            ) => format!(
                "The record speaks of “{said}”; the name known was “{known}”, and no rename is recorded in between."
            ),
            (
                _,
                About::OtherWay {
                    is_stronger,
                    has_other_credential,
                },
            ) => {
                let n = finding.events.len() as u64 - 1;
                let refused = self.label(first);
                let mut ways = Vec::new();
                if *has_other_credential {
                    ways.push(self.credential(beside));
                }
                if *is_stronger {
                    ways.push(format!("a stronger act ({})", lower(&label)));
                }
                format!(
                    "{} of {}{}, then success {} later with {}, by the same person, {by}.",
                    counted(n, "refusal", "refusals"),
                    lower(&refused),
                    self.reason(first),
                    self.since_first(beside),
                    listed(&ways),
                )
            }
            (_, About::Requests { n_paired, n_alone }) => format!(
                "{label} by {by} is recorded as {}, and nothing records that it was asked for; {} of {} others of this action are.",
                match self.store.rows().outcome(beside as usize) {
                    Outcome::Failure => "failed",
                    _ => "done",
                },
                count(*n_paired),
                count(n_paired + n_alone - 1),
            ),
            (_, About::FirstTime { firsts, baseline }) => {
                let whose = match baseline.is_account {
                    true => "in this account",
                    false => "on this resource",
                };
                let length = finding.at.nanos().saturating_sub(baseline.from.nanos());
                format!(
                    "First event {whose} {} in {} of record ({} before it).",
                    self.firsts(*firsts),
                    duration(length),
                    counted(baseline.n_events, "event", "events"),
                )
            }
            (FindingKind::ProvisionedTwice, _) => format!(
                "{label} by {by} while live: {} by {} {} before, and {} is not recorded in between.",
                lower(&self.label(first)),
                self.by(first),
                self.since_first(beside),
                self.end(),
            ),
            (FindingKind::ImpossibleOrder, _) => format!(
                "{} by {} succeeded {} before it was provisioned.",
                self.label(first),
                self.by(first),
                self.since_first(beside),
            ),
            (FindingKind::AfterEnd, _) => {
                let n = finding.events.len() as u64 - 1;
                let more = match n {
                    1 => String::new(),
                    n => format!(", and {} more later", count(n - 1)),
                };
                let reserve = match self.kind {
                    Kind::Vsi => " A reclaimed server may run on until its billing date.",
                    _ => "",
                };
                format!(
                    "{label} by {by} succeeded {} after it was {}{more}.{reserve}",
                    self.since_first(beside),
                    self.kind.end_word(),
                )
            }
            (FindingKind::IdentityReused, _) => format!(
                "{label} by {by} {} after it was {}: the same id may stand for another machine from here on.",
                self.since_first(beside),
                self.kind.end_word(),
            ),
            (FindingKind::MissingCompletion, _) => format!(
                "{label} was asked for by {by}, and the next 24 h record neither that it was done nor that it failed."
            ),
            (FindingKind::ClockDisorder, _) => format!(
                "The completion of {} by {by} is dated {} before its request.",
                lower(&label),
                self.since_first(finding.events[finding.events.len() - 1]),
            ),
            (FindingKind::FailuresThenSuccess, _) => {
                let n = finding.events.len() as u64 - 1;
                format!(
                    "{label} by {by} failed {} times in a row{}, then succeeded, all within {}.",
                    count(n),
                    self.reason(first),
                    self.since_first(beside),
                )
            }
            // Each of these kinds says what it is about.
            (kind, About::Events) => format!("{}: {label} by {by}.", kind.words()),
        }
    }

    /// `another credential (apikey)`
    fn credential(&self, row: u32) -> String {
        let kind = self.store.rows().get(Field::Credential, row as usize);
        match kind {
            Some(kind) => format!("another credential ({kind})"),
            None => "another credential".to_owned(),
        }
    }

    fn end(&self) -> &'static str {
        match self.kind {
            Kind::Vsi | Kind::BareMetal => "a reclaim",
            _ => "a delete",
        }
    }

    /// `by jane, from 10.1.2.3 and with curl/8`
    fn firsts(&self, Firsts([who, address, agent]): Firsts) -> String {
        let row = self.finding.beside;
        let text = |field| {
            let text = self.store.rows().get(field, row as usize);
            text.unwrap_or_default().into_owned()
        };
        let mut new = Vec::new();
        if who {
            new.push(format!("by {}", self.by(row)));
        }
        if address {
            new.push(format!("from {}", text(Field::Address)));
        }
        if agent {
            new.push(format!("with {}", text(Field::Agent)));
        }
        listed(&new)
    }
}

/// As it stands inside a sentence.
fn lower(label: &str) -> String {
    let mut chars = label.chars();
    let mut text = String::with_capacity(label.len());
    if let Some(first) = chars.next() {
        push_lower(&mut text, first);
    }
    text + chars.as_str()
}
