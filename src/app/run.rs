//! Closures in boxes, without what a box of `FnMut` also carries: for each closure one more function, by which it would
//! be called and used up. Nobody does, and there are hundreds.

/// A closure that is called more than once.
pub trait Run<In, Out> {
    fn run(&mut self, given: In) -> Out;
}

impl<F: FnMut(In) -> Out, In, Out> Run<In, Out> for F {
    fn run(&mut self, given: In) -> Out {
        self(given)
    }
}
