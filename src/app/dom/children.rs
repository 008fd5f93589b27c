//! What can stand as a child in `view!`.

use std::borrow::Cow;

use leptos::prelude::Owner;

use super::Draw;
use super::Element;
use super::Kind;
use super::Node;
use crate::signals::Live;
use crate::signals::Memo;
use crate::signals::Origin;

pub trait IntoNode {
    fn into_node(self) -> Node;
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for Element {
    fn into_node(self) -> Node {
        Node::new(Kind::Element(self))
    }
}

impl IntoNode for Cow<'static, str> {
    fn into_node(self) -> Node {
        Node::new(Kind::Text(self))
    }
}

impl IntoNode for &'static str {
    fn into_node(self) -> Node {
        Cow::Borrowed(self).into_node()
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        Cow::<str>::Owned(self).into_node()
    }
}

impl<T: IntoNode> IntoNode for Option<T> {
    fn into_node(self) -> Node {
        self.map_or_else(Node::nothing, T::into_node)
    }
}

impl<T: IntoNode> IntoNode for Vec<T> {
    fn into_node(self) -> Node {
        self.into_iter().collect()
    }
}

impl<T: IntoNode, const N: usize> IntoNode for [T; N] {
    fn into_node(self) -> Node {
        self.into_iter().collect()
    }
}

impl<T: IntoNode> FromIterator<T> for Node {
    fn from_iter<I: IntoIterator<Item = T>>(nodes: I) -> Self {
        Node::many(nodes.into_iter().map(T::into_node).collect())
    }
}

impl<F: FnMut() -> T + 'static, T: IntoNode> IntoNode for F {
    fn into_node(mut self) -> Node {
        Node::live(Box::new(move |()| self().into_node()))
    }
}

macro_rules! printed {
    ($($kind:ty)*) => {$(
        impl IntoNode for $kind {
            fn into_node(self) -> Node {
                self.to_string().into_node()
            }
        }
    )*};
}

printed!(u32);

impl<T: IntoNode + Clone + 'static, O: Origin> IntoNode for Live<T, O> {
    fn into_node(self) -> Node {
        Node::live(Box::new(move |()| self.get().into_node()))
    }
}

/// The children while `when` holds, else the other ones.
pub fn show(
    when: Box<dyn Fn() -> bool>,
    children: impl Fn() -> Node + 'static,
    fallback: impl Fn() -> Node + 'static,
) -> Node {
    let when = Memo::new(move |_| when());
    Node::live(Box::new(
        move |()| {
            if when.get() { children() } else { fallback() }
        },
    ))
}

/// The children for each item. An item that keeps its key keeps its elements, as they were first drawn; what is new is
/// laid over what is gone.
pub fn each<T: 'static, K: std::fmt::Debug>(
    items: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> K + 'static,
    children: impl Fn(T) -> Node + Clone + 'static,
) -> Node {
    let owner = Owner::current().unwrap_or_default();
    Node::live(Box::new(move |()| {
        let keyed = items().into_iter().map(|item| {
            let key = format!("{:?}", key(&item));
            let children = children.clone();
            let draw: Draw = Box::new(move || children(item));
            (key, draw)
        });
        Node::new(Kind::Keyed(owner.clone(), keyed.collect()))
    }))
}
