//! The account: its regions with their data centres and zones, and who acts in it, from where, with what.

use super::rng::Rng;

pub const ID: &str = "7a3f0c51e2b94d0f8c6e1d2b5a904e77";

#[derive(Debug)]
pub struct Region {
    pub code: &'static str,
    /// Local standard time, whole hours east of UTC.
    pub hours_east: i64,
    pub site: &'static str,
    pub data_centres: &'static [&'static str],
    pub zones: &'static [&'static str],
}

pub const US_SOUTH: usize = 0;
pub const US_EAST: usize = 1;
pub const EU_DE: usize = 2;
pub const AU_SYD: usize = 3;

pub const REGIONS: [Region; 4] = [
    Region {
        code: "us-south",
        hours_east: -6,
        site: "dal",
        data_centres: &["dal10", "dal12", "dal13"],
        zones: &["us-south-1", "us-south-2", "us-south-3"],
    },
    Region {
        code: "us-east",
        hours_east: -5,
        site: "wdc",
        data_centres: &["wdc04", "wdc06", "wdc07"],
        zones: &["us-east-1", "us-east-2"],
    },
    Region {
        code: "eu-de",
        hours_east: 1,
        site: "fra",
        data_centres: &["fra02", "fra04", "fra05"],
        zones: &["eu-de-1", "eu-de-2", "eu-de-3"],
    },
    Region {
        code: "au-syd",
        hours_east: 10,
        site: "syd",
        data_centres: &["syd01", "syd04"],
        zones: &["au-syd-1", "au-syd-2"],
    },
];

#[derive(Clone, Debug)]
pub struct Actor {
    pub id: String,
    pub name: String,
    /// A token got with a person's or service's own identity names it again.
    pub authn: bool,
    pub type_uri: &'static str,
    pub credential: &'static str,
    pub addresses: Vec<String>,
    pub address_type: Option<&'static str>,
    pub agents: Vec<&'static str>,
    pub home: usize,
    /// How often its requests are refused for want of rights, of 1.
    pub refused: f64,
}

/// Who a schedule can name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Person(usize),
    Terraform,
    CiRunner,
    PatchManager,
    BackupAgent,
    Autoscaler,
    Monitoring,
    OldCertificate,
    /// A person's key in a stranger's hands.
    StolenKey,
    /// The one who was refused, with the key that they also have.
    ForcersKey,
}

#[derive(Debug)]
pub struct Cast {
    pub people: Vec<Actor>,
    machines: Vec<Actor>,
}

const PEOPLE: [(&str, usize, f64); 22] = [
    ("jane.novak", US_SOUTH, 0.005),
    ("lukas.brandt", EU_DE, 0.01),
    ("amir.haddad", US_EAST, 0.01),
    ("mei.tanaka", AU_SYD, 0.01),
    ("carlos.mendez", US_SOUTH, 0.02),
    ("sofia.rossi", EU_DE, 0.02),
    ("tom.okafor", US_EAST, 0.03),
    ("priya.raman", US_SOUTH, 0.03),
    ("anna.lindqvist", EU_DE, 0.04),
    ("liam.walker", AU_SYD, 0.03),
    ("grace.kim", US_SOUTH, 0.05),
    ("daniel.costa", US_EAST, 0.05),
    ("yusuf.demir", EU_DE, 0.06),
    ("hannah.schulz", EU_DE, 0.08),
    ("oliver.grant", US_SOUTH, 0.08),
    ("ruth.abebe", US_EAST, 0.10),
    ("noah.petersen", US_SOUTH, 0.12),
    ("isla.macdonald", AU_SYD, 0.10),
    ("marta.kowalska", EU_DE, 0.15),
    ("victor.laurent", US_EAST, 0.20),
    ("emily.zhang", US_SOUTH, 0.25),
    ("peter.osullivan", AU_SYD, 0.30),
];

/// The person who is refused, and then does it by force.
pub const FORCER: usize = 6;
/// The person whose key is stolen: an administrator, so that some of what is tried works.
pub const ROBBED: usize = 1;
pub const STRANGE_ADDRESS: &str = "198.51.100.23";

impl Cast {
    pub fn new(rng: &mut Rng) -> Self {
        let people = PEOPLE
            .iter()
            .enumerate()
            .map(|(n, &(login, home, refused))| person(rng, n, login, home, refused))
            .collect::<Vec<_>>();
        let machines = vec![
            service(
                rng,
                "terraform-prod",
                "10.20.7.14",
                "terraform-provider-ibm/1.71.2",
            ),
            service(rng, "ci-runner", "10.20.9.31", "jenkins-ibm-cloud/4.2"),
            service(rng, "patch-manager", "10.20.7.52", "ansible-core/2.17"),
            service(rng, "backup-agent", "10.20.8.8", "softlayer-python/v6.2.5"),
            Actor {
                address_type: Some("CSE"),
                credential: "token",
                ..service(rng, "iks-autoscaler", "166.9.14.120", "Go-http-client/2.0")
            },
            Actor {
                id: format!("Profile-{}", rng.uuid()),
                name: "monitoring".to_owned(),
                authn: true,
                type_uri: "service/security/account/profile",
                credential: "compute-resource",
                addresses: vec!["10.30.2.2, 192.0.2.40".to_owned()],
                address_type: Some("IPv4"),
                agents: vec!["sysdig-agent/13.1"],
                home: EU_DE,
                refused: 0.0,
            },
            Actor {
                id: format!("CertificateId-{}", rng.hex(24)),
                name: String::new(),
                authn: false,
                type_uri: "service/security/account/certificateid",
                credential: "certificate",
                addresses: vec!["192.0.2.0/24172".to_owned()],
                address_type: None,
                agents: vec![],
                home: US_SOUTH,
                refused: 0.0,
            },
            Actor {
                credential: "apikey",
                addresses: vec![STRANGE_ADDRESS.to_owned()],
                agents: vec!["python-requests/2.31.0"],
                refused: 0.0,
                ..people[ROBBED].clone()
            },
            Actor {
                credential: "apikey",
                agents: vec!["ibmcloud-cli/2.31.0"],
                ..people[FORCER].clone()
            },
        ];
        Cast { people, machines }
    }

    pub fn actor(&self, who: Who) -> &Actor {
        match who {
            Who::Person(n) => &self.people[n],
            Who::Terraform => &self.machines[0],
            Who::CiRunner => &self.machines[1],
            Who::PatchManager => &self.machines[2],
            Who::BackupAgent => &self.machines[3],
            Who::Autoscaler => &self.machines[4],
            Who::Monitoring => &self.machines[5],
            Who::OldCertificate => &self.machines[6],
            Who::StolenKey => &self.machines[7],
            Who::ForcersKey => &self.machines[8],
        }
    }

    /// Someone of the region, the busy ones far more often.
    pub fn person_of(&self, region: usize, rng: &mut Rng) -> Who {
        let mut local: Vec<usize> = (0..self.people.len())
            .filter(|&n| self.people[n].home == region)
            .collect();
        // The busiest administrator works everywhere.
        if region != US_SOUTH {
            local.push(0);
        }
        Who::Person(local[rng.skewed(local.len())])
    }
}

fn person(rng: &mut Rng, n: usize, login: &str, home: usize, refused: f64) -> Actor {
    let office = format!("192.0.2.{}", 10 + 40 * home + n);
    let vpn = format!("10.{}.4.{}", 86 + home, 20 + n);
    let mut addresses = vec![office, vpn];
    if n % 7 == 3 {
        addresses.push(format!("2001:db8:{home}:4::{:x}", 0x1a0 + n));
    }
    Actor {
        id: format!("IBMid-{}{}", 27 + n / 10, rng.hex(8).to_uppercase()),
        name: format!("{login}@acme.example"),
        authn: n.is_multiple_of(3),
        type_uri: "service/security/account/user",
        credential: if n % 5 == 4 { "apikey" } else { "token" },
        addresses,
        address_type: Some("IPv4"),
        agents: vec![
            "IBM Cloud Console",
            "ibmcloud-cli/2.31.0",
            "softlayer-python/v6.2.5",
        ],
        home,
        refused,
    }
}

fn service(rng: &mut Rng, name: &str, address: &str, agent: &'static str) -> Actor {
    Actor {
        id: format!("iam-ServiceId-{}", rng.uuid()),
        name: name.to_owned(),
        authn: true,
        type_uri: "service/security/account/serviceid",
        credential: "apikey",
        addresses: vec![address.to_owned()],
        address_type: Some("IPv4"),
        agents: vec![agent],
        home: US_SOUTH,
        refused: 0.0,
    }
}
