//! What happens once: a stolen key's night, hosts that lose power, an outage of the service, a clean-up before the
//! quarter ends, and what was done in the hour that no file covers.

use super::account::AU_SYD;
use super::account::EU_DE;
use super::account::FORCER;
use super::account::ROBBED;
use super::account::US_EAST;
use super::account::US_SOUTH;
use super::account::Who;
use super::clock::Moment;
use super::clock::date;
use super::fleet::Fleet;
use super::fleet::other_image;
use super::rng::Rng;
use super::server::Kind;
use super::server::Op;
use super::world::Ask;
use super::world::Deed;
use super::world::Hand;
use super::world::Luck;
use super::world::World;
use super::world::gap;

/// The night of the stolen key: 02:10 in Frankfurt.
pub fn stolen_key_night() -> Moment {
    date(2026, 8, 19).plus_mins(10)
}

/// What the thief orders; it has to stand in the fleet before the year is run.
pub fn order_intruders(fleet: &mut Fleet) -> Vec<usize> {
    let names = vec!["tmp-1".to_owned(), "tmp-2".to_owned()];
    let at = stolen_key_night().plus_mins(31);
    let servers = fleet.order(Kind::Vsi, "tmp", names, EU_DE, at);
    // Not a burst like the others: the story asks for them.
    fleet.orders.pop();
    servers
}

pub fn plan(world: &mut World, intruders: &[usize], rng: &mut Rng) {
    stolen_key(world, intruders, rng);
    lost_hour(world, rng);
    host_maintenance(world, rng);
    hand_changes(world, rng);
    outage(world, rng);
    clean_up(world, rng);
    by_force(world);
}

/// A server in Washington that somebody may not switch off, and then does: with another credential, by force.
fn by_force(world: &mut World) {
    let server = some(world, US_EAST, "web", 2)[0];
    let at = |mins: i64, secs: i64| date(2026, 10, 13).plus_mins(3 * 60 + mins).plus_secs(secs);
    let ask = |op, who| Ask::new(server, op, who);
    let refused = |op| ask(op, Who::Person(FORCER)).with(Luck::Refused(403));
    let owner = Who::Person(2);
    // It is off at night, and is needed on this one.
    world.plan(at(-95, 4), ask(Op::PowerOn, owner).with(Luck::Sure));
    world.plan(at(11, 32), refused(Op::DisablePort(1)));
    world.plan(at(12, 7), refused(Op::SoftPowerOff));
    world.plan(at(12, 44), refused(Op::SoftPowerOff));
    let forced = ask(Op::ForcePowerOff, Who::ForcersKey).with(Luck::Sure);
    world.plan(at(14, 52), forced);
    world.plan(at(382, 12), ask(Op::PowerOn, owner).with(Luck::Sure));
}

fn some(world: &World, region: usize, role: &str, n: usize) -> Vec<usize> {
    (0..world.servers.len())
        .filter(|&i| world.servers[i].region == region && world.servers[i].role == role)
        .take(n)
        .collect()
}

fn stolen_key(world: &mut World, intruders: &[usize], rng: &mut Rng) {
    let thief = Who::StolenKey;
    let mut at = stolen_key_night();
    let mut step = |secs: i64, rng: &mut Rng| {
        at = at
            .plus_secs(secs + rng.between(0, 20))
            .plus_micros(rng.between(0, 999_999));
        at
    };
    let databases = some(world, EU_DE, "db-primary", 1);
    let replicas = some(world, EU_DE, "db-replica", 3);
    let bastion = some(world, EU_DE, "bastion", 1)[0];
    let refused = |server, op, code| Ask::new(server, op, thief).with(Luck::Refused(code));
    for &server in databases.iter().chain(&replicas) {
        world.plan(step(40, rng), refused(server, Op::TakeImage, 403));
        world.plan(step(15, rng), refused(server, Op::Remove, 403));
    }
    for &server in &some(world, US_SOUTH, "db-primary", 1) {
        world.plan(step(50, rng), refused(server, Op::PowerOff, 403));
        world.plan(step(20, rng), refused(server, Op::Rescue, 401));
    }
    let sure = |server, op| Ask::new(server, op, thief).with(Luck::Sure);
    world.plan(
        step(120, rng),
        refused(bastion, Op::JoinGroup(4_021_602), 403),
    );
    world.plan(step(60, rng), sure(bastion, Op::JoinGroup(4_021_602)));
    world.plan(step(45, rng), sure(bastion, Op::EnablePort(1)));
    world.plan(step(70, rng), sure(replicas[0], Op::TakeImage));
    let correlation = rng.uuid();
    let order = stolen_key_night().plus_mins(31);
    for (n, &server) in intruders.iter().enumerate() {
        let ask = sure(server, Op::Provision).correlated(&correlation);
        world.plan(order.plus_secs(4 + 3 * n as i64), ask);
    }
    let grafana = some(world, EU_DE, "grafana", 1)[0];
    world.plan(order.plus_mins(12), sure(grafana, Op::PowerOff));
    // Found in the morning by the one who was robbed.
    let owner = Who::Person(ROBBED);
    let morning = stolen_key_night().plus_mins(5 * 60 + 50);
    let sure = |server, op| Ask::new(server, op, owner).with(Luck::Sure);
    world.plan(morning, sure(grafana, Op::PowerOn));
    world.plan(
        morning.plus_mins(9),
        sure(bastion, Op::LeaveGroup(4_021_602)),
    );
    for (n, &server) in intruders.iter().enumerate() {
        let at = morning.plus_mins(14 + n as i64);
        world.plan(at, sure(server, Op::PowerOff));
        world.plan(at.plus_secs(35), sure(server, Op::Remove));
    }
}

/// Done while nothing was kept: some of it shows again only days later, some never.
fn lost_hour(world: &mut World, rng: &mut Rng) {
    let start = gap().from;
    let who = Who::Person(2);
    let sure = |server, op| Ask::new(server, op, who).with(Luck::Sure);
    let win = some(world, US_EAST, "win-rdp", 1)[0];
    let gpu = some(world, US_EAST, "storage", 1)[0];
    let wiki = some(world, US_EAST, "wiki", 1)[0];
    let mail = some(world, US_EAST, "mail-relay", 1)[0];
    let minutes = |n| start.plus_mins(n).plus_micros(641_000);
    let on = Deed::Ask(Op::PowerOn, who);
    world.plan(
        minutes(12),
        sure(win, Op::PowerOff).then(260_000, on.clone()),
    );
    world.plan(minutes(21), sure(gpu, Op::PowerOff).then(90_000, on));
    world.plan(
        minutes(26),
        sure(wiki, Op::Rename("wiki-archive".to_owned())),
    );
    world.plan(minutes(33), sure(mail, Op::DisablePort(1)));
    world.plan(minutes(41), sure(mail, Op::JoinGroup(4_021_301)));
    let later = start.plus_mins(rng.between(9_000, 12_000));
    world.plan(later, sure(mail, Op::EnablePort(1)));
}

/// Two hosts in Sydney lose power for maintenance; what ran on them stops, and mostly comes back.
fn host_maintenance(world: &mut World, rng: &mut Rng) {
    let start = date(2026, 5, 23).plus_mins(14 * 60);
    let mut struck = some(world, AU_SYD, "web", 3);
    struck.extend(some(world, AU_SYD, "app", 3));
    for (n, server) in struck.into_iter().enumerate() {
        let cut = start.plus_micros(rng.between(0, 8_000_000));
        world.plan_hand(cut, server, Hand::CutPower);
        let back = start.plus_mins(rng.between(35, 50));
        if n % 3 == 2 {
            world.plan(
                back.plus_mins(40),
                Ask::new(server, Op::PowerOn, Who::Person(3)),
            );
        } else {
            world.plan_hand(back, server, Hand::RestorePower);
        }
    }
}

fn hand_changes(world: &mut World, rng: &mut Rng) {
    let day = |rng: &mut Rng| {
        date(2025, 11, 20)
            .plus_secs(rng.between(0, 300 * 86_400))
            .plus_micros(rng.between(0, 999_999))
    };
    for (region, role, port) in [
        (US_SOUTH, "esx", 1),
        (EU_DE, "storage", 1),
        (US_EAST, "web", 1),
    ] {
        let at = day(rng);
        let server = some(world, region, role, 2)[1];
        // Known to be enabled, so that the record is wrong about it afterwards.
        let enable = Ask::new(server, Op::EnablePort(port), Who::Person(0)).with(Luck::Sure);
        world.plan(at.plus_mins(-90), enable);
        world.plan_hand(at, server, Hand::SwitchPort(port, false));
        let back = at.plus_mins(rng.between(30, 4_000));
        world.plan_hand(back, server, Hand::SwitchPort(port, true));
    }
    for (region, role) in [(US_SOUTH, "cache"), (EU_DE, "app")] {
        let server = some(world, region, role, 1)[0];
        world.plan_hand(day(rng), server, Hand::Rename(format!("{role}-legacy")));
    }
    for (region, role) in [(US_SOUTH, "esx"), (EU_DE, "sap-hana")] {
        let at = day(rng);
        let server = some(world, region, role, 1)[0];
        world.plan_hand(at, server, Hand::CutPower);
        world.plan_hand(
            at.plus_mins(rng.between(20, 300)),
            server,
            Hand::RestorePower,
        );
    }
}

/// An afternoon on which Frankfurt's service answers 503, and people try again and again.
fn outage(world: &mut World, rng: &mut Rng) {
    let start = date(2026, 2, 17).plus_mins(13 * 60 + 5);
    let mut hit = some(world, EU_DE, "app", 6);
    hit.extend(some(world, EU_DE, "k8s-worker", 4));
    for server in hit {
        let who = world.cast.person_of(EU_DE, rng);
        let mut at = start.plus_secs(rng.between(0, 1_200));
        for _ in 0..rng.between(2, 4) {
            let ask = Ask::new(server, Op::Reboot, who).with(Luck::Refused(503));
            world.plan(at.plus_micros(rng.between(0, 999_999)), ask);
            at = at.plus_secs(rng.between(60, 420));
        }
        world.plan(
            start.plus_mins(rng.between(62, 80)),
            Ask::new(server, Op::Reboot, who),
        );
    }
}

/// What nobody needs any more is cancelled; one of it is switched off afterwards, which still works.
fn clean_up(world: &mut World, rng: &mut Rng) {
    let start = date(2026, 9, 28).plus_mins(15 * 60);
    let who = Who::Person(0);
    let correlation = rng.uuid();
    let mut doomed = Vec::new();
    for region in [US_SOUTH, US_EAST, EU_DE, AU_SYD] {
        doomed.extend(some(world, region, "loadtest", 3));
        doomed.extend(some(world, region, "stage-web", 2));
    }
    for (n, &server) in doomed.iter().enumerate() {
        let at = start
            .plus_secs(n as i64 * 11)
            .plus_micros(rng.between(0, 999_999));
        let ask = Ask::new(server, Op::Remove, who);
        world.plan(at, ask.correlated(&correlation));
    }
    for region in [US_SOUTH, EU_DE] {
        let metal = some(world, region, "vmware", 2)[1];
        let install = Op::Reload(other_image(&world.servers[metal]));
        world.plan(
            start.plus_mins(-40),
            Ask::new(metal, install, who).with(Luck::Sure),
        );
        if region == EU_DE {
            world.plan(
                start.plus_mins(95),
                Ask::new(metal, Op::Remove, who).with(Luck::Sure),
            );
        }
    }
    let after = start.plus_mins(1_500);
    world.plan(
        after,
        Ask::new(doomed[0], Op::PowerOff, who).with(Luck::Sure),
    );
}
