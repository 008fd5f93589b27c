//! Sentences over small pictures. `picture` reads them; the files beside it hold the tests by subject.

mod identity;
mod invariants;
mod naming;
pub mod picture;
mod tracks;
mod words;
