//! The findings beside the list of events: a card next to each row that raised one, joined to the rows of its events, as
//! far as they are in sight. What isn't in sight is counted, and a press leads there.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use lifeline::chart::finding_cards::CONNECTOR_PX;
use lifeline::chart::finding_cards::Form;
use lifeline::chart::finding_cards::Joint;
use lifeline::chart::finding_cards::Placed;
use lifeline::chart::finding_cards::Wish;
use lifeline::chart::finding_cards::joint;
use lifeline::chart::finding_cards::place_cards;
use lifeline::protocol::FindingView;
use lifeline::screen::findings;
use lifeline::screen::findings::Beyond;
use lifeline::screen::words::px;
use lifeline::sorting;
use lifeline::time::Timestamp;

use super::events::HEAD_PX;
use super::finding_card::FindingCard;
use super::life::Life;
use super::life::ROW_PX;
use super::life::use_life;
use crate::dom::Node;
use crate::dom::view;
use crate::signals::Effect;
use crate::signals::Memo;
use crate::signals::NodeRef;
use crate::signals::Signal;
use crate::widgets::size::use_size;

/// Above and below the cards.
const AIR_PX: f64 = 8.0;
/// A line that says what isn't in sight.
const MORE_PX: f64 = 24.0;

/// Where everything stands.
#[derive(Clone, PartialEq, Default)]
struct Plan {
    cards: Vec<CardPlan>,
    /// Places in the page's findings of those that aren't in sight, or that found no room, the nearest first.
    above: Vec<usize>,
    below: Vec<usize>,
}

#[derive(Clone, PartialEq)]
struct CardPlan {
    key: String,
    is_firm: bool,
    placed: Placed,
    joint: Joint,
}

#[component(transparent)]
pub fn Beside() -> Node {
    let life = use_life();
    let plan = Memo::new(move |_| plan(life));
    let keys = Memo::new(move |_| {
        plan.with(|plan| {
            let keys = plan.cards.iter().map(|card| card.key.clone());
            keys.collect::<Vec<_>>()
        })
    });
    let joints = move || {
        plan.with(|plan| {
            plan.cards
                .iter()
                .map(|card| {
                    let class = match card.is_firm {
                        true => "joint is-firm",
                        false => "joint",
                    };
                    let dots = card.joint.dots.iter().map(|(x, y)| {
                        view! { <circle class="joint-dot" cx=x.to_string() cy=y.to_string() r="2.5"></circle> }
                    });
                    view! {
                        <g class=class>
                            <path d=card.joint.path.clone()></path>
                            {dots.collect::<Node>()}
                        </g>
                    }
                })
                .collect::<Node>()
        })
    };
    // The cards are part of the list: a wheel over them moves it.
    let on_wheel = move |event: ev::WheelEvent| {
        if let Some(list) = life.list.get_untracked() {
            list.set_scroll_top(list.scroll_top() + event.delta_y() as i32);
        }
    };
    view! {
        <section class="beside" aria-label="Findings beside their events" on:wheel=on_wheel>
            <svg class="joints" width=CONNECTOR_PX.to_string() aria-hidden="true" focusable="false">{joints}</svg>
            {more(life, plan, Beyond::Above)}
            <For each=move || keys.get() key=|key| key.clone() let:key>
                <Slot plan key/>
            </For>
            {more(life, plan, Beyond::Below)}
        </section>
    }
}

/// A card in its place, which tells how tall it is with all its words.
#[component(transparent)]
fn Slot(plan: Memo<Plan>, key: String) -> Node {
    let life = use_life();
    let place = {
        let key = key.clone();
        Memo::new(move |_| {
            let of = |plan: &Plan| {
                let card = plan.cards.iter().find(|card| card.key == key);
                card.map(|card| card.placed)
            };
            plan.with(of)
        })
    };
    let is_small = move || place.get().is_some_and(|place| place.form == Form::Small);
    let node = NodeRef::<html::Div>::new();
    let size = use_size(node);
    let measured = key.clone();
    Effect::new(move |_| {
        let (_, height) = size.get();
        let is_full = untrack(|| place.get()).is_some_and(|place| place.form == Form::Full);
        let known = life
            .card_heights
            .with_untracked(|heights| known_px(heights, &measured));
        if height >= 1.0 && is_full && known != Some(height) {
            life.card_heights.update(|heights| {
                heights.retain(|(key, _)| *key != measured);
                heights.push((measured.clone(), height));
            });
        }
    });
    let top = move || place.get().map(|place| px(place.top));
    view! {
        <div class="beside-slot" style:top=top>
            <div node_ref=node><FindingCard key is_small=Signal::derive(is_small)/></div>
        </div>
    }
}

/// `1 more firm finding further down, 6 Mar 22:04 +00:00`.
fn more(life: Life, plan: Memo<Plan>, beyond: Beyond) -> Node {
    let places = Memo::new(move |_| {
        plan.with(|plan| match beyond {
            Beyond::Above => plan.above.clone(),
            Beyond::Below => plan.below.clone(),
        })
    });
    let class = match beyond {
        Beyond::Above => "link beside-more is-above",
        Beyond::Below => "link beside-more is-below",
    };
    let line = move || {
        let page = life.asked.get()?;
        let places = places.get();
        let of: Vec<&FindingView> = places
            .iter()
            .filter_map(|place| page.findings.get(*place))
            .collect();
        let near = page.last.unwrap_or(Timestamp::MIN);
        let said = findings::more(&of, beyond, life.app.clock(), near);
        let nearest = of.first()?.key.clone();
        Some(view! {
            <button type="button" class=class on:click=move |_| life.go_to(&nearest)>{said}</button>
        })
    };
    view! { {line} }
}

fn plan(life: Life) -> Plan {
    let Some(page) = life.asked.get() else {
        return Plan::default();
    };
    let lines = life.lines.get();
    let position = life.position.get();
    let view_px = life.view_px.get();
    let middle = |row| {
        let line = lines.standing_line(life.place_of(row)?)?;
        Some((line, HEAD_PX + (line as f64 - position + 0.5) * ROW_PX))
    };
    let is_in_sight = |y: f64| (HEAD_PX..=HEAD_PX + view_px).contains(&y);
    let dismissals = life.app.dismissals;
    let findings = page.findings.iter().enumerate();
    let mut all: Vec<(usize, f64, usize)> = findings
        .filter_map(|(place, finding)| {
            let (line, y) = middle(finding.beside)?;
            Some((line, y, place))
        })
        .collect();
    sorting::sort_by_key(&mut all, |(line, _, place)| {
        let weight = weight(&page.findings[*place]);
        (*line, std::cmp::Reverse(weight), *place)
    });
    let mut plan = Plan::default();
    let mut seen: Vec<(f64, usize)> = Vec::new();
    for (_, y, place) in all {
        match is_in_sight(y) {
            true => seen.push((y, place)),
            // What was put aside isn't worth a way of its own.
            false if dismissals.is_dismissed(&page.findings[place].key) => {}
            false if y < HEAD_PX => plan.above.push(place),
            false => plan.below.push(place),
        }
    }
    plan.above.reverse();
    let top = match plan.above.is_empty() {
        true => AIR_PX,
        false => AIR_PX + MORE_PX,
    };
    let shown: Vec<(f64, &FindingView)> = seen
        .iter()
        .map(|(y, place)| (*y, &page.findings[*place]))
        .collect();
    let wishes = wishes(life, &shown);
    // Where not all have room, the line below says how many don't.
    let place = |has_more: bool| {
        let below = if has_more { MORE_PX } else { AIR_PX };
        place_cards(&wishes, top, HEAD_PX + view_px - below)
    };
    let mut placed = place(!plan.below.is_empty());
    if plan.below.is_empty() && placed.iter().any(|card| card.form == Form::Out) {
        placed = place(true);
    }
    let mut no_room = Vec::new();
    for ((_, place), placed) in seen.iter().zip(placed) {
        if placed.form == Form::Out {
            no_room.push(*place);
            continue;
        }
        let finding = &page.findings[*place];
        let mut rows: Vec<f64> = finding
            .rows
            .iter()
            .chain([&finding.beside])
            .filter_map(|row| middle(*row))
            .map(|(_, y)| y)
            .filter(|y| is_in_sight(*y))
            .collect();
        rows.sort_by(f64::total_cmp);
        rows.dedup();
        plan.cards.push(CardPlan {
            key: finding.key.clone(),
            is_firm: finding.is_firm,
            joint: joint(&rows, &placed),
            placed,
        });
    }
    plan.below.splice(0..0, no_room);
    plan
}

fn wishes(life: Life, seen: &[(f64, &FindingView)]) -> Vec<Wish> {
    let chosen = life
        .app
        .selection
        .with(|selection| selection.as_ref().map(|selection| selection.row));
    let shown = life.shown_finding.get();
    let asking = life
        .dismissing
        .with(|of| of.as_ref().map(|of| of.0.clone()));
    let dismissals = life.app.dismissals;
    life.card_heights.with(|heights| {
        let wish = |(y, finding): &(f64, &FindingView)| {
            let known = known_px(heights, &finding.key);
            let is_short = dismissals.is_dismissed(&finding.key);
            let at_hand = [
                (asking.as_ref() == Some(&finding.key), 400),
                (shown.as_ref() == Some(&finding.key), 200),
                (chosen == Some(finding.beside), 100),
            ];
            let at_hand = at_hand.into_iter().filter(|(is_so, _)| *is_so);
            Wish {
                at_y: *y,
                full_px: known.unwrap_or_else(|| guessed_px(finding)),
                is_short,
                weight: at_hand.map(|(_, weight)| weight).sum::<u32>()
                    + if is_short { 0 } else { 1 + weight(finding) },
            }
        };
        seen.iter().map(wish).collect()
    })
}

fn known_px(heights: &[(String, f64)], key: &str) -> Option<f64> {
    let found = heights.iter().find(|(of, _)| of == key);
    found.map(|(_, px)| *px)
}

fn weight(finding: &FindingView) -> u32 {
    finding.severity as u32 + if finding.is_firm { 3 } else { 0 }
}

/// Until it is drawn: the head, its words at some fifty to a line, the acts.
fn guessed_px(finding: &FindingView) -> f64 {
    let n_lines = finding.words.chars().count().div_ceil(50).max(1);
    60.0 + 16.0 * n_lines as f64
}
