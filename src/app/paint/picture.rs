//! A canvas that fills its parent and draws a display list, again whenever what the list is made from changes.

use leptos::html::Canvas;
use leptos::html::ElementType;
use leptos::prelude::*;
use lifeline::chart::Font;
use lifeline::chart::Shape;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::canvas;
use super::palette::use_palette;

/// What there is to draw on.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// CSS pixels.
    pub width: f64,
    pub height: f64,
    pub measure: fn(&str, Font) -> f64,
}

/// A canvas as large as its parent. `draw` is tracked: what it reads makes it run again, as do size and theme.
/// `label` says the same in words, for those who don't see it.
#[component]
pub fn Picture(
    #[prop(into)] label: Signal<String>,
    draw: impl Fn(&Sheet) -> Vec<Shape> + Send + Sync + 'static,
    /// Where hatch lines are anchored: minus what is scrolled away.
    #[prop(optional, into)]
    origin: Signal<(f64, f64)>,
) -> impl IntoView {
    let node = NodeRef::<Canvas>::new();
    let size = use_size(node);
    let palette = use_palette();
    Effect::new(move |_| {
        let (width, height) = size.get();
        let Some(element) = node.get() else { return };
        if width < 1.0 || height < 1.0 {
            return;
        }
        let shapes = draw(&Sheet {
            width,
            height,
            measure: canvas::measure,
        });
        let ratio = window().device_pixel_ratio().clamp(1.0, 4.0);
        let pixels = |px: f64| (px * ratio).round() as u32;
        // Setting the size clears a canvas even where it is the same, and takes its memory anew.
        if (element.width(), element.height()) != (pixels(width), pixels(height)) {
            element.set_width(pixels(width));
            element.set_height(pixels(height));
        }
        let Some(context) = canvas::context_of(&element) else {
            return;
        };
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, width, height);
        palette.with(|palette| canvas::draw(&context, &shapes, palette, origin.get()));
    });
    view! { <canvas node_ref=node class="picture" role="img" aria-label=label></canvas> }
}

/// The size of an element's box in CSS pixels, as it changes; zero until it is laid out.
pub fn use_size<E>(node: NodeRef<E>) -> Signal<(f64, f64)>
where
    E: ElementType + 'static,
    E::Output: JsCast + AsRef<web_sys::Element> + Clone + 'static,
{
    let size = RwSignal::new((0.0, 0.0));
    let watching = StoredValue::new_local(None::<Watching>);
    let stop = move || {
        if let Some(Some((observer, _))) = watching.try_update_value(Option::take) {
            observer.disconnect();
        }
    };
    Effect::new(move |_| {
        stop();
        let Some(element) = node.get() else { return };
        let element = AsRef::<web_sys::Element>::as_ref(&element).clone();
        let read = {
            let element = element.clone();
            move || {
                let read = (
                    f64::from(element.client_width()),
                    f64::from(element.client_height()),
                );
                if size.try_get_untracked() != Some(read) {
                    let _ = size.try_set(read);
                }
            }
        };
        read();
        let on_resize = Closure::<dyn Fn()>::new(read);
        if let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watching.set_value(Some((observer, on_resize)));
        }
    });
    on_cleanup(stop);
    size.into()
}

type Watching = (web_sys::ResizeObserver, Closure<dyn Fn()>);
