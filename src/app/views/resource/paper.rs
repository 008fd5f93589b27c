//! One resource on paper, as an auditor files it: every value with its blame, every finding with its ground, every event,
//! and what is left out. Its words are the library's.

use lifeline::screen::report::DEMO;
use lifeline::screen::report::gap;
use lifeline::screen::report::life::EventLine;
use lifeline::screen::report::life::FindingLine;
use lifeline::screen::report::life::MOST_PRINTED;
use lifeline::screen::report::life::Numbers;
use lifeline::screen::report::life::SpanLine;
use lifeline::screen::report::resource_picture::tracks_picture;
use lifeline::screen::words;

use super::picture::Taken;
use crate::dom::Node;
use crate::dom::view;
use crate::pictures;

/// How wide the picture of the tracks is drawn; paper makes it as wide as itself.
const TRACKS_PX: f64 = 880.0;

pub fn paper(taken: &Taken) -> Node {
    let subject = taken.subject();
    let life = subject.life;
    let demo = taken
        .about
        .is_demo
        .then(|| view! { <p class="print-demo">{DEMO}</p> });
    let mut facts = life.facts();
    facts.push(("As of", taken.about.as_of_words()));
    facts.extend(taken.about.deployment.clone().map(|d| ("Source", d)));
    facts.push(("Program", format!("Lifeline {}", lifeline::BUILD)));
    facts.push(("Address", pictures::address_of()));
    let facts = facts
        .into_iter()
        .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> })
        .collect::<Node>();
    let picture = taken.window.map(|window| {
        let clock = life.clock;
        let over = format!(
            "{} {}",
            words::range(window, clock),
            words::offset(window.from(), clock)
        );
        let image = pictures::image(&tracks_picture(&subject, TRACKS_PX));
        view! {
            <figure class="print-tracks">
                <figcaption>"Tracks over " {over} ". Hatched: not known or not fetched."</figcaption>
                {image}
            </figure>
        }
    });
    let name = life.name().to_owned();
    view! {
        {demo}
        <h1>{name}</h1>
        <dl class="print-facts">{facts}</dl>
        {picture}
        {held(taken)}
        {findings(taken)}
        {notes(taken)}
        {values(taken)}
        {events(taken)}
    }
}

/// What each track holds at the end of the record.
fn held(taken: &Taken) -> Node {
    let life = taken.subject().life;
    let rows = life
        .held()
        .into_iter()
        .map(|held| {
            view! {
                <tr><th scope="row">{held.label}</th><td>{held.value}</td><td>{held.by}</td><td>{held.when}</td></tr>
            }
        })
        .collect::<Node>();
    let near = taken.page.last.map(|at| words::offset(at, life.clock));
    let when = format!("When, {}", near.unwrap_or_default());
    view! {
        <section>
            <h2>"What each track holds now"</h2>
            <table>
                <thead><tr><th scope="col">"Track"</th><th scope="col">"Value"</th><th scope="col">"Set by"</th><th scope="col">{when}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn findings(taken: &Taken) -> Node {
    let numbers = Numbers::of(&taken.page);
    let found = taken.subject().life.findings(&numbers);
    if found.is_empty() {
        return Node::nothing();
    }
    let n = words::counted(found.len() as u64, "finding", "findings");
    let rows = found.into_iter().map(finding).collect::<Node>();
    view! {
        <section>
            <h2>{n}</h2>
            <table class="print-findings">
                <thead>
                    <tr>
                        <th scope="col">"Standing"</th>
                        <th scope="col">"Finding"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"Events"</th>
                        <th scope="col">"What, and why so sure"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn finding(line: FindingLine) -> Node {
    let why = match line.is_firm {
        true => "Why firm: ",
        false => "Why suspected: ",
    };
    view! {
        <tr>
            <td>{line.standing}</td>
            <th scope="row">{line.kind}</th>
            <td>{line.at}</td>
            <td>{line.events}</td>
            <td>{line.words} <br/> <em>{why} {line.why}</em></td>
        </tr>
    }
}

/// Unfetched times, and what is to be known of the record.
fn notes(taken: &Taken) -> Node {
    let clock = taken.about.clock;
    let gaps = taken.page.gaps.iter().map(|one| gap(one, clock)).collect();
    [
        ("Not fetched", gaps),
        ("To know of this record", taken.page.notes.clone()),
    ]
    .into_iter()
    .filter(|(_, lines): &(&str, Vec<String>)| !lines.is_empty())
    .map(|(head, lines)| {
        let lines = lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect::<Node>();
        view! { <section><h2>{head}</h2><ul>{lines}</ul></section> }
    })
    .collect::<Node>()
}

/// Every value of every track, newest first.
fn values(taken: &Taken) -> Node {
    let life = taken.subject().life;
    let numbers = Numbers::of(&taken.page);
    let mut left = MOST_PRINTED;
    let mut n_out = 0;
    let mut bodies = Vec::new();
    for track in &taken.page.tracks {
        let lines = life.spans(track, &numbers);
        n_out += lines.len().saturating_sub(left);
        let lines = lines.into_iter().take(left);
        let rows: Vec<Node> = lines.map(span).collect();
        left -= rows.len();
        let label = life.track_label(track);
        bodies.push(view! {
            <tbody>
                <tr class="print-track"><th scope="rowgroup" colspan="7">{label}</th></tr>
                {rows.into_iter().collect::<Node>()}
            </tbody>
        });
    }
    let out = (n_out > 0).then(|| {
        let said = words::counted(n_out as u64, "older value is", "older values are");
        view! { <p>{said} " left out here."</p> }
    });
    view! {
        <section>
            <h2>"Every value of every track, newest first"</h2>
            {out}
            <table class="print-values">
                <thead>
                    <tr>
                        <th scope="col">"Value"</th>
                        <th scope="col">"From"</th>
                        <th scope="col">"Until"</th>
                        <th scope="col">"Set by"</th>
                        <th scope="col">"Basis"</th>
                        <th scope="col">"Event"</th>
                        <th scope="col">"Not watched"</th>
                    </tr>
                </thead>
                {bodies.into_iter().collect::<Node>()}
            </table>
        </section>
    }
}

fn span(line: SpanLine) -> Node {
    view! {
        <tr>
            <td>{line.value}</td>
            <td>{line.from}</td>
            <td>{line.to}</td>
            <td>{line.by}</td>
            <td>{line.basis}</td>
            <td>{line.event}</td>
            <td>{line.carried}</td>
        </tr>
    }
}

fn events(taken: &Taken) -> Node {
    let life = taken.subject().life;
    let said = life.events_words(taken.events.len());
    let is_marked = taken.events.iter().any(|event| event.row.time_is_marked);
    let marked =
        is_marked.then(|| view! { <p>"* The event's own time was not stated in full."</p> });
    let lines = taken.events.iter().enumerate();
    let rows = lines
        .map(|(place, event)| event_row(life.event(place, event)))
        .collect::<Node>();
    view! {
        <section>
            <h2>"Events: " {said}</h2>
            {marked}
            <table class="print-events">
                <thead>
                    <tr>
                        <th scope="col">"No."</th>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Outcome"</th>
                        <th scope="col">"Action"</th>
                        <th scope="col">"Change"</th>
                        <th scope="col">"Value before, set by"</th>
                        <th scope="col">"By"</th>
                        <th scope="col">"Address"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn event_row(line: EventLine) -> Node {
    let outcome = match line.has_failed {
        true => view! { <strong>{line.outcome}</strong> },
        false => view! { <span>{line.outcome}</span> },
    };
    view! {
        <tr>
            <td>{line.number}</td>
            <td>{line.time}</td>
            <td>{outcome}</td>
            <td>{line.action}</td>
            <td>{line.change}</td>
            <td>{line.before}</td>
            <td>{line.by}</td>
            <td>{line.address}</td>
        </tr>
    }
}
