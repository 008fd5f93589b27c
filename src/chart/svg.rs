//! A picture as SVG: one text that holds all it needs, no script, no style, no address of anything else. It looks as the
//! canvas of the page does. Whatever a name or an event says stands in it as text; what XML can't hold is replaced.

use std::collections::BTreeSet;

use reading::decimal::rounded;

use super::Dash;
use super::Glyph;
use super::Ink;
use super::Pattern;
use super::Rect;
use super::Shape;
use super::TextAnchor;
use super::paper::Picture;

/// Between hatch lines, measured across them.
const HATCH_PERIOD: f64 = 6.0;
/// Around every mark.
const HALO: f64 = 1.5;

/// A colour for every ink, and the font. The style sheet's light theme, unless another is given.
#[derive(Clone, PartialEq, Debug)]
pub struct Colours {
    /// By the inks' order.
    inks: Vec<String>,
    pub font: String,
}

impl Colours {
    pub fn new(colour: impl Fn(Ink) -> String, font: impl Into<String>) -> Self {
        Colours {
            inks: Ink::ALL.into_iter().map(colour).collect(),
            font: font.into(),
        }
    }

    /// What is taken away is for paper and for others' pages: dark ink on white, whatever the reader's theme.
    pub fn light() -> Self {
        Colours::new(
            |ink| format!("#{:06x}", light(ink)),
            "Inter, system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif",
        )
    }

    pub fn colour(&self, ink: Ink) -> &str {
        self.inks.get(ink as usize).map_or("gray", String::as_str)
    }
}

/// The light theme of `style/tokens.css`; a test holds the two equal.
fn light(ink: Ink) -> u32 {
    match ink {
        Ink::Surface | Ink::AccentSolidText | Ink::FailGlyph => 0xff_ff_ff,
        Ink::Sunken => 0xf8_fa_fb,
        Ink::Selected => 0xe7_f0_fc,
        Ink::Line => 0xe3_e8_ed,
        Ink::Line2 => 0xcb_d3_db,
        Ink::Control => 0x7f_8b_98,
        Ink::Text => 0x10_17_1e,
        Ink::Text2 => 0x3f_4b_57,
        Ink::Text3 => 0x5d_69_75,
        Ink::Accent | Ink::AccentSolid => 0x0a_56_c4,
        Ink::Fail => 0xc8_10_2e,
        Ink::FailSolid => 0xd0_16_33,
        Ink::FailTint => 0xfd_ee_f0,
        Ink::HatchLine => 0x82_8e_9a,
        Ink::HatchBg => 0xf1_f4_f6,
        Ink::OnFill => 0xcb_e9_e1,
        Ink::OnEdge => 0x1f_83_73,
        Ink::OnText => 0x08_48_3e,
        Ink::OffLine => 0x61_6e_7b,
        Ink::SuspendedFill => 0xd2_e3_f7,
        Ink::SuspendedEdge => 0x33_69_9f,
        Ink::SuspendedText => 0x16_3f_68,
        Ink::RescueFill => 0xfb_dd_c2,
        Ink::RescueEdge => 0xb4_53_09,
        Ink::RescueText => 0x6e_30_03,
        Ink::ReloadingFill => 0xe7_dc_f6,
        Ink::ReloadingEdge => 0x75_47_b3,
        Ink::ReloadingText => 0x4a_25_80,
        Ink::ValueFill => 0xdc_e3_ea,
        Ink::ValueEdge => 0x66_74_82,
        Ink::Finding => 0x7a_4b_00,
        Ink::FindingLine => 0xb8_78_00,
        Ink::FindingTint => 0xff_f5_df,
        Ink::BarSuccess => 0x7d_8b_9a,
        Ink::BarSuccessPale => 0xc6_cf_d8,
        Ink::BarFailurePale => 0xef_b3_bc,
        Ink::Pending => 0x4f_5c_69,
    }
}

pub fn svg(picture: &Picture, colours: &Colours) -> String {
    let mut pen = Pen {
        colours,
        text: String::with_capacity(picture.shapes.len() * 96),
        fades: BTreeSet::new(),
    };
    for shape in &picture.shapes {
        pen.shape(shape);
    }
    let (width, height) = (number(picture.width), number(picture.height));
    let mut text = String::with_capacity(pen.text.len() + 2048);
    text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"{}\">\n",
        escaped(&colours.font)
    ));
    text.push_str(&format!(
        "<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
        escaped(&picture.title),
        escaped(&picture.description)
    ));
    text.push_str(&pen.definitions());
    let ground = Rect::new(0.0, 0.0, picture.width, picture.height);
    text.push_str(&format!(
        "<rect {} fill=\"{}\"/>\n",
        box_of(ground),
        escaped(colours.colour(Ink::Surface))
    ));
    text.push_str(&pen.text);
    text.push_str("</svg>\n");
    text
}

struct Pen<'a> {
    colours: &'a Colours,
    text: String,
    /// Ink by its place, from and to in percent: alike ones are defined once.
    fades: BTreeSet<(usize, u32, u32)>,
}

impl Pen<'_> {
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Fill {
                rect,
                ink,
                alpha,
                radius,
            } => {
                if rect.width <= 0.0 || rect.height <= 0.0 {
                    return;
                }
                let fill = self.fill(*ink);
                let alpha = part("fill-opacity", *alpha, 1.0);
                let radius = part("rx", rounding(*rect, *radius), 0.0);
                self.push(&format!("<rect {}{radius} {fill}{alpha}/>", box_of(*rect)));
            }
            Shape::Frame {
                rect,
                ink,
                width,
                radius,
                dash,
            } => {
                let inner = rect.inset(width / 2.0);
                let radius = rounding(inner, (radius - width / 2.0).max(0.0));
                let radius = part("rx", radius, 0.0);
                let stroke = self.stroke(*ink, *width, *dash);
                self.push(&format!(
                    "<rect {}{radius} fill=\"none\" {stroke}/>",
                    box_of(inner)
                ));
            }
            Shape::Line {
                from,
                to,
                ink,
                width,
                dash,
                alpha,
            } => {
                let stroke = self.stroke(*ink, *width, *dash);
                let alpha = part("stroke-opacity", *alpha, 1.0);
                self.push(&format!(
                    "<path d=\"{}\" {stroke}{alpha}/>",
                    path(&[*from, *to])
                ));
            }
            Shape::Path { points, ink, width } => {
                let stroke = self.stroke(*ink, *width, Dash::Solid);
                self.push(&format!(
                    "<path d=\"{}\" fill=\"none\" stroke-linejoin=\"round\" {stroke}/>",
                    path(points)
                ));
            }
            Shape::Fade {
                rect,
                ink,
                from,
                to,
            } => self.fade(*rect, *ink, *from, *to),
            Shape::Hatch { rect } => {
                if rect.width <= 0.0 || rect.height <= 0.0 {
                    return;
                }
                self.hatch(*rect);
            }
            Shape::Repeat { rect, pattern, ink } => self.repeat(*rect, *pattern, *ink),
            Shape::Text {
                x,
                y,
                text,
                ink,
                font,
                anchor,
            } => {
                let fill = self.fill(*ink);
                let anchor = match anchor {
                    TextAnchor::Start => "",
                    TextAnchor::Middle => " text-anchor=\"middle\"",
                    TextAnchor::End => " text-anchor=\"end\"",
                };
                let weight = part("font-weight", f64::from(font.weight), 400.0);
                // Digits and small letters look centred at 0.36 of the size above the base line.
                let y = (y + font.size * 0.36).round();
                self.push(&format!(
                    "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} {fill}>{}</text>",
                    number(*x),
                    number(y),
                    number(font.size),
                    escaped(text)
                ));
            }
            Shape::Halo { glyph, x, y } => self.halo(*glyph, *x, *y),
            Shape::Mark { glyph, x, y } => {
                self.halo(*glyph, *x, *y);
                self.body(*glyph, *x, *y);
            }
            Shape::Body { glyph, x, y } => self.body(*glyph, *x, *y),
        }
    }

    fn push(&mut self, element: &str) {
        self.text.push_str(element);
        self.text.push('\n');
    }

    fn fill(&self, ink: Ink) -> String {
        format!("fill=\"{}\"", escaped(self.colours.colour(ink)))
    }

    fn stroke(&self, ink: Ink, width: f64, dash: Dash) -> String {
        let colour = escaped(self.colours.colour(ink));
        let width = part("stroke-width", width, 1.0);
        let dash = dash.lengths().map_or_else(String::new, |[on, off]| {
            format!(" stroke-dasharray=\"{} {}\"", number(on), number(off))
        });
        format!("stroke=\"{colour}\"{width}{dash}")
    }

    fn fade(&mut self, rect: Rect, ink: Ink, from: f64, to: f64) {
        if rect.width <= 0.0 || rect.height <= 0.0 {
            return;
        }
        let percent = |alpha: f64| (alpha.clamp(0.0, 1.0) * 100.0).round() as u32;
        let kind = (ink as usize, percent(from), percent(to));
        self.fades.insert(kind);
        let (ink, from, to) = kind;
        self.push(&format!(
            "<rect {} fill=\"url(#fade-{ink}-{from}-{to})\"/>",
            box_of(rect)
        ));
    }

    /// Lines of x + y = k, rising to the right, counted from the picture's corner: those of neighbouring hatches meet. Each
    /// is drawn: a pattern is blurred by some readers, and copied whole into a file of print for each place it fills.
    fn hatch(&mut self, rect: Rect) {
        let ground = self.fill(Ink::HatchBg);
        let line = self.stroke(Ink::HatchLine, 1.0, Dash::Solid);
        let period = HATCH_PERIOD * std::f64::consts::SQRT_2;
        let (first, last) = (rect.x + rect.y, rect.right() + rect.bottom());
        let mut lines = String::new();
        let mut sum = (first / period).ceil() * period;
        while sum < last {
            let left = rect.x.max(sum - rect.bottom());
            let right = rect.right().min(sum - rect.y);
            lines.push_str(&path(&[(left, sum - left), (right, sum - right)]));
            sum += period;
        }
        self.push(&format!("<rect {} {ground}/>", box_of(rect)));
        self.push(&format!("<path d=\"{lines}\" {line}/>"));
    }

    /// The signs of a span from its own start, cut where it ends.
    fn repeat(&mut self, rect: Rect, pattern: Pattern, ink: Ink) {
        if rect.width < 1.0 {
            return;
        }
        let (right, middle) = (rect.right(), rect.middle());
        let mut d = String::new();
        let mut x = rect.x + 4.0;
        match pattern {
            Pattern::Bars => {
                while x < right {
                    for left in [x, x + 3.0].into_iter().filter(|left| *left < right) {
                        let width = 1.2_f64.min(right - left);
                        d.push_str(&format!(
                            "M{} {}h{}v{}h{}z",
                            number(left),
                            number(rect.y),
                            number(width),
                            number(rect.height),
                            number(-width)
                        ));
                    }
                    x += 10.0;
                }
                let fill = self.fill(ink);
                self.push(&format!("<path d=\"{d}\" {fill} fill-opacity=\"0.5\"/>"));
                return;
            }
            Pattern::Pluses => {
                let rows = (rect.height / 8.0).round().max(1.0);
                while x < right {
                    for row in 0..rows as u32 {
                        let y = middle + (f64::from(row) - (rows - 1.0) / 2.0) * 8.0;
                        d.push_str(&path(&[(x - 1.5, y), ((x + 1.5).min(right), y)]));
                        d.push_str(&path(&[(x, y - 1.5), (x, y + 1.5)]));
                    }
                    x += 8.0;
                }
            }
            Pattern::Chevrons => {
                while x < right {
                    let (left, tip) = (x - 1.5, x + 1.5);
                    match tip <= right {
                        true => d.push_str(&path(&[
                            (left, middle - 3.0),
                            (tip, middle),
                            (left, middle + 3.0),
                        ])),
                        // Both strokes fall a pixel for each to the right.
                        false => {
                            let dy = 3.0 - (right - left);
                            d.push_str(&path(&[(left, middle - 3.0), (right, middle - dy)]));
                            d.push_str(&path(&[(right, middle + dy), (left, middle + 3.0)]));
                        }
                    }
                    x += 8.0;
                }
            }
        }
        let stroke = self.stroke(ink, 1.0, Dash::Solid);
        self.push(&format!(
            "<path d=\"{d}\" fill=\"none\" {stroke} stroke-opacity=\"0.75\"/>"
        ));
    }

    fn halo(&mut self, glyph: Glyph, x: f64, y: f64) {
        let r = glyph.radius() + HALO;
        match glyph {
            Glyph::Dot | Glyph::Ring | Glyph::DashedRing => self.disc(x, y, r, Ink::Surface),
            Glyph::Diamond => self.filled(&diamond(x, y, r), Ink::Surface, ""),
            Glyph::Octagon => self.filled(&octagon(x, y, r), Ink::Surface, ""),
            Glyph::Firm | Glyph::Suspected => self.filled(&triangle(x, y, r), Ink::Surface, ""),
            Glyph::SmallOctagon | Glyph::HoverRing => {}
        }
    }

    fn body(&mut self, glyph: Glyph, x: f64, y: f64) {
        let r = glyph.radius();
        match glyph {
            Glyph::Dot => self.disc(x, y, r, Ink::Text),
            Glyph::Diamond => {
                let stroke = format!(" {}", self.stroke(Ink::Text2, 1.4, Dash::Solid));
                self.filled(&diamond(x, y, r - 0.6), Ink::Surface, &stroke);
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
                self.filled(&octagon(x, y, r), Ink::FailSolid, "");
                self.cross(x, y, 2.4);
            }
            Glyph::SmallOctagon => {
                self.filled(&octagon(x, y, r), Ink::FailSolid, "");
                self.cross(x, y, 2.0);
            }
            Glyph::Firm => {
                self.filled(&triangle(x, y, r), Ink::FindingLine, "");
                self.point_of_note(x, y, Ink::Surface);
            }
            Glyph::Suspected => {
                let stroke = self.stroke(Ink::FindingLine, 1.3, Dash::Solid);
                let stroke = format!(" stroke-linejoin=\"round\" {stroke}");
                self.filled(&triangle(x, y, r - 0.6), Ink::Surface, &stroke);
                self.point_of_note(x, y, Ink::FindingLine);
            }
            Glyph::HoverRing => self.ring(x, y, r, Ink::Accent, 2.0, Dash::Solid),
        }
    }

    fn disc(&mut self, x: f64, y: f64, r: f64, ink: Ink) {
        let fill = self.fill(ink);
        let (x, y, r) = (number(x), number(y), number(r));
        self.push(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" {fill}/>"));
    }

    fn ring(&mut self, x: f64, y: f64, r: f64, ink: Ink, width: f64, dash: Dash) {
        let stroke = self.stroke(ink, width, dash);
        let (x, y, r) = (number(x), number(y), number(r));
        self.push(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" {stroke}/>"
        ));
    }

    fn filled(&mut self, points: &[(f64, f64)], ink: Ink, stroke: &str) {
        let fill = self.fill(ink);
        self.push(&format!("<path d=\"{}z\" {fill}{stroke}/>", path(points)));
    }

    fn cross(&mut self, x: f64, y: f64, r: f64) {
        let stroke = self.stroke(Ink::FailGlyph, 1.8, Dash::Solid);
        let strokes = [
            path(&[(x - r, y - r), (x + r, y + r)]),
            path(&[(x + r, y - r), (x - r, y + r)]),
        ];
        self.push(&format!(
            "<path d=\"{}\" fill=\"none\" stroke-linecap=\"round\" {stroke}/>",
            strokes.concat()
        ));
    }

    /// The exclamation mark in a triangle.
    fn point_of_note(&mut self, x: f64, y: f64, ink: Ink) {
        let fill = self.fill(ink);
        for (dy, height) in [(-2.2, 3.6), (2.3, 1.3)] {
            let rect = Rect::new(x - 0.6, y + dy, 1.2, height);
            self.push(&format!("<rect {} {fill}/>", box_of(rect)));
        }
    }

    fn definitions(&self) -> String {
        let mut text = String::new();
        for (ink, from, to) in &self.fades {
            let colour = Ink::ALL
                .get(*ink)
                .map_or("gray", |ink| self.colours.colour(*ink));
            let colour = escaped(colour);
            let stop = |at: &str, percent: u32| {
                let alpha = number(f64::from(percent) / 100.0);
                format!("<stop offset=\"{at}\" stop-color=\"{colour}\" stop-opacity=\"{alpha}\"/>")
            };
            let stops = [stop("0", *from), stop("1", *to)];
            text.push_str(&format!(
                "<linearGradient id=\"fade-{ink}-{from}-{to}\">{}</linearGradient>\n",
                stops.concat()
            ));
        }
        match text.is_empty() {
            true => text,
            false => format!("<defs>\n{text}</defs>\n"),
        }
    }
}

fn diamond(x: f64, y: f64, r: f64) -> [(f64, f64); 4] {
    [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
}

/// `r` is half of its width.
fn triangle(x: f64, y: f64, r: f64) -> [(f64, f64); 3] {
    [(x, y - r), (x + r, y + r * 0.85), (x - r, y + r * 0.85)]
}

/// `r` is to its flat sides.
fn octagon(x: f64, y: f64, r: f64) -> [(f64, f64); 8] {
    let t = r * (std::f64::consts::SQRT_2 - 1.0);
    [
        (r, t),
        (t, r),
        (-t, r),
        (-r, t),
        (-r, -t),
        (-t, -r),
        (t, -r),
        (r, -t),
    ]
    .map(|(dx, dy)| (x + dx, y + dy))
}

fn path(points: &[(f64, f64)]) -> String {
    let mut text = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        text.push(if place == 0 { 'M' } else { 'L' });
        text.push_str(&format!("{} {}", number(*x), number(*y)));
    }
    text
}

fn box_of(rect: Rect) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        number(rect.x),
        number(rect.y),
        number(rect.width),
        number(rect.height)
    )
}

fn rounding(rect: Rect, radius: f64) -> f64 {
    radius.min(rect.width / 2.0).min(rect.height / 2.0).max(0.0)
}

/// ` name="number"`, or nothing where it is what a reader takes anyway.
fn part(name: &str, value: f64, usual: f64) -> String {
    match value == usual {
        true => String::new(),
        false => format!(" {name}=\"{}\"", number(value)),
    }
}

/// To a hundredth of a pixel, as short as it can be written.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".into();
    }
    let text = rounded(value, 2);
    let short = text.trim_end_matches('0').trim_end_matches('.');
    match short {
        "-0" | "" | "-" => "0".into(),
        _ => short.to_owned(),
    }
}

/// Text as XML holds it, in an element or an attribute. Signs that no XML may hold become �; a tab or a new line is a
/// space, as the canvas draws it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                escaped.push('\u{fffd}');
            }
            _ => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Font;
    use proptest::prelude::*;

    /// Reads it as strictly as XML asks, and says which elements it holds and what stands in their texts.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let body = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let mut rest = body.expect("the declaration");
        let (mut elements, mut texts, mut open) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(at) = rest.find('<') {
            let (before, tag) = rest.split_at(at);
            if open.is_empty() {
                assert!(before.trim().is_empty(), "text outside: {before}");
            } else if !before.trim().is_empty() {
                texts.push(unescaped(before));
            }
            let end = tag.find('>').expect("the end of a tag");
            let inner = &tag[1..end];
            rest = &tag[end + 1..];
            if let Some(name) = inner.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name));
                continue;
            }
            let (inner, is_closed) = match inner.strip_suffix('/') {
                Some(inner) => (inner, true),
                None => (inner, false),
            };
            let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
            let mut left = attributes;
            while !left.is_empty() {
                let (key, value) = left.split_once("=\"").expect("a quoted value");
                let known = |sign: char| sign.is_ascii_alphanumeric() || "-:".contains(sign);
                assert!(key.trim().chars().all(known), "{key}");
                assert!(!key.trim().starts_with("on") && !key.contains("href"));
                let (value, after) = value.split_once('"').expect("the value's end");
                unescaped(value);
                left = after;
            }
            elements.push(name.to_owned());
            if !is_closed {
                open.push(name.to_owned());
            }
        }
        assert!(open.is_empty() && rest.trim().is_empty());
        (elements, texts)
    }

    fn unescaped(text: &str) -> String {
        let mut parts = text.split('&');
        let mut whole = parts.next().expect("a first part").to_owned();
        for part in parts {
            let (name, rest) = part.split_once(';').expect("the end of a reference");
            whole.push_str(match name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "#39" => "'",
                other => panic!("&{other}; is not ours"),
            });
            whole.push_str(rest);
        }
        whole
    }

    fn drawn(shapes: Vec<Shape>) -> String {
        let picture = Picture {
            title: "web-7".into(),
            description: "Its life.".into(),
            width: 300.0,
            height: 100.0,
            shapes,
        };
        svg(&picture, &Colours::light())
    }

    fn with_text(text: &str) -> String {
        let label = Shape::text(1.0, 9.0, text, Ink::Text, Font::LABEL);
        let picture = Picture {
            title: text.into(),
            description: text.into(),
            width: 300.0,
            height: 100.0,
            shapes: vec![label],
        };
        svg(&picture, &Colours::new(|_| text.into(), text))
    }

    const RECT: Rect = Rect {
        x: 3.0,
        y: 4.0,
        width: 50.5,
        height: 12.0,
    };

    fn all_shapes() -> Vec<Shape> {
        let mut shapes = vec![
            Shape::fill(RECT, Ink::OnFill),
            Shape::Fill {
                rect: RECT,
                ink: Ink::Accent,
                alpha: 0.13,
                radius: 40.0,
            },
            Shape::Frame {
                rect: RECT,
                ink: Ink::Accent,
                width: 1.5,
                radius: 3.5,
                dash: Dash::Gap,
            },
            Shape::line((1.0, 2.0), (3.0, 4.0), Ink::OffLine, 1.5, Dash::Off),
            Shape::Path {
                points: vec![(1.0, 1.0), (2.0, 3.0), (5.0, 8.0)],
                ink: Ink::Text,
                width: 2.0,
            },
            Shape::Fade {
                rect: RECT,
                ink: Ink::OnFill,
                from: 1.0,
                to: 0.0,
            },
            Shape::Hatch { rect: RECT },
            Shape::text(1.0, 9.0, "on", Ink::OnText, Font::SPAN),
        ];
        for pattern in [Pattern::Bars, Pattern::Pluses, Pattern::Chevrons] {
            shapes.push(Shape::Repeat {
                rect: RECT,
                pattern,
                ink: Ink::RescueEdge,
            });
        }
        for glyph in [
            Glyph::Dot,
            Glyph::Diamond,
            Glyph::Ring,
            Glyph::DashedRing,
            Glyph::Octagon,
            Glyph::SmallOctagon,
            Glyph::Firm,
            Glyph::Suspected,
            Glyph::HoverRing,
        ] {
            let (x, y) = (10.0, 20.0);
            shapes.push(Shape::Halo { glyph, x, y });
            shapes.push(Shape::Body { glyph, x, y });
            shapes.push(Shape::Mark { glyph, x, y });
        }
        shapes
    }

    #[test]
    fn every_shape_is_drawn_by_elements_of_a_picture_alone() {
        const KNOWN: [&str; 10] = [
            "svg",
            "title",
            "desc",
            "defs",
            "linearGradient",
            "stop",
            "rect",
            "path",
            "circle",
            "text",
        ];
        for shape in all_shapes() {
            let (elements, _) = read(&drawn(vec![shape.clone()]));
            // The picture itself is svg, title, desc and its ground.
            let draws_nothing = matches!(
                shape,
                Shape::Halo {
                    glyph: Glyph::SmallOctagon | Glyph::HoverRing,
                    ..
                }
            );
            assert_eq!(elements.len() > 4, !draws_nothing, "{shape:?}");
            assert!(elements.iter().all(|e| KNOWN.contains(&e.as_str())));
        }
        let (_, texts) = read(&drawn(all_shapes()));
        assert_eq!(texts, ["web-7", "Its life.", "on"]);
    }

    #[test]
    fn a_picture_asks_for_nothing_from_elsewhere() {
        let text = drawn(all_shapes());
        let addresses = text.matches("http").count();
        assert_eq!(addresses, 1, "only the name of SVG itself");
        assert!(!text.contains("style") && !text.contains("script"));
        for reference in text.split("url(").skip(1) {
            let name = reference.strip_prefix('#').expect("a part of the picture");
            let name = name.split(')').next().expect("its end");
            assert!(text.contains(&format!("id=\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn lines_of_neighbouring_hatches_meet_and_stay_within_their_box() {
        let lines = |rect: Rect| -> Vec<(f64, f64)> {
            let text = drawn(vec![Shape::Hatch { rect }]);
            let (_, d) = text.split_once("<path d=\"").expect("lines");
            let d = d.split('"').next().expect("the path's end");
            let points = d.split(['M', 'L']).filter(|point| !point.is_empty());
            points
                .map(|point| {
                    let (x, y) = point.split_once(' ').expect("two numbers");
                    (x.parse().expect("x"), y.parse().expect("y"))
                })
                .collect()
        };
        let upper = Rect::new(13.0, 5.0, 90.0, 22.0);
        let lower = Rect::new(13.0, 27.0, 90.0, 40.0);
        let inside = |rect: Rect, (x, y): (f64, f64)| {
            let (x, y) = (x - rect.x, y - rect.y);
            (-0.01..=rect.width + 0.01).contains(&x) && (-0.01..=rect.height + 0.01).contains(&y)
        };
        assert!(lines(upper).iter().all(|point| inside(upper, *point)));
        assert!(lines(lower).iter().all(|point| inside(lower, *point)));
        let at_border = |rect: Rect| -> Vec<f64> {
            let points = lines(rect).into_iter().filter(|(_, y)| *y == 27.0);
            points.map(|(x, _)| x).collect()
        };
        assert!(at_border(upper).len() > 8);
        assert_eq!(at_border(upper), at_border(lower));
    }

    #[test]
    fn signs_stay_within_their_span() {
        for pattern in [Pattern::Bars, Pattern::Pluses, Pattern::Chevrons] {
            for tenths in 10..300 {
                let rect = Rect::new(100.0, 0.0, f64::from(tenths) / 10.0, 12.0);
                let ink = Ink::RescueEdge;
                let text = drawn(vec![Shape::Repeat { rect, pattern, ink }]);
                let Some((_, d)) = text.split_once("<path d=\"") else {
                    continue;
                };
                let d = d.split('"').next().expect("the path's end");
                let mut right = 0.0_f64;
                for step in d.split(['M', 'L']).filter(|step| !step.is_empty()) {
                    let x = step.split(' ').next().and_then(|x| x.parse::<f64>().ok());
                    let wide = step.split('h').nth(1).and_then(|h| h.split('v').next());
                    let wide = wide.and_then(|h| h.parse::<f64>().ok()).unwrap_or(0.0);
                    right = right.max(x.expect("a place") + wide);
                }
                assert!(
                    right <= rect.right() + 0.011,
                    "{pattern:?} {rect:?}: {right}"
                );
            }
        }
    }

    #[test]
    fn hostile_text_is_shown_and_does_nothing() {
        let hostile =
            "</text><script>alert(1)</script><!-- ]]> &amp; \u{0}\u{8}\u{202e}\" onload='x'";
        let (elements, texts) = read(&with_text(hostile));
        assert_eq!(elements, ["svg", "title", "desc", "rect", "text"]);
        let shown = hostile.replace(['\u{0}', '\u{8}'], "\u{fffd}");
        assert_eq!(texts, [shown.as_str(); 3]);
    }

    #[test]
    fn the_light_colours_are_those_of_the_style_sheet() {
        let sheet = include_str!("../../style/tokens.css");
        let first = sheet.split("@media").next().expect("the light theme");
        let colours = Colours::light();
        for ink in Ink::ALL {
            let line = format!("--{}: {};", ink.token(), colours.colour(ink));
            assert!(first.contains(&line), "{line}");
        }
        let font = format!("--font: {};", colours.font);
        assert!(first.contains(&font), "{font}");
    }

    #[test]
    fn numbers_are_short_and_always_numbers() {
        for (value, text) in [
            (1.0, "1"),
            (-0.001, "0"),
            (2.5, "2.5"),
            (-3.25, "-3.25"),
            (100.0, "100"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_picture_that_can_be_read_with_no_element_beyond_ours(
            text in any::<String>(), markup in "[<>&\"'/=a-z!?\\[\\]; -]{0,40}",
        ) {
            for text in [text, markup] {
                let (elements, texts) = read(&with_text(&text));
                prop_assert_eq!(elements, ["svg", "title", "desc", "rect", "text"]);
                prop_assert!(texts.len() <= 3);
                let plain = texts.iter().all(|t| t.chars().all(|c| !c.is_control()));
                prop_assert!(plain);
            }
        }
    }
}
