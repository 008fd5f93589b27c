//! What crosses between page and worker, as bytes (`crossing`): requests, answers and pushed news.
//! Answers are as large as a view, never as large as the data. Holds no behaviour.
//!
//! Handshake first: the worker posts a message that is no news; what was posted to it before is lost. Both run the same
//! program, so each understands the other's bytes.
//! Files from the user cross beside the bytes, as an array of `File` handles in the order of [`LocalFile`].

mod asked;
mod compared;
mod events;
mod findings;
mod news;
mod resources;
mod sources;

pub use asked::Column;
pub use asked::ExportFormat;
pub use asked::FacetName;
pub use asked::Filter;
pub use asked::FleetSort;
pub use asked::LaneKey;
pub use asked::LaneSort;
pub use asked::LocalFile;
pub use asked::Order;
pub use asked::Question;
pub use asked::Request;
pub use asked::Step;
pub use compared::AttributeView;
pub use compared::ChangeKind;
pub use compared::ComparedRow;
pub use compared::Comparison;
pub use events::Bin;
pub use events::ClauseView;
pub use events::Completion;
pub use events::Correlation;
pub use events::Detail;
pub use events::Facet;
pub use events::FacetValue;
pub use events::FieldView;
pub use events::Gap;
pub use events::GapReason;
pub use events::Member;
pub use events::MemberValue;
pub use events::Overview;
pub use events::Page;
pub use events::RowView;
pub use events::Section;
pub use events::Stepped;
pub use findings::FindingView;
pub use findings::Findings;
pub use findings::Fold;
pub use findings::KindCount;
pub use findings::OperationStanding;
pub use findings::OperationView;
pub use news::Answer;
pub use news::AskError;
pub use news::News;
pub use news::SourceState;
pub use news::Stage;
pub use news::Totals;
pub use resources::Basis;
pub use resources::ChangeView;
pub use resources::Crowd;
pub use resources::EventMark;
pub use resources::Fleet;
pub use resources::FleetRow;
pub use resources::HistoryEvent;
pub use resources::HistoryPage;
pub use resources::HistoryRows;
pub use resources::Lane;
pub use resources::LaneFinding;
pub use resources::LaneGroup;
pub use resources::Lanes;
pub use resources::LanesShort;
pub use resources::Mark;
pub use resources::Related;
pub use resources::RelatedMark;
pub use resources::ResourceHead;
pub use resources::ShortBand;
pub use resources::ShortGap;
pub use resources::SpanValue;
pub use resources::SpanView;
pub use resources::TrackView;
pub use sources::Rejection;
pub use sources::SourceFile;

use crate::crossing::Crossing;

/// Counts up with every change of what the store holds. An answer names the one it was made from.
pub type Generation = u64;

/// A row in the store: names an event within one tab, never in a link.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
pub struct RowId(pub u32);

/// A resource in one generation's list; links carry its printed id and kind instead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
pub struct ResourceIx(pub u32);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crossing::from_bytes;
    use crate::crossing::to_bytes;
    use crate::time::TimeRange;
    use crate::time::Timestamp;
    use crate::time::Zone;

    #[test]
    fn a_question_survives_the_crossing() {
        let request = Request::Ask {
            slot: 1,
            ask: 2,
            question: Question::Page {
                filter: Filter {
                    query: "outcome:failure".into(),
                    range: TimeRange::new(Timestamp::from_secs(1), Timestamp::from_secs(2)),
                    zone: Zone::Local,
                },
                order: Order::default(),
                first: 0,
                count: 60,
            },
        };
        assert_eq!(from_bytes::<Request>(&to_bytes(&request)), request);
    }
}
