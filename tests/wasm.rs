//! Runs the library as wasm in a real browser, from bytes to an answer: what differs there is 32-bit sizes, SIMD, and
//! no clock or file system.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use lifeline::catalogue::Catalogue;
use lifeline::crossing::from_bytes;
use lifeline::crossing::to_bytes;
use lifeline::engine::Engine;
use lifeline::engine::Local;
use lifeline::protocol::Answer;
use lifeline::protocol::News;
use lifeline::protocol::Question;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::source::intake::SharedText;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::RawText;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn a_gzip_file_of_two_members_is_read_in_pieces_into_events_and_a_summary() {
    let mut bytes = gzip(&(line(0, "success") + &line(1, "failure")));
    bytes.extend(gzip(&(line(2, "success") + "{broken\n")));
    let summary = summary_of(&bytes, 7);
    assert_eq!(summary["events"], 3);
    assert_eq!(summary["rejected"], 1);
    assert_eq!(summary["resources"], 3);
    assert_eq!(summary["outcome"]["failure"], 1);
    assert_eq!(summary["first"], "2026-03-01T00:00:00Z");
    assert_eq!(summary["last"], "2026-03-01T00:02:00Z");
}

#[wasm_bindgen_test]
fn twenty_thousand_events_are_counted_in_a_browser() {
    let text: String = (0..20_000).map(|n| line(n, "success")).collect();
    let summary = summary_of(&gzip(&text), 64 * 1024);
    assert_eq!(summary["events"], 20_000);
    assert_eq!(summary["rejected"], 0);
    assert_eq!(summary["last"], "2026-03-14T21:19:00Z");
}

#[wasm_bindgen_test]
fn news_survive_the_crossing() {
    let news = News::Answered {
        slot: u32::MAX,
        ask: u64::MAX,
        generation: 7,
        answer: Ok(Answer::Summary("{\"events\":3}".into())),
    };
    let bytes = js_sys::Uint8Array::from(to_bytes(&news).as_slice());
    assert_eq!(from_bytes::<News>(&bytes.to_vec()), news);
}

/// The n-th event: one a minute, each of a server of its own.
fn line(n: u32, outcome: &str) -> String {
    let at = Timestamp::from_secs(1_772_323_200 + i64::from(n) * 60);
    format!(
        r#"{{"eventTime":"{at}","action":"audit-log.vsi.power-on","outcome":"{outcome}","id":"e{n}","initiator":{{"id":"IBMid-1","name":"jane@acme.example"}},"target":{{"id":"{n}","name":"web-{n}","typeURI":"vsi"}}}}"#
    ) + "\n"
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn summary_of(bytes: &[u8], piece: usize) -> serde_json::Value {
    let mut store = Store::new(Catalogue::standard(), None);
    let part = Part {
        name: "events.ndjson.gz".into(),
        ..Part::default()
    };
    let mut intake = Intake::open(&mut store, part, Keep::Always);
    for piece in bytes.chunks(piece) {
        intake.push(&mut store, piece).unwrap();
    }
    let text = intake.text().unwrap();
    intake.finish(&mut store, None).end.unwrap();
    store.refresh();
    let now = || Timestamp::from_secs(1_774_000_000);
    let mut engine = Local::new(store, Box::new(Kept(text)), Clock::UTC, now);
    match engine.answer(&Question::Summary).unwrap() {
        Answer::Summary(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What is compared by vectors here is compared one by one in native tests.
#[wasm_bindgen_test]
fn codes_of_every_width_are_found_as_by_a_plain_look() {
    for most in [0xff, 0xffff, 0xff_ffff, u32::MAX] {
        for len in [0, 1, 15, 16, 63, 64, 65, 1_000] {
            // The width is what the largest needs.
            let code = |at: usize| match at % 5 {
                0 => most,
                1 => most.min(70_003),
                _ => (at * 7 % 300).min(most as usize) as u32,
            };
            let mut codes = columns::Codes::default();
            (0..len).for_each(|at| codes.put(at, code(at)));
            for wanted in [&[0][..], &[7, 70_003], &[14, 255, 256], &[35, 70_002]] {
                let mut accepted = vec![false; 70_004];
                wanted.iter().for_each(|&code| accepted[code] = true);
                let found = codes.accepted(&accepted);
                for at in 0..len {
                    let is_it = accepted.get(code(at) as usize).copied().unwrap_or(false);
                    assert_eq!(found.get(at), is_it, "{most} {len} {at}");
                }
            }
        }
    }
}

struct Kept(SharedText);

impl RawText for Kept {
    fn read(&mut self, _part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        self.0.borrow_mut().read(byte, len)
    }
}
