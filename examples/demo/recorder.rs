//! Writes down what was asked of servers and what came of it, as the account's audit record would. It decides
//! nothing that happens to a server; it only says it, and sometimes says it badly.

use serde_json::Value;
use serde_json::json;

use super::account;
use super::account::AU_SYD;
use super::account::Actor;
use super::account::EU_DE;
use super::account::REGIONS;
use super::clock::Form;
use super::clock::Moment;
use super::event::Credential;
use super::event::Event;
use super::event::Host;
use super::event::Id;
use super::event::Initiator;
use super::event::Observer;
use super::event::Reason;
use super::event::Target;
use super::event::reason_type;
use super::event::severity;
use super::rng::Rng;
use super::server::Kind;
use super::server::Op;
use super::server::Server;
use super::words;

/// An event with what the files need to know of it.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub at: Moment,
    /// When it reached the archive: files are in this order.
    pub arrived: Moment,
    pub region: usize,
    /// The server it was about, by its own id.
    pub server: Option<String>,
    pub event: Event,
}

/// How one try ended, and how it is told from others.
#[derive(Clone, Debug)]
pub struct Telling {
    pub at: Moment,
    pub outcome: &'static str,
    pub code: u16,
    pub why: Option<&'static str>,
    pub correlation: Option<String>,
    /// Given when this event completes one that had the same id.
    pub id: Option<String>,
}

pub struct Recorder {
    pub rng: Rng,
    pub events: Vec<Recorded>,
}

/// In which form the service that speaks for such servers writes times, region by region.
pub fn form_of(kind: Kind, region: usize) -> Form {
    match (kind, region) {
        (Kind::Vsi, 1) => Form::Micros,
        (Kind::Vsi, 2) => Form::Colon,
        (Kind::Vsi, 3) => Form::Zulu,
        (Kind::Vsi, _) => Form::Hundredths,
        (Kind::BareMetal, 0) => Form::Central,
        (Kind::BareMetal, _) => Form::Millis,
        (Kind::VpcBareMetal, _) => Form::Tenths,
        (Kind::Instance | Kind::Volume, _) => Form::Hundredths,
    }
}

impl Recorder {
    pub fn new(rng: Rng) -> Self {
        Recorder {
            rng,
            events: Vec::new(),
        }
    }

    /// Records one try on a server, as the server is at that moment.
    pub fn server(&mut self, server: &Server, op: &Op, actor: &Actor, telling: Telling) {
        let kind = server.kind;
        let failed = telling.outcome == "failure";
        let tail = match telling.outcome {
            "failure" => " -failure",
            "pending" => " -pending",
            _ => "",
        };
        let service = if kind.is_classic() {
            "Classic Infrastructure"
        } else {
            "Virtual Servers for VPC"
        };
        let message = format!(
            "{service}: {} {}{tail}",
            words::phrase(kind, op),
            server.name
        );
        let mut reason = reason(telling.code, telling.why);
        if kind == Kind::BareMetal && failed {
            // That service sends the code as text.
            reason.reason_code = Value::String(telling.code.to_string());
        }
        let id = telling.id.clone().unwrap_or_else(|| self.rng.uuid());
        let form = form_of(kind, server.region);
        let (target, source) = self.target(server, op, failed);
        let event = Event {
            event_time: Some(form.write(telling.at)),
            action: words::action(kind, op),
            outcome: telling.outcome,
            message,
            severity: severity(telling.code, words::weight(op)),
            id: self.id(kind, id),
            correlation_id: telling.correlation,
            data_event: false,
            initiator: self.initiator(actor),
            target,
            observer: Observer {
                name: "ActivityTracker",
            },
            reason: Some(reason),
            request_data: words::request(server, op),
            response_data: response(op, failed),
            log_source_crn: Some(source),
            save_service_copy: true,
        };
        self.push(telling.at, server.region, Some(server.id.clone()), event);
    }

    /// Anything else that the account's services say. `event.id` is filled in here.
    pub fn push(&mut self, at: Moment, region: usize, server: Option<String>, event: Event) {
        let delay = self.rng.between(1, 45);
        let late = if self.rng.chance(0.01) { 600 } else { 0 };
        self.events.push(Recorded {
            at,
            arrived: at.plus_secs(delay + late),
            region,
            server,
            event,
        });
    }

    pub fn initiator(&mut self, actor: &Actor) -> Initiator {
        let agent = match actor.agents.len() {
            0 => None,
            n => Some(actor.agents[self.rng.skewed(n)]),
        };
        let address = actor.addresses[self.rng.skewed(actor.addresses.len())].clone();
        Initiator {
            id: actor.id.clone(),
            name: actor.name.clone(),
            authn_id: actor.authn.then(|| actor.id.clone()),
            authn_name: actor.authn.then(|| actor.name.clone()),
            type_uri: actor.type_uri,
            credential: Credential {
                kind: actor.credential,
            },
            host: Host {
                address,
                address_type: actor.address_type,
                agent,
            },
        }
    }

    fn id(&mut self, kind: Kind, id: String) -> Option<Id> {
        match kind {
            // Now and then none at all.
            Kind::Vsi if self.rng.chance(0.02) => None,
            Kind::BareMetal => Some(Id::Stored(id)),
            Kind::VpcBareMetal => Some(Id::Camel(id)),
            _ => Some(Id::Plain(id)),
        }
    }

    fn target(&mut self, server: &Server, op: &Op, failed: bool) -> (Target, String) {
        let region = &REGIONS[server.region];
        let mut target = Target {
            id: server.id.clone(),
            name: server.name.clone(),
            type_uri: type_uri(server.kind).to_owned(),
            resource_group_id: None,
        };
        if !server.kind.is_classic() {
            target.resource_group_id = Some(resource_group(server.region));
            match op {
                // An update shows what is so now.
                Op::Rename(new) if !failed => target.name.clone_from(new),
                _ => {}
            }
            if matches!(op, Op::AttachVolume | Op::DetachVolume) {
                // The attachment is the target; its instance is named by the source alone.
                target.id = server.id.replace(":instance:", ":volume-attachment:");
                target.name = "data-attachment".to_owned();
                target.type_uri = "is.instance/volume-attachment".to_owned();
            }
            return (target, server.id.clone());
        }
        let place = if server.kind == Kind::BareMetal {
            server.place
        } else {
            region.code
        };
        let mut source = classic_crn(place, server);
        match op {
            // Two regions' services still name it as it was.
            Op::Rename(new) if server.name_in_doubt || server.region < EU_DE => {
                target.name.clone_from(new);
            }
            Op::DisablePort(n) | Op::EnablePort(n) if server.region == AU_SYD => {
                // The port is the target, and only what was asked names its server.
                target.id = format!("55{}{n}", server.id);
                target.name = server.ports[*n].name.to_owned();
                target.type_uri = format!("audit-log/{}-port", server.kind.word());
                source = format!(
                    "crn:v1:bluemix:public:audit-log:{place}:a/{}:::",
                    account::ID
                );
            }
            Op::JoinGroup(_) | Op::LeaveGroup(_) => target.id.clone_from(&source),
            Op::TakeImage if self.rng.chance(0.3) => {
                // The image is the target; the server it was taken from is named by the source alone.
                target.id = self.rng.uuid();
                target.name = format!("{}-backup", server.name);
                target.type_uri = "audit-log/vsi-image-template".to_owned();
            }
            _ => {}
        }
        (target, source)
    }
}

pub fn reason(code: u16, why: Option<&str>) -> Reason {
    Reason {
        reason_code: json!(code),
        reason_type: reason_type(code),
        reason_for_failure: why.map(str::to_owned),
    }
}

fn response(op: &Op, failed: bool) -> Option<Value> {
    match op {
        Op::TakeImage if !failed => Some(json!({"visibility": "Private"})),
        _ => None,
    }
}

fn type_uri(kind: Kind) -> &'static str {
    match kind {
        Kind::Vsi => "audit-log/vsi",
        Kind::BareMetal => "audit-log/bare-metal",
        Kind::Instance => "is.instance/instance",
        Kind::VpcBareMetal => "is.bare-metal-server/bare-metal-server",
        Kind::Volume => "is.volume/volume",
    }
}

fn classic_crn(place: &str, server: &Server) -> String {
    format!(
        "crn:v1:bluemix:public:audit-log:{place}:a/{}::{}:{}",
        account::ID,
        server.kind.word(),
        server.id
    )
}

fn resource_group(region: usize) -> String {
    const GROUPS: [&str; 4] = [
        "3b1d5a0c7e9f4286",
        "90f2c4e6a8b01357",
        "c5d7e9f1a3b50246",
        "17a9b2c4d6e80f35",
    ];
    format!(
        "crn:v1:bluemix:public:resource-controller:global:a/{}::resource-group:{}",
        account::ID,
        GROUPS[region]
    )
}
