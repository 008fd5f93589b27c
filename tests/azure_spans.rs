//! A real fleet's month against a script that knows nothing of the library: it pairs each machine's create with its
//! delete through serde_json alone, and every machine's span must be the same.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::PathBuf;

use chrono::DateTime;
use flate2::read::MultiGzDecoder;
use lifeline::catalogue::Catalogue;
use lifeline::engine::summary_text;
use lifeline::lifecycle::TrackName;
use lifeline::lifecycle::Value as TrackValue;
use lifeline::query::histories::history_of;
use lifeline::source::Intake;
use lifeline::source::Keep;
use lifeline::store::Part;
use lifeline::store::Store;
use serde_json::Value;

/// Nanoseconds and the event's id.
type Instant = (i64, String);

#[derive(Default)]
struct Pair {
    create: Option<Instant>,
    delete: Option<Instant>,
}

#[test]
fn every_machine_lives_from_its_create_to_its_delete() {
    let path = shared().join("azure-vm-trace/events-109k.ndjson.gz");
    if !path.exists() {
        println!("SKIPPED: {} is not there", path.display());
        return;
    }
    let machines = paired(&path);
    let closed = machines.values().filter(|pair| pair.delete.is_some());
    assert_eq!((machines.len(), closed.count()), (55_000, 53_576));

    let store = read(&path);
    let first: Value = serde_json::from_str(&summary_text(&store)).expect("JSON");
    assert_eq!(first["events"], 108_576);
    assert_eq!(first["resources"], 55_000);
    for (ix, resource) in (0..).zip(store.resources()) {
        let pair = &machines[&*resource.id()];
        let history = history_of(&store, ix);
        let existence = history.track(&TrackName::Existence).unwrap();
        let spans: Vec<(&TrackValue, Instant, Option<i64>, bool)> = existence
            .spans
            .iter()
            .map(|span| {
                let event = store.rows().ids.name(span.event.unwrap() as usize);
                let to = span.to.map(|to| to.nanos());
                let from = (span.from.unwrap().nanos(), event);
                (&span.value, from, to, span.end_known)
            })
            .collect();
        let create = pair.create.clone().unwrap();
        let expected = match pair.delete.clone() {
            None => vec![(&TrackValue::Live, create, None, false)],
            Some(delete) => {
                let end = Some(delete.0);
                vec![
                    (&TrackValue::Live, create, end, true),
                    (&TrackValue::Deleted, delete, None, false),
                ]
            }
        };
        assert_eq!(spans, expected, "{}", resource.id());
    }
}

fn shared() -> PathBuf {
    std::env::var_os("LIFELINE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")),
        |shared| PathBuf::from(shared).join("data"),
    )
}

fn paired(path: &PathBuf) -> HashMap<String, Pair> {
    let mut machines: HashMap<String, Pair> = HashMap::new();
    let lines = BufReader::new(MultiGzDecoder::new(File::open(path).unwrap())).lines();
    for line in lines {
        let event: Value = serde_json::from_str(&line.unwrap()).unwrap();
        assert_eq!(event["outcome"], "success");
        let time = event["eventTime"].as_str().unwrap();
        let time = DateTime::parse_from_str(time, "%Y-%m-%dT%H:%M:%S%.f%z").unwrap();
        let at = time.timestamp_nanos_opt().unwrap();
        let instant = Some((at, event["id"].as_str().unwrap().to_owned()));
        let machine = event["target"]["id"].as_str().unwrap().to_owned();
        let pair = machines.entry(machine).or_default();
        let place = match event["action"].as_str().unwrap() {
            "is.instance.instance.create" => &mut pair.create,
            "is.instance.instance.delete" => &mut pair.delete,
            other => panic!("{other}"),
        };
        assert!(place.is_none(), "one create and one delete each");
        *place = instant;
    }
    machines
}

fn read(path: &PathBuf) -> Store {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
    let mut file = File::open(path).unwrap();
    let mut piece = vec![0; 1 << 18];
    loop {
        let n = file.read(&mut piece).unwrap();
        if n == 0 {
            break;
        }
        intake.push(&mut store, &piece[..n]).unwrap();
    }
    intake.finish(&mut store, None).end.unwrap();
    store.refresh();
    store
}
