//! One event in full: what its words say, and that they say no more than is known.

use lifeline::catalogue::Catalogue;
use lifeline::protocol::Detail;
use lifeline::query::detail::detail;
use lifeline::query::histories::Histories;
use lifeline::source::intake::Intake;
use lifeline::source::intake::Keep;
use lifeline::store::Part;
use lifeline::store::RawError;
use lifeline::store::Store;
use serde_json::Value;
use serde_json::json;

const SERVER: &str = "crn:v1:bluemix:public:audit-log:us-south:a/1::vsi:7";

/// The detail of the last of these events, whose text is not kept.
fn last_of(events: &[Value]) -> Detail {
    let mut store = Store::new(Catalogue::standard(), None);
    let mut intake = Intake::open(&mut store, Part::default(), Keep::Never);
    for event in events {
        let line = format!("{event}\n");
        intake.push(&mut store, line.as_bytes()).expect("readable");
    }
    intake.finish(&mut store, None).end.expect("readable");
    store.refresh();
    let mut histories = Histories::default();
    histories.renew(&store);
    let row = store.by_time().last().expect("an event");
    detail(&store, &histories, row, Err(RawError::NotKept))
}

fn event(clock: &str, action: &str, target: Value) -> Value {
    json!({
        "eventTime": format!("2026-03-01T{clock}:00Z"), "action": action, "outcome": "success", "id": clock,
        "initiator": {"name": "jane"}, "target": target, "logSourceCRN": SERVER,
    })
}

fn port_of(clock: &str) -> Value {
    let port = json!({"id": "nic-1", "name": "eth0", "typeURI": "audit-log/port"});
    event(clock, "audit-log.vsi-port.disable", port)
}

fn server(name: &str) -> Value {
    json!({"id": SERVER, "name": name, "typeURI": "audit-log/vsi"})
}

fn field<'a>(detail: &'a Detail, label: &str) -> Option<&'a lifeline::protocol::FieldView> {
    let what = detail
        .sections
        .iter()
        .find(|section| section.title == "What")?;
    what.fields.iter().find(|field| field.label == label)
}

#[test]
fn the_sentence_about_a_part_names_the_server_as_it_was_called_then() {
    let detail = last_of(&[
        event("08:00", "audit-log.vsi.power-on", server("web-7")),
        port_of("09:00"),
    ]);
    assert_eq!(detail.sentence, "jane disabled a port of web-7.");
    assert_eq!(detail.row.target, "eth0");
    let target = field(&detail, "Target").expect("a target");
    assert_eq!(target.value, "eth0");
    assert_eq!(target.note, "of web-7, virtual server, classic");
}

#[test]
fn a_server_without_a_name_is_called_by_the_end_of_its_id() {
    let detail = last_of(&[port_of("09:00")]);
    assert_eq!(detail.sentence, "jane disabled a port of 7.");
}

#[test]
fn a_record_that_is_not_kept_says_why_and_what_is_still_known() {
    let detail = last_of(&[event("08:00", "audit-log.vsi.power-on", server("web-7"))]);
    assert_eq!(detail.sentence, "jane powered on web-7.");
    assert!(
        detail
            .raw
            .is_err_and(|why| why.contains("can't be shown as received"))
    );
}
