//! The sources sheet: each file with what it held and what became of it; and the records that could not be read.

use crate::protocol::Rejection;
use crate::protocol::SourceFile;
use crate::sorting;
use crate::store::Store;

/// Rejections a view shows at most.
const MOST_REJECTIONS: u32 = 1_000;

/// By source and name, in whatever order they came.
pub fn sources(store: &Store) -> Vec<SourceFile> {
    let by_part = &store.counts().by_part;
    let mut files: Vec<SourceFile> = store
        .parts()
        .iter()
        .enumerate()
        .filter(|(_, part)| !part.is_superseded)
        .map(|(at, part)| {
            let events = by_part.get(at).copied().unwrap_or(0);
            SourceFile {
                source: part.source,
                source_name: part.source_name.clone(),
                name: part.name.clone(),
                region: part.region.clone(),
                format: part.format.clone(),
                bytes: part.bytes,
                text_bytes: part.text_bytes,
                sha256: part.sha256.clone(),
                standing: part.standing.clone(),
                records: part.records(),
                events,
                copies: part.items.saturating_sub(events),
                rejected: part.rejected,
                other_records: part.other_records,
                first: part.first,
                last: part.last,
                asked_at: part.asked_at,
                notices: part.notices.iter().take(100).cloned().collect(),
                problem: part.problem.clone(),
            }
        })
        .collect();
    sorting::sort_by(&mut files, |a, b| {
        (a.source, &a.name).cmp(&(b.source, &b.name))
    });
    files
}

/// In the order of files and lines.
pub fn rejections(store: &Store, first: u32, count: u32) -> (u32, Vec<Rejection>) {
    let parts = || store.parts().iter().filter(|part| !part.is_superseded);
    let total: u64 = parts().map(|part| part.rejected).sum();
    let rejections = parts()
        .flat_map(|part| {
            part.rejections.iter().map(|refused| Rejection {
                file: part.name.clone(),
                line: refused.line,
                byte: refused.byte,
                reason: refused.reason.clone(),
            })
        })
        .skip(first as usize)
        .take(count.min(MOST_REJECTIONS) as usize)
        .collect();
    (u32::try_from(total).unwrap_or(u32::MAX), rejections)
}
