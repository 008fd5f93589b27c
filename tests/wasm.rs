//! Runs the library as wasm in a real browser: what differs there is 32-bit sizes, SIMD and no clock or file system.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use lifeline::protocol::News;
use lifeline::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn news_survives_the_crossing_in_a_browser() {
    let news = News::Ready {
        build: lifeline::BUILD.to_string(),
    };
    let text = serde_json::to_string(&news).unwrap();
    assert_eq!(serde_json::from_str::<News>(&text).unwrap(), news);
}

#[wasm_bindgen_test]
fn instants_beyond_32_bits_keep_their_nanoseconds() {
    let at = Timestamp::from_secs(1_900_000_000);
    let text = serde_json::to_string(&at).unwrap();
    assert_eq!(serde_json::from_str::<Timestamp>(&text).unwrap(), at);
}

#[wasm_bindgen_test]
fn the_program_is_built_with_simd() {
    assert!(cfg!(target_feature = "simd128"));
}
