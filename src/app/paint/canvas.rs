//! Paints shapes on a 2d context, in CSS pixels: the caller has set the device's scale.

use std::cell::Cell;
use std::cell::RefCell;
use std::collections::HashMap;
use std::f64::consts::PI;
use std::f64::consts::TAU;

use leptos::prelude::*;
use lifeline::chart::Dash;
use lifeline::chart::Font;
use lifeline::chart::Glyph;
use lifeline::chart::Ink;
use lifeline::chart::Pattern;
use lifeline::chart::Rect;
use lifeline::chart::Shape;
use lifeline::chart::TextAnchor;
use lifeline::screen::words::px;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::Palette;

/// Between hatch lines, measured across them.
const HATCH_PERIOD: f64 = 6.0;
/// Around every mark.
const HALO: f64 = 1.5;

/// Draws shapes in their order. `origin` is where hatch lines are anchored, so that they move with what scrolls.
pub fn draw(
    context: &CanvasRenderingContext2d,
    shapes: &[Shape],
    palette: &Palette,
    origin: (f64, f64),
) {
    let brush = Brush {
        context,
        palette,
        origin,
        set: Cell::default(),
    };
    // A crowd of discs along a line is filled in one go: several times as fast as one by one.
    for run in shapes.chunk_by(|a, b| disc_of(a).is_some() && disc_of(a) == disc_of(b)) {
        match (disc_of(&run[0]), run.len()) {
            (Some((r, y, ink)), 2..) => brush.discs(run.iter().filter_map(x_of), y, r, ink),
            _ => run.iter().for_each(|shape| brush.shape(shape)),
        }
    }
}

/// Radius, place and colour of what is a plain disc.
fn disc_of(shape: &Shape) -> Option<(f64, f64, Ink)> {
    match shape {
        Shape::Halo {
            glyph: glyph @ (Glyph::Dot | Glyph::Ring | Glyph::DashedRing),
            y,
            ..
        } => Some((glyph.radius() + HALO, *y, Ink::Surface)),
        Shape::Body {
            glyph: Glyph::Dot,
            y,
            ..
        } => Some((Glyph::Dot.radius(), *y, Ink::Text)),
        _ => None,
    }
}

fn x_of(shape: &Shape) -> Option<f64> {
    match shape {
        Shape::Halo { x, .. } | Shape::Body { x, .. } => Some(*x),
        _ => None,
    }
}

/// How wide a text is in a font of the page. Remembers what it measured.
pub fn measure(text: &str, font: Font) -> f64 {
    RULER.with_borrow_mut(|ruler| ruler.measure(text, font))
}

thread_local! {
    static RULER: RefCell<Ruler> = RefCell::default();
}

#[derive(Default)]
struct Ruler {
    context: Option<CanvasRenderingContext2d>,
    family: String,
    known: HashMap<(String, u64, u16), f64>,
}

impl Ruler {
    fn measure(&mut self, text: &str, font: Font) -> f64 {
        let key = (text.to_owned(), font.size.to_bits(), font.weight);
        if let Some(px) = self.known.get(&key) {
            return *px;
        }
        if self.context.is_none() {
            self.family = Palette::read().font;
            self.context = new_context();
        }
        let px = self
            .context
            .as_ref()
            .and_then(|context| {
                context.set_font(&css_font(font, &self.family));
                context.measure_text(text).ok()
            })
            .map_or_else(
                || lifeline::chart::approximate_width(text, font),
                |metrics| metrics.width(),
            );
        // Names come and go with scrolling; a full table is simply begun again.
        if self.known.len() > 20_000 {
            self.known.clear();
        }
        self.known.insert(key, px);
        px
    }
}

fn new_context() -> Option<CanvasRenderingContext2d> {
    let canvas = document().create_element("canvas").ok()?;
    context_of(canvas.unchecked_ref())
}

/// The canvas's 2d context.
pub fn context_of(canvas: &web_sys::HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

fn css_font(font: Font, family: &str) -> String {
    format!("{} {} {family}", font.weight, px(font.size))
}

struct Brush<'a> {
    context: &'a CanvasRenderingContext2d,
    palette: &'a Palette,
    origin: (f64, f64),
    /// What the context was told last: telling it takes longer than a small shape.
    set: Cell<Set>,
}

#[derive(Clone, Copy, Default)]
struct Set {
    fill: Option<Ink>,
    stroke: Option<(Ink, f64)>,
    font: Option<Font>,
}

impl Brush<'_> {
    fn shape(&self, shape: &Shape) {
        let c = self.context;
        match shape {
            Shape::Fill {
                rect,
                ink,
                alpha,
                radius,
            } => {
                self.fill_ink(*ink);
                c.set_global_alpha(*alpha);
                if *radius > 0.0 {
                    self.rounded(*rect, *radius);
                    c.fill();
                } else {
                    c.fill_rect(rect.x, rect.y, rect.width, rect.height);
                }
                c.set_global_alpha(1.0);
            }
            Shape::Frame {
                rect,
                ink,
                width,
                radius,
                dash,
            } => {
                self.stroke_ink(*ink, *width, *dash);
                self.rounded(rect.inset(width / 2.0), (radius - width / 2.0).max(0.0));
                c.stroke();
                self.no_dash(*dash);
            }
            Shape::Line {
                from,
                to,
                ink,
                width,
                dash,
                alpha,
            } => {
                self.stroke_ink(*ink, *width, *dash);
                c.set_global_alpha(*alpha);
                c.begin_path();
                c.move_to(from.0, from.1);
                c.line_to(to.0, to.1);
                c.stroke();
                c.set_global_alpha(1.0);
                self.no_dash(*dash);
            }
            Shape::Path { points, ink, width } => {
                self.stroke_ink(*ink, *width, Dash::Solid);
                c.set_line_join("round");
                c.begin_path();
                for (i, (x, y)) in points.iter().enumerate() {
                    match i {
                        0 => c.move_to(*x, *y),
                        _ => c.line_to(*x, *y),
                    }
                }
                c.stroke();
            }
            Shape::Fade {
                rect,
                ink,
                from,
                to,
            } => self.fade(*rect, *ink, *from, *to),
            Shape::Hatch { rect } => self.hatch(*rect),
            Shape::Repeat { rect, pattern, ink } => self.repeat(*rect, *pattern, *ink),
            Shape::Text {
                x,
                y,
                text,
                ink,
                font,
                anchor,
            } => {
                let set = self.set.get();
                if set.font != Some(*font) {
                    c.set_font(&css_font(*font, &self.palette.font));
                    let font = Some(*font);
                    self.set.set(Set { font, ..set });
                }
                c.set_text_align(match anchor {
                    TextAnchor::Start => "left",
                    TextAnchor::Middle => "center",
                    TextAnchor::End => "right",
                });
                self.fill_ink(*ink);
                // Digits and small letters look centred at 0.36 of the size above the base line.
                let _ = c.fill_text(text, *x, (y + font.size * 0.36).round());
            }
            Shape::Halo { glyph, x, y } => self.halo(*glyph, *x, *y),
            Shape::Mark { glyph, x, y } => {
                self.halo(*glyph, *x, *y);
                self.body(*glyph, *x, *y);
            }
            Shape::Body { glyph, x, y } => self.body(*glyph, *x, *y),
        }
    }

    fn fill_ink(&self, ink: Ink) {
        let set = self.set.get();
        if set.fill != Some(ink) {
            self.context.set_fill_style_str(self.palette.colour(ink));
            let fill = Some(ink);
            self.set.set(Set { fill, ..set });
        }
    }

    fn stroke_ink(&self, ink: Ink, width: f64, dash: Dash) {
        let set = self.set.get();
        if set.stroke != Some((ink, width)) {
            self.context.set_stroke_style_str(self.palette.colour(ink));
            self.context.set_line_width(width);
            let stroke = Some((ink, width));
            self.set.set(Set { stroke, ..set });
        }
        if let Some([on, off]) = dash.lengths() {
            let lengths = js_sys::Array::of2(&JsValue::from_f64(on), &JsValue::from_f64(off));
            let _ = self.context.set_line_dash(&lengths);
        }
    }

    fn no_dash(&self, dash: Dash) {
        if dash.lengths().is_some() {
            let _ = self.context.set_line_dash(&js_sys::Array::new());
        }
    }

    fn rounded(&self, rect: Rect, radius: f64) {
        let c = self.context;
        let r = radius.min(rect.width / 2.0).min(rect.height / 2.0);
        c.begin_path();
        if r <= 0.0 {
            c.rect(rect.x, rect.y, rect.width, rect.height);
            return;
        }
        let corners = [
            (rect.right() - r, rect.y + r, -PI / 2.0),
            (rect.right() - r, rect.bottom() - r, 0.0),
            (rect.x + r, rect.bottom() - r, PI / 2.0),
            (rect.x + r, rect.y + r, PI),
        ];
        for (x, y, from) in corners {
            let _ = c.arc(x, y, r, from, from + PI / 2.0);
        }
        c.close_path();
    }

    /// A row of narrow strips: a gradient of a colour of any notation to transparent would need its numbers.
    fn fade(&self, rect: Rect, ink: Ink, from: f64, to: f64) {
        let c = self.context;
        self.fill_ink(ink);
        let steps = (rect.width / 2.0).ceil().clamp(1.0, 64.0);
        let (mut x, step) = (rect.x, rect.width / steps);
        for i in 0..steps as u32 {
            let share = (f64::from(i) + 0.5) / steps;
            c.set_global_alpha(from + (to - from) * share);
            // Whole pixels, or strips would overlap in lighter lines.
            let next = (rect.x + step * f64::from(i + 1)).round();
            c.fill_rect(x, rect.y, next - x, rect.height);
            x = next;
        }
        c.set_global_alpha(1.0);
    }

    fn clipped(&self, rect: Rect, paint: impl FnOnce()) {
        let c = self.context;
        let set = self.set.get();
        c.save();
        c.begin_path();
        c.rect(rect.x, rect.y, rect.width, rect.height);
        c.clip();
        paint();
        c.restore();
        self.set.set(set);
    }

    fn hatch(&self, rect: Rect) {
        let c = self.context;
        self.fill_ink(Ink::HatchBg);
        c.fill_rect(rect.x, rect.y, rect.width, rect.height);
        self.clipped(rect, || {
            self.stroke_ink(Ink::HatchLine, 1.0, Dash::Solid);
            // Lines of x + y = k, rising to the right.
            let period = HATCH_PERIOD * std::f64::consts::SQRT_2;
            let zero = self.origin.0 + self.origin.1;
            let first = ((rect.x + rect.y - zero) / period).ceil();
            let last = ((rect.right() + rect.bottom() - zero) / period).floor();
            c.begin_path();
            let mut k = first;
            while k <= last {
                let sum = zero + k * period;
                c.move_to(sum - rect.y, rect.y);
                c.line_to(sum - rect.bottom(), rect.bottom());
                k += 1.0;
            }
            c.stroke();
        });
    }

    fn repeat(&self, rect: Rect, pattern: Pattern, ink: Ink) {
        if rect.width < 1.0 {
            return;
        }
        let c = self.context;
        self.clipped(rect, || {
            let middle = rect.middle();
            let mut x = rect.x + 4.0;
            match pattern {
                Pattern::Bars => {
                    self.fill_ink(ink);
                    c.set_global_alpha(0.5);
                    while x < rect.right() {
                        c.fill_rect(x, rect.y, 1.2, rect.height);
                        c.fill_rect(x + 3.0, rect.y, 1.2, rect.height);
                        x += 10.0;
                    }
                }
                Pattern::Pluses => {
                    self.stroke_ink(ink, 1.0, Dash::Solid);
                    c.set_global_alpha(0.75);
                    c.begin_path();
                    let rows = (rect.height / 8.0).round().max(1.0);
                    while x < rect.right() {
                        for row in 0..rows as u32 {
                            let y = middle + (f64::from(row) - (rows - 1.0) / 2.0) * 8.0;
                            c.move_to(x - 1.5, y);
                            c.line_to(x + 1.5, y);
                            c.move_to(x, y - 1.5);
                            c.line_to(x, y + 1.5);
                        }
                        x += 8.0;
                    }
                    c.stroke();
                }
                Pattern::Chevrons => {
                    self.stroke_ink(ink, 1.0, Dash::Solid);
                    c.set_global_alpha(0.75);
                    c.begin_path();
                    while x < rect.right() {
                        c.move_to(x - 1.5, middle - 3.0);
                        c.line_to(x + 1.5, middle);
                        c.line_to(x - 1.5, middle + 3.0);
                        x += 8.0;
                    }
                    c.stroke();
                }
            }
        });
    }

    fn halo(&self, glyph: Glyph, x: f64, y: f64) {
        let r = glyph.radius() + HALO;
        match glyph {
            Glyph::Dot | Glyph::Ring | Glyph::DashedRing => self.disc(x, y, r, Ink::Surface),
            Glyph::Diamond => {
                self.diamond(x, y, r);
                self.fill_ink(Ink::Surface);
                self.context.fill();
            }
            Glyph::Octagon => self.octagon(x, y, r, Ink::Surface),
            Glyph::Firm | Glyph::Suspected => {
                self.triangle(x, y, r + HALO);
                self.fill_ink(Ink::Surface);
                self.context.fill();
            }
            Glyph::SmallOctagon | Glyph::HoverRing => {}
        }
    }

    fn body(&self, glyph: Glyph, x: f64, y: f64) {
        let r = glyph.radius();
        match glyph {
            Glyph::Dot => self.disc(x, y, r, Ink::Text),
            Glyph::Diamond => {
                self.diamond(x, y, r - 0.6);
                self.fill_ink(Ink::Surface);
                self.context.fill();
                self.stroke_ink(Ink::Text2, 1.4, Dash::Solid);
                self.context.stroke();
            }
            Glyph::Ring => {
                self.disc(x, y, r, Ink::Surface);
                self.ring(x, y, r, Ink::Pending, 1.5, Dash::Solid);
            }
            Glyph::DashedRing => {
                self.disc(x, y, r, Ink::Surface);
                self.ring(x, y, r, Ink::Text2, 1.3, Dash::Carried);
            }
            Glyph::Octagon => {
                self.octagon(x, y, r, Ink::FailSolid);
                self.cross(x, y, 2.4);
            }
            Glyph::SmallOctagon => {
                self.octagon(x, y, r, Ink::FailSolid);
                self.cross(x, y, 2.0);
            }
            Glyph::Firm => {
                self.triangle(x, y, r);
                self.fill_ink(Ink::FindingLine);
                self.context.fill();
                self.point_of_note(x, y, Ink::Surface);
            }
            Glyph::Suspected => {
                self.triangle(x, y, r - 0.6);
                self.fill_ink(Ink::Surface);
                self.context.fill();
                self.stroke_ink(Ink::FindingLine, 1.3, Dash::Solid);
                self.context.stroke();
                self.point_of_note(x, y, Ink::FindingLine);
            }
            Glyph::HoverRing => self.ring(x, y, r, Ink::Accent, 2.0, Dash::Solid),
        }
    }

    /// A path; `r` is half of its width.
    fn triangle(&self, x: f64, y: f64, r: f64) {
        let c = self.context;
        c.begin_path();
        c.move_to(x, y - r);
        c.line_to(x + r, y + r * 0.85);
        c.line_to(x - r, y + r * 0.85);
        c.close_path();
        c.set_line_join("round");
    }

    /// The exclamation mark in a triangle.
    fn point_of_note(&self, x: f64, y: f64, ink: Ink) {
        self.fill_ink(ink);
        let c = self.context;
        c.fill_rect(x - 0.6, y - 2.2, 1.2, 3.6);
        c.fill_rect(x - 0.6, y + 2.3, 1.2, 1.3);
    }

    fn disc(&self, x: f64, y: f64, r: f64, ink: Ink) {
        self.discs(std::iter::once(x), y, r, ink);
    }

    fn discs(&self, places: impl Iterator<Item = f64>, y: f64, r: f64, ink: Ink) {
        self.fill_ink(ink);
        self.context.begin_path();
        for x in places {
            self.context.move_to(x + r, y);
            let _ = self.context.arc(x, y, r, 0.0, TAU);
        }
        self.context.fill();
    }

    fn ring(&self, x: f64, y: f64, r: f64, ink: Ink, width: f64, dash: Dash) {
        self.stroke_ink(ink, width, dash);
        self.context.begin_path();
        let _ = self.context.arc(x, y, r, 0.0, TAU);
        self.context.stroke();
        self.no_dash(dash);
    }

    fn diamond(&self, x: f64, y: f64, r: f64) {
        let c = self.context;
        c.begin_path();
        c.move_to(x, y - r);
        c.line_to(x + r, y);
        c.line_to(x, y + r);
        c.line_to(x - r, y);
        c.close_path();
    }

    /// `r` is to its flat sides.
    fn octagon(&self, x: f64, y: f64, r: f64, ink: Ink) {
        let c = self.context;
        let t = r * (std::f64::consts::SQRT_2 - 1.0);
        self.fill_ink(ink);
        c.begin_path();
        c.move_to(x + r, y + t);
        for (dx, dy) in [
            (t, r),
            (-t, r),
            (-r, t),
            (-r, -t),
            (-t, -r),
            (t, -r),
            (r, -t),
        ] {
            c.line_to(x + dx, y + dy);
        }
        c.close_path();
        c.fill();
    }

    fn cross(&self, x: f64, y: f64, r: f64) {
        let c = self.context;
        self.stroke_ink(Ink::FailGlyph, 1.8, Dash::Solid);
        c.set_line_cap("round");
        c.begin_path();
        c.move_to(x - r, y - r);
        c.line_to(x + r, y + r);
        c.move_to(x + r, y - r);
        c.line_to(x - r, y + r);
        c.stroke();
        c.set_line_cap("butt");
    }
}
