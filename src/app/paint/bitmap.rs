//! A picture to take away as a bitmap: the shapes on a canvas that nobody sees.

use leptos::prelude::*;
use lifeline::chart::Ink;
use lifeline::chart::paper::Picture;
use lifeline::chart::svg::Colours;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::Palette;
use super::canvas;

/// `None` where the browser has no canvas as large.
pub fn bitmap(picture: &Picture, colours: &Colours, scale: f64) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width((picture.width * scale).round() as u32);
    canvas.set_height((picture.height * scale).round() as u32);
    let context = canvas::context_of(&canvas)?;
    context.scale(scale, scale).ok()?;
    context.set_fill_style_str(colours.colour(Ink::Surface));
    context.fill_rect(0.0, 0.0, picture.width, picture.height);
    canvas::draw(&context, &picture.shapes, &Palette::of(colours), (0.0, 0.0));
    Some(canvas)
}
