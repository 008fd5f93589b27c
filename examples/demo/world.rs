//! The run of the year: takes one task after the other in time, lets servers undergo what is done to them, and has
//! the recorder say it. Changes that nobody says are listed for the truth.

use std::collections::BTreeMap;

use super::account::Cast;
use super::account::REGIONS;
use super::account::US_EAST;
use super::account::Who;
use super::clock::Moment;
use super::clock::date;
use super::clock::year_end;
use super::recorder::Recorder;
use super::recorder::Telling;
use super::recorder::form_of;
use super::rng::Rng;
use super::server::Existence;
use super::server::Kind;
use super::server::Op;
use super::server::Power;
use super::server::Server;
use super::truth::Gap;
use super::truth::Unrecorded;
use super::words;

/// Something that someone wants done to a server.
#[derive(Clone, Debug)]
pub struct Ask {
    pub server: usize,
    pub op: Op,
    pub who: Who,
    pub correlation: Option<String>,
    /// What follows its success, so many seconds later.
    pub then: Vec<(i64, Deed)>,
    pub luck: Luck,
    pub tries: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Luck {
    /// Chance decides about rights and faults.
    Ordinary,
    /// Nothing goes wrong; also done to a device that was cancelled.
    Sure,
    /// Refused with this code.
    Refused(u16),
}

#[derive(Clone, Debug)]
pub enum Deed {
    Ask(Op, Who),
    Hand(Hand),
}

/// Changes that no event records.
#[derive(Clone, Debug)]
pub enum Hand {
    Resume,
    CutPower,
    RestorePower,
    Rename(String),
    SwitchPort(usize, bool),
}

#[derive(Clone, Debug)]
enum Task {
    Ask(Ask),
    Finish { ask: Ask, id: Option<String> },
    Hand(usize, Hand),
}

pub struct World {
    pub servers: Vec<Server>,
    pub cast: Cast,
    pub recorder: Recorder,
    pub unrecorded: Vec<Unrecorded>,
    rng: Rng,
    tasks: BTreeMap<(Moment, u64), Task>,
    planned: u64,
}

/// The hour that no file covers: a patch night in Washington.
pub fn gap() -> Gap {
    let from = date(2026, 3, 11).plus_mins(7 * 60);
    Gap {
        region: REGIONS[US_EAST].code,
        from,
        to: from.plus_mins(60),
    }
}

impl Ask {
    pub fn new(server: usize, op: Op, who: Who) -> Self {
        Ask {
            server,
            op,
            who,
            correlation: None,
            then: Vec::new(),
            luck: Luck::Ordinary,
            tries: 0,
        }
    }

    pub fn with(self, luck: Luck) -> Self {
        Ask { luck, ..self }
    }

    pub fn then(mut self, secs: i64, deed: Deed) -> Self {
        self.then.push((secs, deed));
        self
    }

    pub fn correlated(self, id: &str) -> Self {
        Ask {
            correlation: Some(id.to_owned()),
            ..self
        }
    }
}

impl World {
    pub fn new(servers: Vec<Server>, cast: Cast, rng: &mut Rng) -> Self {
        World {
            servers,
            cast,
            recorder: Recorder::new(rng.fork()),
            unrecorded: Vec::new(),
            rng: rng.fork(),
            tasks: BTreeMap::new(),
            planned: 0,
        }
    }

    pub fn plan(&mut self, at: Moment, ask: Ask) {
        self.put(at, Task::Ask(ask));
    }

    pub fn plan_hand(&mut self, at: Moment, server: usize, hand: Hand) {
        self.put(at, Task::Hand(server, hand));
    }

    fn put(&mut self, at: Moment, task: Task) {
        self.planned += 1;
        self.tasks.insert((at, self.planned), task);
    }

    /// Runs until the year ends; what would come after is left undone.
    pub fn run(&mut self) {
        while let Some(((at, _), task)) = self.tasks.pop_first() {
            if at >= year_end().plus_mins(-1) {
                continue;
            }
            match task {
                Task::Ask(ask) => self.ask(at, ask),
                Task::Finish { ask, id } => self.finish(at, ask, id),
                Task::Hand(server, hand) => self.hand(at, server, &hand),
            }
        }
    }

    fn ask(&mut self, at: Moment, mut ask: Ask) {
        let server = &self.servers[ask.server];
        let ordered = server.existence == Existence::Ordered;
        let waiting = ordered && server.busy_until.is_none() && ask.op != Op::Provision;
        let gone = server.existence == Existence::Gone && ask.luck == Luck::Ordinary;
        if waiting || gone {
            return;
        }
        let at = self.stamp(ask.server, at);
        if ask.correlation.is_none() && !self.rng.chance(0.1) {
            ask.correlation = Some(self.rng.uuid());
        }
        let server = &self.servers[ask.server];
        if let Luck::Refused(code) = ask.luck {
            return self.tell(&ask, at, "failure", code, Some(refusal(code)), None);
        }
        if server.busy_until.is_some_and(|until| at < until) {
            if self.rng.chance(0.5) {
                let why = "There is an active transaction on this device.";
                self.tell(&ask, at, "failure", 409, Some(why), None);
            }
            return;
        }
        if let Some(why) = server.refuses(&ask.op) {
            if self.rng.chance(0.4) {
                self.tell(&ask, at, "failure", 409, Some(why), None);
            }
            return;
        }
        let actor = self.cast.actor(ask.who);
        if ask.luck == Luck::Ordinary && self.rng.chance(actor.refused) {
            self.tell(&ask, at, "failure", 403, Some(refusal(403)), None);
            if ask.op == Op::Provision {
                // An order is not dropped: someone who may do it does it.
                ask.who = Who::Person(0);
                self.plan(at.plus_mins(25), ask.with(Luck::Sure));
            }
            return;
        }
        if ask.luck == Luck::Ordinary && self.rng.chance(0.009) {
            return self.fault(at, ask, None);
        }
        let reboots = matches!(ask.op, Op::Reboot | Op::SoftReboot | Op::HardReboot);
        if reboots && self.servers[ask.server].power == Power::On && self.rng.chance(0.004) {
            // Nobody learned how it ended; the machine ran on.
            return self.tell(&ask, at, "unknown", 504, None, None);
        }
        let kind = self.servers[ask.server].kind;
        match words::long_operation(kind, &ask.op) {
            Some((shortest, longest)) => {
                let secs = self.rng.between(shortest, longest);
                let until = at.plus_secs(secs).plus_micros(self.rng.between(0, 999_999));
                // Bare metal's service completes an event under the id it began with.
                let shared = matches!(kind, Kind::BareMetal).then(|| self.rng.uuid());
                // Now and then a request is never written down, only how it ended.
                if !self.rng.chance(0.008) || ask.op == Op::Provision {
                    self.tell(&ask, at, "pending", 202, None, shared.clone());
                }
                self.servers[ask.server].busy_until = Some(until);
                self.put(until, Task::Finish { ask, id: shared });
            }
            None => self.done(at, ask, None),
        }
    }

    fn finish(&mut self, at: Moment, ask: Ask, id: Option<String>) {
        self.servers[ask.server].busy_until = None;
        let at = self.stamp(ask.server, at);
        if ask.op == Op::TakeImage && ask.luck == Luck::Ordinary && self.rng.chance(0.02) {
            // It never ended, and nobody said so; the server is as it was.
            return;
        }
        if ask.luck == Luck::Ordinary && self.rng.chance(0.03) {
            return self.fault(at, ask, id);
        }
        self.done(at, ask, id);
    }

    /// It worked: said, and then so.
    fn done(&mut self, at: Moment, ask: Ask, id: Option<String>) {
        let code = match ask.op {
            Op::Provision | Op::TakeImage | Op::RequestAction(_) | Op::AddInterface => 201,
            Op::Remove | Op::WithdrawAction | Op::RemoveInterface | Op::DetachVolume => 204,
            _ => 200,
        };
        self.tell(&ask, at, "success", code, None, id);
        let lost = gap();
        let server = &mut self.servers[ask.server];
        server.undergo(&ask.op, at);
        let in_gap = server.region == US_EAST && at >= lost.from && at < lost.to;
        if in_gap && matches!(ask.op, Op::Rename(_)) {
            server.name_in_doubt = true;
        }
        for (secs, deed) in ask.then {
            let later = at.plus_secs(secs).plus_micros(self.rng.between(0, 900_000));
            match deed {
                Deed::Ask(op, who) => self.plan(later, Ask::new(ask.server, op, who)),
                Deed::Hand(hand) => self.plan_hand(later, ask.server, hand),
            }
        }
    }

    /// The service failed; whoever asked tries again later, as people and machines do.
    fn fault(&mut self, at: Moment, mut ask: Ask, id: Option<String>) {
        const FAULTS: [(u32, (u16, &str)); 7] = [
            (
                8,
                (503, "Service temporarily unavailable. Try again later."),
            ),
            (4, (500, "An internal error occurred.")),
            (
                2,
                (504, "The request to the device's management timed out."),
            ),
            (1, (502, "Bad answer from an upstream service.")),
            (2, (424, "A step that this one needs has failed.")),
            (2, (400, "The request is not valid for this device.")),
            (1, (507, "Insufficient capacity in this data center.")),
        ];
        let (code, why) = self.rng.weighted(&FAULTS);
        self.tell(&ask, at, "failure", code, Some(why), id);
        let must = ask.op == Op::Provision;
        if must || (code >= 500 && ask.tries < 3 && self.rng.chance(0.8)) {
            ask.tries += 1;
            let wait = if must {
                1_800
            } else {
                self.rng.between(45, 900)
            };
            self.plan(at.plus_secs(wait), ask);
        }
    }

    fn tell(
        &mut self,
        ask: &Ask,
        at: Moment,
        outcome: &'static str,
        code: u16,
        why: Option<&'static str>,
        id: Option<String>,
    ) {
        let telling = Telling {
            at,
            outcome,
            code,
            why,
            correlation: ask.correlation.clone(),
            id,
        };
        let actor = self.cast.actor(ask.who);
        let server = &self.servers[ask.server];
        self.recorder.server(server, &ask.op, actor, telling);
    }

    fn hand(&mut self, at: Moment, index: usize, hand: &Hand) {
        let server = &self.servers[index];
        let fits = server.existence == Existence::Live
            && match hand {
                Hand::Resume => server.power == Power::Suspended,
                Hand::CutPower => server.power == Power::On,
                Hand::RestorePower => server.power == Power::Off,
                Hand::Rename(_) => server.busy_until.is_none(),
                Hand::SwitchPort(port, enabled) => server.ports[*port].enabled != *enabled,
            };
        if !fits {
            return;
        }
        let at = self.stamp(index, at);
        let server = &mut self.servers[index];
        let (attribute, value, why) = match hand {
            Hand::Resume => {
                server.turn(Power::On, at);
                ("power".to_owned(), "on".to_owned(), "resumed after a pause")
            }
            Hand::CutPower => {
                server.turn(Power::Off, at);
                let why = "host maintenance cut the power";
                ("power".to_owned(), "off".to_owned(), why)
            }
            Hand::RestorePower => {
                server.turn(Power::On, at);
                let why = "power restored by hand";
                ("power".to_owned(), "on".to_owned(), why)
            }
            Hand::Rename(name) => {
                server.undergo(&Op::Rename(name.clone()), at);
                server.name_in_doubt = true;
                ("name".to_owned(), name.clone(), "renamed by support")
            }
            Hand::SwitchPort(port, enabled) => {
                let op = if *enabled {
                    Op::EnablePort(*port)
                } else {
                    Op::DisablePort(*port)
                };
                server.undergo(&op, at);
                let port = &server.ports[*port];
                let value = if *enabled { "enabled" } else { "disabled" };
                let attribute = format!("port:{}", port.name);
                (attribute, value.to_owned(), "switched in the data center")
            }
        };
        self.unrecorded.push(Unrecorded {
            server: server.id.clone(),
            attribute,
            value,
            time: at,
            why,
        });
    }

    /// The instant as the server's service writes it, after everything that was written of it before.
    fn stamp(&mut self, index: usize, at: Moment) -> Moment {
        let server = &mut self.servers[index];
        let form = form_of(server.kind, server.region);
        let mut cut = form.cut(at);
        if let Some(last) = server.last_written.filter(|&last| cut <= last) {
            cut = form.cut(last.plus_micros(form.step_micros()));
        }
        server.last_written = Some(cut);
        cut
    }
}

fn refusal(code: u16) -> &'static str {
    match code {
        401 => "The provided API key could not be authenticated.",
        403 => "You are not authorized to perform this action.",
        404 => "The device could not be found.",
        429 => "The rate limit has been exceeded.",
        _ => "The request was refused.",
    }
}
