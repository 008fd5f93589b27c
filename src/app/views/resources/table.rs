//! The list: a grid of the rows in sight, its head that sorts, and the life strips drawn over their column.

use leptos::prelude::*;
use lifeline::protocol::Fleet;
use lifeline::protocol::FleetRow;
use lifeline::protocol::FleetSort;
use lifeline::protocol::SpanValue;
use lifeline::screen::findings;
use lifeline::screen::life;
use lifeline::screen::words;
use lifeline::screen::words::px;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

use super::desk::use_desk;
use super::strips::StripAxis;
use super::strips::Strips;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::paint::use_size;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;
use crate::widgets::long_name::long_name;
use crate::widgets::swatch::StateText;

/// The columns in their order; those that sort name their sort.
const COLUMNS: [(&str, &str, Option<FleetSort>); 10] = [
    ("name", "Resource", Some(FleetSort::Name)),
    ("kind", "Kind", Some(FleetSort::Kind)),
    ("region", "Region", Some(FleetSort::Region)),
    ("existence", "Existence", Some(FleetSort::Existence)),
    ("power", "Power", Some(FleetSort::Power)),
    ("since", "Since", None),
    ("change", "Last change", Some(FleetSort::LastChange)),
    ("by", "By", None),
    ("what", "What changed", None),
    ("findings", "Findings", Some(FleetSort::Findings)),
];

#[component(transparent)]
pub fn Table() -> Node {
    let desk = use_desk();
    let size = use_size(desk.scroller);
    Effect::new(move |_| {
        let head_px = if desk.is_phone.get() { 0.0 } else { HEAD_PX };
        let view_px = (size.get().1 - head_px).max(1.0);
        if view_px != desk.view_px.get_untracked() {
            desk.view_px.set(view_px);
        }
    });
    // Back from a resource: where one stood.
    Effect::new(move |before: Option<()>| {
        if before.is_none()
            && let Some(scroller) = desk.scroller.get()
        {
            let px = untrack(|| desk.list().scroll_for(desk.position.get()));
            desk.scroll_px.set(px);
            scroller.set_scroll_top(px.round() as i32);
        }
    });
    let content_px = Memo::new(move |_| desk.list().content_px());
    let row_count = move || {
        desk.asked
            .with(|fleet| fleet.total + 1)
            .unwrap_or(1)
            .to_string()
    };
    let active = move || desk.cursor.get().map(row_id);
    let rows = move || {
        let fleet = desk.asked.get()?;
        let (clock, is_phone) = (desk.app.clock(), desk.is_phone.get());
        Some(view! { <Rows fleet clock is_phone/> })
    };
    let top = move || {
        let first = desk.asked.with(|fleet| fleet.first).unwrap_or(0);
        format!("translateY({})", px(desk.top_of(first)))
    };
    view! {
        <div class="fleet-scroll scroll" role="grid" tabindex="0" node_ref=desk.scroller
            aria-label="Resources at T" aria-rowcount=row_count aria-colcount="11"
            aria-activedescendant=active aria-busy=move || desk.asked.is_waiting.get().to_string()
            on:scroll=move |_| desk.scrolled()>
            <Head/>
            <div class="fleet-rows" role="rowgroup" style:height=move || px(content_px.get())>
                <div class="fleet-window" role="presentation" style:transform=top>
                    {rows}
                </div>
            </div>
        </div>
    }
}

/// The sticky head's height.
const HEAD_PX: f64 = 44.0;

fn row_id(row: u32) -> String {
    format!("fleet-row-{row}")
}

#[component(transparent)]
fn Head() -> Node {
    let desk = use_desk();
    let column = move |(class, label, sort): (&'static str, &'static str, Option<FleetSort>)| {
        let Some(sort) = sort else {
            return view! { <div class=format!("fleet-cell is-{class}") role="columnheader">{label}</div> };
        };
        let is_current = move || desk.app.fleet_order.get().by == sort;
        let order = move || match (is_current(), desk.app.fleet_order.get().descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        let arrow = move || {
            is_current().then(|| {
                let glyph = match desk.app.fleet_order.get().descending {
                    true => Glyph::SortDown,
                    false => Glyph::SortUp,
                };
                view! { <Icon glyph row=true/> }
            })
        };
        view! {
            <div class=format!("fleet-cell is-{class}") role="columnheader" aria-sort=order>
                <button type="button" class="fleet-sort" class:is-current=is_current
                    on:click=move |_| desk.sort_by(sort)>{label} {arrow}</button>
            </div>
        }
    };
    view! {
        <div class="fleet-head" role="row" aria-rowindex="1">
            {COLUMNS.map(column).into_iter().collect::<Node>()}
            <div class="fleet-cell is-strip" role="columnheader" aria-label="Life"><StripAxis/></div>
        </div>
    }
}

#[component(transparent)]
fn Rows(fleet: std::sync::Arc<Fleet>, clock: Clock, is_phone: bool) -> Node {
    let desk = use_desk();
    let (first, at, is_judged) = (fleet.first, fleet.at, fleet.is_judged);
    let rows = fleet
        .rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let number = first + place as u32;
            let cells = match is_phone {
                true => phone_cells(row, at, clock).into_node(),
                false => cells(row, at, is_judged, clock).into_node(),
            };
            let is_current = move || desk.cursor.get() == Some(number);
            let class = match life::is_ended(row.existence) {
                true => "fleet-row is-ended",
                false => "fleet-row",
            };
            view! {
                <div class=class role="row" id=row_id(number) aria-rowindex=(number + 2).to_string()
                    aria-selected=move || is_current().to_string() class:is-current=is_current data-row=number.to_string()
                    on:click=move |_| desk.open(number)>{cells}</div>
            }
        })
        .collect::<Node>();
    view! {
        {rows}
        {(!is_phone).then(|| view! { <Strips fleet/> })}
    }
}

fn cells(row: &FleetRow, at: Timestamp, is_judged: bool, clock: Clock) -> Node {
    let head = &row.head;
    let foreign = head
        .is_foreign_account
        .then(|| view! { <span class="fleet-foreign" title="It belongs to another account than the one configured.">"other account"</span> });
    let what = match row.last_what.is_empty() {
        true => view! { <span class="quiet">"nothing recorded"</span> },
        false => row.last_what.clone().into_node(),
    };
    view! {
        <div class="fleet-cell is-name" role="gridcell" title=format!("{}\n{}", head.label, head.id)>
            <Icon glyph=Glyph::of_kind(head.kind)/>
            <span class="fleet-name long-name">{long_name(&head.label)}</span>
            {foreign}
        </div>
        <div class="fleet-cell is-kind cut" role="gridcell" title=head.kind_words.clone()>{head.kind_words.clone()}</div>
        <div class="fleet-cell is-region cut" role="gridcell" title=head.location.clone()>{head.region.clone()}</div>
        <div class="fleet-cell is-existence" role="gridcell">{existence(row)}</div>
        <div class="fleet-cell is-power" role="gridcell">{power(row)}</div>
        <div class="fleet-cell is-since" role="gridcell" title=since_title(row, clock)>{since(row, at, clock)}</div>
        <div class="fleet-cell is-change" role="gridcell">{change(row, at, clock)}</div>
        <div class="fleet-cell is-by cut" role="gridcell" title=row.last_by.clone()>{words::short_name(&row.last_by).to_owned()}</div>
        <div class="fleet-cell is-what cut" role="gridcell" title=row.last_what.clone()>{what}</div>
        <div class="fleet-cell is-findings" role="gridcell">{findings_of(row, is_judged)}</div>
        <div class="fleet-cell is-strip" role="gridcell"><span class="visually-hidden">{strip_words(row, clock)}</span></div>
    }
}

/// Two lines: what and how it is, then where, what changed last, when.
fn phone_cells(row: &FleetRow, at: Timestamp, clock: Clock) -> Node {
    let head = &row.head;
    let state = match (life::is_ended(row.existence), row.power) {
        (false, Some(power)) if power != SpanValue::Unknown => power,
        _ => row.existence,
    };
    let found = findings::in_short(row.n_firm, row.n_suspected);
    let rest = [
        head.region.as_str(),
        found.as_str(),
        row.last_what.as_str(),
        words::short_name(&row.last_by),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" · ");
    view! {
        <div class="fleet-phone-line" role="gridcell">
            <Icon glyph=Glyph::of_kind(head.kind)/>
            <span class="fleet-name long-name">{long_name(&head.label)}</span>
            <StateText value=state carried=row.is_carried rest={if row.is_carried { "carried" } else { "" }}/>
        </div>
        <div class="fleet-phone-line is-second" role="gridcell">
            <span class="cut">{rest}</span>
            <span class="nowrap">{change(row, at, clock)}</span>
        </div>
    }
}

/// `▲ 2 firm △ 1 suspected`: of all its life.
fn findings_of(row: &FleetRow, is_judged: bool) -> Node {
    let sign = |n: u32, is_firm: bool| {
        let word = findings::standing(is_firm).to_ascii_lowercase();
        (n > 0).then(|| {
            view! {
                <span class="fleet-finding"><FindingSign is_firm/>{words::count(n.into())} " "
                    <span class="fleet-finding-word">{word}</span></span>
            }
        })
    };
    match (row.n_firm + row.n_suspected, is_judged) {
        (0, true) => view! { <span class="quiet">"none"</span> },
        (0, false) => view! { <span class="quiet">"not judged yet"</span> },
        _ => view! {
            <span class="fleet-findings" title=findings::in_short(row.n_firm, row.n_suspected)>
                {sign(row.n_firm, true)} {sign(row.n_suspected, false)}
            </span>
        },
    }
}

fn existence(row: &FleetRow) -> Node {
    match life::is_ended(row.existence) {
        true => view! { <StateText value=row.existence/> },
        false => life::state_word(row.existence).into_node(),
    }
}

/// After a reclaim the power is what it was last: said quietly, since the server is no longer ours.
fn power(row: &FleetRow) -> Node {
    match row.power {
        None => view! { <span class="quiet">"none"</span> },
        Some(power) if life::is_ended(row.existence) && power != SpanValue::Unknown => view! {
            <span class="quiet" title="As last recorded. A reclaim leaves the power as it was.">
                {format!("was {}", life::state_word(power).to_ascii_lowercase())}
            </span>
        },
        Some(power) => {
            let is_carried = row.is_carried && power != SpanValue::Unknown;
            view! { <StateText value=power carried=is_carried rest={if is_carried { "carried" } else { "" }}/> }
        }
    }
}

fn since(row: &FleetRow, at: Timestamp, clock: Clock) -> Node {
    match row.since {
        Some(since) => stamp(since, at, clock).into_node(),
        None => view! { <span class="quiet">"before the record"</span> },
    }
}

fn since_title(row: &FleetRow, clock: Clock) -> String {
    let state = match (life::is_ended(row.existence), row.power) {
        (false, Some(power)) if power != SpanValue::Unknown => power,
        _ => row.existence,
    };
    let carried = match row.is_carried {
        true => ", carried over a time that was not fetched",
        false => "",
    };
    let since = row.since.map_or("before the record".to_owned(), |at| {
        format!(
            "{} {}",
            life::full_stamp(at, clock),
            words::offset(at, clock)
        )
    });
    format!("{} since {since}{carried}", life::state_word(state))
}

fn change(row: &FleetRow, at: Timestamp, clock: Clock) -> Node {
    match row.last_change {
        Some(change) => stamp(change, at, clock).into_node(),
        None => view! { <span class="quiet">"none recorded"</span> },
    }
}

fn stamp(at: Timestamp, near: Timestamp, clock: Clock) -> Node {
    let exact = at.to_string();
    view! {
        <time class="time" datetime=exact.clone() title=exact>
            {life::short_stamp(at, clock, near)} " " <span class="offset">{words::offset(at, clock)}</span>
        </time>
    }
}

/// What the strip shows, for those who don't see it.
fn strip_words(row: &FleetRow, clock: Clock) -> String {
    let spans = match row.strip.is_empty() {
        true => &row.strip_existence,
        false => &row.strip,
    };
    let n_changes = spans.len().saturating_sub(1);
    let last = spans.last().map_or(String::new(), |span| {
        format!(", last {} {}", span.text, life::since(span, clock))
    });
    format!(
        "{} in the time shown{last}",
        words::counted(n_changes as u64, "change of state", "changes of state")
    )
}
