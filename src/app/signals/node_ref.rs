//! The element that a view drew.

use std::marker::PhantomData;

use leptos::html::ElementType;
use wasm_bindgen::JsCast;

use super::RwSignal;

/// Empty until the element `E` stands; a signal of it.
pub struct NodeRef<E>(RwSignal<Option<web_sys::Element>>, PhantomData<fn() -> E>);

impl<E> Copy for NodeRef<E> {}

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> NodeRef<E> {
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn new() -> Self {
        NodeRef(RwSignal::new(None), PhantomData)
    }

    /// Where the view puts the element.
    pub fn place(self) -> RwSignal<Option<web_sys::Element>> {
        self.0
    }
}

impl<E: ElementType> NodeRef<E>
where
    E::Output: JsCast,
{
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get(self) -> Option<E::Output> {
        self.0.get().map(JsCast::unchecked_into)
    }

    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get_untracked(self) -> Option<E::Output> {
        self.0.get_untracked().map(JsCast::unchecked_into)
    }
}
