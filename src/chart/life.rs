//! The picture of one resource's life: its tracks over one scale, and below them its events with what was not fetched.
//! Knows no pointer and no list; what was drawn where comes back beside the shapes.

use super::Ink;
use super::Measure;
use super::Rect;
use super::Shape;
use super::TimeScale;
use super::axis::draw_grid;
use super::clusters::PlacedCluster;
use super::clusters::clusters;
use super::clusters::draw_cluster;
use super::segments::Turn;
use super::segments::turns;
use super::spans::PlacedSpan;
use super::spans::TRACK;
use super::spans::TrackBox;
use super::spans::draw_track;
use super::swimlane::draw_gap;
use super::swimlane::draw_plate;
use super::swimlane::draw_turns;
use super::ticks::TwoLevels;
use crate::protocol::Gap;
use crate::protocol::Mark;
use crate::protocol::SpanView;
use crate::protocol::TrackView;
use crate::time::Timestamp;

/// Days over hours, above the tracks.
pub const AXIS_PX: f64 = 32.0;
/// One track.
pub const TRACK_PX: f64 = TRACK.0;
/// Plates above, marks below.
pub const EVENTS_PX: f64 = 42.0;
/// Marks stand here in the strip of events.
const MARKS_Y: f64 = 29.0;

/// What both parts are drawn over.
#[derive(Clone, Copy)]
pub struct LifeBox<'a> {
    pub scale: TimeScale,
    pub axis: &'a TwoLevels,
    pub gaps: &'a [Gap],
    /// The last instant that anything was recorded for.
    pub known_to: Option<Timestamp>,
    pub measure: Measure<'a>,
}

/// A span of a track as it was drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct TrackSpan {
    pub track: usize,
    /// Its place in the track.
    pub span: usize,
    pub rect: Rect,
    pub is_carried: bool,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tracks {
    pub shapes: Vec<Shape>,
    pub spans: Vec<TrackSpan>,
    /// Unfetched times, with the gap's place.
    pub gaps: Vec<(Rect, usize)>,
}

impl Tracks {
    /// The span at a point: the bar answers over its track's whole height.
    pub fn span_at(&self, x: f64, y: f64) -> Option<&TrackSpan> {
        let track = (y >= 0.0).then(|| (y / TRACK_PX) as usize)?;
        self.spans
            .iter()
            .rev()
            .find(|span| span.track == track && span.rect.x <= x && x < span.rect.right())
    }
}

/// The tracks, one below the other from `y = 0`. Unfetched times cover them all. What a track held when the resource
/// ended is not drawn on past the end: nothing says that it lasted, and nothing could.
pub fn draw_tracks(tracks: &[TrackView], place: &LifeBox<'_>) -> Tracks {
    let mut drawn = Tracks::default();
    let (width, height) = (place.scale.width_px(), tracks.len() as f64 * TRACK_PX);
    draw_grid(place.axis, width, 0.0, height, &mut drawn.shapes);
    let existence = tracks
        .iter()
        .find(|track| track.name == "existence")
        .map_or(&[][..], |track| &track.spans);
    for (index, track) in tracks.iter().enumerate() {
        let lane = TrackBox {
            known_to: place.known_to,
            ..TrackBox::new(place.scale, index as f64 * TRACK_PX, TRACK, place.measure)
        };
        let is_existence = track.name == "existence";
        let placed = if is_existence {
            let placed = draw_track(&track.spans, None, &lane, &mut drawn.shapes);
            draw_turns(&track.spans, &lane, &mut drawn.shapes);
            placed
        } else {
            let (spans, places) = until_the_end(&track.spans, existence);
            draw_track(&spans, None, &lane, &mut drawn.shapes)
                .into_iter()
                .map(|span| PlacedSpan {
                    index: places[span.index],
                    ..span
                })
                .collect()
        };
        drawn.spans.extend(placed.into_iter().map(|span| TrackSpan {
            track: index,
            span: span.index,
            rect: span.rect,
            is_carried: span.is_carried,
        }));
        let line = Rect::new(0.0, lane.top + lane.height - 1.0, width, 1.0);
        drawn.shapes.push(Shape::fill(line, Ink::Line));
    }
    for (index, gap) in place.gaps.iter().enumerate() {
        let rect = draw_gap(gap, place.scale, 0.0, height, &mut drawn.shapes);
        drawn.gaps.extend(rect.map(|rect| (rect, index)));
    }
    drawn
}

/// Spans without what they would say between an end and a life after it; each with its place in `spans`.
fn until_the_end(spans: &[SpanView], existence: &[SpanView]) -> (Vec<SpanView>, Vec<usize>) {
    let ends: Vec<(Timestamp, Option<Timestamp>)> = turns(existence)
        .into_iter()
        .filter_map(|turn| match turn {
            Turn::Ended(at, _, again, _) => Some((at, again)),
            Turn::Born(..) => None,
        })
        .collect();
    let mut shown = Vec::with_capacity(spans.len());
    let mut places = Vec::with_capacity(spans.len());
    for (place, span) in spans.iter().enumerate() {
        let mut rest = Some(span.clone());
        for (end, again) in &ends {
            let Some(now) = &mut rest else { break };
            let began_before = now.from.is_none_or(|from| from < *end);
            let goes_on = now.to.is_none_or(|to| to > *end);
            if !began_before || !goes_on {
                continue;
            }
            let mut head = now.clone();
            (head.to, head.end_known) = (Some(*end), false);
            shown.push(head);
            places.push(place);
            rest = again
                .filter(|again| now.to.is_none_or(|to| to > *again))
                .map(|again| SpanView {
                    from: Some(again),
                    ..now.clone()
                });
        }
        if let Some(rest) = rest {
            shown.push(rest);
            places.push(place);
        }
    }
    (shown, places)
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct EventStrip {
    pub shapes: Vec<Shape>,
    pub clusters: Vec<PlacedCluster>,
}

impl EventStrip {
    /// The cluster or single mark at a point.
    pub fn cluster_at(&self, x: f64) -> Option<&PlacedCluster> {
        self.clusters
            .iter()
            .filter(|cluster| cluster.rect.x - 4.0 <= x && x < cluster.rect.right() + 4.0)
            .min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))
    }
}

/// The strip of events: marks, those too near each other as one with their count, and why nothing was fetched.
pub fn draw_events(marks: &[Mark], place: &LifeBox<'_>) -> EventStrip {
    let mut drawn = EventStrip::default();
    let width = place.scale.width_px();
    draw_grid(place.axis, width, 0.0, EVENTS_PX, &mut drawn.shapes);
    let mut plates_from = 0.0;
    for gap in place.gaps {
        draw_gap(gap, place.scale, 0.0, EVENTS_PX, &mut drawn.shapes);
    }
    for gap in place.gaps {
        let Some(seen) = gap.range.intersect(place.scale.window()) else {
            continue;
        };
        let at_x = place.scale.px_within(seen.from(), 0.0) + 2.0;
        let bounds = Rect::new(plates_from, 1.0, width - plates_from, 18.0);
        // Two short gaps side by side: the second one's plate would stand far from it.
        if at_x + 60.0 < plates_from {
            continue;
        }
        let plate = draw_plate(gap, at_x, bounds, place.measure, &mut drawn.shapes);
        plates_from = plate.map_or(plates_from, |plate| plate.right() + 4.0);
    }
    drawn.clusters = clusters(marks, place.scale, MARKS_Y, place.measure);
    for cluster in &drawn.clusters {
        draw_cluster(cluster, &mut drawn.shapes);
    }
    drawn
}

/// The height of a whole picture of so many tracks, axis and events included.
pub fn height_px(n_tracks: usize) -> f64 {
    AXIS_PX + n_tracks as f64 * TRACK_PX + EVENTS_PX
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;
    use crate::chart::ticks::two_levels;
    use crate::protocol::Basis;
    use crate::protocol::GapReason;
    use crate::protocol::RowId;
    use crate::protocol::SpanValue;
    use crate::time::Clock;
    use crate::time::TimeRange;

    fn secs(secs: i64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    fn span(value: SpanValue, from: i64, to: Option<i64>) -> SpanView {
        SpanView {
            value,
            text: "word".into(),
            from: Some(secs(from)),
            to: to.map(secs),
            basis: Some(Basis::Set),
            end_known: to.is_some(),
            row: Some(RowId(0)),
            initiator: None,
            carried: Vec::new(),
            order_not_recorded: false,
        }
    }

    fn track(name: &str, spans: Vec<SpanView>) -> TrackView {
        TrackView {
            name: name.into(),
            label: name.into(),
            is_inferred: false,
            spans,
        }
    }

    fn tracks_of(existence: Vec<SpanView>, power: Vec<SpanView>, gaps: &[Gap]) -> Tracks {
        let window = TimeRange::new(secs(0), secs(100)).expect("in order");
        let scale = TimeScale::new(window, 1000.0);
        let axis = two_levels(scale, Clock::UTC, &approximate_width);
        let place = LifeBox {
            scale,
            axis: &axis,
            gaps,
            known_to: None,
            measure: &approximate_width,
        };
        draw_tracks(
            &[track("existence", existence), track("power", power)],
            &place,
        )
    }

    fn ends(drawn: &Tracks, track: usize) -> Vec<(usize, f64, f64)> {
        drawn
            .spans
            .iter()
            .filter(|span| span.track == track)
            .map(|span| (span.span, span.rect.x, span.rect.right()))
            .collect()
    }

    #[test]
    fn power_is_not_drawn_on_after_the_server_was_reclaimed() {
        let drawn = tracks_of(
            vec![
                span(SpanValue::Live, 10, Some(50)),
                span(SpanValue::Reclaimed, 50, None),
            ],
            vec![span(SpanValue::On, 10, None)],
            &[],
        );
        assert_eq!(ends(&drawn, 1), [(0, 100.0, 500.0)]);
    }

    #[test]
    fn what_changes_after_the_end_is_drawn_all_the_same() {
        let drawn = tracks_of(
            vec![
                span(SpanValue::Live, 10, Some(50)),
                span(SpanValue::Reclaimed, 50, None),
            ],
            vec![
                span(SpanValue::On, 10, Some(70)),
                span(SpanValue::Off, 70, Some(90)),
            ],
            &[],
        );
        assert_eq!(ends(&drawn, 1), [(0, 100.0, 500.0), (1, 700.0, 900.0)]);
    }

    #[test]
    fn a_value_goes_on_where_a_life_begins_again() {
        let drawn = tracks_of(
            vec![
                span(SpanValue::Live, 10, Some(50)),
                span(SpanValue::Reclaimed, 50, Some(80)),
                span(SpanValue::Live, 80, None),
            ],
            vec![span(SpanValue::On, 10, Some(95))],
            &[],
        );
        assert_eq!(ends(&drawn, 1), [(0, 100.0, 500.0), (0, 800.0, 950.0)]);
    }

    #[test]
    fn a_point_finds_the_span_of_its_track_over_the_whole_height() {
        let drawn = tracks_of(
            vec![span(SpanValue::Live, 10, None)],
            vec![
                span(SpanValue::On, 10, Some(40)),
                span(SpanValue::Off, 40, None),
            ],
            &[],
        );
        let hit = |x, y| drawn.span_at(x, y).map(|span| (span.track, span.span));
        assert_eq!(hit(450.0, TRACK_PX + 1.0), Some((1, 1)));
        assert_eq!(hit(399.0, 2.0 * TRACK_PX - 1.0), Some((1, 0)));
        assert_eq!(hit(450.0, 3.0), Some((0, 0)));
        assert_eq!(hit(50.0, 3.0), None);
        assert_eq!(hit(450.0, 2.0 * TRACK_PX + 1.0), None);
    }

    #[test]
    fn an_unfetched_time_covers_every_track_and_has_its_plate_below() {
        let gap = Gap {
            region: "us-south".into(),
            range: TimeRange::new(secs(20), secs(30)).expect("in order"),
            reason: GapReason::NotAsked,
            words: "not asked".into(),
        };
        let gaps = [gap];
        let drawn = tracks_of(
            vec![span(SpanValue::Live, 10, None)],
            vec![span(SpanValue::On, 10, None)],
            &gaps,
        );
        assert_eq!(
            drawn.gaps,
            [(Rect::new(200.0, 0.0, 100.0, 2.0 * TRACK_PX), 0)]
        );
        let window = TimeRange::new(secs(0), secs(100)).expect("in order");
        let scale = TimeScale::new(window, 1000.0);
        let axis = two_levels(scale, Clock::UTC, &approximate_width);
        let strip = draw_events(
            &[],
            &LifeBox {
                scale,
                axis: &axis,
                gaps: &gaps,
                known_to: None,
                measure: &approximate_width,
            },
        );
        assert!(strip.shapes.iter().any(
            |shape| matches!(shape, Shape::Text { text, x, .. } if text == "not asked" && *x >= 200.0)
        ));
    }
}
