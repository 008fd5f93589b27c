//! A value that may or may not change: what a component takes that doesn't mind.

use std::cell::RefCell;

use leptos::prelude::Memo as Worked;
use leptos::prelude::RwSignal as Slot;

use super::Held;
use super::Live;
use super::Memo;
use super::Origin;
use super::RwSignal;
use crate::run::Run;

pub type Signal<T> = Live<T, Source>;

#[derive(Clone, Copy)]
pub enum Source {
    Slot(Slot<Held>),
    Memo(Worked<Held>),
    /// Holds a [`Derive`].
    Derived(Slot<Held>),
}

type Derive = RefCell<Box<dyn Run<(), Held>>>;

impl<T: 'static> Signal<T> {
    pub fn fixed(value: T) -> Self {
        RwSignal::new(value).into()
    }

    /// Runs each time that it is read.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn derive(derive: impl Fn() -> T + 'static) -> Self {
        Live::from(derived(Box::new(move |()| Held::new(derive()))))
    }
}

#[inline(never)]
#[cfg_attr(debug_assertions, track_caller)]
fn derived(derive: Box<dyn Run<(), Held>>) -> Source {
    let derive: Derive = RefCell::new(derive);
    Source::Derived(RwSignal::new(derive).origin)
}

fn run(derive: &Held) -> Held {
    derive.get::<Derive>().borrow_mut().run(())
}

impl<T: 'static, F: Fn() -> T + 'static> From<F> for Signal<T> {
    #[cfg_attr(debug_assertions, track_caller)]
    fn from(derive: F) -> Self {
        Signal::derive(derive)
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Live::from(Source::Slot(signal.origin))
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Live::from(Source::Memo(memo.origin))
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Signal::fixed(T::default())
    }
}

impl From<&str> for Signal<String> {
    fn from(text: &str) -> Self {
        Signal::fixed(text.to_owned())
    }
}

impl From<String> for Signal<String> {
    fn from(text: String) -> Self {
        Signal::fixed(text)
    }
}

impl Origin for Source {
    #[inline(never)]
    #[cfg_attr(debug_assertions, track_caller)]
    fn read(self) -> Held {
        match self {
            Source::Slot(slot) => slot.read(),
            Source::Memo(memo) => memo.read(),
            Source::Derived(slot) => run(&slot.peek()),
        }
    }

    #[inline(never)]
    #[cfg_attr(debug_assertions, track_caller)]
    fn peek(self) -> Held {
        match self {
            Source::Slot(slot) => slot.peek(),
            Source::Memo(memo) => memo.peek(),
            Source::Derived(slot) => leptos::prelude::untrack(|| run(&slot.peek())),
        }
    }

    #[inline(never)]
    fn try_peek(self) -> Option<Held> {
        match self {
            Source::Slot(slot) => slot.try_peek(),
            Source::Memo(memo) => memo.try_peek(),
            Source::Derived(slot) => {
                let derive = slot.try_peek()?;
                Some(leptos::prelude::untrack(|| run(&derive)))
            }
        }
    }
}
