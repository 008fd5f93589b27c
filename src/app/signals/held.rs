//! A value of whatever type, for Leptos to keep. Knows nothing of signals.

use std::any::Any;
use std::rc::Rc;

use send_wrapper::SendWrapper;

/// Shared with whoever is reading it just now: a newer value takes its place without waiting for them.
#[derive(Clone)]
pub struct Held(SendWrapper<Rc<dyn Any>>);

impl Held {
    pub fn new<T: 'static>(value: T) -> Self {
        Held::of(Rc::new(value))
    }

    #[inline(never)]
    pub fn of(value: Rc<dyn Any>) -> Self {
        Held(SendWrapper::new(value))
    }

    pub fn is<T: 'static>(&self) -> bool {
        self.any().is::<T>()
    }

    pub fn get<T: 'static>(&self) -> &T {
        match self.any().downcast_ref() {
            Some(value) => value,
            None => out_of_place(),
        }
    }

    #[inline(never)]
    fn any(&self) -> &dyn Any {
        &**self.0
    }

    /// To change it in place, which only the one who holds it alone can.
    pub fn get_mut<T: 'static>(&mut self) -> &mut T {
        match self.any_mut().downcast_mut() {
            Some(value) => value,
            None => out_of_place(),
        }
    }

    #[inline(never)]
    fn any_mut(&mut self) -> &mut dyn Any {
        match Rc::get_mut(&mut self.0) {
            Some(value) => value,
            None => out_of_place(),
        }
    }
}

/// Reached only by a closure that reads or changes the very value that it is changing.
#[cold]
fn out_of_place() -> ! {
    panic!("a signal was used while it is being changed")
}
