//! Unpacks gzip (RFC 1952) as chunks come: several members in one file, a cut one keeps what came, what follows the
//! last member is said. Holds one output block, whatever the file unpacks to.
//!
//! Members are walked here and only deflate is left to miniz_oxide: zlib-rs is no quicker in a browser, and its tables for
//! checksums alone are 9 kB on the wire.

use std::mem;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::DecompressorOxide;
use miniz_oxide::inflate::core::decompress;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use reading::crc::Crc;

use super::PageError;

/// The first bytes of a member: magic and the only method there is.
pub const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// How far back deflate may reach.
const WINDOW_BYTES: usize = 32 << 10;

const OUT_BYTES: usize = WINDOW_BYTES + (64 << 10);

/// A longer header (its name, comment and extra fields) is taken for no header at all.
const MAX_HEADER_BYTES: usize = 70_000;

/// Takes text; its error ends the source.
pub type Output<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), PageError>;

/// Pushes unpacked bytes to a function.
#[derive(Default)]
pub struct Gunzip {
    state: State,
    n_out: u64,
    end: End,
}

/// How the file ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct End {
    /// The last member is unfinished or damaged.
    pub is_cut: bool,
    pub words: Option<String>,
}

#[derive(Default)]
enum State {
    /// Before a member's first byte.
    #[default]
    Between,
    Header(Vec<u8>),
    Member(Box<Member>),
    /// The eight bytes after a member, checksum and length, as they came and as they should be.
    Trailer(Vec<u8>, [u8; 8]),
    /// Whatever comes is no gzip any more.
    Over,
}

struct Member {
    inflate: DecompressorOxide,
    crc: Crc,
    /// What came last, up to `end`.
    out: Vec<u8>,
    end: usize,
}

impl Member {
    fn new() -> Box<Member> {
        Box::new(Member {
            inflate: DecompressorOxide::new(),
            crc: Crc::default(),
            out: vec![0; OUT_BYTES],
            end: 0,
        })
    }

    /// Gives how the data goes on, how many bytes it took and what they unpack to.
    fn unpack(&mut self, bytes: &[u8]) -> (TINFLStatus, usize, &[u8]) {
        if self.end == OUT_BYTES {
            self.out.copy_within(OUT_BYTES - WINDOW_BYTES.., 0);
            self.end = WINDOW_BYTES;
        }
        let flags = TINFL_FLAG_HAS_MORE_INPUT | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, n_in, n_out) =
            decompress(&mut self.inflate, bytes, &mut self.out, self.end, flags);
        let text = &self.out[self.end..][..n_out];
        self.end += n_out;
        self.crc.add(text);
        (status, n_in, text)
    }
}

impl Gunzip {
    /// An error only when nothing could be unpacked, or when the output function gives one.
    pub fn push(&mut self, mut bytes: &[u8], out: Output) -> Result<(), PageError> {
        // A full output block may hide more of what the input gave already.
        let mut is_block_full = false;
        while !bytes.is_empty() || is_block_full {
            match &mut self.state {
                State::Over => return Ok(()),
                State::Between => {
                    // Zero bytes between or after members are padding, as tape blocks have.
                    let n_padding = bytes.iter().take_while(|byte| **byte == 0).count();
                    bytes = &bytes[n_padding..];
                    if !bytes.is_empty() {
                        self.state = State::Header(Vec::new());
                    }
                }
                State::Header(head) => {
                    head.push(bytes[0]);
                    bytes = &bytes[1..];
                    match read_header(head) {
                        Header::Whole => self.state = State::Member(Member::new()),
                        Header::Unfinished => {}
                        Header::No => self.end_in_garbage(),
                    }
                }
                State::Member(member) => {
                    let (status, n_in, text) = member.unpack(bytes);
                    bytes = &bytes[n_in..];
                    self.n_out += text.len() as u64;
                    if !text.is_empty() {
                        out(text)?;
                    }
                    is_block_full = status == TINFLStatus::HasMoreOutput;
                    match status {
                        TINFLStatus::Done => {
                            self.state = State::Trailer(Vec::new(), member.crc.trailer());
                        }
                        TINFLStatus::HasMoreOutput | TINFLStatus::NeedsMoreInput => {}
                        _ => self.give_up("it makes no sense as compressed data")?,
                    }
                }
                State::Trailer(trailer, expected) => {
                    trailer.push(bytes[0]);
                    bytes = &bytes[1..];
                    if trailer.len() == expected.len() {
                        let is_whole = trailer[..] == expected[..];
                        self.state = State::Between;
                        if !is_whole {
                            self.give_up("its checksum does not match")?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Says how the file ended.
    pub fn finish(&mut self) -> End {
        match mem::replace(&mut self.state, State::Over) {
            State::Between | State::Over => {}
            State::Header(head) if !head.starts_with(&MAGIC) => self.end_in_garbage(),
            State::Header(_) | State::Member(_) | State::Trailer(..) => {
                self.end = End {
                    is_cut: true,
                    words: Some("the gzip data ends early; what came is kept".into()),
                };
            }
        }
        self.end.clone()
    }

    fn end_in_garbage(&mut self) {
        self.state = State::Over;
        self.end.words = Some("what follows the gzip data is no gzip data and was left out".into());
    }

    fn give_up(&mut self, message: &str) -> Result<(), PageError> {
        self.state = State::Over;
        if self.n_out == 0 {
            return Err(PageError::BrokenGzip {
                message: message.to_owned(),
            });
        }
        self.end = End {
            is_cut: true,
            words: Some(format!(
                "the gzip data is damaged ({message}) after {} bytes of text; what came is kept",
                self.n_out
            )),
        };
        Ok(())
    }
}

enum Header {
    Whole,
    Unfinished,
    No,
}

/// Ten fixed bytes, then what the flags name: extra field, file name, comment, header checksum.
fn read_header(head: &[u8]) -> Header {
    let n_magic = head.len().min(MAGIC.len());
    if head[..n_magic] != MAGIC[..n_magic] || head.len() > MAX_HEADER_BYTES {
        return Header::No;
    }
    match header_rest(head) {
        Some(_) => Header::Whole,
        None => Header::Unfinished,
    }
}

fn header_rest(head: &[u8]) -> Option<&[u8]> {
    let flags = *head.get(3)?;
    let mut rest = head.get(10..)?;
    if flags & 4 != 0 {
        let n_extra = u16::from_le_bytes([*rest.first()?, *rest.get(1)?]);
        rest = rest.get(2 + usize::from(n_extra)..)?;
    }
    for text_flag in [8, 16] {
        if flags & text_flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & 2 != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use std::io::Write;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("packs");
        encoder.finish().expect("packs")
    }

    fn unpacked(bytes: &[u8], chunk: usize) -> Result<(Vec<u8>, End), PageError> {
        let mut gunzip = Gunzip::default();
        let mut text = Vec::new();
        for chunk in bytes.chunks(chunk.max(1)) {
            gunzip.push(chunk, &mut |part| {
                text.extend_from_slice(part);
                Ok(())
            })?;
        }
        Ok((text, gunzip.finish()))
    }

    #[test]
    fn several_members_are_one_text() {
        let bytes = [packed(b"one\n"), packed(b""), packed(b"two\n")].concat();
        for chunk in [1, 2, 7, 1000] {
            let (text, end) = unpacked(&bytes, chunk).expect("reads");
            assert_eq!(
                (text.as_slice(), end),
                (&b"one\ntwo\n"[..], End::default()),
                "{chunk}"
            );
        }
    }

    #[test]
    fn a_cut_member_keeps_what_came() {
        let lines: String = (0..20_000).map(|n| format!("line {n}\n")).collect();
        let bytes = packed(lines.as_bytes());
        let (text, end) = unpacked(&bytes[..bytes.len() / 2], 1000).expect("reads");
        assert!(end.is_cut);
        assert!(text.len() > lines.len() / 4 && lines.as_bytes().starts_with(&text));
        // Only the checksum is missing: all the text came, and it is still said.
        let (text, end) = unpacked(&bytes[..bytes.len() - 3], 1000).expect("reads");
        assert_eq!((text.len(), end.is_cut), (lines.len(), true));
    }

    #[test]
    fn what_follows_the_last_member_is_said_and_zero_padding_is_not() {
        let (text, end) = unpacked(&[packed(b"one\n"), vec![0; 600]].concat(), 50).expect("reads");
        assert_eq!((text.as_slice(), end), (&b"one\n"[..], End::default()));
        for rest in [&b"garbage"[..], &[0x1f], &[0x1f, 0x8b]] {
            let (text, end) = unpacked(&[&packed(b"one\n")[..], rest].concat(), 3).expect("reads");
            assert_eq!(text, b"one\n");
            assert!(!end.is_cut && end.words.is_some());
        }
    }

    #[test]
    fn damage_is_told_alike_however_the_bytes_come() {
        // Found by the fuzzer: compressed data that soon reaches back to where nothing is.
        let bytes = *b"\x1f\x8b\x08   \"\n{[\naccountId\": 100,\n  \"eve";
        let whole = unpacked(&bytes, bytes.len());
        assert!(whole.as_ref().is_ok_and(|(_, end)| end.is_cut));
        for chunk in 1..bytes.len() {
            assert_eq!(unpacked(&bytes, chunk), whole, "{chunk}");
        }
    }

    #[test]
    fn a_damaged_member_keeps_what_came_before_it() {
        let mut bytes = [packed(b"one\n"), packed(b"two\n")].concat();
        let at = bytes.len() - 6;
        bytes[at] ^= 0xff;
        let (text, end) = unpacked(&bytes, 5).expect("reads");
        assert!(text.starts_with(b"one\n") && end.is_cut);
    }

    #[test]
    fn a_header_with_name_comment_and_extra_field_is_passed_over() {
        let mut bytes = vec![0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3];
        bytes.extend_from_slice(b"\x03\x00abcname\0comment\0\x12\x34");
        bytes.extend_from_slice(&packed(b"text")[10..]);
        for chunk in [1, 4, 1000] {
            let (text, end) = unpacked(&bytes, chunk).expect("reads");
            assert_eq!((text.as_slice(), end), (&b"text"[..], End::default()));
        }
    }

    #[test]
    fn what_only_begins_like_gzip_is_an_error() {
        let bytes = [
            &MAGIC[..],
            &[0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff, 0xff],
        ]
        .concat();
        assert!(matches!(
            unpacked(&bytes, 4),
            Err(PageError::BrokenGzip { .. })
        ));
    }

    proptest! {
        #[test]
        fn any_chunking_gives_the_same_text(parts: Vec<Vec<u8>>, chunk in 1..50_usize) {
            let bytes = parts.iter().flat_map(|part| packed(part)).collect::<Vec<_>>();
            let (text, end) = unpacked(&bytes, chunk).expect("reads");
            prop_assert_eq!((text, end), (parts.concat(), End::default()));
        }

        #[test]
        fn arbitrary_bytes_after_the_magic_never_panic(rest: Vec<u8>, chunk in 1..50_usize) {
            let _ = unpacked(&[&MAGIC[..], &rest].concat(), chunk);
        }
    }
}
