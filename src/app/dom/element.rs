//! An element as it should stand on the page.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::EventDescriptor;
use leptos::prelude::Owner;
use wasm_bindgen::JsCast;

use super::IntoNode;
use super::IntoValue;
use super::Node;
use super::value::Given;
use crate::run::Run;
use crate::signals::NodeRef;
use crate::signals::RwSignal;

/// Where a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Attribute,
    Class,
    Style,
    Property,
}

pub(super) type Handler = Box<dyn Run<web_sys::Event, ()>>;

#[derive(Default)]
pub(super) struct Parts {
    pub tag: &'static str,
    pub is_svg: bool,
    pub fixed: &'static [(&'static str, &'static str)],
    pub values: Vec<(Place, &'static str, Given)>,
    pub listeners: Vec<(&'static str, Handler)>,
    pub node_ref: Option<RwSignal<Option<web_sys::Element>>>,
    pub children: Vec<Node>,
}

pub struct Element(pub(super) Box<Parts>);

impl Element {
    /// With attributes that never change.
    #[inline(never)]
    pub fn html(tag: &'static str, fixed: &'static [(&'static str, &'static str)]) -> Self {
        Element(Box::new(Parts {
            tag,
            fixed,
            ..Parts::default()
        }))
    }

    #[inline(never)]
    pub fn svg(tag: &'static str, fixed: &'static [(&'static str, &'static str)]) -> Self {
        let mut element = Self::html(tag, fixed);
        element.0.is_svg = true;
        element
    }

    pub fn attribute(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(Place::Attribute, name, value.into_value())
    }

    /// A class that it has while the value holds.
    pub fn class(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(Place::Class, name, value.into_value())
    }

    pub fn style(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(Place::Style, name, value.into_value())
    }

    pub fn property(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(Place::Property, name, value.into_value())
    }

    #[inline(never)]
    fn put(mut self, place: Place, name: &'static str, value: Given) -> Self {
        self.0.values.push((place, name, value));
        self
    }

    /// Hears an event; the closure runs as the owner that is current now.
    pub fn on<E>(self, event: E, mut handle: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        let name = match event.name() {
            std::borrow::Cow::Borrowed(name) => name,
            // No event of Leptos' own list has a made-up name.
            std::borrow::Cow::Owned(_) => return self,
        };
        self.hear(
            name,
            Box::new(move |event: web_sys::Event| handle(event.unchecked_into())),
        )
    }

    #[inline(never)]
    fn hear(mut self, name: &'static str, mut handle: Handler) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let handle = move |event: web_sys::Event| {
            // What an event reads is read once: there is nothing to follow.
            #[cfg(debug_assertions)]
            let _zone = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
            owner.with(|| handle.run(event));
        };
        self.0.listeners.push((name, Box::new(handle)));
        self
    }

    pub fn node_ref<E>(mut self, node: NodeRef<E>) -> Self {
        self.0.node_ref = Some(node.place());
        self
    }

    #[inline(never)]
    pub fn text(self, text: &'static str) -> Self {
        self.with(text.into_node())
    }

    pub fn child(self, child: impl IntoNode) -> Self {
        self.with(child.into_node())
    }

    #[inline(never)]
    fn with(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }
}

/// What hears one event of one element: the closure in it can be exchanged, the element keeps its listener.
pub(super) struct Listener {
    pub name: &'static str,
    pub handler: Rc<RefCell<Option<Handler>>>,
    _closure: wasm_bindgen::closure::Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    pub fn attach(element: &web_sys::Element, name: &'static str, handler: Handler) -> Self {
        let handler = Rc::new(RefCell::new(Some(handler)));
        let shared = handler.clone();
        let closure =
            wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(move |event| {
                // Taken out while it runs: it may lead to its own exchange, or to the same event.
                let taken = shared.borrow_mut().take();
                if let Some(mut handle) = taken {
                    handle.run(event);
                    shared.borrow_mut().get_or_insert(handle);
                }
            });
        // Fails for no name at all only.
        let _ = element.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Listener {
            name,
            handler,
            _closure: closure,
        }
    }
}
