//! The tracks as a table: every span with its value, from when to when, on what ground, and what was carried.

use leptos::prelude::*;
use lifeline::protocol::FindingView;
use lifeline::protocol::SpanValue;
use lifeline::protocol::SpanView;
use lifeline::screen::findings;
use lifeline::screen::life as life_words;
use lifeline::screen::words;
use lifeline::time::Clock;
use lifeline::time::Timestamp;

use super::life::Life;
use super::life::use_life;
use crate::dom::IntoNode;
use crate::dom::Node;
use crate::dom::view;
use crate::widgets::finding_sign::FindingSign;
use crate::widgets::finding_sign::SeverityText;
use crate::widgets::swatch::Swatch;

#[component(transparent)]
pub fn Table() -> Node {
    let life = use_life();
    let bodies = move || {
        let clock = life.app.clock();
        life.asked.with(|page| {
            page.tracks
                .iter()
                .map(|track| {
                    let rows = track
                        .spans
                        .iter()
                        .rev()
                        .map(|span| row(life, span, clock))
                        .collect::<Node>();
                    view! {
                        <tbody>
                            <tr class="spans-track"><th scope="rowgroup" colspan="5">{track.label.clone()}</th></tr>
                            {rows}
                        </tbody>
                    }
                })
                .collect::<Node>()
        })
    };
    let gaps = move || {
        let clock = life.app.clock();
        life.asked.with(|page| {
            (!page.gaps.is_empty()).then(|| {
                let rows = page
                    .gaps
                    .iter()
                    .map(|gap| view! {
                        <tr>
                            <td>{gap.words.clone()}</td>
                            <td>{stamp(gap.range.from(), clock)}</td>
                            <td>{stamp(gap.range.to(), clock)}</td>
                            <td>{gap.region.clone()}</td>
                            <td></td>
                        </tr>
                    })
                    .collect::<Node>();
                view! {
                    <tbody>
                        <tr class="spans-track"><th scope="rowgroup" colspan="5">"Not fetched"</th></tr>
                        {rows}
                    </tbody>
                }
            })
        })
    };
    let found = move || {
        let clock = life.app.clock();
        life.asked.with(|page| {
            (!page.findings.is_empty()).then(|| {
                let rows = page.findings.iter().rev();
                let rows = rows.map(|finding| finding_row(life, finding, clock));
                view! {
                    <tbody>
                        <tr class="spans-track"><th scope="rowgroup" colspan="5">"Findings"</th></tr>
                        {rows.collect::<Node>()}
                    </tbody>
                }
            })
        })
    };
    view! {
        <div class="spans scroll" tabindex="0" role="region" aria-label="Tracks as a table">
            <table class="spans-table">
                <caption class="visually-hidden">"Every value of every track, newest first: what the picture shows."</caption>
                <thead>
                    <tr>
                        <th scope="col">"Value"</th>
                        <th scope="col">"From"</th>
                        <th scope="col">"Until"</th>
                        <th scope="col">"How"</th>
                        <th scope="col">"Not watched"</th>
                    </tr>
                </thead>
                {bodies}
                {gaps}
                {found}
            </table>
        </div>
    }
}

fn row(life: Life, span: &SpanView, clock: Clock) -> Node {
    let text = match span.value {
        SpanValue::Unknown => "not recorded".to_owned(),
        _ => span.text.clone(),
    };
    let from = span
        .from
        .map_or("before the record".to_owned(), |at| stamp(at, clock));
    let until = match (span.to, span.end_known) {
        (Some(to), true) => stamp(to, clock),
        _ => life_words::until(span, clock)
            .trim_start_matches("until ")
            .to_owned(),
    };
    let ground = life_words::ground(span, life.through(span.row).as_deref());
    let how = match span.row {
        Some(_) => {
            let row = span.row;
            let show = move |_| {
                life.select_row(row);
                life.app.as_table.set(false);
            };
            view! { <button type="button" class="link" on:click=show>{ground}</button> }
        }
        None => ground.into_node(),
    };
    view! {
        <tr>
            <td><span class="state"><Swatch value=span.value/> {text}</span></td>
            <td class="spans-time">{from}</td>
            <td>{until}</td>
            <td>{how}</td>
            <td>{life_words::carried(span, clock)}</td>
        </tr>
    }
}

/// A finding is of one instant; how it came about stands where a value's ground does.
fn finding_row(life: Life, finding: &FindingView, clock: Clock) -> Node {
    let is_firm = finding.is_firm;
    let row = Some(finding.beside);
    let show = move |_| {
        life.select_row(row);
        life.app.as_table.set(false);
    };
    let dismissed = life.app.dismissals.reason_of(&finding.key);
    let dismissed = dismissed.map_or_else(String::new, |reason| format!(" Dismissed: {reason}"));
    view! {
        <tr>
            <td>
                <span class="state"><FindingSign is_firm/> {findings::standing(is_firm)} ": " {finding.kind.words()}</span>
                " " <SeverityText severity=finding.severity/>
            </td>
            <td class="spans-time">{stamp(finding.at, clock)}</td>
            <td></td>
            <td><button type="button" class="link" on:click=show>{finding.words.clone()}</button></td>
            <td>{finding.why.clone()} {dismissed}</td>
        </tr>
    }
}

fn stamp(at: Timestamp, clock: Clock) -> String {
    format!(
        "{} {}",
        life_words::full_stamp(at, clock),
        words::offset(at, clock)
    )
}
