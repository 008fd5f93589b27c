//! An event as a sentence in plain words. Never says more than the record proves: who asked for what, and what the
//! outcome says of it. Knows nothing of states; what a refusal left unchanged is for the page to read off the tracks.

use super::history::Change;
use super::history::History;
use super::track::Basis;
use super::track::TrackName;
use super::track::Value;
use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::cadf::Reason;
use crate::catalogue::Act;

/// What the sentence is made from.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub act: Option<&'a Act>,
    /// The action in plain words (`Catalogue::label`): stands in where the catalogue has no phrase.
    pub label: &'a str,
    pub outcome: Outcome,
    pub reason: &'a Reason,
    pub is_classic: bool,
    /// Name, else id.
    pub initiator: Option<&'a str>,
    /// What to call the resource that the event lands on.
    pub target: Option<&'a str>,
}

/// `jane@acme.example asked to power off web-7 and was refused: 403 Forbidden.`
pub fn sentence(said: &Said) -> String {
    let initiator = said.initiator.unwrap_or("An initiator without a name");
    if said.is_classic {
        let on = said.target.map(|t| format!(" on {t}")).unwrap_or_default();
        let by = said.initiator.map(|who| format!(" by {who}"));
        let by = by.unwrap_or_default();
        return format!(
            "The classic event log has “{}”{on}{by}. It records no outcome.",
            said.label
        );
    }
    let Some(act) = said.act.filter(|act| !act.asked.is_empty()) else {
        return without_phrase(said, initiator);
    };
    let target = said.target.unwrap_or("a target without a name");
    let asked = act.asked.replace("{target}", target);
    let end = match said.outcome {
        Outcome::Success => {
            return format!("{initiator} {}.", act.done.replace("{target}", target));
        }
        Outcome::Failure if is_refusal(said.reason) => {
            format!(" and was refused{}.", because(said.reason))
        }
        Outcome::Failure => format!(". It failed{}.", because(said.reason)),
        Outcome::Pending => ". This record says that it was pending.".to_owned(),
        Outcome::Unknown => ". What came of it is not known.".to_owned(),
        Outcome::None => ". This record has no outcome.".to_owned(),
    };
    format!("{initiator} asked to {asked}{end}")
}

/// `Soft power off, refused`.
pub fn title(label: &str, outcome: Outcome, reason: &Reason) -> String {
    let end = match outcome {
        Outcome::Success => "success",
        Outcome::Failure if is_refusal(reason) => "refused",
        Outcome::Failure => "failed",
        Outcome::Pending => "pending",
        Outcome::Unknown => "outcome unknown",
        Outcome::None => "no outcome recorded",
    };
    format!("{label}, {end}")
}

/// Why an event changed no track: `none, refused (403)`. For events whose history shows no change.
pub fn no_change(said: &Said) -> String {
    let code = |word: &str| match said.reason.code {
        Some(code) => format!("none, {word} ({code})"),
        None => format!("none, {word}"),
    };
    match said.outcome {
        Outcome::Failure => match said.reason.code {
            _ if is_refusal(said.reason) => code("refused"),
            Some(409) => code("conflict"),
            _ => code("failed"),
        },
        Outcome::Pending => "none, pending".to_owned(),
        Outcome::Unknown => "none, outcome unknown".to_owned(),
        Outcome::None if !said.is_classic => "none, no outcome recorded".to_owned(),
        Outcome::Success | Outcome::None => match said.act {
            Some(act) if act.has_effect() => "nothing changed".to_owned(),
            Some(_) => "no effect on state".to_owned(),
            None => "no known effect on state".to_owned(),
        },
    }
}

/// A value as a span shows it: `on`, `1000 Mbps`, a name as written.
pub fn value(track: &TrackName, value: &Value) -> String {
    match (track, value) {
        (TrackName::PortSpeed(_), Value::Text(mbps)) => match &**mbps {
            "-1" => "maximum speed".to_owned(),
            "0" => "disconnected".to_owned(),
            mbps => format!("{mbps} Mbps"),
        },
        _ => value.to_string(),
    }
}

/// What an event changed: `power on → off`, `+ web-tier`, `web-7 → web-8`.
pub fn change(change: &Change) -> String {
    let track = &change.track;
    let after = value(track, &change.after);
    let before = change.before.as_ref().map(|held| value(track, &held.value));
    let step = match before {
        Some(before) => format!("{before} → {after}"),
        None => after,
    };
    match track {
        TrackName::Existence => step,
        TrackName::Power => format!("power {step}"),
        TrackName::Name => step,
        TrackName::Image => format!("image → {}", value(track, &change.after)),
        TrackName::Port(name) => format!("port {name} {step}"),
        TrackName::PortSpeed(name) => format!("speed {name} {step}"),
        TrackName::SecurityGroup(id) if change.after == Value::Member => format!("+ {id}"),
        TrackName::SecurityGroup(id) => format!("− {id}"),
    }
}

/// What a reader of the history must know beside it.
pub fn notes(kind: Kind, history: &History) -> Vec<String> {
    let spans = || history.tracks.iter().flat_map(|track| &track.spans);
    let has = |value: Value| spans().any(|span| span.value == value);
    let mut notes = Vec::new();
    if kind == Kind::BareMetal {
        notes.push(
            "No event reports the end of a classic bare metal server: its history stays open.",
        );
    }
    if has(Value::Suspended) {
        notes.push("No event reports a resume: suspended lasts until the next power event, and may have ended before.");
    }
    if has(Value::Reclaimed) {
        notes.push("Reclaimed means cancelled: the server may run on until its billing date.");
    }
    if history.tracks.iter().any(|track| track.name.is_inferred()) {
        notes.push("No document says where events name ports and security groups: these tracks are inferred from listed members of the request or response.");
    }
    if spans().any(|span| span.basis == Some(Basis::Seen)) {
        notes.push("What is marked seen was so when the event happened; nobody is recorded to have set it then.");
    }
    if spans().any(|span| span.basis == Some(Basis::Implied)) {
        notes.push("What is marked implied was done by the record's own words, which give no outcome, or follows from a later name.");
    }
    if !history.order_not_recorded.is_empty() {
        notes.push("Some events share one instant and give different values: their order was not recorded.");
    }
    notes.into_iter().map(str::to_owned).collect()
}

fn without_phrase(said: &Said, initiator: &str) -> String {
    let on = said.target.map(|t| format!(" on {t}")).unwrap_or_default();
    let what = format!("{initiator}: “{}”{on}", said.label);
    match said.outcome {
        Outcome::Success => format!("{what}. It succeeded."),
        Outcome::Failure if is_refusal(said.reason) => {
            format!("{what}. It was refused{}.", because(said.reason))
        }
        Outcome::Failure => format!("{what}. It failed{}.", because(said.reason)),
        Outcome::Pending => format!("{what}. This record says that it was pending."),
        Outcome::Unknown => format!("{what}. What came of it is not known."),
        Outcome::None => format!("{what}. This record has no outcome."),
    }
}

/// Not allowed, as against tried and failed.
fn is_refusal(reason: &Reason) -> bool {
    matches!(reason.code, Some(401 | 403))
}

/// `: 403 Forbidden`, or that no reason was given.
fn because(reason: &Reason) -> String {
    let words = reason.kind.as_deref().or(reason.code.and_then(http_words));
    match (reason.code, words) {
        (Some(code), Some(words)) => format!(": {code} {words}"),
        (Some(code), None) => format!(": {code}"),
        (None, Some(words)) => format!(": {words}"),
        (None, None) => ", and the record gives no reason".to_owned(),
    }
}

/// The registered phrase of the codes that audit events carry. Source: RFC 9110 and the IANA registry of status codes.
pub fn http_words(code: u32) -> Option<&'static str> {
    Some(match code {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        409 => "Conflict",
        412 => "Precondition Failed",
        422 => "Unprocessable Content",
        424 => "Failed Dependency",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        507 => "Insufficient Storage",
        _ => return None,
    })
}
