//! One machine (or volume): what it is, and what happens to it when something is really done to it.
//! Knows nothing of events; it is the truth that the record is later held against.

use std::collections::BTreeSet;

use super::clock::Moment;
use super::truth::Life;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Vsi,
    BareMetal,
    Instance,
    VpcBareMetal,
    Volume,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Vsi => "vsi",
            Kind::BareMetal => "bare-metal",
            Kind::Instance => "instance",
            Kind::VpcBareMetal => "bare-metal-server",
            Kind::Volume => "volume",
        }
    }

    pub fn is_classic(self) -> bool {
        matches!(self, Kind::Vsi | Kind::BareMetal)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existence {
    Ordered,
    Live,
    Gone,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Power {
    On,
    Off,
    Suspended,
    Rescue,
}

impl Power {
    fn word(self) -> &'static str {
        match self {
            Power::On => "on",
            Power::Off => "off",
            Power::Suspended => "suspended",
            Power::Rescue => "rescue",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Port {
    pub name: &'static str,
    pub enabled: bool,
    pub mbps: i64,
}

/// What can be done to a server. Names are of deeds, not of events; the recorder finds the words.
#[derive(Clone, PartialEq, Debug)]
pub enum Op {
    Provision,
    PowerOn,
    PowerOff,
    SoftPowerOff,
    ForcePowerOff,
    Reboot,
    SoftReboot,
    HardReboot,
    Pause,
    Rescue,
    Reload(&'static str),
    Boot(&'static str),
    Rename(String),
    DisablePort(usize),
    EnablePort(usize),
    SetSpeed(usize, i64),
    JoinGroup(u32),
    LeaveGroup(u32),
    TakeImage,
    /// VPC: asked for through an action, which alone does nothing.
    RequestAction(&'static str),
    WithdrawAction,
    /// VPC: a change that leaves the name alone.
    Update,
    AddInterface,
    RemoveInterface,
    AttachVolume,
    DetachVolume,
    Remove,
}

#[derive(Clone, Debug)]
pub struct Server {
    /// A bare number for classic, a CRN for VPC.
    pub id: String,
    pub kind: Kind,
    /// Index into the account's regions.
    pub region: usize,
    /// Data centre or zone.
    pub place: &'static str,
    pub role: &'static str,
    pub name: String,
    pub image: &'static str,
    pub existence: Existence,
    pub power: Power,
    pub ports: Vec<Port>,
    pub groups: BTreeSet<u32>,
    pub life: Life,
    /// Until when a long operation holds it.
    pub busy_until: Option<Moment>,
    /// Its latest instant in the record: two of its events never share one.
    pub last_written: Option<Moment>,
    /// Its name changed where the record can't have shown it; an event's old name would mislead.
    pub name_in_doubt: bool,
}

impl Server {
    /// It stood there before the year began.
    pub fn founded(mut self) -> Self {
        self.existence = Existence::Live;
        self.life.inherit("existence", "live".to_owned());
        self.life.inherit("name", self.name.clone());
        self.set_out(None);
        self
    }

    /// It is ordered now, and has a name from now on.
    pub fn ordered(mut self, at: Moment) -> Self {
        self.existence = Existence::Ordered;
        self.life.change("name", self.name.clone(), at);
        self
    }

    fn set_out(&mut self, at: Option<Moment>) {
        let mut first = vec![("image".to_owned(), self.image.to_owned())];
        if self.kind != Kind::Volume {
            self.power = Power::On;
            first.push(("power".to_owned(), "on".to_owned()));
        }
        for port in &self.ports {
            first.push((format!("port:{}", port.name), port_word(port.enabled)));
            first.push((format!("port-speed:{}", port.name), port.mbps.to_string()));
        }
        for group in &self.groups {
            first.push((format!("security-group:{group}"), "member".to_owned()));
        }
        for (attribute, value) in first {
            match at {
                Some(at) => self.life.change(&attribute, value, at),
                None => self.life.inherit(&attribute, value),
            }
        }
    }

    /// Why the machine itself can't do this now, if so.
    pub fn refuses(&self, op: &Op) -> Option<&'static str> {
        let running = self.power != Power::Off;
        match op {
            Op::Provision => {
                (self.existence != Existence::Ordered).then_some("The device already exists.")
            }
            _ if self.existence == Existence::Ordered => Some("The device is being provisioned."),
            Op::PowerOn => running.then_some("The device is already powered on."),
            Op::PowerOff | Op::SoftPowerOff | Op::ForcePowerOff | Op::Pause => {
                (!running).then_some("The device is not running.")
            }
            Op::Reboot | Op::SoftReboot | Op::HardReboot => {
                (!running).then_some("The device must be powered on to reboot.")
            }
            Op::Rescue => (self.power == Power::Rescue).then_some("The device is in rescue mode."),
            Op::JoinGroup(group) => (self.groups.contains(group))
                .then_some("The device is in this security group already."),
            Op::LeaveGroup(group) => (!self.groups.contains(group))
                .then_some("The device is not in this security group."),
            Op::Remove => (self.existence == Existence::Gone)
                .then_some("A cancellation for this device already exists."),
            _ => None,
        }
    }

    /// Does it. What the truth is afterwards is decided here and nowhere else.
    pub fn undergo(&mut self, op: &Op, at: Moment) {
        match op {
            Op::Provision => {
                self.existence = Existence::Live;
                self.life.change("existence", "live".to_owned(), at);
                self.set_out(Some(at));
            }
            Op::PowerOn | Op::Reboot | Op::SoftReboot | Op::HardReboot => {
                self.turn(Power::On, at);
            }
            Op::PowerOff | Op::SoftPowerOff | Op::ForcePowerOff => self.turn(Power::Off, at),
            Op::Pause => self.turn(Power::Suspended, at),
            Op::Rescue => self.turn(Power::Rescue, at),
            Op::Reload(image) | Op::Boot(image) => {
                self.image = image;
                self.life.change("image", (*image).to_owned(), at);
                if self.kind.is_classic() {
                    self.turn(Power::On, at);
                }
            }
            Op::Rename(name) => {
                self.name.clone_from(name);
                self.life.change("name", name.clone(), at);
            }
            Op::DisablePort(port) => self.switch_port(*port, false, at),
            Op::EnablePort(port) => self.switch_port(*port, true, at),
            Op::SetSpeed(port, mbps) => {
                let port = &mut self.ports[*port];
                port.mbps = *mbps;
                let attribute = format!("port-speed:{}", port.name);
                self.life.change(&attribute, mbps.to_string(), at);
            }
            Op::JoinGroup(group) => {
                self.groups.insert(*group);
                let attribute = format!("security-group:{group}");
                self.life.change(&attribute, "member".to_owned(), at);
            }
            Op::LeaveGroup(group) => {
                self.groups.remove(group);
                let attribute = format!("security-group:{group}");
                self.life.change(&attribute, "not member".to_owned(), at);
            }
            Op::Remove => {
                self.existence = Existence::Gone;
                let word = match self.kind {
                    Kind::Vsi | Kind::BareMetal => "reclaimed",
                    Kind::Instance | Kind::VpcBareMetal | Kind::Volume => "deleted",
                };
                self.life.change("existence", word.to_owned(), at);
            }
            Op::TakeImage
            | Op::RequestAction(_)
            | Op::WithdrawAction
            | Op::Update
            | Op::AddInterface
            | Op::RemoveInterface
            | Op::AttachVolume
            | Op::DetachVolume => {}
        }
    }

    pub fn turn(&mut self, power: Power, at: Moment) {
        if self.kind != Kind::Volume {
            self.power = power;
            self.life.change("power", power.word().to_owned(), at);
        }
    }

    fn switch_port(&mut self, port: usize, enabled: bool, at: Moment) {
        let port = &mut self.ports[port];
        port.enabled = enabled;
        let attribute = format!("port:{}", port.name);
        self.life.change(&attribute, port_word(enabled), at);
    }
}

fn port_word(enabled: bool) -> String {
    (if enabled { "enabled" } else { "disabled" }).to_owned()
}
