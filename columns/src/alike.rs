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

impl Alike {
    /// `None` where they aren't alike, or where little would be gained. `texts` are `len` bytes each, end to end.
    pub fn of(texts: &[u8], len: usize) -> Option<Alike> {
        if !(1..=MOST_BYTES).contains(&len) || !texts.is_ascii() {
            return None;
        }
        let form: Box<[u8]> = (0..len).map(|at| sort_at(texts, len, at)).collect();
        let n_bits: usize = form
            .iter()
            .map(|&of| sort(of).map_or(0, |s| s.n_bits as usize))
            .sum();
        if n_bits > 7 * len {
            return None;
        }
        // What each byte is, by sort.
        let codes = SORTS.map(|sort| {
            let mut codes = [0u8; 128];
            for (code, &byte) in (0..).zip(sort.bytes) {
                codes[byte as usize] = code;
            }
            codes
        });
        let mut packed = bits::Writer::default();
        for text in texts.chunks_exact(len) {
            for (&byte, &of) in text.iter().zip(&form) {
                if let Some(sort) = sort(of) {
                    let code = codes[(of - SORTED) as usize][byte as usize];
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

fn sort_at(texts: &[u8], len: usize, at: usize) -> u8 {
    let column = || texts[at..].iter().step_by(len);
    let first = texts[at];
    if column().all(|&byte| byte == first) {
        return first;
    }
    let mut seen = 0u128;
    for &byte in column() {
        seen |= 1 << byte;
    }
    let all = |sort: &Sort| sort.bytes.iter().fold(0u128, |all, &byte| all | 1 << byte);
    let number = SORTS.iter().position(|sort| seen & !all(sort) == 0);
    SORTED | number.unwrap_or(SORTS.len() - 1) as u8
}
