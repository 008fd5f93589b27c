//! Texts that are written alike: as long as each other, and with a byte of the same sort at each place, as ids and numbers
//! are. What all share is kept once, of the rest each byte takes the bits that its sort needs: a hexadecimal digit four.

use crate::bits;

/// The longest text that is kept so.
pub const MOST_BYTES: usize = 160;

#[derive(Clone, Debug)]
pub struct Alike {
    /// By place: a byte that all texts share, or [`SORTED`] and a sort's number.
    form: Box<[u8]>,
    n_bits: usize,
    bits: Box<[u8]>,
}

const SORTED: u8 = 0x80;

/// Bytes that come in one place of many texts, and how many bits tell them apart. The first that holds all is taken.
struct Sort {
    n_bits: u32,
    bytes: &'static [u8],
}

const SORTS: [Sort; 4] = [
    Sort {
        n_bits: 4,
        bytes: b"0123456789abcdef",
    },
    Sort {
        n_bits: 4,
        bytes: b"0123456789ABCDEF",
    },
    Sort {
        n_bits: 6,
        bytes: b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-",
    },
    Sort {
        n_bits: 7,
        bytes: &ASCII,
    },
];

const ASCII: [u8; 128] = {
    let mut bytes = [0; 128];
    let mut at = 0;
    while at < 128 {
        bytes[at] = at as u8;
        at += 1;
    }
    bytes
};

/// By byte: a bit for each sort that holds it.
const HELD_BY: [u8; 128] = {
    let mut held_by = [0; 128];
    let mut sort = 0;
    while sort < SORTS.len() {
        let bytes = SORTS[sort].bytes;
        let mut at = 0;
        while at < bytes.len() {
            held_by[bytes[at] as usize] |= 1 << sort;
            at += 1;
        }
        sort += 1;
    }
    held_by
};

/// By sort and byte: the byte's number in its sort.
const CODES: [[u8; 128]; SORTS.len()] = {
    let mut codes = [[0; 128]; SORTS.len()];
    let mut sort = 0;
    while sort < SORTS.len() {
        let bytes = SORTS[sort].bytes;
        let mut at = 0;
        while at < bytes.len() {
            codes[sort][bytes[at] as usize] = at as u8;
            at += 1;
        }
        sort += 1;
    }
    codes
};

impl Alike {
    /// `None` where they aren't alike, or where little would be gained. `texts` are `len` bytes each, end to end.
    pub fn of(texts: &[u8], len: usize) -> Option<Alike> {
        if !(1..=MOST_BYTES).contains(&len) || !texts.is_ascii() {
            return None;
        }
        let form = form_of(texts, len);
        let needed = form
            .iter()
            .map(|&of| sort(of).map_or(0, |s| s.n_bits as usize));
        let n_bits: usize = needed.sum();
        if n_bits > 7 * len {
            return None;
        }
        let mut packed = bits::Writer::default();
        for text in texts.chunks_exact(len) {
            for (&byte, &of) in text.iter().zip(&form) {
                if let Some(sort) = sort(of) {
                    let code = CODES[(of - SORTED) as usize][byte as usize];
                    packed.push(code.into(), sort.n_bits);
                }
            }
        }
        Some(Alike {
            form,
            n_bits,
            bits: packed.finish(),
        })
    }

    /// Bytes of each text.
    pub fn len(&self) -> usize {
        self.form.len()
    }

    /// Writes text `at` over the first bytes of a buffer that has room for [`Alike::len`].
    pub fn write(&self, at: usize, text: &mut [u8]) {
        for (byte, own) in text.iter_mut().zip(self.letters(at)) {
            *byte = own;
        }
    }

    /// Whether text `at` is this one; most that aren't differ early.
    pub fn is(&self, at: usize, text: &[u8]) -> bool {
        text.len() == self.len() && self.letters(at).zip(text).all(|(own, byte)| own == *byte)
    }

    fn letters(&self, at: usize) -> impl Iterator<Item = u8> {
        let mut at = at * self.n_bits;
        let (mut window, mut n_in_window) = (0, 0);
        self.form.iter().map(move |&of| {
            let Some(sort) = sort(of) else { return of };
            if n_in_window < sort.n_bits {
                (window, n_in_window) = (bits::window(&self.bits, at), bits::IN_WINDOW);
            }
            let code = window & ((1 << sort.n_bits) - 1);
            window >>= sort.n_bits;
            n_in_window -= sort.n_bits;
            at += sort.n_bits as usize;
            sort.bytes[code as usize]
        })
    }

    pub fn bytes(&self) -> usize {
        self.form.len() + self.bits.len()
    }
}

fn sort(of: u8) -> Option<&'static Sort> {
    (of & SORTED != 0).then(|| &SORTS[(of & 3) as usize])
}

fn form_of(texts: &[u8], len: usize) -> Box<[u8]> {
    let first = &texts[..len];
    // By place: the bits in which any differs from the first, and the sorts that hold all.
    let (mut differs, mut held_by) = ([0; MOST_BYTES], [u8::MAX; MOST_BYTES]);
    for text in texts.chunks_exact(len) {
        let by_place = differs.iter_mut().zip(&mut held_by);
        for (((differs, held_by), &byte), &first) in by_place.zip(text).zip(first) {
            *differs |= byte ^ first;
            *held_by &= HELD_BY[byte as usize];
        }
    }
    let by_place = first.iter().zip(differs).zip(held_by);
    by_place
        .map(|((&first, differs), held_by)| match differs {
            0 => first,
            _ => SORTED | held_by.trailing_zeros() as u8,
        })
        .collect()
}
