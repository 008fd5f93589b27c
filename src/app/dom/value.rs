//! Values of attributes, classes, styles and properties.

use std::borrow::Cow;

use crate::run::Run;
use crate::signals::Live;
use crate::signals::Origin;

#[derive(Clone, PartialEq)]
pub enum Value {
    /// No attribute, no class, no style; `false` as a property.
    Absent,
    /// An attribute without text; a class; `true` as a property.
    Present,
    Text(Cow<'static, str>),
}

/// A value, or a closure that gives it again when a signal it read changes.
pub enum Given {
    Fixed(Value),
    Live(Box<dyn Run<(), Value>>),
}

/// What can stand as a value in `view!`.
pub trait IntoValue {
    fn into_value(self) -> Given;
}

/// What is a value by itself.
pub trait Plain {
    fn plain(self) -> Value;
}

impl Plain for &'static str {
    fn plain(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl Plain for String {
    fn plain(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl Plain for bool {
    fn plain(self) -> Value {
        if self { Value::Present } else { Value::Absent }
    }
}

impl<T: Plain> Plain for Option<T> {
    fn plain(self) -> Value {
        self.map_or(Value::Absent, T::plain)
    }
}

macro_rules! printed {
    ($($kind:ty)*) => {$(
        impl Plain for $kind {
            fn plain(self) -> Value {
                self.to_string().plain()
            }
        }

        impl IntoValue for $kind {
            fn into_value(self) -> Given {
                Given::Fixed(self.plain())
            }
        }
    )*};
}

printed!(u32);

macro_rules! fixed {
    ($($kind:ty)*) => {$(
        impl IntoValue for $kind {
            fn into_value(self) -> Given {
                Given::Fixed(self.plain())
            }
        }
    )*};
}

fixed!(&'static str String bool);

impl<T: Plain> IntoValue for Option<T> {
    fn into_value(self) -> Given {
        Given::Fixed(self.plain())
    }
}

impl<F: FnMut() -> T + 'static, T: Plain> IntoValue for F {
    fn into_value(mut self) -> Given {
        Given::Live(Box::new(move |()| self().plain()))
    }
}

impl<T: Plain + Clone + 'static, O: Origin> IntoValue for Live<T, O> {
    fn into_value(self) -> Given {
        Given::Live(Box::new(move |()| self.get().plain()))
    }
}
