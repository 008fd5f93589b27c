//! NDJSON: the unwrapped events, one a line, then the export's own statement. Reads records again in the order they
//! stand in their files, so that packed text is unpacked once, and writes them in the order of the view.

use serde_json::Value;
use serde_json::json;

use crate::cadf::Event;
use crate::store::RawError;
use crate::store::Store;

use super::About;

/// Events read ahead of writing.
const AT_ONCE: usize = 8_192;

/// `read` gives a row's event again.
pub fn ndjson(
    store: &Store,
    rows: &[u32],
    about: &About,
    mut read: impl FnMut(u32) -> Result<Event, RawError>,
) -> String {
    let mut text = String::new();
    let mut n_unreadable = 0;
    for rows in rows.chunks(AT_ONCE) {
        let mut by_place: Vec<usize> = (0..rows.len()).collect();
        by_place.sort_unstable_by_key(|&at| {
            let place = store.rows().raw(rows[at] as usize);
            (place.part, place.byte)
        });
        let mut lines = vec![Value::Null; rows.len()];
        for at in by_place {
            lines[at] = match read(rows[at]) {
                Ok(event) => event.body,
                Err(error) => {
                    n_unreadable += 1;
                    json!({"lifeline_unreadable": {
                        "id": store.rows().ids.name(rows[at] as usize),
                        "reason": error.to_string(),
                    }})
                }
            };
        }
        for line in lines {
            text.push_str(&line.to_string());
            text.push('\n');
        }
    }
    text.push_str(&about.object(n_unreadable).to_string());
    text.push('\n');
    text
}
