//! Where the worker reads records again: kept text, or the person's own file, sliced anew.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use lifeline::source::SharedText;
use lifeline::store::RawError;
use lifeline::store::RawText;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::DomException;
use web_sys::File;
use web_sys::FileReaderSync;

/// Bytes of a file read at once: a slice of 1 kB costs as much.
const PAGE: u64 = 1 << 18;
const PAGES_AT_HAND: usize = 8;

/// One for each part of the store.
#[derive(Clone)]
pub enum Text {
    Kept(SharedText),
    File { file: File, name: String },
}

/// Shared between who opens parts and the engine that reads them again.
#[derive(Clone, Default)]
pub struct Texts(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    by_part: Vec<Option<Text>>,
    reader: Option<FileReaderSync>,
    /// Part, page number, bytes; newest first.
    pages: VecDeque<(u32, u64, Vec<u8>)>,
}

impl Texts {
    pub fn put(&self, part: u32, text: Text) {
        let mut inner = self.0.borrow_mut();
        let at = part as usize;
        if inner.by_part.len() <= at {
            inner.by_part.resize(at + 1, None);
        }
        inner.by_part[at] = Some(text);
    }

    /// Bytes that kept texts take.
    pub fn bytes(&self) -> usize {
        let inner = self.0.borrow();
        let of = |text: &Text| match text {
            Text::Kept(text) => text.borrow().packed_bytes(),
            Text::File { .. } => 0,
        };
        inner.by_part.iter().flatten().map(of).sum()
    }

    pub fn clear(&self) {
        *self.0.borrow_mut() = Inner::default();
    }
}

impl RawText for Texts {
    fn read(&mut self, part: u32, byte: u64, len: u32) -> Result<Vec<u8>, RawError> {
        let mut inner = self.0.borrow_mut();
        match inner.by_part.get(part as usize).cloned().flatten() {
            None => Err(RawError::NotKept),
            Some(Text::Kept(text)) => text.borrow_mut().read(byte, len),
            Some(Text::File { file, name }) => inner.read_file(part, &file, &name, byte, len),
        }
    }
}

impl Inner {
    fn read_file(
        &mut self,
        part: u32,
        file: &File,
        name: &str,
        byte: u64,
        len: u32,
    ) -> Result<Vec<u8>, RawError> {
        let end = byte + u64::from(len);
        let mut out = Vec::with_capacity(len as usize);
        let mut at = byte;
        while at < end {
            let number = at / PAGE;
            let page = self.page(part, file, name, number)?;
            let within = (at - number * PAGE) as usize;
            let upto = page.len().min(within + (end - at) as usize);
            if upto <= within {
                return Err(RawError::Changed { file: name.into() });
            }
            out.extend_from_slice(&page[within..upto]);
            at += (upto - within) as u64;
        }
        Ok(out)
    }

    fn page(&mut self, part: u32, file: &File, name: &str, number: u64) -> Result<&[u8], RawError> {
        let is_it = |held: &(u32, u64, Vec<u8>)| held.0 == part && held.1 == number;
        match self.pages.iter().position(is_it) {
            Some(0) => {}
            Some(at) => {
                if let Some(found) = self.pages.remove(at) {
                    self.pages.push_front(found);
                }
            }
            None => {
                let bytes = self
                    .slice(file, number)
                    .map_err(|error| worded(&error, name))?;
                self.pages.truncate(PAGES_AT_HAND - 1);
                self.pages.push_front((part, number, bytes));
            }
        }
        Ok(self.pages.front().map_or(&[], |(_, _, bytes)| bytes))
    }

    fn slice(&mut self, file: &File, number: u64) -> Result<Vec<u8>, JsValue> {
        let reader = match &self.reader {
            Some(reader) => reader,
            None => self.reader.insert(FileReaderSync::new()?),
        };
        let (from, to) = (number * PAGE, (number + 1) * PAGE);
        let slice = file.slice_with_f64_and_f64(from as f64, to as f64)?;
        let buffer = reader.read_as_array_buffer(&slice)?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}

fn worded(error: &JsValue, file: &str) -> RawError {
    let file = file.to_owned();
    match error
        .dyn_ref::<DomException>()
        .map(DomException::name)
        .as_deref()
    {
        Some("NotReadableError") => RawError::Changed { file },
        Some("NotFoundError") => RawError::Gone { file },
        other => RawError::Unreadable {
            what: other.unwrap_or("the browser gives no reason").to_owned(),
        },
    }
}
