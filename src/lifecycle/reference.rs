//! What one event says of the resource it lands on, and nothing more: enough for `identity` to find it among all
//! references. Equal references land on the same resource, so the store keeps distinct ones.

use super::detail;
use super::detail::Attribute;
use super::names_something;
use crate::cadf::Crn;
use crate::cadf::EventRef;
use crate::cadf::Kind;
use crate::catalogue::Catalogue;
use crate::catalogue::classic_object;
use crate::catalogue::service_and_object;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference {
    /// The catalogue's kind; for a sub-object's event its server's.
    pub(super) kind: Kind,
    /// The event's account, `None` where neither CRN nor envelope said.
    pub(super) account: Option<Box<str>>,
    pub(super) target: Called,
    /// Key a resource of `Kind::Other`; empty where the kind has a lifecycle and the target is the resource itself.
    pub(super) service: Box<str>,
    pub(super) object: Box<str>,
    pub(super) part: Option<Box<Part>>,
}

/// How a target is named.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Called {
    ById(Box<str>),
    /// No id: found by name.
    ByName(Box<str>),
    Nothing,
}

/// What a sub-object's event says of its server.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Part {
    /// The target's CRN type or its typeURI's last part is the server's kind.
    pub target_is_server: bool,
    pub log_source: Option<Box<str>>,
    /// Values on the listed paths, in their order.
    pub listed: Box<[Box<str>]>,
}

impl Reference {
    pub fn of(event: &EventRef, catalogue: &Catalogue) -> Reference {
        let kind = catalogue.kind_of(event);
        // A classic record's object is the server, whatever was done to a part of it.
        let is_part =
            !event.is_classic && catalogue.act_of(event).is_some_and(|act| act.is_sub_object);
        let target = Called::of(event);
        let of_classic;
        let (service, object) = if kind.has_lifecycle() && !is_part {
            ("", "")
        } else if event.is_classic {
            of_classic = classic_object(event);
            ("", &*of_classic)
        } else {
            service_and_object(event.action)
        };
        let is_crn = matches!(&target, Called::ById(id) if Crn::parse(id).is_some());
        // A CRN holds its service: keeping the action's would only make more references of one resource.
        let (service, object) = if is_crn { ("", "") } else { (service, object) };
        Reference {
            kind,
            account: event.account.map(Box::from),
            target,
            service: service.into(),
            object: object.into(),
            part: is_part.then(|| Box::new(Part::of(event, kind))),
        }
    }
}

impl Called {
    fn of(event: &EventRef) -> Called {
        let given = |text: Option<&str>| -> Option<Box<str>> {
            text.filter(|text| names_something(text)).map(Box::from)
        };
        match (given(event.target_id), given(event.target_name)) {
            (Some(id), _) => Called::ById(id),
            (None, Some(name)) => Called::ByName(name),
            (None, None) => Called::Nothing,
        }
    }
}

impl Part {
    fn of(event: &EventRef, kind: Kind) -> Part {
        let crn_says = event
            .target_id
            .and_then(Crn::parse)
            .is_some_and(|crn| crn.resource_type == kind.name());
        let type_uri_says = event
            .target_type
            .and_then(|uri| uri.rsplit('/').next())
            .is_some_and(|last| last == kind.name());
        let target_is_server = crn_says || type_uri_says;
        if target_is_server {
            return Part {
                target_is_server,
                log_source: None,
                listed: Box::default(),
            };
        }
        let log_source = event.log_source_crn;
        let listed = detail::values(&event.body.value(), Attribute::Server)
            .filter_map(|value| detail::text(value, &["crn", "id"]))
            .collect();
        Part {
            target_is_server,
            // One that names nothing but a service would only make more references.
            log_source: log_source
                .filter(|text| Crn::parse(text).is_some_and(|crn| crn.last().is_some()))
                .map(Box::from),
            listed,
        }
    }
}
