//! A sheet that fills from the top: lines of text, rows of columns, parts drawn elsewhere. Knows where things stand and
//! how texts break; what they say and what the parts show is the caller's.

use super::Font;
use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TextAnchor;
use super::shape::fitted;

/// What is taken away: shapes over a ground of surface, and words for those who don't see them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    pub title: String,
    pub description: String,
    pub width: f64,
    pub height: f64,
    pub shapes: Vec<Shape>,
}

/// Around all that is on the sheet.
pub const MARGIN: f64 = 24.0;

pub const TITLE: Font = Font {
    size: 20.0,
    weight: 600,
};
pub const HEAD: Font = Font {
    size: 13.0,
    weight: 600,
};
pub const BODY: Font = Font {
    size: 12.0,
    weight: 400,
};
pub const BODY_STRONG: Font = Font {
    size: 12.0,
    weight: 600,
};

/// A text in a row of columns, from `x` on, cut to `room`.
pub struct Cell<'a> {
    pub x: f64,
    pub room: f64,
    pub text: &'a str,
    pub ink: Ink,
    pub font: Font,
}

pub struct Paper<'a> {
    width: f64,
    /// Where the next thing stands.
    y: f64,
    shapes: Vec<Shape>,
    measure: Measure<'a>,
}

impl<'a> Paper<'a> {
    pub fn new(width: f64, measure: Measure<'a>) -> Self {
        Paper {
            width,
            y: MARGIN,
            shapes: Vec::new(),
            measure,
        }
    }

    /// Between the margins.
    pub fn room(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    pub fn y(&self) -> f64 {
        self.y
    }

    pub fn space(&mut self, px: f64) {
        self.y += px;
    }

    /// A text over as many lines as it takes.
    pub fn text(&mut self, text: &str, ink: Ink, font: Font) {
        let line_px = line_px(font);
        for line in broken(text, self.room(), font, self.measure) {
            let y = self.y + line_px / 2.0;
            self.shapes.push(Shape::text(MARGIN, y, line, ink, font));
            self.y += line_px;
        }
    }

    /// A word that says what follows, and the text beside it, in a column of its own over as many lines as it takes.
    pub fn named(&mut self, name: &str, text: &str, name_px: f64) {
        let line_px = line_px(BODY);
        let room = self.room() - name_px;
        let middle = self.y + line_px / 2.0;
        self.shapes
            .push(Shape::text(MARGIN, middle, name, Ink::Text3, BODY));
        for line in broken(text, room, BODY, self.measure) {
            let (x, y) = (MARGIN + name_px, self.y + line_px / 2.0);
            self.shapes.push(Shape::text(x, y, line, Ink::Text, BODY));
            self.y += line_px;
        }
    }

    /// Texts side by side in a row of `height`; `x` counts from the margin.
    pub fn row(&mut self, cells: &[Cell<'_>], height: f64) {
        let y = self.y + height / 2.0;
        for cell in cells {
            let text = fitted(cell.text, cell.room, 24.0, cell.font, self.measure);
            if let Some(text) = text {
                let x = MARGIN + cell.x;
                self.shapes
                    .push(Shape::text(x, y, text, cell.ink, cell.font));
            }
        }
        self.y += height;
    }

    /// A rule over the whole width.
    pub fn rule(&mut self, ink: Ink) {
        let rule = Rect::new(MARGIN, self.y - 1.0, self.room(), 1.0);
        self.shapes.push(Shape::fill(rule, ink));
    }

    /// Shapes drawn from their own corner, `x` from the margin and `dy` from where the sheet stands; takes no room.
    pub fn put(&mut self, shapes: Vec<Shape>, x: f64, dy: f64) {
        let (dx, dy) = (MARGIN + x, self.y + dy);
        self.shapes
            .extend(shapes.into_iter().map(|shape| moved(shape, dx, dy)));
    }

    /// A part of `width` by `height` that may be drawn past its sides, as at the edges of a canvas: what is past them is
    /// covered again as far as `left` and `right` reach.
    pub fn put_cut(&mut self, shapes: Vec<Shape>, part: Rect, left: f64, right: f64) {
        self.put(shapes, part.x, part.y);
        let ground = |x: f64, width: f64| {
            Shape::fill(Rect::new(x, part.y, width, part.height), Ink::Surface)
        };
        let covers = [ground(part.x - left, left), ground(part.right(), right)];
        self.put(covers.into(), 0.0, 0.0);
    }

    pub fn finish(mut self, title: String, description: String) -> Picture {
        self.y += MARGIN;
        Picture {
            title,
            description,
            width: self.width,
            height: self.y.ceil(),
            shapes: self.shapes,
        }
    }
}

fn line_px(font: Font) -> f64 {
    (font.size * 1.4).round()
}

/// A shape elsewhere.
pub fn moved(shape: Shape, dx: f64, dy: f64) -> Shape {
    let at = |rect: Rect| Rect::new(rect.x + dx, rect.y + dy, rect.width, rect.height);
    let mut shape = shape;
    match &mut shape {
        Shape::Fill { rect, .. }
        | Shape::Frame { rect, .. }
        | Shape::Fade { rect, .. }
        | Shape::Hatch { rect }
        | Shape::Repeat { rect, .. } => *rect = at(*rect),
        Shape::Line { from, to, .. } => {
            for point in [from, to] {
                *point = (point.0 + dx, point.1 + dy);
            }
        }
        Shape::Path { points, .. } => {
            for point in points {
                *point = (point.0 + dx, point.1 + dy);
            }
        }
        Shape::Text { x, y, .. }
        | Shape::Mark { x, y, .. }
        | Shape::Halo { x, y, .. }
        | Shape::Body { x, y, .. } => {
            *x += dx;
            *y += dy;
        }
    }
    shape
}

/// Lines no wider than `room`, broken at spaces; a word that is too long alone is broken where it ends to fit.
pub fn broken(text: &str, room: f64, font: Font, measure: Measure<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = match line.is_empty() {
            true => word.to_owned(),
            false => format!("{line} {word}"),
        };
        if measure(&longer, font) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for sign in word.chars() {
            line.push(sign);
            if measure(&line, font) > room && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(sign);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word set at the end of its room instead of the start.
pub fn at_end(x: f64, y: f64, text: impl Into<String>, ink: Ink, font: Font) -> Shape {
    Shape::Text {
        x,
        y,
        text: text.into(),
        ink,
        font,
        anchor: TextAnchor::End,
    }
}

/// How many pixels of a bitmap for one of the picture: two, or as many as browsers' canvases can hold.
pub fn bitmap_scale(width: f64, height: f64) -> f64 {
    const MOST_SIDE: f64 = 16_000.0;
    /// The smallest that a browser in use sets.
    const MOST_PIXELS: f64 = 16_000_000.0;
    let by_side = MOST_SIDE / width.max(height).max(1.0);
    let by_area = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
    2.0_f64.min(by_side).min(by_area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;

    #[test]
    fn a_text_breaks_at_spaces_and_a_long_word_where_it_must() {
        let lines = |text, room| broken(text, room, BODY, &approximate_width);
        assert_eq!(lines("off by jane", 60.0), ["off by", "jane"]);
        assert_eq!(lines("", 60.0), Vec::<String>::new());
        let crn = lines("crn:v1:bluemix:public:is", 60.0);
        assert_eq!(crn.concat(), "crn:v1:bluemix:public:is");
        assert!(crn.iter().all(|l| approximate_width(l, BODY) <= 60.0));
        // However narrow the column, it ends.
        assert_eq!(lines("ab", 1.0), ["a", "b"]);
    }

    #[test]
    fn a_bitmap_has_two_pixels_for_one_unless_no_canvas_holds_them() {
        assert_eq!(bitmap_scale(1440.0, 900.0), 2.0);
        for (width, height) in [(1440.0, 11_000.0), (1440.0, 90_000.0), (9_000.0, 9_000.0)] {
            let scale = bitmap_scale(width, height);
            assert!(scale < 2.0 && scale > 0.0);
            assert!(height * scale <= 16_000.0 && width * height * scale * scale <= 16_000_001.0);
        }
    }

    #[test]
    fn a_part_is_covered_where_it_is_drawn_past_its_sides() {
        let mut paper = Paper::new(500.0, &approximate_width);
        let wide = Shape::fill(Rect::new(-10.0, 0.0, 220.0, 20.0), Ink::OnFill);
        paper.put_cut(vec![wide], Rect::new(100.0, 0.0, 200.0, 20.0), 100.0, 50.0);
        let picture = paper.finish(String::new(), String::new());
        let covers: Vec<(f64, f64)> = picture
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Fill {
                    rect,
                    ink: Ink::Surface,
                    ..
                } => Some((rect.x, rect.right())),
                _ => None,
            })
            .collect();
        assert_eq!(covers, [(24.0, 124.0), (324.0, 374.0)]);
    }
}
