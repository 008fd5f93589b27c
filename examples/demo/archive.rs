//! What becomes of the record on its way into files: the lost hour, copies, conflicts, sources spelled badly, times
//! left out, and which line of which file breaks.

use super::account::AU_SYD;
use super::account::EU_DE;
use super::account::REGIONS;
use super::account::US_EAST;
use super::account::US_SOUTH;
use super::clock::Moment;
use super::clock::date;
use super::clock::year_end;
use super::event::Id;
use super::recorder::Recorded;
use super::rng::Rng;
use super::world::gap;
use super::wrap::Flavour;

/// A file before it is written: what it covers and the records it holds, in their order.
pub struct Draft {
    pub region: usize,
    pub name: String,
    pub from: Moment,
    pub to: Moment,
    pub flavour: Flavour,
    pub records: Vec<Record>,
}

/// One record of a file. A fault is done to its text when it is written.
pub struct Record {
    pub recorded: Recorded,
    pub fault: Option<Fault>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Grown past 16 KB, and cut there.
    CutAt16K,
    /// The writer stopped in mid line.
    CutShort,
    /// A comma is missing.
    NoComma,
    /// A line of noise stands before the record, which itself is whole.
    NoiseBefore(&'static str),
}

pub fn drafts(mut events: Vec<Recorded>, rng: &mut Rng) -> Vec<Draft> {
    let lost = gap();
    events.retain(|e| e.region != US_EAST || e.at < lost.from || e.at >= lost.to);
    events.sort_by_key(|e| (e.arrived, e.at));
    spoil(&mut events, rng);
    conflicts(&mut events);
    let mut drafts = Vec::new();
    for region in 0..REGIONS.len() {
        for (name, from, to) in months(region) {
            let inside = |e: &&Recorded| e.at >= from && e.at < to;
            let mut records: Vec<Recorded> = events
                .iter()
                .filter(|e| e.region == region)
                .filter(inside)
                .cloned()
                .collect();
            if region == US_SOUTH {
                // For one week a second route sent Washington's events here as well.
                let week = date(2026, 4, 6)..date(2026, 4, 13);
                let strays = events.iter().filter(inside).filter(|e| {
                    e.region == US_EAST && week.contains(&e.at) && e.event.log_source_crn.is_some()
                });
                records.extend(strays.cloned());
            }
            retries(&mut records, rng);
            let flavour = flavour(region, &name);
            drafts.push(Draft {
                region,
                name: format!("{name}{}", flavour.ending()),
                from,
                to,
                flavour,
                records: records
                    .into_iter()
                    .map(|recorded| Record {
                        recorded,
                        fault: None,
                    })
                    .collect(),
            });
        }
    }
    break_lines(&mut drafts, rng);
    drafts
}

/// The year's months, with their names; the month of the lost hour is in two parts around it.
fn months(region: usize) -> Vec<(String, Moment, Moment)> {
    let mut all = Vec::new();
    for n in 10..22u32 {
        let first = |n: u32| date(2025 + (n / 12) as i32, n % 12 + 1, 1);
        let (from, to) = (first(n), first(n + 1).min(year_end()));
        let name = from.month();
        let lost = gap();
        if region == US_EAST && lost.from >= from && lost.from < to {
            all.push((format!("{name}-a"), from, lost.from));
            all.push((format!("{name}-b"), lost.to, to));
        } else {
            all.push((name, from, to));
        }
    }
    all
}

fn flavour(region: usize, month: &str) -> Flavour {
    match (region, month) {
        (EU_DE, "2025-11" | "2025-12") => Flavour::HostedExport,
        (US_EAST, "2026-06") => Flavour::Routing,
        (US_SOUTH, "2026-07") => Flavour::QueryAnswer,
        (AU_SYD, "2026-02") => Flavour::PlainWindows,
        (AU_SYD, "2026-04") => Flavour::Array,
        (US_SOUTH, "2026-05") => Flavour::TwoMembers,
        (AU_SYD, "2025-11") => Flavour::Legacy,
        (AU_SYD, "2025-12") => Flavour::Stored,
        (EU_DE, "2026-01") => Flavour::Archived,
        (US_EAST, "2025-12") => Flavour::WithClassicLog,
        (US_EAST, "2026-09") => Flavour::WithNotifications,
        _ => Flavour::Lines,
    }
}

/// Sources spelled badly or left out, and times left out, where that moves no server's life.
fn spoil(events: &mut [Recorded], rng: &mut Rng) {
    const SPELLINGS: [Option<&str>; 4] = [
        None,
        Some("undefined"),
        Some("v1:bluemix:public:audit-log:us-south"),
        Some("crn:v1:bluemix:public:audit-log::::vsi:"),
    ];
    let late = date(2026, 2, 1);
    let mut reboots: Vec<&mut Recorded> = events
        .iter_mut()
        .filter(|e| e.region == US_SOUTH && e.at > late)
        .filter(|e| e.event.action.ends_with("vsi.soft-reboot"))
        .collect();
    for n in 0..8 {
        let index = rng.index(reboots.len().max(1));
        if let Some(event) = reboots.get_mut(index) {
            event.event.log_source_crn = SPELLINGS[n % 4].map(str::to_owned);
        }
    }
    let mut undated: Vec<&mut Recorded> = events
        .iter_mut()
        .filter(|e| e.region == AU_SYD && e.event.action.starts_with("cloud-object-storage"))
        .collect();
    for n in 0..5 {
        let index = rng.index(undated.len().max(1));
        if let Some(event) = undated.get_mut(index) {
            event.event.event_time = (n == 4).then(|| "n/a".to_owned());
        }
    }
}

/// Two events that claim to be one: the same id, with something else in it.
fn conflicts(events: &mut Vec<Recorded>) {
    let suits = |e: &&Recorded| {
        e.event.outcome == "success"
            && e.event.action.ends_with("vsi.reboot")
            && matches!(e.event.id, Some(Id::Plain(_)))
    };
    let chosen: Vec<Recorded> = events
        .iter()
        .filter(suits)
        .step_by(90)
        .take(3)
        .cloned()
        .collect();
    for (n, mut twin) in chosen.into_iter().enumerate() {
        twin.arrived = twin.arrived.plus_secs(70);
        match n {
            0 => twin.event.message.push_str(" (resent)"),
            1 => twin.event.initiator.host.address = "10.20.7.53".to_owned(),
            _ => twin.event.severity = "critical",
        }
        events.push(twin);
    }
    events.sort_by_key(|e| (e.arrived, e.at));
}

/// Some records are sent again, and stand in the file a second time.
fn retries(records: &mut Vec<Recorded>, rng: &mut Rng) {
    for _ in 0..records.len() / 180 {
        let again = records[rng.index(records.len())].clone();
        let place = records.partition_point(|r| r.arrived <= again.arrived.plus_secs(120));
        records.insert(place, again);
    }
}

fn break_lines(drafts: &mut [Draft], rng: &mut Rng) {
    let faults = [
        (US_SOUTH, "2026-01", Fault::CutAt16K),
        (EU_DE, "2025-12", Fault::CutAt16K),
        (US_EAST, "2026-02", Fault::CutShort),
        (EU_DE, "2026-05", Fault::NoComma),
        (
            AU_SYD,
            "2026-06",
            Fault::NoiseBefore("\u{0}\u{0}\u{7f}ELF garbage \u{1}"),
        ),
        (
            US_SOUTH,
            "2026-09",
            Fault::NoiseBefore("\"upstream connect error\""),
        ),
        (AU_SYD, "2026-02", Fault::CutShort),
    ];
    for (region, month, fault) in faults {
        let draft = drafts
            .iter_mut()
            .find(|d| d.region == region && d.name.starts_with(month));
        let Some(draft) = draft else { continue };
        let records = &draft.records;
        let alone = |n: usize| {
            let same = |r: &&Record| {
                r.recorded.event.message == records[n].recorded.event.message
                    && r.recorded.at == records[n].recorded.at
            };
            records.iter().filter(same).count() == 1
        };
        let powered: Vec<usize> = (0..records.len())
            .filter(|&n| {
                let e = &records[n].recorded.event;
                e.outcome == "success"
                    && e.action.contains(".power-o")
                    && records[n].fault.is_none()
            })
            .filter(|&n| alone(n))
            .collect();
        if !powered.is_empty() {
            let index = powered[rng.index(powered.len())];
            draft.records[index].fault = Some(fault);
        }
    }
}
