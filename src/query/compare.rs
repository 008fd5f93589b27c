//! One resource at T1 held against the same at T2: what began, what ended, what is another value, by which event, and what
//! neither instant tells. Says nothing of a value that nobody recorded; what became another and the same again between the
//! two has not changed, and is counted apart. A change at exactly an instant has happened at it.

use super::lives::Instant;
use super::lives::Lives;
use super::resource_views::is_carried_at;
use crate::coverage::Gap;
use crate::lifecycle::Basis;
use crate::lifecycle::Change;
use crate::lifecycle::History;
use crate::lifecycle::TrackName;
use crate::lifecycle::Value;
use crate::store::Store;
use crate::time::Timestamp;

/// Two instants in the order of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Between {
    from: Timestamp,
    to: Timestamp,
}

impl Between {
    /// The earlier one is T1, whichever was named first.
    pub fn new(one: Timestamp, other: Timestamp) -> Between {
        Between {
            from: one.min(other),
            to: one.max(other),
        }
    }

    pub fn from(self) -> Timestamp {
        self.from
    }

    pub fn to(self) -> Timestamp {
        self.to
    }
}

/// What became of a resource from T1 to T2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Not there yet at either.
    BornLater,
    Born,
    /// Reclaimed or deleted.
    Ended,
    Changed,
    Same,
    /// Nobody recorded whether it was there at one of them.
    UnknownAtFrom,
    UnknownAtTo,
}

/// One attribute at both instants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttributeChange {
    pub track: TrackName,
    /// `None`: the track had not begun.
    pub before: Option<Value>,
    pub after: Value,
    /// The event of the last change until T2.
    pub row: u32,
    pub at: Timestamp,
    /// What the last change rests on: one that is only *seen* was made at some earlier time.
    pub basis: Basis,
    pub order_not_recorded: bool,
    /// The value at that end was not watched: it is carried over unfetched time.
    pub is_carried_before: bool,
    pub is_carried_after: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    pub fate: Fate,
    /// In the order of tracks.
    pub changes: Vec<AttributeChange>,
    /// Attributes that are known at one instant only.
    pub unknown: Vec<TrackName>,
    /// Attributes that changed and are again as they were.
    pub back_again: Vec<TrackName>,
}

/// No event of its life lies after T1 and until T2: whatever it was, it is still. Told from lives alone.
pub fn is_untouched(store: &Store, lives: &Lives, ix: u32, between: Between) -> bool {
    let begun = |at| lives.begun(ix, Instant::of(store, at));
    begun(between.from) == begun(between.to)
}

/// `gaps`: the unfetched times of its region; `None` where coverage is not stated.
pub fn difference(history: &History, gaps: Option<&[Gap]>, between: Between) -> Difference {
    let mut difference = Difference {
        fate: Fate::Same,
        changes: Vec::new(),
        unknown: Vec::new(),
        back_again: Vec::new(),
    };
    for track in &history.tracks {
        let value = |at| track.at(at).map(|span| &span.value);
        let (before, after) = (value(between.from), value(between.to));
        let last = last_change(history, &track.name, between);
        let Some(after) = after else {
            continue;
        };
        // The unknown that a track begins with tells as little as no track.
        let was_known = before.is_some_and(Value::is_known);
        match (last, before == Some(after)) {
            (None, _) => {}
            (Some(_), true) if after.is_known() => difference.back_again.push(track.name.clone()),
            (Some(_), true) => {}
            (Some(_), false) if !after.is_known() || (before.is_some() && !was_known) => {
                if was_known || after.is_known() {
                    difference.unknown.push(track.name.clone());
                }
            }
            (Some(last), false) => difference.changes.push(AttributeChange {
                track: track.name.clone(),
                before: before.cloned(),
                after: after.clone(),
                row: last.key,
                at: last.at,
                basis: last.basis,
                order_not_recorded: last.order_not_recorded,
                is_carried_before: is_carried_at(history, &track.name, gaps, between.from),
                is_carried_after: is_carried_at(history, &track.name, gaps, between.to),
            }),
        }
    }
    difference.fate = fate(history, between, &difference.changes);
    difference
}

fn fate(history: &History, between: Between, changes: &[AttributeChange]) -> Fate {
    let was = history.existence_at(between.from);
    match (was, history.existence_at(between.to)) {
        (_, None) => Fate::BornLater,
        (_, Some(Value::Unknown)) => Fate::UnknownAtTo,
        (Some(Value::Unknown), Some(_)) => Fate::UnknownAtFrom,
        (None, Some(Value::Live)) => Fate::Born,
        (Some(Value::Live) | None, Some(now)) if *now != Value::Live => Fate::Ended,
        // Provisioned again after its end.
        (Some(was), Some(Value::Live)) if *was != Value::Live => Fate::Born,
        _ if changes.is_empty() => Fate::Same,
        _ => Fate::Changed,
    }
}

/// The last change of a track after T1 and until T2.
fn last_change<'a>(
    history: &'a History,
    track: &TrackName,
    between: Between,
) -> Option<&'a Change> {
    let place = |at| history.changes.partition_point(|change| change.at <= at);
    let changes = &history.changes[place(between.from)..place(between.to)];
    changes.iter().rfind(|change| change.track == *track)
}
