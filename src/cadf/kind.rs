//! The kinds of resource that have a lifecycle; everything else is `Other`.

use crate::crossing::Crossing;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Crossing)]
#[repr(u8)]
pub enum Kind {
    /// Classic virtual server instance.
    Vsi,
    /// Classic bare metal server.
    BareMetal,
    /// VPC virtual server instance.
    Instance,
    /// VPC bare metal server.
    BareMetalServer,
    /// VPC block storage volume.
    Volume,
    Other,
}

impl Kind {
    /// In the order of their numbers.
    pub const ALL: [Kind; 6] = [
        Kind::Vsi,
        Kind::BareMetal,
        Kind::Instance,
        Kind::BareMetalServer,
        Kind::Volume,
        Kind::Other,
    ];

    /// The five kinds with a lifecycle.
    pub const LIVED: [Kind; 5] = [
        Kind::Vsi,
        Kind::BareMetal,
        Kind::Instance,
        Kind::BareMetalServer,
        Kind::Volume,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Vsi => "vsi",
            Kind::BareMetal => "bare-metal",
            Kind::Instance => "instance",
            Kind::BareMetalServer => "bare-metal-server",
            Kind::Volume => "volume",
            Kind::Other => "other",
        }
    }

    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::LIVED
            .into_iter()
            .chain([Kind::Other])
            .find(|kind| kind.name() == name)
    }

    /// Words for the screen.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Vsi => "virtual server, classic",
            Kind::BareMetal => "bare metal server, classic",
            Kind::Instance => "virtual server, VPC",
            Kind::BareMetalServer => "bare metal server, VPC",
            Kind::Volume => "volume",
            Kind::Other => "other resource",
        }
    }

    /// VPC resources are deleted, classic ones reclaimed.
    pub fn end_word(self) -> &'static str {
        match self {
            Kind::Vsi | Kind::BareMetal => "reclaimed",
            _ => "deleted",
        }
    }

    /// A volume has no power.
    pub fn has_power(self) -> bool {
        !matches!(self, Kind::Volume | Kind::Other)
    }

    pub fn has_lifecycle(self) -> bool {
        self != Kind::Other
    }
}
