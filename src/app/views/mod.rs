//! One file a view. A view asks through [`crate::session::use_answer`] and knows no other view;
//! the detail of an event is the events view's, and stands beside any.

mod events;
mod resource;
mod resources;
mod timeline;

pub use events::name_of;

pub use events::DetailPanel;
pub use events::Events;
pub use resource::Resource;
pub use resources::Resources;
pub use timeline::Timeline;
