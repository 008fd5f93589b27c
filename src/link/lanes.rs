//! Pinned and aligned lanes as a link's text writes them, and back: apart, since few links have them.

use super::parts::LaneMoment;
use super::text::{list, unlisted};
use crate::time::Timestamp;

/// Keys, each once, in their order.
#[inline(never)]
pub fn pinned(value: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for key in unlisted(value).filter(|key| !key.is_empty()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// One or two keys, each with its instant.
#[inline(never)]
pub fn aligned(value: &str) -> Option<Vec<LaneMoment>> {
    let parts: Vec<String> = unlisted(value).collect();
    let mut moments = Vec::new();
    for pair in parts.chunks(2) {
        let (key, at) = (pair.first()?, pair.get(1)?);
        let at = Timestamp::parse(at)?.at;
        let key = Some(key.clone()).filter(|key| !key.is_empty())?;
        moments.push(LaneMoment { key, at });
    }
    (moments.len() <= 2).then_some(moments)
}

#[inline(never)]
pub fn aligned_text(moments: &[LaneMoment]) -> String {
    let mut parts = Vec::new();
    for LaneMoment { key, at } in moments {
        parts.push(key.clone());
        parts.push(at.to_string());
    }
    list(&parts)
}
