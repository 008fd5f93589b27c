//! What else the account's record holds: people signing in, keys unwrapped, objects read and written, rights changed.
//! None of it has a lifecycle; much of it is most of a real record.

use serde_json::Value;
use serde_json::json;

use super::account;
use super::account::Actor;
use super::account::Cast;
use super::account::EU_DE;
use super::account::REGIONS;
use super::account::Who;
use super::clock::DAYS;
use super::clock::Form;
use super::clock::Moment;
use super::clock::year_end;
use super::clock::year_start;
use super::event::Event;
use super::event::Id;
use super::event::Observer;
use super::event::Target;
use super::event::severity;
use super::fleet::office_time;
use super::recorder::Recorder;
use super::recorder::reason;
use super::rng::Rng;
use super::stories::stolen_key_night;

/// One event of a service without a lifecycle.
struct Note<'a> {
    at: Moment,
    region: usize,
    form: Form,
    service: &'static str,
    action: &'a str,
    words: &'a str,
    target: Target,
    /// The location in `logSourceCRN`; empty where the service names none.
    location: &'static str,
    code: u16,
    why: Option<&'static str>,
    request: Option<Value>,
    data_event: bool,
}

pub fn record_year(recorder: &mut Recorder, cast: &Cast, rng: &mut Rng) {
    for day in 0..DAYS {
        sign_ins(recorder, cast, day, rng);
        for region in 0..REGIONS.len() {
            keys(recorder, cast, region, day, rng);
            objects(recorder, cast, region, day, rng);
        }
        rights(recorder, cast, day, rng);
    }
    strange_sign_ins(recorder, cast, rng);
}

fn note(recorder: &mut Recorder, actor: &Actor, note: Note<'_>) {
    if note.at < year_start() || note.at >= year_end().plus_mins(-1) {
        return;
    }
    let at = note.form.cut(note.at);
    let outcome = if note.code < 300 {
        "success"
    } else {
        "failure"
    };
    let tail = if note.code < 300 { "" } else { " -failure" };
    let id = recorder.rng.uuid();
    let correlation = recorder.rng.uuid();
    let event = Event {
        event_time: Some(note.form.write(at)),
        action: note.action.to_owned(),
        outcome,
        message: format!("{} {}{tail}", note.words, note.target.name),
        severity: severity(note.code, "normal"),
        id: Some(Id::Plain(id)),
        correlation_id: Some(correlation),
        data_event: note.data_event,
        initiator: recorder.initiator(actor),
        target: note.target,
        observer: Observer {
            name: "ActivityTracker",
        },
        reason: Some(reason(note.code, note.why)),
        request_data: note.request,
        response_data: None,
        log_source_crn: Some(format!(
            "crn:v1:bluemix:public:{}:{}:a/{}:::",
            note.service,
            note.location,
            account::ID
        )),
        save_service_copy: true,
    };
    recorder.push(at, note.region, None, event);
}

fn sign_ins(recorder: &mut Recorder, cast: &Cast, day: i64, rng: &mut Rng) {
    for (n, person) in cast.people.iter().enumerate() {
        let at = office_time(rng, person.home, day);
        let same_day = at < year_start().plus_mins((day + 1) * 1_440 + 600);
        let often = 0.72 / (1.0 + n as f64 / 9.0);
        if !same_day || !rng.chance(often) {
            continue;
        }
        let at = at.plus_micros(rng.between(-3_600_000_000, 59_999_999));
        if rng.chance(0.03 + person.refused / 4.0) {
            let wrong = Some("The password is not correct.");
            sign_in(recorder, person, person, at.plus_secs(-41), 401, wrong);
        }
        sign_in(recorder, person, person, at, 200, None);
    }
}

fn sign_in(
    recorder: &mut Recorder,
    by: &Actor,
    of: &Actor,
    at: Moment,
    code: u16,
    why: Option<&'static str>,
) {
    let target = Target {
        id: of.id.clone(),
        name: of.name.clone(),
        type_uri: "audit-log/user".to_owned(),
        resource_group_id: None,
    };
    let login = Note {
        at,
        // Account events arrive where the account's route sends them.
        region: EU_DE,
        form: Form::Micros,
        service: "audit-log",
        action: "audit-log.user.login",
        words: "Classic Infrastructure: login user",
        target,
        // A few clients leave it out.
        location: if of.refused > 0.2 { "" } else { "eu-de" },
        code,
        why,
        request: None,
        data_event: false,
    };
    note(recorder, by, login);
}

/// Before the stolen key is used, its finder tries the password, too.
fn strange_sign_ins(recorder: &mut Recorder, cast: &Cast, rng: &mut Rng) {
    let thief = cast.actor(Who::StolenKey);
    let mut at = stolen_key_night().plus_mins(-9);
    for _ in 0..7 {
        at = at.plus_secs(rng.between(4, 30));
        let wrong = Some("The password is not correct.");
        sign_in(
            recorder,
            thief,
            &cast.people[account::ROBBED],
            at,
            401,
            wrong,
        );
    }
}

fn keys(recorder: &mut Recorder, cast: &Cast, region: usize, day: i64, rng: &mut Rng) {
    const KEYS: [&str; 5] = [
        "orders-root",
        "backup-root",
        "db-root",
        "cos-root",
        "payroll-root",
    ];
    for _ in 0..rng.count(1.1) {
        let at = around_the_clock(rng, day);
        let key = rng.skewed(KEYS.len());
        let id = format!("76c2c9cb-9095-4a24-811b-0ef4b24a{region}{key:03}");
        let instance = format!("fd692647-43d0-4699-9f83-f39a54b1{region:04}");
        let target = Target {
            id: format!(
                "crn:v1:bluemix:public:kms:{}:a/{}:{instance}:key:{id}",
                REGIONS[region].code,
                account::ID
            ),
            name: KEYS[key].to_owned(),
            type_uri: "kms/secrets".to_owned(),
            resource_group_id: None,
        };
        let (action, words, who) = rng.weighted(&[
            (
                12,
                (
                    "kms.secrets.unwrap",
                    "Key Protect: unwrap secret",
                    Who::BackupAgent,
                ),
            ),
            (
                6,
                (
                    "kms.secrets.wrap",
                    "Key Protect: wrap secret",
                    Who::BackupAgent,
                ),
            ),
            (
                3,
                (
                    "kms.secrets.list",
                    "Key Protect: list secrets",
                    Who::Terraform,
                ),
            ),
            (
                1,
                (
                    "kms.secrets.rotate",
                    "Key Protect: rotate secret",
                    Who::Person(0),
                ),
            ),
        ]);
        let denied = rng.chance(0.01);
        let unwrap = Note {
            at,
            region,
            form: Form::Tenths,
            service: "kms",
            action,
            words,
            target,
            location: REGIONS[region].code,
            code: if denied { 403 } else { 200 },
            why: denied.then_some("Not authorized for this key."),
            request: Some(
                json!({"requestURI": format!("/api/v2/keys/{id}"), "instanceId": instance}),
            ),
            data_event: true,
        };
        note(recorder, cast.actor(who), unwrap);
    }
}

fn objects(recorder: &mut Recorder, cast: &Cast, region: usize, day: i64, rng: &mut Rng) {
    const BUCKETS: [&str; 4] = ["db-backups", "build-artifacts", "audit-archive", "media"];
    for _ in 0..rng.count(1.3) {
        let bucket = BUCKETS[rng.skewed(BUCKETS.len())];
        let (action, words, who, code) = rng.weighted(&[
            (
                10,
                (
                    "cloud-object-storage.object.put",
                    "Object Storage: write object",
                    Who::BackupAgent,
                    200,
                ),
            ),
            (
                8,
                (
                    "cloud-object-storage.object.get",
                    "Object Storage: read object",
                    Who::CiRunner,
                    200,
                ),
            ),
            (
                1,
                (
                    "cloud-object-storage.object.get",
                    "Object Storage: read object",
                    Who::Person(4),
                    404,
                ),
            ),
            (
                2,
                (
                    "cloud-object-storage.object.delete",
                    "Object Storage: delete object",
                    Who::CiRunner,
                    204,
                ),
            ),
            (
                1,
                (
                    "cloud-object-storage.bucket-lifecycle.update",
                    "Object Storage: update bucket",
                    Who::Terraform,
                    200,
                ),
            ),
        ]);
        let object = format!("{bucket}/{:05}.tar.zst", rng.between(1, 20_000));
        let target = Target {
            id: format!(
                "crn:v1:bluemix:public:cloud-object-storage:global:a/{}:5d1e9b3f-0a2c-4c57-9e11-6b8a7f3d2c10:bucket:{}-{bucket}",
                account::ID,
                REGIONS[region].site
            ),
            name: object,
            type_uri: "cloud-object-storage/object".to_owned(),
            resource_group_id: None,
        };
        let put = Note {
            at: around_the_clock(rng, day),
            region,
            form: Form::Millis,
            service: "cloud-object-storage",
            action,
            words,
            target,
            location: REGIONS[region].code,
            code,
            why: (code == 404).then_some("The specified key does not exist."),
            request: None,
            data_event: true,
        };
        note(recorder, cast.actor(who), put);
    }
}

/// Rights, keys of people, clusters, workspaces: rare, and each with its own way to write a time.
fn rights(recorder: &mut Recorder, cast: &Cast, day: i64, rng: &mut Rng) {
    for _ in 0..rng.count(1.1) {
        let which = rng.skewed(5);
        let (service, action, words, form, location, name) = [
            (
                "iam-identity",
                "iam-identity.user-apikey.create",
                "IAM Identity: create user API key",
                Form::Hundredths,
                "global",
                "deploy-key",
            ),
            (
                "containers-kubernetes",
                "containers-kubernetes.cluster.config",
                "Kubernetes Service: get cluster config",
                Form::Seconds,
                "eu-de",
                "prod-fra",
            ),
            (
                "iam-am",
                "iam-am.policy.update",
                "IAM Access Management: update policy",
                Form::Colon,
                "global",
                "Editor",
            ),
            (
                "schematics",
                "schematics.workspace-plan.create",
                "Schematics: plan workspace",
                Form::Zoneless,
                "us-south",
                "fleet",
            ),
            (
                "user-management",
                "user-management.user.update",
                "User Management: update user",
                Form::Minutes,
                "global",
                "-",
            ),
        ][which];
        let region = rng.skewed(4);
        let person = cast.person_of(region, rng);
        let at = office_time(rng, region, day).plus_micros(rng.between(0, 59_999_999));
        let kind = action.split('.').nth(1).unwrap_or_default();
        let target = Target {
            id: format!(
                "crn:v1:bluemix:public:{service}:{location}:a/{}::{kind}:{:04}",
                account::ID,
                rng.between(1, 12)
            ),
            name: name.to_owned(),
            type_uri: format!("{service}/{kind}"),
            resource_group_id: None,
        };
        let change = Note {
            at,
            region: if location == "us-south" { 0 } else { EU_DE },
            form,
            service,
            action,
            words,
            target,
            location,
            code: if rng.chance(0.06) { 403 } else { 200 },
            why: None,
            request: None,
            data_event: false,
        };
        note(recorder, cast.actor(person), change);
    }
}

fn around_the_clock(rng: &mut Rng, day: i64) -> Moment {
    // Backups run at night: half of it happens in four hours.
    let minute = if rng.chance(0.5) {
        rng.between(0, 240)
    } else {
        rng.between(0, 1_439)
    };
    year_start()
        .plus_mins(day * 1_440 + minute)
        .plus_micros(rng.between(0, 59_999_999))
}
