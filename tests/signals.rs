//! The page's signals (`src/app/signals`) in a real browser: who hears of what, when, and what is gone with its owner.
#![cfg(target_arch = "wasm32")]
#![allow(dead_code, reason = "the page uses what these tests leave aside")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../src/app/run.rs"]
mod run;

#[path = "../src/app/signals/mod.rs"]
mod signals;

use leptos::prelude::Owner;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use wasm_bindgen_test::wasm_bindgen_test_configure;

use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::RwSignal;
use crate::signals::Signal;
use crate::signals::StoredValue;

wasm_bindgen_test_configure!(run_in_browser);

/// Owns what the test makes. Effects need what mounting a page sets up.
fn owned<R>(make: impl FnOnce() -> R) -> (Owner, R) {
    let stage = leptos::prelude::document().create_element("div").unwrap();
    leptos::mount::mount_to(stage.unchecked_into(), || ()).forget();
    let owner = Owner::new();
    let made = owner.with(make);
    (owner, made)
}

/// What a closure read, each time that an effect ran it.
fn heard<T: Clone + 'static>(read: impl Fn() -> T + 'static) -> StoredValue<Vec<T>> {
    let heard = StoredValue::new(Vec::new());
    Effect::new(move |_| {
        let now = read();
        heard.update_value(|heard| heard.push(now));
    });
    heard
}

#[wasm_bindgen_test]
async fn an_effect_runs_later_and_once_for_all_that_changed_meanwhile() {
    let (_owner, (name, count, heard)) = owned(|| {
        let name = RwSignal::new("a".to_owned());
        let count = RwSignal::new(1_u8);
        let heard = heard(move || format!("{}{}", name.get(), count.get()));
        (name, count, heard)
    });
    name.set("b".to_owned());
    assert_eq!(heard.get_value(), [""; 0]);
    tick().await;
    assert_eq!(heard.get_value(), ["b1"]);
    count.set(2);
    name.update(|name| name.push('!'));
    tick().await;
    assert_eq!(heard.get_value(), ["b1", "b!2"]);
}

#[wasm_bindgen_test]
async fn an_effect_is_given_what_it_came_to_before() {
    let (_owner, (step, total)) = owned(|| {
        let step = RwSignal::new(1);
        let total = StoredValue::new(0);
        Effect::new(move |before: Option<i32>| {
            let now = before.unwrap_or(100) + step.get();
            total.set_value(now);
            now
        });
        (step, total)
    });
    tick().await;
    step.set(20);
    tick().await;
    assert_eq!(total.get_value(), 121);
}

#[wasm_bindgen_test]
async fn a_memo_tells_only_of_another_value_and_is_worked_out_once_for_all_readers() {
    let (_owner, (count, n_worked, heard, also)) = owned(|| {
        let count = RwSignal::new(4);
        let n_worked = StoredValue::new(0);
        let half = Memo::new(move |before: Option<&i32>| {
            n_worked.update_value(|n| *n += 1);
            assert_eq!(before.is_none(), n_worked.get_value() == 1);
            count.get() / 2
        });
        (
            count,
            n_worked,
            heard(move || half.get()),
            heard(move || half.with(|half| *half)),
        )
    });
    assert_eq!(n_worked.get_value(), 0, "nobody has read it");
    tick().await;
    count.set(5);
    tick().await;
    assert_eq!((heard.get_value(), also.get_value()), (vec![2], vec![2]));
    assert_eq!(n_worked.get_value(), 2);
    count.set(6);
    tick().await;
    assert_eq!(
        (heard.get_value(), also.get_value()),
        (vec![2, 3], vec![2, 3])
    );
    assert_eq!(n_worked.get_value(), 3);
}

#[wasm_bindgen_test]
async fn what_is_read_untracked_or_only_stored_is_not_followed() {
    let (_owner, (followed, peeked, stored, heard)) = owned(|| {
        let followed = RwSignal::new(1);
        let peeked = RwSignal::new(10);
        let stored = StoredValue::new(100);
        let sum = move || followed.get() + peeked.get_untracked() + stored.get_value();
        (followed, peeked, stored, heard(sum))
    });
    tick().await;
    peeked.set(20);
    stored.set_value(200);
    tick().await;
    assert_eq!(heard.get_value(), [111]);
    followed.set(2);
    tick().await;
    assert_eq!(heard.get_value(), [111, 222]);
}

#[wasm_bindgen_test]
async fn a_signal_of_any_origin_is_read_and_followed_alike() {
    let (_owner, (count, heard)) = owned(|| {
        let count = RwSignal::new(1);
        let signals: [Signal<i32>; 4] = [
            count.into(),
            Memo::new(move |_| count.get() * 10).into(),
            Signal::derive(move || count.get() * 100),
            Signal::fixed(7),
        ];
        (count, heard(move || signals.map(Signal::get)))
    });
    tick().await;
    count.set(2);
    tick().await;
    assert_eq!(heard.get_value(), [[1, 10, 100, 7], [2, 20, 200, 7]]);
}

#[wasm_bindgen_test]
async fn what_an_owner_had_is_gone_with_it_and_writing_to_it_does_nothing() {
    let (_outer, outside) = owned(|| RwSignal::new(0));
    let (owner, (signal, heard_no)) = owned(|| {
        let signal = RwSignal::new(vec![1]);
        let n = StoredValue::new(0);
        Effect::new(move |_| {
            outside.get();
            n.update_value(|n| *n += 1);
        });
        (signal, n)
    });
    tick().await;
    assert_eq!(heard_no.try_with_value(|n| *n), Some(1));
    drop(owner);
    assert_eq!(signal.try_get_untracked(), None);
    signal.set(vec![2]);
    signal.update(|list| list.push(3));
    assert_eq!(signal.try_with_untracked(Vec::len), None);
    outside.set(1);
    tick().await;
    assert_eq!(heard_no.try_with_value(|n| *n), None);
}

#[wasm_bindgen_test]
fn a_reader_keeps_its_value_while_a_newer_one_is_written() {
    let (_owner, list) = owned(|| RwSignal::new(vec![1, 2]));
    list.with(|before| {
        list.set(vec![3]);
        assert_eq!(before, &[1, 2]);
    });
    assert_eq!(list.get_untracked(), [3]);
    let taken = StoredValue::new(Some("once"));
    assert_eq!(taken.try_update_value(Option::take), Some(Some("once")));
    assert_eq!(taken.get_value(), None);
}

#[wasm_bindgen_test]
fn a_node_is_there_once_its_place_was_filled() {
    let (_owner, node) = owned(NodeRef::<leptos::html::Div>::new);
    assert!(node.get_untracked().is_none());
    let drawn = leptos::prelude::document().create_element("div").unwrap();
    node.place().set(Some(drawn.clone()));
    assert!(node.get_untracked().unwrap().is_same_node(Some(&drawn)));
}
