//! What stands beside the minimap, and what a screen reader hears of its frame.

use super::words;
use crate::amounts::duration;
use crate::chart::minimap::InSight;
use crate::protocol::LanesShort;
use crate::time::Clock;
use crate::time::written;

/// `All 291 lanes, 1 Mar 2026 – 31 Mar 2026`.
pub fn all(short: &LanesShort, clock: Clock) -> String {
    format!(
        "All {}, {}",
        words::counted(short.total.into(), "lane", "lanes"),
        days(short, clock)
    )
}

/// `Showing 23 lanes, 48 h.`
pub fn shown(sight: InSight) -> String {
    let (first, end) = sight.lanes;
    let n = u64::from(end.saturating_sub(first));
    format!(
        "Showing {}, {}.",
        words::counted(n, "lane", "lanes"),
        duration(sight.window.nanos())
    )
}

/// Of very many lanes, not each one's states were looked at.
pub fn looked_at(short: &LanesShort) -> Option<String> {
    (short.n_looked_at < short.total).then(|| {
        format!(
            "States of {} lanes stand for all; failures of all are shown.",
            words::count(short.n_looked_at.into())
        )
    })
}

fn days(short: &LanesShort, clock: Clock) -> String {
    let (from, to) = (short.window.from(), short.window.to());
    format!(
        "{} – {}",
        written(clock.wall(from), "%-d %b %Y"),
        written(clock.wall(to.plus_nanos(-1)), "%-d %b %Y")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeRange;
    use crate::time::Timestamp;

    fn range(from: &str, to: &str) -> TimeRange {
        let at = |text| Timestamp::parse(text).expect("readable").at;
        TimeRange::new(at(from), at(to)).expect("in order")
    }

    fn short(total: u32, n_looked_at: u32) -> LanesShort {
        LanesShort {
            window: range("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
            total,
            n_looked_at,
            bands: Vec::new(),
            gaps: Vec::new(),
        }
    }

    #[test]
    fn the_words_tell_all_lanes_and_what_is_shown_of_them() {
        assert_eq!(
            all(&short(291, 291), Clock::UTC),
            "All 291 lanes, 1 Mar 2026 – 31 Mar 2026"
        );
        let sight = InSight {
            window: range("2026-03-16T12:00:00Z", "2026-03-18T12:00:00Z"),
            lanes: (4, 27),
        };
        assert_eq!(shown(sight), "Showing 23 lanes, 48 h.");
    }

    #[test]
    fn a_picture_of_some_lanes_says_so() {
        assert_eq!(looked_at(&short(291, 291)), None);
        let said = looked_at(&short(50_000, 576)).expect("some");
        assert!(said.starts_with("States of 576 lanes stand for all"));
    }
}
