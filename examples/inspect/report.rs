//! The parts that are printed only when asked for: `query`, `resource`, `at`, `rejections`, in the shapes of `rules.md`.

use lifeline::coverage::Ledger;
use lifeline::engine::Local;
use lifeline::engine::resource::find;
use lifeline::findings::Finding;
use lifeline::findings::OperationStanding;
use lifeline::findings::Tables;
use lifeline::lifecycle::History;
use lifeline::lifecycle::fleet::Standing;
use lifeline::lifecycle::fleet::standing;
use lifeline::protocol::AskError;
use lifeline::protocol::Filter;
use lifeline::query::facts::Facts;
use lifeline::query::finding_views::Grounds;
use lifeline::query::histories::history_of;
use lifeline::query::judgement::Judgement;
use lifeline::query::resource_views::location_of;
use lifeline::query::row;
use lifeline::store::Field;
use lifeline::store::Store;
use lifeline::time::Timestamp;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

const NEWEST: usize = 20;

pub fn query(local: &mut Local, text: &str) -> Result<Value, String> {
    let filter = Filter {
        query: text.to_owned(),
        ..Filter::default()
    };
    let matching = local
        .matching_rows(&filter)
        .map_err(|error| words(&error))?;
    let store = &local.store;
    let newest = matching.iter().rev().take(NEWEST);
    Ok(json!({
        "text": text,
        "matching": matching.len(),
        "events": newest.map(|&row| event(store, row)).collect::<Vec<Value>>(),
    }))
}

fn event(store: &Store, row: u32) -> Value {
    let rows = store.rows();
    let at = row as usize;
    json!({
        "id": rows.ids.name(at),
        "event_time": time(rows.time(at)),
        "action": rows.get(Field::Action, at),
        "outcome": rows.outcome(at).name(),
        "initiator": row::initiator(store, row),
        "target": row::target(store, row),
        "region": rows.get(Field::Region, at),
    })
}

pub fn resource(store: &Store, judgement: &Judgement, id: &str) -> Result<Value, String> {
    let ix = find(store, id, None).map_err(|error| words(&error))?;
    let mut resource = resource_at(store, ix);
    resource["findings"] = findings_of(store, judgement, ix);
    Ok(resource)
}

/// Files prove nothing of what was fetched: all findings are suspected.
pub fn findings(store: &Store, judgement: &Judgement) -> Value {
    let ledger = Ledger::default();
    let mut grounds = Grounds::new(store, &ledger);
    let all = judgement.iter();
    all.map(|found| finding(store, &mut grounds, found.resource, &found.finding))
        .collect()
}

pub fn findings_of(store: &Store, judgement: &Judgement, ix: u32) -> Value {
    let ledger = Ledger::default();
    let mut grounds = Grounds::new(store, &ledger);
    let own = judgement.of(ix);
    own.map(|one| finding(store, &mut grounds, Some(ix), one))
        .collect()
}

fn finding(
    store: &Store,
    grounds: &mut Grounds,
    resource: Option<u32>,
    finding: &Finding,
) -> Value {
    let view = grounds.view(resource, finding, None);
    let events = finding.events.iter().map(|row| name(store, *row));
    json!({
        "kind": view.kind.name(),
        "severity": view.severity.name(),
        "firm": view.is_firm,
        "resource": resource.map(|ix| store.resource(ix).id()),
        "time": view.at.to_string(),
        "events": events.collect::<Vec<String>>(),
        "words": view.words,
    })
}

/// A resource's requests and completions, those without the other half among them, in the order of their events.
#[allow(dead_code, reason = "only tests ask for it")]
pub fn operations(store: &Store, ix: u32) -> Value {
    let tables = Tables::of(store.catalogue());
    let facts = Facts::of(store, ix);
    let deeds = facts.deeds(&tables);
    let record_end = store.counts().totals.last.unwrap_or(Timestamp::MIN);
    let name = |at: Option<usize>| at.map(|at| name(store, deeds[at].fact.key));
    let all = lifeline::findings::operations(&deeds, record_end);
    all.iter()
        .map(|one| {
            json!({
                "request": name(one.request),
                "completion": name(one.completion),
                "standing": match one.standing {
                    OperationStanding::Paired => "paired",
                    OperationStanding::Open => "open",
                    OperationStanding::NeverCompleted => "never-completed",
                    OperationStanding::NoRequest => "no-request",
                    OperationStanding::Ambiguous => "ambiguous",
                },
            })
        })
        .collect()
}

fn name(store: &Store, row: u32) -> String {
    store.rows().ids.name(row as usize)
}

/// The resource of this number, as `--resource` prints it.
pub fn resource_at(store: &Store, ix: u32) -> Value {
    let resource = store.resource(ix);
    let history = history_of(store, ix);
    let events: Vec<String> = store
        .rows_of(ix)
        .map(|row| store.rows().ids.name(row as usize))
        .collect();
    json!({
        "id": resource.id(),
        "kind": resource.kind().name(),
        "name": history.name_now(),
        "region": location_of(store, ix).region,
        "events": events,
        "tracks": tracks(store, &history),
    })
}

fn tracks(store: &Store, history: &History) -> Value {
    let mut tracks = Map::new();
    for track in &history.tracks {
        let spans = track.spans.iter().map(|span| {
            json!({
                "value": span.value.as_str(),
                "from": time(span.from),
                "to": time(span.to),
                "event": span.event.map(|row| store.rows().ids.name(row as usize)),
                "initiator": span.initiator.as_deref(),
                "basis": span.basis.map(lifeline::lifecycle::Basis::name),
                "end_known": span.end_known,
            })
        });
        tracks.insert(track.name.to_string(), spans.collect());
    }
    Value::Object(tracks)
}

pub fn at(store: &Store, at: Timestamp) -> Value {
    let mut resources = Vec::new();
    let mut unrecorded = Vec::new();
    for (ix, resource) in (0..).zip(store.resources()) {
        if store.rows_of(ix).is_empty() || !resource.kind().has_lifecycle() {
            continue;
        }
        match standing(resource.kind(), &history_of(store, ix), at) {
            Standing::Recorded(state) => resources.push(json!({
                "id": resource.id(),
                "kind": resource.kind().name(),
                "name": state.name,
                "region": location_of(store, ix).region,
                "existence": state.existence.as_str(),
                "power": state.power.as_ref().map(|power| power.as_str()),
            })),
            Standing::Unrecorded => unrecorded.push(json!(resource.id())),
            Standing::BornLater | Standing::NotTracked => {}
        }
    }
    json!({ "time": at.to_string(), "resources": resources, "unrecorded": unrecorded })
}

pub fn rejections(store: &Store) -> Value {
    let all = store.parts().iter().flat_map(|part| {
        part.rejections.iter().map(|refused| {
            json!({
                "file": part.name,
                "line": refused.line,
                "byte": refused.byte,
                "reason": refused.reason,
            })
        })
    });
    all.collect()
}

fn words(error: &AskError) -> String {
    match error {
        AskError::Query {
            at, len, message, ..
        } => format!(
            "the query can't be read at character {} (length {len}): {message}",
            at + 1
        ),
        AskError::NotFound {
            message,
            candidates,
        } if candidates.is_empty() => message.clone(),
        AskError::NotFound {
            message,
            candidates,
        } => format!("{message} Ask for one of: {}", candidates.join(", ")),
        AskError::Failed { message } => message.clone(),
    }
}

/// RFC 3339 in UTC, or null.
fn time(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}
