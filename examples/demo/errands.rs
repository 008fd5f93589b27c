//! What people do by hand on a day: mostly little, mostly in office hours, mostly on the same few machines.

use super::account::REGIONS;
use super::account::Who;
use super::clock::Moment;
use super::fleet::images;
use super::rng::Rng;
use super::server::Kind;
use super::server::Op;
use super::world::Ask;
use super::world::Deed;
use super::world::Hand;
use super::world::World;

pub fn day(world: &mut World, region: usize, morning: Moment, weekday: u32, rng: &mut Rng) {
    const BUSY: [f64; 4] = [5.0, 3.2, 4.4, 2.2];
    let quiet = if weekday > 4 { 0.08 } else { 1.0 };
    let servers: Vec<usize> = (0..world.servers.len())
        .filter(|&n| world.servers[n].region == region)
        .collect();
    for _ in 0..rng.count(BUSY[region] * quiet) {
        let index = servers[rng.index(servers.len())];
        let who = if rng.chance(0.02) {
            Who::OldCertificate
        } else {
            world.cast.person_of(region, rng)
        };
        let minutes = 470 + rng.between(0, 340) + rng.between(0, 290);
        let at = morning
            .plus_mins(minutes)
            .plus_micros(rng.between(0, 59_999_999));
        errand(world, index, who, at, rng);
    }
    // Someone on call at night.
    if rng.chance(0.06) {
        let index = servers[rng.skewed(servers.len())];
        let who = world.cast.person_of(region, rng);
        let at = morning
            .plus_mins(rng.between(60, 330))
            .plus_micros(rng.between(0, 59_999_999));
        trouble(world, index, who, at, rng);
    }
}

fn errand(world: &mut World, index: usize, who: Who, at: Moment, rng: &mut Rng) {
    match world.servers[index].kind {
        Kind::Vsi => virtual_server(world, index, who, at, rng),
        Kind::BareMetal => bare_metal(world, index, who, at, rng),
        Kind::Instance | Kind::VpcBareMetal | Kind::Volume => vpc(world, index, who, at, rng),
    }
}

/// A machine does not answer: reboot it, harder, and rescue it in the end.
fn trouble(world: &mut World, index: usize, who: Who, at: Moment, rng: &mut Rng) {
    let server = &world.servers[index];
    if !server.kind.is_classic() {
        return;
    }
    let hard = Ask::new(index, Op::HardReboot, who);
    if rng.chance(0.5) {
        world.plan(at, hard);
        return;
    }
    let back = Deed::Ask(Op::Reboot, who);
    let rescue = Ask::new(index, Op::Rescue, who).then(rng.between(1_500, 9_000), back);
    world.plan(at, hard);
    world.plan(at.plus_mins(rng.between(12, 30)), rescue);
}

fn virtual_server(world: &mut World, index: usize, who: Who, at: Moment, rng: &mut Rng) {
    let server = &world.servers[index];
    let (region, role) = (server.region, server.role);
    let group = 4_021_100 + 100 * rng.between(0, 5) as u32 + region as u32;
    let ask = |op| Ask::new(index, op, who);
    let plain = match rng.weighted(&[
        (16, 0),
        (8, 1),
        (7, 2),
        (8, 3),
        (4, 4),
        (2, 5),
        (9, 6),
        (5, 7),
        (7, 8),
        (4, 9),
        (6, 10),
        (4, 11),
        (3, 12),
        (2, 13),
        (2, 14),
        (6, 15),
        (1, 16),
    ]) {
        0 => ask(Op::Reboot),
        1 => ask(Op::SoftReboot),
        2 => ask(Op::HardReboot),
        3 => ask(Op::PowerOff).then(pause(rng, 600, 260_000), Deed::Ask(Op::PowerOn, who)),
        4 => ask(Op::SoftPowerOff).then(pause(rng, 300, 80_000), Deed::Ask(Op::PowerOn, who)),
        5 => ask(Op::ForcePowerOff).then(pause(rng, 60, 900), Deed::Ask(Op::PowerOn, who)),
        6 if rng.chance(0.4) => {
            let leave = Deed::Ask(Op::LeaveGroup(group), who);
            ask(Op::JoinGroup(group)).then(pause(rng, 1_800, 2_000_000), leave)
        }
        6 => ask(Op::JoinGroup(group)),
        7 => ask(Op::LeaveGroup(group)),
        8 => {
            let port = usize::from(!rng.chance(0.3));
            let again = Deed::Ask(Op::EnablePort(port), who);
            ask(Op::DisablePort(port)).then(pause(rng, 120, 90_000), again)
        }
        9 => ask(Op::SetSpeed(
            rng.index(2),
            *rng.pick(&[10, 100, 1_000, 1_000]),
        )),
        10 if matches!(role, "build" | "k8s-worker" | "db-primary" | "bastion") => {
            ask(Op::SoftReboot)
        }
        10 => ask(Op::Rename(new_name(world, index, rng))),
        11 => ask(Op::Reload(
            rng.pick::<&'static str>(images(Kind::Vsi, role)),
        )),
        12 => {
            let end = if rng.chance(0.8) {
                Op::Reboot
            } else {
                Op::PowerOff
            };
            ask(Op::Rescue).then(pause(rng, 900, 14_000), Deed::Ask(end, who))
        }
        13 => ask(Op::Boot("SYSRESCUE-11_64")),
        14 => {
            let paused = ask(Op::Pause);
            let resumed = paused.then(pause(rng, 900, 180_000), Deed::Hand(Hand::Resume));
            if rng.chance(0.5) {
                resumed.then(pause(rng, 200_000, 900_000), Deed::Ask(Op::Reboot, who))
            } else {
                resumed
            }
        }
        15 => ask(Op::TakeImage),
        _ if matches!(role, "loadtest" | "stage-web" | "batch" | "win-rdp") => ask(Op::Remove),
        _ => ask(Op::Reboot),
    };
    world.plan(at, plain);
}

fn bare_metal(world: &mut World, index: usize, who: Who, at: Moment, rng: &mut Rng) {
    let role = world.servers[index].role;
    let ask = |op| Ask::new(index, op, who);
    let port = rng.index(2);
    let plain = match rng.weighted(&[
        (10, 0),
        (4, 1),
        (5, 2),
        (6, 3),
        (4, 4),
        (4, 5),
        (2, 6),
        (3, 7),
        (3, 8),
    ]) {
        0 => ask(Op::Reboot),
        1 => ask(Op::SoftReboot),
        2 => ask(Op::HardReboot),
        3 => ask(Op::PowerOff).then(pause(rng, 1_200, 200_000), Deed::Ask(Op::PowerOn, who)),
        4 => {
            let again = Deed::Ask(Op::EnablePort(port), who);
            ask(Op::DisablePort(port)).then(pause(rng, 300, 90_000), again)
        }
        5 => ask(Op::SetSpeed(port, *rng.pick(&[0, 100, 1_000, 10_000, -1]))),
        6 => ask(Op::Rename(new_name(world, index, rng))),
        7 => ask(Op::Reload(
            rng.pick::<&'static str>(images(Kind::BareMetal, role)),
        )),
        _ => ask(Op::Rescue).then(pause(rng, 1_800, 20_000), Deed::Ask(Op::Reboot, who)),
    };
    world.plan(at, plain);
}

fn vpc(world: &mut World, index: usize, who: Who, at: Moment, rng: &mut Rng) {
    let kind = world.servers[index].kind;
    let ask = |op| Ask::new(index, op, who);
    let plain = match (kind, rng.below(10)) {
        (Kind::Volume, 0) => ask(Op::Remove),
        (Kind::Volume, 1..=2) => ask(Op::Rename(new_name(world, index, rng))),
        (Kind::Volume, _) => ask(Op::Update),
        (_, 0) => ask(Op::Rename(new_name(world, index, rng))),
        (_, 1..=2) => ask(Op::Update),
        (_, 3..=5) => ask(Op::PowerOff).then(pause(rng, 120, 60_000), Deed::Ask(Op::PowerOn, who)),
        (Kind::VpcBareMetal, 6..=8) => ask(Op::Reboot),
        (Kind::VpcBareMetal, _) => return,
        (_, 6) => ask(Op::AddInterface).then(
            pause(rng, 3_600, 500_000),
            Deed::Ask(Op::RemoveInterface, who),
        ),
        (_, 7) => ask(Op::DetachVolume),
        (_, 8) => ask(Op::RequestAction("reboot")).then(2, Deed::Ask(Op::WithdrawAction, who)),
        _ => ask(Op::Remove),
    };
    world.plan(at, plain);
}

/// Some seconds between the two, the shorter the likelier.
fn pause(rng: &mut Rng, shortest: i64, longest: i64) -> i64 {
    shortest + rng.skewed((longest - shortest) as usize) as i64
}

fn new_name(world: &World, index: usize, rng: &mut Rng) -> String {
    let server = &world.servers[index];
    let site = REGIONS[server.region].site;
    let n = rng.between(1, 99);
    match rng.below(4) {
        0 => format!("{}-{site}-{n:02}", server.role),
        1 => format!("{}-blue-{n}", server.role),
        2 => format!("old-{}-{n}", server.role),
        _ => format!("{}-{n}b", server.role),
    }
}
