//! Words with wildcards and networks: reading them and holding a value against them.
//! Knows nothing of fields; whether a whole value or any part of it is asked is the caller's to say.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reading::lowercase;

/// A word as asked: text with runs of anything. Never two of a kind side by side.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    Text(String),
    /// `*`: any run of characters, an empty one too.
    Any,
}

impl Pattern {
    pub fn literal(text: &str) -> Self {
        let mut pattern = Pattern::default();
        text.chars().for_each(|c| pattern.push(c));
        pattern
    }

    pub fn push(&mut self, c: char) {
        match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text.push(c),
            _ => self.pieces.push(Piece::Text(c.into())),
        }
    }

    pub fn push_any(&mut self) {
        if self.pieces.last() != Some(&Piece::Any) {
            self.pieces.push(Piece::Any);
        }
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Nothing but `*`.
    pub fn is_any(&self) -> bool {
        self.pieces == [Piece::Any]
    }

    /// The text, if there is no wildcard in it.
    pub fn as_literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }
}

/// Text without regard to case: each character's simple lower case.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        }
    } else {
        Cow::Owned(lowercase(text))
    }
}

/// A pattern made ready: folded once, asked of many values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matcher {
    /// The texts between wildcards, folded; the first and last are empty where a wildcard stands at that end.
    parts: Vec<String>,
}

impl Matcher {
    pub fn new(pattern: &Pattern) -> Self {
        let mut parts = vec![String::new()];
        for piece in &pattern.pieces {
            match (piece, parts.last_mut()) {
                (Piece::Text(text), Some(part)) => part.push_str(&fold(text)),
                _ => parts.push(String::new()),
            }
        }
        Matcher { parts }
    }

    /// The folded text, if the pattern has no wildcard.
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Of `*part*` the folded part: it passes whatever holds it.
    pub fn part_anywhere(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [first, part, last] if first.is_empty() && last.is_empty() => Some(part),
            _ => None,
        }
    }

    /// The folded texts that must occur, in order, in whatever this matches. Empty ones mean nothing.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Is this the whole of `text`?
    pub fn is_whole(&self, text: &str) -> bool {
        self.is_whole_folded(&fold(text))
    }

    /// [`Matcher::is_whole`] of text that is folded already.
    pub fn is_whole_folded(&self, folded: &str) -> bool {
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|only| only == folded);
        };
        let Some(rest) = folded.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some(rest) = rest.strip_suffix(last.as_str()) else {
            return false;
        };
        in_order(middle, rest)
    }

    /// Does this occur anywhere in `text`?
    pub fn is_inside(&self, text: &str) -> bool {
        in_order(&self.parts, &fold(text))
    }

    /// [`Matcher::is_inside`] of text that is folded already.
    pub fn is_inside_folded(&self, folded: &str) -> bool {
        in_order(&self.parts, folded)
    }
}

fn in_order(parts: &[String], text: &str) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

/// The addresses that share a prefix: `10.0.0.0/8`, `192.168.1/24`, `2001:db8::/32`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Net {
    first: IpAddr,
    prefix_bits: u8,
}

/// Why a text with a slash is no network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NotNet {
    /// Not of that shape at all.
    Other,
    /// An address, but the length is beyond this many bits.
    TooLong { most: u8 },
}

impl Net {
    /// Bits after the prefix are dropped: `10.1.2.3/8` is `10.0.0.0/8`. Missing IPv4 parts are zeros.
    pub(super) fn parse(text: &str) -> Result<Net, NotNet> {
        let (address, bits) = text.split_once('/').ok_or(NotNet::Other)?;
        if bits.is_empty() || !bits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotNet::Other);
        }
        let address = parse_short_address(address).ok_or(NotNet::Other)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        match bits.parse::<u8>() {
            Ok(bits) if bits <= most => Ok(Net {
                first: masked(address, bits),
                prefix_bits: bits,
            }),
            _ => Err(NotNet::TooLong { most }),
        }
    }

    pub fn contains(self, address: IpAddr) -> bool {
        address.is_ipv4() == self.first.is_ipv4() && masked(address, self.prefix_bits) == self.first
    }

    /// An address as records write it; what follows a slash is left out (`192.0.2.0/24172`).
    pub fn contains_text(self, text: &str) -> bool {
        let text = text.trim();
        let address = text.split_once('/').map_or(text, |(address, _)| address);
        address
            .parse::<IpAddr>()
            .is_ok_and(|address| self.contains(address))
    }
}

impl std::fmt::Display for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.first, self.prefix_bits)
    }
}

fn parse_short_address(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let mut octets = [0u8; 4];
    for (n, part) in text.split('.').enumerate() {
        if part.is_empty() || part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *octets.get_mut(n)? = part.parse().ok()?;
    }
    Some(IpAddr::V4(Ipv4Addr::from(octets)))
}

fn masked(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & mask))
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Matcher {
        let mut pattern = Pattern::default();
        for c in text.chars() {
            if c == '*' {
                pattern.push_any();
            } else {
                pattern.push(c);
            }
        }
        Matcher::new(&pattern)
    }

    #[test]
    fn a_star_is_any_run_and_the_ends_are_anchored() {
        for (asked, value, whole) in [
            ("web*", "WEB-7", true),
            ("web*", "my web", false),
            ("*web", "my web", true),
            ("a*b*c", "a-x-b-c", true),
            ("a*a", "a", false),
            ("*ab*ab*", "abab", true),
            ("*ab*ab*", "ab", false),
            ("web", "web-7", false),
            ("*", "", true),
            ("ÄÖ*", "äöx", true),
        ] {
            assert_eq!(pattern(asked).is_whole(value), whole, "{asked} on {value}");
        }
        assert!(pattern("OWER*OF").is_inside("Power was off"));
        assert!(!pattern("off*power").is_inside("power off"));
    }

    #[test]
    fn a_network_holds_the_addresses_that_share_its_prefix() {
        for (net, address, inside) in [
            ("10.0.0.0/8", "10.200.3.4", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3/8", "10.9.9.9", true),
            ("192.168.1/24", "192.168.1.77", true),
            ("192.168.1/24", "192.168.2.77", false),
            ("10/8", "10.1.1.1", true),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("10.1.2.3/32", "10.1.2.3", true),
            ("10.1.2.3/32", "10.1.2.4", false),
            ("2001:db8::/32", "2001:DB8:1::9", true),
            ("2001:db8::/32", "2001:db9::", false),
            ("::/0", "fe80::1", true),
            ("192.0.2.0/24", "192.0.2.0/24172", true),
            ("10.0.0.0/8", "CSE", false),
            ("10.0.0.0/8", "", false),
        ] {
            let parsed = Net::parse(net).expect(net);
            assert_eq!(parsed.contains_text(address), inside, "{address} in {net}");
        }
        assert_eq!(Net::parse("10.0.0.0/33"), Err(NotNet::TooLong { most: 32 }));
        assert_eq!(
            Net::parse("192.0.2.0/24172"),
            Err(NotNet::TooLong { most: 32 })
        );
        for text in [
            "10.0.0.0",
            "a/8",
            "1.2.3.4.5/8",
            "/8",
            "10.0.0.0/",
            "300.1/8",
            "a.b.c/8",
        ] {
            assert_eq!(Net::parse(text), Err(NotNet::Other), "{text}");
        }
    }
}
