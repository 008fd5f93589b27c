//! The library against `tests/oracle/`, the rules read once more by a script that knows nothing of the library: counts,
//! every resource with its events and every span of its tracks, the fleet at several instants, and which records are
//! rejected where must be the same. Skipped, and said so, where Node isn't at hand.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use lifeline::catalogue::Catalogue;
use lifeline::coverage::Ledger;
use lifeline::coverage::Standing::Proven;
use lifeline::engine::summary_text;
use lifeline::findings::Finding;
use lifeline::query::finding_views::Grounds;
use lifeline::query::judgement::Judgement;
use lifeline::store::Store;
use lifeline::time::TimeRange;
use lifeline::time::Timestamp;
use serde_json::Value;
use serde_json::json;

#[allow(dead_code)]
#[path = "../examples/demo/main.rs"]
mod demo;
#[allow(dead_code)]
#[path = "../examples/inspect/files.rs"]
mod files;
#[path = "oracle/lives.rs"]
mod lives;
#[allow(dead_code)]
#[path = "../examples/inspect/report.rs"]
mod report;

#[test]
fn the_demo_reads_as_the_rules_say() {
    let folder = std::env::temp_dir().join(format!("lifeline-oracle-{}", std::process::id()));
    demo::generate(demo::SEED).write(&folder).unwrap();
    let files = files_in(&folder, &["json"]);
    compare(
        &files,
        &[
            "2025-11-15T12:00:00Z",
            "2026-03-08T02:30:00Z",
            "2026-06-30T23:59:59.999Z",
            "2026-10-31T00:00:00Z",
        ],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_real_fleet_reads_as_the_rules_say() {
    let file = shared().join("azure-vm-trace/events-109k.ndjson.gz");
    if file.exists() {
        let files = [file.to_string_lossy().into_owned()];
        compare(&files, &["2016-11-20T00:00:00Z", "2016-12-10T12:00:00Z"]);
    } else {
        println!("SKIPPED: {} is not there", file.display());
    }
}

#[test]
fn records_of_public_documentation_read_as_the_rules_say() {
    let folder = shared().join("public-samples");
    if folder.exists() {
        compare(&files_in(&folder, &["md"]), &["2020-06-01T00:00:00Z"]);
    } else {
        println!("SKIPPED: {} is not there", folder.display());
    }
}

/// Small records in which everything collides: few ids, names and instants, CRNs with and without their parts, accounts
/// said and unsaid, parts of servers, every action, renames with and without a new name, classic records among others.
#[test]
fn records_in_which_everything_collides_read_as_the_rules_say() {
    let file = std::env::temp_dir().join(format!("lifeline-collide-{}.ndjson", std::process::id()));
    let files = [file.to_string_lossy().into_owned()];
    let n_worlds = if std::env::var_os("LIFELINE_FULL").is_some() {
        1_600
    } else {
        40
    };
    for seed in 0..n_worlds {
        let lines = Collisions(seed * 2 + 1).lines();
        std::fs::write(&file, &lines).unwrap();
        if std::panic::catch_unwind(|| compare(&files, &["2026-03-01T00:02:00Z"])).is_err() {
            panic!("seed {seed}:\n{lines}");
        }
    }
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn random_lives_read_as_the_rules_say_in_any_order_of_arrival() {
    let n_worlds = if std::env::var_os("LIFELINE_FULL").is_some() {
        2_000
    } else {
        60
    };
    let folder = std::env::temp_dir().join(format!("lifeline-lives-{}", std::process::id()));
    let mut kinds = BTreeMap::new();
    for seed in 0..n_worlds {
        let records = lives::Lives::new(seed).records();
        let mut said = Vec::new();
        for again in 0..2 {
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            let files = lives::scatter(&records, &mut Collisions(seed * 4 + again), &folder);
            // The second time only the order is another: the library must say the same of it.
            let outcome = std::panic::catch_unwind(|| {
                if again == 0 {
                    compare(&files, &["2026-02-01T00:00:00Z", "2026-06-01T00:00:00Z"]);
                }
            });
            assert!(outcome.is_ok(), "seed {seed}: {}", json!(records));
            said.push(told_of(&files));
        }
        assert_eq!(said[0], said[1], "seed {seed}");
        for finding in said[0]["findings"].as_array().unwrap() {
            let kind = finding["kind"].as_str().unwrap().to_owned();
            *kinds.entry(kind).or_insert(0) += 1;
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    println!("{kinds:?}");
    assert_eq!(
        kinds.len(),
        12,
        "not every kind of finding was met: {kinds:?}"
    );
}

/// The older half of a record is gone, and all of the rest is proven read: what is firm then, the whole record doesn't
/// explain away. A first time is one since the baseline that it states, and whether an action is recorded with its requests
/// takes the account: these two speak of the record that is held.
#[test]
fn no_finding_of_a_record_that_is_cut_is_firm_unless_the_whole_one_has_it() {
    let folder = std::env::temp_dir().join(format!("lifeline-cut-{}", std::process::id()));
    let mut n_firm = 0;
    for seed in 0..200 {
        let records = lives::Lives::new(seed).records();
        let time = |record: &Value| {
            let written = record["eventTime"]
                .as_str()
                .or(record["eventCreateDate"].as_str());
            Timestamp::parse(written.unwrap()).unwrap().at
        };
        let mut times: Vec<Timestamp> = records.iter().map(time).collect();
        times.sort_unstable();
        let (cut, end) = (times[times.len() / 2], *times.last().unwrap());
        let later = records.iter().filter(|record| time(record) >= cut);
        let later: Vec<Value> = later.cloned().collect();
        let mut ledger = Ledger::default();
        let kept = TimeRange::new(cut, end.plus_nanos(1)).unwrap();
        ledger.state("us-south", kept, "a", Proven);

        let (whole, part) = (held(&records, &folder), held(&later, &folder));
        let covered = judged_events(&whole, |_, _| true);
        let mut grounds = Grounds::new(&part, &ledger);
        let firm = judged_besides(&part, |resource, finding| {
            let speaks_of_what_is_held =
                ["first-time", "missing-request"].contains(&finding.kind.name());
            !speaks_of_what_is_held && grounds.is_firm(resource, finding)
        });
        n_firm += firm.len();
        // That the next day records no completion stays true of a request that an older one makes ambiguous.
        let ambiguous = ambiguous_events(&whole);
        let is_explained = |event: &&(String, Option<Timestamp>)| {
            covered.contains(*event) || ambiguous.contains(&event.0)
        };
        let missed = firm.iter().find(|event| !is_explained(event));
        assert_eq!(missed, None, "seed {seed}, cut at {cut}");
    }
    let _ = std::fs::remove_dir_all(&folder);
    assert!(n_firm > 100, "only {n_firm} findings were firm");
}

fn held(records: &[Value], folder: &Path) -> Store {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join("all.ndjson");
    let text: String = records.iter().map(|record| format!("{record}\n")).collect();
    std::fs::write(&path, text).unwrap();
    let mut store = Store::new(Catalogue::standard(), None);
    let files = [path.to_string_lossy().into_owned()];
    assert_eq!(files::read_all(&files, &mut store), Vec::<String>::new());
    store.refresh();
    store
}

fn ambiguous_events(store: &Store) -> BTreeSet<String> {
    let all = (0..store.n_resources()).map(|ix| report::operations(store, ix));
    let all: Vec<Value> = all.flat_map(|of| of.as_array().cloned().unwrap()).collect();
    let ambiguous = all.iter().filter(|one| one["standing"] == "ambiguous");
    let halves = ambiguous.flat_map(|one| [one["request"].as_str(), one["completion"].as_str()]);
    halves.flatten().map(str::to_owned).collect()
}

/// The events, by id and time, that such findings stand beside or name.
fn judged_events(
    store: &Store,
    mut is_one: impl FnMut(Option<u32>, &Finding) -> bool,
) -> BTreeSet<(String, Option<Timestamp>)> {
    let mut events = BTreeSet::new();
    for found in Judgement::whole(store).iter() {
        if is_one(found.resource, &found.finding) {
            let rows = store.rows();
            let name = |row: &u32| (rows.ids.name(*row as usize), rows.time(*row as usize));
            events.extend(found.finding.events.iter().map(name));
        }
    }
    events
}

/// Those that such findings stand beside.
fn judged_besides(
    store: &Store,
    mut is_one: impl FnMut(Option<u32>, &Finding) -> bool,
) -> BTreeSet<(String, Option<Timestamp>)> {
    let mut events = BTreeSet::new();
    for found in Judgement::whole(store).iter() {
        if is_one(found.resource, &found.finding) {
            let row = found.finding.beside as usize;
            events.insert((store.rows().ids.name(row), store.rows().time(row)));
        }
    }
    events
}

/// All that is said of files but where their records stand.
fn told_of(files: &[String]) -> Value {
    let mut store = Store::new(Catalogue::standard(), None);
    assert_eq!(files::read_all(files, &mut store), Vec::<String>::new());
    store.refresh();
    let judgement = Judgement::whole(&store);
    let mut resources: Vec<Value> = (0..store.n_resources())
        .map(|ix| report::resource_at(&store, ix))
        .collect();
    resources.sort_by_cached_key(Value::to_string);
    let findings = json!({"all": report::findings(&store, &judgement)});
    json!({"resources": resources, "findings": wordless(findings)["all"]})
}

/// A linear congruential generator (Knuth's MMIX constants).
struct Collisions(u64);

impl Collisions {
    fn below(&mut self, n: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn lines(&mut self) -> String {
        let n = 1 + self.below(16);
        (0..n).map(|_| format!("{}\n", self.record())).collect()
    }

    fn record(&mut self) -> Value {
        if self.below(12) == 0 {
            return self.classic();
        }
        let catalogue = Catalogue::standard();
        let acts: Vec<&str> = catalogue.acts().iter().map(|act| &*act.name).collect();
        let action = match self.below(8) {
            0 => self.one(&[
                "kms.secrets.rotate",
                "is.instance.console.read",
                "read",
                "create/server",
            ]),
            1 => "audit-log.vsi.provision",
            2 => "audit-log.vsi.rename",
            3 => "audit-log.vsi.reclaim",
            4 => self.one(&[
                "audit-log.vsi-port.disable",
                "audit-log.vsi-security-group.add",
            ]),
            _ => self.one(&acts),
        };
        let mut event = json!({
            "action": action.replace('*', "attach"),
            "outcome": self.one(&["success", "success", "success", "failure", "pending", "Success", "odd"]),
            "initiator": {"id": "IBMid-1", "name": self.one(&["", "jane", "ci-bot"])},
            "target": {"typeURI": self.one(&["audit-log/vsi", "is.instance/instance", "audit-log/vsi/port", ""])},
        });
        let time = self.one(&["00:00", "01:00", "02:00", "03:00", "04:00.5", "??"]);
        event["eventTime"] = json!(format!("2026-03-01T00:{time}Z"));
        if self.below(9) == 0 {
            event["outcome"] = Value::Null;
        }
        if self.below(3) > 0 {
            event["id"] = json!(self.one(&["a", "b", "c", "d", "e", "f", "g", ""]));
        }
        if self.below(5) > 0 {
            event["target"]["id"] = json!(self.id());
        }
        if self.below(4) > 0 {
            event["target"]["name"] = json!(self.one(&["web", "db", "api", "-", "", "unknown"]));
        }
        if self.below(3) == 0 {
            event["logSourceCRN"] = json!(self.one(&[
                "crn:v1:bluemix:public:audit-log:dal10:a/1:::",
                "crn:v1:bluemix:public:audit-log:us-south:a/2::vsi:118",
                "crn:v1:bluemix:public:audit-log:us-south:a/1::vsi:119",
                "crn:v1:bluemix:public:is:us-south-1:a/1::instance:118",
                "crn:v1:bluemix:public:audit-log::::vsi:",
                "junk",
            ]));
        }
        match self.below(8) {
            0 => event["requestData"] = json!({"newName": self.one(&["api", "web", "-"])}),
            1 => event["requestData"] = json!("{\"port\": {\"name\": \"eth0\", \"speed\": 100}}"),
            2 => {
                event["requestData"] =
                    json!({"port_name": "eth1", "speed": "1 Gbps", "os": "Debian 13"})
            }
            3 => {
                event["responseData"] =
                    json!({"securityGroupIds": ["sg-2", "sg-1", "sg-2"], "vsiId": self.id()})
            }
            4 => event["requestData"] = json!({"instance": {"id": self.id()}, "groupId": 7}),
            _ => {}
        }
        match self.below(12) {
            0 => json!({"payload": event, "meta": {"userAccountIds": [self.one(&["1", "2"])]}}),
            _ => event,
        }
    }

    fn classic(&mut self) -> Value {
        json!({
            "accountId": 1,
            "eventName": self.one(&["Power On", "Power Off", "Reboot", "Provision", "Reclaim", "Rename", "Disable Port", "Odd"]),
            "eventCreateDate": format!("2026-03-01T00:{}:00-00:00", self.one(&["00", "01", "02", "03"])),
            "objectName": self.one(&["CCI", "Server", "Security Group", "CCI"]),
            "objectId": 118 + self.below(2),
            "label": self.one(&["web", "db", ""]),
            "metaData": self.one(&["", "{\"networkComponent\": \"eth0\"}", "{\"hostname\": \"api\"}"]),
        })
    }

    fn id(&mut self) -> String {
        match self.below(10) {
            0 => self.one(&["", "-", "*"]).to_owned(),
            1..5 => self.one(&["118", "119", "x-1"]).to_owned(),
            _ => {
                let service = self.one(&["audit-log", "is"]);
                let location = self.one(&["dal10", "us-south", "us-south-2", ""]);
                let scope = self.one(&["a/1", "a/1", "a/2", ""]);
                let kind = self.one(&["vsi", "vsi", "instance", "port", ""]);
                let last = self.one(&["118", "119", "x-1"]);
                format!("crn:v1:bluemix:public:{service}:{location}:{scope}::{kind}:{last}")
            }
        }
    }
}

fn compare(files: &[String], times: &[&str]) {
    let Some(mut told) = oracle(files, times) else {
        println!("SKIPPED: node can't be run here");
        return;
    };
    let mut store = Store::new(Catalogue::standard(), None);
    assert_eq!(files::read_all(files, &mut store), Vec::<String>::new());
    store.refresh();

    let mut ours = Said::default();
    let summary = serde_json::from_str(&summary_text(&store)).expect("JSON");
    ours.put("summary", summary);
    ours.put("rejections", places(&report::rejections(&store)));
    for ix in 0..store.n_resources() {
        if !store.rows_of(ix).is_empty() {
            ours.put("resource", report::resource_at(&store, ix));
            let resource = store.resource(ix);
            let all = report::operations(&store, ix);
            let operations =
                json!({"kind": resource.kind().name(), "id": resource.id(), "all": all});
            ours.put("operations", in_any_order(operations, "all"));
        }
    }
    let judgement = Judgement::whole(&store);
    let findings = json!({"all": report::findings(&store, &judgement)});
    ours.put("findings", wordless(findings));
    for time in times {
        let at = Timestamp::parse(time).unwrap().at;
        ours.put("at", by_id(report::at(&store, at)));
    }
    for (key, theirs) in &mut told.0 {
        let ours = ours.0.remove(key).unwrap_or_default();
        assert_eq!(ours, *theirs, "{key}");
    }
    assert_eq!(ours.0, BTreeMap::new(), "the script doesn't know of these");
}

/// Parts of an answer by what they are about, each in an order of its own.
#[derive(Default)]
struct Said(BTreeMap<String, Vec<Value>>);

impl Said {
    fn put(&mut self, name: &str, value: Value) {
        // Resources of two accounts may print the same id.
        let text = |part: &str| value[part].as_str().unwrap_or("").to_owned();
        let key = format!("{name} {} {} {}", text("kind"), text("id"), text("time"));
        let same = self.0.entry(key).or_default();
        same.push(value);
        same.sort_by_cached_key(Value::to_string);
    }
}

/// What the script says, by key; `None` without Node.
fn oracle(files: &[String], times: &[&str]) -> Option<Said> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/rules.mjs");
    let times = times.iter().flat_map(|time| ["--at", time]);
    let output = Command::new("node")
        .arg(script)
        .args(files)
        .args(times)
        .output()
        .ok()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let mut told = Said::default();
    for line in lines.filter(|line| !line.is_empty()) {
        let said: Value = serde_json::from_slice(line).unwrap();
        let (name, value) = said.as_object().unwrap().iter().next().unwrap();
        let value = match name.as_str() {
            "at" => by_id(value.clone()),
            "operations" => in_any_order(value.clone(), "all"),
            "findings" => wordless(json!({ "all": value })),
            "rejections" => places(value),
            _ => value.clone(),
        };
        told.put(name, value);
    }
    Some(told)
}

fn in_any_order(mut said: Value, list: &str) -> Value {
    let all = said[list].as_array_mut().unwrap();
    all.sort_by_cached_key(Value::to_string);
    said
}

/// What a finding says in words is the library's own.
fn wordless(mut said: Value) -> Value {
    for finding in said["all"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("words");
    }
    in_any_order(said, "all")
}

/// The fleet in the order of ids.
fn by_id(mut at: Value) -> Value {
    for list in ["resources", "unrecorded"] {
        at[list]
            .as_array_mut()
            .unwrap()
            .sort_by_key(Value::to_string);
    }
    at
}

/// Where records were rejected. The words are the library's own; the script says no byte inside a document.
fn places(rejections: &Value) -> Value {
    let all = rejections.as_array().unwrap().iter();
    all.map(|one| json!([one["file"], one["line"], one["byte"]]))
        .collect()
}

fn files_in(folder: &Path, without: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(files_in(&path, without));
        } else if !without
            .iter()
            .any(|ending| name.ends_with(&format!(".{ending}")))
        {
            files.push(name);
        }
    }
    files.sort();
    files
}

fn shared() -> PathBuf {
    std::env::var_os("LIFELINE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")),
        |shared| PathBuf::from(shared).join("data"),
    )
}
