//! What a lane says when power and existence are read together. Knows time, no pixels.

use crate::protocol::Basis;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// A stretch of one value, cut where existence changes.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment<'a> {
    pub value: SpanValue,
    pub text: &'a str,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub basis: Option<Basis>,
    pub end_known: bool,
    /// The value began at `from`; false where only existence cut it.
    pub starts_here: bool,
    pub carried: &'a [TimeRange],
    /// Place in the list it came from.
    pub index: usize,
    pub is_existence: bool,
}

/// The segments of a track, in time order. With `existence` (a lane): unknown power of a live server shows as live,
/// and after its end there is nothing.
pub fn segments<'a>(spans: &'a [SpanView], existence: Option<&'a [SpanView]>) -> Vec<Segment<'a>> {
    let Some(existence) = existence else {
        return spans
            .iter()
            .enumerate()
            .map(|(index, span)| segment(span, index, false))
            .collect();
    };
    if spans.is_empty() {
        return segments(existence, None)
            .into_iter()
            .map(|segment| Segment {
                is_existence: true,
                ..segment
            })
            .filter(|segment| !is_ended(segment.value))
            .collect();
    }
    let mut found = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        let whole = segment(span, index, false);
        if existence.is_empty() {
            found.push(whole);
            continue;
        }
        for (e_index, e) in existence.iter().enumerate() {
            let from = later(whole.from, e.from);
            let to = earlier(whole.to, e.to);
            let is_empty = matches!((from, to), (Some(from), Some(to)) if to <= from);
            if is_empty || is_ended(e.value) {
                continue;
            }
            if whole.value == SpanValue::Unknown && e.value == SpanValue::Live {
                found.push(Segment {
                    from,
                    to,
                    starts_here: from == e.from,
                    ..segment(e, e_index, true)
                });
            } else {
                found.push(Segment {
                    from,
                    to,
                    starts_here: from == whole.from,
                    end_known: whole.end_known || to != whole.to,
                    ..whole.clone()
                });
            }
        }
    }
    found
}

/// A server's birth or end, as existence tells it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Turn<'a> {
    /// Provisioned or created, not merely seen.
    Born(Timestamp, Option<RowId>),
    /// Reclaimed or deleted, the word for it, when it lives again, and by which event.
    Ended(Timestamp, &'a str, Option<Timestamp>, Option<RowId>),
}

impl Turn<'_> {
    /// The event that it is.
    pub fn row(&self) -> Option<RowId> {
        match self {
            Turn::Born(_, row) | Turn::Ended(_, _, _, row) => *row,
        }
    }
}

/// Births and ends in time order.
pub fn turns(existence: &[SpanView]) -> Vec<Turn<'_>> {
    existence
        .iter()
        .filter_map(|span| {
            let from = span.from?;
            match span.value {
                SpanValue::Live if matches!(span.basis, Some(Basis::Set | Basis::Implied)) => {
                    Some(Turn::Born(from, span.row))
                }
                value if is_ended(value) => Some(Turn::Ended(from, &span.text, span.to, span.row)),
                _ => None,
            }
        })
        .collect()
}

fn is_ended(value: SpanValue) -> bool {
    matches!(value, SpanValue::Reclaimed | SpanValue::Deleted)
}

fn segment(span: &SpanView, index: usize, is_existence: bool) -> Segment<'_> {
    Segment {
        value: span.value,
        text: &span.text,
        from: span.from,
        to: span.to,
        basis: span.basis,
        end_known: span.end_known,
        starts_here: span.from.is_some(),
        carried: &span.carried,
        index,
        is_existence,
    }
}

/// The later of two starts; `None` is before everything.
fn later(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.max(b)
}

/// The earlier of two ends; `None` is after everything.
fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
