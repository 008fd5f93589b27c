//! Values that an event carries on listed paths: port, speed, security group, new name, image. No document states
//! these paths: every one is *inferred*, and what it gives is said as such. Refuses to search: a path that is not
//! listed is not read.
//!
//! Member names are compared without regard to case, `_` and `-` (`portName` is `port_name`).

use reading::Value;

use super::names_something;
use crate::cadf::Crn;
use crate::cadf::EventRef;
use crate::catalogue::Act;
use crate::catalogue::Effect;
use crate::sorting;

/// What one event says beside its action. Empty for most: the store keeps distinct ones.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Detail {
    pub ports: Box<[Box<str>]>,
    /// As a whole number of Mbps in text: `1000`, `-1` for the maximum, `0` for disconnected.
    pub speed_mbps: Option<Box<str>>,
    pub security_groups: Box<[Box<str>]>,
    pub new_name: Option<Box<str>>,
    /// The name that a rename says it replaces.
    pub old_name: Option<Box<str>>,
    pub image: Option<Box<str>>,
}

/// Where a value may stand, inside each of [`ROOTS`]. All inferred.
pub struct ListedPath {
    pub attribute: Attribute,
    pub path: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attribute {
    Port,
    PortSpeed,
    SecurityGroup,
    NewName,
    OldName,
    Image,
    /// The server of a sub-object's event (`identity`).
    Server,
}

/// Looked through in this order; `metaData` is where the classic event log keeps its values.
pub const ROOTS: [&str; 3] = ["requestData", "responseData", "metaData"];

macro_rules! listed {
    ($($attribute:ident: $($path:literal)+;)+) => {
        &[$($(ListedPath { attribute: Attribute::$attribute, path: $path }),+),+]
    };
}

/// The list, in order of preference within one root. Shown in the page's help.
pub const PATHS: &[ListedPath] = listed! {
    Port: "port" "portName" "portId" "ports" "interface" "interfaceName" "networkInterface" "networkInterfaceName"
        "networkInterfaceId" "nic" "networkComponent" "networkComponentName" "networkComponentId";
    PortSpeed: "speed" "portSpeed" "newSpeed" "speedMbps" "maxSpeed" "networkSpeed" "port.speed" "port.maxSpeed"
        "interface.speed" "networkInterface.speed" "networkComponent.speed" "networkComponent.maxSpeed";
    SecurityGroup: "securityGroup" "securityGroupId" "securityGroups" "securityGroupIds" "groupId"
        "securityGroupName";
    NewName: "newName" "name" "hostname" "fullyQualifiedDomainName" "displayName";
    OldName: "oldName" "previousName" "formerName" "originalName";
    Image: "image" "imageName" "imageId" "imageTemplate" "imageTemplateName" "imageTemplateId" "operatingSystem"
        "operatingSystemReference" "os" "osName";
    Server: "vsi" "vsiId" "virtualServer" "virtualServerId" "virtualGuest" "virtualGuestId" "guest" "guestId"
        "bareMetal" "bareMetalId" "bareMetalServer" "bareMetalServerId" "hardware" "hardwareId" "instance"
        "instanceId" "instanceCrn" "server" "serverId" "serverCrn" "device" "deviceId";
};

impl Detail {
    /// Reads only what the act's effect asks for; an act without such an effect gives an empty detail.
    pub fn of(event: &EventRef, act: Option<&Act>) -> Detail {
        let mut detail = Detail::default();
        let Some(effect) = act.map(|act| act.effect).filter(Effect::has_value) else {
            return detail;
        };
        let body = &*event.body.value();
        if effect.port.is_some() || effect.port_speed {
            detail.ports = several(body, Attribute::Port)
                .or_else(|| part_in_target(event, &["port", "network-interface"]))
                .unwrap_or_default();
        }
        if effect.port_speed {
            detail.speed_mbps = values(body, Attribute::PortSpeed).find_map(mbps);
        }
        if effect.security_group.is_some() {
            detail.security_groups = several(body, Attribute::SecurityGroup)
                .or_else(|| part_in_target(event, &["security-group"]))
                .unwrap_or_default();
        }
        if effect.name {
            let name = |attribute| values(body, attribute).find_map(|value| text(value, &["name"]));
            detail.new_name = name(Attribute::NewName);
            detail.old_name = name(Attribute::OldName);
        }
        if effect.image {
            detail.image = values(body, Attribute::Image)
                .find_map(|value| text(value, &["name", "id", "crn"]));
        }
        detail
    }
}

/// What stands on the listed paths of an attribute in an event's body, first come first.
pub fn values(body: &Value, attribute: Attribute) -> impl Iterator<Item = &Value> {
    ROOTS.iter().flat_map(move |root| {
        let root = body.get(root);
        PATHS
            .iter()
            .filter(move |listed| listed.attribute == attribute)
            .filter_map(move |listed| at_path(root?, listed.path))
    })
}

/// Text or a whole number as text; of an object the first of `members` that has one. What names nothing is left out.
pub fn text(value: &Value, members: &[&str]) -> Option<Box<str>> {
    match value {
        Value::String(text) if names_something(text.trim()) => Some(text.trim().into()),
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            Some(number.to_string().into())
        }
        Value::Object(_) => members
            .iter()
            .filter_map(|name| at_path(value, name))
            .find_map(|value| text(value, &[])),
        _ => None,
    }
}

fn several(body: &Value, attribute: Attribute) -> Option<Box<[Box<str>]>> {
    // A group is told apart by its id, a port by its name.
    let members: &[&str] = match attribute {
        Attribute::SecurityGroup => &["id", "crn", "name"],
        _ => &["name", "id"],
    };
    values(body, attribute).find_map(|value| {
        let mut found: Vec<Box<str>> = match value {
            Value::Array(items) => items.iter().filter_map(|v| text(v, members)).collect(),
            one => text(one, members).into_iter().collect(),
        };
        sorting::sort(&mut found);
        found.dedup();
        (!found.is_empty()).then(|| found.into())
    })
}

/// The part that the target is, where its CRN's type says that it is one. A typeURI alone is not enough: it may stand
/// beside the server's own id and name.
fn part_in_target(event: &EventRef, types: &[&str]) -> Option<Box<[Box<str>]>> {
    let crn = Crn::parse(event.target_id?)?;
    let is_part = types.iter().any(|part| {
        crn.resource_type == *part
            || crn
                .resource_type
                .strip_suffix(part)
                .is_some_and(|head| head.ends_with('-'))
    });
    let (name, id) = (event.target_name, crn.last());
    let name = name.filter(|text| names_something(text));
    let id = id.filter(|text| names_something(text));
    let named = if types.contains(&"port") {
        name.or(id)
    } else {
        id.or(name)
    };
    named
        .filter(|_| is_part)
        .map(|named| Box::from([named.into()]))
}

/// `1000`, `"1000"`, `"1000 Mbps"`, `"1 Gbps"`.
fn mbps(value: &Value) -> Option<Box<str>> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_ascii_lowercase(),
        _ => return None,
    };
    let unit_at = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let number: i64 = number.trim().parse().ok()?;
    let factor = match unit.trim_end_matches('s').trim_end_matches("it/") {
        "" | "mbp" | "mb" | "m" | "mbit" => 1,
        "gbp" | "gb" | "g" | "gbit" => 1000,
        _ => return None,
    };
    Some(number.checked_mul(factor)?.to_string().into())
}

fn at_path<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| {
        let members = value.as_object()?;
        members.get(name).or_else(|| {
            members
                .iter()
                .find(|(member, _)| is_same_name(member, name))
                .map(|(_, value)| value)
        })
    })
}

fn is_same_name(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> Vec<u8> {
        text.bytes()
            .filter(|b| !matches!(b, b'_' | b'-'))
            .map(|b| b.to_ascii_lowercase())
            .collect()
    };
    letters(a) == letters(b)
}
