//! What a view is made of: [`Node`]s, which say what should stand on the page. They are drawn once; a closure in them is
//! run again when a signal it read changes, and what it then says is laid over what stands there. `view!` writes them.
//!
//! Leptos gives signals, the props of components and the mounting; its own elements are one generic type for each shape, and were
//! half of the page's program. Here every shape is the same few types.

mod children;
mod component;
mod drawn;
mod element;
mod leptos_view;
mod value;

pub use children::IntoNode;
pub use children::each;
pub use children::show;
pub use component::Children;
pub use component::ChildrenFn;
pub use component::ToChildren;
pub use component::ViewFn;
pub use component::component;
pub use drawn::Drawn;
pub use element::Element;
pub use markup::view;
pub use value::IntoValue;

use std::borrow::Cow;

use leptos::prelude::Owner;
use send_wrapper::SendWrapper;

use crate::run::Run;

/// What should stand on the page. Drawn on the page's one thread only, which the wrapper holds it to.
pub struct Node(SendWrapper<Kind>);

enum Kind {
    Nothing,
    Text(Cow<'static, str>),
    Element(Element),
    Many(Vec<Node>),
    /// By key, in order, each with how it is drawn if its key is new; under the owner, which outlives the list.
    Keyed(Owner, Vec<(String, Draw)>),
    Live(Box<dyn Run<(), Node>>),
}

type Draw = Box<dyn FnOnce() -> Node>;

impl Node {
    fn new(kind: Kind) -> Self {
        Node(SendWrapper::new(kind))
    }

    pub fn nothing() -> Self {
        Node::new(Kind::Nothing)
    }

    pub fn many(nodes: Vec<Node>) -> Self {
        Node::new(Kind::Many(nodes))
    }

    /// Runs again when a signal that it read changes.
    pub fn live(draw: Box<dyn Run<(), Node>>) -> Self {
        Node::new(Kind::Live(draw))
    }
}
