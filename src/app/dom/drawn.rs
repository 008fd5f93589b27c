//! What stands on the page, and how a newer [`Node`] is laid over it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use leptos::prelude::Mountable;
use leptos::prelude::Owner;
use leptos::prelude::RenderEffect;
use leptos::prelude::untrack;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

use super::Draw;
use super::Kind;
use super::Node;
use super::element::Element;
use super::element::Listener;
use super::element::Parts;
use super::element::Place;
use super::value::Given;
use super::value::Value;

const SVG: &str = "http://www.w3.org/2000/svg";

pub enum Drawn {
    /// A comment that holds the place.
    Nothing(web_sys::Node),
    Text(web_sys::Node, Cow<'static, str>),
    Element(Box<DrawnElement>),
    /// Ends with a comment that holds the place.
    Many(Vec<Drawn>, web_sys::Node),
    Keyed(Vec<Item>, web_sys::Node),
    Live(Follower),
}

/// A part of the page that follows signals. An effect by itself keeps what it drew until its task comes round to end,
/// and what follows signals in there would run once more, with signals that are gone: this drops it at once.
pub struct Follower(RenderEffect<Drawn>);

impl std::ops::Deref for Follower {
    type Target = RenderEffect<Drawn>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        drop(self.0.take_value());
    }
}

/// One of a keyed list. It keeps its own owner, so that what it holds lives as long as it stands.
pub struct Item {
    key: String,
    drawn: Drawn,
    _owner: Owner,
}

pub struct DrawnElement {
    tag: &'static str,
    fixed: &'static [(&'static str, &'static str)],
    element: web_sys::Element,
    values: Vec<(Place, &'static str, Held)>,
    listeners: Vec<Listener>,
    children: Vec<Drawn>,
}

/// The value that an element has.
enum Held {
    Fixed(Value),
    Live(RenderEffect<Value>),
}

fn page() -> web_sys::Document {
    leptos::prelude::document()
}

fn place_holder() -> web_sys::Node {
    page().create_comment("").into()
}

impl Drawn {
    pub fn of(node: Node) -> Self {
        match node.0.take() {
            Kind::Nothing => Drawn::Nothing(place_holder()),
            Kind::Text(text) => Drawn::Text(page().create_text_node(&text).into(), text),
            Kind::Element(element) => Drawn::Element(Box::new(DrawnElement::of(element))),
            Kind::Many(nodes) => {
                Drawn::Many(nodes.into_iter().map(Drawn::of).collect(), place_holder())
            }
            Kind::Keyed(owner, new) => {
                let draw = |(key, draw)| Item::of(&owner, key, draw);
                Drawn::Keyed(new.into_iter().map(draw).collect(), place_holder())
            }
            Kind::Live(mut draw) => {
                let follow = move |before: Option<Drawn>| {
                    let node = draw.run(());
                    match before {
                        None => Drawn::of(node),
                        Some(mut drawn) => {
                            drawn.take_over(node);
                            drawn
                        }
                    }
                };
                Drawn::Live(Follower(RenderEffect::new(follow)))
            }
        }
    }

    /// Makes what stands here what `node` says, keeping elements where the shape is the same.
    pub fn take_over(&mut self, node: Node) {
        match (&mut *self, node.0.take()) {
            (Drawn::Nothing(_), Kind::Nothing) => {}
            (Drawn::Text(standing, shown), Kind::Text(text)) => {
                if *shown != text {
                    standing.set_node_value(Some(&text));
                    *shown = text;
                }
            }
            (Drawn::Element(drawn), Kind::Element(element)) => {
                if let Err(element) = drawn.take_over(element) {
                    self.replace(Node::new(Kind::Element(element)));
                }
            }
            (Drawn::Many(drawn, end), Kind::Many(nodes)) => {
                take_over_all(drawn, nodes, |late| insert_before(end, late))
            }
            (Drawn::Keyed(drawn, end), Kind::Keyed(owner, new)) => {
                take_over_keyed(drawn, &owner, new, end);
            }
            (_, kind) => self.replace(Node::new(kind)),
        }
    }

    fn replace(&mut self, node: Node) {
        let mut new = Drawn::of(node);
        self.insert_before_this(&mut new);
        self.unmount();
        *self = new;
    }
}

fn insert_before(standing: &web_sys::Node, child: &mut dyn Mountable) -> bool {
    match standing.parent_element() {
        Some(parent) => {
            child.mount(&parent, Some(standing));
            true
        }
        None => false,
    }
}

/// Lays nodes over what stands, one by one; `insert` puts what is more behind them.
fn take_over_all(drawn: &mut Vec<Drawn>, nodes: Vec<Node>, insert: impl Fn(&mut Drawn) -> bool) {
    let kept = nodes.len().min(drawn.len());
    for mut gone in drawn.drain(kept..) {
        gone.unmount();
    }
    let mut nodes = nodes.into_iter();
    for (drawn, node) in drawn.iter_mut().zip(&mut nodes) {
        drawn.take_over(node);
    }
    for node in nodes {
        let mut late = Drawn::of(node);
        insert(&mut late);
        drawn.push(late);
    }
}

impl Item {
    fn of(list: &Owner, key: String, draw: Draw) -> Self {
        let owner = list.with(Owner::new);
        let drawn = owner.with(|| untrack(|| Drawn::of(draw())));
        Item {
            key,
            drawn,
            _owner: owner,
        }
    }

    /// Becomes another one, with the elements of this.
    fn take_over(&mut self, list: &Owner, key: String, draw: Draw) {
        let owner = list.with(Owner::new);
        owner.with(|| untrack(|| self.drawn.take_over(draw())));
        (self.key, self._owner) = (key, owner);
    }
}

/// What keeps its key stays as it is. What is new is laid over what is gone, in their orders, so that a list that scrolls
/// goes on with the elements it has; elements move only where the order changed.
fn take_over_keyed(
    items: &mut Vec<Item>,
    owner: &Owner,
    new: Vec<(String, Draw)>,
    end: &web_sys::Node,
) {
    let mut before: Vec<Option<Item>> = items.drain(..).map(Some).collect();
    let mut at_key: HashMap<String, usize> = before
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((item.as_ref()?.key.clone(), at)))
        .collect();
    let mut places: Vec<Option<usize>> = new.iter().map(|(key, _)| at_key.remove(key)).collect();
    let mut is_gone = vec![true; before.len()];
    places.iter().flatten().for_each(|at| is_gone[*at] = false);
    let mut gone = (0..before.len()).filter(|at| is_gone[*at]);
    for ((key, draw), place) in new.into_iter().zip(&mut places) {
        let is_kept = place.is_some();
        *place = place.or_else(|| gone.next());
        items.push(match place.and_then(|at| before[at].take()) {
            Some(item) if is_kept => item,
            Some(mut item) => {
                item.take_over(owner, key, draw);
                item
            }
            None => Item::of(owner, key, draw),
        });
    }
    for mut left in before.into_iter().flatten() {
        left.drawn.unmount();
    }
    let Some(parent) = end.parent_element() else {
        return;
    };
    let stays = longest_run(&places);
    for at in (0..items.len()).rev() {
        if places[at].is_some() && stays.contains(&at) {
            continue;
        }
        let (item, behind) = items[at..].split_at_mut(1);
        match behind.first() {
            Some(next) => next.drawn.insert_before_this(&mut item[0].drawn),
            None => {
                item[0].drawn.mount(&parent, Some(end));
                true
            }
        };
    }
}

/// The longest stretch of those that stood in this order before, with what is new among them.
fn longest_run(places: &[Option<usize>]) -> Range<usize> {
    let (mut longest, mut start, mut last) = (0..0, 0, None);
    for (at, place) in places.iter().enumerate() {
        if place.is_some() {
            if *place < last {
                start = at;
            }
            last = *place;
        }
        if at + 1 - start > longest.len() {
            longest = start..at + 1;
        }
    }
    longest
}

impl DrawnElement {
    fn of(element: Element) -> Self {
        let Parts {
            tag,
            is_svg,
            fixed,
            values,
            listeners,
            node_ref,
            children,
        } = *element.0;
        let namespace = is_svg.then_some(SVG);
        let created = match namespace {
            Some(namespace) => page().create_element_ns(Some(namespace), tag),
            None => page().create_element(tag),
        };
        // Fails for a name that no element can have, which no view writes.
        let element = created.unwrap_or_else(|_| wasm_bindgen::throw_str(tag));
        for (name, text) in fixed {
            // As with names of elements: only a view could write one that is refused.
            let _ = element.set_attribute(name, text);
        }
        let values = values
            .into_iter()
            .map(|(place, name, given)| {
                let held = hold(&element, place, name, given, Value::Absent);
                (place, name, held)
            })
            .collect();
        let listeners = listeners
            .into_iter()
            .map(|(name, handler)| Listener::attach(&element, name, handler))
            .collect();
        let mut children: Vec<Drawn> = children.into_iter().map(Drawn::of).collect();
        for child in &mut children {
            child.mount(&element, None);
        }
        if let Some(node_ref) = node_ref {
            node_ref.set(Some(element.clone()));
        }
        DrawnElement {
            tag,
            fixed,
            element,
            values,
            listeners,
            children,
        }
    }

    /// Gives the element back where its shape is another.
    fn take_over(&mut self, new: Element) -> Result<(), Element> {
        let parts = &new.0;
        let is_same = self.tag == parts.tag
            && self.fixed == parts.fixed
            && self.values.len() == parts.values.len()
            && self.listeners.len() == parts.listeners.len()
            && self
                .values
                .iter()
                .zip(&parts.values)
                .all(|(a, b)| (a.0, a.1) == (b.0, b.1))
            && self
                .listeners
                .iter()
                .zip(&parts.listeners)
                .all(|(a, b)| a.name == b.0);
        if !is_same {
            return Err(new);
        }
        let parts = *new.0;
        for ((place, name, held), (.., given)) in self.values.iter_mut().zip(parts.values) {
            let before = match held {
                Held::Fixed(value) => value.clone(),
                Held::Live(effect) => effect.take_value().unwrap_or(Value::Absent),
            };
            *held = hold(&self.element, *place, name, given, before);
        }
        for (listener, (_, handler)) in self.listeners.iter().zip(parts.listeners) {
            *listener.handler.borrow_mut() = Some(handler);
        }
        let element = &self.element;
        take_over_all(&mut self.children, parts.children, |late| {
            late.mount(element, None);
            true
        });
        if let Some(node_ref) = parts.node_ref {
            node_ref.set(Some(element.clone()));
        }
        Ok(())
    }
}

fn hold(
    element: &web_sys::Element,
    place: Place,
    name: &'static str,
    given: Given,
    before: Value,
) -> Held {
    match given {
        Given::Fixed(value) => {
            apply(element, place, name, &before, &value);
            Held::Fixed(value)
        }
        Given::Live(mut give) => {
            let element = element.clone();
            let follow = move |before: Option<Value>| {
                let value = give.run(());
                apply(
                    &element,
                    place,
                    name,
                    before.as_ref().unwrap_or(&Value::Absent),
                    &value,
                );
                value
            };
            Held::Live(RenderEffect::new_with_value(follow, Some(before)))
        }
    }
}

/// Writes a value where it differs from the one that stands. What the browser refuses stays as it was.
fn apply(
    element: &web_sys::Element,
    place: Place,
    name: &'static str,
    before: &Value,
    value: &Value,
) {
    if before == value {
        return;
    }
    let text = match value {
        Value::Absent => None,
        Value::Present => Some(""),
        Value::Text(text) => Some(text.as_ref()),
    };
    match (place, text) {
        (Place::Attribute, Some(text)) => drop(element.set_attribute(name, text)),
        (Place::Attribute, None) => drop(element.remove_attribute(name)),
        (Place::Class, Some(_)) => drop(element.class_list().add_1(name)),
        (Place::Class, None) => drop(element.class_list().remove_1(name)),
        (Place::Style, text) => {
            let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
            match text {
                Some(text) => drop(style.set_property(name, text)),
                None => drop(style.remove_property(name)),
            }
        }
        (Place::Property, text) => {
            let value = match value {
                Value::Text(_) => text.map_or(JsValue::NULL, JsValue::from_str),
                Value::Present => JsValue::TRUE,
                Value::Absent => JsValue::FALSE,
            };
            drop(js_sys::Reflect::set(element, &name.into(), &value));
        }
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        let remove = |node: &web_sys::Node| {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(node);
            }
        };
        match self {
            Drawn::Nothing(node) | Drawn::Text(node, _) => remove(node),
            Drawn::Element(drawn) => drawn.element.remove(),
            Drawn::Many(drawn, end) => {
                drawn.iter_mut().for_each(Drawn::unmount);
                remove(end);
            }
            Drawn::Keyed(drawn, end) => {
                drawn.iter_mut().for_each(|item| item.drawn.unmount());
                remove(end);
            }
            Drawn::Live(effect) => drop(effect.with_value_mut(Drawn::unmount)),
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, before: Option<&web_sys::Node>) {
        let insert = |node: &web_sys::Node| {
            let _ = parent.insert_before(node, before);
        };
        match self {
            Drawn::Nothing(node) | Drawn::Text(node, _) => insert(node),
            Drawn::Element(drawn) => insert(&drawn.element),
            Drawn::Many(drawn, end) => {
                drawn
                    .iter_mut()
                    .for_each(|drawn| drawn.mount(parent, before));
                insert(end);
            }
            Drawn::Keyed(drawn, end) => {
                drawn
                    .iter_mut()
                    .for_each(|item| item.drawn.mount(parent, before));
                insert(end);
            }
            Drawn::Live(effect) => drop(effect.with_value_mut(|drawn| drawn.mount(parent, before))),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Drawn::Nothing(node) | Drawn::Text(node, _) => insert_before(node, child),
            Drawn::Element(drawn) => insert_before(&drawn.element, child),
            Drawn::Many(drawn, end) => match drawn.first() {
                Some(first) => first.insert_before_this(child),
                None => insert_before(end, child),
            },
            Drawn::Keyed(drawn, end) => match drawn.first() {
                Some(first) => first.drawn.insert_before_this(child),
                None => insert_before(end, child),
            },
            Drawn::Live(effect) => effect
                .with_value_mut(|drawn| drawn.insert_before_this(child))
                .unwrap_or(false),
        }
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        match self {
            Drawn::Nothing(_) | Drawn::Text(..) => Vec::new(),
            Drawn::Element(drawn) => vec![drawn.element.clone()],
            Drawn::Many(drawn, _) => drawn.iter().flat_map(Drawn::elements).collect(),
            Drawn::Keyed(drawn, _) => drawn
                .iter()
                .flat_map(|item| item.drawn.elements())
                .collect(),
            Drawn::Live(effect) => effect
                .with_value_mut(|drawn| drawn.elements())
                .unwrap_or_default(),
        }
    }
}
