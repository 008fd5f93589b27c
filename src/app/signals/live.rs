//! What can be read of a signal, whichever it is.

use std::marker::PhantomData;

use leptos::prelude::Get;
use leptos::prelude::GetUntracked;

use super::Held;

/// A value of type `T` that may change, and where it comes from. A closure that reads it in an effect, a memo or a view
/// runs again when it changes, unless it was read `untracked`. `Copy`, and gone with the owner that it was made under:
/// reading it then panics, except by `try_…`.
pub struct Live<T, O> {
    pub(super) origin: O,
    of: PhantomData<fn() -> T>,
}

/// Where values come from.
pub trait Origin: Copy + 'static {
    fn read(self) -> Held;
    fn peek(self) -> Held;
    /// Untracked, and nothing where it is gone.
    fn try_peek(self) -> Option<Held>;
}

/// Whatever of Leptos can be read.
impl<O> Origin for O
where
    O: Get<Value = Held> + GetUntracked<Value = Held> + Copy + 'static,
{
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

impl<T, O: Copy> Copy for Live<T, O> {}

impl<T, O: Copy> Clone for Live<T, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, O: PartialEq> PartialEq for Live<T, O> {
    fn eq(&self, other: &Self) -> bool {
        self.origin == other.origin
    }
}

impl<T, O> Live<T, O> {
    pub(super) fn from(origin: O) -> Self {
        let of = PhantomData;
        Live { origin, of }
    }
}

impl<T: 'static, O: Origin> Live<T, O> {
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        copy(self.origin.read())
    }

    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        copy(self.origin.peek())
    }

    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.origin.read().get())
    }

    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(self.origin.peek().get())
    }

    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.origin.try_peek().map(copy)
    }

    pub fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.origin.try_peek().map(|held| read(held.get()))
    }
}

fn copy<T: Clone + 'static>(held: Held) -> T {
    held.get::<T>().clone()
}
