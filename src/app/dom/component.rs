//! Components: functions under Leptos' `#[component(transparent)]`, which makes their props and leaves what they return
//! alone: a [`Node`].

use std::rc::Rc;

use leptos::component::ComponentConstructor;
use leptos::prelude::untrack;

use super::IntoNode;
use super::Node;

/// What a component draws. It runs once: nothing that it reads by itself is followed, only what closures in its view read.
pub fn component<P>(component: impl ComponentConstructor<P, Node>, props: P) -> Node {
    untrack(|| component.construct(props))
}

/// Drawn once at most.
pub type Children = Box<dyn FnOnce() -> Node>;

/// Drawn as often as they are shown.
pub type ChildrenFn = Rc<dyn Fn() -> Node>;

/// How what stands between a component's tags is given to it.
pub trait ToChildren<F> {
    fn to_children(children: F) -> Self;
}

impl<F: FnOnce() -> Node + 'static> ToChildren<F> for Children {
    fn to_children(children: F) -> Self {
        Box::new(children)
    }
}

impl<F: Fn() -> Node + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(children: F) -> Self {
        Rc::new(children)
    }
}

/// A view as a prop.
#[derive(Clone)]
pub struct ViewFn(Rc<dyn Fn() -> Node>);

impl<F: Fn() -> T + 'static, T: IntoNode> From<F> for ViewFn {
    fn from(draw: F) -> Self {
        ViewFn(Rc::new(move || draw().into_node()))
    }
}

impl ViewFn {
    pub fn run(&self) -> Node {
        (self.0)()
    }
}
