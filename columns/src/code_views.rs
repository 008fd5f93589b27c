//! A chunk's codes as loops see them, whatever their width.

use std::ops::Range;

/// Some codes, borrowed.
pub trait View: Copy {
    fn len(self) -> usize;
    /// Panics beyond the end, as a slice does.
    fn code(self, at: usize) -> u32;
    fn part(self, range: Range<usize>) -> Self;
    /// Sets a byte to one for each code that is the wanted one.
    fn mark(self, wanted: u32, bytes: &mut [u8]);
}

/// Codes of three bytes.
pub type Three = [u8; 3];

pub fn three(code: u32) -> Three {
    let [low, middle, high, _] = code.to_le_bytes();
    [low, middle, high]
}

macro_rules! view_of_slice {
    ($number:ty, $most:expr, $code:expr, $number_of:expr) => {
        impl View for &[$number] {
            fn len(self) -> usize {
                <[$number]>::len(self)
            }

            fn code(self, at: usize) -> u32 {
                $code(self[at])
            }

            fn part(self, range: Range<usize>) -> Self {
                &self[range]
            }

            fn mark(self, wanted: u32, bytes: &mut [u8]) {
                if wanted > $most {
                    return;
                }
                let wanted: $number = $number_of(wanted);
                for (byte, &code) in bytes.iter_mut().zip(self) {
                    *byte |= u8::from(code == wanted);
                }
            }
        }
    };
}

view_of_slice!(u8, 0xff, u32::from, |code| code as u8);
view_of_slice!(u16, 0xffff, u32::from, |code| code as u16);
view_of_slice!(
    Three,
    0xff_ffff,
    |[a, b, c]: Three| u32::from_le_bytes([a, b, c, 0]),
    three
);
view_of_slice!(u32, u32::MAX, |code| code, |code| code);
