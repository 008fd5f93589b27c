//! Random lives: servers of all five kinds from their provision to their end, with every action of the catalogue and every
//! outcome, told as services tell them. Some records come twice, all are shuffled, and they lie in several files.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use lifeline::cadf::Kind;
use lifeline::catalogue::Act;
use lifeline::catalogue::Catalogue;
use serde_json::Value;
use serde_json::json;

use super::Collisions;

/// Seconds from one event to the next: what the rules' minutes, hours, days and months part, and what lies between.
const GAPS: [i64; 14] = [
    0, 0, 1, 30, 60, 61, 600, 3_600, 3_601, 18_000, 86_400, 86_401, 259_200, 1_382_400,
];

pub struct Lives {
    rng: Collisions,
    catalogue: Catalogue,
    clock: i64,
    n_events: usize,
    /// Nearly everything is asked for before it is done.
    asks_first: bool,
    lines: Vec<Value>,
}

impl Lives {
    pub fn new(seed: u64) -> Lives {
        Lives {
            rng: Collisions(seed * 2 + 1),
            catalogue: Catalogue::standard(),
            clock: 1_767_225_600,
            n_events: 0,
            asks_first: seed.is_multiple_of(3),
            lines: Vec::new(),
        }
    }

    /// The records of a world, in the order in which they happened.
    pub fn records(mut self) -> Vec<Value> {
        let n_servers = 1 + self.rng.below(4);
        let n_events = [8, 30, 90, 240][self.rng.below(4)];
        let kinds: Vec<Kind> = (0..n_servers)
            .map(|_| Kind::LIVED[self.rng.below(Kind::LIVED.len())])
            .collect();
        while self.n_events < n_events {
            let server = self.rng.below(n_servers);
            let of_kind = |act: &&Act| act.kind == kinds[server];
            let acts: Vec<Act> = self
                .catalogue
                .acts()
                .iter()
                .filter(of_kind)
                .cloned()
                .collect();
            // Beginnings and ends are rarer than what lies between them.
            let mut act = &acts[self.rng.below(acts.len())];
            if (act.effect.begins_life() || act.effect.ends_life()) && self.rng.below(3) > 0 {
                act = &acts[self.rng.below(acts.len())];
            }
            self.act(server, act);
        }
        self.lines
    }

    fn act(&mut self, server: usize, act: &Act) {
        if self.rng.below(12) == 0 && matches!(act.kind, Kind::Vsi | Kind::BareMetal) {
            return self.classic(server, act.kind);
        }
        let asks = match self.asks_first {
            true => self.rng.below(25) > 0,
            false => self.rng.below(3) == 0,
        };
        let correlation = match self.rng.below(4) {
            _ if self.asks_first => json!(format!("c-{}", self.n_events)),
            0 => Value::Null,
            1 => json!(format!("c{}", self.rng.below(4))),
            _ => json!(format!("c-{}", self.n_events)),
        };
        let who = self.rng.below(3);
        if asks {
            self.tell(server, act, "pending", who, &correlation);
            // Now and then nobody hears of it again, or twice, or of something else first.
            match self.rng.below(6) {
                _ if self.asks_first => {}
                0 => return,
                1 => self.tell(server, act, "success", who, &correlation),
                _ => {}
            }
        }
        let outcomes = [
            "success", "success", "success", "success", "failure", "failure", "unknown", "none",
        ];
        let outcome = self.rng.one(&outcomes);
        let n_tries = match (outcome, self.rng.below(3)) {
            ("failure", 0) if !self.asks_first => 4,
            _ => 1,
        };
        for _ in 0..n_tries {
            self.tell(server, act, outcome, who, &correlation);
        }
        if outcome == "failure" && !self.asks_first && self.rng.below(2) == 0 {
            self.tell(server, act, "success", who, &correlation);
        }
    }

    fn pass_time(&mut self) -> i64 {
        let gap = GAPS[self.rng.below(GAPS.len())];
        // Clocks of a service may be behind.
        self.clock += gap;
        self.clock - if self.rng.below(15) == 0 { 90 } else { 0 }
    }

    fn tell(&mut self, server: usize, act: &Act, outcome: &str, who: usize, correlation: &Value) {
        let at = self.pass_time();
        self.n_events += 1;
        let n = self.n_events;
        let kind = act.kind.name();
        let id = match (act.kind, act.is_sub_object && self.rng.below(3) == 0) {
            (_, true) => format!("part-{}", self.rng.below(2)),
            (Kind::Vsi | Kind::BareMetal, _) => format!("10{server}"),
            _ => format!("crn:v1:bluemix:public:is:us-south-1:a/1::{kind}:r-{server}"),
        };
        let codes = match outcome {
            "failure" => ["403", "401", "500", "409"],
            _ => ["200"; 4],
        };
        let text = |at: i64| lifeline::time::Timestamp::from_secs(at).to_string();
        let mut event = json!({
            "eventTime": text(at),
            "action": act.name.replace('*', "attach"),
            "outcome": outcome,
            "initiator": {
                "id": format!("IBMid-{who}"), "name": format!("person{who}"),
                "credential": {"type": self.rng.one(&["token", "token", "apikey"])},
                "host": {"address": format!("10.0.0.{}", self.rng.below(3 + n / 60)), "agent": self.rng.one(&["cli", "console"])},
            },
            "target": {"id": id, "name": self.rng.one(&["web", "web", "web", "db", "-"])},
            "reason": {"reasonCode": codes[self.rng.below(4)].parse::<u32>().unwrap()},
            "logSourceCRN": format!("crn:v1:bluemix:public:is:us-south:a/1::{kind}:10{server}"),
        });
        if outcome == "none" {
            event.as_object_mut().unwrap().remove("outcome");
        }
        if self.rng.below(8) > 0 {
            // An id may stand for a request and its completion.
            event["id"] = json!(format!(
                "e{}",
                if self.rng.below(12) == 0 { n - 1 } else { n }
            ));
        }
        if !correlation.is_null() {
            event["correlationId"] = correlation.clone();
        }
        if self.rng.below(4) == 0 {
            event["initiator"]["authnId"] = json!(self.rng.one(&["one", "two"]));
        }
        match self.rng.below(6) {
            0 => {
                event["requestData"] = json!({"newName": self.rng.one(&["web", "db", "api"]), "oldName": self.rng.one(&["web", "db"])})
            }
            1 => event["requestData"] = json!({"newName": self.rng.one(&["web", "db", "api"])}),
            2 | 3 => {
                let port = self.rng.one(&["eth0", "eth1"]);
                let group = self.rng.one(&["sg-1", "sg-2"]);
                event["requestData"] = json!({"port": port, "speed": 100, "securityGroupId": group, "image": "debian"});
            }
            _ => {}
        }
        self.lines.push(event);
    }

    fn classic(&mut self, server: usize, kind: Kind) {
        let at = self.pass_time();
        self.n_events += 1;
        let names = [
            "Power On",
            "Power Off",
            "Reboot",
            "Disable Port",
            "Provision",
        ];
        self.lines.push(json!({
            "accountId": 1,
            "eventName": self.rng.one(&names),
            "eventCreateDate": lifeline::time::Timestamp::from_secs(at).to_string(),
            "objectName": if kind == Kind::Vsi { "CCI" } else { "Server" },
            "objectId": format!("10{server}").parse::<u32>().unwrap(),
            "label": "web",
            "userId": "IBMid-1",
            "metaData": self.rng.one(&["", "{\"networkComponent\": \"eth0\"}"]),
        }));
    }
}

/// Writes a world into some files, plain and packed: records in another order, some of them twice.
pub fn scatter(records: &[Value], rng: &mut Collisions, folder: &Path) -> Vec<String> {
    let mut all: Vec<&Value> = records.iter().collect();
    for _ in 0..records.len() / 6 {
        all.push(&records[rng.below(records.len())]);
    }
    for n in (1..all.len()).rev() {
        all.swap(n, rng.below(n + 1));
    }
    let n_files = 1 + rng.below(3);
    let size = all.len().div_ceil(n_files);
    let mut files = Vec::new();
    for (n, part) in all.chunks(size).enumerate() {
        let text: String = part.iter().map(|record| format!("{record}\n")).collect();
        let (name, bytes) = match rng.below(2) {
            0 => (format!("{n}.ndjson"), text.into_bytes()),
            _ => {
                let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
                packed.write_all(text.as_bytes()).unwrap();
                (format!("{n}.ndjson.gz"), packed.finish().unwrap())
            }
        };
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        files.push(path.to_string_lossy().into_owned());
    }
    files
}
