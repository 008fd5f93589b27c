//! How a resource and its spans are shown, wherever they are: heads, spans with their carried parts, gaps.
//! Holds what fleet, lanes and the resource page share. Knows no page.

use crate::cadf::Location;
use crate::coverage;
use crate::coverage::Ledger;
use crate::lifecycle::Basis;
use crate::lifecycle::History;
use crate::lifecycle::Resource;
use crate::lifecycle::Span;
use crate::lifecycle::Track;
use crate::lifecycle::TrackName;
use crate::lifecycle::Value;
use crate::lifecycle::words;
use crate::protocol;
use crate::protocol::Gap;
use crate::protocol::GapReason;
use crate::protocol::ResourceHead;
use crate::protocol::ResourceIx;
use crate::protocol::RowId;
use crate::protocol::SpanValue;
use crate::protocol::SpanView;
use crate::store::Field;
use crate::store::Store;
use crate::time::TimeRange;
use crate::time::Timestamp;

/// A resource's own location, else that of its newest event.
pub fn location_of(store: &Store, ix: u32) -> Location {
    let resource = &store.resources()[ix as usize];
    if let Some(own) = &resource.location {
        return own.clone();
    }
    let newest = store.rows_of(ix).last();
    let raw = newest.and_then(|row| store.rows().get(Field::Location, row as usize));
    raw.map_or_else(Location::unknown, |raw| Location::from_raw(&raw))
}

/// `name` is its name at the time that is looked at.
pub fn head(store: &Store, ix: u32, name: Option<&str>) -> ResourceHead {
    let resource = &store.resources()[ix as usize];
    let location = location_of(store, ix);
    ResourceHead {
        ix: ResourceIx(ix),
        id: resource.id.clone(),
        kind: resource.kind,
        kind_words: kind_words(resource),
        name: name.map(str::to_owned),
        label: label(resource, name),
        region: location.region,
        location: location.raw,
        is_foreign_account: resource.is_foreign_account,
    }
}

/// What to call a resource on screen: its name, else the last part of its id.
pub fn label(resource: &Resource, name: Option<&str>) -> String {
    let short = resource.short_id();
    name.unwrap_or_else(|| short.strip_prefix("name:").unwrap_or(short))
        .to_owned()
}

fn kind_words(resource: &Resource) -> String {
    match (resource.kind.has_lifecycle(), resource.service.as_str()) {
        (false, service) if !service.is_empty() => format!("{service} {}", resource.object),
        _ => resource.kind.words().to_owned(),
    }
}

/// The unfetched times of a region, over all time; `None` where coverage is not stated.
pub fn gaps_of(ledger: &Ledger, region: &str) -> Option<Vec<coverage::Gap>> {
    ledger.gaps(region, TimeRange::ALL)
}

/// Unfetched times of these regions within a window, for drawing.
pub fn gap_views<'a>(
    ledger: &Ledger,
    regions: impl Iterator<Item = &'a str>,
    window: TimeRange,
) -> Vec<Gap> {
    let mut views = Vec::new();
    for region in regions {
        for gap in ledger.gaps(region, window).unwrap_or_default() {
            let (reason, words) = match gap.reason {
                coverage::GapReason::NotAsked => (GapReason::NotAsked, "not asked"),
                coverage::GapReason::NotYet => (GapReason::NotYet, "not here yet"),
                coverage::GapReason::Failed => (GapReason::Failed, "failed"),
                coverage::GapReason::Truncated => (GapReason::Truncated, "cut short"),
            };
            views.push(Gap {
                region: region.to_owned(),
                range: gap.range,
                reason,
                words: words.to_owned(),
            });
        }
    }
    views
}

/// The spans of a track that touch a window, each with the parts of it that nobody watched.
pub fn span_views(
    history: &History,
    track: &Track,
    gaps: Option<&[coverage::Gap]>,
    window: TimeRange,
) -> Vec<SpanView> {
    let confirmed: Vec<Timestamp> = match gaps {
        Some(gaps) if !gaps.is_empty() => history
            .confirmed
            .iter()
            .filter(|(name, _)| *name == track.name)
            .map(|(_, at)| *at)
            .collect(),
        _ => Vec::new(),
    };
    track
        .spans
        .iter()
        .filter(|span| {
            span.from.is_none_or(|from| from < window.to())
                && span.to.is_none_or(|to| to > window.from())
        })
        .map(|span| span_view(&track.name, span, carried_parts(span, &confirmed, gaps)))
        .collect()
}

/// The parts of a known value that lie in unfetched time, or after it without a witness.
pub fn carried_parts(
    span: &Span,
    confirmed: &[Timestamp],
    gaps: Option<&[coverage::Gap]>,
) -> Vec<TimeRange> {
    match (gaps, span.from) {
        (Some(gaps), Some(from)) if span.value.is_known() => {
            coverage::carried(from, span.to, confirmed, gaps)
        }
        _ => Vec::new(),
    }
}

/// Whether a track's value at an instant is only carried there.
pub fn is_carried_at(
    history: &History,
    track: &TrackName,
    gaps: Option<&[coverage::Gap]>,
    at: Timestamp,
) -> bool {
    let Some(span) = history.at(track, at) else {
        return false;
    };
    let confirmed: Vec<Timestamp> = history
        .confirmed
        .iter()
        .filter(|(name, _)| name == track)
        .map(|(_, at)| *at)
        .collect();
    let parts = carried_parts(span, &confirmed, gaps);
    parts.iter().any(|part| part.contains(at))
}

pub fn span_view(track: &TrackName, span: &Span, carried: Vec<TimeRange>) -> SpanView {
    SpanView {
        value: span_value(&span.value),
        text: words::value(track, &span.value),
        from: span.from,
        to: span.to,
        basis: span.basis.map(basis),
        end_known: span.end_known,
        row: span.event.map(RowId),
        initiator: span.initiator.as_deref().map(str::to_owned),
        carried,
        order_not_recorded: span.order_not_recorded,
    }
}

pub fn basis(basis: Basis) -> protocol::Basis {
    match basis {
        Basis::Set => protocol::Basis::Set,
        Basis::Implied => protocol::Basis::Implied,
        Basis::Seen => protocol::Basis::Seen,
    }
}

pub fn span_value(value: &Value) -> SpanValue {
    match value {
        Value::Unknown => SpanValue::Unknown,
        Value::Live => SpanValue::Live,
        Value::Reclaimed => SpanValue::Reclaimed,
        Value::Deleted => SpanValue::Deleted,
        Value::On => SpanValue::On,
        Value::Off => SpanValue::Off,
        Value::Suspended => SpanValue::Suspended,
        Value::Rescue => SpanValue::Rescue,
        Value::Disabled | Value::NotMember => SpanValue::Absent,
        Value::Enabled | Value::Member | Value::NotNamed | Value::Text(_) => SpanValue::Value,
    }
}
