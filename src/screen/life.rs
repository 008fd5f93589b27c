//! A resource's life in words: values, since when, by whom and on what ground, changes.
//! Says no more than the record: "seen" where an event only shows a value, "set by" where one gave it.

use crate::protocol::Basis;
use crate::protocol::ChangeView;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::protocol::TrackView;
use crate::screen::words;
use crate::time::Clock;
use crate::time::Timestamp;
use crate::time::written;
use chrono::Datelike;

/// `On`, `Reclaimed`, `Not recorded`: for swatches and columns of states.
pub fn state_word(value: SpanValue) -> &'static str {
    match value {
        SpanValue::Unknown => "Not recorded",
        SpanValue::On => "On",
        SpanValue::Off => "Off",
        SpanValue::Suspended => "Suspended",
        SpanValue::Rescue => "Rescue",
        SpanValue::Live => "Live",
        SpanValue::Reclaimed => "Reclaimed",
        SpanValue::Deleted => "Deleted",
        SpanValue::Absent => "Disabled",
        SpanValue::Value => "Set",
    }
}

/// The name of a value's look, for style sheets: `on`, `unknown`.
pub fn look(value: SpanValue) -> &'static str {
    match value {
        SpanValue::Unknown => "unknown",
        SpanValue::On => "on",
        SpanValue::Off | SpanValue::Absent => "off",
        SpanValue::Suspended => "suspended",
        SpanValue::Rescue => "rescue",
        SpanValue::Live | SpanValue::Value => "value",
        SpanValue::Reclaimed | SpanValue::Deleted => "ended",
    }
}

pub fn is_ended(value: SpanValue) -> bool {
    matches!(value, SpanValue::Reclaimed | SpanValue::Deleted)
}

/// `22 Mar 09:00`; the year stands where it is another than that of `near`.
pub fn stamp(at: Timestamp, clock: Clock, near: Timestamp) -> String {
    let wall = clock.wall(at);
    let form = match wall.year() == clock.wall(near).year() {
        true => "%-d %b %H:%M",
        false => "%-d %b %Y %H:%M",
    };
    written(wall, form)
}

/// `22 Mar 09:00`; of another year than that of `near` the day alone, `22 Mar 2025`: for narrow columns.
pub fn short_stamp(at: Timestamp, clock: Clock, near: Timestamp) -> String {
    let wall = clock.wall(at);
    let form = match wall.year() == clock.wall(near).year() {
        true => "%-d %b %H:%M",
        false => "%-d %b %Y",
    };
    written(wall, form)
}

/// `22 Mar 2026 09:00:03.417`: rows of events, to the millisecond.
pub fn full_stamp(at: Timestamp, clock: Clock) -> String {
    written(clock.wall(at), "%-d %b %Y %H:%M:%S%.3f")
}

/// The span that holds `at`; a change at exactly `at` has happened.
pub fn span_at(spans: &[SpanView], at: Timestamp) -> Option<usize> {
    spans
        .partition_point(|span| span.from.is_none_or(|from| from <= at))
        .checked_sub(1)
        .filter(|index| spans[*index].to.is_none_or(|to| at < to))
}

/// Whether nobody watched at that instant: the value is carried there.
pub fn is_carried_at(span: &SpanView, at: Timestamp) -> bool {
    span.carried.iter().any(|part| part.contains(at))
}

/// How a resource came to be, as far as its existence track tells.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Beginning<'a> {
    /// Provisioned or created: the span that this began.
    Born(&'a SpanView),
    /// It was there already when an event first showed it.
    Seen(Timestamp),
    NotRecorded,
}

pub fn beginning(tracks: &[TrackView]) -> Beginning<'_> {
    let live = track(tracks, "existence")
        .iter()
        .find(|span| span.value == SpanValue::Live);
    match live.map(|span| (span, span.basis, span.from)) {
        Some((span, Some(Basis::Set | Basis::Implied), _)) => Beginning::Born(span),
        Some((_, _, Some(from))) => Beginning::Seen(from),
        _ => Beginning::NotRecorded,
    }
}

/// What it is now, at the end of the record: its power while it lives and that is recorded, else its existence.
pub fn now(tracks: &[TrackView]) -> Option<&SpanView> {
    let existence = track(tracks, "existence").last()?;
    let power = track(tracks, "power").last();
    Some(match power {
        Some(power) if existence.value == SpanValue::Live && power.value != SpanValue::Unknown => {
            power
        }
        _ => existence,
    })
}

/// The spans of a track by its name; none where it has none.
pub fn track<'a>(tracks: &'a [TrackView], name: &str) -> &'a [SpanView] {
    tracks
        .iter()
        .find(|track| track.name == name)
        .map_or(&[], |track| &track.spans)
}

/// Who gave a value, for a narrow column: a name, `seen`, `implied`, `not recorded`.
pub fn set_by(span: &SpanView) -> String {
    match (span.basis, span.value, &span.initiator) {
        (Some(Basis::Seen), _, _) => "seen".into(),
        (Some(Basis::Set), _, Some(who)) => who.clone(),
        (Some(Basis::Set), _, None) => "no name recorded".into(),
        (Some(Basis::Implied), _, Some(who)) => format!("implied, {who}"),
        (Some(Basis::Implied), _, None) => "implied".into(),
        (None, _, _) => "not recorded".into(),
    }
}

/// On what ground a value stands, as a sentence's part; `through` is the label of the event that began it.
pub fn ground(span: &SpanView, through: Option<&str>) -> String {
    let event = through.unwrap_or("an event");
    match (span.basis, &span.initiator) {
        (Some(Basis::Set), Some(who)) if span.value == SpanValue::Unknown => {
            format!("not known from {event} by {who} on")
        }
        (Some(Basis::Set), Some(who)) => format!("set by {who} through {event}"),
        (Some(Basis::Set), None) => format!("set through {event}, no initiator's name recorded"),
        (Some(Basis::Implied), Some(who)) => format!("implied by {event} of {who}"),
        (Some(Basis::Implied), None) => format!("implied by {event}"),
        (Some(Basis::Seen), _) => {
            format!("seen in {event}; nobody is recorded to have set it then")
        }
        (None, _) => "nothing recorded says".into(),
    }
}

/// `since 22 Mar 2026 09:00:03.417 +00:00`.
pub fn since(span: &SpanView, clock: Clock) -> String {
    match (span.from, span.basis) {
        (None, _) => "since before the record".into(),
        (Some(from), Some(Basis::Seen)) => format!(
            "seen from {} {} on; since when is not recorded",
            full_stamp(from, clock),
            words::offset(from, clock)
        ),
        (Some(from), _) => format!(
            "since {} {}",
            full_stamp(from, clock),
            words::offset(from, clock)
        ),
    }
}

/// `before 3 Mar 09:14`, of a value that nothing tells of until then.
pub fn unknown_before(span: &SpanView, clock: Clock, near: Timestamp) -> Option<String> {
    let to = span.to.filter(|_| span.from.is_none())?;
    (span.value == SpanValue::Unknown).then(|| format!("before {}", stamp(to, clock, near)))
}

/// `until 23 Mar 2026 10:00:00.000 +00:00`, or why the end is not known.
pub fn until(span: &SpanView, clock: Clock) -> String {
    let Some(to) = span.to else {
        return match span.value {
            SpanValue::Unknown => "nothing later says".into(),
            SpanValue::Suspended => "no later power event; no event reports a resume".into(),
            _ => "nothing later changes it".into(),
        };
    };
    let to = format!("{} {}", full_stamp(to, clock), words::offset(to, clock));
    match (span.end_known, span.value) {
        (false, SpanValue::Suspended) => {
            format!("until {to} at the latest; no event reports a resume")
        }
        (false, _) => format!("until {to} at the latest; when it ended is not recorded"),
        (true, _) => format!("until {to}"),
    }
}

/// `carried over the gap` and the like, where parts of the span were watched by nobody.
pub fn carried(span: &SpanView, clock: Clock) -> Option<String> {
    let first = span.carried.first()?;
    let from = first.from();
    Some(format!(
        "carried from {} {} on: what happened then was not fetched",
        stamp(from, clock, span.from.unwrap_or(from)),
        words::offset(from, clock)
    ))
}

/// One change, taken apart so that the new value can stand out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeWords {
    /// `power`, `eth0`, `+`; empty where the values speak for themselves.
    pub lead: String,
    /// Empty where none is shown: a group that was joined, a track's beginning.
    pub before: String,
    pub after: String,
    /// `seen` or `implied`; empty for what was set.
    pub ground: &'static str,
}

impl ChangeWords {
    pub fn of(change: &ChangeView) -> Self {
        let (track, part) = change
            .track
            .split_once(':')
            .unwrap_or((change.track.as_str(), ""));
        let (lead, before, after) = match track {
            "power" | "image" => (track, change.before.as_str(), change.after.as_str()),
            "port" | "port-speed" => (part, change.before.as_str(), change.after.as_str()),
            "security-group" if change.after == "member" => ("+", "", part),
            "security-group" if change.after == "not member" => ("−", "", part),
            "security-group" => (part, change.before.as_str(), change.after.as_str()),
            _ => ("", change.before.as_str(), change.after.as_str()),
        };
        ChangeWords {
            lead: lead.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            ground: match change.basis {
                Basis::Set => "",
                Basis::Seen => "seen",
                Basis::Implied => "implied",
            },
        }
    }

    /// `power off → on`, `+ web-tier`, `web-7 → web-8, seen`.
    pub fn text(&self) -> String {
        let mut text = self.lead.clone();
        let mut push = |word: &str| {
            if !word.is_empty() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        };
        push(&self.before);
        if !self.before.is_empty() {
            push("→");
        }
        push(&self.after);
        if !self.ground.is_empty() {
            text.push_str(", ");
            text.push_str(self.ground);
        }
        text
    }
}

/// Who set the value that an event replaced, and when: `m.ferreira 15 Mar 14:24`.
pub fn before_words(change: &ChangeView, clock: Clock, near: Timestamp) -> String {
    let when = change.before_at.map(|at| stamp(at, clock, near));
    match (&change.before_by, when, change.before.as_str()) {
        (Some(who), Some(when), "unknown") => format!("unknown since {when}, {who}"),
        (Some(who), Some(when), _) => format!("{who} {when}"),
        (Some(who), None, _) => who.clone(),
        (None, Some(when), "unknown") => format!("unknown since {when}"),
        (None, Some(when), _) => format!("seen {when}"),
        (None, None, "") => "nothing before".into(),
        (None, None, _) => "since before the record".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RowId;
    use crate::time::TimeRange;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("readable").at
    }

    fn span(value: SpanValue, basis: Option<Basis>) -> SpanView {
        SpanView {
            value,
            text: state_word(value).to_ascii_lowercase(),
            from: basis.map(|_| at("2026-03-22T09:00:03.417Z")),
            to: None,
            basis,
            end_known: false,
            row: Some(RowId(1)),
            initiator: match basis {
                Some(Basis::Seen) | None => None,
                _ => Some("ops-oncall".into()),
            },
            carried: Vec::new(),
            order_not_recorded: false,
        }
    }

    #[test]
    fn a_value_that_was_seen_is_never_said_to_be_set() {
        let seen = span(SpanValue::Live, Some(Basis::Seen));
        assert_eq!(set_by(&seen), "seen");
        assert_eq!(
            ground(&seen, Some("Reboot")),
            "seen in Reboot; nobody is recorded to have set it then"
        );
        assert!(since(&seen, Clock::UTC).ends_with("since when is not recorded"));
    }

    #[test]
    fn a_value_that_was_set_names_who_when_and_how() {
        let set = span(SpanValue::On, Some(Basis::Set));
        assert_eq!(
            ground(&set, Some("Reboot")),
            "set by ops-oncall through Reboot"
        );
        assert_eq!(
            since(&set, Clock::UTC),
            "since 22 Mar 2026 09:00:03.417 +00:00"
        );
        let implied = span(SpanValue::On, Some(Basis::Implied));
        assert_eq!(set_by(&implied), "implied, ops-oncall");
    }

    #[test]
    fn what_nothing_says_is_called_not_recorded() {
        let unknown = span(SpanValue::Unknown, None);
        assert_eq!(since(&unknown, Clock::UTC), "since before the record");
        assert_eq!(set_by(&unknown), "not recorded");
        assert_eq!(ground(&unknown, None), "nothing recorded says");
        let near = at("2026-03-22T09:00:00Z");
        assert_eq!(unknown_before(&unknown, Clock::UTC, near), None);
        let mut until_then = unknown;
        (until_then.from, until_then.to) = (None, Some(near));
        assert_eq!(
            unknown_before(&until_then, Clock::UTC, near).as_deref(),
            Some("before 22 Mar 09:00")
        );
    }

    #[test]
    fn an_end_that_was_only_seen_is_the_latest_it_can_be() {
        let mut span = span(SpanValue::Suspended, Some(Basis::Set));
        span.to = Some(at("2026-03-23T00:00:00Z"));
        assert_eq!(
            until(&span, Clock::UTC),
            "until 23 Mar 2026 00:00:00.000 +00:00 at the latest; no event reports a resume"
        );
        span.value = SpanValue::Off;
        assert!(until(&span, Clock::UTC).ends_with("when it ended is not recorded"));
    }

    #[test]
    fn the_span_at_an_instant_has_begun_and_not_ended() {
        let mut first = span(SpanValue::Off, None);
        first.to = Some(at("2026-03-22T09:00:03.417Z"));
        let spans = [first, span(SpanValue::On, Some(Basis::Set))];
        assert_eq!(span_at(&spans, at("2026-03-22T09:00:03.417Z")), Some(1));
        assert_eq!(span_at(&spans, at("2026-03-22T09:00:03.416Z")), Some(0));
        assert_eq!(span_at(&spans[1..], at("2026-03-22T09:00:03.416Z")), None);
    }

    #[test]
    fn a_carried_value_says_from_when_it_was_not_watched() {
        let mut span = span(SpanValue::On, Some(Basis::Set));
        assert_eq!(carried(&span, Clock::UTC), None);
        span.carried =
            vec![TimeRange::new(at("2026-03-23T00:00:00Z"), Timestamp::MAX).expect("in order")];
        assert_eq!(
            carried(&span, Clock::UTC).as_deref(),
            Some("carried from 23 Mar 00:00 +00:00 on: what happened then was not fetched")
        );
        assert!(is_carried_at(&span, at("2026-03-23T00:00:00Z")));
    }

    fn tracks(existence: Vec<SpanView>, power: Vec<SpanView>) -> Vec<TrackView> {
        [("existence", existence), ("power", power)]
            .into_iter()
            .map(|(name, spans)| TrackView {
                name: name.into(),
                label: name.into(),
                is_inferred: false,
                spans,
            })
            .collect()
    }

    #[test]
    fn a_server_is_born_only_by_an_event_that_set_it_live() {
        let set = tracks(vec![span(SpanValue::Live, Some(Basis::Set))], Vec::new());
        assert!(matches!(beginning(&set), Beginning::Born(_)));
        let seen = tracks(vec![span(SpanValue::Live, Some(Basis::Seen))], Vec::new());
        assert_eq!(
            beginning(&seen),
            Beginning::Seen(at("2026-03-22T09:00:03.417Z"))
        );
        let unknown = tracks(vec![span(SpanValue::Unknown, None)], Vec::new());
        assert_eq!(beginning(&unknown), Beginning::NotRecorded);
    }

    #[test]
    fn the_state_now_is_power_of_a_live_server_and_else_its_existence() {
        let value = |existence, power| {
            let tracks = tracks(
                vec![span(existence, Some(Basis::Set))],
                vec![span(power, Some(Basis::Set))],
            );
            now(&tracks).map(|span| span.value)
        };
        use SpanValue::{Live, Off, On, Reclaimed, Unknown};
        assert_eq!(value(Live, Off), Some(Off));
        assert_eq!(value(Live, Unknown), Some(Live));
        assert_eq!(value(Reclaimed, On), Some(Reclaimed));
    }

    fn change(track: &str, before: &str, after: &str) -> ChangeView {
        ChangeView {
            track: track.into(),
            label: track.into(),
            before: before.into(),
            after: after.into(),
            basis: Basis::Set,
            before_by: None,
            before_at: None,
        }
    }

    #[test]
    fn a_change_reads_as_before_and_after() {
        for (track, before, after, text) in [
            ("power", "off", "on", "power off → on"),
            ("name", "web-7", "web-8", "web-7 → web-8"),
            ("existence", "unknown", "live", "unknown → live"),
            ("image", "", "ubuntu-24.04", "image ubuntu-24.04"),
            (
                "port:eth1",
                "enabled",
                "disabled",
                "eth1 enabled → disabled",
            ),
            ("port-speed:eth0", "", "1000 Mbps", "eth0 1000 Mbps"),
            ("security-group:web", "", "member", "+ web"),
            ("security-group:web", "member", "not member", "− web"),
        ] {
            assert_eq!(ChangeWords::of(&change(track, before, after)).text(), text);
        }
        let mut seen = change("name", "web-7", "web-8");
        seen.basis = Basis::Seen;
        assert_eq!(ChangeWords::of(&seen).text(), "web-7 → web-8, seen");
    }

    #[test]
    fn the_value_before_names_who_set_it_or_that_it_was_only_seen() {
        let near = at("2026-04-01T00:00:00Z");
        let mut c = change("power", "on", "off");
        assert_eq!(
            before_words(&c, Clock::UTC, near),
            "since before the record"
        );
        c.before_at = Some(at("2026-03-15T14:24:00Z"));
        assert_eq!(before_words(&c, Clock::UTC, near), "seen 15 Mar 14:24");
        c.before_by = Some("m.ferreira".into());
        assert_eq!(
            before_words(&c, Clock::UTC, near),
            "m.ferreira 15 Mar 14:24"
        );
        c.before_at = Some(at("2025-03-15T14:24:00Z"));
        assert_eq!(
            before_words(&c, Clock::UTC, near),
            "m.ferreira 15 Mar 2025 14:24"
        );
    }
}
