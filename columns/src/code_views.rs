//! A chunk's codes as loops see them, whatever their width.

use std::ops::Range;

use crate::codes::put;

/// Some codes, borrowed.
pub trait View: Copy {
    fn len(self) -> usize;
    /// Panics beyond the end, as a slice does.
    fn code(self, at: usize) -> u32;
    fn part(self, range: Range<usize>) -> Self;
    /// Sets a byte to one for each code that is the wanted one.
    fn mark(self, wanted: u32, bytes: &mut [u8]);
}

macro_rules! view_of_slice {
    ($number:ty) => {
        impl View for &[$number] {
            fn len(self) -> usize {
                <[$number]>::len(self)
            }

            #[allow(clippy::useless_conversion, reason = "one body for each width")]
            fn code(self, at: usize) -> u32 {
                u32::from(self[at])
            }

            fn part(self, range: Range<usize>) -> Self {
                &self[range]
            }

            fn mark(self, wanted: u32, bytes: &mut [u8]) {
                if wanted > u32::from(<$number>::MAX) {
                    return;
                }
                let wanted = wanted as $number;
                for (byte, &code) in bytes.iter_mut().zip(self) {
                    *byte |= u8::from(code == wanted);
                }
            }
        }
    };
}

view_of_slice!(u8);
view_of_slice!(u16);
view_of_slice!(u32);

/// Codes of three bytes: the lower two and the highest apart, so that both can be compared in lanes.
#[derive(Clone, Debug, Default)]
pub struct Three {
    low: Vec<u16>,
    high: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
pub struct Threes<'a> {
    low: &'a [u16],
    high: &'a [u8],
}

impl Three {
    pub fn with_room(room: usize) -> Three {
        Three {
            low: Vec::with_capacity(room),
            high: Vec::with_capacity(room),
        }
    }

    pub fn view(&self) -> Threes<'_> {
        Threes {
            low: &self.low,
            high: &self.high,
        }
    }

    pub fn put(&mut self, at: usize, code: u32) {
        put(&mut self.low, at, code as u16);
        put(&mut self.high, at, (code >> 16) as u8);
    }

    pub fn resize(&mut self, len: usize) {
        self.low.resize(len, 0);
        self.high.resize(len, 0);
    }

    pub fn bytes(&self) -> usize {
        self.low.capacity() * size_of::<u16>() + self.high.capacity()
    }
}

impl View for Threes<'_> {
    fn len(self) -> usize {
        self.low.len()
    }

    fn code(self, at: usize) -> u32 {
        u32::from(self.low[at]) | u32::from(self.high[at]) << 16
    }

    fn part(self, range: Range<usize>) -> Self {
        Threes {
            low: &self.low[range.clone()],
            high: &self.high[range],
        }
    }

    fn mark(self, wanted: u32, bytes: &mut [u8]) {
        let Ok(high) = u8::try_from(wanted >> 16) else {
            return;
        };
        let low = wanted as u16;
        for ((byte, &l), &h) in bytes.iter_mut().zip(self.low).zip(self.high) {
            *byte |= u8::from(l == low) & u8::from(h == high);
        }
    }
}
