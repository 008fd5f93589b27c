//! `inspect` as a script meets it: arguments, exit codes, what is printed where. Runs the built example.

use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use serde_json::Value;
use serde_json::json;

struct Case {
    folder: PathBuf,
}

impl Case {
    fn new(files: &[(&str, String)]) -> Case {
        static CASES: AtomicU32 = AtomicU32::new(0);
        let case = CASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("lifeline-inspect-{}-{case}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (file, text) in files {
            std::fs::write(folder.join(file), text).expect("written");
        }
        Case { folder }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        // Cargo builds the examples beside the tests: target/<profile>/deps/this, target/<profile>/examples/inspect.
        let test = std::env::current_exe().expect("this test");
        let profile = test.ancestors().nth(2).expect("the profile's folder");
        Command::new(profile.join("examples/inspect"))
            .current_dir(&self.folder)
            .args(arguments)
            .output()
            .expect("inspect runs")
    }

    fn answer(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        printed(&output)
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn event(id: &str, clock: &str, action: &str, outcome: &str, target: &str) -> String {
    json!({
        "eventTime": format!("2026-03-01T{clock}Z"), "id": id, "outcome": outcome,
        "action": format!("audit-log.vsi.{action}"),
        "initiator": {"id": "IBMid-1", "name": "jane"},
        "target": {"id": target, "name": "web-7", "typeURI": "audit-log/vsi"},
        "requestData": {"note": "-dashed"},
        "logSourceCRN": "crn:v1:bluemix:public:audit-log:dal10:a/1:::",
    })
    .to_string()
}

fn small() -> Case {
    let lines = [
        event("a", "08:00:00", "provision", "success", "118"),
        event("b", "09:00:00.250", "power-off", "success", "118"),
        event("b", "09:00:00.250", "power-off", "success", "118"),
        event("c", "10:00:00", "power-on", "failure", "118"),
        event("d", "11:00:00", "reboot", "success", "119"),
        "{\"eventTime\": \"2026-03-01T08:0".to_owned(),
        "{\"log\": \"something else\"}".to_owned(),
    ];
    Case::new(&[("events.ndjson", lines.join("\n"))])
}

#[test]
fn the_first_part_counts_every_record_once() {
    let answer = small().answer(&["events.ndjson"]);
    let keys: Vec<&str> = answer
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "events",
            "copies",
            "conflicts",
            "rejected",
            "other_records",
            "undated",
            "resources",
            "first",
            "last",
            "action",
            "outcome",
            "region",
            "kind"
        ]
    );
    assert_eq!(answer["events"], 4);
    assert_eq!(
        (&answer["copies"], &answer["rejected"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&answer["other_records"], &answer["resources"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(answer["first"], "2026-03-01T08:00:00Z");
    assert_eq!(answer["outcome"], json!({"success": 3, "failure": 1}));
    assert_eq!(answer["region"], json!({"us-south": 4}));
    assert_eq!(answer["kind"], json!({"vsi": 4}));
}

#[test]
fn a_resource_is_printed_with_its_tracks() {
    let answer = small().answer(&["events.ndjson", "--resource", "118"]);
    let resource = &answer["resource"];
    assert_eq!(resource["events"], json!(["a", "b", "c"]));
    assert_eq!(
        (&resource["name"], &resource["region"]),
        (&json!("web-7"), &json!("us-south"))
    );
    assert_eq!(
        resource["tracks"]["power"],
        json!([
            {"value": "on", "from": "2026-03-01T08:00:00Z", "to": "2026-03-01T09:00:00.25Z", "event": "a",
             "initiator": "jane", "basis": "set", "end_known": true},
            {"value": "off", "from": "2026-03-01T09:00:00.25Z", "to": null, "event": "b",
             "initiator": "jane", "basis": "set", "end_known": false},
        ])
    );
    assert_eq!(resource["findings"], json!([]));
    assert!(answer.get("findings").is_none());
}

#[test]
fn findings_are_printed_with_their_events_and_files_prove_none_of_them() {
    let lines = [
        event("a", "08:00:00", "power-off", "success", "118"),
        event("b", "09:00:00", "power-off", "success", "118"),
    ];
    let case = Case::new(&[("events.ndjson", lines.join("\n"))]);
    let answer = case.answer(&["events.ndjson", "--findings", "--resource", "118"]);
    let finding = json!({
        "kind": "unexpected-transition",
        "severity": "warning",
        "firm": false,
        "resource": "118",
        "time": "2026-03-01T09:00:00Z",
        "events": ["a", "b"],
        "words": "Power off by jane succeeded while power was off since power off by jane 1 h before: a power on in between is not recorded.",
    });
    assert_eq!(answer["findings"], json!([finding]));
    assert_eq!(answer["resource"]["findings"], json!([finding]));
}

#[test]
fn the_fleet_at_an_instant_includes_a_change_at_exactly_that_instant() {
    let answer = small().answer(&["events.ndjson", "--at", "2026-03-01T09:00:00.25Z"]);
    assert_eq!(
        answer["at"],
        json!({
            "time": "2026-03-01T09:00:00.25Z",
            "resources": [{"id": "118", "kind": "vsi", "name": "web-7", "region": "us-south",
                           "existence": "live", "power": "off"}],
            "unrecorded": ["119"],
        })
    );
}

#[test]
fn a_query_prints_the_newest_events_and_may_begin_with_a_hyphen() {
    let case = small();
    let answer = case.answer(&["events.ndjson", "--query", "-outcome:failure"]);
    assert_eq!(answer["query"]["matching"], 3);
    assert_eq!(answer["query"]["events"][0]["id"], "d");
    assert_eq!(
        answer["query"]["events"][2]["event_time"],
        "2026-03-01T08:00:00Z"
    );
    // What only the record's text can tell is read again from the file.
    let answer = case.answer(&[
        "events.ndjson",
        "--query",
        "requestData.note:\"-dashed\" reload",
    ]);
    assert_eq!(answer["query"]["matching"], 0);
    let answer = case.answer(&[
        "events.ndjson",
        "--query",
        "requestData.note:\"-dashed\" action:*power-off",
    ]);
    assert_eq!(answer["query"]["matching"], 1);
}

#[test]
fn rejected_records_are_listed_with_their_place() {
    let answer = small().answer(&["events.ndjson", "--rejected"]);
    let rejections = answer["rejections"].as_array().expect("a list");
    assert_eq!(rejections.len(), 1);
    assert_eq!(
        (&rejections[0]["file"], &rejections[0]["line"]),
        (&json!("events.ndjson"), &json!(6))
    );
    assert!(rejections[0]["byte"].as_u64().expect("a number") > 0);
}

#[test]
fn wrong_usage_and_what_cannot_be_read_end_with_two_and_the_rest_is_answered() {
    let case = small();
    for wrong in [&["--query"][..], &["events.ndjson", "--frob"], &[]] {
        let output = case.run(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{wrong:?}"
        );
    }
    for (wrong, said) in [
        (&["events.ndjson", "--at", "noon"][..], "noon"),
        (&["events.ndjson", "--sample", "7,25"], "--sample"),
    ] {
        let output = case.run(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(errors(&output).contains(said), "{wrong:?}");
        let answer = printed(&output);
        assert_eq!(answer["events"], 4, "{wrong:?}");
        assert!(answer.get("at").is_none() && answer.get("findings").is_none());
    }
    let output = case.run(&["missing.ndjson", "events.ndjson"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("missing.ndjson"));
    assert_eq!(printed(&output)["events"], 4);

    let output = case.run(&[
        "events.ndjson",
        "--query",
        "outcome:(failure",
        "--resource",
        "118",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("character 9"),
        "{}",
        errors(&output)
    );
    let answer = printed(&output);
    assert!(answer.get("query").is_none() && answer.get("resource").is_some());

    let output = case.run(&["events.ndjson", "--resource", "4711"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("4711"));
}

#[test]
fn a_name_that_several_resources_answer_to_lists_them() {
    let bare_metal =
        event("e", "12:00:00", "reboot", "success", "118").replace("vsi", "bare-metal");
    let lines = [
        event("a", "08:00:00", "provision", "success", "118"),
        bare_metal,
    ];
    let case = Case::new(&[("events.ndjson", lines.join("\n"))]);
    let output = case.run(&["events.ndjson", "--resource", "118"]);
    assert_eq!(output.status.code(), Some(2));
    let said = errors(&output);
    assert!(
        said.contains("vsi 118") && said.contains("bare-metal 118"),
        "{said}"
    );
    assert_eq!(printed(&output)["resources"], 2);
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let first = event("a", "08:00:00", "provision", "success", "118");
    let second = event("b", "09:00:00", "power-off", "success", "118");
    let case = Case::new(&[("1.ndjson", first), ("2.ndjson", second)]);
    let ask = |files: [&str; 2]| {
        case.answer(&[
            files[0],
            files[1],
            "--resource",
            "118",
            "--at",
            "2026-03-01",
            "--query",
            "web-7",
        ])
    };
    assert_eq!(ask(["1.ndjson", "2.ndjson"]), ask(["2.ndjson", "1.ndjson"]));
}
