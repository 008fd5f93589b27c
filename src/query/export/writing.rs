//! An export under way: written in slices, so that whoever asked can change their mind between two of them and other
//! questions are answered meanwhile. Which rows, their order and what the file says of itself are settled at its start:
//! what comes while it is written is not in it.

use crate::cadf::Event;
use crate::protocol::Answer;
use crate::protocol::Column;
use crate::protocol::ExportFormat;
use crate::store::RawError;
use crate::store::Store;

use super::About;
use super::csv;
use super::ndjson::ReadAhead;

/// Rows in one slice; those of NDJSON are read again from their records.
const CSV_SLICE: usize = 4_096;
const NDJSON_SLICE: usize = 512;

#[derive(Debug)]
pub struct Writing {
    rows: Vec<u32>,
    about: About,
    file_name: String,
    text: String,
    /// How many rows are begun.
    next: usize,
    format: Format,
}

#[derive(Debug)]
enum Format {
    Csv(Vec<Column>),
    Ndjson(ReadAhead),
}

impl Writing {
    pub fn new(
        store: &Store,
        rows: Vec<u32>,
        about: About,
        format: ExportFormat,
        columns: &[Column],
    ) -> Writing {
        let mut text = String::new();
        let (extension, format) = match format {
            ExportFormat::Csv => {
                csv::push_head(&mut text, columns);
                ("csv", Format::Csv(columns.to_vec()))
            }
            ExportFormat::Ndjson => ("ndjson", Format::Ndjson(ReadAhead::default())),
        };
        Writing {
            file_name: about.file_name(store, extension),
            rows,
            about,
            text,
            next: 0,
            format,
        }
    }

    /// Writes some more; true when all is written. `read` gives a row's event again.
    pub fn step(
        &mut self,
        store: &Store,
        read: impl FnMut(u32) -> Result<Event, RawError>,
    ) -> bool {
        let rest = &self.rows[self.next..];
        match &mut self.format {
            Format::Csv(columns) => {
                let slice = &rest[..rest.len().min(CSV_SLICE)];
                csv::push_rows(&mut self.text, store, slice, columns, &self.about);
                self.next += slice.len();
                self.next == self.rows.len()
            }
            Format::Ndjson(ahead) => {
                if ahead.is_empty() {
                    self.next += ahead.begin(store, rest);
                }
                ahead.read(store, NDJSON_SLICE, read, &mut self.text);
                let is_done = ahead.is_empty() && self.next == self.rows.len();
                if is_done {
                    ahead.push_statement(&self.about, &mut self.text);
                }
                is_done
            }
        }
    }

    /// The whole file, once all is written.
    pub fn into_answer(self) -> Answer {
        let media_type = match self.format {
            Format::Csv(_) => "text/csv; charset=utf-8; header=present",
            Format::Ndjson(_) => "application/x-ndjson",
        };
        Answer::Export {
            file_name: self.file_name,
            media_type: media_type.to_owned(),
            text: self.text,
        }
    }
}
