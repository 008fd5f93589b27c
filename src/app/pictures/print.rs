//! What goes on paper: a document of its own, made when it is asked for and taken away after. The screen's lists hold only
//! the rows in sight, so printing the screen would leave out in silence.

use std::cell::RefCell;

use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::mount::UnmountHandle;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use lifeline::chart::paper::Picture;
use lifeline::chart::svg::Colours;
use lifeline::chart::svg::svg;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::dom::Node;
use crate::dom::view;
use crate::state::App;

/// On the root while there is something to print: then the page itself isn't.
const MARK: &str = "data-printing";

/// What stands for paper now.
struct Standing {
    /// Takes the document away.
    _document: UnmountHandle<crate::dom::Drawn>,
    after: WindowListenerHandle,
    page_title: String,
}

thread_local! {
    static STANDING: RefCell<Option<Standing>> = const { RefCell::new(None) };
}

/// Prints what `draw` makes. `name` is what a file that is printed to is called.
pub fn print(app: App, name: String, draw: impl FnOnce() -> Node + 'static) {
    spawn_local(async move {
        take_away();
        if style().await.is_err() {
            return app
                .say("The style of print did not come. Check the connection and print again.");
        }
        let Some(body) = document().body() else {
            return;
        };
        let standing = Standing {
            _document: mount_to(body, move || {
                view! { <article class="print">{draw()}</article> }
            }),
            after: window_event_listener_untyped("afterprint", |_| take_away()),
            page_title: document().title(),
        };
        STANDING.replace(Some(standing));
        document().set_title(&name);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute(MARK, "");
        }
        let _ = pictures_are_drawn().await;
        app.say("Ready to print.");
        if window().print().is_err() {
            take_away();
            app.say("The browser did not let this page print.");
        }
    });
}

/// A picture as an image that stays sharp.
pub fn image(picture: &Picture) -> Node {
    let text = svg(picture, &Colours::light());
    let address = format!(
        "data:image/svg+xml,{}",
        String::from(js_sys::encode_uri_component(&text))
    );
    let (width, height) = (picture.width.round(), picture.height.round());
    view! {
        <img class="print-picture" alt=picture.description.clone() src=address
            width=width.to_string() height=height.to_string()/>
    }
}

/// The address of what is on screen.
pub fn address_of() -> String {
    window().location().href().unwrap_or_default()
}

fn take_away() {
    let Some(standing) = STANDING.take() else {
        return;
    };
    standing.after.remove();
    document().set_title(&standing.page_title);
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute(MARK);
    }
}

/// Asks for the style of print, once.
async fn style() -> Result<(), JsValue> {
    const NAME: &str = "print-style";
    if document().get_element_by_id(NAME).is_some() {
        return Ok(());
    }
    let link = document().create_element("link")?;
    link.set_id(NAME);
    link.set_attribute("rel", "stylesheet")?;
    link.set_attribute("href", &format!("print.css?{}", lifeline::BUILD))?;
    let came = js_sys::Promise::new(&mut |resolve, reject| {
        let _ = link.add_event_listener_with_callback("load", &resolve);
        let _ = link.add_event_listener_with_callback("error", &reject);
        if let Some(head) = document().head() {
            let _ = head.append_child(&link);
        }
    });
    let came = JsFuture::from(came).await;
    if came.is_err() {
        link.remove();
    }
    came.map(|_| ())
}

/// Images are on paper only once they are decoded.
async fn pictures_are_drawn() -> Result<(), JsValue> {
    let images = document().query_selector_all(".print img")?;
    for place in 0..images.length() {
        let image = images
            .item(place)
            .and_then(|node| node.dyn_into::<web_sys::HtmlImageElement>().ok());
        if let Some(image) = image {
            JsFuture::from(image.decode()).await?;
        }
    }
    Ok(())
}
