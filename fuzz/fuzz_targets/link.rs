//! Any text as what stands after `#`: it is read or refused; what is written from it is read back as the same view.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lifeline::link::Link;

fuzz_target!(|text: &str| {
    let Ok(link) = Link::parse(text) else {
        return;
    };
    let fragment = link.state.fragment();
    assert!(fragment.bytes().all(|byte| byte.is_ascii_graphic()));
    let again = Link::parse(&fragment).expect("what is written is readable");
    assert_eq!(again.state, link.state, "{fragment}");
    assert!(again.notes.is_empty(), "{fragment}: {:?}", again.notes);
});
