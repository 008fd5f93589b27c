//! What comes round: orders, build machines at night, patch nights, backups, workers, jobs, and people's errands
//! in office hours. Plans only; the world decides what comes of it.

use super::account::EU_DE;
use super::account::REGIONS;
use super::account::US_EAST;
use super::account::Who;
use super::clock::DAYS;
use super::clock::Moment;
use super::clock::year_start;
use super::errands;
use super::fleet::Order;
use super::fleet::other_image;
use super::rng::Rng;
use super::server::Kind;
use super::server::Op;
use super::world::Ask;
use super::world::Deed;
use super::world::World;

pub fn plan_year(world: &mut World, orders: &[Order], rng: &mut Rng) {
    for order in orders {
        provision(world, order, rng);
    }
    for day in 0..DAYS {
        for (region, place) in REGIONS.iter().enumerate() {
            let morning = local_midnight(region, day);
            let weekday = morning.weekday(place.hours_east);
            builds(world, region, morning, weekday, rng);
            workers(world, region, morning, rng);
            jobs(world, region, morning, weekday, rng);
            if weekday == 5 && day % 2 == 0 {
                backups(world, region, morning, rng);
            }
            let patch_day = if region == US_EAST { 2 } else { 6 };
            if weekday == patch_day {
                patches(world, region, day / 7, morning, rng);
            }
            errands::day(world, region, morning, weekday, rng);
        }
    }
}

fn local_midnight(region: usize, day: i64) -> Moment {
    year_start().plus_mins(day * 1_440 - REGIONS[region].hours_east * 60)
}

fn of_role(world: &World, region: usize, roles: &[&str]) -> Vec<usize> {
    (0..world.servers.len())
        .filter(|&n| {
            let server = &world.servers[n];
            server.region == region && roles.contains(&server.role)
        })
        .collect()
}

/// One action orders them all: one correlation, seconds apart, the same hand.
fn provision(world: &mut World, order: &Order, rng: &mut Rng) {
    let correlation = rng.uuid();
    let who = if rng.chance(0.65) {
        Who::Terraform
    } else {
        world.cast.person_of(order.region, rng)
    };
    let mut at = order.at.plus_secs(2);
    for &index in &order.servers {
        let server = &world.servers[index];
        let kind = server.kind;
        let mut ask = Ask::new(index, Op::Provision, who).correlated(&correlation);
        match kind {
            Kind::Vsi if rng.chance(0.5) => {
                let group = 4_021_200 + order.region as u32;
                ask = ask.then(rng.between(5, 90), Deed::Ask(Op::JoinGroup(group), who));
            }
            Kind::BareMetal if rng.chance(0.5) => {
                let speed = *rng.pick(&[1_000, 10_000, -1]);
                ask = ask.then(
                    rng.between(300, 7_200),
                    Deed::Ask(Op::SetSpeed(1, speed), who),
                );
            }
            Kind::Instance => {
                ask = ask.then(rng.between(4, 40), Deed::Ask(Op::AttachVolume, who));
            }
            _ => {}
        }
        world.plan(at.plus_micros(rng.between(0, 999_999)), ask);
        at = at.plus_secs(rng.between(1, 5));
    }
}

/// Build machines sleep at night and over the weekend.
fn builds(world: &mut World, region: usize, morning: Moment, weekday: u32, rng: &mut Rng) {
    if weekday > 4 {
        return;
    }
    for index in of_role(world, region, &["build", "build-metal"]) {
        let metal = world.servers[index].kind == Kind::BareMetal;
        let off = match (metal, rng.below(20)) {
            (true, _) => Op::PowerOff,
            (false, 0) => Op::ForcePowerOff,
            (false, 1..=4) => Op::PowerOff,
            (false, _) => Op::SoftPowerOff,
        };
        if !rng.chance(0.03) {
            let at = morning
                .plus_mins(20 * 60)
                .plus_micros(rng.between(0, 900_000_000));
            world.plan(at, Ask::new(index, off, Who::CiRunner));
        }
        if !rng.chance(0.02) {
            let at = morning
                .plus_mins(6 * 60)
                .plus_micros(rng.between(0, 1_200_000_000));
            world.plan(at, Ask::new(index, Op::PowerOn, Who::CiRunner));
        }
    }
}

/// Every second week one half of what serves customers is patched, the other half the week after.
fn patches(world: &mut World, region: usize, week: i64, morning: Moment, rng: &mut Rng) {
    const PATCHED: [&str; 7] = [
        "web",
        "app",
        "cache",
        "db-replica",
        "batch",
        "esx",
        "grafana",
    ];
    let correlation = rng.uuid();
    let mut at = morning.plus_mins(2 * 60);
    for (n, index) in of_role(world, region, &PATCHED).into_iter().enumerate() {
        if (n as i64 + week) % 2 == 0 && !rng.chance(0.05) {
            let vsi = world.servers[index].kind == Kind::Vsi;
            let op = match rng.below(12) {
                0 if vsi => Op::HardReboot,
                1..=8 if vsi => Op::SoftReboot,
                1..=3 => Op::SoftReboot,
                _ => Op::Reboot,
            };
            let ask = Ask::new(index, op, Who::PatchManager).correlated(&correlation);
            world.plan(at.plus_micros(rng.between(0, 20_000_000)), ask);
        }
        at = at.plus_secs(rng.between(40, 120));
    }
}

fn backups(world: &mut World, region: usize, morning: Moment, rng: &mut Rng) {
    for index in of_role(world, region, &["db-primary", "git", "ldap"]) {
        let at = morning
            .plus_mins(23 * 60)
            .plus_micros(rng.between(0, 1_800_000_000));
        world.plan(at, Ask::new(index, Op::TakeImage, Who::BackupAgent));
    }
}

/// The cluster's own keeper restarts or reloads workers at any hour.
fn workers(world: &mut World, region: usize, morning: Moment, rng: &mut Rng) {
    let workers = of_role(world, region, &["k8s-worker"]);
    for _ in 0..rng.count(0.25) {
        let index = workers[rng.skewed(workers.len())];
        let image = world.servers[index].image;
        let op = rng.weighted(&[(5, 0), (3, 1), (2, 2)]);
        let op = match op {
            0 => Op::HardReboot,
            1 => Op::Reload(image),
            _ => Op::Reboot,
        };
        let at = morning.plus_micros(rng.between(0, 86_399_000_000));
        world.plan(at, Ask::new(index, op, Who::Autoscaler));
    }
}

/// VPC job runners run one night a week; an action asks, and the instance starts or stops.
fn jobs(world: &mut World, region: usize, morning: Moment, weekday: u32, rng: &mut Rng) {
    if weekday != 4 {
        return;
    }
    for index in of_role(world, region, &["job"]) {
        let start = morning
            .plus_mins(60)
            .plus_micros(rng.between(0, 300_000_000));
        let stop = start.plus_mins(rng.between(60, 240));
        for (at, what, op) in [(start, "start", Op::PowerOn), (stop, "stop", Op::PowerOff)] {
            let correlation = rng.uuid();
            let ask = Ask::new(index, Op::RequestAction(what), Who::Monitoring);
            world.plan(at, ask.correlated(&correlation));
            let after = at.plus_micros(rng.between(2_000_000, 30_000_000));
            let ask = Ask::new(index, op, Who::Monitoring).correlated(&correlation);
            world.plan(after, ask);
        }
    }
    for index in of_role(world, region, &["vmware"]) {
        if rng.chance(0.08) {
            let at = morning
                .plus_mins(180)
                .plus_micros(rng.between(0, 60_000_000));
            let op = match (region == EU_DE, rng.below(3)) {
                (_, 0) => Op::Reload(other_image(&world.servers[index])),
                _ => Op::Reboot,
            };
            world.plan(at, Ask::new(index, op, Who::Terraform));
        }
    }
}
