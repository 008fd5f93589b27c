//! What is taken away from a view to be filed: pictures of the timeline and of a resource, and a resource's life in words
//! for print. Each says what it shows, by which query and range, as of when, what was not fetched, and what it leaves out.
//! Asks for nothing: what stands in it was answered before.

pub mod life;
pub mod resource_picture;
pub mod timeline_picture;

use super::words;
use crate::protocol::Gap;
use crate::time::Clock;
use crate::time::TimeRange;
use crate::time::Timestamp;
use crate::time::written;

/// What every page and picture says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// What the deployment calls itself.
    pub deployment: Option<String>,
    pub is_demo: bool,
    /// When the newest source was asked; where none says, the last event held.
    pub as_of: Option<Timestamp>,
    pub clock: Clock,
    pub n_held: u64,
    pub n_rejected: u64,
}

pub const DEMO: &str = "Demo data, no real account.";

impl About {
    /// `31 Mar 2026 23:59:58 +00:00, 19,285 events held. 3 records could not be read.`
    pub fn as_of_words(&self) -> String {
        let when = match self.as_of {
            Some(at) => format!(
                "{} {}",
                words::instant_seconds(at, self.clock),
                words::offset(at, self.clock)
            ),
            None => "a time that nothing states".into(),
        };
        let held = words::counted(self.n_held, "event held", "events held");
        let rejected = match self.n_rejected {
            0 => String::new(),
            n => format!(
                " {} could not be read.",
                words::counted(n, "record", "records")
            ),
        };
        format!("{when}, {held}.{rejected}")
    }

    /// `lifeline-demo-timeline-2026-03-01-to-2026-04-01.svg`, as exports of events are called.
    pub fn file_name(&self, what: &str, range: Option<TimeRange>, extension: &str) -> String {
        let demo = if self.is_demo { "demo-" } else { "" };
        let day = |at: Timestamp| written(self.clock.wall(at), "%Y-%m-%d");
        let days = range.map_or_else(String::new, |range| {
            format!("-{}-to-{}", day(range.from()), day(range.to()))
        });
        format!("lifeline-{demo}{what}{days}.{extension}")
    }
}

/// A name as a part of a file's name: letters and digits of it, the rest as single hyphens.
pub fn for_file_name(name: &str) -> String {
    const MOST: usize = 60;
    let mut part = String::new();
    for sign in name.chars() {
        match sign.is_ascii_alphanumeric() || sign == '.' {
            true => part.push(sign.to_ascii_lowercase()),
            false if part.ends_with(['-', '.']) || part.is_empty() => {}
            false => part.push('-'),
        }
        if part.len() >= MOST {
            break;
        }
    }
    let part = part.trim_matches(['-', '.']);
    match part {
        "" => "unnamed".into(),
        part => part.into(),
    }
}

/// Whether it is known what was fetched, and how much was not.
pub fn coverage(is_stated: bool, n_gaps: usize) -> String {
    match (is_stated, n_gaps) {
        (false, _) => {
            "not stated: neither a manifest nor a service says which times were fetched".into()
        }
        (true, 0) => "stated, without a gap".into(),
        (true, n) => format!(
            "{}, hatched in the picture",
            words::counted(n as u64, "time not fetched", "times not fetched")
        ),
    }
}

/// A time that was not fetched: `us-east, 18 Mar 06:00 – 18 Mar 09:00 +00:00: failed (429)`.
pub fn gap(gap: &Gap, clock: Clock) -> String {
    format!("{}, {}", gap.region, super::timeline_words::gap(gap, clock))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Lanes;

    pub(super) fn about() -> About {
        About {
            deployment: Some("Acme production".into()),
            is_demo: true,
            as_of: Some(Timestamp::from_secs(1_774_999_998)),
            clock: Clock::UTC,
            n_held: 19_285,
            n_rejected: 3,
        }
    }

    pub(super) fn no_lanes(window: TimeRange, total: u32) -> Lanes {
        Lanes {
            window,
            total,
            first: 0,
            lanes: Vec::new(),
            groups: Vec::new(),
            gaps: Vec::new(),
            coverage_stated: true,
            n_marks: 0,
            n_failures: 0,
            is_judged: true,
        }
    }

    #[test]
    fn a_file_says_in_its_name_that_it_is_demo_data_and_of_which_days() {
        let from = Timestamp::from_secs(1_772_323_200);
        let march = TimeRange::new(from, from.plus_nanos(31 * 86_400 * 1_000_000_000));
        assert_eq!(
            about().file_name("timeline", march, "svg"),
            "lifeline-demo-timeline-2026-03-01-to-2026-04-01.svg"
        );
        let real = About {
            is_demo: false,
            ..about()
        };
        assert_eq!(
            real.file_name("timeline", None, "png"),
            "lifeline-timeline.png"
        );
    }

    #[test]
    fn any_name_becomes_a_part_of_a_file_name() {
        for (name, part) in [
            ("Web-7.acme", "web-7.acme"),
            ("../../etc/passwd", "etc-passwd"),
            ("<b>x</b>", "b-x-b"),
            ("", "unnamed"),
            ("日本", "unnamed"),
        ] {
            assert_eq!(for_file_name(name), part);
        }
        assert!(for_file_name(&"a".repeat(500)).len() <= 60);
    }

    #[test]
    fn what_could_not_be_read_stands_beside_what_is_held() {
        assert_eq!(
            about().as_of_words(),
            "31 Mar 2026 23:33:18 +00:00, 19,285 events held. 3 records could not be read."
        );
    }
}
