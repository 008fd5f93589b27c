//! The files again, for what only a record's text can tell. Reads forward through each file and goes back to its start
//! only when asked for something earlier; holds one record.

use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;

use flate2::bufread::MultiGzDecoder;
use lifeline::store::RawError;
use lifeline::store::RawText;

#[derive(Default)]
pub struct Reread {
    files: Vec<String>,
    open: Option<Open>,
}

struct Open {
    part: u32,
    text: Box<dyn Read>,
    /// Where `text` goes on.
    at: u64,
    /// The record read last: several events may stand in one.
    last: (u64, Vec<u8>),
}

impl Reread {
    /// Files in the order in which they became parts of the store.
    pub fn new(files: &[String]) -> Reread {
        Reread {
            files: files.to_vec(),
            open: None,
        }
    }

    fn record(&mut self, part: u32, byte: u64, len: u32) -> io::Result<Vec<u8>> {
        let name = &self.files[part as usize];
        let can_go_on =
            |open: &Open| open.part == part && (open.at <= byte || is_last(open, byte, len));
        if !self.open.as_ref().is_some_and(can_go_on) {
            self.open = Some(Open {
                part,
                text: text_of(name)?,
                at: 0,
                last: (u64::MAX, Vec::new()),
            });
        }
        let Some(open) = &mut self.open else {
            return Err(io::Error::other("no file is open"));
        };
        if !is_last(open, byte, len) {
            let skipped = io::copy(&mut (&mut open.text).take(byte - open.at), &mut io::sink())?;
            let mut record = vec![0; len as usize];
            open.text.read_exact(&mut record)?;
            open.at += skipped + u64::from(len);
            open.last = (byte, record);
        }
        Ok(open.last.1.clone())
    }
}

fn is_last(open: &Open, byte: u64, len: u32) -> bool {
    open.last.0 == byte && open.last.1.len() == len as usize
}

fn text_of(name: &str) -> io::Result<Box<dyn Read>> {
    let mut file = BufReader::with_capacity(1 << 18, File::open(name)?);
    if file.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        Ok(Box::new(BufReader::new(MultiGzDecoder::new(file))))
    } else {
        Ok(Box::new(file))
    }
}

impl RawText for Reread {
    fn read(&mut self, part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        self.record(part, byte, len)
            .map_err(|error| RawError::Unreadable {
                what: error.to_string(),
            })
    }
}
