//! The display list: what a picture is made of. Holds roles for colours, never a colour value.

/// A box. `right` and `bottom` are derived, so it can't contradict itself.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    pub fn right(self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    pub fn middle(self) -> f64 {
        self.y + self.height / 2.0
    }

    pub fn contains(self, x: f64, y: f64) -> bool {
        self.x <= x && x < self.right() && self.y <= y && y < self.bottom()
    }

    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// The same box, drawn in by so much on every side.
    pub fn inset(self, by: f64) -> Rect {
        Rect::new(
            self.x + by,
            self.y + by,
            (self.width - 2.0 * by).max(0.0),
            (self.height - 2.0 * by).max(0.0),
        )
    }
}

/// The role of a colour; the page looks its value up in the theme's tokens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ink {
    Surface,
    Sunken,
    Selected,
    Line,
    Line2,
    Control,
    Text,
    Text2,
    Text3,
    Accent,
    AccentSolid,
    AccentSolidText,
    Fail,
    FailSolid,
    FailGlyph,
    FailTint,
    HatchLine,
    HatchBg,
    OnFill,
    OnEdge,
    OnText,
    OffLine,
    SuspendedFill,
    SuspendedEdge,
    SuspendedText,
    RescueFill,
    RescueEdge,
    RescueText,
    ReloadingFill,
    ReloadingEdge,
    ReloadingText,
    ValueFill,
    ValueEdge,
    Finding,
    FindingLine,
    FindingTint,
    BarSuccess,
    BarSuccessPale,
    BarFailurePale,
    Pending,
}

impl Ink {
    pub const ALL: [Ink; 40] = [
        Ink::Surface,
        Ink::Sunken,
        Ink::Selected,
        Ink::Line,
        Ink::Line2,
        Ink::Control,
        Ink::Text,
        Ink::Text2,
        Ink::Text3,
        Ink::Accent,
        Ink::AccentSolid,
        Ink::AccentSolidText,
        Ink::Fail,
        Ink::FailSolid,
        Ink::FailGlyph,
        Ink::FailTint,
        Ink::HatchLine,
        Ink::HatchBg,
        Ink::OnFill,
        Ink::OnEdge,
        Ink::OnText,
        Ink::OffLine,
        Ink::SuspendedFill,
        Ink::SuspendedEdge,
        Ink::SuspendedText,
        Ink::RescueFill,
        Ink::RescueEdge,
        Ink::RescueText,
        Ink::ReloadingFill,
        Ink::ReloadingEdge,
        Ink::ReloadingText,
        Ink::ValueFill,
        Ink::ValueEdge,
        Ink::Finding,
        Ink::FindingLine,
        Ink::FindingTint,
        Ink::BarSuccess,
        Ink::BarSuccessPale,
        Ink::BarFailurePale,
        Ink::Pending,
    ];

    /// The name of its token in `style/tokens.css`, without the leading dashes.
    pub fn token(self) -> &'static str {
        match self {
            Ink::Surface => "surface",
            Ink::Sunken => "sunken",
            Ink::Selected => "selected",
            Ink::Line => "line",
            Ink::Line2 => "line-2",
            Ink::Control => "control",
            Ink::Text => "text",
            Ink::Text2 => "text-2",
            Ink::Text3 => "text-3",
            Ink::Accent => "accent",
            Ink::AccentSolid => "accent-solid",
            Ink::AccentSolidText => "accent-solid-text",
            Ink::Fail => "fail",
            Ink::FailSolid => "fail-solid",
            Ink::FailGlyph => "fail-glyph",
            Ink::FailTint => "fail-tint",
            Ink::HatchLine => "hatch-line",
            Ink::HatchBg => "hatch-bg",
            Ink::OnFill => "on-fill",
            Ink::OnEdge => "on-edge",
            Ink::OnText => "on-text",
            Ink::OffLine => "off-line",
            Ink::SuspendedFill => "suspended-fill",
            Ink::SuspendedEdge => "suspended-edge",
            Ink::SuspendedText => "suspended-text",
            Ink::RescueFill => "rescue-fill",
            Ink::RescueEdge => "rescue-edge",
            Ink::RescueText => "rescue-text",
            Ink::ReloadingFill => "reloading-fill",
            Ink::ReloadingEdge => "reloading-edge",
            Ink::ReloadingText => "reloading-text",
            Ink::ValueFill => "value-fill",
            Ink::ValueEdge => "value-edge",
            Ink::Finding => "finding",
            Ink::FindingLine => "finding-line",
            Ink::FindingTint => "finding-tint",
            Ink::BarSuccess => "success-bar",
            Ink::BarSuccessPale => "success-bar-hidden",
            Ink::BarFailurePale => "failure-bar-hidden",
            Ink::Pending => "pending",
        }
    }
}

/// How a stroke is broken: lengths of dash and gap; `None` of them is a solid line.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Dash {
    #[default]
    Solid,
    /// Off: 5 3.
    Off,
    /// Carried over a gap: 2 3.
    Carried,
    /// Implied: 1 2.
    Implied,
    /// The edge of a gap: 3 2.
    Gap,
    /// The edge of what is still being read: 4 3.
    Loading,
}

impl Dash {
    pub fn lengths(self) -> Option<[f64; 2]> {
        match self {
            Dash::Solid => None,
            Dash::Off => Some([5.0, 3.0]),
            Dash::Carried => Some([2.0, 3.0]),
            Dash::Implied => Some([1.0, 2.0]),
            Dash::Gap => Some([3.0, 2.0]),
            Dash::Loading => Some([4.0, 3.0]),
        }
    }
}

/// A repeated sign inside a span: the cue beside its colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// Pairs of vertical bars every 10 px: suspended.
    Bars,
    /// Small plus signs on an 8 px grid: rescue.
    Pluses,
    /// Chevrons on an 8 px grid: reloading.
    Chevrons,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Glyph {
    /// Success: a dot, radius 3.
    Dot,
    /// No effect on state: a hollow diamond, 9 px.
    Diamond,
    /// Pending: a hollow ring, radius 3.5.
    Ring,
    /// Unknown or no outcome: a dashed ring, radius 4.
    DashedRing,
    /// Failure: a red octagon of 14 px with a cross.
    Octagon,
    /// A failure on a plate or in a badge: the octagon at 12 px, without its halo.
    SmallOctagon,
    /// A firm finding: a filled amber triangle of 12 px.
    Firm,
    /// A suspected finding: the triangle hollow.
    Suspected,
    /// Under the pointer or in focus: an accent ring, radius 11.
    HoverRing,
}

impl Glyph {
    /// Half of its width, halo left out.
    pub fn radius(self) -> f64 {
        match self {
            Glyph::Dot => 3.0,
            Glyph::Diamond => 4.5,
            Glyph::Ring => 3.5,
            Glyph::DashedRing => 4.0,
            Glyph::Octagon => 7.0,
            Glyph::SmallOctagon | Glyph::Firm | Glyph::Suspected => 6.0,
            Glyph::HoverRing => 11.0,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Font {
    pub size: f64,
    pub weight: u16,
}

impl Font {
    /// Labels of axes and plates.
    pub const LABEL: Font = Font {
        size: 11.0,
        weight: 400,
    };
    /// Words inside a span.
    pub const SPAN: Font = Font {
        size: 11.0,
        weight: 500,
    };
    /// The upper level of an axis, the time plate.
    pub const STRONG: Font = Font {
        size: 11.0,
        weight: 600,
    };
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TextAnchor {
    #[default]
    Start,
    Middle,
    End,
}

/// One thing to draw; later ones cover earlier ones.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A filled box; `alpha` from 0 to 1.
    Fill {
        rect: Rect,
        ink: Ink,
        alpha: f64,
        radius: f64,
    },
    /// The outline of a box, its stroke inside the box.
    Frame {
        rect: Rect,
        ink: Ink,
        width: f64,
        radius: f64,
        dash: Dash,
    },
    Line {
        from: (f64, f64),
        to: (f64, f64),
        ink: Ink,
        width: f64,
        dash: Dash,
        alpha: f64,
    },
    /// An open line through points, corners joined round: brackets and chevrons.
    Path {
        points: Vec<(f64, f64)>,
        ink: Ink,
        width: f64,
    },
    /// A box whose fill goes from `from` at its left to `to` at its right, both as alpha.
    Fade {
        rect: Rect,
        ink: Ink,
        from: f64,
        to: f64,
    },
    /// Not known: lines of 45 degrees, period 6 px, on their own ground. Lines of neighbouring hatches meet.
    Hatch { rect: Rect },
    Repeat {
        rect: Rect,
        pattern: Pattern,
        ink: Ink,
    },
    /// One line of text, `y` its middle.
    Text {
        x: f64,
        y: f64,
        text: String,
        ink: Ink,
        font: Font,
        anchor: TextAnchor,
    },
    /// A mark with a surface halo of 1.5 px.
    Mark { glyph: Glyph, x: f64, y: f64 },
    /// The halo alone, where marks crowd: all halos come before all bodies.
    Halo { glyph: Glyph, x: f64, y: f64 },
    /// A mark without its halo.
    Body { glyph: Glyph, x: f64, y: f64 },
}

impl Shape {
    pub fn fill(rect: Rect, ink: Ink) -> Shape {
        Shape::Fill {
            rect,
            ink,
            alpha: 1.0,
            radius: 0.0,
        }
    }

    pub fn line(from: (f64, f64), to: (f64, f64), ink: Ink, width: f64, dash: Dash) -> Shape {
        Shape::Line {
            from,
            to,
            ink,
            width,
            dash,
            alpha: 1.0,
        }
    }

    /// The same, further down.
    pub fn lowered(&self, by: f64) -> Shape {
        let down = |rect: Rect| Rect::new(rect.x, rect.y + by, rect.width, rect.height);
        let mut shape = self.clone();
        match &mut shape {
            Shape::Fill { rect, .. }
            | Shape::Frame { rect, .. }
            | Shape::Fade { rect, .. }
            | Shape::Hatch { rect }
            | Shape::Repeat { rect, .. } => *rect = down(*rect),
            Shape::Line { from, to, .. } => {
                from.1 += by;
                to.1 += by;
            }
            Shape::Path { points, .. } => {
                for point in points {
                    point.1 += by;
                }
            }
            Shape::Text { y, .. }
            | Shape::Mark { y, .. }
            | Shape::Halo { y, .. }
            | Shape::Body { y, .. } => *y += by,
        }
        shape
    }

    pub fn text(x: f64, y: f64, text: impl Into<String>, ink: Ink, font: Font) -> Shape {
        Shape::Text {
            x,
            y,
            text: text.into(),
            ink,
            font,
            anchor: TextAnchor::Start,
        }
    }
}

/// Cuts a text to a width with an ellipsis: whole if it fits, cut if at least `least` pixels are there, else nothing.
pub fn fitted(
    text: &str,
    room: f64,
    least: f64,
    font: Font,
    measure: super::Measure<'_>,
) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if measure(text, font) <= room {
        return Some(text.to_owned());
    }
    if room < least {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let cut = |n: usize| -> String {
        let head: String = chars[..n].iter().collect();
        format!("{}…", head.trim_end_matches([' ', ',']))
    };
    // The longest head that fits; widths grow with the text, so halving finds it.
    let (mut fits, mut too_long) = (0, chars.len());
    while too_long - fits > 1 {
        let middle = (fits + too_long) / 2;
        if measure(&cut(middle), font) <= room {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    (fits > 0).then(|| cut(fits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;

    #[test]
    fn a_text_that_fits_stays_whole_and_one_that_does_not_ends_in_an_ellipsis() {
        let cut = |text, room| fitted(text, room, 46.0, Font::SPAN, &approximate_width);
        assert_eq!(cut("on", 20.0).as_deref(), Some("on"));
        assert_eq!(
            cut("ubuntu-22.04-minimal", 60.0).as_deref(),
            Some("ubuntu-2…")
        );
        assert_eq!(cut("ubuntu-22.04-minimal", 45.0), None);
        assert_eq!(cut("", 100.0), None);
    }

    #[test]
    fn every_ink_is_listed_once() {
        let distinct: std::collections::HashSet<Ink> = Ink::ALL.into_iter().collect();
        assert_eq!(distinct.len(), Ink::ALL.len());
        // The last of the list is the last of the type.
        assert_eq!(Ink::Pending as usize, Ink::ALL.len() - 1);
    }
}
