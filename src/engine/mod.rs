//! The one trait that every view asks, and who answers: `local`, from the store in this tab.
//! Refuses to let a view know where events are kept.

mod answer;
mod asked;
mod further;
pub mod local;
pub mod overview;
pub mod resource;
pub mod summary;

use crate::protocol::Answer;
use crate::protocol::AskError;
use crate::protocol::Generation;
use crate::protocol::Question;

pub use further::reread_row;
pub use local::Local;
pub use local::Pending;
pub use summary::summary_text;

/// Answers of view size. An answer is made from the newest generation, which comes with it.
pub trait Engine {
    fn generation(&self) -> Generation;
    fn answer(&mut self, question: &Question) -> Result<Answer, AskError>;
}
