//! Findings over small text pictures, each raised and not raised; see [`picture`] for how they are written.

mod life;
mod operations;
mod people;
mod picture;
mod transitions;
