//! A source's bytes on their way to text: unpacked, hashed and counted. Refuses to look at the text, so that it can run
//! in a thread or worker of its own, beside the intake of the text.

use sha2::Digest;
use sha2::Sha256;

use crate::envelope::PageError;
use crate::envelope::Unpacked;
use crate::envelope::Unpacker;

#[derive(Default)]
pub struct Unpacking {
    unpacker: Unpacker,
    hasher: Sha256,
    bytes: u64,
    failed: Option<PageError>,
}

/// Takes text, and whether it was packed; its error ends the source.
pub type TakeText<'a> = &'a mut dyn FnMut(&[u8], bool) -> Result<(), PageError>;

/// What is known of a source once all its bytes came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrived {
    /// As they came, packed or not.
    pub bytes: u64,
    pub sha256: [u8; 32],
    pub unpacked: Result<Unpacked, PageError>,
}

impl Unpacking {
    /// Bytes as they came.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Gives the text that the bytes hold, piece by piece. An error ends the source: every later call returns it again.
    pub fn push(&mut self, bytes: &[u8], out: TakeText) -> Result<(), PageError> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        self.unpacker.tell(bytes);
        let is_packed = self.unpacker.is_gzip();
        let result = match &self.failed {
            Some(error) => Err(error.clone()),
            None => self.unpacker.push(bytes, &mut |text| out(text, is_packed)),
        };
        self.failed = result.clone().err();
        result
    }

    pub fn finish(mut self, out: TakeText) -> Arrived {
        Arrived {
            bytes: self.bytes,
            unpacked: match self.failed {
                Some(error) => Err(error),
                None => self.unpacker.finish(&mut |text| out(text, false)),
            },
            sha256: self.hasher.finalize().into(),
        }
    }
}
