//! `view!`: the syntax of Leptos' macro of that name, as calls of the page's own small elements (`crate::dom`) instead of
//! one generic type for each element, attribute and closure. That is half of what the page's program weighed.
//!
//! Left out, since the page uses none of it: spreading, `bind:`, `use:`, `slot:`, `clone:`, `inner_html`, doctypes.

use proc_macro2::TokenStream;
use quote::ToTokens;
use quote::format_ident;
use quote::quote;
use quote::quote_spanned;
use rstml::node::KeyedAttribute;
use rstml::node::KeyedAttributeValue;
use rstml::node::Node;
use rstml::node::NodeAttribute;
use rstml::node::NodeBlock;
use rstml::node::NodeElement;
use rstml::node::NodeName;
use syn::Block;
use syn::Error;
use syn::Expr;
use syn::ExprBlock;
use syn::ExprLit;
use syn::Lit;
use syn::Result;
use syn::Stmt;
use syn::spanned::Spanned;

type Markup = NodeElement<rstml::Infallible>;

#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = rstml::parse2(tokens.into());
    let drawn = nodes.and_then(|nodes| all(&nodes));
    drawn
        .unwrap_or_else(|error| {
            let error = error.into_compile_error();
            quote!({ #error })
        })
        .into()
}

/// Several nodes as one.
fn all(nodes: &[Node]) -> Result<TokenStream> {
    let mut drawn: Vec<TokenStream> = nodes
        .iter()
        .filter_map(|node| one(node).transpose())
        .collect::<Result<_>>()?;
    Ok(match drawn.len() {
        1 => {
            let only = drawn.remove(0);
            quote!(crate::dom::IntoNode::into_node(#only))
        }
        _ => quote!(crate::dom::Node::many(
            ::std::vec![#(crate::dom::IntoNode::into_node(#drawn)),*]
        )),
    })
}

/// `None` for what isn't shown.
fn one(node: &Node) -> Result<Option<TokenStream>> {
    Ok(Some(match node {
        Node::Comment(_) => return Ok(None),
        Node::Text(text) => text.value.to_token_stream(),
        Node::Block(NodeBlock::ValidBlock(block)) => bare_block(block),
        Node::Block(block) => block.to_token_stream(),
        Node::Fragment(fragment) => all(&fragment.children)?,
        Node::Element(element) if is_component(element.name()) => {
            match element.name().to_string().as_str() {
                "Show" => show(element)?,
                "For" => each(element)?,
                _ => component(element)?,
            }
        }
        Node::Element(element) => markup(element)?,
        other => return Err(Error::new(other.span(), "write text in quotes")),
    }))
}

/// A block's one expression without its braces, which the compiler would call unnecessary.
fn bare(value: &Expr) -> TokenStream {
    match value {
        Expr::Block(ExprBlock { block, .. }) => bare_block(block),
        other => other.to_token_stream(),
    }
}

fn bare_block(block: &Block) -> TokenStream {
    match &block.stmts[..] {
        [Stmt::Expr(expression, None)] => expression.to_token_stream(),
        _ => block.to_token_stream(),
    }
}

fn is_component(name: &NodeName) -> bool {
    match name {
        NodeName::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase)),
        _ => false,
    }
}

/// An element of HTML or SVG. What is written out stands in one table, set before all else.
fn markup(element: &Markup) -> Result<TokenStream> {
    let tag = element.name().to_string();
    let mut fixed = TokenStream::new();
    let mut drawn = TokenStream::new();
    for attribute in keyed(element)? {
        let key = attribute.key.to_string();
        if let (
            false,
            Some(Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            })),
        ) = (key.contains(':'), attribute.value())
        {
            fixed.extend(quote!((#key, #text),));
            continue;
        }
        let value = attribute.value().map_or_else(|| quote!(true), bare);
        drawn.extend(match key.split_once(':') {
            None if key == "node_ref" => quote!(.node_ref(#value)),
            None => quote!(.attribute(#key, #value)),
            Some(("on", event)) => {
                let event = format_ident!("{event}", span = attribute.key.span());
                quote!(.on(::leptos::ev::#event, #value))
            }
            Some(("class", name)) => quote!(.class(#name, #value)),
            Some(("style", name)) => quote!(.style(#name, #value)),
            Some(("prop", name)) => quote!(.property(#name, #value)),
            Some(_) => {
                return Err(Error::new(
                    attribute.key.span(),
                    "an element takes on:, class:, style: and prop:",
                ));
            }
        });
    }
    for child in &element.children {
        drawn.extend(match child {
            Node::Text(text) => {
                let text = &text.value;
                quote!(.text(#text))
            }
            child => match one(child)? {
                Some(child) => quote!(.child(#child)),
                None => continue,
            },
        });
    }
    let new = if is_svg(&tag) {
        quote!(svg)
    } else {
        quote!(html)
    };
    Ok(quote!(crate::dom::Element::#new(#tag, &[#fixed]) #drawn))
}

/// A function under Leptos' `#[component(transparent)]`.
fn component(element: &Markup) -> Result<TokenStream> {
    let name = element.name();
    let mut props = TokenStream::new();
    for attribute in keyed(element)? {
        let NodeName::Path(key) = &attribute.key else {
            return Err(Error::new(attribute.key.span(), "a component takes props"));
        };
        let value = attribute
            .value()
            .map_or_else(|| key.to_token_stream(), bare);
        props.extend(quote!(.#key(#value)));
    }
    if !element.children.is_empty() {
        let children = all(&element.children)?;
        props.extend(quote!(.children(crate::dom::ToChildren::to_children(move || #children))));
    }
    Ok(quote_spanned! {name.span()=>
        crate::dom::component(
            #[allow(clippy::needless_borrows_for_generic_args)]
            &#name,
            ::leptos::component::component_props_builder(&#name) #props .build(),
        )
    })
}

/// `<Show when=… fallback=…>`: its children while that holds, else what the fallback draws.
fn show(element: &Markup) -> Result<TokenStream> {
    let when = value_of(element, "when")?;
    let children = all(&element.children)?;
    let fallback = match find(element, "fallback")? {
        Some(fallback) => fallback.to_token_stream(),
        None => quote!(crate::dom::Node::nothing),
    };
    Ok(quote!(crate::dom::show(::std::boxed::Box::new(#when), move || #children, #fallback)))
}

/// `<For each=… key=… let:item>`: its children for each item; what keeps its key keeps its elements.
fn each(element: &Markup) -> Result<TokenStream> {
    let items = value_of(element, "each")?;
    let key = value_of(element, "key")?;
    let item = keyed(element)?
        .into_iter()
        .find_map(|attribute| {
            attribute
                .key
                .to_string()
                .strip_prefix("let:")
                .map(|item| format_ident!("{item}"))
        })
        .ok_or_else(|| Error::new(element.name().span(), "For needs let:item"))?;
    let children = all(&element.children)?;
    Ok(quote!(crate::dom::each(#items, #key, move |#item| #children)))
}

fn value_of<'a>(element: &'a Markup, key: &str) -> Result<&'a Expr> {
    find(element, key)?.ok_or_else(|| {
        Error::new(
            element.name().span(),
            format!("{} needs {key}", element.name()),
        )
    })
}

fn find<'a>(element: &'a Markup, key: &str) -> Result<Option<&'a Expr>> {
    let attribute = keyed(element)?
        .into_iter()
        .find(|attribute| attribute.key.to_string() == key);
    Ok(attribute.and_then(KeyedAttribute::value))
}

fn keyed(element: &Markup) -> Result<Vec<&KeyedAttribute>> {
    let all = element
        .attributes()
        .iter()
        .map(|attribute| match attribute {
            NodeAttribute::Attribute(attribute)
                if !matches!(attribute.possible_value, KeyedAttributeValue::Binding(_)) =>
            {
                Ok(attribute)
            }
            other => Err(Error::new(other.span(), "nothing is spread here")),
        });
    all.collect()
}

/// The elements of SVG that the page draws with.
fn is_svg(tag: &str) -> bool {
    matches!(
        tag,
        "circle"
            | "clipPath"
            | "defs"
            | "ellipse"
            | "g"
            | "line"
            | "linearGradient"
            | "mask"
            | "path"
            | "pattern"
            | "polygon"
            | "polyline"
            | "rect"
            | "stop"
            | "svg"
            | "symbol"
            | "text"
            | "tspan"
            | "use"
    )
}
