//! Ticks of a calendar, on one level or two, in the zone that is shown. No two labels overlap and none is cut:
//! what finds no room is left out, its tick stays.

use chrono::{Datelike, NaiveDateTime, Timelike};

use super::Font;
use super::Measure;
use super::TimeScale;
use super::calendar_step::CalendarStep;
use super::calendar_step::CalendarStep::{Days, Months, Nanos, Weeks, Years};
use super::calendar_step::STEPS;
use crate::time::Clock;
use crate::time::NANOS_PER_SEC;
use crate::time::Timestamp;
use crate::time::written;

const MILLI: i64 = 1_000_000;
const MINUTE: i64 = 60 * NANOS_PER_SEC;

/// Between a tick and its label.
const PAD: f64 = 5.0;
/// Least distance between two labels.
const GAP: f64 = 8.0;

#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    pub at: Timestamp,
    /// Where the tick stands; outside `0..=width` it is not drawn (a label pinned to the left edge has such a one).
    pub x: f64,
    /// Empty where there was no room.
    pub text: String,
    /// Left end of the label.
    pub text_x: f64,
    /// A Monday or a month's start among days.
    pub is_strong: bool,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct TwoLevels {
    /// Days over hours, weeks over days, years over months.
    pub major: Vec<Tick>,
    pub minor: Vec<Tick>,
    /// Small ticks without labels, between the minor ones.
    pub small: Vec<f64>,
}

/// `Mon 16 Mar 2026` over `12:00`: the first upper label is pinned to the left edge where its tick lies before it.
pub fn two_levels(scale: TimeScale, clock: Clock, measure: Measure<'_>) -> TwoLevels {
    let (step, small_step) = chosen_step(scale, clock, measure, |step| match is_cell(step) {
        true => 12.0,
        false => 36.0,
    });
    let mut minor = minor_ticks(scale, clock, step, measure);
    let major = major_ticks(scale, clock, major_of(step), measure);
    // Upper ticks reach down: the last day of a month doesn't stand across the line that begins the next.
    for tick in &mut minor {
        let end = tick.text_x + measure(&tick.text, Font::LABEL);
        if major.iter().any(|m| m.x > tick.text_x && m.x < end + 2.0) {
            tick.text.clear();
        }
    }
    let small = places(scale, clock, small_step)
        .into_iter()
        .map(|(_, at)| scale.px(at))
        .filter(|x| (0.0..=scale.width_px()).contains(x))
        .filter(|x| minor.iter().all(|tick| (tick.x - x).abs() > 0.5))
        .collect();
    TwoLevels {
        major,
        minor,
        small,
    }
}

/// `1 Mar  3  5  7  Mon 9`: one line that says the date where it changes.
pub fn one_level(scale: TimeScale, clock: Clock, measure: Measure<'_>) -> Vec<Tick> {
    let (step, _) = chosen_step(scale, clock, measure, |_| 40.0);
    let mut is_first = true;
    let mut ticks: Vec<Tick> = Vec::new();
    let mut taken_to = 0.0;
    for (wall, at) in places(scale, clock, step) {
        let x = scale.px(at);
        if x < -0.5 || x > scale.width_px() + 0.5 {
            continue;
        }
        let is_strong = match step {
            Days(_) => wall.day() == 1 || wall.weekday() == chrono::Weekday::Mon,
            Months(_) => wall.month() == 1,
            Nanos(_) => is_midnight(wall),
            _ => false,
        };
        let text = one_level_label(step, wall, is_first);
        let width = measure(&text, Font::LABEL);
        let text_x = x.max(0.0) + PAD;
        let fits = text_x >= taken_to && text_x + width <= scale.width_px();
        if fits {
            taken_to = text_x + width + GAP;
            is_first = false;
        }
        ticks.push(Tick {
            at,
            x,
            text: if fits { text } else { String::new() },
            text_x,
            is_strong,
        });
    }
    ticks
}

/// The finest step whose labels find room with `air` pixels more than they need.
fn chosen_step(
    scale: TimeScale,
    clock: Clock,
    measure: Measure<'_>,
    air: impl Fn(CalendarStep) -> f64,
) -> (CalendarStep, CalendarStep) {
    let from = clock.wall(scale.from());
    STEPS
        .into_iter()
        .find(|(step, _)| {
            let px = step.nanos() / scale.nanos_per_px();
            px >= 20.0 && px >= measure(&widest_label(*step, from), Font::LABEL) + air(*step)
        })
        .unwrap_or(STEPS[STEPS.len() - 1])
}

fn widest_label(step: CalendarStep, wall: NaiveDateTime) -> String {
    match step {
        Days(_) | Weeks => "30".into(),
        Months(_) => "May".into(),
        _ => minor_label(step, wall),
    }
}

/// All places of a step in the window and one before and after, as wall-clock time and instant, strictly rising:
/// an hour that a clock change skips has no place of its own.
fn places(scale: TimeScale, clock: Clock, step: CalendarStep) -> Vec<(NaiveDateTime, Timestamp)> {
    let most = scale.width_px() as usize / 4 + 16;
    let mut found: Vec<(NaiveDateTime, Timestamp)> = Vec::new();
    let mut next = step.floor(clock.wall(scale.from()));
    while let Some(wall) = next {
        let Some(at) = clock.instant(wall) else { break };
        if found.last().is_none_or(|(_, last)| *last < at) {
            // The wall is read back, so that a label never names a time that did not exist.
            found.push((clock.wall(at), at));
        }
        if at > scale.to() || found.len() > most {
            break;
        }
        next = step.next(wall);
    }
    found
}

fn minor_ticks(
    scale: TimeScale,
    clock: Clock,
    step: CalendarStep,
    measure: Measure<'_>,
) -> Vec<Tick> {
    let width = scale.width_px();
    let places = places(scale, clock, step);
    let mut taken_to = 0.0;
    let mut ticks = Vec::new();
    for (i, &(wall, at)) in places.iter().enumerate() {
        let x = scale.px(at);
        let label = minor_label(step, wall);
        let label_px = measure(&label, Font::LABEL);
        let text_x = if is_cell(step) {
            // The name of a day, a month or a year stands in the middle of what is seen of it.
            let end = places.get(i + 1).map_or(width, |(_, next)| scale.px(*next));
            let (left, right) = (x.max(0.0), end.min(width));
            ((right - left) >= label_px + 4.0).then(|| (left + right - label_px) / 2.0)
        } else {
            (x >= -0.5).then_some(x + PAD)
        };
        let text_x = text_x.filter(|tx| *tx >= taken_to && tx + label_px <= width);
        if text_x.is_none() && !(-0.5..=width + 0.5).contains(&x) {
            continue;
        }
        if let Some(tx) = text_x {
            taken_to = tx + label_px + GAP.min(4.0);
        }
        ticks.push(Tick {
            at,
            x,
            text: text_x.map_or(String::new(), |_| label),
            text_x: text_x.unwrap_or(x),
            is_strong: false,
        });
    }
    ticks
}

fn major_ticks(
    scale: TimeScale,
    clock: Clock,
    step: CalendarStep,
    measure: Measure<'_>,
) -> Vec<Tick> {
    let width = scale.width_px();
    let places = places(scale, clock, step);
    let mut ticks: Vec<Tick> = Vec::new();
    let mut said: Option<NaiveDateTime> = None;
    for (i, &(wall, at)) in places.iter().enumerate() {
        let x = scale.px(at);
        if x > width {
            break;
        }
        let end = places
            .get(i + 1)
            .map_or(width, |(_, next)| scale.px(*next) - GAP + PAD);
        let text_x = x.max(0.0) + PAD + 1.0;
        // What is pinned to the left edge tells of the middle of what is seen of it: not of the hour before a month.
        let seen_wall = clock.wall(scale.time_from_px((x.max(0.0) + end.min(width)) / 2.0));
        let room = end.min(width) - text_x;
        let forms = if x < -0.5 {
            pinned_forms(step, wall, seen_wall)
        } else {
            major_forms(step, wall, said)
        };
        let text = forms
            .into_iter()
            .find(|form| measure(form, Font::STRONG) <= room)
            .unwrap_or_default();
        if !text.is_empty() {
            said = Some(if x < -0.5 { seen_wall } else { wall });
        }
        if x >= -0.5 || !text.is_empty() {
            ticks.push(Tick {
                at,
                x,
                text,
                text_x,
                is_strong: true,
            });
        }
    }
    ticks
}

fn major_of(minor: CalendarStep) -> CalendarStep {
    match minor {
        // Tenths of seconds leave a second too narrow for its whole date: they are written out under the day.
        Nanos(step) if step < 100 * MILLI => Nanos(NANOS_PER_SEC),
        Nanos(_) => Days(1),
        Days(1) => Weeks,
        Days(_) | Weeks => Months(1),
        Months(_) => Years(1),
        Years(years) if years < 10 => Years(10),
        Years(_) => Years(100),
    }
}

/// A step whose label names all the time to the next tick.
fn is_cell(step: CalendarStep) -> bool {
    matches!(step, Days(1) | Months(1) | Years(1))
}

fn is_midnight(wall: NaiveDateTime) -> bool {
    wall.num_seconds_from_midnight() == 0 && wall.nanosecond() == 0
}

fn minor_label(step: CalendarStep, wall: NaiveDateTime) -> String {
    match step {
        Nanos(nanos) if nanos < NANOS_PER_SEC => {
            let digits = fraction_digits(nanos);
            let text = format!("{:09}", wall.nanosecond() % NANOS_PER_SEC as u32);
            match nanos < 100 * MILLI {
                true => format!(".{}", &text[..digits]),
                false => format!("{}.{}", written(wall, "%H:%M:%S"), &text[..digits]),
            }
        }
        Nanos(nanos) if nanos < MINUTE => written(wall, "%H:%M:%S"),
        Nanos(_) => written(wall, "%H:%M"),
        Days(_) | Weeks => wall.day().to_string(),
        Months(_) => written(wall, "%b"),
        Years(_) => wall.year().to_string(),
    }
}

/// Digits after the point that tell neighbours apart: 1 for 100 ms and more, 6 for a microsecond.
fn fraction_digits(nanos: i64) -> usize {
    match nanos {
        n if n >= 100 * MILLI => 1,
        n if n >= 10 * MILLI => 2,
        n if n >= MILLI => 3,
        n if n >= MILLI / 10 => 4,
        n if n >= MILLI / 100 => 5,
        _ => 6,
    }
}

/// From long to short; the year is said first and whenever it changes.
fn major_forms(
    step: CalendarStep,
    wall: NaiveDateTime,
    said: Option<NaiveDateTime>,
) -> Vec<String> {
    let says_year = said.is_none_or(|before| before.year() != wall.year());
    let formats: &[&str] = match step {
        Nanos(_) if said.is_none_or(|before| before.date() != wall.date()) => {
            &["%a %-d %b %Y %H:%M:%S", "%-d %b %Y %H:%M:%S"]
        }
        Nanos(_) => &["%H:%M:%S"],
        Days(_) if says_year => &["%a %-d %b %Y", "%-d %b %Y"],
        Days(_) => &["%a %-d %b %Y", "%a %-d %b", "%a %-d", "%-d"],
        Weeks if says_year => &["%a %-d %b %Y", "%-d %b %Y"],
        Weeks => &["%a %-d %b", "%a %-d", "%-d"],
        Months(_) if says_year => &["%B %Y", "%b %Y"],
        Months(_) => &["%B %Y", "%b %Y", "%b"],
        Years(1) => &["%Y"],
        Years(_) => &["%Ys"],
    };
    formats.iter().map(|format| written(wall, format)).collect()
}

/// What stands at the left edge when the period began before it.
fn pinned_forms(step: CalendarStep, wall: NaiveDateTime, seen: NaiveDateTime) -> Vec<String> {
    match step {
        // A Monday that is not in sight would name the wrong days.
        Weeks => major_forms(Months(1), seen, None),
        _ => major_forms(step, wall, None),
    }
}

fn one_level_label(step: CalendarStep, wall: NaiveDateTime, is_first: bool) -> String {
    let format = match step {
        Nanos(_) if is_first => {
            return format!("{} {}", written(wall, "%-d %b"), minor_label(step, wall));
        }
        Nanos(_) if is_midnight(wall) => "%a %-d",
        Days(_) if wall.day() == 1 && wall.month() == 1 => "%-d %b %Y",
        Days(_) if is_first || wall.day() == 1 => "%-d %b",
        Days(_) if wall.weekday() == chrono::Weekday::Mon => "%a %-d",
        Weeks => "%-d %b",
        Months(_) if wall.month() == 1 => "%Y",
        Months(_) if is_first => "%b %Y",
        _ => return minor_label(step, wall),
    };
    written(wall, format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::approximate_width;
    use crate::time::TimeRange;
    use crate::time::Zone;
    use proptest::prelude::*;

    fn window(from: &str, to: &str, width: f64) -> TimeScale {
        let at = |text| Timestamp::parse(text).expect("readable").at;
        TimeScale::new(TimeRange::new(at(from), at(to)).expect("in order"), width)
    }

    fn labels(ticks: &[Tick]) -> String {
        let shown: Vec<&str> = ticks
            .iter()
            .map(|tick| tick.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        shown.join(" | ")
    }

    fn levels(from: &str, to: &str, width: f64) -> (String, String) {
        let found = two_levels(window(from, to, width), Clock::UTC, &approximate_width);
        (labels(&found.major), labels(&found.minor))
    }

    #[test]
    fn two_days_show_dates_over_every_fourth_hour() {
        let (major, minor) = levels("2026-03-16T12:00:00Z", "2026-03-18T12:00:00Z", 1140.0);
        assert_eq!(major, "Mon 16 Mar 2026 | Tue 17 Mar 2026 | Wed 18 Mar 2026");
        assert_eq!(
            minor,
            "12:00 | 16:00 | 20:00 | 00:00 | 04:00 | 08:00 | 12:00 | 16:00 | 20:00 | 00:00 | 04:00 | 08:00"
        );
    }

    #[test]
    fn a_month_shows_mondays_over_days_and_says_the_year_once() {
        let (major, minor) = levels("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", 952.0);
        assert_eq!(
            major,
            "Mon 2 Mar 2026 | Mon 9 Mar | Mon 16 Mar | Mon 23 Mar | Mon 30"
        );
        assert!(minor.starts_with("1 | 2 | 3 | 4"), "{minor}");
        assert!(minor.ends_with("30 | 31"), "{minor}");
    }

    #[test]
    fn ten_years_show_years_and_a_year_shows_months() {
        let (major, minor) = levels("2016-06-01T00:00:00Z", "2026-06-01T00:00:00Z", 1000.0);
        assert_eq!(major, "2010s | 2020s");
        assert_eq!(
            minor,
            "2016 | 2017 | 2018 | 2019 | 2020 | 2021 | 2022 | 2023 | 2024 | 2025 | 2026"
        );
        let (major, minor) = levels("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", 1000.0);
        assert_eq!(major, "2026");
        assert!(minor.starts_with("Jan | Feb | Mar"), "{minor}");
    }

    #[test]
    fn a_millisecond_shows_fractions_under_the_second_they_belong_to() {
        let (major, minor) = levels(
            "2026-03-17T21:54:10.118Z",
            "2026-03-17T21:54:10.119Z",
            1000.0,
        );
        assert_eq!(major, "Tue 17 Mar 2026 21:54:10");
        assert!(minor.starts_with(".1180 | .1181 | .1182"), "{minor}");
    }

    #[test]
    fn an_hour_keeps_its_date_in_sight() {
        let (major, minor) = levels("2026-03-17T21:10:00Z", "2026-03-17T22:10:00Z", 1000.0);
        assert_eq!(major, "Tue 17 Mar 2026");
        assert!(minor.starts_with("21:10 | 21:15"), "{minor}");
    }

    #[test]
    fn one_level_names_the_month_and_the_mondays() {
        let ticks = one_level(
            window("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", 1408.0),
            Clock::UTC,
            &approximate_width,
        );
        assert_eq!(
            labels(&ticks),
            "1 Mar | 3 | 5 | 7 | Mon 9 | 11 | 13 | 15 | 17 | 19 | 21 | Mon 23 | 25 | 27 | 29 | 31"
        );
    }

    #[test]
    fn hours_are_told_in_the_zone_that_is_shown() {
        let clock = Clock {
            zone: Zone::Local,
            offset_secs: |_| 5 * 3600 + 1800,
        };
        let scale = window("2026-03-16T12:00:00Z", "2026-03-17T12:00:00Z", 1140.0);
        let found = two_levels(scale, clock, &approximate_width);
        let midnight = found.major.iter().find(|tick| tick.x > 0.0);
        let midnight = midnight.expect("a midnight in the window");
        assert_eq!(midnight.at.to_string(), "2026-03-16T18:30:00Z");
        assert_eq!(midnight.text, "Tue 17 Mar 2026");
    }

    #[test]
    fn the_hour_that_summer_time_skips_has_no_tick_and_the_next_one_is_told_right() {
        // Central Europe, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
        let clock = Clock {
            zone: Zone::Local,
            offset_secs: |at| {
                let change = 1_774_746_000 * NANOS_PER_SEC;
                if at.nanos() < change { 3600 } else { 7200 }
            },
        };
        let scale = window("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z", 1140.0);
        let found = two_levels(scale, clock, &approximate_width);
        let hours = labels(&found.minor);
        assert!(
            hours.contains("01:30 | 03:00 | 03:30") || hours.contains("01:00 | 03:00 | 04:00"),
            "{hours}"
        );
    }

    fn overlaps(ticks: &[Tick], font: Font, width: f64) -> Option<String> {
        let mut boxes: Vec<(f64, f64, &str)> = ticks
            .iter()
            .filter(|tick| !tick.text.is_empty())
            .map(|tick| {
                let end = tick.text_x + approximate_width(&tick.text, font);
                (tick.text_x, end, tick.text.as_str())
            })
            .collect();
        boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let Some(cut) = boxes.iter().find(|b| b.0 < 0.0 || b.1 > width + 1e-6) {
            return Some(format!("{cut:?} is cut"));
        }
        boxes
            .windows(2)
            .find(|pair| pair[0].1 > pair[1].0)
            .map(|pair| format!("{pair:?} overlap"))
    }

    proptest! {
        #[test]
        fn labels_never_overlap_and_are_never_cut(
            from in 0i64..1_900_000_000, exponent in 6.0f64..18.0, width in 60.0f64..2600.0, offset in -48i32..56,
        ) {
            thread_local!(static OFFSET: std::cell::Cell<i32> = const { std::cell::Cell::new(0) });
            OFFSET.set(offset * 900);
            let clock = Clock { zone: Zone::Local, offset_secs: |_| OFFSET.get() };
            let from = Timestamp::from_secs(from);
            let to = from.plus_nanos(10f64.powf(exponent) as i64);
            let scale = TimeScale::new(TimeRange::new(from, to).expect("in order"), width);
            let two = two_levels(scale, clock, &approximate_width);
            prop_assert_eq!(overlaps(&two.major, Font::STRONG, width), None);
            prop_assert_eq!(overlaps(&two.minor, Font::LABEL, width), None);
            prop_assert_eq!(overlaps(&one_level(scale, clock, &approximate_width), Font::LABEL, width), None);
            for tick in two.minor.iter().filter(|tick| !tick.text.is_empty()) {
                let end = tick.text_x + approximate_width(&tick.text, Font::LABEL);
                prop_assert!(!two.major.iter().any(|m| m.x > tick.text_x && m.x < end), "{tick:?} is crossed");
            }
            // Few enough to draw, and where there is room for a date, one is said.
            prop_assert!(two.minor.len() + two.small.len() < 1000);
            if width > 260.0 {
                prop_assert!(two.major.iter().any(|tick| !tick.text.is_empty()), "no upper label");
            }
        }
    }
}
