//! The sentence of an event says what the record proves, and no more.

use super::picture::life;
use crate::cadf::Kind;
use crate::cadf::Outcome;
use crate::cadf::Reason;
use crate::catalogue::Catalogue;
use crate::lifecycle::words::Said;
use crate::lifecycle::words::change;
use crate::lifecycle::words::no_change;
use crate::lifecycle::words::notes;
use crate::lifecycle::words::sentence;
use crate::lifecycle::words::title;

fn reason(code: u32, kind: Option<&str>) -> Reason {
    Reason {
        code: Some(code),
        kind: kind.map(str::to_owned),
        for_failure: None,
    }
}

fn say(action: &str, outcome: Outcome, reason: &Reason) -> String {
    let catalogue = Catalogue::standard();
    let label = catalogue.label(action);
    sentence(&Said {
        act: catalogue.act(action),
        label: &label,
        outcome,
        reason,
        is_classic: false,
        initiator: Some("jane"),
        target: Some("web-7"),
    })
}

#[test]
fn a_refused_power_off_is_told_as_asked_and_refused() {
    assert_eq!(
        say(
            "audit-log.vsi.power-off",
            Outcome::Failure,
            &reason(403, None)
        ),
        "jane asked to power off web-7 and was refused: 403 Forbidden."
    );
}

#[test]
fn each_outcome_has_its_own_ending() {
    let none = Reason::default();
    let off = |outcome, reason: &Reason| say("audit-log.vsi.power-off", outcome, reason);
    assert_eq!(off(Outcome::Success, &none), "jane powered off web-7.");
    assert_eq!(
        off(Outcome::Failure, &reason(409, Some("Server is busy"))),
        "jane asked to power off web-7. It failed: 409 Server is busy."
    );
    assert_eq!(
        off(Outcome::Failure, &none),
        "jane asked to power off web-7. It failed, and the record gives no reason."
    );
    assert_eq!(
        off(Outcome::Pending, &none),
        "jane asked to power off web-7. This record says that it was pending."
    );
    assert_eq!(
        off(Outcome::Unknown, &none),
        "jane asked to power off web-7. What came of it is not known."
    );
    assert_eq!(
        off(Outcome::None, &none),
        "jane asked to power off web-7. This record has no outcome."
    );
}

#[test]
fn an_action_without_a_phrase_is_quoted() {
    assert_eq!(
        say("kms.secrets.rotate", Outcome::Success, &Reason::default()),
        "jane: “Secrets rotate” on web-7. It succeeded."
    );
    assert_eq!(
        say(
            "is.instance.network-interface.create",
            Outcome::Failure,
            &reason(599, None)
        ),
        "jane: “Network interface create” on web-7. It failed: 599."
    );
}

#[test]
fn a_classic_record_claims_no_outcome() {
    let catalogue = Catalogue::standard();
    let said = Said {
        act: catalogue.classic("CCI", "Power Off"),
        label: "Power Off",
        outcome: Outcome::None,
        reason: &Reason::default(),
        is_classic: true,
        initiator: None,
        target: Some("web-7"),
    };
    assert_eq!(
        sentence(&said),
        "The classic event log has “Power Off” on web-7. It records no outcome."
    );
}

#[test]
fn titles_and_reasons_for_no_change_are_short() {
    assert_eq!(
        title("Soft power off", Outcome::Failure, &reason(403, None)),
        "Soft power off, refused"
    );
    assert_eq!(
        title("Rename", Outcome::Failure, &reason(409, None)),
        "Rename, failed"
    );
    let catalogue = Catalogue::standard();
    let said = |action: &str, outcome, reason: Reason| {
        no_change(&Said {
            act: catalogue.act(action),
            label: "",
            outcome,
            reason: &reason,
            is_classic: false,
            initiator: None,
            target: None,
        })
    };
    let none = Reason::default;
    let rename = "audit-log.vsi.rename";
    assert_eq!(
        said(rename, Outcome::Failure, reason(403, None)),
        "none, refused (403)"
    );
    assert_eq!(
        said(rename, Outcome::Failure, reason(409, None)),
        "none, conflict (409)"
    );
    assert_eq!(said(rename, Outcome::Pending, none()), "none, pending");
    assert_eq!(said(rename, Outcome::Success, none()), "nothing changed");
    assert_eq!(
        said(
            "audit-log.vsi-image-template.create",
            Outcome::Success,
            none()
        ),
        "no effect on state"
    );
}

#[test]
fn a_change_is_told_in_a_few_words() {
    let life = life(
        "10:00 provision ok name=web-7 | 11:00 power-off ok | 12:00 rename ok name=web-8 | 13:00 reload ok image=ubuntu \
         | 14:00 -port.disable ok port=eth0 | 15:00 -port-speed.update ok port=eth0 speed=100 \
         | 15:30 -port-speed.update ok port=eth0 speed=-1 | 16:00 -security-group.add ok group=web \
         | 17:00 -security-group.remove ok group=web",
    );
    let told: Vec<String> = life.history.changes.iter().map(change).collect();
    assert_eq!(
        told,
        [
            "live",
            "power on",
            "web-7",
            "power on → off",
            "web-7 → web-8",
            "power off → on",
            "image → ubuntu",
            "port eth0 unknown → disabled",
            "speed eth0 unknown → 100 Mbps",
            "speed eth0 100 Mbps → maximum speed",
            "+ web",
            "− web",
        ]
    );
}

#[test]
fn notes_say_what_the_tracks_can_t() {
    let of = |kind, text: &str| notes(kind, &life(text).history).join(" ");
    assert!(of(Kind::BareMetal, "").contains("stays open"));
    assert_eq!(of(Kind::Vsi, "10:00 provision ok"), "");
    assert!(of(Kind::Vsi, "10:00 pause ok").contains("resume"));
    assert!(of(Kind::Vsi, "10:00 -port.disable ok port=eth0").contains("inferred"));
    assert!(of(Kind::Vsi, "10:00 power-off classic").contains("implied"));
}
