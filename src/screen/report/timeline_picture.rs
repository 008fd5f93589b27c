//! The timeline as a picture: the lanes in sight or all of them up to [`MOST_LANES`], with their labels, the axis, what
//! the spans and marks mean, and what was not fetched. Draws the lanes as the page does.

use std::sync::Arc;

use super::About;
use super::DEMO;
use super::coverage;
use super::gap;
use crate::chart::Font;
use crate::chart::Glyph;
use crate::chart::Ink;
use crate::chart::Measure;
use crate::chart::Rect;
use crate::chart::Shape;
use crate::chart::TimeScale;
use crate::chart::axis::draw_two_levels;
use crate::chart::lane_rows::LaneRows;
use crate::chart::lane_rows::Row;
use crate::chart::paper::BODY;
use crate::chart::paper::BODY_STRONG;
use crate::chart::paper::MARGIN;
use crate::chart::paper::Paper;
use crate::chart::paper::Picture;
use crate::chart::paper::TITLE;
use crate::chart::paper::at_end;
use crate::chart::paper::moved;
use crate::chart::shape::fitted;
use crate::chart::spans::TrackBox;
use crate::chart::spans::draw_track;
use crate::chart::ticks::two_levels;
use crate::chart::timeline::TimelineInput;
use crate::chart::timeline::timeline;
use crate::protocol::Gap;
use crate::protocol::Lane;
use crate::protocol::LaneKey;
use crate::protocol::Lanes;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::screen::timeline_words;
use crate::screen::words;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// So many lanes stand in a picture at most; it says how many it leaves out.
pub const MOST_LANES: u32 = 500;
/// So many unfetched times are told in words at most.
const MOST_GAPS: usize = 40;

const LABELS_PX: f64 = 288.0;
const LEAST_CHART_PX: f64 = 800.0;
const AXIS_PX: f64 = 40.0;
const NAME_PX: f64 = 104.0;

pub struct Subject<'a> {
    pub about: &'a About,
    /// Those that tell of the lanes drawn; the first tells of groups and counts.
    pub answers: &'a [Arc<Lanes>],
    pub rows: &'a LaneRows,
    pub part: Part,
    pub by: LaneKey,
    pub window: TimeRange,
    /// From the first to the last event held.
    pub held: Option<TimeRange>,
    pub query: &'a str,
    /// What narrows the lanes.
    pub find: &'a str,
    /// How wide the lanes are on screen.
    pub chart_px: f64,
    /// Every unfetched time is told below: once is enough for several sheets.
    pub tells_gaps: bool,
    pub measure: Measure<'a>,
}

/// Which rows are drawn: whole ones from `top`, to before `bottom`, in pixels of all rows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Part {
    pub top: f64,
    pub bottom: f64,
}

impl Part {
    /// The rows of which anything is in sight.
    pub fn in_sight(rows: &LaneRows, scroll_px: f64, view_px: f64) -> Self {
        let placed = rows.in_sight(scroll_px, view_px);
        let ends = placed.first().zip(placed.last());
        let (top, bottom) = ends.map_or((0.0, 0.0), |(first, last)| {
            (first.top, last.top + rows.row_px())
        });
        Part { top, bottom }
    }

    /// All rows, as far as they hold [`MOST_LANES`] lanes.
    pub fn all(rows: &LaneRows) -> Self {
        let mut n_lanes = 0;
        let mut bottom = 0.0;
        for placed in rows.in_sight(0.0, rows.height_px()) {
            n_lanes += u32::from(matches!(placed.row, Row::Lane(_)));
            if n_lanes > MOST_LANES {
                break;
            }
            bottom = placed.top + rows.row_px();
        }
        Part { top: 0.0, bottom }
    }

    /// Runs of lanes that are drawn: what to ask for.
    pub fn lanes(self, rows: &LaneRows) -> Vec<(u32, u32)> {
        match self.height() > 0.0 {
            true => rows.lanes_in_sight(self.top, self.height(), 0),
            false => Vec::new(),
        }
    }

    /// The same rows over several sheets of whole rows, each at most so high.
    pub fn sheets(self, height_px: f64) -> Vec<Part> {
        let mut sheets = Vec::new();
        let mut top = self.top;
        while top < self.bottom && height_px > 0.0 {
            let bottom = (top + height_px).min(self.bottom);
            sheets.push(Part { top, bottom });
            top = bottom;
        }
        sheets
    }

    fn height(self) -> f64 {
        self.bottom - self.top
    }
}

pub fn timeline_picture(subject: &Subject<'_>) -> Picture {
    let about = subject.about;
    let chart_px = subject.chart_px.max(LEAST_CHART_PX);
    let width = chart_px + LABELS_PX + 2.0 * MARGIN;
    let mut paper = Paper::new(width, subject.measure);
    if about.is_demo {
        paper.text(DEMO, Ink::Fail, BODY_STRONG);
    }
    let title = title(subject);
    paper.text(&title, Ink::Text, TITLE);
    paper.space(4.0);
    let facts = facts(subject);
    for (name, text) in &facts {
        paper.named(name, text, NAME_PX);
    }
    paper.space(8.0);
    paper.put(legend(subject.measure, paper.room()), 0.0, 0.0);
    paper.space(24.0);
    lanes(subject, chart_px, &mut paper);
    paper.space(12.0);
    if subject.tells_gaps {
        not_fetched(subject, &mut paper);
    }
    let build = format!("Lifeline {}", crate::BUILD);
    paper.text(&build, Ink::Text3, Font::LABEL);
    let told: Vec<String> = facts
        .iter()
        .map(|(n, text)| format!("{n}: {text}"))
        .collect();
    let description = match about.is_demo {
        true => format!("{} {DEMO}", told.join(". ")),
        false => told.join(". "),
    };
    paper.finish(title, description)
}

fn title(subject: &Subject<'_>) -> String {
    let by = match subject.by {
        LaneKey::Resource => "resources",
        LaneKey::Initiator => "initiators",
        LaneKey::Region => "regions",
    };
    match &subject.about.deployment {
        Some(deployment) => format!("{deployment}: timeline of {by}"),
        None => format!("Timeline of {by}"),
    }
}

fn facts(subject: &Subject<'_>) -> Vec<(&'static str, String)> {
    let clock = subject.about.clock;
    let query = match subject.query.trim() {
        "" => "every event".to_owned(),
        query => query.to_owned(),
    };
    let window = subject.window;
    let mut facts = vec![
        (
            "Time",
            format!(
                "{} {}",
                words::range(window, clock),
                words::offset(window.from(), clock)
            ),
        ),
        ("Query", query),
    ];
    if !subject.find.trim().is_empty() {
        facts.push(("Lanes found by", subject.find.trim().to_owned()));
    }
    if let Some(first) = subject.answers.first() {
        facts.push(("In view", timeline_words::summary(first)));
        facts.push(("Drawn", drawn_words(subject, first)));
        let n_gaps = gaps(subject.answers).len();
        facts.push(("Coverage", coverage(first.coverage_stated, n_gaps)));
    }
    facts.push(("As of", subject.about.as_of_words()));
    facts
}

/// `Lanes 12 to 40 of 231; the others are not in this picture.`
fn drawn_words(subject: &Subject<'_>, first: &Lanes) -> String {
    let runs = subject.part.lanes(subject.rows);
    let n: u32 = runs.iter().map(|(_, count)| count).sum();
    let total = first.total;
    let many = |n: u32| words::count(u64::from(n));
    if n >= total {
        return "all lanes".into();
    }
    let most = match n == MOST_LANES {
        true => format!(" A picture holds {} at most.", many(MOST_LANES)),
        false => String::new(),
    };
    let region = runs.first().and_then(|(lane, _)| {
        let lane = lane_of(subject.answers, *lane)?;
        (subject.by == LaneKey::Resource).then(|| format!(", from {} on", lane.region))
    });
    format!(
        "{} of {}{}. The other {} are not in this picture.{most}",
        many(n),
        words::counted(u64::from(total), "lane", "lanes"),
        region.unwrap_or_default(),
        many(total - n)
    )
}

fn lanes(subject: &Subject<'_>, chart_px: f64, paper: &mut Paper<'_>) {
    let Some(first) = subject.answers.first() else {
        return;
    };
    let (measure, clock, part) = (subject.measure, subject.about.clock, subject.part);
    let scale = TimeScale::new(subject.window, chart_px);
    let axis = two_levels(scale, clock, measure);
    let gaps = gaps(subject.answers);
    let scene = timeline(&TimelineInput {
        scale,
        rows: subject.rows,
        groups: &first.groups,
        lane: &|number| lane_of(subject.answers, number),
        gaps: &gaps,
        by: subject.by,
        axis: &axis,
        top: part.top,
        height: part.height(),
        chosen: None,
        held: subject.held,
        measure,
    });
    let mut upper = Vec::new();
    draw_two_levels(&axis, chart_px, AXIS_PX, &mut upper);
    let box_of = |height: f64| Rect::new(LABELS_PX, 0.0, chart_px, height);
    let left = LABELS_PX + MARGIN;

    // The lanes first: what they draw past their top is the axis's.
    paper.space(AXIS_PX);
    paper.put_cut(scene.shapes, box_of(part.height()), left, MARGIN);
    paper.put(labels(subject, first), 0.0, 0.0);
    paper.space(-AXIS_PX);
    let ground = Rect::new(-MARGIN, 0.0, chart_px + left + MARGIN, AXIS_PX);
    paper.put(vec![Shape::fill(ground, Ink::Surface)], 0.0, 0.0);
    paper.put_cut(upper, box_of(AXIS_PX), left, MARGIN);
    let offset = words::offset(subject.window.from(), clock);
    let y = AXIS_PX * 0.74;
    let head = vec![
        Shape::text(
            0.0,
            y,
            format!("all times {offset}"),
            Ink::Text3,
            Font::LABEL,
        ),
        at_end(
            LABELS_PX - 12.0,
            y,
            "failed / all here",
            Ink::Text3,
            Font::LABEL,
        ),
        Shape::fill(Rect::new(0.0, AXIS_PX - 1.0, LABELS_PX, 1.0), Ink::Line2),
    ];
    paper.put(head, 0.0, 0.0);
    paper.space(AXIS_PX + part.height());
    paper.rule(Ink::Line2);
}

/// The column beside the lanes: names of regions and lanes, failed and all events here.
fn labels(subject: &Subject<'_>, first: &Lanes) -> Vec<Shape> {
    let (rows, part, measure) = (subject.rows, subject.part, subject.measure);
    let row_px = rows.row_px();
    let mut shapes = Vec::new();
    for placed in rows.in_sight(part.top, part.height()) {
        let top = placed.top - part.top;
        let y = top + row_px / 2.0;
        match placed.row {
            Row::Group(group) => {
                let Some(group) = first.groups.get(group) else {
                    continue;
                };
                let band = Rect::new(-8.0, top, LABELS_PX + 8.0, row_px);
                shapes.push(Shape::fill(band, Ink::Sunken));
                shapes.push(Shape::text(
                    0.0,
                    y,
                    group.region.clone(),
                    Ink::Text,
                    BODY_STRONG,
                ));
                let x = measure(&group.region, BODY_STRONG) + 8.0;
                let room = LABELS_PX - x - 12.0;
                if let Some(city) = fitted(&group.city, room, 24.0, BODY, measure) {
                    shapes.push(Shape::text(x, y, city, Ink::Text3, BODY));
                }
            }
            Row::Lane(number) => {
                let Some(lane) = lane_of(subject.answers, number) else {
                    continue;
                };
                lane_label(lane, y, measure, &mut shapes);
            }
        }
        let line = Rect::new(-8.0, top + row_px - 1.0, LABELS_PX + 8.0, 1.0);
        shapes.push(Shape::fill(line, Ink::Line));
    }
    shapes
}

fn lane_label(lane: &Lane, y: f64, measure: Measure<'_>, shapes: &mut Vec<Shape>) {
    const COUNT_PX: f64 = 44.0;
    let mut right = LABELS_PX - 12.0;
    if lane.n_events > 0 {
        let all = words::count(lane.n_events);
        shapes.push(at_end(right, y, all, Ink::Text3, BODY));
    }
    right -= COUNT_PX;
    if lane.n_failures > 0 {
        let failed = words::count(lane.n_failures);
        let x = right - measure(&failed, BODY) - 10.0;
        shapes.push(at_end(right, y, failed, Ink::Fail, BODY));
        shapes.push(Shape::Body {
            glyph: Glyph::SmallOctagon,
            x,
            y,
        });
        right = x - 6.0;
    }
    let room = right - 20.0;
    if let Some(label) = fitted(&lane.label, room, 24.0, BODY, measure) {
        shapes.push(Shape::text(12.0, y, label, Ink::Text, BODY));
    }
}

/// What spans and marks mean, drawn by what draws them.
fn legend(measure: Measure<'_>, room: f64) -> Vec<Shape> {
    const HEIGHT: f64 = 16.0;
    const SWATCH_PX: f64 = 26.0;
    let spans = [
        (SpanValue::On, "on"),
        (SpanValue::Off, "off"),
        (SpanValue::Suspended, "suspended"),
        (SpanValue::Rescue, "rescue"),
        (SpanValue::Live, "live, power not recorded"),
        (SpanValue::Unknown, "not known or not fetched"),
    ];
    let marks = [
        (Glyph::Dot, "success"),
        (Glyph::Octagon, "failure"),
        (Glyph::Ring, "pending"),
        (Glyph::DashedRing, "no outcome"),
        (Glyph::Diamond, "no effect on state"),
    ];
    let mut shapes = Vec::new();
    let mut x = 0.0;
    let mut word = |drawn: Vec<Shape>, drawn_px: f64, word: &str| {
        let word_px = measure(word, Font::LABEL);
        if x + drawn_px + 6.0 + word_px > room {
            return;
        }
        let drawn = drawn.into_iter();
        shapes.extend(drawn.map(|shape| moved(shape, x, 0.0)));
        let at = x + drawn_px + 6.0;
        let label = Shape::text(at, HEIGHT / 2.0, word, Ink::Text2, Font::LABEL);
        shapes.push(label);
        x = at + word_px + 16.0;
    };
    for (value, words) in spans {
        word(swatch(value, SWATCH_PX, HEIGHT, measure), SWATCH_PX, words);
    }
    for (glyph, words) in marks {
        let (x, y) = (7.0, HEIGHT / 2.0);
        word(vec![Shape::Mark { glyph, x, y }], 14.0, words);
    }
    shapes
}

fn swatch(value: SpanValue, width: f64, height: f64, measure: Measure<'_>) -> Vec<Shape> {
    let (from, to) = (Timestamp::from_secs(0), Timestamp::from_secs(100));
    let Some(window) = TimeRange::new(from, to) else {
        return Vec::new();
    };
    let span = SpanView {
        value,
        text: String::new(),
        from: Some(from),
        to: Some(to.plus_nanos(-1)),
        basis: None,
        end_known: true,
        row: None,
        initiator: None,
        carried: Vec::new(),
        order_not_recorded: false,
    };
    let scale = TimeScale::new(window, width);
    let place = TrackBox::new(scale, 0.0, (height, 10.0), measure);
    let mut shapes = Vec::new();
    draw_track(&[span], None, &place, &mut shapes);
    shapes
}

fn not_fetched(subject: &Subject<'_>, paper: &mut Paper<'_>) {
    let gaps = gaps(subject.answers);
    if gaps.is_empty() {
        return;
    }
    paper.text("Not fetched", Ink::Text, BODY_STRONG);
    for one in gaps.iter().take(MOST_GAPS) {
        paper.text(&gap(one, subject.about.clock), Ink::Text, BODY);
    }
    if let Some(n @ 1..) = gaps.len().checked_sub(MOST_GAPS) {
        let more = format!("{} more are left out here.", words::count(n as u64));
        paper.text(&more, Ink::Text3, BODY);
    }
    paper.space(12.0);
}

fn lane_of(answers: &[Arc<Lanes>], number: u32) -> Option<&Lane> {
    answers.iter().find_map(|answer| {
        let place = number.checked_sub(answer.first)?;
        answer.lanes.get(place as usize)
    })
}

/// Unfetched times of all answers, each once.
fn gaps(answers: &[Arc<Lanes>]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for gap in answers.iter().flat_map(|answer| &answer.gaps) {
        if !gaps.contains(gap) {
            gaps.push(gap.clone());
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Outcome;
    use crate::chart::approximate_width;
    use crate::chart::lane_rows::ROW_PX;
    use crate::chart::svg::Colours;
    use crate::chart::svg::svg;
    use crate::protocol::GapReason;
    use crate::protocol::LaneGroup;
    use crate::protocol::Mark;
    use crate::protocol::RowId;

    fn range(from: i64, to: i64) -> TimeRange {
        TimeRange::new(Timestamp::from_secs(from), Timestamp::from_secs(to)).expect("in order")
    }

    fn lane(number: u32) -> Lane {
        Lane {
            key: number.to_string(),
            label: format!("web-{number}"),
            resource: None,
            region: "us-south".into(),
            n_events: 1_200,
            n_failures: 7,
            findings: Vec::new(),
            spans: Vec::new(),
            existence: Vec::new(),
            marks: vec![Mark {
                row: RowId(number),
                at: Timestamp::from_secs(10),
                outcome: Outcome::Failure,
                has_effect: true,
                crowd: None,
            }],
        }
    }

    fn lanes(n: u32) -> Lanes {
        Lanes {
            lanes: (0..n).map(lane).collect(),
            groups: vec![LaneGroup {
                region: "us-south".into(),
                city: "Dallas".into(),
                first_lane: 0,
                n_lanes: n,
                n_with_marks: n,
            }],
            gaps: vec![Gap {
                region: "us-south".into(),
                range: range(40, 60),
                reason: GapReason::Failed,
                words: "failed (429)".into(),
            }],
            ..crate::screen::report::tests::no_lanes(range(0, 100), n)
        }
    }

    fn drawn(n: u32, part: impl Fn(&LaneRows) -> Part) -> Picture {
        let answers = [Arc::new(lanes(n))];
        let rows = LaneRows::new(&answers[0].groups, n, ROW_PX, |_| false);
        timeline_picture(&Subject {
            about: &crate::screen::report::tests::about(),
            answers: &answers,
            rows: &rows,
            part: part(&rows),
            by: LaneKey::Resource,
            window: range(0, 100),
            held: Some(range(0, 90)),
            query: "outcome:failure",
            find: "web",
            chart_px: 900.0,
            tells_gaps: true,
            measure: &approximate_width,
        })
    }

    fn texts(picture: &Picture) -> Vec<&str> {
        let texts = picture.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn it_says_by_which_query_and_time_as_of_when_and_what_was_not_fetched() {
        let picture = drawn(3, Part::all);
        let said = texts(&picture);
        for words in [
            DEMO,
            "Acme production: timeline of resources",
            "outcome:failure",
            "web",
            "1 Jan 00:00 – 1 Jan 00:01:40 +00:00",
            "all lanes",
            "all times +00:00",
            "1 time not fetched, hatched in the picture",
            "us-south, 1 Jan 00:00:40 – 1 Jan 00:01 +00:00: failed (429)",
            "suspended",
            "failure",
            "us-south",
            "Dallas",
            "web-2",
            "1,200",
        ] {
            assert!(said.contains(&words), "{words} in {said:?}");
        }
        let file = svg(&picture, &Colours::light());
        assert!(
            file.contains("As of: 31 Mar 2026"),
            "the description says it too"
        );
    }

    #[test]
    fn the_lanes_in_sight_are_whole_rows_and_the_others_are_counted() {
        let in_sight = |rows: &LaneRows| Part::in_sight(rows, 3.5 * ROW_PX, 2.0 * ROW_PX);
        let picture = drawn(40, in_sight);
        let said = texts(&picture);
        for (label, is_there) in [
            ("web-1", false),
            ("web-2", true),
            ("web-3", true),
            ("web-4", true),
            ("web-5", false),
        ] {
            assert_eq!(said.contains(&label), is_there, "{label}");
        }
        let left_out = "3 of 40 lanes, from us-south on. The other 37 are not in this picture.";
        assert!(said.contains(&left_out), "{said:?}");
    }

    #[test]
    fn all_lanes_end_where_a_picture_is_full_and_it_says_so() {
        let picture = drawn(MOST_LANES + 20, Part::all);
        let said = texts(&picture);
        assert!(said.contains(&"web-499") && !said.contains(&"web-500"));
        let left_out = "500 of 520 lanes, from us-south on. The other 20 are not in this picture. A picture holds 500 at most.";
        assert!(said.contains(&left_out), "{said:?}");
    }

    #[test]
    fn sheets_hold_every_row_once() {
        let part = Part {
            top: 22.0,
            bottom: 22.0 * 61.0,
        };
        let sheets = part.sheets(22.0 * 25.0);
        let ends: Vec<f64> = sheets.iter().map(|sheet| sheet.bottom / 22.0).collect();
        assert_eq!(ends, [26.0, 51.0, 61.0]);
        assert!(sheets.windows(2).all(|two| two[0].bottom == two[1].top));
    }

    #[test]
    fn everything_stands_on_the_sheet() {
        let picture = drawn(12, Part::all);
        for shape in &picture.shapes {
            let (y, x) = match shape {
                Shape::Text { x, y, .. } | Shape::Body { x, y, .. } => (*y, *x),
                Shape::Fill { rect, .. } | Shape::Hatch { rect } => (rect.middle(), rect.x),
                _ => continue,
            };
            assert!(y > 0.0 && y < picture.height, "{shape:?}");
            assert!(x >= 0.0 && x < picture.width, "{shape:?}");
        }
    }
}
