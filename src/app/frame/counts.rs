//! What the frame asks for all views at once: the histogram with its counts over the range, and the counts in the brush.

use leptos::prelude::*;
use lifeline::chart::bins::BinPlan;
use lifeline::protocol::Answer;
use lifeline::protocol::Overview;
use lifeline::protocol::Question;

use crate::session::Asked;
use crate::session::use_answer;
use crate::signals::RwSignal;
use crate::state::use_app;

/// A bin is at least this wide.
const BIN_PX: f64 = 7.0;

#[derive(Clone, Copy)]
pub struct Counts {
    /// Over the whole range.
    pub in_range: Asked<Overview>,
    /// In the brush, while there is one.
    pub in_brush: Asked<Overview>,
    /// The width that the histogram has, in pixels.
    pub width_px: RwSignal<f64>,
}

impl Counts {
    pub fn ask() -> Counts {
        let app = use_app();
        let width_px = RwSignal::new(1408.0);
        let in_range = use_answer(
            move || {
                let max_bins = (width_px.get() / BIN_PX).clamp(10.0, 400.0) as u32;
                let plan = app
                    .domain()
                    .map(|domain| BinPlan::over(domain, max_bins, app.clock()));
                Some(Question::Overview {
                    filter: app.filter_of_range(),
                    domain: plan.map(|plan| plan.domain),
                    bins: plan.map_or(1, |plan| plan.bins),
                })
            },
            overview,
        );
        let in_brush = use_answer(
            move || {
                app.brush.get().map(|brush| Question::Overview {
                    filter: app.filter(),
                    domain: Some(brush),
                    bins: 1,
                })
            },
            overview,
        );
        Counts {
            in_range,
            in_brush,
            width_px,
        }
    }

    /// How many match in what views show: the brush, else the range.
    pub fn matching(self) -> Option<u64> {
        self.in_brush
            .with(|overview| overview.matching)
            .or_else(|| self.in_range.with(|overview| overview.matching))
    }
}

/// The frame's counts; there wherever a view is.
pub fn use_counts() -> Counts {
    expect_context::<Counts>()
}

fn overview(answer: Answer) -> Option<Overview> {
    match answer {
        Answer::Overview(overview) => Some(overview),
        _ => None,
    }
}
