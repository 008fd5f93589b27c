//! What happened to a resource: which resource an event lands on (`identity`), what it changed (`history`), the fleet
//! at an instant (`fleet`), and the sentence that says it (`words`). The rules are those of the project's `rules.md`,
//! "A resource's identity" and "Tracks". Refuses to hold events: the store hands in what each says.

mod accounts;
mod buckets;
mod crns;
pub mod detail;
pub mod fleet;
mod graph;
pub mod history;
pub mod identity;
mod known;
mod naming;
pub mod reference;
pub mod track;
pub mod words;

pub use detail::Detail;
pub use history::Change;
pub use history::Fact;
pub use history::Held;
pub use history::History;
pub use history::history;
pub use identity::Found;
pub use identity::Identities;
pub use identity::Resource;
pub use identity::resolve;
pub use known::Known;
pub use reference::Coded;
pub use reference::Columns;
pub use reference::References;
pub use track::Basis;
pub use track::Span;
pub use track::Track;
pub use track::TrackName;
pub use track::Value;

/// `""`, `-` and `*` name nothing, whether they stand for an id or a name (`rules.md`).
pub fn names_something(text: &str) -> bool {
    !matches!(text, "" | "-" | "*")
}
#[cfg(test)]
pub(crate) mod tests;
