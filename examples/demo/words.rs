//! How each deed is named in the record: action, plain words, and what is sent with it. Decides nothing that happens.

use serde_json::Value;
use serde_json::json;

use super::account::AU_SYD;
use super::account::EU_DE;
use super::account::US_EAST;
use super::server::Kind;
use super::server::Op;
use super::server::Server;

/// The action's name, for this kind of server.
pub fn action(kind: Kind, op: &Op) -> String {
    let suffix = match kind {
        Kind::Vsi | Kind::BareMetal => {
            return format!("audit-log.{}{}", kind.word(), classic_suffix(op));
        }
        Kind::Instance => match op {
            Op::RequestAction(_) => "is.instance.action.create",
            Op::WithdrawAction => "is.instance.action.delete",
            Op::AddInterface => "is.instance.network-interface.create",
            Op::RemoveInterface => "is.instance.network-interface.delete",
            Op::AttachVolume => "is.instance.volume-attachment.create",
            Op::DetachVolume => "is.instance.volume-attachment.delete",
            _ => return format!("is.instance.instance.{}", vpc_verb(op)),
        },
        Kind::VpcBareMetal => match op {
            Op::Reload(_) => "is.bare-metal-server.initialization.update",
            _ => {
                return format!("is.bare-metal-server.bare-metal-server.{}", vpc_verb(op));
            }
        },
        Kind::Volume => return format!("is.volume.volume.{}", vpc_verb(op)),
    };
    suffix.to_owned()
}

fn classic_suffix(op: &Op) -> &'static str {
    match op {
        Op::Provision => ".provision",
        Op::PowerOn => ".power-on",
        Op::PowerOff => ".power-off",
        Op::SoftPowerOff => ".soft-power-off",
        Op::ForcePowerOff => ".force-power-off",
        Op::Reboot => ".reboot",
        Op::SoftReboot => ".soft-reboot",
        Op::HardReboot => ".hard-reboot",
        Op::Pause => ".pause",
        Op::Rescue => ".rescue",
        Op::Reload(_) => ".reload",
        Op::Boot(_) => ".boot",
        Op::Rename(_) => ".rename",
        Op::DisablePort(_) => "-port.disable",
        Op::EnablePort(_) => "-port.enable",
        Op::SetSpeed(..) => "-port-speed.update",
        Op::JoinGroup(_) => "-security-group.add",
        Op::LeaveGroup(_) => "-security-group.remove",
        Op::TakeImage => "-image-template.create",
        Op::Remove => ".reclaim",
        _ => ".update",
    }
}

fn vpc_verb(op: &Op) -> &'static str {
    match op {
        Op::Provision => "create",
        Op::PowerOn => "start",
        Op::PowerOff => "stop",
        Op::Reboot => "restart",
        Op::Remove => "delete",
        _ => "update",
    }
}

/// `power off vsi`: the middle of the message.
pub fn phrase(kind: Kind, op: &Op) -> String {
    let name = action(kind, op);
    let mut parts = name.splitn(2, '.').last().unwrap_or(&name).rsplitn(2, '.');
    let verb = parts.next().unwrap_or_default().replace('-', " ");
    let object = parts.next().unwrap_or_default().replace(['-', '.'], " ");
    format!("{verb} {object}")
}

/// Whether it takes long enough to be said twice, and about how many seconds: shortest and longest.
pub fn long_operation(kind: Kind, op: &Op) -> Option<(i64, i64)> {
    match (kind, op) {
        (Kind::Vsi, Op::Provision) => Some((180, 1_500)),
        (Kind::BareMetal, Op::Provision) => Some((5_400, 14_400)),
        (Kind::BareMetal, Op::Reload(_)) => Some((2_400, 7_200)),
        (Kind::Vsi, Op::Reload(_)) => Some((600, 2_700)),
        (Kind::Vsi, Op::Boot(_)) => Some((60, 400)),
        (Kind::Vsi | Kind::BareMetal, Op::Rescue) => Some((90, 900)),
        (Kind::Vsi, Op::TakeImage) => Some((120, 1_800)),
        (Kind::BareMetal, Op::SetSpeed(..)) => Some((20, 120)),
        (Kind::VpcBareMetal, Op::Provision | Op::Remove) => Some((300, 1_800)),
        (Kind::Instance, Op::Remove) => Some((10, 90)),
        _ => None,
    }
}

/// The severity that an action has by itself.
pub fn weight(op: &Op) -> &'static str {
    match op {
        Op::Remove | Op::Reload(_) => "critical",
        Op::Provision
        | Op::PowerOff
        | Op::ForcePowerOff
        | Op::HardReboot
        | Op::Rescue
        | Op::Boot(_)
        | Op::JoinGroup(_)
        | Op::LeaveGroup(_) => "warning",
        _ => "normal",
    }
}

/// What was asked, as each service writes it down. Shapes differ from region to region, as services' versions do.
pub fn request(server: &Server, op: &Op) -> Option<Value> {
    let port = |n: &usize| server.ports[*n].name;
    let value = match op {
        Op::Provision if server.kind == Kind::Vsi => json!({
            "hostname": server.name, "domain": "acme.example", "datacenter": server.place,
            "flavorKeyName": "B1_4X16X100", "operatingSystem": server.image, "hourlyBillingFlag": true,
        }),
        Op::Provision if server.kind == Kind::BareMetal => json!({
            "hostname": server.name, "domain": "acme.example", "datacenter": server.place,
            "packageKeyName": "DUAL_E52600_V4_12_DRIVES", "operatingSystem": server.image,
        }),
        Op::Provision if server.kind == Kind::Volume => {
            json!({"name": server.name, "zone": server.place, "capacity": 100, "profile": "general-purpose"})
        }
        Op::Provision => json!({
            "name": server.name, "zone": server.place, "profile": "bx2-4x16", "image": server.image, "generation": 2,
        }),
        Op::Reload(image) | Op::Boot(image) => match server.region {
            // One region's service does not say what was installed.
            EU_DE if server.kind == Kind::BareMetal => json!({"lvmFlag": false}),
            US_EAST => json!({"imageName": image}),
            _ => json!({"image": image}),
        },
        Op::Rename(name) if !server.kind.is_classic() => json!({"name": name}),
        Op::Rename(name) => match server.region {
            AU_SYD => return None,
            US_EAST => json!({"hostname": name, "domain": "acme.example"}),
            _ => json!({"oldName": server.name, "newName": name}),
        },
        Op::DisablePort(n) | Op::EnablePort(n) => match (server.region, server.kind) {
            (AU_SYD, Kind::Vsi) => json!({"virtualGuestId": server.id, "portName": port(n)}),
            (AU_SYD, _) => json!({"hardwareId": server.id, "portName": port(n)}),
            _ => json!({"port": port(n)}),
        },
        Op::SetSpeed(n, mbps) => match server.region {
            AU_SYD => json!({"portName": port(n), "portSpeed": mbps}),
            _ => json!({"port": port(n), "speed": mbps}),
        },
        Op::JoinGroup(group) | Op::LeaveGroup(group) => json!({"securityGroupId": group}),
        Op::TakeImage => json!({"templateName": format!("{}-backup", server.name)}),
        Op::RequestAction(what) => json!({"type": what, "force": false}),
        Op::AddInterface => json!({"name": "eth1", "subnet": {"name": "data"}}),
        Op::AttachVolume => {
            json!({"name": "data-attachment", "delete_volume_on_instance_delete": true})
        }
        Op::Update => json!({"metadata_service": {"enabled": true}}),
        _ => return None,
    };
    // The bare metal service of Frankfurt sends it as text that holds JSON.
    if server.kind == Kind::BareMetal && server.region == EU_DE {
        return Some(Value::String(value.to_string()));
    }
    Some(value)
}
