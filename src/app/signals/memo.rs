//! A value worked out from signals.

use std::cell::RefCell;

use leptos::prelude::Memo as Worked;
use send_wrapper::SendWrapper;

use super::Held;
use super::Live;
use crate::run::Run;

/// Worked out when it is first read, and when a signal that it read has changed since. Whoever read it runs again only
/// where it then comes to something else.
pub type Memo<T> = Live<T, Worked<Held>>;

/// From the value before, if there was one; `false` says that it is the same still.
type Work = Box<dyn Run<Option<Held>, (Held, bool)>>;

impl<T: PartialEq + 'static> Memo<T> {
    /// The closure is given the value before, if there was one.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn new(work: impl Fn(Option<&T>) -> T + 'static) -> Self {
        Live::from(new(Box::new(move |before: Option<Held>| {
            let now = work(before.as_ref().map(Held::get));
            match before {
                Some(before) if *before.get::<T>() == now => (before, false),
                _ => (Held::new(now), true),
            }
        })))
    }
}

#[inline(never)]
#[cfg_attr(debug_assertions, track_caller)]
fn new(work: Work) -> Worked<Held> {
    let work = SendWrapper::new(RefCell::new(work));
    Worked::new_owning(move |before| work.borrow_mut().run(before))
}
