//! A large made-up account as text, the same for every seed and size: few actors do most, few resources are busy, most
//! calls succeed. Skews as real accounts do and claims nothing else: no life in it makes sense, the demo's do.

use std::fmt::Write;

use lifeline::time::Timestamp;

/// What is done to a virtual server, a bare metal server, anything else.
const ACTIONS: [&[&str]; 3] = [
    &[
        "audit-log.vsi.power-on",
        "audit-log.vsi.power-off",
        "audit-log.vsi.reboot",
        "audit-log.vsi.soft-reboot",
        "audit-log.vsi.rename",
    ],
    &[
        "audit-log.bare-metal.power-on",
        "audit-log.bare-metal.power-off",
        "audit-log.bare-metal.reboot",
    ],
    &[
        "kms.secrets.wrap",
        "cloud-object-storage.object.update",
        "iam-identity.user-apikey.login",
    ],
];
const REGIONS: [&str; 4] = ["us-south", "us-east", "eu-de", "au-syd"];
const CREDENTIALS: [&str; 3] = ["token", "apikey", "user"];
const YEAR_MS: u64 = 365 * 86_400_000;
/// 2025-11-01T00:00:00Z.
const START_MS: i64 = 1_761_955_200_000;

/// The account's events, as lines of JSON in no order of time.
pub struct Account {
    n_events: u64,
    n_resources: u64,
    n_people: u64,
    random: Random,
    next: u64,
}

impl Account {
    pub fn new(n_events: u64) -> Self {
        Account {
            n_events,
            n_resources: (n_events / 20).max(50),
            n_people: 2_000,
            random: Random(0x2545_f491_4f6c_dd1d),
            next: 0,
        }
    }

    /// Appends the next line; `false` at the end.
    pub fn write(&mut self, out: &mut String) -> bool {
        if self.next == self.n_events {
            return false;
        }
        let n = self.next;
        self.next += 1;
        let random = &mut self.random;
        let at = START_MS + random.below(YEAR_MS) as i64;
        let person = random.skewed(self.n_people);
        let target = random.skewed(self.n_resources);
        let actions = ACTIONS[[0, 0, 0, 1, 2][(target % 5) as usize]];
        let action = actions[random.skewed(actions.len() as u64) as usize];
        let region = REGIONS[(target % 4) as usize];
        let (outcome, code) = match random.below(100) {
            0..91 => ("success", 200),
            91..96 => ("failure", [403, 409, 500][random.below(3) as usize]),
            _ => ("pending", 202),
        };
        // Writing to a String can't fail.
        let _ = writeln!(
            out,
            concat!(
                r#"{{"id":"e{n:08x}-{salt:016x}","eventTime":"{time}","action":"{action}","outcome":"{outcome}","#,
                r#""severity":"{severity}","reason":{{"reasonCode":{code}}},"message":"{action} {outcome}","#,
                r#""initiator":{{"id":"IBMid-{person:06}","name":"person{person}@example.com","#,
                r#""typeURI":"service/security/account/user","credential":{{"type":"{credential}"}},"#,
                r#""host":{{"address":"10.{a}.{b}.{c}","agent":"tool/{agent}"}}}},"#,
                r#""target":{{"id":"{id}","name":"server-{target}","typeURI":"virtual-server/instance"}},"#,
                r#""observer":{{"name":"ActivityTracker"}},"correlationId":"c{correlation:012x}","#,
                r#""requestData":{{"port":"eth{port}","speed":{speed}}},"#,
                r#""logSourceCRN":"crn:v1:bluemix:public:audit-log:{region}:a/0123456789abcdef0123456789abcdef:::"}}"#
            ),
            n = n,
            salt = random.next(),
            time = Timestamp::from_millis(at),
            action = action,
            outcome = outcome,
            severity = if outcome == "failure" {
                "warning"
            } else {
                "normal"
            },
            code = code,
            person = person,
            credential = CREDENTIALS[(person % 3) as usize],
            a = person % 200,
            b = person / 200,
            c = random.skewed(50),
            agent = random.skewed(30),
            id = 100_000_000 + target,
            target = target,
            correlation = n / 2,
            port = target % 2,
            speed = 1000,
            region = region,
        );
        true
    }
}

/// Xorshift, as Marsaglia gave it.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// The smaller the number the more often, about as 1/n.
    fn skewed(&mut self, n: u64) -> u64 {
        let unit = self.next() as f64 / u64::MAX as f64;
        ((n as f64).powf(unit) as u64).saturating_sub(1).min(n - 1)
    }
}
