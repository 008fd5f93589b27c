//! One cell of the table, as each column shows an event.

use lifeline::protocol::Column;
use lifeline::protocol::FacetName;
use lifeline::protocol::RowView;
use lifeline::screen::words;
use lifeline::time::Clock;

use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::long_name::long_name;
use crate::widgets::outcome::OutcomeText;

/// What a cell says. `has_day`: the rows stand in order of time under headers of days.
pub fn cell(row: &RowView, column: Column, clock: Clock, has_day: bool) -> Node {
    let (class, title, content) = content(row, column, clock, has_day);
    view! { <div class=format!("cell {class}") role="gridcell" title=title>{content}</div> }
}

fn content(
    row: &RowView,
    column: Column,
    clock: Clock,
    has_day: bool,
) -> (&'static str, String, Node) {
    let plain = |text: &str| text.to_owned().into_node();
    match column {
        Column::Time => time(row, clock, has_day),
        Column::Outcome => (
            "",
            String::new(),
            view! { <OutcomeText outcome=row.outcome reason=row.reason.clone()/> },
        ),
        Column::Action => ("cut is-action", row.action.clone(), plain(&row.label)),
        Column::Initiator => ("cut is-quiet", row.initiator.clone(), plain(&row.initiator)),
        Column::Target => (
            "is-target",
            row.target.clone(),
            view! {
                <Icon glyph=Glyph::of_kind(row.kind) row=true/>
                <span class="long-name">{long_name(words::short_target(&row.target))}</span>
                {row.is_conflict.then(|| view! { <span class="badge">"conflict"</span> })}
            },
        ),
        Column::TargetKind => (
            "cut is-quiet",
            row.kind_words.clone(),
            plain(&row.kind_words),
        ),
        Column::Region => ("cut is-quiet", row.location.clone(), plain(&row.region)),
        Column::Address => (
            "cut is-quiet mono",
            row.address.clone(),
            plain(&row.address),
        ),
        Column::Reason => ("cut is-quiet", row.reason.clone(), plain(&row.reason)),
        Column::Severity => ("cut is-quiet", row.severity.clone(), plain(&row.severity)),
        Column::Credential => (
            "cut is-quiet",
            row.credential.clone(),
            plain(&row.credential),
        ),
        Column::Source => ("cut is-quiet", row.source.clone(), plain(&row.source)),
    }
}

fn time(row: &RowView, clock: Clock, has_day: bool) -> (&'static str, String, Node) {
    let Some(at) = row.time else {
        return (
            "is-quiet",
            "This event has no time".into(),
            "no time".into_node(),
        );
    };
    let text = if has_day {
        words::clock_time(at, clock)
    } else {
        words::instant(at, clock)
    };
    let mark = row
        .time_is_marked
        .then(|| view! { <abbr class="time-mark" title="The record did not state this time in full">"~"</abbr> });
    let content = view! {
        {text} " " <span class="offset">{words::offset(at, clock)}</span> {mark}
    };
    ("nowrap", at.to_string(), content.into_node())
}

/// The value that `f` and `x` act on.
pub fn facet_of(row: &RowView, column: Column) -> Option<(FacetName, String)> {
    let (name, value) = match column {
        Column::Time => return None,
        Column::Outcome => (FacetName::Outcome, row.outcome.name()),
        Column::Action => (FacetName::Action, row.action.as_str()),
        Column::Initiator => (FacetName::Initiator, row.initiator.as_str()),
        Column::Target => (FacetName::Target, row.target.as_str()),
        Column::TargetKind => (FacetName::Kind, row.kind.name()),
        Column::Region => (FacetName::Region, row.region.as_str()),
        Column::Address => (FacetName::Address, row.address.as_str()),
        Column::Reason => (FacetName::Reason, row.reason.as_str()),
        Column::Severity => (FacetName::Severity, row.severity.as_str()),
        Column::Credential => (FacetName::Credential, row.credential.as_str()),
        Column::Source => (FacetName::Source, row.source.as_str()),
    };
    let value = if value.is_empty() { "none" } else { value };
    Some((name, value.to_owned()))
}
