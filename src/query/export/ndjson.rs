//! NDJSON: the unwrapped events, one a line, then the export's own statement. Reads records again in the order they
//! stand in their files, so that packed text is unpacked once, and writes them in the order of the view.

use super::object;
use crate::cadf::Event;
use crate::sorting;
use crate::store::RawError;
use crate::store::Store;

use super::About;

/// Events read ahead of writing.
const AT_ONCE: usize = 8_192;

/// Some rows' lines, read in the order of their places.
#[derive(Debug, Default)]
pub struct ReadAhead {
    rows: Vec<u32>,
    /// Offsets into `rows`, by place.
    by_place: Vec<u32>,
    /// How many of them are read.
    n_read: usize,
    lines: Vec<String>,
    n_unreadable: u64,
}

impl ReadAhead {
    /// All that was begun is written.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Begins with the first of these rows; returns how many.
    pub fn begin(&mut self, store: &Store, rows: &[u32]) -> usize {
        self.rows = rows[..rows.len().min(AT_ONCE)].to_vec();
        self.by_place = (0..self.rows.len() as u32).collect();
        let place = |at: u32| {
            let place = store.rows().raw(self.rows[at as usize] as usize);
            (place.part, place.byte)
        };
        sorting::sort_rows(&mut self.by_place, &mut |a, b| place(a).cmp(&place(b)));
        self.n_read = 0;
        self.lines = vec![String::new(); self.rows.len()];
        self.rows.len()
    }

    /// Reads up to `n` more; writes their lines once all are read.
    pub fn read(
        &mut self,
        store: &Store,
        n: usize,
        mut read: impl FnMut(u32) -> Result<Event, RawError>,
        text: &mut String,
    ) {
        let upto = self.by_place.len().min(self.n_read + n);
        for &at in &self.by_place[self.n_read..upto] {
            let at = at as usize;
            let line = match read(self.rows[at]) {
                Ok(event) => event.body,
                Err(error) => {
                    self.n_unreadable += 1;
                    let members = [
                        ("id", store.rows().ids.name(self.rows[at] as usize).into()),
                        ("reason", error.to_string().into()),
                    ];
                    object([("lifeline_unreadable", object(members))])
                }
            };
            self.lines[at] = line.to_string();
        }
        self.n_read = upto;
        if upto == self.by_place.len() {
            for line in self.lines.drain(..) {
                text.push_str(&line);
                text.push('\n');
            }
            self.rows.clear();
        }
    }

    pub fn push_statement(&self, about: &About, text: &mut String) {
        text.push_str(&about.object(self.n_unreadable).to_string());
        text.push('\n');
    }
}
