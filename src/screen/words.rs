//! Numbers, sizes, times and ranges as the screen words them. Times come in the clock's zone; whoever prints one without
//! [`offset`] says the offset beside it.

use chrono::Datelike;
use reading::decimal::rounded;

pub use crate::amounts::count;
pub use crate::amounts::counted;
pub use crate::amounts::duration;
use crate::time::Clock;
use crate::time::NANOS_PER_SEC;
use crate::time::TimeRange;
use crate::time::Timestamp;
use crate::time::written;

/// Who, where the column is narrow and the whole name is at hand: of a mail address what stands before the `@`.
pub fn short_name(who: &str) -> &str {
    match who.split_once('@') {
        Some((name, _)) if !name.is_empty() => name,
        _ => who,
    }
}

/// What, where only an id is known: of a CRN its last part.
pub fn short_target(what: &str) -> &str {
    match what.starts_with("crn:") {
        true => what.rsplit(':').find(|part| !part.is_empty()),
        false => None,
    }
    .unwrap_or(what)
}

/// Why nothing can be drawn along time, of all events held.
pub fn no_dated_event(n_events: u64) -> String {
    match n_events {
        0 => "No event is held in this tab. Open files, or choose other sources.".to_owned(),
        n => format!(
            "{}, none with a time: there is nothing to draw. The list of events has them.",
            counted(n, "event is held", "events are held")
        ),
    }
}

/// A length on the screen, to a hundredth of a pixel.
pub fn px(length: f64) -> String {
    format!("{}px", rounded(length, 2))
}

/// A part of one as a length.
pub fn percent(part: f64) -> String {
    format!("{}%", rounded(part * 100.0, 2))
}

/// `4.2 MB`, in powers of 1,000 as file managers do.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = n as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 || value >= 99.95 {
        format!("{} {}", rounded(value, 0), UNITS[unit])
    } else {
        format!("{} {}", rounded(value, 1), UNITS[unit])
    }
}

/// `03:12:07.480`: to the millisecond, as rows show it.
pub fn clock_time(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%H:%M:%S%.3f")
}

/// `03:12:07`.
pub fn clock_seconds(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%H:%M:%S")
}

/// `Wednesday 18 March 2026`.
pub fn day(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%A %-d %B %Y")
}

/// `Wed 18 Mar 2026`.
pub fn day_short(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%a %-d %b %Y")
}

/// `Tue 17 Mar 2026 03:12:07.480`, with as many digits as the event's time has, three at least.
pub fn instant(at: Timestamp, clock: Clock) -> String {
    let wall = clock.wall(at);
    let fraction = match at.nanos().rem_euclid(1_000_000) {
        0 => "%.3f",
        n if n % 1000 == 0 => "%.6f",
        _ => "%.9f",
    };
    written(wall, &format!("%a %-d %b %Y %H:%M:%S{fraction}"))
}

/// `17 Mar 2026 03:12:07`.
pub fn instant_seconds(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%-d %b %Y %H:%M:%S")
}

/// `16 Mar 18:00`, with seconds where they are not zero.
pub fn minute(at: Timestamp, clock: Clock) -> String {
    let wall = clock.wall(at);
    let seconds = at.nanos().rem_euclid(60 * NANOS_PER_SEC);
    let form = if seconds == 0 {
        "%-d %b %H:%M"
    } else {
        "%-d %b %H:%M:%S"
    };
    written(wall, form)
}

/// `16 Mar 2026 18:00`, as the range fields show and read it.
pub fn minute_with_year(at: Timestamp, clock: Clock) -> String {
    let wall = clock.wall(at);
    let seconds = at.nanos().rem_euclid(60 * NANOS_PER_SEC);
    let form = if seconds == 0 {
        "%Y-%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M:%S"
    };
    written(wall, form)
}

/// `+00:00`.
pub fn offset(at: Timestamp, clock: Clock) -> String {
    clock.offset_text(at)
}

/// `1–31 Mar 2026` for whole days, `16 Mar 18:00 – 18 Mar 06:00` otherwise; the year stands where the two differ in it or
/// `with_year` asks.
pub fn range(range: TimeRange, clock: Clock) -> String {
    let (from, to) = (range.from(), range.to());
    let (from_wall, to_wall) = (clock.wall(from), clock.wall(to));
    let midnight = chrono::NaiveTime::MIN;
    if from_wall.time() == midnight && to_wall.time() == midnight && from < to {
        let last = clock.wall(to.plus_nanos(-1));
        let (a, b) = (from_wall, last);
        if a.date() == b.date() {
            return written(a, "%-d %b %Y");
        }
        let form = match (a.year() == b.year(), a.month() == b.month()) {
            (true, true) => "%-d",
            (true, false) => "%-d %b",
            _ => "%-d %b %Y",
        };
        let dash = if form == "%-d" { "–" } else { " – " };
        return format!("{}{dash}{}", written(a, form), written(b, "%-d %b %Y"));
    }
    let same_year = from_wall.year() == to_wall.year();
    if same_year {
        format!("{} – {}", minute(from, clock), minute(to, clock))
    } else {
        format!(
            "{} {} – {} {}",
            written(from_wall, "%-d %b %Y"),
            written(from_wall, "%H:%M"),
            written(to_wall, "%-d %b %Y"),
            written(to_wall, "%H:%M")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("readable").at
    }

    fn shown(from: &str, to: &str) -> String {
        range(
            TimeRange::new(at(from), at(to)).expect("in order"),
            Clock::UTC,
        )
    }

    #[test]
    fn counts_have_separators() {
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (19_285, "19,285"),
            (10_000_000, "10,000,000"),
        ] {
            assert_eq!(count(n), text);
        }
        assert_eq!(counted(1, "event", "events"), "1 event");
    }

    #[test]
    fn a_mail_address_is_shortened_to_its_name_and_a_crn_to_its_last_part() {
        for (whole, short) in [
            ("jane.okafor@acme.example", "jane.okafor"),
            ("ci-bot", "ci-bot"),
            ("@acme", "@acme"),
            ("implied, jane@acme.example", "implied, jane"),
        ] {
            assert_eq!(short_name(whole), short);
        }
        for (whole, short) in [
            (
                "crn:v1:bluemix:public:user-management:global:a/1::user:0008",
                "0008",
            ),
            ("crn:v1:bluemix:public:kms:us-south:a/1:9f6a::", "9f6a"),
            ("crn:", "crn"),
            ("web-7:a", "web-7:a"),
        ] {
            assert_eq!(short_target(whole), short);
        }
    }

    #[test]
    fn sizes_keep_two_or_three_digits() {
        for (n, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (4_200_000, "4.2 MB"),
            (999_950, "1.0 MB"),
            (126_000_000, "126 MB"),
        ] {
            assert_eq!(bytes(n), text);
        }
    }

    #[test]
    fn a_range_of_whole_days_names_its_last_day() {
        assert_eq!(
            shown("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
            "1–31 Mar 2026"
        );
        assert_eq!(
            shown("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
            "1 Mar 2026"
        );
        assert_eq!(
            shown("2026-02-27T00:00:00Z", "2026-03-02T00:00:00Z"),
            "27 Feb – 1 Mar 2026"
        );
        assert_eq!(
            shown("2025-12-31T00:00:00Z", "2026-01-02T00:00:00Z"),
            "31 Dec 2025 – 1 Jan 2026"
        );
    }

    #[test]
    fn any_other_range_names_both_its_ends() {
        assert_eq!(
            shown("2026-03-16T18:00:00Z", "2026-03-18T06:00:00Z"),
            "16 Mar 18:00 – 18 Mar 06:00"
        );
        assert_eq!(
            shown("2025-03-16T18:00:00Z", "2026-03-18T06:00:00Z"),
            "16 Mar 2025 18:00 – 18 Mar 2026 06:00"
        );
    }

    #[test]
    fn a_time_is_worded_in_the_zone_shown() {
        let clock = Clock {
            zone: Zone::Local,
            offset_secs: |_| -5 * 3600,
        };
        let t = at("2026-03-17T03:12:07.48Z");
        assert_eq!(clock_time(t, clock), "22:12:07.480");
        assert_eq!(day(t, clock), "Monday 16 March 2026");
        assert_eq!(offset(t, clock), "-05:00");
        assert_eq!(instant(t, Clock::UTC), "Tue 17 Mar 2026 03:12:07.480");
        assert_eq!(
            instant(at("2026-03-17T03:12:07.123456Z"), Clock::UTC),
            "Tue 17 Mar 2026 03:12:07.123456"
        );
    }
}
