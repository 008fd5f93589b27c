//! A value worked out from signals.

use leptos::prelude::Get;
use leptos::prelude::GetUntracked;
use leptos::prelude::Memo as Worked;
use send_wrapper::SendWrapper;

use super::Held;
use super::Live;
use super::Origin;

/// Worked out when it is first read, and when a signal that it read has changed since. Whoever read it runs again only
/// where it then comes to something else.
pub type Memo<T> = Live<T, Worked<Held>>;

/// Nothing where the value is as before.
type Work = Box<dyn Fn(Option<&Held>) -> Option<Held>>;

impl<T: PartialEq + 'static> Memo<T> {
    /// From the value before, if there was one.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn new(work: impl Fn(Option<&T>) -> T + 'static) -> Self {
        Live::from(new(Box::new(move |before| {
            let before = before.map(Held::get);
            let now = work(before);
            (before != Some(&now)).then(|| Held::new(now))
        })))
    }
}

#[inline(never)]
#[cfg_attr(debug_assertions, track_caller)]
fn new(work: Work) -> Worked<Held> {
    let work = SendWrapper::new(work);
    Worked::new_owning(
        move |before: Option<Held>| match (work(before.as_ref()), before) {
            (None, Some(before)) => (before, false),
            (now, _) => (now.unwrap_or_else(|| Held::new(())), true),
        },
    )
}

impl Origin for Worked<Held> {
    #[inline(never)]
    #[cfg_attr(debug_assertions, track_caller)]
    fn read(self) -> Held {
        self.get()
    }

    #[inline(never)]
    #[cfg_attr(debug_assertions, track_caller)]
    fn peek(self) -> Held {
        self.get_untracked()
    }

    #[inline(never)]
    fn try_peek(self) -> Option<Held> {
        self.try_get_untracked()
    }
}
