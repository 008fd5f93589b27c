//! Bytes for what crosses between runs of this one program, and back. Refuses to be a format: nothing is kept in it, no
//! other program reads it, and what can't be read is a fault of ours.

pub use crossing::Crossing;

pub trait Crossing {
    fn put(&self, to: &mut Vec<u8>);

    /// Takes it from the front. Bytes that nobody has put panic.
    fn take(from: &mut &[u8]) -> Self;
}

pub fn to_bytes(message: &impl Crossing) -> Vec<u8> {
    let mut bytes = Vec::new();
    message.put(&mut bytes);
    bytes
}

pub fn from_bytes<T: Crossing>(mut bytes: &[u8]) -> T {
    T::take(&mut bytes)
}

#[inline(never)]
fn put_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    to.extend_from_slice(bytes);
}

#[inline(never)]
fn take_bytes<'a>(from: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (bytes, rest) = from.split_at(length);
    *from = rest;
    bytes
}

impl<const N: usize> Crossing for [u8; N] {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(self, to);
    }

    fn take(from: &mut &[u8]) -> Self {
        let mut bytes = [0; N];
        bytes.copy_from_slice(take_bytes(from, N));
        bytes
    }
}

macro_rules! number {
    ($($number:ty)*) => {$(
        impl Crossing for $number {
            #[inline(never)]
            fn put(&self, to: &mut Vec<u8>) {
                self.to_le_bytes().put(to);
            }

            #[inline(never)]
            fn take(from: &mut &[u8]) -> Self {
                <$number>::from_le_bytes(Crossing::take(from))
            }
        }
    )*};
}

number!(u8 u16 u32 u64 i32 i64 usize f64);

impl Crossing for bool {
    fn put(&self, to: &mut Vec<u8>) {
        u8::from(*self).put(to);
    }

    fn take(from: &mut &[u8]) -> Self {
        u8::take(from) != 0
    }
}

impl Crossing for () {
    fn put(&self, _: &mut Vec<u8>) {}

    fn take(_: &mut &[u8]) -> Self {}
}

impl Crossing for String {
    #[inline(never)]
    fn put(&self, to: &mut Vec<u8>) {
        self.len().put(to);
        put_bytes(self.as_bytes(), to);
    }

    #[inline(never)]
    fn take(from: &mut &[u8]) -> Self {
        let length = usize::take(from);
        String::from_utf8_lossy(take_bytes(from, length)).into_owned()
    }
}

impl<T: Crossing> Crossing for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.len().put(to);
        for item in self {
            item.put(to);
        }
    }

    fn take(from: &mut &[u8]) -> Self {
        let length = usize::take(from);
        let mut items = Vec::with_capacity(length);
        for _ in 0..length {
            items.push(T::take(from));
        }
        items
    }
}

impl<T: Crossing> Crossing for Box<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }

    fn take(from: &mut &[u8]) -> Self {
        Box::new(T::take(from))
    }
}

impl<T: Crossing> Crossing for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(held) = self {
            held.put(to);
        }
    }

    fn take(from: &mut &[u8]) -> Self {
        bool::take(from).then(|| T::take(from))
    }
}

impl<T: Crossing, E: Crossing> Crossing for Result<T, E> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_ok().put(to);
        match self {
            Ok(value) => value.put(to),
            Err(error) => error.put(to),
        }
    }

    fn take(from: &mut &[u8]) -> Self {
        match bool::take(from) {
            true => Ok(T::take(from)),
            false => Err(E::take(from)),
        }
    }
}

impl<A: Crossing, B: Crossing> Crossing for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut &[u8]) -> Self {
        let first = A::take(from);
        (first, B::take(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, PartialEq, Debug, Crossing)]
    enum Message {
        Nothing,
        Pair(u32, Option<String>),
        Named { times: Vec<i64>, is_last: bool },
        Inner(Box<Inner>),
    }

    #[derive(Clone, PartialEq, Debug, Crossing)]
    struct Inner {
        share: f64,
        said: Result<(u64, String), Vec<String>>,
    }

    fn message() -> impl Strategy<Value = Message> {
        prop_oneof![
            Just(Message::Nothing),
            any::<(u32, Option<String>)>().prop_map(|(n, text)| Message::Pair(n, text)),
            any::<(Vec<i64>, bool)>()
                .prop_map(|(times, is_last)| Message::Named { times, is_last }),
            (-1e9..1e9, any::<Result<(u64, String), Vec<String>>>())
                .prop_map(|(share, said)| Message::Inner(Box::new(Inner { share, said }))),
        ]
    }

    proptest! {
        #[test]
        fn what_crosses_is_the_same_on_the_other_side(messages in prop::collection::vec(message(), 0..8)) {
            prop_assert_eq!(from_bytes::<Vec<Message>>(&to_bytes(&messages)), messages);
        }
    }
}
