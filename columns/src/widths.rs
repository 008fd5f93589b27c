//! A chunk's codes, whatever their width: one, several as four bytes each, or a bit for each that is a wanted one.

use crate::equal::Equal;

/// Codes of three bytes.
pub type Three = [u8; 3];

pub trait Width: Equal {
    const MOST: u32;
    fn code(self) -> u32;
    /// `code` is at most [`Width::MOST`].
    fn of(code: u32) -> Self;
}

impl Width for u8 {
    const MOST: u32 = 0xff;
    fn code(self) -> u32 {
        self.into()
    }
    fn of(code: u32) -> u8 {
        code as u8
    }
}

impl Width for u16 {
    const MOST: u32 = 0xffff;
    fn code(self) -> u32 {
        self.into()
    }
    fn of(code: u32) -> u16 {
        code as u16
    }
}

impl Width for Three {
    const MOST: u32 = 0xff_ffff;
    fn code(self) -> u32 {
        let [low, middle, high] = self;
        u32::from_le_bytes([low, middle, high, 0])
    }
    fn of(code: u32) -> Three {
        let [low, middle, high, _] = code.to_le_bytes();
        [low, middle, high]
    }
}

impl Width for u32 {
    const MOST: u32 = u32::MAX;
    fn code(self) -> u32 {
        self
    }
    fn of(code: u32) -> u32 {
        code
    }
}

/// As many codes as a word of a bitmap has bits.
pub type SixtyFour = [u32; 64];

/// The first codes of these, up to 64; gives how many they are.
pub fn read<T: Width>(codes: &[T], into: &mut SixtyFour) -> usize {
    for (code, &held) in into.iter_mut().zip(codes) {
        *code = held.code();
    }
    codes.len().min(into.len())
}

/// Appends a bit for each code that is one of those wanted, 64 in a word.
pub fn push_equal<T: Width>(codes: &[T], wanted: &[u32], words: &mut Vec<u64>) {
    words.extend(codes.chunks(64).map(|codes| {
        let held = wanted.iter().filter(|wanted| **wanted <= T::MOST);
        held.fold(0, |word, &wanted| word | equal(codes, T::of(wanted)))
    }));
}

fn equal<T: Width>(codes: &[T], wanted: T) -> u64 {
    let (sixteens, rest) = codes.as_chunks();
    let bits = sixteens.iter().map(|codes| T::equal(codes, wanted));
    let word = (0..)
        .zip(bits)
        .fold(0, |word, (at, bits)| word | u64::from(bits) << (16 * at));
    let rest = (16 * sixteens.len()..).zip(rest);
    rest.fold(word, |word, (at, &code)| {
        word | u64::from(code == wanted) << at
    })
}
