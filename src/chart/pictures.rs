//! Tests of lanes over small text pictures: a pixel column a character, read off the display list.
//!
//! `O` on, `S` suspended, `R` rescue, `V` value or live, the same in small letters where it is carried over a gap;
//! `-` off, `/` hatch, `~` fading out, `|` a start edge, `'` an end edge, `{` born, `}` ended, `<` `>` chevrons,
//! `.` implied (its dotted edge). Words stand as they are.

use super::Font;
use super::Glyph;
use super::Ink;
use super::Shape;
use super::TimeScale;
use super::hit_test::Hit;
use super::hit_test::hit;
use super::hit_test::mark_beside;
use super::hit_test::mark_nearest;
use super::shape::Dash;
use super::spans::LANE;
use super::spans::TRACK;
use super::spans::TrackBox;
use super::spans::draw_track;
use super::swimlane::Scene;
use super::swimlane::draw_gap;
use super::swimlane::draw_lane;
use super::swimlane::draw_marks;
use super::swimlane::draw_plate;
use super::swimlane::draw_turns;
use crate::cadf::Outcome;
use crate::protocol::Basis;
use crate::protocol::Gap;
use crate::protocol::GapReason;
use crate::protocol::Lane;
use crate::protocol::Mark;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// Four pixels a character: wide enough for every form, short enough to read.
const PX: f64 = 4.0;

fn secs(secs: i64) -> Timestamp {
    Timestamp::from_secs(secs)
}

fn range(from: i64, to: i64) -> TimeRange {
    TimeRange::new(secs(from), secs(to)).expect("in order")
}

/// A second a character, from 0 to 60.
fn scale() -> TimeScale {
    TimeScale::new(range(0, 60), 60.0 * PX)
}

fn measure(text: &str, _: Font) -> f64 {
    text.chars().count() as f64 * PX
}

fn span(value: SpanValue, from: impl Into<Option<i64>>, to: impl Into<Option<i64>>) -> SpanView {
    let from = from.into();
    SpanView {
        value,
        text: format!("{value:?}").to_ascii_lowercase(),
        from: from.map(secs),
        to: to.into().map(secs),
        basis: from.map(|_| Basis::Set),
        end_known: true,
        row: None,
        initiator: None,
        carried: Vec::new(),
        order_not_recorded: false,
    }
}

fn picture(shapes: &[Shape]) -> String {
    let mut canvas = vec![' '; 60];
    let mut put = |from: f64, to: f64, sign: char| {
        let (first, end) = ((from / PX).floor(), (to / PX).ceil());
        let end = (end.max(0.0) as usize).min(60);
        canvas[(first.max(0.0) as usize).min(end)..end].fill(sign);
    };
    for shape in shapes {
        match shape {
            Shape::Fill {
                rect, ink, alpha, ..
            } if rect.height > 1.0 => {
                let sign = match ink {
                    Ink::OnFill => 'o',
                    Ink::SuspendedFill => 's',
                    Ink::RescueFill => 'r',
                    Ink::ValueFill => 'v',
                    Ink::Surface => ' ',
                    Ink::Text if rect.width == 3.0 => '}',
                    _ if rect.width == 2.0 => '|',
                    _ => '\'',
                };
                let sign = match *alpha == 1.0 {
                    true => sign.to_ascii_uppercase(),
                    false => sign,
                };
                match rect.width > 3.0 || "OSRVosrv".contains(sign) {
                    true => put(rect.x, rect.right(), sign),
                    false => put(rect.x + 0.5, rect.x + 0.6, sign),
                }
            }
            Shape::Fade { rect, .. } if rect.height > 1.0 => put(rect.x, rect.right(), '~'),
            Shape::Hatch { rect } => put(rect.x, rect.right(), '/'),
            Shape::Line { from, to, ink, .. } if *ink == Ink::OffLine => put(from.0, to.0, '-'),
            Shape::Line { from, to, dash, .. } if *dash == Dash::Implied && from.0 == to.0 => {
                put(from.0, from.0 + 0.1, '.')
            }
            Shape::Path { points, .. } if points.len() == 4 => {
                put(points[1].0, points[1].0 + 0.1, '{')
            }
            Shape::Path { points, .. } => {
                let sign = if points[1].0 > points[0].0 { '>' } else { '<' };
                put(points[1].0 - 0.1, points[1].0, sign);
            }
            Shape::Text { x, text, .. } => {
                for (i, letter) in text.chars().enumerate() {
                    let at = x + i as f64 * PX;
                    put(at, at + 0.1, letter);
                }
            }
            _ => {}
        }
    }
    canvas.into_iter().collect::<String>().trim_end().to_owned()
}

fn track(spans: &[SpanView]) -> String {
    let mut shapes = Vec::new();
    draw_track(
        spans,
        None,
        &TrackBox::new(scale(), 0.0, LANE, &measure),
        &mut shapes,
    );
    picture(&shapes)
}

fn track_with_words(spans: &[SpanView]) -> String {
    let mut shapes = Vec::new();
    draw_track(
        spans,
        None,
        &TrackBox::new(scale(), 0.0, TRACK, &measure),
        &mut shapes,
    );
    picture(&shapes)
}

fn lane(spans: Vec<SpanView>, existence: Vec<SpanView>, marks: Vec<Mark>) -> Lane {
    Lane {
        key: "k".into(),
        label: "web-7".into(),
        resource: None,
        region: "us-south".into(),
        n_events: 0,
        n_failures: 0,
        findings: Vec::new(),
        spans,
        existence,
        marks,
    }
}

fn lane_picture(spans: Vec<SpanView>, existence: Vec<SpanView>) -> String {
    let mut scene = Scene::default();
    let place = TrackBox::new(scale(), 0.0, LANE, &measure);
    draw_lane(0, &lane(spans, existence, Vec::new()), &place, &mut scene);
    draw_marks(&mut scene);
    picture(&scene.shapes)
}

use SpanValue::{Live, Off, On, Reclaimed, Rescue, Suspended, Unknown, Value};

#[test]
fn an_empty_lane_draws_nothing() {
    assert_eq!(track(&[]), "");
}

#[test]
fn on_has_edges_at_its_start_and_end_and_off_is_a_line() {
    assert_eq!(
        track(&[span(On, 5, 20), span(Off, 20, 40), span(Rescue, 40, 50)]),
        "     |OOOOOOOOOOOOO'--------------------|RRRRRRRR'"
    );
}

#[test]
fn what_began_before_the_window_has_a_chevron_and_no_start_edge() {
    assert_eq!(
        track(&[span(On, -100, 30)]),
        "<OOOOOOOOOOOOOOOOOOOOOOOOOOOO'"
    );
}

#[test]
fn an_open_end_fades_and_points_on() {
    assert_eq!(
        track(&[span(On, 30, None)]),
        "                              |OOOOOOOOOOOOOOOOOOOOOO~~~~~>~"
    );
}

#[test]
fn nothing_is_known_after_the_last_record() {
    let mut shapes = Vec::new();
    let place = TrackBox {
        known_to: Some(secs(40)),
        ..TrackBox::new(scale(), 0.0, LANE, &measure)
    };
    draw_track(&[span(On, 10, None)], None, &place, &mut shapes);
    assert_eq!(picture(&shapes), "          |OOOOOOOOOOOOOOOOOOOOOO~~~~~>~");
}

#[test]
fn a_span_past_the_window_on_either_side_is_not_drawn() {
    assert_eq!(track(&[span(On, -50, -10), span(Off, 70, None)]), "");
}

#[test]
fn unknown_is_hatched_without_edges_and_fills_all_that_is_before() {
    assert_eq!(
        track(&[span(Unknown, None, 20), span(On, 20, 40)]),
        "////////////////////|OOOOOOOOOOOOOOOOOO'"
    );
}

#[test]
fn suspended_fades_into_hatch_up_to_the_next_power_event() {
    let mut shapes = Vec::new();
    let place = TrackBox::new(scale(), 0.0, LANE, &measure);
    draw_track(
        &[span(Suspended, 10, 30), span(On, 30, 50)],
        None,
        &place,
        &mut shapes,
    );
    assert_eq!(
        picture(&shapes),
        "          |~~~~~~~~~~~~~~~~~~~|OOOOOOOOOOOOOOOOOO'"
    );
    assert!(
        matches!(&shapes[0], Shape::Hatch { rect } if rect.width == 80.0),
        "the hatch lies under the fade"
    );
}

#[test]
fn a_carried_part_is_pale_and_has_no_start_edge() {
    let mut on = span(On, 5, 50);
    on.carried = vec![range(20, 35)];
    assert_eq!(
        track(&[on]),
        "     |OOOOOOOOOOOOOOoooooooooooooooOOOOOOOOOOOOOO'"
    );
}

#[test]
fn a_value_carried_to_its_end_says_so_where_the_words_fit() {
    let mut name = span(Value, 5, 60);
    name.text = "web-7".into();
    name.carried = vec![range(20, 60)];
    assert_eq!(
        track_with_words(&[name]),
        "     |Vweb-7VVVVVVVVvvweb-7, carried over the gapvvvvvvvvvvv"
    );
}

#[test]
fn an_implied_span_has_a_dotted_start() {
    let mut on = span(On, 5, 20);
    on.basis = Some(Basis::Implied);
    assert_eq!(track(&[on]), "     .OOOOOOOOOOOOO'");
}

#[test]
fn an_end_that_is_not_known_has_no_edge() {
    let mut on = span(On, 5, 20);
    on.end_known = false;
    assert_eq!(track(&[on]), "     |OOOOOOOOOOOOOO");
}

#[test]
fn words_stand_in_a_span_where_they_fit_and_are_cut_from_46_px_on() {
    let mut image = span(Value, 2, 17);
    image.text = "ubuntu-22.04-minimal".into();
    let narrow = span(Rescue, 17, 22);
    assert_eq!(
        track_with_words(&[image, narrow, span(Off, 22, 50)]),
        "  |Vubuntu-22.0…'|RRR'-- off  --------------------"
    );
}

#[test]
fn a_span_shorter_than_three_pixels_is_drawn_three_wide_over_its_neighbours() {
    let from = Timestamp::from_millis(30_000);
    let to = Timestamp::from_millis(30_100);
    let mut shapes = Vec::new();
    let mut off = span(Off, 30, 31);
    (off.from, off.to) = (Some(from), Some(to));
    let mut before = span(On, 10, 30);
    before.to = Some(from);
    let mut after = span(On, 31, 50);
    after.from = Some(to);
    let place = TrackBox::new(scale(), 0.0, LANE, &measure);
    let placed = draw_track(&[before, off, after], None, &place, &mut shapes);
    assert_eq!(placed[1].rect.width, 3.0);
    assert!(
        matches!(shapes.last(), Some(Shape::Line { ink: Ink::OffLine, from, to, .. }) if to.0 - from.0 == 3.0),
        "the narrow one comes last"
    );
}

#[test]
fn changes_too_close_to_tell_apart_become_one_stretch_with_the_off_line_through_it() {
    let by_turns: Vec<SpanView> = (0..40)
        .map(|i| {
            let mut span = span(if i % 2 == 0 { On } else { Off }, 0, 0);
            span.from = Some(Timestamp::from_millis(10_000 + i * 500));
            span.to = Some(Timestamp::from_millis(10_500 + i * 500));
            span
        })
        .collect();
    let mut shapes = Vec::new();
    let place = TrackBox::new(scale(), 0.0, LANE, &measure);
    let placed = draw_track(&by_turns, None, &place, &mut shapes);
    assert_eq!(placed.len(), 40);
    assert!(matches!(shapes[1], Shape::Fill { ink: Ink::OnFill, alpha, .. } if alpha == 0.55));
    assert_eq!(
        picture(&shapes),
        "          ---------------------",
        "the line lies over the fill"
    );
}

#[test]
fn a_lane_that_is_zoomed_in_shows_each_phase_and_its_words_where_the_wide_view_has_no_room() {
    let spans = [span(On, 20, 21), span(Off, 21, 23), span(Rescue, 23, 24)];
    let zoomed = |from, to| {
        let mut shapes = Vec::new();
        let scale = TimeScale::new(range(from, to), 60.0 * PX);
        draw_track(
            &spans,
            None,
            &TrackBox::new(scale, 0.0, LANE, &measure),
            &mut shapes,
        );
        picture(&shapes)
    };
    assert_eq!(zoomed(0, 60), "                    |--|");
    assert_eq!(zoomed(20, 26), "|OOOOOOOO'--------------------|RRRRRRRR'");
}

#[test]
fn a_gap_bounds_what_is_known_of_a_phase_and_the_phase_goes_on_pale_after_it() {
    let mut on = span(On, 5, 40);
    on.carried = vec![range(20, 40)];
    let mut scene = Scene::default();
    let place = TrackBox::new(scale(), 0.0, LANE, &measure);
    let existence = Vec::new();
    draw_lane(
        0,
        &lane(vec![on], existence, Vec::new()),
        &place,
        &mut scene,
    );
    let gap = gap(20, 26, GapReason::NotAsked);
    draw_gap(&gap, scale(), 0.0, LANE.0, &mut scene.shapes);
    assert_eq!(
        picture(&scene.shapes),
        "     |OOOOOOOOOOOOOO//////ooooooooooooo'"
    );
}

#[test]
fn a_thousand_spans_within_a_few_pixels_cost_a_few_shapes() {
    let spans: Vec<SpanView> = (0..1000)
        .map(|i| {
            let mut span = span(if i % 2 == 0 { On } else { Off }, 0, 0);
            span.from = Some(Timestamp::from_millis(10_000 + i));
            span.to = Some(Timestamp::from_millis(10_001 + i));
            span
        })
        .collect();
    let mut shapes = Vec::new();
    draw_track(
        &spans,
        None,
        &TrackBox::new(scale(), 0.0, LANE, &measure),
        &mut shapes,
    );
    assert!(shapes.len() < 20, "{} shapes", shapes.len());
}

#[test]
fn a_live_server_without_recorded_power_takes_the_existence_fill() {
    assert_eq!(
        lane_picture(
            vec![
                span(Unknown, None, 40),
                span(On, 40, 50),
                span(Off, 50, None)
            ],
            vec![span(Unknown, None, 10), {
                let mut live = span(Live, 10, None);
                live.basis = Some(Basis::Seen);
                live
            }]
        ),
        "//////////|VVVVVVVVVVVVVVVVVVVVVVVVVVVV'|OOOOOOOO'----------"
    );
}

#[test]
fn a_birth_is_a_bracket_and_after_the_end_there_is_nothing_but_the_word() {
    let mut ended = span(Reclaimed, 30, None);
    ended.text = "reclaimed".into();
    assert_eq!(
        lane_picture(
            vec![span(On, 10, None)],
            vec![span(Live, 10, 30), ended.clone()]
        ),
        "          {OOOOOOOOOOOOOOOOOO} reclaimed"
    );
    let mut again = span(Live, 50, None);
    again.basis = Some(Basis::Set);
    ended.to = Some(secs(50));
    let twice = lane_picture(
        vec![span(On, 10, None)],
        vec![span(Live, 10, 30), ended, again],
    );
    assert_eq!(twice.matches('{').count(), 2, "{twice}");
}

#[test]
fn a_server_that_was_only_seen_has_no_birth() {
    let mut live = span(Live, 10, None);
    live.basis = Some(Basis::Seen);
    let drawn = lane_picture(Vec::new(), vec![span(Unknown, None, 10), live]);
    assert!(drawn.starts_with("//////////|VVV"), "{drawn}");
    assert!(!drawn.contains('{'));
}

#[test]
fn born_and_reclaimed_are_told_in_words_on_a_track() {
    let mut shapes = Vec::new();
    let mut ended = span(Reclaimed, 40, None);
    ended.text = "reclaimed".into();
    let existence = [span(Live, 20, 40), ended];
    let place = TrackBox::new(scale(), 0.0, TRACK, &measure);
    draw_track(&existence, Some(&existence), &place, &mut shapes);
    draw_turns(&existence, &place, &mut shapes);
    let drawn = picture(&shapes);
    assert!(drawn.contains("born"), "{drawn}");
    assert!(drawn.ends_with("reclaimed"), "{drawn}");
}

fn mark(at: i64, outcome: Outcome) -> Mark {
    Mark {
        row: RowId(at as u32),
        at: secs(at),
        outcome,
        has_effect: true,
        crowd: None,
    }
}

fn scene_of(marks: Vec<Mark>) -> Scene {
    let mut scene = Scene::default();
    let place = TrackBox::new(scale(), 0.0, LANE, &measure);
    draw_lane(
        7,
        &lane(vec![span(On, 0, 30)], Vec::new(), marks),
        &place,
        &mut scene,
    );
    draw_marks(&mut scene);
    scene
}

fn glyphs(scene: &Scene) -> Vec<Glyph> {
    scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Mark { glyph, .. } | Shape::Body { glyph, .. } => Some(*glyph),
            _ => None,
        })
        .collect()
}

#[test]
fn failures_are_drawn_after_quiet_marks_and_marks_after_spans() {
    let scene = scene_of(vec![
        mark(10, Outcome::Failure),
        mark(10, Outcome::Success),
        mark(20, Outcome::Pending),
        mark(30, Outcome::None),
    ]);
    assert_eq!(
        glyphs(&scene),
        [Glyph::Dot, Glyph::Ring, Glyph::DashedRing, Glyph::Octagon]
    );
    let first_mark = scene
        .shapes
        .iter()
        .position(|shape| matches!(shape, Shape::Halo { .. }));
    let last_span = scene
        .shapes
        .iter()
        .rposition(|shape| matches!(shape, Shape::Fill { .. }));
    assert!(last_span < first_mark);
}

#[test]
fn marks_on_the_same_pixel_are_drawn_once_and_still_all_found() {
    let scene = scene_of(vec![mark(10, Outcome::Success); 500]);
    assert_eq!(glyphs(&scene), [Glyph::Dot]);
    assert_eq!(scene.marks.len(), 500);
}

#[test]
fn the_nearest_mark_within_eleven_pixels_answers_and_a_failure_wins_a_tie() {
    let scene = scene_of(vec![
        mark(10, Outcome::Success),
        mark(10, Outcome::Failure),
        mark(14, Outcome::Success),
    ]);
    let found = |x: f64, y: f64| match hit(&scene, x, y) {
        Some(Hit::Mark(mark)) => format!("{} {:?}", mark.row.0, mark.glyph),
        Some(Hit::Span(_, index)) => format!("span {index}"),
        Some(Hit::Lane(lane)) => format!("lane {}", lane.lane),
        other => format!("{other:?}"),
    };
    assert_eq!(found(41.0, 11.0), "10 Octagon");
    assert_eq!(found(52.0, 11.0), "14 Dot");
    assert_eq!(found(66.9, 11.0), "14 Dot");
    assert_eq!(found(68.0, 11.0), "span 0");
    assert_eq!(found(200.0, 11.0), "lane 7");
    assert_eq!(found(200.0, 40.0), "None");
}

#[test]
fn arrow_keys_pass_over_no_mark_of_the_same_instant() {
    let marks = [
        mark(10, Outcome::Success),
        mark(10, Outcome::Failure),
        mark(30, Outcome::Success),
    ];
    assert_eq!(mark_beside(&marks, 0, false), Some(1));
    assert_eq!(mark_beside(&marks, 1, false), Some(2));
    assert_eq!(mark_beside(&marks, 2, false), None);
    assert_eq!(mark_beside(&marks, 2, true), Some(1));
    assert_eq!(mark_beside(&marks, 1, true), Some(0));
    assert_eq!(mark_nearest(&marks, secs(24)), Some(2));
    assert_eq!(mark_nearest(&[], secs(24)), None);
}

fn gap(from: i64, to: i64, reason: GapReason) -> Gap {
    Gap {
        region: "us-east".into(),
        range: range(from, to),
        reason,
        words: "us-east was not asked".into(),
    }
}

#[test]
fn a_gap_is_hatched_and_its_edges_stand_only_where_it_begins_and_ends() {
    let mut shapes = Vec::new();
    let rect = draw_gap(
        &gap(-30, 20, GapReason::Failed),
        scale(),
        0.0,
        66.0,
        &mut shapes,
    );
    assert_eq!(rect.map(|r| (r.x, r.right())), Some((0.0, 80.0)));
    let edges: Vec<f64> = shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { from, ink, .. } if *ink == Ink::FailSolid => Some(from.0),
            _ => None,
        })
        .collect();
    assert_eq!(edges, [80.0]);
    let outside = draw_gap(
        &gap(70, 80, GapReason::NotYet),
        scale(),
        0.0,
        66.0,
        &mut shapes,
    );
    assert_eq!(outside, None);
}

#[test]
fn a_plate_stays_within_its_bounds_or_is_left_out() {
    for (x, width) in [(0.0, 240.0), (230.0, 240.0), (0.0, 110.0), (0.0, 50.0)] {
        let bounds = super::Rect::new(10.0, 0.0, width - 10.0, 22.0);
        let mut shapes = Vec::new();
        let plate = draw_plate(
            &gap(0, 10, GapReason::Failed),
            x,
            bounds,
            &measure,
            &mut shapes,
        );
        match plate {
            Some(rect) => assert!(rect.x >= 10.0 && rect.right() <= width, "{rect:?}"),
            None => assert!(width < 100.0 && shapes.is_empty()),
        }
    }
}
