//! Lifeline, the whole viewer without a browser.
//!
//! The list below is the architecture diagram, in reading order: a module may use only those above it
//! (`tests/layers.rs` holds that). Effects live in `app/`, the binary around this library.
//! The blank lines keep rustfmt from sorting the diagram.

/// A value written as JSON, for tests.
#[cfg(test)]
macro_rules! value {
    ($($json:tt)+) => {
        reading::read_json(serde_json::json!($($json)+).to_string().as_bytes()).expect("JSON")
    };
}

// `derive(Crossing)` names its trait alike here and in the program around.
extern crate self as lifeline;

// The one sort, and a map for few entries.
pub mod sorting;

// Bytes for what crosses between runs of the program.
pub mod crossing;

// Instants, ranges, zones.
pub mod time;

// Numbers and lengths of time in words.
pub mod amounts;

// What was said: one event in CADF's terms.
pub mod cadf;

// Bytes to records: every wrapper that events come in.
pub mod envelope;

// What actions mean: words, kind, category, effect.
pub mod catalogue;

// What was fetched, region by interval, and what nobody watched.
pub mod coverage;

// What happened to a resource: identity, tracks, the fleet at an instant.
pub mod lifecycle;

// What can't be right, and what isn't proven: requests and completions, findings.
pub mod findings;

// What crosses between page and worker.
pub mod protocol;

// Every event in columns, sorted by time and grouped by resource.
pub mod store;

// Asking: the query language, and answers of view size.
pub mod query;

// The one trait that every view asks.
pub mod engine;

// Where events come from: what to ask for, how an answer is judged, how its bytes become events.
pub mod source;

// Pictures as numbers: scales, ticks, bars, lanes; shapes without a canvas.
pub mod chart;

// The view's state as the text after `#`, and back.
pub mod link;

// What a deployment chooses: `config.json`.
pub mod config;

// What the screen works out without a browser: words, windows of rows.
pub mod screen;

/// Which build this is: the version and a name that `./dev` makes from the sources' content.
pub const BUILD: &str = match option_env!("LIFELINE_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};
