//! One resource as a picture: who it is, its tracks with what each holds, its findings, and its events as rows of text up
//! to [`MOST_EVENTS`]. The whole record with its blame is the print's.

use super::About;
use super::DEMO;
use super::gap;
use super::life::Life;
use super::life::Numbers;
use crate::chart::Font;
use crate::chart::Ink;
use crate::chart::Measure;
use crate::chart::Rect;
use crate::chart::Shape;
use crate::chart::TimeScale;
use crate::chart::axis::draw_two_levels;
use crate::chart::finding_marks::FindingPoint;
use crate::chart::finding_marks::draw_findings;
use crate::chart::finding_marks::placed_findings;
use crate::chart::life::AXIS_PX;
use crate::chart::life::EVENTS_PX;
use crate::chart::life::LifeBox;
use crate::chart::life::TRACK_PX;
use crate::chart::life::draw_events;
use crate::chart::life::draw_tracks;
use crate::chart::paper::BODY;
use crate::chart::paper::BODY_STRONG;
use crate::chart::paper::Cell;
use crate::chart::paper::HEAD;
use crate::chart::paper::MARGIN;
use crate::chart::paper::Paper;
use crate::chart::paper::Picture;
use crate::chart::paper::TITLE;
use crate::chart::paper::moved;
use crate::chart::shape::fitted;
use crate::chart::ticks::two_levels;
use crate::protocol::HistoryEvent;
use crate::protocol::Mark;
use crate::screen::words;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// So many events stand in the picture at most; it says how many it leaves out.
pub const MOST_EVENTS: usize = 200;
/// So many findings and unfetched times are told in words at most.
const MOST_NOTES: usize = 100;

const WIDTH: f64 = 1440.0;
const LABEL_PX: f64 = 168.0;
const VALUES_PX: f64 = 400.0;
const NAME_PX: f64 = 104.0;
const ROW_PX: f64 = 20.0;
/// Findings stand here in the strip of events.
const FINDINGS_Y: f64 = 11.0;

#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub about: &'a About,
    pub life: Life<'a>,
    /// The newest, in words.
    pub events: &'a [HistoryEvent],
    /// The time that is drawn; `None`: nothing of it is dated.
    pub window: Option<TimeRange>,
    pub measure: Measure<'a>,
}

pub fn resource_picture(subject: &Subject<'_>) -> Picture {
    let (about, life) = (subject.about, subject.life);
    let numbers = Numbers::of(life.page);
    let mut paper = Paper::new(WIDTH, subject.measure);
    if about.is_demo {
        paper.text(DEMO, Ink::Fail, BODY_STRONG);
    }
    paper.text(life.name(), Ink::Text, TITLE);
    paper.space(4.0);
    for (name, text) in life.facts() {
        paper.named(name, &text, NAME_PX);
    }
    paper.named("As of", &about.as_of_words(), NAME_PX);
    if let Some(deployment) = &about.deployment {
        paper.named("Source", deployment, NAME_PX);
    }
    paper.space(12.0);
    if let Some(window) = subject.window {
        tracks(subject, window, &mut paper);
    }
    notes(subject, &numbers, &mut paper);
    events(subject, &mut paper);
    paper.space(12.0);
    paper.text(
        &format!("Lifeline {}", crate::BUILD),
        Ink::Text3,
        Font::LABEL,
    );
    let title = format!("{}: lifecycle history", life.name());
    let description = description(subject);
    paper.finish(title, description)
}

/// The tracks alone, with their labels, axis and events: what a printed page shows above its tables.
pub fn tracks_picture(subject: &Subject<'_>, width: f64) -> Picture {
    let mut paper = Paper::new(width, subject.measure);
    paper.space(-MARGIN);
    if let Some(window) = subject.window {
        lanes(subject, window, width - 2.0 * MARGIN - LABEL_PX, &mut paper);
    }
    paper.space(-MARGIN);
    let title = format!("Tracks of {}", subject.life.name());
    let mut picture = paper.finish(title, description(subject));
    // Paper has margins of its own; to the right there is half a mark.
    picture.width -= MARGIN + MARGIN / 2.0;
    let shapes = picture.shapes.into_iter();
    picture.shapes = shapes.map(|shape| moved(shape, -MARGIN, 0.0)).collect();
    picture
}

fn description(subject: &Subject<'_>) -> String {
    let (about, clock) = (subject.about, subject.life.clock);
    let window = subject.window.map_or_else(String::new, |window| {
        format!(
            " Tracks from {} {}.",
            words::range(window, clock),
            words::offset(window.from(), clock)
        )
    });
    let said = format!(
        "Lifecycle history of {}.{window} As of {}",
        subject.life.page.head.id,
        about.as_of_words()
    );
    match about.is_demo {
        true => format!("{said} {DEMO}"),
        false => said,
    }
}

/// The lanes with what each track holds now beside them.
fn tracks(subject: &Subject<'_>, window: TimeRange, paper: &mut Paper<'_>) {
    let (life, clock) = (subject.life, subject.life.clock);
    let at = format!(
        "Tracks over {} {}",
        words::range(window, clock),
        words::offset(window.from(), clock)
    );
    paper.text(&at, Ink::Text, HEAD);
    paper.space(4.0);
    let chart_px = paper.room() - LABEL_PX - VALUES_PX;
    let values_x = LABEL_PX + chart_px + 16.0;
    let mut values = Vec::new();
    let columns = [(0.0, 128.0), (136.0, 144.0), (288.0, 96.0)];
    let mut put = |place: usize, text: &str, y: f64, ink: Ink, font: Font| {
        let (x, room) = columns[place];
        if let Some(text) = fitted(text, room, 24.0, font, subject.measure) {
            values.push(Shape::text(values_x + x, y, text, ink, font));
        }
    };
    let near = life.page.last.unwrap_or(Timestamp::MIN);
    let when = format!("When, {}", words::offset(near, clock));
    for (place, name) in ["Now", "Set by", when.as_str()].into_iter().enumerate() {
        put(place, name, AXIS_PX * 0.74, Ink::Text3, Font::LABEL);
    }
    for (track, held) in life.held().iter().enumerate() {
        let y = AXIS_PX + (track as f64 + 0.5) * TRACK_PX;
        put(0, &held.value, y, Ink::Text, BODY);
        put(1, words::short_name(&held.by), y, Ink::Text2, BODY);
        put(2, &held.when, y, Ink::Text2, BODY);
    }
    let top = paper.y();
    lanes(subject, window, chart_px, paper);
    let below = top - paper.y();
    paper.put(values, 0.0, below);
    paper.space(12.0);
}

/// Axis, tracks and events with their labels, `chart_px` wide.
fn lanes(subject: &Subject<'_>, window: TimeRange, chart_px: f64, paper: &mut Paper<'_>) {
    let (life, measure) = (subject.life, subject.measure);
    let page = life.page;
    let scale = TimeScale::new(window, chart_px);
    let axis = two_levels(scale, life.clock, measure);
    let place = LifeBox {
        scale,
        axis: &axis,
        gaps: &page.gaps,
        known_to: Some(life.end),
        measure,
    };
    let tracks_px = page.tracks.len() as f64 * TRACK_PX;
    let mut shapes = Vec::new();
    draw_two_levels(&axis, chart_px, AXIS_PX, &mut shapes);
    let below = |part: Vec<Shape>, y: f64| part.into_iter().map(move |shape| moved(shape, 0.0, y));
    shapes.extend(below(draw_tracks(&page.tracks, &place).shapes, AXIS_PX));
    let marks: Vec<Mark> = page
        .events
        .iter()
        .filter_map(|event| {
            Some(Mark {
                row: event.row,
                at: event.at?,
                outcome: event.outcome,
                has_effect: event.has_effect,
                crowd: None,
            })
        })
        .collect();
    let mut strip = draw_events(&marks, &place).shapes;
    let found: Vec<FindingPoint> = page
        .findings
        .iter()
        .map(|finding| FindingPoint {
            at: finding.at,
            severity: finding.severity,
            is_firm: finding.is_firm,
        })
        .collect();
    draw_findings(&placed_findings(&found, scale), FINDINGS_Y, &mut strip);
    shapes.extend(below(strip, AXIS_PX + tracks_px));
    let height = AXIS_PX + tracks_px + EVENTS_PX;
    let right = paper.room() - LABEL_PX - chart_px + MARGIN;
    paper.put_cut(
        shapes,
        Rect::new(LABEL_PX, 0.0, chart_px, height),
        LABEL_PX + MARGIN,
        right,
    );
    let mut labels = Vec::new();
    let mut label = |text: &str, y: f64, ink: Ink| {
        if let Some(text) = fitted(text, LABEL_PX - 12.0, 24.0, BODY, measure) {
            labels.push(Shape::text(0.0, y, text, ink, BODY));
        }
    };
    for (place, track) in page.tracks.iter().enumerate() {
        let y = AXIS_PX + (place as f64 + 0.5) * TRACK_PX;
        label(&life.track_label(track), y, Ink::Text);
    }
    let n_events = format!("Events {}", words::count(page.events.len() as u64));
    label(&n_events, AXIS_PX + tracks_px + 29.0, Ink::Text);
    let offset = format!("all times {}", words::offset(window.from(), life.clock));
    label(&offset, AXIS_PX * 0.74, Ink::Text3);
    for y in [AXIS_PX - 1.0, AXIS_PX + tracks_px - 1.0, height - 1.0] {
        let rule = Rect::new(0.0, y, LABEL_PX, 1.0);
        labels.push(Shape::fill(rule, Ink::Line2));
    }
    paper.put(labels, 0.0, 0.0);
    paper.space(height);
}

/// Findings, unfetched times and what is to be known of the record, in words.
fn notes(subject: &Subject<'_>, numbers: &Numbers, paper: &mut Paper<'_>) {
    let (life, page) = (subject.life, subject.life.page);
    let findings = life.findings(numbers);
    let gaps: Vec<String> = page.gaps.iter().map(|one| gap(one, life.clock)).collect();
    let told = findings.iter().map(|finding| {
        format!(
            "{}: {}, {}, {}. {} {}",
            finding.standing, finding.kind, finding.at, finding.events, finding.words, finding.why
        )
    });
    for (head, lines) in [
        ("Findings", told.collect::<Vec<_>>()),
        ("Not fetched", gaps),
        ("To know", page.notes.clone()),
    ] {
        if lines.is_empty() {
            continue;
        }
        paper.text(head, Ink::Text, HEAD);
        paper.space(2.0);
        for line in lines.iter().take(MOST_NOTES) {
            paper.text(line, Ink::Text, BODY);
        }
        if let Some(n @ 1..) = lines.len().checked_sub(MOST_NOTES) {
            let more = format!("{} more are left out here.", words::count(n as u64));
            paper.text(&more, Ink::Text3, BODY);
        }
        paper.space(12.0);
    }
}

fn events(subject: &Subject<'_>, paper: &mut Paper<'_>) {
    let life = subject.life;
    let shown = subject.events.len().min(MOST_EVENTS);
    let head = format!("Events: {}", life.events_words(shown));
    paper.text(&head, Ink::Text, HEAD);
    paper.space(4.0);
    let columns = [44.0, 244.0, 104.0, 180.0, 280.0, 236.0, 196.0, 108.0];
    let names = [
        "No.",
        "Time",
        "Outcome",
        "Action",
        "Change",
        "Value before, set by",
        "By",
        "Address",
    ];
    let row = |texts: [&str; 8], inks: [Ink; 8], font: Font, paper: &mut Paper<'_>| {
        let mut x = 0.0;
        let cells: Vec<Cell<'_>> = columns
            .iter()
            .zip(texts)
            .zip(inks)
            .map(|((width, text), ink)| {
                let cell = Cell {
                    x,
                    room: width - 12.0,
                    text,
                    ink,
                    font,
                };
                x += width;
                cell
            })
            .collect();
        paper.row(&cells, ROW_PX);
        paper.rule(Ink::Line);
    };
    row(names, [Ink::Text3; 8], Font::LABEL, paper);
    for (place, event) in subject.events.iter().take(MOST_EVENTS).enumerate() {
        let line = life.event(place, event);
        let outcome = match line.has_failed {
            true => Ink::Fail,
            false => Ink::Text,
        };
        let (text, quiet) = (Ink::Text, Ink::Text2);
        row(
            [
                &line.number,
                &line.time,
                &line.outcome,
                &line.action,
                &line.change,
                &line.before,
                &line.by,
                &line.address,
            ],
            [quiet, text, outcome, text, text, quiet, text, quiet],
            BODY,
            paper,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Outcome;
    use crate::chart::Glyph;
    use crate::chart::approximate_width;
    use crate::protocol::HistoryPage;
    use crate::screen::report::life::tests::page;
    use crate::screen::report::life::tests::row;
    use crate::screen::report::tests::about;
    use crate::time::Clock;

    fn window(page: &HistoryPage) -> Option<TimeRange> {
        TimeRange::new(page.first?, page.last?)
    }

    fn drawn<R>(n: u32, draw: impl FnOnce(&Subject<'_>) -> R) -> R {
        let page = page(n);
        let told = n.min(MOST_EVENTS as u32);
        let events: Vec<HistoryEvent> = (0..told).map(|n| row(n, Outcome::Failure)).collect();
        draw(&Subject {
            about: &about(),
            life: Life {
                page: &page,
                end: page.last.expect("dated"),
                clock: Clock::UTC,
            },
            events: &events,
            window: window(&page),
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
    fn it_holds_who_it_is_about_its_tracks_findings_gaps_and_events() {
        let picture = drawn(3, resource_picture);
        let said = texts(&picture);
        for words in [
            DEMO,
            "web-7",
            "118723406",
            "Acme production",
            "Existence",
            "Power",
            "Port eth0 (inferred)",
            "all times +00:00",
            "Findings",
            "Firm, high: Act after the end, 1 Mar 2026 00:00:30.000 +00:00, no. 2, 1. It was powered on after its end. Both regions were fetched in full.",
            "Ports are inferred.",
            "Events: 3 events, newest first",
            "none, refused (403)",
            "192.0.2.10",
        ] {
            assert!(said.contains(&words), "{words} in {said:?}");
        }
        assert!(said.iter().any(|text| text.ends_with("failed (429)")));
        let firm = picture.shapes.iter().filter(|shape| {
            matches!(
                shape,
                Shape::Mark {
                    glyph: Glyph::Firm,
                    ..
                }
            )
        });
        assert_eq!(firm.count(), 1, "two of one instant are one mark");
        assert!(picture.title.starts_with("web-7"));
        assert!(picture.description.contains("118723406") && picture.description.ends_with(DEMO));
    }

    #[test]
    fn events_past_the_most_are_counted_and_not_drawn() {
        let picture = drawn(1_200, resource_picture);
        let said = texts(&picture);
        let head = "Events: The newest 200 of 1,200 events. The other 1,000 are left out here.";
        assert!(said.contains(&head), "{said:?}");
        let rows = said.iter().filter(|text| **text == "192.0.2.10").count();
        assert_eq!(rows, MOST_EVENTS);
    }

    #[test]
    fn parts_stand_below_each_other_and_on_the_sheet() {
        for picture in [
            drawn(30, resource_picture),
            drawn(30, |subject| tracks_picture(subject, 880.0)),
        ] {
            let mut lines: Vec<(f64, f64)> = Vec::new();
            for shape in &picture.shapes {
                let Shape::Text {
                    x, y, text, font, ..
                } = shape
                else {
                    continue;
                };
                assert!(*y > 0.0 && *y < picture.height, "{shape:?}");
                assert!(*x >= 0.0, "{shape:?}");
                let right = x + approximate_width(text, *font);
                assert!(
                    right <= picture.width + 0.5,
                    "{shape:?} of {}",
                    picture.width
                );
                // Two texts that begin at one place stand a line apart.
                let near = |(left, top): &(f64, f64)| left == x && (top - y).abs() < 10.0;
                assert!(!lines.iter().any(near), "{shape:?}");
                lines.push((*x, *y));
            }
            assert!(lines.len() > 5);
        }
    }

    #[test]
    fn a_resource_without_a_dated_event_has_no_tracks_to_draw() {
        let picture = drawn(1, |subject| {
            resource_picture(&Subject {
                window: None,
                ..*subject
            })
        });
        let said = texts(&picture);
        assert!(said.contains(&"web-7") && !said.contains(&"Existence"));
    }
}
