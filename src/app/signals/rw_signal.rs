//! A signal that is written.

use leptos::prelude::Notify;
use leptos::prelude::RwSignal as Slot;
use leptos::prelude::UpdateUntracked;

use super::Held;
use super::Live;

/// Writing where the signal is gone does nothing.
pub type RwSignal<T> = Live<T, Slot<Held>>;

impl<T: 'static> RwSignal<T> {
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn new(value: T) -> Self {
        Live::from(new(Held::new(value)))
    }

    pub fn set(self, value: T) {
        exchange(self.origin, Held::new(value));
        notify(self.origin);
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        if self.try_update_untracked(change).is_some() {
            notify(self.origin);
        }
    }

    /// Tells nobody.
    pub(super) fn set_untracked(self, value: T) {
        exchange(self.origin, Held::new(value));
    }

    /// Tells nobody, and does nothing where the signal is gone.
    pub(super) fn try_update_untracked<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut held = exchange(self.origin, Held::new(()))?;
        let told = change(held.get_mut());
        let meanwhile = exchange(self.origin, held);
        debug_assert!(
            meanwhile.is_none_or(|meanwhile| meanwhile.is::<()>()),
            "a signal was set while it is being changed"
        );
        Some(told)
    }
}

impl<T: Default + 'static> Default for RwSignal<T> {
    #[cfg_attr(debug_assertions, track_caller)]
    fn default() -> Self {
        RwSignal::new(T::default())
    }
}

#[inline(never)]
#[cfg_attr(debug_assertions, track_caller)]
fn new(held: Held) -> Slot<Held> {
    Slot::new(held)
}

/// Gives back what was there, to be dropped by whoever may.
#[inline(never)]
fn exchange(slot: Slot<Held>, new: Held) -> Option<Held> {
    slot.try_update_untracked(|held| std::mem::replace(held, new))
}

#[inline(never)]
fn notify(slot: Slot<Held>) {
    slot.notify();
}
