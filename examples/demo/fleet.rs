//! The machines of the account: which stand there when the year begins and which are ordered during it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::account;
use super::account::REGIONS;
use super::clock::DAYS;
use super::clock::Moment;
use super::clock::year_start;
use super::rng::Rng;
use super::server::Existence;
use super::server::Kind;
use super::server::Port;
use super::server::Power;
use super::server::Server;

/// Some machines of one role, as many as each region has (in the order of `REGIONS`).
struct Group {
    kind: Kind,
    role: &'static str,
    counts: [usize; 4],
    /// The share that stands there before the year.
    old: f64,
    /// Digits of the number in the name.
    digits: usize,
}

const fn group(
    kind: Kind,
    role: &'static str,
    counts: [usize; 4],
    old: f64,
    digits: usize,
) -> Group {
    Group {
        kind,
        role,
        counts,
        old,
        digits,
    }
}

const GROUPS: [Group; 20] = [
    group(Kind::Vsi, "web", [14, 10, 12, 6], 0.55, 1),
    group(Kind::Vsi, "app", [12, 8, 10, 6], 0.5, 1),
    group(Kind::Vsi, "db-replica", [4, 3, 4, 2], 0.7, 1),
    group(Kind::Vsi, "k8s-worker", [14, 8, 10, 4], 0.3, 2),
    group(Kind::Vsi, "build", [4, 2, 3, 1], 0.8, 2),
    group(Kind::Vsi, "cache", [4, 2, 3, 2], 0.5, 1),
    group(Kind::Vsi, "batch", [6, 3, 4, 1], 0.6, 1),
    group(Kind::Vsi, "stage-web", [4, 3, 4, 2], 0.2, 1),
    group(Kind::Vsi, "loadtest", [4, 2, 4, 0], 0.0, 2),
    group(Kind::Vsi, "win-rdp", [3, 2, 2, 1], 0.6, 1),
    group(Kind::BareMetal, "esx", [6, 4, 5, 2], 0.7, 2),
    group(Kind::BareMetal, "gpu", [4, 2, 3, 0], 0.2, 1),
    group(Kind::BareMetal, "sap-hana", [2, 1, 2, 1], 0.8, 1),
    group(Kind::BareMetal, "storage", [6, 3, 5, 2], 0.6, 2),
    group(Kind::BareMetal, "build-metal", [1, 0, 1, 0], 0.8, 1),
    group(Kind::Instance, "api", [5, 4, 5, 3], 0.3, 1),
    group(Kind::Instance, "job", [3, 2, 2, 1], 0.3, 1),
    group(Kind::VpcBareMetal, "vmware", [2, 1, 2, 1], 0.4, 1),
    group(Kind::Volume, "data", [7, 4, 5, 3], 0.3, 2),
    group(Kind::Volume, "scratch", [3, 1, 2, 0], 0.0, 2),
];

/// Machines of which every region has one.
const SINGLES: [&str; 8] = [
    "db-primary",
    "bastion",
    "vpn-gw",
    "ldap",
    "git",
    "wiki",
    "grafana",
    "mail-relay",
];

/// Machines ordered together, by their place in the fleet.
#[derive(Debug)]
pub struct Order {
    pub at: Moment,
    pub region: usize,
    pub servers: Vec<usize>,
}

#[derive(Debug)]
pub struct Fleet {
    pub servers: Vec<Server>,
    pub orders: Vec<Order>,
    numbers: BTreeMap<&'static str, usize>,
    rng: Rng,
}

impl Fleet {
    pub fn new(rng: Rng) -> Self {
        let mut fleet = Fleet {
            servers: Vec::new(),
            orders: Vec::new(),
            numbers: BTreeMap::new(),
            rng,
        };
        for (region, place) in REGIONS.iter().enumerate() {
            for role in SINGLES {
                let name = format!("{role}-{}", place.site);
                let server = fleet.server(Kind::Vsi, role, name, region);
                fleet.servers.push(server.founded());
            }
        }
        for group in &GROUPS {
            for region in 0..REGIONS.len() {
                fleet.group(group, region);
            }
        }
        fleet
    }

    /// The old ones stand there; the new ones are ordered in one burst, or two.
    fn group(&mut self, group: &Group, region: usize) {
        let count = group.counts[region];
        let old = (count as f64 * group.old).round() as usize;
        for _ in 0..old {
            let name = self.number(group.role, group.digits);
            let server = self.server(group.kind, group.role, name, region);
            self.servers.push(server.founded());
        }
        let new = count - old;
        let first = if new > 4 { new / 2 } else { new };
        for n in [first, new - first] {
            if n > 0 {
                let day = self.rng.between(6, DAYS - 40);
                let at = office_time(&mut self.rng, region, day);
                let names = (0..n)
                    .map(|_| self.number(group.role, group.digits))
                    .collect();
                self.order(group.kind, group.role, names, region, at);
            }
        }
    }

    /// Orders machines that get these names.
    pub fn order(
        &mut self,
        kind: Kind,
        role: &'static str,
        names: Vec<String>,
        region: usize,
        at: Moment,
    ) -> Vec<usize> {
        let mut servers = Vec::new();
        for name in names {
            let server = self.server(kind, role, name, region);
            servers.push(self.servers.len());
            self.servers.push(server.ordered(at));
        }
        self.orders.push(Order {
            at,
            region,
            servers: servers.clone(),
        });
        servers
    }

    fn number(&mut self, role: &'static str, digits: usize) -> String {
        let number = self.numbers.entry(role).or_default();
        *number += 1;
        format!("{role}-{:0digits$}", *number)
    }

    fn server(&mut self, kind: Kind, role: &'static str, name: String, region: usize) -> Server {
        let here = &REGIONS[region];
        let place = *self.rng.pick(if kind.is_classic() {
            here.data_centres
        } else {
            here.zones
        });
        let image = *self.rng.pick(images(kind, role));
        let ports = match kind {
            Kind::Vsi => vec![port("eth0", 1000), port("eth1", 100)],
            Kind::BareMetal => vec![port("eth0", 10_000), port("eth1", 1000)],
            _ => Vec::new(),
        };
        let groups = if kind == Kind::Vsi && matches!(role, "web" | "app" | "bastion" | "cache") {
            BTreeSet::from([4_021_100 + region as u32])
        } else {
            BTreeSet::new()
        };
        Server {
            id: self.id(kind, region, place),
            kind,
            region,
            place,
            role,
            name,
            image,
            existence: Existence::Ordered,
            power: Power::Off,
            ports,
            groups,
            life: Default::default(),
            busy_until: None,
            last_written: None,
            name_in_doubt: false,
        }
    }

    fn id(&mut self, kind: Kind, region: usize, place: &str) -> String {
        let crn = |kind: &str, resource: String| {
            format!(
                "crn:v1:bluemix:public:is:{place}:a/{}::{kind}:{resource}",
                account::ID
            )
        };
        let n = self.servers.len() as i64;
        match kind {
            Kind::Vsi => (104_000_000 + n * 7_919 + self.rng.between(0, 7_000)).to_string(),
            Kind::BareMetal => (1_500_000 + n * 397 + self.rng.between(0, 390)).to_string(),
            Kind::Volume => crn(
                "volume",
                format!("r{:03}-{}", 6 + 4 * region, self.rng.uuid()),
            ),
            Kind::Instance | Kind::VpcBareMetal => {
                let zone = format!("07{region}{}", &place[place.len() - 1..]);
                crn(kind.word(), format!("{zone}_{}", self.rng.uuid()))
            }
        }
    }
}

fn port(name: &'static str, mbps: i64) -> Port {
    Port {
        name,
        enabled: true,
        mbps,
    }
}

pub fn images(kind: Kind, role: &str) -> &'static [&'static str] {
    match kind {
        Kind::Volume => &[""],
        Kind::Instance => &[
            "ibm-ubuntu-24-04-2-minimal-amd64-1",
            "ibm-redhat-9-4-minimal-amd64-3",
        ],
        Kind::VpcBareMetal => &["ibm-esxi-8-0u3-byol-amd64-1", "ibm-esxi-8-0u2-byol-amd64-1"],
        Kind::BareMetal => &["UBUNTU_22_64", "REDHAT_9_64", "VMWARE_ESXI_8_0"],
        Kind::Vsi if role == "win-rdp" => &["WIN_2022-STD_64", "WIN_2019-STD_64"],
        Kind::Vsi => &[
            "UBUNTU_24_64",
            "UBUNTU_22_64",
            "DEBIAN_12_64",
            "ROCKYLINUX_9_64",
        ],
    }
}

/// A whole minute in the office hours of the region, on that day of the year or, from a weekend, the Monday after.
pub fn office_time(rng: &mut Rng, region: usize, day: i64) -> Moment {
    let east = REGIONS[region].hours_east;
    let mut midnight = year_start().plus_mins(day * 1_440 - east * 60);
    while midnight.weekday(east) > 4 {
        midnight = midnight.plus_mins(1_440);
    }
    // Two draws make a morning and an afternoon peak of the middle of the day.
    let minutes = 480 + (rng.between(0, 330) + rng.between(0, 280));
    midnight.plus_mins(minutes)
}

/// An image of the kind that this server does not have.
pub fn other_image(server: &Server) -> &'static str {
    let all = images(server.kind, server.role);
    all.iter()
        .find(|image| **image != server.image)
        .unwrap_or(&all[0])
}
