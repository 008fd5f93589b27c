//! [`Node`] as a view of Leptos, which mounts the page. Only ever drawn in a browser; the parts of the traits that write
//! HTML on a server are never called.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::AddAnyAttr;
use leptos::prelude::Render;
use leptos::prelude::RenderHtml;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::Position;
use leptos::tachys::view::PositionState;

use super::Node;
use super::drawn::Drawn;

impl Render for Node {
    type State = Drawn;

    fn build(self) -> Drawn {
        Drawn::of(self)
    }

    fn rebuild(self, drawn: &mut Drawn) {
        drawn.take_over(self);
    }
}

impl AddAnyAttr for Node {
    type Output<A: Attribute> = Node;

    fn add_any_attr<A: Attribute>(self, _: A) -> Node {
        self
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Node;
    type Owned = Node;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Node {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> Node {
        self
    }
}
