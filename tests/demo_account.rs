//! The demo account: it is what it says it is. Counts, names, the same bytes for a seed, manifests that are true.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;

#[allow(dead_code)]
#[path = "../examples/demo/main.rs"]
mod demo;

static DEMO: LazyLock<demo::Demo> = LazyLock::new(|| demo::generate(demo::SEED));

/// Every action of the two classic catalogues, and the login, by name.
const ACTIONS: [&str; 33] = [
    "audit-log.user.login",
    "audit-log.vsi.provision",
    "audit-log.vsi.power-on",
    "audit-log.vsi.power-off",
    "audit-log.vsi.soft-power-off",
    "audit-log.vsi.force-power-off",
    "audit-log.vsi.reboot",
    "audit-log.vsi.soft-reboot",
    "audit-log.vsi.hard-reboot",
    "audit-log.vsi.pause",
    "audit-log.vsi.rescue",
    "audit-log.vsi.reload",
    "audit-log.vsi.boot",
    "audit-log.vsi.rename",
    "audit-log.vsi-port.disable",
    "audit-log.vsi-port.enable",
    "audit-log.vsi-port-speed.update",
    "audit-log.vsi-security-group.add",
    "audit-log.vsi-security-group.remove",
    "audit-log.vsi-image-template.create",
    "audit-log.vsi.reclaim",
    "audit-log.bare-metal.provision",
    "audit-log.bare-metal.power-on",
    "audit-log.bare-metal.power-off",
    "audit-log.bare-metal.reboot",
    "audit-log.bare-metal.soft-reboot",
    "audit-log.bare-metal.hard-reboot",
    "audit-log.bare-metal.rescue",
    "audit-log.bare-metal.reload",
    "audit-log.bare-metal.rename",
    "audit-log.bare-metal-port.disable",
    "audit-log.bare-metal-port.enable",
    "audit-log.bare-metal-port-speed.update",
];

const VPC_ACTIONS: [&str; 21] = [
    "is.instance.instance.create",
    "is.instance.instance.delete",
    "is.instance.instance.update",
    "is.instance.instance.start",
    "is.instance.instance.stop",
    "is.instance.action.create",
    "is.instance.action.delete",
    "is.instance.network-interface.create",
    "is.instance.network-interface.delete",
    "is.instance.volume-attachment.create",
    "is.instance.volume-attachment.delete",
    "is.bare-metal-server.bare-metal-server.create",
    "is.bare-metal-server.bare-metal-server.delete",
    "is.bare-metal-server.bare-metal-server.update",
    "is.bare-metal-server.bare-metal-server.start",
    "is.bare-metal-server.bare-metal-server.stop",
    "is.bare-metal-server.bare-metal-server.restart",
    "is.bare-metal-server.initialization.update",
    "is.volume.volume.create",
    "is.volume.volume.update",
    "is.volume.volume.delete",
];

/// What one listed file holds: whole events, and how many records a reader counts.
struct Held {
    events: Vec<Value>,
    records: usize,
}

fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(bytes)
            .read_to_string(&mut text)
            .expect("gzip is whole");
    } else {
        text.push_str(std::str::from_utf8(bytes).expect("text"));
    }
    text.trim_start_matches('\u{feff}').to_owned()
}

/// A reader of its own, so that the generator is judged without the library's readers.
fn held(path: &str) -> Held {
    let text = text(bytes(path));
    let (mut events, mut records) = (Vec::new(), 0);
    let mut take = |value: Option<Value>| {
        records += 1;
        events.extend(value.filter(|v| v["action"].is_string()));
    };
    if let Ok(Value::Array(all)) = serde_json::from_str(&text) {
        all.into_iter().for_each(|event| take(Some(event)));
    } else if text.starts_with(": success") {
        for frame in text.lines().filter_map(|line| line.strip_prefix("data: ")) {
            let frame: Value = serde_json::from_str(frame).expect("a frame is JSON");
            for row in frame["result"]["results"].as_array().into_iter().flatten() {
                take(serde_json::from_str(row["user_data"].as_str().expect("text")).ok());
            }
        }
    } else {
        for line in text.lines().filter(|line| !line.is_empty()) {
            let row = serde_json::from_str::<Value>(line).ok().map(unwrapped);
            let inner = row
                .as_ref()
                .and_then(|r| r["_line"].as_str().or(r["line"].as_str()));
            match inner {
                Some(inner) => take(serde_json::from_str(inner).ok()),
                None => take(row),
            }
        }
    }
    Held { events, records }
}

/// The event of a wrapper that holds it as an object; anything else as it is.
fn unwrapped(mut row: Value) -> Value {
    if row["payload"].is_object() {
        let beside = row["logSourceCRN"].take();
        let mut payload = row["payload"].take();
        if beside.is_string() {
            payload["logSourceCRN"] = beside;
        }
        return payload;
    }
    if row["_source"].is_object() {
        return without_prefix(row["_source"].take());
    }
    row
}

fn without_prefix(value: Value) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let bare = |name: &str| name.strip_prefix("o_").unwrap_or(name).to_owned();
    let members = members
        .into_iter()
        .filter(|(name, _)| !name.starts_with('_'));
    members
        .map(|(name, value)| (bare(&name), without_prefix(value)))
        .collect()
}

fn bytes(path: &str) -> &'static [u8] {
    let found = DEMO.files.iter().find(|(p, _)| p == path);
    &found.unwrap_or_else(|| panic!("{path} is missing")).1
}

fn manifests() -> Vec<(String, Value)> {
    let region = |p: &str| p.strip_suffix("/manifest.json").map(str::to_owned);
    let all = DEMO.files.iter().filter_map(|(path, bytes)| {
        Some((region(path)?, serde_json::from_slice(bytes).expect("JSON")))
    });
    all.collect()
}

fn listed(region: &str, manifest: &Value) -> Vec<(String, Value)> {
    let files = manifest["files"].as_array().expect("files");
    let path = |file: &Value| format!("{region}/{}", file["url"].as_str().expect("a url"));
    files
        .iter()
        .map(|file| (path(file), file.clone()))
        .collect()
}

fn all_events() -> Vec<Value> {
    let files = manifests();
    let paths = files.iter().flat_map(|(region, m)| listed(region, m));
    paths.flat_map(|(path, _)| held(&path).events).collect()
}

#[test]
fn the_demo_has_four_regions_about_20_000_events_and_about_300_servers() {
    let regions: Vec<String> = manifests().into_iter().map(|(region, _)| region).collect();
    assert_eq!(regions, ["us-south", "us-east", "eu-de", "au-syd"]);
    let n_events = all_events().len();
    assert!((19_000..=21_500).contains(&n_events), "{n_events} events");
    let servers = DEMO.truth.servers.iter().filter(|s| s.kind != "volume");
    let n_servers = servers.count();
    assert!((280..=320).contains(&n_servers), "{n_servers} servers");
    let size: usize = DEMO
        .files
        .iter()
        .map(|(p, b)| if p == "truth.json" { 0 } else { b.len() })
        .sum();
    assert!(size <= 2_500_000, "{size} bytes on the wire");
}

#[test]
fn every_action_of_both_catalogues_and_the_login_occurs() {
    let events = all_events();
    let said: BTreeSet<&str> = events.iter().filter_map(|e| e["action"].as_str()).collect();
    for action in ACTIONS.iter().chain(&VPC_ACTIONS) {
        assert!(said.contains(action), "{action} never occurs");
    }
    let classic = said.iter().filter(|a| a.starts_with("audit-log."));
    assert_eq!(classic.count(), ACTIONS.len());
}

#[test]
fn failures_pending_pairs_copies_conflicts_and_odd_times_occur() {
    let events = all_events();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for event in &events {
        let code = &event["reason"]["reasonCode"];
        let code = code.as_str().map_or(code.to_string(), str::to_owned);
        *codes.entry(code).or_default() += 1;
        for name in ["id", "event_uuid", "eventId"] {
            if let Some(id) = event[name].as_str() {
                ids.entry(id.to_owned()).or_default().push(event);
            }
        }
    }
    for code in [
        "200", "202", "401", "403", "404", "409", "424", "500", "503", "504",
    ] {
        assert!(codes.contains_key(code), "no {code} among {codes:?}");
    }
    let twice = |suits: fn(&Value, &Value) -> bool| {
        ids.values()
            .filter(|all| all.len() > 1 && suits(all[0], all[1]))
            .count()
    };
    assert!(twice(|a, b| a == b) > 100, "copies");
    assert!(twice(|a, b| a["outcome"] == "pending" && b["outcome"] == "success") > 50);
    assert_eq!(
        twice(|a, b| a != b && a["outcome"] == b["outcome"]),
        3,
        "conflicts"
    );
    let undated = events.iter().filter(|e| e["eventTime"].is_null()).count();
    assert!((3..10).contains(&undated), "{undated} undated");
    let written: Vec<&str> = events
        .iter()
        .filter_map(|e| e["eventTime"].as_str())
        .collect();
    for ending in ["+0000", "+00:00", "Z", "-06:00"] {
        assert!(written.iter().any(|t| t.ends_with(ending)), "{ending}");
    }
    for length in [
        "2026-03-01T09:14+0000",
        "2026-03-01T09:14:00+0000",
        "2026-03-01T09:14:00.6+0000",
        "2026-03-01T09:14:00.62+0000",
        "2026-03-01T09:14:00.663+0000",
        "2026-03-01T09:14:00.663041+0000",
        "2026-03-01T09:14:00.663",
    ] {
        assert!(written.iter().any(|t| t.len() == length.len()), "{length}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_year() {
    let again = demo::generate(demo::SEED);
    assert!(again.files == DEMO.files);
    let other = demo::generate(demo::SEED + 1);
    assert!(other.files != DEMO.files);
}

#[test]
fn every_manifest_tells_the_truth_about_its_files() {
    for (region, manifest) in manifests() {
        assert_eq!(manifest["version"], 1);
        let files = listed(&region, &manifest);
        assert!(files.len() >= 12, "{region} has {} files", files.len());
        let mut until = DEMO.truth.from.to_string();
        for (path, file) in files {
            let digest = Sha256::digest(bytes(&path));
            let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(file["sha256"], hex.as_str(), "{path}");
            assert_eq!(file["records"], held(&path).records, "{path}");
            let (from, to) = (file["from"].as_str().unwrap(), file["to"].as_str().unwrap());
            assert!(from < to);
            if from != until {
                let gaps = &DEMO.truth.gaps;
                let listed = gaps.iter().any(|g| {
                    g.region == region && g.from.to_string() == until && g.to.to_string() == from
                });
                assert!(listed, "{region}: {until} to {from} is no listed gap");
            }
            until = to.to_owned();
        }
        assert_eq!(until, DEMO.truth.to.to_string());
    }
}

#[test]
fn every_broken_line_of_the_truth_stands_where_it_says_and_can_not_be_read() {
    assert!(DEMO.truth.broken.len() >= 6);
    for broken in &DEMO.truth.broken {
        let text = text(bytes(&broken.file));
        let line = text.lines().nth(broken.line - 1).expect("the line");
        let row = serde_json::from_str::<Value>(line).ok();
        let inner = row.as_ref().and_then(|r| r["_line"].as_str());
        let event = match inner {
            Some(inner) => serde_json::from_str::<Value>(inner).ok(),
            None => row.filter(Value::is_object),
        };
        assert!(
            event.is_none(),
            "{}:{} can be read",
            broken.file,
            broken.line
        );
    }
}

#[test]
fn the_truth_of_each_attribute_is_one_line_of_spans_without_overlap() {
    let ids: BTreeSet<&str> = DEMO.truth.servers.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids.len(), DEMO.truth.servers.len(), "ids are unique");
    for server in &DEMO.truth.servers {
        assert!(server.attributes.contains_key("existence"), "{}", server.id);
        for (attribute, spans) in &server.attributes {
            for pair in spans.windows(2) {
                let place = format!("{} {attribute}", server.id);
                assert_eq!(pair[0].to, pair[1].from, "{place}");
                assert_ne!(pair[0].value, pair[1].value, "{place}");
                assert!(pair[0].from < pair[1].from, "{place}");
            }
            assert_eq!(spans.last().expect("never empty").to, None);
        }
    }
    for change in &DEMO.truth.unrecorded {
        assert!(ids.contains(change.server.as_str()));
    }
}

#[test]
fn nothing_is_said_of_the_hour_that_no_file_covers() {
    for gap in &DEMO.truth.gaps {
        let hour = &gap.from.to_string()[..13];
        for (region, manifest) in manifests() {
            for (path, _) in listed(&region, &manifest) {
                let text = text(bytes(&path));
                let said = text
                    .lines()
                    .filter(|l| l.contains(&format!("\"eventTime\":\"{hour}")));
                assert!(region != gap.region || said.count() == 0, "{path}");
            }
        }
    }
}

#[test]
fn events_stand_in_wrappers_of_older_services_too() {
    let count = |sign: &str| {
        let files = manifests();
        let paths = files.iter().flat_map(|(region, m)| listed(region, m));
        let texts = paths.map(|(path, _)| text(bytes(&path)));
        texts
            .map(|text| text.lines().filter(|line| line.contains(sign)).count())
            .sum::<usize>()
    };
    for (sign, at_least) in [
        ("serviceProviderName", 100),
        ("ALCH_TENANT_ID", 100),
        ("\"o_host\":{", 100),
        ("\"eventName\":\"Reboot\"", 5),
        ("\"publisher_id\":", 5),
    ] {
        let n = count(sign);
        assert!(n >= at_least, "{sign}: {n}");
    }
}
