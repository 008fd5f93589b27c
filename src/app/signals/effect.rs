//! What follows signals out of the page: to a canvas, the address, the focus.

use crate::run::Run;

/// Runs once what made it is done, and again after a signal that it read has changed, until its owner is gone.
pub struct Effect;

impl Effect {
    /// The closure is given what it came to the last time.
    #[allow(
        clippy::new_ret_no_self,
        reason = "named as in Leptos; nobody keeps one"
    )]
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut before = None;
        follow(Box::new(move |()| before = Some(run(before.take()))));
    }
}

#[inline(never)]
fn follow(mut effect: Box<dyn Run<(), ()>>) {
    leptos::prelude::Effect::new(move |_: Option<()>| effect.run(()));
}
